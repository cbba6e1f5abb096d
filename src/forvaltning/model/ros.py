"""Risk and vulnerability assessments (`ros`)."""

from typing import Annotated, ClassVar

from pydantic import Field

from forvaltning.model.base import Beslutning, Del, Liste, NavngittPost, feltdef
from forvaltning.model.deler import Bekreftelse
from forvaltning.model.typer import Dato, EnhetRef, Heltall, JaNei, Kode, Ref, RolleRef, RosRef, Tekst, _Tekst

RosGjelder = Annotated[str, _Tekst(), Ref("systemer", "tjenester", "integrasjoner", "endringer")]


class Risiko(Del):
    """One cell in the matrix that the ROS names."""

    sannsynlighet: Tekst | None = feltdef("Sannsynlighet", "Nivå på skalaen til matrisen.")
    konsekvens: Tekst | None = feltdef("Konsekvens", "Nivå på skalaen til matrisen.")
    begrunnelse: Tekst | None = feltdef("Begrunnelse", "Hvorfor nivåene er valgt.")


class Tiltak(Del):
    """A measure against a risk."""

    id: Tekst = Field(title="Id", description="Kort navn på tiltaket.")
    hva: Tekst | None = feltdef("Hva", "Hva som skal gjøres.")
    ansvarlig: RolleRef | None = feltdef("Ansvarlig", "Rollen som gjør det.")
    frist: Dato | None = feltdef("Frist", "Siste dag tiltaket skal være gjort.")
    tilstand: Annotated[str, Kode("tiltakstilstand")] | None = feltdef(
        "Tilstand", "Hvor langt tiltaket er kommet."
    )
    ferdig: Dato | None = feltdef("Ferdig", "Dagen tiltaket var ferdig.")


class Aksept(Del):
    """Someone entitled accepts a risk that lies above the department's level."""

    av: RolleRef | None = feltdef("Av", "Rollen som aksepterer risikoen.")
    dato: Dato | None = feltdef("Dato", "Dagen risikoen ble akseptert.")
    begrunnelse: Tekst | None = feltdef("Begrunnelse", "Hvorfor risikoen aksepteres.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor beslutningen ligger.")


class Scenario(Del):
    """A threat that meets a vulnerability and harms a value."""

    id: Tekst = Field(title="Id", description="Kort navn på scenariet.")
    hendelse: Tekst | None = feltdef("Hendelse", "Hva som kan skje.")
    trussel: Tekst | None = feltdef("Trussel", "Hvem eller hva som utløser det.")
    sarbarhet: Tekst | None = feltdef("Sårbarhet", "Svakheten som gjør det mulig.")
    verdi: Tekst | None = feltdef("Verdi", "Det som kan gå tapt.")
    adressesperre: JaNei | None = feltdef(
        "Adressesperre", "Om scenariet gjelder personer med sperret adresse."
    )
    initial: Risiko | None = feltdef("Før tiltak", "Risikoen før tiltak.")
    rest: Risiko | None = feltdef("Etter tiltak", "Risikoen når tiltakene er gjort.")
    tiltak: Liste[Tiltak] = feltdef("Tiltak", "Tiltakene mot risikoen.", ())
    aksept: Aksept | None = feltdef("Aksept", "Beslutning om å akseptere risikoen.")


class RosSammendrag(Del):
    """What a ROS that is too sensitive for the registry says of itself here."""

    over_aksept: Heltall | None = feltdef("Over aksept", "Antall scenarier over akseptabelt nivå.")
    uten_tiltak: Heltall | None = feltdef(
        "Uten tiltak", "Hvor mange av dem som verken har tiltak eller aksept."
    )
    forfalte_tiltak: Heltall | None = feltdef("Forfalte tiltak", "Antall tiltak der fristen er ute.")
    neste_frist: Dato | None = feltdef("Neste frist", "Fristen for det neste tiltaket.")
    rest_ikke_hoyere: JaNei | None = feltdef(
        "Restrisiko ikke høyere", "Om restrisikoen aldri er høyere enn den var."
    )
    adressesperre_vurdert: JaNei | None = feltdef("Adressesperre vurdert", "Om sperret adresse er vurdert.")
    konklusjon: Tekst | None = feltdef("Konklusjon", "Konklusjonen i én setning.")
    arkivsak: Tekst | None = feltdef("Arkivsak", "Saken der vurderingen ligger.")


class Ros(NavngittPost):
    """One risk assessment; it may cover several systems, services, flows and changes."""

    kind: ClassVar[str] = "ros"
    tittel_entall: ClassVar[str] = "ROS"

    gjelder: Liste[RosGjelder] = feltdef(
        "Gjelder", "Systemene, tjenestene, dataflytene og endringene ROS-en dekker.", ()
    )
    enhet: EnhetRef | None = feltdef("Enhet", "Enheten som eier risikoen.")
    tilstand: Beslutning | None = feltdef("Tilstand", "Utkast, besluttet eller erstattet.")
    metode: Tekst | None = feltdef("Metode", "Metoden som ble brukt.")
    matrise: Tekst | None = feltdef("Matrise", "Id-en til matrisen i innstillingene.")
    dato: Dato | None = feltdef("Dato", "Dagen vurderingen ble gjort.")
    besluttet: Bekreftelse | None = feltdef("Besluttet", "Når og av hvem ROS-en ble besluttet.")
    erstatter: Liste[RosRef] = feltdef("Erstatter", "Tidligere ROS som denne erstatter.", ())
    scenarier: Liste[Scenario] = feltdef("Scenarier", "Scenariene som er vurdert.", ())
    sammendrag: RosSammendrag | None = feltdef(
        "Sammendrag", "Brukes i stedet for scenarier når innholdet er for følsomt for registeret."
    )
