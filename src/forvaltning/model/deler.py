"""The parts that records of several kinds are made of: confirmations, documents, assessments, tests.

Modules with models do without ``from __future__ import annotations`` (see `base`).
"""

from typing import Annotated

from pydantic import Field

from forvaltning.model.base import Del, Liste, feltdef
from forvaltning.model.typer import Dato, JaNei, Kode, RolleRef, Tekst


class Bekreftelse(Del):
    """Someone answers for something on a date: by a role alone, or with a document to show."""

    identitet = ("dato", "referanse")

    dato: Dato | None = feltdef("Dato", "Dagen det ble gjort, vurdert eller bekreftet.")
    av: RolleRef | None = feltdef("Av", "Rollen som gjorde eller bekreftet det.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor dokumentet ligger: arkivsak, adresse eller filnavn.")


class Dokument(Del):
    """A dated document somewhere else."""

    identitet = ("referanse", "dato")

    dato: Dato | None = feltdef("Dato", "Dokumentets dato.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor dokumentet ligger: arkivsak, adresse eller filnavn.")


class IkkeAktuelt(Del):
    """An opt-out: never a bare flag, always a reason, a role and a date."""

    identitet = ("grunn",)

    grunn: Tekst | None = feltdef("Grunn", "Hvorfor dette ikke er aktuelt.")
    av: RolleRef | None = feltdef("Av", "Rollen som har bestemt det.")
    dato: Dato | None = feltdef("Dato", "Dagen det ble bestemt.")


class Kit(Del):
    """Confidentiality, integrity and availability on the municipality's own scales."""

    konfidensialitet: Annotated[str, Kode("konfidensialitet")] | None = feltdef(
        "Konfidensialitet", "Nivå på kommunens skala for konfidensialitet."
    )
    integritet: Annotated[str, Kode("integritet")] | None = feltdef(
        "Integritet", "Nivå på kommunens skala for integritet."
    )
    tilgjengelighet: Annotated[str, Kode("tilgjengelighet")] | None = feltdef(
        "Tilgjengelighet", "Nivå på kommunens skala for tilgjengelighet."
    )
    vurdert: Bekreftelse | None = feltdef("Vurdert", "Når og av hvem KIT ble vurdert.")


class Kritikalitet(Del):
    """The criticality class and the assessment behind it."""

    klasse: Annotated[str, Kode("kritikalitet")] | None = feltdef("Klasse", "Kritikalitetsklassen.")
    vurdert: Bekreftelse | None = feltdef("Vurdert", "Når og av hvem kritikaliteten ble vurdert.")


class Plan(Del):
    """A contingency or continuity plan, and its last test."""

    dato: Dato | None = feltdef("Dato", "Planens dato.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor planen ligger.")
    testet: Dato | None = feltdef("Testet", "Dagen planen sist ble øvd eller testet.")
    testrapport: Tekst | None = feltdef("Testrapport", "Hvor rapporten fra siste test ligger.")


class Henvendelser(Del):
    """Where enquiries, faults, shortcomings and deviations go (requirement 1.5)."""

    forstekontakt: Annotated[str, Kode("forstekontakt")] | None = feltdef(
        "Førstekontakt", "Servicesenteret som tar imot henvendelser først."
    )
    begrunnelse: Tekst | None = feltdef(
        "Begrunnelse", "Hvorfor en annen førstekontakt enn den vanlige er valgt."
    )
    bkservice: Tekst | None = feltdef("Rute i BkService", "Tjenesteprosessen i BkService som saken følger.")


class Prinsippvurdering(Del):
    """One national architecture principle held against a solution (requirements 7.1 and 7.2)."""

    identitet = ("prinsipp",)

    prinsipp: Annotated[str, Kode("arkitekturprinsipp")] | None = feltdef("Prinsipp", "Hvilket prinsipp.")
    vurdering: Annotated[str, Kode("prinsippvurdering")] | None = feltdef(
        "Vurdering", "I tråd, delvis eller ikke."
    )
    begrunnelse: Tekst | None = feltdef(
        "Begrunnelse", "Hvordan løsningen svarer på prinsippet, eller hvorfor ikke."
    )


class Arkitekturvurdering(Del):
    """The seven principles assessed, with date and reference."""

    dato: Dato | None = feltdef("Dato", "Dagen vurderingen ble gjort.")
    av: RolleRef | None = feltdef("Av", "Rollen som vurderte.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor vurderingen ligger.")
    prinsipper: Liste[Prinsippvurdering] = feltdef("Prinsipper", "Vurderingen av hvert prinsipp.", ())


class Gjenbruksvurdering(Del):
    """Sustainability: reuse of an existing solution and shared use (requirement 9.2)."""

    dato: Dato | None = feltdef("Dato", "Dagen vurderingen ble gjort.")
    av: RolleRef | None = feltdef("Av", "Rollen som vurderte.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor vurderingen ligger.")
    gjenbruk: Tekst | None = feltdef("Gjenbruk", "Eksisterende løsninger som ble vurdert, og utfallet.")
    sambruk: Tekst | None = feltdef("Sambruk", "Om løsningen kan brukes på tvers av enheter og sektorer.")


