"""The commits that touch some files, and objects by any name Git takes (``COMMIT:path``), one process for many.

The whole registry's history is `historikk`; what stands here is for when only a few files are asked for.
"""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from types import TracebackType
from typing import NamedTuple, Self

from forvaltning.git.arbeidstre import Arbeidstre, git, rent_miljo
from forvaltning.git.historikk import Innsjekking, Steg, les_logg, logg
from forvaltning.git.objekter import GitFeil
from forvaltning.git.tid import sekunder

STORST = 8 << 20
"""Bytes: a larger object is passed over, not kept in memory."""

MANGE = 256
"""Commits asked for at a time: their ids are less than any command line holds."""
FLERE = 64
"""Objects asked for at a time: their ids are 4 KB, less than any pipe holds."""


def filhistorikk(tre: Arbeidstre, mappe: str, stier: Sequence[str], revisjon: str = "HEAD") -> Iterator[Steg]:
    """Commits on the first-parent line that change some files of a registry folder, newest first.

    `stier` are relative to the folder. Renames are not looked for: Git can not see them among a few files.
    Raises `GitFeil`.
    """
    prefix = f"{mappe}/" if mappe else ""
    files = (f":(top,literal){prefix}{sti}" for sti in stier)
    out = git(tre, *logg(("--no-renames",)), revisjon, "--", *files)
    if out is None:
        raise GitFeil("log")
    return les_logg(out, mappe)


def linje(tre: Arbeidstre, revisjon: str = "HEAD", hoyst: int | None = None) -> list[tuple[str, int, int]]:
    """The first-parent line, newest first: commit, author time, committer time. Raises `GitFeil`.

    `hoyst`: at most so many commits, all when None.
    """
    count = () if hoyst is None else (f"--max-count={hoyst}",)
    out = git(tre, "log", "--first-parent", "--no-show-signature", "--format=%H %at %ct", *count, revisjon)
    if out is None:
        raise GitFeil("log")
    rows = (row.split(" ") for row in out.decode("ascii", "replace").splitlines())
    return [(r[0], sekunder(r[1]), sekunder(r[2])) for r in rows if len(r) == 3]


def innsjekkinger(tre: Arbeidstre, oider: Sequence[str]) -> dict[str, Innsjekking]:
    """Who made some commits and what they said of them, whatever they changed. Raises `GitFeil`."""
    out: dict[str, Innsjekking] = {}
    for start in range(0, len(oider), MANGE):
        some = oider[start : start + MANGE]
        said = git(tre, *logg(("--no-renames",)), "--no-patch", "--no-walk=unsorted", *some)
        if said is None:
            raise GitFeil("log")
        out.update((s.innsjekking.oid, s.innsjekking) for s in les_logg(said, ""))
    return out


def er_grunn(tre: Arbeidstre) -> bool:
    """True when the history here is shallow."""
    return (tre.gitmappe / "shallow").exists()


class Objekt(NamedTuple):
    """One object: id, type and content."""

    oid: str
    slag: str
    data: bytes


class Leser:
    """One `git cat-file --batch` process that is asked by name and answers None for what is not there."""

    def __init__(self, tre: Arbeidstre) -> None:
        self._tre = tre
        self._process: subprocess.Popen[bytes] | None = None
        self._hentet: dict[str, Objekt | None] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.lukk()

    def lukk(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(
                    OSError
                ):  # it has ended: what was not sent is lost, and that was told
                    pipe.close()
        process.wait()

    def hent(self, oider: Sequence[str]) -> None:
        """Read objects that will be asked for once each, many at a time: a question at a time costs half the work."""
        for at in range(0, len(oider), FLERE):
            part = oider[at : at + FLERE]
            self._send("".join(f"{oid}\n" for oid in part).encode("ascii"))
            self._hentet.update((oid, self._svar()) for oid in part)

    def alle(self, oider: Iterable[str]) -> Iterator[tuple[str, Objekt | None]]:
        """Each of many objects by its id, in order; no more than some of them in memory. Raises `GitFeil`."""
        left = iter(oider)
        while part := list(islice(left, FLERE)):
            self.hent(part)
            for oid in part:
                yield oid, self.les(oid)

    def les(self, navn: str) -> Objekt | None:
        """The object of a name; None when there is none. Raises `GitFeil` when Git stops answering."""
        if navn in self._hentet:
            return self._hentet.pop(navn)
        if "\n" in navn or "\0" in navn or not navn:
            return None
        self._send(navn.encode("utf-8", "surrogateescape") + b"\n")
        return self._svar()

    def _send(self, data: bytes) -> None:
        if self._process is None:
            try:
                self._process = subprocess.Popen(
                    ["git", "cat-file", "--batch"],  # noqa: S607 - the user's own Git
                    cwd=self._tre.topp,
                    env=rent_miljo(),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
            except OSError as error:
                raise GitFeil("cat-file") from error
        try:
            if self._process.stdin is not None:
                self._process.stdin.write(data)
                self._process.stdin.flush()
        except OSError as error:
            raise GitFeil("cat-file") from error

    def _svar(self) -> Objekt | None:
        answer = self._process.stdout if self._process is not None else None
        line = answer.readline() if answer is not None else b""
        if answer is None or not line.endswith(b"\n"):
            raise GitFeil("cat-file")
        head = line.split()
        if len(head) != 3 or not head[2].isdigit():
            return None
        left = int(head[2])
        data = answer.read(left) if left <= STORST else self._forbi(answer, left)
        if len(data) < min(left, STORST + 1) or not answer.read(1):
            raise GitFeil("cat-file")
        return Objekt(head[0].decode("ascii"), head[1].decode("ascii"), data)

    @staticmethod
    def _forbi(answer: object, left: int) -> bytes:
        """Read past an object that is too large; what is kept is as large as the limit allows, and one byte more."""
        read = answer.read  # type: ignore[attr-defined]
        kept: bytes = read(STORST + 1)
        left -= len(kept)
        while left > 0:
            passed = len(read(min(left, 1 << 20)))
            if not passed:
                raise GitFeil("cat-file")
            left -= passed
        return kept


def stier_som_holder(tre: Arbeidstre, mappe: str, tekst: str, commit: str) -> list[str]:
    """The files of a registry folder at a commit that hold a text: paths from the top. Raises `GitFeil`."""
    where = f":(top,literal){mappe}" if mappe else ":(top)"
    argv = [
        "grep",
        "-l",
        "-z",
        "-F",
        "-a",
        "--no-color",
        "--full-name",
        "--no-recurse-submodules",
        "-e",
        tekst,
    ]
    out = git(tre, *argv, commit, "--", where)
    if out is None:
        # Git says «nothing found» and «failed» alike to us: only a commit that can be read has nothing.
        if git(tre, "cat-file", "-e", f"{commit}^{{tree}}") is None:
            raise GitFeil("grep")
        return []
    names = (name.decode("utf-8", "surrogateescape") for name in out.split(b"\0"))
    return [n.removeprefix(f"{commit}:") for n in names if n]


def innhold_av(leser: Leser, mappe: str, commit: str, stier: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Path within a folder, and content, of some files at a commit. `stier`: from the top. Raises `GitFeil`."""
    prefix = f"{mappe}/" if mappe else ""
    for sti in stier:
        found = leser.les(f"{commit}:{sti}")
        if found is not None:
            yield sti.removeprefix(prefix), found.data
