"""Problems of the registry as a whole: circles in the trees of units and projects."""

from __future__ import annotations

import pytest
from tests.hjelp import register

from forvaltning.engine.problemer import gjenbrukte_id, kretser


@pytest.mark.parametrize("opp", [{}, {"a": "b"}, {"a": "b", "b": "c"}])
def test_no_circle_is_no_problem(opp):
    r = register({f"enheter/{k}": {"navn": k, "type": "enhet", "forelder": opp.get(k)} for k in "abc"})
    assert not list(kretser(r))


@pytest.mark.parametrize(
    ("opp", "inne"), [({"a": "a"}, "a"), ({"a": "b", "b": "a"}, "ab"), ({"a": "b", "b": "c", "c": "b"}, "bc")]
)
def test_a_unit_below_itself_is_told_of_once(opp, inne):
    r = register({f"enheter/{k}": {"navn": k, "type": "enhet", "forelder": opp.get(k)} for k in "abc"})
    assert sorted(p.post for p in kretser(r)) == [f"enheter/{k}" for k in inne]


def test_an_id_that_one_has_left_names_no_other_and_has_one_heir():
    r = register(
        {
            "systemer/a": {"navn": "A", "tidligere_id": ["gammel", "c"]},
            "systemer/b": {"navn": "B", "tidligere_id": ["GAMMEL"]},
            "systemer/c": {"navn": "C"},
        }
    )
    assert [(p.regel, p.post, p.path) for p in gjenbrukte_id(r)] == [
        ("id.gjenbrukt", "systemer/a", ("tidligere_id", 1)),
        ("id.to_arvinger", "systemer/b", ("tidligere_id", 0)),
    ]


def test_one_record_may_say_the_same_former_id_twice():
    r = register({"systemer/a": {"navn": "A", "tidligere_id": ["gammel", "gammel"]}})
    assert not list(gjenbrukte_id(r))
