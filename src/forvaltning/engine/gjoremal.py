"""What to do: tasks made from verdicts, problems and deadlines, worst and soonest first. Nothing is judged again.

The only rule that runs is the one that words a coming deadline: the verdict is asked what it would say on the day
after, so that the task names the same field and the same remedy as the check will.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum

from forvaltning.engine.frister import Frist
from forvaltning.engine.levende import LevendeRegister
from forvaltning.engine.run import Motor
from forvaltning.findings import (
    FieldPath,
    Finding,
    FindingKind,
    Outcome,
    Place,
    Position,
    Problem,
    Responsible,
    Severity,
    Verdict,
)
from forvaltning.krav.katalog import ALLE, ETTER_NUMMER
from forvaltning.model.dag import Dag
from forvaltning.model.register import Register

MEST = 1000
"""Coming deadlines that are worded; those further ahead keep a general remedy."""


class Rang(IntEnum):
    """Worst first. The words for people stand with those who write them."""

    LOV = 0
    FORFALT = 1
    BRUDD = 2
    FIL = 3
    FRIST = 4
    UAVKLART = 5
    AVVIK = 6
    RYDD = 7


@dataclass(frozen=True, slots=True)
class Gjoremal:
    """One thing to do on one record, for one or more requirements."""

    rang: Rang
    post: str
    """Key of the record that is judged; the file for a problem without a record."""
    hva: str
    """What is wrong, or what runs out."""
    tiltak: str
    """How to mend it."""
    sted: Place
    """Where to write it."""
    krav: tuple[str, ...] = ()
    dato: date | None = None
    """By when; None when it should have been done already."""
    ansvarlig: tuple[Responsible, ...] = ()
    enhet: str | None = None
    avvik: str | None = None
    merke: str = ""
    """Stable name of the rule or condition."""
    antall: int = 1
    """How many identical ones this stands for."""
    posisjon: Position | None = None
    """Where in the file, when it is known without looking (a file that can not be read)."""
    ogsa: tuple[str, ...] = ()
    """Keys of the other records that the same thing is done for (one ROS that covers several systems)."""


def gjoremal(
    dommer: Sequence[Verdict], problemer: Iterable[Problem], frister: Iterable[Frist], dag: date
) -> list[Gjoremal]:
    """Every task. `frister`: those within the time asked for, worded (`ordlagt`)."""
    out: list[Gjoremal] = []
    told: set[tuple[str, FieldPath]] = set()
    for v in dommer:
        out += _fra_dom(v)
        told.update((f.place.post, f.place.path) for f in v.funn)
    for f in frister:
        task = _fra_frist(f, dag)
        if task.rang is Rang.FORFALT and (not f.felt or (task.sted.post, task.sted.path) in told):
            continue  # its finding has told, or a deviation covers it
        out.append(task)
    out += [_fra_problem(p) for p in problemer if not _er_avviksfrist(p, out)]
    return sorted(_samlet(out), key=rekkefolge)


def rekkefolge(g: Gjoremal) -> tuple[object, ...]:
    """Worst first, then soonest, then by record and requirement."""
    return (g.rang, g.dato or date.min, g.post, [_nummer(k) for k in g.krav], str(g.sted.path), g.tiltak)


def _nummer(krav: str) -> tuple[int, ...]:
    return tuple(int(n) for n in krav.split("."))


def _fra_dom(v: Verdict) -> Iterator[Gjoremal]:
    krav = ETTER_NUMMER.get(v.krav)
    law = krav is not None and krav.lov
    if v.utfall is not Outcome.IKKE_AKTUELT and (v.begrunnelse or v.utfall is Outcome.IKKE_AVGJORT):
        yield Gjoremal(
            Rang.UAVKLART,
            v.post,
            v.begrunnelse or "Ingen grunn er oppgitt.",
            "Finn ut det som mangler, og kjør kommandoen på nytt.",
            Place(v.post),
            (v.krav,),
            ansvarlig=v.ansvarlig,
            enhet=v.enhet,
            merke="ikke-avgjort",
        )
    if v.utfall is not Outcome.BRUDD:
        return
    for f in v.funn:
        if f.avvik is not None and not v.lovbrudd:
            continue
        rang = Rang.LOV if law else Rang.FORFALT if f.art is FindingKind.UTLOPT else Rang.BRUDD
        yield Gjoremal(
            rang, v.post, f.melding, f.tiltak, f.place, (v.krav,), f.dato, v.ansvarlig, v.enhet, f.avvik, f.vilkar
        )  # fmt: skip


def _fra_frist(f: Frist, dag: date) -> Gjoremal:
    rang = Rang.FORFALT if f.dato < dag else Rang.AVVIK if f.avvik else Rang.FRIST
    where = f.sted or Place(f.post, f.path)
    krav = (f.krav,) if f.krav else ()
    return Gjoremal(
        rang, f.post, f.hva, f.tiltak, where, krav, f.dato, f.ansvarlig, f.enhet, f.avvik, "frist"
    )  # fmt: skip


def _fra_problem(p: Problem) -> Gjoremal:
    rang = Rang.FIL if p.alvor is Severity.FEIL else Rang.RYDD
    post = p.post or p.fil.removesuffix(".yaml")
    place = Place(p.fil.removesuffix(".yaml"), p.path)
    return Gjoremal(rang, post, p.melding, p.tiltak, place, merke=p.regel, posisjon=p.position)


def _er_avviksfrist(p: Problem, gjort: Sequence[Gjoremal]) -> bool:
    """True for the problem that a deviation has run out, when its own date has told already."""
    return p.regel == "avvik.utlopt" and any(
        g.avvik is not None and f"avvik/{g.avvik}" == p.post and g.rang is Rang.FORFALT for g in gjort
    )


def _samlet(alle: Iterable[Gjoremal]) -> Iterator[Gjoremal]:
    """Tasks with the same place, remedy, rank and date on one record as one, with all their requirements."""
    groups: dict[tuple[object, ...], list[Gjoremal]] = defaultdict(list)
    for g in alle:
        what = "" if g.merke == "frist" else g.tiltak  # one date in one place is one thing to do
        groups[g.rang, g.sted.post, g.sted.path, what, g.dato, g.avvik].append(g)
    for same in groups.values():
        first = min(same, key=lambda g: (not g.krav, g.post, [_nummer(k) for k in g.krav]))
        krav = sorted({k for g in same for k in g.krav}, key=_nummer)
        who = dict.fromkeys(a for g in same for a in g.ansvarlig)
        others = sorted({g.post for g in same} - {first.post})
        yield replace(
            first,
            krav=tuple(krav),
            ansvarlig=tuple(who),
            antall=len(same),
            hva=_setninger(g.hva for g in same),
            ogsa=tuple(others),
        )


def _setninger(alle: Iterable[str]) -> str:
    """What the tasks say as sentences after one another, at most three; what another of them says too, once."""
    words = list(dict.fromkeys(alle))
    kept = [w for w in words if not any(w != other and w in other for other in words)][:3]
    return kept[0] if len(kept) == 1 else " ".join(w if w.endswith(".") else f"{w}." for w in kept)


# --- how a coming deadline is worded ---------------------------------------------------------------------


def ordlagt(
    register: Register, frister: Sequence[Frist], dommer: Sequence[Verdict], dag: date
) -> list[Frist]:
    """The same deadlines, those of verdicts worded as the check would word them on the day after each.

    The nearest `MEST` are worded; more would cost as much as judging the whole registry anew.
    """
    known = {(v.krav, v.post): frozenset(f.fingeravtrykk for f in v.funn) for v in dommer}
    coming = [f for f in frister if f.krav and not f.felt and f.dato >= dag and f.dato < date.max]
    if not coming:
        return list(frister)
    coming = sorted(coming, key=lambda f: f.dato)[:MEST]
    ahead = LevendeRegister(
        register.oppforinger(), register.innstillinger, Dag(dag), register.historie, register.uleselige()
    )
    said: dict[tuple[str, str], Finding] = {}
    by_day: dict[date, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for f in coming:
        by_day[f.dato][f.post].add(f.krav or "")
    for last in sorted(by_day):
        ahead.skift((), (), register.uleselige(), Dag(last + timedelta(days=1)), register.innstillinger)
        for key, krav in sorted(by_day[last].items()):
            said.update(_sagt(ahead, key, krav, last, known))
    return [_med_ord(f, said.get((f.krav or "", f.post))) for f in frister]


def _sagt(
    ahead: Register, key: str, krav: set[str], last: date, known: Mapping[tuple[str, str], frozenset[str]]
) -> Iterator[tuple[tuple[str, str], Finding]]:
    entry = ahead.oppforing(key.partition("/")[2])
    if entry is None:
        return
    motor = Motor([k for k in ALLE if k.nummer in krav], ahead)
    for v in motor.dom_post(entry.post).dommer:
        before = known.get((v.krav, key), frozenset())
        new = [f for f in v.funn if f.fingeravtrykk not in before]
        exact = [f for f in new if f.dato == last] or new
        if exact:
            yield (v.krav, key), exact[0]


def _med_ord(f: Frist, funn: Finding | None) -> Frist:
    return f if funn is None else replace(f, tiltak=funn.tiltak, sted=funn.place)
