"""Requirement 4.1: privacy and security are part of each byrådsavdeling's risk management."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import krev_bekreftelse, krev_verdi
from forvaltning.krav.observasjon import Bevis, Mangler, Observasjon, Uavklart
from forvaltning.krav.omrade4.felles import eksisterer, oppover
from forvaltning.krav.omrade4.k4_1_risikostyring_niva import brukte_matriser, krev_niva
from forvaltning.krav.typer import (
    BEHANDLINGSANSVARLIG,
    KOMMUNALDIREKTOR,
    PROSJEKTEIER,
    SYSTEMEIER,
    Kontekst,
    Krav,
    regel,
)
from forvaltning.model.enhet import Enhet

KONTROLLTYPER = {"prosess": "styrings- eller kontrollprosess", "aktivitet": "kontrollaktivitet"}


def byradsavdeling(enhet: Enhet, ctx: Kontekst) -> str | None:
    """Applies to a byrådsavdeling; units below inherit, those above and beside have none to answer for.

    A unit that does not say what it is may be one, unless it lies below one.
    """
    reason = eksisterer(enhet, ctx)
    if reason is not None or enhet.type == "byradsavdeling":
        return reason
    avdeling = next((e for e in oppover(ctx, enhet.forelder) if e.type == "byradsavdeling"), None)
    if avdeling is not None:
        return f"Enheten arver risikostyringen fra «{avdeling.navn}»."
    if enhet.type is None:
        return None
    return "Kravet gjelder byrådsavdelingene. Denne enheten er verken en byrådsavdeling eller under en."


@regel(
    Enhet,
    naar=byradsavdeling,
    felter=(
        "type",
        "forelder",
        "fra",
        "til",
        "akseptabel_risiko",
        "ros:enhet",
        "ros:matrise",
        "ros:tilstand",
    ),
)
def akseptabel_risiko(enhet: Enhet, ctx: Kontekst) -> Iterator[Observasjon]:
    """A level is decided for each matrix that the department's ROS use, at least for one."""
    if enhet.type is None:
        if ctx.register.sett_uleselig:
            yield Uavklart(
                ("forelder",), "Enhetene over kan ikke leses, så det er uklart om dette er en byrådsavdeling."
            )
            return
        yield Mangler(
            ("type",),
            "type-mangler",
            "Det står ikke hva slags enhet dette er, så det er uklart om den er en byrådsavdeling.",
            "Skriv det i «type».",
        )
        return
    yield from krev_verdi(
        ("akseptabel_risiko",),
        enhet.akseptabel_risiko,
        "akseptabel-risiko-mangler",
        "Avdelingen har ikke besluttet hvilken risiko som er akseptabel.",
        "Før opp matrisen, nivået, datoen og hvem som besluttet det, i «akseptabel_risiko».",
    )
    for n, a in enumerate(enhet.akseptabel_risiko):
        yield from krev_niva(enhet, ("akseptabel_risiko", n), a, ctx)
    if enhet.akseptabel_risiko:
        har = {a.matrise for a in enhet.akseptabel_risiko}
        for ident, ros in brukte_matriser(enhet, ctx).items():
            if ident not in har:
                yield Mangler(
                    ("akseptabel_risiko",),
                    "akseptabel-risiko-for-matrise",
                    f"Avdelingen har ikke besluttet akseptabel risiko i matrisen «{ident}», som «{ros.navn}» bruker.",
                    "Før opp nivået for matrisen i «akseptabel_risiko».",
                    om=ident,
                )


@regel(Enhet, naar=byradsavdeling, felter=("kontroller.type", "kontroller.rolle", "kontroller.rytme"))
def kontroller(enhet: Enhet, ctx: Kontekst) -> Iterator[Observasjon]:
    """Control processes and activities are set up, each with role and rhythm."""
    if enhet.type is None:
        return
    for n, k in enumerate(enhet.kontroller):
        for felt, verdi, hva in (
            ("type", k.type, "om den er en prosess eller en aktivitet"),
            ("rolle", k.rolle, "hvilken rolle som utfører den"),
            ("rytme", k.rytme, "hvor ofte den gjøres"),
        ):
            yield from krev_verdi(
                ("kontroller", n, felt),
                verdi,
                f"kontroll-{felt}",
                f"Kontrollen «{k.navn or k.id}» sier ikke {hva}.",
                f"Skriv det i «{felt}».",
            )
    typer = {k.type for k in enhet.kontroller}
    for kode, navn in KONTROLLTYPER.items():
        if kode not in typer and None not in typer:
            yield Mangler(
                ("kontroller",),
                f"kontroll{kode}-mangler",
                f"Avdelingen har ingen {navn} for personvern og informasjonssikkerhet.",
                f"Før den opp i «kontroller» med «type: {kode}», rolle og rytme.",
            )
    if enhet.kontroller:
        yield Bevis(("kontroller",), Strength.MASKINELL)


@regel(Enhet, naar=byradsavdeling, felter=("risikostyring_gjennomgatt",))
def gjennomgatt(enhet: Enhet, ctx: Kontekst) -> Iterator[Observasjon]:
    """Level and controls are reviewed within the interval."""
    if enhet.type is None:
        return
    yield from krev_bekreftelse(
        ctx,
        enhet,
        ("risikostyring_gjennomgatt",),
        enhet.risikostyring_gjennomgatt,
        hva="Gjennomgangen av risikostyringen",
        vilkar="gjennomgang",
        tiltak="Gå gjennom nivå og kontroller, og skriv dato, rolle og referanse i «risikostyring_gjennomgatt».",
        maneder=ctx.innstillinger.intervaller["risikostyring"],
    )


KRAV_4_1 = Krav(
    "4.1",
    tittel="Avdelingen styrer risiko for personvern og informasjonssikkerhet",
    ansvarlig=(KOMMUNALDIREKTOR, BEHANDLINGSANSVARLIG, SYSTEMEIER, PROSJEKTEIER),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(akseptabel_risiko, kontroller, gjennomgatt),
    modul=__name__,
)
