"""Requirement 1.5: where enquiries, faults, shortcomings and deviations go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from forvaltning.findings import Place, Strength
from forvaltning.krav.byggesteiner import krev_verdi
from forvaltning.krav.frist import frist_ved_overlevering
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon, Uavklart
from forvaltning.krav.typer import SYSTEMKOORDINATOR, Kontekst, Krav, regel
from forvaltning.model.base import I_BRUK
from forvaltning.model.system import System

if TYPE_CHECKING:
    from forvaltning.model.tjeneste import Tjeneste

INNBYGGERSERVICE = "innbyggerservice"
SERVICESENTERET = "servicesenteret"
ANSATTGRUPPER = frozenset({"ansatte", "ledere", "politikere"})
"""User groups inside the municipality; everybody else is met by Innbyggerservice."""


@regel(System, naar=i_bruk, felter=("henvendelser.forstekontakt", "henvendelser.bkservice", "produksjon_fra"))
def henvendelser(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """First contact and route in BkService are named; due at handover."""
    yield from frist_ved_overlevering(ctx, system.produksjon_fra, _henvendelser(system))


def _henvendelser(system: System) -> Iterator[Observasjon]:
    h = system.henvendelser
    if h is None or (h.forstekontakt is None and h.bkservice is None):
        yield Mangler(
            ("henvendelser",),
            "henvendelser-mangler",
            "Det står ikke hvor henvendelser, feil, mangler og avvik skal meldes.",
            "Skriv «forstekontakt» og ruten i BkService under «henvendelser».",
        )
        return
    yield from krev_verdi(
        ("henvendelser", "forstekontakt"),
        h.forstekontakt,
        "forstekontakt-mangler",
        "Det står ikke hvem som er førstekontakt.",
        "Skriv innbyggerservice eller servicesenteret i «henvendelser.forstekontakt».",
    )
    yield from krev_verdi(
        ("henvendelser", "bkservice"),
        h.bkservice,
        "rute-mangler",
        "Det står ikke hvilken rute i BkService sakene følger.",
        "Skriv tjenesteprosessen i «henvendelser.bkservice».",
    )
    yield Bevis(("henvendelser",), Strength.MASKINELL)


@regel(
    System,
    naar=i_bruk,
    felter=(
        "henvendelser.forstekontakt",
        "brukere",
        "tjenester:systemer",
        "tjenester:type",
        "tjenester:henvendelser.forstekontakt",
        "tjenester:henvendelser.begrunnelse",
    ),
)
def forstekontakten(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """The first contact fits those who use the system, and no service that uses it says otherwise."""
    treff = ctx.register.tjenester_med(system)
    tjenester = [t for t in treff if t.tilstand is None or t.tilstand in I_BRUK]
    for t in tjenester:
        yield from _tjenestens_eget_valg(t)
    valgt = system.henvendelser.forstekontakt if system.henvendelser else None
    if valgt is None:
        return
    ventet = _ventet(system, tjenester)
    felt = ("henvendelser", "forstekontakt")
    if not ventet:
        yield Uavklart(felt, "Verken «brukere» eller tjenester viser hvem som bruker systemet.")
    elif valgt not in ventet and treff.uleselig is not None:
        yield Uavklart(
            felt, f"{treff.uleselig.fil} kan ikke leses og kan være en tjeneste som bruker systemet."
        )
    elif valgt not in ventet:
        navn = ctx.innstillinger.navn
        rett = " eller ".join(navn("forstekontakt", k) for k in sorted(ventet))
        yield Feil(
            felt,
            "forstekontakt-motsagt",
            f"Førstekontakten er {navn('forstekontakt', valgt)}, men de som bruker systemet, skal møte {rett}.",
            "Rett «forstekontakt», eller la innbyggertjenesten oppgi Servicesenteret med begrunnelse.",
            se=tuple(Place(t.key, ("systemer",), f"«{t.navn}» bruker systemet.") for t in tjenester),
        )


def _ventet(system: System, tjenester: list[Tjeneste]) -> frozenset[str]:
    """The first contacts that fit those who use the system, by its services and its user groups.

    A system that only employees work in may keep Servicesenteret also when citizen services rest on it.
    Where citizen services use it, only their first contact counts for the users outside.
    """
    ventet = {k for t in tjenester if (k := _kontakt(t)) is not None}
    ansatte = any(b in ANSATTGRUPPER for b in system.brukere)
    andre = any(b not in ANSATTGRUPPER for b in system.brukere)
    if ansatte and (not ventet or not andre):
        ventet.add(SERVICESENTERET)
    if andre and not any(t.type == "innbyggertjeneste" for t in tjenester):
        ventet.add(INNBYGGERSERVICE)
    return frozenset(ventet)


def _kontakt(tjeneste: Tjeneste) -> str | None:
    """Innbyggerservice for a citizen service, unless it names Servicesenteret with reason."""
    if tjeneste.type is None:
        return None
    if tjeneste.type != "innbyggertjeneste":
        return SERVICESENTERET
    h = tjeneste.henvendelser
    med_grunn = h is not None and h.forstekontakt == SERVICESENTERET and h.begrunnelse is not None
    return SERVICESENTERET if med_grunn else INNBYGGERSERVICE


def _tjenestens_eget_valg(tjeneste: Tjeneste) -> Iterator[Observasjon]:
    h = tjeneste.henvendelser
    valgt = h.forstekontakt if h else None
    if h is None or valgt is None or tjeneste.type is None:
        return
    if tjeneste.type == "innbyggertjeneste" and valgt == SERVICESENTERET and not h.begrunnelse:
        yield Mangler(
            ("henvendelser", "begrunnelse"),
            "tjeneste-uten-begrunnelse",
            f"Innbyggertjenesten «{tjeneste.navn}» bruker systemet og har Servicesenteret som førstekontakt uten "
            "begrunnelse.",
            f"Skriv hvorfor i «henvendelser.begrunnelse» i {tjeneste.key}.yaml, eller velg innbyggerservice.",
            om=tjeneste.id,
            i=tjeneste,
        )
    elif tjeneste.type != "innbyggertjeneste" and valgt == INNBYGGERSERVICE:
        yield Feil(
            ("henvendelser", "forstekontakt"),
            "tjeneste-feil-forstekontakt",
            f"«{tjeneste.navn}» er en tjeneste for ansatte, men har Innbyggerservice som førstekontakt.",
            f"Skriv servicesenteret i «henvendelser.forstekontakt» i {tjeneste.key}.yaml.",
            om=tjeneste.id,
            i=tjeneste,
        )


KRAV_1_5 = Krav(
    "1.5",
    tittel="Henvendelser og feil har en førstekontakt og en rute",
    ansvarlig=(SYSTEMKOORDINATOR,),
    avgjores=(Strength.MASKINELL,),
    regler=(henvendelser, forstekontakten),
    modul=__name__,
)
