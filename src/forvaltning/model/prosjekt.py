"""Projects, programmes, larger measures and procurements (`prosjekter`)."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from forvaltning.model.base import Del, Liste, NavngittPost, feltdef
from forvaltning.model.deler import Anskaffelseskrav, Arkitekturvurdering, Bekreftelse, Gjenbruksvurdering
from forvaltning.model.typer import (
    Dato,
    EnhetRef,
    Heltall,
    JaNei,
    Kode,
    LeverandorRef,
    ProsjektRef,
    RolleRef,
    Tekst,
)

ProsjektTilstand = Literal[
    "meldt", "konsept", "planlegging", "gjennomforing", "avslutning", "avsluttet", "stanset"
]


class Prosjektbegrunnelse(Del):
    """The justification in BkProsjekt and its parts (requirement 6.1)."""

    referanse: Tekst | None = feltdef("Referanse", "Begrunnelsen i BkProsjekt.")
    mal: Tekst | None = feltdef("Mål", "Målene med prosjektet.")
    omfang: Tekst | None = feltdef("Omfang", "Hva prosjektet omfatter.")
    kostnad: Tekst | None = feltdef("Kostnad", "Hva prosjektet koster.")
    nytte: Tekst | None = feltdef("Nytte", "Nytten for brukere og kommune.")
    potensial: Tekst | None = feltdef("Gevinstpotensial", "Gevinstene som kan tas ut.")
    ansvar: Tekst | None = feltdef("Ansvar", "Hvem som har ansvar for hva.")
    forankring: Tekst | None = feltdef(
        "Strategisk forankring", "Strategien eller planen prosjektet svarer på."
    )
    tidsramme: Tekst | None = feltdef("Tidsramme", "Når prosjektet starter og slutter.")
    registrert: Dato | None = feltdef("Registrert", "Dagen begrunnelsen ble registrert.")
    oppdatert: Dato | None = feltdef("Oppdatert", "Dagen begrunnelsen sist ble oppdatert.")


class Mandatendring(Del):
    """A change of mandate after the start."""

    identitet = ("dato",)

    dato: Dato = Field(title="Dato", description="Dagen mandatet ble endret.")
    hva: Tekst | None = feltdef("Hva", "Hva som ble endret.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor vedtaket ligger.")


class Beslutningspunkt(Del):
    """A decision point that has been passed."""

    identitet = ("punkt",)

    punkt: Annotated[str, Kode("beslutningspunkt")] = Field(title="Punkt", description="BP1 til BP5.")
    dato: Dato | None = feltdef("Dato", "Dagen punktet ble besluttet.")
    av: RolleRef | None = feltdef("Av", "Rollen som besluttet.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor vedtaket ligger.")


class Anbefaling(Del):
    """A recommendation by Digitaliseringsrådet (requirement 6.2)."""

    identitet = ("punkt",)

    punkt: Annotated[str, Kode("beslutningspunkt")] = Field(
        title="Punkt", description="Beslutningspunktet anbefalingen gjelder."
    )
    dato: Dato | None = feltdef("Dato", "Dagen rådet ga anbefalingen.")
    utfall: Annotated[str, Kode("anbefaling")] | None = feltdef("Utfall", "Anbefalt eller ikke anbefalt.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor saken ligger.")


class Produkt(Del):
    """A mandatory product of the project handbook (requirement 6.3)."""

    identitet = ("type",)

    type: Annotated[str, Kode("prosjektprodukt")] = Field(title="Type", description="Hvilket produkt.")
    dato: Dato | None = feltdef("Dato", "Dagen produktet ble godkjent.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor produktet ligger.")


class Statusrapport(Del):
    """One status report (requirement 6.4)."""

    identitet = ("dato",)

    dato: Dato = Field(title="Dato", description="Dagen rapporten ble levert.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor rapporten ligger.")


class Rapportering(Del):
    """The reporting rhythm agreed with the portfolio office (requirement 6.4)."""

    rytme_maneder: Heltall | None = feltdef("Rytme, måneder", "Antall måneder mellom rapportene.")
    avtalt: Bekreftelse | None = feltdef("Avtalt", "Når rytmen ble avtalt med porteføljekontoret.")
    rapporter: Liste[Statusrapport] = feltdef("Rapporter", "Leverte statusrapporter.", ())


class Arkitektursjekkliste(Del):
    """The architecture checklist, gone through with an enterprise architect (requirement 7.3)."""

    dato: Dato | None = feltdef("Dato", "Dagen sjekklisten ble gjennomgått.")
    arkitekt: RolleRef | None = feltdef("Virksomhetsarkitekt", "Virksomhetsarkitekten som deltok.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor den utfylte sjekklisten ligger.")
    i_vedtaket: JaNei | None = feltdef("I vedtaket", "Om sjekklisten er en del av gjennomføringsvedtaket.")


class Innovasjon(Del):
    """Innovative methods considered, or why not (requirement 9.1)."""

    dato: Dato | None = feltdef("Dato", "Dagen det ble vurdert.")
    av: RolleRef | None = feltdef("Av", "Rollen som vurderte.")
    metoder: Liste[Tekst] = feltdef("Metoder", "Innovative metoder som er vurdert eller brukt.", ())
    begrunnelse: Tekst | None = feltdef("Begrunnelse", "Hvorfor innovative metoder ikke er vurdert brukt.")
    veileder_brukt: JaNei | None = feltdef("Veileder brukt", "Om veilederen for konseptfasen er brukt.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor vurderingen ligger.")


class Gevinstplan(Del):
    """The plan for realising benefits."""

    dato: Dato | None = feltdef("Dato", "Planens dato.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor planen ligger.")


class Prosjekt(NavngittPost):
    """One project, programme, sub-project, larger measure or procurement."""

    kind: ClassVar[str] = "prosjekter"
    tittel_entall: ClassVar[str] = "prosjekt"

    type: Annotated[str, Kode("prosjekttype")] | None = feltdef(
        "Type", "Prosjekt, program, delprosjekt, tiltak, anskaffelse."
    )
    tilstand: ProsjektTilstand | None = feltdef("Tilstand", "Fasen prosjektet er i.")
    digitalisering: JaNei | None = feltdef(
        "Digitalisering", "Nei når prosjektet ikke er et digitaliseringsprosjekt."
    )
    del_av: ProsjektRef | None = feltdef("Del av", "Programmet eller prosjektet dette er en del av.")
    enhet: EnhetRef | None = feltdef("Enhet", "Enheten som eier prosjektet.")
    prosjekteier: RolleRef | None = feltdef("Prosjekteier", "Rollen som eier prosjektet.")
    prosjektleder: RolleRef | None = feltdef("Prosjektleder", "Rollen som leder prosjektet.")
    kvalitetsansvarlig: RolleRef | None = feltdef("Kvalitetsansvarlig", "QA for prosjektmetoden.")
    bestiller: RolleRef | None = feltdef("Bestiller", "Rollen som bestilte konseptet.")
    gevinstansvarlig: RolleRef | None = feltdef("Gevinstansvarlig", "Rollen som følger opp gevinstene.")
    registrert: Dato | None = feltdef("Registrert", "Dagen prosjektet ble meldt inn.")
    avsluttet: Dato | None = feltdef("Avsluttet", "Dagen prosjektet ble avsluttet eller stanset.")
    begrunnelse: Prosjektbegrunnelse | None = feltdef("Prosjektbegrunnelse", "Begrunnelsen i BkProsjekt.")
    mandatendringer: Liste[Mandatendring] = feltdef(
        "Mandatendringer", "Endringer av mandatet etter oppstart.", ()
    )
    beslutningspunkter: Liste[Beslutningspunkt] = feltdef(
        "Beslutningspunkter", "Passerte beslutningspunkter.", ()
    )
    anbefalinger: Liste[Anbefaling] = feltdef("Anbefalinger", "Anbefalinger fra Digitaliseringsrådet.", ())
    produkter: Liste[Produkt] = feltdef("Produkter", "Obligatoriske produkter i prosjekthåndboken.", ())
    rapportering: Rapportering | None = feltdef("Rapportering", "Statusrapporteringen.")
    anskaffet: JaNei | None = feltdef("Anskaffelse", "Om prosjektet anskaffer fra en ekstern part.")
    leverandor: LeverandorRef | None = feltdef("Leverandør", "Leverandøren prosjektet har kontrakt med.")
    krav: Anskaffelseskrav | None = feltdef("Krav i anskaffelsen", "Kravene som stilles i anskaffelsen.")
    arkitektur: Arkitekturvurdering | None = feltdef(
        "Arkitektur", "Løsningen vurdert mot arkitekturprinsippene."
    )
    konsept: Arkitekturvurdering | None = feltdef(
        "Konsept", "Valgt konsept vurdert mot arkitekturprinsippene."
    )
    arkitektursjekkliste: Arkitektursjekkliste | None = feltdef(
        "Arkitektursjekkliste", "Sjekklisten for virksomhetsarkitektur."
    )
    innovasjon: Innovasjon | None = feltdef("Innovasjon", "Vurderingen av innovative metoder.")
    gjenbruk: Gjenbruksvurdering | None = feltdef("Gjenbruk", "Vurderingen av gjenbruk og sambruk.")
    gevinstplan: Gevinstplan | None = feltdef("Gevinstplan", "Planen for gevinster.")
    strategimal: Liste[Annotated[str, Kode("strategimal")]] = feltdef(
        "Strategimål", "Mål i digitaliseringsstrategien som prosjektet støtter.", ()
    )
    digitaliseringsplan: Tekst | None = feltdef(
        "Digitaliseringsplan", "Året prosjektet står i Digitaliseringsplanen."
    )
