"""The check date, seen only through questions.

A rule never compares with a raw date: it asks `Dag`, which remembers between which dates every answer
given so far stays the same. That window is what lets a verdict be kept until the day it would flip.
"""

from __future__ import annotations

from datetime import date, timedelta

from forvaltning.model.innstillinger import legg_til_maneder

DAY = timedelta(days=1)


class Dag:
    """The check date with the window in which the answers hold.

    `fra` and `til` are the first and last date on which every question asked since `nullstill` would
    have been answered the same.
    """

    __slots__ = ("_dato", "fra", "til")

    def __init__(self, dato: date) -> None:
        self._dato = dato
        self.fra = date.min
        self.til = date.max

    def nullstill(self) -> None:
        """Forget the window, before a new record is judged."""
        self.fra = date.min
        self.til = date.max

    def innenfor(self, fra: date, til: date) -> bool:
        """True when what holds between two dates holds on the check date; not a question of a rule, so unnoted."""
        return fra <= self._dato <= til

    def passert(self, siste: date) -> bool:
        """True when `siste`, the last good day, lies before the check date."""
        if siste < self._dato:
            first = siste + DAY
            if first > self.fra:  # noqa: PLR1730 - costs a third of what max does, and runs 100,000 times
                self.fra = first
            return True
        if siste < self.til:  # noqa: PLR1730 - as above
            self.til = siste
        return False

    def nadd(self, dato: date) -> bool:
        """True when the check date is `dato` or later."""
        if dato <= self._dato:
            if dato > self.fra:  # noqa: PLR1730 - as above
                self.fra = dato
            return True
        before = dato - DAY
        if before < self.til:  # noqa: PLR1730 - as above
            self.til = before
        return False

    def innen_vindu(self, siste: date, dager: int) -> bool:
        """True when `siste` is not passed and at most `dager` days away."""
        if self.passert(siste):
            return False
        try:
            first = siste - timedelta(days=dager)
        except OverflowError:
            first = date.min
        return self.nadd(first)

    def gyldig(self, fra: date | None, til: date | None) -> bool:
        """True when the check date lies in `fra`–`til`, both days included; None is open."""
        return (fra is None or self.nadd(fra)) and (til is None or not self.passert(til))

    def maneder_etter(self, dato: date, maneder: int) -> date:
        """The last good day of something valid for `maneder` calendar months from `dato`."""
        return legg_til_maneder(dato, maneder)

    def dager_etter(self, dato: date, dager: int) -> date:
        """The last good day of something valid for `dager` days from `dato`."""
        return dato + timedelta(days=dager) if (date.max - dato).days > dager else date.max
