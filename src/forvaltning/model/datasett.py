"""Datasets (`datasett`) and concepts (`begreper`)."""

from typing import Annotated, ClassVar

from pydantic import Field

from forvaltning.model.base import Del, Liste, NavngittPost, Post, feltdef
from forvaltning.model.deler import Bekreftelse, Kit
from forvaltning.model.typer import Adresse, BegrepRef, EnhetRef, JaNei, Kode, RolleRef, SystemRef, Tekst


class Datasett(NavngittPost):
    """Data that one system holds."""

    kind: ClassVar[str] = "datasett"
    tittel_entall: ClassVar[str] = "datasett"

    system: SystemRef | None = feltdef("System", "Systemet som har datasettet.")
    eier: RolleRef | None = feltdef("Eier", "Rollen som eier datasettet.")
    enhet: EnhetRef | None = feltdef("Enhet", "Enheten som eier datasettet.")
    betydning: Tekst | None = feltdef("Betydning", "Hva dataene betyr.")
    tema: Annotated[str, Kode("datatema")] | None = feltdef("Tema", "Temaet i EUs liste for datasett.")
    formal: Tekst | None = feltdef("Formål", "Hva dataene brukes til.")
    brukere: Liste[Tekst] = feltdef("Brukere", "Hvem som bruker dataene.", ())
    arbeidsprosesser: Liste[Tekst] = feltdef("Arbeidsprosesser", "Arbeidsprosessene dataene inngår i.", ())
    rettsgrunnlag: Liste[Tekst] = feltdef("Rettsgrunnlag", "Hjemmelen for å ha dataene.", ())
    tilgang: Annotated[str, Kode("tilgangsniva")] | None = feltdef(
        "Tilgang", "Allmenn, betinget eller ikke-allmenn."
    )
    kit: Kit | None = feltdef("KIT", "Konfidensialitet, integritet og tilgjengelighet.")
    personopplysninger: JaNei | None = feltdef("Personopplysninger", "Om datasettet har personopplysninger.")
    kategorier: Liste[Tekst] = feltdef("Kategorier", "Kategorier av opplysninger.", ())
    begreper: Liste[BegrepRef] = feltdef("Begreper", "Begrepene som forklarer dataene.", ())
    deling: Tekst | None = feltdef("Deling", "Hvordan datasettet deles, eller hvorfor ikke.")
    arkivverdi: Annotated[str, Kode("bevaring")] | None = feltdef(
        "Arkivverdi", "Bevares, kasseres eller ikke besluttet."
    )


class Tospraklig(Del):
    """A text in bokmål and, where it exists, nynorsk."""

    nb: Tekst | None = feltdef("Bokmål", "Teksten på bokmål.")
    nn: Tekst | None = feltdef("Nynorsk", "Teksten på nynorsk.")


class Begrep(Post):
    """A concept that explains data."""

    kind: ClassVar[str] = "begreper"
    tittel_entall: ClassVar[str] = "begrep"

    term: Tospraklig = Field(title="Term", description="Ordet som begrepet heter.")
    definisjon: Tospraklig | None = feltdef("Definisjon", "Hva begrepet betyr.")
    kilde: Tekst | None = feltdef("Kilde", "Hvor definisjonen er hentet fra.")
    adresse: Adresse | None = feltdef("Adresse", "Adressen i begrepskatalogen.")
    gjennomgatt: Bekreftelse | None = feltdef("Gjennomgått", "Når begrepet sist ble gått gjennom.")
    enhet: EnhetRef | None = feltdef("Enhet", "Enheten som har ansvar for begrepet.")

    @property
    def navn(self) -> str:
        """The term in bokmål, else nynorsk, else the id."""
        return self.term.nb or self.term.nn or self.id
