"""The report as JSON, contract version 1, streamed: memory does not grow with its size."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from forvaltning.findings import Problem, Summary, Verdict
from forvaltning.render import kontrakt
from forvaltning.render.kontrakt import Posisjoner

_JOIN = ",\n  "


def sammendrag(s: Summary, problemer: Iterable[Problem]) -> dict[str, Any]:
    """The counts, in the form of the contract."""
    alvor = {"feil": 0, "merknad": 0}
    for p in problemer:
        alvor[p.alvor.value] += 1
    return {
        "poster": s.poster,
        "utfall": dict(sorted(s.utfall.items())),
        "funn": dict(sorted(s.arter.items())),
        "styrke": dict(sorted(s.styrke.items())),
        "omrader": {k: dict(sorted(v.items())) for k, v in sorted(s.omrade.items())},
        "enheter": {k: dict(sorted(v.items())) for k, v in sorted(s.enhet.items())},
        "problemer": alvor,
    }


_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def resultattekst(dommer: Iterable[Verdict], steder: Posisjoner) -> str:
    """Verdicts as JSON text, one a line, joined: what `strom` takes as one piece."""
    return _JOIN.join(_dump(kontrakt.resultat(v, steder)) for v in dommer)


def strom(
    hode: dict[str, Any], resultater: Iterable[str], problemer: Iterable[Problem], steder: Posisjoner
) -> Iterator[str]:
    """The report in pieces of text.

    `hode`: everything before `resultater`. `resultater`: pieces from `resultattekst`, in order.
    """
    head = json.dumps(hode, ensure_ascii=False, indent=1)
    yield head[: head.rindex("\n}")] + ',\n "resultater": ['
    yield from _liste(resultater)
    yield '\n ],\n "problemer": ['
    yield from _liste(_dump(kontrakt.problem(p, steder)) for p in problemer)
    yield "\n ]\n}\n"


def _liste(pieces: Iterable[str]) -> Iterator[str]:
    first = True
    for piece in pieces:
        yield ("\n  " if first else _JOIN) + piece
        first = False
