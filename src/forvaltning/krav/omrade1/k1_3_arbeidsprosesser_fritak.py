"""Requirement 1.3: an area of the management that is marked irrelevant, and what contradicts it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from forvaltning.findings import Place
from forvaltning.krav.byggesteiner import fritak
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon

if TYPE_CHECKING:
    from forvaltning.krav.typer import Kontekst
    from forvaltning.model.system import Arbeidsprosess, System


def krev_fritak(ctx: Kontekst, system: System, n: int, prosess: Arbeidsprosess) -> Iterator[Observasjon]:
    """The opt-out names its area, has reason, role and date, and nothing in the registry contradicts it."""
    assert prosess.ikke_aktuelt is not None  # noqa: S101 - asked by the caller
    felt = ("arbeidsprosesser", n, "ikke_aktuelt")
    omrade = ctx.innstillinger.navn("forvaltningsomrade", prosess.omrade)
    yield from fritak(ctx, system, felt, prosess.ikke_aktuelt, hva=f"Området «{omrade or prosess.id}»")
    if prosess.omrade is None:
        yield Mangler(
            ("arbeidsprosesser", n, "omrade"),
            "fritak-uten-omrade",
            f"«{prosess.id}» er satt som ikke aktuelt, men sier ikke hvilket område det gjelder.",
            "Skriv området i «omrade».",
        )
        return
    motsagt = tuple(_motsier(ctx, system, n, prosess))
    if motsagt:
        yield Feil(
            felt,
            "fritak-motsagt",
            f"Området «{omrade}» er satt som ikke aktuelt, men {motsagt[0].post} viser at det er det.",
            "Fjern «ikke_aktuelt» og beskriv prosessen, eller rett posten som sier noe annet.",
            se=motsagt,
        )


def _motsier(ctx: Kontekst, system: System, n: int, prosess: Arbeidsprosess) -> Iterator[Place]:
    """The places that show that an area is relevant all the same."""
    if prosess.dokumentasjon or prosess.rutiner:
        yield Place(system.key, ("arbeidsprosesser", n), "Prosessen er selv beskrevet.")
    for m, annen in enumerate(system.arbeidsprosesser):
        if m != n and annen.omrade == prosess.omrade and annen.ikke_aktuelt is None:
            yield Place(system.key, ("arbeidsprosesser", m), "En annen prosess hører til området.")
    if (spor := SPOR.get(prosess.omrade or "")) is not None:
        yield from spor(ctx, system)


def _avtaler(ctx: Kontekst, system: System) -> Iterator[Place]:
    for avtale in ctx.register.avtaler_for(system):
        if ctx.register.er_i_kraft(avtale):
            yield Place(avtale.key, ("systemer",), "Avtalen dekker systemet.")


def _risiko(ctx: Kontekst, system: System) -> Iterator[Place]:
    for ros in ctx.register.ros_for(system):
        if ros.tilstand != "erstattet":
            yield Place(ros.key, ("gjelder",), "ROS-en dekker systemet.")


def _endringer(ctx: Kontekst, system: System) -> Iterator[Place]:
    for endring in ctx.register.endringer_av(system):
        yield Place(endring.key, ("gjelder",), "Endringen gjelder systemet.")


SPOR: dict[str, Callable[[Kontekst, System], Iterator[Place]]] = {
    "avtaler": _avtaler,
    "risiko_og_informasjon": _risiko,
    "endring": _endringer,
}
"""What other records show that an area is relevant; the other areas leave no such trace."""
