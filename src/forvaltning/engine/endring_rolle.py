"""Rules about change: when a role ends, what it answers for goes to another in the same change."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.engine.endringsproblem import endringsproblem
from forvaltning.findings import Problem
from forvaltning.krav.ord import norsk_dato
from forvaltning.model.base import Post
from forvaltning.model.oppforing import Oppforing
from forvaltning.model.register import Register
from forvaltning.model.rolle import Rolle
from forvaltning.model.viser import normaliser

GJORT = frozenset({"av", "avgiver", "bestilt_av", "arkitekt"})
"""Last part of the fields that say who did something once. They stay when the role ends."""
SLUTTET = frozenset({"avviklet", "avsluttet", "utlopt", "erstattet", "lukket", "stanset", "avslatt"})
"""States in which nobody answers for a record any longer."""
FERDIG = frozenset({"ferdig", "avvist"})
"""States in which nobody has more to do with a measure."""
VIST = 5


def rolleskifte(gammel: Post, ny: Post, register: Register) -> Iterator[Problem]:
    """A role that this change ends while records still name it as the one who answers.

    Only a role that has ended by the check date: nobody can take over before their own role begins.
    `register`: the newer state.
    """
    if not isinstance(gammel, Rolle) or not isinstance(ny, Rolle) or ny.til is None:
        return
    if not register.dag.passert(ny.til) or (gammel.til is not None and register.dag.passert(gammel.til)):
        return
    left = sorted(
        {f"{o.key} ({felt})" for o, felt in register.innkommende(ny.id) if _svarer(o, felt, ny.id, register)}
    )
    if left:
        shown = ", ".join(left[:VIST]) + (f" og {len(left) - VIST} til" if len(left) > VIST else "")
        ended = " En delegasjon kan også avsluttes med «utlop»." if "delegasjoner" in shown else ""
        yield endringsproblem(
            ny,
            "endring.rolle_sluttet",
            ("til",),
            f"Rollen sluttet {norsk_dato(ny.til)}, men svarer fortsatt for {shown}.",
            f"Skriv en annen rolle i hver av dem i samme endring, eller ta bort «til».{ended}",
        )


def _svarer(o: Oppforing, felt: str, ident: str, register: Register) -> bool:
    """Whether a record names the role in a field that says who answers for it now."""
    if felt.rpartition(".")[2] in GJORT:
        return False
    post = o.post
    if getattr(post, "tilstand", None) in SLUTTET:
        return False
    if isinstance(post, Rolle):
        dag = register.dag
        return register.er_virksom(post) and any(
            normaliser(d.til) == normaliser(ident) and not (d.utlop and dag.passert(d.utlop))
            for d in post.delegasjoner
        )
    if felt == "scenarier.tiltak.ansvarlig":
        return any(
            t.tilstand not in FERDIG and t.ansvarlig and normaliser(t.ansvarlig) == normaliser(ident)
            for s in getattr(post, "scenarier", ())
            for t in s.tiltak
        )
    return True


def svarer_for(rolle: Rolle, register: Register) -> list[tuple[Oppforing, str]]:
    """The records that name a role as the one who answers now, with the field, by record and field."""
    found = ((o, felt) for o, felt in register.innkommende(rolle.id) if _svarer(o, felt, rolle.id, register))
    return sorted(found, key=lambda pair: (pair[0].key, pair[1]))
