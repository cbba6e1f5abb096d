"""A session's Git history: what it is read from, who reads it, and what of it has changed since the last run."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.history.leser import Arbeid
    from forvaltning.model.historie import FunnetEndring, Historie
    from forvaltning.model.register import Register
    from forvaltning.source.lager import Lager

META = "historie"
"""Where the cache keeps what history was when the verdicts were given."""
EKSEMPEL = "eksempel"


def nokkel(okt: Okt) -> str:
    """What history rests on beside the files: the commit. Told without a process; an example has none."""
    if okt.hode["eksempel"] is not None:
        return EKSEMPEL
    from forvaltning.git.arbeidstre import Arbeidstre
    from forvaltning.git.hode import er_grunn, hode

    tre: Arbeidstre | None = okt.arbeidstre
    return "-" if tre is None else f"{hode(tre)}{' grunn' if er_grunn(tre) else ''}"


def historie(okt: Okt, register: Register) -> Historie:
    """What history shows of a session's records; who asks for a record is noted in the register."""
    return _fulgt(_les(okt, register), register, okt)


def _les(okt: Okt, register: Register) -> Historie:
    from forvaltning.model.historie import EKSEMPELHISTORIE

    if okt.innstillinger.eksempel is not None:
        return EKSEMPELHISTORIE
    from forvaltning.git.objekter import prefiks
    from forvaltning.history.leser import UTEN_GIT, Bestilling, les_historie
    from forvaltning.history.utdrag import MERKET
    from forvaltning.model.viser import normaliser

    tre = okt.arbeidstre
    if tre is None:
        return UTEN_GIT
    entries = list(register.oppforinger())
    known = frozenset([normaliser(o.id) for o in entries] + [normaliser(u.id) for u in register.uleselige()])
    order = Bestilling(
        tre,
        prefiks(tre, okt.rot),
        poster={o.fil: o.key for o in entries if o.kind in MERKET},
        tidligere={normaliser(t): normaliser(o.id) for o in entries for t in o.tidligere},
        ider=known,
        commit=okt.ved,
        fra=okt.innstillinger.historie_fra,
        arbeid=_arbeid(okt) if okt.ved is None else None,
        husk=okt.ved is None,
    )
    if okt.ved is None:
        return les_historie(order, okt.lager)
    # At a commit nothing is judged from the cache, but what it knows of old versions holds there too.
    lager = okt.apne_lager()
    try:
        return les_historie(order, lager)
    finally:
        if lager is not None:
            lager.lukk()


def _arbeid(okt: Okt) -> Arbeid:
    """The files of the work tree that carry marked fields, and how one is read."""
    from forvaltning.history.leser import Arbeid
    from forvaltning.history.utdrag import MERKET
    from forvaltning.source.innholdsid import innholds_id

    entries = {f.path: f for f in okt.filer.files if f.folder in MERKET}
    known = okt.kjente_innhold()

    def les(path: str) -> bytes | None:
        data = okt.kilde.les(entries[path])
        return data if isinstance(data, bytes) else None

    ids: dict[str, str] = {}
    for path in entries:
        sha = known.get(path)
        if sha is None:
            data = les(path)
            sha = innholds_id(data) if data is not None else ""
        ids[path] = sha
    return Arbeid(ids, les, okt.innstillingsfil.modell, okt.dato)


def _fulgt(seen: Historie, register: Register, okt: Okt) -> Historie:
    """History that notes reads as ``~id``. What is not committed counts as the check date, so it holds that day."""
    from forvaltning.model.viser import normaliser

    def lest(key: str, found: tuple[FunnetEndring, ...]) -> None:
        register.spor.add("~" + normaliser(key.partition("/")[2]))
        if any(not f.commit for f in found):
            register.dag.nadd(okt.dato)
            register.dag.passert(okt.dato)

    return replace(seen, lest=lest)


# --- between runs ----------------------------------------------------------------------------------


def _verdier(seen: Historie) -> dict[str, Any]:
    found = {k: [[f.felt, f.dato.isoformat(), f.commit, f.fil] for f in v] for k, v in seen.endringer.items()}
    return {"kjent": seen.kjent, "grunn": seen.grunn, "funn": found}


def lagre(okt: Okt, lager: Lager) -> None:
    """Keep what history was. Called inside a transaction."""
    lager.sett_meta(META, json.dumps(_verdier(okt.register.historie), separators=(",", ":")))


def lagret_nokkel(okt: Okt) -> str:
    """The key to keep beside the verdicts; empty when the next run must look again."""
    from forvaltning.history.leser import GIT_SVARER_IKKE

    return "" if okt.register.historie == GIT_SVARER_IKKE else okt.historienokkel


def endret_siden(okt: Okt, lager: Lager) -> set[str] | None:
    """The keys ``~id`` of the records whose history is another than at the last run; None when all may be."""
    from forvaltning.model.viser import normaliser

    stored = lager.meta(META)
    if stored is None:
        return None
    old, new = json.loads(stored), _verdier(okt.register.historie)
    if (old["kjent"], old["grunn"]) != (new["kjent"], new["grunn"]):
        return None
    was, now = old["funn"], new["funn"]
    return {
        "~" + normaliser(k.partition("/")[2]) for k in was.keys() | now.keys() if was.get(k) != now.get(k)
    }


def ulik(a: Okt, b: Okt) -> set[str] | None:
    """The same between two states of a registry."""
    from forvaltning.model.viser import normaliser

    one, two = a.register.historie, b.register.historie
    if (one.kjent, one.grunn) != (two.kjent, two.grunn):
        return None
    keys = one.endringer.keys() | two.endringer.keys()
    return {
        "~" + normaliser(k.partition("/")[2]) for k in keys if one.endringer.get(k) != two.endringer.get(k)
    }


def ukjent(okt: Okt) -> str:
    """Why history could not be seen, empty when it was; from the cache when the verdicts came from there."""
    if okt.hode["eksempel"] is not None:
        return ""
    if "register" not in okt.__dict__ and okt.fra_lager and okt.lager is not None:
        try:
            stored = json.loads(okt.lager.meta(META) or "null")
            if stored is not None:
                return "" if stored["kjent"] else str(stored["grunn"])
        except (sqlite3.Error, ValueError, KeyError, TypeError):
            pass
    seen = okt.register.historie
    return "" if seen.kjent else seen.grunn
