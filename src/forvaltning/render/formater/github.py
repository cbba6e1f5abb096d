"""GitHub: workflow commands that become annotations, capped as GitHub caps them.

Escaped as GitHub's toolkit does. A step keeps ten annotations of each level; the rest belongs in the job
summary (`markdown.jobbsammendrag`).
"""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.render.formater.grunnlag import Grunnlag
from forvaltning.render.formater.punkter import Niva, Punkt, punkter, rettede
from forvaltning.source.trygg import bryt, ren

PER_NIVA = 10
"""Annotations of each level that GitHub keeps from one step; three levels stay below its 50 for a run."""
KOMMANDOER = {Niva.FEIL: "error", Niva.ADVARSEL: "warning", Niva.NOTIS: "notice"}
_ORD = {Niva.FEIL: "feil", Niva.ADVARSEL: "advarsler", Niva.NOTIS: "merknader"}
_TITTEL = 200


def github(g: Grunnlag) -> Iterator[str]:
    """One command a line, most important first, then a line on what the annotations leave out."""
    alle = punkter(g)
    rest = []
    for niva, kommando in KOMMANDOER.items():
        found = [p for p in alle if p.niva is niva]
        for p in found[:PER_NIVA]:
            yield _linje(kommando, p)
        if len(found) > PER_NIVA:
            rest.append(f"{PER_NIVA} av {len(found)} {_ORD[niva]}")
    if mended := len(rettede(g)):
        yield f"forvaltning: Bra! {mended} brudd og problemer er rettet.\n"
    if g.uavgjort and g.ingenting_avgjort:
        yield f"::warning title=Ingenting kunne avgjøres::{data(g.uavgjort)}\n"
    elif g.uavgjort:
        yield f"forvaltning: {g.uavgjort}\n"
    if rest:
        yield f"forvaltning: GitHub viser {', '.join(rest)}. Resten står i jobbsammendraget.\n"


def _linje(kommando: str, p: Punkt) -> str:
    title = ren(f"{p.overskrift}: {p.hvor}", _TITTEL)
    props = {"title": title, "file": p.sti, "line": str(p.linje), "col": str(p.kolonne)}
    joined = ",".join(f"{k}={egenskap(bryt(v))}" for k, v in props.items())
    lines = [p.melding]
    if p.tiltak:
        lines.append(f"Slik rettes det: {p.tiltak}")
    if p.svarer:
        lines.append(f"Svarer: {p.svarer}")
    return f"::{kommando} {joined}::{data(bryt(chr(10).join(lines)))}\n"


def data(tekst: str) -> str:
    """Escaped as the value of a command."""
    return tekst.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def egenskap(tekst: str) -> str:
    """Escaped as a property of a command."""
    return data(tekst).replace(":", "%3A").replace(",", "%2C")
