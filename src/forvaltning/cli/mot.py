"""`check --against`: the state before a change, judged on the same date, and what the change does.

Only what the change touches is judged in the older state. What it does not touch is the same in both.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forvaltning.cli.andre import les_andre
from forvaltning.cli.mot_lager import fra_tekst, til_tekst
from forvaltning.cli.mot_nokkel import nokkel
from forvaltning.cli.okt import SETTINGS_FILE, Okt
from forvaltning.cli.tilstander import Tilstander, dommer, okt_ved
from forvaltning.cli.vurdering import Kontroll, i_rekkefolge, synlige
from forvaltning.git.base import Base, IngenBase
from forvaltning.source.kilde import Revisjon

if TYPE_CHECKING:
    from forvaltning.engine.sammenligning import Sammenligning
    from forvaltning.engine.virkning import Virkning


@dataclass(slots=True)
class Mot:
    """A change held against its base."""

    base: Base
    sammenligning: Sammenligning
    virkning: Virkning


def sammenlign_med(okt: Okt, base: Base) -> Mot:
    """Compare the work tree with a base.

    Raises `IngenBase` when the registry was not there, `UgyldigInnstilling` when settings can not be used.
    """
    head = okt.kontroll
    key = nokkel(okt, base) if not head.svikt else None
    kept = _husket(okt, key)
    if kept is not None:
        note, comparison, effect = kept
        return Mot(Base(base.commit, base.kilde + note), comparison, effect)
    if okt.fra_lager:
        okt.bruk_lagrede_fakta()
    old = okt_ved(okt, base.commit)
    try:
        mot = _sammenlign(okt, old, base, head)
        if isinstance(old.kilde, Revisjon):
            old.kilde.krev_alt()
    finally:
        if isinstance(old.kilde, Revisjon):
            old.kilde.lukk()
    if key is not None and okt.lager is not None:
        with suppress(sqlite3.Error), okt.lager.endring():
            note = mot.base.kilde.removeprefix(base.kilde)
            okt.lager.sett_meta("mot", f"{key}\n{note}\n{til_tekst(mot.sammenligning, mot.virkning)}")
    return mot


def _husket(okt: Okt, key: str | None) -> tuple[str, Sammenligning, Virkning] | None:
    """The kept comparison, and what was said of its base besides where it was learnt."""
    if key is None or okt.lager is None:
        return None
    try:
        known, note, text = (okt.lager.meta("mot") or "").split("\n", 2)
        return (note, *fra_tekst(text, okt.kontroll.synlige)) if known == key else None
    except (sqlite3.Error, ValueError, KeyError, TypeError, IndexError, StopIteration):
        return None


def _med_innstillinger(okt: Okt, old: Okt, base: Base) -> Base:
    """Judge a base whose settings can not be used by those of the change, and say so: a repair must get through."""
    from forvaltning.source.innstillingsfil import UgyldigInnstilling

    if SETTINGS_FILE not in old.filer_sti():
        return base
    try:
        _ = old.innstillinger
    except UgyldigInnstilling:
        old.__dict__["innstillingsfil"] = okt.innstillingsfil
        return Base(base.commit, f"{base.kilde}; innstillingene der kan ikke leses, så dagens er brukt")
    return base


def _sammenlign(okt: Okt, old: Okt, base: Base, head: Kontroll) -> Mot:
    from forvaltning.cli.mot_historie import skyv_daterte
    from forvaltning.cli.mot_id import idproblemer
    from forvaltning.engine.endringsregler import endringsproblemer
    from forvaltning.engine.sammenligning import omdopte, sammenlign
    from forvaltning.engine.tvillinger import skilt
    from forvaltning.engine.virkning import Virkning, foreldede, kravendringer, postendringer
    from forvaltning.engine.virkning_innstillinger import innstillingsendring

    both = Tilstander(okt, old, lagret=not head.svikt)
    base = _med_innstillinger(okt, old, base)
    les_andre(old)
    if SETTINGS_FILE not in old.filer_sti():
        raise IngenBase(
            f"Registeret fantes ikke ved {base.commit[:12]}.",
            "Velg en nyere revisjon med --against, eller utelat den.",
        )
    both.del_felles()
    navn = omdopte(old.register, okt.register)
    touched = both.berorte()
    before, after = dommer(old, touched), dommer(okt, touched)
    rest = [v for v in head.synlige if touched is not None and v.post not in touched]
    base_visible = i_rekkefolge(rest + synlige(before))
    base_problems = both.gamle_problemer(head, base_visible)
    keys = _nokler(both.endret)
    new_problems = [*head.problemer, *endringsproblemer(old.register, okt.register, navn, keys)]
    new_problems += idproblemer(okt, old, base.commit, keys, navn)
    seen = i_rekkefolge(rest + synlige(after))
    comparison = sammenlign(base_visible, seen, base_problems, skilt(new_problems), navn)
    skyv_daterte(comparison, okt, old, navn)
    _uleste(comparison, okt, both.endret)
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


def _nokler(changed: set[str]) -> frozenset[str]:
    return frozenset(p.removesuffix(".yaml") for p in changed if p != SETTINGS_FILE)
