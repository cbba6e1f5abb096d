"""Azure Pipelines: logging commands, and the result of the task at the end.

The agent obeys a command wherever it stands on a line, so registry text never holds one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from forvaltning.render.formater.grunnlag import Grunnlag
from forvaltning.render.formater.punkter import Niva, Punkt, blokkerer, punkter, rettede
from forvaltning.source.trygg import bryt

_TYPER = {Niva.FEIL: "error", Niva.ADVARSEL: "warning"}
_ORD = {Niva.FEIL: "feil", Niva.ADVARSEL: "advarsel"}
_FLERE = {Niva.FEIL: "feil", Niva.ADVARSEL: "advarsler"}
PER_TYPE = 10
"""Issues of each type that the agent keeps from one task."""
LINJER = 500
"""Lines in the log for each type beyond those; the rest is counted."""


def azure(g: Grunnlag) -> Iterator[str]:
    """One issue a line, most important first; then the rest as plain lines, and how many are left out.

    Azure has no notices, so what was there before is only counted.
    """
    alle = punkter(g)
    found = {niva: [p for p in alle if p.niva is niva] for niva in _TYPER}
    for items in found.values():
        for p in items[:PER_TYPE]:
            yield _sak(p)
    for niva, items in found.items():
        yield from _resten(niva, items)
    notes = sum(p.niva is Niva.NOTIS for p in alle)
    if notes:
        yield f"forvaltning: {notes} merknader om det som var der fra før, eller som snart går ut, er ikke vist her.\n"
    if mended := len(rettede(g)):
        yield f"forvaltning: Bra! {mended} brudd og problemer er rettet.\n"
    if g.uavgjort and g.ingenting_avgjort:
        yield kommando("task.logissue", {"type": "warning"}, g.uavgjort)
    elif g.uavgjort:
        yield f"forvaltning: {g.uavgjort}\n"
    yield _slutt(g, alle)


def _slutt(g: Grunnlag, alle: Sequence[Punkt]) -> str:
    """The result of the task."""
    if blokkerer(g, alle):
        result, said = "Failed", "Registeret har brudd som stopper endringen."
    elif g.ingenting_avgjort:
        result, said = "SucceededWithIssues", "Ingen brudd er sett, men ingenting kunne avgjøres."
    elif any(p.niva in _TYPER for p in alle):
        result, said = "SucceededWithIssues", "Ingen brudd, men noe å se på."
    else:
        result, said = "Succeeded", "Ingen brudd."
    return kommando("task.complete", {"result": result}, said)


def _sak(p: Punkt) -> str:
    props = {
        "type": _TYPER[p.niva],
        "sourcepath": p.sti,
        "linenumber": str(p.linje),
        "columnnumber": str(p.kolonne),
        "code": p.regel,
    }
    return kommando("task.logissue", props, f"{p.overskrift}: {p.hvor}: {p.tekst()}")


def _resten(niva: Niva, items: Sequence[Punkt]) -> Iterator[str]:
    rest = items[PER_TYPE:]
    if not rest:
        return
    yield f"forvaltning: Azure viser {PER_TYPE} av {len(items)} {_FLERE[niva]} for seg. Her er de neste:\n"
    for p in rest[:LINJER]:
        where = f"{p.sti}:{p.linje}:{p.kolonne}"
        yield bryt(f"forvaltning: {_ORD[niva]}: {where}: {p.overskrift}: {p.tekst()}") + "\n"
    left = len(rest) - LINJER
    if left > 0:
        yield f"forvaltning: Det er {left} {_FLERE[niva]} til. Hele listen får du med «forvaltning check».\n"


def kommando(navn: str, egenskaper: dict[str, str], tekst: str) -> str:
    """One logging command, escaped as Azure's own library does."""
    props = "".join(f"{k}={egenskap(bryt(v))};" for k, v in egenskaper.items() if v)
    return f"##vso[{navn} {props}]{data(bryt(tekst))}\n"


def data(tekst: str) -> str:
    """Escaped as the message of a command."""
    return tekst.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")


def egenskap(tekst: str) -> str:
    """Escaped as a property of a command."""
    return data(tekst).replace("]", "%5D").replace(";", "%3B")
