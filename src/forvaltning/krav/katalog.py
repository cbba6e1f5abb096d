"""All 39 requirements, in number order: the one list that engine, pages and schemas read."""

from __future__ import annotations

import importlib

from forvaltning.krav.typer import Krav

OMRADER: dict[int, str] = {
    1: "Styring og forvaltning av konsern- og fagsystem",
    2: "Sikre og tilgjengelige IKT-tjenester",
    3: "Data og informasjonsforvaltning",
    4: "Personvern og informasjonssikkerhet",
    5: "Avtaleforvaltning",
    6: "Portefølje, prosjekt- og programstyring",
    7: "Virksomhetsarkitektur",
    8: "Brukeropplevelse og universell utforming",
    9: "Innovasjon og bærekraft",
}
"""The areas of the regulation that hold requirements."""


def _alle() -> tuple[Krav, ...]:
    out: list[Krav] = []
    for n in OMRADER:
        try:
            out.extend(importlib.import_module(f"forvaltning.krav.omrade{n}").KRAV)
        except (ImportError, AttributeError):
            continue
    return tuple(out)


ALLE: tuple[Krav, ...] = _alle()
ETTER_NUMMER: dict[str, Krav] = {k.nummer: k for k in ALLE}
