"""The way of an enquiry in words: for the terminal, as Markdown, and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator
from typing import TypedDict

from forvaltning.documents.grunnlag import Hode
from forvaltning.documents.om import om
from forvaltning.documents.tegn import kode, md
from forvaltning.engine.rute_typer import Hvem, Rute, Steg
from forvaltning.engine.sjekkliste.typer import Mangel, Sted
from forvaltning.source.text import safe

VERSJON = 1
Finn = Callable[[Sted], str]


class HvemJson(TypedDict):
    """Who takes a step. `post` is null when nobody fills the role or function."""

    navn: str
    post: str | None
    kontakt: str | None


class RutemangelJson(TypedDict):
    """What the registry lacks; `hvor` is file and line, null when there is no place yet."""

    melding: str
    tiltak: str
    hvor: str | None


class StegJson(TypedDict):
    """One step, in order."""

    id: str
    tittel: str
    tekst: str
    prosess: str | None
    hvem: list[HvemJson]
    mangler: list[RutemangelJson]


class RuteJson(TypedDict):
    """What `forvaltning route ID --format json` writes."""

    versjon: int
    verktoy: str
    registry: str
    commit: str | None
    endret: bool
    dato: str
    datokilde: str
    post: str
    navn: str
    uleste: list[str]
    steg: list[StegJson]


def som_tekst(r: Rute, h: Hode, finn: Finn, bredde: int) -> Iterator[str]:
    """The way for a terminal of `bredde` columns."""
    yield from _avsnitt(f"{r.navn} ({r.post})", bredde)
    for n, s in enumerate(r.steg, 1):
        yield "\n"
        yield from _avsnitt(f"{n}. {s.tittel}", bredde)
        yield from _avsnitt(s.tekst, bredde, "   ")
        for line in _linjer(s, finn):
            yield from _avsnitt(line, bredde, "   - ", "     ")
    if r.uleste:
        yield "\n"
        yield from _avsnitt(_uleste(r), bredde)
    yield "\n"
    yield from _avsnitt(om(h).linje, bredde)


def _avsnitt(tekst: str, bredde: int, forst: str = "", ellers: str | None = None) -> list[str]:
    lines = textwrap.wrap(
        safe(tekst, 2000),
        bredde,
        initial_indent=forst,
        subsequent_indent=forst if ellers is None else ellers,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [f"{line}\n" for line in lines]


def som_markdown(r: Rute, h: Hode, finn: Finn) -> str:
    """The way as Markdown."""
    out = [f"# Hvor en henvendelse går: {md(r.navn)}", "", f"Gjelder {kode(r.post)}.", ""]
    for n, s in enumerate(r.steg, 1):
        out += [f"## {n}. {md(s.tittel)}", "", md(s.tekst), ""]
        lines = [f"- {md(line)}" for line in _linjer(s, finn)]
        out += [*lines, ""] if lines else []
    if r.uleste:
        out += [f"> {md(_uleste(r))}", ""]
    about = om(h)
    out += [*(f"> {md(f)}\n" for f in about.forbehold), md(about.linje)]
    return "\n".join(out) + "\n"


def _linjer(s: Steg, finn: Finn) -> Iterator[str]:
    if s.prosess:
        yield f"Serviceprosess i BkService: {s.prosess}"
    for h in s.hvem:
        yield _hvem(h)
    for m in s.mangler:
        yield _mangel(m, finn)


def _hvem(h: Hvem) -> str:
    if not h.fylt:
        return f"{h.navn} (står ikke i registeret)"
    inside = ", ".join(x for x in (h.kontakt, h.post) if x)
    return f"{h.navn}: {inside}" if inside else h.navn


def _mangel(m: Mangel, finn: Finn) -> str:
    where = f" Se {finn(m.sted)}." if m.sted is not None and m.sted.post else ""
    return f"Mangler: {m.melding} {m.tiltak}{where}"


def _uleste(r: Rute) -> str:
    return f"Disse filene kan ikke leses, og kan gi et annet svar: {', '.join(r.uleste)}."


def som_json(r: Rute, h: Hode, finn: Finn) -> str:
    """The way as JSON text."""
    value: RuteJson = {
        "versjon": VERSJON,
        "verktoy": h.verktoy,
        "registry": h.registry,
        "commit": h.commit,
        "endret": h.endret,
        "dato": h.dato.isoformat(),
        "datokilde": h.datokilde,
        "post": r.post,
        "navn": r.navn,
        "uleste": list(r.uleste),
        "steg": [_steg(s, finn) for s in r.steg],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _steg(s: Steg, finn: Finn) -> StegJson:
    return {
        "id": s.id,
        "tittel": s.tittel,
        "tekst": s.tekst,
        "prosess": s.prosess,
        "hvem": [{"navn": h.navn, "post": h.post, "kontakt": h.kontakt} for h in s.hvem],
        "mangler": [
            {
                "melding": m.melding,
                "tiltak": m.tiltak,
                "hvor": finn(m.sted) if m.sted is not None and m.sted.post else None,
            }
            for m in s.mangler
        ],
    }
