"""Requirement 3.5, the content of a flow: its datasets belong to the source, and personal data are accounted for."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Place
from forvaltning.krav.byggesteiner import mangler_eller_uavklart
from forvaltning.krav.henvisning import slaa_opp
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon
from forvaltning.krav.omrade3.felles import flyt_i_bruk
from forvaltning.krav.typer import Kontekst, regel
from forvaltning.model.behandling import Behandling
from forvaltning.model.datasett import Datasett
from forvaltning.model.integrasjon import Endepunkt, Integrasjon
from forvaltning.model.oppforing import Treff
from forvaltning.model.system import System
from forvaltning.model.viser import normaliser


def _registrerte(flyt: Integrasjon) -> list[tuple[str, str]]:
    """The ends that name a system: field (``fra`` or ``til``) and id."""
    ender: tuple[tuple[str, Endepunkt | None], ...] = (("fra", flyt.fra), ("til", flyt.til))
    return [(felt, ende.system) for felt, ende in ender if ende is not None and ende.system]


@regel(
    Integrasjon,
    naar=flyt_i_bruk,
    felter=("datasett", "fra.system", "til.system", "retning", "datasett:system"),
)
def datasett_fra_kilden(flyt: Integrasjon, ctx: Kontekst) -> Iterator[Observasjon]:
    """Each dataset resolves, and belongs to the source where that is registered.

    Both ends are sources where data go both ways, and where the direction is not told.
    """
    sources = [ident for felt, ident in _registrerte(flyt) if felt == "fra" or flyt.retning != "en_vei"]
    fra_er_registrert = flyt.fra is not None and bool(flyt.fra.system)
    for n, ident in enumerate(flyt.datasett):
        yield from slaa_opp(ctx, flyt, ("datasett", n), ident, Datasett, hva="datasett")
        datasett = ctx.register.hent(ident, Datasett)
        if datasett is None or not sources or (flyt.retning is None and not fra_er_registrert):
            continue
        if not datasett.system:
            yield Mangler(
                ("system",),
                "datasett-uten-system",
                f"Datasettet «{datasett.navn}» sier ikke hvilket system som har det.",
                "Skriv id-en til systemet i «system» i datasettet.",
                i=datasett,
            )
        elif normaliser(datasett.system) not in {normaliser(s) for s in sources}:
            yield Feil(
                ("datasett", n),
                "datasett-fra-annet-system",
                f"Datasettet «{datasett.navn}» hører til «{datasett.system}», som ikke er kilden i dataflyten.",
                "Vis til et datasett som kilden har, eller rett «fra» og «retning».",
                om=datasett.id,
                se=(Place(datasett.key, ("system",), "Systemet datasettet hører til."),),
            )


@regel(
    Integrasjon,
    naar=flyt_i_bruk,
    felter=(
        "personopplysninger",
        "behandlinger",
        "datasett",
        "datasett:personopplysninger",
        "systemer:personopplysninger",
        "behandlinger:integrasjoner",
        "behandlinger:tilstand",
    ),
)
def personopplysninger_i_flyten(flyt: Integrasjon, ctx: Kontekst) -> Iterator[Observasjon]:
    """With personal data, the registered ends say so and an activity exists."""
    problems = [
        o
        for n, ident in enumerate(flyt.behandlinger)
        for o in slaa_opp(ctx, flyt, ("behandlinger", n), ident, Behandling, hva="behandling")
    ]
    yield from problems
    activities = _behandlinger(flyt, ctx)
    saying: list[Datasett | Behandling] = [
        d for d in ctx.register.hent_alle(flyt.datasett, Datasett) if d.personopplysninger
    ]
    saying += activities
    if flyt.personopplysninger is None and not saying:
        yield Mangler(
            ("personopplysninger",),
            "personopplysninger-ikke-oppgitt",
            "Det er ikke oppgitt om dataflyten bærer personopplysninger.",
            "Svar ja eller nei i «personopplysninger».",
        )
        return
    if flyt.personopplysninger is False:
        for p in saying:
            yield Feil(
                ("personopplysninger",),
                "personopplysninger-motsagt",
                f"Dataflyten sier at den ikke bærer personopplysninger, men {p.tittel_entall} «{p.navn}» sier noe annet.",
                "Skriv «personopplysninger: ja», eller rett den andre posten.",
                om=p.id,
                se=(
                    Place(
                        p.key,
                        ("personopplysninger",) if isinstance(p, Datasett) else ("navn",),
                        "Her er det personopplysninger.",
                    ),
                ),
            )
        return
    yield from _endene_sier_det_samme(flyt, ctx)
    if not problems:
        yield from mangler_eller_uavklart(
            activities,
            Mangler(
                ("behandlinger",),
                "behandling-mangler",
                "Dataflyten bærer personopplysninger, men er ikke del av noen behandling som pågår.",
                "Før opp behandlingen i «behandlinger», eller dataflyten i «integrasjoner» i behandlingen.",
            ),
        )


def _behandlinger(flyt: Integrasjon, ctx: Kontekst) -> Treff[Behandling]:
    """The activities that the flow names or that name it, and that have not ended."""
    naming = ctx.register.behandlinger_i(flyt)
    found = {b.id: b for b in (*ctx.register.hent_alle(flyt.behandlinger, Behandling), *naming)}
    return Treff((b for b in found.values() if b.tilstand != "avsluttet"), naming.uleselig)


def _endene_sier_det_samme(flyt: Integrasjon, ctx: Kontekst) -> Iterator[Observasjon]:
    """The ends that are registered say that they hold personal data."""
    for felt, ident in _registrerte(flyt):
        system = ctx.register.hent(ident, System)
        if system is None or system.personopplysninger:
            continue
        said = system.personopplysninger is False
        yield (Feil if said else Mangler)(
            (felt, "system"),
            "ende-motsier-personopplysninger" if said else "ende-uten-personopplysninger",
            f"Dataflyten bærer personopplysninger, men «{system.navn}» "
            + ("sier at det ikke har noen." if said else "sier ikke om det har noen."),
            f"Rett «personopplysninger» i systemer/{system.id}.yaml.",
            om=system.id,
            se=(Place(system.key, ("personopplysninger",), "Systemets eget svar."),),
        )
