"""Text from files can not take over the terminal or the reading direction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forvaltning.findings import Position
from forvaltning.source.limits import Lines
from forvaltning.source.text import nearest, quoted, safe


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Bk360", "Bk360"),
        ("blå 😀", "blå 😀"),
        ("a\x1b[31mrød\x1b[0m", "arød"),
        ("a\x1b]8;;http://x\x1b\\lenke\x1b]8;;\x07", "alenke"),
        ("a\nb\tc", "a b c"),
        ("a\u202eb\u2066c", "abc"),
        ("a\u2028b", "a b"),
        ("a\u00a0b", "a b"),
        ("a\x9b31mb", "ab"),
        ("\ud800x", "x"),
        ("x" * 100, "x" * 59 + "…"),
    ],
)
def test_only_harmless_text_is_left(raw, shown):
    assert safe(raw) == shown
    assert quoted(raw) == f"«{shown}»"


@given(st.text(), st.integers(min_value=1, max_value=80))
def test_is_always_one_printable_line_within_the_limit(raw, limit):
    shown = safe(raw, limit)
    assert shown.isprintable()
    assert len(shown) <= limit


def test_nearest_does_not_mind_case_and_stays_silent_when_far():
    assert nearest("SYSTEMR", ["systemer", "roller"]) == "systemer"
    assert nearest("qwerty", ["systemer", "roller"]) is None


def test_lines_end_as_in_an_editor():
    lines = Lines("a\r\nb\rc\nd\u2028e\n\n")
    assert [lines.at(index) for index in (0, 3, 5, 7, 9)] == [
        Position(1, 1),
        Position(2, 1),
        Position(3, 1),
        Position(4, 1),
        Position(4, 3),
    ]
    assert lines.at(99) == Position(4, 4)
    assert [lines.line(number) for number in range(7)] == ["", "a", "b", "c", "d\u2028e", "", ""]
