"""Organisational units (`enheter`)."""

from typing import Annotated, ClassVar

from pydantic import Field

from forvaltning.model.base import Del, Liste, NavngittPost, feltdef
from forvaltning.model.deler import Bekreftelse, Dokument
from forvaltning.model.typer import Dato, EnhetRef, Kode, RolleRef, Tekst


class Alias(Del):
    """An earlier or other name of a unit, and when it was used."""

    identitet = ("navn",)

    navn: Tekst = Field(title="Navn", description="Det andre navnet.")
    fra: Dato | None = feltdef("Fra", "Første dag navnet gjaldt.")
    til: Dato | None = feltdef("Til", "Siste dag navnet gjaldt.")


class AkseptabelRisiko(Del):
    """The level of risk a department accepts, on one matrix (requirement 4.1)."""

    identitet = ("matrise",)

    matrise: Tekst = Field(title="Matrise", description="Matrisen nivået gjelder for.")
    niva: Tekst | None = feltdef("Nivå", "Det høyeste nivået i matrisen som kan aksepteres uten videre.")
    dato: Dato | None = feltdef("Dato", "Dagen nivået ble besluttet.")
    av: RolleRef | None = feltdef("Av", "Rollen som besluttet nivået.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor beslutningen ligger.")


class Kontroll(Del):
    """A control process or activity with role and rhythm (requirement 4.1)."""

    id: Tekst = Field(title="Id", description="Kort navn på kontrollen.")
    type: Annotated[str, Kode("kontrolltype")] | None = feltdef("Type", "Prosess eller aktivitet.")
    navn: Tekst | None = feltdef("Navn", "Hva som kontrolleres.")
    rolle: Annotated[str, Kode("rolletype")] | None = feltdef("Rolle", "Rolletypen som utfører kontrollen.")
    rytme: Tekst | None = feltdef("Rytme", "Hvor ofte kontrollen gjøres.")


class Opplaering(Del):
    """The training plan of a unit (requirement 4.7)."""

    plan: Dokument | None = feltdef("Plan", "Opplæringsplanen.")
    grupper: Liste[Annotated[str, Kode("opplaeringsgruppe")]] = feltdef(
        "Grupper", "Gruppene planen omfatter.", ()
    )
    siste_runde: Dato | None = feltdef("Siste runde", "Dagen siste opplæringsrunde var ferdig.")


class Enhet(NavngittPost):
    """A unit in the municipality's tree."""

    kind: ClassVar[str] = "enheter"
    tittel_entall: ClassVar[str] = "enhet"

    type: Annotated[str, Kode("enhetstype")] | None = feltdef("Type", "Hva slags enhet dette er.")
    forelder: EnhetRef | None = feltdef("Forelder", "Enheten over denne.")
    alias: Liste[Alias] = feltdef("Alias", "Andre navn enheten har eller har hatt.", ())
    fra: Dato | None = feltdef("Fra", "Første dag enheten fantes.")
    til: Dato | None = feltdef("Til", "Siste dag enheten fantes.")
    kontakt: Tekst | None = feltdef("Kontakt", "Felles kontaktpunkt, aldri en person.")
    kodeeier: Tekst | None = feltdef(
        "Kodeeier",
        'Laget som spørres når rollen ikke har sin egen: "@organisasjon/lag" i anførselstegn, eller en felles e-post.',
    )
    akseptabel_risiko: Liste[AkseptabelRisiko] = feltdef(
        "Akseptabel risiko", "Besluttet nivå for akseptabel risiko, for hver matrise.", ()
    )
    kontroller: Liste[Kontroll] = feltdef("Kontroller", "Styrings- og kontrollprosesser og -aktiviteter.", ())
    risikostyring_gjennomgatt: Bekreftelse | None = feltdef(
        "Risikostyring gjennomgått", "Når nivå og kontroller sist ble gjennomgått."
    )
    opplaering: Opplaering | None = feltdef("Opplæring", "Opplæring i personvern og informasjonssikkerhet.")
