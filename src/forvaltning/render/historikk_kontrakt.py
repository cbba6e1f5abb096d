"""The JSON that `log`, `diff`, `blame` and `audit` write, version 1: frozen types of their own.

Times are ISO 8601 in UTC. Names, subjects and values are untrusted text, personal numbers and secrets hidden.
"""

from __future__ import annotations

from typing import TypedDict


class FeltsporJson(TypedDict):
    """One field: null for what was not set. The names are those the referred records had then."""

    felt: str
    tittel: str
    gammel: str | None
    ny: str | None
    gammelt_navn: str | None
    nytt_navn: str | None


class PostsporJson(TypedDict):
    """What was done to one record; `fra` is its key before, when it got a new id."""

    post: str
    navn: str
    slag: str
    fil: str
    fra: str | None
    merknad: str
    felter: list[FeltsporJson]


class InnslagJson(TypedDict):
    """One commit on the first-parent line. `tid` is when it was committed, `forfattet` when it was written."""

    commit: str
    foreldre: list[str]
    tid: str
    forfattet: str
    forfatter: str
    innsjekker: str
    emne: str
    poster: list[PostsporJson]


class LoggJson(TypedDict):
    """What `forvaltning log --format json` writes. `historie` is ``grunn`` when the older part is not here."""

    versjon: int
    registry: str
    commit: str
    historie: str
    poster: list[str]
    endringer: list[InnslagJson]


class KravsporJson(TypedDict):
    """A requirement that comes out otherwise for one record; null where there is no verdict."""

    krav: str
    post: str
    enhet: str | None
    fra: str | None
    til: str | None


class FunnsporJson(TypedDict):
    """A finding that came or went, or a problem with a file (`krav` null)."""

    krav: str | None
    regel: str | None
    post: str
    melding: str
    fingeravtrykk: str


class DiffsumJson(TypedDict):
    """Findings and problems that count, by what the change does to them."""

    nye: int
    gamle: int
    rettet: int


class DiffJson(TypedDict):
    """What `forvaltning diff --format json` writes. `til` null is the work tree; both are judged on `dato`."""

    versjon: int
    registry: str
    dato: str
    datokilde: str
    fra: str
    til: str | None
    historie: str
    poster: list[PostsporJson]
    krav: list[KravsporJson]
    nye: list[FunnsporJson]
    rettet: list[FunnsporJson]
    antall: DiffsumJson
    innstillinger_endret: bool


class FeltopphavJson(TypedDict):
    """One field that is set and the commit that gave it its present value.

    `commit` is null for what is not committed; `sikker` false when versions before it can not be seen or read.
    """

    felt: str
    tittel: str
    verdi: str
    navn: str | None
    commit: str | None
    tid: str | None
    forfatter: str | None
    emne: str | None
    sikker: bool


class OpphavJson(TypedDict):
    """What `forvaltning blame ID --format json` writes."""

    versjon: int
    registry: str
    post: str
    navn: str
    commit: str
    historie: str
    felter: list[FeltopphavJson]


class RevisjonsfunnJson(TypedDict):
    """One finding on the trail. `commit` is null when it is about no single commit."""

    regel: str
    alvor: str
    commit: str | None
    tid: str | None
    post: str | None
    felt: str
    fil: str | None
    linje: int | None
    kolonne: int | None
    melding: str
    tiltak: str


class RevisjonJson(TypedDict):
    """What `forvaltning audit --format json` writes."""

    versjon: int
    registry: str
    commit: str
    historie: str
    innsjekkinger: int
    ankere: list[str]
    utelatt: list[str]
    funn: list[RevisjonsfunnJson]
