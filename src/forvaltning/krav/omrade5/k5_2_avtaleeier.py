"""Requirement 5.2: a contract has an avtaleeier and an avtaleforvalter."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Strength
from forvaltning.krav.henvisning import krev_rolle, slaa_opp
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon
from forvaltning.krav.omrade5.felles import bare_dba, er_slutt, samme
from forvaltning.krav.typer import RESULTATENHETSLEDER, SYSTEMEIER, Kontekst, Krav, regel
from forvaltning.model.avtale import Avtale


def levende_kontrakt(avtale: Avtale, ctx: Kontekst) -> str | None:
    """A contract or tjenestebilag that is neither a draft nor ended."""
    if avtale.tilstand == "utkast":
        return "Avtalen er et utkast."
    if er_slutt(ctx, avtale):
        return "Avtalen er utløpt."
    return None


@regel(
    Avtale,
    naar=levende_kontrakt,
    felter=(
        "kategorier",
        "tilstand",
        "gyldig_til",
        "avtaleeier",
        "avtaleforvalter",
        "vedlegg_til",
        "opsjoner",
    ),
)
def eier_og_forvalter(avtale: Avtale, ctx: Kontekst) -> Iterator[Observasjon]:
    """Both roles resolve; a databehandleravtale follows its contract, for as long as that lasts."""
    if bare_dba(avtale):
        yield from _folger_kontrakten(avtale, ctx)
        kontrakt = ctx.register.hent(avtale.vedlegg_til, Avtale)
        if kontrakt is None or bare_dba(kontrakt) or not er_slutt(ctx, kontrakt):
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
    yield from slaa_opp(ctx, avtale, ("vedlegg_til",), avtale.vedlegg_til, Avtale, hva="kontrakt")
    kontrakt = ctx.register.hent(avtale.vedlegg_til, Avtale)
    if kontrakt is not None and samme(kontrakt.id, avtale.id):
        yield Feil(
            ("vedlegg_til",),
            "kontrakt-er-seg-selv",
            "Databehandleravtalen er vedlegg til seg selv.",
            "Skriv id-en til kontrakten.",
        )
    elif kontrakt is not None and bare_dba(kontrakt):
        yield Feil(
            ("vedlegg_til",),
            "kontrakt-er-databehandleravtale",
            f"Databehandleravtalen er vedlegg til «{kontrakt.id}», som også er en databehandleravtale.",
            "Skriv id-en til kontrakten som har avtaleeier og avtaleforvalter.",
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
