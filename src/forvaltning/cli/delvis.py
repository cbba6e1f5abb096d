"""Judge again what some changed files touch, and what the calendar has moved; all else is taken from the cache."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from forvaltning.cli import historielager
from forvaltning.cli.forskjell import Forskjell, skannproblemer
from forvaltning.cli.lagring import lagre
from forvaltning.cli.tvillinger import tvillinger
from forvaltning.cli.vurdering import (
    KjenteProblemer,
    Kontroll,
    fra_samlet,
    oppsummer,
    problemer,
    rekkefolge,
    synlige,
)
from forvaltning.findings import FieldPath, Problem, Summary, Verdict

if TYPE_CHECKING:
    from forvaltning.cli.registerokt import Registerokt
    from forvaltning.engine.resultat import Postdom
    from forvaltning.model.register import Register
    from forvaltning.source.fakta import Fakta
    from forvaltning.source.kjente import Indeks
    from forvaltning.source.lager import Lager


def delvis(okt: Registerokt, lager: Lager, diff: Forskjell, samlet: dict[str, Any]) -> Kontroll | None:
    """What the registry is judged to be; None when everything must be judged again."""
    from forvaltning.engine.kodek import dommer_fra_tekst
    from forvaltning.model.viser import normaliser
    from forvaltning.source.fakta import fakta_fra_tekst
    from forvaltning.source.kjente import mendet

    # Of files that share an id only one is read, and which one may change without any of them being edited.
    if samlet["tvillinger"] or tvillinger(okt):
        return None
    known = okt.kjente(diff.uendret)
    if known is None:
        return None
    texts = ((p, lager.faktum(p)) for p in (*diff.borte, *(e.path for e in diff.endret)))
    old = {p: fakta_fra_tekst(t) for p, t in texts if t}
    okt.bruk_fakta(known)
    new = {p: f for p, (f, _) in okt.innlest.leste.items()}
    okt.innlest.indeks = mendet(known.indeks, old, new)
    gone = [old[p] for p in diff.borte if p in old]
    before = {p: old[p] for p in new if p in old}
    unread = _uleselige_endret((), old, new.values())
    moved = (
        None if unread or samlet["skann"] != skannproblemer(okt) else historielager.endret_siden(okt, lager)
    )
    if moved is None:
        return None
    otherwise = [f for p, f in new.items() if p not in before or not f.sier_det_samme(before[p])]
    shifted = {"=" + normaliser(f.id) for f in new.values()} - {"=" + normaliser(f.id) for f in otherwise}
    sorted_ = _sorter(okt, lager, nokler(gone, before, new) | moved, shifted)
    summary = Summary(**samlet["sammendrag"])
    for tall in sorted_.trekkes_fra:
        summary.legg_sammen(Summary(**json.loads(tall)), -1)
    results = _dom_igjen(okt.register, sorted_.igjen, otherwise)
    visible: dict[str, list[Verdict]] = {p: dommer_fra_tekst(v) for p, v in sorted_.synlig.items()}
    for r in results:
        summary.legg_sammen(oppsummer(r.dommer))
        visible[r.post] = synlige(r.dommer)
    ordered = [v for p in sorted(visible, key=rekkefolge) for v in visible[p]]
    dangling = hengende_etter(okt.register, known.indeks, old, new)
    earlier = fra_samlet(samlet, [])
    holds = earlier.vindu[0] <= okt.dato <= earlier.vindu[1]
    found = problemer(
        okt,
        ordered,
        KjenteProblemer(
            dangling,
            kretser_etter(earlier.problemer, {*old, *new}),
            earlier.avvikskunnskap({*old, *new}) if holds else None,
        ),
    )
    faults = [s for r in results for s in r.svikt]
    out = Kontroll(summary, ordered, found.problemer, faults, vindu=found.vindu, brukte=found.brukte)
    if not out.svikt:
        windows = sorted_.vinduer + [(r.fra.toordinal(), r.til.toordinal()) for r in results]
        gone_keys = (diff.borte, sorted_.borte, sorted_.flyttet)
        lagre(okt, lager, results, out, fersk=False, vinduer=windows, borte=gone_keys)
    return out


class _Sortert(NamedTuple):
    """The records the cache has verdicts of: those to judge again, those that are gone, and what is kept."""

    igjen: set[str]
    borte: list[str]
    trekkes_fra: list[str]
    """Counts, as JSON text, of both."""
    synlig: dict[str, str]
    """Record → verdicts to show, as JSON text."""
    vinduer: list[tuple[int, int]]
    """Between which days each kept record's verdicts hold."""
    flyttet: list[str]
    """Records judged as before, on files whose lines may have moved."""


