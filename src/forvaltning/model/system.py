"""IKT systems (`systemer`)."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from forvaltning.model.base import I_BRUK, Del, Liste, Livslop, NavngittPost, feltdef
from forvaltning.model.deler import (
    Arkitekturvurdering,
    Bekreftelse,
    Dokument,
    Gjenbruksvurdering,
    Henvendelser,
    IkkeAktuelt,
    Kit,
    Kritikalitet,
    Nett,
    Plan,
)
from forvaltning.model.typer import (
    Dato,
    EnhetRef,
    JaNei,
    Kode,
    LeverandorRef,
    ProsjektRef,
    RolleRef,
    SystemRef,
    Tekst,
)


class AnnenRolle(Del):
    """A further management role, tied or delimited to systemeier and systemkoordinator (1.4)."""

    id: Tekst = Field(title="Id", description="Kort navn på rollen.")
    rolle: RolleRef | None = feltdef("Rolle", "Rolleposten, når den finnes.")
    beskrivelse: Tekst | None = feltdef("Beskrivelse", "Hva rollen gjør.")
    avgrensning: Tekst | None = feltdef(
        "Avgrensning", "Hvordan rollen er koblet eller avgrenset til systemeier og systemkoordinator."
    )


class Drift(Del):
    """How and by whom the system is run."""

    form: Annotated[str, Kode("driftsform")] | None = feltdef(
        "Driftsform", "Egen drift, leverandør eller sky."
    )
    leverandor: LeverandorRef | None = feltdef("Leverandør", "Leverandøren som drifter systemet.")
    enhet: EnhetRef | None = feltdef("Enhet", "Enheten som drifter systemet.")


class Lagring(Del):
    """Where data lies and is reached from (requirement 3.1)."""

    sted: Tekst | None = feltdef("Sted", "Datasenteret eller tjenesten der dataene ligger.")
    land: Annotated[str, Kode("land")] | None = feltdef("Land", "Landet dataene ligger i.")
    utenfor_kommunen: JaNei | None = feltdef(
        "Utenfor kommunen", "Om dataene ligger utenfor kommunens egne datahaller."
    )
    tilgang_fra: Liste[Annotated[str, Kode("land")]] = feltdef("Tilgang fra", "Land dataene kan nås fra.", ())
    overforingsgrunnlag: Annotated[str, Kode("overforingsgrunnlag")] | None = feltdef(
        "Overføringsgrunnlag", "Grunnlaget for overføring ut av EØS."
    )
    overforingsvurdering: Dokument | None = feltdef("Overføringsvurdering", "Vurderingen av overføringen.")


class Arkiv(Del):
    """Documentation duty, preservation and retention (requirement 3.1)."""

    dokumentasjonspliktig: JaNei | None = feltdef(
        "Dokumentasjonspliktig", "Om systemet har arkivpliktig dokumentasjon."
    )
    arkivkjerne: SystemRef | None = feltdef(
        "Arkivkjerne", "Systemet der dokumentasjonen arkiveres: Bk360 eller annen."
    )
    arkivkjerne_godkjent: Bekreftelse | None = feltdef(
        "Arkivkjerne godkjent", "Godkjenningen av en annen arkivkjerne enn Bk360."
    )
    bevaring: Annotated[str, Kode("bevaring")] | None = feltdef(
        "Bevaring", "Bevares, kasseres eller ikke besluttet."
    )
    oppbevaring: Tekst | None = feltdef(
        "Oppbevaring", "Regelen for hvor lenge dataene oppbevares, og når de slettes."
    )
    hjemmel: Tekst | None = feltdef("Hjemmel", "Hjemmelen for oppbevaring eller kassasjon.")
    ikke_aktuelt: IkkeAktuelt | None = feltdef(
        "Ikke aktuelt", "Hvorfor systemet ikke har dokumentasjonsplikt."
    )
    avlevert: Dokument | None = feltdef("Avlevert", "Overføringen av bevaringsverdig materiale.")
    slettet: Dokument | None = feltdef("Slettet", "Slettingen av resten, etter reglene.")
    leverandor_bekreftet: Dokument | None = feltdef(
        "Leverandør bekreftet", "Leverandørens bekreftelse på sletting eller tilbakelevering."
    )


class Rutine(Del):
    """A routine or guideline for a work process (requirement 1.4)."""

    identitet = ("navn",)

    navn: Tekst = Field(title="Navn", description="Hva rutinen heter.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor rutinen ligger.")
    dato: Dato | None = feltdef("Dato", "Dagen rutinen ble fastsatt eller sist revidert.")


class Arbeidsprosess(Del):
    """One work process of the management (requirements 1.3 and 1.4)."""

    id: Tekst = Field(title="Id", description="Kort navn på arbeidsprosessen.")
    omrade: Annotated[str, Kode("forvaltningsomrade")] | None = feltdef(
        "Område", "Området i reglementet som prosessen hører til."
    )
    navn: Tekst | None = feltdef("Navn", "Hva prosessen heter.")
    besluttet: Bekreftelse | None = feltdef("Besluttet", "Når og av hvem prosessen ble besluttet.")
    dokumentasjon: Tekst | None = feltdef("Dokumentasjon", "Hvor prosessen er dokumentert.")
    rutiner: Liste[Rutine] = feltdef("Rutiner", "Rutiner og retningslinjer for prosessen.", ())
    ikke_aktuelt: IkkeAktuelt | None = feltdef(
        "Ikke aktuelt", "Hvorfor området ikke er aktuelt for systemet."
    )


class Serviceprosess(Del):
    """The tie to the service processes in BkService (requirement 1.2)."""

    bkservice: Tekst | None = feltdef("Innføring i BkService", "Navnet på systemets innføring i BkService.")
    bekreftet: Bekreftelse | None = feltdef("Bekreftet", "Når innføringen sist ble bekreftet.")
    servicestandard: Bekreftelse | None = feltdef(
        "Servicestandard", "Når det ble bekreftet at servicestandarden følges."
    )


class Tilgangsopplaering(Del):
    """Training asked for before access is given (requirement 4.7)."""

    krav: Tekst | None = feltdef("Krav", "Opplæringen som kreves før noen får tilgang.")
    bekreftet: Bekreftelse | None = feltdef("Bekreftet", "Når kravet sist ble bekreftet.")


class Sertifikat(Del):
    """A certificate and the day it expires."""

    id: Tekst = Field(title="Id", description="Kort navn på sertifikatet.")
    navn: Tekst | None = feltdef("Navn", "Hva sertifikatet brukes til.")
    utloper: Dato | None = feltdef("Utløper", "Siste dag sertifikatet gjelder.")
    ansvarlig: RolleRef | None = feltdef("Ansvarlig", "Rollen som fornyer sertifikatet.")


class System(NavngittPost):
    """One IKT system and what the municipality must know about it."""

    kind: ClassVar[str] = "systemer"
    tittel_entall: ClassVar[str] = "system"

    STORRE_FELT: ClassVar[tuple[str, ...]] = ("leverandor", "drift.form", "drift.leverandor", "drift.enhet")
    """Fields where a change found in Git counts as larger (2.1, a default of ours): who delivers the system
    and who runs it. When that shifts, somebody new takes over its management, which is what a handover is
    for. Owner and unit are left out: roles and organisation change without the system being touched."""

    SIKKERHETSFELT: ClassVar[Mapping[str, str]] = {
        "leverandor": "En ny leverandør får hånd om koden og kanskje dataene.",
        "drift.form": "Andre har ansvaret for servere, oppdateringer og sikkerhetskopier.",
        "drift.leverandor": "En ny driftsleverandør får administratortilgang.",
        "drift.enhet": "Andre i kommunen får administratortilgang.",
        "lagring.sted": "Dataene flytter til et annet sted, med annen sikring.",
        "lagring.land": "Dataene kommer under et annet lands regler.",
        "lagring.utenfor_kommunen": "Dataene flytter ut av eller inn i kommunens egne datahaller.",
        "lagring.tilgang_fra": "Flere land betyr flere som kan nå dataene, og andre regler.",
        "eksponering": "Flere eller færre kan nå systemet, og angripe det.",
        "autentisering": "Innloggingen avgjør hvor lett det er å utgi seg for en annen.",
        "personopplysninger": "Med personopplysninger blir skaden ved innbrudd en annen.",
        "adressesperre": "For den som lever på sperret adresse, kan en lekkasje gjelde liv og helse.",
        "kit.konfidensialitet": "Kravet til vern av innholdet er endret.",
        "kit.integritet": "Kravet til at innholdet er riktig, er endret.",
        "kit.tilgjengelighet": "Kravet til at systemet virker, er endret.",
    }
    """Fields where a change can affect security (4.2, a default of ours), and why. Dates and references of
    the assessments are left out: to assess again is not to change."""

    tilstand: Livslop | None = feltdef("Tilstand", "Hvor systemet er i livsløpet.")
    enhet: EnhetRef | None = feltdef("Enhet", "Enheten som eier systemet.")
    systemeier: RolleRef | None = feltdef("Systemeier", "Rollen som er systemeier.")
    systemkoordinator: RolleRef | None = feltdef("Systemkoordinator", "Rollen som er systemkoordinator.")
    behandlingsansvarlige: Liste[RolleRef] = feltdef(
        "Behandlingsansvarlige", "Rollene som er behandlingsansvarlige. Delte systemer har flere.", ()
    )
    andre_roller: Liste[AnnenRolle] = feltdef("Andre roller", "Andre roller i forvaltningen av systemet.", ())
    produksjon_fra: Dato | None = feltdef("Produksjon fra", "Dagen systemet ble tatt i bruk.")
    avvikling_fra: Dato | None = feltdef("Avvikling fra", "Dagen avviklingen startet.")
    avviklet: Dato | None = feltdef("Avviklet", "Dagen systemet ble tatt ut av bruk.")
    behandling_fra: Dato | None = feltdef(
        "Behandling fra", "Dagen behandlingen av personopplysninger startet."
    )
    anskaffet: JaNei | None = feltdef("Anskaffet", "Om systemet er anskaffet fra en ekstern part.")
    leverandor: LeverandorRef | None = feltdef(
        "Leverandør", "Leverandøren som leverer og vedlikeholder systemet."
    )
    drift: Drift | None = feltdef("Drift", "Hvem som drifter systemet, og hvordan.")
    eksponering: Annotated[str, Kode("eksponering")] | None = feltdef(
        "Eksponering", "Hvor systemet kan nås fra."
    )
    autentisering: Liste[Annotated[str, Kode("autentisering")]] = feltdef(
        "Autentisering", "Hvordan brukerne logger inn.", ()
    )
    kritikalitet: Kritikalitet | None = feltdef("Kritikalitet", "Hvor viktig systemet er for tjenestene.")
    kit: Kit | None = feltdef("KIT", "Konfidensialitet, integritet og tilgjengelighet.")
    personopplysninger: JaNei | None = feltdef(
        "Personopplysninger", "Om systemet behandler personopplysninger."
    )
    adressesperre: JaNei | None = feltdef(
        "Adressesperre", "Om personer med fortrolig eller strengt fortrolig adresse er registrert."
    )
    brukere: Liste[Annotated[str, Kode("brukergruppe")]] = feltdef("Brukere", "Hvem som bruker systemet.", ())
    rettsgrunnlag: Liste[Tekst] = feltdef("Rettsgrunnlag", "Hjemmelen for oppgaven systemet brukes til.", ())
    lagring: Lagring | None = feltdef("Lagring", "Hvor dataene ligger og nås fra.")
    arkiv: Arkiv | None = feltdef("Arkiv", "Dokumentasjonsplikt, bevaring og kassasjon.")
    serviceprosess: Serviceprosess | None = feltdef(
        "Serviceprosess", "Tilknytning til BkService og servicestandarden."
    )
    arbeidsprosesser: Liste[Arbeidsprosess] = feltdef(
        "Arbeidsprosesser", "Arbeidsprosessene som forvaltningen omfatter.", ()
    )
    henvendelser: Henvendelser | None = feltdef("Henvendelser", "Hvor henvendelser, feil og avvik meldes.")
    systemoversikt: Bekreftelse | None = feltdef(
        "Systemoversikt", "Når innføringen i systemoversikten sist ble gått gjennom."
    )
    tilgangsopplaering: Tilgangsopplaering | None = feltdef(
        "Opplæring før tilgang", "Opplæring som kreves før tilgang."
    )
    beredskapsplan: Plan | None = feltdef("Beredskapsplan", "Planen for når systemet svikter.")
    kontinuitetsplan: Plan | None = feltdef(
        "Kontinuitetsplan", "Planen for å holde tjenesten i gang uten systemet."
    )
    integrert: JaNei | None = feltdef("Integrert", "Om systemet er integrert med andre.")
    datarutine: Dokument | None = feltdef("Datarutine", "Rutinen for orden i systemets data.")
    ingen_datasett: IkkeAktuelt | None = feltdef("Ingen datasett", "Hvorfor systemet ikke har egne datasett.")
    nett: Nett | None = feltdef("Nett", "Brukskvalitet og universell utforming.")
    arkitektur: Arkitekturvurdering | None = feltdef("Arkitektur", "Vurderingen mot arkitekturprinsippene.")
    gjenbruk: Gjenbruksvurdering | None = feltdef("Gjenbruk", "Vurderingen av gjenbruk og sambruk.")
    prosjekter: Liste[ProsjektRef] = feltdef(
        "Prosjekter", "Prosjektene som innførte eller bygget om systemet.", ()
    )
    sertifikater: Liste[Sertifikat] = feltdef("Sertifikater", "Sertifikater systemet er avhengig av.", ())

    @property
    def omtale(self) -> str:
        """Name and description of a system in use, or of one that does not say (9.2)."""
        used = self.tilstand is None or self.tilstand in I_BRUK
        return f"{self.navn} {self.beskrivelse or ''}" if used else ""
