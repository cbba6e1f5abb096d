"""What a rule yields: something missing, at odds, running out, undecidable, or evidence.

Every observation names a field path of the record that carries the verdict, or of another record given
as `i`. List indexes are those of the model's tuples; the engine turns them into identities and lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from forvaltning.findings import FieldPath, Place, Strength
from forvaltning.model.base import Post


@dataclass(frozen=True, slots=True)
class Mangler:
    """Something the requirement asks for is not there."""

    felt: FieldPath
    vilkar: str
    melding: str
    tiltak: str
    om: str = ""
    """Identity of what the finding is about, when the field alone does not tell (a processor, a change)."""
    i: Post | None = None
    se: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Feil:
    """Something is there, but at odds with the requirement."""

    felt: FieldPath
    vilkar: str
    melding: str
    tiltak: str
    om: str = ""
    i: Post | None = None
    se: tuple[Place, ...] = ()
    sent: bool = False
    """A document that came late: it can not be mended, only settled by a closed deviation."""


class Utloper(NamedTuple):
    """Something is good until and with `siste`; the engine compares with the check date.

    `melding` is what to say when it has run out. Past its date it is a finding of kind *utløpt*; within
    the warning window the verdict is *snart*.
    """

    felt: FieldPath
    vilkar: str
    siste: date
    melding: str
    tiltak: str
    om: str = ""
    i: Post | None = None
    se: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Uavklart:
    """The rule could not decide, and why. Never green."""

    felt: FieldPath
    grunn: str
    i: Post | None = None


class Bevis(NamedTuple):
    """What a green verdict rests on."""

    felt: FieldPath
    styrke: Strength
    dato: date | None = None
    referanse: str | None = None
    i: Post | None = None


Observasjon = Mangler | Feil | Utloper | Uavklart | Bevis
