"""Requirement 6.4: status is reported at the rhythm agreed with the portfolio office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import bevis_av, i_fortiden, krev_bekreftelse
from forvaltning.krav.naar import begge, fra_beslutningspunkt
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon, Utloper
from forvaltning.krav.omrade6.felles import prosjekt_eller_program, ukjent_hovedprosjekt
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import PROSJEKTLEDER, Kontekst, Krav, regel
from forvaltning.model.prosjekt import Prosjekt, Rapportering


@regel(
    Prosjekt,
    naar=begge(prosjekt_eller_program, fra_beslutningspunkt("BP2")),
    felter=(
        "rapportering",
        "rapportering.rytme_maneder",
        "rapportering.avtalt",
        "rapportering.rapporter",
        "beslutningspunkter",
        "tilstand",
        "type",
        "del_av",
    ),
)
def status_er_rapportert(prosjekt: Prosjekt, ctx: Kontekst) -> Iterator[Observasjon]:
    """A rhythm is agreed, and the last report is no older than it says."""
    ukjent = list(ukjent_hovedprosjekt(prosjekt, ctx))
    if ukjent:
        yield from ukjent
        return
    r = prosjekt.rapportering
    if r is None:
        yield Mangler(
            ("rapportering",),
            "rapportering-mangler",
            "Det er ikke oppgitt hvordan prosjektet rapporterer status.",
            "Avtal rytmen med porteføljekontoret, og fyll ut «rapportering».",
        )
        return
    yield from krev_bekreftelse(
        ctx,
        prosjekt,
        ("rapportering", "avtalt"),
        r.avtalt,
        hva="Avtalen med porteføljekontoret om rapportering",
        vilkar="avtalt",
        tiltak="Skriv når rytmen ble avtalt og hvor avtalen ligger, i «rapportering.avtalt».",
    )
    yield from _i_rytme(prosjekt, r, ctx)


def _i_rytme(prosjekt: Prosjekt, r: Rapportering, ctx: Kontekst) -> Iterator[Observasjon]:
    reports: list[tuple[date, int]] = []
    for n, rapport in enumerate(r.rapporter):
        ahead = list(
            i_fortiden(
                ctx,
                ("rapportering", "rapporter", n, "dato"),
                rapport.dato,
                hva="Statusrapporten",
                vilkar="rapport",
            )
        )
        yield from ahead
        if not ahead:
            reports.append((rapport.dato, n))
    if r.rytme_maneder is None:
        yield Mangler(
            ("rapportering", "rytme_maneder"),
            "rytme-mangler",
            "Det står ikke hvor ofte prosjektet skal rapportere.",
            "Skriv antall måneder mellom rapportene i «rytme_maneder».",
        )
        return
    if r.rytme_maneder == 0:
        yield Feil(
            ("rapportering", "rytme_maneder"),
            "rytme-null",
            "Rytmen er satt til null måneder.",
            "Skriv antall måneder mellom rapportene, minst 1.",
        )
        return
    if reports:
        sist, n = max(reports)
        yield _frist(("rapportering", "rapporter", n, "dato"), sist, r.rytme_maneder, ctx)
        yield bevis_av(("rapportering", "rapporter", n), r.rapporter[n])
        return
    start = _start(prosjekt, r, ctx)
    if start is None:
        yield Mangler(
            ("rapportering", "rapporter"),
            "rapport-mangler",
            "Prosjektet har ikke rapportert status.",
            "Rapporter status, og skriv rapporten i «rapporter».",
        )
        return
    yield _frist(("rapportering", "rapporter"), start, r.rytme_maneder, ctx)


def _start(prosjekt: Prosjekt, r: Rapportering, ctx: Kontekst) -> date | None:
    """The start of the first round: BP2 or the agreement, whichever came last."""
    bp2 = ctx.register.beslutningspunkt(prosjekt, "BP2")
    known = [d for d in (bp2.dato if bp2 else None, r.avtalt.dato if r.avtalt else None) if d is not None]
    reached = [d for d in known if ctx.register.dag.nadd(d)]
    return max(reached) if reached else None


def _frist(felt: tuple[str | int, ...], start: date, maneder: int, ctx: Kontekst) -> Utloper:
    siste = ctx.register.dag.maneder_etter(start, maneder)
    return Utloper(
        felt,
        "rapport-utlopt",
        siste,
        f"Neste statusrapport skulle vært levert innen {norsk_dato(siste)}.",
        "Rapporter status til porteføljekontoret, og skriv rapporten i «rapportering.rapporter».",
    )


KRAV_6_4 = Krav(
    "6.4",
    tittel="Prosjektet rapporterer status i avtalt rytme",
    ansvarlig=(PROSJEKTLEDER,),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(status_er_rapportert,),
    modul=__name__,
)
