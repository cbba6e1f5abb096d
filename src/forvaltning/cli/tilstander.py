"""Two states of one registry: what they share, and which verdicts can differ between them.

A verdict rests on what it read and on the day. What the states share is read once; a record is judged again in the
older state only when what its verdict read is another there, or when it does not hold on that day.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from forvaltning.cli import delvis, historielager, kontroll, vurdering
from forvaltning.cli.delvis import hengende_etter, kretser_etter
from forvaltning.cli.mot_nokkel import uleste_id
from forvaltning.cli.okt import MAPPER, SETTINGS_FILE, Okt
from forvaltning.cli.tvillinger import tvillinger
from forvaltning.cli.vurdering import KjenteProblemer, Kontroll
from forvaltning.findings import Problem, Verdict
from forvaltning.git.base import IngenBase
from forvaltning.git.objekter import prefiks
from forvaltning.source.kilde import Revisjon

if TYPE_CHECKING:
    from forvaltning.model.base import Post
    from forvaltning.source.entries import FileEntry
    from forvaltning.source.fakta import Fakta
    from forvaltning.source.kjente import Indeks


def okt_ved(okt: Okt, commit: str, dato: date | None = None) -> Okt:
    """The registry of a session as it was at a commit, on a day (the same when None); no work tree is touched."""
    tre = okt.arbeidstre
    if tre is None:
        raise IngenBase("Registeret ligger ikke i et Git-arkiv.", "Kjør «git init».")
    out = Okt(okt.rot, okt.dato if dato is None else dato, bruk_lager=False)
    out.kilde = Revisjon(tre, commit, prefiks(tre, okt.rot), MAPPER)
    out.ved = commit
    return out


class Tilstander:
    """A session and an older state of its registry. `lagret`: the cache holds the newer one."""

    def __init__(self, okt: Okt, old: Okt, *, lagret: bool) -> None:
        self.okt = okt
        self.old = old
        # What is known of files is not known of those that were not read because another has their id.
        self._lagret = lagret and not tvillinger(okt) and not tvillinger(old)
        here = okt.innholdsider() | uleste_id(okt)
        at_base = old.kilde.oider if isinstance(old.kilde, Revisjon) else {}
        there = {p: at_base.get(p, "") for p in old.filer_sti()} | uleste_id(old)
        self.like = {p for p, oid in there.items() if oid and here.get(p) == oid}
        """Paths of files that say the same in both."""
        self.endret = (here.keys() | there.keys()) - self.like
        """Paths of files that differ, or are in one only."""
        if SETTINGS_FILE in self.like:
            old.__dict__["innstillingsfil"] = okt.innstillingsfil
        self._nye: dict[str, Fakta] = {}
        self._gamle: dict[str, Fakta] = {}
        self._indeks: Indeks | None = None

    @property
    def innstillinger_endret(self) -> bool:
        """True when the settings differ, so that nothing is known of one state from the other."""
        return SETTINGS_FILE in self.endret

    def del_felles(self) -> None:
        """Give the older state what is known of the files they share, so that only the others are read."""
        from forvaltning.source.kjente import mendet

        okt, old = self.okt, self.old
        self._nye = okt.fakta_for(self.endret)
        known = okt.kjente(self.like) if self._lagret and not self.innstillinger_endret else None
        if known is not None:
            known.bygg = self._bygget
            old.bruk_fakta(known)
        elif not self.innstillinger_endret:
            every = okt.alle_fakta()
            old.bruk_fakta({p: every[p] for p in self.like if p in every})
        self._gamle = {p: f for p, (f, _) in old.innlest.leste.items() if p in self.endret}
        if known is not None:
            self._indeks = known.indeks
            old.innlest.indeks = mendet(known.indeks, self._nye, self._gamle)

    def _bygget(self, entry: FileEntry) -> Post | None:
        """The record of a file they share, as the newer state builds it."""
        mine = self.okt.register.oppforing(entry.stem)
        return mine.post if mine is not None and mine.fil == entry.path else None

    def berorte(self) -> set[str] | None:
        """The records whose verdicts may differ; None for all, when settings differ or files are lost."""
        okt, old, was, now = self.okt, self.old, self._gamle, self._nye
        lost = {path for o in (okt, old) for _, _, path in o.filer.tapt}
        if not self._lagret or self.innstillinger_endret or not lost.isdisjoint(self.endret):
            return None
        if not all(f.lesbar for f in (*was.values(), *now.values())):
            return None
        keys = delvis.nokler([f for p, f in was.items() if p not in now], was, now)
        moved = historielager.ulik(old, okt)
        if moved is None:
            return None
        out = okt.ma_dommes_igjen(keys | moved, old.dato)
        if out is None:
            return None
        same = {p for p in was.keys() & now.keys() if was[p].sier_det_samme(now[p])}
        return out | {f"{f.kind}/{f.id}" for m in (was, now) for p, f in m.items() if p not in same}

    def gamle_problemer(self, head: Kontroll, synlige: list[Verdict]) -> list[Problem]:
        """Every problem of the older state. `synlige`: its verdicts that are neither *oppfylt* nor *ikke aktuelt*."""
        if self._indeks is None:
            return vurdering.problemer(self.old, synlige).problemer
        touched = {*self._nye, *self._gamle}
        known = KjenteProblemer(
            hengende_etter(self.old.register, self._indeks, self._nye, self._gamle),
            kretser_etter(head.problemer, touched),
            head.avvikskunnskap(touched) if self.old.dato == self.okt.dato else None,
        )
        return vurdering.problemer(self.old, synlige, known).problemer


def dommer(okt: Okt, touched: set[str] | None) -> list[Verdict]:
    """The verdicts of some records, or of all, in one state."""
    if touched is None:
        return kontroll.fullfor(okt, okt.kontroll)
    if not touched:
        return []
    from forvaltning.engine.run import Motor
    from forvaltning.krav.katalog import ALLE

    motor = Motor(ALLE, okt.register)
    out: list[Verdict] = []
    for key in sorted(touched):
        entry = okt.register.oppforing(key.partition("/")[2])
        if entry is not None and entry.key == key:
            out += motor.dom_post(entry.post).dommer
    return out
