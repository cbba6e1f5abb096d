"""Requirement 1.4: routines for the management's work processes, and delimited further roles."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import i_fortiden, krev_verdi
from forvaltning.krav.henvisning import krev_rolle
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Bevis, Mangler, Observasjon
from forvaltning.krav.typer import SYSTEMEIER, Kontekst, Krav, regel
from forvaltning.model.system import System


@regel(System, naar=i_bruk, felter=("arbeidsprosesser.rutiner", "arbeidsprosesser.ikke_aktuelt"))
def rutiner(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """Each work process has at least one routine or guideline, dated and with a place to find it."""
    if not system.arbeidsprosesser:
        yield Mangler(
            ("arbeidsprosesser",),
            "rutiner-mangler",
            "Systemet har verken arbeidsprosesser eller rutiner for dem.",
            "Skriv arbeidsprosessene i «arbeidsprosesser» (krav 1.3), hver med sine «rutiner».",
        )
    for n, prosess in enumerate(system.arbeidsprosesser):
        felt = ("arbeidsprosesser", n, "rutiner")
        if prosess.ikke_aktuelt is not None:
            yield Bevis(
                ("arbeidsprosesser", n, "ikke_aktuelt"), Strength.BEKREFTET, prosess.ikke_aktuelt.dato
            )
            continue
        yield from krev_verdi(
            felt,
            prosess.rutiner,
            "rutine-mangler",
            f"Arbeidsprosessen «{prosess.navn or prosess.id}» har ingen rutine eller retningslinje.",
            "Legg til rutinen med navn, dato og referanse i «rutiner».",
        )
        for m, rutine in enumerate(prosess.rutiner):
            yield from krev_verdi(
                (*felt, m, "referanse"),
                rutine.referanse,
                "rutine-uten-referanse",
                f"Det står ikke hvor rutinen «{rutine.navn}» ligger.",
                "Skriv hvor rutinen ligger, i «referanse».",
            )
            yield from krev_verdi(
                (*felt, m, "dato"),
                rutine.dato,
                "rutine-uten-dato",
                f"Rutinen «{rutine.navn}» mangler dato.",
                "Skriv dagen rutinen ble fastsatt eller sist revidert, i «dato».",
            )
            yield from i_fortiden(
                ctx, (*felt, m, "dato"), rutine.dato, hva=f"Rutinen «{rutine.navn}»", vilkar="rutine"
            )
            yield Bevis((*felt, m), Strength.DOKUMENTERT, rutine.dato, rutine.referanse)


@regel(
    System, naar=i_bruk, felter=("andre_roller.beskrivelse", "andre_roller.avgrensning", "andre_roller.rolle")
)
def andre_roller(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """A further management role is described, and tied or delimited to the owner and the coordinator."""
    for n, rolle in enumerate(system.andre_roller):
        felt = ("andre_roller", n)
        yield from krev_verdi(
            (*felt, "beskrivelse"),
            rolle.beskrivelse,
            "rolle-uten-beskrivelse",
            f"Rollen «{rolle.id}» er ikke beskrevet.",
            "Skriv hva rollen gjør, i «beskrivelse».",
        )
        yield from krev_verdi(
            (*felt, "avgrensning"),
            rolle.avgrensning,
            "rolle-uten-avgrensning",
            f"Rollen «{rolle.id}» er verken koblet eller avgrenset til systemeier og systemkoordinator.",
            "Skriv i «avgrensning» hvem rollen svarer til, og hva den ikke avgjør.",
        )
        if rolle.rolle:
            yield from krev_rolle(
                ctx, system, (*felt, "rolle"), rolle.rolle, hva=f"rollen «{rolle.id}»", vilkar="annen-rolle"
            )


KRAV_1_4 = Krav(
    "1.4",
    tittel="Forvaltningen har rutiner, og andre roller er avgrenset",
    ansvarlig=(SYSTEMEIER,),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(rutiner, andre_roller),
    modul=__name__,
)
