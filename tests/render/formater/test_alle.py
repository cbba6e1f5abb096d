"""What holds for every machine format: pure text, same every time, nothing a log or a terminal would obey."""

from __future__ import annotations

import csv
import io
import json
import time
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.render.formater import forbrukere
from tests.render.formater.eksempler import FIENDTLIGE, GRUNNLAG, funn, med_tekst, stor, vanlig

from forvaltning.render.formater.markdown import jobbsammendrag
from forvaltning.render.formater.punkter import rettede
from forvaltning.render.formater.tabell import FORMATER

DOK = Path(__file__).parents[3] / "docs" / "formater.md"
ALLE = {
    **{navn: f.lag for navn, f in FORMATER.items()},
    "jobbsammendrag": lambda g: iter([jobbsammendrag(g)]),
}


@pytest.mark.parametrize("format_", ALLE)
@pytest.mark.parametrize("navn", GRUNNLAG)
def test_every_format_tells_of_every_ground_the_same_way_every_time(format_, navn):
    text = "".join(ALLE[format_](GRUNNLAG[navn]()))
    assert text == "".join(ALLE[format_](GRUNNLAG[navn]()))
    assert not text or text.endswith("\n")
    text.encode("utf-8")


@pytest.mark.parametrize("format_", ALLE)
@pytest.mark.parametrize(("tekst", "fil"), FIENDTLIGE)
def test_hostile_text_is_never_a_command_or_a_control_character(format_, tekst, fil):
    text = "".join(ALLE[format_](med_tekst(tekst, fil)))
    text.encode("utf-8")
    strange = {
        c for c in text.removeprefix("\ufeff") if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    }
    assert strange <= {"\n", "\r"}
    assert "\r" not in text or format_.startswith("csv")
    for line in text.splitlines():
        seen = forbrukere.github(line)
        assert seen is None or (format_ == "github" and seen.navn in {"error", "warning", "notice"})
        seen = forbrukere.azure(line)
        assert seen is None or (format_ == "azure" and seen.navn in {"task.logissue", "task.complete"})


def test_what_a_deviation_has_come_to_cover_is_not_called_mended():
    g = vanlig()
    g = replace(g, nye=frozenset(), rettet=[{**funn(3), "krav": "5.2", "post": "avtaler/k"}])
    assert rettede(g) == []
    assert all("Bra!" not in "".join(lag(g)) for lag in ALLE.values())


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=60))
def test_any_text_at_all_is_read_back_by_real_parsers(tekst):
    g = med_tekst(tekst)
    etree.fromstring("".join(FORMATER["junit"].lag(g)).encode())
    for navn in ("sarif-full", "gitlab"):
        json.loads("".join(FORMATER[navn].lag(g)))
    for navn in ("csv", "csv-vurderinger"):
        rows = list(
            csv.reader(io.StringIO("".join(FORMATER[navn].lag(g)), newline=""), delimiter=";", strict=True)
        )
        assert len({len(r) for r in rows}) == 1
    for navn, les in (("github", forbrukere.github), ("azure", forbrukere.azure)):
        lines = "".join(FORMATER[navn].lag(g)).splitlines()
        assert all(les(line) or line.startswith("forvaltning: ") for line in lines)


@pytest.mark.parametrize("format_", ALLE)
def test_5000_findings_take_no_time_to_write(format_):
    g = stor()
    start = time.perf_counter()
    for _ in ALLE[format_](g):
        pass
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize("navn", FORMATER)
def test_every_format_stands_in_the_documentation_with_its_description(navn):
    f = FORMATER[navn]
    assert f"| `{navn}` | {f.beskrivelse} | `{f.endelse}` |" in DOK.read_text(encoding="utf-8")


def test_who_answers_is_told_by_name_where_people_read_it():
    g = replace(vanlig(), roller={"systemeier": "Systemeier i kommunen"})
    for navn in ("github", "markdown", "csv", "csv-vurderinger", "junit"):
        text = "".join(FORMATER[navn].lag(g))
        assert "Systemeier i kommunen (eier-x, sdi" in text, navn
    plain = "".join(FORMATER["csv"].lag(vanlig()))
    assert "Systemeier (eier-x" in plain
