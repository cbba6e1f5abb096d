"""A report as Markdown and as one HTML page: the same template makes both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from forvaltning.documents import side, tegn
from forvaltning.documents.grunnlag import Hode
from forvaltning.documents.mal import Maler, som_tekst
from forvaltning.documents.om import om
from forvaltning.documents.tabeller import md_figur, md_tabell, vist
from forvaltning.documents.utdrag import kort, utdrag
from forvaltning.documents.visning import Figur, Slag, Tabell, Visning

FELLES = "rapport"
"""The template for a report that has none of its own."""


def markdown(v: Visning, hode: Hode, maler: Maler, filer: dict[str, str] | None = None) -> str:
    """The report as Markdown. `filer`: figure → the file it lies in beside the document. Raises `MalFeil`."""
    known = filer or {}

    def tabell(t: Tabell, over: str = "") -> Markup:
        title = "" if t.tittel == over else f"**{tegn.md(t.tittel)}**\n\n"
        return Markup(title + md_tabell(t))  # noqa: S704 - every cell is escaped there

    def figur(f: Figur) -> Markup:
        return Markup(md_figur(f, known.get(f.navn)))  # noqa: S704 - escaped there

    return maler.skriv(
        v.navn,
        _verdier(v, hode, tegn.md),
        {"tabell": tabell, "figur": figur, **_felles(tegn.md)},
        ellers=(FELLES,),
    )


def html(v: Visning, hode: Hode, maler: Maler) -> Iterator[str]:
    """The report as one page, in pieces. Raises `MalFeil` before the first piece."""
    tables: list[Tabell] = []
    figures: list[Figur] = []
    under: set[int] = set()

    def tabell(t: Tabell, over: str = "") -> Markup:
        if t.tittel == over:
            under.add(len(tables))
        tables.append(t)
        return Markup(side.plass("t", len(tables) - 1))  # noqa: S704 - our own mark

    def figur(f: Figur) -> Markup:
        figures.append(f)
        return Markup(side.plass("f", len(figures) - 1))  # noqa: S704 - our own mark

    text = maler.skriv(
        v.navn,
        _verdier(v, hode, tegn.md_side),
        {"tabell": tabell, "figur": figur, **_felles(tegn.md_side)},
        ellers=(FELLES,),
        side=True,
    )
    return side.deler(text, _sidetittel(v, hode), tables, figures, frozenset(under))


def _sidetittel(v: Visning, hode: Hode) -> str:
    return f"{v.tittel} – {hode.kommune}" if hode.kommune else v.tittel


def _verdier(v: Visning, hode: Hode, escape: Callable[[str], str]) -> dict[str, Any]:
    """What a template can use: `v` is the report, `hode` what it tells about itself."""
    head = om(hode)
    line = _med_kode(head.linje, (hode.commit or "")[:12], escape)
    listed = {"Innsjekking": hode.commit or "", "Laget med": hode.regelsett}
    rows = tuple((name, _med_kode(value, listed.get(name, ""), escape)) for name, value in head.om)
    return {"v": v, "hode": replace(head, linje=line, om=rows), "grunnlag": hode}


def _med_kode(linje: str, verdi: str, escape: Callable[[str], str]) -> str:
    """A line of the head with a commit or the like in a code span, where it is read and copied whole."""
    before, found, after = linje.partition(verdi) if verdi else (linje, "", "")
    if not found:
        return linje
    gap = " " if before.endswith(" ") else ""
    return Markup(f"{escape(before)}{gap}{tegn.kode(found)}{escape(after)}")  # noqa: S704 - escaped piece by piece


def _felles(escape: Any) -> dict[str, Any]:
    def overskrift(tekst: Any, niva: int) -> Markup:
        return Markup(f"{'#' * max(2, min(6, int(niva)))} {escape(som_tekst(tekst))}")  # noqa: S704 - escaped

    def celle(verdi: Any, slag: Slag = "tekst") -> Markup:
        return Markup(escape(vist(verdi, slag)))  # noqa: S704 - escaped

    return {"overskrift": overskrift, "utdrag": utdrag, "kort": kort, "celle": celle}
