"""Requirement 3.2: it is clear which data are handled, what they mean and what they are used for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import krev_verdi
from forvaltning.krav.henvisning import krev_rolle, slaa_opp
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Bevis, Observasjon
from forvaltning.krav.omrade3.felles import datasett_i_bruk, krev_dokument
from forvaltning.krav.typer import SYSTEMEIER, Kontekst, Krav, regel
from forvaltning.model.datasett import Datasett
from forvaltning.model.system import System

BESKRIVELSE: tuple[tuple[str, str, str], ...] = (
    ("tema", "Datasettet mangler tema.", "Skriv temakoden i «tema»."),
    ("betydning", "Det er ikke beskrevet hva dataene betyr.", "Skriv hva dataene forteller, i «betydning»."),
    (
        "rettsgrunnlag",
        "Det er ikke oppgitt hvilken hjemmel kommunen har dataene med.",
        "Skriv den i «rettsgrunnlag».",
    ),
    ("formal", "Det er ikke beskrevet hva dataene brukes til.", "Skriv formålet i «formal»."),
    ("brukere", "Det er ikke oppgitt hvem som bruker dataene.", "Før opp brukerne i «brukere»."),
    (
        "arbeidsprosesser",
        "Det er ikke oppgitt hvilke arbeidsprosesser dataene inngår i.",
        "Før dem opp i «arbeidsprosesser».",
    ),
)
"""What each dataset tells, beside owner and title (*orden i eget hus*): field, message, remedy."""


@regel(System, naar=i_bruk, felter=("datarutine.dato", "datarutine.referanse"))
def datarutine(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """The system has a dated routine for keeping its data in order."""
    yield from krev_dokument(
        ctx,
        ("datarutine",),
        system.datarutine,
        hva="Rutinen for orden i systemets data",
        vilkar="datarutine",
        tiltak="Lag rutinen, og skriv dato og referanse i «datarutine».",
    )


@regel(
    Datasett,
    naar=datasett_i_bruk,
    felter=("navn", "eier", *(field for field, _, _ in BESKRIVELSE), "system", "systemer:tilstand"),
)
def datasettet_er_beskrevet(datasett: Datasett, ctx: Kontekst) -> Iterator[Observasjon]:
    """Owner, title, theme, meaning, legal basis, purpose, users and work processes. The model asks for the title."""
    if datasett.system:
        yield from slaa_opp(ctx, datasett, ("system",), datasett.system, System, hva="systemet med dataene")
    yield from krev_rolle(ctx, datasett, ("eier",), datasett.eier, hva="eier av datasettet")
    for field, melding, tiltak in BESKRIVELSE:
        value: Any = getattr(datasett, field)
        yield from krev_verdi((field,), value, f"{field}-mangler", melding, tiltak)
    yield Bevis(("navn",), Strength.MASKINELL)


KRAV_3_2 = Krav(
    "3.2",
    tittel="Det er orden i dataene, og hvert datasett er beskrevet",
    ansvarlig=(SYSTEMEIER,),
    avgjores=(Strength.MASKINELL, Strength.DOKUMENTERT),
    regler=(datarutine, datasettet_er_beskrevet),
    modul=__name__,
)
