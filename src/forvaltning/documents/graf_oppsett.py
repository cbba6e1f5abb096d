"""Where the boxes of a layered picture stand: columns, an order with few crossings, and heights without overlap.

Our own and small on purpose: the kinds give the columns, so what is left is to order each column by its neighbours
(barycentres, Sugiyama and others 1981) and to place it near them (isotonic regression keeps the order and the gaps).
A general library (grandalf) would decide the layers itself and leave out kinds, sections and reproducible bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

RUNDER = 8
"""Times the columns are gone through, right and left in turn."""


@dataclass(slots=True)
class Boks:
    """One thing in a column. `hoyde` with its `luft` above; `seksjon` keeps groups of a column apart, in order."""

    key: str
    kolonne: int
    hoyde: float
    seksjon: int = 0
    luft: float = 14.0
    y: float = 0.0
    """The upper edge, once placed."""
    naboer: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Strek:
    """A relation between two boxes, with the empty places it passes on its way through the columns between."""

    fra: str
    til: str
    via: tuple[str, ...] = ()


def legg_ut(
    bokser: Sequence[Boks], streker: Sequence[tuple[str, str]]
) -> tuple[dict[str, Boks], list[Strek]]:
    """Place every box. In: boxes in the order that decides ties, relations between them. Out: boxes by key, lines."""
    placed = {b.key: b for b in bokser}
    columns: dict[int, list[Boks]] = {}
    for b in bokser:
        columns.setdefault(b.kolonne, []).append(b)
    lines = [_strek(a, b, placed, columns) for a, b in streker]
    numbers = sorted(columns)
    for n in range(RUNDER):
        for c in numbers if n % 2 == 0 else reversed(numbers):
            _ordne(columns[c], placed, columns, c, mot=-1 if n % 2 == 0 else 1)
    for c in numbers:
        _stable(columns[c])
    for n in range(RUNDER):
        for c in numbers if n % 2 == 0 else reversed(numbers):
            _plasser(columns[c], placed)
    top = min((b.y - b.luft for b in placed.values()), default=0.0)
    for b in placed.values():
        b.y -= top
    return placed, lines


def _strek(fra: str, til: str, placed: dict[str, Boks], columns: dict[int, list[Boks]]) -> Strek:
    """The line, with an empty place made in each column between its ends."""
    a, b = placed[fra].kolonne, placed[til].kolonne
    step = 1 if b > a else -1
    via = []
    for c in range(a + step, b, step) if a != b else ():
        if c not in columns:
            continue
        key = f"\x00{fra}\x00{til}\x00{c}"
        if key not in placed:
            placed[key] = Boks(key, c, 2.0, columns[c][0].seksjon, 5.0)
            columns[c].append(placed[key])
        via.append(key)
    chain = [fra, *via, til]
    for one, two in pairwise(chain):
        placed[one].naboer.append(two)
        placed[two].naboer.append(one)
    return Strek(fra, til, tuple(via))


def _ordne(
    column: list[Boks], placed: dict[str, Boks], columns: dict[int, list[Boks]], c: int, mot: int
) -> None:
    """Order a column by where its neighbours on one side stand; what has none keeps its place."""
    rank = {b.key: i for side in columns.values() for i, b in enumerate(side)}
    here = {b.key: i for i, b in enumerate(column)}

    def middle(b: Boks) -> float:
        near = [n for n in b.naboer if (placed[n].kolonne - c) * mot > 0]
        if not near:
            near = [n for n in b.naboer if placed[n].kolonne != c]
        scale = [rank[n] / max(1, len(columns[placed[n].kolonne])) for n in near]
        return sum(scale) / len(scale) if scale else here[b.key] / max(1, len(column))

    column.sort(key=lambda b: (b.seksjon, not b.naboer, middle(b), here[b.key]))


def _stable(column: list[Boks]) -> None:
    y = 0.0
    for b in column:
        y += b.luft
        b.y = y
        y += b.hoyde


def _plasser(column: list[Boks], placed: dict[str, Boks]) -> None:
    """Move each box as near the middle of its neighbours as order and gaps allow: least squares, pooled in blocks."""
    blocks: list[list[float]] = []
    """Each: sum of weighted wishes, weight, number of boxes."""
    offset: list[float] = []
    y = 0.0
    for b in column:
        y += b.luft
        near = [placed[n] for n in b.naboer if placed[n].kolonne != b.kolonne]
        # What has no neighbour asks for nothing: it follows the one above.
        weight = float(len(near)) or 1e-6
        middle = sum(n.y + n.hoyde / 2 for n in near) / len(near) if near else -1e3
        blocks.append([(middle - b.hoyde / 2 - y) * weight, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            last = blocks.pop()
            blocks[-1] = [one + two for one, two in zip(blocks[-1], last, strict=True)]
        offset.append(y)
        y += b.hoyde
    i = 0
    for total, weight, n in blocks:
        for _ in range(int(n)):
            column[i].y = offset[i] + total / weight
            i += 1
