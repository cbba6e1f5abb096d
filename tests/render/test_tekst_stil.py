"""Width, wrapping, sorting and tables: the small things every text view stands on."""

from __future__ import annotations

from datetime import date

import pytest

from forvaltning.render import tekst_stil as t


@pytest.mark.parametrize(
    ("tekst", "kolonner"),
    [
        ("", 0),
        ("abc", 3),
        ("æøå", 3),
        ("e\u0301", 1),
        ("日本", 4),
        ("\x1b[31mrød\x1b[0m", 3),
        ("👍", 2),
        ("«—»", 3),
    ],
)
def test_width_counts_columns(tekst, kolonner):
    assert t.bredde(tekst) == kolonner


@pytest.mark.parametrize(
    ("tekst", "plass", "linjer"),
    [
        ("kort", 10, ["kort"]),
        ("en to tre fire", 7, ["en to", "tre", "fire"]),
        ("akkurat ti", 10, ["akkurat ti"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("a abcdefgh b", 4, ["a", "abcd", "efgh", "b"]),
        ("日本語日本語", 5, ["日本", "語日", "本語"]),
    ],
)
def test_lines_break_between_words(tekst, plass, linjer):
    assert t.brekk(tekst, plass) == linjer
    assert all(t.bredde(line) <= plass for line in linjer)


def test_a_paragraph_aligns_after_its_first_word():
    lines = list(t.avsnitt("en to tre fire fem seks", t.Stil(bredde=32), 2, "Svarer: "))
    assert lines == ["  Svarer: en to tre fire fem\n", "          seks\n"]


def test_names_sort_as_norwegian_does():
    names = ["Ås", "Zoo", "Ørn", "Ærfugl", "abc", "Épée", "öre", "Äpple", "Aa"]
    assert sorted(names, key=t.norsk) == ["Aa", "abc", "Épée", "Zoo", "Äpple", "Ærfugl", "öre", "Ørn", "Ås"]


def test_a_decomposed_letter_sorts_as_the_composed_one():
    assert t.norsk("A\u030as") == t.norsk("Ås")


def test_numbers_dates_and_lists_are_written_as_norwegian_does():
    assert t.tall(12345) == "12\u00a0345"
    assert t.dag(date(2026, 1, 5)) == "05.01.2026"
    assert t.antall(1, "post", "poster") == "1 post"
    assert t.ramse(["a", "b", "c"]) == "a, b og c"
    assert t.ramse([]) == ""


def test_a_table_stays_within_its_width_and_keeps_ids_whole():
    rows = [
        ("kontrakt-skjemaplattform", "Databehandleravtale om mye " * 3, "i_kraft", "1"),
        ("b", "c", "d", "22"),
    ]
    lines = "".join(
        t.tabell(("Id", "Navn", "Tilstand", "Brudd"), rows, t.Stil(bredde=60), hoyre=frozenset({3}))
    ).splitlines()
    assert max(map(len, lines)) <= 60
    assert "kontrakt-skjemaplattform  " in lines[2]
    assert lines[-1].endswith("   22")


def test_colour_is_put_on_only_when_asked_for():
    assert t.Stil(farger=True)("x", "rod") == "\x1b[31mx\x1b[0m"
    assert t.Stil()("x", "rod") == "x"
    assert t.Stil(farger=True)("", "rod") == ""


@pytest.mark.parametrize("ond", ["\x1b[31mx", "a\nb", "a\rb", "\u202eb", "\x07", "\x9b31m", "\u2028x"])
def test_text_of_the_registry_is_one_plain_line(ond):
    out = t.ren(ond)
    assert out.isprintable()
