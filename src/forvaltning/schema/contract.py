"""JSON Schemas of what the tool writes as JSON, made from the contracts' own frozen types."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import (
    Any,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from forvaltning.schema.values import DIALECT, Schema

_SIMPLE = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


def contract(cls: type, title: str, fields: Mapping[str, Schema]) -> Schema:
    """The schema of one contract. In: a TypedDict, and what fields of text or number may hold, by name.

    Fields may be added within a version of a contract, so what is not named is let through.
    """
    definitions: dict[str, Schema] = {}
    body = _Maker(fields, definitions).object(cls)
    return {"$schema": DIALECT, "title": title, **body, "$defs": dict(sorted(definitions.items()))}


class _Maker:
    """Turns type hints to schemas; TypedDicts below the first one become `definitions`."""

    def __init__(self, fields: Mapping[str, Schema], definitions: dict[str, Schema]) -> None:
        self.fields = fields
        self.definitions = definitions

    def object(self, cls: type) -> Schema:
        hints = get_type_hints(cls, include_extras=True)
        return {
            "description": (cls.__doc__ or "").strip(),
            "type": "object",
            "required": [n for n, h in hints.items() if get_origin(h) is not NotRequired],
            "properties": {n: self.value(h, n) for n, h in hints.items()},
        }

    def value(self, hint: Any, name: str) -> Schema:
        origin, args = get_origin(hint), get_args(hint)
        if origin in (NotRequired, Required):
            return self.value(args[0], name)
        if origin in (Union, types.UnionType):
            # A field that may be empty keeps what its name says; of several kinds of values, none does.
            optional = len(args) == 2 and type(None) in args
            return {"anyOf": [self.value(a, name if optional else "") for a in args]}
        if origin is list:
            return {"type": "array", "items": self.value(args[0], "")}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.value(args[1], "")}
        if is_typeddict(hint):
            key = hint.__name__.removesuffix("Json").lower()
            if key not in self.definitions:
                self.definitions[key] = {}
                self.definitions[key] = self.object(hint)
            return {"$ref": f"#/$defs/{key}"}
        if hint is Any:
            return {}
        if hint is type(None):
            return {"type": "null"}
        return dict(self.fields[name]) if name in self.fields else {"type": _SIMPLE[hint]}
