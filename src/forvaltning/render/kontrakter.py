"""What `--format json` writes, type by type, and what its fields may hold: their JSON Schemas come from this."""

from __future__ import annotations

from typing import Any

from forvaltning.findings import FindingKind, Outcome, Severity, Strength
from forvaltning.render.historikk_kontrakt import DiffJson, LoggJson, OpphavJson, RevisjonJson
from forvaltning.render.kontrakt import VERSJON
from forvaltning.render.kontrakt_hode import RapportJson
from forvaltning.render.kontrakt_oversikt import KravlisteJson, PostJson, PostlisteJson, SlaglisteJson
from forvaltning.render.trend_kontrakt import TrendJson

Skjema = dict[str, Any]
KONTRAKTER: dict[str, tuple[str, type]] = {
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
