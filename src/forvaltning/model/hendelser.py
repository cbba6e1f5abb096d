"""Declared changes (`endringer`), handovers (`overleveringer`) and deviations (`avvik`)."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from forvaltning.model.base import Del, Liste, Post, feltdef
from forvaltning.model.deler import IkkeAktuelt
from forvaltning.model.typer import (
    Dato,
    EnhetRef,
    JaNei,
    Kode,
    Ref,
    RolleRef,
    RosRef,
    Tekst,
    _Tekst,
)

EndringGjelder = Annotated[
    str, _Tekst(), Ref("systemer", "tjenester", "integrasjoner", "avtaler", "behandlinger", "datasett")
]
OverleveringGjelder = Annotated[str, _Tekst(), Ref("systemer", "tjenester", "integrasjoner")]
Opphav = Annotated[str, _Tekst(), Ref("prosjekter", "endringer")]
AvvikGjelder = Annotated[
    str,
    _Tekst(),
    Ref(
        "systemer",
        "tjenester",
        "integrasjoner",
        "datasett",
        "enheter",
        "behandlinger",
        "leverandorer",
        "avtaler",
        "prosjekter",
    ),
]
AvvikTilstand = Literal["meldt", "besluttet", "avslatt", "lukket"]
Vekt = Literal["mindre", "storre"]


class Endring(Post):
    """A change that somebody declares: what, when, how heavy, and whether security can be affected."""

    kind: ClassVar[str] = "endringer"
    tittel_entall: ClassVar[str] = "endring"

    navn: Tekst | None = feltdef("Navn", "Endringen i få ord.")
    gjelder: EndringGjelder = Field(title="Gjelder", description="Posten som endres.")
    felter: Liste[Tekst] = feltdef("Felter", "Feltene som endres. Tom liste betyr hele posten.", ())
    virkning: Dato | None = feltdef("Virkning", "Dagen endringen får virkning.")
    vekt: Vekt | None = feltdef("Vekt", "Mindre eller større endring.")
    type: Annotated[str, Kode("endringstype")] | None = feltdef(
        "Type", "Endring, retting eller sen registrering."
    )
    sikkerhet: JaNei | None = feltdef("Sikkerhet", "Om endringen kan påvirke sikkerheten.")
    sikkerhet_begrunnelse: Tekst | None = feltdef("Begrunnelse", "Hvorfor sikkerheten ikke blir påvirket.")
    ros: RosRef | None = feltdef("ROS", "ROS-en som dekker endringen.")
    bestilt_av: RolleRef | None = feltdef("Bestilt av", "Rollen som bestilte endringen.")
    innmelder_orientert: Dato | None = feltdef(
        "Innmelder orientert", "Dagen den som meldte behovet, fikk svar."
    )


class Port(Del):
    """A gate of the handover that has been closed by a recorded decision."""

    id: Annotated[str, Kode("port")] = Field(title="Port", description="Hvilken port.")
    lukket: Dato | None = feltdef("Lukket", "Dagen porten ble lukket.")
    av: RolleRef | None = feltdef("Av", "Rollen som lukket porten.")


class Sjekkpunkt(Del):
    """A manual item of the handover checklist."""

    id: Tekst = Field(title="Id", description="Punktets navn i sjekklisten.")
    tilstand: Annotated[str, Kode("punkttilstand")] | None = feltdef(
        "Tilstand", "Åpent, utført eller ikke aktuelt."
    )
    dato: Dato | None = feltdef("Dato", "Dagen punktet ble utført.")
    av: RolleRef | None = feltdef("Av", "Rollen som utførte punktet.")
    dokumentasjon: Tekst | None = feltdef("Dokumentasjon", "Hvor dokumentasjonen ligger.")
    notat: Tekst | None = feltdef("Notat", "Fritekst til punktet.")
    ikke_aktuelt: IkkeAktuelt | None = feltdef("Ikke aktuelt", "Hvorfor punktet ikke er aktuelt.")


class Mottaker(Del):
    """One of the two receivers who sign the handover."""

    identitet = ("enhet",)

    enhet: EnhetRef = Field(title="Enhet", description="Enheten som mottar.")
    signert: Dato | None = feltdef("Signert", "Dagen mottakeren signerte.")
    av: RolleRef | None = feltdef("Av", "Rollen som signerte.")


class Overlevering(Post):
    """One handover of a service, system or flow to management."""

    kind: ClassVar[str] = "overleveringer"
    tittel_entall: ClassVar[str] = "overlevering"

    navn: Tekst | None = feltdef("Navn", "Overleveringen i få ord.")
    gjelder: OverleveringGjelder = Field(title="Gjelder", description="Posten som overleveres.")
    type: Annotated[str, Kode("overleveringstype")] | None = feltdef("Type", "Hva slags overlevering.")
    opphav: Opphav | None = feltdef("Opphav", "Prosjektet eller endringen overleveringen kommer fra.")
    avgiver: RolleRef | None = feltdef("Avgiver", "Rollen som overleverer.")
    startet: Dato | None = feltdef("Startet", "Dagen overleveringen ble startet.")
    produksjon: Dato | None = feltdef("Produksjon", "Dagen løsningen ble satt i produksjon.")
    porter: Liste[Port] = feltdef("Porter", "Portene som er lukket.", ())
    punkter: Liste[Sjekkpunkt] = feltdef("Punkter", "Punktene i sjekklisten som føres for hånd.", ())
    mottakere: Liste[Mottaker] = feltdef("Mottakere", "De to som mottar og signerer.", ())


class Avviksbeslutning(Del):
    """The forum's decision on a deviation."""

    forum: Annotated[str, Kode("forum")] | None = feltdef("Forum", "Forumet som besluttet.")
    dato: Dato | None = feltdef("Dato", "Dagen det ble besluttet.")
    av: RolleRef | None = feltdef("Av", "Rollen som besluttet for forumet.")
    sak: Tekst | None = feltdef("Sak", "Saken beslutningen står i.")


