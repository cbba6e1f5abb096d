"""Half of a large cold read in a second process, while this one starts up and builds records.

Parsing is most of what a cold check costs, and files share nothing (docs/adr/0008). The helper reads from the
beginning of the list, the asker from its end, until they meet, so the split follows their speed. Nothing waits for
the helper: when it is slow, silent or gone, the asker has read everything itself.
"""

from __future__ import annotations

import contextlib
import marshal
import subprocess
from collections.abc import Iterator, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, BinaryIO

from forvaltning.source.arbeider import Arkiv
from forvaltning.source.entries import FileEntry
from forvaltning.source.prosess import avslutt, les_ramme, skriv_ramme, start

MINST = 600
"""Fewer files are read before a second process has started."""
BUNKE = 48
"""Files in one frame: some 5 ms of work."""
Lest = tuple[FileEntry, dict[str, Any] | None, str]
"""A file with what it says and its content id, or with None when the asker must read it."""


class Medhjelper:
    """A running helper, and the files that it and the asker share."""

    def __init__(
        self,
        prosess: subprocess.Popen[bytes],
        filer: Sequence[FileEntry],
        arkiv: Arkiv | None = None,
        oider: Sequence[str] = (),
    ) -> None:
        self._prosess = prosess
        self._bunker = [filer[i : i + BUNKE] for i in range(0, len(filer), BUNKE)]
        self._arkiv = arkiv
        self._oider = [oider[i : i + BUNKE] for i in range(0, len(oider), BUNKE)]
        self._svar: SimpleQueue[bytes | None] = SimpleQueue()
        self._trader = [
            Thread(target=self._spor, args=(prosess.stdin,), daemon=True),
            Thread(target=self._lytt, args=(prosess.stdout,), daemon=True),
        ]
        for thread in self._trader:
            thread.start()

    @classmethod
    def start(
        cls, filer: Sequence[FileEntry], arkiv: Arkiv | None = None, oider: Sequence[str] = ()
    ) -> Medhjelper | None:
        """A helper for these files; None where it would win nothing, or can not be started.

        `arkiv`: where they lie in Git and not on disk; then `oider` are their blobs, in the same order.
        """
        process = start("forvaltning.source.arbeider") if len(filer) >= MINST else None
        if process is None:
            return None
        return cls(process, filer, arkiv, oider)

    def _spor(self, ut: BinaryIO) -> None:
        """Hand over every batch; in a thread, for a pipe holds only some of them."""
        with contextlib.suppress(OSError, ValueError):  # the helper has ended, or was ended
            skriv_ramme(ut, marshal.dumps(self._arkiv))
            for n, batch in enumerate(self._bunker):
                oids = list(self._oider[n]) if self._arkiv is not None else None
                skriv_ramme(ut, marshal.dumps(([tuple(entry) for entry in batch], oids)))
            ut.close()

    def _lytt(self, inn: BinaryIO) -> None:
        with contextlib.suppress(OSError, ValueError):
            while (frame := les_ramme(inn)) is not None:
                self._svar.put(frame)
        self._svar.put(None)

    def les(self) -> Iterator[Lest]:
        """Every file once."""
        first, last = 0, len(self._bunker)
        alone = False
        while first < last:
            try:
                frame = None if alone else self._svar.get_nowait()
            except Empty:
                pass
            else:
                if frame is not None:
                    yield from _svart(self._bunker[first], frame)
                    first += 1
                    continue
                alone = True
            last -= 1
            for entry in self._bunker[last]:
                yield entry, None, ""
        self.lukk()

    def lukk(self) -> None:
        """End the process, whatever it is doing."""
        self._prosess.kill()
        for thread in self._trader:
            thread.join()
        avslutt(self._prosess)


def _svart(batch: Sequence[FileEntry], frame: bytes) -> Iterator[Lest]:
    answers = {n: (value, sha) for n, value, sha in marshal.loads(frame)}  # noqa: S302 - from our own child
    for n, entry in enumerate(batch):
        value, sha = answers.get(n, (None, ""))
        yield entry, value, sha
