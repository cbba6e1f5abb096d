"""Versions parsed in a second process, while this one builds its models and judges what has come so far.

As `source.medhjelper` does for the files of a check (docs/adr/0008): the helper goes through the ids from the
beginning, the asker takes the end of what it needs now. Nothing waits for the helper: when it is slow, silent or gone,
the asker has read everything itself, with the same result.
"""

from __future__ import annotations

import contextlib
import marshal
import subprocess
from collections.abc import Collection, Iterable, Iterator, Sequence
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO

from forvaltning.git.arbeidstre import Arbeidstre
from forvaltning.git.historikk import Steg
from forvaltning.source.prosess import avslutt, les_ramme, skriv_ramme, start

MINST = 600
"""Fewer versions are read before a second process has started."""
BUNKE = 48
"""Versions in one answer: some 5 ms of work."""
OPPFORING = 80
"""Bytes that a file takes in Git's index, at the least."""
ARBEIDER = "forvaltning.history.medarbeider"
Tolket = tuple[dict[str, Any], str]
"""What a version says, and its `verdisum`."""


class Medleser:
    """A running helper, and what it has answered."""

    def __init__(self, prosess: subprocess.Popen[bytes], tre: Arbeidstre) -> None:
        self._prosess = prosess
        self._plass: dict[str, int] = {}
        self._bunker = 0
        self._svar: list[bytes] = []
        self._lest: dict[str, Tolket] = {}
        self._ordre: SimpleQueue[bytes | None] = SimpleQueue()
        self._ordre.put(marshal.dumps((str(tre.topp), str(tre.gitmappe))))
        self._trader = [
            Thread(target=self._spor, args=(prosess.stdin,), daemon=True),
            Thread(target=self._lytt, args=(prosess.stdout,), daemon=True),
        ]
        for thread in self._trader:
            thread.start()

    def be_om(self, oider: Iterable[str]) -> int:
        """Ask for blobs, in the order they will be needed; how many have been asked for in all."""
        fresh = [oid for oid in dict.fromkeys(oider) if oid not in self._plass]
        batches = [fresh[i : i + BUNKE] for i in range(0, len(fresh), BUNKE)]
        for n, batch in enumerate(batches, self._bunker):
            self._plass.update(dict.fromkeys(batch, n))
        self._bunker += len(batches)
        self._ordre.put(marshal.dumps(batches))
        return len(self._plass)

    def ferdig(self) -> None:
        """Nothing more will be asked for."""
        self._ordre.put(None)

    @classmethod
    def lag(cls, tre: Arbeidstre, oider: Iterable[str]) -> Medleser | None:
        """A helper for these blobs, in the order they will be needed; None where it would win nothing."""
        wanted = list(dict.fromkeys(oider))
        process = start(ARBEIDER) if len(wanted) >= MINST else None
        if process is None:
            return None
        out = cls(process, tre)
        out.be_om(wanted)
        out.ferdig()
        return out

    @classmethod
    def klar(cls, tre: Arbeidstre) -> Medleser | None:
        """A helper that starts up while Git is asked what it is to read; None where little is to be expected.

        How much history there is nobody knows yet; an index of many files tells of a large registry.
        """
        try:
            large = (tre.gitmappe / "index").stat().st_size >= MINST * OPPFORING
        except OSError:
            return None
        process = start(ARBEIDER) if large else None
        return cls(process, tre) if process is not None else None

    def _spor(self, ut: BinaryIO) -> None:
        with contextlib.suppress(OSError, ValueError):  # the helper has ended, or was ended
            while (order := self._ordre.get()) is not None:
                skriv_ramme(ut, order)
            ut.close()

    def _lytt(self, inn: BinaryIO) -> None:
        with contextlib.suppress(OSError, ValueError):
            while (data := les_ramme(inn)) is not None:
                self._svar.append(data)

    def plass(self, oid: str) -> int:
        """Which of the answers a version is in; after all of them when it was not asked for."""
        return self._plass.get(oid, len(self._plass))

    def kommet(self, oid: str) -> bool:
        """Whether the answer that a version would be in has come."""
        return self.plass(oid) < len(self._svar)

    def ta(self, oid: str) -> Tolket | None:
        """What a version says, once; None when the asker must read it itself."""
        if oid not in self._lest:
            n = self.plass(oid)
            if n >= len(self._svar) or not self._svar[n]:
                return None
            answer, self._svar[n] = self._svar[n], b""
            self._lest.update(marshal.loads(answer))  # noqa: S302 - from our own child
        return self._lest.pop(oid, None)

    def rest(self, oider: Iterable[str]) -> Iterator[list[str]]:
        """What the asker must read itself of some versions, part by part: from the end, until the two meet."""
        wanted = sorted(oider, key=self.plass)
        first, last = 0, len(wanted)
        while first < last:
            if self.kommet(wanted[first]):
                first += 1
                continue
            begin = max(first, last - BUNKE)
            yield [oid for oid in wanted[begin:last] if not self.kommet(oid)]
            last = begin

    def lukk(self) -> None:
        """End the process, whatever it is doing."""
        self._prosess.kill()
        self.ferdig()
        for thread in self._trader:
            thread.join()
        avslutt(self._prosess)


def versjoner_i(steg: Sequence[Steg], slag: Collection[str]) -> Iterator[str]:
    """The blobs of the record files that some steps (newest first) leave behind, oldest first."""
    for s in reversed(steg):
        for f in s.filer:
            if f.ny_oid and f.ny_sti and f.ny_mode.startswith("100") and f.ny_sti.partition("/")[0] in slag:
                yield f.ny_oid
