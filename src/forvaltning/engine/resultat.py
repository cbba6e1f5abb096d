"""What judging one record gives: its verdicts and what they rested on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from forvaltning.findings import Verdict


@dataclass(frozen=True, slots=True)
class Svikt:
    """A rule that raised: a fault of ours, never green (exit code 3)."""

    krav: str
    post: str
    regel: str
    feil: str


@dataclass(slots=True)
class Postdom:
    """All verdicts of one record, the keys they read, and the dates between which they hold.

    `spor`: keys as `Oppslag` notes them. `fra`–`til`: first and last check date with the same verdicts.
    """

    post: str
    dommer: list[Verdict]
    spor: frozenset[str] = frozenset()
    fra: date = date.min
    til: date = date.max
    svikt: list[Svikt] = field(default_factory=list)
