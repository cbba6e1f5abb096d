"""YAML as an editor reads it: the 1.2 core schema, dates as text, keys as text."""

from __future__ import annotations

from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from ruamel.yaml.resolver import VersionedResolver
from tests.hjelp import innstillinger

from forvaltning.schema.files import schema_for


class _CoreResolver(VersionedResolver):
    """Without dates, which are no part of the core schema."""

    @property
    def versioned_resolver(self) -> Any:
        found = super().versioned_resolver
        return {
            first: [(tag, regexp) for tag, regexp in pairs if not tag.endswith(":timestamp")]
            for first, pairs in found.items()
        }


def read_as_editor(text: str) -> Any:
    yaml = YAML(typ="safe", pure=True)
    yaml.Resolver = _CoreResolver
    return _text_keys(yaml.load(text))


def _text_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {k if isinstance(k, str) else str(k).lower(): _text_keys(v) for k, v in value.items()}
    return [_text_keys(v) for v in value] if isinstance(value, list) else value


@cache
def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(schema_for(kind, innstillinger()))


def faults(kind: str, value: Any) -> list[str]:
    return [f"{list(e.absolute_path)}: {e.message[:200]}" for e in validator(kind).iter_errors(value)]
