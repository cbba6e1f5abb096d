"""A register that goes through time: records come and go, and only what rested on them is forgotten."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from forvaltning.engine.sporsmal import Sporsmal
from forvaltning.model.base import Post
from forvaltning.model.dag import Dag
from forvaltning.model.historie import Historie
from forvaltning.model.innstillinger import Innstillinger
from forvaltning.model.oppforing import INGEN, Oppforing, Treff, Uleselig, etter_id
from forvaltning.model.register import Register
from forvaltning.model.viser import normaliser

V = TypeVar("V")


class LevendeRegister(Register):
    """The records of a registry at one moment, moved on to the next by `skift`.

    What was answered is remembered from one moment to the next, but for what `glem` names.
    """

    _hett: dict[str, list[Oppforing]] | None = None
    """Former id → the records that say they had it; None until it is asked for."""
    _tapt: dict[str, list[Uleselig]] | None = None
    """Kind → the files of it that can not be read; None until it is asked for."""

    def __init__(
        self,
        poster: Iterable[Oppforing],
        innstillinger: Innstillinger,
        dag: Dag,
        historie: Historie,
        uleselige: Iterable[Uleselig] = (),
    ) -> None:
        super().__init__(poster, innstillinger, dag, historie, uleselige)
        self.sporsmal = Sporsmal()
        self._vist_av: dict[str, list[tuple[Any, ...]]] = {}
        """Id (normalised) → what was remembered of who refers to it."""
        self._husket_av: dict[str, set[tuple[str, ...]]] = {}
        """Key → the shared answers that rested on it."""

    def skift(
        self,
        borte: Iterable[Oppforing],
        nye: Iterable[Oppforing],
        uleselige: Iterable[Uleselig],
        dag: Dag,
        innstillinger: Innstillinger,
    ) -> None:
        """Take records out and put records in. `glem` is the caller's to call, with what differs now."""
        former = False
        for o in borte:
            del self._poster[normaliser(o.id)]
            self._etter_kind[o.kind].remove(o)
            former = former or bool(o.tidligere)
            for felt, _, til in o.henvisninger:
                self._inn[normaliser(til)][o.kind].remove((o, felt))
        for o in nye:
            self._poster[normaliser(o.id)] = o
            insort(self._etter_kind[o.kind], o, key=_sti)
            former = former or bool(o.tidligere)
            for felt, _, til in o.henvisninger:
                insort(
                    self._inn.setdefault(normaliser(til), {}).setdefault(o.kind, []),
                    (o, felt),
                    key=lambda pair: pair[0].fil,
                )
        if former:
            self._hett = None
            self._tidligere = {old: named[0].id for old, named in self._alle_hett().items()}
        self._tapte = sorted(uleselige, key=_fil)
        self._uleselige = etter_id(self._tapte)
        self._tapt = None
        if innstillinger is not self.innstillinger:
            for memory in (self._funnet, self._vist, self._vist_av, self._husket, self._nermest):
                memory.clear()
        self.dag, self.innstillinger = dag, innstillinger
        for key in [k for k, h in self._husket.items() if not dag.innenfor(h.fra, h.til)]:
            del self._husket[key]

    def glem(self, keys: Iterable[str]) -> None:
        """Forget every answer that rested on one of these keys (as `Oppslag` notes them)."""
        for key in keys:
            for asked in self._husket_av.pop(key, ()):
                self._husket.pop(asked, None)
            if key == "*id":
                self._nermest.clear()
            elif key[0] == "<":
                self._glem_vist(key[1:])
            elif key[0] == "=":
                self._funnet.pop(key[1:], None)
                entry = self._poster.get(key[1:])
                for _, _, til in entry.henvisninger if entry is not None else ():
                    self._glem_vist(normaliser(til))

    def _glem_vist(self, ident: str) -> None:
        for asked in self._vist_av.pop(ident, ()):
            self._vist.pop(asked, None)

    def husk(self, key: tuple[str, ...], svar: Callable[[], V]) -> V:
        """As a register that stands still does, with a note of what the answer rested on."""
        if key in self._husket:
            return super().husk(key, svar)
        value = super().husk(key, svar)
        for read in self._husket[key].spor:
            self._husket_av.setdefault(read, set()).add(key)
        return value

    def _viser_til(
        self, ident: str, cls: type[Post], felter: tuple[str, ...], stikkord: str
    ) -> tuple[Treff[Any], tuple[str, ...]]:
        """The same answer as a register that stands still gives, without going through every lost file."""
        if self._tapt is None:
            self._tapt = {}
            for u in self._tapte:
                self._tapt.setdefault(u.kind, []).append(u)
        key = normaliser(ident)
        self._vist_av.setdefault(key, []).append((ident, cls, felter, stikkord))
        self.sporsmal.add(key)
        kinds = self._inn.get(key)
        found = kinds.get(cls.kind) if kinds is not None else None
        hidden = self._tapt.get(cls.kind)
        if not found and hidden is None:
            return INGEN, ("<" + key,)
        spor = ["<" + key]
        out: dict[str, Post] = {}
        for o, felt in found or ():
            if stikkord and o.stikkord != stikkord:
                continue
            if (not felter or felt in felter) and o.id not in out:
                out[o.id] = o.post
                spor.append("=" + normaliser(o.id))
        lost = next((u for u in hidden or () if u.kan_nevne(ident)), None)
        return Treff(out.values(), lost), tuple(spor)

    def het(self, ident: str) -> list[Oppforing]:
        """The records that say they had an id (normalised) before, by path; unnoted."""
        return self._alle_hett().get(ident, [])

    def _alle_hett(self) -> dict[str, list[Oppforing]]:
        if self._hett is None:
            self._hett = {}
            for o in sorted(self._poster.values(), key=_sti):
                for old in o.tidligere:
                    self._hett.setdefault(normaliser(old), []).append(o)
        return self._hett


def erstatt(gammel: Oppforing, ny: Oppforing) -> bool:
    """Let an entry say what a newer one of the same record does, where it refers to the same as before.

    Every index of a register then holds it as it should. False, and nothing done, when they do not.
    """
    if gammel.key != ny.key or gammel.tidligere != ny.tidligere:
        return False
    if [(h.felt, h.til) for h in gammel.henvisninger] != [(h.felt, h.til) for h in ny.henvisninger]:
        return False
    Oppforing.__init__(gammel, ny.kind, ny.id, ny.fil, ny.henvisninger, ny.post, tidligere=ny.tidligere)
    return True


def _sti(o: Oppforing) -> str:
    return o.fil


def _fil(u: Uleselig) -> str:
    return u.fil
