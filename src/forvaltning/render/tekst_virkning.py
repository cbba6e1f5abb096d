"""What stops if one thing stops, for people at a terminal: counts, who is hit and why, what to look at again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from forvaltning.engine.konsekvens import Rammet
from forvaltning.engine.landskap import Node
from forvaltning.engine.pa_nytt import Lesere, Lest, Vurdering
from forvaltning.render.tekst_grunnlag import UTFALL
from forvaltning.render.tekst_stil import Stil, antall, avsnitt, dag, overskrift, postlinje, ramse, ren, tall


@dataclass(frozen=True, slots=True)
class Side:
    """The page, ready to be told.

    `topp`: the title, what the page rests on, and what the reader must know; `ingress`: the sentences of the counts;
    `klasse` and `vei`: words of a node and path.
    """

    navn: str
    topp: Sequence[str]
    ingress: Sequence[str]
    rammet: Sequence[Rammet]
    sirkler: Sequence[str]
    ukjente: Sequence[str]
    pa_nytt: Sequence[Vurdering]
    lest: Lesere
    klasse: Callable[[Node], str]
    vei: Callable[[Rammet], str]


def side(s: Side, stil: Stil) -> Iterator[str]:
    """The page in pieces of text."""
    first, where, *rest = s.topp
    yield from avsnitt(first, stil, farge="fet")
    yield from avsnitt(where, stil)
    for line in rest:
        yield from avsnitt(line, stil, farge="gul")
    for line in s.ingress:
        yield from avsnitt(line, stil)
    stops = [r for r in s.rammet if r.stopper]
    without = [r for r in s.rammet if not r.stopper]
    if stops:
        yield overskrift(f"Stopper ({tall(len(stops))})", stil)
        for r in stops:
            yield from _rammet(r, "✗", "rod", s, stil)
    if without:
        yield overskrift(f"Mister noe, men stopper ikke ({tall(len(without))})", stil)
        for r in without:
            yield from _rammet(r, "○", "gul", s, stil)
    yield from _linjer("Sirkler: fulgt én gang hver", s.sirkler, stil)
    yield from _linjer("Kunne ikke følges", s.ukjente, stil)
    if s.pa_nytt:
        yield overskrift(f"Må vurderes på nytt ved endring ({tall(len(s.pa_nytt))})", stil)
        for v in s.pa_nytt:
            facts = [x for x in ((v.tilstand or "").replace("_", " "), dag(v.dato) if v.dato else "") if x]
            yield from postlinje(v.post, v.navn, stil, 2)
            yield from avsnitt(", ".join([*facts, v.hvorfor]), stil, 4, stil(f"{v.slag}: ", "bla"), "svak")
    yield from _krav(s.lest, stil)


def _rammet(r: Rammet, sign: str, colour: str, s: Side, stil: Stil) -> Iterator[str]:
    about = ", ".join(x for x in (s.klasse(r.node), (r.node.tilstand or "").replace("_", " ")) if x)
    tail = f"  {stil(f'({about})', 'svak')}" if about else ""
    yield f"  {stil(sign, colour)} {stil(ren(r.node.key), 'fet')}{tail}\n"
    yield from avsnitt(s.vei(r), stil, 4)


def _linjer(tittel: str, linjer: Sequence[str], stil: Stil) -> Iterator[str]:
    if linjer:
        yield overskrift(f"{tittel} ({tall(len(linjer))})", stil)
        for line in linjer:
            yield from avsnitt(line, stil, 2, "• ")


def _krav(lesere: Lesere, stil: Stil) -> Iterator[str]:
    """The requirements that read the record: those on itself on one line, those on others by record."""
    lest = lesere.lest
    if not lest:
        return
    yield overskrift(f"Krav som leser posten ({tall(len(lest))})", stil)
    by_post: dict[str, list[Lest]] = {}
    for x in lest:
        by_post.setdefault(x.post, []).append(x)
    for post, mine in by_post.items():
        marks = ramse([f"{UTFALL[x.utfall][0]} {x.krav}" for x in mine])
        yield from avsnitt(marks, stil, 2, f"{stil(ren(post), 'fet')}: ")
    yield from avsnitt(
        ", ".join(f"{UTFALL[u][0]} {UTFALL[u][1]}" for u in UTFALL if any(x.utfall is u for x in lest)),
        stil,
        2,
        farge="svak",
    )
    if lesere.flere:
        yield from avsnitt(
            f"{antall(lesere.flere, 'post', 'poster')} til leser den, og er bare talt.", stil, 2
        )
