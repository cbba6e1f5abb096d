"""Other cuts of a report's tables: some columns of one for a page, and those of the same kind as one for a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from forvaltning.documents.tabeller import vist
from forvaltning.documents.visning import Kolonne, Tabell


def utdrag(t: Tabell, tittel: str, *kolonner: str, forklar: bool = True) -> Tabell:
    """Some columns of a table under a title of its own, for a page that is too narrow for all of them.

    `forklar`: whether the table's explanation comes along; once is enough when a table is shown in pieces.
    Raises `KeyError` for a column that is not there.
    """
    place = {k.navn: n for n, k in enumerate(t.kolonner)}
    chosen = [place[navn] for navn in kolonner]
    return replace(
        t,
        tittel=tittel,
        forklaring=t.forklaring if forklar else "",
        kolonner=tuple(t.kolonner[n] for n in chosen),
        rader=tuple(tuple(rad[n] for n in chosen) for rad in t.rader),
    )


def samlet(tabeller: Iterable[Tabell]) -> list[Tabell]:
    """Tables with the same name and columns joined, where the first of them stands: one sheet, one header.

    A page may tell of one owner at a time; a spreadsheet is filtered.
    """
    out: dict[tuple[str, tuple[Kolonne, ...]], list[Tabell]] = {}
    for t in tabeller:
        out.setdefault((t.navn, t.kolonner), []).append(t)
    return [
        same[0] if len(same) == 1 else replace(same[0], rader=tuple(rad for t in same for rad in t.rader))
        for same in out.values()
    ]


def kort(t: Tabell, rad: int, tittel: str, *uten: str) -> Tabell:
    """One row as a table of two columns, what is asked and what is said: a card for a row with many columns.

    `uten`: columns that stand elsewhere on the page, as in its heading.
    """
    return replace(
        t,
        navn=f"{t.navn}_{rad + 1}",
        tittel=tittel,
        kolonner=(Kolonne("opplysning", "Opplysning"), Kolonne("verdi", "Verdi")),
        rader=tuple(
            (k.tittel, v if isinstance(v, tuple) else vist(v, k.slag))
            for k, v in zip(t.kolonner, t.rader[rad], strict=True)
            if k.navn not in uten
        ),
        forklaring="",
    )
