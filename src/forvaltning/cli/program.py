"""This program as it stands: what the cache and the reports are good for."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

from forvaltning import __version__


@cache
def signatur() -> str:
    """What the cache is good for: this program's files as they stand, and this Python."""
    package = Path(__file__).resolve().parent.parent
    parts = [__version__, sys.version, str(package)]
    for path in sorted(package.rglob("*.py")) + sorted(package.rglob("*.yaml")):
        st = path.stat()
        parts.append(f"{path}:{st.st_mtime_ns}:{st.st_size}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


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
