"""Requirement 7.1 on a system: new or rebuilt, and no project that answers for it."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Place
from forvaltning.krav.byggesteiner import noe_galt
from forvaltning.krav.henvisning import slaa_opp
from forvaltning.krav.naar import fra_tilstand
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon, Uavklart
from forvaltning.krav.omrade7.felles import krev_prinsipper
from forvaltning.krav.omrade7.k7_1_prinsipper_anledning import Anledning, anledninger, prosjekt_for
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst, regel
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.system import System


def ny_uten_prosjekt(system: System, ctx: Kontekst) -> str | None:
    """Applies from under_utvikling to a new or rebuilt system that no project answers for."""
    reason = fra_tilstand("under_utvikling")(system, ctx)
    if reason is not None:
        return reason
    if ctx.register.endringer_av(system).uleselig is not None:
        return None
    found = list(anledninger(system, ctx))
    projects = [prosjekt_for(a, system, ctx) for a in found]
    if not all(projects):
        return None
    names = ", ".join(dict.fromkeys(f"«{p.navn}»" for p in projects if p is not None))
    if names:
        return f"Vurderes på prosjektet {names}."
    start = f"{norsk_dato(system.produksjon_fra)}, " if system.produksjon_fra else ""
    return f"Tatt i bruk {start}før reglementet begynte å gjelde, og ikke vesentlig ombygd siden."


def _uleste(system: System, ctx: Kontekst) -> bool:
    """True when a project that the system names is not there, or can not be read."""
    return any(not isinstance(ctx.register.finn(i), Prosjekt) for i in system.prosjekter)


@regel(
    System,
    naar=ny_uten_prosjekt,
    felter=(
        "arkitektur.dato",
        "arkitektur.av",
        "arkitektur.referanse",
        "arkitektur.prinsipper",
        "prosjekter",
        "produksjon_fra",
        "tilstand",
        "endringer:vekt",
        "endringer:type",
        "endringer:virkning",
        "prosjekter:registrert",
        "prosjekter:avsluttet",
    ),
)
def systemet_er_vurdert(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """The system itself is held against each principle, anew after it was rebuilt."""
    for n, ident in enumerate(system.prosjekter):
        yield from slaa_opp(ctx, system, ("prosjekter", n), ident, Prosjekt, hva="prosjekt")
    if _uleste(system, ctx):
        return
    found = [a for a in anledninger(system, ctx) if prosjekt_for(a, system, ctx) is None]
    if not found:
        return
    observations = list(
        krev_prinsipper(
            ctx,
            system,
            "arkitektur",
            system.arkitektur,
            hva="Vurderingen av løsningen mot arkitekturprinsippene",
            tiltak="Vurder løsningen mot hvert prinsipp, og vis til dokumentet i «arkitektur».",
        )
    )
    known = [a for a in found if not a.ukjent]
    observations += _vurdert_pa_nytt(system, known)
    if known or not noe_galt(ctx, observations):
        yield from observations
        return
    for a in found:
        yield Uavklart(("arkitektur",), a.ukjent, i=a.endring)


def _vurdert_pa_nytt(system: System, kjente: list[Anledning]) -> Iterator[Observasjon]:
    """An assessment from before first use says nothing of a later rebuild."""
    dato = system.arkitektur.dato if system.arkitektur else None
    start = system.produksjon_fra
    for a in kjente:
        if a.endring is None or dato is None or (start is not None and dato > start):
            continue
        if start is None:
            yield Uavklart(
                ("produksjon_fra",),
                "Det er ikke oppgitt når systemet ble tatt i bruk, så det kan ikke ses om vurderingen gjelder ombyggingen.",
            )
        elif a.dato is None:
            yield Mangler(
                ("virkning",),
                "virkning-mangler",
                f"Endringen «{a.endring.navn or a.endring.id}» sier ikke når den får virkning, så det kan ikke ses "
                "om vurderingen gjelder ombyggingen.",
                "Skriv dagen i «virkning».",
                om=a.endring.id,
                i=a.endring,
            )
        else:
            yield Feil(
                ("arkitektur", "dato"),
                "ombygging-ikke-vurdert",
                f"Systemet ble bygget om {norsk_dato(a.dato)}, men vurderingen er fra {norsk_dato(dato)}, "
                "før systemet ble tatt i bruk første gang.",
                "Vurder den ombygde løsningen mot prinsippene, og oppdater «arkitektur».",
                om=a.endring.id,
                se=(Place(a.endring.key, ("vekt",), "Endringen er større."),),
            )
