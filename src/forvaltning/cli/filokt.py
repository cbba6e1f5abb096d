"""The part of a session that knows the files: settings, check date, Git, and where things stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forvaltning.cli import program
from forvaltning.cli.finn import MAPPER
from forvaltning.cli.hentet_ut import krev_hentet_ut
from forvaltning.cli.lagerdel import Lagerdel
from forvaltning.findings import Position
from forvaltning.git.arbeidstre import Arbeidstre, Tilstand, finn_arbeidstre, tilstand
from forvaltning.git.hode import er_grunn, hode
from forvaltning.source.entries import Scan
from forvaltning.source.kilde import Kilde, Mappe
from forvaltning.source.steder import Steder

if TYPE_CHECKING:
    from forvaltning.model.innstillinger import Innstillinger
    from forvaltning.source.innstillingsfil import Innstillingsfil
    from forvaltning.source.load import Innlest

Progress = Callable[[int, int], None]
EKSEMPEL = "eksempel"
"""What the history of an example rests on: nothing."""


class Filokt(Lagerdel):
    """A registry on disk on one check date. Everything is worked out on first use.

    `rot`: the registry folder. `as_of`: the chosen date, else the example registry's own, else today.
    `bruk_lager`: whether the cache under the Git directory is read and written.
    Raises `UgyldigInnstilling` from the first use of the settings when they can not be used.
    """

    def __init__(
        self,
        rot: Path,
        as_of: date | None = None,
        progress: Progress | None = None,
        *,
        bruk_lager: bool = True,
    ) -> None:
        super().__init__(bruk_lager=bruk_lager)
        self.rot = rot
        self._as_of = as_of
        self._progress = progress
        self.kilde: Kilde = Mappe(rot, MAPPER)
        self.ved: str | None = None
        """The commit that the registry is seen at; None for the work tree."""
        self.ved_dato: date | None = None
        """The day of that commit, where it is the check date."""

    # --- files and settings ------------------------------------------------------------------------

    @cached_property
    def filer(self) -> Scan:
        """The files of the registry. Raises `Stopp` when Git was told to leave some of them out of the work tree."""
        found = self.kilde.skann()
        if self.ved is None and self.arbeidstre is not None:
            krev_hentet_ut(self.arbeidstre, self.rot)
        return found

    @cached_property
    def innstillingsfil(self) -> Innstillingsfil:
        """The settings in force, and which of them the registry sets itself."""
        from forvaltning.source.load import les_innstillinger

        found = self.filer if "filer" in self.__dict__ else self.kilde.innstillinger()
        return les_innstillinger(found, self.kilde.les)

    @property
    def innstillinger(self) -> Innstillinger:
        """The settings in force."""
        return self.innstillingsfil.innstillinger

    @cached_property
    def innlest(self) -> Innlest:
        """Every file of the registry: read and validated, or known from the cache."""
        from forvaltning.source.load import les_register

        helper, self._hjelper = self._hjelper, None
        return les_register(
            self.filer, self.innstillingsfil, self._fakta, self._progress, self.kilde.les, helper
        )

    def begynn_a_lese(self) -> None:
        """Let a second process begin on the files of a large registry, before this one has started up."""
        if "innlest" not in self.__dict__ and self._hjelper is None and self._fakta is None:
            self._hjelper = self.kilde.medhjelper([f for f in self.filer.files if f.folder])

    @property
    def hode(self) -> dict[str, Any]:
        """The settings that decide a verdict, in the form of the JSON contract."""
        if self._kjent_hode is None:
            s = self.innstillinger
            self._kjent_hode = {
                "modell": self.innstillingsfil.modell,
                "gjelder_fra": s.gjelder_fra.isoformat() if s.gjelder_fra else None,
                "historie_fra": s.historie_fra.isoformat() if s.historie_fra else None,
                "varslingsvindu_dager": s.varslingsvindu_dager,
                "intervaller": dict(s.intervaller),
                "dager": dict(s.dager),
                "eksempel": s.eksempel.dato.isoformat() if s.eksempel else None,
                "egne": list(self.innstillingsfil.egne),
            }
        return self._kjent_hode

    @cached_property
    def _dato(self) -> tuple[date, str]:
        if self._as_of is not None:
            return self._as_of, "valgt"
        eksempel = self.hode["eksempel"]
        if eksempel is not None:
            return date.fromisoformat(eksempel), "eksempel"
        if self.ved_dato is not None:
            return self.ved_dato, "innsjekking"
        return date.today(), "i dag"  # noqa: DTZ011 - the check date is the user's own calendar day

    @property
    def dato(self) -> date:
        """The check date."""
        return self._dato[0]

    @property
    def datokilde(self) -> str:
        """Where the check date comes from."""
        return self._dato[1]

    # --- Git ---------------------------------------------------------------------------------------

    @cached_property
    def arbeidstre(self) -> Arbeidstre | None:
        """The Git work tree around the registry, if any."""
        return finn_arbeidstre(self.rot.resolve())

    @cached_property
    def git(self) -> Tilstand:
        """Commit, edits and depth of history."""
        if self.ved is not None and self.arbeidstre is not None:
            return Tilstand(self.ved, False, "grunn" if er_grunn(self.arbeidstre) else "full")
        return tilstand(self.arbeidstre, self.rot.resolve())

    @cached_property
    def historienokkel(self) -> str:
        """What Git history rests on beside the files: the commit. Told without a process; an example has none."""
        if self.hode["eksempel"] is not None:
            return EKSEMPEL
        tre = self.arbeidstre
        return "-" if tre is None else f"{hode(tre)}{' grunn' if er_grunn(tre) else ''}"

    @property
    def visningssti(self) -> str:
        """The registry folder as a person here would write it: relative to the current folder when below it."""
        try:
            return self.rot.resolve().relative_to(Path.cwd().resolve()).as_posix()
        except ValueError:
            return self.rot.as_posix()

    def fra_her(self, fil: str) -> str:
        """A file of the registry as somebody here would write it."""
        folder = self.visningssti
        return f"{folder}/{fil}" if folder != "." else fil

    # --- what is known -----------------------------------------------------------------------------

    @property
    def fra_lager(self) -> bool:
        """True while the settings, and the names beside them, are those the cache holds."""
        return "innlest" not in self.__dict__ and self._kjent_hode is not None and self.lager is not None

    @cached_property
    def steder(self) -> Steder:
        """Positions of fields, worked out when asked for and remembered in the cache."""
        return Steder({f.path: f for f in self.filer.files}, self._kjente_posisjoner, self.kilde.les)

    def _kjente_posisjoner(self, fil: str) -> dict[tuple[str | int, ...], Position]:
        if self.lager is None:
            return {}
        try:
            rows = self.lager.posisjoner(fil)
            return {tuple(path): Position(line, column) for path, line, column in rows}
        except (sqlite3.Error, ValueError, TypeError):
            return {}

    @property
    def regelsett(self) -> str:
        """A hash of the rules in force."""
        return program.regelsett()
