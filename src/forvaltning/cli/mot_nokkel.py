"""What a comparison with a base rests on, as text: as long as it is the same, so is the comparison."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from forvaltning.git.hode import er_grunn
from forvaltning.source.entries import FileEntry
from forvaltning.source.innholdsid import innholds_id
from forvaltning.source.kilde import MAPPE, Revisjon

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.git.base import Base


def nokkel(okt: Okt, base: Base) -> str | None:
    """What a kept comparison is good for: both states, and the date. None when nothing can be kept."""
    if okt.lager is None or okt.arbeidstre is None:
        return None
    try:
        _ = okt.bilde  # settings from the cache, where they are as they were: the date may come from them
        generation = okt.generasjon
    except (sqlite3.Error, ValueError, TypeError, KeyError, IndexError):
        return None
    # The commit, not its files: the same files may have come about in other ways, and ids have been used before them.
    line = f"{base.commit}{' grunn' if er_grunn(okt.arbeidstre) else ''}"
    lost = " ".join(f"{path}={oid}" for path, oid in sorted(uleste_id(okt).items()))
    return f"{line} {okt.dato} {generation} {lost!a}" if generation else None


def uleste_id(okt: Okt) -> dict[str, str]:
    """What Git would call the content of records that lie there but are not read; empty where nobody can tell."""
    if isinstance(okt.kilde, Revisjon):
        return {path: okt.kilde.egen_id(path) for _, _, path in okt.filer.tapt}
    out: dict[str, str] = {}
    for _, _, path in okt.filer.tapt:
        if "/" in path and okt.rot.joinpath(path).is_dir() and not okt.rot.joinpath(path).is_symlink():
            out[path] = MAPPE
            continue
        data = okt.kilde.begynnelse(FileEntry(path, "", "", str(okt.rot / path), 0, 0, 0))
        if data is None:
            # A link that is not followed is what it says, not what lies where it leads.
            with suppress(OSError):
                data = os.fsencode((okt.rot / path).readlink())
        out[path] = innholds_id(data) if data is not None else ""
    return out
