"""The files of a registry that are no records: read for what must never stand there, and remembered.

A file whose signature is as it was is not read again. What is found stands among the scan's own problems, so that
everything built on them sees it.
"""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from forvaltning.git.ignorert import ignorerte
from forvaltning.git.objekter import prefiks

if TYPE_CHECKING:
    from forvaltning.cli.filokt import Filokt
    from forvaltning.source.andre import Innhold
    from forvaltning.source.entries import FileEntry

META = "andre"
"""Where the cache keeps what was found, by path, with each file's signature."""
RACY_NS = 2_000_000_000
"""A file changed this close before it was read may have changed again within the clock's resolution."""


def les_andre(okt: Filokt) -> None:
    """Add what is wrong with the other files to the problems of the session's scan; once for each scan."""
    found = okt.filer
    if not found.andre:
        return
    from forvaltning.source.andre import problemer

    listed = okt.kilde.andre(found, lambda paths: _ignorert(okt, paths))
    found.andre.clear()
    if not listed.filer:
        return
    kept = _husket(okt)
    rows: dict[str, list[Any]] = {}
    content: dict[str, Innhold] = {}
    for entry in listed.filer:
        row, content[entry.path] = _en(okt, entry, kept.get(entry.path))
        rows[entry.path] = row
    found.problems += problemer(content, listed.flere)
    found.problems.sort(key=lambda p: (p.fil, p.regel))
    if okt.lager is not None and rows != kept:
        with suppress(sqlite3.Error), okt.lager.endring():
            okt.lager.sett_meta(META, json.dumps(rows, separators=(",", ":")))


def _ignorert(okt: Filokt, paths: list[str]) -> set[str]:
    if okt.arbeidstre is None or okt.ved is not None:
        return set()
    prefix = prefiks(okt.arbeidstre, okt.rot)
    before = f"{prefix}/" if prefix else ""
    return {p.removeprefix(before) for p in ignorerte(okt.arbeidstre, [before + p for p in paths])}


def _husket(okt: Filokt) -> dict[str, list[Any]]:
    if okt.lager is None:
        return {}
    with suppress(sqlite3.Error, ValueError):
        rows = json.loads(okt.lager.meta(META) or "{}")
        return rows if isinstance(rows, dict) else {}
    return {}


def _en(okt: Filokt, entry: FileEntry, kept: list[Any] | None) -> tuple[list[Any], Innhold]:
    """One file: its row for the cache, and what was found in it."""
    from forvaltning.source.andre import Innhold, les_innhold
    from forvaltning.source.fakta import problem_fra_liste, problem_til_liste

    facts = [entry.mtime_ns, entry.size, entry.inode]
    if kept is not None and kept[:3] == facts and entry.mtime_ns and kept[3] - entry.mtime_ns > RACY_NS:
        with suppress(ValueError, TypeError, IndexError):
            return kept, Innhold(tuple(problem_fra_liste(p) for p in kept[4]), str(kept[5]))
    now = time.time_ns()
    found = les_innhold(okt.kilde.begynnelse(entry), entry.path, entry.size)
    return [*facts, now, [problem_til_liste(p) for p in found.problemer], found.ulest], found
