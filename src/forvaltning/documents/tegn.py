"""Text from the registry made harmless in Markdown and HTML. Every value in a document goes through here.

`md` is for Markdown that a forge shows; it also breaks what the forge would link by itself (mentions, issue and
commit numbers, addresses). `md_side` is for Markdown that we turn into HTML ourselves: only what CommonMark
reads is escaped, so that copied text holds no hidden signs. Both are safe at the start of a line too.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from forvaltning.source.markdown_tegn import kode, tekst
from forvaltning.source.trygg import bryt, ren

__all__ = ["SAMME", "html", "kode", "md", "md_side"]

GRENSE = 4000
"""No value is longer in a document; one that is, ends in an ellipsis."""
_ENKEL = re.compile(r"[A-Za-zÆØÅæøåéü][A-Za-zÆØÅæøåéü ,()«»–/%;]*\.?")
"""Text in which nothing can be read but text; most names are."""
_WWW = re.compile(r"(?i)www|gh-")
_START = re.compile(r"(?:[-+=]|([0-9]{1,9})(?=[.)](?:\s|$)))")
_TEGN = re.compile(r"[\\`*_\[\]{}<>#!|~$&^]")
_ENTITET = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
SAMME = "\u00a0"
"""A blank that does not break the line."""


@lru_cache(maxsize=32768)
def md(verdi: str, grense: int = GRENSE) -> str:
    """Markdown that shows `verdi` as plain text on one line, anywhere in a document. Never raises."""
    if len(verdi) <= grense and _ENKEL.fullmatch(verdi) and not _WWW.search(verdi):
        return verdi.rstrip()
    return _ved_start(tekst(verdi, grense))


@lru_cache(maxsize=32768)
def md_side(verdi: str, grense: int = GRENSE) -> str:
    """As `md`, for Markdown that `side.html_side` reads. Never raises."""
    if len(verdi) <= grense and _ENKEL.fullmatch(verdi):
        return verdi.rstrip()
    out = bryt(ren(verdi, grense)).strip()
    return _ved_start(_TEGN.sub(lambda m: _ENTITET.get(m[0], f"\\{m[0]}"), out))


def _ved_start(verdi: str) -> str:
    """Escape what begins a list, a rule or an underline where it stands first on a line."""
    hit = _START.match(verdi)
    if hit is None:
        return verdi
    return f"{hit[1]}\\{verdi[hit.end() :]}" if hit[1] else f"\\{verdi}"


def html(verdi: str, grense: int = GRENSE) -> str:
    """Text for HTML and SVG, also inside an attribute. Never raises."""
    return escape(bryt(ren(verdi, grense)), quote=True)
