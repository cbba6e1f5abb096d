"""Checklists as data: the lists that ship, extended or overridden by name in `forvaltning.yaml`.

Every field has a default, so that a municipality writes only what it changes. What a list must hold when the
two are put together is checked in `source.sjekklister`.
"""

import re

from pydantic import BaseModel, ConfigDict, Field

from forvaltning.model.typer import JaNei, Tekst

Navn = tuple[Tekst, ...]
_STEG = re.compile(r"([a-z0-9_]+)(?:\[([^\[\]]+)\])?")


def steg(felt: str) -> list[tuple[str, str | None]] | None:
    """``a.b[x].c`` as its steps, each with the identity of a list item; None when it is not written so."""
    out: list[tuple[str, str | None]] = []
    for part in felt.split("."):
        match = _STEG.fullmatch(part)
        if match is None:
            return None
        out.append((match[1], match[2]))
    return out


class _Del(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=(), defer_build=True)


class Gruppedef(_Del):
    """A heading of a checklist; in a handover, a gate."""

    tittel: Tekst | None = Field(None, title="Tittel", description="Overskriften.")
    hjelp: Tekst | None = Field(None, title="Hjelp", description="Én setning under overskriften.")
    lukkes_av: Navn = Field(
        (),
        title="Lukkes av",
        description="Rolletypene som kan lukke porten. «mottaker» er en rolle i en enhet som mottar. Tomt betyr alle roller.",
    )
    produkter: Tekst | None = Field(
        None, title="Produkter", description="Prosjektfasen som de obligatoriske produktene hentes fra."
    )


class Punktdef(_Del):
    """One item: its words, where it stands, what it is for, who answers, and how it is answered.

    With neither `avledet`, `felt` nor `krav` it is ticked by hand.
    """

    tittel: Tekst | None = Field(None, title="Tittel", description="Det som skal være gjort.")
    hjelp: Tekst | None = Field(None, title="Hjelp", description="Hva som ligger i punktet.")
    gruppe: Tekst | None = Field(
        None, title="Gruppe", description="Overskriften eller porten punktet står i."
    )
    slag: Navn = Field(
        (), title="Slag", description="Slagene av poster punktet er for. Tomt betyr alle i listen."
    )
    overleveringstyper: Navn = Field(
        (),
        title="Overleveringstyper",
        description="Overleveringene punktet er for. Tomt betyr alle i listen.",
    )
    rolle: Tekst | None = Field(None, title="Rolle", description="Rolletypen som svarer for punktet.")
    funksjon: Tekst | None = Field(
        None, title="Funksjon", description="Enheten som svarer: ansattservice, sdi …"
    )
    avledet: Tekst | None = Field(None, title="Avledet", description="Spørsmålet registeret svarer på.")
    krav: Tekst | None = Field(
        None, title="Krav", description="Kravet som svarer, når punktet er en del av et."
    )
    regler: Navn = Field((), title="Regler", description="Reglene i kravet som hører til punktet.")
    felt: dict[str, Tekst] = Field(
        default_factory=dict, title="Felt", description="Feltet som svarer på punktet, for hvert slag."
    )
    finnes: JaNei = Field(
        False,
        title="Finnes",
        description="Ja når det er nok at feltet er fylt ut, også med «nei» eller en dag som kommer.",
    )
    fravelges: JaNei = Field(
        False, title="Kan velges bort", description="Ja når et avledet punkt kan merkes som ikke aktuelt."
    )
    utgar: JaNei = Field(False, title="Utgår", description="Ja tar bort et punkt som følger med.")


class Kravsett(_Del):
    """Which requirements a checklist holds, and under which heading each stands."""

    som: Tekst | None = Field(
        None, title="Som", description="Tilstanden kravene vurderes i. Uten verdi: slik posten er."
    )
    gruppe: Tekst | None = Field(None, title="Gruppe", description="Der krav står når ikke annet er sagt.")
    bare: Navn = Field((), title="Bare", description="Kravene som er med. Tomt betyr alle.")
    utenom: Navn = Field((), title="Utenom", description="Krav som ikke er med.")
    unntak: dict[str, Tekst] = Field(
        default_factory=dict, title="Unntak", description="Krav som står et annet sted: nummer og gruppe."
    )
    medfolgende: dict[str, Tekst] = Field(
        default_factory=dict, title="Medfølgende", description="Krav som avgjøres på poster som følger med."
    )


class Listedef(_Del):
    """A whole checklist."""

    tittel: Tekst | None = Field(None, title="Tittel", description="Hva listen heter.")
    hjelp: Tekst | None = Field(None, title="Hjelp", description="Når listen brukes.")
    overleveringstyper: Navn = Field(
        (), title="Overleveringstyper", description="Overleveringene listen er for. Tomt: en liste for seg."
    )
    slag: Navn = Field((), title="Slag", description="Slagene av poster listen kan fylles ut for.")
    grupper: dict[str, Gruppedef] = Field(
        default_factory=dict, title="Grupper", description="Overskriftene, i rekkefølge."
    )
    punkter: dict[str, Punktdef] = Field(
        default_factory=dict, title="Punkter", description="Punktene, i rekkefølge, med id."
    )
    krav: Kravsett | None = Field(None, title="Krav", description="Kravene listen tar med.")
