"""GitLab: a Code Quality report.

GitLab itself compares with the report of the target branch, so what was there before stays in the report,
as `info`: left out, it would be shown as mended. What a deviation covers is left out on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import fingerprint
from forvaltning.render.formater.grunnlag import Grunnlag
from forvaltning.render.formater.punkter import Niva, Punkt, punkter
from forvaltning.source.trygg import json_tekst

MAKS = 5000
"""Most points in the report: GitLab's page for a change gives up on reports of tens of megabytes."""
UTELATT = "forvaltning.utelatt"
_ARTER = {"feil": "critical", "utlopt": "major", "mangler": "major"}


def gitlab(g: Grunnlag) -> Iterator[str]:
    """A JSON array, one object a line: the most important, and one more that says how many there was no room for."""
    seen: dict[str, int] = {}
    yield "["
    first = True
    told = [p for p in punkter(g) if p.niva is not Niva.DEKKET]
    for p in told[:MAKS]:
        n = seen[p.fingeravtrykk] = seen.get(p.fingeravtrykk, 0) + 1
        unique = p.fingeravtrykk if n == 1 else fingerprint(p.fingeravtrykk, str(n))
        yield ("\n" if first else ",\n") + json_tekst(_objekt(p, unique))
        first = False
    if len(told) > MAKS:
        yield ",\n" + json_tekst(_utelatt(g, told[MAKS:]))
    yield "\n]\n"


def _objekt(p: Punkt, fingeravtrykk: str) -> dict[str, object]:
    return {
        "description": f"{p.overskrift}: {p.hvor}: {p.tekst()}",
        "check_name": p.regel,
        "fingerprint": fingeravtrykk,
        "severity": alvor(p),
        "location": {"path": p.sti, "lines": {"begin": p.linje}},
    }


def _utelatt(g: Grunnlag, resten: list[Punkt]) -> dict[str, object]:
    """What stands for the points left out, as grave as the gravest of them."""
    text = f"Det er ikke plass til {len(resten)} til. Hele listen får du med «forvaltning check»."
    return {
        "description": text,
        "check_name": UTELATT,
        "fingerprint": fingerprint(UTELATT),
        "severity": alvor(resten[0]),
        "location": {"path": g.sti(""), "lines": {"begin": 1}},
    }


def alvor(p: Punkt) -> str:
    """What GitLab calls it: blocker, critical, major, minor or info."""
    if p.niva is Niva.FEIL:
        return "blocker" if p.slag == "problem" else _ARTER.get(p.art, "major")
    return "minor" if p.niva is Niva.ADVARSEL and p.slag != "frist" else "info"
