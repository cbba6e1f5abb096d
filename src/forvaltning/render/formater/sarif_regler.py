"""SARIF: the rules. All 39 requirements with their pages as help, and the named rules that were met."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from forvaltning.render.formater.grunnlag import Grunnlag
from forvaltning.render.formater.punkter import Punkt

_TEGN = re.compile(r"[`*]|(?<=\])\([^)]*\)")


def regler(g: Grunnlag, alle: Iterable[Punkt]) -> list[dict[str, Any]]:
    """`reportingDescriptor` for each requirement in number order, then for each problem rule by name."""
    from forvaltning.krav.katalog import ALLE  # noqa: PLC0415 - the requirements cost 300 ms that only SARIF needs

    out = [_krav(k) for k in ALLE]
    met: dict[str, bool] = {}
    for p in alle:
        if p.slag == "problem":
            met[p.regel] = met.get(p.regel, False) or p.niva == 0
    return out + [_problem(g, name, counts=counts) for name, counts in sorted(met.items())]


def _krav(krav: Any) -> dict[str, Any]:
    from forvaltning.krav.katalog import OMRADER  # noqa: PLC0415 - as above
    from forvaltning.krav.sider import side, sidetekst  # noqa: PLC0415 - as above

    try:
        page = sidetekst(krav)
        asks = _ren_tekst(side(krav).get("Hva kravet ber om", ""))
    except (FileNotFoundError, ModuleNotFoundError):
        page, asks = "", ""
    text = page or f"# {krav.nummer} {krav.tittel}\n"
    return {
        "id": krav.nummer,
        "name": krav.tittel,
        "shortDescription": {"text": f"{krav.nummer} {krav.tittel}"},
        "fullDescription": {"text": asks or krav.tittel},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "omrade": krav.omrade,
            "omradetittel": OMRADER[krav.omrade],
            "ansvarlig": [a.navn for a in krav.ansvarlig],
            "lov": krav.lov,
            "problem.severity": "error",
            "tags": [
                f"omrade-{krav.omrade}",
                *(["lov"] if krav.lov else []),
                *(s.value for s in krav.avgjores),
            ],
        },
    }


def _problem(g: Grunnlag, navn: str, *, counts: bool) -> dict[str, Any]:
    title = g.tittel(navn)
    return {
        "id": navn,
        "name": title,
        "shortDescription": {"text": title},
        "fullDescription": {"text": f"{title} (regelen {navn})."},
        "help": {"text": f"{title}. Meldingen sier hva som er galt, og hvordan det rettes."},
        "defaultConfiguration": {"level": "error" if counts else "note"},
        "properties": {
            "problem.severity": "error" if counts else "recommendation",
            "tags": [navn.partition(".")[0]],
        },
    }


def _ren_tekst(markdown: str) -> str:
    return " ".join(_TEGN.sub("", markdown).replace("[", "").replace("]", "").split())
