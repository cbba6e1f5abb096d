"""Requirement 5.1: what is procured has a contract, signed before delivery starts."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from forvaltning.findings import FieldPath, Place, Strength
from forvaltning.krav.byggesteiner import mangler_eller_uavklart
from forvaltning.krav.henvisning import slaa_opp
from forvaltning.krav.naar import begge, fra_beslutningspunkt, fra_tilstand
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon
from forvaltning.krav.omrade5.felles import (
    avtalebevis,
    er_kontrakt,
    er_signert,
    er_slutt,
    krev_i_kraft,
    lengst,
    samme,
    slutt,
)
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import RESULTATENHETSLEDER, SYSTEMEIER, Kontekst, Krav, regel
from forvaltning.model.avtale import Avtale
from forvaltning.model.base import I_BRUK
from forvaltning.model.leverandor import Leverandor
from forvaltning.model.oppforing import Treff
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

FERDIG = frozenset({"avslutning", "avsluttet"})
"""States of a project whose deliveries have begun."""
FELTER = (
    "tilstand",
    "anskaffet",
    "leverandor",
    "avtaler:kategorier",
    "avtaler:leverandor",
    "avtaler:tilstand",
    "avtaler:signert",
    "avtaler:gyldig_til",
    "avtaler:opsjoner",
    "avtaler:leveranse_fra",
    "avtaler:dokument",
    "avtaler:kontraktsreferanse",
)


def _anskaffet(post: System | Tjeneste, ctx: Kontekst) -> str | None:
    """Procured: it says so, or has a supplier who delivers or runs it."""
    drift = post.drift if isinstance(post, System) else None
    utenfra = drift is not None and (drift.leverandor or drift.form in {"leverandor", "sky"})
    if post.anskaffet or post.leverandor or utenfra:
        return None
    return "Ikke anskaffet: posten sier det ikke, og ingen leverandør er oppgitt."


def _prosjekt_anskaffer(prosjekt: Prosjekt, ctx: Kontekst) -> str | None:
    """A project that has a supplier; without one, a procuring project from BP3."""
    if prosjekt.leverandor:
        return None
    if not prosjekt.anskaffet and prosjekt.type != "anskaffelse":
        return "Prosjektet anskaffer ikke: det sier det ikke, og ingen leverandør er oppgitt."
    return fra_beslutningspunkt("BP3")(prosjekt, ctx)


@regel(
    System,
    Tjeneste,
    naar=begge(fra_tilstand("under_utvikling"), _anskaffet),
    felter=(
        *FELTER,
        "systemer:drift.leverandor",
        "systemer:drift.form",
        "avtaler:systemer",
        "avtaler:tjenester",
        "avtaler:gyldig_fra",
    ),
)
def kontrakt_for_leveransen(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """A contract that has not ended, with the supplier where one is named."""
    drift = post.drift if isinstance(post, System) else None
    felt: FieldPath = ("leverandor",)
    leverandor = post.leverandor
    if leverandor is None and drift is not None and drift.leverandor:
        felt, leverandor = ("drift", "leverandor"), drift.leverandor
    kontrakter = yield from _kontrakter(post, felt, leverandor, ctx)
    if not kontrakter:
        return
    gjeldende = [a for a in kontrakter if er_signert(ctx, a) and not er_slutt(ctx, a)]
    siste = max((slutt(ctx, a) for a in gjeldende), default=None)
    en = lengst(ctx, kontrakter)
    yield from krev_i_kraft(ctx, en, hva="Kontrakten", vilkar="kontrakt", siste=siste, startet=False)
    i_bruk = post.tilstand is None or post.tilstand in I_BRUK
    for a in gjeldende:
        yield from _for_leveransen(a, ctx, i_gang=i_bruk)
        yield avtalebevis(a)


@regel(
    Prosjekt,
    naar=_prosjekt_anskaffer,
    felter=(
        *FELTER,
        "type",
        "beslutningspunkter",
        "avtaler:prosjekter",
        "avtaler:gyldig_fra",
    ),
)
def kontrakt_for_prosjektet(prosjekt: Prosjekt, ctx: Kontekst) -> Iterator[Observasjon]:
    """A contract that has been signed; it may have ended since."""
    kontrakter = yield from _kontrakter(prosjekt, ("leverandor",), prosjekt.leverandor, ctx)
    signert = [
        a for a in kontrakter if a.tilstand != "utkast" and a.signert and ctx.register.dag.nadd(a.signert)
    ]
    if kontrakter and not signert:
        en = lengst(ctx, kontrakter)
        yield from krev_i_kraft(ctx, en, hva="Kontrakten", vilkar="kontrakt", startet=False)
    for a in signert:
        yield from _for_leveransen(a, ctx, i_gang=prosjekt.tilstand in FERDIG)
        yield avtalebevis(a)


def _kontrakter(
    post: System | Tjeneste | Prosjekt, felt: FieldPath, leverandor: str | None, ctx: Kontekst
) -> Generator[Observasjon, None, list[Avtale]]:
    """The contracts for a record, as the generator's value, after telling what is wrong when there is none."""
    alle = ctx.register.avtaler_for(post)
    kontrakter = [a for a in alle if er_kontrakt(a)]
    if leverandor is not None:
        problemer = list(slaa_opp(ctx, post, felt, leverandor, Leverandor, hva="leverandør"))
        yield from problemer
        med = [a for a in kontrakter if samme(a.leverandor, leverandor)]
        if kontrakter and not med and not problemer and alle.uleselig is None:
            andre = ", ".join(f"«{a.id}» med «{a.leverandor}»" for a in kontrakter)
            yield Feil(
                felt,
                "kontrakt-feil-part",
                f"Leverandøren er «{leverandor}», men kontrakten er en annen: {andre}.",
                "Rett leverandøren her eller i avtalen, eller registrer kontrakten med leverandøren.",
                se=tuple(
                    Place(a.key, ("leverandor",), "Den eksterne parten i kontrakten.") for a in kontrakter
                ),
            )
            return []
        kontrakter = kontrakter if problemer else med
    if not kontrakter:
        yield from mangler_eller_uavklart(
            Treff((), alle.uleselig),
            Mangler(
                felt if leverandor else ("anskaffet",),
                "kontrakt-mangler",
                f"«{post.navn}» er anskaffet, men ingen kontrakt med en ekstern part dekker anskaffelsen.",
                f"Registrer kontrakten i avtaler/, med leverandøren og med «{post.id}» i «{post.kind}».",
            ),
        )
    return kontrakter


