"""The to-do list: what becomes a task, in which rank, worded as the check words it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.hjelp import DATO, register

from forvaltning.engine.frister import frister
from forvaltning.engine.frister import utvalg as fristutvalg
from forvaltning.engine.gjoremal import Rang, gjoremal, ordlagt
from forvaltning.engine.gjoremal_ord import ogsa
from forvaltning.engine.run import Motor
from forvaltning.findings import Problem, Severity
from forvaltning.krav.katalog import ALLE

TITLER = {k.nummer: k.tittel for k in ALLE}
GRUNN = {
    "enheter/sdi": {"navn": "SDI"},
    "roller/eier": {"type": "systemeier", "enhet": "sdi"},
}
SYSTEM = {
    "navn": "S",
    "enhet": "sdi",
    "tilstand": "i_produksjon",
    "systemeier": "eier",
    "produksjon_fra": "2020-01-01",
}


def oppgaver(poster, dato=DATO, dager=90, problemer=(), uleselige=None):
    reg = register({**GRUNN, **poster}, dato=dato, uleselige=uleselige)
    dommer = [v for r in Motor(ALLE, reg).alle() for v in r.dommer]
    found = fristutvalg(frister(reg, dommer, TITLER), til=dato + timedelta(dager))
    return gjoremal(dommer, problemer, ordlagt(reg, found, dommer, dato), dato)


def rangert(oppgaver, post, krav=None):
    return [x.rang for x in oppgaver if x.post == post and (krav is None or krav in x.krav)]


def test_a_breach_of_law_comes_before_every_other_breach():
    found = oppgaver({"systemer/s": SYSTEM})
    assert {x.rang for x in found if "3.1" in x.krav} == {Rang.LOV}
    assert Rang.BRUDD in rangert(found, "systemer/s", "1.1")
    assert [x.rang for x in found] == sorted(x.rang for x in found)


@pytest.mark.parametrize(
    ("gjennomgatt", "rang"),
    [
        ("2025-11-15", Rang.FORFALT),
        ("2025-11-16", Rang.FRIST),
        ("2025-11-17", Rang.FRIST),
        ("2026-06-01", None),
    ],
)
def test_a_confirmation_is_a_coming_deadline_until_its_last_day_and_then_overdue(gjennomgatt, rang):
    s = {**SYSTEM, "systemoversikt": {"dato": gjennomgatt, "referanse": "x"}}
    found = [x for x in oppgaver({"systemer/s": s}) if "1.6" in x.krav and x.dato is not None]
    assert [x.rang for x in found] == ([rang] if rang is not None else [])


def test_a_coming_deadline_names_the_remedy_and_the_field_that_the_check_will_name():
    s = {**SYSTEM, "systemoversikt": {"dato": "2025-12-01", "referanse": "x"}}
    before = next(x for x in oppgaver({"systemer/s": s}) if "1.6" in x.krav and x.rang is Rang.FRIST)
    day_after = next(
        x
        for x in oppgaver({"systemer/s": s}, dato=date(2026, 12, 2))
        if "1.6" in x.krav and x.rang is Rang.FORFALT
    )
    assert before.dato == day_after.dato == date(2026, 12, 1)
    assert (before.tiltak, before.sted) == (day_after.tiltak, day_after.sted)


def test_one_date_in_one_place_is_one_thing_to_do_for_all_its_requirements():
    poster = {
        "leverandorer/l": {"navn": "L"},
        "systemer/s": {**SYSTEM, "anskaffet": "ja", "leverandor": "l"},
        "avtaler/k": {
            "navn": "K",
            "kategorier": ["drift_og_forvaltning"],
            "tilstand": "i_kraft",
            "signert": "2020-01-01",
            "gyldig_til": "2026-12-31",
            "leverandor": "l",
            "systemer": ["s"],
            "leveranse_fra": "2020-01-01",
        },
    }
    found = [x for x in oppgaver(poster) if x.sted.path == ("gyldig_til",)]
    assert len(found) == 1
    assert {"5.1", "5.3"} <= set(found[0].krav)
    assert found[0].antall == 3
    assert found[0].hva.endswith(".")
    assert ". " in found[0].hva, "sentences stand apart"
    assert {found[0].post, *found[0].ogsa} == {"systemer/s", "avtaler/k"}


def test_one_ros_that_covers_several_is_one_thing_to_do_that_names_them_all():
    poster = {
        "systemer/s": {**SYSTEM, "kritikalitet": {"klasse": "kritisk"}},
        "systemer/t": {**SYSTEM, "navn": "T", "kritikalitet": {"klasse": "kritisk"}},
        "ros/r": {
            "navn": "R",
            "tilstand": "besluttet",
            "gjelder": ["s", "t"],
            "besluttet": {"dato": "2025-12-01", "av": "eier"},
        },
    }
    (found,) = [x for x in oppgaver(poster) if x.sted.post == "ros/r" and x.rang is Rang.FRIST]
    assert (found.post, found.ogsa) == ("systemer/s", ("systemer/t",))
    assert ogsa(found, lambda key: key) == " Gjelder også systemer/t."


def test_many_other_records_are_named_and_the_rest_counted():
    task = next(iter(oppgaver({"systemer/s": SYSTEM})))
    many = replace(task, ogsa=tuple(f"systemer/{n}" for n in range(7)))
    assert ogsa(many, lambda key: key[-1]) == " Gjelder også 0, 1, 2, 3, 4 og 2 til."
    assert ogsa(replace(task, ogsa=("a/b", "a/c")), lambda key: key) == " Gjelder også a/b og a/c."
    assert ogsa(task, lambda key: key) == ""


def test_what_two_requirements_both_say_is_said_once():
    lost = {"systemer/s": "systemer/s.yaml"}
    found = [
        x
        for x in oppgaver({"datasett/d": {"navn": "D", "system": "s"}}, uleselige=lost)
        if x.rang is Rang.UAVKLART
    ]
    assert [x.krav for x in found if len(x.krav) > 1], "more than one requirement could not be decided"
    assert all(x.hva.count("systemer/s.yaml kan ikke leses.") <= 1 for x in found)


def test_what_a_deviation_covers_is_no_task_but_the_deviation_that_ends_is():
    poster = {
        "avtaler/k": {
            "navn": "K",
            "kategorier": ["lisenser"],
            "tilstand": "i_kraft",
            "signert": "2025-01-01",
            "enhet": "sdi",
        },
        "avvik/a": {
            "krav": "5.2",
            "gjelder": ["k"],
            "grunn": "x",
            "vekt": "mindre",
            "kompenserende_tiltak": ["y"],
            "tilstand": "besluttet",
            "meldt": "2026-01-01",
            "gyldig_til": "2026-12-31",
            "besluttet": {"forum": "sdi", "dato": "2026-01-01", "sak": "1"},
        },
    }
    found = oppgaver(poster)
    assert not [x for x in found if x.post == "avtaler/k" and "5.2" in x.krav]
    assert rangert(found, "avvik/a") == [Rang.AVVIK]
    late = oppgaver(poster, dato=date(2027, 1, 1))
    assert Rang.BRUDD in rangert(late, "avtaler/k", "5.2")
    assert rangert(late, "avvik/a") == [Rang.FORFALT]


def test_a_breach_of_law_under_a_deviation_stays_on_the_list_and_names_it():
    poster = {
        "systemer/s": SYSTEM,
        "avvik/a": {
            "krav": "3.1",
            "gjelder": ["s"],
            "vekt": "storre",
            "tilstand": "besluttet",
            "gyldig_til": "2027-12-31",
            "besluttet": {"forum": "digitaliseringsrad", "dato": "2026-01-01"},
        },
    }
    found = [x for x in oppgaver(poster) if "3.1" in x.krav and x.post == "systemer/s"]
    assert found
    assert {(x.rang, x.avvik) for x in found} == {(Rang.LOV, "a")}


def test_what_could_not_be_decided_is_something_to_find_out():
    s = {**SYSTEM, "systemeier": "tapt"}
    found = oppgaver({"systemer/s": s}, uleselige={"roller/tapt": "type: systemeier"})
    unknown = [x for x in found if x.rang is Rang.UAVKLART and "1.1" in x.krav]
    assert len(unknown) == 1
    assert "roller/tapt.yaml" in unknown[0].hva


def test_a_file_that_is_wrong_is_a_task_and_a_remark_comes_last():
    problems = [
        Problem("fil.syntaks", Severity.FEIL, "systemer/x.yaml", "Feil.", "Rett."),
        Problem("avvik.tomt", Severity.MERKNAD, "avvik/a.yaml", "Dekker ingenting.", "Lukk.", post="avvik/a"),
    ]
    found = oppgaver({"systemer/s": SYSTEM}, problemer=problems)
    assert rangert(found, "systemer/x") == [Rang.FIL]
    assert found[-1].merke == "avvik.tomt"


def test_twice_gives_the_same_list():
    poster = {"systemer/s": SYSTEM, "systemer/t": {**SYSTEM, "navn": "T"}}
    assert oppgaver(poster) == oppgaver(dict(reversed(poster.items())))
