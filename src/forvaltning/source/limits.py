"""What is refused before the YAML parser sees a file, how far it may go, and where an error stands.

The parser behind PyYAML crashes the process on some 30 KB of brackets or dashes. Depth is therefore
counted while parsing, unless `is_plain` has shown from the bytes alone that a file can not be deep.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from forvaltning.findings import START, Position

MAX_BYTES = 1 << 20
"""Largest file that is read."""
MAX_DEPTH = 40
"""Most nodes on the way from the top of a file to a value, both counted."""
MAX_NODES = 100_000
"""Most keys, values, lists and maps in one file."""

_BREAKS = re.compile(r"\r\n?|\n")
_BOM = b"\xef\xbb\xbf"
_PLAIN_BYTES = 1 << 16
_PLAIN_FLOWS = 9
_PLAIN_RUN = b" " * 10
_BLOCK_START = bytes.maketrans(b"-?:\t", b"    ")
_LEAF_FLOW = re.compile(rb"\[[^][{}\"'#\r\n]*\]|\{[^][{}\"'#\r\n]*\}")
_PROPERTY = re.compile(rb"[&*!](?<![^\s\[\]{},:?\"'\x85\xa8\xa9\xbf].)(?=\S|(?<=!))", re.DOTALL)
_PERCENT = re.compile(rb"%(?<![^\r\n\x85\xa8\xa9\xbf].)", re.DOTALL)
_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n))*(?=%)")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]|[\ud800-\udfff]")
"""Characters that may stand neither in a registry file nor, by an escape, in a value."""


class Lines:
    """Turns an index into a text to a 1-based line and column, counted in code points.

    Only LF, CR and CRLF end a line, as in editors; U+0085, U+2028 and U+2029 do not, although the
    YAML parsers count them. An index past the end gives the end of the last line that says something.
    """

    __slots__ = ("_end", "_starts", "text")

    def __init__(self, text: str) -> None:
        """In: the whole text without its byte order mark."""
        self.text = text
        self._starts = [0, *(found.end() for found in _BREAKS.finditer(text))]
        self._end = len(text.rstrip())

    def at(self, index: int) -> Position:
        """Return the position of the character at `index`. Never raises."""
        index = max(0, min(index, self._end))
        line = bisect_right(self._starts, index)
        return Position(line, index - self._starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """Return line `number` (1-based) without its line break, empty when there is none."""
        if not 0 < number <= len(self._starts):
            return ""
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[self._starts[number - 1] : end].rstrip("\r\n")


@dataclass(frozen=True, slots=True)
class ParseError:
    """Why a file can not be read: a stable rule name, what is wrong, what to do, and where."""

    regel: str
    melding: str
    tiltak: str
    position: Position


def is_plain(data: bytes) -> bool:
    """Tell whether the bytes alone show that the fast parser may have this file.

    In: the raw file. Out: True when it has too few columns and brackets to nest deeper than
    `MAX_DEPTH`, is too short to hold `MAX_NODES`, and has no character that could begin an anchor,
    an alias, a tag, a directive, a merge key or an escape. False says only "look closer".

    A block list or map starts behind nothing but spaces and the signs - ? and :, at most two in each
    column; a bracket opens at most two levels (`[a: b]`). 2 x 10 + 2 x 9 + one scalar < 40.
    """
    # libyaml reads UTF-16 behind its byte order mark, which would slip past every check below.
    if len(data) > _PLAIN_BYTES or b"\\" in data or data.find(b"\xef", 1) > 0 or data.startswith(_UTF16):
        return False
    if (b"<" in data and b"<<" in data) or _PLAIN_RUN in data.translate(_BLOCK_START):
        return False
    if b"%" in data and _PERCENT.search(data):
        return False
    if (b"!" in data or b"&" in data or b"*" in data) and _PROPERTY.search(data):
        return False
    if data.count(b"[") + data.count(b"{") > _PLAIN_FLOWS:
        data = _LEAF_FLOW.sub(b"", data)
        return data.count(b"[") + data.count(b"{") < _PLAIN_FLOWS
    return True


def too_large(size: int) -> ParseError | None:
    """Return the error for a file of `size` bytes, or None when it is within the limit."""
    if size <= MAX_BYTES:
        return None
    return ParseError(
        "fil.storrelse",
        f"Filen er på {size} byte. Grensen er {MAX_BYTES} byte.",
        "Del opplysningene på flere poster, eller legg vedlegg et annet sted og vis til dem.",
        START,
    )


def decode(data: bytes) -> tuple[str, ParseError | None]:
    """Turn the bytes of a file into text without byte order mark.

    In: the raw file. Out: the text and None, or empty text and the first thing that keeps it from
    being YAML text: size, encoding, a control character or a directive. Never raises.
    """
    error = too_large(len(data))
    if error:
        return "", error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        # With a byte order mark the codec counts from behind it.
        body = data.removeprefix(_BOM)
        return "", _not_utf8(body, fault.start if body == data else _bad_offset(body))
    found = FORBIDDEN.search(text)
    if found:
        return "", _control(Lines(text), found.start())
    directive = _DIRECTIVE.match(text)
    if directive:
        return "", ParseError(
            "fil.direktiv",
            "Linjen begynner med %. Det er et YAML-direktiv, og det kan ikke brukes her.",
            "Slett linjen. Er det tekst, så sett den i anførselstegn.",
            Lines(text).at(directive.end()),
        )
    return text, None


def _bad_offset(body: bytes) -> int:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as fault:
        return fault.start
    return 0


def _not_utf8(body: bytes, offset: int) -> ParseError:
    # Half of the bytes of western UTF-16 are NUL, on even or odd places.
    looks_wide = body.startswith(_UTF16)
    if looks_wide:
        melding = "Filen er lagret som UTF-16, ikke UTF-8."
        position = START
    else:
        melding = f"Filen er ikke gyldig UTF-8: byte 0x{body[offset]:02X} på plass {offset}."
        before = body[:offset].decode("utf-8")
        position = Lines(before + "x").at(len(before))
    tiltak = "Åpne filen i editoren og lagre den på nytt med tegnsettet UTF-8."
    return ParseError("fil.tegnsett", melding, tiltak, position)


def _control(lines: Lines, index: int) -> ParseError:
    code = ord(lines.text[index])
    if code == 0 and lines.text.count("\0") * 3 > len(lines.text):
        return ParseError(
            "fil.tegnsett",
            "Filen ser ut til å være lagret som UTF-16, ikke UTF-8.",
            "Åpne filen i editoren og lagre den på nytt med tegnsettet UTF-8.",
            START,
        )
    return ParseError(
        "fil.kontrolltegn",
        f"Her står et usynlig tegn som ikke er lov i filen (U+{code:04X}).",
        "Slett tegnet. Det følger ofte med når tekst limes inn fra et annet program.",
        Lines(lines.text[:index] + "x").at(index),
    )
