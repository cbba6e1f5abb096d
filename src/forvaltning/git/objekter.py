"""Git's object store through its own plumbing: trees as plain values, blobs by id, one process for many.

GitPython's objects fail on SHA-256 repositories and cost more than the work (performance is measured in
`benchmarks/`); the plumbing has neither fault.
"""

from __future__ import annotations

import contextlib
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from forvaltning.git.arbeidstre import Arbeidstre, git, rent_miljo
from forvaltning.git.tid import sekunder

_OID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
"""``^HEAD`` leaves a commit out: Git answers it with a sign and an id, which is no commit."""


class TreRad(NamedTuple):
    """One entry of a tree: file mode as text (``100644``, ``120000`` link, ``160000`` submodule), id, path."""

    mode: str
    oid: str
    sti: str
    storrelse: int


class GitFeil(Exception):  # noqa: N818 - named in the domain's words
    """Git could not do what was asked; the text is Git's own, for people who debug."""


def losne(tre: Arbeidstre, revisjon: str) -> str | None:
    """The commit id a revision stands for, or None when there is no such commit here."""
    if not revisjon or revisjon.startswith("-"):
        return None
    out = git(tre, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revisjon}^{{commit}}")
    text = out.decode("ascii", "replace").strip() if out else ""
    return text if _OID.fullmatch(text) else None


def tidspunkt(tre: Arbeidstre, commit: str) -> int:
    """When a commit was made (committer time). Raises `GitFeil`."""
    out = git(tre, "show", "--no-patch", "--no-show-signature", "--format=%ct", commit, "--")
    if out is None:
        raise GitFeil(f"show {commit}")
    return sekunder(out)


def prefiks(tre: Arbeidstre, mappe: Path) -> str:
    """A folder of the work tree as Git writes it: relative to the top, ``/``, empty for the top itself."""
    rel = mappe.resolve().relative_to(tre.topp.resolve()).as_posix()
    return "" if rel == "." else rel


def trerader(tre: Arbeidstre, revisjon: str, mappe: str) -> list[TreRad]:
    """Every file below a folder at a revision, paths relative to the folder. Raises `GitFeil`."""
    where = f"{revisjon}:{mappe}" if mappe else f"{revisjon}^{{tree}}"
    out = git(tre, "ls-tree", "-r", "-z", "-l", "--full-tree", where)
    if out is None:
        if git(tre, "rev-parse", "--verify", "--quiet", f"{revisjon}^{{tree}}") is None:
            raise GitFeil(f"ls-tree {where}")
        return []
    rows: list[TreRad] = []
    new = tuple.__new__  # half the price of calling TreRad, 10,000 times
    for part in out.decode("utf-8", "surrogateescape").split("\0"):
        if part:
            head, _, name = part.partition("\t")
            mode, _, oid, size = head.split()
            # A folder of Git's own has no size, and what Git does not have is «BAD»: reading it will tell.
            rows.append(new(TreRad, (mode, oid, name, int(size) if size.isdigit() else 0)))
    return rows


def krev(tre: Arbeidstre, oider: Iterable[str]) -> None:
    """See that Git has some objects, without reading them. Raises `GitFeil` for the first that is missing."""
    asked = "".join(f"{oid}\n" for oid in oider).encode("ascii")
    try:
        done = subprocess.run(
            ["git", "cat-file", "--batch-check=%(objectname)"],  # noqa: S607 - the user's own Git
            cwd=tre.topp,
            env=rent_miljo(),
            input=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except OSError as error:
        raise GitFeil("cat-file") from error
    lost = next((line for line in done.stdout.splitlines() if line.endswith(b" missing")), None)
    if lost is not None or done.returncode != 0:
        raise GitFeil(f"cat-file {(lost or b'').decode('ascii', 'replace').partition(' ')[0]}".strip())


class Blober:
    """One `git cat-file --batch` process: blobs by id, asked for one at a time or many at once.

    Use as a context manager. Raises `GitFeil` when Git stops answering or an object is missing.
    """

    def __init__(self, tre: Arbeidstre) -> None:
        self._tre = tre
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.lukk()

    def lukk(self) -> None:
        """End the process."""
        if self._process is not None:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with contextlib.suppress(
                        OSError
                    ):  # it has ended: what was not sent is lost, and that was told
                        pipe.close()
            self._process.wait()
            self._process = None

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                ["git", "cat-file", "--batch"],  # noqa: S607 - the user's own Git
                cwd=self._tre.topp,
                env=rent_miljo(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def les(self, oid: str) -> bytes:
        """The content of one blob."""
        (data,) = self.les_alle([oid])
        return data

    def les_alle(self, oider: Iterable[str]) -> Iterator[bytes]:
        """The contents of many blobs, in order. Requests are sent a few at a time, so no pipe fills up."""
        process = self._start()
        if process.stdin is None or process.stdout is None:  # pragma: no cover - both are pipes
            raise GitFeil("cat-file")
        pending: list[str] = []
        for oid in oider:
            pending.append(oid)
            if len(pending) == 64:  # 64 ids are 4 KB: less than any pipe holds
                yield from self._hent(process, pending)
                pending = []
        yield from self._hent(process, pending)

    def _hent(self, process: subprocess.Popen[bytes], oider: list[str]) -> Iterator[bytes]:
        if not oider or process.stdin is None or process.stdout is None:
            return
        try:
            process.stdin.write("".join(f"{o}\n" for o in oider).encode("ascii"))
            process.stdin.flush()
        except OSError as error:
            raise GitFeil("cat-file") from error
        for oid in oider:
            head = process.stdout.readline().split()
            if len(head) != 3:
                raise GitFeil(f"cat-file {oid}")
            data = process.stdout.read(int(head[2]))
            if len(data) < int(head[2]) or not process.stdout.read(1):
                raise GitFeil(f"cat-file {oid}")
            yield data
