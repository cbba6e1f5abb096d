"""Text from the registry as Markdown that can only be text: CommonMark, GitHub's and GitLab's additions.

Backslashes stop what CommonMark reads. Mentions, issue numbers, addresses and emoji are found after
CommonMark is done, so a character without width (`&#8203;`) breaks them instead.
"""

from __future__ import annotations

import re

from forvaltning.source.trygg import bryt, ren, ren_sti

_NULL = "&#8203;"
_TEGN = re.compile(r"[\\`*_\[\]{}<>#!|~$&^]")
_ENTITET = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_HENVISNING = re.compile(r"([@#!$~%^&])(?=[\w\"'#])")
_KOLON = re.compile(r":(?=[A-Za-z_+/-])")
_WWW = re.compile(r"(?i)\b(www)(?=\.)")
_SAK = re.compile(r"\b((?i:gh)-|[A-Z][A-Z0-9_]+-)(?=\d)")
_SHA = re.compile(r"(?i)\b(?=[0-9]*[a-f])[0-9a-f]{7,64}\b")
_DEL = re.compile(r".{1,6}")
"""GitHub looks for seven digits of a commit or more."""
_BRUDD = "\x00"
_GJERDER = re.compile(r"`+")


def tekst(verdi: str, grense: int = 600) -> str:
    """Plain text, at most `grense` characters before escaping, that no reader of Markdown sees anything in."""
    out = ren(verdi, grense).strip()
    out = _HENVISNING.sub(rf"\1{_BRUDD}", out)
    out = _KOLON.sub(f":{_BRUDD}", out)
    for pattern in (_WWW, _SAK):
        out = pattern.sub(rf"\1{_BRUDD}", out)
    out = _SHA.sub(lambda m: _BRUDD.join(_DEL.findall(m[0])), out)
    out = _TEGN.sub(lambda m: _ENTITET.get(m[0], f"\\{m[0]}"), out)
    return out.replace(_BRUDD, _NULL)


def kode(verdi: str, grense: int = 300) -> str:
    """A code span that shows `verdi` as it is, its spaces kept; a dash for empty text."""
    out = bryt(ren_sti(verdi)).strip()
    if not out:
        return "–"
    if len(out) > grense:
        out = f"{out[: grense - 1]}…"
    fence = "`" * (max((len(run) for run in _GJERDER.findall(out)), default=0) + 1)
    pad = " " if out.startswith("`") or out.endswith("`") else ""
    return f"{fence}{pad}{out}{pad}{fence}"
