"""The schema of one value: what its type takes, in every form an editor may read it as.

An editor shows the words of `enumDescriptions` beside the codes. Forms that the loader takes too, but that
nobody should be offered (an empty value, a quoted ``TRUE``), stand in a branch that is not offered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

Schema = dict[str, Any]
Codes = Mapping[str, Mapping[str, str]]

_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_BOOLEAN = {"true": True, "false": False}
_ASCII = {
    "avslatt": "Avslått",
    "gjennomforing": "Gjennomføring",
    "ide": "Idé",
    "storre": "Større",
    "utlopt": "Utløpt",
    "full": "Full personvernkonsekvensvurdering (DPIA)",
}
"""States whose words are more than the code with blanks for underscores."""


def words(code: str) -> str:
    """The words of a state that is fixed in the model, not in a code list."""
    return _ASCII.get(code) or code.replace("_", " ").capitalize()


def plain_form(code: str) -> Any:
    """What YAML 1.2 reads when the code stands without quotes: mostly the text itself."""
    if code.lower() in _BOOLEAN:
        return _BOOLEAN[code.lower()]
    if _INTEGER.fullmatch(code):
        return int(code)
    return float(code) if _FLOAT.fullmatch(code) else code


def leaf(hint: Any, codes: Codes, *, nullable: bool) -> Schema:
    """The schema of a scalar type, with its code list filled in.

    `hint`: the field's type without list and None. `nullable`: an empty value means absent.
    """
    schema = dict(TypeAdapter(hint).json_schema())
    listed = schema.pop("x-kodeliste", None)
    if listed is not None:
        return {**choice(codes[listed], nullable=nullable), "x-kodeliste": listed}
    if "enum" in schema:
        return choice({code: words(code) for code in schema["enum"]}, nullable=nullable)
    if "anyOf" in schema:
        return _with_hidden(schema, [None]) if nullable else schema
    return or_null(schema) if nullable else schema


def or_null(schema: Schema) -> Schema:
    """The same schema, open for an empty value."""
    types = schema["type"]
    return {**schema, "type": [*(types if isinstance(types, list) else [types]), "null"]}


def choice(names: Mapping[str, str], *, nullable: bool) -> Schema:
    """One of the codes, each shown with its words."""
    hidden = [f for f in map(plain_form, names) if not isinstance(f, str)]
    shown: Schema = {
        "enum": list(names),
        "enumDescriptions": list(names.values()),
        "errorMessage": f"Ukjent kode. Lovlige verdier er {_listed(names)}.",
    }
    return _with_hidden({"anyOf": [shown]}, [*hidden, *([None] if nullable else [])])


def _listed(names: Mapping[str, str], most: int = 30) -> str:
    return ", ".join(list(names)[:most]) + (" …" if len(names) > most else "")


def _with_hidden(schema: Schema, values: list[Any]) -> Schema:
    """Take these values too, without an editor offering them: it does not look inside `not`."""
    return {**schema, "anyOf": [*schema["anyOf"], {"not": {"not": {"enum": values}}}]} if values else schema
