"""What a file says of its record, short enough to keep between runs: a function of the file's bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from forvaltning.findings import FieldPath, Position, Problem, Severity
from forvaltning.model.fritekst import FRITEKST

if TYPE_CHECKING:
    from forvaltning.model.viser import Henvisning


_KODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Fakta:
    """Facts of one record file. `lesbar` False: what it says is unknown, `tekst` its text if that is known.

    `sum` is the same as long as every value but the free text that no rule reads is (see `verdisum`).
    """

    kind: str
    id: str
    navn: str
    tidligere: tuple[str, ...]
    henvisninger: tuple[Henvisning, ...]
    problemer: tuple[Problem, ...]
    lesbar: bool
    tekst: str | None = None
    omtale: str = ""
    stikkord: str = ""
    sum: str = ""

    def sier_det_samme(self, annen: Fakta) -> bool:
        """True when nothing that a rule can read differs between two readings of one record."""
        same = (self.kind, self.id, self.sum) == (annen.kind, annen.id, annen.sum)
        return same and self.lesbar and annen.lesbar and bool(self.sum)

    def til_tekst(self) -> str:
        """The facts as JSON text."""
        value: list[Any] = [
            self.kind,
            self.id,
            self.navn,
            self.tidligere,
            self.henvisninger,
            [problem_til_liste(p) for p in self.problemer],
            self.lesbar,
            self.tekst,
            self.omtale,
            self.stikkord,
            self.sum,
        ]
        return _KODER(value)


def fakta_fra_tekst(text: str) -> Fakta:
    """The facts from JSON text. Raises ValueError, TypeError or KeyError when it is not what was written."""
    from forvaltning.model.viser import Henvisning  # noqa: PLC0415 - pydantic, which problems alone do not need

    kind, ident, navn, tidligere, refs, problems, lesbar, tekst, omtale, stikkord, sum_ = json.loads(text)
    return Fakta(
        kind,
        ident,
        navn,
        tuple(tidligere),
        tuple([Henvisning(f, tuple(p), t) for f, p, t in refs]),
        tuple(problem_fra_liste(p) for p in problems),
        bool(lesbar),
        tekst,
        omtale,
        stikkord,
        sum_,
    )


def verdisum(verdier: Mapping[str, Any]) -> str:
    """A digest of what a record says beside its free text: 64 bits as hexadecimal."""
    said = repr([pair for pair in verdier.items() if pair[0] != FRITEKST])
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def problem_til_liste(p: Problem) -> list[Any]:
    """One problem as plain values."""
    at = [p.position.line, p.position.column] if p.position else None
    return [p.regel, p.alvor.value, p.fil, p.melding, p.tiltak, list(p.path), at, p.post, p.felt]


def problem_fra_liste(value: list[Any]) -> Problem:
    """One problem from plain values."""
    regel, alvor, fil, melding, tiltak, path, at, post, felt = value
    return Problem(
        regel, Severity(alvor), fil, melding, tiltak, tuple(path), Position(*at) if at else None, post, felt
    )


def sti_til_tekst(path: FieldPath) -> str:
    """A field path as JSON text, for a key."""
    return json.dumps(path, ensure_ascii=False, separators=(",", ":"))
