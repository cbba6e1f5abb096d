"""Requirement 7.3: the architecture checklist is gone through with an architect, as part of the decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from forvaltning.findings import Place, Strength
from forvaltning.krav.byggesteiner import i_fortiden, krev_verdi
from forvaltning.krav.henvisning import krev_rolle
from forvaltning.krav.naar import begge
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon
from forvaltning.krav.omrade7.felles import etter_punkt, krev_punktdato, punktet_er_bundet
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import BESTILLER, PROSJEKTEIER, PROSJEKTLEDER, Ansvar, Kontekst, Krav, regel
from forvaltning.model.prosjekt import Arkitektursjekkliste, Prosjekt

UTENFOR = frozenset({"tiltak", "anskaffelse"})
"""Larger measures and procurements that are no project, sub-project or programme."""

FELT = "arkitektursjekkliste"


def prosjekt_eller_program(prosjekt: Prosjekt, ctx: Kontekst) -> str | None:
    """Projects, sub-projects and programmes; a record without a type is taken to be one."""
    if prosjekt.type in UTENFOR:
        return f"Gjelder prosjekter, delprosjekter og programmer. Dette er: {ctx.innstillinger.navn('prosjekttype', prosjekt.type).lower()}."
    return None


@regel(
    Prosjekt,
    naar=begge(prosjekt_eller_program, etter_punkt("BP3"), punktet_er_bundet("BP3")),
    felter=(
        "arkitektursjekkliste.dato",
        "arkitektursjekkliste.arkitekt",
        "arkitektursjekkliste.referanse",
        "arkitektursjekkliste.i_vedtaket",
        "beslutningspunkter",
        "tilstand",
        "type",
    ),
)
def sjekklisten_er_gjennomgatt(prosjekt: Prosjekt, ctx: Kontekst) -> Iterator[Observasjon]:
    """Gone through by BP3 with an enterprise architect, documented in the decision to execute."""
    for point in krev_punktdato(prosjekt, "BP3", ctx):
        if not isinstance(point, date):
            yield point
            return
        liste = prosjekt.arkitektursjekkliste
        if liste is None:
            yield Mangler(
                (FELT,),
                "sjekkliste-mangler",
                "Sjekklisten for virksomhetsarkitektur er ikke gjennomgått.",
                f"Gå gjennom sjekklisten med en virksomhetsarkitekt, og fyll ut «{FELT}».",
            )
            return
        yield from _datert(prosjekt, liste, point, ctx)
        yield from krev_rolle(
            ctx,
            prosjekt,
            (FELT, "arkitekt"),
            liste.arkitekt,
            "virksomhetsarkitekt",
            hva="virksomhetsarkitekt",
            dato=liste.dato,
            vilkar="virksomhetsarkitekt",
        )
        yield from _i_vedtaket(liste)


def _datert(
    prosjekt: Prosjekt, liste: Arkitektursjekkliste, bp3: date, ctx: Kontekst
) -> Iterator[Observasjon]:
    """A date no later than BP3. A checklist that came late can not be mended."""
    yield from krev_verdi(
        (FELT, "dato"),
        liste.dato,
        "sjekkliste-dato",
        "Det er ikke oppgitt når sjekklisten ble gjennomgått.",
        f"Skriv dagen i «{FELT}.dato».",
    )
    yield from i_fortiden(
        ctx, (FELT, "dato"), liste.dato, hva="Gjennomgangen av sjekklisten", vilkar="sjekkliste"
    )
    if liste.dato is not None and liste.dato > bp3 and ctx.register.dag.nadd(liste.dato):
        yield Feil(
            (FELT, "dato"),
            "sjekkliste-etter-bp3",
            f"Sjekklisten ble gjennomgått {norsk_dato(liste.dato)}, etter at BP3 ble besluttet {norsk_dato(bp3)}.",
            "Rett datoen hvis den er feil. Ellers kan det gjøres opp med et avvik som lukkes.",
            se=(Place(prosjekt.key, ("beslutningspunkter",), "BP3."),),
            sent=True,
        )


def _i_vedtaket(liste: Arkitektursjekkliste) -> Iterator[Observasjon]:
    """The filled-in checklist is referred to and part of the decision to execute."""
    yield from krev_verdi(
        (FELT, "referanse"),
        liste.referanse,
        "sjekkliste-referanse",
        "Det er ikke oppgitt hvor den utfylte sjekklisten ligger.",
        f"Skriv hvor den ligger, i «{FELT}.referanse».",
    )
    if liste.i_vedtaket is None:
        yield Mangler(
            (FELT, "i_vedtaket"),
            "i-vedtaket-mangler",
            "Det er ikke oppgitt om sjekklisten er en del av gjennomføringsvedtaket.",
            f"Svar ja eller nei i «{FELT}.i_vedtaket».",
        )
    elif not liste.i_vedtaket:
        yield Feil(
            (FELT, "i_vedtaket"),
            "ikke-i-vedtaket",
            "Sjekklisten er ikke en del av gjennomføringsvedtaket.",
            f"Legg sjekklisten ved vedtaket, og skriv ja i «{FELT}.i_vedtaket».",
        )
    if liste.referanse and liste.dato is not None:
        yield Bevis((FELT,), Strength.DOKUMENTERT, liste.dato, liste.referanse)


def ansvarlige(prosjekt: Any, ctx: Kontekst) -> tuple[Ansvar, ...]:
    """Without a project manager the orderer answers."""
    return (PROSJEKTLEDER if prosjekt.prosjektleder else BESTILLER, PROSJEKTEIER)


KRAV_7_3 = Krav(
    "7.3",
    tittel="Sjekklisten for virksomhetsarkitektur er gjennomgått",
    ansvarlig=(PROSJEKTLEDER, PROSJEKTEIER),
    avgjores=(Strength.DOKUMENTERT,),
    regler=(sjekklisten_er_gjennomgatt,),
    modul=__name__,
    ansvar_for=ansvarlige,
)
