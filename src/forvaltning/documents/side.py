"""One HTML page from Markdown: a single file that asks for nothing outside, for phone, screen, print and screen reader.

Raw HTML and images in the Markdown are text. Tables and figures are put in where `plass` left a mark, so that
they never pass the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from forvaltning.documents import tegn
from forvaltning.documents.tabeller import bred, html_figur, html_tabell
from forvaltning.documents.visning import Figur, Tabell

_PLASS = re.compile("<p>\ue000([tf])([0-9]+)\ue001</p>\n")
_BOKS = re.compile(r"\[([ xX])\][ \u00a0]")


def plass(slag: str, nr: int) -> str:
    """The mark that stands in Markdown for table (``t``) or figure (``f``) number `nr`, on a line of its own."""
    return f"\n\n\ue000{slag}{nr}\ue001\n\n"


def html_side(
    markdown: str, tittel: str, tabeller: Sequence[Tabell] = (), figurer: Sequence[Figur] = ()
) -> str:
    """A whole page. In: Markdown with one first-level heading, the title of the page; tables and figures by number."""
    return "".join(deler(markdown, tittel, tabeller, figurer))


def deler(
    markdown: str,
    tittel: str,
    tabeller: Sequence[Tabell] = (),
    figurer: Sequence[Figur] = (),
    under: frozenset[int] = frozenset(),
) -> Iterator[str]:
    """The page in pieces, so that long tables are written out as they are made.

    `under`: the tables that stand under a heading with the same words; their captions are heard, not seen.
    """
    parser = _parser()
    env: dict[str, Any] = {"ruter": 0}
    tokens = parser.parse(markdown, env)
    contents = _klargjor(tokens)
    body = parser.renderer.render(tokens, parser.options, env)
    if len(contents) > 3:
        at = body.find("<h2")
        body = body[:at] + _innhold(contents) + body[at:]
    before, after = _skall()
    wide = any(bred(t) for t in tabeller if t.rader)
    yield before.replace("@@TITTEL@@", tegn.html(tittel)).replace("@@ARK@@", "A4 landscape" if wide else "A4")
    at = 0
    for mark in _PLASS.finditer(body):
        yield body[at : mark.start()]
        n = int(mark[2])
        if mark[1] == "t":
            yield from html_tabell(tabeller[n], n, hort=n in under)
        else:
            yield html_figur(figurer[n], n)
        at = mark.end()
    yield body[at:]
    yield after


@cache
def _skall() -> tuple[str, str]:
    """The page before and after its content, with the style sheet in it."""
    folder = files("forvaltning.documents").joinpath("maler")
    page = folder.joinpath("side.html").read_text(encoding="utf-8")
    style = folder.joinpath("side.css").read_text(encoding="utf-8")
    before, after = page.replace("@@STIL@@", style).split("@@INNHOLD@@")
    return before, after


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    parser.add_render_rule("table_open", _tabell_open)
    parser.add_render_rule("table_close", lambda *_: "</table>\n</div>\n")
    parser.add_render_rule("th_open", _th_open)
    return parser


def _tabell_open(_self: Any, tokens: Sequence[Token], idx: int, _options: Any, env: Any) -> str:
    """A table written in the Markdown itself: in a group that the keyboard reaches, named by the heading above it."""
    env["ruter"] += 1
    name = tegn.html(tokens[idx].meta.get("over", "Tabell"))
    return f'<div class="rute" role="group" aria-label="{name} ({env["ruter"]})" tabindex="0">\n<table>\n'


def _th_open(_self: Any, tokens: Sequence[Token], idx: int, _options: Any, _env: Any) -> str:
    right = "right" in str(tokens[idx].attrs.get("style", ""))
    return f'<th scope="col"{" class=" + chr(34) + "tall" + chr(34) if right else ""}>'


def _klargjor(tokens: list[Token]) -> list[tuple[str, str]]:
    """Give headings their ids and task list items their boxes. Out: id and text of the second-level headings."""
    contents: list[tuple[str, str]] = []
    over = "Tabell"
    for i, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrs["id"] = f"d{i}"
            over = _ren_tekst(tokens[i + 1])
            if token.tag == "h2":
                contents.append((f"d{i}", over))
        elif token.type == "table_open":
            token.meta["over"] = over
        elif token.type == "td_open" and "right" in str(token.attrs.get("style", "")):
            token.attrs = {"class": "tall"}
        elif token.type == "inline" and i > 1 and tokens[i - 2].type == "list_item_open":
            _boks(token, tokens[i - 2])
    return contents


def _ren_tekst(token: Token) -> str:
    return "".join(
        c.content for c in token.children or [] if c.type in {"text", "code_inline", "text_special"}
    )


def _boks(inline: Token, item: Token) -> None:
    """`- [x] text` becomes a box that is seen and a word that is heard."""
    first = inline.children[0] if inline.children else None
    hit = _BOKS.match(inline.content)
    if hit is None or first is None or first.type != "text":
        return
    done = hit[1] != " "
    item.attrs["class"] = "punkt"
    first.content = first.content[len(hit[0]) :]
    mark = Token("html_inline", "", 0)
    sign, word = ("☑", "Utført") if done else ("☐", "Åpent")
    # One sign with a name: a word that is hidden beside it would be seen when the list is pasted into Word.
    mark.content = f'<span class="boks" role="img" aria-label="{word}">{sign}</span> '
    inline.children = [mark, *(inline.children or [])]


def _innhold(contents: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f'<li><a href="#{ident}">{tegn.html(text)}</a></li>\n' for ident, text in contents)
    return f'<nav aria-label="Innhold">\n<ul>\n{rows}</ul>\n</nav>\n'
