"""Text from the registry made harmless in every format, before the format's own escaping.

What stands in a record can be anything. Here it loses control, direction and escape characters and line
breaks, and can no longer start a command that a build log would obey.
"""

from __future__ import annotations

import json
import re
from typing import Any

from forvaltning.source.text import safe

LANG = 4000
"""No text is longer; one that is, is cut with an ellipsis."""
_KOMMANDO = re.compile(r"#(?=#(?:vso)?\[)", re.IGNORECASE)
_DOBBEL = re.compile(r"#(?=#)")


def ren(tekst: str | None, grense: int = LANG) -> str:
    """One line of printable text. In: any text. Out: without control, escape and direction characters."""
    return safe(tekst, grense) if tekst else ""


def ren_sti(tekst: str) -> str:
    """A path with its spaces kept, each character that can not be shown replaced by U+FFFD."""
    return tekst if tekst.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in tekst)


def bryt(tekst: str) -> str:
    """Text in which no ``##vso[`` or ``##[`` stands: Azure obeys them anywhere on a line, old GitHub runners too."""
    return _KOMMANDO.sub("# ", tekst) if "##" in tekst else tekst


def json_tekst(verdi: Any) -> str:
    """A value as JSON on one line, UTF-8. ``##`` is written so that no log command can be read out of it."""
    return _DOBBEL.sub("\\\\u0023", json.dumps(verdi, ensure_ascii=False, separators=(",", ":")))
