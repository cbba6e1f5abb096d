"""Requirement 9.1: innovative methods are considered when a change is planned."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import krev_verdi
from forvaltning.krav.naar import begge, fra_beslutningspunkt, prosjektet_lever
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon
from forvaltning.krav.omrade9.felles import krev_vurdering
from forvaltning.krav.typer import PROSJEKTEIER, RESULTATENHETSLEDER, Kontekst, Krav, regel
from forvaltning.model.prosjekt import Prosjekt

fra_bp2 = begge(prosjektet_lever, fra_beslutningspunkt("BP2"))


@regel(
    Prosjekt,
    naar=fra_bp2,
    felter=(
        "innovasjon.dato",
        "innovasjon.av",
        "innovasjon.referanse",
        "innovasjon.metoder",
        "innovasjon.begrunnelse",
        "innovasjon.veileder_brukt",
        "tilstand",
        "avsluttet",
        "beslutningspunkter",
    ),
)
def innovasjon(prosjekt: Prosjekt, ctx: Kontekst) -> Iterator[Observasjon]:
    """Methods are considered, or it is said why not; the guide for the concept phase is used."""
    v = prosjekt.innovasjon
    if v is None:
        yield Mangler(
            ("innovasjon",),
            "innovasjon-mangler",
            "Det er ikke vurdert om innovative metoder skal brukes.",
            "Skriv vurderingen i «innovasjon»: dato, metoder eller begrunnelse, og om veilederen er brukt.",
        )
        return
    yield from krev_vurdering(
        ctx,
        prosjekt,
        ("innovasjon",),
        v,
        hva="Vurderingen av innovative metoder",
        vilkar="innovasjon-vurdert",
    )
    if not v.begrunnelse:
        yield from krev_verdi(
            ("innovasjon", "metoder"),
            v.metoder,
            "metoder-mangler",
            "Ingen innovative metoder er nevnt, og det står ikke hvorfor.",
            "Skriv metodene i «innovasjon.metoder», eller hvorfor ingen passer i «innovasjon.begrunnelse».",
        )
    yield from krev_verdi(
        ("innovasjon", "veileder_brukt"),
        v.veileder_brukt,
        "veileder-mangler",
        "Det står ikke om veilederen for konseptfasen er brukt.",
        "Skriv ja eller nei i «innovasjon.veileder_brukt».",
    )
    if v.veileder_brukt is False:
        yield Feil(
            ("innovasjon", "veileder_brukt"),
            "veileder-ikke-brukt",
            "Veilederen for konseptfasen er ikke brukt.",
            "Gå gjennom veilederen, og skriv ja i «innovasjon.veileder_brukt», eller meld et avvik fra kravet.",
        )


KRAV_9_1 = Krav(
    "9.1",
    tittel="Innovative metoder er vurdert",
    ansvarlig=(RESULTATENHETSLEDER, PROSJEKTEIER),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(innovasjon,),
    modul=__name__,
)
