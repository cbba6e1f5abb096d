"""Requirement 3.3: concepts explain the data, and stand updated in the concept catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import krev_bekreftelse
from forvaltning.krav.henvisning import slaa_opp
from forvaltning.krav.observasjon import Bevis, Mangler, Observasjon
from forvaltning.krav.omrade3.felles import datasett_i_bruk
from forvaltning.krav.typer import SYSTEMEIER, SYSTEMKOORDINATOR, Kontekst, Krav, regel
from forvaltning.model.datasett import Begrep, Datasett
from forvaltning.model.viser import normaliser


@regel(
    Datasett,
    naar=datasett_i_bruk,
    felter=(
        "begreper",
        "begreper:definisjon",
        "begreper:adresse",
        "begreper:gjennomgatt",
        "system",
        "systemer:tilstand",
    ),
)
def begrepene_er_registrert(datasett: Datasett, ctx: Kontekst) -> Iterator[Observasjon]:
    """Each dataset names concepts; each resolves and is in order."""
    if not datasett.begreper:
        yield Mangler(
            ("begreper",),
            "begreper-mangler",
            "Datasettet viser ikke til noe begrep som forklarer dataene.",
            "Før opp id-ene til begrepene i «begreper». Opprett dem i mappen begreper først.",
        )
        return
    yield Bevis(("begreper",), Strength.MASKINELL)
    seen: set[str] = set()
    for n, ident in enumerate(datasett.begreper):
        if normaliser(ident) in seen:
            continue
        seen.add(normaliser(ident))
        yield from slaa_opp(ctx, datasett, ("begreper", n), ident, Begrep, hva="begrep")
        begrep = ctx.register.hent(ident, Begrep)
        if begrep is not None:
            yield from _begrepet_er_i_orden(datasett, begrep, ctx)


def _begrepet_er_i_orden(datasett: Datasett, begrep: Begrep, ctx: Kontekst) -> Iterator[Observasjon]:
    """A definition, a catalogue address, and a review within the interval."""
    definition = begrep.definisjon
    if definition is None or not (definition.nb or definition.nn):
        yield Mangler(
            ("definisjon",),
            "definisjon-mangler",
            f"Begrepet «{begrep.navn}» har ingen definisjon.",
            "Skriv definisjonen i «definisjon» i begrepet.",
            i=begrep,
        )
    if not begrep.adresse:
        yield Mangler(
            ("adresse",),
            "katalogadresse-mangler",
            f"Begrepet «{begrep.navn}» har ingen adresse i begrepskatalogen.",
            "Registrer begrepet i katalogen, og skriv adressen i «adresse».",
            i=begrep,
        )
    yield from krev_bekreftelse(
        ctx,
        datasett,
        ("gjennomgatt",),
        begrep.gjennomgatt,
        hva=f"Gjennomgangen av begrepet «{begrep.navn}»",
        vilkar="gjennomgang",
        tiltak="Gå gjennom begrepet, og skriv dato, rolle og referanse i «gjennomgatt».",
        maneder=ctx.innstillinger.intervaller["begrep"],
        i=begrep,
    )


KRAV_3_3 = Krav(
    "3.3",
    tittel="Begreper forklarer dataene og står i begrepskatalogen",
    ansvarlig=(SYSTEMEIER, SYSTEMKOORDINATOR),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(begrepene_er_registrert,),
    modul=__name__,
)
