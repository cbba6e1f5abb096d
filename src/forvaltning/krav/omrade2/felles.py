"""What the requirements of area 2 share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from forvaltning.findings import Strength
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon, Uavklart, Utloper
from forvaltning.krav.typer import Kontekst
from forvaltning.model.avtale import Avtale
from forvaltning.model.oppforing import Uleselig

SIGNERT = frozenset({"signert", "i_kraft", "sagt_opp"})
"""States of an agreement that may be in force."""


def hos_ansattservice(enhet: str, ctx: Kontekst) -> bool | None:
    """Whether a unit is Ansattservice or below it; None when settings or unreadable units hide it."""
    if ctx.register.funksjon("ansattservice") is None:
        return None
    if ctx.register.er_ansattservice(enhet):
        return True
    over = ctx.register.overordnede(enhet)
    siste = ctx.register.finn(over[-1].forelder if over else enhet)
    return None if isinstance(siste, Uleselig) else False


def styrke(referanse: str | None) -> Strength:
    """A date with a document to show is documented; a date alone is only somebody's word."""
    return Strength.DOKUMENTERT if referanse else Strength.BEKREFTET


def innen(ctx: Kontekst, siste: date, mangler: Mangler) -> Iterator[Observasjon]:
    """What has never been done runs out on its last good day, and is missing from the day after."""
    if ctx.register.dag.passert(siste):
        yield mangler
        return
    m = mangler
    yield Utloper(m.felt, m.vilkar, siste, m.melding, m.tiltak, om=m.om, i=m.i, se=m.se)


def er_signert(avtale: Avtale, ctx: Kontekst) -> bool:
    """Signed on or before the check date, and neither a draft nor set as ended."""
    return avtale.tilstand in SIGNERT and avtale.signert is not None and ctx.register.dag.nadd(avtale.signert)


def dekket_til(siste: date, avtaler: Iterable[Avtale], ctx: Kontekst) -> date:
    """`siste`, prolonged by those of the signed `avtaler` that take over no later than the day after."""
    igjen = list(avtaler)
    while siste != date.max:
        grense = siste + timedelta(days=1)
        neste = [
            ctx.register.siste_gyldige_dag(a) or date.max
            for a in igjen
            if a.gyldig_fra is not None and a.gyldig_fra <= grense
        ]
        if max(neste, default=siste) <= siste:
            break
        siste = max(neste)
    return siste


def problemer(observasjoner: Iterable[Observasjon], ctx: Kontekst) -> int:
    """How many of the observations are something wrong or open on the check date."""
    return sum(
        1
        for o in observasjoner
        if isinstance(o, Mangler | Feil | Uavklart)
        or (isinstance(o, Utloper) and ctx.register.dag.passert(o.siste))
    )
