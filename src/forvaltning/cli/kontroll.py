"""Judge a registry, and keep what was judged: the second run costs what changed.

The cache remembers, for every record, its verdicts to show, what they read and between which dates they
hold. What a changed file touches is worked out from that; nothing else is judged again.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from forvaltning.cli import historie
from forvaltning.findings import Outcome, Problem, Summary, Verdict

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.engine.resultat import Postdom, Svikt
    from forvaltning.source.lager import FilRad, Lager
    from forvaltning.source.scan import FileEntry

RACY_NS = 2_000_000_000
"""A file changed this close before it was read may have changed again within the clock's resolution."""
GREEN = frozenset({Outcome.OPPFYLT, Outcome.IKKE_AKTUELT})


@dataclass(slots=True)
class Kontroll:
    """What the whole registry was judged to be."""

    sammendrag: Summary
    synlige: list[Verdict]
    """Verdicts that are neither *oppfylt* nor *ikke aktuelt*."""
    problemer: list[Problem]
    svikt: list[Svikt] = field(default_factory=list)
    alle: list[Verdict] | None = None
    """Every verdict, when they were all worked out in this run."""


def oppsummer(dommer: Iterable[Verdict]) -> Summary:
    """Count verdicts."""
    out = Summary()
    last = ""
    for v in dommer:
        out.legg_til(v)
        if v.post != last:
            out.poster += 1
            last = v.post
    return out


def synlige(dommer: Iterable[Verdict]) -> list[Verdict]:
    """The verdicts that are neither *oppfylt* nor *ikke aktuelt*."""
    return [v for v in dommer if v.utfall not in GREEN]


def kontroller(okt: Okt) -> Kontroll:
    """Judge the registry of a session, from the cache as far as it holds."""
    lager = okt.lager
    if lager is None:
        return _alt(okt, None)
    try:
        return _fra_lager(okt, lager)
    except (sqlite3.Error, ValueError, TypeError, KeyError, IndexError):
        # A broken cache is rebuilt in silence: nothing in it is worth more than a fresh look.
        okt.glem_lager()
        return _alt(okt, None)


# --- what changed ----------------------------------------------------------------------------------


@dataclass(slots=True)
class Forskjell:
    """Files against the cache: unchanged ones by path, those to read, those that are gone."""

    uendret: set[str]
    endret: list[FileEntry]
    borte: list[str]
    frisket: list[FilRad]
    """Files whose signature moved but whose content is the same."""


def sammenlign(okt: Okt, kjente: dict[str, FilRad]) -> Forskjell:
    """What differs between the files on disk and those the cache knows."""
    out = Forskjell(set(), [], [], [])
    present: set[str] = set()
    now = time.time_ns()
    for entry in okt.filer.files:
        present.add(entry.path)
        row = kjente.get(entry.path)
        if row is None:
            out.endret.append(entry)
            continue
        same = row.mtime == entry.mtime_ns and row.storrelse == entry.size and row.inode == entry.inode
        if same and row.lest - row.mtime > RACY_NS:
            out.uendret.add(entry.path)
        elif row.sha and (sha := _sha(okt, entry)) is not None and sha == row.sha:
            out.uendret.add(entry.path)
            out.frisket.append(
                row._replace(mtime=entry.mtime_ns, storrelse=entry.size, inode=entry.inode, lest=now)
            )
        else:
            out.endret.append(entry)
    out.borte = [p for p in kjente if p not in present]
    return out


def _sha(okt: Okt, entry: FileEntry) -> str | None:
    from forvaltning.source.load import innholds_id

    data = okt.kilde.les(entry)
    return innholds_id(data) if isinstance(data, bytes) else None


# --- the three ways --------------------------------------------------------------------------------


