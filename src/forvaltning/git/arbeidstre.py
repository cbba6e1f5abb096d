"""What Git says of the work tree that a registry lies in: its folder, commit, edits and depth."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

TIMEOUT = 30
"""Seconds before a Git call is given up: a check never hangs on Git."""


@dataclass(frozen=True, slots=True)
class Arbeidstre:
    """`topp`: the work tree; `gitmappe`: where Git keeps its data (the common folder of all work trees)."""

    topp: Path
    gitmappe: Path


@dataclass(frozen=True, slots=True)
class Tilstand:
    """`commit` is None before the first one; `endret` when files of the registry differ from it."""

    commit: str | None
    endret: bool
    historie: str
    """``full``, ``grunn`` (shallow) or ``ingen``."""


UTEN_GIT = Tilstand(None, False, "ingen")


def finn_arbeidstre(start: Path) -> Arbeidstre | None:
    """The work tree around a folder, found by reading folders upward; None outside Git."""
    for folder in (start, *start.parents):
        dot = folder / ".git"
        if dot.is_file():
            return _lenket(folder, dot)
        if _er_gitmappe(dot):
            return Arbeidstre(folder, dot)
    return None


def _er_gitmappe(mappe: Path) -> bool:
    """Whether Git would take a folder for its own: one that is not, it passes by and looks further up."""
    return os.path.lexists(mappe / "HEAD") and all((mappe / name).is_dir() for name in ("objects", "refs"))


def _lenket(folder: Path, dot: Path) -> Arbeidstre | None:
    """A linked work tree or submodule: `.git` is a file that names the folder."""
    try:
        head, _, target = dot.read_text(encoding="utf-8").partition(":")
        if head.strip() != "gitdir":
            return None
        gitdir = (folder / target.strip()).resolve()
        common = gitdir / "commondir"
        if common.is_file():
            gitdir = (gitdir / common.read_text(encoding="utf-8").strip()).resolve()
    except (OSError, UnicodeDecodeError):
        return None
    return Arbeidstre(folder, gitdir) if gitdir.is_dir() else None


def rent_miljo() -> dict[str, str]:
    """The environment without any `GIT_*` variable: a hook's must not lead us astray."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    env["LC_ALL"] = "C"
    env["GIT_OPTIONAL_LOCKS"] = "0"
    env["GIT_TERMINAL_PROMPT"] = "0"
    # What was committed, not what somebody has put in its place on this machine.
    env["GIT_NO_REPLACE_OBJECTS"] = "1"
    env["GIT_GRAFT_FILE"] = os.devnull
    return env


def git(tre: Arbeidstre, *args: str) -> bytes | None:
    """The output of one Git command in a work tree, None when Git is missing or fails."""
    try:
        # Plain plumbing: importing GitPython costs 67 ms, more than the whole warm check.
        done = subprocess.run(  # noqa: S603 - fixed command, no shell
            ["git", *args],  # noqa: S607 - the user's own Git
            cwd=tre.topp,
            env=rent_miljo(),
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError):  # ValueError: a NUL in a name from outside
        return None
    return done.stdout if done.returncode == 0 else None


def tilstand(tre: Arbeidstre | None, registry: Path) -> Tilstand:
    """Commit, edits and depth of the work tree; `UTEN_GIT` when there is none or Git does not answer."""
    if tre is None:
        return UTEN_GIT
    status = git(
        tre, "status", "--porcelain=v2", "--branch", "-z", "--untracked-files=normal", "--", str(registry)
    )
    if status is None:
        return UTEN_GIT
    commit: str | None = None
    edited = False
    for part in status.split(b"\0"):
        if part.startswith(b"# branch.oid "):
            oid = part[13:].decode("ascii", "replace")
            commit = None if oid == "(initial)" else oid
        elif part and not part.startswith(b"# "):
            edited = True
    if commit is None:
        return Tilstand(None, edited, "ingen")
    shallow = (tre.gitmappe / "shallow").exists()
    return Tilstand(commit, edited, "grunn" if shallow else "full")
