"""A second process of this very program, and the frames that go to and from it over pipes (docs/adr/0008)."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

LENGDE = 4
"""Bytes of the length, big-endian, in front of a frame."""
_START = "import sys, importlib; sys.path.insert(0, sys.argv[1]); importlib.import_module(sys.argv[2]).main()"


def kjerner() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def start(modul: str) -> subprocess.Popen[bytes] | None:
    """A process that runs `main` of a module; None where it would win nothing, or can not be started."""
    if kjerner() < 2 or not sys.executable:
        return None
    home = str(Path(__file__).resolve().parents[2])
    try:
        return subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, "-P", "-X", "utf8", "-c", _START, home, modul],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        return None


def avslutt(prosess: subprocess.Popen[bytes]) -> None:
    """End a process, whatever it is doing, and close its pipes."""
    prosess.kill()
    prosess.wait()
    for pipe in (prosess.stdin, prosess.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


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
