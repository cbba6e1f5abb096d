"""Azure Pipelines: logging commands, and the result of the task at the end.

The agent obeys a command wherever it stands on a line, so registry text never holds one.
"""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.render.formater.grunnlag import Grunnlag
from forvaltning.render.formater.punkter import Niva, blokkerer, punkter, rettede
from forvaltning.render.formater.trygg import bryt

_TYPER = {Niva.FEIL: "error", Niva.ADVARSEL: "warning"}


def azure(g: Grunnlag) -> Iterator[str]:
    """One issue a line. Azure has no notices, so what was there before is only counted."""
    alle = punkter(g)
    warned = False
    for p in alle:
        if p.niva not in _TYPER:
            continue
        warned = True
        yield kommando(
            "task.logissue",
            {
                "type": _TYPER[p.niva],
                "sourcepath": p.sti,
                "linenumber": str(p.linje),
                "columnnumber": str(p.kolonne),
                "code": p.regel,
            },
            f"{p.overskrift}: {p.hvor}: {p.tekst()}",
        )
    notes = sum(p.niva is Niva.NOTIS for p in alle)
    if notes:
        yield f"forvaltning: {notes} merknader om det som var der fra før, eller som snart går ut, er ikke vist her.\n"
    if mended := len(rettede(g)):
        yield f"forvaltning: Bra! {mended} brudd og problemer er rettet.\n"
    if blokkerer(g, alle):
        yield kommando("task.complete", {"result": "Failed"}, "Registeret har brudd som stopper endringen.")
    elif warned:
        yield kommando("task.complete", {"result": "SucceededWithIssues"}, "Ingen brudd, men noe å se på.")
    else:
        yield kommando("task.complete", {"result": "Succeeded"}, "Ingen brudd.")


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
