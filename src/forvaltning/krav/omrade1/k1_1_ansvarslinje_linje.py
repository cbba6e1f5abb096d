"""Requirement 1.1: the line of responsibility from a system's owner to a behandlingsansvarlig."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from forvaltning.findings import FieldPath, Place
from forvaltning.krav.observasjon import Mangler, Observasjon, Uavklart, Utloper
from forvaltning.krav.ord import norsk_dato
from forvaltning.model.enhet import Enhet
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.rolle import Rolle

if TYPE_CHECKING:
    from forvaltning.krav.typer import Kontekst

LINJE = frozenset({"behandlingsansvar", "systemeierskap"})
"""Delegations of other authority (risk acceptance, agreements) carry no line of responsibility."""


@dataclass(slots=True)
class _Sok:
    """What a search for a line found: its last good day, what could not be read, what does not count."""

    siste: date | None = None
    uleselig: Uleselig | None = None
    ufullstendig: list[Place] = field(default_factory=list)


def krev_linje(ctx: Kontekst, felt: FieldPath, eier: Rolle, ansvarlig: Rolle) -> Iterator[Observasjon]:
    """The line runs when the role's unit is the owner's or above it, or by dated delegation.

    A chain counts: who is behandlingsansvarlig delegates to a role that is the owner, that lies over the
    owner in the unit tree, or that delegates further. The chain that lasts longest decides.
    """
    sok = _sok(ctx, eier, ansvarlig)
    if sok.siste == date.max:
        return
    if sok.siste is not None and (sok.uleselig is None or not ctx.register.dag.passert(sok.siste)):
        yield Utloper(
            felt,
            "ansvarslinje-utlopt",
            sok.siste,
            f"Delegasjonen som ga ansvarslinje fra «{eier.id}» til «{ansvarlig.id}», gjaldt til "
            f"{norsk_dato(sok.siste)}.",
            f"Forny delegasjonen, og skriv den i «delegasjoner» i {ansvarlig.key}.yaml.",
            om=ansvarlig.id,
        )
    elif sok.uleselig is not None:
        yield Uavklart(
            felt, f"Ansvarslinjen til «{ansvarlig.id}» kan gå over {sok.uleselig.fil}, som ikke kan leses."
        )
    else:
        yield Mangler(
            felt,
            "ansvarslinje-mangler",
            f"Det går ingen ansvarslinje fra systemeieren «{eier.id}» ({_enhet(ctx, eier)}) til "
            f"behandlingsansvarlig «{ansvarlig.id}» ({_enhet(ctx, ansvarlig)}).",
            f"Før en datert delegasjon av behandlingsansvar i «delegasjoner» i {ansvarlig.key}.yaml, eller rett "
            "enheten til en av rollene.",
            om=ansvarlig.id,
            se=(Place(eier.key, ("enhet",), "Systemeierens enhet."), *sok.ufullstendig),
        )


def _sok(ctx: Kontekst, eier: Rolle, ansvarlig: Rolle) -> _Sok:
    sok = _Sok(uleselig=_uleselig_over(ctx, eier.enhet))
    beste = {ansvarlig.id: date.max}
    ko = [ansvarlig]
    while ko and sok.siste != date.max:
        rolle = ko.pop()
        siste = beste[rolle.id]
        if rolle.id == eier.id or _star_over(ctx, eier, rolle, sok):
            sok.siste = max(sok.siste or date.min, siste)
        for n, gitt in enumerate(rolle.delegasjoner):
            neste = _mottaker(ctx, rolle, n, sok)
            if neste is None or not (neste.id == eier.id or _har_tiltradt(ctx, neste)):
                continue
            rollens = date.max if neste.id == eier.id else neste.til or date.max
            siste_gitt = min(siste, gitt.utlop or date.max, rollens)
            if siste_gitt > beste.get(neste.id, date.min):
                beste[neste.id] = siste_gitt
                ko.append(neste)
    return sok


def _star_over(ctx: Kontekst, eier: Rolle, rolle: Rolle, sok: _Sok) -> bool:
    """True when the unit of `rolle` is the owner's or lies above it."""
    enhet = ctx.register.finn(rolle.enhet)
    if isinstance(enhet, Uleselig):
        sok.uleselig = enhet
    return isinstance(enhet, Enhet) and ctx.register.er_under(eier.enhet, enhet.id)


def _har_tiltradt(ctx: Kontekst, rolle: Rolle) -> bool:
    """True when a role on the way is filled; whether the owner is, is told where the owner is named."""
    return rolle.fra is None or ctx.register.dag.nadd(rolle.fra)


def _mottaker(ctx: Kontekst, rolle: Rolle, n: int, sok: _Sok) -> Rolle | None:
    """The role that a delegation in force gives to; None when it does not carry the line."""
    gitt = rolle.delegasjoner[n]
    if gitt.hva is not None and gitt.hva not in LINJE:
        return None
    if gitt.hva is None or gitt.dato is None:
        what = "sier ikke hva den gjelder" if gitt.hva is None else "har ingen dato"
        sok.ufullstendig.append(
            Place(rolle.key, ("delegasjoner", n), f"Delegasjonen til «{gitt.til}» {what} og teller ikke.")
        )
        return None
    if not ctx.register.dag.nadd(gitt.dato):
        return None
    mottaker = ctx.register.finn(gitt.til)
    if isinstance(mottaker, Uleselig):
        sok.uleselig = mottaker
    return mottaker if isinstance(mottaker, Rolle) else None


def _uleselig_over(ctx: Kontekst, enhet: str | None) -> Uleselig | None:
    """The unreadable file that cuts the unit tree above a unit, if one does."""
    kjede = ctx.register.overordnede(enhet)
    over = ctx.register.finn(kjede[-1].forelder if kjede else enhet)
    return over if isinstance(over, Uleselig) else None


def _enhet(ctx: Kontekst, rolle: Rolle) -> str:
    enhet = ctx.register.hent(rolle.enhet, Enhet)
    return enhet.navn if enhet is not None else rolle.enhet or "uten enhet"
