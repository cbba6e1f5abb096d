"""What changed in one record: values, list items by identity, and nothing for what only moved."""

from __future__ import annotations

from typing import Any

import pytest
from tests.hjelp import register

from forvaltning.history.felt import endringer, innhold


def post(**data: Any) -> Any:
    entry = register({"systemer/s": {"navn": "S", **data}}).oppforing("s")
    assert entry is not None
    return entry.post


A = {"id": "a", "navn": "Web", "utloper": "2027-01-01"}
B = {"id": "b", "navn": "API"}


@pytest.mark.parametrize(
    ("gammel", "ny", "ventet"),
    [
        ({}, {}, []),
        ({"leverandor": "x"}, {"leverandor": "y"}, [("leverandor", "x", "y")]),
        ({}, {"personopplysninger": "ja"}, [("personopplysninger", None, "ja")]),
        ({"personopplysninger": "true"}, {"personopplysninger": "ja"}, []),
        ({"lagring": {"land": "NO"}}, {"lagring": {"land": "SE"}}, [("lagring.land", "NO", "SE")]),
        ({"lagring": {"land": "NO"}}, {}, [("lagring.land", "NO", None)]),
        ({"brukere": ["ansatte", "barn"]}, {"brukere": ["barn", "ansatte"]}, []),
        (
            {"brukere": ["ansatte"]},
            {"brukere": ["barn"]},
            [("brukere[barn]", None, "barn"), ("brukere[ansatte]", "ansatte", None)],
        ),
        ({"sertifikater": [A, B]}, {"sertifikater": [B, A]}, []),
        (
            {"sertifikater": [A, B]},
            {"sertifikater": [B, {**A, "utloper": "2028-01-01"}]},
            [("sertifikater[a].utloper", "2027-01-01", "2028-01-01")],
        ),
        (
            {"sertifikater": [A, B]},
            {"sertifikater": [A]},
            [("sertifikater[b].id", "b", None), ("sertifikater[b].navn", "API", None)],
        ),
    ],
)
def test_fields_that_changed(gammel: dict[str, Any], ny: dict[str, Any], ventet: list[Any]) -> None:
    found = [(e.felt, e.gammel, e.ny) for e in endringer(post(**gammel), post(**ny))]
    assert found == ventet


def test_references_are_told_apart_and_titles_are_words() -> None:
    (change,) = endringer(post(drift={"leverandor": "x"}), post(drift={"leverandor": "y"}))
    assert (change.henvisning, change.tittel) == (True, "Drift › leverandør")


def test_a_new_record_is_all_its_fields() -> None:
    assert {e.felt for e in innhold(post(leverandor="x"))} == {"navn", "leverandor"}


def test_twins_in_a_list_are_kept_apart() -> None:
    twice = {"sertifikater": [B], "rettsgrunnlag": ["x", "x"]}
    assert [e.felt for e in endringer(post(rettsgrunnlag=["x"]), post(rettsgrunnlag=["x", "x"]))] == [
        "rettsgrunnlag[x (2)]"
    ]
    assert endringer(post(**twice), post(**twice)) == []
