"""Requirement 6.1, the second half: the justification is kept up to date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from forvaltning.findings import FieldPath, Place, Strength
from forvaltning.krav.byggesteiner import i_fortiden
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon, Utloper
from forvaltning.krav.omrade6.felles import OVER
from forvaltning.krav.ord import norsk_dato

if TYPE_CHECKING:
    from forvaltning.krav.typer import Kontekst
    from forvaltning.model.prosjekt import Prosjekt, Prosjektbegrunnelse


def _sist(b: Prosjektbegrunnelse, ctx: Kontekst) -> tuple[str, date] | None:
    """The field and day of the last version of the justification that has come."""
    dated = [(d, f) for f, d in (("registrert", b.registrert), ("oppdatert", b.oppdatert)) if d is not None]
    reached = [(d, f) for d, f in dated if ctx.register.dag.nadd(d)]
    return (max(reached)[1], max(reached)[0]) if reached else None


def vedlikeholdt(prosjekt: Prosjekt, b: Prosjektbegrunnelse, ctx: Kontekst) -> Iterator[Observasjon]:
    """Renewed while the project runs, and never older than the last change of mandate."""
    for felt, dag in (("registrert", b.registrert), ("oppdatert", b.oppdatert)):
        yield from i_fortiden(ctx, ("begrunnelse", felt), dag, hva="Prosjektbegrunnelsen", vilkar=felt)
    sist = _sist(b, ctx)
    yield from _mandatet(prosjekt, sist, ctx)
    if sist is not None:
        start, sted = sist[1], ("begrunnelse", sist[0])
    elif (
        prosjekt.registrert is not None
        and ctx.register.dag.nadd(prosjekt.registrert)
        and b.registrert is None
        and b.oppdatert is None
    ):
        start, sted = prosjekt.registrert, ("begrunnelse", "oppdatert")
    else:
        if b.registrert is None and b.oppdatert is None:
            yield Mangler(
                ("begrunnelse", "oppdatert"),
                "oppdatert-mangler",
                "Det står ikke når prosjektbegrunnelsen ble registrert eller oppdatert.",
                "Skriv dagen i «begrunnelse.registrert» eller «begrunnelse.oppdatert».",
            )
        return
    if prosjekt.tilstand not in OVER:
        yield _frist(sted, start, ctx)
    yield Bevis(("begrunnelse",), Strength.DOKUMENTERT, start, b.referanse)


def _frist(sted: FieldPath, start: date, ctx: Kontekst) -> Utloper:
    siste = ctx.register.dag.maneder_etter(start, ctx.innstillinger.intervaller["prosjektbegrunnelse"])
    return Utloper(
        sted,
        "begrunnelse-utlopt",
        siste,
        f"Prosjektbegrunnelsen skulle vært oppdatert innen {norsk_dato(siste)}.",
        "Gå gjennom begrunnelsen i BkProsjekt, og skriv dagen i «begrunnelse.oppdatert».",
    )


def _mandatet(prosjekt: Prosjekt, sist: tuple[str, date] | None, ctx: Kontekst) -> Iterator[Observasjon]:
    """The justification is never older than the last change of mandate."""
    nadd = []
    for n, endring in enumerate(prosjekt.mandatendringer):
        ahead = list(
            i_fortiden(
                ctx, ("mandatendringer", n, "dato"), endring.dato, hva="Mandatendringen", vilkar="mandat"
            )
        )
        yield from ahead
        if not ahead:
            nadd.append((endring.dato, n))
    if not nadd:
        return
    dato, n = max(nadd)
    se = (Place(prosjekt.key, ("mandatendringer", n), f"Mandatet ble endret {norsk_dato(dato)}"),)
    if sist is None:
        yield Mangler(
            ("begrunnelse", "oppdatert"),
            "mandat-uten-dato",
            f"Mandatet ble endret {norsk_dato(dato)}, og det står ikke når begrunnelsen ble oppdatert.",
            "Oppdater begrunnelsen i BkProsjekt, og skriv dagen i «begrunnelse.oppdatert».",
            se=se,
        )
    elif sist[1] < dato:
        yield Feil(
            ("begrunnelse", sist[0]),
            "eldre-enn-mandat",
            f"Prosjektbegrunnelsen er fra {norsk_dato(sist[1])}, men mandatet ble endret {norsk_dato(dato)}.",
            "Oppdater begrunnelsen i BkProsjekt etter mandatet, og skriv dagen i «begrunnelse.oppdatert».",
            se=se,
        )
