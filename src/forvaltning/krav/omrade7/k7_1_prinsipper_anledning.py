"""Requirement 7.1: the occasions on which a system is to be assessed, and the project that answers for one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from forvaltning.krav.naar import prosjektet_lever
from forvaltning.krav.typer import Kontekst
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
    in_use = system.tilstand is None or system.tilstand in I_BRUK
    if start is not None:
        if register.etter_gjelder_fra(start):
            yield Anledning(start)
    elif in_use and ctx.innstillinger.gjelder_fra is not None:
        yield Anledning(None, ukjent="Det er ikke oppgitt når systemet ble tatt i bruk («produksjon_fra»).")
    else:
        yield Anledning(None)
    for e in register.endringer_av(system) if in_use or start is not None else ():
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
