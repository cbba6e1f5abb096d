"""The schema files: by name, and as the text that is written to `schemas/`."""

from __future__ import annotations

import json

from forvaltning.model.innstillinger import Innstillinger
from forvaltning.model.kinds import KINDS
from forvaltning.schema.kinds import KindSchema
from forvaltning.schema.settings import NAME, settings_schema
from forvaltning.schema.values import Schema
from forvaltning.source.innstillingsfil import standardinnstillinger


def schema_for(kind: str, innstillinger: Innstillinger) -> Schema:
    """The JSON Schema (draft 2020-12) of the files of one kind, or of the settings (``forvaltning``).

    In: a folder name, and the settings whose code lists count. Errors: `KeyError` for an unknown kind.
    """
    if kind == NAME:
        return settings_schema()
    return KindSchema(kind, innstillinger.koder).record()


def produce(innstillinger: Innstillinger | None = None) -> dict[str, str]:
    """Every schema file: ``schemas/<kind>.json`` → its text.

    In: a registry's merged settings for its own code lists; the default set when None.
    """
    settings = innstillinger or Innstillinger.model_validate(standardinnstillinger())
    return {f"schemas/{kind}.json": _text(schema_for(kind, settings)) for kind in (*KINDS, NAME)}


def _text(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
