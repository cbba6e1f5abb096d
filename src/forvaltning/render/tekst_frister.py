"""What runs out, for people at a terminal: what is overdue first, then month by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from forvaltning.engine.frister import Frist
from forvaltning.render.tekst_gjoremal import naar, svarere, topptekst
from forvaltning.render.tekst_grunnlag import Grunnlag
from forvaltning.render.tekst_stil import Stil, antall, avsnitt, bredde, dag, overskrift, ren, tall

MANEDER = ("januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember")  # fmt: skip
STOLPE = 24
"""Columns of the longest bar in the year wheel."""


def liste(frister: Sequence[Frist], til: date | None, g: Grunnlag, stil: Stil) -> Iterator[str]:
    """The deadlines in pieces of text. `til`: the last day asked for, None for all."""
    late = [f for f in frister if f.dato < g.dato]
    coming = [f for f in frister if f.dato >= g.dato]
    limit = f" til og med {dag(til)}" if til is not None else ""
    yield from topptekst("Frister", g, stil)
    if not frister:
        yield from avsnitt(f"Ingen frister{limit} i det som ble valgt ut.", stil)
        return
    over = f" {antall(len(late), 'frist', 'frister')} er ute." if late else ""
    yield from avsnitt(f"{antall(len(coming), 'frist', 'frister')}{limit}.{over}", stil)
    if late:
        yield overskrift(f"Over fristen ({tall(len(late))})", stil)
        for f in late:
            yield from _frist(f, "fet_rod", g, stil)
    if coming:
        yield from _arshjul(coming, til, g, stil)
    month = ""
    for f in coming:
        title = f"{MANEDER[f.dato.month - 1].capitalize()} {f.dato.year}"
        if title != month:
            n = sum((c.dato.year, c.dato.month) == (f.dato.year, f.dato.month) for c in coming)
            yield overskrift(f"{title} ({tall(n)})", stil)
            month = title
        soon = (f.dato - g.dato).days <= g.vindu
        yield from _frist(f, "gul" if soon else "", g, stil)


def _frist(f: Frist, farge: str, g: Grunnlag, stil: Stil) -> Iterator[str]:
    when = naar(f.dato, g)
    sign = "◷ "
    head = stil(f"{sign}{when}", farge) if farge else f"{sign}{when}"
    yield f"{head}{' ' * max(2, 29 - bredde(when))}{stil(ren(f.post), 'fet')}\n"
    krav = f"{f.krav} " if f.krav else ""
    name = f" – {f.navn}" if f.navn != f.post.partition("/")[2] else ""
    yield from avsnitt(f"{f.hva.rstrip('.')}{name}", stil, 4, stil(krav, "bla"))
    who = svarere(f.ansvarlig, g)
    if who:
        yield from avsnitt(who, stil, 4, stil("Svarer: ", "svak"), "svak")


def _arshjul(coming: Sequence[Frist], til: date | None, g: Grunnlag, stil: Stil) -> Iterator[str]:
    """Twelve months with a bar each; longer ahead is counted. Months after `til` were not looked at, and left out."""
    counts: dict[tuple[int, int], int] = {}
    first = g.dato.year * 12 + g.dato.month - 1
    for f in coming:
        n = f.dato.year * 12 + f.dato.month - 1 - first
        if n < 12:
            counts[divmod(first + n, 12)] = counts.get(divmod(first + n, 12), 0) + 1
    yield overskrift("Årshjul", stil)
    most = max(counts.values(), default=1)
    for n in range(12):
        year, month = divmod(first + n, 12)
        if til is not None and date(year, month + 1, 1) > til:
            break
        count = counts.get((year, month), 0)
        bar = "■" * max(1, round(STOLPE * count / most)) if count else ""
        label = f"{MANEDER[month]} {year}"
        yield f"  {label:<15} {count:>5}  {stil(bar, 'bla')}".rstrip() + "\n"
    later = len(coming) - sum(counts.values())
    if later:
        yield f"  {'senere':<15} {later:>5}\n"
