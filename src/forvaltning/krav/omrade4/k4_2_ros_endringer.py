"""Requirement 4.2: every change that can affect security is covered by a ROS.

Changes are those declared in `endringer` and those found in Git in the fields that the model marks; the
flows of a system touch both their ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from forvaltning.findings import FieldPath, Strength
from forvaltning.krav.byggesteiner import norsk_dato, slaa_opp
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Bevis, Mangler, Observasjon, Uavklart, Utloper
from forvaltning.krav.omrade4.felles import dager_for, merket
from forvaltning.krav.omrade4.k4_2_ros_funnet import Funn, funn
from forvaltning.krav.omrade4.k4_2_ros_grunnlag import Grunnlag, Kilde, beslutningsdato, grunnlag, i_kraft, navngir, nevnt_i
from forvaltning.krav.typer import Kontekst, regel
from forvaltning.model.base import Post
from forvaltning.model.hendelser import Endring
from forvaltning.model.oppslag import Uleselig
from forvaltning.model.ros import Ros
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

IKKE_ENDRING = frozenset({"retting", "sen_registrering"})
"""Declared kinds that mend the registry and change nothing in the world."""


@regel(
    System,
    Tjeneste,
    naar=i_bruk,
    felter=(
        *(f"systemer:{f}" for f in System.SIKKERHETSFELT),
        *(f"tjenester:{f}" for f in Tjeneste.SIKKERHETSFELT),
        "integrasjoner:fra",
        "integrasjoner:til",
        "integrasjoner:tilstand",
        "integrasjoner:aktiv_fra",
        "integrasjoner:avsluttet",
        "integrasjoner:datasett",
        "integrasjoner:retning",
        "integrasjoner:mekanisme",
        "integrasjoner:personopplysninger",
        "endringer:gjelder",
        "endringer:felter",
        "endringer:virkning",
        "endringer:type",
        "endringer:sikkerhet",
        "endringer:sikkerhet_begrunnelse",
        "endringer:ros",
        "ros:gjelder",
        "ros:tilstand",
        "ros:besluttet.dato",
    ),
)
def endringer_dekket(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """Declared changes, then those found in Git. Without a ROS in force that is the finding, not each change."""
    historie = ctx.register.historie
    if not historie.kjent:
        yield Uavklart((), historie.grunn or "Historikken i Git kan ikke leses, så endringer kan ikke ses.")
    g = grunnlag(post, ctx)
    if not i_kraft(g.kilder[0].ros, ctx):
        return
    for k in g.kilder:
        datoer = _datoer(g.kilder[0], k, ctx)
        for e in k.endringer:
            yield from _erklart(e, k.post, datoer, g, ctx)
        for f in funn(k.post, k.endringer, ctx):
            yield from _funnet(f, datoer, g, ctx)
    datoer = _datoer(g.kilder[0], g.kilder[0], ctx)
    for annen in nevnt_i(post, ctx):
        for e in ctx.register.endringer_av(annen):
            yield from _erklart(e, annen, datoer, g, ctx)


def _datoer(egen: Kilde, kilde: Kilde, ctx: Kontekst) -> list[date]:
    """The days a ROS was decided for the record itself or for the flow that changes."""
    return [d for r in (*egen.ros, *kilde.ros) for d in [beslutningsdato(r, ctx)] if d]


def _dekket(virkning: date, datoer: list[date], ctx: Kontekst) -> bool:
    """True when a ROS was decided from 90 days before the change on; a later one mends it."""
    grense = dager_for(virkning, ctx.innstillinger.dager["ros_dekning"])
    return any(d >= grense for d in datoer)


def _erklart(e: Endring, post: Post, datoer: list[date], g: Grunnlag, ctx: Kontekst) -> Iterator[Observasjon]:
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
    elif not _dekket(e.virkning, datoer, ctx):
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
    yield from _udekket(felt, vilkar, virkning, hva, tiltak, e, e.id, uleselig, ctx)


def _funnet(f: Funn, datoer: list[date], g: Grunnlag, ctx: Kontekst) -> Iterator[Observasjon]:
    if _dekket(f.virkning, datoer, ctx):
        return
    navn = f"«{f.felt}»" if f.felt else "Dataflyten"
    skjedde = "ble endret" if f.felt else "kom til"
    yield from _udekket(
        tuple(f.merke.split(".")) if f.merke else ("navn",),
        "funnet-endring-uten-ros",
        f.virkning,
        f"{navn} i {f.post.key} {skjedde} {norsk_dato(f.virkning)} ({f.kilde}). {f.hvorfor} Ingen ROS dekker endringen.",
        "Gjennomfør en ROS som tar med endringen. Er sikkerheten ikke påvirket, eller er det en retting eller sen "
        f"registrering, før det opp i endringer/ med «gjelder: {f.post.id}» og feltet.",
        f.post,
        f.felt or "ny",
        g.uleselig,
        ctx,
    )


def _udekket(
    felt: FieldPath,
    vilkar: str,
    virkning: date,
    melding: str,
    tiltak: str,
    i: Post,
    om: str,
    uleselig: Uleselig | None,
    ctx: Kontekst,
) -> Iterator[Observasjon]:
    """Missing from the day the change takes effect; before that it is on its way."""
    if not ctx.register.dag.nadd(virkning):
        yield Utloper(felt, vilkar, dager_for(virkning, 1), melding, tiltak, om=om, i=i)
    elif uleselig is not None:
        yield Uavklart(felt, f"{uleselig.fil} kan ikke leses og kan dekke en endring som kan påvirke sikkerheten.", i=i)
    else:
        yield Mangler(felt, vilkar, melding, tiltak, om=om, i=i)
