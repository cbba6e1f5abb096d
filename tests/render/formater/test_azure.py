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


def test_what_could_not_be_decided_is_said_and_no_success_when_nothing_else_was():
    why = "kunne ikke avgjøres. «forvaltning check --utfall ikke_avgjort» sier hvorfor."
    assert f"forvaltning: 1 vurdering {why}" in lest(eksempler.vanlig())
    warning, done = lest(eksempler.uavgjort())
    assert (warning.navn, warning.egenskaper, warning.tekst) == (
        "task.logissue",
        {"type": "warning"},
        f"2 vurderinger {why}",
    )
    assert done.egenskaper == {"result": "SucceededWithIssues"}
    told, done = lest(replace(eksempler.uavgjort(), nye=frozenset()))
    assert (told, done.egenskaper) == (f"forvaltning: 2 vurderinger {why}", {"result": "Succeeded"})


@pytest.mark.parametrize(
    ("navn", "svar", "typer"),
    [
        ("vanlig", "Failed", {"error": 5, "warning": 3}),
        ("tom", "Succeeded", {}),
        ("sammenlignet", "Failed", {"error": 2}),
        ("gammel", "Succeeded", {}),
        ("stor", "Failed", {"error": 10}),
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


def test_the_agent_keeps_ten_and_the_rest_are_lines_in_the_log_and_then_counted():
    lines = [x for x in lest(eksempler.stor()) if isinstance(x, str)]
    assert lines[0] == "forvaltning: Azure viser 10 av 5030 feil for seg. Her er de neste:"
    assert sum(line.startswith("forvaltning: feil: registry/") for line in lines) == azure.LINJER
    assert "Det er 4520 feil til." in lines[-1]
    assert len("".join(azure.azure(eksempler.stor()))) < 300_000


@pytest.mark.parametrize(("tekst", "fil"), FIENDTLIGE)
def test_a_line_in_the_log_is_never_a_command(tekst, fil):
    g = med_tekst(tekst, fil)
    many = [{**g.problemer[0], "fingeravtrykk": f"{n:016x}"} for n in range(40)]
    full = replace(g, problemer=many, nye=None)
    *issues, _ = kommandoer(full)
    plain = [x for x in lest(full) if isinstance(x, str)]
    assert len(issues) <= 2 * azure.PER_TYPE
    assert len(plain) >= 30
    assert not any("##vso[" in line or "##[" in line for line in plain)


@given(st.text(), st.text())
def test_what_is_escaped_is_read_back(egenskap, data):
    line = f"##vso[task.logissue code={azure.egenskap(egenskap)};type=error;]{azure.data(data)}"
    k = forbrukere.azure(line)
    assert k.egenskaper["type"] == "error"
    assert k.tekst == data
    if egenskap:
        assert k.egenskaper["code"] == egenskap
