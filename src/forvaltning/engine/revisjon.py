"""What an audit looks for on the trail, as pure functions: decisions, who may stand for them, decided content.

A decision is a record that becomes decided, signed or closed. It is approved by a trailer in the commit's message,
``Godkjent-av: ROLE-ID``, that names a role which was filled on the day of the decision and may decide it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from forvaltning.engine.endringsregler import SLUTT, endringsproblemer, har_virket
from forvaltning.findings import FieldPath, Problem
from forvaltning.model.avtale import Avtale
from forvaltning.model.base import Post
from forvaltning.model.dag import Dag
from forvaltning.model.dpia import Dpia
from forvaltning.model.hendelser import Avvik, Overlevering
from forvaltning.model.historie import UKJENT_HISTORIE
from forvaltning.model.innstillinger import Innstillinger
from forvaltning.model.oppforing import Oppforing
from forvaltning.model.register import Register
from forvaltning.model.rolle import Rolle
from forvaltning.model.ros import Ros
from forvaltning.model.viser import normaliser

_AVSNITT = re.compile(r"\n[ \t]*\n")
_LINJE = re.compile(r"[A-Za-z][A-Za-z0-9-]*[ \t]*:|\(cherry picked from commit ")
"""How a line of trailers begins."""
_TRAILER = re.compile(r"^godkjent-av[ \t]*:[ \t]*(.+)$", re.IGNORECASE | re.MULTILINE)

KRAV = {"ros": "4.2", "dpia": "4.3", "avtaler": "5.2", "overleveringer": "2.1"}
"""The requirement whose responsible role types may decide the kind."""
EKSTRA = {
    "avtaler": frozenset({"avtaleeier", "kommunaldirektor"}),
    "overleveringer": frozenset(
        {
            "tjenesteansvarlig",
            "digitaliseringskoordinator",
            "bestiller",
            "resultatenhetsleder",
            "behandlingsansvarlig",
        }
    ),
}
"""Role types that may decide a kind beside those the requirement names (domain.md, sections 3 and 6)."""
FORUM = ("sdi",)
"""Functions whose roles may stand for a forum's decision on a deviation: SDI, which is the council's secretariat."""


@dataclass(frozen=True, slots=True)
class Beslutning:
    """One decision that a commit records: what, where it stands, who it names, and when it was made."""

    hva: str
    path: FieldPath
    av: str | None
    dato: date | None


def beslutninger(gammel: Post | None, ny: Post) -> Iterator[Beslutning]:
    """The decisions in a version of a record that the version before did not hold."""
    if isinstance(ny, Ros | Dpia):
        before = gammel if isinstance(gammel, Ros | Dpia) else None
        if ny.tilstand == "besluttet":
            b = ny.besluttet
            was = before.besluttet if before is not None else None
            if before is None or before.tilstand != "besluttet" or (b and b.dato) != (was and was.dato):
                yield Beslutning(
                    f"{ny.tittel_entall} besluttet",
                    ("besluttet",),
                    b.av if b else None,
                    b.dato if b else None,
                )
    elif isinstance(ny, Avvik):
        prior = gammel if isinstance(gammel, Avvik) else None
        if ny.tilstand in {"besluttet", "avslatt"}:
            d = ny.besluttet
            had = prior.besluttet if prior is not None else None
            if prior is None or prior.tilstand != ny.tilstand or (d and d.dato) != (had and had.dato):
                word = "besluttet" if ny.tilstand == "besluttet" else "avslått"
                yield Beslutning(f"avvik {word}", ("besluttet",), d.av if d else None, d.dato if d else None)
    elif isinstance(ny, Avtale):
        earlier = gammel if isinstance(gammel, Avtale) else None
        if ny.signert is not None and (earlier is None or earlier.signert != ny.signert):
            yield Beslutning("avtale signert", ("signert",), None, ny.signert)
    elif isinstance(ny, Overlevering):
        yield from _overlevering(gammel if isinstance(gammel, Overlevering) else None, ny)


def _overlevering(gammel: Overlevering | None, ny: Overlevering) -> Iterator[Beslutning]:
    gates = {p.id: p.lukket for p in gammel.porter} if gammel is not None else {}
    for i, p in enumerate(ny.porter):
        if p.lukket is not None and gates.get(p.id) != p.lukket:
            yield Beslutning(f"porten «{p.id}» lukket", ("porter", i, "lukket"), p.av, p.lukket)
    signed = {m.enhet: m.signert for m in gammel.mottakere} if gammel is not None else {}
    for i, m in enumerate(ny.mottakere):
        if m.signert is not None and signed.get(m.enhet) != m.signert:
            yield Beslutning(f"mottak signert av {m.enhet}", ("mottakere", i, "signert"), m.av, m.signert)


def godkjennere(meldinger: Iterator[str] | list[str]) -> list[str]:
    """The ids of roles that the trailers of some messages name, in order.

    As Git has it, trailers are the last paragraph of a message, and nothing else stands there.
    """
    out: list[str] = []
    for text in meldinger:
        last = re.sub(r"\n[ \t]+", " ", _AVSNITT.split(text.strip())[-1])
        for hit in _TRAILER.finditer(last) if all(map(_LINJE.match, last.splitlines())) else ():
            out += [p.strip().removeprefix("roller/").removesuffix(".yaml") for p in hit[1].split(",")]
    return list(dict.fromkeys(i for i in out if i))


def rolletyper(kind: str) -> frozenset[str]:
    """The role types that may decide a kind: those the requirement names as responsible, and some beside."""
    from forvaltning.krav.katalog import ETTER_NUMMER  # noqa: PLC0415 - all requirements, where a trailer names a role

    named = KRAV.get(kind)
    types = {a.kode for a in ETTER_NUMMER[named].ansvarlig if a.type == "rolle"} if named else set()
    return frozenset(types) | EKSTRA.get(kind, frozenset())


def innvending(
    post: Post, beslutning: Beslutning, rolle: Rolle, dato: date, innstillinger: Innstillinger
) -> str | None:
    """Why a role may not stand for a decision on a day; None when it may."""
    if not Dag(dato).gyldig(rolle.fra, rolle.til):
        return f"rollen «{rolle.id}» var ikke virksom {dato:%d.%m.%Y}"
    if beslutning.av is not None and normaliser(beslutning.av) == normaliser(rolle.id):
        return None
    if isinstance(post, Avtale) and post.avtaleeier and normaliser(post.avtaleeier) == normaliser(rolle.id):
        return None
    if isinstance(post, Avvik):
        units = {normaliser(u) for f in FORUM if (u := innstillinger.funksjoner.get(f)) is not None}
        if rolle.enhet and normaliser(rolle.enhet) in units:
            return None
        return f"rollen «{rolle.id}» hører ikke til den som avgjør avvik"
    if rolle.type in rolletyper(post.kind):
        return None
    return f"rollen «{rolle.id}» ({rolle.type}) kan ikke avgjøre dette"


def endret_besluttet(
    gammel: Post, ny: Post, innstillinger: Innstillinger, omdopt: Mapping[str, str]
) -> Iterator[Problem]:
    """Decided or completed content that a version changes: the rules of the merge gate, for one record.

    `omdopt`: former id → id of the other records that were renamed until then; references may follow them.
    """
    if type(gammel) is not type(ny) or gammel == ny:
        return
    names = {k: v for k, v in omdopt.items() if k != normaliser(gammel.id)}
    if gammel.id != ny.id:
        names[normaliser(gammel.id)] = ny.id
    for p in endringsproblemer(_ene(gammel, innstillinger), _ene(ny, innstillinger), names):
        if p.regel in {"endring.besluttet_innhold", "endring.fullfort"}:
            yield p


def slettet(post: Post) -> tuple[str, str] | None:
    """What is wrong with deleting a record that must stay, and the remedy; None when it may go."""
    why = har_virket(post)
    if why is None:
        return None
    end = SLUTT.get(post.kind)
    remedy = f"Legg filen tilbake og sett tilstanden til {end}." if end else "Legg filen tilbake."
    return f"{post.key} ble slettet, men {why}.", remedy


def _ene(post: Post, innstillinger: Innstillinger) -> Register:
    entry = Oppforing(post.kind, post.id, f"{post.key}.yaml", (), post)
    return Register([entry], innstillinger, Dag(date.max), UKJENT_HISTORIE)
