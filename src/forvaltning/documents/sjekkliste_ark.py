"""A filled-in checklist as lines of words, before anybody has decided how it looks.

The Markdown form is a contract, since `forvaltning handover read` takes edits back (`sjekkliste_les`):

- An item is a list item whose first line is ``[x]`` or ``[ ]`` (left out for what is not relevant), the title in
  bold, and last the item's id as a code span: ``- [ ] **Løsningen er enhetstestet** `enhetstest```.
- Below it, one bullet for each line of detail. A line that begins with one of `FELTER` and a colon holds what a
  person may write: ``Notat: …``, ``Ikke aktuelt: …``, ``Dokumentasjon: …``, ``Av: …``, ``Dato: …``.
- Everything else is worked out, and is compared with a fresh rendering when it is read back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from forvaltning.engine.sjekkliste.typer import Sted

FELTER = ("Notat", "Ikke aktuelt", "Dokumentasjon", "Av", "Dato")
"""The lines below an item that a person may add or change in the Markdown."""

RAD = "Trengs dette ikke, så skriv hvorfor på en linje som begynner med «Ikke aktuelt» og kolon."
"""The line below an item that may be opted out of. It may be written over."""

Bit = tuple[str, str]
"""A piece of a line: ``t`` for text, ``k`` for an id or field shown as code, ``f`` for bold."""
Linje = tuple[Bit, ...]
Finn = Callable[[Sted], str]
"""Where a place stands, as ``registry/systemer/bk360.yaml:12``."""


@dataclass(frozen=True, slots=True)
class Rad:
    """One item: ticked, not, or None for not relevant; its title, id and lines of detail."""

    haket: bool | None
    tittel: str
    id: str
    detaljer: tuple[Linje, ...]


@dataclass(frozen=True, slots=True)
class Gruppe:
    """One gate or heading with its items; requirements stand for themselves."""

    tittel: str
    hjelp: str
    stand: tuple[Linje, ...]
    punkter: tuple[Rad, ...]
    krav: tuple[Rad, ...]


@dataclass(frozen=True, slots=True)
class Ark:
    """The whole checklist in words."""

    navn: str
    tittel: str
    hjelp: str
    forbehold: tuple[str, ...]
    topp: tuple[Linje, ...]
    fremdrift: tuple[Linje, ...]
    grupper: tuple[Gruppe, ...]
    signering: tuple[Linje, ...]
    om: str

    def rader(self) -> Iterator[Rad]:
        """Every item, in the order of the page."""
        for g in self.grupper:
            yield from g.punkter
            yield from g.krav


def t(tekst: str) -> Bit:
    """A piece of text."""
    return ("t", tekst)


def k(ident: str) -> Bit:
    """A piece shown as code."""
    return ("k", ident)
