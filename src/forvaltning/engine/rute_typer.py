"""The way of an enquiry as plain, frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from forvaltning.engine.sjekkliste.typer import Mangel


@dataclass(frozen=True, slots=True)
class Hvem:
    """Who takes a step: in words, with the record and the shared contact where they are known."""

    navn: str
    post: str | None = None
    kontakt: str | None = None
    fylt: bool = True
    """False when no role or unit of the registry is this."""


@dataclass(frozen=True, slots=True)
class Steg:
    """One step of the way: who, what they do, by which service process, and what the registry lacks."""

    id: str
    tittel: str
    tekst: str
    hvem: tuple[Hvem, ...] = ()
    prosess: str | None = None
    mangler: tuple[Mangel, ...] = ()


@dataclass(frozen=True, slots=True)
class Rute:
    """The whole way of an enquiry about one record."""

    post: str
    navn: str
    steg: tuple[Steg, ...]
    uleste: tuple[str, ...] = ()
    """Files that could not be read, and that the answer may rest on."""
