"""The files that commits have deleted below a folder: what an id may have named before."""

from __future__ import annotations

import subprocess
from typing import NamedTuple

from forvaltning.git.arbeidstre import Arbeidstre, rent_miljo
from forvaltning.git.objekter import GitFeil
from forvaltning.git.tid import sekunder


class Slettet(NamedTuple):
    """One deletion: the path below the folder, the blob it held, the commit that took it away, and when."""

    sti: str
    oid: str
    commit: str
    tid: int


def slettede(tre: Arbeidstre, mappe: str, revisjon: str, etter: str | None = None) -> list[Slettet]:
    """The deletions on the first-parent line of a revision, newest first. A rename counts as one.

    `mappe`: relative to the top with ``/``, empty for all. `etter`: leave out this commit and what came before
    it. Raises `GitFeil`.
    """
    argv = [
        *("git", "log", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--diff-filter=D"),
        *("--raw", "-z", "--no-abbrev", "--no-color", "--no-show-signature", "--no-ext-diff"),
        "--format=format:%x00%H %ct",
        f"{etter}..{revisjon}" if etter else revisjon,
        *("--", f":(top,literal){mappe}" if mappe else ":(top)"),
    ]
    try:
        done = subprocess.run(  # noqa: S603 - fixed command, no shell
            argv, cwd=tre.topp, env=rent_miljo(), capture_output=True, check=False
        )
    except OSError as error:
        raise GitFeil("log") from error
    if done.returncode != 0:
        raise GitFeil("log --diff-filter=D")
    return _les(done.stdout, f"{mappe}/" if mappe else "")


def _les(out: bytes, prefix: str) -> list[Slettet]:
    found: list[Slettet] = []
    commit, when = "", 0
    parts = iter(out.split(b"\0"))
    for raw in parts:
        part = raw.strip(b"\n")
        if part and not part.startswith(b":"):
            head, _, part = part.partition(b"\n")
            name, _, seconds = head.decode("ascii").partition(" ")
            commit, when = name, sekunder(seconds)
        if part:
            oid = part.split()[2].decode("ascii")
            path = next(parts, b"").decode("utf-8", "surrogateescape")
            found.append(Slettet(path.removeprefix(prefix), oid, commit, when))
    return found
