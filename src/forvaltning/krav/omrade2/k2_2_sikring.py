"""Requirement 2.2: KIT and criticality assessed, and what follows from them in agreements and plans."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import krev_bekreftelse
from forvaltning.krav.naar import fra_tilstand
from forvaltning.krav.observasjon import Mangler, Observasjon
from forvaltning.krav.omrade2.k2_2_sikring_avtaler import tjenestebilag
from forvaltning.krav.omrade2.k2_2_sikring_kit import kit_mot_data
from forvaltning.krav.omrade2.k2_2_sikring_leverandor import revisjon, sikkerhetskrav
from forvaltning.krav.omrade2.k2_2_sikring_planer import planer
from forvaltning.krav.omrade2.k2_2_sikring_vilkar import avtaler_etter_kritikalitet
from forvaltning.krav.typer import KOMMUNALDIREKTOR, SYSTEMEIER, Kontekst, Krav, regel
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

AKSER = ("konfidensialitet", "integritet", "tilgjengelighet")


@regel(
    System,
    Tjeneste,
    naar=fra_tilstand("under_utvikling"),
    felter=(
        "kit.konfidensialitet",
        "kit.integritet",
        "kit.tilgjengelighet",
        "kit.vurdert.dato",
        "kit.vurdert.av",
        "kit.vurdert.referanse",
    ),
)
def kit(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """Confidentiality, integrity and availability assessed, with date."""
    for akse in AKSER:
        if post.kit is None or getattr(post.kit, akse) is None:
            yield Mangler(
                ("kit", akse),
                f"kit-{akse}-mangler",
                f"Nivået for {akse} er ikke vurdert.",
                f"Skriv nivået på kommunens skala i «kit.{akse}».",
            )
    yield from krev_bekreftelse(
        ctx,
        post,
        ("kit", "vurdert"),
        post.kit.vurdert if post.kit else None,
        hva="KIT-vurderingen",
        vilkar="kit-vurdert",
        tiltak="Vurder KIT på nytt, og skriv dato og rolle eller dokument i «kit.vurdert».",
    )


@regel(
    System,
    Tjeneste,
    naar=fra_tilstand("under_utvikling"),
    felter=(
        "kritikalitet.klasse",
        "kritikalitet.vurdert.dato",
        "kritikalitet.vurdert.av",
        "kritikalitet.vurdert.referanse",
    ),
)
def kritikalitet(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """Criticality for the services assessed, with date."""
    if post.kritikalitet is None or post.kritikalitet.klasse is None:
        yield Mangler(
            ("kritikalitet", "klasse"),
            "kritikalitet-mangler",
            "Kritikaliteten er ikke vurdert.",
            "Skriv kritikalitetsklassen i «kritikalitet.klasse».",
        )
    yield from krev_bekreftelse(
        ctx,
        post,
        ("kritikalitet", "vurdert"),
        post.kritikalitet.vurdert if post.kritikalitet else None,
        hva="Kritikalitetsvurderingen",
        vilkar="kritikalitet-vurdert",
        tiltak="Vurder kritikaliteten på nytt, og skriv dato og rolle eller dokument i «kritikalitet.vurdert».",
    )


KRAV_2_2 = Krav(
    "2.2",
    tittel="Sikkerhet og kritikalitet er vurdert, og avtaler og planer følger vurderingen",
    ansvarlig=(KOMMUNALDIREKTOR, SYSTEMEIER),
    avgjores=(Strength.MASKINELL, Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(
        kit,
        kritikalitet,
        kit_mot_data,
        tjenestebilag,
        avtaler_etter_kritikalitet,
        planer,
        revisjon,
        sikkerhetskrav,
    ),
    modul=__name__,
)
