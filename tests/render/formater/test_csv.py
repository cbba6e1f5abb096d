"""CSV: read back with a CSV reader; no cell is a formula."""

from __future__ import annotations

import csv
import io

import pytest
from tests.render.formater import eksempler
from tests.render.formater.eksempler import FIENDTLIG, FIENDTLIGE, med_tekst

from forvaltning.render.formater.csv_fil import FUNN, VURDERINGER, csv_funn, csv_vurderinger
from forvaltning.source.csv_tegn import celle


def lest(g, lag=csv_funn):
    text = "".join(lag(g))
    assert text.startswith("\ufeff")
    assert text.replace("\r\n", "").count("\n") == 0
    header, *rows = csv.reader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True)
    assert all(len(r) == len(header) for r in rows)
    return [dict(zip(header, r, strict=True)) for r in rows]


@pytest.mark.parametrize("navn", eksempler.GRUNNLAG)
def test_a_row_for_each_finding_problem_and_deadline_and_one_for_each_verdict(navn):
    g = eksempler.GRUNNLAG[navn]()
    rows = lest(g)
    found = sum(len(r["funn"]) + (r["utfall"] == "snart") for r in g.resultater)
    assert len(rows) == found + len(g.problemer) + len(g.rettet)
    assert len(lest(g, csv_vurderinger)) == len(g.resultater)
    for lag, names in ((csv_funn, FUNN), (csv_vurderinger, VURDERINGER)):
        assert "".join(lag(g)).split("\r\n")[0].removeprefix("\ufeff").split(";") == [f'"{n}"' for n in names]


@pytest.mark.parametrize("lag", [csv_funn, csv_vurderinger])
@pytest.mark.parametrize(("tekst", "fil"), FIENDTLIGE)
def test_no_cell_is_a_formula_and_no_row_breaks(tekst, fil, lag):
    rows = lest(med_tekst(tekst, fil), lag)
    assert len(rows) == (9 if lag is csv_funn else 7)
    for row in rows:
        for cell in row.values():
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
            assert not set(cell) & set("\t\r\n\x00")


@pytest.mark.parametrize("tekst", FIENDTLIG)
def test_a_cell_keeps_its_words(tekst):
    assert celle("vanlig tekst") == "vanlig tekst"
    assert celle("a  b") == "a  b"
    assert celle("=1+1") == "'=1+1"
    assert celle(7) == 7
    assert celle(celle(tekst)) == celle(tekst)


def test_numbers_and_fingerprints_are_not_taken_for_dates():
    row = next(r for r in lest(eksempler.vanlig()) if r["slag"] == "funn")
    assert row["krav eller regel"] == "4.2 Risiko er vurdert"
    assert row["fingeravtrykk"].startswith("fa:")


def test_with_a_comparison_each_row_says_whether_it_is_new():
    rows = lest(eksempler.sammenlignet())
    assert [r["ny"] for r in rows].count("ja") == 2
    assert [r["slag"] for r in rows].count("rettet") == 2
    assert lest(eksempler.sammenlignet(), csv_vurderinger)[0]["nye funn"] == "1"
