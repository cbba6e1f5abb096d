"""Markdown tokens as the plain text they show, with what a page does not show: addresses, titles, unused definitions. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from markdown_it.common.normalize_url import normalizeLink

if TYPE_CHECKING:
    from markdown_it.token import Token

_USYNLIG = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def vanlig(tekst: str) -> str:
    """Text with signs nobody sees taken out, and blanks and line breaks as one space: the form texts are compared in."""
    return " ".join(normalize("NFC", tekst).translate(_USYNLIG).replace("\u00a0", " ").split())


def linjenr(token: Token) -> int:
    """The 1-based line that a block begins on."""
    return token.map[0] + 1 if token.map else 1


def barn(children: list[Token]) -> str:
    """The words of inline tokens, with the addresses that links hide."""
    out: list[str] = []
    links: list[tuple[Token, int]] = []
    for c in children:
        if c.type in {"softbreak", "hardbreak"}:
            out.append(" ")
        elif c.type == "image":
            out.append(_adresse(c, "src", c.content))
        elif c.type == "link_open":
            links.append((c, len(out)))
        elif c.type == "link_close" and links:
            link, begin = links.pop()
            out[begin:] = [_adresse(link, "href", "".join(out[begin:]))]
        else:
            out.append(c.content if c.nesting == 0 else "")
    return "".join(out)


def _adresse(c: Token, felt: str, tekst: str) -> str:
    """A link or picture as plain text: its words, and its address and title where the words do not say them."""
    url, title = str(c.attrs.get(felt, "")), str(c.attrs.get("title", ""))
    if c.type == "link_open" and url.removeprefix("mailto:") in {tekst, normalizeLink(tekst)}:
        url = ""
    more = " ".join(x for x in (url, f'"{title}"' if title else "") if x)
    return f"{tekst} ({more})" if tekst and more else tekst or more


def lenkedefinisjoner(env: dict[str, Any], tokens: list[Token]) -> Iterator[tuple[str, int]]:
    """Definitions that no link uses, so that nothing shows them: text that would be lost if nobody told of it."""
    used = {c.meta.get("label") for token in tokens for c in token.children or ()}
    known = [(label, d) for label, d in env.get("references", {}).items() if label not in used]
    for label, d in [*known, *((str(d["label"]), d) for d in env.get("duplicate_refs", []))]:
        words = f"[{label}]: {d['href']} {d['title']}"
        yield vanlig(words), int(d["map"][0]) + 1


def blokk(token: Token) -> str:
    """A block of code, markup or a rule as plain text."""
    return vanlig(f"{token.info} {token.content}") or token.markup


def tekst(inline: Token) -> str:
    """A paragraph or heading as plain text."""
    return vanlig(barn(inline.children or []))
