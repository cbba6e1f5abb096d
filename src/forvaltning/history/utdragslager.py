"""Extracts of versions by blob id: from memory, the cache, or Git, each version parsed once, ever."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Self

from forvaltning.git.arbeidstre import Arbeidstre
from forvaltning.git.objekter import Blober
from forvaltning.history.utdrag import MERKET, Utdrag, fra_tekst, utdrag, utdrag_av
from forvaltning.source.lager import Lager
from forvaltning.source.samler import paused_gc

MANGE = 200
"""From this many versions on, all that the cache knows is read in one go."""


def versjon(oid: str, modell: int) -> str:
    """The name of a version: its content, and the model it was written in."""
    return f"{oid}:{modell}"


def oid_i(navn: str) -> str:
    """The content that a version names."""
    return navn.partition(":")[0]


class Utdragslager:
    """Use as a context manager: it may start one Git process. Raises `GitFeil` when a version is not to be had."""

    def __init__(self, tre: Arbeidstre, lager: Lager | None) -> None:
        self._lager = lager
        self._kjent: dict[str, Utdrag | None] = {}
        self._lagret: dict[str, str] = {}
        self._alt_lest = False
        self._nye: dict[str, str] = {}
        self._egne: dict[str, Callable[[], bytes]] = {}
        self.blober = Blober(tre)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.blober.lukk()

    def egen(self, navn: str, les: Callable[[], bytes]) -> None:
        """Tell how a version that Git may not hold is read."""
        self._egne[navn] = les

    def hent(self, kind: str, navn: str) -> Utdrag | None:
        """The extract of one version, None when it can not be read."""
        key = f"{navn}:{kind}"
        if key not in self._kjent:
            text = self._fra_lager(key)
            if text is None:
                own = self._egne.get(navn)
                text = self._ny(key, own() if own is not None else self.blober.les(oid_i(navn)))
            self._kjent[key] = fra_tekst(text)
        return self._kjent[key]

    def les_alt(self) -> None:
        """Read all that the cache knows in one go."""
        if self._lager is not None and not self._alt_lest:
            try:
                self._lagret, self._alt_lest = {**self._lager.utdrag(), **self._nye}, True
            except sqlite3.Error:
                self.glem()

    def ta(self, kind: str, oid: str, modell: int, verdier: dict[str, Any] | None) -> None:
        """Take what somebody else has parsed."""
        key = f"{versjon(oid, modell)}:{kind}"
        if kind in MERKET and self._fra_lager(key) is None:
            self._nye[key] = self._lagret[key] = utdrag_av(kind, verdier, modell)

    def fyll(self, versjoner: Iterable[tuple[str, str]]) -> None:
        """Read many versions, ``(kind, version)``, that will be asked for."""
        wanted = list(dict.fromkeys(versjoner))
        if len(wanted) > MANGE:
            self.les_alt()
        missing = [(k, v) for k, v in wanted if self._fra_lager(f"{v}:{k}") is None]
        with paused_gc():
            blobs = self.blober.les_alle(oid_i(v) for _, v in missing)
            for (kind, navn), data in zip(missing, blobs, strict=True):
                self._ny(f"{navn}:{kind}", data)

    def _ny(self, key: str, data: bytes) -> str:
        text = utdrag(key.rpartition(":")[2], data, int(key.split(":")[1]))
        self._nye[key] = self._lagret[key] = text
        return text

    def _fra_lager(self, key: str) -> str | None:
        text = self._lagret.get(key)
        if text is None and self._lager is not None and not self._alt_lest:
            text = self._lager.ett_utdrag(key)
            if text is not None:
                self._lagret[key] = text
        return text

    def lagre(self) -> None:
        """Keep what was worked out. Called inside a transaction of the cache."""
        if self._lager is not None and self._nye:
            self._lager.legg_inn_utdrag(self._nye.items())
            self._nye = {}

    def lagre_hvis_mulig(self) -> None:
        """Keep what was worked out, in a transaction of its own; what can not be kept is worked out again."""
        if self._lager is not None and self._nye:
            try:
                with self._lager.endring():
                    self.lagre()
            except sqlite3.Error:
                pass

    def glem(self) -> None:
        """Empty the cache's table, and read no more from it: something in it is wrong."""
        self._lagret, self._alt_lest = dict(self._nye), True
        if self._lager is not None:
            try:
                with self._lager.endring():
                    self._lager.tom_utdrag()
            except sqlite3.Error:
                self._lager = None  # the file itself is broken
