"""Where a registry's files come from: a folder on disk, or a revision in Git. Both are judged the same."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from forvaltning.findings import START, Problem, Severity
from forvaltning.git.arbeidstre import Arbeidstre
from forvaltning.git.objekter import Blober, GitFeil, TreRad, trerader
from forvaltning.source import disk
from forvaltning.source import scan as scanning
from forvaltning.source.andre import Andre, Ignorert, andre_filer, les_fil
from forvaltning.source.entries import FileEntry, Mate, Scan
from forvaltning.source.limits import MAX_BYTES, too_large

if TYPE_CHECKING:
    from forvaltning.source.medhjelper import Medhjelper

LENKE = "120000"
"""The mode of a symbolic link in a tree."""
MODUL = "160000"
"""The mode of a submodule in a tree."""
MAPPE = "mappe"
"""What a folder in a record's place is called where contents are compared."""


class Kilde(Protocol):
    """A place that registry files are read from."""

    def skann(self) -> Scan:
        """The files, and what is wrong with how they lie."""
        ...

    def innstillinger(self) -> Scan:
        """The settings file, and what is wrong with how it lies."""
        ...

    def les(self, entry: FileEntry) -> bytes | Problem:
        """The bytes of one file, or why it can not be read."""
        ...

    def medhjelper(self, filer: Sequence[FileEntry]) -> Medhjelper | None:
        """A second process that reads some files along; None where it would win nothing."""
        ...

    def andre(self, found: Scan, ignorert: Ignorert) -> Andre:
        """The files that `skann` passed over, but those that Git ignores."""
        ...

    def begynnelse(self, entry: FileEntry) -> bytes | None:
        """At most `MAX_BYTES` of one file; None when it can not be read."""
        ...


class Mappe:
    """A registry in a folder on disk."""

    def __init__(self, rot: Path, folders: frozenset[str]) -> None:
        self._rot = rot
        self._folders = folders

    def skann(self) -> Scan:
        """The files of the folder."""
        return scanning.scan(self._rot, self._folders)

    def innstillinger(self) -> Scan:
        """The settings file alone."""
        return scanning.scan_settings(self._rot)

    def les(self, entry: FileEntry) -> bytes | Problem:
        """The bytes of one file."""
        return disk.read(entry)

    def medhjelper(self, filer: Sequence[FileEntry]) -> Medhjelper | None:
        """A second process that reads some files along."""
        from forvaltning.source.medhjelper import Medhjelper  # noqa: PLC0415 - only where much is read

        return Medhjelper.start(filer)

    def andre(self, found: Scan, ignorert: Ignorert) -> Andre:
        """The files that are no records."""
        return andre_filer(disk.DISK, os.path.abspath(self._rot), found, ignorert)

    def begynnelse(self, entry: FileEntry) -> bytes | None:
        """What one file begins with."""
        return les_fil(entry)


class _Oppforing:
    """An entry of a tree, in the form that `scan` asks of a folder's entries."""

    __slots__ = ("_rad", "_tre", "name", "path")

    def __init__(self, tre: Revisjon, path: str, rad: TreRad | None) -> None:
        self._tre = tre
        self._rad = rad
        self.path = path
        self.name = posixpath.basename(path)

    def _target(self) -> TreRad | str | None:
        row = self._rad
        if row is None:
            return self.path
        return self._tre.mal(row) if row.mode == LENKE else row

    def is_symlink(self) -> bool:
        """True for a link."""
        return self._rad is not None and self._rad.mode == LENKE

    def is_dir(self) -> bool:
        """True for a folder, or for a link to one; a submodule is one, whose content is not here."""
        target = self._target()
        return isinstance(target, str) or (target is not None and target.mode == MODUL)

    def is_file(self, *, follow_symlinks: bool = True) -> bool:
        """True for a file, or for a link to one."""
        row = self._target() if follow_symlinks else self._rad
        return isinstance(row, TreRad) and row.mode.startswith("100")

    def blir(self) -> bool:
        """True when a link leads to something inside the registry."""
        return self._target() is not None

    def fakta(self) -> tuple[int, int, int]:
        """Size; a blob has no time stamp and no inode."""
        row = self._target()
        return (row.storrelse if isinstance(row, TreRad) else 0, 0, 0)


