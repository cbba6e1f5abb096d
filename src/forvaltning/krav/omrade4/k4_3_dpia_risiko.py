"""Requirement 4.3: risk that is left, and risk that changes (GDPR articles 35(11) and 36)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from forvaltning.findings import Place
from forvaltning.krav.byggesteiner import i_fortiden, krev_bekreftelse
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst
from forvaltning.model.behandling import Behandling
from forvaltning.model.dpia import Dpia


def uten_start(behandling: Behandling, ferdig: date, ctx: Kontekst) -> Iterator[Observasjon]:
    """Without a start the order is known only where every possible start gives the same answer."""
    fra = ctx.innstillinger.gjelder_fra
    if behandling.tilstand == "planlagt" or (fra is not None and ferdig <= fra):
        return
    yield Mangler(
        ("behandling_fra",),
        "start-mangler",
        "Behandlingen har ingen startdato. Da kan det ikke ses om vurderingen var ferdig først.",
        "Skriv dagen behandlingen startet i «behandling_fra».",
    )


def restrisiko(behandling: Behandling, d: Dpia, ctx: Kontekst) -> Iterator[Observasjon]:
    """High residual risk: prior consultation is completed before the start (article 36)."""
    if d.restrisiko != "hoy":
        return
    felt = ("forhandsdroftelse", "fullfort")
    fullfort = d.forhandsdroftelse.fullfort if d.forhandsdroftelse else None
    if fullfort is None:
        yield Mangler(
            felt,
            "forhandsdroftelse-mangler",
            f"DPIA-en «{d.id}» har høy restrisiko, men forhåndsdrøftelsen med Datatilsynet er ikke fullført.",
            "Drøft behandlingen med Datatilsynet, og skriv dagen den var ferdig i «forhandsdroftelse.fullfort».",
            i=d,
        )
        return
    yield from i_fortiden(
        ctx, felt, fullfort, hva=f"Forhåndsdrøftelsen i «{d.id}»", vilkar="forhandsdroftelse", i=d
    )
    start = behandling.behandling_fra
    if start is None:
        yield from uten_start(behandling, fullfort, ctx)
        return
    if fullfort <= start or not ctx.register.etter_gjelder_fra(start):
        return
    if d.risiko_endret is not None and d.risiko_endret > start:
        return  # the risk was found high after the start: nothing could be consulted on before it
    if _frikjent_for_start(behandling, d, start, ctx):
        return
    yield Feil(
        felt,
        "forhandsdroftelse-etter-start",
        f"Forhåndsdrøftelsen i «{d.id}» ble fullført {norsk_dato(fullfort)}, men behandlingen startet "
        f"{norsk_dato(start)}.",
        "Rett datoene hvis de er feil. Ellers kan det ikke rettes: meld et avvik om sent dokument.",
        i=d,
        se=(Place(behandling.key, ("behandling_fra",), "Dagen behandlingen startet."),),
        sent=True,
    )


def _frikjent_for_start(behandling: Behandling, d: Dpia, start: date, ctx: Kontekst) -> bool:
    """Decided after a start that an earlier assessment had allowed, by a DPIA or by finding none was needed."""
    if _dato(d, date.min) <= start:
        return False
    return any(
        e.tilstand != "utkast"
        and _dato(e, date.max) <= start
        and (e.type == "full" or e.konklusjon == "ikke_pakrevd")
        for e in ctx.register.dpia_for(behandling)
    )


def _dato(d: Dpia, uten: date) -> date:
    return (d.besluttet.dato if d.besluttet else None) or uten


def gjennomgatt(behandling: Behandling, d: Dpia, ctx: Kontekst) -> Iterator[Observasjon]:
    """Reviewed when the risk changed (article 35(11)). A decision on or after that day is a review."""
    endret = d.risiko_endret
    gatt = d.gjennomgatt
    besluttet = d.besluttet.dato if d.besluttet else None
    hva = f"Gjennomgangen av «{d.id}»"
    if endret is None or (besluttet is not None and besluttet >= endret):
        felt = ("gjennomgatt", "dato")
        yield from i_fortiden(ctx, felt, gatt.dato if gatt else None, hva=hva, vilkar="gjennomgang", i=d)
        return
    yield from i_fortiden(
        ctx, ("risiko_endret",), endret, hva=f"Endringen av risikoen i «{d.id}»", vilkar="risiko-endret", i=d
    )
    tiltak = "Gå gjennom vurderingen på nytt, og skriv dato, rolle og referanse i «gjennomgatt»."
    if gatt is not None and gatt.dato is not None and gatt.dato < endret:
        yield Feil(
            ("gjennomgatt", "dato"),
            "gjennomgang-for-endring",
            f"Risikoen i «{d.id}» endret seg {norsk_dato(endret)}, men vurderingen ble sist gått gjennom "
            f"{norsk_dato(gatt.dato)}.",
            tiltak,
            i=d,
            se=(Place(d.key, ("risiko_endret",), "Dagen risikoen endret seg."),),
        )
        return
    yield from krev_bekreftelse(
        ctx, behandling, ("gjennomgatt",), gatt, hva=hva, vilkar="gjennomgang", tiltak=tiltak, i=d
    )
