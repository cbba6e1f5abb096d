"""Secrets in any text: private keys, tokens of known makers, and values behind a key that names a secret."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from forvaltning.source.innhold_tall import MASKE

PEM = "privat nøkkel"


class Hemmelighet(NamedTuple):
    """One secret: what it is, where the reader should look, and the stretch that must be hidden."""

    navn: str
    start: int
    fra: int
    til: int


# --- quick look at the bytes ----------------------------------------------------------------------

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
    (needle, re.compile(rb"(?:%s)%s" % (word, _ETTER)))
    for needle, word in (
        (b"pssrd", b"passord"),
        (b"scrt", b"secret"),
        (b"tkn", b"token"),
        (b"ky", b"key"),
        (b"nkkl", b"kkel"),
    )
]
_PASSW = re.compile(rb"(?:passw|pwd)" + _ETTER)
_URL_RASK = re.compile(rb"://[^\s/:@\"'<>\\]{0,100}:[^\s/@\"'<>\\]{1,200}@")


def kan_ha_hemmelighet(data: bytes, rest: bytes, store_tegn: bytes, kons: bytes) -> bool:
    """Whether a secret may stand in the bytes; the other three are their outlines. Never wrongly False."""
    if b"BEGIN" in store_tegn or b"AKIA" in store_tegn or b"ASIA" in store_tegn:
        return True
    if b"glpt-" in kons or (_LANG in rest.translate(_TETT) and any(n in data for n in _TOKEN_START)):
        return True
    # Each word is looked for among the consonants first, which is the cheap way to say no.
    for needle, word in _NOKLER:
        if needle in kons and word.search(data.lower()):
            return True
    if b"w" in kons and (b"pssw" in kons or b"pwd" in kons) and _PASSW.search(data.lower()):
        return True
    return b"@" in data and _URL_RASK.search(data) is not None


# --- in text ---------------------------------------------------------------------------------------

_PEM = re.compile(
    r"-----BEGIN (?P<navn>[A-Z0-9 ]{0,40})PRIVATE KEY(?: BLOCK)?-----"
    rf"(?P<v>(?:\\[nrt]|[A-Za-z0-9+/=\s:,.#>|{MASKE}-](?!----END))*+)"
)
_PEM_KROPP = re.compile(r"[A-Za-z0-9+/=]{20}")
_TEGN = {
    "AWS-nøkkel": (("AKIA", "ASIA"), r"(?<![A-Za-z0-9])(?:AKIA|ASIA)(?P<v>[A-Z0-9]{16})(?![A-Za-z0-9])"),
    "Google-nøkkel": (("AIza", "GOCSPX-", "ya29."), r"(?:AIza|GOCSPX-|ya29\.)(?P<v>[A-Za-z0-9_-]{28,512})"),
    "Azure-nøkkel": (
        ("AccountKey", "SharedAccess", "sig=", "8Q~"),
        (r"(?:(?:AccountKey|SharedAccess(?:Key|Signature))[ ]?=[ ]?(?:sr=[^\s&]{0,200}&)?|[?&;]sig=|(?<![A-Za-z0-9~])[A-Za-z0-9_~.-]{3}8Q~)"
        r"(?P<v>[A-Za-z0-9+/%=_~.-]{30,512})"),
    ),
    "GitHub-token": (
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        r"(?:gh[pousr]|github_pat)_(?P<v>[A-Za-z0-9_]{22,255})",
    ),
    "GitLab-token": (
        ("glpat-", "gldt-", "glptt-", "glrt-"),
        r"gl(?:pat|dt|ptt|rt)-(?P<v>[A-Za-z0-9_.-]{20,255})",
    ),
    "Slack-token": (("xox", "hooks.slack"), r"(?:xox[a-z]-|hooks\.slack\.com/services/)(?P<v>[A-Za-z0-9/-]{10,255})"),
    "JWT": (("eyJ",), r"(?<![A-Za-z0-9_-])eyJ(?P<v>[A-Za-z0-9_-]{8,4096}+\.eyJ[A-Za-z0-9_-]{8,4096}+(?:\.[A-Za-z0-9_-]{0,4096}+)?)"),
    "tilgangsnøkkel": (
        ("sk_live_", "rk_live_", "npm_", "pypi-", "sk-", "SG."),
        r"(?<![A-Za-z0-9])(?:[sr]k_live_|npm_|pypi-AgE|sk-(?:proj-|ant-)|SG\.[A-Za-z0-9_-]{22}\.)(?P<v>[A-Za-z0-9_-]{20,512})",
    ),
}  # fmt: skip
_TOKEN = [(navn, needles, re.compile(pattern)) for navn, (needles, pattern) in _TEGN.items()]
_TOKEN_START = tuple(n.encode() for needles, _ in _TEGN.values() for n in needles)
_URL = re.compile(r"""://[^\s/:@"'<>\\]{0,100}:(?P<v>[^\s/@"'<>\\]{1,200})@(?=[\w\[])""")
_NAVN = (
    r"(?P<ord>passord|password|passwd|(?<![a-z])pwd|secret|token|(?:api|access|account|private|encryption)"
    r"[_ -]?key|n(?:ø|o|oe)kkel)(?:et|en)?(?:[_-]?(?:value|key|verdi|[0-9]{1,4}))?"
)
_PAR = re.compile(
    rf"(?i:{_NAVN})\\?[\"']?[ \t]{{0,20}}(?P<s>=>?|:(?!//))[ \t]{{0,20}}(?:[|>][+-]?[ \t]{{0,9}}\r?\n[ \t]{{1,40}})?"
    r"(?:\\?\"(?P<d>[^\"\n\\][^\"\n]{2,199}?)\\?\"|'(?P<e>[^'\n]{3,200})'|(?P<u>[^\s\"'«»,;}\]]{4,200}+))"
)
_SETNING = re.compile(r"[ \t]+[^\s#|&;,]")
_STERKE = ("pass", "pwd")
_PLASSHOLDER = re.compile(
    rf"(?i)[*xX.…_{MASKE}-]+|\$.*|<.*|%.*%|\{{.*|\[.*|.*{MASKE}.*|(?:ja|nei|true|false|null|none|ingen|påkrevd|required)"
    r"|(?:https?|vault|env|ref|arn|file|kv):.*|!.*|&.*|#.*"
)
_ID = re.compile(r"[a-zæøå0-9]+(?:[-_.][a-zæøå0-9]+)*")


