"""The calendar file: read back by a real calendar library, the same events after a date has moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forvaltning.documents.ical import Hendelse, kalender

STEMPEL = datetime(2026, 11, 16, 12, 30, tzinfo=UTC)
EN = Hendelse(
    "frist-1@forvaltning",
    date(2027, 1, 31),
    "Kontrakt: Avtalen går ut",
    "Forleng avtalen.\nPost: avtaler/k",
    ("Krav 5.3",),
)
FIENDTLIG = "a;b,c\\d\r\nEND:VEVENT\r\nBEGIN:VALARM\nATTACH:file:///etc/passwd \x1b[31m ::error ##vso[x] \u202e æøå 🙂"


def les(*hendelser, stempel=STEMPEL):
    data = "".join(kalender(hendelser, "Frister Prøve", stempel)).encode()
    return data, icalendar.Calendar.from_ical(data)


def test_a_calendar_library_reads_what_was_written():
    _, cal = les(EN)
    assert cal.errors == []
    assert str(cal["VERSION"]) == "2.0"
    assert str(cal["X-WR-CALNAME"]) == "Frister Prøve"
    (event,) = cal.events
    assert event.errors == []
    assert str(event["UID"]) == "frist-1@forvaltning"
    assert str(event["SUMMARY"]) == "Kontrakt: Avtalen går ut"
    assert str(event["DESCRIPTION"]) == "Forleng avtalen.\nPost: avtaler/k"
    assert event["CATEGORIES"].cats == ["Krav 5.3"]


def test_an_event_lasts_the_whole_day_and_blocks_nobody():
    _, cal = les(EN)
    (event,) = cal.events
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert (event.start, event.end) == (date(2027, 1, 31), date(2027, 2, 1))
    assert str(event["TRANSP"]) == "TRANSPARENT"


def test_there_is_a_reminder_before_it():
    (alarm,) = les(EN)[1].events[0].alarms.times
    assert alarm.trigger == date(2027, 1, 17)
    assert les(replace(EN, varsel=None))[1].events[0].alarms.times == []


def test_a_second_export_after_a_moved_date_updates_the_same_event():
    first = les(EN)[1].events[0]
    moved = les(replace(EN, dato=date(2028, 1, 31)), stempel=STEMPEL + timedelta(days=3))[1].events[0]
    assert first["UID"] == moved["UID"]
    assert moved.start > first.start
    assert moved["SEQUENCE"] > first["SEQUENCE"]
    assert moved["DTSTAMP"].dt > first["DTSTAMP"].dt
    assert moved["LAST-MODIFIED"].dt == moved["DTSTAMP"].dt == STEMPEL + timedelta(days=3)


def test_nothing_in_the_file_comes_from_a_clock():
    assert les(EN)[0] == les(EN)[0]


def test_lines_end_and_fold_as_the_standard_says():
    long = replace(EN, tittel="Æ" * 200 + "🙂" * 30)
    data, cal = les(long)
    lines = data.split(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()
    assert str(cal.events[0]["SUMMARY"]) == long.tittel


@pytest.mark.parametrize("felt", ["tittel", "beskrivelse"])
def test_hostile_text_makes_no_new_line_property_or_event(felt):
    data, cal = les(replace(EN, **{felt: FIENDTLIG}), EN)
    assert len(cal.events) == 2
    assert cal.errors == []
    assert all(e.errors == [] for e in cal.events)
    assert "ATTACH" not in cal.events[0]
    assert len(cal.events[0].subcomponents) == 1
    for bad in (b"\x1b", "\u202e".encode(), b"::error", b"##vso["):
        assert bad not in data
    shown = str(cal.events[0]["SUMMARY" if felt == "tittel" else "DESCRIPTION"])
    assert shown.startswith("a;b,c\\d")
    assert "🙂" in shown


def test_a_personal_number_is_hidden_before_the_line_is_folded():
    data, _ = les(replace(EN, beskrivelse="x" * 55 + " 05045812345 og 01019012345 " * 3))
    unfolded = data.replace(b"\r\n ", b"")
    hidden, _ = les(replace(EN, beskrivelse="fnr 17054026641"))
    assert b"17054026641" not in hidden.replace(b"\r\n ", b"")
    assert unfolded


@given(st.text(max_size=200))
def test_any_text_reads_back_as_one_event(tekst):
    data, cal = les(replace(EN, tittel=tekst, beskrivelse=tekst))
    assert len(cal.events) == 1
    assert max(map(len, data.split(b"\r\n"))) <= 75


def test_the_last_day_there_is_has_no_day_after():
    assert "DTEND" not in les(replace(EN, dato=date.max, varsel=None))[1].events[0]
