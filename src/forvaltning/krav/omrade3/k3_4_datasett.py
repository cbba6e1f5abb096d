"""Requirement 3.4: it is documented which data a system holds."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Place, Strength
from forvaltning.krav.byggesteiner import fritak, mangler_eller_uavklart
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon
from forvaltning.krav.typer import SYSTEMEIER, SYSTEMKOORDINATOR, Kontekst, Krav, regel
from forvaltning.model.system import System


@regel(System, naar=i_bruk, felter=("ingen_datasett", "datasett:system"))
def har_datasett(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """At least one dataset, or a reason why there is none, which no dataset contradicts."""
    datasett = ctx.register.datasett_i(system)
    if system.ingen_datasett is not None:
        yield from fritak(ctx, system, ("ingen_datasett",), system.ingen_datasett, hva="Datasett")
        if datasett:
            names = ", ".join(f"«{d.navn}»" for d in datasett)
            yield Feil(
                ("ingen_datasett",),
                "fritak-motsagt",
                f"Systemet sier at det ikke har datasett, men disse viser til det: {names}.",
                "Fjern «ingen_datasett», eller rett «system» i datasettene.",
                se=tuple(Place(d.key, ("system",), "Viser til systemet.") for d in datasett),
            )
        return
    yield from mangler_eller_uavklart(
        datasett,
        Mangler(
            ("ingen_datasett",),
            "datasett-mangler",
            "Det er ikke dokumentert hvilke data systemet har: ingen datasett viser til det.",
            f"Opprett datasett/<id>.yaml med «system: {system.id}», eller skriv grunn, rolle og dato i «ingen_datasett».",
        ),
    )
    for d in datasett:
        yield Bevis(("system",), Strength.MASKINELL, i=d)


KRAV_3_4 = Krav(
    "3.4",
    tittel="Dataene i hvert system er dokumentert",
    ansvarlig=(SYSTEMEIER, SYSTEMKOORDINATOR),
    avgjores=(Strength.MASKINELL, Strength.BEKREFTET),
    regler=(har_datasett,),
    modul=__name__,
)
