"""`check --against`: the state before a change, judged on the same date, and what the change does.

Only what the change touches is judged in the older state. What it does not touch is the same in both.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forvaltning.cli import historie, kontroll
from forvaltning.cli.kontroll import Kontroll
from forvaltning.cli.mot_lager import fra_tekst, til_tekst
from forvaltning.cli.okt import MAPPER, SETTINGS_FILE, Okt
from forvaltning.cli.utvalg import Utvalg
from forvaltning.findings import Verdict
from forvaltning.git.base import Base, IngenBase
from forvaltning.git.objekter import prefiks, tre_id
from forvaltning.source.kilde import Revisjon

if TYPE_CHECKING:
    from forvaltning.engine.sammenligning import Sammenligning
    from forvaltning.engine.virkning import Virkning
    from forvaltning.source.fakta import Fakta


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
    key = _nokkel(okt, base)
    kept = _husket(okt, key)
    if kept is not None:
        return Mot(base, *kept)
    if okt.fra_lager:
        okt.bruk_fakta(okt.lagrede_fakta())
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


def _nokkel(okt: Okt, base: Base) -> str | None:
    """What a kept comparison is good for: both states, and the date. None when nothing can be kept."""
    if okt.lager is None or okt.arbeidstre is None or okt.kontroll.svikt:
        return None
    try:
        generation = okt.lager.meta("generasjon")
    except sqlite3.Error:
        return None
    tree = tre_id(okt.arbeidstre, base.commit, prefiks(okt.arbeidstre, okt.rot))
    # The same files may have come about in other ways: only an example has no history.
    line = "" if okt.hode["eksempel"] is not None else f" {base.commit}"
    return f"{tree}{line} {okt.dato} {generation}" if generation and tree else None


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
    from forvaltning.engine.endringsregler import endringsproblemer
    from forvaltning.engine.sammenligning import omdopte, sammenlign
    from forvaltning.engine.virkning import Virkning, foreldede, kravendringer, postendringer

    base = _med_innstillinger(okt, old, base)
    fakta, changed = _felles(okt, old)
    if SETTINGS_FILE not in old.filer_sti():
        raise IngenBase(
            f"Registeret fantes ikke ved {base.commit[:12]}.",
            "Velg en nyere revisjon med --against, eller utelat den.",
        )
    old.bruk_fakta(fakta)
    navn = omdopte(old.register, okt.register)
    touched = _berorte(okt, old, changed)
    before, after = _dommer(old, touched), _dommer(okt, touched)
    rest = [v for v in head.synlige if touched is not None and v.post not in touched]
    base_visible = rest + kontroll.synlige(before)
    base_problems, _ = kontroll.problemer(old, base_visible)
    keys = _nokler(changed)
    new_problems = [*head.problemer, *endringsproblemer(old.register, okt.register, navn, keys)]
    comparison = sammenlign(base_visible, rest + kontroll.synlige(after), base_problems, new_problems, navn)
    _uleste(comparison, okt, changed)
    records = postendringer(old.register, okt.register, keys, navn)
    effect = Virkning(records, kravendringer(before, after, navn), foreldede(records, okt.register))
    return Mot(base, comparison, effect)


def _uleste(comparison: Sammenligning, okt: Okt, changed: set[str]) -> None:
    """A file that the change touches and nobody can read may hide anything: what is wrong with it counts as new."""
    lost = {u.fil for u in okt.register.uleselige()} & changed
    moved = [p for p in comparison.gamle_problemer if p.fil in lost]
    comparison.nye_problemer += moved
    comparison.gamle_problemer = [p for p in comparison.gamle_problemer if p.fil not in lost]


def _felles(okt: Okt, old: Okt) -> tuple[dict[str, Fakta], set[str]]:
    """What is known of files that are the same in both states, and the paths that differ."""
    here = okt.innholdsider()
    there = old.kilde.oider if isinstance(old.kilde, Revisjon) else {}
    same = {p for p, oid in there.items() if here.get(p) == oid}
    changed = {p for p in (here.keys() | there.keys()) - same if p == SETTINGS_FILE or "/" in p}
    if SETTINGS_FILE in changed:
        return {}, changed
    known = okt.alle_fakta()
    return {p: known[p] for p in same if p in known}, changed


def _berorte(okt: Okt, old: Okt, changed: set[str]) -> set[str] | None:
    """The records whose verdicts the change can touch; None for all, when the settings differ or files are lost."""
    if SETTINGS_FILE in changed:
        return None
    was = {p: f for p, f in old.alle_fakta().items() if p in changed}
    now = {p: f for p, f in okt.alle_fakta().items() if p in changed}
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


def snevre(mot: Mot, utvalg: Utvalg, enheter: Mapping[str, str | None]) -> None:
    """Keep of a comparison what was asked for. `enheter`: record → unit, for records with verdicts."""
    if utvalg.alt:
        return
    c = mot.sammenligning
    for findings in (c.nye, c.gamle, c.rettet):
        findings[:] = [pair for pair in findings if utvalg.tar_med(pair[0])]
    for problems in (c.nye_problemer, c.gamle_problemer, c.rettede_problemer):
        problems[:] = [
            p
            for p in problems
            if utvalg.tar_med_problem(p, enheter.get(p.post or ""), (p.post or "") in enheter)
        ]
