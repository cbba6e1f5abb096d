"""Data flows (`integrasjoner`)."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from forvaltning.model.base import Aktivitet, Del, Liste, NavngittPost, feltdef
from forvaltning.model.deler import Dokument
from forvaltning.model.typer import (
    BehandlingRef,
    DatasettRef,
    Dato,
    EnhetRef,
    JaNei,
    Kode,
    LeverandorRef,
    RolleRef,
    SystemRef,
    Tekst,
)


class Endepunkt(Del):
    """One end of a flow: a registered system, a national common component or an external party."""

    system: SystemRef | None = feltdef("System", "Et system i registeret.")
    felleskomponent: Annotated[str, Kode("felleskomponent")] | None = feltdef(
        "Felleskomponent", "En nasjonal felleskomponent."
    )
    ekstern: Tekst | None = feltdef("Ekstern part", "En part utenfor kommunen, med navn.")
    leverandor: LeverandorRef | None = feltdef("Leverandør", "Den eksterne parten som leverandørpost.")


class Integrasjon(NavngittPost):
    """One data flow between two ends."""

    kind: ClassVar[str] = "integrasjoner"
    tittel_entall: ClassVar[str] = "integrasjon"

    SIKKERHETSFELT: ClassVar[Mapping[str, str]] = {
        "tilstand": "Flyten åpnes eller stenges.",
        "fra": "Opplysningene kommer fra et annet sted.",
        "til": "Opplysningene går til andre.",
        "datasett": "Andre opplysninger går ut av systemet.",
        "retning": "Opplysninger går også den andre veien.",
        "mekanisme": "Et annet grensesnitt kan angripes på andre måter.",
        "personopplysninger": "Med personopplysninger blir skaden ved innbrudd en annen.",
    }
    """Fields where a change can affect security at both ends (4.2, a default of ours), and why. The content
    in words is left out: to describe better is not to change."""

    tilstand: Aktivitet | None = feltdef("Tilstand", "Planlagt, aktiv eller avsluttet.")
    fra: Endepunkt | None = Field(None, title="Fra", description="Hvor dataene kommer fra.")
    til: Endepunkt | None = Field(None, title="Til", description="Hvor dataene går.")
    aktiv_fra: Dato | None = feltdef("Aktiv fra", "Dagen flyten ble tatt i bruk.")
    avsluttet: Dato | None = feltdef("Avsluttet", "Dagen flyten ble stanset.")
    datasett: Liste[DatasettRef] = feltdef("Datasett", "Datasettene som overføres.", ())
    innhold: Tekst | None = feltdef("Innhold", "Hva som overføres, i ord.")
    retning: Annotated[str, Kode("retning")] | None = feltdef("Retning", "En vei eller begge veier.")
    mekanisme: Annotated[str, Kode("mekanisme")] | None = feltdef("Mekanisme", "API, fil eller melding.")
    personopplysninger: JaNei | None = feltdef("Personopplysninger", "Om flyten bærer personopplysninger.")
    behandlinger: Liste[BehandlingRef] = feltdef("Behandlinger", "Behandlingene flyten er en del av.", ())
    rettsgrunnlag: Liste[Tekst] = feltdef("Rettsgrunnlag", "Hjemmelen for å dele opplysningene.", ())
    eier: RolleRef | None = feltdef("Eier", "Rollen som eier dataflyten.")
    enhet: EnhetRef | None = feltdef("Enhet", "Enheten som eier dataflyten.")
    dokumentasjon: Dokument | None = feltdef("Dokumentasjon", "Beskrivelsen av grensesnittet.")
