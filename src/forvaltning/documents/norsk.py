"""Norwegian for people: the order of the alphabet, dates and numbers. Written out, so no machine's locale decides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

MANEDER = (
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
)
_SIST = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "ü": "y"})
"""The three last letters, and the foreign ones that Norwegian lists place beside them."""
_TALL = re.compile(r"[0-9]+")


@lru_cache(maxsize=65536)
def nokkel(tekst: str) -> str:
    """What Norwegian lists are sorted by: æ, ø, å last, ü as y, case and accents ignored, 2 before 10, aa as two letters.

    Texts that differ in case or accents alone are told apart at the end, so that the order is always the same.
    """
    folded = unicodedata.normalize("NFC", tekst).casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded.translate(_SIST))
        folded = "".join(c for c in folded if not unicodedata.combining(c))
    return f"{_TALL.sub(_tall, folded)}\0{tekst}"


def _tall(hit: re.Match[str]) -> str:
    digits = hit[0].lstrip("0") or "0"
    return f"{len(digits):04}{digits}"


def dato(d: date) -> str:
    """``22.11.2026``."""
    return f"{d.day:02}.{d.month:02}.{d.year:04}"


def dato_lang(d: date) -> str:
    """``1. januar 2027``."""
    return f"{d.day}. {MANEDER[d.month - 1]} {d.year}"


def maned(d: date) -> str:
    """``november 2026``."""
    return f"{MANEDER[d.month - 1]} {d.year}"


def tall(n: float) -> str:
    """``12 345`` and ``3,5``: a narrow gap between thousands, a comma before decimals."""
    text = f"{n:,}" if isinstance(n, int) else f"{n:,.1f}"
    return text.replace(",", "\u202f").replace(".", ",")


def antall(n: int, en: str, flere: str) -> str:
    """«1 system», «12 systemer»."""
    return f"{tall(n)} {en if n == 1 else flere}"


def og(ord_: Sequence[str], binder: str = "og") -> str:
    """«a», «a og b», «a, b og c»; empty text for none."""
    if len(ord_) < 2:
        return "".join(ord_)
    return f"{', '.join(ord_[:-1])} {binder} {ord_[-1]}"
