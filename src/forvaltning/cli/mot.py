"""`check --against`: the state before a change, judged on the same date, and what the change does.

Only what the change touches is judged in the older state. What it does not touch is the same in both.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from forvaltning.cli import historie, kontroll
from forvaltning.cli.andre import les_andre
from forvaltning.cli.delvis import hengende_etter, kretser_etter
from forvaltning.cli.kontroll import Kontroll
from forvaltning.cli.mot_lager import fra_tekst, til_tekst
from forvaltning.cli.mot_nokkel import nokkel, uleste_id
from forvaltning.cli.okt import MAPPER, SETTINGS_FILE, Okt
from forvaltning.cli.vurdering import KjenteProblemer, i_rekkefolge
from forvaltning.findings import Problem, Verdict
from forvaltning.git.base import Base, IngenBase
from forvaltning.git.objekter import prefiks
from forvaltning.source.kilde import Revisjon

if TYPE_CHECKING:
    from forvaltning.engine.sammenligning import Sammenligning
    from forvaltning.engine.virkning import Virkning
    from forvaltning.source.fakta import Fakta
    from forvaltning.source.kjente import Indeks


@dataclass(slots=True)
class Mot:
    """A change held against its base."""

    base: Base
    sammenligning: Sammenligning
    virkning: Virkning


def okt_ved(okt: Okt, commit: str) -> Okt:
    """The registry of a session as it was at a commit, on the same check date; the work tree is not touched."""
    tre = okt.arbeidstre
    if tre is None:
        raise IngenBase("Registeret ligger ikke i et Git-arkiv.", "Kjør «git init».")
    out = Okt(okt.rot, okt.dato, bruk_lager=False)
    out.kilde = Revisjon(tre, commit, prefiks(tre, okt.rot), MAPPER)
    out.ved = commit
    return out


def sammenlign_med(okt: Okt, base: Base) -> Mot:
    """Compare the work tree with a base.

    Raises `IngenBase` when the registry was not there, `UgyldigInnstilling` when settings can not be used.
    """
    head = okt.kontroll
    key = nokkel(okt, base) if not head.svikt else None
    kept = _husket(okt, key)
    if kept is not None:
        return Mot(base, *kept)
    if okt.fra_lager:
        okt.bruk_lagrede_fakta()
    old = okt_ved(okt, base.commit)
    try:
        mot = _sammenlign(okt, old, base, head)
    finally:
        if isinstance(old.kilde, Revisjon):
            old.kilde.lukk()
    if key is not None and okt.lager is not None:
        with suppress(sqlite3.Error), okt.lager.endring():
            okt.lager.sett_meta("mot", key + "\n" + til_tekst(mot.sammenligning, mot.virkning))
    return mot


def _husket(okt: Okt, key: str | None) -> tuple[Sammenligning, Virkning] | None:
    if key is None or okt.lager is None:
        return None
    try:
        known, _, text = (okt.lager.meta("mot") or "").partition("\n")
        return fra_tekst(text, okt.kontroll.synlige) if known == key else None
    except (sqlite3.Error, ValueError, KeyError, TypeError, IndexError, StopIteration):
        return None


def _med_innstillinger(okt: Okt, old: Okt, base: Base) -> Base:
    """Judge a base whose settings can not be used by those of the change, and say so: a repair must get through."""
    from forvaltning.source.load import UgyldigInnstilling

    if SETTINGS_FILE not in old.filer_sti():
        return base
    try:
        _ = old.innstillinger
    except UgyldigInnstilling:
        old.__dict__["innstillingsfil"] = okt.innstillingsfil
        return Base(base.commit, f"{base.kilde}; innstillingene der kan ikke leses, så dagens er brukt")
    return base


def _sammenlign(okt: Okt, old: Okt, base: Base, head: Kontroll) -> Mot:
    from forvaltning.cli.mot_id import idproblemer
    from forvaltning.engine.endringsregler import endringsproblemer
    from forvaltning.engine.sammenligning import omdopte, sammenlign
    from forvaltning.engine.tvillinger import skilt
    from forvaltning.engine.virkning import Virkning, foreldede, kravendringer, postendringer
    from forvaltning.engine.virkning_innstillinger import innstillingsendring

    base = _med_innstillinger(okt, old, base)
    les_andre(old)
    shared = _felles(okt, old)
    if SETTINGS_FILE not in old.filer_sti():
        raise IngenBase(
            f"Registeret fantes ikke ved {base.commit[:12]}.",
            "Velg en nyere revisjon med --against, eller utelat den.",
        )
    known = _bruk_felles(okt, old, shared, lagret=not head.svikt)
    navn = omdopte(old.register, okt.register)
    touched = _berorte(okt, old, shared, known)
    before, after = _dommer(old, touched), _dommer(okt, touched)
    rest = [v for v in head.synlige if touched is not None and v.post not in touched]
    base_visible = i_rekkefolge(rest + kontroll.synlige(before))
    base_problems = _gamle_problemer(old, head, known, base_visible)
    keys = _nokler(shared.endret)
    new_problems = [*head.problemer, *endringsproblemer(old.register, okt.register, navn, keys)]
    new_problems += idproblemer(okt, old, base.commit, keys, navn)
    seen = i_rekkefolge(rest + kontroll.synlige(after))
    comparison = sammenlign(base_visible, seen, base_problems, skilt(new_problems), navn)
    _uleste(comparison, okt, shared.endret)
    records = postendringer(old.register, okt.register, keys, navn)
    settings = innstillingsendring(old.innstillinger, okt.innstillinger)
    effect = Virkning(
        [settings, *records] if settings else records,
        kravendringer(before, after, navn),
        foreldede(records, old.register, okt.register, navn),
    )
    return Mot(base, comparison, effect)


def _uleste(comparison: Sammenligning, okt: Okt, changed: set[str]) -> None:
    """A file that the change touches and nobody can read may hide anything: what is wrong with it counts as new."""
    lost = {u.fil for u in okt.register.uleselige()} & changed
    # What must never stand there is found in any file, so of that the old is known from the new.
    moved = [p for p in comparison.gamle_problemer if p.fil in lost and not p.regel.startswith("innhold.")]
    comparison.nye_problemer += moved
    comparison.gamle_problemer = [p for p in comparison.gamle_problemer if p not in moved]


class _Felles(NamedTuple):
    """What two states share: paths that are the same, and those that differ."""

    like: set[str]
    endret: set[str]


def _felles(okt: Okt, old: Okt) -> _Felles:
    here = okt.innholdsider() | uleste_id(okt)
    at_base = old.kilde.oider if isinstance(old.kilde, Revisjon) else {}
    records = old.filer_sti() | {path for _, _, path in old.filer.tapt}
    there = {p: at_base.get(p, "") for p in records}
    same = {p for p, oid in there.items() if oid and here.get(p) == oid}
    return _Felles(same, (here.keys() | there.keys()) - same)


class _Kjent(NamedTuple):
    """What is known of the files that differ, in both states, by path; and of all files at once, in the newer."""

    ny: dict[str, Fakta]
    gammel: dict[str, Fakta]
    indeks: Indeks | None


def _bruk_felles(okt: Okt, old: Okt, felles: _Felles, *, lagret: bool) -> _Kjent:
    """Give the older state what is known of the files they share, so that only the others are read.

    `lagret`: the cache holds the newer state.
    """
    from forvaltning.source.kjente import mendet

    facts = okt.fakta_for(felles.endret)
    known = okt.kjente(felles.like) if lagret and SETTINGS_FILE not in felles.endret else None
    if known is not None:
        old.bruk_fakta(known)
    elif SETTINGS_FILE not in felles.endret:
        every = okt.alle_fakta()
        old.bruk_fakta({p: every[p] for p in felles.like if p in every})
    was = {p: f for p, (f, _) in old.innlest.leste.items() if p in felles.endret}
    if known is None:
        return _Kjent(facts, was, None)
    old.innlest.indeks = mendet(known.indeks, facts, was)
    return _Kjent(facts, was, known.indeks)


def _gamle_problemer(old: Okt, head: Kontroll, kjent: _Kjent, synlige: list[Verdict]) -> list[Problem]:
    """Every problem of the older state."""
    if kjent.indeks is None:
        return kontroll.problemer(old, synlige).problemer
    touched = {*kjent.ny, *kjent.gammel}
    known = KjenteProblemer(
        hengende_etter(old.register, kjent.indeks, kjent.ny, kjent.gammel),
        kretser_etter(head.problemer, touched),
        head.avvikskunnskap(touched),
    )
    return kontroll.problemer(old, synlige, known).problemer


def _berorte(okt: Okt, old: Okt, felles: _Felles, kjent: _Kjent) -> set[str] | None:
    """The records whose verdicts the change can touch; None for all, when the settings differ or files are lost."""
    lost = {path for o in (okt, old) for _, _, path in o.filer.tapt}
    if SETTINGS_FILE in felles.endret or not lost.isdisjoint(felles.endret):
        return None
    was, now = kjent.gammel, kjent.ny
    if not all(f.lesbar for f in (*was.values(), *now.values())):
        return None
    keys = kontroll.nokler([f for p, f in was.items() if p not in now], was, now)
    moved = historie.ulik(old, okt)
    read = okt.spor()
    if read is None or moved is None:
        return None
    keys |= moved
    out = {post for post, spor in read.items() if not keys.isdisjoint(spor)}
    return out | {f"{f.kind}/{f.id}" for f in (*was.values(), *now.values())}


def _dommer(okt: Okt, touched: set[str] | None) -> list[Verdict]:
    """The verdicts of some records, or of all, in one state."""
    from forvaltning.engine.run import Motor
    from forvaltning.krav.katalog import ALLE

    if touched is None:
        return kontroll.fullfor(okt, okt.kontroll)
    motor = Motor(ALLE, okt.register)
    out: list[Verdict] = []
    for key in sorted(touched):
        entry = okt.register.oppforing(key.partition("/")[2])
        if entry is not None and entry.key == key:
            out += motor.dom_post(entry.post).dommer
    return out


def _nokler(changed: set[str]) -> frozenset[str]:
    return frozenset(p.removesuffix(".yaml") for p in changed if p != SETTINGS_FILE)
