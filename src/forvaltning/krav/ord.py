"""Words that every rule writes the same way."""

from __future__ import annotations

from datetime import date
from functools import cache


@cache
def norsk_dato(dato: date) -> str:
    """``22.11.2026``: the form people read."""
    return f"{dato.day:02}.{dato.month:02}.{dato.year}"
