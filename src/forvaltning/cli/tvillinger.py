"""Files that share an id: a fault, and a registry in which what is read depends on more than the files that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forvaltning.cli.filokt import Filokt


def tvillinger(okt: Filokt) -> bool:
    """Whether two files of a session share an id, so that only one of them is read."""
    from forvaltning.model.viser import normaliser

    files = okt.filer.files
    return len({normaliser(f.stem) for f in files}) != len(files)
