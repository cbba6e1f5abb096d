"""The registry judged through time: a commit costs what it changed.

The records stand in one register that is moved from point to point. A verdict is worked out again when something it
read has changed (`Postdom.spor`) or the calendar has passed the window it holds in (`fra`–`til`); nothing else is.
What comes out are courses: a requirement broken for a record, from a point to a point, and what began and ended it.
"""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from forvaltning.engine.levende import LevendeRegister
from forvaltning.engine.resultat import Postdom
from forvaltning.engine.run import Motor
from forvaltning.findings import Outcome, Responsible
from forvaltning.git.historikk import Steg
from forvaltning.history.endringslogg import Logg, Trinn
from forvaltning.history.versjoner import SETTINGS_FILE, Versjoner, postnokkel
from forvaltning.krav.typer import Krav
from forvaltning.model.base import Post
from forvaltning.model.dag import Dag
from forvaltning.model.historie import EKSEMPELHISTORIE, FunnetEndring, Historie
from forvaltning.model.oppslag import Oppforing, Uleselig
from forvaltning.model.viser import normaliser
from forvaltning.source.fillesing import tekst_av
from forvaltning.source.load import Innstillingsfil, paused_gc

_GOD = re.compile(r"[a-z0-9æøå][a-z0-9æøå._-]*")
KALENDER = "kalender"
ENDRING = "endring"


class Punkt(NamedTuple):
    """One moment: the check date, the last commit before it, and how many files could not be read."""

    dato: date
    commit: str | None
    poster: int = 0
    uleselige: int = 0


@dataclass(slots=True)
class Forlop:
    """One requirement broken for one record. Points by number; `til` None: still broken.

    `fra_commit` and `til_commit`: the last commit that changed what the verdict rests on, None for the calendar.
    `slutt`: what it came out as at the end, or ``slettet``.
    """

    krav: str
    post: str
    enhet: str | None
    fra: int
    fra_commit: str | None
    til: int | None = None
    til_commit: str | None = None
    slutt: str = ""


class Maal(NamedTuple):
    """A point to judge at: the date, and how many of the steps lie before it."""

    dato: date
    antall: int


class _Utenansvar(Motor):
    """Judges without asking who answers: that decides no outcome, and rests on roles far up the unit tree."""

    def _ansvar(self, krav: Krav, post: Post, enhet: str | None) -> tuple[Responsible, ...]:  # noqa: ARG002
        return ()


@dataclass(slots=True)
class _Del:
    """What was last found for one requirement and one record: its course when broken, what it read, until when."""

    forlop: Forlop | None
    spor: frozenset[str] = frozenset()
    fra: date = date.max
    til: date = date.min


_Par = tuple[str, str]
"""Record and requirement."""
Innleser = Callable[[str], bytes | None]


