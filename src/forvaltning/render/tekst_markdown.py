"""Markdown for the terminal: the few forms that the requirement pages use, readable in 80 columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forvaltning.render.tekst_stil import Stil, bredde, brekk, tabell

_KODE = re.compile(r"`([^`]+)`")
_FET = re.compile(r"\*\*([^*]+)\*\*")
_KURSIV = re.compile(r"(?<![\w*])\*([^*\s][^*]*)\*(?!\w)")
_LENKE = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_PUNKT = re.compile(r"(\s*)([-*]|\d+\.)\s+(.*)")
_RAD = re.compile(r"^\s*\|(.*)\|\s*$")
FAST = "\u00a0"


def vis(tekst: str, stil: Stil) -> Iterator[str]:
    """Lines for the terminal."""
    lines = tekst.splitlines()
    i = 0
    while i < len(lines):
        line = lines[i]
        if line.startswith("```"):
            end = next((j for j in range(i + 1, len(lines)) if lines[j].startswith("```")), len(lines))
            yield from _kode(lines[i + 1 : end], stil)
            i = end + 1
        elif _RAD.match(line):
            end = next((j for j in range(i, len(lines)) if not _RAD.match(lines[j])), len(lines))
            yield from _tabell(lines[i:end], stil)
            i = end
        elif line.startswith("#"):
            yield from _overskrift(line, stil)
            i += 1
        elif not line.strip():
            yield "\n"
            i += 1
        else:
            end = i + 1
            while end < len(lines) and _fortsetter(lines[end]):
                end += 1
            yield from _avsnitt(lines[i:end], stil)
            i = end


def _fortsetter(line: str) -> bool:
    return (
        bool(line.strip())
        and not line.startswith(("#", "```"))
        and not _RAD.match(line)
        and not _PUNKT.match(line)
    )


def _overskrift(line: str, stil: Stil) -> Iterator[str]:
    level = len(line) - len(line.lstrip("#"))
    for part in brekk(_ren(line.lstrip("# ")), stil.bredde):
        yield stil(part, "fet" if level > 1 else "fet_gronn") + "\n"
    yield (
        stil(("═" if level == 1 else "─") * min(stil.bredde, bredde(_ren(line.lstrip("# ")))), "svak") + "\n"
    )


def _kode(lines: list[str], stil: Stil) -> Iterator[str]:
    for line in lines:
        yield f"    {stil(line, 'svak' if line.lstrip().startswith('#') else 'bla')}\n"


def _avsnitt(lines: list[str], stil: Stil) -> Iterator[str]:
    hit = _PUNKT.match(lines[0])
    indent, mark = (len(hit[1]) + 2, "• " if hit[2] in "-*" else f"{hit[2]} ") if hit else (0, "")
    first = hit[3] if hit else lines[0]
    text = " ".join([first, *(part.strip() for part in lines[1:])])
    text = _KODE.sub(lambda m: f"`{m[1].replace(' ', FAST)}`", _LENKE.sub(r"\1 (\2)", text))
    room = stil.bredde - indent - len(mark)
    for n, part in enumerate(brekk(_uten(text), room)):
        yield " " * indent + (mark if n == 0 else " " * len(mark)) + _farget(part, stil) + "\n"


def _uten(text: str) -> str:
    """Emphasis taken away; a terminal shows the words."""
    return _KURSIV.sub(r"\1", _FET.sub(r"\1", text))


def _farget(line: str, stil: Stil) -> str:
    shown = _KODE.sub(lambda m: stil(m[1], "bla"), line) if stil.farger else line
    return shown.replace(FAST, " ")


def _ren(text: str) -> str:
    return _LENKE.sub(r"\1", _uten(text))


def _tabell(lines: list[str], stil: Stil) -> Iterator[str]:
    rows = [
        [_celle(c) for c in re.split(r"(?<!\\)\|", (_RAD.match(line) or [line, line])[1])] for line in lines
    ]
    rule = next((n for n, row in enumerate(rows) if all(set(c) <= set(":- ") and c for c in row)), None)
    head = rows[0] if rule == 1 else [""] * len(rows[0])
    body = rows[2:] if rule == 1 else rows
    width = len(head)
    body = [(row + [""] * width)[:width] for row in body]
    spaced = any(len(c) > stil.bredde // 2 for row in body for c in row)
    if any(head):
        yield from tabell(head, body, stil, luft=spaced)
    else:
        for row in body:
            label = max(bredde(r[0]) for r in body)
            room = stil.bredde - label - 2
            for n, part in enumerate(brekk("  ".join(row[1:]), room)):
                shown = stil(row[0], "fet") + " " * (label - bredde(row[0])) if n == 0 else " " * label
                yield f"{shown}  {part}\n"


def _celle(text: str) -> str:
    return _ren(text.strip().replace("\\|", "|"))