class Avvik(Post):
    """A deviation from one requirement for named records (domain.md, section 4)."""

    kind: ClassVar[str] = "avvik"
    tittel_entall: ClassVar[str] = "avvik"

    navn: Tekst | None = feltdef("Navn", "Avviket i få ord.")
    krav: Tekst = Field(title="Krav", description="Nummeret på kravet det er avvik fra.")
    gjelder: Liste[AvvikGjelder] = Field(title="Gjelder", description="Postene avviket gjelder.")
    felt: Tekst | None = feltdef(
        "Felt", "Feltet avviket gjelder. Uten felt gjelder det hele kravet for postene."
    )
    grunn: Tekst | None = feltdef("Grunn", "Hvorfor kravet ikke kan oppfylles nå.")
    vekt: Vekt | None = feltdef("Vekt", "Mindre eller større avvik.")
    kompenserende_tiltak: Liste[Tekst] = feltdef("Kompenserende tiltak", "Hva som gjøres imens.", ())
    tilstand: AvvikTilstand | None = feltdef("Tilstand", "Meldt, besluttet, avslått eller lukket.")
    meldt: Dato | None = feltdef("Meldt", "Dagen avviket ble meldt.")
    besluttet: Avviksbeslutning | None = feltdef("Besluttet", "Beslutningen.")
    gyldig_til: Dato | None = feltdef("Gyldig til", "Siste dag avviket gjelder.")
    lukket: Dato | None = feltdef("Lukket", "Dagen avviket ble lukket.")
    sent_dokument: JaNei | None = feltdef(
        "Sent dokument", "Ja når avviket gjelder et dokument som kom for sent og ikke kan rettes."
    )
    sak: Tekst | None = feltdef("Sak", "Saken avviket behandles i.")
