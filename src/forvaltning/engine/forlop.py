"""What a registry judged through time comes to, as plain values: points, and breaches that last from one to another.

No model is imported here, so that what is kept between runs is read without building any.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

INGEN = "commit"
"""The period that is one commit."""


class Punkt(NamedTuple):
    """One moment: the check date, the last commit before it, and how many files could not be read."""

    dato: date
    commit: str | None
    poster: int = 0
    uleselige: int = 0


@dataclass(slots=True)
class Forlop:
    """One requirement broken for one record. Points by number; `til` None: still broken.

    `fra_commit` and `til_commit`: the last commit that changed what the verdict rests on, None for the calendar.
    `slutt`: what it came out as at the end, or ``slettet``.
    """

    krav: str
    post: str
    enhet: str | None
    fra: int
    fra_commit: str | None
    til: int | None = None
    til_commit: str | None = None
    slutt: str = ""

    def verdier(self) -> list[Any]:
        """As plain values, in the order of the fields."""
        return [
            self.krav,
            self.post,
            self.enhet,
            self.fra,
            self.fra_commit,
            self.til,
            self.til_commit,
            self.slutt,
        ]


class Maal(NamedTuple):
    """A point to judge at: the date, and how many of the steps lie before it."""

    dato: date
    antall: int


def punktverdier(punkter: Sequence[Punkt]) -> list[list[Any]]:
    """Points as plain values, for a cache."""
    return [[p.dato.isoformat(), *p[1:]] for p in punkter]


def punkter_fra(verdier: list[list[Any]]) -> list[Punkt]:
    """Points from plain values. Raises TypeError or ValueError when they are not what was kept."""
    return [Punkt(date.fromisoformat(d), *rest) for d, *rest in verdier]


def maal(dager: Sequence[date], per: str, i_dag: date) -> list[Maal]:
    """The points to judge at. `dager`: the day of every step, oldest first; `per`: month, week or commit.

    A period that is not over is judged on the check date.
    """
    if per == INGEN:
        return [Maal(d, n + 1) for n, d in enumerate(dager)]
    # A clock that is far wrong must not make points without end.
    latest = i_dag + min(timedelta(days=366), date.max - i_dag)
    days = [min(d, latest) for d in dager]
    last = max(i_dag, *days)
    out: list[Maal] = []
    end, at = _slutt(days[0], per), 0
    while True:
        # A period ends before the first commit dated after it: dates that run backwards never reorder commits.
        while at < len(days) and days[at] <= end:
            at += 1
        out.append(Maal(min(end, last), at))
        if end >= last:
            return out
        end = _slutt(end + timedelta(days=1), per)


def lukket(maal: Sequence[Maal], per: str, i_dag: date) -> int:
    """How many of the points, from the first, no later day or commit can change: those of periods that are over."""
    if per == INGEN:
        return len(maal)
    return sum(1 for m in maal if m.dato < i_dag)


def _slutt(dag: date, per: str) -> date:
    """The last day of the period a day lies in."""
    if per == "week":
        return dag + min(timedelta(days=6 - dag.weekday()), date.max - dag)
    return dag.replace(day=monthrange(dag.year, dag.month)[1])