def _for_leveransen(kontrakt: Avtale, ctx: Kontekst, *, i_gang: bool) -> Iterator[Observasjon]:
    """Signed no later than the day delivery started."""
    signert, start = kontrakt.signert, kontrakt.leveranse_fra
    fra = ctx.innstillinger.gjelder_fra
    if signert is None or (fra is not None and signert <= fra):
        return
    if start is None:
        if i_gang:
            yield Mangler(
                ("leveranse_fra",),
                "leveranse-fra-mangler",
                f"Kontrakten «{kontrakt.id}» sier ikke når leveransen startet. Da kan det ikke ses om den ble "
                "signert først.",
                "Skriv dagen leveransen startet i «leveranse_fra».",
                i=kontrakt,
            )
    elif signert > start and ctx.register.etter_gjelder_fra(start):
        yield Feil(
            ("signert",),
            "signert-etter-leveranse",
            f"Kontrakten «{kontrakt.id}» ble signert {norsk_dato(signert)}, men leveransen startet "
            f"{norsk_dato(start)}.",
            "Rett datoene hvis de er feil. Ellers kan det ikke rettes: meld et avvik om sent dokument.",
            om=kontrakt.id,
            i=kontrakt,
            se=(Place(kontrakt.key, ("leveranse_fra",), "Dagen leveransen startet."),),
            sent=True,
        )


KRAV_5_1 = Krav(
    "5.1",
    tittel="Anskaffelsen har en kontrakt",
    ansvarlig=(RESULTATENHETSLEDER, SYSTEMEIER),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(kontrakt_for_leveransen, kontrakt_for_prosjektet),
    modul=__name__,
)
