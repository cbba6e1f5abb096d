"""Requirement 9.2: new solutions are assessed for reuse and shared use."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Place, Strength
from forvaltning.krav.byggesteiner import noe_galt
from forvaltning.krav.henvisning import slaa_opp
from forvaltning.krav.naar import begge, fra_beslutningspunkt, fra_tilstand, prosjektet_lever
from forvaltning.krav.observasjon import Mangler, Observasjon, Uavklart
from forvaltning.krav.omrade9.felles import krev_vurdering
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import PROSJEKTEIER, RESULTATENHETSLEDER, Kontekst, Krav, regel
from forvaltning.model.base import I_BRUK
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.system import System

FELTER = ("gjenbruk.dato", "gjenbruk.av", "gjenbruk.referanse", "gjenbruk.gjenbruk", "gjenbruk.sambruk")


def digital_losning(prosjekt: Prosjekt, ctx: Kontekst) -> str | None:
    """Applies unless the project says that it is not about digitalisation and is not stopped or over."""
    if prosjekt.digitalisering is False:
        return "Prosjektet er ikke et digitaliseringsprosjekt."
    return prosjektet_lever(prosjekt, ctx)


def ny_uten_prosjekt(system: System, ctx: Kontekst) -> str | None:
    """Applies to a system first used after the regulation came, and that no project answers for."""
    for prosjekt in ctx.register.prosjekter_for(system):
        if digital_losning(prosjekt, ctx) is None:
            return f"Vurderes på prosjektet «{prosjekt.navn}»."
    start = system.produksjon_fra
    if start is not None and not ctx.register.etter_gjelder_fra(start):
        return f"Tatt i bruk {norsk_dato(start)}, før reglementet begynte å gjelde."
    return None


@regel(
    Prosjekt,
    naar=begge(digital_losning, fra_beslutningspunkt("BP3")),
    felter=(
        *FELTER,
        "digitalisering",
        "avsluttet",
        "begrunnelse",
        "beskrivelse",
    ),
)
def prosjektet(prosjekt: Prosjekt, ctx: Kontekst) -> Iterator[Observasjon]:
    """The project has assessed reuse and shared use."""
    mal = prosjekt.begrunnelse.mal if prosjekt.begrunnelse else None
    egne = tuple(s.id for s in ctx.register.viser_til(prosjekt, System, "prosjekter"))
    yield from _vurdert(prosjekt, ctx, f"{prosjekt.beskrivelse or ''} {mal or ''}", egne)


@regel(
    System,
    naar=begge(fra_tilstand("under_utvikling"), ny_uten_prosjekt),
    felter=(
        *FELTER,
        "prosjekter",
        "produksjon_fra",
        "tilstand",
        "beskrivelse",
    ),
)
def systemet(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """A new system without a project carries the assessment itself.

    Where a project is named but not found, the verdict may lie there: only the reference is told.
    """
    ukjente: list[Observasjon] = []
    for n, ident in enumerate(system.prosjekter):
        ukjente += slaa_opp(ctx, system, ("prosjekter", n), ident, Prosjekt, hva="prosjekt")
    if ukjente:
        yield from ukjente
        return
    observasjoner = list(_vurdert(system, ctx, system.beskrivelse or "", (system.id,)))
    if _ukjent_alder(system, ctx) and noe_galt(ctx, observasjoner):
        yield Uavklart(
            ("produksjon_fra",),
            "Det er ikke oppgitt når systemet ble tatt i bruk, så det er uklart om det er nytt.",
        )
    else:
        yield from observasjoner


def _ukjent_alder(system: System, ctx: Kontekst) -> bool:
    """True for a system in use that may be older than the regulation."""
    i_bruk = system.tilstand is None or system.tilstand in I_BRUK
    return i_bruk and system.produksjon_fra is None and ctx.innstillinger.gjelder_fra is not None


def _vurdert(
    post: Prosjekt | System, ctx: Kontekst, behov: str, utenom: tuple[str, ...]
) -> Iterator[Observasjon]:
    v = post.gjenbruk
    if v is None:
        finnes, se = _finnes_fra_for(post, ctx, behov, utenom)
        yield Mangler(
            ("gjenbruk",),
            "gjenbruk-mangler",
            "Gjenbruk av eksisterende løsninger og sambruk på tvers er ikke vurdert.",
            f"Skriv vurderingen i «gjenbruk», med dato og rolle eller referanse.{finnes}",
            se=se,
        )
        return
    yield from krev_vurdering(
        ctx, post, ("gjenbruk",), v, hva="Vurderingen av gjenbruk og sambruk", vilkar="gjenbruk-vurdert"
    )
    if not v.gjenbruk:
        finnes, se = _finnes_fra_for(post, ctx, behov, utenom)
        yield Mangler(
            ("gjenbruk", "gjenbruk"),
            "gjenbruk-uten-vurdering",
            "Det står ikke hvilke eksisterende løsninger som ble vurdert.",
            f"Skriv løsningene og utfallet i «gjenbruk.gjenbruk».{finnes}",
            se=se,
        )
    if not v.sambruk:
        yield Mangler(
            ("gjenbruk", "sambruk"),
            "sambruk-uten-vurdering",
            "Det står ikke om løsningen kan brukes på tvers av enheter og sektorer.",
            "Skriv vurderingen i «gjenbruk.sambruk».",
        )


def _finnes_fra_for(
    post: Prosjekt | System, ctx: Kontekst, behov: str, utenom: tuple[str, ...]
) -> tuple[str, tuple[Place, ...]]:
    """What the registry already holds for the need, as a sentence to append and places to look."""
    funnet = ctx.register.lignende_systemer(f"{post.navn} {behov}", *utenom)
    if not funnet:
        return "", ()
    se = tuple(
        Place(s.key, ("navn",), f"Kan dekke behovet. Felles ord: {', '.join(o.lower() for o in felles)}.")
        for s, felles in funnet
    )
    return f" Registeret har alt {', '.join(f'«{s.navn}»' for s, _ in funnet)}.", se


KRAV_9_2 = Krav(
    "9.2",
    tittel="Gjenbruk og sambruk er vurdert",
    ansvarlig=(RESULTATENHETSLEDER, PROSJEKTEIER),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(prosjektet, systemet),
    modul=__name__,
)
