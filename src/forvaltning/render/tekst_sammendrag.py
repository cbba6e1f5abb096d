"""The end of the report: counts by area and by unit, what green rests on, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from forvaltning.findings import FindingKind, Outcome, Strength, Verdict
from forvaltning.render.tekst_funn import frist_tekst
from forvaltning.render.tekst_grunnlag import ARTER, UTFALL, Grunnlag, alvor
from forvaltning.render.tekst_stil import (
    Stil,
    antall,
    avsnitt,
    bredde,
    brekk,
    fyll,
    norsk,
    overskrift,
    ren,
    tall,
)

KOLONNER = tuple(Outcome)
HODER = {
    Outcome.BRUDD: ("", "brudd"),
    Outcome.IKKE_AVGJORT: ("ikke", "avgjort"),
    Outcome.AVVIK: ("", "avvik"),
    Outcome.SNART: ("", "snart"),
    Outcome.OPPFYLT: ("", "oppfylt"),
    Outcome.IKKE_AKTUELT: ("ikke", "aktuelt"),
}
MANGE_ENHETER = 15
"""With more units than this, those where nothing is broken or undecided are left out."""


def sammendrag(g: Grunnlag, stil: Stil, *, alt: bool) -> Iterator[str]:
    """Tables and counts. `alt`: every unit, however many."""
    yield overskrift("Oppsummering", stil)
    areas = sorted(g.sammendrag.omrade.items(), key=lambda item: int(item[0]))
    yield from _tabell("Fagområde", [(f"{n} {g.omrader.get(int(n), '')}", c) for n, c in areas], stil, g)
    units = [(ren(g.enhetsnavn(k)) if k else "Uten enhet", c) for k, c in g.sammendrag.enhet.items()]
    units.sort(key=lambda item: (item[0] == "Uten enhet", norsk(item[0])))
    left_out = 0
    if len(units) > MANGE_ENHETER and not alt:
        busy = [u for u in units if u[1].get(Outcome.BRUDD, 0) or u[1].get(Outcome.IKKE_AVGJORT, 0)]
        left_out = len(units) - len(busy)
        units = busy
    if units:
        yield "\n"
        yield from _tabell("Enhet", units, stil, None)
    if left_out:
        text = f"{antall(left_out, 'enhet', 'enheter')} uten brudd og uten noe uavgjort er utelatt; --verbose viser alle."
        yield from avsnitt(text, stil, farge="svak")
    yield "\n"
    yield from funn_og_styrke(g, stil)


def _tabell(
    tittel: str, rader: Sequence[tuple[str, Mapping[str, int]]], stil: Stil, totalt: Grunnlag | None
) -> Iterator[str]:
    if totalt is not None:
        rader = [*rader, ("Til sammen", totalt.sammendrag.utfall)]
    widths = [
        max(len(HODER[u][0]), len(HODER[u][1]), *(len(tall(c.get(u, 0))) for _, c in rader)) for u in KOLONNER
    ]
    room = max(12, stil.bredde - sum(widths) - 2 * len(widths))
    name = min(room, max(bredde(tittel), *(bredde(n) for n, _ in rader)))
    above = "".join(f"  {HODER[u][0]:>{w}}" for u, w in zip(KOLONNER, widths, strict=True))
    below = "".join(f"  {HODER[u][1]:>{w}}" for u, w in zip(KOLONNER, widths, strict=True))
    yield stil(f"{' ' * name}{above}", "svak") + "\n"
    yield stil(fyll(tittel, name), "fet") + stil(below, "svak") + "\n"
    for label, counts in rader:
        last = totalt is not None and label == "Til sammen"
        cells = "".join(_celle(u, counts.get(u, 0), w, stil) for u, w in zip(KOLONNER, widths, strict=True))
        first, *rest = [label] if bredde(label) <= name else brekk(label, name - 2)
        yield f"{stil(fyll(first, name), 'fet') if last else fyll(first, name)}{cells}\n"
        yield from (f"  {line}\n" for line in rest)


def _celle(utfall: Outcome, n: int, width: int, stil: Stil) -> str:
    text = "  " + (tall(n) if n else "–").rjust(width)
    return stil(text, UTFALL[utfall][2]) if n and utfall is not Outcome.IKKE_AKTUELT else stil(text, "svak")


def funn_og_styrke(g: Grunnlag, stil: Stil) -> Iterator[str]:
    """Findings by kind, problems, and how much green rests on each strength of evidence."""
    counts = g.sammendrag.arter
    parts = [
        stil(f"{sign} {tall(counts.get(art, 0))} {word}", colour if counts.get(art) else "svak")
        for art, (sign, word, colour) in ARTER.items()
    ]
    yield f"Funn: {' · '.join(parts)}\n"
    wrong, remarks = len(g.feil()), len(g.merknader())
    if wrong or remarks:
        said = stil(antall(wrong, "feil", "feil"), "fet_rod" if wrong else "svak")
        yield f"Filer og henvisninger: {said}, {antall(remarks, 'merknad', 'merknader')}\n"
    green = {s: g.sammendrag.styrke.get(s, 0) for s in Strength}
    if any(green.values()):
        rests = ", ".join(f"{tall(n)} {s.value}" for s, n in green.items())
        yield from avsnitt(f"Det grønne hviler på: {rests}.", stil)


def linje(g: Grunnlag) -> str:
    """Every count on one line, for --quiet."""
    s = g.sammendrag
    kinds = ", ".join(f"{tall(s.arter.get(a, 0))} {word}" for a, (_, word, _) in ARTER.items())
    parts = [f"{tall(s.utfall.get(u, 0))} {word}" for u, (_, word, _) in UTFALL.items()]
    parts[0] += f" ({kinds})"
    wrong, remarks = len(g.feil()), len(g.merknader())
    return f"{', '.join(parts)}; {tall(wrong)} feil i filer, {antall(remarks, 'merknad', 'merknader')}\n"


def neste_steg(g: Grunnlag, stil: Stil) -> Iterator[str]:
    """One last line: what to do now, or that nothing is broken."""
    wrong = g.feil()
    broken = [v for v in g.dommer if v.utfall is Outcome.BRUDD]
    if wrong:
        yield from _siste(
            f"Neste steg: rett {g.problemsted(wrong[0])}, og kjør sjekken på nytt.", stil, "fet"
        )
    elif broken:
        worst = min(broken, key=_viktigst)
        most = FindingKind.MANGLER
        if all(f.art is most for v in broken for f in v.funn):
            said = "Det som er brutt, mangler bare: det er ikke ført inn ennå."
            yield from avsnitt(said, stil)
        yield from _siste(
            f"Neste steg: «forvaltning explain {worst.krav}» sier hva kravet ber om, og hva som oppfyller det.",
            stil,
            "fet",
        )
    elif not g.antall:
        yield from _siste("Ingen vurderinger i utvalget.", stil, "fet")
    else:
        undecided = g.sammendrag.utfall.get(Outcome.IKKE_AVGJORT, 0)
        rest = f" {antall(undecided, 'vurdering', 'vurderinger')} kunne ikke avgjøres." if undecided else ""
        if g.sammendrag.ingenting_avgjort:
            sign, _, colour = UTFALL[Outcome.IKKE_AVGJORT]
            yield from _siste(f"{sign} Ingen brudd er sett.{rest}", stil, colour)
        else:
            yield from _siste(f"✓ Ingen brudd.{rest}{_neste_frist(g)}", stil, "fet_gronn")


def _viktigst(v: Verdict) -> tuple[int, list[int]]:
    return min((alvor(f, v) for f in v.funn), default=9), [int(n) for n in v.krav.split(".")]


def _neste_frist(g: Grunnlag) -> str:
    ahead = [v for v in g.dommer if v.frist is not None and v.utfall is Outcome.SNART]
    if not ahead:
        return ""
    v = min(ahead, key=lambda v: (v.frist or date.max, v.post))
    return f" Neste frist er {frist_tekst(v, g)}: krav {v.krav} for {ren(v.post)}."


def _siste(tekst: str, stil: Stil, farge: str) -> Iterator[str]:
    yield "\n"
    yield from avsnitt(tekst, stil, farge=farge)
