"""A work tree that holds a part of the registry is no registry to judge: what was left out is not deleted."""

from __future__ import annotations

from pathlib import Path

from forvaltning.cli.stopp import Stopp
from forvaltning.git.arbeidstre import Arbeidstre
from forvaltning.git.objekter import GitFeil, prefiks
from forvaltning.git.uthenting import ikke_hentet_ut
from forvaltning.source.text import quoted


def krev_hentet_ut(tre: Arbeidstre, rot: Path) -> None:
    """See that the whole registry is in the work tree. Raises `Stopp`."""
    try:
        left_out = ikke_hentet_ut(tre, prefiks(tre, rot))
    except GitFeil:
        raise Stopp(
            "Arbeidsmappen kan være delvis (sparse checkout), og Git svarer ikke på hva som mangler.",
            "Se etter at «git status» virker her.",
        ) from None
    if not left_out:
        return
    many = f"{len(left_out)} filer i registeret" if len(left_out) > 1 else "En fil i registeret"
    raise Stopp(
        f"{many} er ikke hentet ut, {quoted(left_out[0], 120)} for eksempel. Arbeidsmappen er delvis (sparse checkout).",
        "Hent ut hele registeret med «git sparse-checkout add», eller alt med «git sparse-checkout disable».",
    )
