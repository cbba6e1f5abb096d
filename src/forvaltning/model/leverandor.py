"""Suppliers (`leverandorer`)."""

from typing import Annotated, ClassVar

from pydantic import Field

from forvaltning.model.base import Del, Liste, NavngittPost, feltdef
from forvaltning.model.typer import Dato, Kode, LeverandorRef, Organisasjonsnummer, RolleRef, Tekst


class Underdatabehandler(Del):
    """A sub-processor and the basis for using it (GDPR article 28(2) and (4))."""

    identitet = ("navn",)

    navn: Tekst = Field(title="Navn", description="Navnet på underdatabehandleren.")
    leverandor: LeverandorRef | None = feltdef("Leverandør", "Leverandørposten, når den finnes.")
    orgnr: Organisasjonsnummer | None = feltdef(
        "Organisasjonsnummer", "Ni siffer, når virksomheten er norsk."
    )
    land: Annotated[str, Kode("land")] | None = feltdef("Land", "Landet behandlingen skjer i.")
    tjeneste: Tekst | None = feltdef("Tjeneste", "Hva underdatabehandleren gjør.")
    overforingsgrunnlag: Annotated[str, Kode("overforingsgrunnlag")] | None = feltdef(
        "Overføringsgrunnlag", "Grunnlaget for overføring ut av EØS."
    )
    godkjent: Dato | None = feltdef("Godkjent", "Dagen kommunen godkjente underdatabehandleren.")


class Revisjon(Del):
    """A security audit of the supplier (requirement 2.2)."""

    identitet = ("dato", "referanse")

    dato: Dato | None = feltdef("Dato", "Dagen revisjonen var ferdig.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor rapporten ligger.")
    resultat: Tekst | None = feltdef("Resultat", "Hva revisjonen viste.")


class Oppfolging(Del):
    """A follow-up on privacy and security (requirement 4.6)."""

    identitet = ("dato", "referanse")

    dato: Dato | None = feltdef("Dato", "Dagen oppfølgingen ble gjort.")
    av: RolleRef | None = feltdef("Av", "Rollen som fulgte opp.")
    tema: Liste[Annotated[str, Kode("oppfolgingstema")]] = feltdef("Tema", "Hva som ble fulgt opp.", ())
    referanse: Tekst | None = feltdef("Referanse", "Hvor referatet ligger.")


class Varsel(Del):
    """A warning from or about the supplier, and what was done."""

    id: Tekst = Field(title="Id", description="Kort navn på varselet.")
    dato: Dato | None = feltdef("Dato", "Dagen varselet kom.")
    hva: Tekst | None = feltdef("Hva", "Hva varselet gjelder.")
    tiltak: Tekst | None = feltdef("Tiltak", "Hva kommunen gjorde.")
    lukket: Dato | None = feltdef("Lukket", "Dagen varselet var ferdig fulgt opp.")


class Leverandor(NavngittPost):
    """An external party that the municipality has or has had contracts with."""

    kind: ClassVar[str] = "leverandorer"
    tittel_entall: ClassVar[str] = "leverandør"

    orgnr: Organisasjonsnummer | None = feltdef("Organisasjonsnummer", "Ni siffer med gyldig kontrollsiffer.")
    land: Annotated[str, Kode("land")] | None = feltdef("Land", "Landet leverandøren holder til i.")
    kontakt: Tekst | None = feltdef("Kontakt", "Felles kontaktpunkt hos leverandøren.")
    underdatabehandlere: Liste[Underdatabehandler] = feltdef(
        "Underdatabehandlere", "Virksomheter leverandøren bruker til å behandle personopplysninger.", ()
    )
    sikkerhetsrevisjoner: Liste[Revisjon] = feltdef("Sikkerhetsrevisjoner", "Revisjoner av leverandøren.", ())
    oppfolging: Liste[Oppfolging] = feltdef(
        "Oppfølging", "Oppfølging av personvern og informasjonssikkerhet.", ()
    )
    varsler: Liste[Varsel] = feltdef("Varsler", "Varsler fra leverandøren og hva som ble gjort.", ())