def finn_hemmeligheter(text: str) -> Iterator[Hemmelighet]:
    """Every secret in a text, in the order of the rules. Stretches may overlap."""
    if "-----BEGIN " in text:
        for m in _PEM.finditer(text):
            if _PEM_KROPP.search(m["v"]):
                yield Hemmelighet(PEM, m.start(), *m.span("v"))
    yield from _token(text)
    if "://" in text and "@" in text:
        for m in _URL.finditer(text):
            if not _PLASSHOLDER.fullmatch(m["v"]):
                yield Hemmelighet("passord i en adresse", m.start("v"), *m.span("v"))
    for m in _PAR.finditer(text):
        group = "d" if m["d"] else "e" if m["e"] else "u"
        if group == "u" and m["s"] == ":" and _SETNING.match(text, m.end()):
            continue
        if _er_verdi(m["ord"].lower(), m[group]):
            yield Hemmelighet(f"verdi for «{m['ord'].lower()}»", m.start("ord"), *m.span(group))


def _token(text: str) -> Iterator[Hemmelighet]:
    for navn, needles, pattern in _TOKEN:
        if any(n in text for n in needles):
            for m in pattern.finditer(text):
                yield Hemmelighet(navn, m.start(), *m.span("v"))


def _er_verdi(word: str, value: str) -> bool:
    """Whether what stands behind a key is a secret rather than a reference, a rule or a sentence."""
    if _PLASSHOLDER.fullmatch(value) or " " in value or value.endswith(":"):
        return False
    kinds = any(c.isdigit() for c in value) + any(c.isalpha() for c in value)
    is_id = _ID.fullmatch(value) is not None
    if word.startswith(_STERKE):
        return not (is_id and kinds < 2 and sum(value.count(c) for c in "-_.") >= 2)
    if len(value) < 12 or kinds < 2:
        return False
    return _entropi(value) >= (3.5 if is_id and any(c in value for c in "-_.") else 3.0)


def _entropi(value: str) -> float:
    """Bits in each sign."""
    counts = [value.count(c) for c in set(value)]
    return -sum(n / len(value) * math.log2(n / len(value)) for n in counts)
