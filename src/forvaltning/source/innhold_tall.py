"""Norwegian personal numbers in any text: found by form, date part and control digits, never by context.

Used both by the check of what must not stand in a registry (`innhold`) and by the mask that every
output goes through (`maske`), so that what is found is also what is hidden.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from forvaltning.source.omriss import MASKE


class Slag(StrEnum):
    """What a number is."""

    FODSELSNUMMER = "fodselsnummer"
    D_NUMMER = "d_nummer"
    H_NUMMER = "h_nummer"
    FH_NUMMER = "fh_nummer"
    TESTNUMMER = "testnummer"


class Tall(NamedTuple):
    """One number: its eleven digits, and for each digit the stretch of the text that writes it."""

    slag: Slag
    siffer: str
    plasser: tuple[tuple[int, int], ...]
    konto: bool
    """Written as an account number (4.2.5) or named as one. The second control digit is worked out as an
    account number's is, so that every personal number is a valid account number too."""

    @property
    def start(self) -> int:
        """Where the first digit stands."""
        return self.plasser[0][0]


# --- one number ----------------------------------------------------------------------------------

_K1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_K2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_DAGER = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_TENOR, _NHN, _NAV = 80, 65, 40


def slag_av(siffer: str, *, lempet: bool = True) -> Slag | None:
    """What eleven ASCII digits are, or None.

    `lempet`: also take the control digits of numbers issued from 1 January 2032, where the first control
    sum may leave 0, 1, 2 or 3. The tax administration gives them to everyone who gets a number then, so
    every birth date counts, and individual numbers from 999 and down in every series.
    """
    dag, mnd, aar = int(siffer[:2]), int(siffer[2:4]), int(siffer[4:6])
    if dag >= 80:
        slag, nye = Slag.FH_NUMMER, False
    else:
        d_nummer = dag > 40
        base, slag, nye = _maaned(mnd, d_nummer)
        dag -= 40 * d_nummer
        if not (0 < base <= 12 and 0 < dag <= _DAGER[base - 1]) or (base == 2 and dag == 29 and aar % 4):
            return None
    d = [ord(c) - 48 for c in siffer]
    rest = (sum(a * b for a, b in zip(_K1, d, strict=False)) + d[9]) % 11
    if rest and not (lempet and nye and rest <= 3):
        return None
    if (sum(a * b for a, b in zip(_K2, d, strict=False)) + d[10]) % 11:
        return None
    return slag


def _maaned(mnd: int, d_nummer: bool) -> tuple[int, Slag, bool]:
    """Month of the date part, what the number would be, and whether the rule of 2032 may apply."""
    if mnd <= 12:
        return mnd, Slag.D_NUMMER if d_nummer else Slag.FODSELSNUMMER, True
    if mnd > _TENOR:
        return mnd - _TENOR, Slag.TESTNUMMER, True
    if mnd > _NHN:
        return mnd - _NHN, Slag.TESTNUMMER, False
    # A help number has no D form, so day and month both raised is one of NAV's made-up D-numbers.
    return mnd - _NAV, Slag.TESTNUMMER if d_nummer else Slag.H_NUMMER, False


def maskert_tall(siffer: str) -> str:
    """The digits with all but the first two and the last hidden."""
    return siffer[:2] + MASKE * (len(siffer) - 3) + siffer[-1]


# --- numbers in text ------------------------------------------------------------------------------

_USYNLIG = "\u00ad\u200b-\u200f\u2060\ufeff\ufffd\0"
_STREK = "\\-\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_BLANK = " \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
_TEGN = f"[{_BLANK}{_USYNLIG}]{{0,4}}[{_STREK}.]?[{_BLANK}{_USYNLIG}]{{0,4}}"
_BRUDD = f"[{_BLANK}{_STREK}\\\\]{{0,9}}(?:\r\n?|\n)[{_BLANK}]{{0,80}}(?:[#>][{_BLANK}]{{0,9}})?"
_SKILLE = f"(?:{_BRUDD}|{_TEGN})"
_LOP = re.compile(rf"[0-9{MASKE}](?:{_SKILLE}[0-9{MASKE}]){{10,}}+")
_FORMER = re.compile(
    rf"(?<![0-9{MASKE}])(?:[0-9]{{11}}"
    rf"|[0-9]{{6}}{_SKILLE}(?:[0-9]{{5}}|[0-9]{{3}}{_SKILLE}[0-9]{{2}})"
    rf"|[0-9]{{2}}(?:{_SKILLE}[0-9]{{2}}){{2}}{_SKILLE}(?:[0-9]{{5}}|[0-9]{{3}}{_SKILLE}[0-9]{{2}})"
    rf")(?![0-9{MASKE}])"
)
_MED_SKRA = re.compile(rf"(?<![0-9{MASKE}/])[0-9]{{6}} ?/ ?[0-9]{{5}}(?![0-9{MASKE}/])")
_GRUPPE = re.compile("[0-9]+")
_ANNET_SIFFER = re.compile(r"(?![0-9])\d")
_KODE = re.compile(r"\\x([0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\([nrt_])|\x1b\[[0-9;]{0,20}m")
_KORT = {"n": "\n", "r": "\r", "t": "\t", "_": "\u00a0"}
_DATO = re.compile(
    r"(?<![0-9])(?:[0-9]{1,2}[^0-9]{1,3}[0-9]{1,2}[^0-9]{1,3}(?:19|20)[0-9]{2}"
    r"|(?:19|20)[0-9]{2}[^0-9]{1,3}[0-9]{1,2}[^0-9]{1,3}[0-9]{1,2})(?![0-9])"
)
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ORD_FOR = re.compile(r"[0-9A-Za-z]{0,40}\Z")
_ORD_ETTER = re.compile(r"[0-9A-Za-z]{0,40}")
_HEKS = re.compile(r"[0-9a-fA-F]{16,}")
_KONTO_ORD = re.compile(r"konto|bban|bankk|giro", re.IGNORECASE)
_NOKKEL = re.compile(r"[ \t]{0,9}:")
_IBAN = re.compile(r"NO ?[0-9]{2} ?\Z")


