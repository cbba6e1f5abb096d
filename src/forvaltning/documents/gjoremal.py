"""The to-do list as a view: one table for each rank, worst first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from forvaltning.documents import norsk
from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.visning import Del, Kolonne, Tabell, Visning
from forvaltning.engine.gjoremal import Gjoremal, Rang
from forvaltning.engine.gjoremal_ord import RANGER, ogsa
from forvaltning.findings import Responsible

NAVN = {r: r.name.lower() for r in Rang}
KOLONNER = (
    Kolonne("frist", "Frist", "dato"),
    Kolonne("tiltak", "Gjør dette"),
    Kolonne("hva", "Hvorfor"),
    Kolonne("krav", "Krav", "liste"),
    Kolonne("svarer", "Svarer", "liste"),
    Kolonne("post", "Post"),
    Kolonne("navn", "Navn"),
    Kolonne("sted", "Sted"),
)


def visning(g: Grunnlag, gjoremal: Sequence[Gjoremal], til: date, sted: Callable[[Gjoremal], str]) -> Visning:
    """The list. `til`: the last day of the deadlines that are with; `sted`: where in a file a task stands."""
    parts = []
    for rang, (title, meaning) in RANGER.items():
        mine = [x for x in gjoremal if x.rang is rang]
        if mine:
            rows = tuple(_rad(g, x, sted(x)) for x in mine)
            parts.append(Del(title, (meaning,), tabeller=(Tabell(NAVN[rang], title, KOLONNER, rows),)))
    lead = f"{norsk.tall(len(gjoremal))} gjøremål, det verste og det som haster mest, først."
    lead += f" Frister er med til og med {norsk.dato(til)}."
    if not gjoremal:
        lead = f"Ingenting å gjøre fram til {norsk.dato(til)} i det som ble valgt ut."
    counts = tuple((RANGER[r][0], sum(x.rang is r for x in gjoremal)) for r in RANGER)
    return Visning("gjoremal", "Gjøremål", (lead,), tuple(parts), tuple((n, c) for n, c in counts if c))


def _rad(g: Grunnlag, x: Gjoremal, sted: str) -> tuple[date | str | tuple[str, ...] | None, ...]:
    name = g.navn(x.post)
    covered = f" Følges opp i avviket {x.avvik}." if x.avvik and x.rang is Rang.LOV else ""
    return (
        x.dato,
        x.tiltak,
        _med_punktum(x.hva, covered + ogsa(x, g.navn)),
        x.krav,
        svarere(g, x.ansvarlig),
        x.post,
        name if name != x.post.partition("/")[2] else "",
        sted,
    )


def _med_punktum(hva: str, mer: str) -> str:
    """What is wrong, ended where more sentences follow."""
    return f"{hva.rstrip('.')}.{mer}" if mer else hva


def svarere(g: Grunnlag, ansvarlige: Sequence[Responsible]) -> tuple[str, ...]:
    """Who answers, each role with its record once; how to reach them stands there."""
    return tuple(dict.fromkeys(g.hvem(a._replace(kontakt=None)) for a in ansvarlige))
