"""Rules about change: what was decided or completed is not altered without a new decision."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from forvaltning.engine.endringsproblem import endringsproblem
from forvaltning.engine.omdoping import omskrevet
from forvaltning.findings import Problem
from forvaltning.history.felt import FeltEndring, endringer
from forvaltning.krav.ord import norsk_dato
from forvaltning.model.base import Post
from forvaltning.model.dpia import Dpia
from forvaltning.model.hendelser import Avvik, Overlevering
from forvaltning.model.register import Register
from forvaltning.model.rolle import Rolle
from forvaltning.model.ros import Ros
from forvaltning.model.viser import normaliser

FRI = {
    Ros: ("tilstand", "merknad", "tidligere_id", "enhet"),
    Dpia: ("tilstand", "merknad", "tidligere_id", "enhet", "gjennomgatt", "risiko_endret"),
    Avvik: ("tilstand", "merknad", "tidligere_id", "lukket", "sent_dokument"),
    Overlevering: ("merknad", "tidligere_id"),
}
"""Fields outside what was decided: they may change without a new decision."""
FRI_I_TILTAK = (".tilstand", ".ferdig")
"""The progress of a measure is not part of the decision to take it."""
_TILTAKSANSVARLIG = re.compile(r"scenarier\[.+\]\.tiltak\[.+\]\.ansvarlig")
PORTER = frozenset({"for_produksjon", "ved_overlevering", "etter"})
MOTTAKERE = 2


def besluttet(gammel: Post, ny: Post, register: Register, navn: Mapping[str, str]) -> Iterator[Problem]:
    """A decided ROS, DPIA or deviation, or a completed handover, whose content one change alters.

    `register`: the newer state. `navn`: old id → new id of renamed records, which references may follow.
    """
    if isinstance(gammel, Overlevering) and isinstance(ny, Overlevering):
        if fullfort(gammel):
            yield from _frosset(gammel, ny, navn)
        return
    if not isinstance(gammel, Ros | Dpia | Avvik) or not isinstance(ny, Ros | Dpia | Avvik):
        return
    if gammel.tilstand != "besluttet" or ny.tilstand == "utkast":
        return
    before = gammel.besluttet.dato if gammel.besluttet else None
    after = ny.besluttet.dato if ny.besluttet else None
    if before is not None and after is not None and after > before:
        return
    changed = [e for e in _endret(gammel, ny, navn) if not _ny_utforer(e, register)]
    if not changed:
        return
    when = f" {norsk_dato(before)}" if before else ""
    yield endringsproblem(
        ny,
        "endring.besluttet_innhold",
        changed[0].path,
        f"{gammel.tittel_entall[:1].upper()}{gammel.tittel_entall[1:]} ble besluttet{when}, men {_felter(changed)} er endret uten en ny beslutning.",
        "Legg endringen fram og skriv den nye beslutningen i «besluttet», eller lag en ny post.",
        felt=changed[0].felt,
    )


def fullfort(post: Overlevering) -> bool:
    """True when all three gates are closed and both receivers have signed."""
    closed = {p.id for p in post.porter if p.lukket is not None}
    signed = {normaliser(m.enhet) for m in post.mottakere if m.signert is not None}
    return closed >= PORTER and len(signed) >= MOTTAKERE


def _frosset(gammel: Overlevering, ny: Overlevering, navn: Mapping[str, str]) -> Iterator[Problem]:
    changed = _endret(gammel, ny, navn)
    if changed:
        yield endringsproblem(
            ny,
            "endring.fullfort",
            changed[0].path,
            f"Overleveringen er fullført: portene er lukket, og begge mottakerne har signert. {_felter(changed)} er endret etterpå.",
            "Legg tilbake det som stod. Overleveres noe på nytt, så før det i en ny post. Det som må forklares, kan stå i «merknad».",
            felt=changed[0].felt,
        )


def _felter(changed: list[FeltEndring]) -> str:
    more = f" og {len(changed) - 1} felt til" if len(changed) > 1 else ""
    return f"«{changed[0].tittel}»{more}"


def _endret(gammel: Post, ny: Post, navn: Mapping[str, str]) -> list[FeltEndring]:
    """What differs between two versions, references that follow a rename and free fields left out."""
    return [e for e in endringer(omskrevet(gammel, navn), ny) if not _fri(gammel, e)]


def _fri(post: Post, e: FeltEndring) -> bool:
    fields = FRI.get(type(post), ())
    if any(e.felt == f or e.felt.startswith((f + ".", f + "[")) for f in fields):
        return True
    return isinstance(post, Ros) and ".tiltak[" in e.felt and e.felt.endswith(FRI_I_TILTAK)


def _ny_utforer(e: FeltEndring, register: Register) -> bool:
    """A measure that goes to another role because the one who had it has ended: nothing decided is altered."""
    if e.gammel is None or e.ny is None or not _TILTAKSANSVARLIG.fullmatch(e.felt):
        return False
    role = register.oppforing(e.gammel)
    return role is None or not isinstance(role.post, Rolle) or not register.er_virksom(role.post)
