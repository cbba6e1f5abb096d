"""The words of the to-do list's ranks, for whoever writes it: heading, and what it means."""

from __future__ import annotations

from collections.abc import Callable

from forvaltning.engine.gjoremal import Gjoremal, Rang

RANGER: dict[Rang, tuple[str, str]] = {
    Rang.LOV: ("Brudd på lov", "Ingen i kommunen kan fravike disse kravene. Ta dem først."),
    Rang.FORFALT: ("Over fristen", "Dette skulle vært gjort."),
    Rang.BRUDD: ("Brudd på krav", "Dette mangler eller er i strid med reglementet."),
    Rang.FIL: ("Feil i filer", "Det filen sier, er ikke vurdert før den er rettet."),
    Rang.FRIST: ("Frister som kommer", "Dette er i orden nå, men går ut."),
    Rang.UAVKLART: ("Ikke avgjort", "Dette kunne ikke avgjøres. Finn ut det som mangler."),
    Rang.AVVIK: ("Avvik som går ut", "Rett det avviket dekker, eller få en ny beslutning."),
    Rang.RYDD: ("Rydd opp", "Dette stopper ingenting, men bør rettes."),
}
"""Rank → heading and what it means."""
VIS_OGSA = 5
"""Other records named for one task; the rest are counted."""


def ogsa(x: Gjoremal, navn: Callable[[str], str]) -> str:
    """« Gjelder også Skjemaløsningen og 2 til.», empty when the task is for one record. `navn`: key → name."""
    if not x.ogsa:
        return ""
    named = [navn(key) for key in x.ogsa[:VIS_OGSA]]
    rest = len(x.ogsa) - len(named)
    if rest:
        return f" Gjelder også {', '.join(named)} og {rest} til."
    return f" Gjelder også {' og '.join(filter(None, (', '.join(named[:-1]), named[-1])))}."
