"""What a check comes to: the verdicts to show, the counts, and the problems of the registry as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from forvaltning.findings import Outcome, Problem, Summary, Verdict

if TYPE_CHECKING:
    from forvaltning.cli.registerokt import Registerokt
    from forvaltning.engine.resultat import Svikt
    from forvaltning.model.register import Register

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
    vindu: tuple[date, date] = (date.min, date.max)
    """The dates between which the problems stay the same."""
    brukte: frozenset[str] = frozenset()
    """Compared ids of the deviations that cover a finding."""

    def avvikskunnskap(self, touched: Iterable[str]) -> Avvikskunnskap:
        """What is known of the deviations once some files have changed. `touched`: their paths."""
        from forvaltning.model.viser import normaliser

        ids = (
            normaliser(p.removesuffix(".yaml").partition("/")[2]) for p in touched if p.startswith("avvik/")
        )
        return Avvikskunnskap(
            [p for p in self.problemer if p.regel.startswith("avvik.")],
            self.brukte,
            set(ids),
            self.vindu,
        )


def fra_samlet(samlet: dict[str, Any], synlige_: list[Verdict]) -> Kontroll:
    """What an earlier run kept of the whole registry, with the verdicts to show."""
    from forvaltning.source.fakta import problem_fra_liste

    return Kontroll(
        Summary(**samlet["sammendrag"]),
        synlige_,
        [problem_fra_liste(p) for p in samlet["problemer"]],
        vindu=(date.fromordinal(samlet["vindu"][0]), date.fromordinal(samlet["vindu"][1])),
        brukte=frozenset(samlet["brukte"]),
    )


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


class Avvikskunnskap(NamedTuple):
    """What is wrong with the deviations, as far as it is known."""

    problemer: list[Problem]
    brukte: frozenset[str]
    """Compared ids of the deviations that covered a finding then."""
    rort: set[str]
    """Compared ids of those that may be others by now."""
    vindu: tuple[date, date]
    """The dates between which what is known of them holds."""


class KjenteProblemer(NamedTuple):
    """What an earlier look at nearly the same files found; None where it must be looked for again."""

    hengende: list[Any] | None = None
    kretser: list[Problem] | None = None
    avvik: Avvikskunnskap | None = None


class Problemsett(NamedTuple):
    """Every problem, sorted; the dates between which they stay the same; the deviations that cover a finding."""

    problemer: list[Problem]
    vindu: tuple[date, date]
    brukte: frozenset[str]


def problemer(okt: Registerokt, dommer: list[Verdict], kjente: KjenteProblemer | None = None) -> Problemsett:
    """Every problem of a registry. `dommer`: the verdicts that are neither *oppfylt* nor *ikke aktuelt*."""
    from forvaltning.engine.problemer import (
        gjenbrukte_id,
        hengende,
        hengende_i,
        innstillingsproblemer,
        kretser,
    )
    from forvaltning.engine.tvillinger import skilt
    from forvaltning.model.viser import normaliser

    told: set[tuple[str, tuple[str | int, ...]]] = set()
    used: set[str] = set()
    for v in dommer:
        for f in v.funn:
            told.add((f.place.post, f.place.path))
            if f.avvik:
                used.add(normaliser(f.avvik))
    register, known = okt.register, kjente or KjenteProblemer()
    register.nullstill()
    okt.hengende = hengende_i(register, register.oppforinger()) if known.hengende is None else known.hengende
    problems = list(okt.innlest.problemer)
    problems += _avviksproblemer(register, known.avvik, used)
    problems += hengende(register, okt.hengende, told)
    problems += gjenbrukte_id(register)
    problems += kretser(register) if known.kretser is None else known.kretser
    problems += innstillingsproblemer(register, "forvaltning.yaml")
    problems.sort(key=lambda p: (p.fil, str(p.path), p.regel, p.melding))
    fra, til = register.dag.fra, register.dag.til
    if known.avvik is not None:
        fra, til = max(fra, known.avvik.vindu[0]), min(til, known.avvik.vindu[1])
    return Problemsett(skilt(problems), (fra, til), frozenset(used))


def _avviksproblemer(register: Register, known: Avvikskunnskap | None, used: set[str]) -> list[Problem]:
    """What is wrong with the deviations; of what is known only those are looked at that may be others now."""
    from forvaltning.model.viser import normaliser

    again: set[str] | None = None
    out: list[Problem] = []
    if known is not None:
        again = known.rort | (known.brukte ^ used)
        out = [p for p in known.problemer if normaliser((p.post or "").partition("/")[2]) not in again]
        if not again:
            return out
    from forvaltning.engine.deviations import avviksproblemer
    from forvaltning.krav.katalog import ETTER_NUMMER

    return out + list(avviksproblemer(register, ETTER_NUMMER, used, again))


def rekkefolge(post: str) -> tuple[str, str]:
    """Kind and id of a record key, for sorting."""
    kind, _, ident = post.partition("/")
    return kind, ident


def i_rekkefolge(dommer: Iterable[Verdict]) -> list[Verdict]:
    """Verdicts by record, as when every record is judged: which of them a cache knew does not show."""
    return sorted(dommer, key=lambda v: rekkefolge(v.post))
