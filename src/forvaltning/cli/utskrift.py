"""Where results and messages go: UTF-8 out, colour when asked for, files written whole or not at all."""

from __future__ import annotations

import codecs
import contextlib
import errno
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from forvaltning.cli.stopp import Stopp

_ENKLE = str.maketrans(
    {"✗": "x", "✓": "v", "○": "o", "◷": "!", "●": "*", "→": "->", "·": "-", "…": "...", "–": "-", "─": "-", "│": "|",
     "«": '"', "»": '"', "•": "*", "■": "#", "æ": "ae", "ø": "o", "å": "a", "Æ": "AE", "Ø": "O", "Å": "A", "é": "e"}
)  # fmt: skip
_AZURE = re.compile(r"#(?=#(?:vso)?\[)", re.IGNORECASE)
_GITHUB = re.compile(r"^([^\S\n]*)::", re.MULTILINE)
FULLT = frozenset({errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC})
"""What the system says when there is no room: never a fault of ours."""
_PIECES = 64
"""Pieces of text gathered for each write."""


def _enkel(error: UnicodeError) -> tuple[str, int]:
    """What a console that can not show a character gets instead."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(_ENKLE)
    return text.encode("ascii", "replace").decode("ascii"), error.end


codecs.register_error("forvaltning", _enkel)


def gjor_klar() -> None:
    """Make both streams able to take any text: UTF-8 into files and pipes, plain replacements on old consoles."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        with contextlib.suppress(OSError, ValueError):
            if stream.isatty():
                reconfigure(errors="forvaltning")
            else:
                reconfigure(encoding="utf-8", errors="replace")
    if sys.platform == "win32" and sys.stdout.isatty():
        _tillat_farger()


def _tillat_farger() -> None:
    """Ask a Windows console to understand colour codes; older ones that refuse just stay plain."""
    if sys.platform == "win32":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            kernel = ctypes.windll.kernel32
            for handle in (-11, -12):
                kernel.SetConsoleMode(kernel.GetStdHandle(handle), 7)


def i_farger(stream: TextIO, *, av: bool = False) -> bool:
    """True when text for `stream` should be coloured: NO_COLOR and --no-color win, then FORCE_COLOR."""
    if av or os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    try:
        return stream.isatty() and os.environ.get("TERM") != "dumb"
    except ValueError:
        return False


def bredde() -> int:
    """Columns to write in: the terminal's, at most 100 and at least 40; 80 when it is not known."""
    return max(40, min(100, shutil.get_terminal_size((80, 24)).columns))


class Maskert:
    """Pieces of text in which everything that must not be read has been hidden already."""

    def __init__(self, deler: Iterable[str]) -> None:
        self._deler = deler

    def __iter__(self) -> Iterator[str]:
        return iter(self._deler)


def skriv(deler: Iterable[str], form: str = "tekst") -> None:
    """Write pieces of text to stdout. A reader that has gone away (`| head`) ends it quietly.

    stdout may be the log of a build, which obeys commands it finds there. `form` says how they are broken:
    ``tekst`` with a blank, ``json`` with an escape that reads back the same, ``kommandoer`` not at all.
    """
    try:
        for chunk in samlet(deler):
            sys.stdout.write(chunk if form == "kommandoer" else uten_kommandoer(chunk, json=form == "json"))
        sys.stdout.flush()
    except BrokenPipeError:
        _slipp_stdout()
    except OSError as error:
        _slipp_stdout()
        raise Stopp(
            f"Kan ikke skrive resultatet: {_grunn(error)}.", "Se etter at det er plass på disken."
        ) from None


def uten_kommandoer(text: str, *, json: bool = False) -> str:
    """Text that no build log obeys: ``##vso[`` and ``##[`` anywhere, ``::`` at the start of a line."""
    if "##" in text:
        text = _AZURE.sub(r"\\u0023" if json else "# ", text)
    return text if json or "::" not in text else _GITHUB.sub(r"\1: :", text)


