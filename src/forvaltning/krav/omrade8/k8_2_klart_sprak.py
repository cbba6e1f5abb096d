"""Requirement 8.2: what stands on web site and intranet is easy to find, understand and use."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import krev_bekreftelse
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Mangler, Observasjon
from forvaltning.krav.typer import SYSTEMEIER, Kontekst, Krav, regel
from forvaltning.model.tjeneste import Tjeneste

NETTOVERSIKTER = frozenset({"innbyggerhjelpen", "ansatthjelpen"})
"""The service overviews that are themselves pages on web site or intranet."""


def pa_nett(tjeneste: Tjeneste, ctx: Kontekst) -> str | None:
    """In use and on web site or intranet; what says nothing about it is asked."""
    grunn = i_bruk(tjeneste, ctx)
    if grunn is not None:
        return grunn
    nett, oversikt = tjeneste.nett, tjeneste.innforing.oversikt if tjeneste.innforing else None
    vises = (
        tjeneste.presentasjon is not None
        or oversikt in NETTOVERSIKTER
        or (nett is not None and (bool(nett.nettlosning) or bool(nett.flater)))
    )
    if vises:
        return None
    if tjeneste.type == "ikt_tjeneste" or oversikt is not None:
        return "Tjenesten står i tjenestekatalogen i BkService, ikke på nettsted eller intranett."
    if tjeneste.selvbetjening == "ingen":
        return "Tjenesten har ingen selvbetjening og ingen side på nettsted eller intranett."
    return None


@regel(
    Tjeneste,
    naar=pa_nett,
    felter=(
        "type",
        "innforing.oversikt",
        "selvbetjening",
        "nett.nettlosning",
        "nett.flater",
        "presentasjon.adresse",
        "presentasjon.klart_sprak.dato",
        "presentasjon.klart_sprak.av",
        "presentasjon.klart_sprak.referanse",
        "presentasjon.inngang.dato",
        "presentasjon.inngang.av",
        "presentasjon.inngang.referanse",
    ),
)
def presentasjon(tjeneste: Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """Page address, plain language reviewed, entry reachable."""
    side = tjeneste.presentasjon
    if side is None or not side.adresse:
        yield Mangler(
            ("presentasjon", "adresse"),
            "adresse-mangler",
            "Det står ikke hvor på nettstedet eller intranettet tjenesten er beskrevet.",
            "Skriv adressen til siden i «presentasjon.adresse».",
        )
    yield from krev_bekreftelse(
        ctx,
        tjeneste,
        ("presentasjon", "klart_sprak"),
        side.klart_sprak if side else None,
        hva="Vurderingen av klart språk",
        vilkar="klart-sprak",
        tiltak="Vurder teksten mot rådene om klart språk, og skriv dato og rolle eller dokument i «presentasjon.klart_sprak».",
    )
    yield from krev_bekreftelse(
        ctx,
        tjeneste,
        ("presentasjon", "inngang"),
        side.inngang if side else None,
        hva="Kontrollen av inngangen til tjenesten",
        vilkar="inngang",
        tiltak="Kontroller at siden er lett å finne og virker, og skriv dato og rolle eller dokument i «presentasjon.inngang».",
    )


KRAV_8_2 = Krav(
    "8.2",
    tittel="Tjenesten er lett å finne, forstå og bruke på nettsted og intranett",
    ansvarlig=(SYSTEMEIER,),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(presentasjon,),
    modul=__name__,
)
