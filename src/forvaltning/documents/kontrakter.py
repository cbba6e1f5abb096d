"""What `--format json` of reports, checklists and routes holds: their JSON Schemas come from this."""

from __future__ import annotations

from typing import Any, get_args

from forvaltning.documents.json_fil import VERSJON, VisningJson
from forvaltning.documents.katalog import RAPPORTER
from forvaltning.documents.rute import RuteJson
from forvaltning.documents.sjekkliste_json import SjekklisteJson
from forvaltning.documents.visning import Slag

KONTRAKTER: dict[str, tuple[str, type]] = {
    "visning": ("Rapporten fra forvaltning report", VisningJson),
    "sjekkliste": ("Sjekklisten fra forvaltning handover og forvaltning checklist", SjekklisteJson),
    "rute": ("Svaret fra forvaltning route", RuteJson),
}
"""Schema name → title and the type it is made from."""
_DATO = {"type": "string", "format": "date"}
FELT: dict[str, dict[str, Any]] = {
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
