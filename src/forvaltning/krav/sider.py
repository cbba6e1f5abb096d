"""The requirement pages: Markdown beside each rule, with fixed headings."""

from __future__ import annotations

from importlib import resources

from forvaltning.krav.typer import Krav

OVERSKRIFTER = (
    "Hva kravet ber om",
    "Hvorfor",
    "Slik avgjøres det",
    "Eksempel på brudd",
    "Eksempel på oppfylt",
    "Hva som teller som bevis",
)
"""The headings of every page, in this order."""


def sidetekst(krav: Krav) -> str:
    """The page as Markdown text."""
    package, _, module = krav.modul.rpartition(".")
    return resources.files(package).joinpath(f"{module}.md").read_text(encoding="utf-8")


def side(krav: Krav) -> dict[str, str]:
    """The page by heading; what stands before the first one is under the empty text."""
    out: dict[str, str] = {"": ""}
    heading = ""
    fenced = False
    for line in sidetekst(krav).splitlines(keepends=True):
        if line.startswith("```"):
            fenced = not fenced
        if line.startswith("## ") and not fenced:
            heading = line[3:].strip()
            out[heading] = ""
            continue
        out[heading] += line
    return out