@dataclass(slots=True)
class Tidslinje:
    """Goes through the steps (oldest first). `trinn`: the same steps for the log of changes, None when it is not known.

    `historie`: what to say of history instead, when `trinn` is None.
    """

    steg: Sequence[Steg]
    versjoner: Versjoner
    krav: Sequence[Krav]
    logg: Logg | None
    trinn: Sequence[Trinn]
    historie: Historie
    innhold: Innleser
    historie_fra: date | None = None
    punkter: list[Punkt] = field(default_factory=list)
    forlop: list[Forlop] = field(default_factory=list)
    vurdert: int = 0
    """How many times a record was judged."""
    _filer: dict[str, tuple[str, str]] = field(default_factory=dict)
    _poster: dict[str, Oppforing] = field(default_factory=dict)
    _uleselige: dict[str, Uleselig] = field(default_factory=dict)
    _innstilling: Innstillingsfil | None = None
    _register: LevendeRegister | None = None
    _motorer: dict[str, list[tuple[str, Motor]]] = field(default_factory=dict)
    """Kind → each requirement about it, judged alone: so that only what it read makes it be judged again."""
    _delt: bool = False
    """Whether two files share an id."""
    _dom: dict[str, dict[str, _Del]] = field(default_factory=dict)
    _leser: dict[str, set[_Par]] = field(default_factory=lambda: defaultdict(set))
    _koe: list[tuple[date, _Par]] = field(default_factory=list)
    _endringer: dict[str, tuple[FunnetEndring, ...]] = field(default_factory=dict)

    def kjor(self, mal: Iterable[Maal]) -> None:
        """Judge at every point, in order."""
        at = 0
        before = date.min
        with paused_gc():
            for m in mal:
                group = self.steg[at : m.antall]
                self._til(m.dato, group, at, bakover=m.dato < before)
                at, before = m.antall, m.dato

    # --- one point ---------------------------------------------------------------------------------

    def _til(self, dato: date, gruppe: Sequence[Steg], at: int, *, bakover: bool) -> None:
        skylder: dict[str, str] = {}
        changed: dict[str, tuple[str, str] | None] = {}
        settings = False
        for n, steg in enumerate(gruppe):
            for f in steg.filer:
                settings = settings or SETTINGS_FILE in (f.gammel_sti, f.ny_sti)
                if f.ny_sti == SETTINGS_FILE and f.ny_oid is not None:
                    self._innstilling = self.versjoner.innstillinger(f.ny_oid)
                if f.gammel_sti is not None and f.gammel_sti != f.ny_sti:
                    changed[f.gammel_sti] = None
                if f.ny_sti is not None and f.ny_oid is not None:
                    changed[f.ny_sti] = (f.ny_oid, f.ny_mode)
                for key in self._berort(f.gammel_sti, f.ny_sti):
                    skylder[key] = steg.innsjekking.oid
            if self.logg is not None:
                self.logg.ta(self.trinn[at + n])
        if self._innstilling is None:
            return
        commit = gruppe[-1].innsjekking.oid if gruppe else self.punkter[-1].commit if self.punkter else None
        keys, whole = self._flytt(changed, settings, dato, skylder)
        keys |= self._historie(changed, whole=whole)
        self._vurder(dato, changed, keys, skylder, commit, whole=whole, bakover=bakover)
        self.punkter.append(Punkt(dato, commit, len(self._poster), len(self._uleselige)))

    @staticmethod
    def _berort(*stier: str | None) -> Iterator[str]:
        for sti in stier:
            key = postnokkel(sti)
            if key is not None:
                yield from ("=" + key[1], "~" + key[1])

    def _flytt(
        self,
        changed: Mapping[str, tuple[str, str] | None],
        settings: bool,
        dato: date,
        skylder: dict[str, str],
    ) -> tuple[set[str], bool]:
        """Move the register on: the keys whose answers may differ, and whether everything must be judged again."""
        fil = self._innstilling
        if fil is None:
            return set(), False
        for sti, now in changed.items():
            if now is None:
                self._filer.pop(sti, None)
            else:
                self._filer[sti] = now
        out: list[Oppforing] = []
        inn: list[Oppforing] = []
        keys: set[str] = set()
        paths = self._filer.keys() | changed.keys() if settings else changed.keys()
        self.versjoner.hent((s, self._filer[s][0]) for s in paths if s in self._filer)
        for sti in paths:
            mine = self._bytt(sti, fil, out, inn)
            keys |= mine
            blame = skylder.get(f"={_ident(sti)}")
            if blame is not None:
                skylder.update(dict.fromkeys(mine, blame))
        return keys, self._skift(out, inn, Dag(dato), fil) or settings

    def _bytt(self, sti: str, fil: Innstillingsfil, out: list[Oppforing], inn: list[Oppforing]) -> set[str]:
        """Put what a file says now in the place of what it said; the keys whose answers may differ."""
        old, lost = self._poster.pop(sti, None), self._uleselige.pop(sti, None)
        found = self._les(sti, fil)
        new = found if isinstance(found, Oppforing) else None
        if new is not None:
            self._poster[sti] = new
            inn.append(new)
        elif isinstance(found, Uleselig):
            self._uleselige[sti] = found
        if old is not None:
            out.append(old)
        if old is not None and new is not None and _samme(old, new):
            return set()
        keys = _nokler(old, new)
        for u in (lost, found):
            if isinstance(u, Uleselig):
                keys |= {"=" + normaliser(u.id), "*" + u.kind, "*id", *self._nevnt(u)}
        return keys

    def _nevnt(self, u: Uleselig) -> Iterator[str]:
        """The questions that a file nobody can read may be an answer to: it may refer to anything its text holds."""
        text = None if u.tekst is None else normaliser.__wrapped__(u.tekst)
        for key in self._leser:
            if key[0] == "<" and (text is None or key[1:] in text):
                yield key

    def _skift(self, out: list[Oppforing], inn: list[Oppforing], dag: Dag, fil: Innstillingsfil) -> bool:
        """Move the register on; True when it is built anew, so that nothing known of verdicts holds."""
        lost = list(self._uleselige.values())
        if self._register is None or self._tvillinger(inn):
            known: dict[str, Oppforing] = {}
            for sti in sorted(self._poster):
                known.setdefault(normaliser(self._poster[sti].id), self._poster[sti])
            self._register = LevendeRegister(
                known.values(), fil.innstillinger, dag, self._som_historie(), lost
            )
            self._motorer = {}
            for k in self.krav:
                motor = _Utenansvar([k], self._register)
                for cls in k.gjelder:
                    self._motorer.setdefault(cls.kind, []).append((k.nummer, motor))
            self._delt = len(known) != len(self._poster)
            return True
        if self._delt:
            self._register = None  # two files share an id: whose turn it is, is decided anew
            return self._skift(out, inn, dag, fil)
        self._register.skift(out, inn, lost, dag, fil.innstillinger)
        return False

    def _tvillinger(self, inn: list[Oppforing]) -> bool:
        """True when a record comes in under an id that another file has."""
        if self._register is None:
            return True
        for o in inn:
            there = self._register.oppforing(o.id)
            if there is not None and there.fil != o.fil and there.fil in self._poster:
                return True
        return len({normaliser(o.id) for o in inn}) != len(inn)

    def _les(self, sti: str, fil: Innstillingsfil) -> Oppforing | Uleselig | None:
        now, key = self._filer.get(sti), postnokkel(sti)
        if now is None or key is None or not _GOD.fullmatch(key[1]):
            return None
        version = self.versjoner.les(sti, now[0], fil, now[1])
        if version is None:
            return None
        if version.post is None:
            data = self.innhold(now[0])
            return Uleselig(key[0], key[1], sti, tekst_av(data) if data is not None else None)
        return Oppforing(key[0], key[1], sti, version.henvisninger, version.post, navn=version.navn)

    # --- history -----------------------------------------------------------------------------------

    def _som_historie(self) -> Historie:
        if self._innstilling is not None and self._innstilling.innstillinger.eksempel is not None:
            return EKSEMPELHISTORIE
        if self.logg is None:
            return self.historie
        return Historie(True, endringer=self._endringer, lest=self._lest)

    def _lest(self, key: str, _: tuple[FunnetEndring, ...]) -> None:
        if self._register is not None:
            self._register.spor.add("~" + normaliser(key.partition("/")[2]))

    def _historie(self, changed: Mapping[str, object], *, whole: bool) -> set[str]:
        """Bring what history shows up to date; the keys of records whose history is another."""
        if self._register is not None:
            self._register.historie = self._som_historie()
        if self.logg is None:
            return set()
        stier = self._poster if whole else {s: self._poster[s] for s in changed if s in self._poster}
        former = {_ident(s) for s in changed if s not in self._poster}
        if former and not whole:
            stier = {
                **stier,
                **{
                    s: o for s, o in self._poster.items() if any(normaliser(t) in former for t in o.tidligere)
                },
            }
        wanted = {s: o.key for s, o in stier.items()}
        found = self.logg.funn(wanted, self.historie_fra)
        keys: set[str] = set()
        for key in wanted.values():
            if self._endringer.get(key, ()) != found.get(key, ()):
                keys.add("~" + normaliser(key.partition("/")[2]))
            if key in found:
                self._endringer[key] = found[key]
            else:
                self._endringer.pop(key, None)
        return keys

    # --- verdicts ----------------------------------------------------------------------------------

    def _vurder(
        self,
        dato: date,
        changed: Iterable[str],
        keys: set[str],
        skylder: Mapping[str, str],
        commit: str | None,
        *,
        whole: bool,
        bakover: bool,
    ) -> None:
        register = self._register
        if register is None:
            return
        touched = {"/".join(key) for sti in changed if (key := postnokkel(sti)) is not None}
        lost = {f"{u.kind}/{u.id}" for u in self._uleselige.values()}
        again: set[_Par] = {par for k in keys for par in self._leser.get(k, ())}
        again |= self._forbi(dato, bakover=bakover)
        for post in sorted({*touched, *self._dom} if whole else touched):
            entry = register.oppforing(post.partition("/")[2])
            if entry is not None and entry.key == post:
                if post not in self._dom:
                    again |= self._alle_krav(post)
            elif post in self._dom and post not in lost:
                again |= self._borte(post, commit, skylder)
        if whole:
            again = {par for o in register.oppforinger() for par in self._alle_krav(o.key)}
        self._dom_alle(again, register, keys, skylder, whole=whole)

    def _dom_alle(
        self,
        again: set[_Par],
        register: LevendeRegister,
        keys: set[str],
        skylder: Mapping[str, str],
        *,
        whole: bool,
    ) -> None:
        by_post: dict[str, set[str]] = defaultdict(set)
        for post, krav in again:
            by_post[post].add(krav)
        for post in sorted(by_post):
            kind, _, ident = post.partition("/")
            entry = register.oppforing(ident)
            if entry is None or entry.key != post:
                continue
            self._dom.setdefault(post, {})
            for krav, motor in self._motorer.get(kind, ()):
                if krav in by_post[post]:
                    self.vurdert += 1
                    self._ta_imot(krav, motor.dom_post(entry.post), keys, skylder, whole=whole)

    def _alle_krav(self, post: str) -> set[_Par]:
        return {(post, krav) for krav, _ in self._motorer.get(post.partition("/")[0], ())}

    def _forbi(self, dato: date, *, bakover: bool) -> set[_Par]:
        """What the calendar has moved."""
        if bakover:
            return {
                (post, krav)
                for post, deler in self._dom.items()
                for krav, d in deler.items()
                if not d.fra <= dato <= d.til
            }
        out: set[_Par] = set()
        while self._koe and self._koe[0][0] < dato:
            til, par = heapq.heappop(self._koe)
            mine = self._dom.get(par[0], {}).get(par[1])
            if mine is not None and mine.til == til:
                out.add(par)
        return out

    def _borte(self, post: str, commit: str | None, skylder: Mapping[str, str]) -> set[_Par]:
        """A record that is gone: its breaches go on under its new id, or end with it. What to judge again."""
        deler = self._dom.pop(post)
        for krav, d in deler.items():
            for k in d.spor:
                self._leser[k].discard((post, krav))
        kind, _, ident = post.partition("/")
        wanted = normaliser(ident)
        heir = next(
            (
                o.key
                for o in self._poster.values()
                if o.kind == kind and any(normaliser(t) == wanted for t in o.tidligere)
            ),
            None,
        )
        if heir is not None and heir not in self._dom:
            self._dom[heir] = {krav: _Del(d.forlop) for krav, d in deler.items()}
            for d in deler.values():
                if d.forlop is not None:
                    d.forlop.post = heir
            return self._alle_krav(heir)
        for d in deler.values():
            if d.forlop is not None:
                d.forlop.til, d.forlop.slutt = len(self.punkter), "slettet"
                d.forlop.til_commit = skylder.get(f"={wanted}", commit)
        return set()

    def _ta_imot(
        self, krav: str, result: Postdom, keys: set[str], skylder: Mapping[str, str], *, whole: bool
    ) -> None:
        deler, nr = self._dom[result.post], len(self.punkter)
        before = deler.get(krav) or _Del(None)
        broken = before.forlop
        verdict = result.dommer[0] if result.dommer else None
        outcome = verdict.utfall if verdict is not None else Outcome.IKKE_AKTUELT
        if outcome is Outcome.BRUDD and verdict is not None:
            if broken is None:
                blame = self._skyld(result, before, keys, skylder, whole=whole)
                broken = Forlop(krav, result.post, verdict.enhet, nr, blame)
                self.forlop.append(broken)
            broken.enhet = verdict.enhet
        elif broken is not None and outcome is not Outcome.IKKE_AVGJORT:
            broken.til, broken.slutt = nr, outcome.value
            broken.til_commit = self._skyld(result, before, keys, skylder, whole=whole)
            broken = None
        par = (result.post, krav)
        for k in before.spor - result.spor:
            self._leser[k].discard(par)
        for k in result.spor - before.spor:
            self._leser[k].add(par)
        deler[krav] = _Del(broken, result.spor, result.fra, result.til)
        if result.til != date.max:
            heapq.heappush(self._koe, (result.til, par))

    @staticmethod
    def _skyld(
        result: Postdom, before: _Del, keys: set[str], skylder: Mapping[str, str], *, whole: bool
    ) -> str | None:
        """The commit to name for a change of verdict: of the record itself first, else of what it read."""
        own = skylder.get("=" + normaliser(result.post.partition("/")[2]))
        if own is not None:
            return own
        found = [
            skylder[k] for k in sorted(result.spor | before.spor) if k in skylder and (whole or k in keys)
        ]
        return found[-1] if found else None


def _ident(sti: str) -> str:
    key = postnokkel(sti)
    return key[1] if key is not None else ""


def _samme(old: Oppforing, new: Oppforing) -> bool:
    """True when two versions differ at most in the free text that no rule reads."""
    if old.henvisninger != new.henvisninger:
        return False
    return old.post == new.post or old.post.model_copy(update={"merknad": new.post.merknad}) == new.post


def _nokler(old: Oppforing | None, new: Oppforing | None) -> set[str]:
    """The keys whose answers differ when one record takes another's place."""
    keys: set[str] = set()
    for o in (old, new):
        if o is not None:
            keys |= {"=" + normaliser(o.id), "*" + o.kind}
            if old is None or new is None:
                keys.add("*id")
    mine = {(h.felt, normaliser(h.til)) for h in (new.henvisninger if new is not None else ())}
    theirs = {(h.felt, normaliser(h.til)) for h in (old.henvisninger if old is not None else ())}
    return keys | {"<" + til for _, til in mine ^ theirs}