def _fra_lager(okt: Okt, lager: Lager) -> Kontroll:
    diff = sammenlign(okt, lager.filer())
    settings_same = "forvaltning.yaml" in diff.uendret
    okt.bruk_innstillinger_fra(lager if settings_same else None)
    stored = lager.meta("samlet") if settings_same else None
    if stored is None:
        return _alt(okt, lager)
    samlet = json.loads(stored)
    if diff.frisket:
        with lager.endring():
            lager.frisk_opp(diff.frisket)
    day = okt.dato.toordinal()
    same_odd = samlet["skann"] == _skannproblemer(okt)
    still = not diff.endret and not diff.borte and same_odd and samlet["historie"] == okt.historienokkel
    if still and samlet["fra"] <= day <= samlet["til"]:
        return _uendret(lager, samlet)
    if len(diff.endret) > max(200, len(diff.uendret) // 4):
        return _alt(okt, lager)
    return _delvis(okt, lager, diff, samlet)


def _skannproblemer(okt: Okt) -> list[Any]:
    from forvaltning.source.fakta import problem_til_liste

    return [problem_til_liste(p) for p in okt.filer.problems]


def _uendret(lager: Lager, samlet: dict[str, Any]) -> Kontroll:
    from forvaltning.engine.kodek import dommer_fra_tekst
    from forvaltning.source.fakta import problem_fra_liste

    visible: list[Verdict] = []
    for _, vis in lager.synlige():
        visible += dommer_fra_tekst(vis)
    problems = [problem_fra_liste(p) for p in samlet["problemer"]]
    return Kontroll(Summary(**samlet["sammendrag"]), visible, problems)


def _alt(okt: Okt, lager: Lager | None) -> Kontroll:
    """Judge every record; fill the cache when there is one."""
    from forvaltning.engine.run import Motor
    from forvaltning.krav.katalog import ALLE
    from forvaltning.source.load import paused_gc

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
        problems, window = problemer(okt, visible)
        summary = oppsummer(verdicts)
        out = Kontroll(summary, visible, problems, faults, verdicts)
        if lager is not None and not faults:
            _lagre(okt, lager, results, out, window, fersk=True)
    return out


def problemer(okt: Okt, dommer: list[Verdict]) -> tuple[list[Problem], tuple[date, date]]:
    """Every problem, sorted, and the dates between which they stay the same."""
    from forvaltning.engine.deviations import avviksproblemer
    from forvaltning.engine.problemer import gjenbrukte_id, hengende, innstillingsproblemer, kretser
    from forvaltning.krav.katalog import ETTER_NUMMER
    from forvaltning.model.viser import normaliser

    told: set[tuple[str, tuple[str | int, ...]]] = set()
    used: set[str] = set()
    for v in dommer:
        for f in v.funn:
            told.add((f.place.post, f.place.path))
            if f.avvik:
                used.add(normaliser(f.avvik))
    register = okt.register
    register.nullstill()
    problems = list(okt.innlest.problemer)
    problems += avviksproblemer(register, ETTER_NUMMER, used)
    problems += hengende(register, told)
    problems += gjenbrukte_id(register)
    problems += kretser(register)
    problems += innstillingsproblemer(register, "forvaltning.yaml")
    problems.sort(key=lambda p: (p.fil, str(p.path), p.regel, p.melding))
    return problems, (register.dag.fra, register.dag.til)


def _delvis(okt: Okt, lager: Lager, diff: Forskjell, samlet: dict[str, Any]) -> Kontroll:
    """Judge again what the changed files touch, and what the calendar has moved."""
    from forvaltning.engine.kodek import dommer_fra_tekst
    from forvaltning.engine.run import Motor
    from forvaltning.krav.katalog import ALLE
    from forvaltning.source.fakta import Fakta, fakta_fra_tekst

    old: dict[str, Fakta] = {}
    for path, text in lager.fakta():
        if text:
            old[path] = fakta_fra_tekst(text)
    okt.bruk_fakta({p: f for p, f in old.items() if p in diff.uendret})
    gone = [old[p] for p in diff.borte if p in old]
    read = okt.innlest.leste
    before = {p: old[p] for p in read if p in old}
    unread = _uleselige_endret(gone, before, [f for f, _ in read.values()])
    moved = None if unread or samlet["skann"] != _skannproblemer(okt) else historie.endret_siden(okt, lager)
    if moved is None:
        return _alt(okt, lager)
    keys = nokler(gone, before, {p: f for p, (f, _) in read.items()}) | moved
    day = okt.dato.toordinal()
    register = okt.register
    keep: dict[str, str] = {}
    summary = Summary(**samlet["sammendrag"])
    again: set[str] = set()
    windows: list[tuple[int, int]] = []
    for row in lager.dommer():
        entry = register.oppforing(row.post.partition("/")[2])
        lost = entry is None or entry.key != row.post
        if lost or not row.fra <= day <= row.til or (keys and not keys.isdisjoint(row.spor.split("\n"))):
            summary.legg_sammen(Summary(**json.loads(row.tall)), -1)
            if not lost:
                again.add(row.post)
            else:
                keep[row.post] = ""
        else:
            windows.append((row.fra, row.til))
            if row.vis:
                keep[row.post] = row.vis
    removed = [p for p, vis in keep.items() if not vis]
    motor = Motor(ALLE, register)
    judged_kinds = {k.kind for krav in ALLE for k in krav.gjelder}
    again |= {f"{f.kind}/{f.id}" for f, _ in read.values() if f.lesbar and f.kind in judged_kinds} & {
        o.key for o in register.oppforinger()
    }
    results = [motor.dom_post(register.oppforing(p.partition("/")[2]).post) for p in sorted(again)]  # type: ignore[union-attr]
    faults: list[Svikt] = [s for r in results for s in r.svikt]
    visible: dict[str, list[Verdict]] = {p: dommer_fra_tekst(v) for p, v in keep.items() if v}
    for r in results:
        summary.legg_sammen(oppsummer(r.dommer))
        visible[r.post] = synlige(r.dommer)
    ordered = [v for p in sorted(visible, key=_rekkefolge) for v in visible[p]]
    problems, window = problemer(okt, ordered)
    out = Kontroll(summary, ordered, problems, faults)
    if not faults:
        windows += [(r.fra.toordinal(), r.til.toordinal()) for r in results]
        _lagre(okt, lager, results, out, window, fersk=False, vinduer=windows, borte=(diff.borte, removed))
    return out


def _rekkefolge(post: str) -> tuple[str, str]:
    kind, _, ident = post.partition("/")
    return kind, ident


def _uleselige_endret(gone: Iterable[Any], before: dict[str, Any], after: Iterable[Any]) -> bool:
    """True when a file that could not be read was or is among the changed ones.

    What it might have said touched any verdict, so everything is judged again.
    """
    return not all(f.lesbar for f in (*gone, *before.values(), *after))


def nokler(gone: Iterable[Any], before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """The keys whose answers may differ: ``=id`` of changed records, ``<id`` of what they refer to, ``*kind``."""
    from forvaltning.model.viser import normaliser

    keys: set[str] = set()

    def whole(f: Any) -> None:
        keys.add("*id")
        keys.add("=" + normaliser(f.id))
        keys.add("*" + f.kind)
        keys.update("<" + normaliser(h.til) for h in f.henvisninger)

    for f in gone:
        whole(f)
    for path, f in after.items():
        earlier = before.get(path)
        if earlier is None:
            whole(f)
            continue
        keys.add("=" + normaliser(f.id))
        keys.add("*" + f.kind)
        mine = {(h.felt, normaliser(h.til)) for h in f.henvisninger}
        theirs = {(h.felt, normaliser(h.til)) for h in earlier.henvisninger}
        keys.update("<" + til for _, til in mine ^ theirs)
    return keys


def _lagre(
    okt: Okt,
    lager: Lager,
    results: list[Postdom],
    out: Kontroll,
    window: tuple[date, date],
    *,
    fersk: bool,
    vinduer: list[tuple[int, int]] | None = None,
    borte: tuple[list[str], list[str]] = ([], []),
) -> None:
    """Write what was worked out; a cache that can not be written is done without."""
    from forvaltning.engine.kodek import dommer_til_tekst
    from forvaltning.source.fakta import problem_til_liste
    from forvaltning.source.lager import DomRad

    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

    def rad(r: Postdom) -> DomRad:
        visible = synlige(r.dommer)
        return DomRad(
            r.post,
            r.fra.toordinal(),
            r.til.toordinal(),
            "\n".join(r.spor),
            encode(oppsummer(r.dommer).verdier()),
            dommer_til_tekst(visible) if visible else "",
        )

    spans = list(vinduer or []) + [(r.fra.toordinal(), r.til.toordinal()) for r in results if vinduer is None]
    spans.append((window[0].toordinal(), window[1].toordinal()))
    samlet = {
        "sammendrag": out.sammendrag.verdier(),
        "problemer": [problem_til_liste(p) for p in out.problemer],
        "skann": _skannproblemer(okt),
        "historie": historie.lagret_nokkel(okt),
        "fra": max(s[0] for s in spans),
        "til": min(s[1] for s in spans),
    }
    try:
        with lager.endring():
            if fersk:
                lager.tom_dommer()
                lager.slett_filer([p for p in lager.filer() if p not in okt.innlest.filer])
            else:
                lager.slett_filer(borte[0])
                lager.slett_dommer(borte[1])
            lager.legg_inn_filer(okt.filrader())
            lager.legg_inn_dommer(rad(r) for r in results)
            okt.lagre_innstillinger(lager)
            historie.lagre(okt, lager)
            lager.sett_meta("generasjon", str(time.time_ns()))
            lager.sett_meta("samlet", json.dumps(samlet, ensure_ascii=False, separators=(",", ":")))
    except sqlite3.Error:
        okt.glem_lager()


def fullfor(okt: Okt, kontroll: Kontroll) -> list[Verdict]:
    """Every verdict, green ones too: judged now when they were not worked out in this run."""
    if kontroll.alle is None:
        kontroll.alle = _alt(okt, None).alle or []
    return kontroll.alle


def noen(okt: Okt, kontroll: Kontroll, poster: tuple[str, ...]) -> list[Verdict]:
    """Every verdict of a few records, without building those that theirs do not read."""
    if kontroll.alle is not None:
        return [v for v in kontroll.alle if v.post in poster]
    from forvaltning.engine.run import Motor
    from forvaltning.krav.katalog import ALLE

    if okt.fra_lager:
        okt.bruk_fakta(okt.lagrede_fakta())
    motor = Motor(ALLE, okt.register)
    entries = (okt.register.oppforing(p.partition("/")[2]) for p in sorted(poster, key=_rekkefolge))
    return [v for o in entries if o is not None and o.key in poster for v in motor.dom_post(o.post).dommer]


def tekster(okt: Okt) -> Iterator[str]:
    """Every record's verdicts as finished JSON text, in order, kept in the cache for the next run."""
    from forvaltning.render.json_rapport import resultattekst

    k = okt.kontroll
    lager = okt.lager
    if lager is None:  # the cache broke down while the registry was judged
        for _, group in groupby(fullfor(okt, k), key=lambda v: v.post):
            yield resultattekst(list(group), okt.steder)
        return
    stored = dict(lager.tekster())
    if k.alle is None and len(stored) == k.sammendrag.poster:
        yield from (stored[p] for p in sorted(stored, key=_rekkefolge))
        return
    fresh: list[tuple[str, str]] = []
    for post, dommer in _gruppert(okt, k, stored, lager):
        text = stored.get(post)
        if text is None:
            text = resultattekst(dommer, okt.steder)
            okt.steder.slipp(f"{post}.yaml")
            fresh.append((post, text))
        yield text
    with suppress(sqlite3.Error), lager.endring():
        lager.legg_inn_tekster(fresh)


def _gruppert(
    okt: Okt, k: Kontroll, stored: dict[str, str], lager: Lager
) -> Iterator[tuple[str, list[Verdict]]]:
    """Each record with verdicts; those without finished text with the verdicts themselves."""
    if k.alle is not None:
        for post, group in groupby(k.alle, key=lambda v: v.post):
            yield post, list(group)
        return
    from forvaltning.engine.run import Motor
    from forvaltning.krav.katalog import ALLE

    motor: Motor | None = None
    for post in sorted((r.post for r in lager.dommer()), key=_rekkefolge):
        if post in stored:
            yield post, []
            continue
        motor = motor or Motor(ALLE, okt.register)
        entry = okt.register.oppforing(post.partition("/")[2])
        dommer = motor.dom_post(entry.post).dommer if entry is not None else []
        if dommer:
            yield post, dommer
