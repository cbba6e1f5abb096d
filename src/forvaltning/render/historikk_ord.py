"""What every view of history shares: times, commits, untrusted texts, and tables for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime

from forvaltning.render.tekst_stil import dag, ren
from forvaltning.source.csv_tegn import BOM, celle
from forvaltning.source.maske import maskert

KORT = 10
"""Digits of a commit that people are shown."""
_DATO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STYRER = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Controls, line ends and marks of direction."""


def registernavn(sti: str) -> str:
    """The registry in a sentence: the path as it is written from here, and a word where that is a dot."""
    return "registeret" if sti == "." else sti


def tidspunkt(tid: int) -> datetime:
    """Seconds since 1970 as a time in UTC; what no calendar can hold becomes its end."""
    try:
        return datetime.fromtimestamp(tid, UTC)
    except (OverflowError, ValueError, OSError):
        return datetime(9999, 12, 31, tzinfo=UTC) if tid > 0 else datetime(1, 1, 1, tzinfo=UTC)


def iso(tid: int) -> str:
    """Seconds since 1970 as ISO 8601 in UTC."""
    return tidspunkt(tid).isoformat().replace("+00:00", "Z")


def dato_av(tid: int) -> date:
    """The calendar day in UTC."""
    return tidspunkt(tid).date()


def vist(tekst: str) -> str:
    """Text from Git or a record on one line, personal numbers and secrets hidden."""
    return ren(maskert(tekst))


def trygg_json(verdi: object, innrykk: int | None = None) -> str:
    """One value as JSON in UTF-8, whatever it holds: a byte that is no text becomes U+FFFD.

    What would turn or steer a terminal that shows it is written as an escape, which reads back the same.
    """
    marks = (",", ":") if innrykk is None else (",", ": ")
    text = json.dumps(verdi, ensure_ascii=False, indent=innrykk, separators=marks)
    if not text.isascii():
        text = _STYRER.sub(lambda m: f"\\u{ord(m[0]):04x}", text)
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def csv_rader(kolonner: Sequence[str], rader: Iterable[Sequence[str | int]]) -> Iterator[str]:
    """A table for a spreadsheet in a Norwegian set-up, where no cell can become a formula."""
    yield BOM + _csv_rad(list(kolonner))
    for row in rader:
        yield _csv_rad([celle(c) for c in row])


def _csv_rad(celler: Sequence[str | int]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n").writerow(celler)
    return out.getvalue()


def verdi(v: str | None, navn: str | None, tom: str) -> str:
    """A value in words: with the name of what it refers to, or `tom` when it is not set."""
    if v is None:
        return tom
    if not v:
        return "satt"
    return f"«{vist(navn)}» ({vist(v)})" if navn and navn != v else f"«{vist(_norsk(v))}»"


def _norsk(v: str) -> str:
    """A value that is a date as people write it; any other value as it is."""
    if not _DATO.fullmatch(v):
        return v
    try:
        return dag(date.fromisoformat(v))
    except ValueError:
        return v


def liste(tittel: str) -> str:
    """The title of the list that an item stands in: without the item itself."""
    return tittel.rpartition(" «")[0] if tittel.endswith("»") and " «" in tittel else tittel
