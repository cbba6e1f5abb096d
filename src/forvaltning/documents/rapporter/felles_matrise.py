"""A risk matrix as a table: the scale's words beside the numbers, the level in words, and the scenarios in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from forvaltning.documents import svg_matrise
from forvaltning.documents.rapporter.felles_ros import Risikolinje
from forvaltning.documents.visning import Figur, Kolonne, Tabell, Verdi
from forvaltning.model.innstillinger import Matrise
from forvaltning.model.ros import Risiko

VIS_I_CELLE = 6
"""How many scenarios one cell names; the rest is counted. All of them stand in the list of scenarios."""
Celler = dict[tuple[str, str], list[str]]
"""Numbers of scenarios by probability and consequence."""


def celler(linjer: Iterable[Risikolinje], felt: str) -> Celler:
    """Where the scenarios stand, `felt` being ``initial`` or ``rest``; what has no place in the matrix is left out."""
    out: Celler = defaultdict(list)
    for x in linjer:
        risiko: Risiko | None = getattr(x.scenario, felt)
        if risiko is not None and getattr(x, felt) is not None:
            out[risiko.sannsynlighet or "", risiko.konsekvens or ""].append(x.nummer)
    return out


def kort(numre: Sequence[str]) -> str:
    """«S1, S2, S3 og 4 til»."""
    if len(numre) <= VIS_I_CELLE:
        return ", ".join(numre)
    return f"{', '.join(numre[:VIS_I_CELLE])} og {len(numre) - VIS_I_CELLE} til"


def tabell(navn: str, tittel: str, matrise: Matrise, innhold: Celler, forklaring: str) -> Tabell:
    """The matrix with the most likely at the top; every cell says its level in words."""
    kolonner = (
        Kolonne("sannsynlighet", "Sannsynlighet"),
        *(
            Kolonne(f"konsekvens_{n}", f"{k} {ord_}")
            for n, (k, ord_) in enumerate(matrise.konsekvens.items(), 1)
        ),
    )
    rader: list[tuple[Verdi, ...]] = []
    for s, ord_ in reversed(matrise.sannsynlighet.items()):
        rad: list[Verdi] = [f"{s} {ord_}"]
        for k in matrise.konsekvens:
            level = matrise.oppslag(s, k)
            words = matrise.nivaer.get(level or "", level or "–")
            here = innhold.get((s, k))
            rad.append(f"{words}: {kort(here)}" if here else words)
        rader.append(tuple(rad))
    return Tabell(navn, tittel, kolonner, tuple(rader), forklaring=forklaring)


def beskrivelse(matrise: Matrise, innhold: Celler) -> str:
    """The matrix in one sentence for those who do not see it: how many scenarios there are on each level."""
    n: dict[str, int] = defaultdict(int)
    for (s, k), numre in innhold.items():
        n[matrise.oppslag(s, k) or ""] += len(numre)
    deler = [f"{n.get(level, 0)} på {words.lower()}" for level, words in reversed(matrise.nivaer.items())]
    return f"Scenarier: {', '.join(deler)}."


def figur(navn: str, tittel: str, matrise: Matrise, innhold: Celler) -> Figur:
    """The matrix as a figure: level in words, pattern and colour in every cell, and the scenarios' numbers."""
    nivaer, rader, kolonner = list(matrise.nivaer), list(matrise.sannsynlighet), list(matrise.konsekvens)
    words = beskrivelse(matrise, innhold)

    def niva(s: str, k: str) -> int:
        found = matrise.oppslag(s, k)
        return nivaer.index(found) if found in nivaer else -1

    drawn = svg_matrise.matrise(
        navn,
        tittel,
        words,
        rader=[f"{s} {matrise.sannsynlighet[s]}" for s in rader],
        kolonner=[f"{k} {matrise.konsekvens[k]}" for k in kolonner],
        nivaer=[[niva(s, k) for k in kolonner] for s in rader],
        nivanavn=list(matrise.nivaer.values()),
        celler=[[innhold.get((s, k), []) for k in kolonner] for s in rader],
    )
    return Figur(navn, tittel, words, drawn)
