"""Requirement 5.2: a contract has an avtaleeier and an avtaleforvalter."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import krev_rolle, slaa_opp
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon
from forvaltning.krav.typer import RESULTATENHETSLEDER, SYSTEMEIER, Kontekst, Krav, regel
from forvaltning.model.avtale import Avtale


def levende_kontrakt(avtale: Avtale, ctx: Kontekst) -> str | None:
    """A contract or tjenestebilag that is neither a draft nor ended."""
    if avtale.tilstand == "utkast":
        return "Avtalen er et utkast."
    if avtale.tilstand == "utlopt":
        return "Avtalen er utløpt."
    return None


@regel(Avtale, naar=levende_kontrakt, felter=("avtaleeier", "avtaleforvalter", "vedlegg_til"))
def eier_og_forvalter(avtale: Avtale, ctx: Kontekst) -> Iterator[Observasjon]:
    """Both roles resolve; a databehandleravtale follows its contract."""
    if "databehandleravtale" in avtale.kategorier:
        yield from _folger_kontrakten(avtale, ctx)
        return
    yield from krev_rolle(ctx, avtale, ("avtaleeier",), avtale.avtaleeier, "avtaleeier", hva="avtaleeier")
    yield from krev_rolle(
        ctx, avtale, ("avtaleforvalter",), avtale.avtaleforvalter, "avtaleforvalter", hva="avtaleforvalter"
    )
    yield Bevis(("avtaleeier",), Strength.MASKINELL)


def _folger_kontrakten(avtale: Avtale, ctx: Kontekst) -> Iterator[Observasjon]:
    if not avtale.vedlegg_til:
        yield Mangler(
            ("vedlegg_til",),
            "kontrakt-mangler",
            "Databehandleravtalen er ikke knyttet til en kontrakt.",
            "Skriv id-en til kontrakten i «vedlegg_til».",
        )
        return
    problems = list(slaa_opp(ctx, avtale, ("vedlegg_til",), avtale.vedlegg_til, Avtale, hva="kontrakt"))
    yield from problems
    if not problems and avtale.vedlegg_til == avtale.id:
        yield Feil(
            ("vedlegg_til",),
            "kontrakt-er-seg-selv",
            "Databehandleravtalen er vedlegg til seg selv.",
            "Skriv id-en til kontrakten.",
        )
    yield Bevis(("vedlegg_til",), Strength.MASKINELL)


KRAV_5_2 = Krav(
    "5.2",
    tittel="Kontrakten har avtaleeier og avtaleforvalter",
    ansvarlig=(RESULTATENHETSLEDER, SYSTEMEIER),
    avgjores=(Strength.MASKINELL,),
    regler=(eier_og_forvalter,),
    modul=__name__,
)
