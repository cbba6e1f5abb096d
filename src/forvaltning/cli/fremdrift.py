"""A progress bar on stderr, only on a terminal and only for work that takes more than a second."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import Self

VENT = 1.0
TAKT = 0.2
RUTER = 24


class Fremdrift:
    """Use as a context manager; give `steg` to what reports (done, in all)."""

    def __init__(self, *, av: bool = False) -> None:
        self._off = av or not _terminal()
        self._done = 0
        self._total = 0
        self._end = threading.Event()
        self._thread: threading.Thread | None = None

    def steg(self, ferdig: int, totalt: int) -> None:
        """Note how far the reading has come; drawn by the bar's own thread."""
        self._done, self._total = ferdig, totalt

    def __enter__(self) -> Self:
        if not self._off:
            self._thread = threading.Thread(target=self._tegn, daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ferdig()

    def ferdig(self) -> None:
        """Take the bar away."""
        self._end.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _tegn(self) -> None:
        wait = VENT
        drawn = 0
        while not self._end.wait(wait):
            wait = TAKT
            line = self.linje()
            sys.stderr.write("\r" + line.ljust(drawn))
            sys.stderr.flush()
            drawn = len(line)
        if drawn:
            sys.stderr.write("\r" + " " * drawn + "\r")
            sys.stderr.flush()

    def linje(self) -> str:
        """What the bar shows now."""
        if self._done < self._total:
            full = RUTER * self._done // self._total
            return f"Leser filer [{'#' * full}{'.' * (RUTER - full)}] {100 * self._done // self._total} %"
        return f"Vurderer kravene for {self._total} filer …" if self._total else "Finner filene …"


def _terminal() -> bool:
    try:
        return sys.stderr.isatty()
    except ValueError:
        return False
