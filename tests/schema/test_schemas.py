"""The schemas: true to draft 2020-12, to the models, to the requirements, and to every file we ship."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.hjelp import innstillinger
from tests.schema.editor import faults, read_as_editor

from forvaltning.krav.katalog import ALLE
from forvaltning.model.innstillinger import Innstillinger
from forvaltning.model.kinds import KINDS
from forvaltning.schema.evidence import requirements_for
from forvaltning.schema.files import produce, schema_for
from forvaltning.source.innstillingsfil import bygg_innstillinger, standardinnstillinger
from forvaltning.source.yaml_parser import parse

ROOT = Path(__file__).resolve().parents[2]
NAMES = (*KINDS, "forvaltning")
SCHEMAS = {name: schema_for(name, innstillinger()) for name in NAMES}


def below(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema of a field, with its dotted path; a list's item has `[]`."""
    for name, under in schema.get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        yield here, under
        yield from below(under, here)
    if isinstance(schema.get("items"), dict):
        yield f"{path}[]", schema["items"]
        yield from below(schema["items"], f"{path}[]")


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_a_schema(name):
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$id"] == f"{name}.json"


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_names_no_host_but_the_dialects_and_refers_to_nothing(name):
    text = json.dumps({k: v for k, v in SCHEMAS[name].items() if k != "$schema"})
    assert not re.findall(r"\w+://[\w.]+", text.replace("https:// ", ""))
    assert "$ref" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_a_title_and_a_description_and_no_other_is_let_in(kind):
    fields = dict(below(SCHEMAS[kind]))
    assert set(SCHEMAS[kind]["properties"]) == set(KINDS[kind].model_fields)
    for path, field in fields.items():
        assert field["title"], path
        assert field["description"].endswith("."), path
        if "properties" in field:
            assert field["additionalProperties"] is False, path
    assert SCHEMAS[kind]["additionalProperties"] is False


@pytest.mark.parametrize("krav", ALLE, ids=lambda k: k.nummer)
def test_a_field_tells_each_requirement_that_rests_on_it(krav):
    seen = 0
    for rule in krav.regler:
        for entry in rule.felter:
            kind, _, dotted = entry.rpartition(":")
            kinds = [kind] if kind else [k.kind for k in rule.gjelder]
            fields = [
                f
                for k in kinds
                for path, f in below(SCHEMAS[k])
                if path.replace("[]", "") == dotted and not path.endswith("[]")
            ]
            assert fields, f"{krav.nummer}: {entry} is no field of {kinds}"
            for field in fields:
                assert krav.nummer in field["x-krav"]
                assert f"Krav: {', '.join(field['x-krav'])}." in field["description"]
                seen += 1
    assert seen


def test_a_field_no_requirement_rests_on_says_nothing_of_requirements():
    merknad = SCHEMAS["systemer"]["properties"]["merknad"]
    assert "x-krav" not in merknad
    assert "Krav:" not in merknad["description"]


def test_a_part_tells_what_its_fields_are_for_and_the_fields_of_a_named_part_inherit():
    assert "6.4" in requirements_for("prosjekter", ("rapportering",))
    assert "6.4" in requirements_for("prosjekter", ("rapportering", "avtalt", "dato"))
    assert "6.5" not in requirements_for("prosjekter", ("rapportering",))


def test_a_reference_names_the_folder_it_points_to():
    system = SCHEMAS["systemer"]["properties"]
    assert "mappen «roller»" in system["systemeier"]["description"]
    assert "mappen «roller»" in system["behandlingsansvarlige"]["items"]["description"]
    gjelder = SCHEMAS["endringer"]["properties"]["gjelder"]["description"]
    assert "«systemer» eller «tjenester» eller" in gjelder


def test_codes_stand_with_their_words():
    field = SCHEMAS["systemer"]["properties"]["eksponering"]
    shown = field["anyOf"][0]["oneOf"][0]
    assert field["x-kodeliste"] == "eksponering"
    assert (
        dict(zip(shown["enum"], shown["enumDescriptions"], strict=True))
        == innstillinger().koder["eksponering"]
    )
    states = SCHEMAS["prosjekter"]["properties"]["tilstand"]["anyOf"][0]["oneOf"][0]
    assert (
        dict(zip(states["enum"], states["enumDescriptions"], strict=True))["gjennomforing"] == "Gjennomføring"
    )


def test_a_registrys_own_codes_are_let_in():
    own = bygg_innstillinger({"modell": "1", "kodelister": {"eksponering": {"helsenett": "Norsk helsenett"}}})
    shown = schema_for("systemer", own)["properties"]["eksponering"]["anyOf"][0]["oneOf"][0]
    assert shown["enum"][-1] == "helsenett"
    assert shown["enumDescriptions"][-1] == "Norsk helsenett"
    assert "helsenett" in produce(own)["schemas/systemer.json"]
    assert faults("systemer", {"navn": "X", "eksponering": "helsenett"})


def test_the_whole_default_set_is_valid_settings():
    default = standardinnstillinger()
    assert not faults("forvaltning", default)


# --- the files in schemas/ and in the registry ------------------------------------------------------


def test_the_files_are_what_the_models_say_now():
    wanted = produce(Innstillinger.model_validate(standardinnstillinger()))
    assert set(wanted) == {f"schemas/{name}.json" for name in NAMES}
    stale = [
        name
        for name, text in wanted.items()
        if not (ROOT / name).is_file() or (ROOT / name).read_text(encoding="utf-8") != text
    ]
    assert not stale, "make generate writes these anew"


FILES = sorted((ROOT / "registry").rglob("*.yaml"))


def test_the_registry_has_files_of_every_kind():
    folders = {f.parent.name for f in FILES}
    assert len(FILES) >= 120
    assert set(KINDS) <= folders


def test_every_file_of_the_registry_is_valid():
    own = parse((ROOT / "registry" / "forvaltning.yaml").read_bytes()).value
    assert own is not None
    settings = bygg_innstillinger(own)
    validators = {name: Draft202012Validator(schema_for(name, settings)) for name in NAMES}
    found = []
    for file in FILES:
        name = file.stem if file.parent.name == "registry" else file.parent.name
        value = read_as_editor(file.read_text(encoding="utf-8"))
        found += [
            f"{file.relative_to(ROOT).as_posix()} {list(e.absolute_path)}: {e.message[:160]}"
            for e in validators[name].iter_errors(value)
        ]
    assert FILES
    assert not found, "\n".join(found)


def test_every_file_of_the_registry_names_its_schema_on_its_first_line():
    wrong = []
    for file in FILES:
        in_folder = file.parent.name != "registry"
        name = file.parent.name if in_folder else file.stem
        path = f"{'../../' if in_folder else '../'}schemas/{name}.json"
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        if first != f"# yaml-language-server: $schema={path}":
            wrong.append(f"{file.relative_to(ROOT).as_posix()}: {first}")
    assert FILES
    assert not wrong, "\n".join(wrong)
