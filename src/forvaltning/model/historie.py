"""What Git history can tell the rules, as plain values (requirements 2.1 and 4.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class FunnetEndring:
    """A change found in Git: which record and field, from when, in which commit.

    `felt` is dotted, without list indexes (``drift.leverandor``, ``kit.integritet``), and empty for a record
    that was added; creating and first filling say nothing to a rule but for a new flow (4.2). `dato` is the
    committer date (UTC) on the first-parent line, or the check date for what is not committed (`commit` empty).
    `fil` is the record's file as it was named then.
    """

    post: str
    felt: str
    dato: date
    commit: str
    fil: str = ""
    linje: int = 1
    kolonne: int = 1


@dataclass(frozen=True, slots=True)
class Historie:
    """The changes history shows; `kjent` is False when it could not be seen, and `grunn` says why and what to do.

    `lest` is told of every record that is asked for, and what was answered.
    """

    kjent: bool
    grunn: str = ""
    endringer: Mapping[str, tuple[FunnetEndring, ...]] = field(default_factory=dict)
    lest: Callable[[str, tuple[FunnetEndring, ...]], None] | None = field(
        default=None, compare=False, repr=False
    )

    def for_post(self, key: str) -> tuple[FunnetEndring, ...]:
        """The changes to one record (``kind/id``), oldest first."""
        found = self.endringer.get(key, ())
        if self.lest is not None:
            self.lest(key, found)
        return found


UKJENT_HISTORIE = Historie(False, "Historikken i Git er ikke lest, så endringer kan ikke ses.")
EKSEMPELHISTORIE = Historie(True, "Eksempeldata har en tom og komplett historikk.")
