"""Requirement 5.5: the agreement is attached to the contract, and was signed in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from forvaltning.findings import Place
from forvaltning.krav.henvisning import slaa_opp
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon
from forvaltning.krav.omrade5.felles import bare_dba, er_kontrakt, kan_ha_databehandler, samme
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst
from forvaltning.model.avtale import Avtale
from forvaltning.model.behandling import Behandling
from forvaltning.model.oppforing import Treff

SENT = "Rett datoene hvis de er feil. Ellers kan det ikke rettes: meld et avvik om sent dokument."


def vedlegg_og_rekkefolge(
    behandling: Behandling, n: int, avtale: Avtale, alle: Treff[Avtale], ctx: Kontekst
) -> Iterator[Observasjon]:
    """`alle`: the data processing agreements with the same processor, earlier ones among them."""
    if not bare_dba(avtale) and er_kontrakt(avtale):  # the terms stand in the contract itself
        yield from _for_behandlingen(behandling, n, avtale, avtale.signert, ctx)
        return
    if not avtale.vedlegg_til:
        yield Mangler(
            ("vedlegg_til",),
            "vedlegg-mangler",
            f"Databehandleravtalen «{avtale.id}» er ikke knyttet til noen kontrakt.",
            "Skriv id-en til kontrakten i «vedlegg_til».",
            i=avtale,
        )
        return
    yield from slaa_opp(ctx, avtale, ("vedlegg_til",), avtale.vedlegg_til, Avtale, hva="kontrakt", i=avtale)
    kontrakt = ctx.register.hent(avtale.vedlegg_til, Avtale)
    if kontrakt is None:
        return
    if samme(kontrakt.id, avtale.id) or not kan_ha_databehandler(kontrakt):
        yield Feil(
            ("vedlegg_til",),
            "vedlegg-ikke-kontrakt",
            f"Databehandleravtalen «{avtale.id}» er vedlegg til «{kontrakt.id}», som ikke er en kontrakt.",
            "Skriv id-en til kontrakten i «vedlegg_til».",
            i=avtale,
        )
        return
    tidligere = [a for a in alle if samme(a.vedlegg_til, kontrakt.id) and a.tilstand != "utkast"]
    forst = min((a.signert for a in (avtale, *tidligere) if a.signert is not None), default=None)
    ved_endring = avtale.databehandling is not None and avtale.databehandling.ved_endring
    if ved_endring or (kontrakt.signert and not ctx.register.etter_gjelder_fra(kontrakt.signert)):
        yield from _for_behandlingen(behandling, n, avtale, forst, ctx, maa_vite=bool(ved_endring))
    else:
        yield from _for_kontrakten(avtale, kontrakt, forst)


def _for_kontrakten(avtale: Avtale, kontrakt: Avtale, forst: date | None) -> Iterator[Observasjon]:
    if kontrakt.signert is None:
        if kontrakt.tilstand != "utkast":
            yield Mangler(
                ("signert",),
                "kontrakt-ikke-signert",
                f"Kontrakten «{kontrakt.id}» har ingen dato for signering. Da kan det ikke ses om "
                "databehandleravtalen kom først.",
                "Skriv dagen kontrakten ble signert, i «signert».",
                i=kontrakt,
            )
    elif forst is not None and forst > kontrakt.signert:
        yield Feil(
            ("signert",),
            "signert-etter-kontrakt",
            f"Databehandleravtalen «{avtale.id}» ble signert {norsk_dato(forst)}, etter kontrakten "
            f"«{kontrakt.id}» ({norsk_dato(kontrakt.signert)}).",
            f"Kom avtalen til ved en endring, skriv «databehandling.ved_endring: ja». {SENT}",
            om=avtale.id,
            i=avtale,
            se=(Place(kontrakt.key, ("signert",), "Dagen kontrakten ble signert."),),
            sent=True,
        )


def _for_behandlingen(
    behandling: Behandling,
    n: int,
    avtale: Avtale,
    forst: date | None,
    ctx: Kontekst,
    *,
    maa_vite: bool = True,
) -> Iterator[Observasjon]:
    """Signed no later than the processor began. `maa_vite`: an unknown start is missing."""
    part = behandling.databehandlere[n]
    start = part.behandler_fra or behandling.behandling_fra
    fra = ctx.innstillinger.gjelder_fra
    if forst is None or (fra is not None and forst <= fra):
        return
    felt = ("databehandlere", n, "behandler_fra") if part.behandler_fra else ("behandling_fra",)
    if start is None:
        if maa_vite and behandling.tilstand != "planlagt":
            yield Mangler(
                ("databehandlere", n, "behandler_fra"),
                "behandler-fra-mangler",
                f"Det er ikke sagt når «{part.leverandor}» begynte å behandle opplysningene. Da kan det ikke ses "
                "om databehandleravtalen var signert.",
                "Skriv dagen i «behandler_fra».",
            )
    elif forst > start and ctx.register.etter_gjelder_fra(start):
        yield Feil(
            ("signert",),
            "signert-etter-behandling",
            f"Databehandleravtalen «{avtale.id}» ble signert {norsk_dato(forst)}, men «{part.leverandor}» "
            f"behandlet opplysningene fra {norsk_dato(start)}.",
            SENT,
            om=avtale.id,
            i=avtale,
            se=(Place(behandling.key, felt, "Dagen behandlingen startet."),),
            sent=True,
        )
