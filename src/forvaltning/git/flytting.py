"""Where a folder lay before a commit moved it."""

from __future__ import annotations

from forvaltning.git.arbeidstre import Arbeidstre, git
from forvaltning.git.historikk import OMDOPT, Steg


def flyttet_fra(tre: Arbeidstre, steg: Steg, mappe: str, fil: str) -> str | None:
    """The folder that `fil` of `mappe` was renamed from in a commit, None when it was not."""
    if not steg.innsjekking.foreldre:
        return None
    parent = steg.innsjekking.foreldre[0]
    out = git(tre, "diff-tree", "-r", *OMDOPT, "-z", "--name-status", parent, steg.innsjekking.oid, "--")
    parts = [p.decode("utf-8", "surrogateescape") for p in (out or b"").split(b"\0")]
    here = f"{mappe}/{fil}" if mappe else fil
    pos = 0
    while pos + 1 < len(parts):
        if parts[pos][:1] not in ("R", "C"):
            pos += 2
            continue
        old, new = parts[pos + 1 : pos + 3]
        if new == here and parts[pos][0] == "R" and f"/{old}".endswith(f"/{fil}"):
            return old[: -len(fil)].rstrip("/")
        pos += 3
    return None
