"""JUnit: read with an XML parser, held against Jenkins' XSD, and read with a JUnit parser."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from junitparser import Failure, JUnitXml, Skipped
from lxml import etree
from tests.render.formater import eksempler
from tests.render.formater.eksempler import FIENDTLIGE, med_tekst

from forvaltning.render.formater.junit import junit

XSD = Path(__file__).parent / "skjema" / "junit-10.xsd"


@cache
def skjema():
    return etree.XMLSchema(etree.parse(str(XSD)))


def lest(g):
    raw = "".join(junit(g)).encode()
    skjema().assertValid(etree.fromstring(raw))
    return JUnitXml.fromstring(raw)


def saker(g):
    return {(t.classname, t.name): t for s in lest(g) for t in s}


@pytest.mark.parametrize("navn", eksempler.GRUNNLAG)
def test_the_xsd_accepts_it_and_the_counts_are_right(navn):
    g = eksempler.GRUNNLAG[navn]()
    xml = lest(g)
    for s in xml:
        cases = list(s)
        kinds = Counter(type(r) for t in cases for r in t.result)
        assert (s.tests, s.failures, s.skipped, s.errors) == (len(cases), kinds[Failure], kinds[Skipped], 0)
        assert len({(t.classname, t.name) for t in cases}) == len(cases)
    assert xml.tests == sum(s.tests for s in xml)
    assert xml.failures == sum(s.failures for s in xml)
    assert sum(s.tests for s in list(xml)[:-1]) == len(g.resultater)


@pytest.mark.parametrize(("tekst", "fil"), FIENDTLIGE)
def test_hostile_text_is_text(tekst, fil):
    xml = lest(med_tekst(tekst, fil))
    assert [s.tests for s in xml] == [4, 2, 1, 4]
    tags = {e.tag for e in etree.fromstring("".join(junit(med_tekst(tekst, fil))).encode()).iter()}
    assert tags <= {
        "testsuites", "testsuite", "properties", "property", "testcase", "failure", "skipped", "system-out",
    }  # fmt: skip


def test_a_breach_is_one_failure_with_all_its_findings():
    t = saker(eksempler.vanlig())["systemer/bk360", "4.2 Risiko er vurdert"]
    (failure,) = t.result
    assert failure.message == "Systemet mangler «felt1»."
    assert failure.type == "feil vilkar-1"
    assert failure.text.count("Sted: registry/systemer/bk360.yaml:") == 3
    assert "Slik rettes det: Skriv det i «felt0»." in failure.text


def test_what_is_not_judged_is_skipped_with_its_reason():
    found = saker(eksempler.vanlig())
    (one,) = found["systemer/bk360", "1.1 Systemet har eier"].result
    (other,) = found["systemer/a", "1.1 Systemet har eier"].result
    assert (one.message, other.message) == (
        "Ikke avgjort: Historikken er ikke sett.",
        "Ikke aktuelt: Systemet er avviklet.",
    )


def test_deviations_and_deadlines_are_notes():
    found = saker(eksempler.vanlig())
    assert found["avtaler/k", "5.2 Kontrakten har avtaleeier"].system_out.startswith(
        "Dekket av avviket avvik-k:"
    )
    assert found["systemer/l", "4.2 Risiko er vurdert"].system_out.startswith(
        "Lovbrudd som følges opp i avviket"
    )
    soon = found["systemer/s", "1.1 Systemet har eier"]
    assert soon.is_passed
    assert "31.12.2026" in soon.system_out


def test_with_a_comparison_only_what_is_new_fails_and_old_breaches_are_not_green():
    new = saker(eksempler.sammenlignet())
    (failure,) = new["systemer/bk360", "4.2 Risiko er vurdert"].result
    assert failure.text.count("Sted:") == 1
    old = saker(eksempler.gammel())
    (skipped,) = old["systemer/bk360", "4.2 Risiko er vurdert"].result
    assert skipped.message == "Bruddet var der fra før: Systemet mangler «felt1»."
    assert lest(eksempler.gammel()).failures == 0
    assert new["forvaltning", "Rettet"].system_out == "Bra! 2 brudd og problemer er rettet."


def test_problems_that_are_twins_keep_apart():
    g = replace(eksempler.tom(), problemer=[eksempler.problem(1), eksempler.problem(1)])
    assert {name for _, name in saker(g)} == {"referanse.ukjent felt1", "referanse.ukjent felt1 (2)"}
