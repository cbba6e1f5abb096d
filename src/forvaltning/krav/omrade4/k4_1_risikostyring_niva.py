"""Requirement 4.1: the level of risk that is accepted, for each matrix that is used."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import FieldPath
from forvaltning.krav.byggesteiner import krev_bekreftelse
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon
from forvaltning.krav.typer import Kontekst
from forvaltning.model.deler import Bekreftelse
from forvaltning.model.enhet import AkseptabelRisiko, Enhet
from forvaltning.model.ros import Ros


def krev_niva(enhet: Enhet, felt: FieldPath, a: AkseptabelRisiko, ctx: Kontekst) -> Iterator[Observasjon]:
    """The level stands in the matrix, and somebody decided it on a day that has been."""
    matrise = ctx.innstillinger.matriser.get(a.matrise)
    if matrise is None:
        yield Feil(
            (*felt, "matrise"),
            "matrise-ukjent",
            f"Matrisen «{a.matrise}» finnes ikke i innstillingene.",
            f"Rett id-en, eller legg matrisen i forvaltning.yaml. Der står {', '.join(ctx.innstillinger.matriser)}.",
        )
    elif a.niva is None:
        yield Mangler(
            (*felt, "niva"),
            "niva-mangler",
            f"Det står ikke hvilket nivå som er akseptabelt i matrisen «{a.matrise}».",
            "Skriv nivået i «niva».",
        )
    elif matrise.rang(a.niva) is None:
        yield Feil(
            (*felt, "niva"),
            "niva-ukjent",
            f"Nivået «{a.niva}» finnes ikke i matrisen «{a.matrise}».",
            f"Bruk et av nivåene {', '.join(matrise.nivaer)}.",
        )
    yield from krev_bekreftelse(
        ctx,
        enhet,
        felt,
        Bekreftelse.model_construct(dato=a.dato, av=a.av, referanse=a.referanse),
        hva=f"Beslutningen om akseptabel risiko i «{a.matrise}»",
        vilkar="akseptabel-risiko",
        tiltak="Skriv hvor beslutningen ligger, i «referanse», eller beslutt nivået på nytt.",
    )


def brukte_matriser(avdeling: Enhet, ctx: Kontekst) -> dict[str, Ros]:
    """The matrices of the decided ROS of the department and the units below it, with one ROS for each."""
    out: dict[str, Ros] = {}
    seen: set[str] = set()
    queue = [avdeling]
    while queue:
        enhet = queue.pop()
        if enhet.id in seen:
            continue
        seen.add(enhet.id)
        for ros in ctx.register.viser_til(enhet, Ros, "enhet"):
            if ros.matrise in ctx.innstillinger.matriser and ros.tilstand == "besluttet":
                out.setdefault(ros.matrise, ros)
        queue += [e for e in ctx.register.viser_til(enhet, Enhet, "forelder") if e.type != "byradsavdeling"]
    return dict(sorted(out.items()))
