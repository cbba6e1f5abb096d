"""Secrets in any text: private keys, tokens of known makers, and values behind a key that names a secret."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from forvaltning.source.omriss import MASKE, MERKER

PEM = "privat nøkkel"


class Hemmelighet(NamedTuple):
    """One secret: what it is, where the reader should look, and the stretch that must be hidden."""

    navn: str
    start: int
    fra: int
    til: int


# --- in text ---------------------------------------------------------------------------------------

_PEM = re.compile(
    r"-----BEGIN (?P<navn>[A-Z0-9 ]{0,40})PRIVATE KEY(?: BLOCK)?-----"
    rf"(?P<v>(?:\\[nrt]|[A-Za-z0-9+/=\s:,.#>|{MASKE}-](?!----END))*+)"
)
_PEM_KROPP = re.compile(r"[A-Za-z0-9+/=]{20}")
_TEGN = {
    "AWS-nøkkel": r"(?<![A-Za-z0-9])(?:AKIA|ASIA)(?P<v>[A-Z0-9]{16})(?![A-Za-z0-9])",
    "Google-nøkkel": r"(?:AIza|GOCSPX-|ya29\.)(?P<v>[A-Za-z0-9_-]{28,512})",
    "Azure-nøkkel": (
        r"(?:(?:AccountKey|SharedAccess(?:Key|Signature))[ ]?=[ ]?(?:sr=[^\s&]{0,200}&)?|[?&;]sig="
        r"|(?<![A-Za-z0-9~])[A-Za-z0-9_~.-]{3}8Q~)(?P<v>[A-Za-z0-9+/%=_~.-]{30,512})"
    ),
    "GitHub-token": r"(?:gh[pousr]|github_pat)_(?P<v>[A-Za-z0-9_]{22,255})",
    "GitLab-token": r"gl(?:pat|dt|ptt|rt)-(?P<v>[A-Za-z0-9_.-]{20,255})",
    "Slack-token": r"(?:xox[a-z]-|hooks\.slack\.com/services/)(?P<v>[A-Za-z0-9/-]{10,255})",
    "JWT": (
        r"(?<![A-Za-z0-9_-])eyJ(?P<v>[A-Za-z0-9_-]{8,4096}+\.eyJ[A-Za-z0-9_-]{8,4096}+(?:\.[A-Za-z0-9_-]{0,4096}+)?)"
    ),
    "tilgangsnøkkel": (
        r"(?<![A-Za-z0-9])(?:[sr]k_live_|npm_|pypi-AgE|sk-(?:proj-|ant-)|SG\.[A-Za-z0-9_-]{22}\.)"
        r"(?P<v>[A-Za-z0-9_-]{20,512})"
    ),
}
_INNLOGGING = (
    (
        "Bearer-token",
        "earer ",
        r"(?<![A-Za-z])[Bb]earer (?=[^\s0-9]*[0-9])(?P<v>[A-Za-z0-9+/=_.~-]{16,4096})",
    ),
    ("innlogging", "asic ", r"(?<![A-Za-z])[Bb]asic (?=[^\s0-9]*[0-9])(?P<v>[A-Za-z0-9+/]{12,4096}={0,2})"),
    (
        "passord i en kommando",
        "curl ",
        r"(?<![A-Za-z])curl [^\n]{0,200}?(?:-u|--user)[ =]?[\"']?[^\s:\"']{1,80}:(?P<v>[^\s\"']{3,200})",
    ),
)
"""What is sent along to log in: name, what it holds, and its pattern."""
_URL = re.compile(r"""://[^\s/:@"'<>\\]{0,100}:(?P<v>[^\s/@"'<>\\]{1,200})@(?=[\w\[])""")
_NAVN = (
    r"(?P<ord>passord|password|passwd|(?<![a-z])pwd|secret|token|(?:api|access|account|private|encryption)"
    r"[_ -]?key|n(?:ø|o|oe|\ufffd)kkel)(?:et|en)?(?:[_-]?(?:value|key|verdi|[0-9]{1,4}))?"
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
    for navn, needle, pattern in _INNLOGGING:
        if needle in text:
            for m in re.finditer(pattern, text):
                if not _PLASSHOLDER.fullmatch(m["v"]):
                    yield Hemmelighet(navn, m.start(), *m.span("v"))
    for navn, needles in MERKER.items():
        if any(n in text for n in needles):
            for m in re.finditer(_TEGN[navn], text):  # compiled once, and only where it may be met
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
