"""`check --against`: what a change is not to blame for, since only its own line of history dates it anew.

A branch that has merged the one it goes to shows the changes from there on the day of that merge (ADR 6), when the ROS
that covered them may have been too old, or not there. Once the branch is merged they have their own day again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forvaltning.cli.okt import Okt
    from forvaltning.engine.sammenligning import Sammenligning
    from forvaltning.model.historie import FunnetEndring

Endringer = dict[str, tuple["FunnetEndring", ...]]


def skyv_daterte(comparison: Sammenligning, okt: Okt, old: Okt, navn: Mapping[str, str]) -> None:
    """Count as old every new finding that is gone once the base dates what says the same there."""
    from forvaltning.engine.run import Motor
    from forvaltning.krav.katalog import ALLE
    from forvaltning.model.dag import Dag
    from forvaltning.model.register import Register

    head, base = okt.register.historie, old.register.historie
    if not comparison.nye or not head.kjent or not base.kjent:
        return
    dated = _datert(okt, old, navn)
    if dated == dict(head.endringer):
        return
    seen = replace(head, endringer=dated, lest=None)
    read = okt.innlest
    register = Register(read.oppforinger, okt.innstillinger, Dag(okt.dato), seen, read.uleselige, read.indeks)
    motor = Motor(ALLE, register)
    judged = [
        motor.dom_post(o.post)
        for key in {v.post for v, _ in comparison.nye}
        if (o := register.oppforing(key.partition("/")[2])) is not None
    ]
    if any(d.svikt for d in judged):  # a rule that fails has seen nothing: all that is new stays new
        return
    found = {f.nokkel for d in judged for v in d.dommer for f in v.funn}
    comparison.gamle += [p for p in comparison.nye if p[1].nokkel not in found]
    comparison.nye = [p for p in comparison.nye if p[1].nokkel in found]


def _datert(okt: Okt, old: Okt, navn: Mapping[str, str]) -> Endringer:
    """The history of the newer state, where fields that the base says the same of have the history they have there."""
    from forvaltning.history.felt import endringer
    from forvaltning.model.viser import normaliser

    head, base = okt.register.historie, old.register.historie
    former = {normaliser(new): gone for gone, new in navn.items()}
    out: Endringer = {}
    for key in {*head.endringer, *base.endringer}:
        now = okt.register.oppforing(key.partition("/")[2])
        was = old.register.oppforing(former.get(normaliser(now.id), now.id)) if now is not None else None
        mine = head.endringer.get(key, ())
        same = was is not None and was.key == key and mine == base.endringer.get(key, ())
        if same or now is None or was is None or now.key != key or was.kind != now.kind:
            out[key] = mine
            continue
        fields = {re.sub(r"\[[^\]]*\]", "", e.felt) for e in endringer(was.post, now.post)}
        own = tuple(f for f in mine if _rort(f.felt, fields))
        theirs = (f for f in base.endringer.get(was.key, ()) if not _rort(f.felt, fields))
        out[key] = tuple(sorted((*(replace(f, post=key) for f in theirs), *own), key=lambda f: f.dato))
    return out


def _rort(felt: str, endret: set[str]) -> bool:
    """Whether a field is one of those that differ, is a part of one or has one as a part."""
    return any(felt == e or felt.startswith(e + ".") or (felt and e.startswith(felt + ".")) for e in endret)
