"""Requirement 6.2: Digitaliseringsrådet has given its recommendation by BP2 and by BP3."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from forvaltning.findings import Place, Strength
from forvaltning.krav.byggesteiner import i_fortiden
from forvaltning.krav.naar import begge
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon, Utloper
from forvaltning.krav.omrade6.felles import (
    FELTER_DIGITAL,
    digitaliseringsprosjekt,
    feil_fritak,
    ukjent_hovedprosjekt,
)
from forvaltning.krav.omrade6.k6_2_anbefaling_punkt import (
    PUNKTER,
    gitt,
    passert,
    punkt_i,
    tidligere,
    ved_beslutningspunkt,
)
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import PROSJEKTEIER, Kontekst, Krav, regel
from forvaltning.model.prosjekt import Anbefaling, Beslutningspunkt, Prosjekt

DAG = timedelta(days=1)


@regel(
    Prosjekt,
    naar=begge(digitaliseringsprosjekt, ved_beslutningspunkt),
    felter=(
        *FELTER_DIGITAL,
        "anbefalinger",
        "anbefalinger.dato",
        "anbefalinger.utfall",
        "anbefalinger.referanse",
        "beslutningspunkter",
        "beslutningspunkter.dato",
        "tilstand",
        "avsluttet",
    ),
)
def radet_har_anbefalt(prosjekt: Prosjekt, ctx: Kontekst) -> Iterator[Observasjon]:
    """A recommendation no later than BP2 and no later than BP3; one against fulfils it and is shown."""
    ukjent = list(ukjent_hovedprosjekt(prosjekt, ctx))
    if ukjent:
        yield from ukjent
        return
    yield from feil_fritak(prosjekt, ctx)
    for punkt in PUNKTER:
        if not passert(prosjekt, punkt, ctx):
            yield from _planlagt(prosjekt, punkt, ctx)
        elif not tidligere(prosjekt, punkt, ctx):
            yield from _anbefalt(prosjekt, punkt, ctx)


def _planlagt(prosjekt: Prosjekt, punkt: str, ctx: Kontekst) -> Iterator[Observasjon]:
    """A point that lies ahead: the recommendation must be there when it comes."""
    own = punkt_i(prosjekt, punkt)
    if own is None or own[1].dato is None:
        return
    found = gitt(prosjekt, punkt)
    dato = found[1].dato if found is not None else None
    if dato is not None and dato <= own[1].dato and ctx.register.dag.nadd(dato):
        return
    yield Utloper(
        ("beslutningspunkter", own[0], "dato"),
        "anbefaling-mangler",
        own[1].dato - DAG,
        f"Anbefalingen fra Digitaliseringsrådet skal foreligge senest ved {punkt} {norsk_dato(own[1].dato)}.",
        "Legg saken fram for Digitaliseringsrådet, og skriv anbefalingen i «anbefalinger».",
        om=punkt,
    )


def _anbefalt(prosjekt: Prosjekt, punkt: str, ctx: Kontekst) -> Iterator[Observasjon]:
    own = punkt_i(prosjekt, punkt)
    besluttet = own[1].dato if own is not None else None
    yield from _datert(punkt, own, ctx)
    found = gitt(prosjekt, punkt)
    if found is None:
        yield Mangler(
            ("anbefalinger",),
            "anbefaling-mangler",
            f"Digitaliseringsrådet har ikke gitt sin anbefaling til {punkt} ({PUNKTER[punkt]}).",
            f"Skriv rådets anbefaling i «anbefalinger» med «punkt: {punkt}».",
            om=punkt,
        )
        return
    n, a = found
    yield from _hel(n, a, punkt, ctx)
    if a.dato is None or not ctx.register.dag.nadd(a.dato) or besluttet is None:
        return
    if a.dato > besluttet:
        yield Feil(
            ("anbefalinger", n, "dato"),
            "anbefaling-for-sen",
            f"Digitaliseringsrådet ga sin anbefaling {norsk_dato(a.dato)}, etter at {punkt} ble besluttet "
            f"{norsk_dato(besluttet)}.",
            "Rekkefølgen kan ikke rettes i ettertid. Meld et avvik, eller rett datoen om den er feil.",
            om=punkt,
            se=(
                Place(
                    prosjekt.key,
                    ("beslutningspunkter", own[0] if own else 0, "dato"),
                    f"{punkt} ble besluttet",
                ),
            ),
            sent=True,
        )
        return
    if a.referanse and a.utfall:
        utfall = ctx.innstillinger.navn("anbefaling", a.utfall).lower()
        yield Bevis(("anbefalinger", n), Strength.DOKUMENTERT, a.dato, f"{a.referanse} ({utfall})")


def _datert(punkt: str, own: tuple[int, Beslutningspunkt] | None, ctx: Kontekst) -> Iterator[Observasjon]:
    """The day of a point that is passed is told, and has come."""
    if own is None or own[1].dato is None:
        yield Mangler(
            ("beslutningspunkter",) if own is None else ("beslutningspunkter", own[0], "dato"),
            "punktdato-mangler",
            f"Prosjektet er forbi {punkt}, men dagen det ble besluttet, er ikke oppgitt.",
            f"Skriv datoen for {punkt} i «beslutningspunkter».",
            om=punkt,
        )
    elif not ctx.register.dag.nadd(own[1].dato):
        yield Feil(
            ("beslutningspunkter", own[0], "dato"),
            "punktdato-framtid",
            f"Prosjektet er forbi {punkt}, men datoen er ikke nådd: {norsk_dato(own[1].dato)}.",
            f"Skriv dagen {punkt} faktisk ble besluttet, eller rett «tilstand».",
            om=punkt,
        )


def _hel(n: int, a: Anbefaling, punkt: str, ctx: Kontekst) -> Iterator[Observasjon]:
    """The recommendation has a date that has come, an outcome and a case."""
    yield from i_fortiden(
        ctx, ("anbefalinger", n, "dato"), a.dato, hva=f"Anbefalingen til {punkt}", vilkar="anbefaling"
    )
    for felt, verdi, hva in (
        ("dato", a.dato, "dagen den ble gitt"),
        ("utfall", a.utfall, "utfallet"),
        ("referanse", a.referanse, "saken i Digitaliseringsrådet"),
    ):
        if verdi is None:
            yield Mangler(
                ("anbefalinger", n, felt),
                f"anbefaling-{felt}-mangler",
                f"Anbefalingen til {punkt} mangler {hva}.",
                f"Skriv {hva} i «{felt}».",
                om=punkt,
            )


KRAV_6_2 = Krav(
    "6.2",
    tittel="Digitaliseringsrådet har gitt sin anbefaling før BP2 og BP3",
    ansvarlig=(PROSJEKTEIER,),
    avgjores=(Strength.DOKUMENTERT,),
    regler=(radet_har_anbefalt,),
    modul=__name__,
)
