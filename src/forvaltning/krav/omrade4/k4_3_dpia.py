"""Requirement 4.3: a DPIA is done where high risk is likely (GDPR articles 35 and 36)."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Place, Strength
from forvaltning.krav.byggesteiner import mangler_eller_uavklart
from forvaltning.krav.naar import behandling_i_gang
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon
from forvaltning.krav.omrade4.k4_3_dpia_innhold import full_dpia, i_kraft, terskelvurdering
from forvaltning.krav.omrade4.k4_3_dpia_risiko import restrisiko, uten_start
from forvaltning.krav.omrade4.personvern import start_i_fortiden, uvisst_om_den_starter
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import (
    BEHANDLINGSANSVARLIG,
    PROSJEKTEIER,
    SYSTEMEIER,
    Kontekst,
    Krav,
    regel,
)
from forvaltning.model.behandling import Behandling
from forvaltning.model.dpia import Dpia
from forvaltning.model.oppforing import Treff


@regel(
    Behandling,
    naar=behandling_i_gang,
    felter=(
        "tilstand",
        "behandling_fra",
        "behandlingsansvarlige",
        "systemer",
        "tjenester",
        "roller:delegasjoner",
        *(
            f"dpia:{f}"
            for f in (
                "type",
                "behandlinger",
                "tilstand",
                "besluttet",
                "kriterier",
                "konklusjon",
                "begrunnelse",
                "formal_og_beskrivelse",
                "nodvendighet",
                "risikoer",
                "tiltak",
                "pvo_rad",
                "registrertes_syn",
                "restrisiko",
                "forhandsdroftelse",
                "risiko_endret",
                "gjennomgatt",
                "ekstern",
                "arkivsak",
            )
        ),
    ),
)
def konsekvensvurdering(behandling: Behandling, ctx: Kontekst) -> Iterator[Observasjon]:
    """A threshold assessment always; a full DPIA, decided before the start, where it says high risk."""
    uvisst = list(uvisst_om_den_starter(behandling, ctx))
    if uvisst:
        yield from uvisst
        return
    yield from start_i_fortiden(behandling, ctx)
    alle = ctx.register.dpia_for(behandling)
    terskler = _av_type(alle, "terskelvurdering")
    fulle = _av_type(alle, "full")
    yield from _finnes(behandling, terskler, "terskelvurdering", "terskel-mangler")
    for t in i_kraft(terskler):
        yield from terskelvurdering(behandling, t, ctx)
    pakrevd = any(t.konklusjon not in {None, "ikke_pakrevd"} for t in i_kraft(terskler))
    if pakrevd:
        yield from _finnes(behandling, fulle, "full DPIA", "dpia-mangler")
    for d in i_kraft(fulle):
        if pakrevd or not i_kraft(terskler):
            yield from full_dpia(behandling, d, ctx)
        else:  # done without being asked for: what it found still binds
            yield from restrisiko(behandling, d, ctx)
    if pakrevd and i_kraft(fulle):
        yield from _for_start(behandling, fulle, ctx)


def _av_type(alle: Treff[Dpia], slag: str) -> Treff[Dpia]:
    return Treff((d for d in alle if d.type == slag), alle.uleselig)


def _finnes(
    behandling: Behandling, vurderinger: Treff[Dpia], slag: str, vilkar: str
) -> Iterator[Observasjon]:
    """One of the kind is decided and not replaced. A draft is pointed at."""
    if i_kraft(vurderinger):
        return
    utkast = next((d for d in vurderinger if d.tilstand == "utkast"), None)
    if utkast is not None:
        yield Mangler(
            ("tilstand",),
            vilkar,
            f"«{behandling.navn}» har ingen besluttet {slag}. «{utkast.id}» er et utkast.",
            "Få vurderingen besluttet, og skriv det i «tilstand» og «besluttet».",
            i=utkast,
        )
        return
    yield from mangler_eller_uavklart(
        Treff((), vurderinger.uleselig),
        Mangler(
            ("navn",),
            vilkar,
            f"«{behandling.navn}» har ingen {slag} som er besluttet og ikke erstattet.",
            f"Gjør vurderingen, og registrer den i dpia/ med «{behandling.id}» i «behandlinger».",
            se=tuple(Place(d.key, ("tilstand",), "Denne er erstattet.") for d in vurderinger),
        ),
    )


def _for_start(behandling: Behandling, fulle: Treff[Dpia], ctx: Kontekst) -> Iterator[Observasjon]:
    """The first DPIA, replaced ones counted, was decided no later than the processing started."""
    start = behandling.behandling_fra
    datert = [
        (d.besluttet.dato, d) for d in fulle if d.tilstand != "utkast" and d.besluttet and d.besluttet.dato
    ]
    if not datert:
        return
    forst, dpia = min(datert, key=lambda par: (par[0], par[1].id))
    if start is None:
        yield from uten_start(behandling, forst, ctx)
        return
    if forst > start and ctx.register.etter_gjelder_fra(start):
        yield Feil(
            ("besluttet", "dato"),
            "dpia-etter-start",
            f"DPIA-en «{dpia.id}» ble besluttet {norsk_dato(forst)}, men behandlingen startet {norsk_dato(start)}.",
            "Rett datoene hvis de er feil. Ellers kan det ikke rettes: meld et avvik om sent dokument.",
            om=dpia.id,
            i=dpia,
            se=(Place(behandling.key, ("behandling_fra",), "Dagen behandlingen startet."),),
            sent=True,
        )


KRAV_4_3 = Krav(
    "4.3",
    tittel="Personvernkonsekvensene er vurdert der risikoen er høy",
    ansvarlig=(BEHANDLINGSANSVARLIG, PROSJEKTEIER, SYSTEMEIER),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(konsekvensvurdering,),
    modul=__name__,
    lov=True,
)
