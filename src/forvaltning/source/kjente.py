"""What the cache knows of files that are as they were: told file by file, and only when it is asked for.

`Indeks` is the little that is needed of every file at once: names, earlier ids, who refers to what, and which
references lead nowhere. It is one JSON text, kept beside the facts and mended with the files that changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from forvaltning.findings import FieldPath
from forvaltning.model.base import Post
from forvaltning.model.oppforing import Oppforing
from forvaltning.model.viser import Henvisning, normaliser
from forvaltning.source.entries import FileEntry
from forvaltning.source.fakta import Fakta, fakta_fra_tekst

Hengende = tuple[str, str, FieldPath, str]
"""Id of a record, field, path and the id it names: a reference that leads nowhere, or to the wrong kind."""


class Indeks(NamedTuple):
    """What is known of all files at once; paths are relative to the registry, ids in `inn` compared ones."""

    navn: dict[str, str]
    """Path → name, where it is another than the id."""
    tidligere: dict[str, list[str]]
    """Path → ids the record has had."""
    saere: list[str]
    """Paths of files with problems, or that could not be read."""
    inn: dict[str, str]
    """Id → ``id:field`` of every reference to it, with blanks between, by the referring id."""
    hengende: list[Hengende]

    def til_tekst(self) -> str:
        """The index as JSON text."""
        return json.dumps(self, ensure_ascii=False, separators=(",", ":"))

    def vist_til_av(self, key: str) -> Iterator[tuple[str, str]]:
        """Id and field of every reference to an id (in its compared form)."""
        for pair in self.inn.get(key, "").split():
            ident, _, felt = pair.partition(":")
            yield ident, felt


def indeks_fra_tekst(text: str) -> Indeks:
    """The index from JSON text. Raises ValueError or TypeError when it is not what was written."""
    navn, tidligere, saere, inn, hengende = json.loads(text)
    return Indeks(navn, tidligere, saere, inn, [(i, felt, tuple(p), til) for i, felt, p, til in hengende])


def ny_indeks(fakta: Mapping[str, Fakta], hengende: Iterable[Hengende]) -> Indeks:
    """The index of files that were all read. `fakta`: path → facts, sorted by path."""
    navn: dict[str, str] = {}
    tidligere: dict[str, list[str]] = {}
    saere: list[str] = []
    inn: dict[str, list[str]] = {}
    for path, f in fakta.items():
        if f.navn != f.id:
            navn[path] = f.navn
        if f.tidligere:
            tidligere[path] = list(f.tidligere)
        if f.problemer or not f.lesbar:
            saere.append(path)
        for h in f.henvisninger:
            inn.setdefault(normaliser(h.til), []).append(f"{f.id}:{h.felt}")
    return Indeks(
        navn, tidligere, saere, {til: " ".join(pairs) for til, pairs in inn.items()}, list(hengende)
    )


def mendet(old: Indeks, borte: Mapping[str, Fakta], nye: Mapping[str, Fakta]) -> Indeks:
    """The index after some files. `borte`: facts that no longer hold, by path; `nye`: facts that do now."""
    navn, tidligere = dict(old.navn), dict(old.tidligere)
    gone = borte.keys() | nye.keys()
    for path in gone:
        navn.pop(path, None)
        tidligere.pop(path, None)
    fresh = ny_indeks(nye, ())
    inn = dict(old.inn)
    touched = fresh.inn.keys() | {normaliser(h.til) for f in borte.values() for h in f.henvisninger}
    ids = {f.id for f in (*borte.values(), *nye.values())}
    for til in touched:
        pairs = [p for p in old.inn.get(til, "").split() if p.partition(":")[0] not in ids]
        pairs += fresh.inn.get(til, "").split()
        if sorted(pairs) != sorted(old.inn.get(til, "").split()):
            inn[til] = " ".join(sorted(pairs, key=lambda p: p.partition(":")[0] + ".yaml"))
    return Indeks(
        navn | fresh.navn,
        tidligere | fresh.tidligere,
        sorted({p for p in old.saere if p not in gone} | set(fresh.saere)),
        inn,
        old.hengende,
    )


class Kjente:
    """Files that are as the cache knows them. `hent` gives the facts of one as JSON text.

    `bygg`: the record of a file, where it is had without reading it; None for one that must be read.
    """

    def __init__(
        self,
        stier: Collection[str],
        indeks: Indeks,
        hent: Callable[[str], str | None],
        bygg: Callable[[FileEntry], Post | None] | None = None,
    ) -> None:
        self._stier = stier
        self._hent = hent
        self.bygg = bygg
        self._husket: dict[str, Fakta] = {}
        self.indeks = indeks
        self.saere = frozenset(indeks.saere)

    def __contains__(self, sti: object) -> bool:
        return sti in self._stier

    def __iter__(self) -> Iterator[str]:
        return iter(self._stier)

    def __getitem__(self, sti: str) -> Fakta:
        found = self._husket.get(sti)
        if found is None:
            text = self._hent(sti) if sti in self._stier else None
            if not text:
                raise KeyError(sti)
            found = self._husket[sti] = fakta_fra_tekst(text)
        return found


class KjentOppforing(Oppforing):
    """An entry that the cache knows: its references are read when they are asked for."""

    __slots__ = ("_entry", "_hent", "_kjente")

    def __init__(self, entry: FileEntry, kjente: Kjente, hent: Callable[[FileEntry], Post]) -> None:
        """`hent` builds the record of a file."""
        self.kind = entry.folder
        self.id = entry.stem
        self.fil = entry.path
        self._post = None
        self._bygg = None
        self._kjente = kjente
        self._entry = entry
        self._hent = hent

    @property
    def post(self) -> Post:
        """The record, built on first use."""
        if self._post is None:
            elsewhere = self._kjente.bygg
            found = elsewhere(self._entry) if elsewhere is not None else None
            self._post = found if found is not None else self._hent(self._entry)
        return self._post

    @property
    def henvisninger(self) -> tuple[Henvisning, ...]:  # type: ignore[override]
        """What the record refers to."""
        return self._kjente[self.fil].henvisninger

    @property
    def navn(self) -> str:
        """What people call the record."""
        return self._kjente.indeks.navn.get(self.fil, self.id)

    @property
    def tidligere(self) -> tuple[str, ...]:
        """The ids the record has had before."""
        former = self._kjente.indeks.tidligere.get(self.fil)
        return tuple(former) if former else ()

    @property
    def omtale(self) -> str:
        """The words others may find the record by (9.2)."""
        return self._kjente[self.fil].omtale

    @property
    def stikkord(self) -> str:
        """What sort of its kind the record is."""
        return self._kjente[self.fil].stikkord
