"""All 39 requirements, in number order: the one list that engine, pages and schemas read."""

from __future__ import annotations

from forvaltning.krav import (
    omrade1,
    omrade2,
    omrade3,
    omrade4,
    omrade5,
    omrade6,
    omrade7,
    omrade8,
    omrade9,
)
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


ALLE: tuple[Krav, ...] = (
    *omrade1.KRAV,
    *omrade2.KRAV,
    *omrade3.KRAV,
    *omrade4.KRAV,
    *omrade5.KRAV,
    *omrade6.KRAV,
    *omrade7.KRAV,
    *omrade8.KRAV,
    *omrade9.KRAV,
)
ETTER_NUMMER: dict[str, Krav] = {k.nummer: k for k in ALLE}
