"""Figures: well-formed, titled, told in words, with contrast, patterns beside colours, and text that stays text."""

from __future__ import annotations

import itertools
import re
from datetime import date

import pytest
from lxml import etree
from tests.documents.test_mal import FIENDTLIG

from forvaltning.documents.svg import BLEKK, STILER, SVAK, stolper
from forvaltning.documents.svg_arshjul import arshjul
from forvaltning.documents.svg_matrise import RISIKO, matrise

NS = "{http://www.w3.org/2000/svg}"


def lag_stolper(tekst="Rad"):
    series = [(key, key.replace("_", " ")) for key in STILER]
    return stolper("s", tekst, tekst, series, [(tekst, [5] * len(series)), ("Tom", [0] * len(series))])


def lag_matrise(tekst="S1"):
    return matrise(
        "m",
        tekst,
        tekst,
        rader=["Lav", tekst],
        kolonner=["Liten", tekst],
        nivaer=[[0, 1], [1, -1]],
        nivanavn=["lav", tekst],
        celler=[[[], [tekst]], [[tekst] * 5, [tekst]]],
    )


def lag_arshjul(tekst="Frist"):
    months = [[(date(2026, 11, 20), tekst)] * n for n in (9, 1, 0, 0, 2, 0, 0, 3, 0, 0, 0, 5)]
    return arshjul("a", tekst, tekst, date(2026, 11, 1), months)


FIGURER = {"stolper": lag_stolper, "matrise": lag_matrise, "arshjul": lag_arshjul}


def tekster(svg):
    return ["".join(e.itertext()) for e in etree.fromstring(svg.encode()).iter(f"{NS}text")]


@pytest.mark.parametrize("navn", FIGURER)
def test_a_figure_is_named_and_described(navn):
    root = etree.fromstring(FIGURER[navn]("Navn").encode())
    assert root.get("role") == "img"
    names = [root.find(f".//*[@id='{ident}']") for ident in root.get("aria-labelledby").split()]
    assert [n.text for n in names] == ["Navn", "Navn"]
    assert [n.tag for n in names] == [f"{NS}title", f"{NS}desc"]


@pytest.mark.parametrize("navn", FIGURER)
@pytest.mark.parametrize("tekst", FIENDTLIG)
def test_no_text_becomes_anything_but_text(navn, tekst):
    def tags(text):
        return [e.tag for e in etree.fromstring(FIGURER[navn](text).encode()).iter()]

    assert tags(tekst) == tags("Vanlig")


@pytest.mark.parametrize("navn", FIGURER)
def test_a_figure_asks_for_nothing_outside(navn):
    svg = FIGURER[navn]().replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"http|href|<script|<style|@import|url\((?!#)|\son\w+=", svg)


def lysstyrke(farge):
    parts = [int(farge[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def kontrast(a, b):
    one, two = sorted((lysstyrke(a), lysstyrke(b)))
    return (two + 0.05) / (one + 0.05)


def test_text_has_contrast_on_everything_it_stands_on():
    for style in (*STILER.values(), *RISIKO):
        assert kontrast(style.tekst, style.farge) >= 4.5, style
    for colour in (BLEKK, SVAK):
        assert kontrast(colour, "#ffffff") >= 4.5
    for style in RISIKO:
        assert kontrast(BLEKK, style.farge) >= 4.5
    for light, text in (
        ("#dbe7f5", BLEKK),
        ("#b3cdea", BLEKK),
        ("#2f6db0", "#ffffff"),
        ("#12467f", "#ffffff"),
    ):
        assert kontrast(text, light) >= 4.5


def test_neighbouring_outcomes_differ_in_more_than_colour():
    looks = list(STILER.values())[1:]
    assert all(a.monster != b.monster for a, b in itertools.pairwise(looks))
    assert len({s.monster for s in RISIKO}) == len(RISIKO)


def test_every_number_and_level_stands_in_words():
    assert {"Rad", "Tom", "50", "0", "5"} - set(tekster(lag_stolper())) <= {"50"}
    assert "lav" in tekster(lag_matrise())
    assert "ikke i matrisen" in tekster(lag_matrise())
    assert "og 3 til" in tekster(lag_matrise("S1"))
    assert "November 2026: 9" in tekster(lag_arshjul())
    assert "og 3 til" in tekster(lag_arshjul())


def test_a_figure_without_rows_is_a_figure():
    etree.fromstring(stolper("s", "T", "B", [("brudd", "Brudd")], []).encode())
    etree.fromstring(arshjul("a", "T", "B", date(2026, 1, 1), [[] for _ in range(12)]).encode())
