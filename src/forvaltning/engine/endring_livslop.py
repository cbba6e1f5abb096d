"""Rules about change: a record's state follows the life cycle of its kind (domain.md, *States* and *Life cycle*)."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.engine.endringsproblem import endringsproblem
from forvaltning.findings import Problem
from forvaltning.model.avtale import Avtale
from forvaltning.model.base import LIVSLOP, Post
from forvaltning.model.behandling import Behandling
from forvaltning.model.dpia import Dpia
from forvaltning.model.hendelser import Avvik
from forvaltning.model.integrasjon import Integrasjon
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.register import Register
from forvaltning.model.ros import Ros
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

_NESTE: dict[type[Post], dict[str, frozenset[str]]] = {
    Avtale: {
        "utkast": frozenset({"signert", "i_kraft", "utlopt", "sagt_opp"}),
        "signert": frozenset({"i_kraft", "utlopt", "sagt_opp"}),
        "i_kraft": frozenset({"utlopt", "sagt_opp"}),
        "sagt_opp": frozenset({"utlopt"}),
    },
    Integrasjon: {"planlagt": frozenset({"aktiv", "avsluttet"}), "aktiv": frozenset({"avsluttet"})},
    Behandling: {"planlagt": frozenset({"aktiv", "avsluttet"}), "aktiv": frozenset({"avsluttet"})},
    Ros: {"utkast": frozenset({"besluttet", "erstattet"}), "besluttet": frozenset({"erstattet"})},
    Dpia: {"utkast": frozenset({"besluttet", "erstattet"}), "besluttet": frozenset({"erstattet"})},
    Avvik: {
        "meldt": frozenset({"besluttet", "avslatt"}),
        "besluttet": frozenset({"lukket"}),
        "avslatt": frozenset({"lukket", "meldt"}),
    },
    Prosjekt: {
        "meldt": frozenset({"konsept", "stanset"}),
        "konsept": frozenset({"planlegging", "stanset"}),
        "planlegging": frozenset({"gjennomforing", "stanset"}),
        "gjennomforing": frozenset({"avslutning", "stanset"}),
        "avslutning": frozenset({"avsluttet", "stanset"}),
    },
}
"""State → the states that may follow, for kinds that have a life of their own (domain.md, *States*)."""


def livslop(gammel: Post, ny: Post, register: Register) -> Iterator[Problem]:
    """A state that does not follow from the one before. `register`: the newer state."""
    before, after = getattr(gammel, "tilstand", None), getattr(ny, "tilstand", None)
    if before == after or before is None:
        return
    if isinstance(ny, System | Tjeneste):
        yield from _bruk(ny, before, after, register)
        return
    nexts = _NESTE.get(type(ny))
    if nexts is not None and after not in nexts.get(before, frozenset()):
        allowed = " eller ".join(sorted(nexts.get(before, ()))) or "ingen annen tilstand"
        yield endringsproblem(
            ny,
            "endring.livslop",
            ("tilstand",),
            f"Tilstanden gikk fra {before} til {after or 'ingen'}. Det følger ikke livsløpet.",
            f"Etter {before} kommer {allowed}.",
        )


def _bruk(post: System | Tjeneste, before: str, after: str | None, register: Register) -> Iterator[Problem]:
    """Services and systems go one step at a time; into production only through the first gate of a handover."""
    at = LIVSLOP.index(before)
    dropped = after == "avviklet" and at < LIVSLOP.index("i_produksjon")
    step = after is not None and LIVSLOP.index(after) == at + 1
    if not (step or dropped):
        follows = LIVSLOP[at + 1] if at + 1 < len(LIVSLOP) else "ingen annen tilstand"
        yield endringsproblem(
            post,
            "endring.livslop",
            ("tilstand",),
            f"Tilstanden gikk fra {before} til {after or 'ingen'}. Det følger ikke livsløpet.",
            f"Etter {before} kommer {follows}. Ta ett steg om gangen.",
        )
        return
    if after == "i_produksjon" and not _port_lukket(post, register):
        yield endringsproblem(
            post,
            "endring.livslop",
            ("tilstand",),
            f"{post.navn} er satt i produksjon uten at porten «før produksjon» i en overlevering er lukket.",
            "Lukk porten i overleveringen først: «porter» med id for_produksjon, dato og rolle.",
        )


def _port_lukket(post: System | Tjeneste, register: Register) -> bool:
    for handover in register.overleveringer_av(post):
        for port in handover.porter:
            if port.id == "for_produksjon" and port.lukket is not None and register.dag.nadd(port.lukket):
                return True
    return False
