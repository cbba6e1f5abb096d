"""Requirement 4.6: external suppliers are followed up on privacy and information security."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from forvaltning.findings import FieldPath, Strength
from forvaltning.krav.byggesteiner import bevis_av, i_fortiden
from forvaltning.krav.henvisning import krev_rolle
from forvaltning.krav.observasjon import Bevis, Mangler, Observasjon, Uavklart, Utloper
from forvaltning.krav.omrade4.k4_6_leverandoroppfolging_omfang import intervaller, kontrakter, lever
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import AVTALEFORVALTER, PROSJEKTLEDER, Ansvar, Kontekst, Krav, regel
from forvaltning.model.avtale import Avtale
from forvaltning.model.leverandor import Leverandor, Oppfolging
from forvaltning.model.prosjekt import Prosjekt

TEMAER = ("personvern", "informasjonssikkerhet")


def har_kontrakt(leverandor: Leverandor, ctx: Kontekst) -> str | None:
    """Applies while a contract is in force, and when an unreadable file may be one."""
    funnet = kontrakter(leverandor, ctx)
    if funnet or funnet.uleselig is not None:
        return None
    return "Leverandøren har ingen kontrakt i kraft."


@regel(
    Leverandor,
    naar=har_kontrakt,
    felter=(
        "oppfolging",
        "avtaler:leverandor",
        "avtaler:tilstand",
        "avtaler:signert",
        "avtaler:gyldig_fra",
        "avtaler:gyldig_til",
        "avtaler:kategorier",
        "systemer:personopplysninger",
        "systemer:kritikalitet.klasse",
        "tjenester:personopplysninger",
        "tjenester:kritikalitet.klasse",
        "behandlinger:databehandlere",
        "avtaler:opsjoner",
        "avtaler:systemer",
        "avtaler:tjenester",
    ),
)
def fulgt_opp(leverandor: Leverandor, ctx: Kontekst) -> Iterator[Observasjon]:
    """Both subjects within the interval; the first time one interval after the first signing."""
    gjeldende = kontrakter(leverandor, ctx)
    if not gjeldende:
        yield Uavklart(("oppfolging",), "Avtaler kan ikke leses, så det er uklart om en kontrakt er i kraft.")
        return
    yield from _ufullstendige(leverandor, ctx)
    maneder = intervaller(leverandor, ctx)
    start = _start(gjeldende)
    frister: dict[tuple[date, ...], list[str]] = {}
    for tema in TEMAER:
        siste_dager = {_siste(leverandor, tema, m, start, ctx) for m in maneder}
        frister.setdefault(tuple(sorted(d for d in siste_dager if d is not None)), []).append(tema)
    for dager, temaer in frister.items():
        yield from _frist(leverandor, dager, temaer, ctx)
    nyeste = _nyeste(leverandor, ctx)
    if nyeste is not None:
        yield bevis_av(("oppfolging", nyeste[0]), nyeste[1])
    else:
        yield Bevis(("oppfolging",), Strength.MASKINELL)


def _gyldig(o: Oppfolging, ctx: Kontekst) -> bool:
    """A follow-up that has been held, with somebody or something to show for it."""
    return o.dato is not None and ctx.register.dag.nadd(o.dato) and bool(o.av or o.referanse)


def _nyeste(leverandor: Leverandor, ctx: Kontekst) -> tuple[int, Oppfolging] | None:
    held = [(o.dato, n, o) for n, o in enumerate(leverandor.oppfolging) if _gyldig(o, ctx) and o.dato]
    return max(held, key=lambda t: t[:2])[1:] if held else None


def _start(gjeldende: tuple[Avtale, ...]) -> date | None:
    days = [d for a in gjeldende for d in [a.signert or a.gyldig_fra or a.leveranse_fra] if d is not None]
    return min(days, default=None)


def _siste(leverandor: Leverandor, tema: str, maneder: int, start: date | None, ctx: Kontekst) -> date | None:
    """The last good day for one subject, None when it was never taken up and no start is known.

    A follow-up that only a role answers for is never good for more than the interval *bekreftelse*.
    """
    dag = ctx.register.dag
    own = min(maneder, ctx.innstillinger.intervaller["bekreftelse"])
    days = [dag.maneder_etter(start, maneder)] if start is not None else []
    days += [
        dag.maneder_etter(o.dato, maneder if o.referanse else own)
        for o in leverandor.oppfolging
        if o.dato is not None and tema in o.tema and _gyldig(o, ctx)
    ]
    return max(days, default=None)


def _frist(
    leverandor: Leverandor, dager: tuple[date, ...], temaer: list[str], ctx: Kontekst
) -> Iterator[Observasjon]:
    felt: FieldPath = ("oppfolging",)
    vilkar = f"oppfolging-{temaer[0]}" if len(temaer) == 1 else "oppfolging"
    navn = " og ".join(ctx.innstillinger.navn("oppfolgingstema", t).lower() for t in temaer)
    tiltak = "Følg opp leverandøren, og før det opp i «oppfolging» med dato, tema og referanse."
    if not dager:
        yield Mangler(felt, vilkar, f"Leverandøren er ikke fulgt opp på {navn}.", tiltak)
        return
    dag = ctx.register.dag
    if dag.passert(dager[0]) and not dag.passert(dager[-1]):
        yield Uavklart(
            felt,
            f"Det er uklart om leverandøren behandler personopplysninger eller noe kritisk. Fristen for å følge opp "
            f"{navn} er {norsk_dato(dager[0])} eller {norsk_dato(dager[-1])}.",
        )
        return
    siste = dager[-1] if dag.passert(dager[-1]) else dager[0]
    melding = f"Leverandøren skulle vært fulgt opp på {navn} innen {norsk_dato(siste)}."
    yield Utloper(felt, vilkar, siste, melding, tiltak)


def _ufullstendige(leverandor: Leverandor, ctx: Kontekst) -> Iterator[Observasjon]:
    """Dates that are not reached or not there, and what the newest follow-up does not say."""
    dated = [
        (o.dato, n) for n, o in enumerate(leverandor.oppfolging) if o.dato and ctx.register.dag.nadd(o.dato)
    ]
    nyeste = max(dated)[1] if dated else None
    for n, o in enumerate(leverandor.oppfolging):
        felt: FieldPath = ("oppfolging", n)
        if o.dato is None:
            yield Mangler(
                (*felt, "dato"), "oppfolging-dato", "En oppfølging mangler dato.", "Skriv dagen i «dato»."
            )
        yield from i_fortiden(ctx, (*felt, "dato"), o.dato, hva="Oppfølgingen", vilkar="oppfolging-dato")
        if n != nyeste or o.dato is None:
            continue
        if not o.tema:
            yield Mangler(
                (*felt, "tema"),
                "oppfolging-tema",
                f"Oppfølgingen {norsk_dato(o.dato)} sier ikke hva som ble fulgt opp.",
                f"Skriv temaene i «tema»: {', '.join(TEMAER)}.",
            )
        if o.av:
            yield from krev_rolle(
                ctx, leverandor, (*felt, "av"), o.av, hva="rolle", dato=o.dato, vilkar="oppfolging-av"
            )
        elif not o.referanse:
            yield Mangler(
                felt,
                "oppfolging-av",
                f"Oppfølgingen {norsk_dato(o.dato)} har verken rolle eller referat.",
                "Skriv rollen i «av» eller referatet i «referanse».",
            )


def ansvarlig(leverandor: Leverandor, ctx: Kontekst) -> tuple[Ansvar, ...]:
    """The project manager of a live project with the supplier, else the avtaleforvalter of its contracts."""
    gjeldende = kontrakter(leverandor, ctx)
    egne = [
        *ctx.register.viser_til(leverandor, Prosjekt, "leverandor"),
        *ctx.register.hent_alle((p for a in gjeldende for p in a.prosjekter), Prosjekt),
    ]
    live = [p for p in egne if lever(p)]
    if live:
        return (replace(PROSJEKTLEDER, roller=tuple(p.prosjektleder for p in live if p.prosjektleder)),)
    return (
        replace(AVTALEFORVALTER, roller=tuple(a.avtaleforvalter for a in gjeldende if a.avtaleforvalter)),
    )


KRAV_4_6 = Krav(
    "4.6",
    tittel="Leverandørene følges opp på personvern og informasjonssikkerhet",
    ansvarlig=(PROSJEKTLEDER,),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET, Strength.MASKINELL),
    regler=(fulgt_opp,),
    modul=__name__,
    ansvar_for=ansvarlig,
)
