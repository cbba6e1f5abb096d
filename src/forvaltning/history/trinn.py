"""From Git's log to the steps that `endringslogg` folds: models, links and renamed ids seen to."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from forvaltning.git.historikk import Filendring, Steg
from forvaltning.git.tid import dag
from forvaltning.history.endringslogg import Fil, Trinn, slag
from forvaltning.history.utdrag import modell_i
from forvaltning.history.utdragslager import Utdragslager, versjon
from forvaltning.model.innstillinger import MODELL
from forvaltning.model.viser import normaliser

SETTINGS = "forvaltning.yaml"
LENKE, UNDERMODUL = "120000", "160000"


def eksakte_omdop(steg: Iterable[Steg]) -> dict[str, str]:
    """Old id → new id, normalised, of files renamed with not a byte changed: the same record, of whatever kind."""
    out: dict[str, str] = {}
    for s in steg:
        for f in s.filer:
            if f.status == "R" and f.gammel_oid == f.ny_oid and f.gammel_sti and f.ny_sti:
                old, new = posixpath.split(f.gammel_sti), posixpath.split(f.ny_sti)
                if old[0] == new[0] and old[0] and old[1].endswith(".yaml") and new[1].endswith(".yaml"):
                    out[normaliser(old[1][:-5])] = normaliser(new[1][:-5])
    return {k: v for k, v in out.items() if k != v}


def navnekart(omdopte: Mapping[str, str], ider: Iterable[str]) -> dict[str, str]:
    """Former id → the id in use now. An id that a record has today names that record."""
    known = set(ider)
    direct = {k: v for k, v in omdopte.items() if k not in known}
    out: dict[str, str] = {}
    for old, named in direct.items():
        new, hops = named, 0
        while new in direct and hops < len(direct):
            new, hops = direct[new], hops + 1
        if new != old:
            out[old] = new
    return out


@dataclass(slots=True)
class Lop:
    """How far the log has been gone through."""

    modell: int = MODELL
    """The model that the registry is written in at this point."""
    innstilt: bool = False
    """Whether the settings file has been seen."""
    lenker: bool = False
    """Whether any record is a link to a file."""
    na: dict[str, str] = field(default_factory=dict)
    """Path → version of every record there is."""


class Leser:
    """Turns commits, oldest first, into steps."""

    def __init__(self, lager: Utdragslager, lop: Lop) -> None:
        self._lager = lager
        self.lop = lop
        self._alle: dict[str, tuple[str, str]] = {}
        self._mal: dict[str, str] = {}

    def trinn(self, steg: list[Steg]) -> list[Trinn]:
        """The steps of some commits, oldest first."""
        links = any(f.ny_mode == LENKE and f.ny_sti and slag(f.ny_sti) for s in steg for f in s.filer)
        self.lop.lenker = self.lop.lenker or links
        seen = self.lop.innstilt
        first = next((i for i, s in enumerate(steg) if _innstillinger(s) is not None), 0)
        out = []
        for i, s in enumerate(steg):
            files = self._filer(s)
            out.append(
                Trinn(s.innsjekking.oid, dag(s.innsjekking.tid), tuple(files), holder=seen or i >= first)
            )
        return out

    def _filer(self, s: Steg) -> list[Fil]:
        changed = _innstillinger(s)
        before = self.lop.modell
        if changed is not None:
            self.lop.innstilt = True
            if changed.ny_oid is not None and changed.ny_mode not in (LENKE, UNDERMODUL):
                self.lop.modell = modell_i(self._lager.blober.les(changed.ny_oid)) or self.lop.modell
        files = [self._fil(f) for f in s.filer]
        for f in files:
            if f.gammel is not None and f.gammel != f.ny:
                self.lop.na.pop(f.gammel, None)
        self.lop.na.update({f.ny: f.versjon for f in files if f.ny is not None and f.versjon is not None})
        if self.lop.lenker:
            files += self._lenket(s, {f.ny for f in files if f.versjon is not None})
        if self.lop.modell != before:
            files += self._lest_om({f.ny for f in files})
        return [f for f in files if (f.gammel and slag(f.gammel)) or (f.ny and slag(f.ny))]

    def _fil(self, f: Filendring) -> Fil:
        """One file. A submodule is none; a link is looked up when all of the commit is known."""
        if f.ny_sti is None or f.ny_oid is None or f.ny_mode in (LENKE, UNDERMODUL):
            return Fil(f.gammel_sti, None, None)
        return Fil(f.gammel_sti, f.ny_sti, versjon(f.ny_oid, self.lop.modell) if slag(f.ny_sti) else None)

    def _lest_om(self, rest: set[str | None]) -> list[Fil]:
        """The files that a commit left alone but that are read by another model from it on."""
        out = []
        for path, name in self.lop.na.items():
            if path not in rest:
                self.lop.na[path] = versjon(name.partition(":")[0], self.lop.modell)
                out.append(Fil(path, path, self.lop.na[path]))
        return out

    # --- links -------------------------------------------------------------------------------------

    def _lenket(self, s: Steg, rest: set[str | None]) -> list[Fil]:
        """The records that are links, where what they lead to has changed."""
        for f in s.filer:
            if f.gammel_sti is not None and f.gammel_sti != f.ny_sti:
                self._alle.pop(f.gammel_sti, None)
            if f.ny_sti is not None and f.ny_oid is not None:
                self._alle[f.ny_sti] = (f.ny_mode, f.ny_oid)
        out = []
        for path, (mode, _) in self._alle.items():
            if mode != LENKE or not slag(path) or path in rest:
                continue
            oid = self._folg(path)
            name = versjon(oid, self.lop.modell) if oid is not None else None
            if name is None:
                if self.lop.na.pop(path, None) is not None:
                    out.append(Fil(path, None, None))
            elif self.lop.na.get(path) != name:
                self.lop.na[path] = name
                out.append(Fil(path, path, name))
        return out

    def _folg(self, path: str, hopp: int = 8) -> str | None:
        mode, oid = self._alle[path]
        while mode == LENKE and hopp:
            if oid not in self._mal:
                self._mal[oid] = self._lager.blober.les(oid).decode("utf-8", "surrogateescape")
            target = self._mal[oid]
            path = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            if target.startswith("/") or path not in self._alle:
                return None
            (mode, oid), hopp = self._alle[path], hopp - 1
        return oid if mode.startswith("100") else None


def _innstillinger(s: Steg) -> Filendring | None:
    return next((f for f in s.filer if f.ny_sti == SETTINGS), None)
