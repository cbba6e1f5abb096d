"""Requirement 1.3: the work processes of the management are identified, decided and documented."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import i_fortiden, krev_verdi
from forvaltning.krav.henvisning import krev_rolle
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Bevis, Mangler, Observasjon
from forvaltning.krav.omrade1.k1_3_arbeidsprosesser_fritak import krev_fritak
from forvaltning.krav.typer import SYSTEMEIER, Kontekst, Krav, regel
from forvaltning.model.system import Arbeidsprosess, System


@regel(
    System,
    naar=i_bruk,
    felter=(
        "arbeidsprosesser.besluttet",
        "arbeidsprosesser.dokumentasjon",
        "arbeidsprosesser.omrade",
        "arbeidsprosesser.ikke_aktuelt",
        "avtaler:systemer",
        "ros:gjelder",
        "endringer:gjelder",
    ),
)
def prosessene(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """Each process is decided (date, by whom) and documented, or its area is opted out of."""
    for n, prosess in enumerate(system.arbeidsprosesser):
        if prosess.ikke_aktuelt is not None:
            yield from krev_fritak(ctx, system, n, prosess)
        else:
            yield from _besluttet_og_dokumentert(ctx, system, n, prosess)


def _besluttet_og_dokumentert(
    ctx: Kontekst, system: System, n: int, prosess: Arbeidsprosess
) -> Iterator[Observasjon]:
    navn = prosess.navn or prosess.id
    felt = ("arbeidsprosesser", n)
    b = prosess.besluttet
    if b is None:
        yield Mangler(
            (*felt, "besluttet"),
            "beslutning-mangler",
            f"Arbeidsprosessen «{navn}» er ikke besluttet.",
            "Skriv dato og rolle i «besluttet».",
        )
    else:
        yield from krev_verdi(
            (*felt, "besluttet", "dato"),
            b.dato,
            "beslutning-dato-mangler",
            f"Beslutningen av arbeidsprosessen «{navn}» mangler dato.",
            "Skriv datoen i «besluttet.dato».",
        )
        hva = f"Beslutningen av arbeidsprosessen «{navn}»"
        yield from i_fortiden(ctx, (*felt, "besluttet", "dato"), b.dato, hva=hva, vilkar="beslutning")
        yield from krev_rolle(
            ctx,
            system,
            (*felt, "besluttet", "av"),
            b.av,
            hva=f"rollen som besluttet «{navn}»",
            dato=b.dato,
            vilkar="beslutning-av",
        )
    yield from krev_verdi(
        (*felt, "dokumentasjon"),
        prosess.dokumentasjon,
        "dokumentasjon-mangler",
        f"Arbeidsprosessen «{navn}» er ikke dokumentert.",
        "Skriv hvor beskrivelsen ligger, i «dokumentasjon».",
    )
    yield Bevis(felt, Strength.DOKUMENTERT, b.dato if b else None, prosess.dokumentasjon)


@regel(System, naar=i_bruk, felter=("arbeidsprosesser.omrade",))
def omradene(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """Every area that the regulation lists for management is named."""
    omrader = ctx.innstillinger.koder["forvaltningsomrade"]
    if not system.arbeidsprosesser:
        yield Mangler(
            ("arbeidsprosesser",),
            "arbeidsprosesser-mangler",
            f"Ingen arbeidsprosesser er identifisert. Reglementet har {len(omrader)} områder.",
            "Skriv minst én prosess for hvert område i «arbeidsprosesser», eller hvorfor området ikke er aktuelt.",
        )
        return
    nevnt = {p.omrade for p in system.arbeidsprosesser}
    for kode, navn in omrader.items():
        if kode not in nevnt:
            yield Mangler(
                ("arbeidsprosesser",),
                "omrade-mangler",
                f"Ingen arbeidsprosess hører til området «{navn}».",
                f"Legg til en prosess med «omrade: {kode}», eller skriv hvorfor området ikke er aktuelt.",
                om=kode,
            )


KRAV_1_3 = Krav(
    "1.3",
    tittel="Arbeidsprosessene i forvaltningen er besluttet og dokumentert",
    ansvarlig=(SYSTEMEIER,),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(prosessene, omradene),
    modul=__name__,
)
