"""`forvaltning explain NUMMER`: one requirement's page, with its metadata on top."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from forvaltning.cli import felles, fullfor, utskrift
from forvaltning.cli.valg import NoColor, Output, format_valg

if TYPE_CHECKING:
    from forvaltning.krav.typer import Krav
    from forvaltning.render.tekst_stil import Stil

HJELP = (
    """Forklar ett krav: hva det ber om, hvorfor, hvordan det avgjøres, og eksempler på brudd og oppfylt."""
)
EKSEMPEL = ("forvaltning explain 4.2", "forvaltning explain 4.2 --format markdown --output ros.md")

FORMATER = ("text", "markdown")


def kjor(
    nummer: Annotated[
        str,
        typer.Argument(
            metavar="NUMMER", autocompletion=fullfor.krav, help="Kravets nummer, som 4.2.", show_default=False
        ),
    ],
    format_: Annotated[str, format_valg(FORMATER, "Tekst for skjermen eller Markdown")] = "text",
    output: Output = None,
    no_color: NoColor = False,
) -> int:
    """Print the page; returns the exit code."""
    felles.krev_format(FORMATER, format_)
    from forvaltning.cli import velg
    from forvaltning.krav.katalog import ETTER_NUMMER
    from forvaltning.render.krav_side import markdown
    from forvaltning.render.tekst_stil import Stil

    krav = ETTER_NUMMER[velg.krav([nummer.strip()])[0]]
    if format_ == "markdown":
        pieces = iter([markdown(krav)])
    else:
        stil = Stil(not output and utskrift.i_farger(sys.stdout, av=no_color), utskrift.bredde())
        pieces = _tekst(krav, stil)
    felles.lever(pieces, output)
    return 0


def _tekst(krav: Krav, stil: Stil) -> Iterator[str]:
    from forvaltning.render.krav_side import kildefil, metadata
    from forvaltning.render.tekst_markdown import vis
    from forvaltning.render.tekst_stil import avsnitt

    page = kildefil(krav)
    text = page.read_text(encoding="utf-8") if page is not None else ""
    title, _, body = (
        text or f"# {krav.nummer} {krav.tittel}\n\nSiden om dette kravet er ikke skrevet.\n"
    ).partition("\n")
    yield from vis(title, stil)
    for head, value in metadata(krav):
        yield from avsnitt(value, stil, 0, stil(f"{head:15}", "svak"))
    yield from vis(body.rstrip(), stil)
