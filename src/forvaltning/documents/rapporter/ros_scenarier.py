"""The tables of scenarios and measures in the report `ros`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import nokkel
from forvaltning.documents.rapporter import felles, felles_ros
from forvaltning.documents.rapporter.felles_ros import Risikolinje
from forvaltning.documents.visning import Kolonne, Tabell, Verdi

ROS = Kolonne("ros", "ROS")


def over(g: Grunnlag, linjer: Sequence[Risikolinje]) -> Tabell:
    """Scenarios whose risk as it stands lies above acceptance, or may do so, highest first."""
    valgt = [x for x in linjer if x.over is not False]
    valgt.sort(key=lambda x: (x.over is None, -_rang(x), int(x.nummer[1:])))
    return Tabell(
        "over_aksept",
        "Over akseptert nivå",
        (
            Kolonne("nummer", "Nr."),
            Kolonne("hendelse", "Hva som kan skje"),
            ROS,
            Kolonne("naa", "Risiko nå"),
            Kolonne("etter", "Etter alle tiltak"),
            Kolonne("akseptert", "Akseptert nivå"),
            Kolonne("handtering", "Slik håndteres det", "liste"),
        ),
        tuple(
            (
                x.nummer,
                felles_ros.hendelse(x.scenario),
                x.ros.navn,
                felles_ros.nivanavn(x.matrise, x.naa),
                felles_ros.nivanavn(x.matrise, x.rest),
                felles_ros.nivanavn(x.matrise, x.grense) if x.grense is not None else "ikke besluttet",
                felles_ros.handtering(g, x.scenario),
            )
            for x in valgt
        ),
        tom="Ingen scenarier i registeret ligger over akseptert nivå.",
        forklaring="Risiko nå er risikoen etter tiltak når et tiltak er ferdig, ellers risikoen før tiltak.",
    )


def _rang(x: Risikolinje) -> int:
    return (x.matrise.rang(x.naa) if x.matrise is not None else None) or 0


def tiltak(g: Grunnlag, linjer: Sequence[Risikolinje], *, forfalt: bool) -> Tabell:
    """Measures that are not done, those past their date or the others, soonest first."""
    rader: list[tuple[Verdi, ...]] = []
    for x, t in felles_ros.tiltak_i_arbeid(linjer):
        if (t.frist is not None and felles.dager(g, t.frist) < 0) is forfalt:
            rader.append(
                (
                    t.frist or felles.MANGLER,
                    felles.om(g, t.frist) if t.frist else "–",
                    t.hva or t.id,
                    felles.rolle(g, t.ansvarlig),
                    g.kode("tiltakstilstand", t.tilstand) or felles.MANGLER,
                    x.ros.navn,
                    x.nummer,
                )
            )
    rader.sort(key=lambda r: (r[0] if isinstance(r[0], date) else date.max, nokkel(str(r[2]))))
    navn, tittel, tom = (
        ("forfalte_tiltak", "Over frist", "Ingen tiltak er over frist.")
        if forfalt
        else ("tiltak_i_arbeid", "I arbeid", "Ingen tiltak er i arbeid.")
    )
    return Tabell(
        navn,
        tittel,
        (
            Kolonne("frist", "Frist", "dato"),
            Kolonne("igjen", "Igjen"),
            Kolonne("tiltak", "Tiltak"),
            Kolonne("ansvarlig", "Ansvarlig"),
            Kolonne("tilstand", "Tilstand"),
            ROS,
            Kolonne("scenario", "Scenario"),
        ),
        tuple(rader),
        tom=tom,
    )


def scenarier(linjer: Sequence[Risikolinje]) -> Tabell:
    """Every scenario with level, probability and consequence in words, before and after measures."""
    return Tabell(
        "scenarier",
        "Alle scenarier",
        (
            Kolonne("nummer", "Nr."),
            Kolonne("hendelse", "Hva som kan skje"),
            ROS,
            Kolonne("for", "Før tiltak"),
            Kolonne("etter", "Etter tiltak"),
        ),
        tuple(
            (
                x.nummer,
                felles_ros.hendelse(x.scenario),
                x.ros.navn,
                felles_ros.celle(x.matrise, x.scenario.initial),
                felles_ros.celle(x.matrise, x.scenario.rest),
            )
            for x in linjer
        ),
        tom="Ingen gjeldende ROS har scenariene i registeret.",
    )
