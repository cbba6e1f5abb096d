"""Requirement 3.5: the flow of data between systems is documented."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Place, Strength
from forvaltning.krav.byggesteiner import mangler_eller_uavklart
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon
from forvaltning.krav.omrade3.felles import flyt_i_bruk
from forvaltning.krav.omrade3.k3_5_dataflyt_data import datasett_fra_kilden, personopplysninger_i_flyten
from forvaltning.krav.omrade3.k3_5_dataflyt_flyt import flyten_er_beskrevet
from forvaltning.krav.typer import SYSTEMEIER, SYSTEMKOORDINATOR, Kontekst, Krav, regel
from forvaltning.model.integrasjon import Integrasjon
from forvaltning.model.oppforing import Treff
from forvaltning.model.system import System


def _flyter(system: System, ctx: Kontekst) -> Treff[Integrasjon]:
    """The flows in use that start or end in a system."""
    alle = ctx.register.integrasjoner_for(system)
    return Treff((f for f in alle if flyt_i_bruk(f, ctx) is None), alle.uleselig)


def integrert(system: System, ctx: Kontekst) -> str | None:
    """In use, and not a system that says it stands alone while no flow says otherwise."""
    reason = i_bruk(system, ctx)
    if reason is not None or system.integrert is not False:
        return reason
    flyter = _flyter(system, ctx)
    if flyter or flyter.uleselig is not None:
        return None
    return "Systemet sier at det ikke er integrert med andre, og ingen dataflyt viser til det."


@regel(
    System,
    naar=integrert,
    felter=("integrert", "integrasjoner:fra.system", "integrasjoner:til.system", "integrasjoner:tilstand"),
)
def har_dataflyt(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """A system that says it is integrated has flows to show; one that says it is not, has none."""
    flyter = _flyter(system, ctx)
    if system.integrert is False:
        for f in flyter:
            yield Feil(
                ("integrert",),
                "integrert-motsagt",
                f"Systemet sier at det ikke er integrert, men dataflyten «{f.navn}» viser til det.",
                "Skriv «integrert: ja», eller rett dataflyten.",
                om=f.id,
                se=(Place(f.key, ("navn",), "Dataflyten."),),
            )
    elif system.integrert:
        yield from mangler_eller_uavklart(
            flyter,
            Mangler(
                ("integrert",),
                "dataflyt-mangler",
                "Systemet sier at det er integrert, men ingen dataflyt i bruk viser til det.",
                f"Opprett integrasjoner/<id>.yaml med «{system.id}» i «fra.system» eller «til.system».",
            ),
        )
    else:
        yield from mangler_eller_uavklart(
            flyter,
            Mangler(
                ("integrert",),
                "integrert-ikke-oppgitt",
                "Det er ikke oppgitt om systemet er integrert med andre.",
                "Svar ja eller nei i «integrert».",
            ),
        )
    for f in flyter:
        yield Bevis(("navn",), Strength.MASKINELL, i=f)


KRAV_3_5 = Krav(
    "3.5",
    tittel="Dataflyt mellom systemer er dokumentert",
    ansvarlig=(SYSTEMEIER, SYSTEMKOORDINATOR),
    avgjores=(Strength.MASKINELL,),
    regler=(har_dataflyt, flyten_er_beskrevet, datasett_fra_kilden, personopplysninger_i_flyten),
    modul=__name__,
)
