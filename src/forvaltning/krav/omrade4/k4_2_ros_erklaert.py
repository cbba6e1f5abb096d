"""Requirement 4.2: declared changes, what they say of security, and whether a ROS covers them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from forvaltning.findings import FieldPath, Place, Strength
from forvaltning.krav.henvisning import slaa_opp
from forvaltning.krav.observasjon import Bevis, Mangler, Observasjon, Uavklart, Utloper
from forvaltning.krav.omrade4.felles import dager_for, merket
from forvaltning.krav.omrade4.k4_2_ros_grunnlag import Grunnlag, beslutningsdato, navngir
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst
from forvaltning.model.base import Post
from forvaltning.model.hendelser import Endring
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.ros import Ros

IKKE_ENDRING = frozenset({"retting", "sen_registrering"})
"""Declared kinds that mend the registry and change nothing in the world."""


def dekket(virkning: date, datoer: list[date], ctx: Kontekst) -> bool:
    """True when a ROS was decided from 90 days before the change on; a later one mends it."""
    grense = dager_for(virkning, ctx.innstillinger.dager["ros_dekning"])
    return any(d >= grense for d in datoer)


def erklaert(e: Endring, post: Post, datoer: list[date], g: Grunnlag, ctx: Kontekst) -> Iterator[Observasjon]:
    """A declared change that can affect security, or does not say, is covered; one that says no says why.

    Where it does not say, the marks of the model decide. A correction or late registration is no change
    unless it says that it can affect security.
    """
    merke = next((m for f in e.felter for m in [merket(post, f)] if m), None)
    rorer = merke is not None or (not e.felter and bool(getattr(type(post), "SIKKERHETSFELT", None)))
    if e.sikkerhet is not True and (e.sikkerhet is False or e.type in IKKE_ENDRING or not rorer):
        if rorer:
            yield from _uten_virkning(e)
        return
    feil = list(slaa_opp(ctx, e, ("ros",), e.ros, Ros, hva="ROS", i=e)) if e.ros else []
    yield from feil
    navngitt = navngir(e, ctx)
    if feil or any(beslutningsdato(r, ctx) for r in navngitt):
        return
    navn = f"«{e.navn or e.id}»"
    if e.virkning is None:
        yield Mangler(
            ("virkning",),
            "virkning-mangler",
            f"Endringen {navn} sier ikke når den får virkning, så det går ikke å se om en ROS dekker den.",
            "Skriv dagen i «virkning», eller ROS-en som dekker endringen, i «ros».",
            i=e,
        )
    elif not dekket(e.virkning, datoer, ctx):
        yield from _udekket_erklart(e, e.virkning, navn, navngitt.uleselig or g.uleselig, ctx)


def _uten_virkning(e: Endring) -> Iterator[Observasjon]:
    """A declaration that no security is affected: never a bare flag, and worth no more than a word."""
    if e.type in IKKE_ENDRING:
        yield Bevis(("type",), Strength.BEKREFTET, e.virkning, i=e)
    elif e.sikkerhet_begrunnelse:
        yield Bevis(("sikkerhet_begrunnelse",), Strength.BEKREFTET, e.virkning, i=e)
    else:
        yield Mangler(
            ("sikkerhet_begrunnelse",),
            "sikkerhet-uten-begrunnelse",
            f"Endringen «{e.navn or e.id}» rører felt som kan påvirke sikkerheten, men er satt som uten virkning uten grunn.",
            "Skriv grunnen i «sikkerhet_begrunnelse», eller la en ROS dekke endringen.",
            i=e,
        )


def _udekket_erklart(
    e: Endring, virkning: date, navn: str, uleselig: Uleselig | None, ctx: Kontekst
) -> Iterator[Observasjon]:
    felt, vilkar = ("virkning",), "endring-uten-ros"
    hva = f"Endringen {navn} {norsk_dato(virkning)} kan påvirke sikkerheten, men ingen ROS dekker den."
    tiltak = "Gjennomfør en ROS som tar med endringen, og før den opp i «ros»."
    if e.sikkerhet is None:
        felt, vilkar = ("sikkerhet",), "endring-sikkerhet-mangler"
        hva = f"Endringen {navn} {norsk_dato(virkning)} rører felt som kan påvirke sikkerheten. Det er ikke vurdert, og ingen ROS dekker den."
        tiltak = "Skriv ja eller nei i «sikkerhet». Er svaret nei, trengs en begrunnelse. Er det ja, trengs en ROS."
    yield from udekket(felt, vilkar, virkning, hva, tiltak, e, e.id, uleselig, ctx)


def udekket(
    felt: FieldPath,
    vilkar: str,
    virkning: date,
    melding: str,
    tiltak: str,
    i: Post,
    om: str,
    uleselig: Uleselig | None,
    ctx: Kontekst,
    *,
    se: tuple[Place, ...] = (),
) -> Iterator[Observasjon]:
    """Missing from the day the change takes effect; before that it is on its way."""
    if not ctx.register.dag.nadd(virkning):
        yield Utloper(felt, vilkar, dager_for(virkning, 1), melding, tiltak, om=om, i=i, se=se)
    elif uleselig is not None:
        yield Uavklart(
            felt, f"{uleselig.fil} kan ikke leses og kan dekke en endring som kan påvirke sikkerheten.", i=i
        )
    else:
        yield Mangler(felt, vilkar, melding, tiltak, om=om, i=i, se=se)