class Standardkrav(Del):
    """Bergen's standard requirements as used in a procurement (requirements 2.2, 4.5 and 8.3)."""

    versjon: Tekst | None = feltdef("Versjon", "Versjonen av standardkravene som ble brukt.")
    dato: Dato | None = feltdef("Dato", "Dagen kravene ble tatt inn.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor kravene ligger i anskaffelsen.")


class Tilleggsbehov(Del):
    """Whether more than the standard requirements was needed (requirement 4.5)."""

    dato: Dato | None = feltdef("Dato", "Dagen behovet ble vurdert.")
    av: RolleRef | None = feltdef("Av", "Rollen som vurderte.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor vurderingen ligger.")
    vurdering: Tekst | None = feltdef(
        "Vurdering", "Hva som trengs ut over standardkravene, eller at intet trengs."
    )


class Anskaffelseskrav(Del):
    """The requirements set in a procurement, kept on the agreement or on the procurement project."""

    personvern_og_sikkerhet: Standardkrav | None = feltdef(
        "Standardkrav for personvern og informasjonssikkerhet", "Standardkravene som er brukt."
    )
    tilleggsbehov: Tilleggsbehov | None = feltdef(
        "Tilleggsbehov", "Vurderingen av behov ut over standardkravene."
    )
    sikkerhet: Dokument | None = feltdef("Sikkerhetskrav", "Sikkerhetskravene som er stilt i anskaffelsen.")
    universell_utforming: Standardkrav | None = feltdef(
        "Standardkrav for universell utforming", "Kravene til universell utforming i anskaffelsen."
    )


class UuBrudd(Del):
    """A known break of the accessibility standard and its case in Digitaliseringsrådet."""

    id: Tekst = Field(title="Id", description="Kort navn på bruddet.")
    kriterium: Tekst | None = feltdef("Kriterium", "Suksesskriteriet som er brutt.")
    konsekvens: Tekst | None = feltdef("Konsekvens", "Hva bruddet betyr for brukerne.")
    plan: Tekst | None = feltdef("Plan", "Hvordan og når bruddet rettes.")
    funnet: Dato | None = feltdef("Funnet", "Dagen bruddet ble funnet.")
    rettet: Dato | None = feltdef("Rettet", "Dagen bruddet ble rettet.")
    sak: Tekst | None = feltdef("Sak", "Saken i Digitaliseringsrådet.")
    behandlet: Dato | None = feltdef("Behandlet", "Dagen Digitaliseringsrådet behandlet saken.")


class UuTest(Del):
    """The last test against the accessibility standard (requirement 8.3)."""

    standard: Annotated[str, Kode("uu_standard")] | None = feltdef(
        "Standard", "Standarden det ble testet mot."
    )
    dato: Dato | None = feltdef("Dato", "Dagen testen ble gjort.")
    resultat: Annotated[str, Kode("uu_resultat")] | None = feltdef("Resultat", "Hva testen viste.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor testrapporten ligger.")


class Flate(Del):
    """One web site, intranet, extranet or app that needs an accessibility statement."""

    id: Tekst = Field(title="Id", description="Kort navn på flaten.")
    type: Annotated[str, Kode("flatetype")] | None = feltdef(
        "Type", "Nettsted, intranett, ekstranett eller app."
    )
    adresse: Tekst | None = feltdef("Adresse", "Adressen til flaten.")
    erklaering: Tekst | None = feltdef("Erklæring", "Adressen til tilgjengelighetserklæringen.")
    oppdatert: Dato | None = feltdef("Oppdatert", "Dagen erklæringen sist ble oppdatert.")


class Sjekkliste(Del):
    """A checklist that has been gone through."""

    dato: Dato | None = feltdef("Dato", "Dagen sjekklisten ble gjennomgått.")
    av: RolleRef | None = feltdef("Av", "Rollen som gikk gjennom den.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor den utfylte sjekklisten ligger.")
    oppfylt: JaNei | None = feltdef("Oppfylt", "Om sjekklisten er tilfredsstilt.")


class Nett(Del):
    """Web presence and accessibility (area 8)."""

    nettlosning: JaNei | None = feltdef("Nettløsning", "Om dette er en nettløsning.")
    brukskvalitet: Sjekkliste | None = feltdef("Brukskvalitet", "Sjekklisten for brukskvalitet.")
    uu: UuTest | None = feltdef("Universell utforming", "Siste test av universell utforming.")
    brudd: Liste[UuBrudd] = feltdef("Brudd", "Kjente brudd på universell utforming.", ())
    flater: Liste[Flate] = feltdef("Flater", "Nettsteder og apper som skal ha tilgjengelighetserklæring.", ())
    ikke_aktuelt: IkkeAktuelt | None = feltdef(
        "Ikke aktuelt", "Hvorfor ingen bruker møter løsningen på skjerm."
    )
