"""The landscape as SVG: one column for each kind, read without colour, and as a list for those who do not see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap

from forvaltning.documents.graf_boks import RAD, SKRA, figur, linjer
from forvaltning.documents.graf_oppsett import Boks, Strek, legg_ut
from forvaltning.documents.graf_ord import (
    SLAG,
    Pil,
    liste,
    merker,
    piler,
    sammendrag,
    sortert,
    tegnforklaring,
    vis,
)
from forvaltning.documents.svg import BLEKK, SVAK, desimal, tekst
from forvaltning.documents.tegn import html
from forvaltning.engine.landskap import EKSTERN, FELLES, Landskap, Node

BREDDE, KANT, TOPP = 1280.0, 48.0, 92.0
LINJE = 170
"""Characters on a line below the picture."""
BOKS, MAKS_MELLOM = 216.0, 150.0
KOLONNE = {"tjenester": (0, 0), "leverandorer": (0, 1), "systemer": (1, 0), "integrasjoner": (2, 0), FELLES: (3, 0), EKSTERN: (3, 1)}  # fmt: skip
"""Kind → column, and section within it."""
STREK = {
    "bruker": "",
    "leverer": ' stroke-dasharray="2 3"',
    "drifter": ' stroke-dasharray="8 4"',
    "data": ' stroke-width="1.9"',
}


def svg(x: Landskap, tittel: str, klasser: Mapping[str, str], kilde: Sequence[str] = ()) -> Iterator[str]:
    """The figure in pieces of text. `kilde`: what it rests on (`graf_ord.kilde`)."""
    nodes = sortert(x)
    arrows = piler(x)
    words = {n.key: linjer(n, merker(n, klasser), BOKS - 24) for n in nodes}
    boxes = [_boks(n, len(words[n.key][0]) + len(words[n.key][1])) for n in nodes]
    placed, lines = legg_ut(boxes, [(p.fra, p.til) for p in arrows])
    columns = sorted({b.kolonne for b in boxes})
    left = _kolonner(columns)
    bottom = TOPP + max([b.y + b.hoyde for b in placed.values()] + [0.0]) + 30
    legend = _forklaring(nodes, arrows, bottom)
    below = [line for s in kilde for line in wrap(vis(s, 2000), LINJE)]
    foot = bottom + 24 * len(legend) + 4
    text = " ".join([sammendrag(x), *(vis(s, 2000) for s in kilde), *(vis(s) for s in liste(x, klasser))])
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {desimal(BREDDE)} {desimal(foot + 18 * len(below) + 12)}" '
        f'role="img" aria-labelledby="kart-t kart-d" font-family="sans-serif" font-size="12">\n'
        f'<title id="kart-t">{html(vis(tittel))}</title>\n'
        f'<desc id="kart-d">{html(text, 10**7)}</desc>\n'
        '<defs><marker id="kart-pil" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
        f'markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0L8 4L0 8Z" fill="{SVAK}"/></marker></defs>\n'
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n'
        f"{tekst(KANT, 32, _kort(vis(tittel), 90), feit=True, str_=18)}\n{tekst(KANT, 54, sammendrag(x), farge=SVAK)}\n"
    )
    for i, line in enumerate(below):
        yield f"{tekst(KANT, foot + 18 * i, line, farge=SVAK)}\n"
    if not nodes:
        yield f"{tekst(KANT, 78, 'Ingen poster svarer til utvalget.')}\n</svg>\n"
        return
    yield from _piler(lines, arrows, placed, left)
    yield from _titler(boxes, placed, left)
    for n in nodes:
        b = placed[n.key]
        yield figur(n, words[n.key], left[b.kolonne], TOPP + b.y, BOKS, b.hoyde)
    yield from legend
    yield "</svg>\n"


def _kort(verdi: str, tegn: int) -> str:
    return verdi if len(verdi) <= tegn else verdi[: tegn - 1].rstrip() + "…"


def _boks(n: Node, antall: int) -> Boks:
    column, section = KOLONNE[n.slag]
    return Boks(n.key, column, antall * RAD + 16, section)


def _kolonner(columns: list[int]) -> dict[int, float]:
    """Where each column begins, spread over the width."""
    if len(columns) == 1:
        return {columns[0]: KANT}
    step = min(BOKS + MAKS_MELLOM, (BREDDE - 2 * KANT - BOKS) / (len(columns) - 1))
    return {c: KANT + i * step for i, c in enumerate(columns)}


def _titler(boxes: list[Boks], placed: dict[str, Boks], left: Mapping[int, float]) -> Iterator[str]:
    """The kinds of each column, on one line above it."""
    titles: dict[int, list[str]] = defaultdict(list)
    used = {(b.kolonne, b.seksjon) for b in boxes}
    for slag, place in KOLONNE.items():
        if place in used:
            titles[place[0]].append(SLAG[slag][1])
    for c, names in titles.items():
        words = " · ".join([names[0], *(n.lower() for n in names[1:])])
        yield f"{tekst(left[c], TOPP - 8, words, feit=True)}\n"


def _piler(
    lines: list[Strek], arrows: list[Pil], placed: dict[str, Boks], left: Mapping[int, float]
) -> Iterator[str]:
    """Every arrow from the middle of a side, spread so that two do not share an end."""
    ports = _porter(lines, placed)
    for i, (line, p) in enumerate(zip(lines, arrows, strict=True)):
        a, b = placed[line.fra], placed[line.til]
        y1, y2 = TOPP + ports[i, 0], TOPP + ports[i, 1]
        if a.kolonne == b.kolonne:
            d = _bue(left[a.kolonne], y1, y2)
        else:
            right = b.kolonne > a.kolonne
            x1 = left[a.kolonne] + (BOKS - _innrykk(a, y1) if right else _innrykk(a, y1))
            x2 = left[b.kolonne] + (_innrykk(b, y2) if right else BOKS - _innrykk(b, y2))
            d = _bane(x1, y1, x2, y2, [placed[k] for k in line.via], left, right=right)
        both = ' marker-start="url(#kart-pil)"' if p.begge else ""
        yield (
            f'<path d="{d}" fill="none" stroke="{SVAK}" stroke-width="1.2"{STREK[p.slag[-1]]} '
            f'marker-end="url(#kart-pil)"{both}/>\n'
        ).replace(' stroke-width="1.2" stroke-width', " stroke-width")


def _innrykk(b: Boks, y: float) -> float:
    """How far in the edge of a box stands at a height: the sides of a flow's hexagon slope."""
    if not b.key.startswith("integrasjoner/"):
        return 0.0
    middle = TOPP + b.y + b.hoyde / 2
    return SKRA * abs(y - middle) / (b.hoyde / 2)


