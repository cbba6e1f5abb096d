"""The report as JSON, contract version 1, streamed: memory does not grow with its size."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from forvaltning.findings import Problem, Summary, Verdict
from forvaltning.render import kontrakt
from forvaltning.render.kontrakt import Posisjoner


def sammendrag(s: Summary, problemer: Iterable[Problem]) -> dict[str, Any]:
    """The counts, in the form of the contract."""
    alvor = {"feil": 0, "merknad": 0}
    for p in problemer:
        alvor[p.alvor.value] += 1
    return {
        "utfall": dict(sorted(s.utfall.items())),
        "funn": dict(sorted(s.arter.items())),
        "omrader": {k: dict(sorted(v.items())) for k, v in sorted(s.omrade.items())},
        "enheter": {k: dict(sorted(v.items())) for k, v in sorted(s.enhet.items())},
        "problemer": alvor,
    }


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def strom(
    hode: dict[str, Any],
    dommer: Iterable[Verdict],
    problemer: Iterable[Problem],
    steder: Posisjoner,
    ferdig: Callable[[str], None] | None = None,
) -> Iterator[str]:
    """The report in pieces of text, one verdict a line.

    `hode`: everything before `resultater`. `ferdig` is told the file of each record that is done, so that
    what was held to find positions can be let go.
    """
    head = json.dumps(hode, ensure_ascii=False, indent=1)
    yield head[: head.rindex("\n}")] + ',\n "resultater": ['
    first = True
    last = ""
    for v in dommer:
        if ferdig is not None and last and v.post != last:
            ferdig(f"{last}.yaml")
        last = v.post
        yield ("\n  " if first else ",\n  ") + _dump(kontrakt.resultat(v, steder))
        first = False
    yield '\n ],\n "problemer": ['
    first = True
    for p in problemer:
        yield ("\n  " if first else ",\n  ") + _dump(kontrakt.problem(p, steder))
        first = False
    yield "\n ]\n}\n"
