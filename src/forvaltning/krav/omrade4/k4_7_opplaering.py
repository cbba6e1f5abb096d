"""Requirement 4.7: training in privacy and information security, at work and before access to a system."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from forvaltning.findings import FieldPath, Strength
from forvaltning.krav.byggesteiner import i_fortiden, krev_bekreftelse
from forvaltning.krav.henvisning import slaa_opp
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Bevis, Mangler, Observasjon, Utloper
from forvaltning.krav.omrade4.felles import eksisterer, oppover
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import (
    ALLE_ANSATTE,
    BEHANDLINGSANSVARLIG,
    RESULTATENHETSLEDER,
    Kontekst,
    Krav,
    regel,
)
from forvaltning.model.deler import Dokument
from forvaltning.model.enhet import Enhet, Opplaering
from forvaltning.model.system import System

GRUPPER = ("ledere", "saerskilte_roller")
"""Groups that the plan must name beside everybody else."""


@regel(
    Enhet,
    naar=eksisterer,
    felter=("opplaering.plan", "opplaering.grupper", "opplaering.siste_runde", "forelder", "fra", "til"),
)
def plan_og_runde(enhet: Enhet, ctx: Kontekst) -> Iterator[Observasjon]:
    """The unit has a training plan, its own or the nearest one above, and its last round is recent enough."""
    units: list[Enhet] = []
    for unit in oppover(ctx, enhet.id):
        units.append(unit)
        o = unit.opplaering
        if o is not None and o.plan is not None:
            yield from _plan(unit, o, o.plan, ctx)
            yield from _runde(enhet, units, o.plan, ctx)
            return
    yield from _ingen_plan(enhet, units, ctx)


def _ingen_plan(enhet: Enhet, units: list[Enhet], ctx: Kontekst) -> Iterator[Observasjon]:
    """No plan up to the top; where the way up is broken, that is what is told."""
    top = units[-1] if units else enhet
    brutt = (
        list(slaa_opp(ctx, enhet, ("forelder",), top.forelder, Enhet, hva="overordnet enhet", i=top))
        if top.forelder
        else []
    )
    yield from brutt or (
        Mangler(
            ("opplaering", "plan"),
            "plan-mangler",
            "Verken enheten eller noen over den har en plan for opplæring i personvern og informasjonssikkerhet.",
            "Før opp planen med dato og referanse i «opplaering.plan», her eller i en enhet over.",
        ),
    )


def _plan(eier: Enhet, o: Opplaering, plan: Dokument, ctx: Kontekst) -> Iterator[Observasjon]:
    felt: FieldPath = ("opplaering", "plan")
    for navn, verdi in (("dato", plan.dato), ("referanse", plan.referanse)):
        if verdi is None:
            yield Mangler(
                (*felt, navn),
                f"plan-{navn}",
                f"Opplæringsplanen til «{eier.navn}» mangler {navn}.",
                f"Fyll ut «opplaering.plan.{navn}».",
                i=eier,
            )
    yield from i_fortiden(ctx, (*felt, "dato"), plan.dato, hva="Opplæringsplanen", vilkar="plan-dato", i=eier)
    for gruppe in GRUPPER:
        if gruppe not in o.grupper:
            yield Mangler(
                ("opplaering", "grupper"),
                "gruppe-mangler",
                f"Opplæringsplanen til «{eier.navn}» omfatter ikke "
                f"{ctx.innstillinger.navn('opplaeringsgruppe', gruppe).lower()}.",
                f"Ta gruppen med i planen, og før opp «{gruppe}» i «opplaering.grupper».",
                om=gruppe,
                i=eier,
            )
    yield Bevis(felt, Strength.DOKUMENTERT, plan.dato, plan.referanse, i=eier)


def _runde(enhet: Enhet, units: list[Enhet], plan: Dokument, ctx: Kontekst) -> Iterator[Observasjon]:
    """The last round of the unit itself, else of the nearest above, up to the one that has the plan."""
    felt: FieldPath = ("opplaering", "siste_runde")
    maneder = ctx.innstillinger.intervaller["opplaering"]
    holdt = next(
        ((e, e.opplaering.siste_runde) for e in units if e.opplaering and e.opplaering.siste_runde), None
    )
    if holdt is not None:
        i, dato = holdt
        if not ctx.register.dag.nadd(dato):
            yield from i_fortiden(
                ctx, felt, dato, hva="Den siste opplæringsrunden", vilkar="siste-runde", i=i
            )
            return
        siste = ctx.register.dag.maneder_etter(dato, maneder)
        melding = f"Den siste opplæringsrunden var {norsk_dato(dato)}. En ny skulle vært holdt innen {norsk_dato(siste)}."
        yield Utloper(
            felt,
            "siste-runde-utlopt",
            siste,
            melding,
            "Hold opplæringen, og oppdater «opplaering.siste_runde».",
            i=i,
        )
        yield Bevis(felt, Strength.MASKINELL, dato, i=i)
        return
    start = _start(enhet, plan)
    tiltak = "Hold opplæringen, og skriv dagen runden var ferdig, i «opplaering.siste_runde»."
    if start is None:
        yield Mangler(
            felt,
            "siste-runde-mangler",
            "Det står ikke når det sist ble holdt opplæring.",
            tiltak,
            i=units[-1],
        )
        return
    siste = ctx.register.dag.maneder_etter(start, maneder)
    melding = f"Den første opplæringsrunden skulle vært holdt innen {norsk_dato(siste)}."
    yield Utloper(felt, "siste-runde-utlopt", siste, melding, tiltak, i=units[-1])


def _start(enhet: Enhet, plan: Dokument) -> date | None:
    """The first round counts from when both the plan and the unit were there."""
    if plan.dato is None:
        return None
    return max(plan.dato, enhet.fra) if enhet.fra is not None else plan.dato


@regel(System, naar=i_bruk, felter=("tilgangsopplaering.krav", "tilgangsopplaering.bekreftet"))
def for_tilgang(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """The system says what training is asked before access, and somebody has confirmed that it is."""
    t = system.tilgangsopplaering
    if t is None or not t.krav:
        yield Mangler(
            ("tilgangsopplaering", "krav"),
            "tilgangsopplaering-mangler",
            "Det står ikke hvilken opplæring som kreves før noen får tilgang til systemet.",
            "Skriv opplæringen i «tilgangsopplaering.krav», og bekreft i «bekreftet» at den blir krevd.",
        )
    if t is not None:
        yield from krev_bekreftelse(
            ctx,
            system,
            ("tilgangsopplaering", "bekreftet"),
            t.bekreftet,
            hva="Opplæringen før tilgang",
            vilkar="tilgangsopplaering",
            tiltak="Bekreft at opplæringen blir krevd, med dato og rolle i «tilgangsopplaering.bekreftet».",
        )


KRAV_4_7 = Krav(
    "4.7",
    tittel="Alle får opplæring i personvern og informasjonssikkerhet",
    ansvarlig=(BEHANDLINGSANSVARLIG, ALLE_ANSATTE, RESULTATENHETSLEDER),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(plan_og_runde, for_tilgang),
    modul=__name__,
)
