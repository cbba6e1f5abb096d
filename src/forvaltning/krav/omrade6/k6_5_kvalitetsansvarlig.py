"""Requirement 6.5: a QA role that resolves, and is not the project manager."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Place, Strength
from forvaltning.krav.henvisning import krev_rolle
from forvaltning.krav.naar import begge, fra_beslutningspunkt
from forvaltning.krav.observasjon import Bevis, Feil, Observasjon
from forvaltning.krav.omrade6.felles import prosjekt_eller_program, ukjent_hovedprosjekt
from forvaltning.krav.typer import PROSJEKTEIER, Kontekst, Krav, regel
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.viser import normaliser


@regel(
    Prosjekt,
    naar=begge(prosjekt_eller_program, fra_beslutningspunkt("BP2")),
    felter=("kvalitetsansvarlig", "prosjektleder", "beslutningspunkter", "tilstand", "type", "del_av"),
)
def kvaliteten_har_en_ansvarlig(prosjekt: Prosjekt, ctx: Kontekst) -> Iterator[Observasjon]:
    """The QA role is filled, of the right type, and another than who leads the project."""
    ukjent = list(ukjent_hovedprosjekt(prosjekt, ctx))
    if ukjent:
        yield from ukjent
        return
    qa, leder = prosjekt.kvalitetsansvarlig, prosjekt.prosjektleder
    yield from krev_rolle(
        ctx, prosjekt, ("kvalitetsansvarlig",), qa, "kvalitetsansvarlig", hva="kvalitetsansvarlig"
    )
    if qa and leder and normaliser(qa) == normaliser(leder):
        yield Feil(
            ("kvalitetsansvarlig",),
            "samme-som-prosjektleder",
            f"«{qa}» er både kvalitetsansvarlig og prosjektleder.",
            "Vis til en annen rolle i «kvalitetsansvarlig».",
            se=(Place(prosjekt.key, ("prosjektleder",), "Samme rolle leder prosjektet"),),
        )
    yield Bevis(("kvalitetsansvarlig",), Strength.MASKINELL)


KRAV_6_5 = Krav(
    "6.5",
    tittel="Prosjektet har en kvalitetsansvarlig for prosjektmetoden",
    ansvarlig=(PROSJEKTEIER,),
    avgjores=(Strength.MASKINELL,),
    regler=(kvaliteten_har_en_ansvarlig,),
    modul=__name__,
)
