"""Text that a person may read: untrusted text made safe, what the YAML parsers say put into bokmål.

Everything quoted from a file (names, keys, values) goes through `safe` or `quoted` before it stands in
a message, so that a file can not move the cursor, colour the terminal or turn the reading direction.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from forvaltning.findings import Position
from forvaltning.source.limits import Lines, ParseError

_ANSI = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[\]PX^_].*?(?:\x1b\\|\x07|\Z)|\x1b.?", re.DOTALL)


def safe(value: str, limit: int = 60) -> str:
    """Return `value` on one line without control, direction and escape characters.

    In: any text, also with lone surrogates. Out: printable text, at most `limit` characters, ending in
    an ellipsis when shortened. Never raises.
    """
    if len(value) <= limit and value.isprintable():
        return value
    value = _ANSI.sub("", value[: limit * 20])
    value = "".join(_shown(char) for char in value)
    value = " ".join(value.split())
    return value if len(value) <= limit else value[: limit - 1].rstrip() + "…"


def _shown(char: str) -> str:
    if char.isprintable():
        return char
    if char.isspace() or unicodedata.category(char) in {"Zs", "Zl", "Zp"}:
        return " "
    return ""


def quoted(value: str, limit: int = 60) -> str:
    """Return `value` made safe, between Norwegian quotation marks. Never raises."""
    return f"«{safe(value, limit)}»"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most like `name` (case does not count), or None when none is close."""
    from difflib import get_close_matches  # noqa: PLC0415  3 ms that only a mistake should cost

    by_fold = {candidate.casefold(): candidate for candidate in sorted(known)}
    close = get_close_matches(safe(name, 80).casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[close[0]] if close else None


_QUOTE = "Sett hele verdien i anførselstegn."
_SAYINGS: tuple[tuple[str, str, str, str, str], ...] = (
    # rule, words of the parser (either one), point at the start of the thing, what is wrong, what to do
    (
        "fil.flere_dokumenter",
        "another document",
        "",
        "Her begynner et nytt dokument. En fil kan bare ha ett.",
        "Flytt det til en egen fil. Står --- her ved en feil, så slett linjen.",
    ),
    (
        "fil.anker",
        "scanning an anchor|duplicate anchor",
        "start",
        "Verdien begynner med &. Det lager et YAML-anker, og det kan ikke brukes her.",
        "Er & en del av teksten, så sett hele verdien i anførselstegn. Ellers slettes det.",
    ),
    (
        "fil.alias",
        "scanning an alias|undefined alias",
        "start",
        "Verdien begynner med *. Det lager et YAML-alias, og det kan ikke brukes her.",
        "Er * en del av teksten, så sett hele verdien i anførselstegn. Ellers skrives verdien helt ut.",
    ),
    (
        "fil.tagg",
        "parsing a tag|scanning a tag|tag handle",
        "start",
        "Verdien begynner med !. Det lager en YAML-tagg, og det kan ikke brukes her.",
        "Er ! en del av teksten, så sett hele verdien i anførselstegn. Ellers slettes taggen.",
    ),
    (
        "fil.syntaks",
        "scanning a quoted scalar found unexpected|double-quoted scalar found unexpected",
        "start",
        "Anførselstegnet her blir aldri lukket.",
        "Sett inn et tilsvarende anførselstegn der teksten slutter.",
    ),
    (
        "fil.kontrolltegn",
        "invalid Unicode",
        "start",
        "Verdien inneholder en kode for et tegn som ikke finnes.",
        "Slett koden. Er skråstreken tekst, bruk enkle anførselstegn.",
    ),
    (
        "fil.syntaks",
        "escape|hexdecimal",
        "start",
        "Omvendt skråstrek betyr noe eget mellom doble anførselstegn.",
        "Bruk enkle anførselstegn, eller skriv to omvendte skråstreker.",
    ),
    (
        "fil.syntaks",
        "flow sequence",
        "start",
        "Listen som begynner med [ her, mangler ] eller et komma.",
        "Sett inn ] der listen slutter, og komma mellom verdiene. Er [ tekst, bruk anførselstegn.",
    ),
    (
        "fil.syntaks",
        "flow mapping",
        "start",
        "Oppslaget som begynner med { her, mangler } eller et komma.",
        "Sett inn } der det slutter, og komma mellom feltene. Er { tekst, bruk anførselstegn.",
    ),
    (
        "fil.syntaks",
        "block scalar",
        "",
        "Etter | eller > kan det ikke stå tekst på samme linje, og teksten må rykkes inn med mellomrom.",
        "Flytt teksten til neste linje med innrykk. Er tegnet en del av teksten, bruk anførselstegn.",
    ),
    (
        "fil.syntaks",
        "expected ':'",
        "start",
        "Linjen mangler kolon etter feltnavnet, eller teksten er ikke rykket inn.",
        "Skriv «felt: verdi», eller rykk linjen inn under feltet den hører til.",
    ),
    (
        "fil.syntaks",
        "sequence entries",
        "",
        "En liste kan ikke begynne på samme linje som feltnavnet.",
        "Flytt strekpunktet til neste linje, rykket inn. Er streken tekst, bruk anførselstegn.",
    ),
    (
        "fil.syntaks",
        "mapping keys",
        "",
        "Verdien begynner med spørsmålstegn og mellomrom. Det betyr noe eget i YAML.",
        _QUOTE,
    ),
    (
        "fil.syntaks",
        "node content",
        "",
        "Her mangler en verdi, eller verdien begynner med et tegn som betyr noe eget i YAML.",
        "Skriv verdien. Begynner den med et skilletegn, så sett den i anførselstegn.",
    ),
    (
        "fil.syntaks",
        "'-' indicator",
        "",
        "Linjen passer ikke inn i listen over.",
        "Gi alle punktene i listen samme innrykk og en strek foran, eller rykk linjen ut av listen.",
    ),
)
_INDENT = (
    "Linjen passer ikke inn her. Innrykket stemmer ikke med linjene over.",
    "Bruk mellomrom, og gi felt på samme nivå nøyaktig samme innrykk.",
)


def explain(text: Lines, context: str, start: int | None, problem: str, index: int) -> ParseError:
    """Put what a YAML parser stumbled over into bokmål.

    In: the file's text; the parser's English context and problem (from libyaml or PyYAML); the index
    where the thing at fault begins, if known, and the index where the parser stopped.
    Out: the error with rule name, message, remedy and position. The parser's words never leak.
    """
    said = f"{context} {problem}"
    at = text.at(index)
    char = text.text[index : index + 1]
    before = text.line(at.line)[: at.column - 1]
    for regel, words, where, melding, tiltak in _SAYINGS:
        if any(word in said for word in words.split("|")):
            from_start = where and start is not None
            return ParseError(regel, melding, tiltak, text.at(start or 0) if from_start else at)
    if char == "\t" or "tab character" in said:
        melding, tiltak = "Her står en tabulator.", "Bruk mellomrom til innrykk, to for hvert nivå."
    elif "cannot start any token" in said:
        melding, tiltak = f"Verdien kan ikke begynne med {quoted(char)} uten anførselstegn.", _QUOTE
    elif "<document start>" in said and text.line(at.line - 1).startswith("..."):
        return explain(text, "another document", None, "", index)
    elif "<document start>" in said and char in {"}", "]"}:
        melding, tiltak = f"Her står en {char} for mye.", "Slett den, eller sett inn den som mangler foran."
    elif "mapping values" in said or "<document start>" in said:
        return _stray_colon(text, at, before)
    elif before.strip(" -"):
        melding = "Her står det mer etter at verdien er slutt."
        tiltak = "Sett hele verdien mellom ett par anførselstegn, eller slett det som er til overs."
    elif "<block end>" in said or "expected key" in said:
        melding, tiltak = _INDENT
    else:
        melding = "Filen følger ikke reglene for YAML her."
        tiltak = "Se etter manglende kolon, anførselstegn eller innrykk på denne linjen og linjen over."
    return ParseError("fil.syntaks", melding, tiltak, at)


def _stray_colon(text: Lines, at: Position, before: str) -> ParseError:
    """A colon where no key can be: in a value, after a line without colon, or wrongly indented."""
    number = at.line - 1
    while number and not text.line(number).split("#")[0].strip():
        number -= 1
    above = text.line(number)
    key = above.lstrip(" -")
    if re.search(r"[:?](\s|$)", before):
        melding, tiltak = "Verdien inneholder kolon og mellomrom.", _QUOTE
    elif key and not re.search(r":(\s|$)", above):
        at = Position(number, len(above) - len(key) + 1)
        if re.match(r"[\w.-]+:\S", key):
            melding, tiltak = "Det mangler mellomrom etter kolon.", "Skriv «felt: verdi»."
        else:
            melding = "Linjen mangler kolon etter feltnavnet."
            tiltak = "Skriv «felt: verdi», eller rykk linjen inn under feltet den hører til."
    else:
        at = Position(at.line, len(before) - len(before.lstrip()) + 1)
        melding, tiltak = _INDENT
    return ParseError("fil.syntaks", melding, tiltak, at)
