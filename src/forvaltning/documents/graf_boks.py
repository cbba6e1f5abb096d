"""One box of the landscape: its words broken to fit, and its shape by kind."""

from __future__ import annotations

import unicodedata

from forvaltning.documents.graf_ord import vis
from forvaltning.documents.svg import BLEKK, SVAK, desimal
from forvaltning.documents.tegn import html
from forvaltning.engine.landskap import EKSTERN, FELLES, Node

RAD, LINJE = 15.0, 12
"""Height of a line, and size of its letters."""
SKRA = 10.0
"""How far the corners of a flow's hexagon are cut."""
MEST = 3
"""Lines of a name before it is cut."""
BUNN = {
    "tjenester": "#eef5fc",
    "systemer": "#ffffff",
    "integrasjoner": "#f4f4f4",
    "leverandorer": "#fdf6e7",
    FELLES: "#eef8f0",
    EKSTERN: "#f8f0f8",
}
"""Fills as light as paper: text keeps its contrast, and nothing is told by them alone."""
STREK = {"slutt": ' stroke-dasharray="7 4"', "planlagt": ' stroke-dasharray="2 3"', "": ""}
_SMALE, _BREDE = frozenset("iljItf.,:;'|!()[] "), frozenset("mwMW@%&ÆæŒœ")


def bredde(ord_: str, storrelse: float = LINJE) -> float:
    """About how wide a text is; rather too wide than too narrow, since the reader's font is not known."""
    units = 0.0
    for c in ord_:
        if c in _SMALE:
            units += 0.36
        elif c in _BREDE:
            units += 0.98
        elif unicodedata.east_asian_width(c) in "WF":
            units += 1.05
        elif unicodedata.combining(c):
            units += 0.0
        else:
            units += 0.74 if c.isupper() else 0.63
    return units * storrelse


def brekk(verdi: str, plass: float, mest: int, storrelse: float = LINJE) -> list[str]:
    """A text in at most `mest` lines no wider than `plass`; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    line = ""
    for word in verdi.split():
        rest = word
        while rest:
            joined = f"{line} {rest}" if line else rest
            if bredde(joined, storrelse) <= plass:
                line, rest = joined, ""
            elif line:
                lines.append(line)
                line = ""
            else:
                fits = max(1, sum(bredde(rest[: i + 1], storrelse) <= plass for i in range(len(rest))))
                lines.append(rest[:fits])
                rest = rest[fits:]
    if line:
        lines.append(line)
    if len(lines) <= mest:
        return lines or [""]
    last = lines[mest - 1]
    while last and bredde(last + "…", storrelse) > plass:
        last = last[:-1]
    return [*lines[: mest - 1], last.rstrip() + "…"]


def linjer(n: Node, merker: tuple[str, ...], plass: float) -> tuple[list[str], list[str]]:
    """The lines of the name, and of what stands under it."""
    return brekk(vis(n.navn), plass * 0.94, MEST), brekk(
        ", ".join(vis(m) for m in merker), plass, 3, 11
    ) if merker else []


def figur(n: Node, ord_: tuple[list[str], list[str]], x: float, y: float, w: float, h: float) -> str:
    """The box with its words, as a group named by the record."""
    name, marks = ord_
    look = (
        f'fill="{BUNN[n.slag]}" stroke="{BLEKK}" stroke-width="{desimal(1 + 0.8 * n.rang)}"{STREK[n.livslop]}'
    )
    out = [f"<g><title>{html(vis(n.navn))} ({html(vis(n.key))})</title>{_form(n.slag, x, y, w, h, look)}"]
    at = y + 20
    for text, bold, size, colour in (
        *((t, ' font-weight="bold"', LINJE, BLEKK) for t in name),
        *((t, "", 11, SVAK) for t in marks),
    ):
        out.append(
            f'<text x="{desimal(x + w / 2)}" y="{desimal(at)}" text-anchor="middle" fill="{colour}" font-size="{size}"{bold}>'
            f"{html(text)}</text>"
        )
        at += RAD
    return "".join(out) + "</g>\n"


def _form(slag: str, x: float, y: float, w: float, h: float, look: str) -> str:
    d = desimal
    if slag == "integrasjoner":
        c = SKRA
        points = [
            (x + c, y),
            (x + w - c, y),
            (x + w, y + h / 2),
            (x + w - c, y + h),
            (x + c, y + h),
            (x, y + h / 2),
        ]
        return f'<polygon points="{" ".join(f"{d(a)},{d(b)}" for a, b in points)}" {look}/>'
    radius = {"tjenester": 16, "systemer": 2, "leverandorer": 2}.get(slag, 6)
    shape = f'<rect x="{d(x)}" y="{d(y)}" width="{d(w)}" height="{d(h)}" rx="{radius}" {look}/>'
    if slag == FELLES:
        bars = f"M{d(x + 6)} {d(y)}V{d(y + h)}M{d(x + w - 6)} {d(y)}V{d(y + h)}"
        shape += f'<path d="{bars}" stroke="{BLEKK}" fill="none"/>'
    elif slag == "leverandorer":
        shape += f'<path d="M{d(x)} {d(y + 5)}H{d(x + w)}" stroke="{BLEKK}" fill="none"/>'
    elif slag == EKSTERN:
        shape += f'<path d="M{d(x + w - 14)} {d(y)}V{d(y + 14)}H{d(x + w)}" stroke="{BLEKK}" fill="none"/>'
    return shape