def samlet(deler: Iterable[str]) -> Iterator[str]:
    """Pieces gathered to larger ones, with personal numbers and secrets masked: the last stop before anybody reads."""
    from forvaltning.source.maske import maskert

    hide = str if isinstance(deler, Maskert) else maskert
    pieces: list[str] = []
    for d in deler:
        pieces.append(d)
        if len(pieces) >= _PIECES:
            yield hide("".join(pieces))
            pieces.clear()
    yield hide("".join(pieces))


def _slipp_stdout() -> None:
    """Point stdout at nothing, so that Python's own flush at the end does not complain."""
    with contextlib.suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)


def meld(*linjer: str) -> None:
    """Write lines of message to stderr."""
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write("".join(samlet(f"{line}\n" for line in linjer)))
        sys.stderr.flush()


def skriv_fil(mal: Path, deler: Iterable[str], register: Path | None = None) -> None:
    """Write a file whole or not at all; `-` is stdout. Raises `Stopp` when it can not or must not be written.

    `register`: the registry folder, whose files are never written over.
    """
    if str(mal) == "-":
        skriv(deler)
        return
    target = _mal(mal, register)
    try:
        _erstatt(target, deler)
    except OSError as error:
        raise Stopp(
            f"Kan ikke skrive «{mal}»: {_grunn(error)}.",
            "Se etter at mappen finnes, og at du har skrivetilgang.",
        ) from None


def skriv_bytes(mal: Path, data: bytes, register: Path | None = None) -> None:
    """Write a file of another kind than text, whole or not at all. What is in it must be masked already. Raises `Stopp`."""
    target = _mal(mal, register)
    try:
        _erstatt(target, data)
    except OSError as error:
        raise Stopp(
            f"Kan ikke skrive «{mal}»: {_grunn(error)}.",
            "Se etter at mappen finnes, og at du har skrivetilgang.",
        ) from None


def _mal(mal: Path, register: Path | None) -> Path:
    """Where a file goes: no folder, and not among the registry's own files. Raises `Stopp`."""
    target = Path(os.path.realpath(mal))
    if target.is_dir():
        raise Stopp(f"«{mal}» er en mappe.", "Skriv navnet på en fil etter --output.")
    home = Path(os.path.realpath(register)) if register is not None else _register_rundt(target)
    if home is not None:
        _vern(mal, target, home)
    return target


def _erstatt(target: Path, innhold: Iterable[str] | bytes) -> None:
    if (
        target.exists() and not target.is_file()
    ):  # a pipe or a device is written to; a file in its place would end it
        data = innhold if isinstance(innhold, bytes) else "".join(samlet(innhold)).encode("utf-8", "replace")
        with target.open("wb") as device:
            device.write(data)
        return
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        if isinstance(innhold, bytes):
            with temporary.open("xb") as packed:
                packed.write(innhold)
        else:
            with temporary.open("x", encoding="utf-8", newline="") as file:
                file.writelines(samlet(innhold))
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _register_rundt(target: Path) -> Path | None:
    """The registry that a file would lie in, found upward; None outside every registry."""
    return next((p for p in target.parents if (p / "forvaltning.yaml").is_file()), None)


def _vern(mal: Path, target: Path, register: Path) -> None:
    """Refuse what would lie among the registry's own files."""
    if not target.is_relative_to(register):
        return
    inside = target.relative_to(register)
    if inside.parts[:1] not in {("schemas",), ("docs",), ("templates",)} or len(inside.parts) < 2:
        raise Stopp(
            f"«{mal}» ligger i registeret, og der skriver ikke forvaltning rapporter.",
            "Velg en fil utenfor registermappen.",
        )


def _grunn(error: OSError) -> str:
    """Why the operating system refused, in bokmål for what is common."""
    reasons: dict[type[OSError], str] = {
        FileNotFoundError: "mappen finnes ikke",
        PermissionError: "du har ikke tilgang",
        NotADirectoryError: "en del av stien er en fil, ikke en mappe",
        FileExistsError: "en midlertidig fil ligger i veien",
    }
    if error.errno in FULLT:
        return "det er ikke plass på disken"
    return reasons.get(type(error), f"systemfeil {error.errno}")
