"""What must be looked at again when a record changes: assessments, agreements, handovers, and the requirements that read it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from forvaltning.engine.run import Motor
from forvaltning.findings import Outcome, Verdict
from forvaltning.krav.katalog import ALLE, ETTER_NUMMER
from forvaltning.model.avtale import Avtale
from forvaltning.model.base import Post
from forvaltning.model.behandling import Behandling
from forvaltning.model.dpia import Dpia
from forvaltning.model.hendelser import Avvik, Endring, Overlevering
from forvaltning.model.integrasjon import Integrasjon
from forvaltning.model.leverandor import Leverandor
from forvaltning.model.register import Register
from forvaltning.model.ros import Ros
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste
from forvaltning.model.viser import normaliser


@dataclass(frozen=True, slots=True)
class Vurdering:
    """One document or record to look at again. `slag`: what it is, in a word. `hvorfor`: what ties it to the change."""

    slag: str
    post: str
    navn: str
    tilstand: str | None
    dato: date | None
    hvorfor: str


@dataclass(frozen=True, slots=True)
class Lest:
    """A requirement on a record that reads the changed one, and how it comes out now."""

    krav: str
    post: str
    utfall: Outcome
    grunn: str


LEVERANSE = frozenset({"leverandor", "drift.leverandor"})
"""Fields by which a system or service names who delivers it."""
ERSTATTET = frozenset({"erstattet", "avsluttet", "utlopt", "lukket", "avslatt"})
ORD: tuple[tuple[type[Post], str], ...] = (
    (Ros, "ROS"),
    (Dpia, "DPIA"),
    (Behandling, "behandling"),
    (Avtale, "avtale"),
    (Overlevering, "overlevering"),
    (Endring, "endring"),
    (Avvik, "avvik"),
)
"""Kinds that are looked at again, in the order they are told."""


def vurder_pa_nytt(register: Register, key: str) -> list[Vurdering]:
    """What covers the record and is in force, by kind and id; DPIAs come through the activities they assess."""
    entry = register.oppforing(key.partition("/")[2])
    if entry is None or entry.key != key:
        return []
    found: dict[str, Vurdering] = {}
    for v in _alle(register, entry.post):
        found.setdefault(v.post, v)
    order = {word: n for n, (_, word) in enumerate(ORD)}
    return sorted(found.values(), key=lambda v: (order[v.slag], v.post))


def _alle(register: Register, post: Post) -> Iterator[Vurdering]:
    yield from _direkte(register, post, "gjelder posten")
    if isinstance(post, Integrasjon):
        for end in (post.fra, post.til):
            system = register.hent(end.system if end is not None else None, System)
            if system is not None:
                for ros in register.ros_for(system):
                    yield from _vurdering(register, ros, f"dekker {system.id}, som flyten berører")
    if isinstance(post, Leverandor):
        for other, felt in sorted(register.innkommende(post.id), key=lambda pair: (pair[0].key, pair[1])):
            if felt in LEVERANSE and isinstance(other.post, System | Tjeneste):
                for ros in register.ros_for(other.post):
                    yield from _vurdering(register, ros, f"dekker {other.id}, som leverandøren leverer")
    if isinstance(post, Behandling):
        yield from _dpia(register, post)


def _direkte(register: Register, post: Post, why: str) -> Iterator[Vurdering]:
    for other, _ in sorted(register.innkommende(post.id), key=lambda pair: pair[0].key):
        yield from _vurdering(register, other.post, why)
        if isinstance(other.post, Behandling) and other.post.tilstand not in ERSTATTET:
            yield from _dpia(register, other.post)


def _dpia(register: Register, b: Behandling) -> Iterator[Vurdering]:
    for d in register.dpia_for(b):
        yield from _vurdering(register, d, f"vurderer behandlingen {b.id}")


def _vurdering(register: Register, p: Post, why: str) -> Iterator[Vurdering]:
    word = next((w for cls, w in ORD if isinstance(p, cls)), None)
    state = getattr(p, "tilstand", None)
    if word is None or state in ERSTATTET:
        return
    entry = register.oppforing(p.id)
    yield Vurdering(word, p.key, entry.navn if entry else p.id, state, _dato(p), why)


def _dato(p: Post) -> date | None:
    if isinstance(p, Ros | Dpia | Avvik):
        return p.besluttet.dato if p.besluttet else None
    if isinstance(p, Avtale):
        return p.signert
    if isinstance(p, Behandling):
        return p.bekreftet.dato if p.bekreftet else None
    if isinstance(p, Endring):
        return p.virkning
    return p.produksjon if isinstance(p, Overlevering) else None


MANGE = 200
"""More readers than this are counted, not asked one by one: every record may read the unit at the top."""


@dataclass(frozen=True, slots=True)
class Lesere:
    """The requirements that read a record, and how many more records read it that were only counted."""

    lest: tuple[Lest, ...]
    flere: int = 0


def krav_som_leser(
    register: Register, key: str, dommer: Sequence[Verdict], spor: Mapping[str, Collection[str]] | None
) -> Lesere:
    """The requirements that read the record, its own first. What does not apply is left out.

    `spor`: what each record's verdicts read, as the cache keeps it; None has every record judged to find out. Which
    of a reader's requirements it is, is found by running each of them alone and looking at what it asked for.
    """
    ident = normaliser(key.partition("/")[2])
    marks = {f"={ident}", f"<{ident}"}
    known = spor if spor is not None else {d.post: d.spor for d in Motor(ALLE, register).alle()}
    readers = sorted(p for p, read in known.items() if p != key and not marks.isdisjoint(read))
    asked = set(readers[:MANGE])
    out = []
    for v in dommer:
        if v.utfall is Outcome.IKKE_AKTUELT:
            continue
        if v.post == key:
            out.append(Lest(v.krav, v.post, v.utfall, "gjelder posten selv"))
        elif v.post in asked and _leser(register, v, marks):
            out.append(Lest(v.krav, v.post, v.utfall, _forbindelse(register, v.post, key)))
    ranked = sorted(out, key=lambda x: ([int(n) for n in x.krav.split(".")], x.post != key, x.post))
    return Lesere(tuple(ranked), len(readers) - len(asked))


def _leser(register: Register, v: Verdict, marks: set[str]) -> bool:
    """True when this requirement on this record asks for any of `marks`."""
    entry = register.oppforing(v.post.partition("/")[2])
    krav = ETTER_NUMMER.get(v.krav)
    if entry is None or krav is None:
        return False
    return not marks.isdisjoint(Motor((krav,), register).dom_post(entry.post).spor)


def _forbindelse(register: Register, leser: str, key: str) -> str:
    """How a reader and the record are tied, in words."""
    ident = key.partition("/")[2]
    other = leser.partition("/")[2]
    for o, felt in register.innkommende(ident):
        if o.key == leser:
            return f"viser til den i «{felt}»"
    for o, felt in register.innkommende(other):
        if o.key == key:
            return f"vises til i «{felt}»"
    return "leser den gjennom andre poster"
