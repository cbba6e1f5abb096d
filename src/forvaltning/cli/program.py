"""This program as it stands: what the cache and the reports are good for."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from forvaltning import __version__


@cache
def signatur() -> str:
    """What the cache is good for: this program's files as they stand, and this Python."""
    package = Path(__file__).resolve().parent.parent
    parts = [__version__, sys.version, str(package), *sorted(_filer(str(package)))]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _filer(mappe: str) -> Iterator[str]:
    """Every module and table below a folder, with when it was last written and how large it is."""
    with os.scandir(mappe) as entries:
        for e in entries:
            if e.name.endswith((".py", ".yaml")):
                st = e.stat()
                yield f"{e.path}:{st.st_mtime_ns}:{st.st_size}"
            elif "." not in e.name and e.name != "__pycache__" and e.is_dir():
                yield from _filer(e.path)


@cache
def regelsett() -> str:
    """A hash of the rules in force: 16 hex digits over the requirement modules and the engine."""
    digest = hashlib.sha256(__version__.encode())
    package = Path(__file__).resolve().parent.parent
    for room in ("krav", "engine", "model"):
        for path in sorted((package / room).rglob("*.py")):
            digest.update(path.relative_to(package).as_posix().encode())
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]
