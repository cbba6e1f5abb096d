"""Hides what was found: signs are replaced one for one (see `maske`, which asks for this only when it is needed)."""

from __future__ import annotations

import re

from forvaltning.source.omriss import MASKE

_STRUKTUR = re.compile(r"\\u[0-9a-fA-F]{4}|\\.|[\s\"'{}\[\],:\\<>|#-]|\x1b\[[0-9;]{0,20}m", re.DOTALL)
_PEM_RUN = re.compile(
    r"[A-Za-z0-9+/=]{20,}+(?:(?:\\[nr]|[\r\n]){1,2}[ \t|#>]{0,20}[A-Za-z0-9+/=]++(?![ \t]*[^\s\\\"]))*+"
)
_JSON_TALL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_JSON_FOR = re.compile(r"(?:\"[ \t]?:[ \t]?|[\[,]\s{0,80}|\A)-?\Z")
_JSON_ETTER = re.compile(r"[ \t]?(?:[,}\]\r\n]|\Z)")


def uten_hemmeligheter(text: str) -> str:
    """The text with its secrets hidden."""
    from forvaltning.source import innhold_hemmelig as hemmelig  # noqa: PLC0415 - patterns that numbers do not need

    out: list[str] = []
    at = 0
    for h in sorted(hemmelig.finn_hemmeligheter(text), key=lambda h: (h.fra, -h.til)):
        start = max(h.fra, at)
        if start >= h.til:
            continue
        piece = text[start : h.til]
        if h.navn == hemmelig.PEM and not text.startswith("-----END", h.til):
            # The key is cut off: what follows may be anything, so hide only what can be part of it.
            hidden = _PEM_RUN.sub(lambda m: _skjul(m[0]), piece)
        elif _er_json_tall(text, start, h.til, piece):
            hidden = re.sub("[0-9]", "1", piece)
        else:
            hidden = _skjul(piece)
        out += (text[at:start], hidden)
        at = h.til
    return "".join(out) + text[at:]


def _skjul(piece: str) -> str:
    out: list[str] = []
    at = 0
    for m in _STRUKTUR.finditer(piece):
        out += (MASKE * (m.start() - at), m[0])
        at = m.end()
    return "".join(out) + MASKE * (len(piece) - at)


def uten_tall(text: str) -> str:
    """The text with its personal numbers hidden, but for test numbers."""
    from forvaltning.source.innhold_tall import Slag, finn_tall  # noqa: PLC0415 - patterns that secrets do not need

    out: list[str] = []
    at = 0
    for t in finn_tall(text):
        if t.slag is Slag.TESTNUMMER:
            continue
        start, end = t.plasser[0][0], t.plasser[-1][1]
        sign = "0" if _er_json_tall(text, start, end, text[start:end]) else MASKE
        for a, b in t.plasser[2:-1]:
            out += (text[at:a], sign)
            at = b
    return "".join(out) + text[at:]


def _er_json_tall(text: str, start: int, end: int, piece: str) -> bool:
    """Whether a stretch may be a number in JSON, which must stay one."""
    return (
        _JSON_TALL.fullmatch(piece) is not None
        and _JSON_FOR.search(text[max(0, start - 90) : start]) is not None
        and _JSON_ETTER.match(text, end) is not None
    )
