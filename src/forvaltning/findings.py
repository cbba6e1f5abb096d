"""What a check finds: plain, frozen values that every room shares.

Nothing here reads a file, a clock or a setting. A `FieldPath` names a place inside one record with
list indexes as they stand in the file; `format_path` turns it into the stable form that addresses list
items by identity (`scenarier[s1].frist`), which fingerprints and the JSON contract use.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

FieldPath = tuple[str | int, ...]
"""Keys and list indexes from the top of one record, e.g. ``("scenarier", 0, "frist")``."""


class Outcome(StrEnum):
    """What a requirement comes out as for one record (domain.md, section 1), worst first."""

    BRUDD = "brudd"
    IKKE_AVGJORT = "ikke_avgjort"
    AVVIK = "avvik"
    SNART = "snart"
    OPPFYLT = "oppfylt"
    IKKE_AKTUELT = "ikke_aktuelt"


class Strength(StrEnum):
    """What a green verdict rests on, strongest first."""

    MASKINELL = "maskinell"
    DOKUMENTERT = "dokumentert"
    BEKREFTET = "bekreftet"


WEAKNESS = {Strength.MASKINELL: 0, Strength.DOKUMENTERT: 1, Strength.BEKREFTET: 2}


class FindingKind(StrEnum):
    """What is wrong: something missing, at odds with the requirement, or past its date."""

    MANGLER = "mangler"
    FEIL = "feil"
    UTLOPT = "utlopt"


class Severity(StrEnum):
    """`feil` always counts in the exit code, `merknad` never."""

    FEIL = "feil"
    MERKNAD = "merknad"


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a text file: 1-based line and column, counted in code points."""

    line: int
    column: int


START = Position(1, 1)


class Place(NamedTuple):
    """A field of a record, before it is turned into a file position.

    `post` is ``"systemer/bk360"``; `path` points into that record's file.
    """

    post: str
    path: FieldPath = ()
    melding: str = ""


class Evidence(NamedTuple):
    """What a verdict rests on: strength, date of the document or confirmation, and where it stands."""

    styrke: Strength
    place: Place
    felt: str
    dato: date | None = None
    referanse: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, with the field to look at and how to mend it."""

    art: FindingKind
    vilkar: str
    melding: str
    tiltak: str
    place: Place
    felt: str
    fingeravtrykk: str
    dato: date | None = None
    se: tuple[Place, ...] = ()
    avvik: str | None = None
    """The deviation (record id) that covers this finding, if one does."""
    nokkel: tuple[str, ...] = ()
    """What the fingerprint is made of: requirement, record, condition, field, identity, and a number for twins."""


class Responsible(NamedTuple):
    """Who answers: a role type, forum or unit, and the record that fills it when one is found."""

    rolle: str
    post: str | None = None
    enhet: str | None = None
    kontakt: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """One requirement decided for one record; green ones too.

    `begrunnelse` is the reason for *ikke aktuelt* and *ikke avgjort*; `frist` the last good day of the
    next thing that runs out; `lovbrudd` marks a breach of law that a deviation follows up.
    """

    krav: str
    post: str
    enhet: str | None
    utfall: Outcome
    styrke: Strength | None = None
    begrunnelse: str | None = None
    frist: date | None = None
    ansvarlig: tuple[Responsible, ...] = ()
    avvik: str | None = None
    lovbrudd: bool = False
    bevis: tuple[Evidence, ...] = ()
    funn: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a file, a shape, a reference or a deviation rather than a requirement.

    `regel` is the stable name (``fil.syntaks``, ``modell.ukjent_felt``, ``avvik.utlopt``). `fil` is
    relative to the registry with ``/``. `position` is None until worked out from `path`.
    """

    regel: str
    alvor: Severity
    fil: str
    melding: str
    tiltak: str
    path: FieldPath = ()
    position: Position | None = None
    post: str | None = None
    felt: str = ""

    @property
    def fingeravtrykk(self) -> str:
        """Stable across moves of text: rule, record (or file) and field, never a line number."""
        return fingerprint(self.regel, self.post or self.fil, self.felt or format_path(self.path))


@dataclass(slots=True)
class Summary:
    """Counts of verdicts by outcome: in all, by area (number as text), by unit (empty text for none)."""

    utfall: dict[str, int] = field(default_factory=dict)
    omrade: dict[str, dict[str, int]] = field(default_factory=dict)
    enhet: dict[str, dict[str, int]] = field(default_factory=dict)
    arter: dict[str, int] = field(default_factory=dict)
    """Uncovered findings by kind: mangler, feil, utlopt."""
    styrke: dict[str, int] = field(default_factory=dict)
    """Green verdicts (oppfylt and snart) by what they rest on."""
    poster: int = 0
    """Records that carry at least one verdict."""

    @property
    def ingenting_avgjort(self) -> bool:
        """True when something is undecided and no other requirement that applies is decided: that is not green."""
        applies = {u for u, n in self.utfall.items() if n} - {Outcome.IKKE_AKTUELT.value}
        return applies == {Outcome.IKKE_AVGJORT.value}

    def legg_til(self, v: Verdict) -> None:
        """Count one verdict."""
        u = v.utfall.value
        self.utfall[u] = self.utfall.get(u, 0) + 1
        area = self.omrade.setdefault(v.krav.partition(".")[0], {})
        area[u] = area.get(u, 0) + 1
        unit = self.enhet.setdefault(v.enhet or "", {})
        unit[u] = unit.get(u, 0) + 1
        if v.styrke is not None:
            self.styrke[v.styrke.value] = self.styrke.get(v.styrke.value, 0) + 1
        for f in v.funn:
            if f.avvik is None:
                self.arter[f.art.value] = self.arter.get(f.art.value, 0) + 1

    def verdier(self) -> dict[str, Any]:
        """The counts as plain values, in the names of the fields."""
        return {
            "utfall": self.utfall,
            "omrade": self.omrade,
            "enhet": self.enhet,
            "arter": self.arter,
            "styrke": self.styrke,
            "poster": self.poster,
        }

    def legg_sammen(self, other: Summary, fortegn: int = 1) -> None:
        """Add another summary's counts, or take them away with `fortegn` -1."""
        _add(self.utfall, other.utfall, fortegn)
        _add(self.arter, other.arter, fortegn)
        _add(self.styrke, other.styrke, fortegn)
        for mine, theirs in ((self.omrade, other.omrade), (self.enhet, other.enhet)):
            for key, counts in theirs.items():
                _add(mine.setdefault(key, {}), counts, fortegn)
                if not mine[key]:
                    del mine[key]
        self.poster += fortegn * other.poster


def _add(mine: dict[str, int], theirs: dict[str, int], fortegn: int) -> None:
    for key, n in theirs.items():
        total = mine.get(key, 0) + fortegn * n
        if total:
            mine[key] = total
        else:
            mine.pop(key, None)


def fingerprint(*parts: str) -> str:
    """First 16 hex digits of SHA-256 over the parts: an identity that survives moved text."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:16]


def format_path(path: Iterable[str | int]) -> str:
    """``("a", 0, "b")`` as ``a[0].b``: the form without identities, for a value no model knows."""
    out = ""
    for part in path:
        if isinstance(part, int):
            out += f"[{part}]"
        else:
            out += f".{part}" if out else part
    return out
