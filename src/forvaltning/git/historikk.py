"""History as plain values: one pass of `git log --raw` over the registry's folder.

The line of history is the first-parent line: a merge counts as one change, what the branch brought, on the date
it was merged (`--first-parent --diff-merges=first-parent`). A root commit adds everything it holds.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from forvaltning.git.arbeidstre import Arbeidstre, git, rent_miljo
from forvaltning.git.objekter import GitFeil
from forvaltning.git.tid import sekunder

FELT = ("%H", "%P", "%an", "%ae", "%at", "%cn", "%ct", "%s", "%b")
"""What is asked of each commit, in the order of `Innsjekking`."""
OMDOPT = ("-M", "-l1000")
"""Look for renames as Git does when nobody has set it up otherwise: what one's own settings say must not tell."""
START = b"\x01\x02commit\x02\x01"
"""Comes before each commit; no path and no hash can hold it, and the fields after it are counted, not searched."""


class Innsjekking(NamedTuple):
    """One commit. Times are seconds since 1970; names and texts are untrusted."""

    oid: str
    foreldre: tuple[str, ...]
    forfatter: str
    epost: str
    forfattet: int
    innsjekker: str
    tid: int
    """Committer time."""
    emne: str
    tekst: str


class Filendring(NamedTuple):
    """One file that a commit changed. Paths are relative to the registry's folder; None on the side it is not.

    `status`: A added, M modified, D deleted, R renamed, T type changed. A rename out of or into the folder is an
    addition or a deletion.
    """

    status: str
    gammel_sti: str | None
    ny_sti: str | None
    gammel_oid: str | None
    ny_oid: str | None
    ny_mode: str


class Steg(NamedTuple):
    """One commit with what it changed in the registry; `mappe` is where the registry lay after it."""

    innsjekking: Innsjekking
    filer: tuple[Filendring, ...]
    mappe: str = ""


def historikk(
    tre: Arbeidstre, mappe: str, revisjon: str = "HEAD", *, etter: str | None = None, omdop: bool = True
) -> Iterator[Steg]:
    """Commits on the first-parent line that change the folder, newest first.

    `mappe`: relative to the top with ``/``, empty for all. `etter`: leave out this commit and what came before
    it. `omdop`: find renames. Raises `GitFeil` when Git fails or an object is missing.
    """
    span = [f"{etter}..{revisjon}"] if etter else [revisjon]
    argv = [
        "git",
        *logg(OMDOPT if omdop else ("--no-renames",)),
        *span,
        "--",
        f":(top,literal){mappe}" if mappe else ":(top)",
    ]
    try:
        process = subprocess.Popen(  # noqa: S603 - fixed command, no shell
            argv, cwd=tre.topp, env=rent_miljo(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError as error:
        raise GitFeil("log") from error
    out, _ = process.communicate()
    if process.returncode != 0:
        raise GitFeil("log")
    return les_logg(out, mappe)


def logg(omdop: Sequence[str]) -> tuple[str, ...]:
    """The arguments of a `git log` over the first-parent line that `les_logg` can parse, whatever the user's settings say."""
    return (
        "log",
        "--first-parent",
        "--diff-merges=first-parent",
        "--root",
        "--raw",
        "-z",
        "--no-abbrev",
        "--no-color",
        "--no-show-signature",
        "--no-ext-diff",
        "--encoding=UTF-8",
        *omdop,
        f"--format=format:{START.decode('ascii')}{'%x00'.join(FELT)}%x00",
    )


def les_logg(out: bytes, mappe: str) -> Iterator[Steg]:
    """Parse what `git log` wrote with `FELT` and `START`: each commit's fields are counted by NUL, then its raw lines follow."""
    prefix = f"{mappe}/" if mappe else ""
    parts, at, many = out.split(b"\0"), 0, len(FELT)
    while at < len(parts):
        head = parts[at].lstrip(b"\n")
        if not head.startswith(START):
            at += 1
            continue
        fields = [p.decode("utf-8", "replace") for p in (head[len(START) :], *parts[at + 1 : at + many])]
        if len(fields) < many:
            return
        at += many
        files: list[Filendring] = []
        while at < len(parts):
            raw = parts[at].lstrip(b"\n")
            if raw.startswith(b":"):
                at = _ra(parts, at, prefix, files)
            elif raw:
                break
            else:
                at += 1
        yield Steg(_innsjekking(fields), tuple(files), mappe)


def forskjell(tre: Arbeidstre, fra: tuple[str, str], til: tuple[str, str]) -> tuple[Filendring, ...]:
    """The files that differ between two folders, each at its commit: ``(commit, folder)``. Raises `GitFeil`.

    Paths are relative to the folder they are in, so a folder that was only moved differs in nothing.
    """
    out = git(
        tre, "diff-tree", "-r", *OMDOPT, "--raw", "-z", "--no-abbrev", *(_tre(c, m) for c, m in (fra, til))
    )
    if out is None:
        raise GitFeil("diff-tree")
    files: list[Filendring] = []
    parts, at = out.split(b"\0"), 0
    while parts[at].startswith(b":"):
        at = _ra(parts, at, "", files)
    return tuple(files)


def _tre(commit: str, mappe: str) -> str:
    return f"{commit}:{mappe}" if mappe else f"{commit}^{{tree}}"


def _innsjekking(f: list[str]) -> Innsjekking:
    return Innsjekking(
        f[0], tuple(f[1].split()), f[2], f[3], sekunder(f[4]), f[5], sekunder(f[6]), f[7], f[8].strip()
    )


def _ra(parts: list[bytes], at: int, prefix: str, files: list[Filendring]) -> int:
    """One raw line and its paths; returns where the next begins."""
    raw = parts[at].lstrip(b"\n").decode("ascii")
    old_mode, new_mode, old_oid, new_oid, status = raw[1:].split()
    first = second = parts[at + 1].decode("utf-8", "surrogateescape")
    at += 2
    if status[0] in "RC":
        second = parts[at].decode("utf-8", "surrogateescape")
        at += 1
    before = first.removeprefix(prefix) if first.startswith(prefix) and old_mode != "000000" else None
    after = second.removeprefix(prefix) if second.startswith(prefix) and new_mode != "000000" else None
    if status[0] == "C":
        before = None
    if before is None and after is None:
        return at
    kind = "A" if before is None else "D" if after is None else status[0]
    files.append(
        Filendring(
            kind,
            before,
            after,
            old_oid if before is not None else None,
            new_oid if after is not None else None,
            new_mode,
        )
    )
    return at
