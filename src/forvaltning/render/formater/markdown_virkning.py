"""Markdown: what a change does. Records by field, requirements that come out otherwise, approvals to look at again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forvaltning.render.formater.grunnlag import Grunnlag
from forvaltning.source.markdown_tegn import kode, tekst

Seksjon = tuple[str, str, list[tuple[str, str]]]
"""Heading, lead, and the points, each with the heading above it (none here)."""
_SLAG = {
    "ny": "ny",
    "endret": "endret",
    "omdopt": "har fått ny id",
    "avsluttet": "avsluttet",
    "slettet": "slettet",
    "uleselig": "kan ikke leses lenger",
    "lesbar": "kan leses igjen",
}
_UTFALL = {
    None: "finnes ikke",
    "brudd": "brudd",
    "ikke_avgjort": "ikke avgjort",
    "avvik": "avvik",
    "snart": "går snart ut",
    "oppfylt": "oppfylt",
    "ikke_aktuelt": "ikke aktuelt",
}
FELTER = 8
"""More fields of one record than this are counted."""


def seksjoner(g: Grunnlag) -> Iterator[Seksjon]:
    """What the change touches; nothing without a comparison."""
    v = g.virkning
    if v is None:
        return
    yield "Dette gjør endringen", "", [(_post(p), "") for p in v["endringer"]]
    yield "Krav som får et annet utfall", "", [(_krav(g, k), "") for k in v["krav"]]
    lead = "Det de gjelder, er endret. Se om de fortsatt holder."
    yield "Godkjenninger som bør ses på nytt", lead, [(_foreldet(f), "") for f in v["foreldet"]]


def _post(p: dict[str, Any]) -> str:
    name = "" if p["navn"] == p["post"].partition("/")[2] else f" {tekst(p['navn'], 200)}"
    on = len(p["avhengige"])
    more = f" {on} {'annen post viser' if on == 1 else 'andre poster viser'} til den." if on else ""
    lines = [f"- {kode(p['post'])}{name}: {_SLAG[p['slag']]}.{more}"]
    lines += [f"  - {_felt(f)}" for f in p["felter"][:FELTER]]
    left = len(p["felter"]) - FELTER
    if left > 0:
        lines.append(f"  - og {left} felt til")
    return "\n".join(lines) + "\n"


def _felt(f: dict[str, Any]) -> str:
    return f"{tekst(f['tittel'], 200)}: {_verdi(f['gammel'], 'ikke satt')} → {_verdi(f['ny'], 'fjernet')}"


def _verdi(verdi: str | None, ingen: str) -> str:
    if verdi is None:
        return ingen
    return f"«{tekst(verdi, 200)}»" if verdi else "satt"


def _krav(g: Grunnlag, k: dict[str, Any]) -> str:
    mark = "✗ " if k["til"] == "brudd" else ""
    title = tekst(f"{k['krav']} {g.tittel(k['krav'])}", 200)
    return f"- {mark}**{title}** {kode(k['post'])}: {_UTFALL[k['fra']]} → {_UTFALL[k['til']]}\n"


def _foreldet(f: dict[str, Any]) -> str:
    return f"- {tekst(f['slag'], 60)} {kode(f['post'])}: {tekst(f['grunn'], 300)}\n"
