"""Everything around a system that runs out, and what to do first: what the views of systems and owners share.

The dates are those of `engine.frister_felt` and of the verdicts, so that a card says what `due` and `todo` say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import nokkel
from forvaltning.documents.rapporter import felles
from forvaltning.engine.frister_felt import SAMLERE
from forvaltning.findings import FindingKind, Outcome, Responsible, Verdict
from forvaltning.krav.katalog import ETTER_NUMMER
from forvaltning.model.base import Post
from forvaltning.model.hendelser import Avvik
from forvaltning.model.rolle import Rolle
from forvaltning.model.system import System

_LOV, _UTLOPT, _FEIL, _MANGLER, _UAVKLART, _FRIST = range(6)


class Frist(NamedTuple):
    """One date: the last good day, what runs out, what to do, who sees to it. `krav`: the deadline of a requirement."""

    dato: date
    hva: str
    tiltak: str
    ansvarlig: str
    krav: str = ""


class Gjoremal(NamedTuple):
    """One thing to do for a system; `utfall` and `krav` are empty for a date that no requirement asks about."""

    system: System
    utfall: str | None
    krav: str
    hva: str
    tiltak: str
    frist: date | None
    ansvarlig: str


def for_system(g: Grunnlag, system: System, ros_i_kraft: frozenset[str]) -> list[Frist]:
    """The dates of a system, its roles, agreements, flows, ROS measures, deviations and requirements, soonest first.

    `ros_i_kraft`: ids of the ROS in force. The measures of others are not followed.
    """
    alle = [*_datoer(g, system, ros_i_kraft), *_krav(g, system)]
    return sorted(alle, key=lambda f: (f.dato, nokkel(f.hva)))


def neste(g: Grunnlag, frister: Iterable[Frist]) -> date | None:
    """The first date that has not passed, of every kind; what has passed is told as overdue."""
    return min((f.dato for f in frister if f.dato >= g.dato), default=None)


def _datoer(g: Grunnlag, system: System, ros_i_kraft: frozenset[str]) -> Iterator[Frist]:
    r = g.register
    roller_ = dict.fromkeys((system.systemeier, system.systemkoordinator, *system.behandlingsansvarlige))
    rundt: list[Post] = [
        system,
        *r.hent_alle([i for i in roller_ if i], Rolle),
        *r.avtaler_for(system),
        *r.integrasjoner_for(system),
        *(x for x in r.ros_for(system) if x.id in ros_i_kraft),
        *avvik_for(g, system),
    ]
    for p in rundt:
        for f in SAMLERE[type(p)](p, r):
            hva = f.hva if p is system else f"{f.hva}: {g.navn(p.id)}"
            yield Frist(f.dato, hva, f.tiltak, _hvem(g, system, p, f.ansvarlig))


def _hvem(g: Grunnlag, system: System, p: Post, svarer: Sequence[Responsible]) -> str:
    """The first role that answers; a deviation is answered for by those who answer for its requirement."""
    if isinstance(p, Avvik):
        dom = g.dom(system, p.krav)
        return roller(g, dom.ansvarlig) if dom is not None else "ingen er utpekt"
    return felles.rolle(g, svarer[0].post) if svarer else "ingen er utpekt"


def _krav(g: Grunnlag, system: System) -> Iterator[Frist]:
    """The deadlines of the verdicts; those that a deviation sets are told by the deviation."""
    for v in g.dommer_for(system):
        if v.frist is not None and v.utfall not in (Outcome.IKKE_AKTUELT, Outcome.AVVIK):
            hva = f"Krav {v.krav}: {felles.krav(v.krav)}"
            yield Frist(v.frist, hva, "Forny før fristen.", roller(g, v.ansvarlig), v.krav)


def avvik_for(g: Grunnlag, system: System) -> list[Avvik]:
    """The deviations that name a system, in Norwegian order."""
    return g.sortert(g.register.viser_til(system, Avvik, "gjelder"))


def gjoremal(g: Grunnlag, systemer: Sequence[System], frister: Sequence[Sequence[Frist]]) -> list[Gjoremal]:
    """What to do for these systems, worst first.

    Breaches of law, what is past its date, what is wrong, what is missing, what is open; then what runs out within
    the window, soonest first. Among equals the most critical system comes first.
    `frister`: those of each system, as `for_system` gives them.
    """
    vindu = g.hode.varslingsvindu_dager
    out: list[tuple[tuple[int, date, int, str], Gjoremal]] = []
    for s, datert in zip(systemer, frister, strict=True):
        rang = -felles.rang(g, s.key)
        for sak in felles.saker(g.dommer_for(s)):
            v = sak.dom
            ledd = _ledd(v, sak)
            dag = (v.frist or date.max) if ledd == _FRIST else (sak.frist or date.max)
            gjor = Gjoremal(s, v.utfall.value, v.krav, sak.hva, sak.tiltak, sak.frist, roller(g, v.ansvarlig))
            out.append(((ledd, dag, rang, v.krav), gjor))
        for f in datert:
            if not f.krav and felles.dager(g, f.dato) <= vindu:
                gjor = Gjoremal(s, None, "", f.hva, f.tiltak, f.dato, f.ansvarlig)
                ledd = _UTLOPT if felles.dager(g, f.dato) < 0 else _FRIST
                out.append(((ledd, f.dato, rang, f.hva), gjor))
    return [x for _, x in sorted(out, key=lambda p: (p[0], p[1].system.id))]


def _ledd(v: Verdict, sak: felles.Sak) -> int:
    """Where one thing stands in the order of `gjoremal`."""
    if v.utfall is Outcome.SNART:
        return _FRIST
    if sak.art is None:
        return _UAVKLART
    krav = ETTER_NUMMER.get(v.krav)
    if krav is not None and krav.lov:
        return _LOV
    return {FindingKind.UTLOPT: _UTLOPT, FindingKind.FEIL: _FEIL}.get(sak.art, _MANGLER)


def roller(g: Grunnlag, ansvarlig: Iterable[Responsible]) -> str:
    """The role types that answer, in words, each once."""
    return ", ".join(dict.fromkeys(g.rolletittel(a.rolle) for a in ansvarlig)) or "ingen er utpekt"
