"""Words, colours and width: what every text view is made of. Plain strings and ANSI, nothing imported."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from forvaltning.source.text import safe

KODER = {
    "fet": "1",
    "svak": "2",
    "rod": "31",
    "gronn": "32",
    "gul": "33",
    "bla": "36",
    "fet_rod": "1;31",
    "fet_gul": "1;33",
    "fet_gronn": "1;32",
}
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_ALFABET = {"æ": "{1", "ä": "{1", "ø": "{2", "ö": "{2", "å": "{3"}
LANG = 4000
"""No message is longer; one that is, is cut."""
SMALEST = 8
"""Columns of a table do not give way below this."""


@dataclass(frozen=True, slots=True)
class Stil:
    """How to write: in colour or not, and how wide."""

    farger: bool = False
    bredde: int = 80

    def __call__(self, tekst: str, farge: str) -> str:
        """`tekst` in a colour of `KODER`, as it is when colours are off."""
        return f"\x1b[{KODER[farge]}m{tekst}\x1b[0m" if self.farger and tekst else tekst


def ren(tekst: str) -> str:
    """Text of the registry made safe to show, never cut in practice."""
    return safe(tekst, LANG)


def bredde(tekst: str) -> int:
    """Columns a text takes: colours none, combining marks none, wide characters two."""
    if "\x1b" in tekst:
        tekst = _ANSI.sub("", tekst)
    if tekst.isascii() or max(tekst) < "\u0300":
        return len(tekst)
    return sum(_tegn(c) for c in tekst)


def _tegn(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def fyll(tekst: str, plass: int) -> str:
    """`tekst` with spaces to `plass` columns."""
    return tekst + " " * max(0, plass - bredde(tekst))


def kort(tekst: str, plass: int) -> str:
    """`tekst` cut to `plass` columns, with an ellipsis when something is left out."""
    if bredde(tekst) <= plass:
        return tekst
    out, used = "", 0
    for char in tekst:
        used += _tegn(char)
        if used > plass - 1:
            break
        out += char
    return out.rstrip() + "…"


def brekk(tekst: str, plass: int) -> list[str]:
    """`tekst` in lines of at most `plass` columns, broken between words; a longer word is cut."""
    if bredde(tekst) <= plass:
        return [tekst]
    lines: list[str] = []
    line, used = "", 0
    for word in tekst.split():
        size = bredde(word)
        if line and used + 1 + size <= plass:
            line += " " + word
            used += 1 + size
            continue
        if line:
            lines.append(line)
        rest = word
        while size > plass:
            head = _hode(rest, plass)
            lines.append(head)
            rest = rest[len(head) :]
            size = bredde(rest)
        line, used = rest, size
    if line:
        lines.append(line)
    return lines


def _hode(word: str, plass: int) -> str:
    used = 0
    for i, char in enumerate(word):
        used += _tegn(char)
        if used > plass and i:
            return word[:i]
    return word


def avsnitt(tekst: str, stil: Stil, innrykk: int = 0, forst: str = "", farge: str = "") -> Iterator[str]:
    """Lines of a paragraph, indented; `forst` stands before the first line and the rest align after it."""
    room = max(20, stil.bredde - innrykk - bredde(forst))
    for i, line in enumerate(brekk(ren(tekst), room)):
        head = forst if i == 0 else " " * bredde(forst)
        yield f"{' ' * innrykk}{head}{stil(line, farge) if farge else line}\n"


def postlinje(key: str, navn: str, stil: Stil, innrykk: int = 0) -> Iterator[str]:
    """The line that names a record; a name that there is no room for goes on lines of its own."""
    head, name = f"{' ' * innrykk}{stil(ren(key), 'fet')}", ren(navn)
    if bredde(head) + 2 + bredde(name) <= stil.bredde:
        yield f"{head}  {name}".rstrip() + "\n"
    else:
        yield f"{head}\n"
        yield from avsnitt(name, stil, innrykk + 2)


def norsk(tekst: str) -> str:
    """A key that sorts as Norwegian does: æ, ø and å last, aa as å only where it is written so."""
    folded = unicodedata.normalize("NFC", tekst).casefold()
    if folded.isascii():
        return folded
    out = "".join(_ALFABET.get(c, c) for c in folded)
    return "".join(c for c in unicodedata.normalize("NFD", out) if not unicodedata.combining(c))


def dag(dato: date) -> str:
    """16.11.2026."""
    return f"{dato:%d.%m.}{dato.year:04d}"


def tall(n: int) -> str:
    """12 345, with a space that does not break."""
    return f"{n:,}".replace(",", "\u00a0")


def antall(n: int, ett: str, flere: str) -> str:
    """«1 post», «12 345 poster»."""
    return f"{tall(n)} {ett if n == 1 else flere}"


def ramse(ord_: Sequence[str]) -> str:
    """«a, b og c»."""
    return ord_[0] if len(ord_) == 1 else f"{', '.join(ord_[:-1])} og {ord_[-1]}" if ord_ else ""


def overskrift(tekst: str, stil: Stil) -> str:
    """A section's heading, with air above."""
    return f"\n{stil(tekst, 'fet')}\n{stil('─' * min(stil.bredde, bredde(tekst)), 'svak')}\n"


def tabell(
    hoder: Sequence[str],
    rader: Iterable[Sequence[str]],
    stil: Stil,
    *,
    hoyre: frozenset[int] = frozenset(),
    luft: bool = False,
) -> Iterator[str]:
    """Lines of a table within the width: the widest columns give way and wrap.

    `hoyre`: columns of numbers. `luft`: a blank line between rows, for rows of several lines.
    """
    rows = [[ren(c) for c in row] for row in rader]
    widths = [max([bredde(h), *(bredde(r[i]) for r in rows)], default=0) for i, h in enumerate(hoder)]
    room = stil.bredde - 2 * (len(hoder) - 1)
    widths = _trang(
        widths, [max([0, *(bredde(o) for r in rows for o in r[i].split())]) for i in range(len(hoder))], room
    )
    yield stil(_rad([[h] for h in hoder], widths, hoyre, 0), "fet") + "\n"
    yield stil("  ".join("─" * w for w in widths), "svak") + "\n"
    for i, row in enumerate(rows):
        if luft and i:
            yield "\n"
        cells = [brekk(c, w) for c, w in zip(row, widths, strict=True)]
        for n in range(max(len(c) for c in cells)):
            yield _rad(cells, widths, hoyre, n) + "\n"


def _trang(widths: list[int], words: list[int], room: int) -> list[int]:
    """Widths that fit: first what can wrap between words gives way, then words are cut, the first column's last."""
    out = list(widths)
    floors = ([max(SMALEST, w) for w in words], [out[0], *[SMALEST] * (len(out) - 1)], [SMALEST] * len(out))
    for floor in floors:
        while sum(out) > room:
            loose = [i for i, w in enumerate(out) if w > floor[i]]
            if not loose:
                break
            widest = max(loose, key=lambda i: out[i])
            out[widest] -= 1
    return out


def _rad(cells: list[list[str]], widths: list[int], hoyre: frozenset[int], n: int) -> str:
    out = []
    for i, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        text = cell[n] if n < len(cell) else ""
        out.append(" " * max(0, width - bredde(text)) + text if i in hoyre else fyll(text, width))
    return "  ".join(out).rstrip()
