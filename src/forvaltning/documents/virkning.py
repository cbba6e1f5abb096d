"""What stops if one thing stops, and what must be looked at again if it changes, as a view."""

from __future__ import annotations

from collections.abc import Sequence

from forvaltning.documents import norsk
from forvaltning.documents.graf_ord import LIVSLOP, SLAG
from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.visning import Del, Kolonne, Tabell, Verdi, Visning
from forvaltning.engine.konsekvens import Konsekvens, Rammet, tell
from forvaltning.engine.landskap import Node
from forvaltning.engine.pa_nytt import Lesere, Lest, Vurdering
from forvaltning.model.kinds import KINDS

RAMMET = (
    Kolonne("post", "Post"),
    Kolonne("navn", "Navn"),
    Kolonne("kritikalitet", "Kritikalitet"),
    Kolonne("tilstand", "Tilstand"),
    Kolonne("avstand", "Ledd", "tall"),
    Kolonne("vei", "Hvorfor"),
)
VURDERINGER = (
    Kolonne("slag", "Hva"),
    Kolonne("post", "Post"),
    Kolonne("navn", "Navn"),
    Kolonne("tilstand", "Tilstand"),
    Kolonne("dato", "Dato", "dato"),
    Kolonne("hvorfor", "Hvorfor"),
)
KRAV = (
    Kolonne("krav", "Krav"),
    Kolonne("post", "Post"),
    Kolonne("utfall", "Nå", "utfall"),
    Kolonne("grunn", "Hvorfor"),
)


def visning(g: Grunnlag, k: Konsekvens, pa_nytt: Sequence[Vurdering], lest: Lesere) -> Visning:
    """The whole page: counts on top, what stops, what goes on without, what must be looked at again."""
    stops = [r for r in k.rammet if r.stopper]
    without = [r for r in k.rammet if not r.stopper]
    name = k.start.navn
    parts = [
        Del(
            f"Stopper når {name} stopper",
            ("Det mest kritiske står først. «Hvorfor» er den korteste veien dit.",) if stops else (),
            tabeller=(_rammet(g, k, "stopper", "Stopper", stops),),
        ),
        Del(
            "Mister noe, men stopper ikke",
            ("Disse får ikke data, kan ikke arkivere eller står uten den som svarer for dem.",)
            if without
            else (),
            tabeller=(_rammet(g, k, "mister_noe", "Mister noe", without),),
        ),
    ]
    if k.sirkler:
        parts.append(
            Del("Sirkler", ("Disse avhenger av hverandre. Hver er bare fulgt én gang.",), sirkler(k))
        )
    if k.ukjente:
        parts.append(
            Del("Kunne ikke følges", ("Her kan mer være rammet enn listene viser.",), ukjente(k)),
        )
    parts += [
        Del(
            f"Må vurderes på nytt hvis {name} endres",
            tabeller=(
                Tabell("pa_nytt", "Må vurderes på nytt", VURDERINGER, tuple(map(_vurdering, pa_nytt))),
            ),
        ),
        Del(
            "Krav som leser posten",
            lesetekst(lest),
            tabeller=(Tabell("krav", "Krav som leser posten", KRAV, tuple(_lest(g, x) for x in lest.lest)),),
        ),
    ]
    return Visning("virkning", f"Virkning av {name}", ingress(g, k, pa_nytt), tuple(parts), nokkeltall(g, k, pa_nytt, lest))  # fmt: skip


def ingress(g: Grunnlag, k: Konsekvens, pa_nytt: Sequence[Vurdering]) -> tuple[str, ...]:
    """What the counts say, in two sentences."""
    stops = [r for r in k.rammet if r.stopper]
    without = len(k.rammet) - len(stops)
    name = k.start.navn
    if not k.rammet:
        first = f"Ingenting i registeret stopper om {name} stopper."
    else:
        first = f"Stopper {name}, stopper {opptelling(stops) or 'ingenting annet'}."
        if without:
            first += f" {without} andre poster mister noe, men stopper ikke."
        high = [r for r in stops if _hoy(g, r.node)]
        if high:
            first += f" {len(high)} av dem som stopper, er i de to høyeste klassene."
    words: dict[str, int] = {}
    for v in pa_nytt:
        words[v.slag] = words.get(v.slag, 0) + 1
    again = norsk.og([f"{n} {_flertall(w, n)}" for w, n in words.items()])
    second = (
        f"Endres {name}, må {again} ses på igjen."
        if again
        else f"Endres {name}, er det ingen vurdering å se på igjen."
    )
    return (first, second)


