"""Where a message about a value points."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forvaltning.findings import START, Position
from forvaltning.source.positions import Positions
from forvaltning.source.yaml_parser import parse

DATA = b"""# topp
id: bk360
ros:
  dato: 2024-05-14
  neste:
scenarier:
  - id: s1
    frist: '2025'
  -
    id: s2
liste: [a, {b: c}]
"""


@pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pyyaml"])
@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ((), 2, 1),
        (("id",), 2, 5),
        (("ros",), 3, 1),
        (("ros", "dato"), 4, 9),
        (("ros", "neste"), 5, 3),
        (("ros", "neste", "dypere"), 5, 3),
        (("ros", "finnes_ikke"), 3, 1),
        (("finnes_ikke",), 2, 1),
        (("scenarier", 0), 7, 5),
        (("scenarier", 0, "frist"), 8, 12),
        (("scenarier", 0, "mangler"), 7, 5),
        (("scenarier", 1, "id"), 10, 9),
        (("scenarier", 9, "id"), 6, 1),
        (("scenarier", -1), 6, 1),
        (("scenarier", "id"), 6, 1),
        (("id", 0), 2, 1),
        (("liste", 0), 11, 9),
        (("liste", 1, "b"), 11, 16),
    ],
)
def test_path_leads_to_place(path, line, column, pure):
    assert Positions(DATA, pure=pure).at(path) == Position(line, column)
    shifted = Positions(b"\xef\xbb\xbf" + DATA.replace(b"\n", b"\r\n"), pure=pure)
    assert shifted.at(path) == Position(line, column)


def test_key_can_be_asked_for():
    assert Positions(DATA).at(("ros", "dato"), value=False) == Position(4, 3)
    assert Positions(DATA).at(("liste", 0), value=False) == Position(11, 9)


@pytest.mark.parametrize("data", [b"", b"a: [", b"\xff", b"[" * 3000, b"# x", b"a: 1\nb: @"])
def test_a_file_that_does_not_parse_answers_its_start(data):
    assert Positions(data).at(("a", 0)) == START


def test_unicode_line_breaks_are_no_lines():
    data = "a: 'x\u2028y\u2029z\x85'\nb: 😀 æ\nc: {d: 'e\u2028', f: g}\n".encode()
    assert Positions(data).at(("b",)) == Position(2, 4)
    assert Positions(data).at(("c", "f")) == Position(3, 17)


PIECES = ["a: ", "b: ", "c", "\n", "\n  ", "- ", "[", "]", "{", "}", ", ", "'", "\u2028", "\r\n", "æ", "😀"]


def paths(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for part, item in items:
        yield from paths(item, (*path, part))


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@settings(max_examples=800, deadline=None)
def test_every_path_lands_inside_the_file(text):
    data = text.encode()
    value = parse(data).value
    if value is None:
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    positions = Positions(data)
    for path in paths(value):
        for place in (positions.at(path), positions.at(path, value=False), positions.at((*path, "nei"))):
            assert 1 <= place.line <= len(lines)
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1
