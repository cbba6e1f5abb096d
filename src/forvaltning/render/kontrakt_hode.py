"""The JSON contract, version 1: the head of the report, and the report as a whole."""

from __future__ import annotations

from typing import TypedDict

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


class RapportJson(HodeJson):
    """A report: what `forvaltning check --format json` writes."""

    resultater: list[ResultatJson]
    problemer: list[ProblemJson]
