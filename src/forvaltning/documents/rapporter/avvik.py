"""`avvik`: the deviations from requirements: what, why, who decided, until when, and what each covers today."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import timedelta

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import antall, nokkel
from forvaltning.documents.rapporter import felles
from forvaltning.documents.visning import Del, Kolonne, Tabell, Verdi, Visning
from forvaltning.engine.deviations import gjor_opp, virker
from forvaltning.findings import Finding, Severity, Verdict
from forvaltning.model.hendelser import Avvik
from forvaltning.model.viser import normaliser

Dekket = dict[str, list[tuple[Verdict, Finding]]]
VEKT = {"mindre": "Mindre", "storre": "Større"}
KOLONNER = (
    Kolonne("navn", "Avvik"),
    Kolonne("id", "Id"),
    Kolonne("krav", "Krav"),
    Kolonne("gjelder", "Gjelder", "liste"),
    Kolonne("vekt", "Vekt"),
    Kolonne("grunn", "Grunn"),
    Kolonne("tiltak", "Kompenserende tiltak", "liste"),
    Kolonne("besluttet", "Besluttet", "dato"),
    Kolonne("av", "Av"),
    Kolonne("gyldig_til", "Gjelder til", "dato"),
    Kolonne("dekker", "Dekker nå", "tall"),
    Kolonne("sak", "Sak"),
)


def visning(g: Grunnlag) -> Visning:
    """Every deviation in the part where it belongs today."""
    covers = _dekket(g.dommer)
    alle = [a for a in g.register.alle(Avvik) if _med(g, a)]
    alle.sort(key=lambda a: (nokkel(a.navn or a.id), a.id))
    works = [a for a in alle if virker(a, g.register)]
    window = g.dato + timedelta(days=g.hode.varslingsvindu_dager)
    soon = [a for a in works if a.gyldig_til is not None and a.gyldig_til <= window]
    waiting = [a for a in alle if a.tilstand in {"meldt", None}]
    settled = [a for a in alle if gjor_opp(a, g.register)]
    closed = [a for a in alle if a.tilstand in {"lukket", "avslatt"} and a not in settled]
    placed = {a.id for a in (*works, *waiting, *settled, *closed)}
    lost = [a for a in alle if a.id not in placed]
    law = [v for v in g.dommer if v.lovbrudd]

    def part(navn: str, tittel: str, avvik: list[Avvik], tom: str = "Ingen.", *avsnitt: str) -> Del:
        return Del(tittel, avsnitt, tabeller=(_tabell(g, navn, tittel, avvik, covers, tom),))

    return Visning(
        "avvik",
        "Avvik fra kravene",
        (
            (
                f"{len(works)} avvik gjelder i dag og dekker {sum(len(covers[normaliser(a.id)]) for a in works)} funn. "
                f"{len(soon)} går ut innen {g.hode.varslingsvindu_dager} dager, og {len(waiting)} venter på beslutning. "
                f"{len(lost)} dekker ingenting lenger, fordi fristen er passert eller beslutningen ikke holder."
            ),
            *felles.uleste(g, "avvik"),
        ),
        (
            part("gar_ut", "Går snart ut", soon),
            part("gjelder", "Gjelder i dag", works),
            Del("Lovbrudd under oppfølging", _lovtekst(law), tabeller=(_lovbrudd(g, law),)),
            part("venter", "Venter på beslutning", waiting),
            part(
                "uten_virkning",
                "Uten virkning",
                lost,
                "Ingen.",
                *(
                    ("Avvikene her er over frist, eller beslutningen holder ikke. De dekker ingenting.",)
                    if lost
                    else ()
                ),
            ),
            Del("Hva avvikene dekker", tabeller=(_dekker(g, covers),)),
            part("oppgjort", "Sene dokumenter som er gjort opp", settled),
            part("lukket", "Lukket og avslått", closed),
            Del("Merknader til avvikene", tabeller=(_problemer(g),)),
        ),
        (
            ("Gjelder i dag", len(works)),
            ("Går ut innen varslingsvinduet", len(soon)),
            ("Venter på beslutning", len(waiting)),
            ("Uten virkning", len(lost)),
            ("Lovbrudd under oppfølging", len(law)),
            ("Lukket, avslått og gjort opp", len(closed) + len(settled)),
        ),
    )


def _lovtekst(law: list[Verdict]) -> tuple[str, ...]:
    said = "Ingen i kommunen kan gi fritak fra lov. Kravet er fortsatt brutt, og avviket viser hvordan det følges opp."
    return (said,) if law else ()


def _med(g: Grunnlag, a: Avvik) -> bool:
    """A deviation belongs where the records it is about belong."""
    if g.enheter is None and g.rolle is None:
        return True
    found = (g.register.oppforing(i) for i in a.gjelder)
    return any(g.med(o.post) for o in found if o is not None)


def _dekket(dommer: Iterable[Verdict]) -> Dekket:
    """Deviation → what it covers today."""
    out: Dekket = defaultdict(list)
    for v in dommer:
        for f in v.funn:
            if f.avvik is not None:
                out[normaliser(f.avvik)].append((v, f))
    return out


def _tabell(g: Grunnlag, navn: str, tittel: str, avvik: list[Avvik], covers: Dekket, tom: str) -> Tabell:
    return Tabell(
        navn, tittel, KOLONNER, tuple(_rad(g, a, len(covers.get(normaliser(a.id), ()))) for a in avvik), tom
    )


def _rad(g: Grunnlag, a: Avvik, n: int) -> tuple[Verdi, ...]:
    b = a.besluttet
    return (
        a.navn or a.id,
        a.id,
        g.kravtittel(a.krav) + (f" (feltet {a.felt})" if a.felt else ""),
        felles.poster(g, a.gjelder),
        VEKT.get(a.vekt or "", felles.MANGLER),
        a.grunn or felles.MANGLER,
        a.kompenserende_tiltak,
        b.dato if b else None,
        g.rolletittel(b.forum) if b and b.forum else None,
        a.gyldig_til,
        n,
        (b.sak if b and b.sak else a.sak) or felles.MANGLER,
    )


def _lovbrudd(g: Grunnlag, law: list[Verdict]) -> Tabell:
    rows = tuple(
        (g.navn(v.post), g.enhetsnavn(v.enhet), g.kravtittel(v.krav), g.navn(v.avvik), g.svarer(v))
        for v in law
    )
    columns = (
        Kolonne("post", "Post"),
        Kolonne("enhet", "Enhet"),
        Kolonne("krav", "Krav"),
        Kolonne("avvik", "Avvik"),
        Kolonne("svarer", "Svarer"),
    )
    return Tabell("lovbrudd", "Lovbrudd under oppfølging", columns, rows)


def _dekker(g: Grunnlag, covers: Dekket) -> Tabell:
    rows = [
        (
            g.navn(f.avvik),
            g.navn(v.post),
            g.enhetsnavn(v.enhet),
            g.kravtittel(v.krav),
            f.melding,
            v.utfall.value,
        )
        for pairs in covers.values()
        for v, f in pairs
    ]
    rows.sort(key=lambda r: tuple(nokkel(x) for x in r))
    columns = (
        Kolonne("avvik", "Avvik"),
        Kolonne("post", "Post"),
        Kolonne("enhet", "Enhet"),
        Kolonne("krav", "Krav"),
        Kolonne("funn", "Funnet som er dekket"),
        Kolonne("utfall", "Kravet er nå", "utfall"),
    )
    return Tabell("dekker", "Hva avvikene dekker", columns, tuple(rows), "Ingenting.")


def _problemer(g: Grunnlag) -> Tabell:
    mine = [p for p in g.problemer if p.regel.startswith("avvik.")]
    grave = Counter(p.alvor for p in mine)[Severity.FEIL]
    rows = sorted(
        ("Feil" if p.alvor is Severity.FEIL else "Merknad", g.navn(p.post or p.fil), p.melding, p.tiltak)
        for p in mine
    )
    columns = (
        Kolonne("alvor", "Alvor"),
        Kolonne("avvik", "Avvik"),
        Kolonne("hva", "Hva"),
        Kolonne("tiltak", "Gjør dette"),
    )
    said = f"{antall(grave, 'av dem er en feil', 'av dem er feil')} som må rettes." if grave else ""
    return Tabell("merknader", "Merknader til avvikene", columns, tuple(rows), forklaring=said)
