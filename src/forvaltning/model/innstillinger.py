"""Settings (`forvaltning.yaml`): the default set that ships, extended or overridden by name.

Role types, matrices, scales, criticality classes and code lists are versioned data, not enums in code.
"""

import calendar
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from forvaltning.model.sjekklister import Listedef
from forvaltning.model.typer import Dato, Heltall, JaNei, Organisasjonsnummer, Tekst

FUNKSJONER = ("ansattservice", "sdi", "innbyggerservice", "servicesenteret", "webgruppen")
"""The functions that a unit can fill, by the names in the settings."""
Sakstype = Literal[
    "storre_avvik",
    "mindre_avvik",
    "avvik_som_utloper",
    "brudd_uu",
    "beslutningspunkter",
    "saker_til_radet",
    "meldte_prosjekter",
    "endringer",
    "systemskifter",
    "egne_krav",
]
"""What a forum can have on its agenda (`documents/agenda`)."""
MODELL = 1
"""The model number this version writes and reads without an upgrade."""


class _Del(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())


class Kommune(_Del):
    """The municipality that owns the registry."""

    navn: Tekst = Field(title="Navn", description="Kommunens navn.")
    organisasjonsnummer: Organisasjonsnummer | None = Field(
        None, title="Organisasjonsnummer", description="Ni siffer med gyldig kontrollsiffer."
    )
    kommunenummer: Tekst | None = Field(None, title="Kommunenummer", description="Fire siffer.")


class Eksempel(_Del):
    """Marks the registry as example data that carries its own check date."""

    dato: Dato = Field(title="Dato", description="Datoen alle kommandoer regner fra, når ikke annet er sagt.")
    merknad: Tekst | None = Field(None, title="Merknad", description="Hva eksempelet er.")


class Klasse(_Del):
    """One criticality class; `rang` is highest for the most critical."""

    navn: Tekst = Field(title="Navn", description="Navnet på klassen.")
    rang: Heltall = Field(title="Rang", description="Høyest tall er mest kritisk.")
    hoy: JaNei = Field(title="Høy", description="Om klassen er en av de to høyeste.")
    ros_maneder: Heltall = Field(title="ROS, måneder", description="Måneder mellom hver ROS.")


class Matrise(_Del):
    """A risk matrix as a lookup table: a colour is never computed."""

    navn: Tekst = Field(title="Navn", description="Navnet på matrisen.")
    versjon: Tekst = Field(title="Versjon", description="Versjonen av matrisen.")
    sannsynlighet: dict[str, Tekst] = Field(title="Sannsynlighet", description="Nivåene, lavest først.")
    konsekvens: dict[str, Tekst] = Field(title="Konsekvens", description="Nivåene, lavest først.")
    nivaer: dict[str, Tekst] = Field(title="Nivåer", description="Risikonivåene, lavest først.")
    tabell: dict[str, tuple[Tekst, ...]] = Field(
        title="Tabell", description="En rad for hver sannsynlighet, en kolonne for hver konsekvens."
    )

    def oppslag(self, sannsynlighet: str | None, konsekvens: str | None) -> str | None:
        """The level of one cell, or None when either step is not on the scale."""
        row = self.tabell.get(sannsynlighet or "")
        if row is None or konsekvens not in self.konsekvens:
            return None
        index = list(self.konsekvens).index(konsekvens)
        return row[index] if index < len(row) else None

    def rang(self, niva: str | None) -> int | None:
        """The rank of a level, 0 for the lowest; None when the matrix has no such level."""
        order = list(self.nivaer)
        return order.index(niva) if niva in order else None


class Forum(_Del):
    """A forum of area 10: who meets, how often, who runs it."""

    navn: Tekst = Field(title="Navn", description="Navnet på forumet.")
    rytme: Tekst | None = Field(None, title="Rytme", description="Hvor ofte forumet møtes.")
    deltakere: Tekst | None = Field(None, title="Deltakere", description="Hvem som deltar.")
    ansvar: Tekst | None = Field(None, title="Ansvar", description="Hvem som har sekretariatet.")
    kontakt: Tekst | None = Field(None, title="Kontakt", description="Felles kontaktpunkt.")
    saker: tuple[Sakstype, ...] = Field(
        (), title="Saker", description="Slagene av saker som forumet får på sakslisten fra registeret."
    )
    krav: tuple[Tekst, ...] = Field(
        (), title="Krav", description="Kravene der brudd og frister kommer på sakslisten til forumet."
    )


class Land(_Del):
    """A country and whether it is in the EEA."""

    navn: Tekst = Field(title="Navn", description="Landets navn.")
    eos: JaNei = Field(title="EØS", description="Om landet er med i EØS.")


