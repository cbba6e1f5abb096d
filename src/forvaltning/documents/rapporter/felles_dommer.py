"""What a record's verdicts add up to, and what they say must be done. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import dato as norsk_dato
from forvaltning.findings import FindingKind, Outcome, Verdict
from forvaltning.krav.katalog import ETTER_NUMMER
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

_HASTER = {Outcome.BRUDD: 0, Outcome.IKKE_AVGJORT: 1, Outcome.SNART: 2, Outcome.AVVIK: 3}


def krav(nummer: str) -> str:
    """The title of a requirement, without its number."""
    found = ETTER_NUMMER.get(nummer)
    return found.tittel if found is not None else nummer


class Status(NamedTuple):
    """How many verdicts of each outcome."""

    brudd: int
    ikke_avgjort: int
    avvik: int
    snart: int
    oppfylt: int


def status(dommer: Iterable[Verdict]) -> Status:
    """What the verdicts of one or more records add up to."""
    n = dict.fromkeys(Outcome, 0)
    for v in dommer:
        n[v.utfall] += 1
    return Status(
        n[Outcome.BRUDD],
        n[Outcome.IKKE_AVGJORT],
        n[Outcome.AVVIK],
        n[Outcome.SNART],
        n[Outcome.OPPFYLT],
    )


class Sak(NamedTuple):
    """One thing to do: which requirement of which record, what is wrong, what to do, and by when.

    `art`: the kind of finding, None for what is open or runs out.
    """

    dom: Verdict
    hva: str
    tiltak: str
    frist: date | None
    art: FindingKind | None = None


def saker(dommer: Iterable[Verdict]) -> list[Sak]:
    """What has to be done: one for each finding that no deviation covers, for what is open, and for what runs out."""
    out: list[Sak] = []
    for v in dommer:
        if v.utfall is Outcome.BRUDD:
            out += [
                Sak(v, f.melding, _med_avvik(v, f.tiltak, f.avvik), f.dato, f.art)
                for f in v.funn
                if f.avvik is None or v.lovbrudd
            ]
        if v.begrunnelse and v.utfall in (Outcome.BRUDD, Outcome.IKKE_AVGJORT):
            out.append(Sak(v, v.begrunnelse, "Gjør det mulig å avgjøre kravet.", v.frist))
        elif v.utfall is Outcome.SNART:
            siste = norsk_dato(v.frist) if v.frist else ""
            out.append(Sak(v, f"{krav(v.krav)}: går ut {siste}.", "Forny før fristen.", v.frist))
    return out


def uoppfylt(dom: Verdict | None) -> list[Sak]:
    """What stands against a requirement: breaches, what is open, and what a deviation covers. Empty when met."""
    if dom is None or dom.utfall not in (Outcome.BRUDD, Outcome.IKKE_AVGJORT, Outcome.AVVIK):
        return []
    dekket = [
        Sak(dom, f.melding, f"{f.tiltak} Dekket av avviket {f.avvik}.", f.dato, f.art)
        for f in dom.funn
        if f.avvik is not None and not dom.lovbrudd
    ]
    return saker([dom]) + dekket


def _med_avvik(v: Verdict, tiltak: str, avvik: str | None) -> str:
    return f"{tiltak} Lovbrudd under oppfølging i avviket {avvik}." if v.lovbrudd and avvik else tiltak


def viktigst(g: Grunnlag, alle: Sequence[Sak]) -> list[Sak]:
    """Worst first, then what is most critical, then what is soonest."""

    def key(s: Sak) -> tuple[int, int, date, str, str]:
        dag = s.frist or s.dom.frist or date.max
        return _HASTER.get(s.dom.utfall, 9), -rang(g, s.dom.post), dag, s.dom.post, s.dom.krav

    return sorted(alle, key=key)


def rang(g: Grunnlag, key: str) -> int:
    """The rank of a system's or service's criticality class, 0 when it has none."""
    found = g.register.oppforing(key.partition("/")[2])
    if found is None or found.kind not in {"systemer", "tjenester"}:
        return 0
    p = found.post
    klasse = p.kritikalitet.klasse if isinstance(p, System | Tjeneste) and p.kritikalitet else None
    known = g.register.innstillinger.kritikalitetsklasser.get(klasse or "")
    return known.rang if known is not None else 0
