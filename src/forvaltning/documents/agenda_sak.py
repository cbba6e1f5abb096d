"""One item of a meeting's agenda: the facts that a decision needs, and what has to be decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import dato as norsk_dato
from forvaltning.documents.norsk import nokkel
from forvaltning.documents.rapporter import felles
from forvaltning.documents.visning import Del, Kolonne, Tabell, Verdi
from forvaltning.findings import Verdict
from forvaltning.model.innstillinger import Forum

FAKTA = (Kolonne("opplysning", "Opplysning"), Kolonne("verdi", "Det registeret sier"))


@dataclass(frozen=True, slots=True)
class Mote:
    """The meeting that is asked for: the forum, and the last day of the window from the check date."""

    kode: str
    forum: Forum
    til: date


@dataclass(frozen=True, slots=True)
class Sak:
    """One item. `forslag` says what the forum has to decide or discuss; `fakta` are label and value, None left out."""

    tittel: str
    forslag: str
    fakta: tuple[tuple[str, Verdi], ...]
    post: str = ""
    """``kind/id``; empty for an item about several records."""
    krav: str = ""
    frist: date | None = None
    ansvarlig: str = ""
    tabeller: tuple[Tabell, ...] = ()

    def som_del(self, nummer: int) -> Del:
        """The item as a part of the page, with its number."""
        fakta = tuple((navn, ordlagt(verdi)) for navn, verdi in self.fakta if verdi not in (None, ()))
        return Del(
            f"Sak {nummer}: {self.tittel}",
            avsnitt=(self.forslag,),
            tabeller=(Tabell(f"sak_{nummer}", "Opplysninger i saken", FAKTA, fakta), *self.tabeller),
        )


Lag = Callable[[Grunnlag, Mote], list[Sak]]


@dataclass(frozen=True, slots=True)
class Slag:
    """A kind of item: its title, what the register was searched for, and the function that makes the items."""

    tittel: str
    sett_etter: str
    lag: Lag


def ordlagt(verdi: Verdi) -> str:
    """A fact in words: several sentences after one another, several names with commas."""
    if isinstance(verdi, tuple):
        return (" " if all(v.endswith(".") for v in verdi) else "; ").join(verdi)
    return norsk_dato(verdi) if isinstance(verdi, date) else str(verdi)


def etter_frist(sakene: Iterable[Sak]) -> list[Sak]:
    """Soonest first, those without a deadline last, then by name."""
    return sorted(sakene, key=lambda s: (s.frist or date.max, nokkel(s.tittel), s.post))


def innen(g: Grunnlag, mote: Mote, dag: date | None) -> bool:
    """True when a day lies between the check date and the end of the window, both included."""
    return dag is not None and g.dato <= dag <= mote.til


def med_dager(g: Grunnlag, dag: date | None) -> Verdi:
    """A day with how far away it is; None stays None."""
    return f"{norsk_dato(dag)} ({felles.om(g, dag)})" if dag is not None else None


def forfalt(dom: Verdict) -> date | None:
    """The first day that has passed among what is broken and no deviation covers.

    None where something is missing or at odds: the verdict's own deadline is then about something else that it reads.
    """
    return min(
        (f.dato for f in dom.funn if f.dato is not None and (f.avvik is None or dom.lovbrudd)), default=None
    )


def funnet(dom: Verdict | None) -> tuple[str, ...]:
    """What a verdict's findings say."""
    return tuple(f.melding for f in dom.funn) if dom is not None else ()
