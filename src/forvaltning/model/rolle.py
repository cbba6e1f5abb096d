"""Roles that are filled (`roller`): functions, never persons."""

from typing import Annotated, ClassVar

from pydantic import Field

from forvaltning.model.base import Del, Liste, Post, feltdef
from forvaltning.model.typer import Dato, EnhetRef, Kode, RolleRef, Tekst


class Delegasjon(Del):
    """Authority that one role has given another, dated."""

    identitet = ("til", "hva")

    til: RolleRef = Field(title="Til", description="Rollen som har fått myndigheten.")
    hva: Annotated[str, Kode("delegasjon")] | None = feltdef("Hva", "Hvilken myndighet som er delegert.")
    dato: Dato | None = feltdef("Dato", "Dagen delegasjonen ble gitt.")
    utlop: Dato | None = feltdef("Utløp", "Siste dag delegasjonen gjelder.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor delegasjonen ligger.")


class Rolle(Post):
    """A role of one type in one unit, with a shared contact point."""

    kind: ClassVar[str] = "roller"
    tittel_entall: ClassVar[str] = "rolle"

    type: Annotated[str, Kode("rolletype")] = Field(
        title="Type", description="Rolletypen fra innstillingene."
    )
    enhet: EnhetRef | None = feltdef("Enhet", "Enheten rollen hører til.")
    stilling: Tekst | None = feltdef("Stilling", "Stillingen eller funksjonen som fyller rollen.")
    kontakt: Tekst | None = feltdef("Kontakt", "Felles adresse eller telefon til rollen, aldri en persons.")
    kodeeier: Tekst | None = feltdef(
        "Kodeeier",
        'Laget som spørres når noe rollen eier, endres: "@organisasjon/lag" i anførselstegn, eller en felles e-post.',
    )
    fra: Dato | None = feltdef("Fra", "Første dag rollen gjelder.")
    til: Dato | None = feltdef("Til", "Siste dag rollen gjelder.")
    delegasjoner: Liste[Delegasjon] = feltdef("Delegasjoner", "Myndighet rollen har gitt videre.", ())

    @property
    def navn(self) -> str:
        """What to call the role: its position, else its id."""
        return self.stilling or self.id

    @property
    def stikkord(self) -> str:
        """The role's type."""
        return self.type
