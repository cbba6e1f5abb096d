"""What the text report is made from: plain values, and names looked up when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from forvaltning.findings import (
    Finding,
    FindingKind,
    Outcome,
    Problem,
    Responsible,
    Severity,
    Summary,
    Verdict,
)
from forvaltning.render.kontrakt import Posisjoner
from forvaltning.render.tekst_stil import Stil, ren

UTFALL: dict[Outcome, tuple[str, str, str]] = {
    Outcome.BRUDD: ("✗", "brudd", "fet_rod"),
    Outcome.IKKE_AVGJORT: ("?", "ikke avgjort", "gul"),
    Outcome.AVVIK: ("●", "avvik", "bla"),
    Outcome.SNART: ("◷", "snart", "gul"),
    Outcome.OPPFYLT: ("✓", "oppfylt", "gronn"),
    Outcome.IKKE_AKTUELT: ("·", "ikke aktuelt", "svak"),
}
"""Outcome → sign, words and colour; never colour alone."""
ARTER: dict[FindingKind, tuple[str, str, str]] = {
    FindingKind.FEIL: ("✗", "feil", "fet_rod"),
    FindingKind.UTLOPT: ("◷", "utløpt", "rod"),
    FindingKind.MANGLER: ("○", "mangler", "gul"),
}
"""Kind of finding → sign, word and colour, worst first."""
GRONNE = (Outcome.OPPFYLT, Outcome.IKKE_AKTUELT)
"""What is listed only when asked for."""
RANG = {art: i for i, art in enumerate(ARTER)}


@dataclass(frozen=True, slots=True)
class Visning:
    """What to show. `utfall` None shows what needs attention; `alt` shows everything; `kort` one line."""

    alt: bool = False
    kort: bool = False
    utfall: frozenset[Outcome] | None = None

    def viser(self, utfall: Outcome) -> bool:
        """True when verdicts with this outcome are listed."""
        if self.utfall is not None:
            return utfall in self.utfall
        return self.alt or utfall not in GRONNE

    @property
    def trenger_alle(self) -> bool:
        """True when verdicts are listed that need no attention."""
        return not self.kort and any(self.viser(u) for u in GRONNE)


@dataclass(frozen=True, slots=True)
class Grunnlag:
    """A judged registry, ready to be told of.

    `sti`: how the registry folder is written from here, before every file. `datokilde`: ``valgt``,
    ``eksempel`` or ``i dag``. `dommer` may leave out the green ones, `sammendrag` counts them. `snevret`: what was asked for, in words, empty for all.
    """

    sti: str
    kommune: str
    dato: date
    datokilde: str
    dommer: Sequence[Verdict]
    problemer: Sequence[Problem]
    sammendrag: Summary
    steder: Posisjoner
    titler: Mapping[str, str]
    lover: frozenset[str]
    omrader: Mapping[int, str]
    postnavn: Callable[[str], str]
    """Record key → name."""
    enhetsnavn: Callable[[str], str]
    rollenavn: Callable[[str], str]
    rolletyper: frozenset[str] = frozenset()
    historie_ukjent: str = ""
    snevret: tuple[str, ...] = ()
    vindu: int = 90
    """The warning window in days."""
    ved: str = ""
    """The commit that is looked at; empty for the files as they are."""
    ferdig_med: Callable[[str], None] = field(default=lambda _: None)
    """Told of each file whose positions have been written."""

    @property
    def antall(self) -> int:
        """How many verdicts were given, those that are not in `dommer` too."""
        return sum(self.sammendrag.utfall.values())

    def fil(self, fil: str) -> str:
        """``registry/systemer/bk360.yaml``: a file as it is written from here."""
        return ren(fil if self.sti == "." else f"{self.sti}/{fil}")

    def sted(self, fil: str, path: tuple[str | int, ...]) -> str:
        """``registry/systemer/bk360.yaml:12:3``."""
        at = self.steder.finn(fil, path)
        return f"{self.fil(fil)}:{at.line}:{at.column}"

    def problemsted(self, p: Problem) -> str:
        """Where a problem stands, in the same form."""
        at = self.steder.problem(p)
        return f"{self.fil(p.fil)}:{at.line}:{at.column}"

    def feil(self) -> list[Problem]:
        """The problems that count."""
        return [p for p in self.problemer if p.alvor is Severity.FEIL]

    def merknader(self) -> list[Problem]:
        """The problems that do not."""
        return [p for p in self.problemer if p.alvor is Severity.MERKNAD]


def alvor(funn: Finding, dom: Verdict) -> int:
    """How serious a finding is, 0 worst: at odds or a followed-up breach of law, past its date, missing."""
    return 0 if dom.lovbrudd else RANG[funn.art]


def hvem(ansvarlig: Responsible, g: Grunnlag) -> str:
    """Who answers, in words: role type, role id and contact."""
    name = g.rollenavn(ansvarlig.rolle)
    inside = [x for x in (ansvarlig.post, ansvarlig.kontakt) if x]
    if not ansvarlig.post and ansvarlig.rolle in g.rolletyper:
        inside = ["ingen er ført opp"]
    return ren(f"{name} ({', '.join(inside)})" if inside else name)


def svarer(dom: Verdict, g: Grunnlag) -> str:
    """Everyone who answers for a verdict."""
    return "; ".join(hvem(a, g) for a in dom.ansvarlig) or "ingen er utpekt"


__all__ = ["ARTER", "RANG", "UTFALL", "Grunnlag", "Stil", "Visning", "alvor", "hvem", "svarer"]
