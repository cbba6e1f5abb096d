"""The landscape: services, systems, data flows, suppliers and what lies outside the municipality, and how they hang together.

Plain values, worked out once from the register. A flow is a node of its own, since it is a record with facts of its
own. Common components and external parties have no record and get a key of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from forvaltning.model.base import Post
from forvaltning.model.integrasjon import Endepunkt, Integrasjon
from forvaltning.model.leverandor import Leverandor
from forvaltning.model.register import Register
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste
from forvaltning.model.viser import normaliser

FELLES, EKSTERN = "felleskomponenter", "eksterne"
"""Kinds of nodes without a record, named as folders are."""
SLAG = ("tjenester", "systemer", "integrasjoner", "leverandorer", FELLES, EKSTERN)
EGNE = frozenset({Tjeneste.kind, System.kind, Integrasjon.kind})
"""Kinds that have a place in the picture by themselves."""
BORTE = frozenset({"avviklet", "avsluttet"})
PLANLAGT = frozenset({"ide", "planlagt", "under_utvikling", "akseptansetest"})


@dataclass(frozen=True, slots=True)
class Node:
    """One thing in the landscape. `key`: ``kind/id``. `rang`: 0 for the least critical or unknown, highest worst."""

    key: str
    slag: str
    navn: str
    tilstand: str | None = None
    klasse: str | None = None
    """The criticality class as a code; None when it is not assessed or does not apply."""
    rang: int = 0
    personopplysninger: bool | None = None
    enhet: str | None = None

    @property
    def livslop(self) -> str:
        """``planlagt``, ``slutt`` (being phased out or ended) or empty: what the picture tells by the border."""
        if self.tilstand in PLANLAGT:
            return "planlagt"
        return "slutt" if self.tilstand in BORTE or self.tilstand == "under_avvikling" else ""


@dataclass(frozen=True, slots=True)
class Kant:
    """One relation, in the direction it is told: a service *bruker* a system, a supplier *leverer* one.

    `slag`: bruker, leverer, drifter, data. `begge`: a flow that goes both ways.
    """

    fra: str
    til: str
    slag: str
    begge: bool = False


@dataclass(slots=True)
class Landskap:
    """Nodes by key and relations, in a fixed order. `utelatt`: how many ended ones were left out."""

    noder: dict[str, Node] = field(default_factory=dict)
    kanter: list[Kant] = field(default_factory=list)
    utelatt: int = 0
    ukjente: list[tuple[str, str]] = field(default_factory=list)
    """(record, id) of ends that lead nowhere or to a file that can not be read: not drawn, but told."""

    def naboer(self) -> dict[str, list[str]]:
        """Key → the keys it has a relation with, whichever way, each once and in order."""
        out: dict[str, dict[str, None]] = defaultdict(dict)
        for k in self.kanter:
            out[k.fra][k.til] = None
            out[k.til][k.fra] = None
        return {key: list(found) for key, found in out.items()}


def landskap(register: Register) -> Landskap:
    """The whole landscape, what has ended too (`landskap_utsnitt.levende` takes that away)."""
    out = Landskap()
    for cls in (Tjeneste, System, Integrasjon, Leverandor):
        for post in sorted(register.alle(cls), key=lambda p: p.id):
            out.noder[post.key] = nodefor(post, register)
    seen: dict[Kant, None] = {}
    for key in list(out.noder):
        entry = register.oppforing(key.partition("/")[2])
        if entry is not None:
            for k in _kanter(entry.post, register, out):
                seen[k] = None
    out.kanter = list(seen)
    return out


def nodefor(p: Post, register: Register) -> Node:
    """A record as a node, of whatever kind it is."""
    state = getattr(p, "tilstand", None)
    personal = getattr(p, "personopplysninger", None)
    klasse, rang = None, 0
    if isinstance(p, System | Tjeneste) and p.kritikalitet is not None:
        klasse = p.kritikalitet.klasse
        known = register.innstillinger.kritikalitetsklasser.get(klasse or "")
        rang = known.rang if known is not None else 0
    name = str(getattr(p, "navn", None) or p.id)
    return Node(p.key, p.kind, name, state, klasse, rang, personal, register.enhet_for(p))


def _kanter(p: Post, register: Register, x: Landskap) -> Iterator[Kant]:
    if isinstance(p, Tjeneste):
        for ident in p.systemer:
            yield from _til(p, ident, System.kind, "bruker", register, x)
        for code in p.felleskomponenter:
            yield Kant(p.key, _felles(code, register, x), "bruker")
        yield from _fra_leverandor(p, p.leverandor, "leverer", register, x)
    elif isinstance(p, System):
        yield from _fra_leverandor(p, p.leverandor, "leverer", register, x)
        runs = p.drift.leverandor if p.drift is not None else None
        yield from _fra_leverandor(p, runs, "drifter", register, x)
    elif isinstance(p, Integrasjon):
        both = p.retning == "begge_veier"
        for end, way in ((p.fra, True), (p.til, False)):
            key = _ende(p, end, register, x)
            if key is not None:
                yield Kant(key, p.key, "data", both) if way else Kant(p.key, key, "data", both)


def _til(p: Post, ident: str, kind: str, slag: str, register: Register, x: Landskap) -> Iterator[Kant]:
    key = _oppslag(p, ident, kind, register, x)
    if key is not None:
        yield Kant(p.key, key, slag)


def _fra_leverandor(p: Post, ident: str | None, slag: str, register: Register, x: Landskap) -> Iterator[Kant]:
    key = _oppslag(p, ident, Leverandor.kind, register, x) if ident else None
    if key is not None:
        yield Kant(key, p.key, slag)


def _oppslag(p: Post, ident: str, kind: str, register: Register, x: Landskap) -> str | None:
    entry = register.oppforing(ident)
    if entry is None or entry.kind != kind:
        x.ukjente.append((p.key, ident))
        return None
    return entry.key


def _ende(p: Integrasjon, e: Endepunkt | None, register: Register, x: Landskap) -> str | None:
    if e is None:
        return None
    if e.system:
        return _oppslag(p, e.system, System.kind, register, x)
    if e.felleskomponent:
        return _felles(e.felleskomponent, register, x)
    if e.leverandor:
        return _oppslag(p, e.leverandor, Leverandor.kind, register, x)
    if e.ekstern:
        key = f"{EKSTERN}/{normaliser(' '.join(e.ekstern.split()))}"
        x.noder.setdefault(key, Node(key, EKSTERN, e.ekstern))
        return key
    return None


def _felles(code: str, register: Register, x: Landskap) -> str:
    key = f"{FELLES}/{code}"
    if key not in x.noder:
        x.noder[key] = Node(key, FELLES, register.innstillinger.navn("felleskomponent", code))
    return key
