"""What history must know of one version of a record: the fields that its model marks, and its former ids.

A function of the file's bytes, the kind and the model number alone, so it is worked out once and kept. It is
lenient: a version counts as readable when the marked fields are, whatever is wrong elsewhere in the file, and a
code that is no longer on its list is still a value.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from typing import Any, NamedTuple

from forvaltning.history.felt import endringer
from forvaltning.model.base import Del, Post
from forvaltning.model.innstillinger import MODELL
from forvaltning.model.kinds import KINDS
from forvaltning.model.typer import JA, NEI
from forvaltning.model.viser import FeltType, felttyper, normaliser
from forvaltning.source.limits import too_large
from forvaltning.source.upgrade import modellnummer, oppgrader_verdier
from forvaltning.source.yaml_parser import parse

ULESELIG = ""
"""The extract of a version that can not be read."""
_KODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode

Plan = dict[str, Any]
"""Field → what to take below it; None for all of it."""


class Utdrag(NamedTuple):
    """The marked fields as plain values (references normalised), and the ids the record has had."""

    felter: dict[str, Any]
    tidligere: tuple[str, ...]


class Art(Enum):
    """What happened to one field."""

    ENDRET = "endret"
    FYLT = "fylt"
    TOMT = "tomt"


class _UventetForm(Exception):  # noqa: N818 - a version that is passed over, not a fault of ours
    """A marked field is not of the shape that its model says."""


@cache
def merker(model: type[Post]) -> tuple[str, ...]:
    """The fields of a model where a change counts: for 4.2 (`SIKKERHETSFELT`) and 2.1 (`STORRE_FELT`)."""
    both = (*getattr(model, "SIKKERHETSFELT", ()), *getattr(model, "STORRE_FELT", ()))
    return tuple(dict.fromkeys(both))


MERKET: Mapping[str, type[Post]] = {kind: model for kind, model in KINDS.items() if merker(model)}
"""The kinds that have such fields: the only ones whose old versions are read."""


@cache
def _plan(model: type[Post]) -> Plan:
    out: Plan = {}
    for mark in merker(model):
        *above, last = mark.split(".")
        here: Plan | None = out
        for part in above:
            here = here.setdefault(part, {}) if here is not None else None
        if here is not None:
            here[last] = None
    return out


def utdrag(kind: str, data: bytes, modell: int) -> str:
    """The extract of one version as JSON text; `ULESELIG` when it can not be read."""
    return utdrag_av(kind, None if too_large(len(data)) is not None else parse(data).value, modell)


def utdrag_av(kind: str, values: dict[str, Any] | None, modell: int) -> str:
    """The same from plain values, None when the bytes could not be read."""
    if values is None:
        return ULESELIG
    model = MERKET[kind]
    try:
        if modell != MODELL:
            values = oppgrader_verdier(kind, values, modell)
        former = _liste(felttyper(model)["tidligere_id"], values.get("tidligere_id"), None)
        return _KODER([_plukk(model, _plan(model), values), [normaliser(t) for t in former]])
    except (_UventetForm, KeyError, TypeError, ValueError, AttributeError):
        return ULESELIG


def fra_tekst(text: str) -> Utdrag | None:
    """The extract from JSON text, None for `ULESELIG`."""
    if text == ULESELIG:
        return None
    felter, tidligere = json.loads(text)
    return Utdrag(felter, tuple(tidligere))


def modell_i(data: bytes) -> int | None:
    """The model number in a settings file, None when it can not be read."""
    values = parse(data).value
    return modellnummer(values) if values is not None else None


def _plukk(model: type[Del], plan: Plan | None, values: Any) -> dict[str, Any]:
    if not isinstance(values, dict):
        raise _UventetForm
    out: dict[str, Any] = {}
    for name, felt in felttyper(model).items():
        if plan is not None and name not in plan:
            continue
        value = values.get(name)
        if value is None:
            continue
        under = plan[name] if plan is not None else None
        taken = _liste(felt, value, under) if felt.is_list else _verdi(felt, value, under)
        if taken not in ({}, []):
            out[name] = taken
    return out


def _liste(felt: FeltType, value: Any, plan: Plan | None) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise _UventetForm
    return [_verdi(felt, item, plan) for item in value]


def _verdi(felt: FeltType, value: Any, plan: Plan | None) -> Any:
    if isinstance(felt.type, type) and issubclass(felt.type, Del):
        return _plukk(felt.type, plan, value)
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        raise _UventetForm
    if felt.type is bool:
        if text not in JA | NEI:
            raise _UventetForm
        return text in JA
    return normaliser(text) if felt.ref is not None else text


# --- two versions ----------------------------------------------------------------------------------


def forskjeller(kind: str, gammel: Utdrag, ny: Utdrag, navn: Mapping[str, str]) -> Iterator[tuple[str, Art]]:
    """Each field that differs, dotted and without list items. `navn`: old id → new id of renamed records.

    A reference to a record under its former id is a reference to the same record.
    """
    model = MERKET[kind]
    before, after = _bygg(model, gammel.felter, navn), _bygg(model, ny.felter, navn)
    told: set[str] = set()
    for e in endringer(before, after):
        felt, bracket, _ = e.felt.partition("[")
        if felt in told:
            continue
        told.add(felt)
        if bracket:
            was, now = _ved(before, felt), _ved(after, felt)
        else:
            was, now = e.gammel, e.ny
        yield felt, Art.ENDRET if was and now else Art.TOMT if was else Art.FYLT


def _ved(post: Post, felt: str) -> Any:
    value: Any = post
    for part in felt.split("."):
        value = getattr(value, part, None)
    return value


def _bygg(model: type[Del], values: dict[str, Any], navn: Mapping[str, str]) -> Any:
    """A record with the taken fields alone; the values were checked when they were taken."""
    types = felttyper(model)
    out: dict[str, Any] = {}
    for name, value in values.items():
        felt = types[name]
        out[name] = (
            tuple(_bygd(felt, item, navn) for item in value) if felt.is_list else _bygd(felt, value, navn)
        )
    return model.model_construct(**out)


def _bygd(felt: FeltType, value: Any, navn: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return _bygg(felt.type, value, navn)
    return navn.get(value, value) if felt.ref is not None else value
