"""Two states of one registry compared: what is new, what was there before, what is mended.

Findings and problems are compared by what their fingerprints are made of, so that moved text, a rename
(`tidligere_id`), reformatting and the calendar never turn an old breach into a new one, nor hide a new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from forvaltning.findings import Finding, Problem, Severity, Verdict
from forvaltning.model.register import Register
from forvaltning.model.viser import normaliser

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


def omdopte(gammel: Register, ny: Register) -> dict[str, str]:
    """Old id → new id, normalised, for records that say they had another id and whose old one is gone."""
    out: dict[str, str] = {}
    for o in ny.oppforinger():
        for old in o.tidligere:
            was = gammel.oppforing(old)
            if was is not None and was.kind == o.kind and ny.oppforing(old) is None:
                out[normaliser(old)] = o.id
    return out


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
        text = re.sub(r"^([a-z]+)/([^:]+)(?=:|$)", lambda m: f"{m[1]}/{self._ny(m[2])}", text)
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
    """What a problem is told by: rule, record or file, field, and the message where the field can not tell."""
    return (
        p.regel,
        p.post or p.fil,
        p.felt or "/".join(str(part) for part in p.path if isinstance(part, str)),
    )


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
    counts: dict[Nokkel, int] = {}
    before: dict[Nokkel, list[Problem]] = {}
    for p in gamle:
        before.setdefault(skriv.nokkel(problemnokkel(p)), []).append(p)
    for p in nye:
        key = problemnokkel(p)
        n = counts[key] = counts.get(key, 0) + 1
        (out.gamle_problemer if n <= len(before.get(key, ())) else out.nye_problemer).append(p)
    for key, items in before.items():
        out.rettede_problemer += items[counts.get(key, 0) :]
