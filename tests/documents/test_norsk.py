"""Norwegian order, dates and numbers."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forvaltning.documents import norsk


def test_the_alphabet_ends_with_ae_oe_aa():
    words = ["aa", "Alfa", "ål", "Øl", "ære", "zebra", "Åse", "ape", "øre", "Ærlig", "Aase", "byen"]
    shuffled = random.Random(1).sample(words, len(words))
    assert sorted(shuffled, key=norsk.nokkel) == [
        "aa",
        "Aase",
        "Alfa",
        "ape",
        "byen",
        "zebra",
        "ære",
        "Ærlig",
        "øl".title(),
        "øre",
        "ål",
        "Åse",
    ]


def test_numbers_count_and_accents_and_case_do_not():
    words = [
        "system 10",
        "System 2",
        "systém 1",
        "SYSTEM 002",
        "Müller",
        "Mynt",
        "Myhre",
        "Ä",
        "æ",
        "Ö",
        "ø",
    ]
    assert sorted(words, key=norsk.nokkel) == [
        "Myhre",
        "Müller",
        "Mynt",
        "systém 1",
        "SYSTEM 002",
        "System 2",
        "system 10",
        "Ä",
        "æ",
        "Ö",
        "ø",
    ]


@given(st.lists(st.text(max_size=20), max_size=8, unique=True))
def test_different_texts_always_have_an_order(words):
    assert len({norsk.nokkel(w) for w in words}) == len(words)


@pytest.mark.parametrize(
    ("n", "text"), [(0, "0"), (1234, "1\u202f234"), (1234567, "1\u202f234\u202f567"), (3.45, "3,5")]
)
def test_numbers_for_people(n, text):
    assert norsk.tall(n) == text


def test_dates_for_people():
    day = date(2027, 1, 1)
    assert (norsk.dato(day), norsk.dato_lang(day), norsk.maned(day)) == (
        "01.01.2027",
        "1. januar 2027",
        "januar 2027",
    )


def test_lists_and_counts_in_words():
    assert [norsk.og(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a og b", "a, b og c"]
    assert norsk.antall(1, "fil", "filer") == "1 fil"
    assert norsk.antall(2000, "fil", "filer") == "2\u202f000 filer"
