"""The JSON Schema of `report --format json`, made from the contract's own frozen types."""

from __future__ import annotations

import types
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

from forvaltning.documents.json_fil import VERSJON, VisningJson
from forvaltning.documents.katalog import RAPPORTER
from forvaltning.documents.visning import Slag

DIALEKT = "https://json-schema.org/draft/2020-12/schema"
_DATO = {"type": "string", "format": "date"}
_FELT: dict[str, dict[str, Any]] = {
    "versjon": {"const": VERSJON},
    "rapport": {"type": "string", "pattern": "^[a-z_-]+$", "examples": list(RAPPORTER)},
    "slag": {"enum": list(get_args(Slag))},
    "historie": {"enum": ["full", "grunn", "ingen"]},
    "datokilde": {"enum": ["valgt", "eksempel", "innsjekking", "i dag"]},
    "dato": _DATO,
    "gjelder_fra": _DATO,
    "historie_fra": _DATO,
    "regelsett": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
    "commit": {"type": "string", "pattern": "^[0-9a-f]{40}([0-9a-f]{24})?$"},
    "ikke_avgjort": {"type": "integer", "minimum": 0},
}
"""What a field may hold, by its name."""
_ENKEL = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


def skjema() -> dict[str, Any]:
    """The schema of a report."""
    return av(VisningJson, "Rapporten fra forvaltning report")


def av(cls: type, tittel: str) -> dict[str, Any]:
    """The schema of a contract. Fields may be added within a version, so what is not named is let through."""
    definitions: dict[str, dict[str, Any]] = {}
    body = _objekt(cls, definitions)
    return {
        "$schema": DIALEKT,
        "title": tittel,
        **body,
        "$defs": dict(sorted(definitions.items())),
    }


def _objekt(cls: type, definitions: dict[str, dict[str, Any]]) -> dict[str, Any]:
    hints = get_type_hints(cls)
    return {
        "description": (cls.__doc__ or "").strip(),
        "type": "object",
        "required": list(hints),
        "properties": {n: _verdi(h, n, definitions) for n, h in hints.items()},
    }


def _verdi(hint: Any, navn: str, definitions: dict[str, dict[str, Any]]) -> dict[str, Any]:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        if len(args) == 2 and type(None) in args:
            inner = next(a for a in args if a is not type(None))
            return {"anyOf": [_verdi(inner, navn, definitions), {"type": "null"}]}
        return {"anyOf": [_verdi(a, "", definitions) for a in args]}
    if origin is list:
        return {"type": "array", "items": _verdi(args[0], "", definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _verdi(args[1], "", definitions)}
    if is_typeddict(hint):
        name = hint.__name__.removesuffix("Json").lower()
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = _objekt(hint, definitions)
        return {"$ref": f"#/$defs/{name}"}
    return dict(_FELT[navn]) if navn in _FELT else {"type": _ENKEL[hint]}
