"""The year wheel (årshjul) as a figure: how many each month in the wheel, which ones in the list beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from forvaltning.documents.norsk import MANEDER, dato
from forvaltning.documents.svg import BLEKK, SVAK, Stil, desimal, kort, ramme, tekst


def arshjul(
    navn: str,
    tittel: str,
    beskrivelse: str,
    fra: date,
    maneder: Sequence[Sequence[tuple[date, str]]],
    under: Sequence[str] = (),
) -> str:
    """Twelve months as a wheel, the first (that of `fra`) on top. `maneder`: the dates of each, soonest first.

    The wheel shows how many there are each month; the list beside it says which. The first six of a month are
    named and the rest counted. Months that `maneder` does not reach were not looked at, and have a dash.
    `under`: lines below, for a figure that stands alone.
    """
    cx, cy, outer, inner = 190.0, 200.0, 160.0, 74.0
    most = max([len(m) for m in maneder] + [1])
    out: list[str] = [
        tekst(cx, cy + 5, str(sum(len(m) for m in maneder)), anker="middle", feit=True, str_=26)
    ]
    y, column = 30.0, 400.0
    for i in range(12):
        seen = i < len(maneder)
        items = maneder[i] if seen else ()
        month = (fra.month - 1 + i) % 12
        year = fra.year + (fra.month - 1 + i) // 12
        share = len(items) / most
        style = Stil("#ffffff", "", BLEKK) if not items else Stil(_blatone(share), "", _tekst_pa(share))
        out.append(f'<path d="{_sektor(cx, cy, inner, outer, i)}" fill="{style.farge}" stroke="{BLEKK}"/>')
        mid = math.radians(i * 30 + 15 - 90)
        r = (inner + outer) / 2
        tx, ty = cx + r * math.cos(mid), cy + r * math.sin(mid)
        out.append(tekst(tx, ty - 2, MANEDER[month][:3], farge=style.tekst, anker="middle", str_=12))
        count = str(len(items)) if seen else "–"
        out.append(tekst(tx, ty + 14, count, farge=style.tekst, anker="middle", feit=True))
        if not seen:
            continue
        out.append(tekst(column, y, f"{MANEDER[month].capitalize()} {year}: {len(items)}", feit=True))
        y += 18
        named = items if len(items) <= 6 else items[:6]
        for day, label in named:
            out.append(tekst(column + 10, y, f"{dato(day)}  {kort(label, 52)}", farge=SVAK, str_=12))
            y += 16
        if len(items) > len(named):
            out.append(tekst(column + 10, y, f"og {len(items) - len(named)} til", farge=SVAK, str_=12))
            y += 16
        y += 6
    y = max(y + 6, 400.0)
    for line in under:
        out.append(tekst(20, y, line, farge=SVAK, str_=12))
        y += 17
    return ramme(navn, tittel, beskrivelse, 860, y, out)


def _sektor(cx: float, cy: float, inner: float, outer: float, i: int) -> str:
    a, b = math.radians(i * 30 - 90), math.radians((i + 1) * 30 - 90)

    def at(r: float, v: float) -> str:
        return f"{cx + r * math.cos(v):.1f} {cy + r * math.sin(v):.1f}"

    return (
        f"M{at(inner, a)}L{at(outer, a)}A{desimal(outer)} {desimal(outer)} 0 0 1 {at(outer, b)}"
        f"L{at(inner, b)}A{desimal(inner)} {desimal(inner)} 0 0 0 {at(inner, a)}Z"
    )


def _blatone(share: float) -> str:
    """Light to dark blue; text upon it keeps its contrast (`_tekst_pa`)."""
    return ("#dbe7f5", "#b3cdea", "#2f6db0", "#12467f")[min(3, int(share * 4))]


def _tekst_pa(share: float) -> str:
    return BLEKK if share < 0.5 else "#ffffff"
