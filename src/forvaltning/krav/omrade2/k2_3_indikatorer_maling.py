"""Requirement 2.3: one indicator measured within the interval, and meeting its target or with a plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from forvaltning.findings import FieldPath, Strength
from forvaltning.krav.byggesteiner import i_fortiden
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon, Utloper
from forvaltning.krav.omrade2.felles import innen
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst
from forvaltning.model.tjeneste import Indikator, Maling, Tjeneste


def maling(tjeneste: Tjeneste, indikator: Indikator, path: FieldPath, ctx: Kontekst) -> Iterator[Observasjon]:
    """The newest measurement that has been made, held against interval and target."""
    for felt, hva in (("mal", "måltall"), ("retning", "retning, minst eller høyst")):
        if getattr(indikator, felt) is None:
            yield Mangler(
                (*path, felt),
                f"indikator-{felt}-mangler",
                f"Indikatoren «{indikator.id}» mangler {hva}.",
                f"Fyll ut «{felt}» på indikatoren.",
            )
    siste: tuple[Maling, int] | None = None
    for n, m in enumerate(indikator.malinger):
        if not ctx.register.dag.nadd(m.dato):
            yield from i_fortiden(
                ctx,
                (*path, "malinger", n, "dato"),
                m.dato,
                hva=f"Målingen av «{indikator.id}»",
                vilkar="maling",
            )
        elif siste is None or m.dato >= siste[0].dato:
            siste = (m, n)
    maneder = ctx.innstillinger.intervaller["indikatormaling"]
    tiltak = "Mål indikatoren, og før opp dato og verdi i «malinger»."
    if siste is None:
        mangler = Mangler(
            (*path, "malinger"), "maling-mangler", f"Indikatoren «{indikator.id}» er ikke målt.", tiltak
        )
        start = _start(tjeneste, indikator)
        if start is None:
            yield mangler
        else:
            yield from innen(ctx, ctx.register.dag.maneder_etter(start, maneder), mangler)
        return
    m, n = siste
    frist = ctx.register.dag.maneder_etter(m.dato, maneder)
    yield Utloper(
        (*path, "malinger", n, "dato"),
        "maling-utlopt",
        frist,
        f"Indikatoren «{indikator.id}» ble sist målt {norsk_dato(m.dato)}. "
        f"Ny måling skulle vært gjort innen {norsk_dato(frist)}.",
        tiltak,
    )
    yield Bevis((*path, "malinger", n), Strength.MASKINELL, m.dato)
    yield from _mot_malet(indikator, m, path, n, ctx)


def _start(tjeneste: Tjeneste, indikator: Indikator) -> date | None:
    """What the first round counts from: production, or a later agreement that a document proves.

    An agreement that a role alone vouches for is vouched for anew each year, so it starts no round.
    """
    avtalt = indikator.avtalt.dato if indikator.avtalt and indikator.avtalt.referanse else None
    return max((d for d in (tjeneste.produksjon_fra, avtalt) if d is not None), default=None)


def _mot_malet(
    indikator: Indikator, m: Maling, path: FieldPath, n: int, ctx: Kontekst
) -> Iterator[Observasjon]:
    if indikator.mal is None or indikator.retning is None:
        return
    if (m.verdi <= indikator.mal) if indikator.retning == "hoyst" else (m.verdi >= indikator.mal):
        return
    plan = indikator.plan
    if plan is None or plan.referanse is None:
        retning = ctx.innstillinger.navn("maltype", indikator.retning).lower()
        yield Feil(
            (*path, "malinger", n, "verdi"),
            "mal-ikke-nadd",
            f"Indikatoren «{indikator.id}» ble målt til {_tall(m.verdi)}. Målet er {retning} {_tall(indikator.mal)}, "
            "og det finnes ingen plan.",
            "Lag en forbedringsplan, og skriv hvor den ligger og når målet skal være nådd, i «plan».",
        )
        return
    yield Bevis((*path, "plan"), Strength.DOKUMENTERT, None, plan.referanse)
    if plan.frist is not None:
        yield Utloper(
            (*path, "plan", "frist"),
            "plan-utlopt",
            plan.frist,
            f"Målet for indikatoren «{indikator.id}» skulle være nådd {norsk_dato(plan.frist)}.",
            "Mål på nytt, eller lag en ny plan.",
        )


def _tall(verdi: float) -> str:
    """A number with a decimal comma, as people read it."""
    return f"{verdi:.10f}".rstrip("0").rstrip(".").replace(".", ",")
