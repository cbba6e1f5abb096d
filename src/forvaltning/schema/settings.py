"""The schema of `forvaltning.yaml`: a registry writes only what differs from the default set.

What stands in the default set may be left out or empty, and a name the default set has not is checked whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from forvaltning.model.innstillinger import FUNKSJONER, MODELL, Innstillinger
from forvaltning.schema.kinds import LIST, unwrap
from forvaltning.schema.values import DIALECT, Schema, leaf, offered
from forvaltning.source.innstillingsfil import standardinnstillinger

NAME = "forvaltning"
NAVNGITTE = ("intervaller", "dager", "kodelister", "skalaer")
"""Sections whose names are fixed: the registry changes what stands below them."""


def settings_schema() -> Schema:
    """The schema of the settings file, over the default set that ships."""
    body = _model(Innstillinger, standardinnstillinger())
    fields = body["properties"]
    for name in NAVNGITTE:
        fields[name] = _bare_kjente(fields[name], standardinnstillinger().get(name))
    fields["funksjoner"] = _bare_kjente(fields["funksjoner"], dict.fromkeys(FUNKSJONER))
    fields["modell"] = {**{k: fields["modell"][k] for k in ("title", "description")}, **_model_number()}
    return {
        "$schema": DIALECT,
        "$id": f"{NAME}.json",
        "title": "Innstillinger",
        "description": "Innstillingene for registeret. Her står bare det som skiller seg fra standardsettet.",
        **body,
        "required": ["modell"],
    }


def _bare_kjente(schema: Schema, known: Any) -> Schema:
    """A mapping whose names something reads: any other name is a slip of the pen."""
    own = schema.get("additionalProperties")
    properties = schema.get("properties") or dict.fromkeys(known or {}, own)
    return {**schema, "properties": properties, "additionalProperties": False}


def _model_number() -> Schema:
    """The whole numbers up to the current model, also as text."""
    numbers = range(1, MODELL + 1)
    pattern = rf"^0{{0,{5 - len(str(MODELL))}}}({'|'.join(map(str, numbers))})$"
    as_number: Schema = {"enum": list(numbers), "errorMessage": f"Skriv modellnummeret, {MODELL}."}
    return offered(as_number, [{"type": "string", "pattern": pattern}], nullable=False)


def _model(model: type[BaseModel], default: Mapping[str, Any] | None) -> Schema:
    """A mapping with the fields of a model. `default`: what the default set has here, None for nothing."""
    hints = get_type_hints(model, include_extras=True)
    properties: Schema = {}
    for name, info in model.model_fields.items():
        said = {"title": info.title or name, "description": info.description or ""}
        under = default.get(name) if default is not None else None
        properties[name] = {**said, **_value(hints[name], under, merged=default is not None)}
    out: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    required = [n for n, f in model.model_fields.items() if f.is_required()]
    return out if default is not None or not required else {**out, "required": required}


def _value(hint: Any, default: Any, *, merged: bool) -> Schema:
    """One value. `merged`: it lies over the default set, where empty means that the default stands."""
    inner, is_list, nullable = unwrap(hint)
    nullable = nullable or merged
    over = default if isinstance(default, dict) else None
    if is_list:
        items = leaf(inner, {}, nullable=False)
        return {"type": _types("array", nullable), "items": items, "errorMessage": LIST}
    if get_origin(inner) is dict:
        return {
            **_names(get_args(inner)[1], over),
            "type": _types("object", nullable),
        }
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return {**_model(inner, over), "type": _types("object", nullable)}
    return leaf(inner, {}, nullable=nullable)


def _names(value: Any, default: Mapping[str, Any] | None) -> Schema:
    """A mapping by name: the names of the default set, and the registry's own.

    An empty value falls back where the default set has the mapping; below a new name nothing does.
    """
    own = _value(value, None, merged=default is not None)
    known = {name: _named(value, under) for name, under in (default or {}).items()}
    if not known or all(schema == own for schema in known.values()):
        return {"additionalProperties": own}
    return {"properties": known, "additionalProperties": own}


def _named(value: Any, under: Any) -> Schema:
    """A name of the default set, with what the default set calls it."""
    schema = _value(value, under, merged=True)
    if isinstance(under, str) and under.isdigit():
        return {"description": f"I standardsettet: {under}.", **schema}
    name = under.get("navn") if isinstance(under, dict) else None
    return {"title": name, **schema} if name else schema


def _types(name: str, nullable: bool) -> str | list[str]:
    return [name, "null"] if nullable else name
