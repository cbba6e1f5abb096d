"""`forvaltning schema`: write the JSON Schemas that an editor completes and explains fields with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from forvaltning.cli import felles, utskrift
from forvaltning.cli.stopp import Stopp
from forvaltning.cli.valg import Registry

HJELP = """Skriv JSON-skjemaene for registerets egne kodelister, så editoren kan fullføre og forklare feltene.

Uten --output legges de i mappen schemas ved siden av registermappen."""
EKSEMPEL = ("forvaltning schema", "forvaltning schema --output skjemaer")


def kjor(
    registry: Registry = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", metavar="MAPPE", help="Mappen skjemaene skrives i; den lages om den mangler."
        ),
    ] = None,
) -> int:
    """Write the schemas; returns the exit code."""
    from forvaltning.schema.files import produce

    with felles.apne(registry, None) as okt:
        settings = okt.innstillinger
    folder = Path(output) if output else okt.rot.resolve().parent / "schemas"
    files = produce(settings)
    for name, text in sorted(files.items()):
        target = folder / name.removeprefix("schemas/")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            raise Stopp(
                f"Kan ikke lage mappen «{target.parent}».", "Velg en annen mappe med --output."
            ) from None
        utskrift.skriv_fil(target, [text])
    utskrift.skriv([f"Skrev {len(files)} skjemaer i {folder.as_posix()}.\n"])
    return 0
