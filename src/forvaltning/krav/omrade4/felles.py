"""What the requirements of area 4 share: accepted risk, marked fields, and dates near the calendar's edge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from forvaltning.krav.typer import Kontekst
from forvaltning.model.base import Post
from forvaltning.model.enhet import Enhet
from forvaltning.model.innstillinger import Matrise
from forvaltning.model.viser import normaliser


def treffer(a: str, b: str) -> bool:
    """True when two dotted fields are the same, or one lies below the other."""
    return a == b or a.startswith((f"{b}.", f"{b}[")) or b.startswith((f"{a}.", f"{a}["))


def merket(post: Post, felt: str) -> str | None:
    """The field that the model marks as able to affect security, and that `felt` touches (4.2)."""
    marks: Mapping[str, str] = getattr(type(post), "SIKKERHETSFELT", {})
    return next((m for m in marks if treffer(m, felt)), None)


def dager_for(dato: date, dager: int) -> date:
    """`dato` less some days, clamped to the first date there is."""
    try:
        return dato - timedelta(days=dager)
    except OverflowError:
        return date.min


def eksisterer(enhet: Enhet, ctx: Kontekst) -> str | None:
    """Applies to a unit that has been set up and not closed down."""
    if enhet.til is not None and ctx.register.dag.passert(enhet.til):
        return "Enheten er nedlagt."
    if enhet.fra is not None and not ctx.register.dag.nadd(enhet.fra):
        return "Enheten er ikke opprettet ennå."
    return None


def oppover(ctx: Kontekst, enhet: str | None) -> Iterator[Enhet]:
    """The unit and those above it, nearest first, read no further than asked for; a circle is cut."""
    seen: set[str] = set()
    while enhet and normaliser(enhet) not in seen:
        seen.add(normaliser(enhet))
        unit = ctx.register.hent(enhet, Enhet)
        if unit is None:
            return
        yield unit
        enhet = unit.forelder


def akseptert_niva(ctx: Kontekst, enhet: str | None, matrise_id: str, matrise: Matrise) -> str | None:
    """The level of risk that is accepted for a unit on one matrix, None where nobody has decided it.

    That of the nearest byrådsavdeling; where it has none, of the nearest unit above. Without a
    byrådsavdeling, of the nearest unit. Only a level that was decided by the check date counts.
    """

    def niva(unit: Enhet) -> str | None:
        for a in unit.akseptabel_risiko:
            decided = a.dato is not None and ctx.register.dag.nadd(a.dato)
            if a.matrise == matrise_id and decided and matrise.rang(a.niva) is not None:
                return a.niva
        return None

    under: list[Enhet] = []
    i_avdeling = False
    for unit in oppover(ctx, enhet):
        i_avdeling = i_avdeling or unit.type == "byradsavdeling"
        if not i_avdeling:
            under.append(unit)
        elif (found := niva(unit)) is not None:
            return found
    if i_avdeling:
        return None
    return next((n for n in map(niva, under) if n is not None), None)
