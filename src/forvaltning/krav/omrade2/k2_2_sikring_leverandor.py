"""Requirement 2.2: external suppliers are security-audited, and procurements set security requirements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from forvaltning.findings import FieldPath
from forvaltning.krav.anskaffelse import krav_i_anskaffelsen
from forvaltning.krav.byggesteiner import i_fortiden
from forvaltning.krav.henvisning import slaa_opp
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Bevis, Mangler, Observasjon, Uavklart, Utloper
from forvaltning.krav.omrade2.felles import innen, styrke
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst, regel
from forvaltning.model.avtale import Avtale
from forvaltning.model.leverandor import Leverandor
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste
from forvaltning.model.viser import normaliser


@regel(
    System,
    Tjeneste,
    naar=i_bruk,
    felter=(
        "anskaffet",
        "leverandor",
        "systemer:drift.form",
        "systemer:drift.leverandor",
        "produksjon_fra",
        "avtaler:leverandor",
        "avtaler:signert",
        "leverandorer:sikkerhetsrevisjoner",
        "leverandorer:sikkerhetsrevisjoner.dato",
        "leverandorer:sikkerhetsrevisjoner.referanse",
    ),
)
def revisjon(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """Each external supplier is security-audited within the interval; first one interval after the start."""
    leverandorer = list(_leverandorer(post, ctx))
    if not leverandorer and ctx.register.er_anskaffet(post):
        avtaler = ctx.register.kontrakter_for(post)
        if avtaler.uleselig is not None:
            yield Uavklart(
                ("leverandor",), f"{avtaler.uleselig.fil} kan ikke leses og kan navngi leverandøren."
            )
        else:
            yield Mangler(
                ("leverandor",),
                "leverandor-mangler",
                "Dette leveres eller driftes utenfra, men leverandøren er ikke oppgitt. Da kan revisjonen ikke ses.",
                "Skriv leverandøren i «leverandor».",
            )
    for ident, felt, avtale in leverandorer:
        if avtale is None:
            problemer = list(slaa_opp(ctx, post, felt, ident, Leverandor, hva="leverandør"))
            yield from problemer
        leverandor = ctx.register.hent(ident, Leverandor)
        if leverandor is not None:
            yield from _revidert(post, leverandor, ctx)
        elif avtale is not None:
            yield Uavklart(felt, f"Leverandøren «{ident}» i «{avtale.id}» kan ikke slås opp.", i=avtale)


def _leverandorer(post: System | Tjeneste, ctx: Kontekst) -> Iterator[tuple[str, FieldPath, Avtale | None]]:
    """The suppliers a record names, and those of its contracts, each once."""
    funnet: list[tuple[str, FieldPath, Avtale | None]] = []
    if post.leverandor:
        funnet.append((post.leverandor, ("leverandor",), None))
    if isinstance(post, System) and post.drift is not None and post.drift.leverandor:
        funnet.append((post.drift.leverandor, ("drift", "leverandor"), None))
    funnet += [(a.leverandor, ("leverandor",), a) for a in ctx.register.kontrakter_for(post) if a.leverandor]
    sett: set[str] = set()
    for ident, felt, avtale in funnet:
        if normaliser(ident) not in sett:
            sett.add(normaliser(ident))
            yield ident, felt, avtale


def _revidert(post: System | Tjeneste, leverandor: Leverandor, ctx: Kontekst) -> Iterator[Observasjon]:
    dag = ctx.register.dag
    siste: tuple[date, int] | None = None
    for n, r in enumerate(leverandor.sikkerhetsrevisjoner):
        if r.dato is None:
            continue
        if not dag.nadd(r.dato):
            yield from i_fortiden(
                ctx,
                ("sikkerhetsrevisjoner", n, "dato"),
                r.dato,
                hva=f"Sikkerhetsrevisjonen av «{leverandor.id}»",
                vilkar="revisjon",
                i=leverandor,
            )
        elif siste is None or r.dato > siste[0]:
            siste = (r.dato, n)
    start = siste[0] if siste else _start(post, leverandor, ctx)
    tiltak = "Gjennomfør en sikkerhetsrevisjon, og før den opp i «sikkerhetsrevisjoner» på leverandøren."
    if start is None:
        yield Mangler(
            ("sikkerhetsrevisjoner",),
            "revisjon-mangler",
            f"Leverandøren «{leverandor.id}» er ikke sikkerhetsrevidert.",
            tiltak,
            i=leverandor,
        )
        return
    frist = dag.maneder_etter(start, ctx.innstillinger.intervaller["sikkerhetsrevisjon"])
    if siste is None:
        melding = f"Leverandøren «{leverandor.id}» er ikke sikkerhetsrevidert innen {norsk_dato(frist)}."
        yield from innen(
            ctx, frist, Mangler(("sikkerhetsrevisjoner",), "revisjon-mangler", melding, tiltak, i=leverandor)
        )
        return
    melding = (
        f"Leverandøren «{leverandor.id}» ble sist sikkerhetsrevidert {norsk_dato(siste[0])}. "
        f"Revisjonen er gyldig til {norsk_dato(frist)}."
    )
    path: FieldPath = ("sikkerhetsrevisjoner", siste[1], "dato")
    yield Utloper(path, "revisjon-utlopt", frist, melding, tiltak, i=leverandor)
    ref = leverandor.sikkerhetsrevisjoner[siste[1]].referanse
    yield Bevis(path, styrke(ref), siste[0], ref, i=leverandor)


def _start(post: System | Tjeneste, leverandor: Leverandor, ctx: Kontekst) -> date | None:
    """When the first round counts from: first signing with the supplier or production, whichever came last."""
    signert = [a.signert for a in ctx.register.avtaler_med(leverandor) if a.signert is not None]
    datoer = [d for d in (min(signert, default=None), post.produksjon_fra) if d is not None]
    return max(datoer, default=None)


@regel(
    System,
    Tjeneste,
    naar=i_bruk,
    felter=(
        "anskaffet",
        "leverandor",
        "prosjekter",
        "avtaler:krav.sikkerhet.dato",
        "avtaler:krav.sikkerhet.referanse",
        "prosjekter:krav.sikkerhet.dato",
        "prosjekter:krav.sikkerhet.referanse",
        "avtaler:prosjekter",
    ),
)
def sikkerhetskrav(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """What is procured had security requirements in its procurement."""
    yield from krav_i_anskaffelsen(ctx, post, "sikkerhet", hva="Sikkerhetskravene", vilkar="sikkerhetskrav")