class _Kanon:
    """A text as it is read: other digits made ASCII, escapes and colour codes read; and the way back."""

    __slots__ = ("_fra", "_til", "text")

    def __init__(self, text: str) -> None:
        self._fra: list[int] = []
        self._til: list[int] = []
        if "\\" in text or "\x1b" in text:
            text = self._les(text)
        self.text = text if text.isascii() else _ANNET_SIFFER.sub(lambda m: str(int(m[0])), text)

    def _les(self, text: str) -> str:
        out: list[str] = []
        at = length = 0
        for m in _KODE.finditer(text):
            code = m[1] or m[2]
            char = chr(int(code, 16)) if code else _KORT[m[3]] if m[3] else ""
            out += (text[at : m.start()], char)
            length += m.start() - at
            at = m.end()
            self._fra += (length, length + len(char))
            self._til += (m.start(), at)
            length += len(char)
        out.append(text[at:])
        return "".join(out)

    def plass(self, i: int) -> tuple[int, int]:
        """The stretch of the original text that character `i` was read from."""
        n = bisect_right(self._fra, i)
        if not n:
            return i, i + 1
        start = self._til[n - 1] + i - self._fra[n - 1]
        if n < len(self._fra) and n % 2:
            return start, self._til[n]
        return start, start + 1


def finn_tall(text: str) -> Iterator[Tall]:
    """Every personal number in a text, from the start, none overlapping another."""
    kanon = _Kanon(text)
    read = kanon.text
    last = 0
    for m, strong in _kandidater(read):
        if m[0] < last:
            continue
        found = _vurder(read, m[0], m[1], strong)
        if found is not None:
            last = m[1]
            slag, digits, konto = found
            places = tuple(kanon.plass(i) for i in range(m[0], m[1]) if read[i] in "0123456789")
            yield Tall(slag, digits, places, konto)


def _kandidater(text: str) -> Iterator[tuple[tuple[int, int], bool]]:
    """Stretches that hold eleven digits, and whether they are grouped as personal numbers are."""
    skra = list(_MED_SKRA.finditer(text)) if "/" in text else []
    at = 0
    for run in _LOP.finditer(text):
        while at < len(skra) and skra[at].start() < run.start():
            yield skra[at].span(), True
            at += 1
        strong = False
        for m in _FORMER.finditer(text, *run.span()):
            # The pattern may not see past the run, so look there for it.
            strong = True
            yield m.span(), True
        if not strong and MASKE not in run[0] and sum(map(len, _GRUPPE.findall(run[0]))) == 11:
            yield run.span(), False
    for m in skra[at:]:
        yield m.span(), True


def _vurder(text: str, start: int, end: int, strong: bool) -> tuple[Slag, str, bool] | None:
    piece = text[start:end]
    groups = _GRUPPE.findall(piece)
    digits = "".join(groups)
    slag = slag_av(digits, lempet=strong)
    if slag is None or _noe_annet(text, start, end, groups, strong):
        return None
    before = text[max(0, start - 60) : start].rpartition("\n")[2]
    shape = [len(g) for g in groups]
    konto = shape == [4, 2, 5] or _KONTO_ORD.search(before) is not None
    return slag, digits, konto


def _i_uuid(before: str, piece: str, after: str) -> bool:
    if "-" not in before and "-" not in after:
        return False
    return any(m.start() <= len(before) < m.end() for m in _UUID.finditer(before + piece + after))


def _noe_annet(text: str, start: int, end: int, groups: list[str], strong: bool) -> bool:
    """Whether a valid number is clearly part of something else."""
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    if (before.endswith("+") and groups[0][0] != "0") or ("NO" in before and _IBAN.search(before)):
        return True
    if "\n" in text[start:end] and _NOKKEL.match(after):
        return True
    if _i_uuid(before, text[start:end], after):
        return True
    word = "0" * 11
    if before[-1:].isalnum() or after[:1].isalnum():
        left, right = _ORD_FOR.search(before), _ORD_ETTER.match(after)
        word = (left[0] if left else "") + word + (right[0] if right else "")
    if len(groups) == 1:
        return len(word) > 15 and _HEKS.fullmatch(word) is not None
    if strong:
        return False
    if len(word) > 11:
        return True
    shape = [len(g) for g in groups]
    if shape == [2, 3, 3, 3] or (len(shape) == 4 and max(shape) <= 3 and text[start:end].count(".") == 3):
        return True
    return _DATO.search(text[start:end]) is not None
