"""SARIF: held against the schema, and what GitHub and others read from it."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator
from tests.render.formater import eksempler
from tests.render.formater.eksempler import FIENDTLIGE, med_tekst

from forvaltning.krav.katalog import ALLE
from forvaltning.render.formater.sarif import melding, sarif, sarif_full

SKJEMA = Path(__file__).parent / "skjema" / "sarif-2.1.0.json"


@cache
def dommer():
    schema = json.loads(SKJEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def lest(g, lag=sarif_full):
    log = json.loads("".join(lag(g)))
    assert [e.message for e in dommer().iter_errors(log)] == []
    (run,) = log["runs"]
    return run


@pytest.mark.parametrize("lag", [sarif, sarif_full])
@pytest.mark.parametrize("navn", eksempler.GRUNNLAG)
def test_the_schema_accepts_it(navn, lag):
    run = lest(eksempler.GRUNNLAG[navn](), lag)
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(ids)) == len(ids)
    for result in run["results"]:
        assert len(result["locations"]) == 1
        if "ruleIndex" in result:
            assert ids[result["ruleIndex"]] == result["ruleId"]


@pytest.mark.parametrize(("tekst", "fil"), FIENDTLIGE)
def test_hostile_text_is_data(tekst, fil):
    run = lest(med_tekst(tekst, fil))
    assert len(run["results"]) == 10
    for result in run["results"]:
        assert "](" not in result["message"]["text"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert unquote(uri).startswith("mappe med/mellomrom/")
        assert " " not in uri


def test_all_requirements_are_rules_with_their_page_as_help():
    rules = lest(eksempler.tom())["tool"]["driver"]["rules"]
    assert [r["id"] for r in rules] == [k.nummer for k in ALLE]
    first = rules[0]
    assert first["help"]["markdown"].startswith("# 1.1 ")
    assert first["fullDescription"]["text"].startswith("Hvert system har én systemeier")
    assert first["properties"]["omrade"] == 1
    assert "Systemeier" in first["properties"]["ansvarlig"] or first["properties"]["ansvarlig"]
    assert all(len(r["properties"]["tags"]) <= 10 for r in rules)
    assert all("helpUri" not in r for r in rules)


def test_problem_rules_are_those_that_were_met():
    rules = lest(eksempler.vanlig())["tool"]["driver"]["rules"]
    assert [r["id"] for r in rules[len(ALLE) :]] == ["fil.ukjent_fil", "referanse.ukjent"]
    assert [r["defaultConfiguration"]["level"] for r in rules[len(ALLE) :]] == ["note", "error"]


def test_levels_places_related_places_and_suppressions():
    results = lest(eksempler.vanlig(), sarif)["results"]
    assert [r["level"] for r in results].count("error") == 5
    one = next(r for r in results if "relatedLocations" in r)
    assert one["partialFingerprints"] == {"forvaltning/v1": f"{1:016x}"}
    assert one["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "registry/systemer/bk360.yaml", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 2, "startColumn": 3},
    }
    assert one["relatedLocations"][0]["message"] == {"text": "Endringen skjedde her."}
    covered = {
        r["suppressions"][0]["justification"]: r["suppressions"][0] for r in results if "suppressions" in r
    }
    assert covered["avvik-k"] == {"kind": "external", "status": "accepted", "justification": "avvik-k"}
    assert covered["avvik-l"]["status"] == "underReview"  # nobody can accept a breach of law
    assert all("baselineState" not in r for r in results)


def test_with_a_comparison_each_finding_says_whether_it_is_new():
    run = lest(eksempler.sammenlignet())
    states = [r.get("baselineState") for r in run["results"]]
    assert {s: states.count(s) for s in ("new", "unchanged", "absent")} == {
        "new": 2,
        "unchanged": 4,
        "absent": 2,
    }
    assert all((r["level"] == "error") == (r.get("baselineState") == "new") for r in run["results"])
    assert run["baselineGuid"] != run["automationDetails"]["guid"]


def test_github_is_given_nothing_that_is_mended_or_undecided():
    run = lest(eksempler.sammenlignet(), sarif)
    assert {r.get("kind", "fail") for r in run["results"]} == {"fail"}
    assert "absent" not in {r.get("baselineState") for r in run["results"]}
    assert run["properties"]["rettet"] == 2
    assert {r.get("kind", "fail") for r in lest(eksempler.sammenlignet())["results"]} == {
        "fail",
        "pass",
        "open",
    }


def test_nothing_is_said_of_the_commit_that_is_not_so():
    g = eksempler.vanlig()
    assert "guid" in lest(g)["automationDetails"]
    assert "guid" not in lest(replace(g, hode={**g.hode, "endret": True}))["automationDetails"]
    assert "versionControlProvenance" not in lest(g)


def test_a_fault_of_ours_is_no_success():
    (call,) = lest(replace(eksempler.tom(), svikt=["Regelen stoppet."]))["invocations"]
    assert call["executionSuccessful"] is False
    assert call["toolExecutionNotifications"][0]["message"]["text"] == "Regelen stoppet."


def test_text_is_neither_link_nor_placeholder():
    assert melding("[x](0) og {0}") == "[x] (0) og { 0}"
    assert melding("liste[0] {navn}") == "liste[0] {navn}"


def test_github_gets_what_it_shows_and_the_rest_is_told():
    g = eksempler.stor()
    run = lest(g, sarif)
    assert len(run["results"]) == 5000
    assert run["properties"]["utelatt"] == 30
    (said,) = run["invocations"][0]["toolExecutionNotifications"]
    assert (said["level"], "30 til" in said["message"]["text"]) == ("warning", True)
    assert {r["ruleId"] for r in run["results"][:30]} == {"referanse.ukjent"}
    assert len(gzip.compress("".join(sarif(g)).encode())) < 10_000_000
    whole = lest(g, sarif_full)
    assert len(whole["results"]) == 5030
    assert "toolExecutionNotifications" not in whole["invocations"][0]
