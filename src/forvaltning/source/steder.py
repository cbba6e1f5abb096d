"""Places to positions: worked out only for files with something to report, one more parse of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from forvaltning.findings import START, FieldPath, Position, Problem
from forvaltning.source import disk
from forvaltning.source.entries import FileEntry

if TYPE_CHECKING:
    from forvaltning.source.positions import Positions

Kjent = dict[FieldPath, Position]
NAVN = frozenset({"modell.ukjent_felt", "innstilling.ukjent_navn"})
"""Rules whose fault is a name, whatever stands behind it. Nothing else is said of a place where one is broken."""
HOYST = 200
"""Files whose node tree is held at a time; the eldest goes, for node trees are large."""


class Steder:
    """Positions of fields in the files of one registry, remembered per file.

    `kjente` gives what an earlier run worked out for the same bytes of a file; `les` reads one.
    """

    def __init__(
        self,
        filer: Mapping[str, FileEntry],
        kjente: Callable[[str], Kjent] = lambda _: {},
        les: Callable[[FileEntry], bytes | Problem] = disk.read,
    ) -> None:
        self._filer = filer
        self._les = les
        self._kjente = kjente
        self._kjent: dict[str, Kjent] = {}
        self._parsed: dict[str, Positions | None] = {}
        self.nye: set[str] = set()
        """Files that positions were worked out for since the start: what a cache should store."""

    def kjent(self, fil: str) -> Kjent:
        """The positions known for a file, for a cache to keep."""
        return self._kjent.get(fil, {})

    def finn(self, fil: str, path: FieldPath, *, value: bool = True) -> Position:
        """The position of a field, or of the nearest thing above it; 1:1 when the file can not be read."""
        known = self._kjent.get(fil)
        if known is None:
            known = self._kjent[fil] = self._kjente(fil)
        found = known.get(path)
        if found is None:
            if fil not in self._parsed:
                if len(self._parsed) == HOYST:
                    del self._parsed[next(iter(self._parsed))]
                self._parsed[fil] = self._read(fil)
            positions = self._parsed[fil]
            found = positions.at(path, value=value) if positions is not None else START
            known[path] = found
            self.nye.add(fil)
        return found

    def problem(self, p: Problem) -> Position:
        """The position of a problem: its own, else that of the field; of the name where the name is what is wrong."""
        return p.position or self.finn(p.fil, p.path, value=p.regel not in NAVN)

    def slipp(self, fil: str) -> None:
        """Let go of a file's node tree once its positions are known."""
        self._parsed.pop(fil, None)

    def _read(self, fil: str) -> Positions | None:
        from forvaltning.source.positions import Positions  # noqa: PLC0415 - not when positions are cached

        entry = self._filer.get(fil)
        if entry is None:
            return None
        data = self._les(entry)
        return Positions(data) if isinstance(data, bytes) else None
