"""Deadlines as an iCalendar file (RFC 5545, RFC 7986): one all-day event each, with a reminder.

Small and our own: writing takes a page, and a library would make every user install it; the tests read the file
back with one. The UID comes from requirement, record and field, never from the date. So a calendar that takes the
file in again moves the event. DTSTAMP, LAST-MODIFIED and SEQUENCE come from the state of the registry, not a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from forvaltning.documents.maskering import maskert_verdi
from forvaltning.source.trygg import bryt, ren

PRODID = "-//forvaltning//frister//NB"
OKTETTER = 75
"""Octets of a line before it is folded (3.1)."""
FORSTE = datetime(2020, 1, 1, tzinfo=UTC)
"""SEQUENCE counts minutes from here: it grows with every newer state of the registry, and fits 32 bits till 6103."""


@dataclass(frozen=True, slots=True)
class Hendelse:
    """One event. Texts are as they stand in the registry; `varsel`: days before to remind, None for no reminder."""

    uid: str
    dato: date
    tittel: str
    beskrivelse: str
    kategorier: tuple[str, ...] = ()
    varsel: int | None = 14


def kalender(
    hendelser: Iterable[Hendelse], navn: str, stempel: datetime, beskrivelse: str = ""
) -> Iterator[str]:
    """The file in pieces, lines ended by CRLF. `stempel`: when the state of the registry came about, in UTC.

    `beskrivelse`: what the calendar rests on and could not see; a calendar shows it with its name.
    """
    at = stempel.astimezone(UTC)
    stamp = f"{at:%Y%m%dT%H%M%SZ}"
    name, about = maskert_verdi(navn), maskert_verdi(beskrivelse)
    count = max(0, int((at - FORSTE).total_seconds() // 60))
    yield "".join(
        _linje(x)
        for x in (
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            f"PRODID:{PRODID}",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            f"NAME:{tekst(name)}",
            f"X-WR-CALNAME:{tekst(name)}",
            *((f"DESCRIPTION:{tekst(about)}", f"X-WR-CALDESC:{tekst(about)}") if about else ()),
            f"LAST-MODIFIED:{stamp}",
        )
    )
    # Hidden before the lines are folded: nobody would find half a number afterwards.
    for h in maskert_verdi(tuple(hendelser)):
        yield "".join(_linje(x) for x in _hendelse(h, stamp, count))
    yield _linje("END:VCALENDAR")


def _hendelse(h: Hendelse, stamp: str, count: int) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{h.uid}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"SEQUENCE:{count}"
    yield f"DTSTART;VALUE=DATE:{_dag(h.dato)}"
    if h.dato < date.max:
        yield f"DTEND;VALUE=DATE:{_dag(h.dato + timedelta(days=1))}"
    yield f"SUMMARY;LANGUAGE=nb:{tekst(h.tittel)}"
    yield f"DESCRIPTION;LANGUAGE=nb:{tekst(*h.beskrivelse.split(chr(10)))}"
    if h.kategorier:
        yield f"CATEGORIES:{','.join(tekst(k) for k in h.kategorier)}"
    yield "TRANSP:TRANSPARENT"
    if h.varsel is not None:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"TRIGGER:-P{h.varsel}D"
        yield f"DESCRIPTION:{tekst(h.tittel)}"
        yield "END:VALARM"
    yield "END:VEVENT"


def _dag(d: date) -> str:
    return f"{d.year:04}{d.month:02}{d.day:02}"


def tekst(*linjer: str) -> str:
    """A TEXT value (3.3.11): lines joined by an escaped line break, everything that has a meaning escaped."""
    return "\\n".join(map(_tekst, linjer))


@lru_cache(maxsize=32768)
def _tekst(linje: str) -> str:
    text = bryt(ren(linje, 1000)).replace("::", ": :")  # a build log may read it
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _linje(innhold: str) -> str:
    """A content line folded at 75 octets, never inside a character."""
    if len(innhold) <= OKTETTER and innhold.isascii():
        return f"{innhold}\r\n"
    data = innhold.encode("utf-8", "replace")
    out: list[bytes] = []
    at, room = 0, OKTETTER
    while len(data) - at > room:
        end = at + room
        while data[end] & 0xC0 == 0x80:  # the middle of a character
            end -= 1
        out.append(data[at:end])
        at, room = end, OKTETTER - 1
    out.append(data[at:])
    return b"\r\n ".join(out).decode("utf-8") + "\r\n"
