"""A report as CSV for a spreadsheet in a Norwegian set-up: UTF-8 with BOM, semicolons, CRLF, every text quoted.

With several tables in one file every row begins with the name of its table, and each table with its own header.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

from forvaltning.documents.utdrag import samlet
from forvaltning.documents.visning import Tabell, Verdi, Visning
from forvaltning.source.csv_tegn import BOM, celle

_RADER = 256
"""Rows written at a time."""


def som_csv(v: Visning, tabell: str | None = None) -> Iterator[str]:
    """The tables of the report, or the one named. Raises `KeyError` when there is none by that name."""
    tables = samlet(v.tabeller())
    if tabell is not None:
        tables = [t for t in tables if t.navn == tabell]
        if not tables:
            raise KeyError(tabell)
    several = len(tables) > 1
    yield BOM
    for t in tables:
        yield from _tabell(t, several=several)


def _tabell(t: Tabell, *, several: bool) -> Iterator[str]:
    first = [t.navn] if several else []
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([*(["tabell"] if several else []), *(k.navn for k in t.kolonner)])
    for i, row in enumerate(t.rader, 1):
        writer.writerow([*first, *map(_celle, row)])
        if i % _RADER == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _celle(v: Verdi) -> str | int:
    if v is None:
        return ""
    if isinstance(v, bool):
        return "ja" if v else "nei"
    if isinstance(v, float):
        return f"{v:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    if isinstance(v, date):
        return v.isoformat()
    return celle("; ".join(v) if isinstance(v, tuple) else v)
