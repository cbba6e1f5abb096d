"""A checklist read back from Markdown: its items, what a person may have written below them, and all other text.

Pure: text in, plain values out, nothing raised. CommonMark decides what is a list and what is not, so that another
bullet, wrapped lines, CRLF, `[X]` and blanks that do not break make no difference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from forvaltning.documents.sjekkliste_ark import FELTER
from forvaltning.documents.sjekkliste_tekst import barn, blokk, lenkedefinisjoner, linjenr, tekst, vanlig

_BOKS = re.compile(r"^(?:\[([ xX\u00a0])\]|([☐☑☒])(?:\s*(?:Åpent|Utført):)?)(?=[ \u00a0\t]|$)")
"""A box as GitHub writes it, or as our page has it and word processors keep it."""
_ID = re.compile(r"[a-z0-9æøå][a-z0-9æøå._-]*")
_FELT = re.compile(rf"({'|'.join(FELTER)})[ \u00a0]*:[ \u00a0]*(.*)", re.DOTALL | re.IGNORECASE)
_NAVN = {f.casefold(): f for f in FELTER}


@dataclass(frozen=True, slots=True)
class LestFelt:
    """A line below an item that a person may write. `navn` is one of `FELTER`; `linje` is 1-based."""

    navn: str
    verdi: str
    linje: int


@dataclass(frozen=True, slots=True)
class LestPunkt:
    """One item as it stands in the text. `haket` is None without a box."""

    id: str
    tittel: str
    haket: bool | None
    linje: int
    felter: tuple[LestFelt, ...]
    detaljer: tuple[tuple[str, int], ...]
    """The other lines below it, as plain text with their line numbers."""

    def felt(self, navn: str) -> str | None:
        """What stands after a label, None when it is not there."""
        return next((f.verdi for f in self.felter if f.navn == navn), None)


@dataclass(frozen=True, slots=True)
class LestTekst:
    """Text that is no item. `slag`: ``overskrift1`` … ``overskrift6``, ``punkt``, ``sitat``, ``avsnitt``, ``annet``."""

    slag: str
    tekst: str
    linje: int


@dataclass(frozen=True, slots=True)
class LestListe:
    """A whole checklist as it was read."""

    punkter: tuple[LestPunkt, ...]
    tekster: tuple[LestTekst, ...]


def les(markdown: str) -> LestListe:
    """Read a checklist. Every block of the text is in one of the two lists, exactly once."""
    text = markdown.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    env: dict[str, Any] = {}
    tokens = MarkdownIt("commonmark", {"html": False, "store_labels": True}).parse(text, env)
    read = _Leser(tokens).les()
    return replace(
        read,
        tekster=(*read.tekster, *(LestTekst("annet", s, n) for s, n in lenkedefinisjoner(env, tokens))),
    )


class _Leser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.punkter: list[LestPunkt] = []
        self.tekster: list[LestTekst] = []

    def les(self) -> LestListe:
        i = 0
        while i < len(self.tokens):
            token = self.tokens[i]
            if token.type == "list_item_open":
                end = _slutt(self.tokens, i)
                item = self._punkt(self.tokens[i + 1 : end], linjenr(token))
                if item is not None:
                    self.punkter.append(item)
                    i = end + 1
                    continue
            elif token.type == "inline":
                self.tekster.append(LestTekst(_slag(self.tokens, i), tekst(token), linjenr(token)))
            elif token.type in {"fence", "code_block", "html_block", "hr"}:
                self.tekster.append(LestTekst("annet", blokk(token), linjenr(token)))
            i += 1
        return LestListe(tuple(self.punkter), tuple(self.tekster))

    def _punkt(self, inner: list[Token], linje: int) -> LestPunkt | None:
        """The item that a list item is; None when its first line ends in no id."""
        if len(inner) < 2 or inner[1].type != "inline":
            return None
        head, extra = _hode(inner[1])
        if head is None:
            return None
        haket, tittel, ident = head
        felter: list[LestFelt] = []
        detaljer: list[tuple[str, int]] = []
        for text, line in [*extra, *_linjer(inner[2:])]:
            hit = _FELT.fullmatch(text)
            if hit is not None:
                felter.append(LestFelt(_NAVN[hit[1].casefold()], hit[2].strip(), line))
            elif text:
                detaljer.append((text, line))
        return LestPunkt(ident, tittel, haket, linje, tuple(felter), tuple(detaljer))


def _hode(inline: Token) -> tuple[tuple[bool | None, str, str] | None, list[tuple[str, int]]]:
    """Box, title and id of an item's first paragraph, and what stands after the id, line by line."""
    children = inline.children or []
    bold = next((n for n, c in enumerate(children) if c.type == "strong_open"), len(children))
    box = _BOKS.match(barn(children[:bold]))
    at = next(
        (
            n
            for n, c in enumerate(children)
            if c.type == "code_inline"
            and _ID.fullmatch(c.content.strip())
            and n > 0
            and (n + 1 == len(children) or _ny_linje(children[n + 1 :]) or (box and _rett_etter(children, n)))
            and any(d.type == "strong_close" for d in children[:n])
        ),
        None,
    )
    if at is None:
        return None, []
    title = barn(children[:at])
    ticked = None if box is None else (box[1] or box[2]) in "xX☑☒"
    text = vanlig(title[box.end() :] if box is not None else title)
    rest = _brutt(children[at + 1 :], linjenr(inline))
    return (ticked, text, children[at].content.strip()), rest


def _rett_etter(children: list[Token], at: int) -> bool:
    """True when only blanks part the code from the bold text: an id, also where somebody has written behind it."""
    before = [c for c in children[:at] if c.type != "text" or c.content.strip(" \u00a0\t")]
    return bool(before) and before[-1].type == "strong_close"


def _ny_linje(rest: list[Token]) -> bool:
    """True when what follows is a line break, or only blanks before one or the end."""
    for c in rest:
        if c.type in {"softbreak", "hardbreak"}:
            return True
        if c.type != "text" or c.content.strip(" \u00a0\t"):
            return False
    return True


def _brutt(children: list[Token], linje: int) -> list[tuple[str, int]]:
    """Text after the id in the same paragraph, parted at line breaks."""
    out: list[tuple[str, int]] = []
    part: list[Token] = []
    line = linje
    for c in [*children, Token("softbreak", "", 0)]:
        if c.type in {"softbreak", "hardbreak"}:
            text = vanlig(barn(part))
            out += [(text, line)] if text else []
            part, line = [], line + 1
        else:
            part.append(c)
    return out


def _linjer(inner: list[Token]) -> list[tuple[str, int]]:
    """Every further block of an item as plain text."""
    out: list[tuple[str, int]] = []
    for token in inner:
        if token.type == "inline":
            out.append((tekst(token), linjenr(token)))
        elif token.type in {"fence", "code_block", "html_block", "hr"}:
            out.append((blokk(token), linjenr(token)))
    return out


def _slutt(tokens: list[Token], start: int) -> int:
    """Where the list item that opens at `start` closes."""
    level = tokens[start].level
    return next(
        n
        for n in range(start + 1, len(tokens))
        if tokens[n].type == "list_item_close" and tokens[n].level == level
    )


def _slag(tokens: list[Token], i: int) -> str:
    before = tokens[i - 1]
    if before.type == "heading_open":
        return f"overskrift{before.tag[1:]}"
    outer = {t.type for t in tokens[max(0, i - 3) : i]}
    if "list_item_open" in outer:
        return "punkt"
    return "sitat" if "blockquote_open" in outer else "avsnitt"
