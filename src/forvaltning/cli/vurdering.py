"""What a check comes to: the verdicts to show, the counts, and the problems of the registry as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from forvaltning.findings import Outcome, Problem, Summary, Verdict

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.engine.resultat import Svikt

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


def problemer(
    okt: Okt,
    dommer: list[Verdict],
    hengende_: list[Any] | None = None,
    kretser_: list[Problem] | None = None,
) -> tuple[list[Problem], tuple[date, date]]:
    """Every problem, sorted, and the dates between which they stay the same.

    `hengende_` and `kretser_`: the dangling references, and the circles, where they are known.
    """
    from forvaltning.engine.deviations import avviksproblemer
    from forvaltning.engine.problemer import (
        gjenbrukte_id,
        hengende,
        hengende_i,
        innstillingsproblemer,
        kretser,
    )
    from forvaltning.engine.tvillinger import skilt
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
    if hengende_ is None:
        hengende_ = hengende_i(register, register.oppforinger())
    okt.hengende = hengende_
    problems = list(okt.innlest.problemer)
    problems += avviksproblemer(register, ETTER_NUMMER, used)
    problems += hengende(register, hengende_, told)
    problems += gjenbrukte_id(register)
    problems += kretser(register) if kretser_ is None else kretser_
    problems += innstillingsproblemer(register, "forvaltning.yaml")
    problems.sort(key=lambda p: (p.fil, str(p.path), p.regel, p.melding))
    return skilt(problems), (register.dag.fra, register.dag.til)


def rekkefolge(post: str) -> tuple[str, str]:
    """Kind and id of a record key, for sorting."""
    kind, _, ident = post.partition("/")
    return kind, ident


def i_rekkefolge(dommer: Iterable[Verdict]) -> list[Verdict]:
    """Verdicts by record, as when every record is judged: which of them a cache knew does not show."""
    return sorted(dommer, key=lambda v: rekkefolge(v.post))
