"""GitLab Code Quality: the fields GitLab reads, with its own rules for them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from tests.render.formater import eksempler
from tests.render.formater.eksempler import FIENDTLIGE, med_tekst

from forvaltning.render.formater.gitlab import MAKS, gitlab

NIVAER = {"info", "minor", "major", "critical", "blocker"}


def lest(g):
    rows = json.loads("".join(gitlab(g)))
    for r in rows:
        assert set(r) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert all(isinstance(r[k], str) and r[k] for k in ("description", "check_name", "fingerprint"))
        assert r["severity"] in NIVAER
        assert set(r["location"]) == {"path", "lines"}
        assert not r["location"]["path"].startswith(("/", "./"))
        assert r["location"]["lines"]["begin"] >= 1
    assert len({r["fingerprint"] for r in rows}) == len(rows)
    return rows


@pytest.mark.parametrize("navn", eksempler.GRUNNLAG)
def test_it_has_what_gitlab_asks_for(navn):
    lest(eksempler.GRUNNLAG[navn]())


@pytest.mark.parametrize(("tekst", "fil"), FIENDTLIGE)
def test_hostile_text_is_data(tekst, fil):
    rows = lest(med_tekst(tekst, fil))
    assert len(rows) == 7
    assert all("\n" not in r["description"] for r in rows)


def test_the_worst_stands_first_and_what_is_covered_is_left_out():
    rows = lest(eksempler.vanlig())
    assert [r["severity"] for r in rows] == [
        "blocker",
        "blocker",
        "critical",
        "major",
        "major",
        "minor",
        "minor",
        "info",
    ]
    assert not any("5.2" in r["check_name"] for r in rows)


def test_what_was_there_before_stays_as_info_so_that_it_is_not_shown_as_mended():
    before = {r["fingerprint"] for r in lest(eksempler.vanlig())}
    rows = lest(eksempler.gammel())
    assert {r["fingerprint"] for r in rows} == before
    assert {r["severity"] for r in rows} == {"info"}


def test_twins_get_fingerprints_of_their_own():
    g = replace(eksempler.tom(), problemer=[eksempler.problem(1)] * 3)
    assert len(lest(g)) == 3


def test_a_report_without_end_is_cut_and_says_so():
    g = eksempler.stor()
    rows = lest(g)
    assert len(rows) == MAKS + 1
    assert rows[-1]["check_name"] == "forvaltning.utelatt"
    assert "30 til" in rows[-1]["description"]
    assert rows[-1]["severity"] == "major"
    assert sum(r["severity"] == "blocker" for r in rows) == 30
