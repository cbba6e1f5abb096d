"""A quick look at bytes before anything slow: may a personal number or a secret stand in them? Never wrongly False.

A token of a known maker has at least eleven capitals and digits, which all of them issue.

Every output passes here, so nothing is compiled before it is needed: outlines made by `bytes.translate` answer no
for as good as all text. What they let through is read by `innhold_tall` and `innhold_hemmelig`.
"""

from __future__ import annotations

import re
from functools import cache

MASKE = "•"
"""Stands for a sign that is hidden. A run of digits that holds it is never read as a number again."""
MERKER = {
    "AWS-nøkkel": ("AKIA", "ASIA"),
    "Google-nøkkel": ("AIza", "GOCSPX-", "ya29."),
    "Azure-nøkkel": ("AccountKey", "SharedAccess", "sig=", "8Q~"),
    "GitHub-token": ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
    "GitLab-token": ("glpat-", "gldt-", "glptt-", "glrt-"),
    "Slack-token": ("xox", "hooks.slack"),
    "JWT": ("eyJ",),
    "tilgangsnøkkel": ("sk_live_", "rk_live_", "npm_", "pypi-", "sk-", "SG."),
}
"""What a token of each known maker holds, so that its pattern is tried only where that stands."""


@cache
def _monster(kilde: bytes) -> re.Pattern[bytes]:
    return re.compile(kilde)


# --- numbers ---------------------------------------------------------------------------------------


def _tabell() -> tuple[bytes, bytes, bytes, bytes]:
    """Table and deletions: digits (ASCII, or the lead byte of any other) to 0, separators to a space.

    Once without letters, since an escape or a colour code may stand between digits, and once with them.
    """
    table = bytearray(b"." * 256)
    for byte in b"0123456789\xd9\xdb\xdf\xe0\xe1\xea\xef\xf0":
        table[byte] = ord("0")
    for byte in b" \t\r\n-.#>\\_[;\x1b\xe2\xe3\xa0":
        table[byte] = ord(" ")
    table[ord("/")] = ord("/")
    letters = bytes(b for b in range(256) if chr(b).isascii() and chr(b).isalpha())
    away = b"\0\xc2" + bytes(b for b in range(0x80, 0xC0) if b != 0xA0)
    lines = bytearray(table)
    for byte in b"\r\n":
        lines[byte] = ord("n")
    return bytes(table), away + b"\xc3" + letters, bytes(lines), away


_FORM, _VEKK, _LINJEFORM, _LINJEVEKK = _tabell()
_ELLEVE = b"0" * 11
_LOP = rb"0(?: {0,30}+(?:n[ n]{0,300}+)?0){10}"
"""Eleven digits with no more between two of them than a folded line."""
_SKRA = b"000000/00000"
_SKRA_HEL = rb"(?<![0-9/])[0-9]{6} ?/ ?[0-9]{5}(?![0-9/])"


def sifferform(data: bytes) -> bytes:
    """The outline of the bytes without letters: 0 for a digit, a space for a separator, `/`, else a full stop."""
    return data.translate(_FORM, _VEKK)


def kan_ha_tall(data: bytes, form: bytes) -> bool:
    """Whether eleven digits may stand together in bytes with this `sifferform`. Never wrongly False."""
    tett = form.translate(None, b" ")
    if _ELLEVE in tett:
        if b"\\" in data or b"\x1b" in data:
            return True
        if _monster(_LOP).search(data.translate(_LINJEFORM, _LINJEVEKK)) is not None:
            return True
    return _SKRA in tett and _monster(_SKRA_HEL).search(data) is not None


# --- secrets ---------------------------------------------------------------------------------------

_SMA = bytes(range(97, 123))
_HOYE = bytes(range(128, 256))
_STORE = bytes(range(65, 91))
_IKKE_STORE = bytes(b for b in range(256) if b not in _STORE)
_TETT = bytes(ord("X") if b in _STORE or 48 <= b <= 57 else ord(".") for b in range(256))
_KONS = bytes(b + 32 if b in _STORE else b for b in range(256))
_BORT = b"\n\r\taeiouAEIOU0123456789 .,;/()[]{}<>|!?*+%&$#'`\\\"" + _HOYE
_BORT_SMA = _SMA + b"-_" + _HOYE
_LANG = b"X" * 11


def uten_sma(data: bytes) -> bytes:
    """The bytes without lower case letters, hyphens, underscores and what is not ASCII."""
    return data.translate(None, _BORT_SMA)


def store(rest: bytes) -> bytes:
    """The upper case letters of `uten_sma`."""
    return rest.translate(None, _IKKE_STORE)


def konsonanter(data: bytes) -> bytes:
    """The bytes in lower case, without vowels, digits, blanks, most signs and what is not ASCII."""
    return data.translate(_KONS, _BORT)


_ETTER = rb"[a-z0-9_-]{0,12}[\\\"']{0,2}[ \t]{0,20}[:=]"
_NOKLER = [
    (needle, word, rb"(?:%s)%s" % (word, _ETTER))
    for needle, word in (
        (b"pssrd", b"passord"),
        (b"scrt", b"secret"),
        (b"tkn", b"token"),
        (b"ky", b"key"),
        (b"nkkl", b"kkel"),
    )
]
_PASSW = rb"(?:passw|pwd)" + _ETTER
_URL_RASK = rb"://[^\s/:@\"'<>\\]{0,100}:[^\s/@\"'<>\\]{1,200}@"
_TOKEN_START = tuple(n.encode() for needles in MERKER.values() for n in needles)


def kan_ha_hemmelighet(data: bytes, rest: bytes, store_tegn: bytes, kons: bytes) -> bool:
    """Whether a secret may stand in the bytes; the other three are their outlines. Never wrongly False."""
    if b"BEGIN" in store_tegn or b"AKIA" in store_tegn or b"ASIA" in store_tegn:
        return True
    if b"earer " in data or b"asic " in data or b"curl " in data:
        return True
    if b"glpt-" in kons or (_LANG in rest.translate(_TETT) and any(n in data for n in _TOKEN_START)):
        return True
    # Each word is looked for among the consonants first, which is the cheap way to say no.
    for needle, word, pattern in _NOKLER:
        if needle in kons and word in (lower := data.lower()) and _monster(pattern).search(lower):
            return True
    if b"w" in kons and (b"pssw" in kons or b"pwd" in kons) and _monster(_PASSW).search(data.lower()):
        return True
    return b"@" in data and b"://" in data and _monster(_URL_RASK).search(data) is not None


def hemmelig_mulig(data: bytes) -> bool:
    """Whether a text with these bytes may hold a secret."""
    rest = uten_sma(data)
    return kan_ha_hemmelighet(data, rest, store(rest), konsonanter(data))


def tall_mulig(data: bytes) -> bool:
    """Whether a text with these bytes may hold a personal number."""
    return kan_ha_tall(data, sifferform(data))
