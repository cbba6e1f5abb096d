"""The files of a registry that are no records: listed, and read for what must never stand there.

README.md, `.yml`, text and CSV, templates, what lies in unknown or hidden folders. Git's own folder, and what Git
is told to ignore, never enter the repository and are left alone.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from forvaltning.findings import START, Problem, Severity, fingerprint
from forvaltning.source.entries import SETTINGS, FileEntry, Mate, Scan
from forvaltning.source.limits import MAX_BYTES
from forvaltning.source.text import quoted

MAKS_FILER = 2000
"""Most files that are read. A registry with more than this beside its records is told of it."""
SIFRE = 11
"""No personal number has fewer digits."""
REGEL = "innhold.ikke_lest"
BINAER, STOR, ULESELIG = "binær", "stor", "uleselig"
_FLAGG = os.O_RDONLY
for _navn in ("O_BINARY", "O_CLOEXEC", "O_NONBLOCK", "O_NOCTTY", "O_NOFOLLOW"):
    _FLAGG |= getattr(os, _navn, 0)
_STYRETEGN = bytes(b for b in range(32) if b not in b"\t\n\r\f\x1b")
Ignorert = Callable[[list[str]], set[str]]
"""Of some folders (relative, with `/`), those that Git is told to ignore."""


class Innhold(NamedTuple):
    """What was found in one file, and why it was not read to its end (empty when it was)."""

    problemer: tuple[Problem, ...]
    ulest: str = ""


class Andre(NamedTuple):
    """The files that are no records, by path, and whether there were more than are read."""

    filer: list[FileEntry]
    flere: bool = False


def andre_filer(mate: Mate, top: str, found: Scan, ignorert: Ignorert) -> Andre:
    """List the files that `scan` passed over. `top`: the registry, as the paths of its entries begin.

    Links are not followed: what they lead to inside is read where it lies.
    """
    known = {f.path for f in found.files}
    ask = [_rel(e, top) for e in found.andre if not e.is_symlink() and e.is_dir() and e.name != ".git"]
    skip = ignorert(ask) if ask else set()
    out: list[FileEntry] = []
    for entry in found.andre:
        if entry.name == ".git" or _rel(entry, top) in skip:
            continue
        for path, e in _under(mate, entry, top):
            if path in known:
                continue
            if len(out) == MAKS_FILER:
                return Andre(sorted(out), flere=True)
            try:
                facts = mate.fakta(e)
            except OSError:
                facts = (0, 0, 0)
            out.append(FileEntry(path, "", "", e.path, *facts))
    return Andre(sorted(out))


def _rel(entry: Any, top: str) -> str:
    path: str = entry.path[len(top) :] if top else entry.path
    return path.replace(os.sep, "/").lstrip("/")


def _under(mate: Mate, entry: Any, top: str) -> Iterator[tuple[str, Any]]:
    todo = [entry]
    while todo:
        e = todo.pop()
        if e.is_symlink() or e.name == ".git":
            continue
        if e.is_dir():
            todo += sorted(mate.liste(e.path, _rel(e, top), Scan()), key=lambda e: e.name, reverse=True)
        elif e.is_file():
            yield _rel(e, top), e


def les_innhold(data: bytes | None, fil: str, storrelse: int) -> Innhold:
    """What must never stand in one file. `data`: its bytes, at most `MAX_BYTES`; None when it can not be read."""
    from forvaltning.source.innhold import finn  # noqa: PLC0415 - its patterns cost more than a warm run

    if data is None:
        return Innhold((), ULESELIG)
    if er_binaer(data):
        return Innhold((), BINAER)
    return Innhold(tuple(finn(data, fil)), STOR if storrelse > len(data) else "")


def er_binaer(data: bytes) -> bool:
    """Whether bytes are no text: a NUL that is not UTF-16's, or many control characters."""
    if b"\0" in data:
        return not _er_utf16(data)
    head = data[:8192]
    return len(head) - len(head.translate(None, _STYRETEGN)) > len(head) // 10


def _er_utf16(data: bytes) -> bool:
    """Whether every second byte is as good as always NUL, and the others are not, or a mark says so."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    few, many = sorted((data[::2].count(0), data[1::2].count(0)))
    return many * 2 > len(data) * 0.8 and few * 10 < len(data)


def les_fil(entry: FileEntry) -> bytes | None:
    """The first `MAX_BYTES` of a plain file on disk; None when it can not be read. Never blocks."""
    try:
        handle = os.open(entry.absolute, _FLAGG)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return None
            return os.read(handle, MAX_BYTES)
        finally:
            os.close(handle)
    except OSError:
        return None


def problemer(innhold: dict[str, Innhold], flere: bool) -> list[Problem]:
    """Everything wrong with the files, their names among it, and one remark on what was not read."""
    out: list[Problem] = []
    unread: dict[str, list[str]] = {}
    for fil, found in innhold.items():
        if sum(map(str.isdigit, fil)) >= SIFRE:
            from forvaltning.source.innhold import finn_i_navn  # noqa: PLC0415 - as above

            out += finn_i_navn(fil)
        out += found.problemer
        if found.ulest:
            unread.setdefault(found.ulest, []).append(fil)
    out += [_ulest(why, unread[why]) for why in sorted(unread)]
    if flere:
        melding = f"Registermappen har over {MAKS_FILER} filer ved siden av postene. Resten er ikke lest."
        out.append(_merknad(melding, "Flytt det som ikke er registeret, ut av mappen.", "flere"))
    return out


_HVORFOR = {
    BINAER: ("er ikke tekst, og er ikke lest", "Se selv etter at det ikke står personopplysninger i {0}."),
    STOR: (
        "er større enn 1 MiB, og bare begynnelsen er lest",
        "Legg store filer et annet sted, og vis til dem.",
    ),
    ULESELIG: ("kan ikke leses", "Se etter at du har lesetilgang til {0}."),
}


def _ulest(why: str, filer: list[str]) -> Problem:
    what, remedy = _HVORFOR[why]
    shown = ", ".join(quoted(f) for f in filer[:3]) + (f" og {len(filer) - 3} til" if len(filer) > 3 else "")
    one = len(filer) == 1
    melding = f"{'Filen' if one else f'{len(filer)} filer'} {what}: {shown}."
    return _merknad(melding, remedy.format("den" if one else "dem"), f"{why} {fingerprint(*filer)[:8]}")


def _merknad(melding: str, tiltak: str, felt: str) -> Problem:
    return Problem(REGEL, Severity.MERKNAD, SETTINGS, melding, tiltak, position=START, felt=felt)
