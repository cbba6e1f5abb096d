"""Requirement 4.2: the risk in every ROS in force is within what is accepted, being mended, or accepted."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import FieldPath, Strength
from forvaltning.krav.henvisning import slaa_opp
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon, Uavklart
from forvaltning.krav.omrade4.felles import akseptert_niva
from forvaltning.krav.omrade4.k4_2_ros_grunnlag import grunnlag, i_kraft
from forvaltning.krav.omrade4.k4_2_ros_niva import navn, niva_for, rang, ukjent_matrise
from forvaltning.krav.omrade4.k4_2_ros_sammendrag import sammendrag
from forvaltning.krav.omrade4.k4_2_ros_tiltak import aksept, er_ferdig, er_i_arbeid, tiltak
from forvaltning.krav.typer import Kontekst, regel
from forvaltning.model.enhet import Enhet
from forvaltning.model.innstillinger import Matrise
from forvaltning.model.ros import Ros, Scenario
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste


@regel(
    System,
    Tjeneste,
    naar=i_bruk,
    felter=(
        "enhet",
        "ros:enhet",
        "ros:matrise",
        "ros:scenarier.initial",
        "ros:scenarier.rest",
        "ros:scenarier.tiltak",
        "ros:scenarier.aksept",
        "ros:sammendrag",
        "enheter:type",
        "enheter:akseptabel_risiko",
        "roller:type",
        "roller:delegasjoner",
    ),
)
def risiko_handtert(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """Every ROS in force that covers the record, its flows or their declared changes."""
    for ros in i_kraft(grunnlag(post, ctx).alle_ros(ctx), ctx):
        matrise = ctx.innstillinger.matriser.get(ros.matrise or "")
        if matrise is None:
            yield ukjent_matrise(ros, ctx)
        if ros.sammendrag is not None:
            yield from sammendrag(ros, ctx)
        elif not ros.scenarier:
            yield Mangler(
                ("scenarier",),
                "scenarier-mangler",
                f"«{ros.navn}» har verken scenarier eller sammendrag, så det går ikke å se risikoen.",
                "Før opp scenariene, eller «sammendrag» når innholdet er for følsomt for registeret.",
                i=ros,
            )
        for n, s in enumerate(ros.scenarier):
            yield from tiltak(ros, n, s, ctx)
            if matrise is not None:
                yield from _scenario(ros, n, s, matrise, ros.enhet or ctx.register.enhet_for(post), ctx)
        if ros.scenarier:
            yield Bevis(("scenarier",), Strength.MASKINELL, i=ros)


def _scenario(
    ros: Ros, n: int, s: Scenario, matrise: Matrise, enhet: str | None, ctx: Kontekst
) -> Iterator[Observasjon]:
    """Residual not above initial; what lies above acceptance is being mended or accepted."""
    felt: FieldPath = ("scenarier", n)
    initial = niva_for(ros, (*felt, "initial"), s.initial, matrise, s)
    rest = niva_for(ros, (*felt, "rest"), s.rest, matrise, s) if s.rest is not None else None
    for x in (initial, rest):
        if x is not None and not isinstance(x, str):
            yield x
    fra, til = rang(matrise, initial), rang(matrise, rest)
    if fra is not None and til is not None and til > fra:
        yield Feil(
            (*felt, "rest"),
            "rest-hoyere",
            f"Scenariet «{s.id}» har høyere risiko etter tiltak ({navn(matrise, rest)}) enn før ({navn(matrise, initial)}).",
            "Rett vurderingen, eller velg andre tiltak.",
            i=ros,
        )
    ferdig = any(er_ferdig(t) for t in s.tiltak)
    gjelder = rest if ferdig and rest is not None else initial
    if isinstance(gjelder, str) and not any(er_i_arbeid(t) for t in s.tiltak):
        yield from _over(ros, felt, s, gjelder, matrise, enhet, ctx, uten_rest=ferdig and s.rest is None)


def _over(
    ros: Ros,
    felt: FieldPath,
    s: Scenario,
    niva: str,
    matrise: Matrise,
    enhet: str | None,
    ctx: Kontekst,
    *,
    uten_rest: bool,
) -> Iterator[Observasjon]:
    """No measure is under way: the level is accepted for the department, or by one who may accept it."""
    rang = matrise.rang(niva) or 0
    grense = akseptert_niva(ctx, enhet, ros.matrise or "", matrise)
    hoyest = matrise.rang(grense)
    if rang == 0 or (hoyest is not None and rang <= hoyest):
        return
    mangler_aksept = list(aksept(ros, felt, s, ctx))
    if s.aksept is not None and not any(isinstance(o, Mangler | Feil | Uavklart) for o in mangler_aksept):
        yield from mangler_aksept
        return
    if grense is None:
        ukjent = (
            list(slaa_opp(ctx, ros, ("enhet",), ros.enhet, Enhet, hva="enhet", i=ros)) if ros.enhet else []
        )
        yield from ukjent or (
            Uavklart(
                (*felt, "initial"),
                f"Det er ikke besluttet hvilken risiko som er akseptabel i matrisen «{matrise.navn}», så det er "
                f"uklart om scenariet «{s.id}» i {ros.key} ligger over.",
                i=ros,
            ),
        )
    elif uten_rest:
        yield Mangler(
            (*felt, "rest"),
            "rest-mangler",
            f"Scenariet «{s.id}» har ferdige tiltak, men risikoen etter tiltak er ikke vurdert.",
            "Skriv sannsynlighet og konsekvens i «rest».",
            i=ros,
        )
    elif s.aksept is not None:
        yield from mangler_aksept
    else:
        yield Mangler(
            felt,
            "over-aksept",
            f"Scenariet «{s.id}» ligger på {navn(matrise, niva)}, over {navn(matrise, grense)} som er akseptabelt, "
            "uten tiltak i arbeid og uten aksept.",
            "Sett i gang et tiltak med rolle og frist, eller få risikoen akseptert av kommunaldirektøren i «aksept».",
            i=ros,
        )
