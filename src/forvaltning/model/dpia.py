"""Data protection impact assessments (`dpia`): threshold assessments and full ones."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from forvaltning.model.base import Beslutning, Del, Liste, NavngittPost, feltdef
from forvaltning.model.deler import Bekreftelse
from forvaltning.model.typer import BehandlingRef, Dato, EnhetRef, JaNei, Kode, RolleRef, Tekst


class PvoRad(Del):
    """The data protection officer's advice (GDPR article 35(2))."""

    dato: Dato | None = feltdef("Dato", "Dagen rådet ble gitt.")
    rad: Tekst | None = feltdef("Råd", "Hva personvernombudet rådet til.")
    av: RolleRef | None = feltdef("Av", "Rollen som ga rådet.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor rådet ligger.")


class Registrertsyn(Del):
    """The data subjects' views, or why they were not sought (GDPR article 35(9))."""

    dato: Dato | None = feltdef("Dato", "Dagen synspunktene ble innhentet.")
    synspunkter: Tekst | None = feltdef("Synspunkter", "Hva de registrerte mente.")
    begrunnelse: Tekst | None = feltdef("Begrunnelse", "Hvorfor synspunktene ikke ble innhentet.")


class Forhandsdroftelse(Del):
    """Prior consultation with Datatilsynet (GDPR article 36)."""

    sendt: Dato | None = feltdef("Sendt", "Dagen saken ble sendt til Datatilsynet.")
    fullfort: Dato | None = feltdef("Fullført", "Dagen forhåndsdrøftelsen var ferdig.")
    referanse: Tekst | None = feltdef("Referanse", "Hvor saken ligger.")


class Dpia(NavngittPost):
    """A threshold assessment or a full impact assessment of one or more processing activities."""

    kind: ClassVar[str] = "dpia"
    tittel_entall: ClassVar[str] = "DPIA"

    type: Literal["terskelvurdering", "full"] = Field(
        title="Type", description="Terskelvurdering eller full DPIA."
    )
    behandlinger: Liste[BehandlingRef] = feltdef("Behandlinger", "Behandlingene som er vurdert.", ())
    enhet: EnhetRef | None = feltdef("Enhet", "Enheten som har vurdert.")
    tilstand: Beslutning | None = feltdef("Tilstand", "Utkast, besluttet eller erstattet.")
    besluttet: Bekreftelse | None = feltdef("Besluttet", "Når behandlingsansvarlig besluttet vurderingen.")
    kriterier: Liste[Annotated[str, Kode("dpia_kriterium")]] = feltdef(
        "Kriterier", "Kriterier for høy risiko som er til stede.", ()
    )
    konklusjon: Annotated[str, Kode("dpia_konklusjon")] | None = feltdef(
        "Konklusjon", "Om høy risiko er sannsynlig (terskelvurdering)."
    )
    begrunnelse: Tekst | None = feltdef("Begrunnelse", "Hvorfor konklusjonen ble slik.")
    formal_og_beskrivelse: Tekst | None = feltdef(
        "Beskrivelse og formål", "Hvor behandlingen og formålene er beskrevet."
    )
    nodvendighet: Tekst | None = feltdef("Nødvendighet", "Hvor nødvendighet og forholdsmessighet er vurdert.")
    risikoer: Tekst | None = feltdef("Risikoer", "Hvor risikoene for de registrerte er vurdert.")
    tiltak: Tekst | None = feltdef("Tiltak", "Hvor tiltakene mot risikoene står.")
    pvo_rad: PvoRad | None = feltdef("Personvernombudets råd", "Rådet fra personvernombudet.")
    registrertes_syn: Registrertsyn | None = feltdef(
        "De registrertes syn", "Synspunktene, eller hvorfor de mangler."
    )
    restrisiko: Annotated[str, Kode("restrisiko")] | None = feltdef(
        "Restrisiko", "Risikoen som er igjen etter tiltak."
    )
    forhandsdroftelse: Forhandsdroftelse | None = feltdef("Forhåndsdrøftelse", "Drøftelsen med Datatilsynet.")
    risiko_endret: Dato | None = feltdef("Risiko endret", "Dagen risikoen ved behandlingen sist endret seg.")
    gjennomgatt: Bekreftelse | None = feltdef("Gjennomgått", "Når vurderingen sist ble gått gjennom på nytt.")
    ekstern: JaNei | None = feltdef("Ekstern", "Om innholdet ligger i arkivet og ikke her.")
    arkivsak: Tekst | None = feltdef("Arkivsak", "Saken der vurderingen ligger.")
