"""A file on disk written whole or not at all, and never over what somebody else has written meanwhile."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from forvaltning.edit.feil import Redigeringsfeil

_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_STENGT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def skriv_helt(path: Path, data: bytes, rot: Path, lest: bytes | None) -> None:
    """Write `data` to a file of the registry in `rot`, whole or not at all.

    `lest`: the bytes that the change was made from; None for a file that must not exist yet. The file keeps its
    permissions; a link that stays inside the registry is followed, one that leads out is refused.
    Raises `Redigeringsfeil` with nothing written.
    """
    target = _innenfor(path, rot)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        if lest is None:
            target.parent.mkdir(exist_ok=True)
        with _alene(target.parent):
            try:
                _skriv_midlertidig(temporary, data, target)
                _uendret(target, path, lest)
                temporary.replace(target)
            finally:
                with contextlib.suppress(OSError):
                    temporary.unlink()
            _fest(target.parent)
    except OSError as error:
        raise _forklart(path, error) from None


def _innenfor(path: Path, rot: Path) -> Path:
    try:
        home, target = rot.resolve(strict=True), path.resolve()
    except (OSError, RuntimeError):
        raise Redigeringsfeil(
            f"«{path.name}» er en lenke som ikke fører fram.", "Legg selve filen i registeret."
        ) from None
    if not target.is_relative_to(home) or target == home:
        raise Redigeringsfeil(
            f"«{path.name}» er en lenke ut av registeret, og den skrives det ikke gjennom.",
            "Legg selve filen i registeret.",
        )
    if target.exists() and not target.is_file():
        raise Redigeringsfeil(
            f"«{path.name}» er ikke en vanlig fil.", "Slett den, og legg en vanlig fil her."
        )
    return target


def _skriv_midlertidig(temporary: Path, data: bytes, target: Path) -> None:
    """The new content on disk beside the old, with its permissions. A file without write access is not written."""
    mode = target.stat().st_mode & 0o7777 if target.exists() else None
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "read only")
    with temporary.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        temporary.chmod(mode)


def _uendret(target: Path, path: Path, lest: bytes | None) -> None:
    now = target.read_bytes() if target.exists() else None
    if now == lest:
        return
    if lest is None:
        raise Redigeringsfeil(f"Filen «{path.name}» finnes fra før.", "Kjør kommandoen på nytt.")
    raise Redigeringsfeil(
        f"Filen «{path.name}» ble endret av noen andre imens, så ingenting er skrevet.",
        "Kjør kommandoen på nytt.",
    )


@contextlib.contextmanager
def _alene(folder: Path) -> Iterator[None]:
    """Two of our own commands do not write in the same folder at once. Not on Windows, and not everywhere on nets."""
    try:
        import fcntl  # noqa: PLC0415 - POSIX only
    except ImportError:  # pragma: no cover - Windows
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _fest(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _forklart(path: Path, error: OSError) -> Redigeringsfeil:
    if error.errno in _FULL:
        return Redigeringsfeil(
            f"Disken er full, så «{path.name}» er ikke skrevet.", "Gjør plass, og kjør kommandoen på nytt."
        )
    if error.errno in _STENGT:
        return Redigeringsfeil(
            f"Du har ikke lov til å skrive «{path.name}».", "Se etter skrivetilgangen til filen og mappen."
        )
    return Redigeringsfeil(
        f"«{path.name}» kan ikke skrives (systemfeil {error.errno}).",
        "Se etter at mappen finnes og er tilgjengelig.",
    )
