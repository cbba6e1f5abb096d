"""What runs out: verdicts' deadlines and dates in records, on the day before, the day and the day after."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from tests.hjelp import DATO, register

from forvaltning.engine.frister import Frist, frister, innen, utvalg
from forvaltning.engine.run import Motor
from forvaltning.krav.katalog import ALLE

TITLER = {k.nummer: k.tittel for k in ALLE}
ENHET = {"enheter/sdi": {"navn": "SDI"}}
ROLLER = {
    "roller/eier": {"type": "avtaleeier", "enhet": "sdi", "kontakt": "sdi@prove.example"},
    "roller/sysk": {"type": "systemkoordinator", "enhet": "sdi"},
}


def finn(poster, dato=DATO, **kw):
    reg = register({**ENHET, **ROLLER, **poster}, dato=dato, **kw)
    dommer = [v for r in Motor(ALLE, reg).alle() for v in r.dommer]
    return frister(reg, dommer, TITLER)


def felter(poster, post, dato=DATO):
    return {f.felt: f for f in finn(poster, dato) if f.post == post and f.felt}


def iso(d):
    return d.isoformat()


AVTALE = {
    "navn": "Kontrakt",
    "tilstand": "i_kraft",
    "signert": "2024-01-01",
    "gyldig_til": "2027-06-30",
    "oppsigelse_maneder": "6",
    "avtaleeier": "eier",
    "opsjoner": [{"id": "o1", "til": "2028-06-30", "frist": "2027-01-31"}],
}


def test_an_agreement_has_its_end_its_notice_and_its_options():
    found = felter({"avtaler/k": AVTALE}, "avtaler/k")
    assert {f: x.dato.isoformat() for f, x in found.items()} == {
        "gyldig_til": "2027-06-30",
        "oppsigelse_maneder": "2026-12-30",
        "opsjoner[o1].frist": "2027-01-31",
    }
    assert found["gyldig_til"].ansvarlig[0].post == "eier"
    assert found["gyldig_til"].enhet == "sdi"


def test_an_option_taken_up_moves_the_end_and_keeps_its_identity():
    later = {**AVTALE, "opsjoner": [{**AVTALE["opsjoner"][0], "utlost": "2026-10-01"}]}
    before, after = (felter({"avtaler/k": a}, "avtaler/k")["gyldig_til"] for a in (AVTALE, later))
    assert after.dato == date(2028, 6, 30)
    assert after.path == ("opsjoner", 0, "til")
    assert before.id == after.id


@pytest.mark.parametrize(("dager", "med"), [(-1, False), (0, True), (1, True)])
def test_what_can_not_be_done_any_more_is_left_out_the_day_after(dager, med):
    a = {**AVTALE, "opsjoner": [{"id": "o1", "til": "2028-06-30", "frist": iso(DATO + timedelta(dager))}]}
    assert ("opsjoner[o1].frist" in felter({"avtaler/k": a}, "avtaler/k")) is med


@pytest.mark.parametrize("dager", [-1, 0, 1])
def test_a_certificate_stays_until_it_is_renewed(dager):
    s = {
        "navn": "S",
        "sertifikater": [{"id": "tls", "utloper": iso(DATO + timedelta(dager)), "ansvarlig": "sysk"}],
    }
    found = felter({"systemer/s": s}, "systemer/s")["sertifikater[tls].utloper"]
    assert found.dager(DATO) == dager
    assert found.ansvarlig[0].rolle == "systemkoordinator"


@pytest.mark.parametrize("tilstand", ["utkast", "utlopt"])
def test_an_agreement_that_does_not_hold_has_no_deadline(tilstand):
    assert felter({"avtaler/k": {**AVTALE, "tilstand": tilstand}}, "avtaler/k") == {}


def test_a_terminated_agreement_that_has_ended_waits_for_nothing():
    a = {**AVTALE, "tilstand": "sagt_opp", "gyldig_til": "2026-11-15"}
    assert "gyldig_til" not in felter({"avtaler/k": a}, "avtaler/k")
    assert "gyldig_til" in felter({"avtaler/k": {**a, "tilstand": "i_kraft"}}, "avtaler/k")


def test_each_open_measure_has_its_own_deadline_and_finished_ones_none():
    tiltak = [
        {"id": "a", "frist": "2027-01-01", "tilstand": "pagar", "ansvarlig": "sysk"},
        {"id": "b", "frist": "2027-02-01", "tilstand": "ferdig"},
        {"id": "c", "frist": "2027-03-01", "ferdig": "2026-11-01"},
    ]
    ros = {"navn": "R", "tilstand": "besluttet", "scenarier": [{"id": "s1", "tiltak": tiltak}]}
    found = felter({"ros/r": ros}, "ros/r")
    assert list(found) == ["scenarier[s1].tiltak[a].frist"]
    assert found["scenarier[s1].tiltak[a].frist"].krav == "4.2"
    assert felter({"ros/r": {**ros, "tilstand": "utkast"}}, "ros/r") == {}


def test_a_deviation_is_answered_for_by_those_who_answer_for_what_it_covers():
    poster = {
        "avtaler/k": {
            "navn": "K",
            "kategorier": ["lisenser"],
            "tilstand": "i_kraft",
            "signert": "2025-01-01",
            "enhet": "sdi",
        },
        "roller/leder": {"type": "resultatenhetsleder", "enhet": "sdi"},
        "avvik/a": {
            "krav": "5.2",
            "gjelder": ["k"],
            "vekt": "mindre",
            "tilstand": "besluttet",
            "gyldig_til": "2027-01-31",
            "besluttet": {"forum": "sdi", "dato": "2026-01-01"},
        },
    }
    found = felter(poster, "avvik/a")["gyldig_til"]
    assert found.avvik == "a"
    assert "leder" in [a.post for a in found.ansvarlig]
    assert [f for f in finn(poster) if f.krav == "5.2" and not f.felt] == []


@pytest.mark.parametrize("krav", ["4.2.x", "fire", "99.9", "5,2"])
def test_a_deviation_from_no_requirement_has_its_deadline_all_the_same(krav):
    avvik = {
        "krav": krav,
        "gjelder": ["sdi"],
        "vekt": "mindre",
        "tilstand": "besluttet",
        "gyldig_til": "2027-01-31",
        "besluttet": {"forum": "sdi", "dato": "2026-01-01"},
    }
    found = felter({"avvik/a": avvik, "avvik/b": {**avvik, "krav": "5.2"}}, "avvik/a")["gyldig_til"]
    assert (found.krav, found.hva) == (None, f"Avviket fra {krav} går ut")


def test_a_verdict_gives_its_own_deadline_with_those_who_answer():
    s = {
        "navn": "S",
        "enhet": "sdi",
        "tilstand": "i_produksjon",
        "systemeier": "eiersys",
        "systemoversikt": {"dato": "2026-01-10", "referanse": "x"},
    }
    poster = {"systemer/s": s, "roller/eiersys": {"type": "systemeier", "enhet": "sdi"}}
    found = [f for f in finn(poster) if f.post == "systemer/s" and f.krav == "1.6"]
    assert [(f.dato, f.felt, f.hva) for f in found] == [(date(2027, 1, 10), "", TITLER["1.6"])]
    assert found[0].ansvarlig[0].post == "eiersys"


def test_the_soonest_comes_first_and_twice_gives_the_same():
    poster = {"avtaler/k": AVTALE, "avtaler/j": {**AVTALE, "gyldig_til": "2027-01-31"}}
    first = finn(poster)
    assert [f.dato for f in first] == sorted(f.dato for f in first)
    assert first == finn(dict(reversed(poster.items())))
    assert len({f.id for f in first}) == len(first)


def test_a_moved_date_keeps_the_identity_and_another_record_has_another():
    one = felter({"avtaler/k": AVTALE}, "avtaler/k")["gyldig_til"]
    two = felter({"avtaler/k": {**AVTALE, "gyldig_til": "2029-01-01"}}, "avtaler/k")["gyldig_til"]
    other = felter({"avtaler/j": AVTALE}, "avtaler/j")["gyldig_til"]
    assert one.dato != two.dato
    assert one.id == two.id != other.id


@pytest.mark.parametrize(
    ("tid", "ventet"),
    [("0d", DATO), ("90d", DATO + timedelta(90)), ("6m", date(2027, 5, 16)), ("1y", date(2027, 11, 16)), ("1å", date(2027, 11, 16)), ("99999d", DATO + timedelta(99999)), ("99999y", date.max)],
)  # fmt: skip
def test_a_length_of_time_is_read(tid, ventet):
    assert innen(DATO, tid) == ventet


@pytest.mark.parametrize("tid", ["", "d", "90", "90 d", "-1d", "1w", "1.5m", "٣d", "1000000d"])
def test_what_is_no_length_of_time_is_refused(tid):
    with pytest.raises(ValueError, match=f"^{re.escape(tid)}$"):
        innen(DATO, tid)


def test_the_selection_is_by_date_unit_role_and_record():
    found = finn({"avtaler/k": AVTALE})
    ends = [f for f in found if f.felt]
    assert utvalg(ends, til=date(2027, 1, 31)) == ends[:2]
    assert utvalg(ends, enheter=frozenset({"sdi"})) == ends
    assert utvalg(ends, enheter=frozenset({"annen"})) == []
    assert utvalg(ends, roller=("avtaleeier",)) == ends
    assert utvalg(ends, roller=("prosjekteier",)) == []
    assert utvalg(ends, poster=("avtaler/j",)) == []


def test_the_last_day_there_is_does_not_overflow():
    found = felter({"avtaler/k": {**AVTALE, "gyldig_til": "9999-12-31"}}, "avtaler/k")
    assert isinstance(found["gyldig_til"], Frist)
