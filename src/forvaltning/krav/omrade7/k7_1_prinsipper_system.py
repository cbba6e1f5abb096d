"""Requirement 7.1 on a system: new or rebuilt, and no project that answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from forvaltning.findings import Place
from forvaltning.krav.byggesteiner import norsk_dato, slaa_opp
from forvaltning.krav.naar import fra_tilstand
from forvaltning.krav.observasjon import Bevis, Feil, Observasjon, Uavklart, Utloper
from forvaltning.krav.omrade7.felles import krev_prinsipper, prosjektet_lever
from forvaltning.krav.typer import Kontekst, regel
from forvaltning.model.base import I_BRUK
from forvaltning.model.hendelser import Endring
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.system import System

IKKE_OMBYGGING = frozenset({"retting", "sen_registrering"})


@dataclass(frozen=True, slots=True)
class Anledning:
    """Why the principles are to be assessed: first use (`endring` is None) or a larger change.

    `ukjent` says what the registry does not tell, where it is open whether this is one.
    """

    dato: date | None
    endring: Endring | None = None
    ukjent: str = ""


def anledninger(system: System, ctx: Kontekst) -> Iterator[Anledning]:
    """First use on or after `gjelder_fra`, and each declared change of larger weight after that."""
    register = ctx.register
    start = system.produksjon_fra
    if start is not None:
        if register.etter_gjelder_fra(start):
            yield Anledning(start)
    elif (system.tilstand is None or system.tilstand in I_BRUK) and ctx.innstillinger.gjelder_fra is not None:
        yield Anledning(None, ukjent="Det er ikke oppgitt når systemet ble tatt i bruk («produksjon_fra»).")
    else:
        yield Anledning(None)
    for e in register.endringer_av(system):
        if e.type in IKKE_OMBYGGING or e.vekt == "mindre":
            continue
        if e.virkning is not None and (
            not register.dag.nadd(e.virkning)
            or not register.etter_gjelder_fra(e.virkning)
            or (start is not None and e.virkning <= start)
        ):
            continue
        ukjent = "" if e.vekt else f"Endringen «{e.navn or e.id}» sier ikke om den er større («vekt»)."
        yield Anledning(e.virkning, e, ukjent)


def prosjekt_for(anledning: Anledning, system: System, ctx: Kontekst) -> Prosjekt | None:
    """The project that answers for an occasion: one the system names, alive, and under way on that day."""
    dato = anledning.dato
    for p in ctx.register.prosjekter_for(system):
        if prosjektet_lever(p, ctx) is not None:
            continue
        if dato is None or ((p.registrert or dato) <= dato <= (p.avsluttet or dato)):
            return p
    return None


def ny_uten_prosjekt(system: System, ctx: Kontekst) -> str | None:
    """Applies from under_utvikling to a new or rebuilt system that no project answers for."""
    reason = fra_tilstand("under_utvikling")(system, ctx)
    if reason is not None:
        return reason
    if ctx.register.endringer_av(system).uleselig is not None or _uleste(system, ctx):
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
    if known or all(isinstance(o, Bevis | Utloper) for o in observations):
        yield from observations
        return
    for a in found:
        yield Uavklart(("arkitektur",), a.ukjent, i=a.endring)


def _vurdert_pa_nytt(system: System, anledninger: list[Anledning]) -> Iterator[Observasjon]:
    """An assessment from before first use says nothing of a later rebuild."""
    dato = system.arkitektur.dato if system.arkitektur else None
    start = system.produksjon_fra
    if dato is None or start is None or dato > start:
        return
    for a in anledninger:
        if a.endring is None or a.dato is None:
            continue
        yield Feil(
            ("arkitektur", "dato"),
            "ombygging-ikke-vurdert",
            f"Systemet ble bygget om {norsk_dato(a.dato)}, men vurderingen er fra {norsk_dato(dato)}, "
            "før systemet ble tatt i bruk første gang.",
            "Vurder den ombygde løsningen mot prinsippene, og oppdater «arkitektur».",
            om=a.endring.id,
            se=(Place(a.endring.key, ("vekt",), "Endringen er større."),),
        )
