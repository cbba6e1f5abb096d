"""Links in a registry's history: a record that is a link to a file is what that file says at each commit."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from forvaltning.git.filspor import Leser
from forvaltning.git.historikk import Filendring, Steg

LENKE = "120000"
FIL = "100644"
HOPP = 8
"""A link may lead to a link; more than this is a circle."""


def fulgt(steg: list[Steg], leser: Leser) -> list[Steg]:
    """Steps (oldest first) where each link is the file it leads to, changed when that file does.

    A link that leads out of the registry, nowhere or in a circle stays a link. The very list given comes back when
    there are no links.
    """
    if not any(f.ny_mode == LENKE and f.ny_sti for s in steg for f in s.filer):
        return steg
    return _Folger(leser).alle(steg)


class _Folger:
    def __init__(self, leser: Leser) -> None:
        self._leser = leser
        self._alle: dict[str, tuple[str, str]] = {}
        self._mal: dict[str, str | None] = {}
        self._vist: dict[str, str] = {}
        """Link → the content it led to after the step before."""

    def alle(self, steg: Sequence[Steg]) -> list[Steg]:
        return [s._replace(filer=tuple(self._filer(s))) for s in steg]

    def _filer(self, s: Steg) -> list[Filendring]:
        for f in s.filer:
            if f.gammel_sti is not None and f.gammel_sti != f.ny_sti:
                self._alle.pop(f.gammel_sti, None)
            if f.ny_sti is not None and f.ny_oid is not None:
                self._alle[f.ny_sti] = (f.ny_mode, f.ny_oid)
        out = [self._en(f) for f in s.filer]
        told = {f.ny_sti for f in s.filer}
        for sti, (mode, _) in self._alle.items():
            if mode == LENKE and sti not in told:
                before, now = self._vist.get(sti), self._folg(sti)
                if now is not None and now != before:
                    out.append(Filendring("M", sti, sti, before, now, FIL))
                    self._vist[sti] = now
        for f in s.filer:
            if f.gammel_sti is not None and f.gammel_sti not in self._alle:
                self._vist.pop(f.gammel_sti, None)
        return out

    def _en(self, f: Filendring) -> Filendring:
        before = self._vist.get(f.gammel_sti or "")
        if before is not None:
            f = f._replace(gammel_oid=before)
        if f.ny_sti is None:
            return f
        self._vist.pop(f.ny_sti, None)
        now = self._folg(f.ny_sti) if f.ny_mode == LENKE else None
        if now is None:
            return f
        self._vist[f.ny_sti] = now
        return f._replace(ny_oid=now, ny_mode=FIL)

    def _folg(self, sti: str) -> str | None:
        """The content that a link leads to."""
        mode, oid = self._alle[sti]
        for _ in range(HOPP):
            if mode != LENKE:
                break
            target = self._leses(oid)
            path = posixpath.normpath(posixpath.join(posixpath.dirname(sti), target or "/"))
            if not target or target.startswith("/") or path not in self._alle:
                return None
            sti, (mode, oid) = path, self._alle[path]
        return oid if mode.startswith("100") else None

    def _leses(self, oid: str) -> str | None:
        if oid not in self._mal:
            found = self._leser.les(oid)
            self._mal[oid] = found.data.decode("utf-8", "surrogateescape") if found is not None else None
        return self._mal[oid]
