"""What a check found, as the verbs hand it on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from forvaltning.findings import Outcome, Problem, Severity, Summary, Verdict

if TYPE_CHECKING:
    from forvaltning.engine.resultat import Svikt


@dataclass(slots=True)
class Rapport:
    """What a check found, narrowed to what was asked for; the counts cover just that."""

    dato: date
    datokilde: str
    """``valgt``, ``eksempel``, ``innsjekking`` or ``i dag``."""
    registry: str
    sammendrag: Summary
    dommer: list[Verdict]
    """In the order of kind, record and requirement; without green ones when they were not asked for."""
    problemer: list[Problem]
    svikt: list[Svikt] = field(default_factory=list)

    @property
    def brudd(self) -> bool:
        """True when the exit code is at least 1: a breach, or a problem that counts."""
        return self.sammendrag.utfall.get(Outcome.BRUDD, 0) > 0 or any(
            p.alvor is Severity.FEIL for p in self.problemer
        )

    @property
    def exit_code(self) -> int:
        """0 nothing broken, 1 broken, 3 a fault of ours."""
        return 3 if self.svikt else int(self.brudd)
