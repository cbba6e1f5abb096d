"""The checklists in force: those that ship, with the registry's own on top, put together and checked."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from pydantic import ValidationError

from forvaltning.findings import Problem
from forvaltning.model.innstillinger import Innstillinger, flett
from forvaltning.model.sjekklister import Listedef
from forvaltning.source.sjekkliste_feil import SPORSMAL, feil
from forvaltning.source.yaml_parser import parse


class Listefeil(Exception):  # noqa: N818 - named in the domain's words
    """The registry's own checklists can not be used; `problemer` says why, with the path in the settings."""

    def __init__(self, problemer: list[Problem]) -> None:
        super().__init__(problemer[0].melding if problemer else "")
        self.problemer = problemer


@cache
def _standard() -> dict[str, dict[str, Any]]:
    folder = resources.files("forvaltning").joinpath("data", "sjekklister")
    out: dict[str, dict[str, Any]] = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            value = parse(file.read_bytes()).value
            if value is None:  # pragma: no cover - a test reads the same files
                raise RuntimeError(f"{file.name} kan ikke leses")
            out[file.name.removesuffix(".yaml")] = value
    return out


def les_lister(innstillinger: Innstillinger) -> dict[str, Listedef]:
    """Every checklist in force by name, those that ship first. Raises `Listefeil`."""
    lists, faults = _flettet(innstillinger)
    if faults:
        raise Listefeil(faults)
    return lists


def sjekk_egne(innstillinger: Innstillinger) -> list[Problem]:
    """What is wrong with the registry's own checklists; nothing when it has none."""
    return _flettet(innstillinger)[1] if innstillinger.sjekklister else []


def _flettet(innstillinger: Innstillinger) -> tuple[dict[str, Listedef], list[Problem]]:
    own = {n: _skrevet(v.model_dump(exclude_unset=True)) for n, v in innstillinger.sjekklister.items()}
    merged = flett(_standard(), own)
    lists: dict[str, Listedef] = {}
    faults: list[Problem] = []
    for navn, raw in merged.items():
        try:
            found = Listedef.model_validate(raw)
        except ValidationError as error:  # pragma: no cover - both halves have been validated already
            raise RuntimeError(f"sjekklisten {navn}: {error}") from error
        live = {k: p for k, p in found.punkter.items() if not p.utgar}
        lists[navn] = found.model_copy(update={"punkter": live})
        faults += feil(navn, lists[navn], innstillinger)
    return lists, faults


def _skrevet(verdi: Any) -> Any:
    """Validated values as they are written, so that they can be validated once more with the defaults below them."""
    if isinstance(verdi, bool):
        return "ja" if verdi else "nei"
    return {k: _skrevet(v) for k, v in verdi.items()} if isinstance(verdi, dict) else verdi


def _som_skrevet(verdi: Any) -> Any:
    """Values as the file has them: what a model has read as yes or no becomes the word again."""
    if isinstance(verdi, dict):
        return {k: _som_skrevet(v) for k, v in verdi.items()}
    return ("ja" if verdi else "nei") if isinstance(verdi, bool) else verdi


__all__ = ["SPORSMAL", "Listefeil", "les_lister", "sjekk_egne"]
