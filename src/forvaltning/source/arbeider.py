"""The second process of a large cold read: takes lists of files, gives back what the plain ones among them say.

Started by `medhjelper`, which is the only one to talk to it. Frames of
marshalled values go both ways over pipes between two processes of one program. A file that is unusual in any way
(unreadable, faulty, with something that must never stand in it) is named by nothing here: the asker reads it itself.
"""

from __future__ import annotations

import contextlib
import gc
import marshal
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from forvaltning.source.disk import read
from forvaltning.source.entries import FileEntry
from forvaltning.source.fillesing import les_bytes
from forvaltning.source.prosess import les_ramme, skriv_ramme

Rad = tuple[str, str, str, str, int, int, int]
"""A `FileEntry` as a plain tuple."""
Arkiv = tuple[str, str]
"""The top of a work tree and its Git folder."""
Svar = list[tuple[int, dict[str, object], str]]
"""Place in the list that was asked about, what the file says, and what Git calls its content."""


def svar(rader: list[Rad], innhold: Iterable[bytes | None]) -> Svar:
    """What the plain files of a list say. `innhold`: the bytes of each, None for one that is not to be read. Pure."""
    out: Svar = []
    for n, (row, data) in enumerate(zip(rader, innhold, strict=True)):
        entry = FileEntry(*row)
        if data is not None:
            lest = les_bytes(data, entry.path)
            if lest.verdi is not None and not lest.innhold:
                out.append((n, lest.verdi, lest.sha))
    return out


def fra_disk(rader: list[Rad], _: object) -> Iterator[bytes | None]:
    """The bytes of each file on disk."""
    for row in rader:
        data = read(FileEntry(*row))
        yield data if isinstance(data, bytes) else None


def fra_git(arkiv: Arkiv) -> Callable[[list[Rad], list[str]], Iterator[bytes | None]]:
    """Reads the blobs of files; none that is too large, or that a link leads nowhere to."""
    from forvaltning.git.arbeidstre import Arbeidstre  # noqa: PLC0415 - only where the files lie in Git
    from forvaltning.git.objekter import Blober, GitFeil  # noqa: PLC0415 - as above
    from forvaltning.source.limits import too_large  # noqa: PLC0415 - as above

    blobs = Blober(Arbeidstre(Path(arkiv[0]), Path(arkiv[1])))

    def les(rader: list[Rad], oider: list[str]) -> Iterator[bytes | None]:
        wanted = [
            oid if oid and too_large(FileEntry(*row).size) is None else ""
            for row, oid in zip(rader, oider, strict=True)
        ]
        found = blobs.les_alle(oid for oid in wanted if oid)
        try:
            for oid in wanted:
                yield next(found) if oid else None
        except GitFeil as error:
            raise OSError(str(error)) from error

    return les


def main() -> None:
    """Answer frame by frame until the asker has no more; ends in silence when Git or the asker is gone."""
    gc.disable()
    inn, ut = sys.stdin.buffer, sys.stdout.buffer
    with contextlib.suppress(OSError, ValueError):
        arkiv = marshal.loads(les_ramme(inn) or marshal.dumps(None))  # noqa: S302 - from the process that started us
        read_all: Callable[..., Iterator[bytes | None]] = fra_disk if arkiv is None else fra_git(arkiv)
        while (frame := les_ramme(inn)) is not None:
            rows, oids = marshal.loads(frame)  # noqa: S302 - as above
            skriv_ramme(ut, marshal.dumps(svar(rows, read_all(rows, oids))))


if __name__ == "__main__":
    main()
