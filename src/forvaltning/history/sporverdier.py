"""What the trail is made of: commits, what each did to records, and the fields that changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from forvaltning.git.historikk import Filendring, Innsjekking, Steg
from forvaltning.history.felt import FeltEndring
from forvaltning.model.base import Post
from forvaltning.source.innstillingsfil import Innstillingsfil

SLAG = ("opprettet", "gjenopprettet", "endret", "omdopt", "slettet", "uleselig", "lesbar")
"""What can happen to a record: `uleselig` is a version nobody can read, `lesbar` the one that can be read again."""


@dataclass(frozen=True, slots=True)
class Feltspor:
    """One field that a commit changed; the names of the records referred to are those of that time."""

    endring: FeltEndring
    gammelt_navn: str | None = None
    nytt_navn: str | None = None

    @property
    def nokkel(self) -> str:
        """The field, dotted and without list items: the form that rules name fields in."""
        return ".".join(p for p in self.endring.path if isinstance(p, str))


@dataclass(frozen=True, slots=True)
class Postspor:
    """What one commit did to one record. `post`: its key then; `fra`: the key before, when it got a new one."""

    post: str
    navn: str
    slag: str
    fil: str
    felter: tuple[Feltspor, ...] = ()
    fra: str | None = None
    merknad: str = ""
    gammel: Post | None = None
    ny: Post | None = None


@dataclass(frozen=True, slots=True)
class Innslag:
    """One commit of the trail and what it did."""

    innsjekking: Innsjekking
    poster: tuple[Postspor, ...]


class Ledd(NamedTuple):
    """One file change and the settings on both sides of it."""

    nr: int
    steg: Steg
    fil: Filendring
    etter: Innstillingsfil
    for_: Innstillingsfil
