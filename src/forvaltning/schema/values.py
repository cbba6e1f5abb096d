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
DIALECT = "https://json-schema.org/draft/2020-12/schema"
Codes = Mapping[str, Mapping[str, str]]

_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_BOOLEAN = {"true": True, "false": False}
_ASCII = {
    "avslatt": "Avslått",
    "avvik_som_utloper": "Avvik som utløper",
    "brudd_uu": "Brudd på universell utforming",
    "gjennomforing": "Gjennomføring",
    "ide": "Idé",
    "saker_til_radet": "Saker til Digitaliseringsrådet",
    "storre": "Større",
    "storre_avvik": "Større avvik",
    "utlopt": "Utløpt",
    "full": "Full personvernkonsekvensvurdering (DPIA)",
}
"""States whose words are more than the code with blanks for underscores."""


def in_words(code: str) -> str:
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

    `hint`: the field's type without list and None. `nullable`: an empty value means absent. What the type
    names first is what an editor offers.
    """
    schema = dict(TypeAdapter(hint).json_schema())
    listed = schema.pop("x-kodeliste", None)
    if listed is not None:
        return {**choice(codes[listed], nullable=nullable), "x-kodeliste": listed}
    if "enum" in schema:
        return choice({code: in_words(code) for code in schema["enum"]}, nullable=nullable)
    first, *also = schema.get("anyOf", [schema])
    return offered(first, also, nullable=nullable)


def choice(names: Mapping[str, str], *, nullable: bool) -> Schema:
    """One of the codes, each shown with its words; a code that looks like a number may stand as one."""
    most = 30
    listed = ", ".join(list(names)[:most]) + (" …" if len(names) > most else "")
    codes: Schema = {
        "enum": list(names),
        "enumDescriptions": list(names.values()),
        "errorMessage": f"Ukjent kode. Lovlige verdier er {listed}.",
    }
    plain = {code: form for code, form in ((c, plain_form(c)) for c in names) if not isinstance(form, str)}
    words = [names[code] for code in plain]
    also: list[Schema] = [{"enum": list(plain.values()), "enumDescriptions": words}] if plain else []
    return offered(codes, also, nullable=nullable)


def offered(first: Schema, also: list[Schema], *, nullable: bool) -> Schema:
    """Take `also` without an editor offering it: editors do not look inside `not` for what to offer.

    The `anyOf` around it makes the language server write a colon after the field's name; the `oneOf` keeps it
    from showing the title once for each alternative.
    """
    if nullable:
        also = [*also, {"type": "null"}]
    hidden = [{"not": {"not": schema}} for schema in also]
    return {"anyOf": [{"oneOf": [first, *hidden]}]} if hidden else first
