"""JSON Schemas of everything that `--format json` writes, made from the contract's own frozen types."""

from __future__ import annotations

import types
from typing import Any, NotRequired, Required, Union, get_args, get_origin, get_type_hints, is_typeddict

from forvaltning.findings import FindingKind, Outcome, Severity, Strength
from forvaltning.render.historikk_kontrakt import DiffJson, LoggJson, OpphavJson, RevisjonJson
from forvaltning.render.kontrakt import VERSJON
from forvaltning.render.kontrakt_hode import RapportJson
from forvaltning.render.kontrakt_oversikt import KravlisteJson, PostJson, PostlisteJson, SlaglisteJson
from forvaltning.render.trend_kontrakt import TrendJson

Skjema = dict[str, Any]
DIALEKT = "https://json-schema.org/draft/2020-12/schema"
UTDATA: dict[str, tuple[str, type]] = {
    "rapport": ("Rapporten fra forvaltning check", RapportJson),
    "krav": ("Kravene fra forvaltning krav", KravlisteJson),
    "slag": ("Slagene fra forvaltning list", SlaglisteJson),
    "poster": ("Postene fra forvaltning list SLAG", PostlisteJson),
    "post": ("Posten fra forvaltning show ID", PostJson),
    "logg": ("Endringene fra forvaltning log", LoggJson),
    "diff": ("Forskjellen fra forvaltning diff", DiffJson),
    "opphav": ("Hvor feltene kommer fra, fra forvaltning blame ID", OpphavJson),
    "trend": ("Bruddene over tid fra forvaltning trend", TrendJson),
    "revisjon": ("Revisjonen fra forvaltning audit", RevisjonJson),
}
"""Schema name → title and the type it is made from."""

_DATO: Skjema = {"type": "string", "format": "date"}
_TID: Skjema = {"type": "string", "format": "date-time"}
_NIVA = {"type": "integer", "minimum": 1}
FELT: dict[str, Skjema] = {
    "versjon": {"const": VERSJON},
    "utfall": {"enum": [o.value for o in Outcome]},
    "styrke": {"enum": [s.value for s in Strength]},
    "art": {"enum": [k.value for k in FindingKind]},
    "alvor": {"enum": [s.value for s in Severity]},
    "historie": {"enum": ["full", "grunn", "ingen"]},
    "datokilde": {"enum": ["valgt", "eksempel", "innsjekking", "i dag"]},
    "dato": _DATO,
    "frist": _DATO,
    "gjelder_fra": _DATO,
    "historie_fra": _DATO,
    "tid": _TID,
    "forfattet": _TID,
    "per": {"enum": ["month", "week", "commit"]},
    "linje": _NIVA,
    "kolonne": _NIVA,
    "krav": {"type": "string", "pattern": r"^[1-9]\.[0-9]+$"},
    "nummer": {"type": "string", "pattern": r"^[1-9]\.[0-9]+$"},
    "regelsett": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
    "fingeravtrykk": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
    "commit": {"type": "string", "pattern": "^[0-9a-f]{40}([0-9a-f]{24})?$"},
}
"""What a field of text or number may hold, by its name, wherever it stands."""


def skjema(navn: str) -> Skjema:
    """One schema. Fields may be added within a version, so what is not named here is let through."""
    title, root = UTDATA[navn]
    definitions: dict[str, Skjema] = {}
    body = _objekt(root, definitions)
    return {"$schema": DIALEKT, "title": title, **body, "$defs": dict(sorted(definitions.items()))}


def _objekt(cls: type, definitions: dict[str, Skjema]) -> Skjema:
    hints = get_type_hints(cls, include_extras=True)
    optional = {n for n, h in hints.items() if get_origin(h) is NotRequired}
    return {
        "description": (cls.__doc__ or "").strip(),
        "type": "object",
        "required": [n for n in hints if n not in optional],
        "properties": {n: _verdi(h, n, definitions) for n, h in hints.items()},
    }


def _verdi(hint: Any, navn: str, definitions: dict[str, Skjema]) -> Skjema:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (NotRequired, Required):
        return _verdi(args[0], navn, definitions)
    if origin in (Union, types.UnionType):
        inner = next(a for a in args if a is not type(None))
        return {"anyOf": [_verdi(inner, navn, definitions), {"type": "null"}]}
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
    if hint is Any:
        return {}
    return (
        dict(FELT[navn]) if navn in FELT else {"type": {str: "string", int: "integer", bool: "boolean"}[hint]}
    )