class Revisjon:
    """A registry as it was at a commit. Nothing in the work tree is touched."""

    def __init__(self, tre: Arbeidstre, commit: str, mappe: str, folders: frozenset[str]) -> None:
        self._folders = folders
        self._tre = tre
        self._hjem = posixpath.join(tre.topp.resolve().as_posix(), mappe).rstrip("/")
        self._rader = {r.sti: r for r in trerader(tre, commit, mappe)}
        self._blober = Blober(tre)
        self.mangler = ""
        """A file whose content Git does not have; empty while all that was asked for was there."""
        self._barn: dict[str, dict[str, TreRad | None]] = {}
        for sti, rad in self._rader.items():
            folder = sti.rpartition("/")[0]
            children = self._barn.get(folder)
            if children is None:
                children = self._mappe(folder)
            children[sti] = rad

    def _mappe(self, sti: str) -> dict[str, TreRad | None]:
        """A new folder, entered in those above it."""
        out = self._barn[sti] = {}
        if sti:
            over = sti.rpartition("/")[0]
            (self._barn[over] if over in self._barn else self._mappe(over))[sti] = None
        return out

    @property
    def oider(self) -> dict[str, str]:
        """Path → blob id of every file, links followed."""
        out: dict[str, str] = {}
        for sti, rad in self._rader.items():
            target = self.folg(rad) if rad.mode == LENKE else rad
            if target is not None:
                out[sti] = target.oid
        return out

    def folg(self, rad: TreRad) -> TreRad | None:
        """The file an entry leads to; None for a link that leads out, nowhere or in a circle."""
        found = self.mal(rad)
        return found if isinstance(found, TreRad) else None

    def mal(self, rad: TreRad, hopp: int = 8) -> TreRad | str | None:
        """The file, or the path of the folder, that an entry leads to; None as for `folg`."""
        while rad.mode == LENKE and hopp:
            target = self._blober.les(rad.oid).decode("utf-8", "surrogateescape")
            sti = posixpath.normpath(posixpath.join(self._hjem, posixpath.dirname(rad.sti), target))
            if not sti.startswith(self._hjem + "/"):
                return None
            sti = sti[len(self._hjem) + 1 :]
            if sti in self._barn:
                return sti
            found = self._rader.get(sti)
            if found is None:
                return None
            rad, hopp = found, hopp - 1
        return rad if hopp else None

    def egen_id(self, sti: str) -> str:
        """What Git calls what lies at a path, a link not followed; empty for nothing.

        In a record's place a folder is a folder, and so is a submodule: what they hold is no record.
        """
        row = self._rader.get(sti)
        if "/" in sti and (sti in self._barn or (row is not None and row.mode == MODUL)):
            return MAPPE
        return row.oid if row is not None else ""

    def skann(self) -> Scan:
        """The files at the commit."""
        return scanning.scan_med(self._mate(), "", self._folders)

    def innstillinger(self) -> Scan:
        """The settings file among all the others."""
        return self.skann()

    def andre(self, found: Scan, ignorert: Ignorert) -> Andre:
        """The files that are no records."""
        return andre_filer(self._mate(), "", found, ignorert)

    def begynnelse(self, entry: FileEntry) -> bytes | None:
        """What one file began with."""
        row = self._rader.get(entry.path)
        try:
            return self._blober.les(row.oid)[:MAX_BYTES] if row is not None else None
        except GitFeil:
            return None

    def _mate(self) -> Mate:
        return Mate(lambda path, *_: self._liste(path), _Oppforing.fakta, lambda entry, _: entry.blir())

    def _liste(self, path: str) -> list[_Oppforing]:
        return [_Oppforing(self, p, rad) for p, rad in self._barn.get(path, {}).items()]

    def les(self, entry: FileEntry) -> bytes | Problem:
        """The bytes of one file at the commit."""
        row = self._rader.get(entry.path)
        target = self.folg(row) if row is not None else None
        if target is None:
            return Problem(
                "fil.uleselig",
                Severity.FEIL,
                entry.path,
                "Filen finnes ikke her.",
                "Se etter i Git.",
                position=START,
            )
        large = too_large(target.storrelse)
        if large is not None:
            return Problem(
                large.regel, Severity.FEIL, entry.path, large.melding, large.tiltak, position=START
            )
        try:
            return self._blober.les(target.oid)
        except GitFeil:
            self.mangler = entry.path
            melding = "Git har ikke innholdet her."
            return Problem(
                "fil.uleselig",
                Severity.FEIL,
                entry.path,
                melding,
                "Hent det som mangler. «git fsck» sier hva det er.",
                position=START,
            )

    def medhjelper(self, filer: Sequence[FileEntry]) -> Medhjelper | None:
        """A second process that reads some blobs along."""
        from forvaltning.source.medhjelper import Medhjelper  # noqa: PLC0415 - only where much is read

        known = self.oider
        where = (str(self._tre.topp), str(self._tre.gitmappe))
        return Medhjelper.start(filer, where, [known.get(f.path, "") for f in filer])

    def krev_alt(self) -> None:
        """Raise `GitFeil` when something was missing: what is compared with this state would only look new."""
        if self.mangler:
            raise GitFeil(f"cat-file {self.mangler}")

    def lukk(self) -> None:
        """End the Git process."""
        self._blober.lukk()
