"""The JSON contract, version 1: its own frozen types, so that inner changes never break a reader.

Lines and columns are 1-based in code points. `fil` is relative to the registry with ``/``. Optional
fields may be added within a version; nothing is renamed or removed.
"""

from __future__ import annotations

from typing import Any, NotRequired, Protocol, TypedDict

from forvaltning.findings import Evidence, FieldPath, Finding, Place, Position, Problem, Verdict, format_path

VERSJON = 1


class StedJson(TypedDict):
    """A related place."""

    fil: str
    linje: int
    kolonne: int
    melding: str


class FunnJson(TypedDict):
    """One finding."""

    art: str
    vilkar: str
    melding: str
    tiltak: str
    fil: str
    linje: int
    kolonne: int
    felt: str
    fingeravtrykk: str
    se: list[StedJson]
    dato: NotRequired[str]
    avvik: NotRequired[str]


class BevisJson(TypedDict):
    """One piece of evidence."""

    styrke: str
    dato: str | None
    referanse: str | None
    felt: str
    fil: str
    linje: int
    kolonne: int


class AnsvarligJson(TypedDict):
    """Who answers."""

    rolle: str
    post: str | None
    enhet: str | None
    kontakt: str | None


class ResultatJson(TypedDict):
    """One verdict."""

    krav: str
    post: str
    enhet: str | None
    utfall: str
    styrke: str | None
    begrunnelse: str | None
    frist: str | None
    ansvarlig: list[AnsvarligJson]
    avvik: str | None
    bevis: list[BevisJson]
    funn: list[FunnJson]
    lovbrudd: NotRequired[bool]


class ProblemJson(TypedDict):
    """One problem."""

    regel: str
    alvor: str
    fil: str
    linje: int
    kolonne: int
    melding: str
    tiltak: str
    fingeravtrykk: str
    post: NotRequired[str]
    felt: NotRequired[str]


class Posisjoner(Protocol):
    """Turns a field of a file into a position."""

    def finn(self, fil: str, path: FieldPath) -> Position:
        """The position of a field."""
        ...

    def problem(self, p: Problem) -> Position:
        """The position of a problem."""
        ...


def _fil(place: Place) -> str:
    return f"{place.post}.yaml"


def resultat(v: Verdict, steder: Posisjoner) -> ResultatJson:
    """One verdict in the form of the contract."""
    out: ResultatJson = {
        "krav": v.krav,
        "post": v.post,
        "enhet": v.enhet,
        "utfall": v.utfall.value,
        "styrke": v.styrke.value if v.styrke else None,
        "begrunnelse": v.begrunnelse,
        "frist": v.frist.isoformat() if v.frist else None,
        "ansvarlig": [
            {"rolle": a.rolle, "post": a.post, "enhet": a.enhet, "kontakt": a.kontakt} for a in v.ansvarlig
        ],
        "avvik": v.avvik,
        "bevis": [bevis(e, steder) for e in v.bevis],
        "funn": [funn(f, steder) for f in v.funn],
    }
    if v.lovbrudd:
        out["lovbrudd"] = True
    return out


def bevis(e: Evidence, steder: Posisjoner) -> BevisJson:
    """One piece of evidence in the form of the contract."""
    at = steder.finn(_fil(e.place), e.place.path)
    return {
        "styrke": e.styrke.value,
        "dato": e.dato.isoformat() if e.dato else None,
        "referanse": e.referanse,
        "felt": e.felt,
        "fil": _fil(e.place),
        "linje": at.line,
        "kolonne": at.column,
    }


def funn(f: Finding, steder: Posisjoner) -> FunnJson:
    """One finding in the form of the contract."""
    at = steder.finn(_fil(f.place), f.place.path)
    out: FunnJson = {
        "art": f.art.value,
        "vilkar": f.vilkar,
        "melding": f.melding,
        "tiltak": f.tiltak,
        "fil": _fil(f.place),
        "linje": at.line,
        "kolonne": at.column,
        "felt": f.felt,
        "fingeravtrykk": f.fingeravtrykk,
        "se": [_sted(p, steder) for p in f.se],
    }
    if f.dato is not None:
        out["dato"] = f.dato.isoformat()
    if f.avvik is not None:
        out["avvik"] = f.avvik
    return out


def _sted(p: Place, steder: Posisjoner) -> StedJson:
    at = steder.finn(_fil(p), p.path)
    return {"fil": _fil(p), "linje": at.line, "kolonne": at.column, "melding": p.melding}


def problem(p: Problem, steder: Posisjoner) -> ProblemJson:
    """One problem in the form of the contract."""
    at = steder.problem(p)
    out: ProblemJson = {
        "regel": p.regel,
        "alvor": p.alvor.value,
        "fil": p.fil,
        "linje": at.line,
        "kolonne": at.column,
        "melding": p.melding,
        "tiltak": p.tiltak,
        "fingeravtrykk": p.fingeravtrykk,
    }
    if p.post:
        out["post"] = p.post
    felt = p.felt or format_path(p.path)
    if felt:
        out["felt"] = felt
    return out


def json_skjema_typer() -> dict[str, Any]:
    """The frozen types, by the name the schema gives them."""
    return {
        "sted": StedJson,
        "funn": FunnJson,
        "bevis": BevisJson,
        "ansvarlig": AnsvarligJson,
        "resultat": ResultatJson,
        "problem": ProblemJson,
    }
