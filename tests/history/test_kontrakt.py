"""What the verbs of history write as JSON holds to the schema that is shipped, whatever Git and the records hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.cli.hjelp_cli import kjor
from tests.history.arkiv import Arkiv

SKJEMAER = Path(__file__).resolve().parents[2] / "schemas"
GOD = "avtaler/kontrakt-god.yaml"
INNSTILLINGER = (
    "modell: 1\nkommune: {navn: Prøve kommune}\nfunksjoner: {sdi: sdi, ansattservice: ansattservice}\n"
)
ROS = "navn: ROS\ntilstand: besluttet\nbesluttet: {dato: 2026-03-01, av: eier}\ngjelder: [arkivet]\n"
KOMMANDOER = {
    "logg": ("log",),
    "diff": ("diff", "HEAD~4"),
    "opphav": ("blame", "kontrakt-god"),
    "trend": ("trend", "--per", "commit", "--as-of", "2026-12-31"),
    "revisjon": ("audit",),
}


@pytest.fixture
def arkiv(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    a = Arkiv(tmp_path, {"forvaltning.yaml": INNSTILLINGER})
    a.bytt(GOD, "avtaleforvalter: forvalter\n", "")
    a.sjekk_inn("2026-02-10", "Fjerner \x1b[31mforvalter\x1b[0m ::error::nei <b>", navn="=cmd()|\u202eKari")
    a.skriv("ros/arkivet-ros.yaml", ROS)
    a.sjekk_inn("2026-03-01", "Beslutter uten rolle")
    a.skriv("systemer/rar.yaml", "navn: [\n")
    a.sjekk_inn("2026-03-02", "Noe som ikke kan leses")
    a.bytt(GOD, "avtaleeier: eier", "avtaleeier: eier\navtaleforvalter: forvalter")
    a.sjekk_inn("2026-02-20", "Setter inn igjen, datert bakover")
    a.bytt(GOD, "avtaleforvalter: forvalter\n", "")
    return a


def skjema(navn: str) -> dict[str, Any]:
    return json.loads((SKJEMAER / f"{navn}.json").read_text(encoding="utf-8"))


def ukjente(value: Any, part: dict[str, Any], whole: dict[str, Any], at: str = "") -> Iterator[str]:
    """Keys that the schema does not name: it lets them through, so that fields may come, but ours it must know."""
    if "$ref" in part:
        part = whole["$defs"][part["$ref"].rpartition("/")[2]]
    for option in part.get("anyOf", ()):
        if value is not None and option.get("type") != "null":
            yield from ukjente(value, option, whole, at)
    if isinstance(value, list):
        for n, item in enumerate(value):
            yield from ukjente(item, part.get("items", {}), whole, f"{at}[{n}]")
    if isinstance(value, dict) and "properties" in part:
        for key, under in value.items():
            if key not in part["properties"]:
                yield f"{at}.{key}"
            else:
                yield from ukjente(under, part["properties"][key], whole, f"{at}.{key}")


@pytest.mark.parametrize("navn", KOMMANDOER)
def test_what_is_written_is_what_the_schema_says(arkiv, navn):
    svar = kjor(*KOMMANDOER[navn], "--format", "json")
    assert svar.kode in (0, 1), svar.feil
    shape = skjema(navn)
    Draft202012Validator.check_schema(shape)
    faults = [e.message for e in Draft202012Validator(shape).iter_errors(svar.json)]
    assert not faults, faults[:5]
    assert not list(ukjente(svar.json, shape, shape))
    lists = {k: v for k, v in svar.json.items() if isinstance(v, list)}
    assert all(lists[k] for k in lists if k not in {"poster", "ankere", "rettet"}), (
        "nothing to hold against it"
    )


@pytest.mark.parametrize("navn", KOMMANDOER)
def test_a_field_that_is_missing_or_of_another_type_breaks_the_schema(arkiv, navn):
    value = kjor(*KOMMANDOER[navn], "--format", "json").json
    check = Draft202012Validator(skjema(navn))
    for key in value:
        assert not check.is_valid({k: v for k, v in value.items() if k != key}), key
        assert not check.is_valid({**value, key: 7.5}), key
