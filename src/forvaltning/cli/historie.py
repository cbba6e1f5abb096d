"""A session's Git history: what it is read from, who reads it, and what of it has changed since the last run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forvaltning.cli.filokt import Filokt
    from forvaltning.history.leser import Arbeid
    from forvaltning.model.historie import FunnetEndring, Historie
    from forvaltning.model.register import Register


def historie(okt: Filokt, register: Register) -> Historie:
    """What history shows of a session's records; who asks for a record is noted in the register."""
    return _fulgt(_les(okt, register), register, okt)


def _les(okt: Filokt, register: Register) -> Historie:
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


def _arbeid(okt: Filokt) -> Arbeid:
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


def _fulgt(seen: Historie, register: Register, okt: Filokt) -> Historie:
    """History that notes reads as ``~id``. What is not committed counts as the check date, so it holds that day."""
    from forvaltning.model.viser import normaliser

    def lest(key: str, found: tuple[FunnetEndring, ...]) -> None:
        register.spor.add("~" + normaliser(key.partition("/")[2]))
        if any(not f.commit for f in found):
            register.dag.nadd(okt.dato)
            register.dag.passert(okt.dato)

    return replace(seen, lest=lest)
