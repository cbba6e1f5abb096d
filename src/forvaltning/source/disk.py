"""A registry in a folder on disk: how it is listed, and how one of its files is read without ever hanging."""

from __future__ import annotations

import os
import stat
from typing import Any

from forvaltning.findings import Problem
from forvaltning.source.entries import LENKE_UT, FileEntry, Mate, Scan, not_a_file, reason, unreadable
from forvaltning.source.limits import MAX_BYTES, too_large


def _list(path: str, fil: str, found: Scan) -> list[Any]:
    try:
        with os.scandir(path) as entries:
            return list(entries)
    except OSError as fault:
        melding = f"Mappen kan ikke leses ({reason(fault)})."
        found.add("fil.uleselig", fil or ".", melding, "Se etter at den finnes, og at du har lesetilgang.")
        if fil:
            found.tapt.append((fil, "", fil))
        return []


def _stays(path: str, top: str) -> bool:
    home = os.path.realpath(top)
    return os.path.realpath(path, strict=True).startswith(home.rstrip(os.sep) + os.sep)


_63_BITS = (1 << 63) - 1


def _disk_facts(entry: os.DirEntry[str]) -> tuple[int, int, int]:
    facts = entry.stat()
    # Size and time can be kept or put back (cp -p, rsync, tar); the time of change can not. 63 bits: what SQLite holds.
    return facts.st_size, facts.st_mtime_ns, (facts.st_ino ^ facts.st_ctime_ns) & _63_BITS


DISK = Mate(_list, _disk_facts, lambda entry, top: _stays(entry.path, top))


_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_FLAGS |= getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)


def read(entry: FileEntry) -> bytes | Problem:
    """Read one file that `scan` listed.

    In: its entry. Out: its bytes, or the problem: a link that now leads out, a file that is not a
    plain one, one above the size limit (known before reading), one that may not be read. Never blocks.
    """
    found = Scan()
    try:
        handle = _open(entry, found)
        if handle is None:
            return found.problems[0]
        try:
            facts = os.fstat(handle)
            if not stat.S_ISREG(facts.st_mode):
                not_a_file(entry.path, found)
            elif (large := too_large(facts.st_size)) is not None:
                found.add(large.regel, entry.path, large.melding, large.tiltak)
            else:
                # One byte more than allowed, so that a file that grows meanwhile is refused later.
                return os.read(handle, min(facts.st_size, MAX_BYTES) + 1)
        finally:
            os.close(handle)
    except OSError as fault:
        unreadable(entry.path, fault, found)
    return found.problems[0]


def _open(entry: FileEntry, found: Scan) -> int | None:
    path = entry.absolute
    if not _NOFOLLOW and os.path.islink(path):
        return _open_link(entry, found)
    try:
        return os.open(path, _FLAGS | _NOFOLLOW)
    except OSError:
        if os.path.islink(path):
            return _open_link(entry, found)
        raise


def _open_link(entry: FileEntry, found: Scan) -> int | None:
    top = entry.absolute[: -len(entry.path)]
    if not _stays(entry.absolute, top):
        tiltak = "Slett lenken, og legg selve filen her."
        found.add("fil.lenke", entry.path, LENKE_UT, tiltak)
        return None
    return os.open(os.path.realpath(entry.absolute, strict=True), _FLAGS | _NOFOLLOW)
