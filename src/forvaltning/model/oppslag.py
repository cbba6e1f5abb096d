"""The records by kind and id, and the primitive questions asked of them.

Every answer is noted in `spor`, the set of things the answer rested on: ``=id`` for a record that was
looked up, ``<id`` for the records that refer to an id, ``*kind`` for all of a kind, ``@kind`` for what those of
a kind are found by. What was read is what decides when a verdict must be judged again. Records are built on first use.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar, cast

from forvaltning.model.base import Post
from forvaltning.model.dag import Dag
from forvaltning.model.historie import Historie
from forvaltning.model.innstillinger import Innstillinger
from forvaltning.model.nermest import Nermest
from forvaltning.model.oppforing import INGEN, Inngaende, Oppforing, Treff, Uleselig, etter_id
from forvaltning.model.viser import normaliser

P = TypeVar("P", bound=Post)
V = TypeVar("V")


class _Husket(NamedTuple):
    value: object
    spor: set[str]
    uleselig: set[str]
    fra: date
    til: date


def _fil(par: tuple[Oppforing, str]) -> str:
    return par[0].fil


class Oppslag:
    """All records of one registry, its settings, the check date and what history shows."""

    def __init__(
        self,
        poster: Iterable[Oppforing],
        innstillinger: Innstillinger,
        dag: Dag,
        historie: Historie,
        uleselige: Iterable[Uleselig] = (),
        inngaende: Inngaende | None = None,
    ) -> None:
        self.innstillinger = innstillinger
        self.dag = dag
        self.historie = historie
        self.spor: set[str] = set()
        self.sett_uleselig: set[str] = set()
        """Files that could not be read and that an answer since `nullstill` may have rested on."""
        self._poster: dict[str, Oppforing] = {}
        self._etter_kind: dict[str, list[Oppforing]] = defaultdict(list)
        self._inn: dict[str, dict[str, list[tuple[Oppforing, str]]]] = {}
        self._funnet: dict[str, tuple[str, Post | Uleselig | None]] = {}
        """By id, where it is asked for in its compared form."""
        self._vist: dict[tuple[Any, ...], tuple[Treff[Any], tuple[str, ...]]] = {}
        self._husket: dict[tuple[str, ...], _Husket] = {}
        self._nermest: dict[tuple[str, ...], Nermest] = {}
        lost = sorted(uleselige, key=lambda u: u.fil)
        self._tapte: Sequence[Uleselig] = lost
        """Every file that can not be read, by path; two of them may have the same id."""
        self._uleselige: dict[str, Uleselig] = etter_id(lost)
        self._tapte_mapper: dict[str, Uleselig] = {u.kind: u for u in lost if not u.id}
        """Folders that could not be read at all: any id may lie there."""
        self._inngaende = inngaende
        self._tidligere: dict[str, str] = {}
        for o in poster:
            self._poster[normaliser(o.id)] = o
            self._etter_kind[o.kind].append(o)
            for old in o.tidligere:
                self._tidligere.setdefault(normaliser(old), o.id)
            if inngaende is None:
                for felt, _, til in o.henvisninger:
                    self._inn.setdefault(normaliser(til), {}).setdefault(o.kind, []).append((o, felt))

    def _inn_til(self, key: str) -> dict[str, list[tuple[Oppforing, str]]]:
        """Kind → entries that refer to an id (in its compared form), and the field."""
        found = self._inn.get(key)
        if found is None:
            found = {}
            if self._inngaende is not None:
                for ident, felt in self._inngaende.vist_til_av(key):
                    o = self._poster.get(normaliser(ident))
                    if o is not None:
                        found.setdefault(o.kind, []).append((o, felt))
                for pairs in found.values():
                    pairs.sort(key=_fil)
                self._inn[key] = found
        return found

    def nullstill(self) -> None:
        """Forget what was read, before a new record is judged."""
        self.spor = set()
        self.sett_uleselig = set()
        self.dag.nullstill()

    def finn(self, ident: str | None) -> Post | Uleselig | None:
        """The record with this id, of whatever kind; `Uleselig` when its file can not be read."""
        if not ident:
            return None
        known = self._funnet.get(ident)
        if known is None:
            key = normaliser(ident)
            entry = self._poster.get(key)
            found = entry.post if entry is not None else self._uleselige.get(key) or self._i_tapt_mappe()
            known = ("=" + key, found)
            if ident == key:
                self._funnet[ident] = known
        self.spor.add(known[0])
        return known[1]

    def _i_tapt_mappe(self) -> Uleselig | None:
        return next(iter(self._tapte_mapper.values()), None)

    def kan_vaere_tapt(self, ident: str) -> bool:
        """True when a record with this id may lie in a file or folder that could not be read."""
        return normaliser(ident) in self._uleselige or bool(self._tapte_mapper)

    def naa(self, ident: str) -> str | None:
        """The present id of a record that has had this one before; None when there is none."""
        self.spor.add("*id")
        return self._tidligere.get(normaliser(ident))

    def hent(self, ident: str | None, cls: type[P]) -> P | None:
        """The record with this id when it can be read and is of this kind, else None.

        An unreadable file is remembered in `sett_uleselig`, so that the verdict does not turn green.
        """
        post = self.finn(ident)
        if isinstance(post, cls):
            return post
        if isinstance(post, Uleselig):
            self.sett_uleselig.add(post.fil)
        return None

    def hent_alle(self, identer: Iterable[str], cls: type[P]) -> list[P]:
        """The readable records of this kind among the ids, in the order given."""
        return [p for p in (self.hent(i, cls) for i in identer) if p is not None]

    def alle(self, cls: type[P]) -> Treff[P]:
        """Every record of a kind, by id."""
        self.spor.add("*" + cls.kind)
        uleselig = self._uleselig_av(cls)
        return Treff((cast(P, o.post) for o in self._etter_kind.get(cls.kind, ())), uleselig)

    def omtaler(self, cls: type[Post]) -> Iterator[tuple[str, str]]:
        """Id and the words it is found by, of every record of a kind that has some; no record is built for it."""
        self.spor.add("@" + cls.kind)
        self._uleselig_av(cls)
        return ((o.id, o.omtale) for o in self._etter_kind.get(cls.kind, ()) if o.omtale)

    def _uleselig_av(self, cls: type[Post]) -> Uleselig | None:
        found = next((u for u in self._tapte if u.kind == cls.kind), None)
        if found is not None:
            self.sett_uleselig.add(found.fil)
        return found

    def viser_til(self, post: Post | str, cls: type[P], *felter: str, stikkord: str = "") -> Treff[P]:
        """Records of kind `cls` that refer to `post` in one of `felter` (any field when none is named).

        `felter` are written without list indexes: ``"gjelder"``, ``"drift.leverandor"``. `stikkord`: only records
        of this sort; no other is built.
        """
        ident = post if isinstance(post, str) else post.id
        known = self._vist.get((ident, cls, felter, stikkord))
        if known is None:
            found = self._viser_til(ident, cls, felter, stikkord)
            known = self._vist[ident, cls, felter, stikkord] = found
        treff: Treff[Any] = known[0]
        self.spor.update(known[1])
        if treff.uleselig is not None:
            self.sett_uleselig.add(treff.uleselig.fil)
        return treff

    def _viser_til(
        self, ident: str, cls: type[Post], felter: tuple[str, ...], stikkord: str
    ) -> tuple[Treff[Any], tuple[str, ...]]:
        key = normaliser(ident)
        found = self._inn_til(key).get(cls.kind)
        if not found and not self._tapte:
            return INGEN, ("<" + key,)
        spor = {"<" + key: None}
        out: dict[str, Post] = {}
        for oppforing, felt in found or ():
            if stikkord and oppforing.stikkord != stikkord:
                continue
            if (not felter or felt in felter) and oppforing.id not in out:
                out[oppforing.id] = oppforing.post
                spor["=" + normaliser(oppforing.id)] = None
        lost = (u for u in self._tapte if u.kind == cls.kind and u.kan_nevne(ident))
        return Treff(out.values(), next(lost, None)), tuple(spor)

    def oppforinger(self) -> Iterator[Oppforing]:
        """Every readable record's entry, unnoted: for the engine and for lists, not for rules."""
        return iter(self._poster.values())

    def oppforing(self, ident: str) -> Oppforing | None:
        """The entry with this id, unnoted."""
        return self._poster.get(normaliser(ident))

    def uleselige(self) -> list[Uleselig]:
        """The records that could not be read, unnoted."""
        return list(self._tapte)

    def innkommende(self, ident: str) -> list[tuple[Oppforing, str]]:
        """Entries that refer to an id and the field they do it in, unnoted."""
        return [pair for pairs in self._inn_til(normaliser(ident)).values() for pair in pairs]

    def identer(self, *kinds: str) -> list[str]:
        """All ids, or those of the named kinds: for suggestions."""
        return [o.id for o in self._poster.values() if not kinds or o.kind in kinds]

    def forslag(self, ident: str, *kinds: str) -> list[str]:
        """The nearest ids of the named kinds (all kinds when none is named), best first.

        Noted as ``*id``: any new or ended record may give another answer.
        """
        self.spor.add("*id")
        index = self._nermest.get(kinds)
        if index is None:
            index = self._nermest[kinds] = Nermest(self.identer(*kinds))
        return index(ident)

    def husk(self, key: tuple[str, ...], svar: Callable[[], V]) -> V:
        """The answer to a question that many records ask, worked out once, its reads noted every time."""
        found = self._husket.get(key)
        if found is None:
            spor, lost, fra, til = self.spor, self.sett_uleselig, self.dag.fra, self.dag.til
            self.nullstill()
            try:
                value = svar()
                found = _Husket(value, self.spor, self.sett_uleselig, self.dag.fra, self.dag.til)
            finally:
                self.spor, self.sett_uleselig, self.dag.fra, self.dag.til = spor, lost, fra, til
            self._husket[key] = found
        self.spor |= found.spor
        if found.uleselig:
            self.sett_uleselig |= found.uleselig
        dag = self.dag
        dag.fra = max(dag.fra, found.fra)
        dag.til = min(dag.til, found.til)
        return cast("V", found.value)

    def __len__(self) -> int:
        return len(self._poster)

    def egenskap(self, post: Post, felt: str) -> Any:
        """The value at a dotted field of a record, None where it is not set."""
        value: Any = post
        for part in felt.split("."):
            value = getattr(value, part, None)
            if value is None:
                return None
        return value
