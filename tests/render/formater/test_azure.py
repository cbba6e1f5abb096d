"""Azure Pipelines: read back with the agent's rules."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.render.formater import eksempler, forbrukere
from tests.render.formater.eksempler import FIENDTLIGE, med_tekst

from forvaltning.render.formater import azure


def lest(g):
    return [forbrukere.azure(line) or line for line in "".join(azure.azure(g)).splitlines()]


def kommandoer(g):
    return [k for k in lest(g) if isinstance(k, forbrukere.Kommando)]


def test_a_breach_stands_on_its_line():
    first = next(k for k in kommandoer(eksempler.vanlig()) if k.egenskaper.get("code") == "4.2")
    assert first.navn == "task.logissue"
    assert first.egenskaper == {
        "type": "error",
        "sourcepath": "registry/systemer/bk360.yaml",
        "linenumber": "2",
        "columnnumber": "3",
        "code": "4.2",
    }
    assert first.tekst.startswith(
        "4.2 Risiko er vurdert: systemer/bk360: Systemet mangler «felt1». Slik rettes det:"
    )


@pytest.mark.parametrize(
    ("navn", "svar", "typer"),
    [
        ("vanlig", "Failed", {"error": 5, "warning": 3}),
        ("tom", "Succeeded", {}),
        ("sammenlignet", "Failed", {"error": 2}),
        ("gammel", "Succeeded", {}),
        ("stor", "Failed", {"error": 5030}),
    ],
)
def test_the_task_ends_with_its_result(navn, svar, typer):
    *issues, last = kommandoer(eksempler.GRUNNLAG[navn]())
    assert (last.navn, last.egenskaper) == ("task.complete", {"result": svar})
    assert Counter(k.egenskaper["type"] for k in issues) == typer


def test_only_remarks_end_with_issues():
    g = eksempler.grunnlag([], [eksempler.problem(1, alvor="merknad")])
    assert kommandoer(g)[-1].egenskaper == {"result": "SucceededWithIssues"}


def test_never_green_for_want_of_seeing():
    g = replace(eksempler.vanlig(), resultater=[], problemer=[])
    assert kommandoer(g)[-1].egenskaper == {"result": "Failed"}
    new = replace(g, nye=frozenset({"f" * 16}))
    assert kommandoer(new)[-1].egenskaper == {"result": "Failed"}
    fault = replace(eksempler.tom(), svikt=["Regelen ros_er_gyldig stoppet."])
    assert kommandoer(fault)[-1].egenskaper == {"result": "Failed"}


@pytest.mark.parametrize(("tekst", "fil"), FIENDTLIGE)
def test_hostile_text_stays_inside_its_command(tekst, fil):
    *issues, last = kommandoer(med_tekst(tekst, fil))
    assert last.egenskaper == {"result": "Failed"}
    for k in issues:
        assert set(k.egenskaper) == {"type", "sourcepath", "linenumber", "columnnumber", "code"}
        assert k.egenskaper["sourcepath"].startswith("mappe med/mellomrom/")
        assert "##vso[" not in k.tekst


@given(st.text(), st.text())
def test_what_is_escaped_is_read_back(egenskap, data):
    line = f"##vso[task.logissue code={azure.egenskap(egenskap)};type=error;]{azure.data(data)}"
    k = forbrukere.azure(line)
    assert k.egenskaper["type"] == "error"
    assert k.tekst == data
    if egenskap:
        assert k.egenskaper["code"] == egenskap
