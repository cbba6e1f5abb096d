"""Requirement 2.2: contingency and continuity plans, tested for the two highest criticality classes."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.krav.byggesteiner import i_fortiden
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Bevis, Mangler, Observasjon, Uavklart, Utloper
from forvaltning.krav.omrade2.felles import innen, styrke
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst, regel
from forvaltning.model.deler import Plan
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

PLANER = {"beredskapsplan": "Beredskapsplanen", "kontinuitetsplan": "Kontinuitetsplanen"}


@regel(
    System,
    Tjeneste,
    naar=i_bruk,
    felter=(
        "kritikalitet.klasse",
        "produksjon_fra",
        *(f"{plan}.{felt}" for plan in PLANER for felt in ("dato", "referanse", "testet", "testrapport")),
    ),
)
def planer(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """Both plans are there, dated and with a place to find them, and tested where criticality is high."""
    for felt, navn in PLANER.items():
        plan: Plan | None = getattr(post, felt)
        if plan is None or (plan.dato is None and plan.referanse is None):
            yield Mangler(
                (felt,),
                f"{felt}-mangler",
                f"{navn} er ikke registrert.",
                f"Lag planen, og skriv dato og hvor den ligger i «{felt}».",
            )
            continue
        for del_, hva in (("dato", "dato"), ("referanse", "henvisning til dokumentet")):
            if getattr(plan, del_) is None:
                yield Mangler(
                    (felt, del_), f"{felt}-{del_}", f"{navn} mangler {hva}.", f"Fyll ut «{felt}.{del_}»."
                )
        yield from i_fortiden(ctx, (felt, "dato"), plan.dato, hva=navn, vilkar=felt)
        if plan.dato is not None and plan.referanse is not None:
            yield Bevis((felt, "referanse"), styrke(plan.referanse), plan.dato, plan.referanse)
        yield from _test(post, felt, plan, navn, ctx)


def _test(post: System | Tjeneste, felt: str, plan: Plan, navn: str, ctx: Kontekst) -> Iterator[Observasjon]:
    """Tested within the interval; the first test is due one interval after production."""
    yield from i_fortiden(ctx, (felt, "testet"), plan.testet, hva=f"{navn}s test", vilkar=f"{felt}-test")
    klasser = ctx.register.klasser_for(post)
    if not any(k.hoy for k in klasser):
        return
    testet = plan.testet if plan.testet is not None and ctx.register.dag.nadd(plan.testet) else None
    start = testet or post.produksjon_fra or plan.dato
    sikkert = all(k.hoy for k in klasser)
    if start is None:
        if sikkert:
            yield Mangler(
                (felt, "testet"),
                f"{felt}-test-mangler",
                f"{navn} er ikke testet.",
                f"Test planen, og skriv dagen i «{felt}.testet».",
            )
        else:
            yield Uavklart(
                (felt, "testet"),
                f"Kritikaliteten er ikke vurdert, så det er ukjent om {navn.lower()} må testes.",
            )
        return
    siste = ctx.register.dag.maneder_etter(start, ctx.innstillinger.intervaller["plantest"])
    if not sikkert:
        if ctx.register.dag.passert(siste):
            yield Uavklart(
                (felt, "testet"),
                f"Kritikaliteten er ikke vurdert, så det er ukjent om {navn.lower()} må testes.",
            )
        return
    tiltak = f"Test planen, og skriv dagen og rapporten i «{felt}»."
    path = (felt, "testet")
    if testet is None:
        yield from innen(
            ctx,
            siste,
            Mangler(
                path, f"{felt}-test-mangler", f"{navn} er ikke testet innen {norsk_dato(siste)}.", tiltak
            ),
        )
        return
    melding = f"{navn} ble sist testet {norsk_dato(testet)}. Testen er gyldig til {norsk_dato(siste)}."
    yield Utloper(path, f"{felt}-test-utlopt", siste, melding, tiltak)
    yield Bevis(path, styrke(plan.testrapport), testet, plan.testrapport)
