"""Requirement 7.1: new and essentially rebuilt solutions are held against the architecture principles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forvaltning.findings import Place, Strength
from forvaltning.krav.observasjon import Feil, Observasjon
from forvaltning.krav.omrade7.felles import etter_punkt, krev_prinsipper
from forvaltning.krav.omrade7.k7_1_prinsipper_system import systemet_er_vurdert
from forvaltning.krav.typer import (
    DIGITALISERINGSRADET,
    PROSJEKTEIER,
    RESULTATENHETSLEDER,
    Ansvar,
    Kontekst,
    Krav,
    regel,
)
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.system import System


def lager_losning(prosjekt: Prosjekt, ctx: Kontekst) -> str | None:
    """From BP3, for projects that make or rebuild a solution."""
    if prosjekt.digitalisering is False:
        named = ctx.register.viser_til(prosjekt, System, "prosjekter")
        if not named and named.uleselig is None:
            return "Prosjektet er ikke et digitaliseringsprosjekt, og ingen systemer kommer fra det."
    return etter_punkt("BP3")(prosjekt, ctx)


@regel(
    Prosjekt,
    naar=lager_losning,
    felter=(
        "arkitektur.dato",
        "arkitektur.av",
        "arkitektur.referanse",
        "arkitektur.prinsipper",
        "beslutningspunkter",
        "tilstand",
        "digitalisering",
        "systemer:prosjekter",
    ),
)
def prosjektet_er_vurdert(prosjekt: Prosjekt, ctx: Kontekst) -> Iterator[Observasjon]:
    """The solution that the project makes is held against each principle."""
    if prosjekt.digitalisering is False:
        named = ctx.register.viser_til(prosjekt, System, "prosjekter")
        if not named:
            return  # a system that can not be read may come from it: undecided
        for s in named:
            yield Feil(
                ("digitalisering",),
                "digitalisering-motsagt",
                f"Prosjektet sier at det ikke er et digitaliseringsprosjekt, men systemet «{s.navn}» kommer fra det.",
                "Rett «digitalisering» i prosjektet, eller «prosjekter» i systemet.",
                om=s.id,
                se=(Place(s.key, ("prosjekter",), "Systemet viser til prosjektet."),),
            )
    yield from krev_prinsipper(
        ctx,
        prosjekt,
        "arkitektur",
        prosjekt.arkitektur,
        hva="Vurderingen av løsningen mot arkitekturprinsippene",
        tiltak="Vurder løsningen mot hvert prinsipp, og vis til dokumentet i «arkitektur».",
    )


def ansvarlige(post: Any, ctx: Kontekst) -> tuple[Ansvar, ...]:
    """A system without a project has no project owner."""
    if isinstance(post, System):
        return (RESULTATENHETSLEDER, DIGITALISERINGSRADET)
    return KRAV_7_1.ansvarlig


KRAV_7_1 = Krav(
    "7.1",
    tittel="Nye og ombygde løsninger følger arkitekturprinsippene",
    ansvarlig=(PROSJEKTEIER, RESULTATENHETSLEDER, DIGITALISERINGSRADET),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(prosjektet_er_vurdert, systemet_er_vurdert),
    modul=__name__,
    ansvar_for=ansvarlige,
)
