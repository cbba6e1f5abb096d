"""Which words the systems share: the transparent match behind «what the registry already holds» (9.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable

MANGE = 20
"""A word that more records than this use says nothing about what one of them is for."""

INTETSIGENDE = frozenset(
    [
        "andre",
        "bergen",
        "blant",
        "bruker",
        "brukes",
        "digita",
        "eller",
        "elektr",
        "etter",
        "felles",
        "gjenno",
        "kommun",
        "kunne",
        "løsnin",
        "mellom",
        "prosje",
        "skulle",
        "system",
        "tjenes",
        "under",
    ]
)
"""Beginnings of words that are everywhere in a registry like this."""


def ordstammer(tekst: str) -> dict[str, str]:
    """The words of a text by how they begin: five letters or more, the first six count."""
    out: dict[str, str] = {}
    for funnet in re.findall(r"[^\W\d_]{5,}", tekst):
        stamme = funnet.lower()[:6]
        if stamme not in INTETSIGENDE:
            out.setdefault(stamme, funnet)
    return out


class Ordliste:
    """The words of many texts, each with the id it belongs to."""

    def __init__(self, tekster: Iterable[tuple[str, str]]) -> None:
        self._poster: dict[str, dict[str, str]] = {}
        for ident, tekst in tekster:
            for stamme, funnet in ordstammer(tekst).items():
                self._poster.setdefault(stamme, {})[ident] = funnet

    def likest(self, tekst: str, utenom: Iterable[str], antall: int) -> list[tuple[str, tuple[str, ...]]]:
        """The ids that share most words with `tekst`, most first, then by id; and the words they share."""
        hopp = frozenset(utenom)
        felles: dict[str, list[str]] = {}
        for stamme in ordstammer(tekst):
            treff = self._poster.get(stamme, {})
            if len(treff) <= MANGE:
                for ident, funnet in treff.items():
                    if ident not in hopp:
                        felles.setdefault(ident, []).append(funnet)
        best = sorted(felles, key=lambda ident: (-len(felles[ident]), ident))[:antall]
        return [(ident, tuple(felles[ident])) for ident in best]
