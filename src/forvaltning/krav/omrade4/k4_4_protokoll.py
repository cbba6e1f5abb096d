"""Requirement 4.4: a record of processing activities is kept (GDPR article 30)."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Place, Strength
from forvaltning.krav.byggesteiner import krev_bekreftelse, mangler_eller_uavklart
from forvaltning.krav.naar import (
    begge,
    behandling_i_gang,
    fra_tilstand_eller_behandling,
    med_personopplysninger_eller_motsagt,
)
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon
from forvaltning.krav.omrade4.k4_4_protokoll_grunnlag import grunnlag
from forvaltning.krav.omrade4.k4_4_protokoll_innhold import innhold, roller, steder
from forvaltning.krav.omrade4.personvern import (
    krev_behandlingsansvarlig,
    start_i_fortiden,
    uvisst_om_den_starter,
)
from forvaltning.krav.typer import (
    BEHANDLINGSANSVARLIG,
    PROSJEKTEIER,
    SYSTEMEIER,
    Kontekst,
    Krav,
    regel,
)
from forvaltning.model.base import I_BRUK
from forvaltning.model.behandling import Behandling
from forvaltning.model.oppforing import Treff
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste


@regel(
    System,
    Tjeneste,
    naar=begge(fra_tilstand_eller_behandling("akseptansetest"), med_personopplysninger_eller_motsagt),
    felter=(
        "tilstand",
        "personopplysninger",
        "behandling_fra",
        "behandlinger:systemer",
        "behandlinger:tjenester",
        "behandlinger:tilstand",
        "behandlinger:behandling_fra",
        "datasett:personopplysninger",
        "integrasjoner:personopplysninger",
    ),
)
def har_behandlinger(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """A system or service with personal data has processing activities, under way once it is in use."""
    if post.personopplysninger is False:
        yield from _motsagt(post, ctx)
    alle = ctx.register.behandlinger_i(post)
    levende = [b for b in alle if b.tilstand != "avsluttet"]
    i_gang = [b for b in levende if not _ventende(post, b, ctx)]
    for b in i_gang:
        yield Bevis(("systemer",) if isinstance(post, System) else ("tjenester",), Strength.MASKINELL, i=b)
    if i_gang:
        return
    if levende:
        b = levende[0]
        yield Mangler(
            ("tilstand",),
            "behandling-bare-planlagt",
            f"«{post.navn}» er i bruk, men behandlingen «{b.navn}» er bare planlagt.",
            "Sett «tilstand: aktiv» og «behandling_fra» når behandlingen er startet.",
            i=b,
        )
    elif post.personopplysninger is None:
        yield from mangler_eller_uavklart(
            Treff((), alle.uleselig),
            Mangler(
                ("personopplysninger",),
                "personopplysninger-mangler",
                f"Det er ikke sagt om «{post.navn}» behandler personopplysninger.",
                "Skriv ja eller nei i «personopplysninger», og ved ja behandlingene i behandlinger/.",
            ),
        )
    else:
        yield from mangler_eller_uavklart(
            Treff((), alle.uleselig),
            Mangler(
                ("personopplysninger",),
                "behandling-mangler",
                f"«{post.navn}» behandler personopplysninger, men står ikke i noen behandling i protokollen.",
                f"Registrer behandlingen i behandlinger/, med «{post.id}» i «{post.kind}».",
                se=tuple(Place(b.key, ("tilstand",), "Denne er avsluttet.") for b in alle),
            ),
        )


def _ventende(post: System | Tjeneste, behandling: Behandling, ctx: Kontekst) -> bool:
    """A planned activity does not speak for a record that is in use, or that has begun to process data."""
    if behandling.tilstand != "planlagt" or _har_begynt(behandling, ctx):
        return False
    return post.tilstand is None or post.tilstand in I_BRUK or _har_begynt(post, ctx)


def _har_begynt(post: System | Tjeneste | Behandling, ctx: Kontekst) -> bool:
    return post.behandling_fra is not None and ctx.register.dag.nadd(post.behandling_fra)


def _motsagt(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    andre = ctx.register.sier_personopplysninger(post)
    yield Feil(
        ("personopplysninger",),
        "personopplysninger-motsagt",
        f"«{post.navn}» sier at den ikke behandler personopplysninger, men {andre[0].key} sier at den gjør det.",
        "Rett «personopplysninger» her, eller i posten som sier noe annet.",
        se=tuple(Place(p.key, (), "Sier at det er personopplysninger.") for p in andre),
    )


@regel(
    Behandling,
    naar=behandling_i_gang,
    felter=(
        "tilstand",
        "behandling_fra",
        "behandlingsansvarlige",
        "personvernombud",
        "formal",
        "registrerte",
        "opplysninger",
        "mottakere",
        "mottakere_begrunnelse",
        "tredjeland",
        "sletting",
        "sletting_begrunnelse",
        "sikkerhetstiltak",
        "sikkerhetstiltak_begrunnelse",
        "behandlingsgrunnlag",
        "systemer",
        "tjenester",
        "integrasjoner",
        "bekreftet",
        "roller:kontakt",
        "roller:delegasjoner",
        "enheter:kontakt",
    ),
)
def protokoll(behandling: Behandling, ctx: Kontekst) -> Iterator[Observasjon]:
    """The article 30 fields and the legal basis are there, and the controller has confirmed them lately."""
    uvisst = list(uvisst_om_den_starter(behandling, ctx))
    if uvisst:
        yield from uvisst
        return
    yield from start_i_fortiden(behandling, ctx)
    yield from roller(behandling, ctx)
    yield from innhold(behandling, ctx)
    yield from steder(behandling, ctx)
    yield from grunnlag(behandling)
    hva, vilkar = "Bekreftelsen av protokollen", "bekreftet"
    yield from krev_bekreftelse(
        ctx,
        behandling,
        ("bekreftet",),
        behandling.bekreftet,
        hva="Protokollen",
        vilkar=vilkar,
        tiltak="La behandlingsansvarlig gå gjennom protokollen, og skriv dato og rolle i «bekreftet».",
        maneder=ctx.innstillinger.intervaller["behandling"],
    )
    b = behandling.bekreftet
    if b is not None and (b.av or b.referanse):
        yield from krev_behandlingsansvarlig(ctx, behandling, ("bekreftet",), b, hva=hva, vilkar=vilkar)


KRAV_4_4 = Krav(
    "4.4",
    tittel="Behandlingene står i protokollen",
    ansvarlig=(BEHANDLINGSANSVARLIG, PROSJEKTEIER, SYSTEMEIER),
    avgjores=(Strength.MASKINELL, Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(har_behandlinger, protokoll),
    modul=__name__,
    lov=True,
)
