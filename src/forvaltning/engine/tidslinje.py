"""The registry judged through time: a commit costs what it changed.

The records stand in one register that is moved from point to point. A verdict is worked out again when something it
read has changed or the calendar has passed the dates it holds between; nothing else is. What comes out are courses:
a requirement broken for a record, from a point to a point, and what began and ended it.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from forvaltning.engine.forlop import Forlop, Maal, Punkt
from forvaltning.engine.tidsregister import Endret, Tidsregister
from forvaltning.engine.tidsverdier import UKJENT, Par, Siste, Skyld, endret, ident, skyld
from forvaltning.engine.utfall import Utfall, Utfallsdommer
from forvaltning.findings import Outcome
from forvaltning.git.historikk import Steg
from forvaltning.history.endringslogg import Logg, Trinn
from forvaltning.history.versjoner import SETTINGS_FILE, Versjoner, postnokkel
from forvaltning.krav.typer import Krav
from forvaltning.model.dag import Dag
from forvaltning.model.historie import EKSEMPELHISTORIE, FunnetEndring, Historie
from forvaltning.model.viser import normaliser
from forvaltning.source.samler import paused_gc


@dataclass(slots=True)
class Tidslinje:
    """Goes through the steps (oldest first). `trinn`: the same steps for the log of changes, when there is one.

    `logg`: the log of changes, None when `historie` is all there is to say. `fyll`: told of the steps of a point
    before the log takes them.
    """

    versjoner: Versjoner
    krav: Sequence[Krav]
    logg: Logg | None
    historie: Historie
    innhold: Callable[[str], bytes | None]
    fyll: Callable[[Sequence[Trinn]], None] = lambda _: None
    punkter: list[Punkt] = field(default_factory=list)
    forlop: list[Forlop] = field(default_factory=list)
    vurdert: int = 0
    """How many times a requirement was judged for a record."""
    tid: Tidsregister = field(init=False)
    dom: dict[str, dict[str, Siste]] = field(default_factory=dict)
    endringer: dict[str, tuple[FunnetEndring, ...]] = field(default_factory=dict)
    _dommere: dict[str, dict[str, Utfallsdommer]] = field(default_factory=dict)
    """Kind → each requirement about it, judged alone: so that only what it read makes it be judged again."""
    _leser: dict[str, set[Par]] = field(default_factory=dict)
    _utlop: dict[date, list[Par]] = field(default_factory=dict)
    """The last date that verdicts hold on → which they are."""
    _datoer: list[date] = field(default_factory=list)
    """Those dates, as a heap."""
    _endte: dict[Par, Forlop] = field(default_factory=dict)
    """The courses that ended on the way to this point, before all of it was looked at."""

    def __post_init__(self) -> None:
        self.tid = Tidsregister(self.versjoner, self.innhold, self._som_historie)

    def kjor(self, mal: Iterable[Maal], steg: Sequence[Steg], trinn: Sequence[Trinn], fra: int = 0) -> None:
        """Judge at every point, in order. `fra`: how many steps were gone through before the first of `steg`."""
        at = fra
        before = self.punkter[-1].dato if self.punkter else date.min
        with paused_gc():
            for m in mal:
                part = slice(at - fra, m.antall - fra)
                self._til(m.dato, steg[part], trinn[part], bakover=m.dato < before)
                at, before = m.antall, m.dato

    # --- one point ---------------------------------------------------------------------------------

    def _til(self, dato: date, gruppe: Sequence[Steg], trinn: Sequence[Trinn], *, bakover: bool) -> None:
        changed, skylder = endret(gruppe, self.versjoner.like)
        if SETTINGS_FILE in changed:
            settings = changed[SETTINGS_FILE]
            self.tid.innstill(settings[0] if settings is not None else None)
        self._endte.clear()
        if gruppe and self.punkter and self.punkter[-1].dato != dato:
            self._kalenderen(dato, changed, bakover=bakover)

        def ved(sti: str, keys: set[str]) -> None:
            blame = skylder.get(f"={ident(sti)}")
            if blame is not None:
                skylder.update((k, max(blame, skylder.get(k, blame))) for k in keys)

        commit = gruppe[-1].innsjekking.oid if gruppe else self.punkter[-1].commit if self.punkter else None
        keys, whole = self.tid.flytt(changed, Dag(dato), ved)
        self.versjoner.slipp()
        if self.logg is not None:
            self.fyll(trinn)
            for t in trinn:
                self.logg.ta(t)
        register = self.tid.register
        if register is None:
            return
        if whole:
            self._ta_plass()
        remembered = self._historie(changed, whole=whole)
        register.glem(remembered)
        keys |= remembered
        self._vurder(dato, changed, keys, skylder, commit, whole=whole, bakover=bakover)
        lost = len(self.tid.uleselige) + self.tid.uleste_innstillinger
        self.punkter.append(Punkt(dato, commit, len(self.tid.poster), lost))

    def _kalenderen(self, dato: date, changed: Endret, *, bakover: bool) -> None:
        """Let the day move before the files do: what it does is no commit's to answer for.

        A record that is gone, or can not be read, when the files have moved is not judged on its last day.
        """
        gone = self.tid.blir_borte(changed)
        self.tid.til_dag(Dag(dato))
        ended = (par for par in self._forbi(dato, bakover=bakover) if par[0] not in gone)
        self._dom_alle(self._etter_post(ended), set(), {}, whole=False)

    def _ta_plass(self) -> None:
        """Let the requirements judge the register that is there now."""
        register = self.tid.register
        self._dommere = {}
        if register is None:
            return
        for k in self.krav:
            for cls in k.gjelder:
                judge = Utfallsdommer(k, cls, register)
                self._dommere.setdefault(cls.kind, {})[k.nummer] = judge

    # --- history -----------------------------------------------------------------------------------

    def _som_historie(self) -> Historie:
        settings = self.tid.innstilling
        if settings is not None and settings.innstillinger.eksempel is not None:
            return EKSEMPELHISTORIE
        if self.logg is None:
            return self.historie
        return Historie(True, endringer=self.endringer, lest=self._lest)

    def _lest(self, key: str, _: tuple[FunnetEndring, ...]) -> None:
        if self.tid.register is not None:
            self.tid.register.spor.add("~" + normaliser(key.partition("/")[2]))

    def _historie(self, changed: Iterable[str], *, whole: bool) -> set[str]:
        """Bring what history shows up to date; the keys of records whose history is another."""
        register, poster = self.tid.register, self.tid.poster
        if register is not None:
            register.historie = self._som_historie()
        if self.logg is None or register is None:
            return set()
        stier = set(poster) if whole else {s for s in changed if s in poster}
        if not whole:
            for s in changed:
                if s not in poster:
                    stier |= {o.fil for o in register.het(ident(s)) if o.fil in poster}
        wanted = {s: poster[s].key for s in stier}
        settings = self.tid.innstilling
        found = self.logg.funn(wanted, settings.innstillinger.historie_fra if settings is not None else None)
        keys: set[str] = set()
        for key in wanted.values():
            if self.endringer.get(key, ()) != found.get(key, ()):
                keys.add("~" + normaliser(key.partition("/")[2]))
            if key in found:
                self.endringer[key] = found[key]
            else:
                self.endringer.pop(key, None)
        return keys

    # --- verdicts ----------------------------------------------------------------------------------

    def _vurder(
        self,
        dato: date,
        changed: Iterable[str],
        keys: set[str],
        skylder: Mapping[str, Skyld],
        commit: str | None,
        *,
        whole: bool,
        bakover: bool,
    ) -> None:
        register = self.tid.register
        if register is None:
            return
        touched = {"/".join(key) for sti in changed if (key := postnokkel(sti)) is not None}
        lost = {f"{u.kind}/{u.id}" for u in self.tid.uleselige.values()}
        again: dict[str, Set[str]] = {}
        for post in sorted({*touched, *self.dom} if whole else touched):
            entry = register.oppforing(post.partition("/")[2])
            if entry is not None and entry.key == post:
                if post not in self.dom:
                    again[post] = self._alle_krav(post)
            elif post in self.dom and post not in lost:
                heir = self._borte(post, commit, skylder)
                if heir is not None:
                    again[heir] = self._alle_krav(heir)
        if whole:
            again = {o.key: self._alle_krav(o.key) for o in register.oppforinger()}
        else:
            read = {par for k in keys for par in self._leser.get(k, ())}
            again = {**self._etter_post(read | self._forbi(dato, bakover=bakover)), **again}
        self._dom_alle(again, keys, skylder, whole=whole)

    def _dom_alle(
        self, again: Mapping[str, Set[str]], keys: set[str], skylder: Mapping[str, Skyld], *, whole: bool
    ) -> None:
        """Judge some requirements again. `again`: ``kind/id`` → numbers."""
        register = self.tid.register
        for post in sorted(post for post, numbers in again.items() if numbers):
            kind, _, ident = post.partition("/")
            entry = register.oppforing(ident) if register is not None else None
            if entry is None or entry.key != post:
                continue
            self.dom.setdefault(post, {})
            judges, numbers, record = self._dommere[kind], again[post], entry.post
            self.vurdert += len(numbers)
            for krav in sorted(numbers):
                self._ta_imot(post, krav, judges[krav].dom(record), keys, skylder, whole=whole)

    @staticmethod
    def _etter_post(par: Iterable[Par]) -> dict[str, set[str]]:
        out: dict[str, set[str]] = defaultdict(set)
        for post, krav in par:
            out[post].add(krav)
        return out

    def _alle_krav(self, post: str) -> Set[str]:
        return self._dommere.get(post.partition("/")[0], {}).keys()

    def _forbi(self, dato: date, *, bakover: bool) -> set[Par]:
        """What the calendar has moved."""
        if bakover:
            return {
                (post, krav)
                for post, deler in self.dom.items()
                for krav, d in deler.items()
                if not d.fra <= dato <= d.til
            }
        out: set[Par] = set()
        while self._datoer and self._datoer[0] < dato:
            til = heapq.heappop(self._datoer)
            for par in self._utlop.pop(til):
                mine = self.dom.get(par[0], {}).get(par[1])
                if mine is not None and mine.til == til:
                    mine.til = date.min  # it is asked for no more, also if the record can not be judged now
                    out.add(par)
        return out

    def _borte(self, post: str, commit: str | None, skylder: Mapping[str, Skyld]) -> str | None:
        """A record that is gone: its breaches go on under its new id, which is the answer, or end with it."""
        deler = self.dom.pop(post)
        for krav, d in deler.items():
            for k in d.spor:
                self._leser[k].discard((post, krav))
        kind, _, ident = post.partition("/")
        wanted = normaliser(ident)
        register = self.tid.register
        named = register.het(wanted) if register is not None else []
        heir = next((o.key for o in named if o.kind == kind), None)
        if heir is not None and heir not in self.dom:
            self.dom[heir] = {krav: Siste(d.forlop) for krav, d in deler.items()}
            for d in deler.values():
                if d.forlop is not None:
                    d.forlop.post = heir
            return heir
        for d in deler.values():
            if d.forlop is not None:
                blame = skylder.get(f"={wanted}")
                self._avslutt(d.forlop, "slettet", blame[1] if blame is not None else commit)
        return None

    def _vend(self, par: Par, found: Utfall, broken: Forlop | None, commit: str | None) -> Forlop | None:
        """A breach that begins or ends at this point; one that the calendar alone would have ended here goes on."""
        if broken is not None:
            self._avslutt(broken, found.utfall.value, commit)
            return None
        course = self._gjenapne(par)
        if course is None:
            course = Forlop(par[1], par[0], found.enhet, len(self.punkter), commit)
            self.forlop.append(course)
        return course

    def _uvisst(self, par: Par, broken: Forlop | None) -> Forlop | None:
        """What is undecided neither begins a breach nor ends one, whatever the calendar alone would have done."""
        if broken is None:
            return self._gjenapne(par)
        if broken.fra == len(self.punkter):
            self._avslutt(broken, "", None)
            return None
        return broken

    def _gjenapne(self, par: Par) -> Forlop | None:
        """The breach that the calendar alone would have ended at this point, going on."""
        course = self._endte.pop(par, None)
        if course is not None:
            course.til, course.til_commit, course.slutt = None, None, ""
        return course

    def _avslutt(self, course: Forlop, slutt: str, commit: str | None) -> None:
        """A breach that ends at this point; one that the calendar alone would have begun here never was."""
        nr = len(self.punkter)
        if course.fra == nr:
            self.forlop = [f for f in self.forlop if f is not course]
            return
        course.til, course.slutt, course.til_commit = nr, slutt, commit
        self._endte[course.post, course.krav] = course

    def _ta_imot(
        self,
        post: str,
        krav: str,
        found: Utfall,
        keys: set[str],
        skylder: Mapping[str, Skyld],
        *,
        whole: bool,
    ) -> None:
        deler = self.dom[post]
        before = deler.get(krav) or UKJENT
        par, broken = (post, krav), before.forlop
        if found.utfall is Outcome.IKKE_AVGJORT:
            broken = self._uvisst(par, broken)
        elif (found.utfall is Outcome.BRUDD) != (broken is not None):
            blame = skyld(post, found, before, keys, skylder, whole=whole)
            broken = self._vend(par, found, broken, blame)
        if broken is not None and found.utfall is Outcome.BRUDD:
            broken.enhet = found.enhet
        if not before.spor:
            self._les_av(par, found.spor)
        elif found.spor != before.spor:
            for k in before.spor - found.spor:
                self._leser[k].discard(par)
            self._les_av(par, found.spor - before.spor)
        elif found.til == before.til:  # it stands where it will be asked for
            before.forlop, before.fra = broken, found.fra
            return
        self.sett(par, Siste(broken, found.spor, found.fra, found.til))

    def _les_av(self, par: Par, keys: Iterable[str]) -> None:
        for k in keys:
            readers = self._leser.get(k)
            if readers is None:
                self._leser[k] = {par}
            else:
                readers.add(par)

    def sett(self, par: Par, d: Siste) -> None:
        """Keep what was found for one requirement and one record."""
        self.dom.setdefault(par[0], {})[par[1]] = d
        til = d.til
        if til != date.max:
            ending = self._utlop.get(til)
            if ending is None:
                self._utlop[til] = [par]
                heapq.heappush(self._datoer, til)
            else:
                ending.append(par)

    def gjenoppta(self) -> None:
        """Be ready to go on from what an earlier run left in `tid`, `dom` and `endringer`."""
        for post, deler in self.dom.items():
            for krav, d in deler.items():
                self._les_av((post, krav), d.spor)
        self._ta_plass()
