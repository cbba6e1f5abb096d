"""One step of a consequence: who goes without when this stops, kind by kind, and in what words.

Ended records are not hit: a system that is taken out of use, a flow that is closed, an agreement that has run out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from forvaltning.engine.landskap import BORTE, EKSTERN, FELLES, Node, nodefor
from forvaltning.model.avtale import Avtale
from forvaltning.model.base import Post
from forvaltning.model.behandling import Behandling
from forvaltning.model.datasett import Datasett
from forvaltning.model.enhet import Enhet
from forvaltning.model.integrasjon import Endepunkt, Integrasjon
from forvaltning.model.leverandor import Leverandor
from forvaltning.model.oppforing import Oppforing
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.register import EIERFELT, Register
from forvaltning.model.rolle import Rolle
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste
from forvaltning.model.viser import normaliser

UTLOPT = frozenset({"utkast", "utlopt"})
Ukjente = dict[tuple[str, str], None]


@dataclass(frozen=True, slots=True)
class Steg:
    """From what stops to one that goes without. `hvordan`: the words between them, as in «Bk360 brukes av Byggesak».

    `stopper`: whether the other stops too; a system that no longer gets data, or has lost its owner, goes on without.
    `folg`: whether to look further from there. `ved_tap`: whether the step also holds when what it starts from has
    not stopped, but only lost something: data that no longer come are missed by those further on, while who sends to a
    system that lacks data goes on as before.
    """

    til: str
    hvordan: str
    node: Node
    stopper: bool = True
    folg: bool = True
    ved_tap: bool = False


def start(register: Register, key: str) -> Node | None:
    """The node of a key: a record, or a national common component (``felleskomponenter/id-porten``)."""
    kind, _, ident = key.partition("/")
    if kind == FELLES:
        name = register.innstillinger.koder.get("felleskomponent", {}).get(ident)
        return Node(key, FELLES, name) if name is not None else None
    entry = register.oppforing(ident)
    return nodefor(entry.post, register) if entry is not None and entry.kind == kind else None


def videre(register: Register, key: str, ukjente: Ukjente) -> Iterator[Steg]:
    """Who goes without when `key` stops."""
    kind, _, ident = key.partition("/")
    if kind == FELLES:
        yield from _felleskomponent(register, ident)
        return
    if kind == EKSTERN:
        return
    entry = register.oppforing(ident)
    if entry is None:
        return
    for lost in register.uleselige():
        if lost.kan_nevne(entry.id):
            ukjente[key, lost.fil] = None
    made = _STEG.get(type(entry.post))
    if made is not None:
        yield from made(register, entry, ukjente)


def _lever(p: Post, register: Register) -> bool:
    state = getattr(p, "tilstand", None)
    if isinstance(p, Avtale):
        end = register.siste_gyldige_dag(p)
        return state not in UTLOPT and not (end is not None and register.dag.passert(end))
    return state not in BORTE


def _steg(
    register: Register,
    p: Post,
    how: str,
    *,
    stopper: bool = True,
    folg: bool = True,
    ved_tap: bool = False,
) -> Iterator[Steg]:
    if _lever(p, register):
        yield Steg(p.key, how, nodefor(p, register), stopper, folg, ved_tap)


def _inn(
    register: Register,
    entry: Oppforing,
    felt: Mapping[str, str],
    kinds: tuple[type[Post], ...],
    *,
    stopper: bool = True,
    folg: bool = True,
    ved_tap: bool = False,
) -> Iterator[Steg]:
    """Records of these kinds that name this one in one of these fields."""
    for other, name in register.innkommende(entry.id):
        how = felt.get(name)
        if how is not None and isinstance(other.post, kinds):
            yield from _steg(register, other.post, how, stopper=stopper, folg=folg, ved_tap=ved_tap)


def _system(register: Register, entry: Oppforing, ukjente: Ukjente) -> Iterator[Steg]:
    yield from _inn(register, entry, {"systemer": "brukes av"}, (Tjeneste,), ved_tap=True)
    yield from _inn(register, entry, {"fra.system": "sender i flyten"}, (Integrasjon,), ved_tap=True)
    yield from _inn(register, entry, {"til.system": "mottar i flyten"}, (Integrasjon,))
    archive = {"arkiv.arkivkjerne": "er arkivkjerne for"}
    yield from _inn(register, entry, archive, (System,), stopper=False, folg=False)


def _flyt(register: Register, entry: Oppforing, ukjente: Ukjente) -> Iterator[Steg]:
    f = cast("Integrasjon", entry.post)
    ends = [f.til, f.fra] if f.retning == "begge_veier" else [f.til]
    for end in ends:
        yield from _mottaker(register, f, end, ukjente)


def _mottaker(register: Register, f: Integrasjon, e: Endepunkt | None, ukjente: Ukjente) -> Iterator[Steg]:
    if e is None:
        return
    if e.system or e.leverandor:
        ident = e.system or e.leverandor or ""
        entry = register.oppforing(ident)
        if entry is None:
            ukjente[f.key, ident] = None
        else:
            yield from _steg(register, entry.post, "gir data til", stopper=False, ved_tap=True)
    elif e.ekstern:
        key = f"{EKSTERN}/{normaliser(' '.join(e.ekstern.split()))}"
        yield Steg(key, "gir data til", Node(key, EKSTERN, e.ekstern), stopper=False, ved_tap=True)


def _leverandor(register: Register, entry: Oppforing, ukjente: Ukjente) -> Iterator[Steg]:
    yield from _inn(register, entry, {"leverandor": "er part i"}, (Avtale,))
    delivers = {"leverandor": "leverer", "drift.leverandor": "drifter"}
    yield from _inn(register, entry, delivers, (System, Tjeneste))
    ends = {"fra.leverandor": "sender i flyten", "til.leverandor": "mottar i flyten"}
    yield from _inn(register, entry, ends, (Integrasjon,))
    yield from _inn(
        register, entry, {"underdatabehandlere.leverandor": "er underdatabehandler for"}, (Leverandor,)
    )


def _avtale(register: Register, entry: Oppforing, ukjente: Ukjente) -> Iterator[Steg]:
    a = cast("Avtale", entry.post)
    for kind, idents in ((System, a.systemer), (Tjeneste, a.tjenester), (Integrasjon, a.integrasjoner)):
        yield from _ut(register, a, idents, kind, "dekker", ukjente)
    for other in register.vedlegg_til(a):
        yield from _steg(register, other, "har vedlegget")


def _ut(
    register: Register, fra: Post, idents: Iterable[str], kind: type[Post], how: str, ukjente: Ukjente
) -> Iterator[Steg]:
    for ident in idents:
        entry = register.oppforing(ident)
        if entry is None or not isinstance(entry.post, kind):
            ukjente[fra.key, ident] = None
        else:
            yield from _steg(register, entry.post, how)


_EIER = {
    **dict.fromkeys(EIERFELT, "eier"),
    "systemkoordinator": "koordinerer",
    "avtaleforvalter": "forvalter",
    "behandlingsansvarlige": "er behandlingsansvarlig for",
}
_EIES = (System, Tjeneste, Integrasjon, Avtale, Prosjekt, Datasett, Behandling)


def _organisasjon(register: Register, entry: Oppforing, ukjente: Ukjente) -> Iterator[Steg]:
    """What a unit or role owns goes on without an owner; what a unit runs or delivers stops."""
    if entry.kind == Rolle.kind:
        yield from _inn(register, entry, _EIER, _EIES, stopper=False, folg=False, ved_tap=True)
        return
    runs = {"drift.enhet": "drifter", "intern_part": "leverer etter"}
    yield from _inn(register, entry, runs, (System, Avtale))
    yield from _inn(register, entry, {"forelder": "har under seg"}, (Enhet,))
    yield from _inn(register, entry, {"enhet": "har"}, (Rolle,), stopper=False)
    yield from _inn(register, entry, {"enhet": "har"}, _EIES, stopper=False, folg=False)


def _felleskomponent(register: Register, code: str) -> Iterator[Steg]:
    for t in sorted(register.alle(Tjeneste), key=lambda p: p.id):
        if code in t.felleskomponenter:
            yield from _steg(register, t, "brukes av")
    for f in sorted(register.alle(Integrasjon), key=lambda p: p.id):
        if f.fra is not None and f.fra.felleskomponent == code:
            yield from _steg(register, f, "sender i flyten")
        if f.til is not None and f.til.felleskomponent == code:
            yield from _steg(register, f, "mottar i flyten")


def _datasett(register: Register, entry: Oppforing, ukjente: Ukjente) -> Iterator[Steg]:
    yield from _inn(register, entry, {"datasett": "overføres i"}, (Integrasjon,))


_STEG: dict[type[Post], Callable[[Register, Oppforing, Ukjente], Iterator[Steg]]] = {
    System: _system,
    Integrasjon: _flyt,
    Leverandor: _leverandor,
    Avtale: _avtale,
    Enhet: _organisasjon,
    Rolle: _organisasjon,
    Datasett: _datasett,
}
"""Kind → its steps. Kinds that are not here carry nothing else: a service is what people meet."""
