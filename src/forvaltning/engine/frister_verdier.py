"""One date in a record that runs out, and who answers for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from forvaltning.findings import FieldPath, Responsible
from forvaltning.model.base import Post
from forvaltning.model.register import Register
from forvaltning.model.rolle import Rolle


@dataclass(frozen=True, slots=True)
class Feltfrist:
    """A date in a record.

    `felt`: its name, where the path says more than what the deadline is (the end of an agreement stays the same
    deadline when an option moves it).
    """

    post: Post
    path: FieldPath
    dato: date
    hva: str
    tiltak: str
    ansvarlig: tuple[Responsible, ...] = ()
    krav: str | None = None
    felt: str = ""


def svarer(register: Register, *identer: str | None) -> tuple[Responsible, ...]:
    """The roles among these ids as responsible, each once, in the order given."""
    roles = register.hent_alle([i for i in dict.fromkeys(identer) if i], Rolle)
    return tuple(Responsible(r.type, r.id, r.enhet, r.kontakt) for r in roles)


def kommer(register: Register, dato: date | None) -> bool:
    """True when a day is set and not passed."""
    return dato is not None and not register.dag.passert(dato)
