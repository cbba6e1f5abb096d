"""Hides personal numbers and secrets in any text before it is shown: JSON, Markdown or a terminal's.

Signs are replaced one for one, and never a quotation mark, bracket, comma, colon, backslash or blank. So a
masked piece of JSON is still JSON, and a table keeps its columns. As good as all text has nothing to hide, and a
quick look tells (`omriss`); the patterns are loaded for the rest.
"""

from __future__ import annotations

from forvaltning.source.omriss import hemmelig_mulig, tall_mulig


def maskert(text: str) -> str:
    """The text with personal numbers and secrets hidden; the same text when there are none.

    Test numbers are left, since they belong to nobody. Masking twice gives what masking once gives.
    """
    while True:
        hidden = _en_gang(text)
        if hidden == text:
            return text
        text = (
            hidden  # what is hidden may have stood in front of something more; each round leaves fewer signs
        )


def _en_gang(text: str) -> str:
    data = text.encode("utf-8", "surrogatepass")
    if hemmelig_mulig(data):
        from forvaltning.source.maske_skjul import uten_hemmeligheter  # noqa: PLC0415 - its patterns cost 15 ms

        text = uten_hemmeligheter(text)
    if tall_mulig(data):
        from forvaltning.source.maske_skjul import uten_tall  # noqa: PLC0415 - as above

        text = uten_tall(text)
    return text
