"""The part of a session that knows the records: the register, with what history shows of it."""

from __future__ import annotations

import json
import sqlite3
from functools import cached_property
from typing import TYPE_CHECKING

from forvaltning.cli import forskjell, historie
from forvaltning.cli.filokt import Filokt

if TYPE_CHECKING:
    from forvaltning.cli.forskjell import Bilde
    from forvaltning.model.register import Register


class Registerokt(Filokt):
    """The records of a registry on one check date, and what the cache holds of its files."""

    @cached_property
    def register(self) -> Register:
        """The records, with the check date and what history shows."""
        from forvaltning.model.dag import Dag
        from forvaltning.model.historie import UKJENT_HISTORIE
        from forvaltning.model.register import Register

        read = self.innlest
        out = Register(
            read.oppforinger, self.innstillinger, Dag(self.dato), UKJENT_HISTORIE, read.uleselige, read.indeks
        )
        out.historie = historie.historie(self, out)
        return out

    @cached_property
    def navn(self) -> dict[str, str]:
        """Id → name of every unit, for reports; from the cache when it holds."""
        if "innlest" not in self.__dict__ and self.lager is not None:
            try:
                stored = self.lager.meta("enhetsnavn")
                if stored is not None and self._kjent_hode is not None:
                    return dict(json.loads(stored))
            except (sqlite3.Error, ValueError):
                pass
        return {o.id: o.navn for o in self.register.oppforinger() if o.kind == "enheter"}

    @cached_property
    def bilde(self) -> Bilde | None:
        """The files beside what the cache holds of them; None without a cache."""
        return forskjell.bilde(self, self.lager) if self.lager is not None else None
