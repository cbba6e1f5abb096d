"""Everything that runs out as a view: what is overdue apart, then month by month, with the year wheel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from textwrap import wrap

from forvaltning.documents import norsk
from forvaltning.documents.gjoremal import svarere
from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.ical import Hendelse
from forvaltning.documents.om import om
from forvaltning.documents.visning import Del, Figur, Kolonne, Tabell, Visning
from forvaltning.engine.frister import Frist
from forvaltning.findings import Responsible
from forvaltning.model.innstillinger import legg_til_maneder

KOLONNER = (
    Kolonne("dato", "Dato", "dato"),
    Kolonne("dager", "Dager igjen", "tall"),
    Kolonne("hva", "Gjelder"),
    Kolonne("tiltak", "Gjør dette"),
    Kolonne("krav", "Krav"),
    Kolonne("svarer", "Svarer", "liste"),
    Kolonne("post", "Post"),
    Kolonne("navn", "Navn"),
)
HJUL = (
    Kolonne("maned", "Måned"),
    Kolonne("antall", "Frister", "tall"),
    Kolonne("hva", "Hva", "liste"),
)
AR = 12
"""Months of the year wheel."""
NEVNT = 6
"""Deadlines named for a month in the year wheel; the rest are counted."""


def visning(g: Grunnlag, frister: Sequence[Frist], til: date | None) -> Visning:
    """The deadlines. `til`: the last day that was asked for, None for all."""
    late = [f for f in frister if f.dato < g.dato]
    coming = [f for f in frister if f.dato >= g.dato]
    parts = []
    if late:
        text = "Fristen er ute. Det lengst over fristen står først."
        parts.append(
            Del("Over fristen", (text,), tabeller=(_tabell(g, "over_fristen", "Over fristen", late),))
        )
    if coming:
        parts.append(arshjul(g, coming, til))
    months: dict[str, list[Frist]] = defaultdict(list)
    for f in coming:
        months[f"{f.dato:%Y-%m}"].append(f)
    for key, mine in months.items():
        title = norsk.maned(mine[0].dato).capitalize()
        parts.append(Del(title, tabeller=(_tabell(g, f"m_{key.replace('-', '_')}", title, mine),)))
    limit = f" til og med {norsk.dato(til)}" if til is not None else ""
    lead = f"{norsk.antall(len(coming), 'frist', 'frister')}{limit}, den nærmeste først."
    if not frister:
        lead = f"Ingen frister{limit} i det som ble valgt ut."
    numbers = (("Over fristen", len(late)), ("Frister som kommer", len(coming)))
    return Visning("frister", "Frister og årshjul", (lead,), tuple(parts), numbers)


def hva(f: Frist) -> str:
    """What runs out, with the requirement's number where one asks."""
    return f"{f.krav} {f.hva}" if f.krav and not f.felt else f.hva


def _tabell(g: Grunnlag, navn: str, tittel: str, frister: Sequence[Frist]) -> Tabell:
    rows = tuple(
        (
            f.dato,
            f.dager(g.dato),
            f.hva,
            f.tiltak,
            f.krav or "",
            svarere(g, f.ansvarlig),
            f.post,
            f.navn if f.navn != f.post.partition("/")[2] else "",
        )
        for f in frister
    )
    return Tabell(navn, tittel, KOLONNER, rows)


# --- the year wheel ---------------------------------------------------------------------------------------


def maneder(fra: date, frister: Sequence[Frist], til: date | None = None) -> list[tuple[date, list[Frist]]]:
    """The twelve months from that of `fra`, each with its deadlines.

    Months after `til`, the last day that was asked for, are not there: nobody looked, so none is not the answer.
    """
    first = fra.replace(day=1)
    starts = [s for s in (legg_til_maneder(first, n) for n in range(AR)) if til is None or s <= til]
    by_month: dict[tuple[int, int], list[Frist]] = defaultdict(list)
    for f in frister:
        by_month[f.dato.year, f.dato.month].append(f)
    return [(s, by_month[s.year, s.month]) for s in starts]


def arshjul(g: Grunnlag, frister: Sequence[Frist], til: date | None = None) -> Del:
    """The year wheel by month, as a table and a figure. `til`: the last day that was asked for, None for all."""
    months = maneder(g.dato, frister, til)
    rows = tuple((norsk.maned(s), len(mine), _nevnt(mine)) for s, mine in months)
    title = "Årshjul"
    text = "De neste tolv månedene, regnet fra sjekkdatoen."
    if til is not None and len(months) < AR:
        text = f"Bare til og med {norsk.dato(til)}. Lenger fram er det ikke sett."
    later = len(frister) - sum(len(m) for _, m in months)
    if later:
        text += f" {norsk.antall(later, 'frist', 'frister')} kommer senere."
    table = Tabell("arshjul", title, HJUL, rows)
    return Del(title, (text,), tabeller=(table,), figurer=(figur(g, frister, til),))


def _nevnt(mine: Sequence[Frist]) -> tuple[str, ...]:
    named = tuple(f"{norsk.dato(f.dato)} {f.navn}: {hva(f)}" for f in mine[:NEVNT])
    rest = len(mine) - len(named)
    return (*named, f"og {rest} til") if rest else named


def figur(g: Grunnlag, frister: Sequence[Frist], til: date | None = None, *, alene: bool = False) -> Figur:
    """The year wheel as a figure. `til`: the last day that was asked for, None for all.

    `alene`: it is a file of its own, and has to say itself what it rests on.
    """
    from forvaltning.documents.svg_arshjul import arshjul as hjul  # noqa: PLC0415 - only where it is drawn

    months = maneder(g.dato, frister, til)
    title = f"Årshjul for {g.hode.kommune or 'registeret'}"
    words = "; ".join(f"{norsk.maned(s)} {len(mine)}" for s, mine in months)
    period = "de neste tolv månedene"
    if til is not None and len(months) < AR:
        period = f"til og med {norsk.dato(til)}"
    text = f"Frister {period}: {words}."
    head = om(g.hode)
    below = [line for s in (head.linje, *head.forbehold) for line in wrap(s, 120)] if alene else []
    named = [[(f.dato, f"{f.navn}: {hva(f)}") for f in m] for _, m in months]
    svg = hjul("arshjul", title, " ".join([text, *below]), g.dato, named, below)
    return Figur("arshjul", title, text, svg)


# --- the calendar -----------------------------------------------------------------------------------------


def hendelser(g: Grunnlag, frister: Sequence[Frist], eier: str) -> list[Hendelse]:
    """The deadlines as calendar events. `eier`: what tells this registry's ids from another's."""
    out = []
    twins: dict[str, int] = {}
    who: dict[tuple[Responsible, ...], str] = {}
    for f in frister:
        lines = [f.tiltak]
        if f.krav:
            lines.append(f"Krav {g.kravtittel(f.krav)}")
        lines.append(f"Post: {f.post}")
        if f.ansvarlig:
            if f.ansvarlig not in who:
                who[f.ansvarlig] = "Svarer: " + "; ".join(g.hvem(a) for a in f.ansvarlig)
            lines.append(who[f.ansvarlig])
        kinds = (f"Krav {f.krav}",) if f.krav else ("Frist",)
        title = f"{f.navn}: {f.hva}"
        # Two parts of a record with the same id (two certificates named alike) must not become one event.
        twins[f.id] = n = twins.get(f.id, 0) + 1
        uid = f.id if n == 1 else f"{f.id}-{n}"
        out.append(Hendelse(f"{uid}-{eier}@forvaltning", f.dato, title, "\n".join(lines), kinds))
    return out
