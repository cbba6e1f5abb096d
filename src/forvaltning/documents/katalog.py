"""The table of reports: name, title, what it is for, and whether it is about one record. `report --list` shows it."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forvaltning.documents.grunnlag import Grunnlag
    from forvaltning.documents.visning import Visning


@dataclass(frozen=True, slots=True)
class Rapport:
    """One report. `slag`: the kinds of record it is about, empty for one about the whole registry.

    `post_valgfri`: the record may be left out, and the report is then about all of them.
    """

    navn: str
    tittel: str
    beskrivelse: str
    slag: tuple[str, ...] = ()
    post_valgfri: bool = False

    @property
    def modul(self) -> str:
        """The module that holds its `visning`."""
        return f"forvaltning.documents.rapporter.{self.navn}"

    def view(self) -> Callable[[Grunnlag], Visning]:
        """The function that makes it; imported here, so that one report does not load the others."""
        found: Callable[[Grunnlag], Visning] = importlib.import_module(self.modul).visning
        return found


_ALLE = (
    Rapport(
        "status", "Status for kravene", "Hvor mye som er oppfylt, hva som er brutt, og hva som er endret."
    ),
    Rapport(
        "systemeier",
        "Systemeierens side",
        "Systemene til én systemeier, med det som må gjøres.",
        ("roller",),
        post_valgfri=True,
    ),
    Rapport(
        "system", "Systemkort", "Alt om ett system: roller, avtaler, ROS, data og frister.", ("systemer",)
    ),
    Rapport(
        "systemoversikt", "Systemoversikt", "Systemene med roller, tilstand og siste gjennomgang (krav 1.6)."
    ),
    Rapport(
        "tjenesteoversikt", "Tjenesteoversikt", "Tjenestene med katalog, kanal, selvbetjening og indikatorer."
    ),
    Rapport("behandlingsprotokoll", "Behandlingsprotokoll", "Protokollen over behandlinger (artikkel 30)."),
    Rapport(
        "ros", "Risiko og sårbarhet", "Risiko før og etter tiltak, tiltak over frist og ROS som må fornyes."
    ),
    Rapport("avtaler", "Avtaler", "Hvem som eier avtalene, når de går ut, opsjoner og oppfølging."),
    Rapport("leverandorer", "Leverandører", "Leverandørene med avtaler, revisjoner og oppfølging."),
    Rapport("integrasjoner", "Integrasjoner", "Dataflytene mellom systemer og parter, med hjemmel og eier."),
    Rapport("portefolje", "Prosjektporteføljen", "Prosjektene etter fase, beslutningspunkt og strategimål."),
    Rapport("avvik", "Avvik", "Avvikene fra kravene: hva, hvorfor, hvem som besluttet, og hvor lenge."),
    Rapport("beredskap", "Beredskap", "Kritikalitet, planer og når de sist ble øvd."),
    Rapport("arkiv", "Arkiv", "Arkivplikt, bevaring og kassasjon for hvert system."),
    Rapport("lagring", "Lagring av data", "Hvor dataene ligger, utenfor kommunen og utenfor EØS."),
)
RAPPORTER: dict[str, Rapport] = {r.navn: r for r in _ALLE}
"""Every report by the name that `forvaltning report` takes."""
