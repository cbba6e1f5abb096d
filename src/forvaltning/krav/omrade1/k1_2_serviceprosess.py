"""Requirement 1.2: the system follows the service processes in BkService and the service standard."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import krev_bekreftelse, krev_verdi
from forvaltning.krav.frist import frist_ved_overlevering
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Bevis, Mangler, Observasjon
from forvaltning.krav.typer import SYSTEMEIER, Kontekst, Krav, regel
from forvaltning.model.system import System


@regel(
    System,
    naar=i_bruk,
    felter=(
        "serviceprosess.bkservice",
        "serviceprosess.bekreftet",
        "serviceprosess.servicestandard",
        "produksjon_fra",
    ),
)
def serviceprosess(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """A named entry in BkService, and dated confirmations; due at handover."""
    yield from frist_ved_overlevering(ctx, system.produksjon_fra, _serviceprosess(system, ctx))


def _serviceprosess(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    sp = system.serviceprosess
    if sp is None or (sp.bkservice is None and sp.bekreftet is None and sp.servicestandard is None):
        yield Mangler(
            ("serviceprosess",),
            "serviceprosess-mangler",
            "Systemet er ikke knyttet til serviceprosessene i BkService eller til servicestandarden.",
            "Skriv innføringen i «serviceprosess.bkservice», og bekreft den og servicestandarden med dato.",
        )
        return
    yield from krev_verdi(
        ("serviceprosess", "bkservice"),
        sp.bkservice,
        "bkservice-mangler",
        "Systemet har ingen navngitt innføring i BkService.",
        "Skriv navnet på innføringen i «serviceprosess.bkservice».",
    )
    yield from krev_bekreftelse(
        ctx,
        system,
        ("serviceprosess", "bekreftet"),
        sp.bekreftet,
        hva="Tilknytningen til serviceprosessene i BkService",
        vilkar="serviceprosess-bekreftet",
        tiltak="Gå gjennom innføringen i BkService, og skriv dato og rolle i «serviceprosess.bekreftet».",
    )
    yield from krev_bekreftelse(
        ctx,
        system,
        ("serviceprosess", "servicestandard"),
        sp.servicestandard,
        hva="Bruken av servicestandarden",
        vilkar="servicestandard",
        tiltak="Kontroller mot servicestandarden, og skriv dato og rolle i «serviceprosess.servicestandard».",
    )
    yield Bevis(("serviceprosess",), Strength.MASKINELL)


KRAV_1_2 = Krav(
    "1.2",
    tittel="Systemet følger serviceprosessene og servicestandarden",
    ansvarlig=(SYSTEMEIER,),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(serviceprosess,),
    modul=__name__,
)
