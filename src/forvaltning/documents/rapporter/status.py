"""`status`: how much holds, what is broken and how, by area, unit and requirement, and what has changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import antall, nokkel
from forvaltning.documents.rapporter.status_endret import endret
from forvaltning.documents.rapporter.status_tall import KOLONNER, MAKS, SERIER, Telling, andel, rad, tell
from forvaltning.documents.rapporter.status_tall import figur as stolpefigur
from forvaltning.documents.visning import Del, Figur, Kolonne, Tabell, Visning
from forvaltning.findings import Outcome, Severity, Verdict
from forvaltning.krav.katalog import OMRADER


def visning(g: Grunnlag) -> Visning:
    """The state of the whole selection."""
    total = tell(g.dommer)
    return Visning(
        "status",
        "Status for kravene",
        _ingress(g, total),
        tuple(d for d in _deler(g, total) if d is not None),
        (
            ("Vurderinger", total.alle),
            ("Prosent oppfylt av det som gjelder", andel(total)),
            ("Brudd", total.brudd),
            ("Brudd i strid med kravet (feil)", total.feil),
            ("Brudd over frist (utløpt)", total.utlopt),
            ("Brudd der noe mangler", total.mangler),
            ("Lovbrudd under oppfølging", total.lovbrudd),
            ("Ikke avgjort", total.ikke_avgjort),
            ("Dekket av avvik", total.avvik),
            ("Går ut innen varslingsvinduet (snart)", total.snart),
        ),
    )


def _ingress(g: Grunnlag, t: Telling) -> tuple[str, ...]:
    if not t.alle:
        return ("Ingen vurderinger svarer til utvalget, så det er ingenting å vise.",)
    applies = t.alle - t.ikke_aktuelt
    first = (
        f"{antall(applies, 'vurdering', 'vurderinger')} gjelder. {t.gronne} er oppfylt, {t.brudd} er brudd, {t.avvik} er "
        f"brudd som et avvik dekker, og {t.ikke_avgjort} kunne ikke avgjøres."
    )
    broken = (
        f"Bruddene teller én gang hver, etter det verste som er funnet: {t.feil} i strid med kravet, {t.utlopt} over "
        f"frist og {t.mangler} der noe mangler. {t.lovbrudd} er lovbrudd som et avvik følger opp."
    )
    return (first, broken) if t.brudd else (first,)


def _deler(g: Grunnlag, total: Telling) -> Iterable[Del | None]:
    yield Del("Samlet", tabeller=(_samlet(total),))
    yield _omrader(g)
    yield _enheter(g)
    yield endret(g)
    yield _lovbrudd(g)
    yield _ikke_avgjort(g)
    yield Del("Hva det oppfylte hviler på", avsnitt=(_STYRKE,), tabeller=(_styrke(g),))
    yield _krav(g)
    yield _problemer(g)


def _samlet(t: Telling) -> Tabell:
    rows = [(title, getattr(t, key)) for key, title in SERIER] + [("Ikke aktuelt", t.ikke_aktuelt)]
    return Tabell(
        "samlet",
        "Samlet",
        (
            Kolonne("utfall", "Utfall"),
            Kolonne("antall", "Antall", "tall"),
            Kolonne("andel", "Andel", "prosent"),
        ),
        tuple((title, n, round(100 * n / t.alle, 1) if t.alle else None) for title, n in rows),
    )


def _omrader(g: Grunnlag) -> Del:
    groups = _gruppert(g.dommer, lambda v: v.krav.partition(".")[0])
    rows = [(f"{n} {OMRADER[int(n)]}", tell(groups[n])) for n in sorted(groups, key=int)]
    return _etter("omrade", "Etter fagområde", "Fagområde", rows)


def _enheter(g: Grunnlag) -> Del:
    groups = _gruppert(g.dommer, lambda v: v.enhet or "")
    rows = sorted(
        ((g.enhetsnavn(u or None), tell(vs)) for u, vs in groups.items()), key=lambda r: nokkel(r[0])
    )
    shown = sorted(rows, key=lambda r: (-r[1].brudd, nokkel(r[0])))[:20] if len(rows) > 20 else rows
    more = f" Figuren viser de 20 med flest brudd av {len(rows)} enheter." if len(rows) > 20 else ""
    alone = "Hver enhet står for seg. «--enhet» tar med enhetene under."
    return replace(_etter("enhet", "Etter enhet", "Enhet", rows, shown, more), avsnitt=(alone,))


def _etter(
    navn: str,
    tittel: str,
    kolonne: str,
    rows: Sequence[tuple[str, Telling]],
    shown: Sequence[tuple[str, Telling]] | None = None,
    more: str = "",
) -> Del:
    table = Tabell(
        navn, tittel, (Kolonne(navn, kolonne), *KOLONNER), tuple((name, *rad(t)) for name, t in rows)
    )
    figure: tuple[Figur, ...] = ()
    if rows:
        figure = (
            stolpefigur(f"status-{navn}", f"Status {tittel.lower()}", kolonne.lower(), shown or rows, more),
        )
    return Del(tittel, tabeller=(table,), figurer=figure)


def _krav(g: Grunnlag) -> Del:
    groups = _gruppert(g.dommer, lambda v: v.krav)
    order = sorted(groups, key=lambda k: tuple(map(int, k.split("."))))
    rows = tuple((g.kravtittel(k), *rad(tell(groups[k]))) for k in order)
    return Del(
        "Etter krav", tabeller=(Tabell("krav", "Etter krav", (Kolonne("krav", "Krav"), *KOLONNER), rows),)
    )


def _gruppert(dommer: Iterable[Verdict], key: Callable[[Verdict], str]) -> dict[str, list[Verdict]]:
    out: dict[str, list[Verdict]] = {}
    for v in dommer:
        out.setdefault(key(v), []).append(v)
    return out


# --- what lies behind -------------------------------------------------------------------------------------

_STYRKE = (
    "Maskinell: registerets egne data viser det. Dokumentert: det vises til et datert dokument. Bekreftet: en rolle "
    "har gått god for det. Det svakeste ledd teller."
)


def _styrke(g: Grunnlag) -> Tabell:
    names = (("maskinell", "Maskinell"), ("dokumentert", "Dokumentert"), ("bekreftet", "Bekreftet"))
    green = [v for v in g.dommer if v.utfall in {Outcome.OPPFYLT, Outcome.SNART}]
    rows = [
        (title, sum(v.styrke is not None and v.styrke.value == code for v in green)) for code, title in names
    ]
    rows.append(("Ikke oppgitt", sum(v.styrke is None for v in green)))
    n = len(green)
    return Tabell(
        "styrke",
        "Hva det oppfylte hviler på",
        (
            Kolonne("styrke", "Bevis"),
            Kolonne("antall", "Antall", "tall"),
            Kolonne("andel", "Andel", "prosent"),
        ),
        tuple((t, c, round(100 * c / n, 1) if n else None) for t, c in rows if c or t != "Ikke oppgitt"),
    )


def _lovbrudd(g: Grunnlag) -> Del:
    law = [v for v in g.dommer if v.lovbrudd]
    rows = tuple(
        (g.navn(v.post), g.enhetsnavn(v.enhet), g.kravtittel(v.krav), v.avvik, g.svarer(v)) for v in law
    )
    columns = (
        Kolonne("post", "Post"),
        Kolonne("enhet", "Enhet"),
        Kolonne("krav", "Krav"),
        Kolonne("avvik", "Avvik"),
        Kolonne("svarer", "Svarer"),
    )
    said = "Ingen i kommunen kan gi fritak fra lov. Bruddene står til de er rettet, også når et avvik følger dem opp."
    return _liste("lovbrudd", "Lovbrudd under oppfølging", columns, rows, (said,) if rows else ())


def _ikke_avgjort(g: Grunnlag) -> Del:
    open_ = [v for v in g.dommer if v.utfall is Outcome.IKKE_AVGJORT]
    rows = tuple(
        (g.navn(v.post), g.enhetsnavn(v.enhet), g.kravtittel(v.krav), v.begrunnelse or "") for v in open_
    )
    columns = (
        Kolonne("post", "Post"),
        Kolonne("enhet", "Enhet"),
        Kolonne("krav", "Krav"),
        Kolonne("grunn", "Hvorfor"),
    )
    return _liste("ikke_avgjort", "Ikke avgjort", columns, rows)


def _liste(
    navn: str,
    tittel: str,
    kolonner: tuple[Kolonne, ...],
    rader: tuple[tuple[str | None, ...], ...],
    avsnitt: tuple[str, ...] = (),
) -> Del:
    """A list that is cut where it no longer fits a page about the whole, and says so."""
    if len(rader) > MAKS:
        avsnitt = (*avsnitt, f"De {MAKS} første av {len(rader)}. «forvaltning check» viser alle.")
    return Del(tittel, avsnitt, tabeller=(Tabell(navn, tittel, kolonner, rader[:MAKS]),))


def _problemer(g: Grunnlag) -> Del:
    count: dict[tuple[str, str], int] = {}
    for p in g.problemer:
        key = ("feil" if p.alvor is Severity.FEIL else "merknad", p.regel)
        count[key] = count.get(key, 0) + 1
    columns = (Kolonne("alvor", "Alvor"), Kolonne("regel", "Regel"), Kolonne("antall", "Antall", "tall"))
    table = Tabell(
        "problemer", "Problemer i filene", columns, tuple((a, r, n) for (a, r), n in sorted(count.items()))
    )
    said = "Feil i filer, henvisninger og avvik kommer i tillegg til vurderingene. «forvaltning check» viser hver enkelt."
    return Del("Problemer i filene", (said,) if count else (), tabeller=(table,))
