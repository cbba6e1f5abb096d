"""Requirement 1.6: the system's entry in the inventory is complete and reviewed."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import FieldPath, Strength
from forvaltning.krav.byggesteiner import krev_bekreftelse
from forvaltning.krav.henvisning import slaa_opp
from forvaltning.krav.naar import TILSTANDSNAVN, fra_tilstand
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon, Utloper
from forvaltning.krav.omrade1.k1_6_systemoversikt_nevnt import (
    nevnt_i_avtale,
    nevnt_i_integrasjon,
    nevnt_i_tjeneste,
)
from forvaltning.krav.omrade1.k1_6_systemoversikt_opplysninger import opplysninger
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import SYSTEMEIER, Kontekst, Krav, regel
from forvaltning.model.base import I_BRUK
from forvaltning.model.enhet import Enhet
from forvaltning.model.leverandor import Leverandor
from forvaltning.model.system import System

fra_planlagt = fra_tilstand("planlagt")


def fra_planlagt_eller_tatt_i_bruk(system: System, ctx: Kontekst) -> str | None:
    """As `fra_planlagt`, but an idea with a production date that is reached contradicts itself."""
    start = system.produksjon_fra
    if system.tilstand == "ide" and start is not None and ctx.register.dag.passert(start):
        return None
    return fra_planlagt(system, ctx)


@regel(
    System,
    naar=fra_planlagt,
    felter=("enhet", "drift.enhet", "drift.leverandor", "enheter:fra", "enheter:til"),
)
def organisering(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """The units and the operator that the entry names resolve."""
    enheter: list[tuple[FieldPath, str | None, str]] = [(("enhet",), system.enhet, "enhet")]
    if system.drift:
        enheter.append((("drift", "enhet"), system.drift.enhet, "enheten som drifter systemet"))
        if system.drift.leverandor:
            yield from slaa_opp(
                ctx,
                system,
                ("drift", "leverandor"),
                system.drift.leverandor,
                Leverandor,
                hva="driftsleverandør",
            )
    for felt, ident, hva in enheter:
        if ident:
            yield from slaa_opp(ctx, system, felt, ident, Enhet, hva=hva)
            enhet = ctx.register.hent(ident, Enhet)
            if enhet is not None:
                yield from _virksom(ctx, felt, enhet)


def _virksom(ctx: Kontekst, felt: FieldPath, enhet: Enhet) -> Iterator[Observasjon]:
    if enhet.fra is not None and not ctx.register.dag.nadd(enhet.fra):
        yield Feil(
            felt,
            "enhet-ikke-virksom",
            f"Enheten «{enhet.navn}» finnes først fra {norsk_dato(enhet.fra)}.",
            "Vis til enheten som har ansvaret nå.",
        )
    if enhet.til is not None:
        yield Utloper(
            felt,
            "enhet-utlopt",
            enhet.til,
            f"Enheten «{enhet.navn}» fantes til {norsk_dato(enhet.til)}.",
            "Vis til enheten som har overtatt.",
        )


@regel(
    System,
    naar=fra_planlagt_eller_tatt_i_bruk,
    felter=("tilstand", "produksjon_fra", "avvikling_fra", "avviklet"),
)
def livslop(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """The state is given, and the dates of the life cycle do not contradict it."""
    if system.tilstand is None:
        yield Mangler(
            ("tilstand",),
            "tilstand-mangler",
            "Systemets tilstand er ikke oppgitt, og det vurderes som om det var i bruk.",
            f"Skriv tilstanden i «tilstand»: {', '.join(TILSTANDSNAVN)}.",
        )
        return
    naa = TILSTANDSNAVN[system.tilstand]
    startet = system.tilstand in I_BRUK
    for felt, dato, skjedd, hva in (
        ("produksjon_fra", system.produksjon_fra, startet, "ble tatt i bruk"),
        ("avvikling_fra", system.avvikling_fra, system.tilstand == "under_avvikling", "begynte å avvikles"),
        ("avviklet", system.avviklet, False, "ble tatt ut av bruk"),
    ):
        if dato is None:
            continue
        if skjedd and not ctx.register.dag.nadd(dato):
            yield Feil(
                (felt,),
                f"{felt}-framtid",
                f"Systemet er {naa}, men «{felt}» er {norsk_dato(dato)}, som ikke er nådd.",
                f"Rett «tilstand», eller skriv dagen systemet faktisk {hva}.",
            )
        elif not skjedd and ctx.register.dag.passert(dato):
            yield Feil(
                (felt,),
                f"{felt}-motsier-tilstand",
                f"Systemet {hva} {norsk_dato(dato)}, men står som {naa}.",
                f"Rett «tilstand» eller «{felt}».",
            )


@regel(System, naar=fra_planlagt, felter=("systemoversikt",))
def gjennomgatt(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """The entry is reviewed within the interval, also when somebody else runs the system."""
    yield from krev_bekreftelse(
        ctx,
        system,
        ("systemoversikt",),
        system.systemoversikt,
        hva="Gjennomgangen av innføringen i systemoversikten",
        vilkar="systemoversikt",
        tiltak="Gå gjennom opplysningene i posten, og skriv dato og rolle i «systemoversikt».",
        maneder=ctx.innstillinger.intervaller["systemoversikt"],
    )
    yield Bevis(("navn",), Strength.MASKINELL)


KRAV_1_6 = Krav(
    "1.6",
    tittel="Systemet er fullstendig innført i systemoversikten",
    ansvarlig=(SYSTEMEIER,),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(
        opplysninger,
        organisering,
        livslop,
        gjennomgatt,
        nevnt_i_tjeneste,
        nevnt_i_integrasjon,
        nevnt_i_avtale,
    ),
    modul=__name__,
)
