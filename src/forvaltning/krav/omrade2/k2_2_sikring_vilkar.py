"""Requirement 2.2: agreements cover what the criticality asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from forvaltning.findings import Strength
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Bevis, Mangler, Observasjon, Uavklart, Utloper
from forvaltning.krav.omrade2.felles import dekket_til, er_signert
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst, regel
from forvaltning.model.avtale import Avtale
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

HOY_KRITIKALITET_KREVER = {
    "tjenesteniva": "tjenestenivå",
    "responstid": "responstid",
    "beredskap": "beredskap",
}
"""What agreements must cover for the two highest classes (a default of ours)."""


@regel(
    System,
    Tjeneste,
    naar=i_bruk,
    felter=(
        "kritikalitet.klasse",
        "tjenester:systemer",
        "avtaler:systemer",
        "avtaler:tjenester",
        "avtaler:tilstand",
        "avtaler:signert",
        "avtaler:gyldig_fra",
        "avtaler:gyldig_til",
        "avtaler:opsjoner",
        "avtaler:vilkar.tjenesteniva",
        "avtaler:vilkar.driftsniva",
        "avtaler:vilkar.responstid",
        "avtaler:vilkar.beredskap",
    ),
)
def avtaler_etter_kritikalitet(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """For the two highest classes agreements cover service level, response time and contingency."""
    klasser = ctx.register.klasser_for(post)
    if not any(k.hoy for k in klasser):
        return
    sikkert = all(k.hoy for k in klasser)
    felt = ("kritikalitet", "klasse")
    for vilkar, navn in HOY_KRITIKALITET_KREVER.items():
        siste, ulest = _dekket_til(post, vilkar, ctx)
        i_orden = siste is not None and not ctx.register.dag.passert(siste)
        if i_orden:
            yield Bevis(felt, Strength.MASKINELL)
        elif not sikkert:
            yield Uavklart(
                felt, f"Kritikaliteten er ikke vurdert, så det er ukjent om avtalene må dekke {navn}."
            )
            continue
        elif siste is None and ulest is not None:
            yield Uavklart(felt, f"{ulest.fil} kan ikke leses og kan være avtalen som dekker {navn}.")
        elif siste is None:
            yield Mangler(
                felt,
                f"avtale-{vilkar}-mangler",
                f"Kritikaliteten er «{klasser[0].navn}», men ingen avtale i kraft dekker {navn}.",
                f"Avtal det, og skriv hvor det står i «vilkar.{vilkar}» på kontrakten eller tjenestebilaget.",
            )
        if siste is not None and sikkert and siste != date.max:
            yield Utloper(
                felt,
                f"avtale-{vilkar}-utlopt",
                siste,
                f"Avtalen som dekker {navn}, gjaldt til {norsk_dato(siste)}. Kritikaliteten er «{klasser[0].navn}».",
                "Forny avtalen, eller før opp den som har overtatt.",
            )


def _dekket_til(post: System | Tjeneste, vilkar: str, ctx: Kontekst) -> tuple[date | None, Uleselig | None]:
    """The last day a term is covered (date.max without an end), and the unreadable file that may hold one.

    A service is covered by its own agreements, or by those of every system that carries it.
    """
    egne = ctx.register.avtaler_for(post)
    siste, ulest = _siste_dag(egne, vilkar, ctx), egne.uleselig
    if not isinstance(post, Tjeneste) or siste == date.max:
        return siste, ulest
    gjennom: list[date | None] = []
    for ident in post.systemer:
        system = ctx.register.finn(ident)
        if isinstance(system, Uleselig):
            ulest = ulest or system
        if not isinstance(system, System):
            continue
        avtaler = ctx.register.avtaler_for(system)
        gjennom.append(_siste_dag(avtaler, vilkar, ctx))
        ulest = ulest or avtaler.uleselig
    kjente = [d for d in gjennom if d is not None]
    if kjente and len(kjente) == len(post.systemer):
        siste = max(min(kjente), siste or date.min)
    return siste, ulest


def _siste_dag(avtaler: Iterable[Avtale], vilkar: str, ctx: Kontekst) -> date | None:
    out: date | None = None
    senere: list[Avtale] = []
    for a in avtaler:
        if not er_signert(a, ctx):
            continue
        sagt = a.vilkar is not None and (
            getattr(a.vilkar, vilkar) is not None
            # the operating level of a tjenestebilag is what Ansattservice calls its service level
            or (
                vilkar == "tjenesteniva"
                and "tjenestebilag" in a.kategorier
                and a.vilkar.driftsniva is not None
            )
        )
        if sagt and a.gyldig_fra is not None and not ctx.register.dag.nadd(a.gyldig_fra):
            senere.append(a)
        elif sagt:
            slutt = ctx.register.siste_gyldige_dag(a) or date.max
            out = slutt if out is None else max(out, slutt)
    return None if out is None else dekket_til(out, senere, ctx)
