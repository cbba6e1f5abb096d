"""What a report is made from: the register, its verdicts, and what every report must tell about itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from forvaltning.documents.norsk import nokkel
from forvaltning.engine.sammenligning import Sammenligning
from forvaltning.findings import Problem, Responsible, Verdict
from forvaltning.krav.katalog import ETTER_NUMMER
from forvaltning.krav.typer import ALLE_ANSATTE
from forvaltning.model.base import Post
from forvaltning.model.register import Register
from forvaltning.model.viser import normaliser

P = TypeVar("P", bound=Post)


@dataclass(frozen=True, slots=True)
class Hode:
    """What every report states: registry, commit, date, the settings that decided, and what was not seen."""

    registry: str
    """The registry folder from the top of its Git tree; its name where that says nothing."""
    kommune: str
    commit: str | None
    endret: bool
    """True when the work tree differs from the commit."""
    historie: str
    """``full``, ``grunn`` or ``ingen``."""
    historie_ukjent: str
    """Why history could not be seen, empty when it was."""
    dato: date
    datokilde: str
    """``valgt``, ``eksempel``, ``innsjekking`` or ``i dag``."""
    regelsett: str
    verktoy: str
    modell: int
    gjelder_fra: date | None
    historie_fra: date | None
    varslingsvindu_dager: int
    intervaller: tuple[tuple[str, int], ...]
    """Months between each round, by name."""
    dager: tuple[tuple[str, int], ...]
    """Limits in days, by name."""
    egne: tuple[str, ...]
    """The settings that the registry sets itself."""
    eksempel: bool
    uleste: tuple[str, ...]
    """Files that could not be read."""
    ikke_avgjort: int
    """Verdicts in the selection that could not be decided."""
    utvalg: tuple[str, ...] = ()
    """What the report was narrowed to, in words; empty for everything."""


@dataclass(frozen=True, slots=True)
class Forrige:
    """An earlier state, judged on its own day, for what has changed since."""

    revisjon: str
    """As it was asked for."""
    commit: str
    dato: date
    dommer: Sequence[Verdict]
    sammenligning: Sammenligning


@dataclass(frozen=True)
class Grunnlag:
    """What a view is made from; a view is a pure function `Grunnlag` → `Visning`.

    `dommer` and `problemer` are narrowed already to the units and the role that were asked for; records are narrowed
    by `poster()` and `med()`. `enheter`: normalised ids of the chosen units and those below them, None for all.
    `rolle`: a role type, a forum or the id of a role, None for all. `post`: ``kind/id`` of the record the report is
    about; nothing is narrowed by it.
    """

    register: Register
    dommer: Sequence[Verdict]
    """Every verdict, green ones too, by kind, record and requirement."""
    problemer: Sequence[Problem]
    hode: Hode
    enheter: frozenset[str] | None = None
    rolle: str | None = None
    post: str | None = None
    forrige: Forrige | None = None

    @property
    def dato(self) -> date:
        """The check date. For showing and for counting days; what is decided stands in the verdicts."""
        return self.hode.dato

    # --- records -----------------------------------------------------------------------------------

    def med(self, post: Post) -> bool:
        """True when a record is within the units and the role that were asked for."""
        if self.enheter is not None:
            unit = self.register.enhet_for(post)
            if unit is None or normaliser(unit) not in self.enheter:
                return False
        return self.rolle is None or normaliser(post.id) in self._rollens_poster

    def poster(self, cls: type[P]) -> list[P]:
        """The records of a kind that were asked for, in Norwegian order of their names."""
        return self.sortert(p for p in self.register.alle(cls) if self.med(p))

    def sortert(self, poster: Iterable[P]) -> list[P]:
        """Records in Norwegian order of their names, then of their ids."""
        return sorted(poster, key=lambda p: (nokkel(self.navn(p.id)), nokkel(p.id)))

    @cached_property
    def _rollens_poster(self) -> frozenset[str]:
        """Ids of records that the role answers for, or that name it."""
        wanted = self.rolle or ""
        ids = {
            normaliser(v.post.partition("/")[2])
            for v in self.dommer
            if any(wanted in (a.rolle, a.post) for a in v.ansvarlig)
        }
        roles = [o.id for o in self.register.oppforinger() if o.kind == "roller" and o.id == wanted] or [
            o.id
            for o in self.register.oppforinger()
            if o.kind == "roller" and getattr(o.post, "type", None) == wanted
        ]
        for role in roles:
            ids |= {normaliser(o.id) for o, _ in self.register.innkommende(role)}
        return frozenset(ids)

    # --- names -------------------------------------------------------------------------------------

    def navn(self, ident: str | None) -> str:
        """What people call a record; its id when it has no name or is not there, empty text for None."""
        if not ident:
            return ""
        found = self.register.oppforing(ident.rpartition("/")[2])
        return found.navn if found is not None else ident

    def enhetsnavn(self, ident: str | None) -> str:
        """The name of a unit; «Uten enhet» for none."""
        return self.navn(ident) if ident else "Uten enhet"

    def enhet(self, post: Post) -> str:
        """The name of the unit a record belongs to."""
        return self.enhetsnavn(self.register.enhet_for(post))

    def rolletittel(self, kode: str) -> str:
        """A role type, forum or function in words."""
        s = self.register.innstillinger
        if kode in s.rolletyper:
            return s.rolletyper[kode]
        if kode in s.fora:
            return s.fora[kode].navn
        unit = s.funksjoner.get(kode)
        if unit:
            return self.navn(unit)
        return ALLE_ANSATTE.navn if kode == ALLE_ANSATTE.kode else kode.replace("_", " ").capitalize()

    def rollenavn(self, ident: str | None) -> str:
        """A role record in words: its position, else its type and unit; the id when it is not there."""
        if not ident:
            return ""
        found = self.register.oppforing(ident)
        if found is None or found.kind != "roller":
            return ident
        position = getattr(found.post, "stilling", None)
        if position:
            return str(position)
        unit = getattr(found.post, "enhet", None)
        title = self.rolletittel(getattr(found.post, "type", None) or ident)
        return f"{title}, {self.navn(unit)}" if unit else title

    def hvem(self, ansvarlig: Responsible) -> str:
        """Who answers, in words: the role with its record and contact."""
        inside = [x for x in (ansvarlig.post, ansvarlig.kontakt) if x]
        title = self.rolletittel(ansvarlig.rolle)
        return f"{title} ({', '.join(inside)})" if inside else title

    def svarer(self, dom: Verdict) -> str:
        """Everyone who answers for a verdict."""
        return "; ".join(self.hvem(a) for a in dom.ansvarlig) or "ingen er utpekt"

    def kravtittel(self, nummer: str) -> str:
        """«4.2 Risiko er vurdert …»."""
        k = ETTER_NUMMER.get(nummer)
        return f"{nummer} {k.tittel}" if k is not None else nummer

    def kode(self, liste: str, verdi: str | None) -> str:
        """The words of a code in a code list (`Innstillinger.koder`); empty text for None."""
        return self.register.innstillinger.navn(liste, verdi) if verdi else ""

    # --- verdicts ----------------------------------------------------------------------------------

    @cached_property
    def _etter_post(self) -> dict[str, list[Verdict]]:
        out: dict[str, list[Verdict]] = defaultdict(list)
        for v in self.dommer:
            out[v.post].append(v)
        return out

    def dommer_for(self, post: Post | str) -> Sequence[Verdict]:
        """The verdicts of one record (`Post` or ``kind/id``), by requirement."""
        return self._etter_post.get(post if isinstance(post, str) else post.key, ())

    def dom(self, post: Post | str, krav: str) -> Verdict | None:
        """The verdict of one requirement for one record, None when there is none."""
        return next((v for v in self.dommer_for(post) if v.krav == krav), None)
