"""Plain values as YAML text: scalars quoted only when they must be, lists and maps as lines."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from yaml import SafeLoader
from yaml.nodes import ScalarNode

from forvaltning.edit.feil import Redigeringsfeil
from forvaltning.source.limits import FORBIDDEN
from forvaltning.source.yaml_parser import parse

Verdi = str | int | date | None | Sequence["Verdi"] | Mapping[str, "Verdi"]
"""What may be written: text, whole numbers, dates, lists and maps of them. Yes and no are `ja` and `nei`."""
BREDDE = 100
"""A list of single words stays on one line when it fits in this many columns."""
_TEKST = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp"})
_SKIFT = re.compile("[\n\r\x85\u2028\u2029]")
_RESOLVER: Any = SafeLoader("")


@dataclass(frozen=True, slots=True)
class Stil:
    """How a file is written: columns for each level, and its line break."""

    felt: int = 2
    liste: int = 2
    linjeskift: str = "\n"


def som_data(verdi: Verdi) -> object:
    """The value as our loader reads it back: text, lists, maps and None. Raises `Redigeringsfeil`."""
    if verdi is None or isinstance(verdi, str):
        return None if verdi is None else _tekst(verdi)
    if isinstance(verdi, date):
        return verdi.isoformat()
    if isinstance(verdi, int):
        return ("nei", "ja")[verdi] if isinstance(verdi, bool) else str(verdi)
    if isinstance(verdi, Mapping):
        return {_tekst(k): som_data(v) for k, v in verdi.items()}
    return [som_data(v) for v in verdi]


def _tekst(verdi: str) -> str:
    text = verdi.replace("\r\n", "\n").replace("\r", "\n")
    bad = FORBIDDEN.search(text)
    if bad is not None:
        raise Redigeringsfeil(
            f"Teksten har et tegn som ikke kan stå i registeret (U+{ord(bad[0]):04X}).",
            "Skriv den uten tegnet.",
        )
    return text


def er_liste(verdi: object) -> bool:
    """True for a list or a map."""
    return isinstance(verdi, Mapping | list | tuple)


def skalar(verdi: Verdi, *, flyt: bool = False, stil: str | None = None, gammel: str | None = None) -> str:
    """One scalar on one line.

    `flyt`: it stands inside brackets. `stil`: the quotation mark the old value had. `gammel`: the old value when it
    was written without marks, so that `0301` may become `0302` and not `"0302"`.
    """
    if verdi is None:
        return "null"
    text = som_data(verdi)
    if not isinstance(text, str):
        raise TypeError(f"not a scalar: {verdi!r}")
    if stil == "'" and not _SKIFT.search(text):
        return _enkel(text)
    if stil == '"':
        return _dobbel(text)
    free = isinstance(verdi, int | date) or _er_tekst(text) or (gammel is not None and not _er_tekst(gammel))
    if free and _bar(text, flyt):
        return text
    if _SKIFT.search(text) or not ('"' in text or "\\" in text):
        return _dobbel(text)
    return _enkel(text)


@cache
def _er_tekst(text: str) -> bool:
    """True when other YAML programs read the bare word as text too (not `no`, `1.10`, `0301`)."""
    return _RESOLVER.resolve(ScalarNode, text, (True, False)) in _TEKST


def _bar(text: str, flyt: bool) -> bool:
    """True when the text reads back the same without quotation marks."""
    if _SKIFT.search(text) or "\t" in text:
        return False
    data = (f"k: [{text}]\n" if flyt else f"k: {text}\n").encode()
    wanted = {"k": [text] if flyt else text}
    # the two parsers do not agree on everything that may stand bare in brackets
    return parse(data).value == wanted == parse(data, pure=True).value


def _enkel(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _dobbel(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff]", lambda m: f"\\u{ord(m[0]):04X}", quoted)


def flyt(verdi: Verdi) -> str:
    """A value inside brackets, on one line."""
    if isinstance(verdi, Mapping):
        return "{" + ", ".join(f"{skalar(k, flyt=True)}: {flyt(v)}" for k, v in verdi.items()) + "}"
    if isinstance(verdi, list | tuple):
        return "[" + ", ".join(flyt(v) for v in verdi) + "]"
    return skalar(verdi, flyt=True)


def linjer(forst: str, verdi: Verdi, kolonne: int, stil: Stil) -> list[str]:
    """The lines of one entry. `forst`: what stands before the value (``navn:`` or ``-``), at `kolonne`."""
    start = " " * kolonne + forst
    if not er_liste(verdi):
        return _skalarlinjer(start, verdi, kolonne + stil.felt)
    short = flyt(verdi)
    simple = isinstance(verdi, list | tuple) and not any(er_liste(v) for v in verdi)
    if not verdi or (simple and len(start) + 1 + len(short) <= BREDDE):
        return [f"{start} {short}"]
    dash = forst == "-"
    step = 2 if dash else stil.felt if isinstance(verdi, Mapping) else stil.liste
    inner = under(verdi, kolonne + step, stil)
    return [f"{start} {inner[0].lstrip(' ')}", *inner[1:]] if dash else [start, *inner]


def under(verdi: Verdi, kolonne: int, stil: Stil) -> list[str]:
    """The lines of the entries of a list or a map."""
    if isinstance(verdi, Mapping):
        pairs = [(f"{skalar(k)}:", v) for k, v in verdi.items()]
    else:
        pairs = [("-", v) for v in verdi]  # type: ignore[union-attr]
    return [line for first, v in pairs for line in linjer(first, v, kolonne, stil)]


def _skalarlinjer(start: str, verdi: Verdi, innrykk: int) -> list[str]:
    """A scalar; several lines of text are written as lines when they read back the same."""
    if isinstance(verdi, str) and "\n" in verdi:
        text = str(som_data(verdi))
        lines = _bokstavelig(start, text, innrykk)
        if lines is not None:
            return lines
    return [f"{start} {skalar(verdi)}"]


def _bokstavelig(start: str, text: str, innrykk: int) -> list[str] | None:
    body = text.removesuffix("\n")
    parts = body.split("\n")
    mark = "|" if text.endswith("\n") else "|-"
    head = "k:\n" + " " * max(innrykk - 2, 1)
    if not parts[0].strip() or not parts[-1].strip() or any(p != p.rstrip() for p in parts):
        return None
    content = [" " * innrykk + p if p else "" for p in parts]
    trial = f"{head}k: {mark}\n" + "\n".join(content) + "\n"
    if parse(trial.encode()).value != {"k": {"k": text}}:
        return None
    return [f"{start} {mark}", *content]
