"""The second process of a large cold read: takes lists of files, gives back what the plain ones among them say.

Run as ``python -m forvaltning.source.arbeider`` by `medhjelper`, which is the only one to talk to it. Frames of
marshalled values go both ways over pipes between two processes of one program. A file that is unusual in any way
(unreadable, faulty, with something that must never stand in it) is named by nothing here: the asker reads it itself.
"""

from __future__ import annotations

import gc
import marshal
import sys
from typing import BinaryIO

from forvaltning.source.fillesing import les_bytes
from forvaltning.source.scan import FileEntry, read

LENGDE = 4
"""Bytes of the length, big-endian, in front of a frame."""
Rad = tuple[str, str, str, str, int, int, int]
"""A `FileEntry` as a plain tuple."""
Svar = list[tuple[int, dict[str, object], str]]
"""Place in the list that was asked about, what the file says, and what Git calls its content."""


def les_ramme(inn: BinaryIO) -> bytes | None:
    """The next frame; None when the other side has ended."""
    head = inn.read(LENGDE)
    if len(head) < LENGDE:
        return None
    size = int.from_bytes(head, "big")
    data = inn.read(size)
    return data if len(data) == size else None


def skriv_ramme(ut: BinaryIO, data: bytes) -> None:
    """Send one frame."""
    ut.write(len(data).to_bytes(LENGDE, "big") + data)
    ut.flush()


def svar(rader: list[Rad]) -> Svar:
    """What the plain files of a list say. Pure but for the reading."""
    out: Svar = []
    for n, row in enumerate(rader):
        entry = FileEntry(*row)
        data = read(entry)
        if isinstance(data, bytes):
            lest = les_bytes(data, entry.path)
            if lest.verdi is not None and not lest.innhold:
                out.append((n, lest.verdi, lest.sha))
    return out


def main() -> None:
    """Answer frame by frame until the asker has no more."""
    gc.disable()
    inn, ut = sys.stdin.buffer, sys.stdout.buffer
    while (frame := les_ramme(inn)) is not None:
        skriv_ramme(ut, marshal.dumps(svar(marshal.loads(frame))))  # noqa: S302 - from the process that started us


if __name__ == "__main__":
    main()
