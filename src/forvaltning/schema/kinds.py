"""The schema of a record kind, walked out of its model: titles, descriptions, requirements, codes."""

from __future__ import annotations

import types
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from forvaltning.model.kinds import KINDS
from forvaltning.model.typer import Ref
from forvaltning.schema.evidence import FieldName, requirements_for
from forvaltning.schema.values import DIALECT, Codes, Schema, leaf

LIST = "Skriv hvert element på sin egen linje, med «- » foran."


def unwrap(hint: Any) -> tuple[Any, bool, bool]:
    """A field's annotation as (inner type with its metadata, list or not, None allowed or not)."""
    if get_origin(hint) in (Union, types.UnionType):
        inner = next(a for a in get_args(hint) if a is not type(None))
        return (*unwrap(inner)[:2], True)
    if get_origin(hint) is Annotated and get_origin(get_args(hint)[0]) is tuple:
        return get_args(get_args(hint)[0])[0], True, True
    if get_origin(hint) is tuple:
        return get_args(hint)[0], True, False
    return hint, False, False


class KindSchema:
    """Builds the schema of one kind; `codes` are the code lists in force."""

    def __init__(self, kind: str, codes: Codes) -> None:
        self.kind = kind
        self.codes = codes

    def record(self) -> Schema:
        """The schema of a whole file."""
        model = KINDS[self.kind]
        name = model.tittel_entall
        return {
            "$schema": DIALECT,
            "$id": f"{self.kind}.json",
            "title": name[:1].upper() + name[1:],
            "description": f"Én post i mappen «{self.kind}».",
            **self.part(model, ()),
        }

    def part(self, model: type[BaseModel], at: FieldName) -> Schema:
        """A mapping with the fields of a model, and no others."""
        hints = get_type_hints(model, include_extras=True)
        fields = model.model_fields
        required = [n for n, f in fields.items() if f.is_required() and not (n == "id" and not at)]
        out: Schema = {
            "type": "object",
            "properties": {n: self._field(model, n, hints[n], (*at, n)) for n in fields},
            "additionalProperties": False,
        }
        return {**out, "required": required} if required else out

    def _field(self, model: type[BaseModel], name: str, hint: Any, at: FieldName) -> Schema:
        inner, is_list, nullable = unwrap(hint)
        info = model.model_fields[name]
        head = self._head(info.title or name, info.description or "", inner, at)
        if at == ("id",):
            nullable = True
        if not is_list:
            return {**head, **self._value(inner, at, nullable=nullable)}
        return {
            **head,
            "type": ["array", "null"] if nullable else "array",
            "errorMessage": LIST,
            "items": {**head, **self._value(inner, at, nullable=False)},
        }

    def _value(self, inner: Any, at: FieldName, *, nullable: bool) -> Schema:
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            return leaf(inner, self.codes, nullable=nullable)
        return {**self.part(inner, at), "type": ["object", "null"] if nullable else "object"}

    def _head(self, title: str, description: str, inner: Any, at: FieldName) -> Schema:
        numbers = requirements_for(self.kind, at)
        said = [description]
        ref = next((m for m in getattr(inner, "__metadata__", ()) if isinstance(m, Ref)), None)
        if ref is not None:
            folders = " eller ".join(f"«{kind}»" for kind in ref.kinds)
            said.append(f"Viser til id-en til en post i mappen {folders}.")
        if numbers:
            said.append(f"Krav: {', '.join(numbers)}.")
        head: Schema = {"title": title, "description": " ".join(s for s in said if s)}
        return {**head, "x-krav": numbers} if numbers else head
