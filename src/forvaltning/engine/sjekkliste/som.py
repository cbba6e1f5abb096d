"""A registry as if: some records in production, under way or ended, while the files say something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from forvaltning.model.base import Post
from forvaltning.model.behandling import Behandling
from forvaltning.model.dag import Dag
from forvaltning.model.integrasjon import Integrasjon
from forvaltning.model.oppforing import Oppforing
from forvaltning.model.register import Register

I_PRODUKSJON = "i_produksjon"
SOM_OM = {
    I_PRODUKSJON: "Løsningen er ikke satt i produksjon. Kravene er vurdert som om den var det, og som om "
    "behandlinger og dataflyter som er planlagt for den, var startet.",
    "avviklet": "Løsningen er ikke avviklet. Kravene er vurdert som om den var det.",
}
"""What a reader must know of a checklist whose requirements are judged so."""
OVER = "Løsningen er avviklet. Kravene er vurdert som om den var i produksjon."
"""The same, where it once was in production and is no more."""


def som_om(post: Post | None, tilstand: str) -> str:
    """What a reader must know when a record is judged as if it were in another state than it is."""
    over = getattr(post, "tilstand", None) in {"avviklet", "avsluttet"}
    return OVER if over and tilstand == I_PRODUKSJON else SOM_OM[tilstand]


def som_felt(post: Post, tilstand: str, dato: date) -> dict[str, Any]:
    """The fields that make a record one in production (or one that has ended) on a day.

    A production date that is not set or not reached is taken to be that day, so that nothing is judged as late.
    """
    fields = type(post).model_fields
    if isinstance(post, Integrasjon):
        return {"tilstand": "avsluttet" if tilstand == "avviklet" else "aktiv"}
    if "produksjon_fra" not in fields:
        return {}
    if tilstand == "avviklet":
        return {"tilstand": tilstand}
    start: date | None = getattr(post, "produksjon_fra", None)
    out: dict[str, Any] = {"produksjon_fra": dato} if start is None or start > dato else {}
    if getattr(post, "tilstand", None) not in {"i_produksjon", "under_avvikling"}:
        out["tilstand"] = tilstand
    return out


def som_startet(post: Behandling | Integrasjon, dato: date) -> dict[str, Any]:
    """The fields that make a planned activity or flow one that starts on a day, if it has not said an earlier one."""
    felt = "behandling_fra" if isinstance(post, Behandling) else "aktiv_fra"
    start: date | None = getattr(post, felt)
    return {"tilstand": "aktiv", felt: start if start is not None and start <= dato else dato}


def som(register: Register, dato: date, felt: Mapping[str, Mapping[str, Any]]) -> Register:
    """A register over the same entries in which some records, by id, have other fields; itself when none differ."""
    copies: dict[str, Post] = {}
    for o in register.oppforinger():
        mine = felt.get(o.id, {})
        if any(getattr(o.post, name) != value for name, value in mine.items()):
            copies[o.id] = o.post.model_copy(update=dict(mine))
    if not copies:
        return register
    entries = (
        Oppforing(o.kind, o.id, o.fil, o.henvisninger, copies[o.id]) if o.id in copies else o
        for o in register.oppforinger()
    )
    historie = replace(register.historie, lest=None)
    return Register(entries, register.innstillinger, Dag(dato), historie, register.uleselige())
