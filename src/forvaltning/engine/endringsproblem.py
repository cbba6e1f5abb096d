"""How a breach of a rule about change becomes a problem: always a fault, always at a record."""

from __future__ import annotations

from forvaltning.findings import FieldPath, Problem, Severity
from forvaltning.model.base import Post


def endringsproblem(
    post: Post, regel: str, path: FieldPath, melding: str, tiltak: str, felt: str = ""
) -> Problem:
    """A breach of the rule `endring.…` at `path` of a record, told apart by `felt` where the path can not."""
    return Problem(
        regel, Severity.FEIL, f"{post.key}.yaml", melding, tiltak, path=path, post=post.key, felt=felt
    )
