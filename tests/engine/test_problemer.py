"""Problems of the registry as a whole: circles in the trees of units and projects."""

from __future__ import annotations

import pytest
from tests.hjelp import register

from forvaltning.engine.problemer import kretser


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
