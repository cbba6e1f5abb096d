"""Services (`tjenester`): citizen, employee and IKT services."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from forvaltning.model.base import Del, Liste, Livslop, NavngittPost, feltdef
from forvaltning.model.deler import Bekreftelse, Dokument, Henvendelser, Kit, Kritikalitet, Nett, Plan
from forvaltning.model.typer import (
    Dato,
    Desimaltall,
    EnhetRef,
    JaNei,
    Kode,
    LeverandorRef,
    ProsjektRef,
    RolleRef,
    SystemRef,
    Tekst,
)


class Kanaler(Del):
    """The digital channel and the analogue one that is kept beside it."""

    digital: Tekst | None = feltdef("Digital", "Den digitale kanalen.")
    analog: Tekst | None = feltdef("Analog", "Kanalen for dem som ikke bruker den digitale.")


class Innforing(Del):
    """The entry in the service catalogue or a service overview (requirement 2.1)."""

    oversikt: Annotated[str, Kode("tjenesteoversikt")] | None = feltdef(
        "Oversikt", "Hvilken oversikt tjenesten står i."
    )
    referanse: Tekst | None = feltdef("Referanse", "Innføringens navn eller nummer.")
    dato: Dato | None = feltdef("Dato", "Dagen innføringen sist ble oppdatert.")


class Maling(Del):
    """One measurement of an indicator."""

    identitet = ("dato",)

    dato: Dato = Field(title="Dato", description="Dagen målingen gjelder.")
    verdi: Desimaltall = Field(title="Verdi", description="Målt verdi, med punktum som desimaltegn.")


class Forbedringsplan(Del):
    """What is done when an indicator misses its target."""

    referanse: Tekst | None = feltdef("Referanse", "Hvor planen ligger.")
    frist: Dato | None = feltdef("Frist", "Dagen målet skal være nådd.")


class Indikator(Del):
    """A service indicator with target and measurements (requirement 2.3)."""

    id: Tekst = Field(title="Id", description="Kort navn på indikatoren.")
    type: Annotated[str, Kode("indikatortype")] | None = feltdef("Type", "Hva indikatoren måler.")
    navn: Tekst | None = feltdef("Navn", "Indikatoren i ord.")
    avtalt: Bekreftelse | None = feltdef(
        "Avtalt", "Når Ansattservice og eieren av området avtalte indikatoren."
    )
    retning: Annotated[str, Kode("maltype")] | None = feltdef(
        "Retning", "Om målet er minst eller høyst verdien."
    )
    mal: Desimaltall | None = feltdef("Mål", "Verdien som skal nås, med punktum som desimaltegn.")
    malinger: Liste[Maling] = feltdef("Målinger", "Målinger, med dato.", ())
    plan: Forbedringsplan | None = feltdef("Plan", "Hva som gjøres når målet ikke er nådd.")


class Klarsprak(Del):
    """How a service is presented on web site or intranet (requirement 8.2)."""

    adresse: Tekst | None = feltdef("Adresse", "Adressen til tjenestens side.")
    klart_sprak: Bekreftelse | None = feltdef(
        "Klart språk", "Når teksten sist ble vurdert mot reglene for klart språk."
    )
    inngang: Bekreftelse | None = feltdef(
        "Inngang", "Når det sist ble kontrollert at siden er lett å finne og virker."
    )


class Tjeneste(NavngittPost):
    """One service that the municipality offers."""

    kind: ClassVar[str] = "tjenester"
    tittel_entall: ClassVar[str] = "tjeneste"

    STORRE_FELT: ClassVar[tuple[str, ...]] = ("leverandor", "systemer")
    """Fields where a change found in Git counts as larger (2.1, a default of ours): who delivers the service
    and which systems carry it. Then what users meet, or who helps them, has been replaced. Texts, owner and
    unit are left out. A system that was only forgotten is declared as *sen registrering*."""

    SIKKERHETSFELT: ClassVar[Mapping[str, str]] = {
        "leverandor": "En ny leverandør får hånd om tjenesten og kanskje opplysningene.",
        "systemer": "Tjenesten går på andre systemer, og opplysningene tar en annen vei.",
        "felleskomponenter": "Innlogging og utveksling går gjennom en annen felleskomponent.",
        "personopplysninger": "Med personopplysninger blir skaden ved innbrudd en annen.",
        "adressesperre": "For den som lever på sperret adresse, kan en lekkasje gjelde liv og helse.",
        "kit.konfidensialitet": "Kravet til vern av innholdet er endret.",
        "kit.integritet": "Kravet til at innholdet er riktig, er endret.",
        "kit.tilgjengelighet": "Kravet til at tjenesten virker, er endret.",
    }
    """Fields where a change can affect security (4.2, a default of ours), and why. Systems and common
    components stand here for hosting, authentication and flows, which a service has through them."""

    type: Annotated[str, Kode("tjenestetype")] | None = feltdef(
        "Type", "Innbyggertjeneste, ansattjeneste eller IKT-tjeneste."
    )
    tilstand: Livslop | None = feltdef("Tilstand", "Hvor tjenesten er i livsløpet.")
    enhet: EnhetRef | None = feltdef("Enhet", "Enheten som har tjenesten.")
    eier: RolleRef | None = feltdef("Eier", "Rollen som eier tjenesten.")
    tjenesteansvarlig: RolleRef | None = feltdef("Tjenesteansvarlig", "Rollen som er tjenesteansvarlig.")
    behandlingsansvarlige: Liste[RolleRef] = feltdef(
        "Behandlingsansvarlige", "Rollene som er behandlingsansvarlige.", ()
    )
    tjenesteomrade: Tekst | None = feltdef("Tjenesteområde", "Området tjenesten hører til.")
    malgruppe: Liste[Annotated[str, Kode("brukergruppe")]] = feltdef(
        "Målgruppe", "Hvem tjenesten er for.", ()
    )
    livshendelse: Tekst | None = feltdef("Livshendelse", "Livshendelsen tjenesten er en del av.")
    kanaler: Kanaler | None = feltdef("Kanaler", "Den digitale kanalen og den analoge.")
    selvbetjening: Annotated[str, Kode("selvbetjening")] | None = feltdef(
        "Selvbetjening", "Graden av selvbetjening."
    )
    systemer: Liste[SystemRef] = feltdef("Systemer", "Systemene tjenesten bruker.", ())
    felleskomponenter: Liste[Annotated[str, Kode("felleskomponent")]] = feltdef(
        "Felleskomponenter", "Nasjonale felleskomponenter tjenesten bruker.", ()
    )
    innforing: Innforing | None = feltdef(
        "Innføring", "Innføringen i tjenestekatalogen eller tjenesteoversikten."
    )
    serviceprosess: Tekst | None = feltdef("Serviceprosess", "Serviceprosessen tjenesten følger.")
    henvendelser: Henvendelser | None = feltdef("Henvendelser", "Hvor henvendelser og feil meldes.")
    indikatorer: Liste[Indikator] = feltdef("Indikatorer", "Avtalte måleindikatorer.", ())
    brukerundersokelser: Liste[Dokument] = feltdef(
        "Brukerundersøkelser", "Gjennomførte brukerundersøkelser.", ()
    )
    produksjon_fra: Dato | None = feltdef("Produksjon fra", "Dagen tjenesten ble tatt i bruk.")
    avvikling_fra: Dato | None = feltdef("Avvikling fra", "Dagen avviklingen startet.")
    avviklet: Dato | None = feltdef("Avviklet", "Dagen tjenesten ble lagt ned.")
    behandling_fra: Dato | None = feltdef(
        "Behandling fra", "Dagen behandlingen av personopplysninger startet."
    )
    personopplysninger: JaNei | None = feltdef(
        "Personopplysninger", "Om tjenesten behandler personopplysninger."
    )
    adressesperre: JaNei | None = feltdef(
        "Adressesperre", "Om personer med fortrolig eller strengt fortrolig adresse er registrert."
    )
    anskaffet: JaNei | None = feltdef("Anskaffet", "Om tjenesten er anskaffet fra en ekstern part.")
    leverandor: LeverandorRef | None = feltdef("Leverandør", "Den eksterne leverandøren av tjenesten.")
    kit: Kit | None = feltdef("KIT", "Konfidensialitet, integritet og tilgjengelighet.")
    kritikalitet: Kritikalitet | None = feltdef("Kritikalitet", "Hvor viktig tjenesten er.")
    beredskapsplan: Plan | None = feltdef("Beredskapsplan", "Planen for når tjenesten svikter.")
    kontinuitetsplan: Plan | None = feltdef("Kontinuitetsplan", "Planen for å holde tjenesten i gang.")
    presentasjon: Klarsprak | None = feltdef("Presentasjon", "Siden på nettstedet eller intranettet.")
    nett: Nett | None = feltdef("Nett", "Brukskvalitet og universell utforming.")
    gevinster: Liste[Tekst] = feltdef("Gevinster", "Gevinster tjenesten skal gi.", ())
    strategimal: Liste[Annotated[str, Kode("strategimal")]] = feltdef(
        "Strategimål", "Mål i digitaliseringsstrategien som tjenesten støtter.", ()
    )
    prosjekter: Liste[ProsjektRef] = feltdef(
        "Prosjekter", "Prosjektene som innførte eller endret tjenesten.", ()
    )
