"""What a look through a registry finds, whatever place it lies in: files to read, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from forvaltning.findings import START, Problem, Severity
from forvaltning.source.text import safe

SETTINGS = "forvaltning.yaml"
LENKE_UT = "Lenken peker ut av registeret eller på noe som ikke finnes, og blir ikke fulgt."


class FileEntry(NamedTuple):
    """One file to read.

    `path` is relative with `/`; `folder` is empty and `stem` is `forvaltning` for the settings. `stem` is
    the id: NFC, lower case. `inode`: inode and time of change, mixed to one number (on Windows creation).
    """

    path: str
    folder: str
    stem: str
    absolute: str
    size: int
    mtime_ns: int
    inode: int


@dataclass(slots=True)
class Scan:
    """The files of a registry, sorted by path, and what is wrong with how it lies on disk."""

    files: list[FileEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    tapt: list[tuple[str, str, str]] = field(default_factory=list)
    """Folder, id and path of records that are there but can not be read; an empty id is the whole folder."""
    andre: list[Any] = field(default_factory=list)
    """Entries that may be no records (files, folders): what must never stand in a registry is looked for there too."""

    def add(self, regel: str, fil: str, melding: str, tiltak: str, *, merknad: bool = False) -> None:
        """Note a problem with the file or folder `fil` (relative, with `/`)."""
        alvor = Severity.MERKNAD if merknad else Severity.FEIL
        self.problems.append(Problem(regel, alvor, safe(fil, 200), melding, tiltak, position=START))


class Mate(NamedTuple):
    """How one place (a disk, a revision) lists a folder, tells size, time and inode, and follows a link."""

    liste: Callable[[str, str, Scan], list[Any]]
    fakta: Callable[[Any], tuple[int, int, int]]
    blir: Callable[[Any, str], bool]


def reason(fault: OSError) -> str:
    """Why a file or folder can not be read, in a word or two."""
    if isinstance(fault, PermissionError):
        return "ingen lesetilgang"
    return "finnes ikke" if isinstance(fault, FileNotFoundError) else f"feil {fault.errno}"


def unreadable(path: str, fault: OSError, found: Scan) -> None:
    """Note a file that can not be read."""
    found.add("fil.uleselig", path, f"Filen kan ikke leses ({reason(fault)}).", "Se etter lesetilgangen.")


def not_a_file(path: str, found: Scan) -> None:
    """Note what is neither a plain file nor a folder."""
    melding = "Dette er ikke en vanlig fil, og den blir ikke åpnet."
    found.add("fil.uleselig", path, melding, "Slett den, og legg en vanlig fil her.")
