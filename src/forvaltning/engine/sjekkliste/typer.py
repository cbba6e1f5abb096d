"""What a filled-in checklist is: plain, frozen values that views, verbs and the JSON form share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from forvaltning.engine.resultat import Svikt
from forvaltning.findings import Evidence, FieldPath, FindingKind, Responsible, Strength


class Art(StrEnum):
    """How an item is answered: ticked by a role, worked out from the registry, or a requirement's verdict."""

    MANUELL = "manuell"
    AVLEDET = "avledet"
    KRAV = "krav"


class Punkttilstand(StrEnum):
    """Where an item stands. *Ikke avgjort* blocks a gate like an open one: nobody has seen that it is done."""

    UTFORT = "utfort"
    APENT = "apent"
    IKKE_AKTUELT = "ikke_aktuelt"
    IKKE_AVGJORT = "ikke_avgjort"


BLOKKERER = frozenset({Punkttilstand.APENT, Punkttilstand.IKKE_AVGJORT})
"""The states that keep a gate from being closed."""


@dataclass(frozen=True, slots=True)
class Sted:
    """Where something is to be written: the record, the path in it, and the field in words a reader can search.

    `post` is ``"systemer/bk360"`` (a record that is not made yet may be named: ``"overleveringer/…"`` is then
    the empty text). `felt` addresses list items by identity: ``punkter[enhetstest]``.
    """

    post: str
    path: FieldPath
    felt: str


@dataclass(frozen=True, slots=True)
class Mangel:
    """One thing that keeps an item open: what is wrong, how it is mended, and where that is written."""

    melding: str
    tiltak: str
    sted: Sted | None = None
    slag: FindingKind | None = None
    """For a requirement: missing, at odds, or past its date."""


@dataclass(frozen=True, slots=True)
class Punkt:
    """One item of a checklist with its answer."""

    id: str
    """Stable: the item's name in the list, ``krav-4.2`` for a requirement, ``krav-2.2-tjenestebilag`` for a part."""
    gruppe: str
    """The gate (``for_produksjon`` …) or, in other lists, the heading it stands under."""
    tittel: str
    hjelp: str
    art: Art
    tilstand: Punkttilstand
    krav: str | None = None
    """The requirement's number, for art KRAV."""
    kan_fravelges: bool = False
    """Whether the item may be marked *ikke aktuelt* by hand with reason, role and date.

    True for every manual item, and for the derived ones that the list says so of."""
    dato: date | None = None
    """The day the item was done, where one is known."""
    av: str | None = None
    """The role (record id) that ticked it or opted out."""
    dokumentasjon: str | None = None
    styrke: Strength | None = None
    """What a done item rests on; None for the others."""
    bevis: tuple[Evidence, ...] = ()
    mangler: tuple[Mangel, ...] = ()
    """What is missing, for an open item; at least one."""
    hvor: Sted | None = None
    """Where the answer is written: the handover's own item for a manual one, the record's field otherwise."""
    ansvarlig: tuple[Responsible, ...] = ()
    grunn: str | None = None
    """Why it is not relevant, or could not be decided."""
    notat: str | None = None
    """The note in the handover record."""
    frist: date | None = None
    """The last good day: of the item itself (gate two) or of what it rests on."""
    avvik: str | None = None
    """The deviation (record id) that covers the requirement."""

    @property
    def blokkerer(self) -> bool:
        """True when the item keeps its gate from being closed."""
        return self.tilstand in BLOKKERER


@dataclass(frozen=True, slots=True)
class Portstand:
    """One gate, or one heading in a list without gates."""

    id: str
    tittel: str
    port: bool
    """True for a gate that is closed by a recorded decision."""
    utfort: int
    """Items done."""
    antall: int
    """Items that are relevant."""
    ikke_aktuelle: int
    blokkerer: tuple[str, ...]
    """Ids of the items that are open or not decided."""
    lukket: date | None = None
    av: str | None = None
    frist: date | None = None
    """The last good day to close it, where one is known."""
    hjelp: str = ""
    lukkes_av: tuple[str, ...] = ()
    """The role types that may close it, ``mottaker`` for a role of a receiving unit; empty for any role."""


@dataclass(frozen=True, slots=True)
class Mottakerstand:
    """One of the two receivers. `enhet` is None where the record names nobody for the place yet."""

    plass: str
    """``avdeling`` (the department or unit) or ``ansattservice``."""
    enhet: str | None
    navn: str
    """The unit's name; for an empty place the one that would be natural, empty when none is known."""
    forslag: str | None = None
    """The id of the natural unit, for an empty place."""
    signert: date | None = None
    av: str | None = None
    mangler: tuple[Mangel, ...] = ()


@dataclass(frozen=True, slots=True)
class Sjekkliste:
    """A checklist for one record, filled in as far as the registry knows."""

    navn: str
    """The list's name: ``overlevering``, ``avvikling``, ``arkitektur`` …"""
    tittel: str
    hjelp: str
    post: str | None
    """What it is about, ``kind/id``; None for an empty form."""
    postnavn: str
    type: str | None = None
    """The kind of handover (code list ``overleveringstype``); None for other lists."""
    overlevering: str | None = None
    """Id of the handover record; None while it is not started."""
    opphav: str | None = None
    avgiver: str | None = None
    startet: date | None = None
    produksjon: date | None = None
    mottakere: tuple[Mottakerstand, ...] = ()
    porter: tuple[Portstand, ...] = ()
    punkter: tuple[Punkt, ...] = ()
    """In the order of `porter`, and in the list's own order below each."""
    merknader: tuple[str, ...] = ()
    """What a reader must know: items in the record that the list does not have, what could not be seen …"""
    svikt: tuple[Svikt, ...] = ()
    """Rules of ours that failed: the command says so and exits 3."""
    fullfort: bool = False
    """All three gates closed and both receivers signed: the handover is frozen."""

    def punkt(self, ident: str) -> Punkt | None:
        """The item with this id."""
        return next((p for p in self.punkter if p.id == ident), None)

    def i_gruppe(self, gruppe: str) -> tuple[Punkt, ...]:
        """The items of one gate or heading."""
        return tuple(p for p in self.punkter if p.gruppe == gruppe)

    def port(self, ident: str) -> Portstand | None:
        """The gate with this id."""
        return next((p for p in self.porter if p.id == ident), None)
