"""GitHub: read back with the runner's rules, capped as GitHub caps, and the job summary."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.render.formater import eksempler, forbrukere
from tests.render.formater.eksempler import FIENDTLIGE, med_tekst

from forvaltning.render.formater import github
from forvaltning.render.formater.markdown import SAMMENDRAG, jobbsammendrag


def lest(g):
    return [forbrukere.github(line) or line for line in "".join(github.github(g)).splitlines()]


def kommandoer(g):
    return [k for k in lest(g) if isinstance(k, forbrukere.Kommando)]


def test_a_breach_stands_on_its_line_with_what_is_wrong_and_how_to_mend_it():
    first = next(k for k in kommandoer(eksempler.vanlig()) if k.egenskaper["title"].startswith("4.2"))
    assert first.navn == "error"
    assert first.egenskaper == {
        "title": "4.2 Risiko er vurdert: systemer/bk360",
        "file": "registry/systemer/bk360.yaml",
        "line": "2",
        "col": "3",
    }
    assert first.tekst == (
        "Systemet mangler «felt1».\nSlik rettes det: Skriv det i «felt1».\nSvarer: Systemeier (eier-x, sdi@prove.example)"
    )


def test_levels_without_a_comparison():
    assert Counter(k.navn for k in kommandoer(eksempler.vanlig())) == {"error": 5, "warning": 3}


def test_with_a_comparison_only_the_new_ones_are_errors_and_the_mended_are_praised():
    out = lest(eksempler.sammenlignet())
    found = Counter(k.navn for k in out if isinstance(k, forbrukere.Kommando))
    assert found == {"error": 2, "notice": 6}
    assert "forvaltning: Bra! 2 brudd og problemer er rettet." in out


def test_what_could_not_be_decided_is_said_and_warned_of_when_nothing_else_was():
    why = "kunne ikke avgjøres. «forvaltning check --utfall ikke_avgjort» sier hvorfor."
    assert f"forvaltning: 1 vurdering {why}" in lest(eksempler.vanlig())
    (warning,) = lest(eksempler.uavgjort())
    assert (warning.navn, warning.tekst) == ("warning", f"2 vurderinger {why}")
    assert lest(replace(eksempler.uavgjort(), nye=frozenset())) == [f"forvaltning: 2 vurderinger {why}"]


def test_nothing_new_gives_no_error():
    assert {k.navn for k in kommandoer(eksempler.gammel())} == {"notice"}


def test_no_more_than_github_keeps_and_the_rest_is_told_of():
    out = lest(eksempler.stor())
    assert Counter(k.navn for k in out if isinstance(k, forbrukere.Kommando)) == {"error": 10}
    assert out[-1] == "forvaltning: GitHub viser 10 av 5030 feil. Resten står i jobbsammendraget."


def test_most_important_first():
    titles = [k.egenskaper["title"] for k in kommandoer(eksempler.stor())]
    assert all(t.startswith("Henvisningen er feil") for t in titles)
    kinds = [k.tekst for k in kommandoer(replace(eksempler.vanlig(), problemer=[])) if k.navn == "error"]
    assert [text.split(".")[0] for text in kinds] == [f"Systemet mangler «felt{n}»" for n in (1, 2, 0)]


@pytest.mark.parametrize(("tekst", "fil"), FIENDTLIGE)
def test_hostile_text_stays_inside_its_command(tekst, fil):
    g = med_tekst(tekst, fil)
    for k in kommandoer(g):
        assert set(k.egenskaper) == {"title", "file", "line", "col"}
        assert k.egenskaper["file"].startswith("mappe med/mellomrom/")
        assert all(not line.startswith(("::", "##[")) for line in k.tekst.splitlines()[1:])
    if fil:
        assert any(k.egenskaper["file"] == f"mappe med/mellomrom/{fil}" for k in kommandoer(g))


@given(st.text(), st.text())
def test_what_is_escaped_is_read_back(egenskap, data):
    line = f"::error title={github.egenskap(egenskap)},line=1::{github.data(data)}"
    assert len(line.split("\n")) == 1
    k = forbrukere.github(line)
    assert k.tekst == data
    assert k.egenskaper["line"] == "1"
    if egenskap:
        assert k.egenskaper["title"] == egenskap


@pytest.mark.parametrize("navn", eksempler.GRUNNLAG)
def test_the_job_summary_stays_below_1_mib(navn):
    text = jobbsammendrag(eksempler.GRUNNLAG[navn]())
    assert len(text.encode()) <= SAMMENDRAG < 1024 * 1024


def test_the_job_summary_holds_far_more_than_the_annotations():
    text = jobbsammendrag(eksempler.stor())
    assert text.count("Slik rettes det") > 1000
    assert "Det er ikke plass til" in text
    assert text.count("Slik rettes det") + int(text.split("Det er ikke plass til ")[1].split()[0]) == 5030
