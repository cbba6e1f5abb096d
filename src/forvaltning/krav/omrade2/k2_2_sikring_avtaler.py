"""Requirement 2.2: the tjenestebilag with Ansattservice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import i_fortiden, mangler_eller_uavklart
from forvaltning.krav.frist import frist_ved_overlevering
from forvaltning.krav.henvisning import slaa_opp
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon, Uavklart, Utloper
from forvaltning.krav.omrade2.felles import SIGNERT, dekket_til, er_signert, hos_ansattservice, problemer
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst, regel
from forvaltning.model.avtale import Avtale
from forvaltning.model.enhet import Enhet
from forvaltning.model.oppforing import Treff
from forvaltning.model.system import System

BILAGET_SKAL_HA = {
    "driftsniva": "driftsnivå",
    "kostnader": "kostnader",
    "overvaking": "overvåking",
    "brukerstotte": "brukerstøtte",
    "forvaltningsstotte": "forvaltningsstøtte",
}


@regel(
    System,
    naar=i_bruk,
    felter=(
        "produksjon_fra",
        "avtaler:kategorier",
        "avtaler:systemer",
        "avtaler:intern_part",
        "avtaler:tilstand",
        "avtaler:signert",
        "avtaler:gyldig_fra",
        "avtaler:gyldig_til",
        "avtaler:opsjoner",
        *(f"avtaler:vilkar.{v}" for v in BILAGET_SKAL_HA),
        "avtaler:kontraktsreferanse",
    ),
)
def tjenestebilag(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """Every system has a tjenestebilag with Ansattservice, in force and with its five parts; due at handover."""
    yield from frist_ved_overlevering(ctx, system.produksjon_fra, _tjenestebilag(system, ctx))


def _tjenestebilag(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    alle = ctx.register.avtaler_for(system)
    bilag = Treff((a for a in alle if "tjenestebilag" in a.kategorier), alle.uleselig)
    yield from mangler_eller_uavklart(
        bilag,
        Mangler(
            ("systemeier",),
            "tjenestebilag-mangler",
            "Systemet har ikke tjenestebilag med Ansattservice.",
            "Inngå tjenestebilaget, og registrer det i avtaler/ med kategorien «tjenestebilag» og systemet i «systemer».",
        ),
    )
    if not bilag:
        return
    vurdert = [(list(_ett_bilag(a, ctx)), a) for a in bilag]
    beste = min(vurdert, key=lambda v: (problemer(v[0], ctx), v[1].id))[0]
    overtar = [a for obs, a in vurdert if er_signert(a, ctx) and _bare_ikke_startet(obs, ctx)]
    beste = list(_med_overtakelse(beste, overtar, ctx))
    if bilag.uleselig is not None and problemer(beste, ctx):
        yield Uavklart(
            ("systemeier",), f"{bilag.uleselig.fil} kan ikke leses og kan være tjenestebilaget som gjelder."
        )
        return
    yield from beste


IKKE_STARTET = "tjenestebilag-ikke-startet"


def _bare_ikke_startet(observasjoner: list[Observasjon], ctx: Kontekst) -> bool:
    """Nothing is wrong with it but that it has not started."""
    resten = [o for o in observasjoner if not (isinstance(o, Mangler) and o.vilkar == IKKE_STARTET)]
    return len(resten) < len(observasjoner) and problemer(resten, ctx) == 0


def _med_overtakelse(beste: list[Observasjon], overtar: list[Avtale], ctx: Kontekst) -> Iterator[Observasjon]:
    """The end of the one in force is put off by those that are signed and take over from it."""
    for o in beste:
        if not (isinstance(o, Utloper) and o.vilkar == "tjenestebilag-utlopt"):
            yield o
            continue
        siste = dekket_til(o.siste, overtar, ctx)
        if siste != date.max:
            yield o if siste == o.siste else o._replace(siste=siste)


def _ett_bilag(bilag: Avtale, ctx: Kontekst) -> Iterator[Observasjon]:
    yield from _med_ansattservice(bilag, ctx)
    yield from _i_kraft(bilag, ctx)
    for felt, navn in BILAGET_SKAL_HA.items():
        if bilag.vilkar is None or getattr(bilag.vilkar, felt) is None:
            yield Mangler(
                ("vilkar", felt),
                f"tjenestebilag-{felt.replace('_', '-')}",
                f"Tjenestebilaget «{bilag.id}» sier ikke hva som er avtalt om {navn}.",
                f"Skriv hvor det står, i «vilkar.{felt}».",
                i=bilag,
            )
    yield Bevis(
        ("signert",), Strength.DOKUMENTERT, bilag.signert, bilag.kontraktsreferanse or bilag.id, i=bilag
    )


def _med_ansattservice(bilag: Avtale, ctx: Kontekst) -> Iterator[Observasjon]:
    if bilag.intern_part is None:
        yield Mangler(
            ("intern_part",),
            "tjenestebilag-part",
            f"Tjenestebilaget «{bilag.id}» sier ikke hvem som leverer.",
            "Skriv Ansattservice i «intern_part».",
            i=bilag,
        )
        return
    problemer = list(
        slaa_opp(ctx, bilag, ("intern_part",), bilag.intern_part, Enhet, hva="intern part", i=bilag)
    )
    yield from problemer
    if problemer:
        return
    hos = hos_ansattservice(bilag.intern_part, ctx)
    if hos is None:
        yield Uavklart(
            ("intern_part",), f"Det kan ikke avgjøres om «{bilag.intern_part}» er Ansattservice.", i=bilag
        )
    elif not hos:
        yield Feil(
            ("intern_part",),
            "tjenestebilag-feil-part",
            f"Tjenestebilaget «{bilag.id}» er inngått med «{bilag.intern_part}», ikke med Ansattservice.",
            "Inngå tjenestebilaget med Ansattservice, og skriv enheten i «intern_part».",
            i=bilag,
        )


def _i_kraft(bilag: Avtale, ctx: Kontekst) -> Iterator[Observasjon]:
    dag = ctx.register.dag
    siste = ctx.register.siste_gyldige_dag(bilag)
    if bilag.tilstand == "utlopt" and (siste is None or not dag.passert(siste)):
        yield Feil(
            ("tilstand",),
            "tjenestebilag-utlopt",
            f"Tjenestebilaget «{bilag.id}» er satt som utløpt.",
            "Inngå et nytt tjenestebilag, eller rett «tilstand».",
            i=bilag,
        )
    elif bilag.tilstand != "utlopt" and (bilag.tilstand not in SIGNERT or bilag.signert is None):
        yield Mangler(
            ("signert",) if bilag.signert is None else ("tilstand",),
            "tjenestebilag-ikke-signert",
            f"Tjenestebilaget «{bilag.id}» er ikke signert.",
            "Signer bilaget, og skriv dagen i «signert» og ny «tilstand».",
            i=bilag,
        )
    yield from i_fortiden(
        ctx,
        ("signert",),
        bilag.signert,
        hva=f"Signeringen av «{bilag.id}»",
        vilkar="tjenestebilag-signert",
        i=bilag,
    )
    if bilag.gyldig_fra is not None and not dag.nadd(bilag.gyldig_fra):
        yield Mangler(
            ("gyldig_fra",),
            IKKE_STARTET,
            f"Tjenestebilaget «{bilag.id}» gjelder først fra {norsk_dato(bilag.gyldig_fra)}.",
            "Ha et bilag som gjelder så lenge systemet er i bruk.",
            i=bilag,
        )
    if siste is not None:
        yield Utloper(
            ("gyldig_til",),
            "tjenestebilag-utlopt",
            siste,
            f"Tjenestebilaget «{bilag.id}» gjaldt til {norsk_dato(siste)}.",
            "Forny tjenestebilaget med Ansattservice.",
            i=bilag,
        )
