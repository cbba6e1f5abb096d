"""The JSON that `trend` writes, version 1: frozen types of its own. Dates are ISO 8601."""

from __future__ import annotations

from typing import TypedDict


class PunktJson(TypedDict):
    """One moment. `commit`: the last one before it. `nye` and `rettet`: since the point before."""

    dato: str
    commit: str | None
    poster: int
    uleselige: int
    brudd: int
    nye: int
    rettet: int
    krav: dict[str, int]
    omrader: dict[str, int]
    enheter: dict[str, int]


class ForlopJson(TypedDict):
    """One requirement broken for one record: from when to when (null: still), in which commits (null: the calendar)."""

    krav: str
    post: str
    enhet: str | None
    oppsto: str
    oppsto_commit: str | None
    rettet: str | None
    rettet_commit: str | None
    slutt: str | None
    dager: int


class TrendJson(TypedDict):
    """What `forvaltning trend --format json` writes."""

    versjon: int
    registry: str
    commit: str
    historie: str
    per: str
    punkter: list[PunktJson]
    forlop: list[ForlopJson]
