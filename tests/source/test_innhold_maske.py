"""Whatever is printed goes through the mask: nothing is told, and JSON stays JSON."""

import importlib.util
import json
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forvaltning.source.maske import maskert

_SPEC = importlib.util.spec_from_file_location(
    "test_innhold_hjelp", Path(__file__).with_name("test_innhold.py")
)
assert _SPEC
assert _SPEC.loader
hjelp = importlib.util.module_from_spec(_SPEC)
sys.modules["test_innhold_hjelp"] = hjelp
_SPEC.loader.exec_module(hjelp)
F, GH, JWT, PEM, et, skrevet = hjelp.F, hjelp.GH, hjelp.JWT, hjelp.PEM, hjelp.et, hjelp.skrevet
M = f"{F[:2]}••••••••{F[-1]}"


@pytest.mark.parametrize(
    ("text", "vist"),
    [
        (f"fnr {F}.", f"fnr {M}."),
        (f"{F[:6]} {F[6:]}", f"{F[:2]}•••• ••••{F[-1]}"),
        (f'{{"a":"{F}","b":1}}', f'{{"a":"{M}","b":1}}'),
        (f'"a\\u00e5{F}"', f'"a\\u00e5{M}"'),
        (f'"{F[:6]}\\n  {F[6:]}"', f'"{F[:2]}••••\\n  ••••{F[-1]}"'),
        (f"\x1b[36m{F[:6]}\x1b[0m{F[6:]}", f"\x1b[36m{F[:2]}••••\x1b[0m••••{F[-1]}"),
        (GH, "ghp_" + "•" * 36),
        ("passord: Sommer26", "passord: ••••••••"),
        ("https://a:Sommer26@x.example", "https://a:••••••••@x.example"),
        ("ingenting å skjule 2026-11-22", "ingenting å skjule 2026-11-22"),
        (et("158576"), et("158576")),
    ],
)
def test_hides_the_value_and_nothing_else(text, vist):
    assert maskert(text) == vist
    assert maskert(vist) == vist
    assert len(vist) == len(text)


def test_a_private_key_is_hidden_whole_or_cut_off():
    for text in (PEM, PEM[:60], json.dumps({"a": PEM}), "  | " + PEM.replace("\n", "\n  | ")):
        shown = maskert(text)
        assert "BEGIN PRIVATE KEY" in shown
        assert "MIIE" not in shown
    assert json.loads(maskert(json.dumps({"a": PEM})))["a"].count("\n") == PEM.count("\n")


def test_what_follows_a_cut_key_is_left():
    assert maskert(PEM[:60] + "\n\nfeil i filen").endswith("feil i filen")


VERDI = st.one_of(
    st.text(max_size=30),
    st.integers(-(10**12), 10**12),
    st.booleans(),
    st.none(),
    st.sampled_from(
        [*skrevet(F).values(), int(et("310576")), int(et("812345")), GH, JWT, PEM, 'a"b\\', f'{F}"\\']
    ),
    st.builds("{} {}".format, st.sampled_from([F, GH, "passord: Sommer26"]), st.text(max_size=5)),
)
NAVN = st.one_of(st.text(max_size=10), st.sampled_from(["passord", "token", "api_key", "fnr", F]))


def form(value):
    """The shape of a value: kinds and sizes, not what stands in it."""
    if isinstance(value, dict):
        return [form(v) for v in value.values()]
    if isinstance(value, list):
        return [form(v) for v in value]
    return type(value).__name__


@settings(max_examples=400, deadline=None)
@given(
    st.recursive(
        VERDI, lambda c: st.lists(c, max_size=4) | st.dictionaries(NAVN, c, max_size=4), max_leaves=8
    ),
    st.booleans(),
    st.sampled_from([None, 2]),
)
def test_masked_json_is_json_of_the_same_shape(value, plain, indent):
    text = json.dumps(value, ensure_ascii=plain, indent=indent)
    shown = maskert(text)
    read = json.loads(shown)
    assert F not in shown
    assert GH not in shown
    if len(set(map(repr, _nokler(value)))) == len(set(map(repr, _nokler(read)))):
        assert form(read) == form(value)
    assert maskert(shown) == shown


def _nokler(value):
    if isinstance(value, dict):
        return [*value, *(k for v in value.values() for k in _nokler(v))]
    return [k for v in value for k in _nokler(v)] if isinstance(value, list) else []


BIT = st.sampled_from(
    [
        F,
        F[:6],
        F[6:],
        *F,
        " ",
        "-",
        ".",
        "/",
        "\n",
        GH,
        "passord: ",
        "token=",
        "x",
        '"',
        "\\",
        "•",
        "\\u0031",
        ",",
    ]
)


@settings(max_examples=500, deadline=None)
@given(st.lists(BIT, max_size=25).map("".join))
def test_masking_twice_changes_nothing_more(text):
    once = maskert(text)
    assert maskert(once) == once


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(), max_size=200))
def test_any_text_is_taken(text):
    assert isinstance(maskert(text), str)


@pytest.mark.parametrize("bit", hjelp.FIENDTLIG)
def test_hostile_text_takes_linear_time(bit):
    text = (bit * ((1 << 20) // len(bit) + 1))[: 1 << 20]
    start = time.perf_counter()
    maskert(text)
    assert time.perf_counter() - start < 60  # a hang, not a speed


BITER = st.sampled_from(
    ["passord: ", "nøkkel=", 'token": "', "api_key: '", "https://a:", "@x.example", GH, JWT, PEM[:60], F, F[:6], " ",
     F[6:], "Sommer26", "sky", "\n", '"', "•", "\\u0031", "æ", "/", "."]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(BITER | st.text(max_size=8), max_size=8).map("".join))
def test_the_quick_look_never_lets_anything_through(text):
    from forvaltning.source.maske_skjul import uten_hemmeligheter, uten_tall

    whole, before = text, ""
    while whole != before:  # what is hidden may have stood in front of something more
        whole, before = uten_tall(uten_hemmeligheter(whole)), whole
    assert maskert(text) == whole


def test_what_stood_behind_a_secret_is_hidden_too():
    text = f"{GH}passord: passord: nøkkel="
    assert maskert(text) == maskert(maskert(text))
    assert "nøkkel" not in maskert(text)


def test_every_maker_of_tokens_has_its_pattern():
    from forvaltning.source.innhold_hemmelig import _TEGN
    from forvaltning.source.omriss import MERKER

    assert list(_TEGN) == list(MERKER)
