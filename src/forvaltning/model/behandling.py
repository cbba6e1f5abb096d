"""Processing activities (`behandlinger`): the record that GDPR article 30 asks for."""

from typing import Annotated, ClassVar

from pydantic import Field

from forvaltning.model.base import Aktivitet, Del, Liste, NavngittPost, feltdef
from forvaltning.model.deler import Bekreftelse
from forvaltning.model.typer import (
    AvtaleRef,
    Dato,
    EnhetRef,
    IntegrasjonRef,
    JaNei,
    Kode,
    LeverandorRef,
    RolleRef,
    SystemRef,
    Tekst,
    TjenesteRef,
)


class Opplysning(Del):
    """A category of personal data and whether it is special or concerns crime."""

    identitet = ("kategori",)

    kategori: Tekst = Field(title="Kategori", description="Hva slags opplysninger.")
    art: Annotated[str, Kode("opplysningsart")] | None = feltdef(
        "Art", "Alminnelig, særlig kategori eller straffbare forhold."
    )


class Tredjeland(Del):
    """A transfer to a third country (GDPR articles 44 to 49)."""

    identitet = ("land",)

    land: Annotated[str, Kode("land")] = Field(
        title="Land", description="Landet opplysningene overføres til."
    )
    grunnlag: Annotated[str, Kode("overforingsgrunnlag")] | None = feltdef(
        "Grunnlag", "Overføringsgrunnlaget."
    )
    garantier: Tekst | None = feltdef("Garantier", "De nødvendige garantiene.")


class Slettefrist(Del):
    """When a category of data is deleted."""

    identitet = ("kategori",)

    kategori: Tekst = Field(title="Kategori", description="Opplysningene fristen gjelder.")
    frist: Tekst | None = feltdef("Frist", "Når opplysningene slettes.")
    hendelse: Tekst | None = feltdef("Hendelse", "Hendelsen fristen regnes fra.")


class Behandlingsgrunnlag(Del):
    """A legal basis in GDPR articles 6, 9 and 10, and the national one."""

    identitet = ("art6", "art9", "hjemmel")

    art6: Annotated[str, Kode("art6")] | None = feltdef("Artikkel 6", "Bokstaven i artikkel 6 nr. 1.")
    art9: Annotated[str, Kode("art9")] | None = feltdef("Artikkel 9", "Bokstaven i artikkel 9 nr. 2.")
    art10: Tekst | None = feltdef("Artikkel 10", "Grunnlaget for opplysninger om straffbare forhold.")
    hjemmel: Tekst | None = feltdef("Hjemmel", "Den nasjonale hjemmelen.")
    utenfor_oppgaver: JaNei | None = feltdef(
        "Utenfor oppgaver", "Ja når behandlingen ikke er ledd i kommunens oppgaver som offentlig myndighet."
    )


class Databehandler(Del):
    """Another legal entity that takes part in the activity."""

    identitet = ("leverandor",)

    leverandor: LeverandorRef = Field(
        title="Leverandør", description="Virksomheten som behandler opplysningene."
    )
    rolle: Annotated[str, Kode("databehandlerrolle")] | None = feltdef(
        "Rolle", "Databehandler, selvstendig behandlingsansvarlig eller uten tilgang."
    )
    begrunnelse: Tekst | None = feltdef("Begrunnelse", "Hvorfor virksomheten ikke er databehandler.")
    behandler_fra: Dato | None = feltdef(
        "Behandler fra", "Dagen virksomheten begynte å behandle opplysningene."
    )
    avtale: AvtaleRef | None = feltdef("Avtale", "Databehandleravtalen.")


class Behandling(NavngittPost):
    """One processing activity."""

    kind: ClassVar[str] = "behandlinger"
    tittel_entall: ClassVar[str] = "behandling"

    tilstand: Aktivitet | None = feltdef("Tilstand", "Planlagt, aktiv eller avsluttet.")
    enhet: EnhetRef | None = feltdef("Enhet", "Enheten som behandler opplysningene.")
    behandlingsansvarlige: Liste[RolleRef] = feltdef(
        "Behandlingsansvarlige", "Rollene som er behandlingsansvarlige.", ()
    )
    felles_behandlingsansvarlige: Liste[Tekst] = feltdef(
        "Felles behandlingsansvarlige", "Andre virksomheter som er felles behandlingsansvarlige.", ()
    )
    personvernombud: RolleRef | None = feltdef("Personvernombud", "Rollen som er personvernombud.")
    behandling_fra: Dato | None = feltdef("Behandling fra", "Dagen behandlingen startet.")
    avsluttet: Dato | None = feltdef("Avsluttet", "Dagen behandlingen sluttet.")
    formal: Liste[Tekst] = feltdef("Formål", "Formålene med behandlingen.", ())
    registrerte: Liste[Annotated[str, Kode("registrertgruppe")]] = feltdef(
        "Registrerte", "Kategorier av registrerte.", ()
    )
    opplysninger: Liste[Opplysning] = feltdef("Opplysninger", "Kategorier av personopplysninger.", ())
    mottakere: Liste[Tekst] = feltdef("Mottakere", "Kategorier av mottakere.", ())
    mottakere_begrunnelse: Tekst | None = feltdef("Ingen mottakere", "Hvorfor ingen får opplysningene.")
    tredjeland: Liste[Tredjeland] = feltdef("Tredjeland", "Overføringer ut av EØS.", ())
    sletting: Liste[Slettefrist] = feltdef("Sletting", "Slettefrister for hver kategori.", ())
    sletting_begrunnelse: Tekst | None = feltdef(
        "Ingen slettefrist", "Hvorfor slettefrister ikke kan oppgis."
    )
    sikkerhetstiltak: Tekst | None = feltdef("Sikkerhetstiltak", "Sikkerhetstiltakene i grove trekk.")
    sikkerhetstiltak_begrunnelse: Tekst | None = feltdef(
        "Ingen sikkerhetstiltak", "Hvorfor sikkerhetstiltak ikke kan beskrives."
    )
    behandlingsgrunnlag: Liste[Behandlingsgrunnlag] = feltdef("Behandlingsgrunnlag", "Rettslig grunnlag.", ())
    systemer: Liste[SystemRef] = feltdef("Systemer", "Systemene behandlingen skjer i.", ())
    tjenester: Liste[TjenesteRef] = feltdef("Tjenester", "Tjenestene behandlingen er en del av.", ())
    integrasjoner: Liste[IntegrasjonRef] = feltdef(
        "Integrasjoner", "Dataflytene behandlingen er en del av.", ()
    )
    databehandlere: Liste[Databehandler] = feltdef("Databehandlere", "Andre virksomheter i behandlingen.", ())
    bekreftet: Bekreftelse | None = feltdef(
        "Bekreftet", "Når behandlingsansvarlig sist bekreftet protokollen."
    )
