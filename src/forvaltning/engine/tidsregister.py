"""The records of a registry on their way through history: moved from one point to the next, file by file.

What comes out of a move are the keys whose answers may differ (as `Oppslag` notes them), so that only what read
them is judged again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from forvaltning.engine.levende import LevendeRegister, erstatt
from forvaltning.history.versjoner import SETTINGS_FILE, Versjoner, postnokkel
from forvaltning.model.dag import Dag
from forvaltning.model.fritekst import FRITEKST
from forvaltning.model.historie import Historie
from forvaltning.model.oppforing import Oppforing, Uleselig
from forvaltning.model.viser import Henvisning, normaliser
from forvaltning.source.fillesing import tekst_av
from forvaltning.source.innstillingsfil import Innstillingsfil

_GOD = re.compile(r"[a-z0-9æøå][a-z0-9æøå._-]*")
Endret = Mapping[str, tuple[str, str] | None]
"""Path → blob id and mode of the files that changed; None for one that is gone."""


@dataclass(slots=True)
class Tidsregister:
    """The files and records at one point. `innhold`: the bytes of a blob; `historie`: what to say of history."""

    versjoner: Versjoner
    innhold: Callable[[str], bytes | None]
    historie: Callable[[], Historie]
    filer: dict[str, tuple[str, str]] = field(default_factory=dict)
    poster: dict[str, Oppforing] = field(default_factory=dict)
    uleselige: dict[str, Uleselig] = field(default_factory=dict)
    innstilt: str | None = None
    """The blob of the settings in force; None before the registry began."""
    uleste_innstillinger: bool = False
    """Whether the settings as they stand can not be used, so that those before them are still in force."""
    register: LevendeRegister | None = None
    _innstilling: Innstillingsfil | None = None
    _delt: bool = False
    """Whether two files share an id."""

    @property
    def innstilling(self) -> Innstillingsfil | None:
        """The settings in force."""
        return self._innstilling

    def innstill(self, oid: str | None) -> None:
        """Other settings from now on; where they are gone or can not be used, those before them stay in force."""
        self.uleste_innstillinger = oid is None or self.versjoner.brukbare(oid) is None
        if oid is not None and (not self.uleste_innstillinger or self.innstilt is None):
            self.innstilt, self._innstilling = oid, self.versjoner.innstillinger(oid)

    def blir_borte(self, endret: Endret) -> set[str]:
        """The records, ``kind/id``, that will be gone or can not be read once some files have changed."""
        fil = self._innstilling
        if fil is None:
            return set()
        self.versjoner.hent((sti, now[0]) for sti, now in endret.items() if now is not None)
        out: set[str] = set()
        for sti, now in endret.items():
            key = postnokkel(sti)
            version = self.versjoner.les(sti, now[0], fil, now[1]) if now is not None else None
            if key is not None and (version is None or version.post is None):
                out.add("/".join(key))
        return out

    def til_dag(self, dag: Dag) -> None:
        """Let the calendar move, and nothing else."""
        if self.register is not None:
            self.register.skift((), (), self.uleselige.values(), dag, self.register.innstillinger)

    def flytt(self, endret: Endret, dag: Dag, ved: Callable[[str, set[str]], None]) -> tuple[set[str], bool]:
        """Move on: the keys whose answers may differ, and whether the register is another one altogether.

        `ved`: told of each file's keys; not where the registry begins, with nothing that any verdict has read.
        """
        begins = not self.filer
        for sti, now in endret.items():
            if now is None:
                self.filer.pop(sti, None)
            else:
                self.filer[sti] = now
        fil = self._innstilling
        if fil is None:
            return set(), False
        settings = SETTINGS_FILE in endret
        out: list[Oppforing] = []
        inn: list[Oppforing] = []
        keys: set[str] = set()
        paths = sorted(self.filer.keys() | endret.keys()) if settings else list(endret)
        self.versjoner.hent((s, self.filer[s][0]) for s in paths if s in self.filer)
        if begins:
            for sti in paths:
                self._legg_til(sti, fil)
            self.bygg(dag, fil)
            return set(), True
        touched: set[str] = set()
        for sti in paths:
            mine = self._bytt(sti, fil, out, inn, touched)
            keys |= mine
            ved(sti, mine)
        another = self._skift(out, inn, dag, fil)
        if not another and self.register is not None:
            self.register.glem(keys | touched)
        return keys, another or settings

    def _legg_til(self, sti: str, fil: Innstillingsfil) -> None:
        """Put what a new file says beside the others."""
        found = self._les(sti, fil)
        if isinstance(found, Oppforing):
            self.poster[sti] = found
        elif found is not None:
            self.uleselige[sti] = found

    def _bytt(
        self,
        sti: str,
        fil: Innstillingsfil,
        out: list[Oppforing],
        inn: list[Oppforing],
        rort: set[str],
    ) -> set[str]:
        """Put what a file says now in the place of what it said; the keys whose answers may differ.

        `rort` gets the keys of records that are other objects from now on, though they may say the same.
        """
        old, lost = self.poster.pop(sti, None), self.uleselige.pop(sti, None)
        found = self._les(sti, fil)
        new = found if isinstance(found, Oppforing) else None
        if isinstance(found, Uleselig):
            self.uleselige[sti] = found
        if old is not None and new is not None:
            if old.post is new.post:
                self.poster[sti] = old
                return set()
            rort.add("=" + normaliser(new.id))
            keys = set() if _samme(old, new) else _nokler(old, new)
            if erstatt(old, new):
                self.poster[sti] = old
                return keys
        else:
            keys = _nokler(old, new)
        if new is not None:
            self.poster[sti] = new
            inn.append(new)
        if old is not None:
            out.append(old)
        for u in (lost, found):
            if isinstance(u, Uleselig):
                keys |= {"=" + normaliser(u.id), "*" + u.kind, "@" + u.kind, "*id", *self._kan_svare(u)}
        return keys

    def _kan_svare(self, u: Uleselig) -> Iterator[str]:
        """The questions that a file nobody can read may be an answer to: it may refer to anything its text holds."""
        if self.register is not None:
            text = None if u.tekst is None else normaliser.__wrapped__(u.tekst)
            yield from ("<" + ident for ident in self.register.sporsmal.nevnt(text))

    def _skift(self, out: list[Oppforing], inn: list[Oppforing], dag: Dag, fil: Innstillingsfil) -> bool:
        """Move the register on; True when it is built anew, so that nothing known of verdicts holds."""
        if self.register is None or self._delt or self._tvillinger(inn):
            self.bygg(dag, fil)
            return True
        self.register.skift(out, inn, self.uleselige.values(), dag, fil.innstillinger)
        return False

    def bygg(self, dag: Dag, fil: Innstillingsfil) -> None:
        """A register of the records as they are. Where two files share an id, the first by path has it."""
        known: dict[str, Oppforing] = {}
        for sti in sorted(self.poster):
            known.setdefault(normaliser(self.poster[sti].id), self.poster[sti])
        lost = list(self.uleselige.values())
        self.register = LevendeRegister(known.values(), fil.innstillinger, dag, self.historie(), lost)
        self._delt = len(known) != len(self.poster)

    def _tvillinger(self, inn: list[Oppforing]) -> bool:
        """True when a record comes in under an id that another file has."""
        if self.register is None:
            return True
        for o in inn:
            there = self.register.oppforing(o.id)
            if there is not None and there.fil != o.fil and there.fil in self.poster:
                return True
        return len({normaliser(o.id) for o in inn}) != len(inn)

    def _les(self, sti: str, fil: Innstillingsfil) -> Oppforing | Uleselig | None:
        now, key = self.filer.get(sti), postnokkel(sti)
        if now is None or key is None or not _GOD.fullmatch(key[1]):
            return None
        version = self.versjoner.les(sti, now[0], fil, now[1])
        if version is None:
            return None
        if version.post is None:
            data = self.innhold(now[0])
            return Uleselig(key[0], key[1], sti, tekst_av(data) if data is not None else None)
        return Oppforing(*key, sti, version.henvisninger, version.post)

    # --- between runs ------------------------------------------------------------------------------

    def verdier(self) -> dict[str, Any]:
        """The files and what they refer to, as plain values."""
        return {
            "filer": self.filer,
            "innstilt": self.innstilt,
            "uleste_innstillinger": self.uleste_innstillinger,
            "poster": {
                s: [[(h.felt, h.til) for h in o.henvisninger], o.tidligere] for s, o in self.poster.items()
            },
            "sporsmal": self.register.sporsmal.alle() if self.register is not None else [],
            "uleselige": {s: [u.kind, u.id, u.tekst] for s, u in self.uleselige.items()},
        }

    def gjenopprett(self, verdier: Mapping[str, Any], dag: Dag) -> None:
        """Be as at an earlier run; records are read when asked for. Raises for values that are not what was kept."""
        self.filer = {s: (oid, mode) for s, (oid, mode) in verdier["filer"].items()}
        self.innstill(verdier["innstilt"])
        self.uleste_innstillinger = verdier["uleste_innstillinger"]
        fil = self._innstilling
        if fil is None:  # pragma: no cover - settings that can not be used give the standard ones
            raise ValueError(verdier["innstilt"])
        for sti, (refs, former) in verdier["poster"].items():
            key = postnokkel(sti)
            if key is None:
                raise ValueError(sti)
            links = tuple(Henvisning(felt, (), til) for felt, til in refs)
            self.poster[sti] = Oppforing(
                *key,
                sti,
                links,
                bygg=partial(self._post, sti, fil, *self.filer[sti]),
                tidligere=tuple(former),
            )
        self.uleselige = {
            s: Uleselig(kind, ident, s, text) for s, (kind, ident, text) in verdier["uleselige"].items()
        }
        self.bygg(dag, fil)
        if self.register is not None:
            for ident in verdier["sporsmal"]:
                self.register.sporsmal.add(ident)

    def _post(self, sti: str, fil: Innstillingsfil, oid: str, mode: str) -> Any:
        """The record of a version that was known from an earlier run."""
        version = self.versjoner.les(sti, oid, fil, mode)
        if version is None or version.post is None:
            raise ValueError(sti)
        return version.post


def _samme(old: Oppforing, new: Oppforing) -> bool:
    """True when two versions differ at most in the free text that no rule reads."""
    if len(old.henvisninger) != len(new.henvisninger) or type(old.post) is not type(new.post):
        return False
    then, now = old.post.__dict__, new.post.__dict__
    return all(then[name] == value for name, value in now.items() if name != FRITEKST)


def _nokler(old: Oppforing | None, new: Oppforing | None) -> set[str]:
    """The keys whose answers differ when one record takes another's place."""
    keys: set[str] = set()
    for o in (old, new):
        if o is not None:
            keys |= {"=" + normaliser(o.id), "*" + o.kind}
            if old is None or new is None:
                keys |= {"*id", "@" + o.kind}
    if old is not None and new is not None:
        if old.omtale != new.omtale:
            keys.add("@" + new.kind)
        if old.tidligere != new.tidligere:
            keys.add("*id")
    return keys | {"<" + til for _, til, _ in _viser(old) ^ _viser(new)}


def _viser(o: Oppforing | None) -> set[tuple[str, str, str]]:
    """What an entry answers to when somebody asks who refers to an id."""
    return {(h.felt, normaliser(h.til), o.stikkord) for h in o.henvisninger} if o is not None else set()
