"""The ids that somebody has asked the references to, found again in the text of a file that nobody can read."""

from __future__ import annotations

from collections.abc import Iterator

ENDE = 5
"""Characters of an id's end that it is looked up by: few ids of a registry share so many."""


class Sporsmal:
    """A growing set of ids (normalised)."""

    def __init__(self) -> None:
        self._alle: set[str] = set()
        self._etter_ende: dict[str, list[str]] = {}
        self._korte: list[str] = []

    def add(self, ident: str) -> None:
        """One id more."""
        if ident in self._alle:
            return
        self._alle.add(ident)
        if len(ident) < ENDE:
            self._korte.append(ident)
        else:
            self._etter_ende.setdefault(ident[-ENDE:], []).append(ident)

    def alle(self) -> list[str]:
        """Every one, sorted."""
        return sorted(self._alle)

    def nevnt(self, tekst: str | None) -> Iterator[str]:
        """Those that stand anywhere in a text (normalised), each once; all of them when the text is unknown."""
        if tekst is None:
            yield from self._alle
            return
        yield from (ident for ident in self._korte if ident in tekst)
        ends = self._etter_ende
        found = {tekst[i : i + ENDE] for i in range(len(tekst) - ENDE + 1) if tekst[i : i + ENDE] in ends}
        yield from (ident for end in found for ident in ends[end] if ident in tekst)
