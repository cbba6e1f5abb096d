"""The JSON that `krav`, `list` and `show` write, version 1: frozen types of their own."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from forvaltning.render.kontrakt import ProblemJson, ResultatJson


class AnsvarJson(TypedDict):
    """Who the regulation names as responsible."""

    type: str
    kode: str
    navn: str


class KravJson(TypedDict):
    """One requirement: number, title, who answers, what it is about and how it is decided."""

    nummer: str
    tittel: str
    omrade: int
    omradetittel: str
    ansvarlig: list[AnsvarJson]
    gjelder: list[str]
    avgjores: list[str]
    lov: bool
    felter: list[str]


class KravlisteJson(TypedDict):
    """What `forvaltning krav --format json` writes."""

    versjon: int
    verktoy: str
    krav: list[KravJson]


class SlagJson(TypedDict):
    """One kind of record and how many there are."""

    slag: str
    entall: str
    antall: int


class SlaglisteJson(TypedDict):
    """What `forvaltning list --format json` writes."""

    versjon: int
    registry: str
    slag: list[SlagJson]


class PostlinjeJson(TypedDict):
    """One record in a list. `tilstand` and `enhet` are null where the kind or the record has none."""

    id: str
    navn: str
    fil: str
    tilstand: str | None
    enhet: str | None
    lesbar: bool
    utfall: dict[str, int]


class PostlisteJson(TypedDict):
    """What `forvaltning list KIND --format json` writes."""

    versjon: int
    registry: str
    dato: str
    datokilde: str
    slag: str
    poster: list[PostlinjeJson]


class HenvisningJson(TypedDict):
    """A reference from or to a record; `post` is null when it leads nowhere."""

    felt: str
    id: str
    post: str | None
    navn: str | None


class PostJson(TypedDict):
    """What `forvaltning show ID --format json` writes. `felter` is absent when the file can not be read."""

    versjon: int
    registry: str
    dato: str
    datokilde: str
    post: str
    navn: str
    fil: str
    enhet: str | None
    felter: NotRequired[dict[str, Any]]
    viser_til: list[HenvisningJson]
    vises_til_av: list[HenvisningJson]
    resultater: list[ResultatJson]
    problemer: list[ProblemJson]
