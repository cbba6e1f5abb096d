"""Requirement 7.2: the chosen concept is in line with the architecture principles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from forvaltning.findings import Place, Strength
from forvaltning.krav.naar import begge
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon
from forvaltning.krav.omrade7.felles import etter_punkt, krev_prinsipper, krev_punktdato, punktet_er_bundet
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import PROSJEKTEIER, Kontekst, Krav, regel
from forvaltning.model.prosjekt import Prosjekt


@regel(
    Prosjekt,
    naar=begge(etter_punkt("BP2"), punktet_er_bundet("BP2")),
    felter=(
        "konsept.dato",
        "konsept.av",
        "konsept.referanse",
        "konsept.prinsipper",
        "beslutningspunkter",
        "tilstand",
        "avsluttet",
    ),
)
def konseptet_er_vurdert(prosjekt: Prosjekt, ctx: Kontekst) -> Iterator[Observasjon]:
    """The concept is judged against each principle by BP2, and what is not in line has a decided reason."""
    for point in krev_punktdato(prosjekt, "BP2", ctx):
        if not isinstance(point, date):
            yield point
            return
        yield from krev_prinsipper(
            ctx,
            prosjekt,
            "konsept",
            prosjekt.konsept,
            hva="Vurderingen av konseptet mot arkitekturprinsippene",
            tiltak="Vurder valgt konsept mot hvert prinsipp, og vis til dokumentet i «konsept».",
        )
        yield from _i_tide(prosjekt, point, ctx)
        yield from _ikke_i_trad(prosjekt)


def _i_tide(prosjekt: Prosjekt, bp2: date, ctx: Kontekst) -> Iterator[Observasjon]:
    """Judged no later than BP2. A judgement that came late can not be mended."""
    dato = prosjekt.konsept.dato if prosjekt.konsept else None
    if dato is None or dato <= bp2 or not ctx.register.dag.nadd(dato):
        return
    yield Feil(
        ("konsept", "dato"),
        "konsept-etter-bp2",
        f"Konseptet ble vurdert {norsk_dato(dato)}, etter at BP2 ble besluttet {norsk_dato(bp2)}.",
        "Rett datoen hvis den er feil. Ellers kan det gjøres opp med et avvik som lukkes.",
        se=(Place(prosjekt.key, ("beslutningspunkter",), "BP2."),),
        sent=True,
    )


def _ikke_i_trad(prosjekt: Prosjekt) -> Iterator[Observasjon]:
    """*Not in line* takes a reason; the assessment's role or document tells that it is decided."""
    for n, p in enumerate(prosjekt.konsept.prinsipper if prosjekt.konsept else ()):
        if p.vurdering == "ikke_i_trad" and not p.begrunnelse:
            yield Mangler(
                ("konsept", "prinsipper", n, "begrunnelse"),
                "ikke-i-trad-uten-grunn",
                f"Konseptet er ikke i tråd med prinsippet {p.prinsipp or '(uten navn)'}, og grunnen er ikke oppgitt.",
                "Skriv den besluttede grunnen i «begrunnelse», eller velg et konsept som er i tråd med prinsippet.",
            )


KRAV_7_2 = Krav(
    "7.2",
    tittel="Valgt konsept er i tråd med arkitekturprinsippene",
    ansvarlig=(PROSJEKTEIER,),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(konseptet_er_vurdert,),
    modul=__name__,
)
