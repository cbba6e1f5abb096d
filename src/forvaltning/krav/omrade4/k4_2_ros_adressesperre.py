"""Requirement 4.2: a scenario for persons with protected address, where such persons are registered."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Place
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon, Uavklart
from forvaltning.krav.omrade4.k4_2_ros_grunnlag import grunnlag, i_kraft
from forvaltning.krav.typer import Kontekst, regel
from forvaltning.model.behandling import Behandling
from forvaltning.model.ros import Ros
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste


@regel(
    System,
    Tjeneste,
    naar=i_bruk,
    felter=(
        "adressesperre",
        "personopplysninger",
        "behandlinger:registrerte",
        "ros:scenarier.adressesperre",
        "ros:sammendrag.adressesperre_vurdert",
    ),
)
def adressesperre(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """It is known whether such persons are registered, and then a ROS in force has a scenario for them."""
    sier = [
        b
        for b in ctx.register.behandlinger_i(post)
        if b.tilstand in {None, "aktiv"} and "sperret_adresse" in b.registrerte
    ]
    if post.adressesperre is False and sier:
        yield Feil(
            ("adressesperre",),
            "adressesperre-motsagt",
            f"Posten sier at ingen med sperret adresse er registrert, men det sier {_navn(sier)}.",
            "Rett «adressesperre», eller «registrerte» i behandlingen.",
            se=tuple(
                Place(b.key, ("registrerte",), "Registrerer personer med sperret adresse.") for b in sier
            ),
        )
    if post.adressesperre is None and not sier and post.personopplysninger is not False:
        yield Mangler(
            ("adressesperre",),
            "adressesperre-ukjent",
            "Det står ikke om personer med fortrolig eller strengt fortrolig adresse er registrert.",
            "Skriv ja eller nei i «adressesperre».",
        )
    if not post.adressesperre and not sier:
        return
    funnet = grunnlag(post, ctx)
    gjeldende = i_kraft(funnet.alle_ros(ctx), ctx)
    if not i_kraft(funnet.kilder[0].ros, ctx) or any(_vurdert(r) for r in gjeldende):
        return
    if funnet.uleselig is not None:
        yield Uavklart(
            ("adressesperre",), f"{funnet.uleselig.fil} kan ikke leses og kan ha scenariet som mangler."
        )
        return
    yield Mangler(
        ("adressesperre",),
        "adressesperre-scenario",
        "Personer med sperret adresse er registrert, men ingen ROS i kraft har et scenario for dem.",
        "Vurder hva som kan røpe adressen, og merk scenariet med «adressesperre: ja» (i sammendraget «adressesperre_vurdert»).",
        se=tuple(Place(r.key, ("scenarier",) if r.scenarier else ("sammendrag",)) for r in gjeldende),
    )


def _vurdert(ros: Ros) -> bool:
    if any(s.adressesperre for s in ros.scenarier):
        return True
    return ros.sammendrag is not None and ros.sammendrag.adressesperre_vurdert is True


def _navn(behandlinger: list[Behandling]) -> str:
    return ", ".join(f"«{b.navn}»" for b in behandlinger)
