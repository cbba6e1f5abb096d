"""What the log of changes is made of: files, commits, and the line of one record, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from forvaltning.history.utdrag import MERKET
from forvaltning.model.viser import normaliser


class Fil(NamedTuple):
    """One record file that a commit changed. Paths within the registry, None on the side it is not.

    `versjon` names the content; None when it is no file (a submodule, a link that leads nowhere).
    """

    gammel: str | None
    ny: str | None
    versjon: str | None


class Trinn(NamedTuple):
    """One commit of the line, or (with `commit` empty) what is not committed."""

    commit: str
    dato: date
    filer: tuple[Fil, ...]
    holder: bool = True
    """Whether the registry has been there from this commit on, at the latest."""


class Rad(NamedTuple):
    """One change on the line of a record; `nr` is the commit's place on the line."""

    nr: int
    felt: str
    dag: int
    commit: str
    fil: str


@dataclass(slots=True)
class Linje:
    """One record through history. `teller`: whether its first version came after the registry's first commit."""

    kind: str
    teller: bool
    forste: str | None = None
    fodt: Rad | None = None
    siste: str | None = None
    """The last version that could be read."""
    na: str | None = None
    """The version it has now, readable or not."""
    venter: bool = False
    """A new flow whose two ends are not known yet."""
    tomt: set[str] = field(default_factory=set)
    tidligere: set[str] = field(default_factory=set)
    rader: list[Rad] = field(default_factory=list)

    def verdier(self) -> list[Any]:
        """As plain values, for a cache."""
        return [
            self.kind,
            self.teller,
            self.forste,
            self.fodt,
            self.siste,
            self.na,
            self.venter,
            sorted(self.tomt),
            sorted(self.tidligere),
            self.rader,
        ]

    @classmethod
    def fra(cls, v: list[Any]) -> Linje:
        """From plain values."""
        fodt = Rad(*v[3]) if v[3] is not None else None
        rader = [Rad(*r) for r in v[9]]
        return cls(v[0], v[1], v[2], fodt, v[4], v[5], v[6], set(v[7]), set(v[8]), rader)


def slag(sti: str) -> str | None:
    """The kind of a path whose versions are followed; None for every other path."""
    folder, _, name = sti.partition("/")
    if folder not in MERKET or "/" in name or not name.endswith(".yaml") or name.startswith("."):
        return None
    return folder


def nokkel(sti: str) -> str:
    """What a record is known by: ``kind/id``, the id normalised."""
    folder, _, name = sti.partition("/")
    return f"{folder}/{normaliser(name.removesuffix('.yaml'))}"
