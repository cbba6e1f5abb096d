"""False alarms marked in the file itself: one rule, one line, with a reason.

``# forvaltning: tillat innhold.telefon – vakttelefonen på skolen`` at the end of a line covers that line;
alone on a line it covers the next line that is not itself such a mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from forvaltning.source.limits import Lines

_MERKE = re.compile(r"#[ \t]{0,9}forvaltning:[ \t]{0,9}tillat(?![^\W_])([^\r\n#]{0,400})")
_INNHOLD = re.compile(r"[ \t:]{0,9}([\w.]{0,60})(.*)", re.DOTALL)
_MIN_GRUNN = 5
ALDRI = frozenset({"innhold.fodselsnummer", "innhold.d_nummer", "innhold.h_nummer"})
"""Rules that can not be marked as a false alarm."""
KAN = frozenset(
    {"innhold.testnummer", "innhold.epost", "innhold.telefon", "innhold.hemmelighet", "innhold.gradering"}
)
"""Rules that can."""


@dataclass(slots=True)
class Merke:
    """One mark: its rule, the line it covers, where it stands, what is wrong with it, whether it was needed."""

    regel: str
    linje: int
    start: int
    feil: str = ""
    brukt: bool = False


def finn_merker(text: str, lines: Lines) -> list[Merke]:
    """Every mark in a text, also those that are refused."""
    out: list[Merke] = []
    alone: list[Merke] = []
    for m in _MERKE.finditer(text):
        at = lines.at(m.start())
        before = text[max(0, m.start() - (at.column - 1)) : m.start()] if at.column < 2000 else "x "
        if before and not before[-1].isspace():
            continue
        parts = _INNHOLD.match(m[1])
        regel, reason = (parts[1].rstrip("."), parts[2]) if parts else ("", "")
        mark = Merke(regel, at.line, m.start(), _feil(regel, reason))
        out.append(mark)
        if alone and alone[-1].linje != at.line:
            alone = []
        if not before.strip():
            # Marks stacked above each other all cover the line below the last.
            alone.append(mark)
            for above in alone:
                above.linje = at.line + 1
        else:
            alone = []
    return out


def _feil(regel: str, reason: str) -> str:
    if regel in ALDRI:
        return "nektet"
    if regel not in KAN:
        return "ukjent"
    letters = sum(c.isalnum() for c in reason)
    return "" if letters >= _MIN_GRUNN and not reason[:1].isalnum() else "grunn"
