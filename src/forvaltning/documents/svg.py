"""Figures as SVG that everybody can read: a title and a description, the numbers as text, a pattern beside each colour.

No script, no font, no address from outside. Ids begin with the figure's name, so that several can stand on one
page. The risk matrix is in `svg_matrise`, the year wheel in `svg_arshjul`. Colours have at least 4.5 to 1 against what they stand on, in light and dark alike: a figure brings its
own white ground.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forvaltning.documents.tegn import html

BLEKK, SVAK, LINJE = "#111111", "#454545", "#767676"


@dataclass(frozen=True, slots=True)
class Stil:
    """How one series looks: its colour, the pattern on it, and the colour of text upon it."""

    farge: str
    monster: str = ""
    """``""`` plain, ``skra``, ``kryss``, ``prikk``, ``ned``, ``loddrett`` or ``vannrett``."""
    tekst: str = "#ffffff"


STILER: dict[str, Stil] = {
    "brudd": Stil("#8f1d2c"),
    "feil": Stil("#8f1d2c"),
    "utlopt": Stil("#a04000", "skra"),
    "mangler": Stil("#6b5200", "prikk"),
    "lovbrudd": Stil("#4a1a5e", "ned"),
    "ikke_avgjort": Stil("#5a3d8a", "kryss"),
    "avvik": Stil("#004488", "skra"),
    "snart": Stil("#f2c14e", "loddrett", "#111111"),
    "oppfylt": Stil("#1b6b3a", "vannrett"),
    "ikke_aktuelt": Stil("#d9d9d9", "", "#111111"),
}
"""The look of outcomes and of kinds of findings."""
_STREK = {
    "skra": '<path d="M0 8L8 0" stroke="{s}" stroke-width="1.4"/>',
    "ned": '<path d="M0 0L8 8" stroke="{s}" stroke-width="1.4"/>',
    "kryss": '<path d="M0 8L8 0M0 0L8 8" stroke="{s}" stroke-width="1.1"/>',
    "prikk": '<circle cx="4" cy="4" r="1.2" fill="{s}"/>',
    "loddrett": '<path d="M4 0V8" stroke="{s}" stroke-width="1.4"/>',
    "vannrett": '<path d="M0 4H8" stroke="{s}" stroke-width="1.4"/>',
}


def ramme(
    navn: str, tittel: str, beskrivelse: str, bredde: float, hoyde: float, innhold: Sequence[str]
) -> str:
    """The figure as a whole. `navn`: ASCII, told apart on the page; `innhold`: finished SVG."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {desimal(bredde)} {desimal(hoyde)}" role="img" '
        f'aria-labelledby="{navn}-t {navn}-d" font-family="system-ui,sans-serif" font-size="13">\n'
        f'<title id="{navn}-t">{html(tittel)}</title>\n<desc id="{navn}-d">{html(beskrivelse)}</desc>\n'
        f'<rect width="{desimal(bredde)}" height="{desimal(hoyde)}" fill="#ffffff"/>\n'
        + "\n".join(innhold)
        + "\n</svg>\n"
    )


def tekst(
    x: float,
    y: float,
    innhold: str,
    *,
    farge: str = BLEKK,
    anker: str = "start",
    feit: bool = False,
    str_: int = 13,
) -> str:
    """A piece of text; `anker` is ``start``, ``middle`` or ``end``."""
    bold = ' font-weight="bold"' if feit else ""
    size = f' font-size="{str_}"' if str_ != 13 else ""
    return f'<text x="{desimal(x)}" y="{desimal(y)}" text-anchor="{anker}" fill="{farge}"{bold}{size}>{html(innhold)}</text>'


