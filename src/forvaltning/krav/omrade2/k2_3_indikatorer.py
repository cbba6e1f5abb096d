"""Requirement 2.3: catalogue services are run by agreed indicators and the common service processes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from forvaltning.findings import FieldPath, Strength
from forvaltning.krav.byggesteiner import i_fortiden, krev_bekreftelse
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Bevis, Mangler, Observasjon, Uavklart, Utloper
from forvaltning.krav.omrade2.felles import innen, styrke
from forvaltning.krav.omrade2.k2_3_indikatorer_maling import maling
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import ANSATTSERVICE, Kontekst, Krav, regel
from forvaltning.model.tjeneste import Tjeneste

KATALOGEN = "tjenestekatalogen"
MINST = {"pris": "prisen", "kvalitet": "kvaliteten"}


def i_katalogen(tjeneste: Tjeneste, ctx: Kontekst) -> str | None:
    """In use, and an IKT service or entered in the catalogue; a service that tells neither is not let off."""
    grunn = i_bruk(tjeneste, ctx)
    if grunn is not None:
        return grunn
    oversikt = tjeneste.innforing.oversikt if tjeneste.innforing else None
    if tjeneste.type == "ikt_tjeneste" or oversikt == KATALOGEN or _ukjent(tjeneste):
        return None
    return "Tjenesten står ikke i tjenestekatalogen."


def _ukjent(tjeneste: Tjeneste) -> bool:
    return tjeneste.type is None and (tjeneste.innforing is None or tjeneste.innforing.oversikt is None)


@regel(
    Tjeneste,
    naar=i_katalogen,
    felter=(
        "type",
        "innforing.oversikt",
        "serviceprosess",
        "indikatorer",
        "indikatorer.type",
        "indikatorer.avtalt.dato",
        "indikatorer.avtalt.av",
        "indikatorer.avtalt.referanse",
        "indikatorer.retning",
        "indikatorer.mal",
        "indikatorer.malinger",
        "indikatorer.plan.referanse",
        "indikatorer.plan.frist",
        "produksjon_fra",
    ),
)
def indikatorer(tjeneste: Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """Price and quality at least, agreed, measured and met; the service process is named."""
    if _ukjent(tjeneste):
        yield Uavklart(
            ("type",),
            "Verken type eller oversikt er oppgitt, så det er ukjent om tjenesten hører til tjenestekatalogen.",
        )
        return
    if not tjeneste.serviceprosess:
        yield Mangler(
            ("serviceprosess",),
            "serviceprosess-mangler",
            "Det står ikke hvilken felles serviceprosess tjenesten følger.",
            "Skriv navnet på prosessen i BkService i «serviceprosess».",
        )
    for kode, navn in MINST.items():
        if not any(i.type == kode for i in tjeneste.indikatorer):
            yield Mangler(
                ("indikatorer",),
                f"indikator-{kode}-mangler",
                f"Tjenesten har ingen indikator som måler {navn}.",
                f"Avtal en indikator av typen «{kode}», og før den opp i «indikatorer».",
            )
    for n, indikator in enumerate(tjeneste.indikatorer):
        path: FieldPath = ("indikatorer", n)
        yield from krev_bekreftelse(
            ctx,
            tjeneste,
            (*path, "avtalt"),
            indikator.avtalt,
            hva=f"Avtalen om indikatoren «{indikator.id}»",
            vilkar="indikator-avtalt",
            tiltak="Avtal indikatoren mellom Ansattservice og eieren av tjenesteområdet, og skriv dato og dokument i «avtalt».",
        )
        yield from maling(tjeneste, indikator, path, ctx)


@regel(
    Tjeneste,
    naar=i_katalogen,
    felter=(
        "produksjon_fra",
        "brukerundersokelser",
        "brukerundersokelser.dato",
        "brukerundersokelser.referanse",
    ),
)
def brukerundersokelse(tjeneste: Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """The yearly user survey; the first is due one interval after production."""
    if _ukjent(tjeneste):
        return
    siste: tuple[date, int] | None = None
    for n, u in enumerate(tjeneste.brukerundersokelser):
        if u.dato is None:
            continue
        if not ctx.register.dag.nadd(u.dato):
            yield from i_fortiden(
                ctx,
                ("brukerundersokelser", n, "dato"),
                u.dato,
                hva="Brukerundersøkelsen",
                vilkar="undersokelse",
            )
        elif siste is None or u.dato > siste[0]:
            siste = (u.dato, n)
    tiltak = "Gjennomfør brukerundersøkelsen, og før den opp i «brukerundersokelser» med dato og referanse."
    maneder = ctx.innstillinger.intervaller["brukerundersokelse"]
    if siste is None:
        mangler = Mangler(
            ("brukerundersokelser",),
            "undersokelse-mangler",
            "Det er ikke gjennomført noen brukerundersøkelse.",
            tiltak,
        )
        if tjeneste.produksjon_fra is None:
            yield mangler
        else:
            yield from innen(ctx, ctx.register.dag.maneder_etter(tjeneste.produksjon_fra, maneder), mangler)
        return
    path = ("brukerundersokelser", siste[1], "dato")
    frist = ctx.register.dag.maneder_etter(siste[0], maneder)
    melding = f"Siste brukerundersøkelse var {norsk_dato(siste[0])}. Neste skulle vært gjort innen {norsk_dato(frist)}."
    yield Utloper(path, "undersokelse-utlopt", frist, melding, tiltak)
    ref = tjeneste.brukerundersokelser[siste[1]].referanse
    yield Bevis(path, styrke(ref), siste[0], ref)


KRAV_2_3 = Krav(
    "2.3",
    tittel="Tjenestene i tjenestekatalogen når de avtalte målene",
    ansvarlig=(ANSATTSERVICE,),
    avgjores=(Strength.MASKINELL, Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(indikatorer, brukerundersokelse),
    modul=__name__,
)
