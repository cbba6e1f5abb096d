"""The to-do list for people at a terminal: by rank, then by record; or one line a task."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from forvaltning.engine.gjoremal import Gjoremal, Rang
from forvaltning.engine.gjoremal_ord import RANGER, ogsa
from forvaltning.findings import Responsible
from forvaltning.render.tekst import datolinje
from forvaltning.render.tekst_grunnlag import Grunnlag, hvem
from forvaltning.render.tekst_stil import (
    Stil,
    avsnitt,
    bredde,
    dag,
    fyll,
    kort,
    overskrift,
    postlinje,
    ramse,
    ren,
    tall,
)

MERKER: dict[Rang, tuple[str, str]] = {
    Rang.LOV: ("✗", "fet_rod"),
    Rang.FORFALT: ("◷", "fet_rod"),
    Rang.BRUDD: ("✗", "rod"),
    Rang.FIL: ("✗", "rod"),
    Rang.FRIST: ("◷", "gul"),
    Rang.UAVKLART: ("?", "gul"),
    Rang.AVVIK: ("●", "bla"),
    Rang.RYDD: ("·", "svak"),
}
Sted = Callable[[Gjoremal], str]


def liste(
    gjoremal: Sequence[Gjoremal], til: date, sted: Sted, g: Grunnlag, stil: Stil, *, en_linje: bool = False
) -> Iterator[str]:
    """The list in pieces of text. `sted`: where in a file a task stands; `en_linje`: one line a task, cut to fit."""
    yield from topptekst("Gjøremål", g, stil)
    if not gjoremal:
        yield from avsnitt(f"Ingenting å gjøre fram til {dag(til)} i det som ble valgt ut.", stil)
        return
    counts = [
        f"{tall(n)} {RANGER[r][0].lower()}" for r in RANGER if (n := sum(x.rang is r for x in gjoremal))
    ]
    text = f"{tall(len(gjoremal))} gjøremål: {', '.join(counts)}. Frister til og med {dag(til)} er med."
    yield from avsnitt(text, stil)
    for rang, (title, _) in RANGER.items():
        mine = [x for x in gjoremal if x.rang is rang]
        if not mine:
            continue
        yield overskrift(f"{title} ({tall(len(mine))})", stil)
        last = ""
        for x in mine:
            if en_linje:
                yield _linje(x, sted(x), g, stil)
                continue
            if x.post != last:
                yield from _post(x, g, stil)
                last = x.post
            yield from _oppgave(x, sted(x), g, stil)


def topptekst(tittel: str, g: Grunnlag, stil: Stil) -> Iterator[str]:
    """What the list is of, which date it counts from, and what it was narrowed to."""
    where = "" if g.sti == "." else f" · {ren(g.sti)}"
    whose = f" · {ren(g.kommune)}" if g.kommune else ""
    yield f"{stil(f'{tittel}{where}', 'fet')}{whose}\n"
    yield from avsnitt(datolinje(g), stil, farge="gul" if g.datokilde == "eksempel" else "")
    if g.snevret:
        yield from avsnitt(f"Utvalg: {ramse(g.snevret)}.", stil)
    if g.historie_ukjent:
        yield from avsnitt(g.historie_ukjent, stil, 0, stil("? ", "gul"))


def _post(x: Gjoremal, g: Grunnlag, stil: Stil) -> Iterator[str]:
    name = ren(g.postnavn(x.post)) if "/" in x.post else ""
    yield "\n"
    yield from postlinje(x.post, name if name != x.post.rsplit("/", maxsplit=1)[-1] else "", stil)


def _oppgave(x: Gjoremal, sted: str, g: Grunnlag, stil: Stil) -> Iterator[str]:
    sign, colour = MERKER[x.rang]
    krav = f"{', '.join(x.krav)} " if x.krav else ""
    when = f"{naar(x.dato, g)} " if x.dato is not None else ""
    yield f"  {stil(f'{sign} {when}', colour)}{ren(sted)}\n"
    yield from avsnitt(x.tiltak or x.hva, stil, 4, stil("→ ", "gronn"))
    covered = f" Følges opp i avviket {x.avvik}." if x.avvik and x.rang is Rang.LOV else ""
    if x.tiltak:
        more = f"{covered}{ogsa(x, g.postnavn)}"
        yield from avsnitt(f"{x.hva.rstrip('.')}.{more}", stil, 4, stil(krav, "bla"), "svak")
    who = svarere(x.ansvarlig, g)
    if who:
        yield from avsnitt(who, stil, 4, stil("Svarer: ", "svak"), "svak")


def svarere(ansvarlige: Sequence[Responsible], g: Grunnlag) -> str:
    """Who answers, each role with its record; their contact stands in the record."""
    each = [hvem(a._replace(kontakt=None), g) for a in ansvarlige]
    return "; ".join(dict.fromkeys(each))


def naar(dato: date, g: Grunnlag) -> str:
    """«04.12.2026 (om 18 dager)», «(3 dager over)»."""
    left = (dato - g.dato).days
    if left == 0:
        return f"{dag(dato)} (i dag)"
    n = abs(left)
    days = f"{tall(n)} {'dag' if n == 1 else 'dager'}"
    return f"{dag(dato)} (om {days})" if left > 0 else f"{dag(dato)} ({days} over)"


def _linje(x: Gjoremal, sted: str, g: Grunnlag, stil: Stil) -> str:
    """«◷ 31.12.2026 1.4  avvik/avvik-rutine.yaml:21  Rett det avviket …», cut to the width; never the line number."""
    sign, colour = MERKER[x.rang]
    when = dag(x.dato) if x.dato is not None else ""
    krav = x.krav[0] + ("+" if len(x.krav) > 1 else "") if x.krav else ""
    head = f"{sign} {fyll(when, 10)} {fyll(krav, 4)} "
    where = _uten_start(ren(sted).removeprefix(f"{ren(g.sti)}/").rpartition(":")[0], stil.bredde * 2 // 5)
    room = max(10, stil.bredde - bredde(head) - bredde(where) - 2)
    return f"{stil(head, colour)}{where}  {kort(ren(x.tiltak or x.hva), room)}\n"


def _uten_start(sted: str, plass: int) -> str:
    """A place cut from the left, so that the end of the name and the line are seen."""
    while bredde(sted) > plass:
        sted = f"…{sted.removeprefix('…')[1:]}"
    return sted
