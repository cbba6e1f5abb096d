"""The changes that history shows, folded over the first-parent line: pure, plain values in and out.

What is and is not a change (domain.md, 4.2):

- creating a record, and first filling of an empty field, are not; emptying one, and filling it again, are;
- a new flow is, from when both its ends are systems, and where at least one of them was registered before it;
- what came before the first commit that holds the registry, and that commit itself, is not;
- a version that can not be read is passed over: the last readable one is compared with the next, and the change
  is dated at the first commit that shows it;
- a record that is renamed (as Git sees it, or `tidligere_id`), or deleted and added again, is the same record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from forvaltning.history.endringsverdier import Fil, Linje, Rad, Trinn, nokkel, slag
from forvaltning.history.utdrag import Art, Utdrag, forskjeller
from forvaltning.model.historie import FunnetEndring
from forvaltning.source.text import safe

FLYT = "integrasjoner"
SYSTEM = "systemer"
Hent = Callable[[str, str], Utdrag | None]
"""``(kind, version) → extract``: None when the version can not be read."""


class Logg:
    """The state after some commits. `navn`: former id → id of records of any kind, both normalised."""

    def __init__(self, hent: Hent, navn: Mapping[str, str]) -> None:
        self._hent = hent
        self._navn = navn
        self.nr = 0
        self.startet = False
        self.linjer: dict[str, Linje] = {}
        """Path → record."""
        self.borte: dict[str, Linje] = {}
        """``kind/id`` → record that is gone."""

    def verdier(self) -> dict[str, Any]:
        """As plain values, for a cache."""
        return {
            "nr": self.nr,
            "startet": self.startet,
            "linjer": {k: v.verdier() for k, v in self.linjer.items()},
            "borte": {k: v.verdier() for k, v in self.borte.items()},
        }

    @classmethod
    def fra(cls, v: Mapping[str, Any], hent: Hent, navn: Mapping[str, str]) -> Logg:
        """From plain values. Raises KeyError, TypeError or ValueError when they are not what was kept."""
        out = cls(hent, navn)
        out.nr, out.startet = v["nr"], v["startet"]
        out.linjer = {k: Linje.fra(x) for k, x in v["linjer"].items()}
        out.borte = {k: Linje.fra(x) for k, x in v["borte"].items()}
        return out

    # --- one commit --------------------------------------------------------------------------------

    def ta(self, trinn: Trinn) -> None:
        """Go one commit on."""
        self.nr += 1
        filer = [self._delt(f) for f in trinn.filer]
        registrert = self._registrert() if any(map(self._ny_flyt, filer)) else frozenset()
        claimed = self._krevd(filer)
        moved: dict[str, Linje] = {}
        for f in filer:
            if f.gammel is not None and f.gammel != f.ny and f.gammel in self.linjer:
                line = self.linjer.pop(f.gammel)
                owner = claimed.get(nokkel(f.gammel), f.ny)
                if f.ny is None or owner != f.ny or slag(f.ny) != line.kind:
                    line.na = None
                    self.borte[nokkel(f.gammel)] = line
                else:
                    moved[f.gammel] = line
        for f in filer:
            if f.ny is not None:
                self._plasser(f, moved, trinn, registrert)
        if trinn.holder:
            self.startet = True

    def _ny_flyt(self, f: Fil) -> bool:
        """True when a file may be a flow that is new."""
        if f.ny is None or not f.ny.startswith(f"{FLYT}/"):
            return False
        line = self.linjer.get(f.ny)
        return self.startet and (line is None or line.venter)

    def _registrert(self) -> frozenset[str]:
        """The ids of the systems as they are before a commit."""
        ids = (nokkel(p).partition("/")[2] for p in self.linjer if p.startswith(f"{SYSTEM}/"))
        return frozenset(self._navn.get(i, i) for i in ids)

    @staticmethod
    def _delt(f: Fil) -> Fil:
        """The file without what is none of ours: another kind on the other side is another record."""
        old = f.gammel if f.gammel is not None and slag(f.gammel) else None
        new = f.ny if f.ny is not None and slag(f.ny) and f.versjon is not None else None
        return Fil(old, new, f.versjon if new is not None else None)

    def _krevd(self, filer: Iterable[Fil]) -> dict[str, str]:
        """Records that a new file says it was before: that goes before what Git finds alike."""
        out: dict[str, str] = {}
        for f in filer:
            if f.ny is None or f.versjon is None or f.gammel == f.ny:
                continue
            kind = f.ny.partition("/")[0]
            found = self._hent(kind, f.versjon)
            for old in found.tidligere if found else ():
                out.setdefault(f"{kind}/{old}", f.ny)
        return out

    def _plasser(self, f: Fil, moved: Mapping[str, Linje], trinn: Trinn, registrert: frozenset[str]) -> None:
        assert f.ny is not None and f.versjon is not None  # noqa: S101, PT018 - the caller has seen to it
        kind = f.ny.partition("/")[0]
        line = self.linjer.get(f.ny)
        if line is None:
            line = moved.get(f.gammel or "")
            if line is None:
                line = self.borte.pop(nokkel(f.ny), None) or Linje(kind, self.startet)
            self.linjer[f.ny] = line
        self._versjon(line, f, trinn, registrert)

    def _versjon(self, line: Linje, f: Fil, trinn: Trinn, registrert: frozenset[str]) -> None:
        if line.na == f.versjon:
            return
        line.na = f.versjon
        new = self._hent(line.kind, f.versjon) if f.versjon is not None else None
        if new is None:
            return
        here = Rad(self.nr, "", trinn.dato.toordinal(), trinn.commit, safe(f.ny or "", 200))
        line.tidligere.update(new.tidligere)
        if line.siste is None:
            line.forste, line.fodt = f.versjon, here
            line.venter = line.kind == FLYT and line.teller
        else:
            rows = self._rader(line, line.siste, new, here)
            if self.startet:
                line.rader += rows
        if line.venter:
            ends = [new.felter.get(end, {}) for end in ("fra", "til")]
            if all(ends):
                line.venter = False
                systems = [e.get("system") for e in ends]
                if all(systems) and any(self._navn.get(s, s) in registrert for s in systems):
                    line.rader.append(here)
        line.siste = f.versjon

    def _rader(self, line: Linje, siste: str, new: Utdrag, here: Rad) -> list[Rad]:
        """What differs from an earlier version, as changes."""
        old = self._hent(line.kind, siste)
        if old is None or old.felter == new.felter:
            return []
        out = []
        for felt, art in forskjeller(line.kind, old, new, self._navn):
            if art is Art.TOMT:
                line.tomt.add(felt)
            if art is not Art.FYLT or felt in line.tomt:
                out.append(here._replace(felt=felt))
        return out

    # --- what it comes to --------------------------------------------------------------------------

    def funn(self, poster: Mapping[str, str], fra: date | None) -> dict[str, tuple[FunnetEndring, ...]]:
        """The changes of the records at some paths, oldest first. `poster`: path → ``kind/id``.

        `fra`: history counts from this day.
        """
        first = fra.toordinal() if fra is not None else 0
        out: dict[str, tuple[FunnetEndring, ...]] = {}
        for path, key in poster.items():
            line = self.linjer.get(path)
            if line is None or not (line.rader or line.tidligere):
                continue
            rows = sorted(dict.fromkeys(self._samlet(line, set())))
            found = tuple(
                FunnetEndring(key, r.felt, date.fromordinal(r.dag), r.commit, r.fil)
                for r in rows
                if r.dag >= first
            )
            if found:
                out[key] = found
        return out

    def _samlet(self, line: Linje, sett: set[int]) -> Iterator[Rad]:
        """The changes of a record, with those it had under the ids it says it had before."""
        before: list[Linje] = []
        for former in sorted(line.tidligere):
            earlier = self.borte.get(f"{line.kind}/{former}")
            if earlier is not None and earlier is not line and id(earlier) not in sett:
                sett.add(id(earlier))
                before.append(earlier)
        for earlier in before:
            yield from self._samlet(earlier, sett)
            yield from self._overgang(earlier, line)
        yield from (r for r in line.rader if r.felt or not before)

    def _overgang(self, earlier: Linje, line: Linje) -> Iterator[Rad]:
        """What differs between the last version under the former id and the first under this one."""
        if earlier.siste is None or line.forste is None or line.fodt is None or not line.teller:
            return
        old, new = self._hent(line.kind, earlier.siste), self._hent(line.kind, line.forste)
        if old is None or new is None:
            return
        for felt, art in forskjeller(line.kind, old, new, self._navn):
            if art is not Art.FYLT or felt in earlier.tomt:
                yield line.fodt._replace(felt=felt)


__all__ = ["Fil", "Linje", "Logg", "Trinn", "nokkel", "slag"]
