"""Requirement 5.5: a data processing agreement with each processor (GDPR article 28)."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import mangler_eller_uavklart
from forvaltning.krav.henvisning import slaa_opp
from forvaltning.krav.naar import begge, behandling_i_gang, skjuler_start
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon, Uavklart
from forvaltning.krav.omrade5.felles import DBA, avtalebevis, krev_i_kraft, lengst, samme
from forvaltning.krav.omrade5.k5_5_databehandleravtale_leverandor import leverandor_er_nevnt
from forvaltning.krav.omrade5.k5_5_databehandleravtale_rekkefolge import vedlegg_og_rekkefolge
from forvaltning.krav.omrade5.k5_5_databehandleravtale_vilkar import innhold
from forvaltning.krav.typer import (
    BEHANDLINGSANSVARLIG,
    KOMMUNALDIREKTOR,
    RESULTATENHETSLEDER,
    Kontekst,
    Krav,
    regel,
)
from forvaltning.model.avtale import Avtale
from forvaltning.model.behandling import Behandling
from forvaltning.model.leverandor import Leverandor
from forvaltning.model.oppforing import Treff

IKKE_DATABEHANDLER = frozenset({"selvstendig", "uten_tilgang", "egen_enhet"})
"""Roles that need no agreement, when they are explained. No role is judged as a processor."""


def _nevner_andre(behandling: Behandling, ctx: Kontekst) -> str | None:
    return None if behandling.databehandlere else "Behandlingen oppgir ingen andre virksomheter."


@regel(
    Behandling,
    naar=begge(behandling_i_gang, _nevner_andre),
    felter=(
        "tilstand",
        "behandling_fra",
        "systemer",
        "tjenester",
        "databehandlere",
        "avtaler:kategorier",
        "avtaler:leverandor",
        "avtaler:tilstand",
        "avtaler:signert",
        "avtaler:gyldig_fra",
        "avtaler:gyldig_til",
        "avtaler:opsjoner",
        "avtaler:vedlegg_til",
        "avtaler:databehandling",
        "avtaler:dokument",
        "avtaler:kontraktsreferanse",
        "leverandorer:underdatabehandlere",
    ),
)
def databehandleravtaler(behandling: Behandling, ctx: Kontekst) -> Iterator[Observasjon]:
    """Each processor has an agreement in force, attached, signed in time, with the terms of article 28."""
    skjult = skjuler_start(behandling, ctx)
    if skjult is not None:
        yield Uavklart(
            ("systemer",), f"{skjult.fil} kan ikke leses, så det er uvisst om behandlingen er like før start."
        )
        return
    for n, part in enumerate(behandling.databehandlere):
        felt = ("databehandlere", n)
        leverandor = ctx.register.hent(part.leverandor, Leverandor)
        yield from slaa_opp(
            ctx, behandling, (*felt, "leverandor"), part.leverandor, Leverandor, hva="databehandler"
        )
        if part.rolle in IKKE_DATABEHANDLER:
            yield from _forklart(behandling, n, ctx)
        elif leverandor is not None:
            yield from _databehandler(behandling, n, leverandor, ctx)


def _forklart(behandling: Behandling, n: int, ctx: Kontekst) -> Iterator[Observasjon]:
    part = behandling.databehandlere[n]
    if part.begrunnelse:
        bekreftet = behandling.bekreftet.dato if behandling.bekreftet else None
        yield Bevis(("databehandlere", n, "begrunnelse"), Strength.BEKREFTET, bekreftet)
        return
    rolle = ctx.innstillinger.navn("databehandlerrolle", part.rolle).lower()
    yield Mangler(
        ("databehandlere", n, "begrunnelse"),
        "begrunnelse-mangler",
        f"«{part.leverandor}» er oppgitt som {rolle}, men det er ikke sagt hvorfor.",
        "Skriv hvorfor virksomheten ikke er databehandler, i «begrunnelse».",
    )


def _databehandler(
    behandling: Behandling, n: int, leverandor: Leverandor, ctx: Kontekst
) -> Iterator[Observasjon]:
    part = behandling.databehandlere[n]
    felt = ("databehandlere", n, "avtale")
    alle = ctx.register.avtaler_med(leverandor)
    avtaler = Treff((a for a in alle if DBA in a.kategorier), alle.uleselig)
    if part.avtale is not None:
        problemer = list(slaa_opp(ctx, behandling, felt, part.avtale, Avtale, hva="databehandleravtale"))
        yield from problemer
        avtale = ctx.register.hent(part.avtale, Avtale)
        if avtale is None:
            return
    else:
        egne = [a for a in avtaler if _gjelder(a, behandling)]
        yield from mangler_eller_uavklart(
            Treff(egne, avtaler.uleselig),
            Mangler(
                felt,
                "databehandleravtale-mangler",
                f"«{behandling.navn}» har ingen databehandleravtale med «{leverandor.navn}».",
                "Inngå avtalen, registrer den i avtaler/, og skriv id-en i «avtale».",
                om=leverandor.id,
            ),
        )
        if not egne:
            return
        avtale = lengst(ctx, egne)
    yield from _rett_avtale(behandling, n, avtale)
    yield from krev_i_kraft(ctx, avtale, hva="Databehandleravtalen", vilkar="databehandleravtale")
    yield from vedlegg_og_rekkefolge(behandling, n, avtale, avtaler, ctx)
    yield from innhold(avtale, leverandor, ctx)
    yield avtalebevis(avtale)


def _gjelder(avtale: Avtale, behandling: Behandling) -> bool:
    return avtale.databehandling is not None and any(
        samme(b, behandling.id) for b in avtale.databehandling.behandlinger
    )


def _rett_avtale(behandling: Behandling, n: int, avtale: Avtale) -> Iterator[Observasjon]:
    """It is a data processing agreement, with this processor, and for this activity where it names any."""
    part = behandling.databehandlere[n]
    if DBA not in avtale.kategorier:
        yield Feil(
            ("kategorier",),
            "ikke-databehandleravtale",
            f"«{avtale.id}» er ikke registrert som databehandleravtale.",
            "Før opp kategorien «databehandleravtale», eller vis til rett avtale i behandlingen.",
            i=avtale,
        )
    if not samme(avtale.leverandor, part.leverandor):
        yield Feil(
            ("databehandlere", n, "avtale"),
            "avtale-feil-part",
            f"Databehandleravtalen «{avtale.id}» er inngått med «{avtale.leverandor or 'ingen'}», ikke med "
            f"«{part.leverandor}».",
            "Vis til avtalen med databehandleren, eller rett «leverandor» i avtalen.",
            om=avtale.id,
        )
    nevnt = avtale.databehandling.behandlinger if avtale.databehandling else ()
    if nevnt and not _gjelder(avtale, behandling):
        yield Feil(
            ("databehandling", "behandlinger"),
            "avtale-annen-behandling",
            f"Databehandleravtalen «{avtale.id}» omfatter ikke behandlingen «{behandling.navn}».",
            "Utvid avtalen, og før opp behandlingen i «databehandling.behandlinger».",
            om=behandling.id,
            i=avtale,
        )


KRAV_5_5 = Krav(
    "5.5",
    tittel="Databehandlere har databehandleravtale",
    ansvarlig=(KOMMUNALDIREKTOR, RESULTATENHETSLEDER, BEHANDLINGSANSVARLIG),
    avgjores=(Strength.MASKINELL, Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(databehandleravtaler, leverandor_er_nevnt),
    modul=__name__,
    lov=True,
)
