"""Requirement 6.3: the project handbook's mandatory products for the phase are there."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import i_fortiden, krev_verdi
from forvaltning.krav.naar import begge
from forvaltning.krav.observasjon import Bevis, Mangler, Observasjon
from forvaltning.krav.omrade6.felles import (
    FELTER_DIGITAL,
    digitaliseringsprosjekt,
    feil_fritak,
    ukjent_hovedprosjekt,
)
from forvaltning.krav.typer import PROSJEKTLEDER, Kontekst, Krav, regel
from forvaltning.model.prosjekt import Prosjekt

FASER = ("meldt", "konsept", "planlegging", "gjennomforing", "avslutning", "avsluttet")
"""The phases of a project, in order."""

FASE_ETTER = {
    "BP1": "konsept",
    "BP2": "planlegging",
    "BP3": "gjennomforing",
    "BP4": "avslutning",
    "BP5": "avsluttet",
}
"""The phase that each decision point opens."""

FASENAVN = {
    "meldt": "meldt",
    "konsept": "konsept",
    "planlegging": "planlegging",
    "gjennomforing": "gjennomføring",
    "avslutning": "avslutning",
    "avsluttet": "avsluttet",
}


def fase(prosjekt: Prosjekt, ctx: Kontekst) -> str:
    """The furthest phase that the state or a passed decision point tells; no state counts as running."""
    opened = (
        FASE_ETTER.get(b.punkt, "meldt")
        for b in prosjekt.beslutningspunkter
        if b.dato is not None and ctx.register.dag.nadd(b.dato)
    )
    return max((prosjekt.tilstand or "gjennomforing", *opened), key=FASER.index)


def har_produkter(prosjekt: Prosjekt, ctx: Kontekst) -> str | None:
    """Applies in a phase that has mandatory products."""
    if prosjekt.tilstand == "stanset":
        return "Prosjektet er stanset."
    now = fase(prosjekt, ctx)
    if not ctx.innstillinger.prosjektprodukter.get(now):
        return f"Ingen produkter er obligatoriske i fasen «{FASENAVN[now]}»."
    return None


@regel(
    Prosjekt,
    naar=begge(digitaliseringsprosjekt, har_produkter),
    felter=(
        *FELTER_DIGITAL,
        "produkter",
        "produkter.type",
        "produkter.dato",
        "produkter.referanse",
        "tilstand",
        "avsluttet",
        "beslutningspunkter",
    ),
)
def produktene_er_der(prosjekt: Prosjekt, ctx: Kontekst) -> Iterator[Observasjon]:
    """Each mandatory product of the phase is there, dated and to be found."""
    ukjent = list(ukjent_hovedprosjekt(prosjekt, ctx))
    if ukjent:
        yield from ukjent
        return
    yield from feil_fritak(prosjekt, ctx)
    now = fase(prosjekt, ctx)
    for kode in ctx.innstillinger.prosjektprodukter[now]:
        navn = ctx.innstillinger.navn("prosjektprodukt", kode)
        found = next((n for n, p in enumerate(prosjekt.produkter) if p.type == kode), None)
        if found is None:
            yield Mangler(
                ("produkter",),
                "produkt-mangler",
                f"{navn} mangler. Det er obligatorisk i fasen «{FASENAVN[now]}».",
                f"Lag produktet, og skriv det i «produkter» med «type: {kode}».",
                om=kode,
            )
            continue
        yield from _helt(prosjekt, found, navn, ctx)


def _helt(prosjekt: Prosjekt, n: int, navn: str, ctx: Kontekst) -> Iterator[Observasjon]:
    p = prosjekt.produkter[n]
    yield from krev_verdi(
        ("produkter", n, "dato"),
        p.dato,
        "produkt-dato-mangler",
        f"{navn} mangler dato.",
        "Skriv dagen det ble godkjent.",
    )
    yield from i_fortiden(ctx, ("produkter", n, "dato"), p.dato, hva=navn, vilkar="produkt")
    yield from krev_verdi(
        ("produkter", n, "referanse"),
        p.referanse,
        "produkt-referanse-mangler",
        f"Det står ikke hvor produktet ligger: {navn.lower()}.",
        "Skriv hvor det ligger, i «referanse».",
    )
    if p.dato is not None and p.referanse is not None:
        yield Bevis(("produkter", n), Strength.DOKUMENTERT, p.dato, p.referanse)


KRAV_6_3 = Krav(
    "6.3",
    tittel="Prosjekthåndbokens obligatoriske produkter er på plass",
    ansvarlig=(PROSJEKTLEDER,),
    avgjores=(Strength.DOKUMENTERT,),
    regler=(produktene_er_der,),
    modul=__name__,
)
