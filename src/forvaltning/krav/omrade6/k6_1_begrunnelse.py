"""Requirement 6.1: a digitalisation project has a justification in BkProsjekt, kept up to date."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import i_fortiden
from forvaltning.krav.observasjon import Mangler, Observasjon
from forvaltning.krav.omrade6.felles import (
    FELTER_DIGITAL,
    digitaliseringsprosjekt,
    feil_fritak,
    ukjent_hovedprosjekt,
)
from forvaltning.krav.omrade6.k6_1_begrunnelse_vedlikehold import vedlikeholdt
from forvaltning.krav.typer import PROSJEKTEIER, Kontekst, Krav, regel
from forvaltning.model.prosjekt import Prosjekt

DELER = {
    "mal": "målene",
    "omfang": "omfanget",
    "kostnad": "kostnaden",
    "nytte": "nytten",
    "potensial": "gevinstpotensialet",
    "ansvar": "ansvaret",
    "forankring": "den strategiske forankringen",
    "tidsramme": "tidsrammen",
}
"""The parts of a justification, with the words a message uses."""


@regel(
    Prosjekt,
    naar=digitaliseringsprosjekt,
    felter=(
        *FELTER_DIGITAL,
        "begrunnelse",
        "begrunnelse.referanse",
        *(f"begrunnelse.{d}" for d in DELER),
        "begrunnelse.registrert",
        "begrunnelse.oppdatert",
        "mandatendringer",
        "registrert",
        "tilstand",
        "avsluttet",
    ),
)
def begrunnelsen_er_der(prosjekt: Prosjekt, ctx: Kontekst) -> Iterator[Observasjon]:
    """Registered with all its parts, renewed while the project runs, no older than the mandate."""
    ukjent = list(ukjent_hovedprosjekt(prosjekt, ctx))
    if ukjent:
        yield from ukjent
        return
    yield from feil_fritak(prosjekt, ctx)
    yield from i_fortiden(ctx, ("registrert",), prosjekt.registrert, hva="Innmeldingen", vilkar="registrert")
    b = prosjekt.begrunnelse
    if b is None:
        yield Mangler(
            ("begrunnelse",),
            "begrunnelse-mangler",
            "Prosjektet har ingen prosjektbegrunnelse.",
            "Registrer begrunnelsen i BkProsjekt, og fyll ut «begrunnelse».",
        )
        return
    if b.referanse is None:
        yield Mangler(
            ("begrunnelse", "referanse"),
            "referanse-mangler",
            "Det står ikke hvor prosjektbegrunnelsen ligger i BkProsjekt.",
            "Skriv nummeret i BkProsjekt i «begrunnelse.referanse».",
        )
    for felt, navn in DELER.items():
        if getattr(b, felt) is None:
            yield Mangler(
                ("begrunnelse", felt),
                f"{felt}-mangler",
                f"Prosjektbegrunnelsen mangler {navn}.",
                f"Skriv {navn} i «begrunnelse.{felt}».",
            )
    yield from vedlikeholdt(prosjekt, b, ctx)


KRAV_6_1 = Krav(
    "6.1",
    tittel="Prosjektbegrunnelsen ligger i BkProsjekt og er oppdatert",
    ansvarlig=(PROSJEKTEIER,),
    avgjores=(Strength.DOKUMENTERT,),
    regler=(begrunnelsen_er_der,),
    modul=__name__,
)
