"""One file's bytes to plain values and what must never stand in it: the part of loading that needs no models."""

from __future__ import annotations

from typing import Any, NamedTuple

from forvaltning.findings import Problem
from forvaltning.source.innhold import finn
from forvaltning.source.innholdsid import innholds_id
from forvaltning.source.limits import ParseError
from forvaltning.source.yaml_parser import parse


class Lest(NamedTuple):
    """What a file's bytes say. `tekst` is kept only when the values can not be used, and is known."""

    verdi: dict[str, Any] | None
    feil: ParseError | None
    sha: str
    innhold: tuple[Problem, ...]
    data: bytes


def les_bytes(data: bytes, fil: str) -> Lest:
    """Parse one file and look for what must never enter a registry. Pure."""
    parsed = parse(data)
    return Lest(parsed.value, parsed.error, innholds_id(data), tuple(finn(data, fil)), data)


def tekst_av(data: bytes) -> str | None:
    """The text of a file that can not be used, for asking whether it may name an id; None when unknown.

    Escapes can spell an id in another way, so a file that has any is unknown.
    """
    if b"\\" in data or b"\0" in data:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
