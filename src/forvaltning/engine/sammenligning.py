"""Two states of one registry compared: what is new, what was there before, what is mended.

Findings and problems are compared by what their fingerprints are made of, so that moved text, a rename
(`tidligere_id`), reformatting and the calendar never turn an old breach into a new one, nor hide a new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from forvaltning.engine.omdoping import omdopte
from forvaltning.engine.tvillinger import uten_nummer
from forvaltning.findings import Finding, Problem, Severity, Verdict
from forvaltning.model.viser import normaliser

__all__ = ["Nokkel", "Omskriver", "Sammenligning", "apne_funn", "omdopte", "problemnokkel", "sammenlign"]

Nokkel = tuple[str, ...]


@dataclass(slots=True)
class Sammenligning:
    """What a change does to breaches and problems. Verdicts stand beside their findings."""

    nye: list[tuple[Verdict, Finding]] = field(default_factory=list)
    gamle: list[tuple[Verdict, Finding]] = field(default_factory=list)
    rettet: list[tuple[Verdict, Finding]] = field(default_factory=list)
    """From the older state: findings that are gone, or that a deviation now covers."""
    nye_problemer: list[Problem] = field(default_factory=list)
    gamle_problemer: list[Problem] = field(default_factory=list)
    rettede_problemer: list[Problem] = field(default_factory=list)

    @property
    def blokkerer(self) -> bool:
        """True when the change brings a breach, or a problem that counts."""
        return bool(self.nye) or any(p.alvor is Severity.FEIL for p in self.nye_problemer)


class Omskriver:
    """Writes the keys of the older state with the ids of the newer one."""

    def __init__(self, navn: Mapping[str, str]) -> None:
        self._navn = navn

    def tekst(self, text: str) -> str:
        """One part of a key: an id, a ``kind/id``, or a field path with ids in brackets or before a colon."""
        if not self._navn:
            return text
        direct = self._navn.get(normaliser(text))
        if direct is not None:
            return direct
        text = re.sub(
            r"^([a-z]+)/([^:]+?)(\.yaml)?(?=:|$)", lambda m: f"{m[1]}/{self._ny(m[2])}{m[3] or ''}", text
        )
        return re.sub(r"\[([^\]]+)\]", lambda m: f"[{self._ny(m[1])}]", text)

    def _ny(self, ident: str) -> str:
        return self._navn.get(normaliser(ident), ident)

    def nokkel(self, nokkel: Nokkel) -> Nokkel:
        """A whole key."""
        return tuple(self.tekst(part) for part in nokkel) if self._navn else nokkel


def apne_funn(dommer: Iterable[Verdict]) -> dict[Nokkel, tuple[Verdict, Finding]]:
    """The findings that no deviation covers, by key."""
    return {f.nokkel: (v, f) for v in dommer for f in v.funn if f.avvik is None}


def problemnokkel(p: Problem) -> Nokkel:
    """What a problem is told by: rule, record or file, and field; twins at one place share it."""
    where = uten_nummer(p.felt) or "/".join(part for part in p.path if isinstance(part, str))
    return p.regel, p.post or p.fil, where


def sammenlign(
    gamle: Iterable[Verdict],
    nye: Iterable[Verdict],
    gamle_problemer: Iterable[Problem],
    nye_problemer: Iterable[Problem],
    navn: Mapping[str, str],
) -> Sammenligning:
    """Compare two states judged on one date. `navn`: old id → new id from `omdopte`."""
    skriv = Omskriver(navn)
    before = {skriv.nokkel(k): v for k, v in apne_funn(gamle).items()}
    after = apne_funn(nye)
    out = Sammenligning()
    for key, found in after.items():
        (out.gamle if key in before else out.nye).append(found)
    out.rettet = [found for key, found in before.items() if key not in after]
    _problemer(out, gamle_problemer, nye_problemer, skriv)
    return out


def _problemer(
    out: Sammenligning, gamle: Iterable[Problem], nye: Iterable[Problem], skriv: Omskriver
) -> None:
    before: dict[Nokkel, list[Problem]] = {}
    for p in gamle:
        before.setdefault(skriv.nokkel(problemnokkel(p)), []).append(p)
    nye = list(nye)
    old: set[int] = set()
    for alike in (True, False):
        # Of twins at one place, the one that says the same as before is the old one.
        for i, p in enumerate(nye):
            twins = before.get(problemnokkel(p), [])
            found = next((n for n, q in enumerate(twins) if not alike or q.melding == p.melding), None)
            if i not in old and found is not None:
                del twins[found]
                old.add(i)
    for i, p in enumerate(nye):
        (out.gamle_problemer if i in old else out.nye_problemer).append(p)
    out.rettede_problemer = [p for twins in before.values() for p in twins]
