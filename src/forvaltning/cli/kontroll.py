"""Judge a registry, and keep what was judged: the second run costs what changed.

The cache remembers, for every record, its verdicts to show, what they read and between which dates they
hold. What a changed file touches is worked out from that; nothing else is judged again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING, Any

from forvaltning.cli.andre import les_andre
from forvaltning.cli.delvis import delvis
from forvaltning.cli.lagring import lagre
from forvaltning.cli.vurdering import Kontroll, fra_samlet, oppsummer, problemer, rekkefolge, synlige
from forvaltning.findings import Verdict

if TYPE_CHECKING:
    from forvaltning.cli.registerokt import Registerokt
    from forvaltning.engine.resultat import Postdom, Svikt
    from forvaltning.source.lager import Lager


BUNKE = 500
"""How many records' finished text is kept at a time."""


def kontroller(okt: Registerokt) -> Kontroll:
    """Judge the registry of a session, from the cache as far as it holds."""
    lager = okt.lager
    les_andre(okt)
    if lager is None:
        return _alt(okt, None)
    try:
        return _fra_lager(okt, lager)
    except (sqlite3.Error, ValueError, TypeError, KeyError, IndexError):
        # A broken cache is rebuilt in silence: nothing in it is worth more than a fresh look.
        okt.glem_lager()
        return _alt(okt, None)


# --- the three ways --------------------------------------------------------------------------------


def _fra_lager(okt: Registerokt, lager: Lager) -> Kontroll:
    seen = okt.bilde
    if seen is None or seen.samlet is None:
        return _alt(okt, lager)
    if seen.uendret:
        return _uendret(lager, seen.samlet)
    diff = seen.forskjell
    if len(diff.endret) > max(200, len(diff.uendret) // 4):
        return _alt(okt, lager)
    return delvis(okt, lager, diff, seen.samlet) or _alt(okt, lager)


def _uendret(lager: Lager, samlet: dict[str, Any]) -> Kontroll:
    from forvaltning.engine.kodek import dommer_fra_tekst

    visible: list[Verdict] = []
    for _, vis in lager.synlige():
        visible += dommer_fra_tekst(vis)
    return fra_samlet(samlet, visible)


def _alt(okt: Registerokt, lager: Lager | None) -> Kontroll:
    """Judge every record; fill the cache when there is one."""
    okt.begynn_a_lese()
    from forvaltning.engine.run import Motor
    from forvaltning.krav.katalog import ALLE
    from forvaltning.source.samler import paused_gc

    verdicts: list[Verdict] = []
    faults: list[Svikt] = []
    results: list[Postdom] = []
    with paused_gc():
        motor = Motor(ALLE, okt.register)
        for result in motor.alle():
            faults += result.svikt
            verdicts += result.dommer
            if lager is not None:
                results.append(result)
        visible = synlige(verdicts)
        found = problemer(okt, visible)
        summary = oppsummer(verdicts)
        out = Kontroll(summary, visible, found.problemer, faults, verdicts, found.vindu, found.brukte)
        if lager is not None and not faults:
            lagre(okt, lager, results, out, fersk=True)
    return out


def fullfor(okt: Registerokt, kontroll: Kontroll) -> list[Verdict]:
    """Every verdict, green ones too: judged now when they were not worked out in this run."""
    if kontroll.alle is None:
        kontroll.alle = _alt(okt, None).alle or []
    return kontroll.alle


def noen(okt: Registerokt, kontroll: Kontroll, poster: tuple[str, ...]) -> list[Verdict]:
    """Every verdict of a few records, without building those that theirs do not read."""
    if kontroll.alle is not None:
        return [v for v in kontroll.alle if v.post in poster]
    from forvaltning.engine.run import Motor
    from forvaltning.krav.katalog import ALLE

    if okt.fra_lager:
        okt.bruk_lagrede_fakta()
    motor = Motor(ALLE, okt.register)
    entries = (okt.register.oppforing(p.partition("/")[2]) for p in sorted(poster, key=rekkefolge))
    return [v for o in entries if o is not None and o.key in poster for v in motor.dom_post(o.post).dommer]


def tekster(okt: Registerokt, k: Kontroll) -> Iterator[str]:
    """Every record's verdicts as finished JSON text, in order, kept in the cache for the next run."""
    from forvaltning.render.json_rapport import resultattekst

    lager = okt.lager
    if lager is None:  # the cache broke down while the registry was judged
        for _, group in groupby(fullfor(okt, k), key=lambda v: v.post):
            yield resultattekst(list(group), okt.steder)
        return
    stored = dict(lager.tekster())
    if k.alle is None and len(stored) == k.sammendrag.poster:
        yield from (stored[p] for p in sorted(stored, key=rekkefolge))
        return
    fresh: list[tuple[str, str]] = []
    for post, dommer in _gruppert(okt, k, stored, lager):
        text = stored.get(post)
        if text is None:
            text = resultattekst(dommer, okt.steder)
            okt.steder.slipp(f"{post}.yaml")
            fresh.append((post, text))
            if len(fresh) == BUNKE:
                _husk_tekster(okt, lager, fresh)
        yield text
    _husk_tekster(okt, lager, fresh)


def _husk_tekster(okt: Registerokt, lager: Lager, fresh: list[tuple[str, str]]) -> None:
    """Keep some finished texts, and let go of them: those of a whole registry are more than all else in memory."""
    with suppress(sqlite3.Error), lager.endring():
        if okt.eier(lager):
            lager.legg_inn_tekster(fresh)
    fresh.clear()


def _gruppert(
    okt: Registerokt, k: Kontroll, stored: dict[str, str], lager: Lager
) -> Iterator[tuple[str, list[Verdict]]]:
    """Each record with verdicts; those without finished text with the verdicts themselves."""
    if k.alle is not None:
        for post, group in groupby(k.alle, key=lambda v: v.post):
            yield post, list(group)
        return
    from forvaltning.engine.run import Motor
    from forvaltning.krav.katalog import ALLE

    motor: Motor | None = None
    for post in sorted((r.post for r in lager.dommer()), key=rekkefolge):
        if post in stored:
            yield post, []
            continue
        motor = motor or Motor(ALLE, okt.register)
        entry = okt.register.oppforing(post.partition("/")[2])
        dommer = motor.dom_post(entry.post).dommer if entry is not None else []
        if dommer:
            yield post, dommer
