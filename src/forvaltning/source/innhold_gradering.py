"""Gradings under the security act (and NATO's and the EU's) used as a marking in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Gradering(NamedTuple):
    """One marking: the words, where they stand, and whether it is a fault or only worth a remark."""

    ord: str
    start: int
    feil: bool


_GRADERT_RASK = re.compile(rb"grader(?:t|ing)")


def _nevnt(lower: bytes) -> bool:
    for m in _GRADERT_RASK.finditer(lower):
        before = lower[max(0, m.start() - 10) : m.start()]
        if not before[-1:].isalpha() or before.endswith(b"sikkerhets"):
            return True
    return False


def kan_ha_gradering(data: bytes, store: bytes, kons: bytes) -> bool:
    """Whether a marking may stand in bytes with these outlines (see `innhold_hemmelig`)."""
    return (
        (b"grdr" in kons and _nevnt(data.lower()))
        or b"BEGRENSET" in store
        or b"KONFIDENSIEL" in store
        or b"HEMMELIG" in store
        or b"NATO" in store
        or b"COSMIC" in store
        or b"GRADERT" in store
        or b"RESTREINT" in store
        or b"ELUE" in store
        or b"RETUE" in store
        or (
            b"EU" in store
            and (b"EURES" in store or b"EUCON" in store or b"EUSEC" in store or b"EUTOP" in store)
        )
    )


_MERKE = re.compile(
    r"(?<!\w)(?:STRENGT[ \t_-]{1,3}HEMMELIG|BEGRENSET|KONFIDENSIELT?|HEMMELIG|SIKKERHETSGRADERT|COSMIC[ \t]TOP[ \t]SECRET"
    r"|NATO[ \t](?:RESTRICTED|CONFIDENTIAL|SECRET)|EU[ \t](?:RESTRICTED|CONFIDENTIAL|(?:TOP[ \t])?SECRET)"
    r"|(?:RESTREINT|CONFIDENTIEL|SECRET)[ \t]UE)(?!\w)"
)
_FOR = re.compile(r"([A-ZÆØÅ]{2,30})[ \t]{1,3}\Z")
_ETTER = re.compile(r"[ \t]{1,3}([A-ZÆØÅ]{3,30})(?!\w)|[ \t]{1,3}(?:til|av)(?!\w)")
_HORER_TIL_FOR = frozenset(
    {"NATO", "GRADERT", "GRADERING", "SIKKERHETSGRADERT", "SIKKERHETSGRADERING", "STRENGT", "NIVÅ"}
)
_HORER_TIL_ETTER = frozenset({"IHT", "ETTER", "JF", "SIKKERHETSLOVEN", "SIKKERHETSLOVA", "NATO", "UNNTATT"})
_GRADERT = re.compile(
    r"(?i)(?<!\w)(?:sikkerhets)?grader(?:t|ing)(?:sniv[åa]|en)?[ \t\"'«:_=-]{1,6}"
    r"(?:som[ \t])?(?P<o>strengt[ \t]hemmelig|hemmelig|konfidensielt?|begrenset)(?!\w)(?![ \t](?:til|av|tilgang))"
)
_SIKKERHET = re.compile(r"(?<!\w)[Ss]ikkerhetsgradert(?:e)?(?!\w)")
_NEKTET = re.compile(r"(?i)\b(?:ikke|ikkje|ingen|inga|aldri|uten|utan|verken|nei|false)\b")


def finn_graderinger(text: str) -> Iterator[Gradering]:
    """Every marking, in the order of the rules, each place once."""
    seen: set[int] = set()
    for m in _GRADERT.finditer(text):
        seen.add(m.start("o"))
        yield Gradering(m["o"].upper(), m.start("o"), True)
    for m in _MERKE.finditer(text):
        before = _FOR.search(text[max(0, m.start() - 34) : m.start()])
        after = _ETTER.match(text, m.end())
        if before and before[1] not in _HORER_TIL_FOR:
            continue
        if after and after[1] not in _HORER_TIL_ETTER:
            continue
        if m.start() not in seen:
            yield Gradering(m[0], m.start(), True)
    for m in _SIKKERHET.finditer(text):
        line = text[max(0, m.start() - 120) : m.start()].rpartition("\n")[2]
        line += text[m.start() : m.start() + 120].partition("\n")[0]
        if not _NEKTET.search(line) and not any(m.start() <= s <= m.end() + 6 for s in seen):
            yield Gradering("sikkerhetsgradert", m.start(), False)
