"""Counting verdicts so that the parts add up: each verdict once, each breach by the worst that was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from forvaltning.documents.svg import STILER, stolper
from forvaltning.documents.visning import Figur, Kolonne, Verdi
from forvaltning.findings import FindingKind, Outcome, Verdict

MAKS = 100
"""Rows of the lists on this page; the rest are counted, and `forvaltning check` lists all."""
SERIER = (
    ("feil", "Brudd: feil"),
    ("utlopt", "Brudd: utløpt"),
    ("mangler", "Brudd: mangler"),
    ("lovbrudd", "Lovbrudd under oppfølging"),
    ("ikke_avgjort", "Ikke avgjort"),
    ("avvik", "Avvik"),
    ("snart", "Snart"),
    ("oppfylt", "Oppfylt"),
)
"""What a verdict that applies is counted as, worst first, with its words."""
KOLONNER = (
    Kolonne("brudd", "Brudd", "tall"),
    Kolonne("feil", "Feil", "tall"),
    Kolonne("utlopt", "Utløpt", "tall"),
    Kolonne("mangler", "Mangler", "tall"),
    Kolonne("lovbrudd", "Lovbrudd under oppfølging", "tall"),
    Kolonne("ikke_avgjort", "Ikke avgjort", "tall"),
    Kolonne("avvik", "Avvik", "tall"),
    Kolonne("snart", "Snart", "tall"),
    Kolonne("oppfylt", "Oppfylt", "tall"),
    Kolonne("ikke_aktuelt", "Ikke aktuelt", "tall"),
    Kolonne("andel", "Andel oppfylt", "prosent"),
)
_ART = {FindingKind.FEIL: "feil", FindingKind.UTLOPT: "utlopt", FindingKind.MANGLER: "mangler"}
"""Worst first."""


@dataclass(slots=True)
class Telling:
    """Verdicts by what they are counted as."""

    feil: int = 0
    utlopt: int = 0
    mangler: int = 0
    lovbrudd: int = 0
    ikke_avgjort: int = 0
    avvik: int = 0
    snart: int = 0
    oppfylt: int = 0
    ikke_aktuelt: int = 0

    @property
    def brudd(self) -> int:
        """Every breach, a followed-up breach of law too."""
        return self.feil + self.utlopt + self.mangler + self.lovbrudd

    @property
    def gronne(self) -> int:
        """What holds, also what runs out soon."""
        return self.oppfylt + self.snart

    @property
    def alle(self) -> int:
        """Every verdict."""
        return self.brudd + self.ikke_avgjort + self.avvik + self.gronne + self.ikke_aktuelt


def tell(dommer: Iterable[Verdict]) -> Telling:
    """Count verdicts, each once."""
    out = Telling()
    for v in dommer:
        key = slag(v)
        setattr(out, key, getattr(out, key) + 1)
    return out


def slag(v: Verdict) -> str:
    """What one verdict is counted as."""
    if v.utfall is not Outcome.BRUDD:
        return v.utfall.value
    if v.lovbrudd:
        return "lovbrudd"
    found = {f.art for f in v.funn if f.avvik is None}
    return next((name for art, name in _ART.items() if art in found), "feil")


def andel(t: Telling) -> float | None:
    """How many of a hundred that apply hold; None when none applies."""
    applies = t.alle - t.ikke_aktuelt
    return round(100 * t.gronne / applies, 1) if applies else None


def rad(t: Telling) -> tuple[Verdi, ...]:
    """The counts in the order of `KOLONNER`."""
    return (
        t.brudd,
        t.feil,
        t.utlopt,
        t.mangler,
        t.lovbrudd,
        t.ikke_avgjort,
        t.avvik,
        t.snart,
        t.oppfylt,
        t.ikke_aktuelt,
        andel(t),
    )


def figur(navn: str, tittel: str, hver: str, rader: Sequence[tuple[str, Telling]], mer: str = "") -> Figur:
    """Bars of what applies, one for each `hver`. The numbers stand in the table beside it; the words tell the worst."""
    used = [(key, label) for key, label in SERIER if any(getattr(t, key) for _, t in rader)]
    name, worst = max(rader, key=lambda r: r[1].brudd)
    most = (
        f"Flest brudd har {name}, med {worst.brudd} av {worst.alle - worst.ikke_aktuelt} vurderinger."
        if worst.brudd
        else "Ingen har brudd."
    )
    words = (
        f"Stolpediagram over vurderingene som gjelder, én stolpe for hvert utvalg etter {hver}, delt etter utfall. {most} "
        f"Alle tallene står i tabellen.{mer}"
    )
    bars = [(label, [getattr(t, key) for key, _ in used]) for label, t in rader]
    return Figur(navn, tittel, words, stolper(navn, tittel, words, used, bars, STILER))
