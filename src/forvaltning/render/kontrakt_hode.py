"""The JSON contract, version 1: the head of the report, and the report as a whole."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from forvaltning.render.kontrakt import ProblemJson, ResultatJson


class InnstillingerJson(TypedDict):
    """The settings that the verdicts rest on; `egne` are those the registry sets itself."""

    modell: int
    gjelder_fra: str | None
    historie_fra: str | None
    varslingsvindu_dager: int
    intervaller: dict[str, int]
    dager: dict[str, int]
    eksempel: bool
    datokilde: str
    egne: list[str]


class AlvorJson(TypedDict):
    """Problems by severity."""

    feil: int
    merknad: int


class SammendragJson(TypedDict):
    """Counts over what was asked for: records with verdicts, verdicts by outcome, uncovered findings by kind.

    `styrke` counts the green verdicts by what they rest on.
    """

    poster: int
    utfall: dict[str, int]
    funn: dict[str, int]
    styrke: dict[str, int]
    omrader: dict[str, dict[str, int]]
    enheter: dict[str, dict[str, int]]
    problemer: AlvorJson


class RettetJson(TypedDict):
    """A finding of the base that is gone, or that a deviation now covers."""

    krav: str
    post: str
    art: str
    vilkar: str
    melding: str
    felt: str
    fingeravtrykk: str


class RettetProblemJson(TypedDict):
    """A problem of the base that is gone."""

    regel: str
    fil: str
    melding: str


class MotProblemerJson(TypedDict):
    """Problems by whether the change brings them; fingerprints, or the problem itself when it is gone."""

    nye: list[str]
    gamle: list[str]
    rettet: list[RettetProblemJson]


class FeltEndringJson(TypedDict):
    """One field that changed; None where it is not set."""

    felt: str
    tittel: str
    gammel: str | None
    ny: str | None


class PostendringJson(TypedDict):
    """One record that the change touches: ny, endret, omdopt, avsluttet or slettet."""

    post: str
    navn: str
    slag: str
    felter: list[FeltEndringJson]
    avhengige: list[str]


class KravendringJson(TypedDict):
    """A requirement that comes out otherwise for a record; None where there is no verdict."""

    krav: str
    post: str
    enhet: str | None
    fra: str | None
    til: str | None


class ForeldetJson(TypedDict):
    """An approval that the change may have made stale."""

    slag: str
    post: str
    grunn: str


class MotJson(TypedDict):
    """The change held against its base (`--against`): `nye` and `gamle` are fingerprints of findings."""

    base: str
    kilde: str
    blokkerer: bool
    nye: list[str]
    gamle: list[str]
    rettet: list[RettetJson]
    problemer: MotProblemerJson
    endringer: list[PostendringJson]
    krav: list[KravendringJson]
    foreldet: list[ForeldetJson]


class UtvalgJson(TypedDict):
    """What was asked for; empty lists mean everything, `enheter` None likewise."""

    krav: list[str]
    omrader: list[int]
    poster: list[str]
    enheter: list[str] | None
    roller: list[str]
    stier: list[str]


class HodeJson(TypedDict):
    """Everything before `resultater`."""

    versjon: int
    verktoy: str
    regelsett: str
    dato: str
    registry: str
    commit: str | None
    endret: bool
    historie: str
    innstillinger: InnstillingerJson
    sammendrag: SammendragJson
    utvalg: NotRequired[UtvalgJson]
    mot: NotRequired[MotJson]


class RapportJson(HodeJson):
    """A report: what `forvaltning check --format json` writes."""

    resultater: list[ResultatJson]
    problemer: list[ProblemJson]
