"""Which commit is checked out, read from Git's own files: an unchanged check starts no process for it."""

from __future__ import annotations

import re
from pathlib import Path

from forvaltning.git.arbeidstre import Arbeidstre
from forvaltning.git.objekter import losne

_OID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_HOPP = 5
"""A ref may name another one; Git follows five."""


def hode(tre: Arbeidstre) -> str | None:
    """The commit of HEAD; None before the first one, or when Git can not be understood."""
    return _fra_filer(tre) or losne(tre, "HEAD")


def er_grunn(tre: Arbeidstre) -> bool:
    """True when only a part of the history is here."""
    return (tre.gitmappe / "shallow").exists()


def _fra_filer(tre: Arbeidstre) -> str | None:
    """HEAD by the files alone; None where they do not tell (a new repository, another way to keep refs)."""
    folders = [egen_mappe(tre), tre.gitmappe]
    name = "HEAD"
    for _ in range(_HOPP):
        text = next((t for t in (_les(folder / name) for folder in folders) if t is not None), None)
        if text is None:
            return _pakket(tre.gitmappe, name)
        if not text.startswith("ref:"):
            return text if _OID.fullmatch(text) else None
        name = text[4:].strip()
        if not name.startswith("refs/") or ".." in name:
            return None
    return None


def egen_mappe(tre: Arbeidstre) -> Path:
    """Where this work tree keeps its own HEAD: beside the common folder for a linked one."""
    dot = tre.topp / ".git"
    text = _les(dot) if dot.is_file() else None
    return (tre.topp / text[7:].strip()).resolve() if text and text.startswith("gitdir:") else tre.gitmappe


def _pakket(gitmappe: Path, name: str) -> str | None:
    for line in (_les(gitmappe / "packed-refs") or "").splitlines():
        oid, _, ref = line.partition(" ")
        if ref == name:
            return oid if _OID.fullmatch(oid) else None
    return None


def _les(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError, ValueError):
        return None
