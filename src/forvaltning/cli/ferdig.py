"""A finished text report, kept in the cache: as long as nothing it says can be another, it is only written out again.

It is kept as it was shown, so with personal numbers and secrets masked. One text is kept for a plain check and one
for a comparison.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt

STORST = 4_000_000
"""Characters of the largest text that is kept."""


class Tekst(NamedTuple):
    """A text as it was shown, and the exit code beside it."""

    kode: int
    tekst: str


class Ferdig:
    """The place of one report in the cache. `visning`: all that the reader chose, as text."""

    def __init__(self, okt: Okt, visning: str, mot: str = "") -> None:
        self._okt = okt
        self._visning = visning
        self._mot = mot
        self._navn = "ferdig-mot" if mot else "ferdig"

    def _nokkel(self) -> str | None:
        """What the text is good for; None when it can not be told."""
        okt = self._okt
        seen = okt.bilde
        if seen is None or seen.samlet is None or not seen.uendret or okt.lager is None:
            return None
        generation = okt.generasjon
        parts = (generation, okt.dato, okt.datokilde, okt.visningssti, self._mot, self._visning)
        return "\x1f".join(map(str, parts)) if generation else None

    def hent(self) -> Tekst | None:
        """The text of an earlier run; None when there is none that still holds."""
        try:
            key = self._nokkel()
            if key is None or self._okt.lager is None:
                return None
            known, _, rest = (self._okt.lager.meta(self._navn) or "").partition("\n")
            code, _, text = rest.partition("\n")
            return Tekst(int(code), text) if known == key else None
        except (sqlite3.Error, ValueError, TypeError, KeyError, IndexError):
            return None  # a broken cache is found and rebuilt by the check itself

    def husk(self, biter: Iterable[str], kode: int) -> Iterator[str]:
        """Pass pieces of finished text on, and keep the whole of it once it has been taken."""
        kept: list[str] = []
        size = 0
        for piece in biter:
            yield piece
            size += len(piece)
            if size <= STORST:
                kept.append(piece)
        if size <= STORST:
            self._lagre("".join(kept), kode)

    def _lagre(self, text: str, kode: int) -> None:
        okt = self._okt
        if okt.lager is None:
            return
        with suppress(sqlite3.Error):
            generation = okt.generasjon
            if not generation or not okt.eier(okt.lager):
                return
            parts = (generation, okt.dato, okt.datokilde, okt.visningssti, self._mot, self._visning)
            key = "\x1f".join(map(str, parts))
            if "\n" not in key:
                with okt.lager.endring():
                    okt.lager.sett_meta(self._navn, f"{key}\n{kode}\n{text}")
