"""Requirement 2.1: the service stands in its overview, and the handover checklist was used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import i_fortiden
from forvaltning.krav.frist import frist_ved_overlevering
from forvaltning.krav.henvisning import forslag
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon, Uavklart
from forvaltning.krav.omrade2.felles import problemer
from forvaltning.krav.omrade2.k2_1_overlevering_hendelser import (
    Hendelse,
    erklaerte,
    etablering,
    funne,
    har_hendelse,
)
from forvaltning.krav.omrade2.k2_1_overlevering_porter import kontroller, mangler_overlevering
from forvaltning.krav.omrade2.k2_1_overlevering_valg import velg
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import SYSTEMEIER, Kontekst, Krav, regel
from forvaltning.model.hendelser import Endring, Overlevering
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

OVERSIKTER: dict[str, tuple[str, ...]] = {
    "ikt_tjeneste": ("tjenestekatalogen",),
    "innbyggertjeneste": ("innbyggerhjelpen",),
    "ansattjeneste": ("ansatthjelpen", "tjenestekatalogen"),
}
"""Service kind → the overviews it may stand in. Ansattservice delivers more than IKT from the catalogue."""


@regel(Tjeneste, naar=i_bruk, felter=("type", "innforing.oversikt", "innforing.referanse", "innforing.dato"))
def innforing(tjeneste: Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """An IKT service stands in the service catalogue, the others in their overview; due at handover."""
    yield from frist_ved_overlevering(ctx, tjeneste.produksjon_fra, _innforing(tjeneste, ctx))


def _innforing(tjeneste: Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    if tjeneste.type is None:
        yield Mangler(
            ("type",),
            "type-mangler",
            "Tjenesten sier ikke om den er en innbyggertjeneste, en ansattjeneste eller en IKT-tjeneste. "
            "Da er det ukjent hvilken oversikt den skal stå i.",
            "Skriv tjenestetypen i «type».",
        )
    inn = tjeneste.innforing
    lovlige = OVERSIKTER.get(tjeneste.type or "", ())
    navn = (
        " eller ".join(ctx.innstillinger.navn("tjenesteoversikt", o) for o in lovlige)
        or "en tjenesteoversikt"
    )
    if inn is None or inn.oversikt is None:
        yield Mangler(
            ("innforing", "oversikt"),
            "oversikt-mangler",
            f"Tjenesten er ikke ført inn i {navn[0].lower() + navn[1:]}.",
            "Før inn tjenesten, og skriv hvilken oversikt den står i, i «innforing».",
        )
        return
    if lovlige and inn.oversikt not in lovlige:
        yield Feil(
            ("innforing", "oversikt"),
            "feil-oversikt",
            f"{ctx.innstillinger.navn('tjenestetype', tjeneste.type)}n er ført inn i "
            f"«{ctx.innstillinger.navn('tjenesteoversikt', inn.oversikt)}», men hører hjemme i «{navn}».",
            "Før den inn i rett oversikt, eller rett «type».",
        )
    if not inn.referanse:
        yield Mangler(
            ("innforing", "referanse"),
            "innforing-referanse-mangler",
            "Innføringen i tjenesteoversikten har verken navn eller nummer.",
            "Skriv innføringens navn eller nummer i «innforing.referanse».",
        )
        return
    yield from i_fortiden(ctx, ("innforing", "dato"), inn.dato, hva="Innføringen", vilkar="innforing")
    yield Bevis(("innforing", "referanse"), Strength.DOKUMENTERT, inn.dato, inn.referanse)


def noe_a_overlevere(post: System | Tjeneste, ctx: Kontekst) -> str | None:
    """In use, with something after `gjelder_fra` that a handover is asked for, or a history not seen."""
    grunn = i_bruk(post, ctx)
    if grunn is not None:
        return grunn
    if not ctx.register.historie.kjent or har_hendelse(post, ctx):
        return None
    tatt_i_bruk = f" {norsk_dato(post.produksjon_fra)}" if post.produksjon_fra else ""
    return f"Tatt i bruk{tatt_i_bruk}, før reglementet begynte å gjelde, og ingen større endring etter det er kjent."


@regel(
    System,
    Tjeneste,
    naar=noe_a_overlevere,
    felter=(
        "produksjon_fra",
        "endringer:gjelder",
        "endringer:felter",
        "endringer:virkning",
        "endringer:vekt",
        "endringer:type",
        "overleveringer:gjelder",
        "overleveringer:type",
        "overleveringer:opphav",
        "overleveringer:produksjon",
        "overleveringer:porter",
        "overleveringer:porter.lukket",
        "overleveringer:porter.av",
        "overleveringer:mottakere",
        "overleveringer:mottakere.signert",
        "overleveringer:mottakere.av",
        "enheter:forelder",
    ),
)
def overlevering(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """A handover was used at establishment and at each larger change, with gates and receivers in time."""
    historie = ctx.register.historie
    if not historie.kjent:
        yield Uavklart(("produksjon_fra",), f"Større endringer kan ikke ses. {historie.grunn}".strip())
    hendelser: list[Hendelse] = []
    for funn in (*etablering(post, ctx), *erklaerte(post, ctx), *funne(post, ctx)):
        if isinstance(funn, Hendelse):
            hendelser.append(funn)
        else:
            yield funn
    overleveringer = ctx.register.overleveringer_av(post)
    for o in overleveringer:
        yield from _opphav(o, ctx)
    valgt = velg(hendelser, overleveringer, timedelta(days=ctx.innstillinger.dager["endring_erstatter"]))
    for h in hendelser:
        brukt = valgt.get(h.nokkel)
        if brukt is None:
            yield from mangler_overlevering(h, overleveringer, ctx)
            continue
        funnet = list(kontroller(post, h, brukt, ctx))
        if overleveringer.uleselig is not None and problemer(funnet, ctx):
            fil = overleveringer.uleselig.fil
            yield Uavklart(h.felt, f"{fil} kan ikke leses og kan være overleveringen ved {h.hva}.", i=h.i)
            continue
        yield from funnet
        lukket = max((p.lukket for p in brukt.porter if p.lukket is not None), default=brukt.produksjon)
        yield Bevis(("porter",), Strength.DOKUMENTERT, lukket, brukt.id, i=brukt)


def _opphav(o: Overlevering, ctx: Kontekst) -> Iterator[Observasjon]:
    """The origin of a handover resolves to a project or a change."""
    if o.opphav is None:
        return
    found = ctx.register.finn(o.opphav)
    hva = f"«{o.opphav}» (opphavet til overleveringen «{o.id}»)"
    if isinstance(found, Uleselig):
        yield Uavklart(("opphav",), f"{hva} kan ikke leses, se {found.fil}.", i=o)
    elif found is None:
        near = forslag(ctx, o.opphav, "prosjekter", "endringer")
        yield Feil(
            ("opphav",),
            "ukjent-henvisning",
            f"{hva} finnes ikke i registeret.",
            f"Rett id-en til prosjektet eller endringen i «opphav».{near}",
            om=o.opphav,
            i=o,
        )
    elif not isinstance(found, Prosjekt | Endring):
        yield Feil(
            ("opphav",),
            "feil-slag-henvisning",
            f"{hva} er {found.tittel_entall}, ikke prosjekt eller endring.",
            "Vis til en post i mappen prosjekter eller endringer.",
            om=o.opphav,
            i=o,
        )


KRAV_2_1 = Krav(
    "2.1",
    tittel="Tjenesten står i oversikten, og overleveringen til forvaltning er gjort",
    ansvarlig=(SYSTEMEIER,),
    avgjores=(Strength.DOKUMENTERT,),
    regler=(innforing, overlevering),
    modul=__name__,
)