def _sorter(okt: Registerokt, lager: Lager, keys: set[str], shifted: set[str]) -> _Sortert:
    out = _Sortert(set(), [], [], {}, [], [])
    day, entry = okt.dato.toordinal(), okt.register.oppforing
    untouched = keys.isdisjoint
    for row in lager.dommer():
        o = entry(row.post.partition("/")[2])
        if o is None or o.key != row.post:
            out.borte.append(row.post)
            out.trekkes_fra.append(row.tall)
        elif row.fra <= day <= row.til and untouched(read := row.spor.split("\n")):
            out.vinduer.append((row.fra, row.til))
            if not shifted.isdisjoint(read):
                out.flyttet.append(row.post)
            if row.vis:
                out.synlig[row.post] = row.vis
        else:
            out.igjen.add(row.post)
            out.trekkes_fra.append(row.tall)
    return out


def _dom_igjen(register: Register, igjen: set[str], nye: Iterable[Fakta]) -> list[Postdom]:
    """Judge the records that must be, and those of changed files, by key."""
    fresh = _nye_poster(register, nye)
    if not igjen and not fresh:
        return []
    from forvaltning.engine.run import Motor
    from forvaltning.krav.katalog import ALLE

    motor = Motor(ALLE, register)
    judged = {k.kind for krav in ALLE for k in krav.gjelder}
    keys = igjen | {k for k in fresh if k.partition("/")[0] in judged}
    entries = (register.oppforing(k.partition("/")[2]) for k in sorted(keys))
    return [motor.dom_post(o.post) for o in entries if o is not None]


def _nye_poster(register: Register, fakta: Iterable[Fakta]) -> set[str]:
    keys = {f"{f.kind}/{f.id}" for f in fakta if f.lesbar}
    return {k for k in keys if (o := register.oppforing(k.partition("/")[2])) is not None and o.key == k}


def hengende_etter(
    register: Register, indeks: Indeks, old: dict[str, Fakta], new: dict[str, Fakta]
) -> list[tuple[str, str, FieldPath, str]]:
    """The dangling references after some files changed: theirs, those known, and those to ids that came or went."""
    from forvaltning.engine.problemer import er_hengende, hengende_i
    from forvaltning.model.viser import normaliser

    changed = {f.id for f in (*old.values(), *new.values())}
    entries = (register.oppforing(f.id) for f in new.values())
    out = hengende_i(register, [o for o in entries if o is not None])
    for ident, felt, path, til in indeks.hengende:
        o = register.oppforing(ident)
        if ident not in changed and o is not None and er_hengende(register, o, felt, til):
            out.append((ident, felt, path, til))
    known = set(out)
    moved = {normaliser(f.id) for p, f in (*old.items(), *new.items()) if p not in old or p not in new}
    for key in sorted(moved):
        for ident, _ in indeks.vist_til_av(key):
            o = register.oppforing(ident)
            if ident in changed or o is None:
                continue
            for felt, path, til in o.henvisninger:
                ref = (ident, felt, path, til)
                if normaliser(til) == key and ref not in known and er_hengende(register, o, felt, til):
                    known.add(ref)
                    out.append(ref)
    return out


def kretser_etter(kjente: Iterable[Problem], touched: set[str]) -> list[Problem] | None:
    """The circles among known problems; None when a file of a kind that forms a tree was touched."""
    from forvaltning.engine.problemer import KRETSFELT, KRETSREGLER

    if any(path.partition("/")[0] in KRETSFELT for path in touched):
        return None
    return [p for p in kjente if p.regel in KRETSREGLER]


def _uleselige_endret(gone: Iterable[Any], before: dict[str, Any], after: Iterable[Any]) -> bool:
    """True when a file that could not be read was or is among the changed ones.

    What it might have said touched any verdict, so everything is judged again.
    """
    return not all(f.lesbar for f in (*gone, *before.values(), *after))


def nokler(gone: Iterable[Any], before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """The keys whose answers may differ, as `Oppslag` notes them."""
    from forvaltning.model.viser import normaliser

    keys: set[str] = set()

    def whole(f: Any) -> None:
        keys.add("*id")
        keys.add("=" + normaliser(f.id))
        keys.update(("*" + f.kind, "@" + f.kind))
        keys.update("<" + normaliser(h.til) for h in f.henvisninger)

    for f in gone:
        whole(f)
    for path, f in after.items():
        earlier = before.get(path)
        if earlier is None:
            whole(f)
            continue
        if f.sier_det_samme(earlier):
            continue
        keys.add("=" + normaliser(f.id))
        keys.add("*" + f.kind)
        if f.tidligere != earlier.tidligere:
            keys.add("*id")
        if f.omtale != earlier.omtale:
            keys.add("@" + f.kind)
        mine = {(h.felt, normaliser(h.til), f.stikkord) for h in f.henvisninger}
        theirs = {(h.felt, normaliser(h.til), earlier.stikkord) for h in earlier.henvisninger}
        keys.update("<" + til for _, til, _ in mine ^ theirs)
    return keys
