"""Breaches over time as a figure: SVG that a screen reader can read and that never tells by colour alone.

Each area has a pattern and a sign of its own beside its colour, a label in words, and its numbers in the figure's
description. Written by hand: no script, no font and no address from outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import NamedTuple

from forvaltning.render.historikk_ord import registernavn
from forvaltning.render.tekst_stil import dag, kort, ren, tall
from forvaltning.render.trend import ENHETER, Trend

BREDDE, HOYDE = 1120, 480
VENSTRE, HOYRE, TOPP, BUNN = 64, 440, 68, 44
FARGER = ("#004488", "#a8324a", "#7a5c00", "#117733", "#66309a", "#a04000", "#00687a", "#8a2b62", "#4d4d4d")
"""Dark enough for text on white (at least 4.5 to 1)."""
STREKER = ("", "8 4", "2 3", "12 3 2 3", "5 5", "1 4", "14 4", "6 2 2 2 2 2", "3 6")
MERKER = ("●", "■", "▲", "◆", "▼", "✚", "★", "○", "□")
ROM = 17.0
"""From one label to the next."""
MERKEPUNKTER = 6
"""Signs on each line."""
NAVN = 50
"""Letters of an area's name that there is room for."""


class Linje(NamedTuple):
    """One line of the figure."""

    navn: str
    tall: list[int]
    farge: str
    strek: str
    merke: str
    tykkelse: float


def _t(tekst: str) -> str:
    return escape(ren(tekst), quote=True)


def som_svg(t: Trend, omrader: Mapping[str, str]) -> Iterator[str]:
    """The figure in pieces of text. `omrader`: the number of each area → its name."""
    points = [t.punkter[n] for n in t.numre]
    total = t.tall().get("", [0] * len(points))
    areas = t.tall(lambda f: f.krav.partition(".")[0])
    one, _ = ENHETER[t.per]
    title = f"Brudd i {registernavn(t.registry)} over tid"
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {BREDDE} {HOYDE}" role="img" lang="nb" '
        f'aria-labelledby="tittel beskrivelse" font-family="sans-serif" font-size="13">\n'
        f'<title id="tittel">{_t(title)}</title>\n'
        f'<desc id="beskrivelse">{_t(_beskrivelse(t, total, areas, omrader))}</desc>\n'
        f'<rect width="{BREDDE}" height="{HOYDE}" fill="#ffffff"/>\n'
        f'<text x="{VENSTRE}" y="26" font-size="18" font-weight="bold" fill="#111111">{_t(kort(title, 80))}</text>\n'
        f'<text x="{VENSTRE}" y="46" fill="#333333">Antall brudd, ett punkt for hver {one}</text>\n'
    )
    if not points:
        yield f'<text x="{VENSTRE}" y="120" fill="#111111">Ingen punkter svarer til utvalget.</text>\n</svg>\n'
        return
    top = _rund(max([1, *total]))
    yield from _akser(t, top)
    lines = _linjer(total, areas, omrader)
    labels = _etiketter([_y(line.tall[-1], top) for line in lines])
    for n, (line, at) in enumerate(zip(lines, labels, strict=True)):
        yield from _tegn(line, at, top, n)
    yield "</svg>\n"


def _linjer(total: list[int], areas: Mapping[str, list[int]], omrader: Mapping[str, str]) -> list[Linje]:
    out = [Linje("I alt", total, "#111111", "", "◉", 3.0)]
    for area, row in sorted(areas.items(), key=lambda kv: (-kv[1][-1], int(kv[0]))):
        n = (int(area) - 1) % len(FARGER)
        out.append(Linje(_navn(area, omrader), row, FARGER[n], STREKER[n], MERKER[n], 1.8))
    return out


def _navn(area: str, omrader: Mapping[str, str]) -> str:
    return f"{area} {omrader[area]}" if area in omrader else f"Område {area}"


def _tegn(line: Linje, at: float, top: int, nr: int) -> Iterator[str]:
    """A line with its signs, and its label with a piece of the line before it."""
    row, count = line.tall, len(line.tall)
    dash = f' stroke-dasharray="{line.strek}"' if line.strek else ""
    pen = f'stroke="{line.farge}" stroke-width="{line.tykkelse}"{dash}'
    path = " ".join(f"{_x(i, count):.1f},{_y(v, top):.1f}" for i, v in enumerate(row))
    yield (
        f"<g><title>{_t(f'{line.navn}: {tall(row[-1])} ved siste punkt')}</title>"
        f'<polyline points="{path}" fill="none" {pen}/>'
    )
    # Signs stand a little apart from line to line, so that lines that lie close can be told apart.
    step = max(1, count // MERKEPUNKTER)
    for i in range(min(nr, count - 1) % step, count, step):
        x, y = _x(i, count), _y(row[i], top)
        yield (
            f'<text x="{x:.1f}" y="{y + 4:.1f}" font-size="11" text-anchor="middle" fill="{line.farge}" '
            f'aria-hidden="true">{line.merke}</text>'
        )
    x, y = _x(count - 1, count), _y(row[-1], top)
    start = BREDDE - HOYRE + 14
    yield (
        f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{start}" y2="{at - 4:.1f}" stroke="{line.farge}" stroke-width="0.6"/>'
        f'<line x1="{start}" y1="{at - 4:.1f}" x2="{start + 26}" y2="{at - 4:.1f}" {pen}/>'
        f'<text x="{start + 32}" y="{at:.1f}" fill="{line.farge}">{line.merke} {_t(kort(line.navn, NAVN))}: '
        f"{tall(row[-1])}</text></g>\n"
    )


def _beskrivelse(
    t: Trend, total: list[int], areas: Mapping[str, list[int]], omrader: Mapping[str, str]
) -> str:
    if not total:
        return "Figuren har ingen punkter."
    points = [t.punkter[n] for n in t.numre]
    first = (
        f"Linjediagram fra {dag(points[0].dato)} til {dag(points[-1].dato)}. Brudd i alt gikk fra {total[0]} til "
        f"{total[-1]}, på det meste {max(total)}."
    )
    parts = [first]
    for area, row in sorted(areas.items(), key=lambda kv: int(kv[0])):
        parts.append(f"Område {_navn(area, omrader)}: fra {row[0]} til {row[-1]}.")
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
            f'<text x="{VENSTRE - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#333333">{tall(v)}</text>\n'
        )
    numbers = list(t.numre)
    last = len(numbers) - 1
    for i in sorted({round(last * i / 4) for i in range(5)}):
        anchor = "middle" if 0 < i < last or not last else "start" if i == 0 else "end"
        yield (
            f'<text x="{_x(i, len(numbers)):.1f}" y="{HOYDE - BUNN + 22}" text-anchor="{anchor}" fill="#333333">'
            f"{dag(t.punkter[numbers[i]].dato)}</text>\n"
        )


def _etiketter(ys: list[float]) -> list[float]:
    """Where the labels stand: beside the end of their lines, moved apart so that none covers another."""
    order = sorted(range(len(ys)), key=lambda i: ys[i])
    at = [y + 4 for y in ys]
    lowest = float(TOPP)
    for i in order:
        at[i] = max(at[i], lowest)
        lowest = at[i] + ROM
    highest = float(HOYDE - BUNN + 4)
    for i in reversed(order):
        at[i] = min(at[i], highest)
        highest = at[i] - ROM
    return at
