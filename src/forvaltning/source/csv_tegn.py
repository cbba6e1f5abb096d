"""Cells of a CSV file that a spreadsheet can only take for text."""

from __future__ import annotations

from forvaltning.source.trygg import bryt, ren

Celle = str | int
BOM = "\ufeff"
_FORMEL = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are the wide forms, which some spreadsheets take for the same."""


def celle(verdi: Celle) -> Celle:
    """A cell that is text and stays text: what a spreadsheet would take for a formula gets an apostrophe."""
    if isinstance(verdi, int):
        return verdi
    text = bryt(verdi if verdi.isprintable() else ren(verdi))
    return f"'{text}" if text.lstrip().startswith(_FORMEL) else text
