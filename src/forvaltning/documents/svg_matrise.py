"""The risk matrix as a figure: the level in words and the scenarios in every cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from forvaltning.documents.svg import BLEKK, Stil, boks, desimal, kort, monstre, ramme, tekst

RISIKO: tuple[Stil, ...] = (
    Stil("#d5ead9", "", "#111111"),
    Stil("#f8e08e", "prikk", "#111111"),
    Stil("#f2b266", "skra", "#111111"),
    Stil("#e08a7d", "kryss", "#111111"),
)
"""The look of risk levels, lowest first."""


def matrise(
    navn: str,
    tittel: str,
    beskrivelse: str,
    *,
    rader: Sequence[str],
    kolonner: Sequence[str],
    nivaer: Sequence[Sequence[int]],
    nivanavn: Sequence[str],
    celler: Sequence[Sequence[Sequence[str]]],
    radtittel: str = "Sannsynlighet",
    kolonnetittel: str = "Konsekvens",
) -> str:
    """A risk matrix: `rader` and `kolonner` lowest first, `nivaer` the level (0 lowest) of each cell, -1 for none.

    `celler`: short labels in each cell, the first ones shown and the rest counted. The level stands in words in
    every cell, so that the colour tells nothing alone.
    """
    left, top, cell_w, cell_h = 150.0, 34.0, 128.0, 78.0
    looks = [(f"n{i}", _risikostil(i, len(nivanavn))) for i in range(len(nivanavn))]
    out = [monstre(navn, looks)]
    width = left + cell_w * len(kolonner) + 10
    out.append(tekst(left + cell_w * len(kolonner) / 2, 20, kolonnetittel, anker="middle", feit=True))
    out.append(tekst(8, top + 14, radtittel, feit=True))
    for r, label in enumerate(reversed(rader)):
        row = len(rader) - 1 - r
        y = top + r * cell_h
        out.append(tekst(left - 8, y + cell_h / 2 + 4, kort(label, 20), anker="end"))
        for c in range(len(kolonner)):
            x = left + c * cell_w
            out += _celle(navn, looks, nivanavn, nivaer[row][c], celler[row][c], (x, y, cell_w, cell_h))
    bottom = top + cell_h * len(rader)
    for c, label in enumerate(kolonner):
        out.append(tekst(left + c * cell_w + cell_w / 2, bottom + 18, kort(label, 18), anker="middle"))
    return ramme(navn, tittel, beskrivelse, width, bottom + 30, out)


def _risikostil(i: int, antall: int) -> Stil:
    """The look of level `i` of `antall`: spread over the styles, lowest first."""
    if antall <= 1:
        return RISIKO[0]
    return RISIKO[round(i * (len(RISIKO) - 1) / (antall - 1))]


def _celle(
    navn: str,
    looks: Sequence[tuple[str, Stil]],
    nivanavn: Sequence[str],
    niva: int,
    labels: Sequence[str],
    at: tuple[float, float, float, float],
) -> Iterator[str]:
    x, y, w, h = at
    known = 0 <= niva < len(looks)
    key, style = looks[niva] if known else ("", Stil("#ffffff", "", BLEKK))
    yield boks(navn, key, style, x, y, w, h)
    word = nivanavn[niva] if known else "ikke i matrisen"
    yield f'<rect x="{desimal(x + 3)}" y="{desimal(y + 3)}" width="{desimal(w - 6)}" height="17" rx="2" fill="{style.farge}"/>'
    yield tekst(x + 7, y + 16, kort(word, 18), farge=BLEKK, str_=12)
    if not labels:
        return
    shown = list(labels[:3]) if len(labels) <= 3 else [*labels[:2], f"og {len(labels) - 2} til"]
    yield (
        f'<rect x="{desimal(x + 3)}" y="{desimal(y + 23)}" width="{desimal(w - 6)}" height="{desimal(17.0 * len(shown))}" rx="2" '
        f'fill="#ffffff"/>'
    )
    for i, label in enumerate(shown):
        yield tekst(x + 7, y + 36 + i * 17, kort(label, 17), str_=12)
