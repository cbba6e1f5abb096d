"""What a registry file may hold, what is refused, and where the refusal points."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forvaltning.source import limits
from forvaltning.source.yaml_parser import parse

BOTH = pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pyyaml"])
DEEP = 3000
REFUSED = [
    ("colon in value", b"a: b: c\n", "fil.syntaks", 1, 5),
    ("field indented under a value", b"a: b\n  c: d\n", "fil.syntaks", 2, 3),
    ("missing colon", b"navn Bk\nx: y\n", "fil.syntaks", 1, 1),
    ("missing colon after comment", b"navn Bk\n\n# om\nx: y\n", "fil.syntaks", 1, 1),
    ("missing space after colon", b"navn:Bk\nx: y\n", "fil.syntaks", 1, 1),
    ("at sign", b"a: 1\nb: @x\n", "fil.syntaks", 2, 4),
    ("percent", b"a: %x\n", "fil.syntaks", 1, 4),
    ("backtick", b"a: `x`\n", "fil.syntaks", 1, 4),
    ("unclosed list", b"a: [b, c\nd: e\n", "fil.syntaks", 1, 4),
    ("unclosed map", b"a: {b: c\nd: e\n", "fil.syntaks", 1, 4),
    ("unclosed quote", b"x: 1\na: 'x\nb: c\n", "fil.syntaks", 2, 4),
    ("text after quote", b'a: "x" y\nb: c\n', "fil.syntaks", 1, 8),
    ("bad indentation", b"a:\n   b: c\n  d: e\n", "fil.syntaks", 3, 3),
    ("bad indentation of the first", b"  a: b\nc: d\n", "fil.syntaks", 2, 1),
    ("field in list", b"a:\n  - b\n  c: d\n", "fil.syntaks", 3, 3),
    ("list on the field's line", b"a: - b\n", "fil.syntaks", 1, 4),
    ("tab as indentation", b"a:\n\tb: c\n", "fil.syntaks", 2, 1),
    ("backslash in double quotes", b'a: "C:\\temp\\q"\n', "fil.syntaks", 1, 4),
    ("text after bar", b"a: |x\n  y\n", "fil.syntaks", 1, 5),
    ("stray bracket", b"a: ]\n", "fil.syntaks", 1, 4),
    ("anchor", b"a: 1\nb: &x c\n", "fil.anker", 2, 4),
    ("anchor at the top", b"&x a: 1\n", "fil.anker", 1, 1),
    ("anchor on a map", b"a: &x\n  b: c\n", "fil.anker", 1, 4),
    ("alias", b"a: &x 1\nb: *x\n", "fil.anker", 1, 4),
    ("undefined alias", b"a: *x\n", "fil.alias", 1, 4),
    ("stars as text", b"a: *Viktig* ja\n", "fil.alias", 1, 4),
    ("alias in flow", b'{"a":*x}\n', "fil.alias", 1, 6),
    ("merge key", b"<<: {a: b}\n", "fil.flettenokkel", 1, 1),
    ("merge key deep", b"a:\n  <<: {a: b}\n", "fil.flettenokkel", 2, 3),
    ("tag", b"a: !!str 1\n", "fil.tagg", 1, 4),
    ("own tag", b"a: !x 1\n", "fil.tagg", 1, 4),
    ("bare tag", b"a: ! 1\n", "fil.tagg", 1, 4),
    ("python tag", b"a: !!python/object/apply:os.system ['ls']\n", "fil.tagg", 1, 4),
    ("undefined handle", b"a: !x!y z\n", "fil.tagg", 1, 4),
    ("directive", b"%YAML 1.1\n---\na: no\n", "fil.direktiv", 1, 1),
    ("directive after comment", b"# x\n\n%TAG ! x\n---\na: b\n", "fil.direktiv", 3, 1),
    ("second document", b"a: b\n---\nc: d\n", "fil.flere_dokumenter", 2, 1),
    ("second document behind dots", b"a: b\n...\nc: d\n", "fil.flere_dokumenter", 3, 1),
    ("duplicate key", b"a: 1\nb: 2\na: 3\n", "fil.dobbel_nokkel", 3, 1),
    ("duplicate key in list", b"x:\n  - a: 1\n    a: 2\n", "fil.dobbel_nokkel", 3, 5),
    ("duplicate key, quoted", b"a: 1\n'a': 2\n", "fil.dobbel_nokkel", 2, 1),
    ("key is a list", b"a: 1\n? [b]\n: c\n", "fil.nokkel", 2, 3),
    ("key is a template's braces", b"navn: {{ navn }}\n", "fil.nokkel", 1, 8),
    ("key is null", b"~: x\n", "fil.nokkel", 1, 1),
    ("key is empty", b"'': x\n", "fil.nokkel", 1, 1),
    ("top is a list", b"# c\n- a\n- b\n", "fil.ikke_oppslag", 2, 1),
    ("top is text", b"hei\n", "fil.ikke_oppslag", 1, 1),
    ("empty", b"", "fil.tom", 1, 1),
    ("only comments", b"# hei\n\n", "fil.tom", 1, 1),
    ("only a null", b"---\n~\n", "fil.tom", 1, 1),
    ("Latin-1", b"a: 1\nb: bl\xe5\n", "fil.tegnsett", 2, 6),
    ("Latin-1 behind a BOM", b"\xef\xbb\xbfa: bl\xe5\n", "fil.tegnsett", 1, 6),
    ("raw surrogate", b"a: \xed\xa0\x80\n", "fil.tegnsett", 1, 4),
    ("UTF-16", "a: b\n".encode("utf-16"), "fil.tegnsett", 1, 1),
    ("UTF-16 without BOM", "a: b\n".encode("utf-16-le"), "fil.tegnsett", 1, 1),
    ("NUL", b"a: 1\nb: x\0y\n", "fil.kontrolltegn", 2, 5),
    ("escape character", b"a: \x1b[31m\n", "fil.kontrolltegn", 1, 4),
    ("BOM inside", b"a: 1\n\xef\xbb\xbfb: 2\n", "fil.kontrolltegn", 2, 1),
    ("NUL by escape", b'a: "x\\0"\n', "fil.kontrolltegn", 1, 4),
    ("surrogate by escape", b'a: "\\ud800"\n', "fil.kontrolltegn", 1, 4),
    ("columns are code points", "æøå: 😀: x\n".encode(), "fil.syntaks", 1, 7),
    ("BOM does not shift columns", b"\xef\xbb\xbfa: @x\n", "fil.syntaks", 1, 4),
    ("CRLF", b"a: 1\r\nb: 2\r\nc: @x\r\n", "fil.syntaks", 3, 4),
    ("U+2028 is no line", "a: 'x\u2028\u2029\x85y'\nb: @x\n".encode(), "fil.syntaks", 2, 4),
]
HOSTILE = [
    ("brackets", b"a: " + b"[" * DEEP, "fil.dybde"),
    ("braces", b"{a: " * DEEP, "fil.dybde"),
    ("dashes", b"- " * DEEP, "fil.dybde"),
    ("questions", b"? " * DEEP, "fil.dybde"),
    ("brackets on lines", b"a:\n" + b" [\n" * DEEP, "fil.dybde"),
    ("closed in comments", b"a:\n" + b" [ # ]\n" * DEEP, "fil.dybde"),
    ("closed in quotes", b"a: " + b'["]",' * DEEP, "fil.dybde"),
    ("indented", b"".join(b" " * i + b"a:\n" for i in range(300)), "fil.dybde"),
    ("many", b"a: [" + b"b," * limits.MAX_NODES, "fil.noder"),
    ("large", b"a: " + b"b" * limits.MAX_BYTES, "fil.storrelse"),
]


@BOTH
@pytest.mark.parametrize(
    ("data", "regel", "line", "column"), [row[1:] for row in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_is_refused_with_rule_and_place(data, regel, line, column, pure):
    result = parse(data, pure=pure)
    assert result.value is None
    error = result.error
    assert (error.regel, error.position.line, error.position.column) == (regel, line, column)
    assert error.melding.endswith(".")
    assert error.tiltak.endswith((".", "."))
    assert not {"the", "found", "expected", "while"} & set(error.melding.split())


@BOTH
@pytest.mark.parametrize(("data", "regel"), [row[1:] for row in HOSTILE], ids=[r[0] for r in HOSTILE])
def test_hostile_shapes_are_refused(data, regel, pure):
    assert parse(data, pure=pure).error.regel == regel


@BOTH
@pytest.mark.parametrize(
    "written",
    [
        "no",
        "0301",
        "1.10",
        "12:30",
        "012345678",
        "1e3",
        "1_000",
        "2024-02-30",
        "0o7",
        "yes",
        "=",
        ".5",
        "NO",
        "<<",
    ],
)
def test_plain_scalars_stay_text(written, pure):
    assert parse(f"a: {written}\nb: [{written}]\n".encode(), pure=pure).value == {
        "a": written,
        "b": [written],
    }


@BOTH
def test_nulls_are_absent_and_quoted_ones_are_text(pure):
    data = b"a:\nb: ~\nc: null\nd: Null\ne: NULL\nf: ''\ng: \"null\"\nh: '~'\ni: [~, 'null']\nj: nULL\n"
    expected = dict.fromkeys("abcde") | {"f": "", "g": "null", "h": "~", "i": [None, "null"], "j": "nULL"}
    assert parse(data, pure=pure).value == expected


@BOTH
@pytest.mark.parametrize(
    "data",
    [
        b"---\na: b\n",
        b"\xef\xbb\xbfa: b\n",
        b"a: b\r\n",
        b"a: b",
        b"---\na: b\n...\n",
        b'{"a": "b"}',
        b"# & * !\na: b",
    ],
)
def test_harmless_forms_are_accepted(data, pure):
    assert parse(data, pure=pure).value == {"a": "b"}


@BOTH
@pytest.mark.parametrize(
    "text", ["Drift & vedlikehold", "Hei!", "a*b", "50 % av", "se#4", "x <y>", "æ 😀", "a:b"]
)
def test_marks_inside_a_text_are_text(text, pure):
    assert parse(f"a: {text}\n".encode(), pure=pure).value == {"a": text}


@BOTH
def test_depth_limit_is_exact(pure):
    deep = limits.MAX_DEPTH - 2
    assert parse(b"a: " + b"[" * deep + b"x" + b"]" * deep, pure=pure).error is None
    assert parse(b"a: " + b"[" * (deep + 1) + b"x" + b"]" * (deep + 1), pure=pure).error.regel == "fil.dybde"


def test_duplicate_names_the_first_line_and_hides_escapes():
    error = parse('ok: 1\n"a\u202eb": 1\n"a\u202eb": 2\n'.encode()).error
    assert "«ab»" in error.melding
    assert "linje 2" in error.melding


def only_plain(value) -> bool:
    if isinstance(value, dict):
        return all(type(key) is str and only_plain(item) for key, item in value.items())
    if isinstance(value, list):
        return all(map(only_plain, value))
    return value is None or type(value) is str


PIECES = [
    "a",
    "b: ",
    "- ",
    "? ",
    ": ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "'",
    '"',
    "&x",
    "*x",
    "!t",
    "#",
    "|",
    ">",
    "---\n",
    "...\n",
    "%Y",
    "<<: ",
    "~",
    "null",
    "\\",
    "\\x",
    "\t",
    "\r\n",
    "\u2028",
    "\x85",
    "\ufeff",
    "æ",
    "😀",
    "\0",
    "@",
]
SHAPES = st.lists(st.sampled_from(PIECES), max_size=30).map("".join).map(str.encode)
WORDS = st.text(string.ascii_letters + "æøå -:#'\"0.1", max_size=8)
TREES = st.recursive(
    WORDS | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS.filter(bool), inner, max_size=3),
    max_leaves=12,
)


@given(SHAPES | st.binary(max_size=60))
@settings(max_examples=1500, deadline=None)
def test_any_bytes_give_plain_values_or_one_error(data):
    for pure in (False, True):
        result = parse(data, pure=pure)
        assert (result.value is None) != (result.error is None)
        if result.error is None:
            assert only_plain(result.value)
        else:
            place = result.error.position
            assert 1 <= place.line <= data.count(b"\n") + data.count(b"\r") + 1
            assert 1 <= place.column <= len(data) + 1


@given(SHAPES)
@settings(max_examples=1500, deadline=None)
def test_what_both_parsers_accept_they_read_alike(data):
    fast, slow = parse(data), parse(data, pure=True)
    if fast.error is None and slow.error is None:
        assert fast.value == slow.value


@given(st.dictionaries(WORDS.filter(bool), TREES, min_size=1, max_size=4))
@settings(max_examples=300, deadline=None)
def test_what_is_written_is_read_back(tree):
    import yaml

    class Quoting(yaml.SafeDumper):
        def ignore_aliases(self, _data):
            return True

    Quoting.add_representer(
        str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
    )
    data = yaml.dump(tree, Dumper=Quoting, allow_unicode=True).encode()
    assert parse(data).value == tree
    assert parse(data, pure=True).value == tree


@given(SHAPES)
@settings(max_examples=800, deadline=None)
def test_the_fast_way_never_reads_what_the_careful_way_refuses(data):
    from unittest import mock

    with mock.patch("forvaltning.source.yaml_parser.is_plain", return_value=False):
        careful = parse(data)
    assert parse(data) == careful


@pytest.mark.parametrize("pure", [True, False])
@pytest.mark.parametrize(
    ("data", "sted", "melding"),
    [
        (b"navn: A\n<<<<<<< HEAD\nland: NO\n=======\nland: SE\n>>>>>>> gren\n", (2, 1), "fletting i Git"),
        (b"<<<<<<< HEAD\r\nnavn: A\r\n=======\r\nnavn: B\r\n>>>>>>> x\r\n", (1, 1), "fletting i Git"),
        (b"liste:\n<<<<<<< HEAD\n  - a\n=======\n  - b\n>>>>>>> x\n", (2, 1), "fletting i Git"),
        (b"{navn: A}}\n", (1, 10), "en } for mye"),
    ],
)
def test_what_git_or_a_hand_left_behind_is_named(data, sted, melding, pure):
    error = parse(data, pure=pure).error
    assert (error.regel, error.position.line, error.position.column) == ("fil.syntaks", *sted)
    assert melding in error.melding
