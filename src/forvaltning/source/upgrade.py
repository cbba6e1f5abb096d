"""Older models of the registry: plain values in, plain values of the current model out.

`modell: N` in the settings says which model a registry is written in. When a field is renamed or moved,
`MODELL` is raised by one and a step is added here, so that history written in the old model is still read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from forvaltning.findings import Problem, Severity
from forvaltning.model.innstillinger import MODELL

Step = Callable[[str, dict[str, Any]], dict[str, Any]]
"""``(kind, values) → values``: one model number up; kind is empty for the settings."""

STEPS: dict[int, Step] = {}
"""Model number → the step that lifts it to the next one. Model 1 is the first, so there are none yet."""


def modellnummer(settings: dict[str, Any]) -> int | None:
    """The model number in the settings; None when it is absent or no number."""
    value = settings.get("modell")
    return (
        int(value)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 6
        else None
    )


def oppgrader(settings: dict[str, Any], fil: str) -> tuple[dict[str, Any], list[Problem]]:
    """Lift the settings to the current model, or say why that can not be done."""
    modell = modellnummer(settings)
    if modell is None:
        return settings, [
            Problem(
                "innstilling.modell",
                Severity.FEIL,
                fil,
                "«modell» mangler eller er ikke et tall.",
                f"Skriv «modell: {MODELL}».",
                path=("modell",),
            )
        ]
    if not 1 <= modell <= MODELL:
        return settings, [
            Problem(
                "innstilling.modell",
                Severity.FEIL,
                fil,
                f"Registeret er skrevet i modell {modell}, men denne versjonen leser modell 1 til {MODELL}.",
                "Bruk en nyere versjon av forvaltning, eller rett tallet.",
                path=("modell",),
            )
        ]
    return oppgrader_verdier("", settings, modell), []


def oppgrader_verdier(kind: str, values: dict[str, Any], modell: int) -> dict[str, Any]:
    """Lift one file's plain values from `modell` to the current model."""
    for n in range(modell, MODELL):
        values = STEPS[n](kind, values)
    if kind == "" and modell != MODELL:
        values = {**values, "modell": str(MODELL)}
    return values
