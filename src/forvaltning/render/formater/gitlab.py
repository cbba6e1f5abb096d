"""GitLab: a Code Quality report.

GitLab itself compares with the report of the target branch, so what was there before stays in the report,
as `info`: left out, it would be shown as mended. What a deviation covers is left out on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import fingerprint
from forvaltning.render.formater.grunnlag import Grunnlag
from forvaltning.render.formater.punkter import Niva, Punkt, punkter
from forvaltning.render.formater.trygg import json_tekst

_ARTER = {"feil": "critical", "utlopt": "major", "mangler": "major"}


def gitlab(g: Grunnlag) -> Iterator[str]:
    """A JSON array, one object a line."""
    seen: dict[str, int] = {}
    yield "["
    first = True
    for p in punkter(g):
        if p.niva is Niva.DEKKET:
            continue
        n = seen[p.fingeravtrykk] = seen.get(p.fingeravtrykk, 0) + 1
        unique = p.fingeravtrykk if n == 1 else fingerprint(p.fingeravtrykk, str(n))
        yield ("\n" if first else ",\n") + json_tekst(_objekt(p, unique))
        first = False
    yield "\n]\n"


def _objekt(p: Punkt, fingeravtrykk: str) -> dict[str, object]:
    return {
        "description": f"{p.overskrift}: {p.hvor}: {p.tekst()}",
        "check_name": p.regel,
        "fingerprint": fingeravtrykk,
        "severity": alvor(p),
        "location": {"path": p.sti, "lines": {"begin": p.linje}},
    }


def alvor(p: Punkt) -> str:
    """What GitLab calls it: blocker, critical, major, minor or info."""
    if p.niva is Niva.FEIL:
        return "blocker" if p.slag == "problem" else _ARTER.get(p.art, "major")
    return "minor" if p.niva is Niva.ADVARSEL and p.slag != "frist" else "info"
