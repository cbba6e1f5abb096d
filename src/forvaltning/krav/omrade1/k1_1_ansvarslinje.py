"""Requirement 1.1: every system has a systemeier, a systemkoordinator and a line of responsibility."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Place, Strength
from forvaltning.krav.henvisning import krev_rolle
from forvaltning.krav.naar import fra_tilstand
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon
from forvaltning.krav.omrade1.k1_1_ansvarslinje_linje import krev_linje
from forvaltning.krav.typer import BEHANDLINGSANSVARLIG, KOMMUNALDIREKTOR, Kontekst, Krav, regel
from forvaltning.model.behandling import Behandling
from forvaltning.model.rolle import Rolle
from forvaltning.model.system import System

fra_planlagt = fra_tilstand("planlagt")


@regel(
    System,
    naar=fra_planlagt,
    felter=("systemeier", "systemkoordinator", "roller:type", "roller:fra", "roller:til"),
)
def eier_og_koordinator(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """Both roles resolve: they exist, are of the right type and are filled on the check date."""
    for navn in ("systemeier", "systemkoordinator"):
        yield from krev_rolle(ctx, system, (navn,), getattr(system, navn), navn, hva=navn)
    yield Bevis(("systemeier",), Strength.MASKINELL)


@regel(
    System,
    naar=fra_planlagt,
    felter=(
        "personopplysninger",
        "behandlingsansvarlige",
        "systemeier",
        "roller:enhet",
        "roller:delegasjoner",
        "enheter:forelder",
        "datasett:personopplysninger",
        "integrasjoner:personopplysninger",
        "behandlinger:systemer",
    ),
)
def behandlingsansvar(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """With personal data: each behandlingsansvarlig resolves, and a line runs to it from the owner."""
    if system.personopplysninger is not True and (motsagt := _sagt_av_andre(system, ctx)):
        first = motsagt[0].post
        if system.personopplysninger is False:
            yield Feil(
                ("personopplysninger",),
                "personopplysninger-motsagt",
                f"Systemet sier at det ikke behandler personopplysninger, men {first} sier at det gjør det.",
                "Rett «personopplysninger» her eller i posten som sier noe annet.",
                se=motsagt,
            )
        if not system.behandlingsansvarlige:
            yield _uten_behandlingsansvarlig(se=motsagt)
    elif not system.behandlingsansvarlige:
        if system.personopplysninger is None:
            yield Mangler(
                ("personopplysninger",),
                "personopplysninger-mangler",
                "Det er ikke sagt om systemet behandler personopplysninger, og ingen behandlingsansvarlig er oppgitt.",
                "Skriv ja eller nei i «personopplysninger», og ved ja rollene i «behandlingsansvarlige».",
            )
        elif system.personopplysninger:
            yield _uten_behandlingsansvarlig()
    elif system.personopplysninger is False:
        return
    eier = ctx.register.hent(system.systemeier, Rolle)
    for n, ident in enumerate(system.behandlingsansvarlige):
        felt = ("behandlingsansvarlige", n)
        yield from krev_rolle(
            ctx,
            system,
            felt,
            ident,
            "behandlingsansvarlig",
            hva="behandlingsansvarlig",
            vilkar="behandlingsansvarlig",
        )
        rolle = ctx.register.hent(ident, Rolle)
        if eier is not None and rolle is not None:
            yield from krev_linje(ctx, felt, eier, rolle)


def _sagt_av_andre(system: System, ctx: Kontekst) -> tuple[Place, ...]:
    return tuple(
        Place(p.key, ("systemer",), "Behandling av personopplysninger i systemet.")
        if isinstance(p, Behandling)
        else Place(p.key, ("personopplysninger",), "Sier at det er personopplysninger.")
        for p in ctx.register.sier_personopplysninger(system)
    )


def _uten_behandlingsansvarlig(se: tuple[Place, ...] = ()) -> Mangler:
    return Mangler(
        ("behandlingsansvarlige",),
        "behandlingsansvarlig-mangler",
        "Systemet behandler personopplysninger, men har ingen behandlingsansvarlig.",
        "Skriv id-ene til rollene som er behandlingsansvarlige, i «behandlingsansvarlige».",
        se=se,
    )


KRAV_1_1 = Krav(
    "1.1",
    tittel="Systemet har eier, koordinator og ansvarslinje",
    ansvarlig=(KOMMUNALDIREKTOR, BEHANDLINGSANSVARLIG),
    avgjores=(Strength.MASKINELL,),
    regler=(eier_og_koordinator, behandlingsansvar),
    modul=__name__,
)
