"""What a requirement is: number, title, responsible roles and the rules that decide it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from forvaltning.findings import Strength
from forvaltning.krav.observasjon import Observasjon
from forvaltning.model.base import Post
from forvaltning.model.innstillinger import Innstillinger
from forvaltning.model.register import Register


@dataclass(frozen=True, slots=True)
class Ansvar:
    """Who the regulation names as responsible.

    `type` is ``rolle`` (a role type), ``enhet`` (a function from the settings), ``forum`` or ``alle``.
    `felt` lists the record's own fields that name the role, nearest first; otherwise the role is looked
    for in the record's unit and upward.
    """

    type: str
    kode: str
    navn: str
    felt: tuple[str, ...] = ()
    roller: tuple[str, ...] = ()
    """Roles found for one record by `Krav.ansvar_for`, before the record's own fields are looked at."""


KOMMUNALDIREKTOR = Ansvar("rolle", "kommunaldirektor", "Kommunaldirektør")
BEHANDLINGSANSVARLIG = Ansvar(
    "rolle", "behandlingsansvarlig", "Behandlingsansvarlig", ("behandlingsansvarlige",)
)
RESULTATENHETSLEDER = Ansvar("rolle", "resultatenhetsleder", "Resultatenhetsleder")
SYSTEMEIER = Ansvar("rolle", "systemeier", "Systemeier", ("systemeier", "eier"))
SYSTEMKOORDINATOR = Ansvar("rolle", "systemkoordinator", "Systemkoordinator", ("systemkoordinator",))
PROSJEKTEIER = Ansvar("rolle", "prosjekteier", "Prosjekteier", ("prosjekteier",))
PROSJEKTLEDER = Ansvar("rolle", "prosjektleder", "Prosjektleder", ("prosjektleder",))
AVTALEFORVALTER = Ansvar("rolle", "avtaleforvalter", "Avtaleforvalter", ("avtaleforvalter",))
BESTILLER = Ansvar("rolle", "bestiller", "Bestiller", ("bestiller",))
ANSATTSERVICE = Ansvar("enhet", "ansattservice", "Ansattservice")
DIGITALISERINGSRADET = Ansvar("forum", "digitaliseringsrad", "Digitaliseringsrådet")
ALLE_ANSATTE = Ansvar("alle", "alle", "Alle ansatte")


class UtenDom(Exception):  # noqa: N818 - not an error: the rule carries no verdict for this record
    """Raised by a `naar` when the rule gives no verdict at all, not even *ikke aktuelt*."""


@dataclass(frozen=True, slots=True)
class Kontekst:
    """What a rule may read: the register (with the check date and history) and the settings."""

    register: Register

    @property
    def innstillinger(self) -> Innstillinger:
        """The settings in force."""
        return self.register.innstillinger


Generator = Callable[[Any, Kontekst], Iterator[Observasjon]]
Naar = Callable[[Any, Kontekst], str | None]


@dataclass(frozen=True, slots=True)
class Regel:
    """One rule: for which kinds, when it applies, which fields it rests on, and the generator."""

    gjelder: tuple[type[Post], ...]
    naar: Naar
    felter: tuple[str, ...]
    kjor: Generator

    @property
    def navn(self) -> str:
        """The function's name, for messages about faults of ours."""
        return self.kjor.__name__


def alltid(post: Post, ctx: Kontekst) -> str | None:
    """Applies to every record of the kind."""
    return None


def regel(*gjelder: type[Post], naar: Naar = alltid, felter: tuple[str, ...]) -> Callable[[Generator], Regel]:
    """Turn a generator of observations into a `Regel` value; nothing is registered anywhere.

    `gjelder`: the kinds it judges. `naar`: None when it applies, else the reason it does not. `felter`:
    dotted fields it rests on, those of other kinds as ``"avtaler:vilkar.responstid"``.
    """

    def wrap(kjor: Generator) -> Regel:
        return Regel(gjelder, naar, felter, kjor)

    return wrap


@dataclass(frozen=True, slots=True)
class Krav:
    """One requirement of the regulation.

    `avgjores`: the strengths its evidence can have. `lov`: nobody in the municipality can dispense from
    it. `modul`: `__name__` of the module, beside which the page lies. `ansvar_for`: narrows or replaces
    the responsible for one record (4.6, 7.3).
    """

    nummer: str
    tittel: str
    ansvarlig: tuple[Ansvar, ...]
    avgjores: tuple[Strength, ...]
    regler: tuple[Regel, ...]
    modul: str
    lov: bool = False
    ansvar_for: Callable[[Any, Kontekst], tuple[Ansvar, ...]] | None = None
    gjelder: tuple[type[Post], ...] = field(init=False)

    def __post_init__(self) -> None:
        kinds: dict[type[Post], None] = {}
        for r in self.regler:
            for k in r.gjelder:
                kinds[k] = None
        object.__setattr__(self, "gjelder", tuple(kinds))

    @property
    def omrade(self) -> int:
        """The area, 1 to 9."""
        return int(self.nummer.split(".")[0])