def monstre(navn: str, stiler: Sequence[tuple[str, Stil]]) -> str:
    """The patterns of a figure; `fyll` refers to them."""
    out = []
    for key, s in stiler:
        if s.monster:
            sign = "#ffffff80" if s.tekst == "#ffffff" else "#11111159"
            out.append(
                f'<pattern id="{navn}-{key}" width="8" height="8" patternUnits="userSpaceOnUse">'
                f'<rect width="8" height="8" fill="{s.farge}"/>{_STREK[s.monster].format(s=sign)}</pattern>'
            )
    return f"<defs>{''.join(out)}</defs>" if out else ""


def fyll(navn: str, key: str, stil: Stil) -> str:
    """What a shape is filled with: its pattern, or its colour."""
    return f"url(#{navn}-{key})" if stil.monster else stil.farge


def kort(innhold: str, tegn: int) -> str:
    """Text cut to fit, with an ellipsis."""
    return innhold if len(innhold) <= tegn else innhold[: tegn - 1].rstrip() + "…"


def desimal(v: float) -> str:
    """A coordinate: one decimal, none when it is whole."""
    return f"{v:.1f}".removesuffix(".0")


# --- stacked bars -----------------------------------------------------------------------------------------


def stolper(
    navn: str,
    tittel: str,
    beskrivelse: str,
    serier: Sequence[tuple[str, str]],
    rader: Sequence[tuple[str, Sequence[int]]],
    stiler: dict[str, Stil] | None = None,
) -> str:
    """One bar for each row, split in parts. `serier`: key into `stiler` and its label; `rader`: label and counts.

    Every part wide enough carries its number; every bar its sum.
    """
    looks = stiler or STILER
    chosen = [(key, looks[key]) for key, _ in serier]
    width, left, right, top, step = 780.0, 280.0, 60.0, 0.0, 30.0
    legend, lines = _tegnforklaring(navn, [(key, label, looks[key]) for key, label in serier], width)
    top = 14 + lines * 22
    most = max([sum(counts) for _, counts in rader] + [1])
    unit = (width - left - right) / most
    out = [monstre(navn, chosen), *legend]
    for i, (label, counts) in enumerate(rader):
        y = top + i * step
        out.append(tekst(left - 10, y + 17, kort(label, 36), anker="end"))
        x = left
        for (key, style), n in zip(chosen, counts, strict=True):
            if n:
                w = n * unit
                out.append(boks(navn, key, style, x, y, w, 24))
                if w >= 9 * len(str(n)) + 8:
                    out.append(_tall_iboks(x + w / 2, y + 17, n, style))
                x += w
        out.append(tekst(x + 8, y + 17, str(sum(counts)), feit=True))
    return ramme(navn, tittel, beskrivelse, width, top + len(rader) * step + 6, out)


def boks(navn: str, key: str, style: Stil, x: float, y: float, w: float, h: float) -> str:
    """A rectangle with its pattern and a dark edge."""
    return (
        f'<rect x="{desimal(x)}" y="{desimal(y)}" width="{desimal(w)}" height="{desimal(h)}" fill="{fyll(navn, key, style)}" '
        f'stroke="{BLEKK}" stroke-width="0.7"/>'
    )


def _tall_iboks(x: float, y: float, n: int, style: Stil) -> str:
    """A number with a plain patch behind it, so that no pattern runs through it."""
    w = 8.0 * len(str(n)) + 6
    patch = (
        f'<rect x="{desimal(x - w / 2)}" y="{desimal(y - 13)}" width="{desimal(w)}" height="17" rx="2" fill="{style.farge}"/>'
        if style.monster
        else ""
    )
    return patch + tekst(x, y, str(n), farge=style.tekst, anker="middle")


def _tegnforklaring(
    navn: str, serier: Sequence[tuple[str, str, Stil]], width: float
) -> tuple[list[str], int]:
    out: list[str] = []
    x, line = 4.0, 0
    for key, label, style in serier:
        w = 34 + 7.4 * len(label)
        if x + w > width:
            x, line = 4.0, line + 1
        y = 4 + line * 22
        out.append(boks(navn, key, style, x, y, 18, 14))
        out.append(tekst(x + 24, y + 12, label, farge=SVAK))
        x += w
    return out, line + 1
