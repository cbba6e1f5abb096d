"""References out of a record: worked out from the models' own annotations, once per kind.

A reference is a text whose type carries `Ref`. The plan below lists where those stand, so that the
references of a file are read from its plain values without building the record.
"""

from __future__ import annotations

import types
import unicodedata
from functools import cache
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from forvaltning.findings import FieldPath
from forvaltning.model.base import Del, Post
from forvaltning.model.typer import Kode, Ref


class Henvisning(NamedTuple):
    """One reference: `felt` without list indexes (``scenarier.tiltak.ansvarlig``), where, and to what."""

    felt: str
    path: FieldPath
    til: str


_ny = tuple.__new__  # half the price of a call of the class, 50,000 times


class Plan(NamedTuple):
    """What stands below one key: a reference, a list of them, a part, or a list of parts."""

    key: str
    is_list: bool
    ref: Ref | None
    deler: tuple[Plan, ...]


@cache
def normaliser(ident: str) -> str:
    """An id in the form ids are compared in: NFC and case-folded (domain.md, section 1)."""
    if ident.isascii():
        return ident.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", ident).casefold())


def _unwrap(hint: Any) -> tuple[Any, bool, list[Any]]:
    """The inner type of an annotation, whether it is a list, and the metadata met on the way."""
    meta: list[Any] = []
    is_list = False
    while True:
        origin = get_origin(hint)
        if origin is Annotated:
            args = get_args(hint)
            meta += args[1:]
            hint = args[0]
        elif origin in (Union, types.UnionType):
            hint = next(a for a in get_args(hint) if a is not type(None))
        elif origin is tuple:
            is_list = True
            hint = get_args(hint)[0]
        else:
            return hint, is_list, meta


class FeltType(NamedTuple):
    """What a model field holds: the inner type, list or not, and the reference or code list it names."""

    type: Any
    is_list: bool
    ref: Ref | None
    kode: Kode | None


@cache
def felttyper(model: type[BaseModel]) -> dict[str, FeltType]:
    """Every field of a model with what it holds."""
    out: dict[str, FeltType] = {}
    for name, hint in get_type_hints(model, include_extras=True).items():
        if name not in model.model_fields:
            continue
        inner, is_list, meta = _unwrap(hint)
        ref = next((m for m in meta if isinstance(m, Ref)), None)
        kode = next((m for m in meta if isinstance(m, Kode)), None)
        out[name] = FeltType(inner, is_list, ref, kode)
    return out


@cache
def plan(model: type[Del]) -> tuple[Plan, ...]:
    """Where the references of a model stand; keys without references are left out."""
    out: list[Plan] = []
    for name, felt in felttyper(model).items():
        if felt.ref is not None:
            out.append(Plan(name, felt.is_list, felt.ref, ()))
        elif isinstance(felt.type, type) and issubclass(felt.type, Del):
            deler = plan(felt.type)
            if deler:
                out.append(Plan(name, felt.is_list, None, deler))
    return tuple(out)


def henvisninger(model: type[Post], data: dict[str, Any]) -> tuple[Henvisning, ...]:
    """The references in one record's plain values, in file order of the model's fields."""
    out: list[Henvisning] = []
    _samle(plan(model), data, "", (), out)
    return tuple(out)


def _samle(
    deler: tuple[Plan, ...], data: dict[str, Any], felt: str, path: FieldPath, out: list[Henvisning]
) -> None:
    for key, is_list, ref, under in deler:
        value = data.get(key)
        if not value:
            continue
        name = f"{felt}.{key}" if felt else key
        if is_list:
            places = [((*path, key, i), v) for i, v in enumerate(value)] if isinstance(value, list) else ()
        else:
            places = [((*path, key), value)]
        for where, v in places:
            if ref is None:
                if isinstance(v, dict):
                    _samle(under, v, name, where, out)
            elif isinstance(v, str):
                out.append(_ny(Henvisning, (name, where, v)))


@cache
def tillatte_kinds(model: type[Post]) -> dict[str, tuple[str, ...]]:
    """Reference field (without indexes) → the kinds it may point to."""
    out: dict[str, tuple[str, ...]] = {}

    def gather(deler: tuple[Plan, ...], prefix: str) -> None:
        for key, _, ref, under in deler:
            name = f"{prefix}.{key}" if prefix else key
            if ref is not None:
                out[name] = ref.kinds
            else:
                gather(under, name)

    gather(plan(model), "")
    return out


ENKLE: dict[FieldPath, str] = {}
"""Paths without list items, already written out: the same few hundred come again for every record."""


def felt_med_identitet(post: Post | None, path: FieldPath) -> str:
    """A path in the stable form: list items by identity (``scenarier[s1].frist``), not by index."""
    known = ENKLE.get(path)
    if known is not None:
        return known
    if not any(isinstance(part, int) for part in path):
        return ENKLE.setdefault(path, ".".join(path))  # type: ignore[arg-type]
    out = ""
    value: Any = post
    for part in path:
        if isinstance(part, int):
            item = value[part] if isinstance(value, tuple) and 0 <= part < len(value) else None
            out += f"[{_identitet(item, part)}]"
            value = item
        else:
            out += f".{part}" if out else part
            value = getattr(value, part, None) if isinstance(value, Del) else None
    return out


def _identitet(item: Any, index: int) -> str:
    if isinstance(item, str):
        return item
    if isinstance(item, Del):
        names = [str(v) for v in (getattr(item, n, None) for n in item.identitet) if v is not None]
        if names:
            return " ".join(names)
    return f"#{index + 1}"
