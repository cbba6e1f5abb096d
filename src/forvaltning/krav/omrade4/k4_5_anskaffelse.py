"""Requirement 4.5: requirements for privacy and information security are set in procurements."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import i_fortiden
from forvaltning.krav.henvisning import slaa_opp
from forvaltning.krav.naar import fra_beslutningspunkt
from forvaltning.krav.observasjon import Mangler, Observasjon, Uavklart
from forvaltning.krav.omrade4.k4_5_anskaffelse_krav import krav_stilt
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import (
    BEHANDLINGSANSVARLIG,
    KOMMUNALDIREKTOR,
    PROSJEKTEIER,
    SYSTEMEIER,
    Kontekst,
    Krav,
    regel,
)
from forvaltning.model.avtale import Avtale
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.prosjekt import Prosjekt

INTERNE = frozenset({"tjenestebilag", "styringsavtale"})
FELTER = ("krav.personvern_og_sikkerhet", "krav.tilleggsbehov")
_fra_bp2 = fra_beslutningspunkt("BP2")


def ekstern_avtale(avtale: Avtale, ctx: Kontekst) -> str | None:
    """Applies to a live agreement with an external party, signed on or after `gjelder_fra`."""
    if avtale.tilstand == "utkast":
        return "Avtalen er et utkast."
    if avtale.tilstand == "utlopt":
        return "Avtalen er utløpt."
    if avtale.leverandor is None and (avtale.intern_part is not None or INTERNE & set(avtale.kategorier)):
        return "Avtalen er inngått innen kommunen."
    if avtale.signert is not None and not ctx.register.etter_gjelder_fra(avtale.signert):
        return f"Avtalen ble signert {norsk_dato(avtale.signert)}, før reglementet begynte å gjelde."
    return None


@regel(
    Avtale,
    naar=ekstern_avtale,
    felter=(
        "tilstand",
        "kategorier",
        "leverandor",
        "intern_part",
        "signert",
        "vedlegg_til",
        "prosjekter",
        *FELTER,
        *(f"prosjekter:{f}" for f in FELTER),
    ),
)
def avtalen(avtale: Avtale, ctx: Kontekst) -> Iterator[Observasjon]:
    """The agreement, the contract it is attached to, or the project it was made for, holds the requirements."""
    if avtale.leverandor is None:
        yield Uavklart(
            ("leverandor",),
            "Avtalen sier ikke hvem den er inngått med, så det er uklart om parten er ekstern.",
        )
        return
    yield from i_fortiden(ctx, ("signert",), avtale.signert, hva="Signeringen", vilkar="signert")
    steder, problemer, uleselig = _steder(avtale, ctx)
    yield from problemer
    funnet = list(krav_stilt(avtale, steder, uleselig, ctx))
    if avtale.signert is None and any(isinstance(o, Mangler) for o in funnet):
        yield Mangler(
            ("signert",),
            "signert-mangler",
            "Det står ikke når avtalen ble signert, så det er uklart om standardkravene skulle vært brukt.",
            "Skriv dagen i «signert».",
        )
        return
    yield from funnet


def _steder(
    avtale: Avtale, ctx: Kontekst
) -> tuple[list[Avtale | Prosjekt], list[Observasjon], Uleselig | None]:
    """Where the requirements may stand, nearest first, and what is wrong with the references."""
    steder: list[Avtale | Prosjekt] = [avtale]
    problemer: list[Observasjon] = []
    kontrakt = ctx.register.finn(avtale.vedlegg_til)
    if isinstance(kontrakt, Avtale) and kontrakt.id != avtale.id:
        steder.append(kontrakt)
    uleselig = kontrakt if isinstance(kontrakt, Uleselig) else None
    for eier in tuple(steder):
        for n, ident in enumerate(eier.prosjekter if isinstance(eier, Avtale) else ()):
            funnet = ctx.register.finn(ident)
            if isinstance(funnet, Prosjekt):
                steder.append(funnet)
            elif isinstance(funnet, Uleselig):
                uleselig = uleselig or funnet
            elif eier is avtale:
                problemer += slaa_opp(ctx, avtale, ("prosjekter", n), ident, Prosjekt, hva="prosjekt")
    return steder, problemer, uleselig


def anskaffelse(prosjekt: Prosjekt, ctx: Kontekst) -> str | None:
    """Applies to a live procurement project from BP2 until an agreement is signed for it."""
    if prosjekt.tilstand in {"avsluttet", "stanset"}:
        return f"Prosjektet er {prosjekt.tilstand}."
    if prosjekt.type != "anskaffelse" and not prosjekt.anskaffet and not prosjekt.leverandor:
        return "Prosjektet anskaffer ikke fra en ekstern part."
    if _fra_bp2(prosjekt, ctx) is not None:
        return "Anskaffelsen er ikke planlagt ennå. Kravet gjelder fra BP2."
    for avtale in ctx.register.avtaler_for(prosjekt):
        if (
            avtale.leverandor
            and avtale.tilstand != "utkast"
            and set(avtale.kategorier) != {"databehandleravtale"}
        ):
            return f"Avtalen «{avtale.navn}» er inngått, og kravet vurderes der."
    return None


@regel(
    Prosjekt,
    naar=anskaffelse,
    felter=(
        "type",
        "tilstand",
        "beslutningspunkter",
        "anskaffet",
        "leverandor",
        "avtaler:prosjekter",
        "avtaler:leverandor",
        *FELTER,
    ),
)
def prosjektet(prosjekt: Prosjekt, ctx: Kontekst) -> Iterator[Observasjon]:
    """Until there is an agreement the procurement project holds the requirements itself."""
    yield from krav_stilt(prosjekt, [prosjekt], ctx.register.avtaler_for(prosjekt).uleselig, ctx)


KRAV_4_5 = Krav(
    "4.5",
    tittel="Anskaffelser stiller krav til personvern og informasjonssikkerhet",
    ansvarlig=(KOMMUNALDIREKTOR, BEHANDLINGSANSVARLIG, SYSTEMEIER, PROSJEKTEIER),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(avtalen, prosjektet),
    modul=__name__,
)
