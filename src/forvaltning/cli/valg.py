"""The options and arguments that more than one verb takes, each written once: name, what it wants, help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from forvaltning.cli import fullfor

Registry = Annotated[
    str | None,
    typer.Option(
        "--registry", metavar="MAPPE", help="Registermappen. Uten valget letes det herfra og oppover."
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATO",
        help="Sjekkdatoen, som 2026-11-16. Uten valget brukes dagens dato, eller eksempelregisterets egen.",
    ),
]
At = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="REVISJON",
        help="Registeret slik det var ved en revisjon i Git, vurdert på dagen den ble sjekket inn.",
    ),
]
Output = Annotated[
    str | None, typer.Option("--output", metavar="FIL", help="Skriv til en fil i stedet for til skjermen.")
]
NoColor = Annotated[bool, typer.Option("--no-color", help="Skriv uten farger.")]
Enhet = Annotated[
    list[str] | None,
    typer.Option(
        "--enhet",
        metavar="ENHET",
        autocompletion=fullfor.enheter,
        help="Bare denne enheten og dem under: id, navn eller tidligere navn.",
    ),
]
Krav = Annotated[
    list[str] | None,
    typer.Option(
        "--krav", metavar="NUMMER", autocompletion=fullfor.krav, help="Bare disse kravene, som 4.2."
    ),
]
Omrade = Annotated[
    list[str] | None,
    typer.Option(
        "--omrade", metavar="N", autocompletion=fullfor.omrader, help="Bare disse fagområdene, 1 til 9."
    ),
]
ROLLE: Any = typer.Option(
    "--rolle",
    metavar="ROLLE",
    autocompletion=fullfor.roller,
    help="Bare det denne rollen svarer for: rolletype, rolle-id eller forum.",
)
Rolle = Annotated[str | None, ROLLE]
Roller = Annotated[list[str] | None, ROLLE]
PostValg = Annotated[
    list[str] | None,
    typer.Option(
        "--post",
        metavar="POST",
        autocompletion=fullfor.poster,
        help="Bare disse postene: id, slag/id eller sti.",
    ),
]
EnPost = Annotated[
    str,
    typer.Argument(
        metavar="ID", autocompletion=fullfor.poster, help="Postens id, slag/id eller sti.", show_default=False
    ),
]
_HVA = {"text": "Tekst", "json": "JSON", "csv": "CSV for regneark", "markdown": "Markdown"}
"""Formats that are told by what they are, where a verb has no others."""


def format_valg(formater: Sequence[str], hjelp: str = "") -> Any:
    """The option `--format`, the first of the formats being what comes without it. `hjelp`: what they are, if need be."""
    if not hjelp and set(formater) <= _HVA.keys():
        *words, last = (_HVA[f] for f in formater)
        hjelp = f"{', '.join(words)} eller {last}"
    said = f"{hjelp or 'Formatet'}. Uten valget: {formater[0]}."
    if "xlsx" in formater:
        said += " xlsx må ha --output."
    return typer.Option("--format", metavar="|".join(formater), show_default=False, help=said)


TEKST_JSON = ("text", "json")
TekstEllerJson = Annotated[str, format_valg(TEKST_JSON, "Tekst for mennesker eller JSON for programmer")]
