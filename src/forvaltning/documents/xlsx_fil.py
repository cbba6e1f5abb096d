"""A report as an Excel workbook: typed cells, one sheet for each table, and one that tells about the report.

Text is always text: nothing becomes a formula, a link or a number. Rows are written as they are made, so that
memory does not grow with them. The same report gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from math import ceil
from typing import Any

from forvaltning.documents.grunnlag import Hode
from forvaltning.documents.om import om
from forvaltning.documents.tabeller import UTFALL, vist
from forvaltning.documents.utdrag import samlet
from forvaltning.documents.visning import Kolonne, Tabell, Verdi, Visning
from forvaltning.source.trygg import ren

MAKS_RADER = 1_048_575
"""Rows under the header that a sheet can hold."""
MAKS_TEGN = 32_767
"""Characters that a cell can hold."""
_ULOVLIG = re.compile(r"[\[\]:*?/\\]")
_SE_PA = 200
"""Rows that decide how wide a column is."""


class ForMangeRader(Exception):  # noqa: N818 - named in the domain's words
    """A table is longer than a sheet can be."""


def som_xlsx(v: Visning, hode: Hode) -> bytes:
    """The workbook. Raises `ImportError` without XlsxWriter, `ForMangeRader` for a table that finds no room."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra, only here

    out = io.BytesIO()
    book = Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "dd.mm.yyyy",
        },
    )
    book.set_properties(
        {
            "title": ren(v.tittel, 200),
            "company": ren(hode.kommune, 200),
            "comments": ren(om(hode).linje, 500),
            "created": datetime(hode.dato.year, hode.dato.month, hode.dato.day),  # noqa: DTZ001 - the check date
        }
    )
    looks = {
        "hode": book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"}),
        "navn": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "tekst": book.add_format({"text_wrap": True, "valign": "top"}),
        "dato": book.add_format({"num_format": "dd.mm.yyyy", "valign": "top", "align": "left"}),
        "tall": book.add_format({"num_format": "#,##0.##", "valign": "top"}),
        "heltall": book.add_format({"num_format": "#,##0", "valign": "top"}),
        "prosent": book.add_format({"num_format": '0.0" %"', "valign": "top"}),
        "tall_venstre": book.add_format({"num_format": "#,##0.##", "valign": "top", "align": "left"}),
        "heltall_venstre": book.add_format({"num_format": "#,##0", "valign": "top", "align": "left"}),
    }
    names: set[str] = set()
    _om(book.add_worksheet(_arknavn("Om rapporten", names)), v, hode, looks)
    for t in samlet(v.tabeller()):
        _ark(book.add_worksheet(_arknavn(t.tittel, names)), t, looks)
    book.close()
    return out.getvalue()


def _arknavn(tittel: str, brukte: set[str]) -> str:
    """A name that a sheet can have: at most 31 characters, told apart without regard to case."""
    base = _ULOVLIG.sub(" ", ren(tittel, 200)).strip(" '") or "Tabell"
    name, n = base[:31].strip(" '"), 1
    while name.casefold() in brukte or name.casefold() == "history":
        n += 1
        name = f"{base[: 31 - len(str(n)) - 1].strip()} {n}"
    brukte.add(name.casefold())
    return name


def _om(ark: Any, v: Visning, hode: Hode, looks: dict[str, Any]) -> None:
    about = om(hode)
    widths = (34.0, 90.0)
    for c, w in enumerate(widths):
        ark.set_column(c, c, w)
    rows: list[tuple[str, Verdi]] = [("Rapport", v.tittel), ("Grunnlag", about.linje)]
    rows += [("Merk", f) for f in about.forbehold]
    rows += [("", a) for a in v.ingress]
    rows += v.nokkeltall
    rows += about.om
    for i, (name, value) in enumerate(rows):
        _hoyde(ark, i, (name, value), widths)
        ark.write_string(i, 0, ren(name, MAKS_TEGN), looks["navn"])
        if isinstance(value, int | float | date) and not isinstance(value, bool):
            _celle(ark, i, 1, value, Kolonne("verdi", "Verdi"), looks, venstre=True)
        else:
            ark.write_string(i, 1, ren(vist(value), MAKS_TEGN), looks["tekst"])
    ark.set_paper(9)  # A4
    ark.set_landscape()
    ark.fit_to_pages(1, 0)


def _ark(ark: Any, t: Tabell, looks: dict[str, Any]) -> None:
    if len(t.rader) > MAKS_RADER:
        raise ForMangeRader(t.tittel)
    widths = [_bredde(k, [row[c] for row in t.rader[:_SE_PA]]) for c, k in enumerate(t.kolonner)]
    _hoyde(ark, 0, [k.tittel for k in t.kolonner], widths)
    for c, k in enumerate(t.kolonner):
        ark.set_column(c, c, widths[c])
        ark.write_string(0, c, ren(k.tittel, 200), looks["hode"])
    ark.freeze_panes(1, 1)
    ark.autofilter(0, 0, max(len(t.rader), 1), len(t.kolonner) - 1)
    ark.repeat_rows(0)
    ark.set_paper(9)  # A4
    ark.set_landscape()
    ark.fit_to_pages(1, 0)
    for r, row in enumerate(t.rader, 1):
        _hoyde(ark, r, row, widths)
        for c, (value, k) in enumerate(zip(row, t.kolonner, strict=True)):
            _celle(ark, r, c, value, k, looks)


def _celle(
    ark: Any, r: int, c: int, v: Verdi, k: Kolonne, looks: dict[str, Any], *, venstre: bool = False
) -> None:
    """One cell with its type. `venstre`: a number stands to the left, as in a list of facts."""
    if v is None or v in {"", ()}:
        return
    if isinstance(v, str):
        text = UTFALL[v][1] if k.slag == "utfall" and v in UTFALL else ren(v, MAKS_TEGN)
        ark.write_string(r, c, text, looks["tekst"])
    elif isinstance(v, bool):
        ark.write_string(r, c, "ja" if v else "nei", looks["tekst"])
    elif isinstance(v, date):
        if v.year < 1900:
            ark.write_string(r, c, v.isoformat(), looks["tekst"])  # before the first day that Excel knows
        else:
            ark.write_datetime(r, c, datetime(v.year, v.month, v.day), looks["dato"])  # noqa: DTZ001 - a day
    elif isinstance(v, tuple):
        ark.write_string(r, c, "\n".join(ren(x, MAKS_TEGN) for x in v)[:MAKS_TEGN], looks["tekst"])
    else:
        look = "prosent" if k.slag == "prosent" else "heltall" if isinstance(v, int) else "tall"
        ark.write_number(r, c, v, looks[f"{look}_venstre" if venstre else look])


def _hoyde(ark: Any, r: int, row: Sequence[Verdi], widths: Sequence[float]) -> None:
    """Make a row as high as its longest text asks for; not every program does so when it opens the file."""
    lines = 1
    for v, w in zip(row, widths, strict=True):
        if isinstance(v, str) and len(v) > w - 2:
            lines = max(lines, ceil(len(v) / (w - 2)))
        elif isinstance(v, tuple):
            lines = max(lines, sum(ceil(max(len(x), 1) / (w - 2)) for x in v))
    if lines > 1:
        ark.set_row(r, 15 * min(lines, 27))


def _bredde(k: Kolonne, verdier: Sequence[Verdi]) -> float:
    longest = max((len(part) for v in verdier for part in vist(v, k.slag).split("; ")), default=0)
    return float(min(50, max(9, len(k.tittel) + 3, longest + 2)))