class Innstillinger(_Del):
    """The settings in force: default set and registry merged."""

    STANDARD: ClassVar[str] = "standard.yaml"

    modell: Heltall = Field(title="Modell", description="Nummeret på modellen registeret er skrevet i.")
    kommune: Kommune | None = Field(None, title="Kommune", description="Kommunen registeret gjelder.")
    eksempel: Eksempel | None = Field(None, title="Eksempel", description="Settes bare i eksempeldata.")
    gjelder_fra: Dato | None = Field(
        None,
        title="Gjelder fra",
        description="Dagen reglementet begynte å gjelde for nye dokumenter og hendelser.",
    )
    historie_fra: Dato | None = Field(
        None,
        title="Historie fra",
        description="Dagen historikken i Git teller fra. Ellers den første innsjekkingen.",
    )
    varslingsvindu_dager: Heltall = Field(
        title="Varslingsvindu, dager", description="Hvor lenge før en frist noe vises som snart."
    )
    intervaller: dict[str, Heltall] = Field(
        title="Intervaller", description="Måneder mellom hver gang, med navn."
    )
    dager: dict[str, Heltall] = Field(title="Dager", description="Frister i dager, med navn.")
    kritikalitetsklasser: dict[str, Klasse] = Field(title="Kritikalitetsklasser", description="Klassene.")
    skalaer: dict[str, dict[str, Tekst]] = Field(
        title="Skalaer", description="Skalaene for KIT, lavest først."
    )
    matriser: dict[str, Matrise] = Field(title="Matriser", description="Risikomatrisene, med id.")
    fora: dict[str, Forum] = Field(title="Fora", description="Samhandlingsforaene.")
    rolletyper: dict[str, Tekst] = Field(title="Rolletyper", description="Rolletypene.")
    kodelister: dict[str, dict[str, Tekst]] = Field(title="Kodelister", description="Kodelistene.")
    prosjektprodukter: dict[str, tuple[Tekst, ...]] = Field(
        title="Prosjektprodukter", description="Obligatoriske produkter for hver fase."
    )
    land: dict[str, Land] = Field(title="Land", description="Landene, med kode på to bokstaver.")
    funksjoner: dict[str, Tekst] = Field(
        default_factory=dict,
        title="Funksjoner",
        description="Enheten som fyller en funksjon: ansattservice, sdi, innbyggerservice, servicesenteret.",
    )
    arkivkjerner: tuple[Tekst, ...] = Field(
        (), title="Arkivkjerner", description="Systemene som er godkjent arkivkjerne uten videre: Bk360."
    )
    kontaktpunkter: dict[str, Tekst] = Field(
        default_factory=dict, title="Kontaktpunkter", description="Felles kontaktpunkter, med navn."
    )

    sjekklister: dict[str, Listedef] = Field(
        default_factory=dict,
        title="Sjekklister",
        description="Egne sjekklister, og endringer i dem som følger med, med navn.",
    )

    @cached_property
    def koder(self) -> dict[str, dict[str, str]]:
        """Every code list by name, those with their own section among them."""
        return {
            **self.kodelister,
            **self.skalaer,
            "kritikalitet": {k: v.navn for k, v in self.kritikalitetsklasser.items()},
            "rolletype": self.rolletyper,
            "forum": {k: v.navn for k, v in self.fora.items()},
            "land": {k: v.navn for k, v in self.land.items()},
        }

    def navn(self, liste: str, kode: str | None) -> str:
        """The words beside a code; the code itself when the list does not hold it."""
        return self.koder.get(liste, {}).get(kode or "", kode or "")

    def rang(self, skala: str, kode: str | None) -> int:
        """Where a level stands on a KIT scale, 1 for the lowest; 0 when it is not set."""
        order = list(self.skalaer.get(skala, {}))
        return order.index(kode) + 1 if kode in order else 0

    def i_eos(self, land: str | None) -> bool:
        """True when the country is in the EEA; an unknown country is not."""
        entry = self.land.get(land or "")
        return entry is not None and entry.eos


def legg_til_maneder(dato: date, maneder: int) -> date:
    """`dato` plus calendar months, clamped to the month's end (domain.md, *frist*)."""
    year, month = divmod(dato.year * 12 + dato.month - 1 + maneder, 12)
    if not 1 <= year <= 9999:
        return date.max if year > 9999 else date.min
    return date(year, month + 1, min(dato.day, calendar.monthrange(year, month + 1)[1]))


def flett(standard: dict[str, Any], eget: dict[str, Any]) -> dict[str, Any]:
    """The default settings with the registry's own on top: mappings merge by name, the rest is replaced."""
    merged = dict(standard)
    for key, value in eget.items():
        if value is None:
            continue
        old = merged.get(key)
        merged[key] = flett(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged
