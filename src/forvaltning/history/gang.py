"""The walk through all of history, under way while its asker imports and builds models, and a helper that reads along.

Git walks in one thread. In another the helper is started and told what the first commit holds, which everything starts
from. What the helper has read by then can be taken before Git is done (`underveis`).
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import suppress

from forvaltning.git.arbeidstre import Arbeidstre, git
from forvaltning.git.historikk import Steg
from forvaltning.git.objekter import GitFeil, trerader
from forvaltning.git.underveis import Underveis
from forvaltning.history.linje import SETTINGS_FILE, hele
from forvaltning.history.medleser import MINST, Medleser, versjoner_i

PUST = 0.002
"""Seconds between two looks at what has come."""


class Gang:
    """A walk that has begun. `slag`: the kinds of records that will be read."""

    def __init__(self, tre: Arbeidstre, mappe: str, hode: str, slag: Collection[str]) -> None:
        self._tre = tre
        self._slag = slag
        self.medleser: Medleser | None = None
        """The helper; None where it would win nothing."""
        self.forste: list[tuple[str, str]] = []
        """Path and blob of the records in the first commit; none without a helper, or when the registry lay elsewhere."""
        self.innstilt: str | None = None
        """The settings of the first commit, with `forste`."""
        self._alle: list[Steg] | None = None
        self._steg = Underveis(lambda: hele(tre, mappe, hode))
        self._begynt = Underveis(lambda: self._begynn(mappe, hode))

    def _begynn(self, mappe: str, hode: str) -> None:
        helper = Medleser.klar(self._tre)
        if helper is None:
            return
        self.medleser = helper
        line = git(self._tre, "rev-list", "--first-parent", hode)
        root = (line or b"").decode("ascii", "replace").split()[-1:]
        try:
            rows = trerader(self._tre, root[0], mappe) if root else []
        except GitFeil:
            rows = []
        plain = [(r.sti, r.oid) for r in rows if r.mode.startswith("100")]
        self.innstilt = next((oid for sti, oid in plain if sti == SETTINGS_FILE), None)
        self.forste = [(sti, oid) for sti, oid in plain if sti.partition("/")[0] in self._slag]
        helper.be_om(oid for _, oid in self.forste)

    def underveis(self) -> Iterator[tuple[str, str]]:
        """The records of the first commit as the helper has read them, until Git has told of every commit."""
        self._begynt.svar()
        helper = self.medleser
        for sti, oid in self.forste if helper is not None else ():
            while helper is not None and not helper.kommet(oid):
                if self._steg.ferdig:
                    return
                time.sleep(PUST)
            if self._steg.ferdig:
                return
            yield sti, oid

    def steg(self) -> list[Steg]:
        """Every commit that changes the registry, newest first. Raises `GitFeil`."""
        if self._alle is not None:
            return self._alle
        steps = self._alle = self._steg.svar()
        self._begynt.svar()
        wanted = versjoner_i(steps, self._slag)
        if self.medleser is None:
            self.medleser = Medleser.lag(self._tre, wanted)
        elif self.medleser.be_om(wanted) >= MINST:
            self.medleser.ferdig()
        else:
            self.lukk()
        return steps

    def lukk(self) -> None:
        """End the helper."""
        with suppress(Exception):  # who asked for the walk has been told
            self._begynt.svar()
        if self.medleser is not None:
            self.medleser.lukk()
            self.medleser = None
