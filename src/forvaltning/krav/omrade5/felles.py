"""What the requirements of area 5 share: which agreements are contracts, and whether they are in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import i_fortiden
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon, Utloper
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst
from forvaltning.model.avtale import Avtale
from forvaltning.model.viser import normaliser

DBA = "databehandleravtale"
INTERNE = frozenset({"tjenestebilag", "styringsavtale"})
"""Agreements within the municipality."""
IKKE_ANSKAFFELSE = INTERNE | {DBA, "finansiering", "gevinst"}
"""Agreements that nothing is bought by."""
UTEN_DATABEHANDLER = INTERNE | {DBA, "gevinst"}
"""Agreements that no data processing agreement can be attached to: no processor takes on work by them. One on
financing may: one municipality may run a system for several that share its cost."""
ENDELIG = frozenset({"utkast", "utlopt"})
"""States of an agreement that is not in force. One without a state is judged as if it were."""


def bare_dba(avtale: Avtale) -> bool:
    """A data processing agreement that is nothing else, and so follows its contract."""
    return set(avtale.kategorier) == {DBA}


def er_kontrakt(avtale: Avtale) -> bool:
    """A contract with an external party by which something is bought; one without a category counts."""
    return avtale.leverandor is not None and (
        not avtale.kategorier or any(k not in IKKE_ANSKAFFELSE for k in avtale.kategorier)
    )


def kan_ha_databehandler(avtale: Avtale) -> bool:
    """A contract that a data processing agreement may be attached to; one without a category counts."""
    return not avtale.kategorier or any(k not in UTEN_DATABEHANDLER for k in avtale.kategorier)


def samme(a: str | None, b: str | None) -> bool:
    """True when two ids are the same record."""
    return a is not None and b is not None and normaliser(a) == normaliser(b)


def er_signert(ctx: Kontekst, avtale: Avtale) -> bool:
    """Signed on or before the check date, and neither a draft nor set as ended."""
    return (
        avtale.tilstand not in ENDELIG
        and avtale.signert is not None
        and ctx.register.dag.nadd(avtale.signert)
    )


def er_slutt(ctx: Kontekst, avtale: Avtale) -> bool:
    """Set as ended, or past its last good day."""
    return avtale.tilstand == "utlopt" or ctx.register.dag.passert(slutt(ctx, avtale))


def i_kraft(ctx: Kontekst, avtale: Avtale) -> bool:
    """Signed, started and not ended on the check date."""
    started = avtale.gyldig_fra is None or ctx.register.dag.nadd(avtale.gyldig_fra)
    return er_signert(ctx, avtale) and started and not er_slutt(ctx, avtale)


def lengst(ctx: Kontekst, avtaler: Iterable[Avtale]) -> Avtale:
    """The agreement to look at: one in force before others, then a signed one, then the one that lasts longest."""

    def rank(a: Avtale) -> tuple[bool, bool, date, str]:
        return i_kraft(ctx, a), er_signert(ctx, a), slutt(ctx, a), a.id

    return max(avtaler, key=rank)


def dekket_til(ctx: Kontekst, avtaler: list[Avtale]) -> date:
    """The last day in one stretch that agreements in force cover, `date.max` when open.

    An agreement that is signed and takes over no later than the day after prolongs the stretch.
    """
    igjen = [a for a in avtaler if er_signert(ctx, a) and not er_slutt(ctx, a)]
    siste = date.min
    while siste != date.max:
        neste = [slutt(ctx, a) for a in igjen if i_kraft(ctx, a) or _overtar(a, siste)]
        ny = max(neste, default=siste)
        if ny == siste:
            break
        siste = ny
    return siste


def slutt(ctx: Kontekst, avtale: Avtale) -> date:
    """The last good day of an agreement, `date.max` when open."""
    return ctx.register.siste_gyldige_dag(avtale) or date.max


def _overtar(avtale: Avtale, siste: date) -> bool:
    return avtale.gyldig_fra is not None and avtale.gyldig_fra <= siste + timedelta(days=1)


def krev_i_kraft(
    ctx: Kontekst, avtale: Avtale, *, hva: str, vilkar: str, siste: date | None = None, startet: bool = True
) -> Iterator[Observasjon]:
    """The agreement is signed, started and not ended. `hva` begins a sentence («Kontrakten»).

    `siste`: the last good day with what takes over after it, instead of the agreement's own; `date.max`
    when open. `startet`: whether it must have started.
    """
    navn = f"{hva} «{avtale.id}»"
    egen = slutt(ctx, avtale)
    yield from _signert(ctx, avtale, navn, vilkar)
    if startet and avtale.gyldig_fra is not None and not ctx.register.dag.nadd(avtale.gyldig_fra):
        yield Mangler(
            ("gyldig_fra",),
            f"{vilkar}-ikke-startet",
            f"{navn} gjelder først fra {norsk_dato(avtale.gyldig_fra)}.",
            "Ha en avtale som gjelder nå, eller rett «gyldig_fra».",
            i=avtale,
        )
    if avtale.tilstand == "utlopt" and not ctx.register.dag.passert(egen):
        yield Feil(
            ("tilstand",),
            f"{vilkar}-utlopt",
            f"{navn} er satt som utløpt.",
            "Inngå en ny avtale, eller rett «tilstand».",
            i=avtale,
        )
    if avtale.tilstand == "sagt_opp" and egen == date.max:
        yield Mangler(
            ("gyldig_til",),
            f"{vilkar}-siste-dag",
            f"{navn} er sagt opp, men siste dag er ikke oppgitt.",
            "Skriv siste dag avtalen gjelder, i «gyldig_til».",
            i=avtale,
        )
    siste = siste or egen
    if siste != date.max:
        yield Utloper(
            ("gyldig_til",),
            f"{vilkar}-utlopt",
            siste,
            f"{navn} gjaldt til {norsk_dato(siste)}.",
            "Forleng avtalen eller inngå en ny, og før den opp i registeret.",
            i=avtale,
        )


def _signert(ctx: Kontekst, avtale: Avtale, navn: str, vilkar: str) -> Iterator[Observasjon]:
    if avtale.tilstand == "utkast":
        yield Mangler(
            ("tilstand",),
            f"{vilkar}-utkast",
            f"{navn} er et utkast.",
            "Signer avtalen, og skriv dagen i «signert» og ny «tilstand».",
            i=avtale,
        )
    elif avtale.signert is None:
        yield Mangler(
            ("signert",),
            f"{vilkar}-ikke-signert",
            f"{navn} har ingen dato for signering.",
            "Skriv dagen avtalen ble signert, i «signert».",
            i=avtale,
        )
    else:
        hva = f"Signeringen av «{avtale.id}»"
        yield from i_fortiden(
            ctx, ("signert",), avtale.signert, hva=hva, vilkar=f"{vilkar}-signert", i=avtale
        )


def avtalebevis(avtale: Avtale) -> Bevis:
    """A signed agreement is documented when it says where it lies."""
    ref = (avtale.dokument.referanse if avtale.dokument else None) or avtale.kontraktsreferanse
    styrke = Strength.DOKUMENTERT if ref else Strength.BEKREFTET
    return Bevis(("signert",), styrke, avtale.signert, ref, i=avtale)