def _porter(lines: list[Strek], placed: dict[str, Boks]) -> dict[tuple[int, int], float]:
    """Where on its box each end of each line stands: by side, in the order of what it goes to."""
    sides: dict[tuple[str, int], list[tuple[float, int, int]]] = defaultdict(list)
    for i, line in enumerate(lines):
        chain = [line.fra, *line.via, line.til]
        for end, (me, other) in enumerate(((chain[0], chain[1]), (chain[-1], chain[-2]))):
            way = placed[other].kolonne - placed[me].kolonne
            sides[me, (way > 0) - (way < 0)].append((placed[other].y + placed[other].hoyde / 2, i, end))
    out: dict[tuple[int, int], float] = {}
    for (key, _), ends in sides.items():
        b = placed[key]
        for n, (_, i, end) in enumerate(sorted(ends), 1):
            out[i, end] = b.y + b.hoyde * n / (len(ends) + 1)
    return out


def _bue(x: float, y1: float, y2: float) -> str:
    """An arch beside the column, on its left."""
    out = min(40.0, 14 + abs(y2 - y1) / 12)
    return f"M{desimal(x)} {desimal(y1)}C{desimal(x - out)} {desimal(y1)} {desimal(x - out)} {desimal(y2)} {desimal(x)} {desimal(y2)}"


def _bane(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    via: list[Boks],
    left: Mapping[int, float],
    *,
    right: bool,
) -> str:
    """A smooth line through the empty places between the columns, level where it passes a column."""
    out = f"M{desimal(x1)} {desimal(y1)}"
    at, y = x1, y1
    for b in via:
        inn = left[b.kolonne] + (0 if right else BOKS)
        ut = left[b.kolonne] + (BOKS if right else 0)
        level = TOPP + b.y + b.hoyde / 2
        out += _kurve(at, y, inn, level) + f"L{desimal(ut)} {desimal(level)}"
        at, y = ut, level
    return out + _kurve(at, y, x2, y2)


def _kurve(x1: float, y1: float, x2: float, y2: float) -> str:
    m = (x1 + x2) / 2
    return f"C{desimal(m)} {desimal(y1)} {desimal(m)} {desimal(y2)} {desimal(x2)} {desimal(y2)}"


def _forklaring(nodes: list[Node], arrows: list[Pil], y: float) -> list[str]:
    """What the lines and borders mean: a row each."""
    words = {
        "bruker": "bruker",
        "leverer": "leverer",
        "drifter": "drifter",
        "data": "data, i pilens retning",
    }
    used = [s for s in words if any(s in p.slag for p in arrows)]
    out = []
    x = KANT
    row = ""
    for s in used:
        row += (
            f'<path d="M{desimal(x)} {desimal(y)}H{desimal(x + 44)}" fill="none" stroke="{SVAK}" stroke-width="1.2"{STREK[s]} '
            'marker-end="url(#kart-pil)"/>'
        ).replace(' stroke-width="1.2" stroke-width', " stroke-width") + tekst(x + 52, y + 4, words[s])
        x += 52 + 8 * len(words[s]) + 28
    if row:
        out.append(row + "\n")
    for sign, text in tegnforklaring(nodes):
        level = y + 24 * len(out)
        dash = {"slutt": ' stroke-dasharray="7 4"', "planlagt": ' stroke-dasharray="2 3"'}.get(sign, "")
        width = 2 if sign else 4
        out.append(
            f'<rect x="{desimal(KANT)}" y="{desimal(level - 8)}" width="44" height="16" fill="#ffffff" stroke="{BLEKK}" '
            f'stroke-width="{width}"{dash}/>{tekst(KANT + 52, level + 4, text)}\n'
        )
    return out
