"""Breaches over time as a figure: SVG that a screen reader can read and that never tells by colour alone.

Each area has a pattern of its own beside its colour, a label in words, and its numbers in a table that is part of
the figure's description. Written by hand: no script, no font and no address from outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from forvaltning.render.tekst_stil import dag, ren
from forvaltning.render.trend import ENHETER, Trend

BREDDE, HOYDE = 960, 480
VENSTRE, HOYRE, TOPP, BUNN = 60, 250, 56, 60
FARGER = ("#004488", "#bb5566", "#997700", "#117733", "#66309a", "#a04000", "#00687a", "#8a2b62", "#4d4d4d")
"""Dark enough for text on white (at least 4.5 to 1)."""
STREKER = ("", "8 4", "2 3", "12 3 2 3", "5 5", "1 4", "14 4", "6 2 2 2 2 2", "3 6")
MERKER = ("●", "■", "▲", "◆", "▼", "✚", "★", "○", "□")


def _t(tekst: str) -> str:
    return escape(ren(tekst), quote=True)


def som_svg(t: Trend) -> Iterator[str]:
    """The figure in pieces of text."""
    points = [t.punkter[n] for n in t.numre]
    total = t.tall().get("", [0] * len(points))
    areas = t.tall(lambda f: f.krav.partition(".")[0])
    one, _ = ENHETER[t.per]
    title = f"Brudd i {t.registry} over tid"
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {BREDDE} {HOYDE}" role="img" '
        f'aria-labelledby="tittel beskrivelse" font-family="sans-serif" font-size="13">\n'
        f'<title id="tittel">{_t(title)}</title>\n<desc id="beskrivelse">{_t(_beskrivelse(t, total, areas))}</desc>\n'
        f'<rect width="{BREDDE}" height="{HOYDE}" fill="#ffffff"/>\n'
        f'<text x="{VENSTRE}" y="26" font-size="18" font-weight="bold" fill="#111111">{_t(title)}</text>\n'
        f'<text x="{VENSTRE}" y="44" fill="#333333">Ett punkt for hver {one}</text>\n'
    )
    if not points:
        yield f'<text x="{VENSTRE}" y="120" fill="#111111">Ingen punkter svarer til utvalget.</text>\n</svg>\n'
        return
    top = _rund(max([1, *total]))
    yield from _akser(t, top)
    rows = [("I alt", total, "#111111", "", "◉", 3.0)]
    for i, (area, row) in enumerate(sorted(areas.items(), key=lambda kv: -kv[1][-1])):
        n = (int(area) - 1) % len(FARGER)
        rows.append((f"Område {area}", row, FARGER[n], STREKER[n], MERKER[n], 1.8))
        if i >= len(FARGER):
            break
    labels = _etiketter([_y(row[-1], top) for _, row, *_ in rows])
    for (name, row, colour, dash, sign, width), at in zip(rows, labels, strict=True):
        path = " ".join(f"{_x(i, len(row)):.1f},{_y(v, top):.1f}" for i, v in enumerate(row))
        stroke = f' stroke-dasharray="{dash}"' if dash else ""
        yield (
            f"<g><title>{_t(f'{name}: {row[-1]} ved siste punkt')}</title>"
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{stroke}/>'
        )
        x, y = _x(len(row) - 1, len(row)), _y(row[-1], top)
        yield (
            f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{x + 12:.1f}" y2="{at - 4:.1f}" stroke="{colour}" stroke-width="0.8"/>'
            f'<text x="{x + 16:.1f}" y="{at:.1f}" fill="{colour}">{sign} {_t(name)}: {row[-1]}</text></g>\n'
        )
    yield "</svg>\n"


def _beskrivelse(t: Trend, total: list[int], areas: dict[str, list[int]]) -> str:
    if not total:
        return "Figuren har ingen punkter."
    points = [t.punkter[n] for n in t.numre]
    first = (
        f"Linjediagram fra {dag(points[0].dato)} til {dag(points[-1].dato)}. Brudd i alt gikk fra {total[0]} til "
        f"{total[-1]}, på det meste {max(total)}."
    )
    parts = [first]
    for area, row in sorted(areas.items(), key=lambda kv: int(kv[0])):
        parts.append(f"Område {area}: fra {row[0]} til {row[-1]}.")
    shown = range(0, len(total), max(1, len(total) // 24))
    parts.append("Punkter: " + "; ".join(f"{dag(points[i].dato)} {total[i]}" for i in shown) + ".")
    return " ".join(parts)


def _x(i: int, n: int) -> float:
    return VENSTRE + (BREDDE - VENSTRE - HOYRE) * (i / (n - 1) if n > 1 else 0.5)


def _y(v: int, top: int) -> float:
    return HOYDE - BUNN - (HOYDE - TOPP - BUNN) * v / top


def _rund(v: int) -> int:
    """A round number at or above `v`."""
    step = 1
    while True:
        for m in (1, 2, 5):
            if step * m * 5 >= v:
                return step * m * 5
        step *= 10


def _akser(t: Trend, top: int) -> Iterator[str]:
    right = BREDDE - HOYRE
    for i in range(6):
        v = top * i // 5
        y = _y(v, top)
        yield (
            f'<line x1="{VENSTRE}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}" stroke="#c8c8c8" stroke-width="1"/>'
            f'<text x="{VENSTRE - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#333333">{v}</text>\n'
        )
    numbers = list(t.numre)
    last = len(numbers) - 1
    marks = sorted({round(last * i / 4) for i in range(5)})
    for i in marks:
        yield (
            f'<text x="{_x(i, len(numbers)):.1f}" y="{HOYDE - BUNN + 22}" text-anchor="middle" fill="#333333">'
            f"{dag(t.punkter[numbers[i]].dato)}</text>\n"
        )
    yield f'<text x="{VENSTRE - 8}" y="{TOPP - 2}" text-anchor="end" fill="#333333">Brudd</text>\n'


def _etiketter(ys: list[float]) -> list[float]:
    """Where the labels stand: beside the end of their lines, moved apart so that none covers another."""
    room = 17.0
    order = sorted(range(len(ys)), key=lambda i: ys[i])
    at = [0.0] * len(ys)
    low = float(TOPP)
    for i in order:
        low = max(low, ys[i] + 4)
        at[i] = low
        low += room
    over = low - room - (HOYDE - 12)
    if over > 0:
        for i in reversed(order):
            at[i] -= over
            if order.index(i) and at[order[order.index(i) - 1]] <= at[i] - room:
                break
    return at
