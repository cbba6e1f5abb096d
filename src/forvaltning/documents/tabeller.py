"""Tables and figures of a report as Markdown and as HTML, made directly: ten thousand rows must not pass a parser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from forvaltning.documents import norsk, tegn
from forvaltning.documents.visning import Figur, Kolonne, Slag, Tabell, Verdi
from forvaltning.findings import Outcome

UTFALL: dict[str, tuple[str, str]] = {
    Outcome.BRUDD: ("✗", "brudd"),
    Outcome.IKKE_AVGJORT: ("?", "ikke avgjort"),
    Outcome.AVVIK: ("●", "avvik"),
    Outcome.SNART: ("◷", "snart"),
    Outcome.OPPFYLT: ("✓", "oppfylt"),
    Outcome.IKKE_AKTUELT: ("·", "ikke aktuelt"),
}
"""Code of an outcome → sign and words; never a colour alone."""
TALL: frozenset[Slag] = frozenset(["tall", "prosent"])
"""Columns that stand to the right."""
_BRED = 7
_INGEN = "–"


def vist(verdi: Verdi, slag: Slag = "tekst") -> str:
    """A value as people read it, not escaped yet; a dash for nothing."""
    if verdi is None or verdi in {"", ()}:
        return _INGEN
    if slag == "utfall":
        sign, word = UTFALL.get(str(verdi), ("", str(verdi)))
        return f"{sign} {word}".strip()
    if isinstance(verdi, bool):
        return "ja" if verdi else "nei"
    if isinstance(verdi, int | float):
        return norsk.tall(verdi) + (f"{tegn.SAMME}%" if slag == "prosent" else "")
    if isinstance(verdi, date):
        return norsk.dato(verdi)
    if isinstance(verdi, tuple):
        return "; ".join(str(v) for v in verdi)
    return str(verdi)


# --- Markdown ---------------------------------------------------------------------------------------------


def md_tabell(t: Tabell, escape: Callable[[str], str] = tegn.md) -> str:
    """A pipe table with as many cells in each row, after its explanation; what `tom` says when it is empty."""
    return "\n".join(_md_linjer(t, escape)) + "\n"


def _md_linjer(t: Tabell, escape: Callable[[str], str]) -> Iterator[str]:
    if t.forklaring:
        yield escape(t.forklaring)
        yield ""
    if not t.rader:
        yield escape(t.tom)
        return
    yield f"| {' | '.join(escape(k.tittel) for k in t.kolonner)} |"
    yield f"| {' | '.join('---:' if k.slag in TALL else '---' for k in t.kolonner)} |"
    slags = [k.slag for k in t.kolonner]
    for row in t.rader:
        yield f"| {' | '.join([escape(vist(v, s)) for v, s in zip(row, slags, strict=True)])} |"


def md_figur(f: Figur, fil: str | None, escape: Callable[[str], str] = tegn.md) -> str:
    """A figure in Markdown: a picture when it lies in `fil`, and always what it shows in words."""
    words = f"{escape(f.tittel)}: {escape(f.beskrivelse)}"
    return f"![{escape(f.tittel)}](<{fil}>)\n\n{words}\n" if fil else f"{words}\n"


# --- HTML -------------------------------------------------------------------------------------------------


def html_tabell(t: Tabell, nr: int, *, hort: bool = False) -> Iterator[str]:
    """An accessible table in pieces: a caption, scoped headers, in a group that can be scrolled from the keyboard.

    `hort`: the caption says what the heading above says, so that it is heard but not seen.
    """
    if t.forklaring:
        yield f"<p>{tegn.html(t.forklaring)}</p>\n"
    if not t.rader:
        title = "" if hort else f"<strong>{tegn.html(t.tittel)}:</strong> "
        yield f'<p class="tom">{title}{tegn.html(t.tom)}</p>\n'
        return
    wide = " bred" if bred(t) else ""
    yield f'<div class="rute{wide}" role="group" aria-labelledby="tab{nr}" tabindex="0">\n<table>\n'
    seen = f'<span class="hort">{tegn.html(t.tittel)}</span>' if hort else tegn.html(t.tittel)
    yield f'<caption id="tab{nr}">{seen}</caption>\n<thead><tr>'
    for k in t.kolonner:
        yield f'<th scope="col"{_klasse(k)}>{tegn.html(k.tittel)}</th>'
    yield "</tr></thead>\n<tbody>\n"
    first, *rest = [(k.slag, _klasse(k)) for k in t.kolonner]
    for row in t.rader:
        cells = [f"<td{c}>{_celle(v, s)}</td>" for v, (s, c) in zip(row[1:], rest, strict=True)]
        yield f'<tr><th scope="row"{first[1]}>{_celle(row[0], first[0])}</th>{"".join(cells)}</tr>\n'
    yield "</tbody>\n</table>\n</div>\n"


def bred(t: Tabell) -> bool:
    """True for a table that is printed across the sheet; a column of numbers takes half the room of others."""
    return sum(0.5 if k.slag in TALL else 1 for k in t.kolonner) > _BRED


def _klasse(k: Kolonne) -> str:
    return ' class="tall"' if k.slag in TALL else ' class="dato"' if k.slag == "dato" else ""


def _celle(v: Verdi, slag: Slag) -> str:
    if slag == "utfall" and v in UTFALL:
        sign, word = UTFALL[str(v)]
        return f'<span class="utfall {v}"><span aria-hidden="true">{sign}</span> {word}</span>'
    if isinstance(v, tuple) and len(v) > 1:
        return f"<ul>{''.join(f'<li>{tegn.html(x)}</li>' for x in v)}</ul>"
    return tegn.html(vist(v, slag))


def html_figur(f: Figur, nr: int) -> str:
    """A figure with its caption and, for everybody, what it shows in words."""
    return (
        f'<figure>\n<div class="bilde" role="group" aria-labelledby="fig{nr}" tabindex="0">\n{f.svg}</div>\n'
        f'<figcaption id="fig{nr}">{tegn.html(f.tittel)}</figcaption>\n'
        f'<p class="beskrivelse">{tegn.html(f.beskrivelse)}</p>\n</figure>\n'
    )
