"""Agreements (`avtaler`): contracts, processing agreements, tjenestebilag and the internal ones."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from forvaltning.model.base import Del, Liste, NavngittPost, feltdef
from forvaltning.model.deler import Anskaffelseskrav, Dokument, IkkeAktuelt
from forvaltning.model.typer import (
    AvtaleRef,
    BehandlingRef,
    Dato,
    EnhetRef,
    Heltall,
    IntegrasjonRef,
    JaNei,
    Kode,
    LeverandorRef,
    ProsjektRef,
    RolleRef,
    SystemRef,
    Tekst,
    TjenesteRef,
)

AvtaleTilstand = Literal["utkast", "signert", "i_kraft", "utlopt", "sagt_opp"]


class Opsjon(Del):
    """An option to prolong."""

    id: Tekst = Field(title="Id", description="Kort navn på opsjonen.")
    til: Dato | None = feltdef("Til", "Ny sluttdato når opsjonen er utløst.")
    frist: Dato | None = feltdef("Frist", "Siste dag opsjonen kan utløses.")
    utlost: Dato | None = feltdef("Utløst", "Dagen opsjonen ble utløst.")


class Endringsbilag(Del):
    """An amendment to the agreement."""

    id: Tekst = Field(title="Id", description="Kort navn på bilaget.")
    dato: Dato | None = feltdef("Dato", "Dagen bilaget ble godkjent.")
    av: RolleRef | None = feltdef("Av", "Rollen som godkjente bilaget.")
    hva: Tekst | None = feltdef("Hva", "Hva bilaget endrer.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor bilaget ligger.")


class Mote(Del):
    """A follow-up meeting with the supplier (requirement 5.4)."""

    identitet = ("dato", "referanse")

    dato: Dato | None = feltdef("Dato", "Dagen møtet ble holdt.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor referatet ligger.")
    av: RolleRef | None = feltdef("Av", "Rollen som møtte for kommunen.")


class Vilkar(Del):
    """Where the agreement regulates each thing a requirement asks for: a clause or annex."""

    tjenesteytelser: Tekst | None = feltdef("Tjenesteytelser", "Bilaget som regulerer tjenestene.")
    kommersielle_vilkar: Tekst | None = feltdef(
        "Kommersielle vilkår", "Bilaget som regulerer pris og betaling."
    )
    samhandling: Tekst | None = feltdef("Samhandling", "Bilaget som regulerer samhandlingen.")
    tjenesteniva: Tekst | None = feltdef("Tjenestenivå", "Avtalt tjenestenivå.")
    responstid: Tekst | None = feltdef("Responstid", "Avtalt responstid.")
    beredskap: Tekst | None = feltdef("Beredskap", "Avtalt beredskap hos leverandøren.")
    driftsniva: Tekst | None = feltdef("Driftsnivå", "Driftsnivået i tjenestebilaget.")
    kostnader: Tekst | None = feltdef("Kostnader", "Kostnadene i tjenestebilaget.")
    overvaking: Tekst | None = feltdef("Overvåking", "Overvåkingen i tjenestebilaget.")
    brukerstotte: Tekst | None = feltdef("Brukerstøtte", "Brukerstøtten i tjenestebilaget.")
    forvaltningsstotte: Tekst | None = feltdef("Forvaltningsstøtte", "Forvaltningsstøtten i tjenestebilaget.")


class Artikkel28(Del):
    """The terms of GDPR article 28(3)(a) to (h), each answered yes or no."""

    a: JaNei | None = feltdef("Bokstav a", "Behandler bare etter dokumenterte instrukser.")
    b: JaNei | None = feltdef("Bokstav b", "De som behandler opplysningene, har taushetsplikt.")
    c: JaNei | None = feltdef("Bokstav c", "Sikkerhetstiltakene i artikkel 32 er på plass.")
    d: JaNei | None = feltdef("Bokstav d", "Vilkårene for å bruke underdatabehandler følges.")
    e: JaNei | None = feltdef("Bokstav e", "Hjelper kommunen å svare på de registrertes rettigheter.")
    f: JaNei | None = feltdef("Bokstav f", "Hjelper kommunen med pliktene i artikkel 32 til 36.")
    g: JaNei | None = feltdef("Bokstav g", "Sletter eller leverer tilbake opplysningene ved opphør.")
    h: JaNei | None = feltdef("Bokstav h", "Gir dokumentasjon og lar kommunen revidere.")


class Databehandling(Del):
    """What a data processing agreement must say (GDPR article 28(3), requirement 5.5)."""

    behandlinger: Liste[BehandlingRef] = feltdef("Behandlinger", "Behandlingene avtalen gjelder.", ())
    gjenstand: Tekst | None = feltdef("Gjenstand", "Hva behandlingen gjelder.")
    varighet: Tekst | None = feltdef("Varighet", "Hvor lenge behandlingen varer.")
    art: Tekst | None = feltdef("Art", "Hva slags behandling det er.")
    formal: Tekst | None = feltdef("Formål", "Hvorfor opplysningene behandles.")
    opplysninger: Liste[Tekst] = feltdef("Opplysninger", "Typer personopplysninger.", ())
    registrerte: Liste[Tekst] = feltdef("Registrerte", "Kategorier av registrerte.", ())
    rettigheter_og_plikter: Tekst | None = feltdef(
        "Rettigheter og plikter", "Hvor avtalen gjør rede for behandlingsansvarliges rettigheter og plikter."
    )
    vilkar: Artikkel28 | None = feltdef("Vilkår", "Vilkårene i artikkel 28 nr. 3 bokstav a til h.")
    underdatabehandlere: Annotated[str, Kode("underdatabehandlergodkjenning")] | None = feltdef(
        "Underdatabehandlere", "Hvordan bruk av underdatabehandlere er godkjent."
    )
    ved_endring: JaNei | None = feltdef(
        "Ved endring",
        "Ja når avtalen kom til ved en endring av kontrakten, og skal være signert før behandlingen.",
    )


class Avtale(NavngittPost):
    """One agreement: parties, dates, roles, what it covers and what it says."""

    kind: ClassVar[str] = "avtaler"
    tittel_entall: ClassVar[str] = "avtale"

    kategorier: Liste[Annotated[str, Kode("avtalekategori")]] = feltdef(
        "Kategorier", "Hva slags avtale det er.", ()
    )
    tilstand: AvtaleTilstand | None = feltdef("Tilstand", "Hvor avtalen er i livsløpet.")
    enhet: EnhetRef | None = feltdef("Enhet", "Enheten som inngår avtalen for kommunen.")
    leverandor: LeverandorRef | None = feltdef("Leverandør", "Den eksterne parten.")
    intern_part: EnhetRef | None = feltdef("Intern part", "Enheten som leverer, i avtaler innen kommunen.")
    signert: Dato | None = feltdef("Signert", "Dagen avtalen ble signert.")
    gyldig_fra: Dato | None = feltdef("Gyldig fra", "Første dag avtalen gjelder.")
    gyldig_til: Dato | None = feltdef(
        "Gyldig til", "Siste dag avtalen gjelder, uten opsjoner som ikke er utløst."
    )
    leveranse_fra: Dato | None = feltdef("Leveranse fra", "Dagen leveransen startet.")
    opsjoner: Liste[Opsjon] = feltdef("Opsjoner", "Opsjoner på forlengelse.", ())
    oppsigelse_maneder: Heltall | None = feltdef("Oppsigelse, måneder", "Oppsigelsestiden i måneder.")
    avtaleeier: RolleRef | None = feltdef("Avtaleeier", "Rollen som eier avtalen for kommunen.")
    avtaleforvalter: RolleRef | None = feltdef("Avtaleforvalter", "Rollen som følger opp avtalen.")
    kontraktsreferanse: Tekst | None = feltdef("Kontraktsreferanse", "Referansen i kontraktssystemet.")
    endringsbilag: Liste[Endringsbilag] = feltdef("Endringsbilag", "Godkjente endringer av avtalen.", ())
    vedlegg_til: AvtaleRef | None = feltdef(
        "Vedlegg til", "Kontrakten en databehandleravtale er vedlegg til."
    )
    systemer: Liste[SystemRef] = feltdef("Systemer", "Systemene avtalen dekker.", ())
    tjenester: Liste[TjenesteRef] = feltdef("Tjenester", "Tjenestene avtalen dekker.", ())
    integrasjoner: Liste[IntegrasjonRef] = feltdef("Integrasjoner", "Dataflytene avtalen dekker.", ())
    prosjekter: Liste[ProsjektRef] = feltdef("Prosjekter", "Prosjektene avtalen er inngått for.", ())
    vilkar: Vilkar | None = feltdef("Vilkår", "Hvor avtalen regulerer det kravene spør etter.")
    krav: Anskaffelseskrav | None = feltdef("Krav i anskaffelsen", "Kravene som ble stilt i anskaffelsen.")
    databehandling: Databehandling | None = feltdef("Databehandling", "Innholdet i en databehandleravtale.")
    oppfolging: Liste[Mote] = feltdef("Oppfølging", "Oppfølgingsmøter med leverandøren.", ())
    oppfolging_ikke_aktuelt: IkkeAktuelt | None = feltdef(
        "Oppfølging ikke aktuelt", "Hvorfor avtalen ikke følges opp i møter."
    )
    gevinster: Liste[Tekst] = feltdef("Gevinster", "Gevinster avtalen skal gi.", ())
    dokument: Dokument | None = feltdef("Dokument", "Hvor den signerte avtalen ligger.")
