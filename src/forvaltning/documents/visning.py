"""What a report says, before anybody has decided how it looks: plain, frozen values.

A view (`rapporter/<name>.py`) makes a `Visning` from a `Grunnlag`. Templates, JSON, CSV and XLSX are made from
it and from nothing else, so that every format says the same. Texts are as they stand in the registry; whoever
writes a format makes them harmless in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Verdi = str | int | float | bool | date | None | tuple[str, ...]
"""What a cell or key figure holds. None is «not stated», and is told apart from False and 0 in every format."""
Slag = Literal["tekst", "dato", "tall", "ja_nei", "liste", "prosent", "utfall"]


@dataclass(frozen=True, slots=True)
class Kolonne:
    """One column. `navn`: ASCII, lower case with ``_``, the name in JSON and CSV. `tittel`: what people read.

    `slag` says how values are shown: ``prosent`` is a number 0–100, ``utfall`` the code of an outcome.
    """

    navn: str
    tittel: str
    slag: Slag = "tekst"


@dataclass(frozen=True, slots=True)
class Tabell:
    """A table. `tom` is said when it has no rows; `forklaring` one or two sentences before it."""

    navn: str
    tittel: str
    kolonner: tuple[Kolonne, ...]
    rader: tuple[tuple[Verdi, ...], ...]
    tom: str = "Ingen."
    forklaring: str = ""


@dataclass(frozen=True, slots=True)
class Figur:
    """A figure. `beskrivelse` says in words what it shows, for those who do not see it and for Markdown."""

    navn: str
    tittel: str
    beskrivelse: str
    svg: str


@dataclass(frozen=True, slots=True)
class Del:
    """A part with its heading: paragraphs, points, tables and figures in that order, then parts of its own."""

    tittel: str
    avsnitt: tuple[str, ...] = ()
    punkter: tuple[str, ...] = ()
    tabeller: tuple[Tabell, ...] = ()
    figurer: tuple[Figur, ...] = ()
    deler: tuple[Del, ...] = ()


@dataclass(frozen=True, slots=True)
class Visning:
    """A whole report. `nokkeltall`: label and value, for the top of the page."""

    navn: str
    tittel: str
    ingress: tuple[str, ...]
    deler: tuple[Del, ...]
    nokkeltall: tuple[tuple[str, Verdi], ...] = ()

    def tabeller(self) -> Iterator[Tabell]:
        """Every table, in the order of the page."""
        for d in self.alle_deler():
            yield from d.tabeller

    def figurer(self) -> Iterator[Figur]:
        """Every figure, in the order of the page."""
        for d in self.alle_deler():
            yield from d.figurer

    def alle_deler(self) -> Iterator[Del]:
        """Every part and part of a part, in the order of the page."""
        yield from _flat(self.deler)


def _flat(deler: tuple[Del, ...]) -> Iterator[Del]:
    for d in deler:
        yield d
        yield from _flat(d.deler)
