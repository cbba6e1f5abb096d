"""Deadlines that follow from something else: the criticality class, or a handover."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from forvaltning.findings import FieldPath
from forvaltning.krav.observasjon import Mangler, Observasjon, Uavklart, Utloper
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst
from forvaltning.model.base import Post
from forvaltning.model.innstillinger import Klasse


def frist_etter_klasse(
    ctx: Kontekst,
    felt: FieldPath,
    vilkar: str,
    start: date,
    klasser: tuple[Klasse, ...],
    maneder: Callable[[Klasse], int],
    melding: Callable[[date], str],
    tiltak: str,
    i: Post | None = None,
    *,
    uvisst: str = "Kritikaliteten er ikke vurdert.",
) -> Iterator[Observasjon]:
    """A deadline that depends on criticality: decided when all possible classes agree, else undecided.

    `start`: the day it was last done (or the start of the first round). `maneder`: the interval of a class.
    `uvisst`: why several classes are possible.
    """
    dag = ctx.register.dag
    frister = sorted({dag.maneder_etter(start, maneder(k)) for k in klasser})
    if len(frister) > 1 and dag.passert(frister[0]) and not dag.passert(frister[-1]):
        yield Uavklart(
            felt,
            f"{uvisst} Fristen er {norsk_dato(frister[0])} eller {norsk_dato(frister[-1])}, alt etter klassen.",
            i=i,
        )
        return
    siste = frister[-1] if dag.passert(frister[-1]) else frister[0]
    yield Utloper(felt, vilkar, siste, melding(siste), tiltak, i=i)


def frist_ved_overlevering(
    ctx: Kontekst, start: date | None, observasjoner: Iterable[Observasjon]
) -> Iterator[Observasjon]:
    """What is missing is not due until `dager.overlevering` days after production (domain.md, section 6).

    For the requirements whose gate is *at handover*: 1.2, 1.5, the tjenestebilag of 2.2 and the entry of
    2.1. What is at odds, and a `start` that is not known, wait for nothing.
    """
    for obs in observasjoner:
        if start is not None and isinstance(obs, Mangler):
            try:
                siste = ctx.register.dag.dager_etter(start, ctx.innstillinger.dager["overlevering"])
            except OverflowError:
                siste = date.max
            if not ctx.register.dag.passert(siste):
                yield Utloper(
                    obs.felt, obs.vilkar, siste, obs.melding, obs.tiltak, om=obs.om, i=obs.i, se=obs.se
                )
                continue
        yield obs
