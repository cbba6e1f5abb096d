"""`check --against`: of a comparison, what the reader asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forvaltning.cli.mot import Mot
    from forvaltning.cli.utvalg import Utvalg


def snevre(mot: Mot, utvalg: Utvalg, enheter: Mapping[str, str | None]) -> None:
    """Keep of a comparison what was asked for. `enheter`: record → unit, for records with verdicts."""
    if utvalg.alt:
        return
    c = mot.sammenligning
    for findings in (c.nye, c.gamle, c.rettet):
        findings[:] = [pair for pair in findings if utvalg.tar_med(pair[0])]
    for problems in (c.nye_problemer, c.gamle_problemer, c.rettede_problemer):
        problems[:] = [
            p
            for p in problems
            if utvalg.tar_med_problem(p, enheter.get(p.post or ""), (p.post or "") in enheter)
        ]
