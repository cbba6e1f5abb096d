"""Problems that would share a fingerprint are told apart: the second at one place is another than the first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from forvaltning.findings import Problem, format_path

_NUMMER = re.compile(r"#[0-9]+\Z")


def skilt(problemer: Iterable[Problem]) -> list[Problem]:
    """The problems in their order, each with a fingerprint of its own: ``#2`` behind the field of a second one."""
    seen: set[str] = set()
    count: dict[str, int] = {}
    out: list[Problem] = []
    for p in problemer:
        mark, told = p.fingeravtrykk, p
        n = count.get(mark, 1)
        while told.fingeravtrykk in seen:
            n += 1
            told = replace(p, felt=f"{p.felt or format_path(p.path)}#{n}")
        count[mark] = n
        seen.add(told.fingeravtrykk)
        out.append(told)
    return out


def uten_nummer(felt: str) -> str:
    """A field without the number that tells twins apart."""
    return _NUMMER.sub("", felt)