def _hoy(g: Grunnlag, n: Node) -> bool:
    known = g.register.innstillinger.kritikalitetsklasser.get(n.klasse or "")
    return known is not None and known.hoy


def _flertall(word: str, n: int) -> str:
    more = {
        "behandling": "behandlinger",
        "avtale": "avtaler",
        "overlevering": "overleveringer",
        "endring": "endringer",
    }
    return word if n == 1 else more.get(word, word)


def opptelling(rammet: Sequence[Rammet]) -> str:
    """«6 tjenester, 3 systemer og 5 dataflyter»."""
    counts = tell(rammet)
    order = [*SLAG, *(k for k in KINDS if k not in SLAG)]
    parts = []
    for slag in order:
        n = counts.get(slag, 0)
        if n:
            one, more = (w.lower() for w in SLAG[slag]) if slag in SLAG else (KINDS[slag].tittel_entall, slag)
            parts.append(norsk.antall(n, one, more))
    return norsk.og(parts)


def nokkeltall(
    g: Grunnlag, k: Konsekvens, pa_nytt: Sequence[Vurdering], lest: Lesere
) -> tuple[tuple[str, Verdi], ...]:
    """The counts."""
    stops = [r for r in k.rammet if r.stopper]
    return (
        ("Stopper", len(stops)),
        ("Av dem i de to høyeste klassene", sum(_hoy(g, r.node) for r in stops)),
        ("Mister noe", len(k.rammet) - len(stops)),
        ("Må vurderes på nytt", len(pa_nytt)),
        ("Krav som leser posten", len({(x.krav, x.post) for x in lest.lest})),
    )


def klasse(g: Grunnlag, n: Node) -> str:
    """The criticality in words; empty where it does not apply."""
    if n.slag not in {"tjenester", "systemer"}:
        return ""
    return g.kode("kritikalitet", n.klasse) or "ikke vurdert"


def vei(k: Konsekvens, r: Rammet) -> str:
    """«Bk360 → brukes av → Byggesak»."""
    names = {x.node.key: x.node.navn for x in k.rammet}
    out = [k.start.navn]
    for how, key in r.vei:
        out += [how, names.get(key, key)]
    return " → ".join(out)


def sirkler(k: Konsekvens) -> tuple[str, ...]:
    """Each circle by names."""
    names = {x.node.key: x.node.navn for x in k.rammet} | {k.start.key: k.start.navn}
    return tuple(" → ".join(names.get(key, key) for key in c) for c in k.sirkler)


def ukjente(k: Konsekvens) -> tuple[str, ...]:
    """What could not be followed, in words."""
    return tuple(
        f"{post}: filen {what} kan ikke leses, og kan vise til den."
        if what.endswith(".yaml")
        else f"{post} viser til {what}, som ikke finnes."
        for post, what in k.ukjente
    )


def _rammet(g: Grunnlag, k: Konsekvens, navn: str, tittel: str, rammet: Sequence[Rammet]) -> Tabell:
    rows = []
    for r in rammet:
        state = (r.node.tilstand or "").replace("_", " ")
        rows.append(
            (
                r.node.key,
                r.node.navn,
                klasse(g, r.node),
                LIVSLOP.get(r.node.livslop, state),
                r.avstand,
                vei(k, r),
            )
        )
    return Tabell(navn, tittel, RAMMET, tuple(rows))


def lesetekst(lest: Lesere) -> tuple[str, ...]:
    """What the list of requirements means, and what of it was only counted."""
    out: tuple[str, ...] = ("Disse vurderes på nytt av seg selv når posten endres.",) if lest.lest else ()
    if lest.flere:
        out += (
            f"{norsk.antall(lest.flere, 'post til leser den', 'poster til leser den')}, og er bare talt.",
        )
    return out


def _vurdering(v: Vurdering) -> tuple[Verdi, ...]:
    return (v.slag, v.post, v.navn, (v.tilstand or "").replace("_", " "), v.dato, v.hvorfor)


def _lest(g: Grunnlag, x: Lest) -> tuple[Verdi, ...]:
    return (g.kravtittel(x.krav), x.post, x.utfall.value, x.grunn)
