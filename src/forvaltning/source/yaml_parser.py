"""Bytes of one registry file to plain values: dict, list, str and None, nothing else.

Every scalar stays the text that was written; the model decides what it is. Almost every file takes the
fast way, which knows nothing of places. Whatever is unusual takes the careful way, which gives either
the same values or one error with rule, message, remedy and place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode
from yaml.tokens import AliasToken, AnchorToken, DirectiveToken, StreamEndToken, TagToken

from forvaltning.source.limits import FORBIDDEN, MAX_DEPTH, MAX_NODES, Lines, ParseError, decode, is_plain
from forvaltning.source.positions import (
    FAULTS,
    HAS_LIBYAML,
    NULLS,
    FastC,
    GuardedC,
    GuardedPure,
    LimitError,
    compose,
    fault_place,
)
from forvaltning.source.text import explain, quoted

__all__ = ["ParseError", "Parsed", "parse"]

_SAID = {AnchorToken: "scanning an anchor", AliasToken: "scanning an alias", TagToken: "scanning a tag"}
_LIMITS = {
    "fil.dybde": (
        f"Innholdet er nøstet i mer enn {MAX_DEPTH} nivåer.",
        "Gjør strukturen flatere. Er klammene tekst, så sett verdien i anførselstegn.",
    ),
    "fil.noder": (
        f"Filen har mer enn {MAX_NODES} felt og verdier.",
        "Del opplysningene på flere poster.",
    ),
}

_CONFLICT = re.compile(r"^<<<<<<<(?= |\r?$)", re.MULTILINE)
_CONFLICTING = (
    "Her står en konflikt fra en fletting i Git som ikke er løst.",
    "Behold det som skal gjelde, og slett resten og linjene som begynner med <<<<<<<, ======= og >>>>>>>.",
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file says, or why it can not be read: exactly one of the two is set."""

    value: dict[str, Any] | None
    error: ParseError | None


class _Refused(Exception):  # noqa: N818  not an error of ours, a file that is turned away
    def __init__(self, regel: str, melding: str, tiltak: str, index: int) -> None:
        super().__init__(regel)
        self.regel, self.melding, self.tiltak, self.index = regel, melding, tiltak, index


class _UnusualError(Exception):
    """The fast way met something that the careful way must look at."""


def parse(data: bytes, *, pure: bool = not HAS_LIBYAML) -> Parsed:
    """Read one registry file.

    In: the raw bytes; `pure` forces PyYAML's own parser (tests, machines without libyaml).
    Out: the values, or one `ParseError` (rules `fil.*`). Errors: none raised, whatever the bytes are.
    """
    if not pure and is_plain(data):
        try:
            node = FastC(data).get_single_node()
            if node.__class__ is MappingNode:
                return Parsed(_mapping(node), None)
        except (*FAULTS, TypeError, _UnusualError):
            pass
    text, error = decode(data)
    if error is not None:
        return Parsed(None, error)
    lines = Lines(text)
    try:
        return Parsed(_careful(data, lines, pure=pure), None)
    except _Refused as no:
        return Parsed(None, ParseError(no.regel, no.melding, no.tiltak, lines.at(no.index)))
    except FAULTS as fault:
        return Parsed(None, _faulty(data, lines, fault, pure=pure))


def _mapping(node: MappingNode) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, item in node.value:
        if item.__class__ is ScalarNode:
            value = item.value
            out[key.value] = None if value in NULLS and not item.style else value
        else:
            # A key that is a list or a map has a list as its value: unhashable, TypeError.
            out[key.value] = _mapping(item) if item.__class__ is MappingNode else _sequence(item)
    if len(out) != len(node.value) or not NULLS.isdisjoint(out):
        raise _UnusualError
    return out


def _sequence(node: Any) -> list[Any]:
    out: list[Any] = []
    for item in node.value:
        if item.__class__ is ScalarNode:
            value = item.value
            out.append(None if value in NULLS and not item.style else value)
        else:
            out.append(_mapping(item) if item.__class__ is MappingNode else _sequence(item))
    return out


def _careful(data: bytes, lines: Lines, *, pure: bool) -> dict[str, Any]:
    root = compose(data, pure=pure)
    if root is None or (isinstance(root, ScalarNode) and not root.style and root.value in NULLS):
        raise _Refused("fil.tom", "Filen er tom.", "Fyll inn posten, eller slett filen.", 0)
    found = _property(data, lines, len(lines.text), pure=pure)
    if found is not None:
        raise _refusal(found)
    if not isinstance(root, MappingNode):
        raise _Refused(
            "fil.ikke_oppslag",
            "Filen inneholder ikke felt på formen «felt: verdi».",
            "Skriv hvert felt på sin linje, med kolon og mellomrom mellom felt og verdi.",
            root.start_mark.index,
        )
    out: dict[str, Any] = _checked(root, lines)
    return out


def _checked(node: Node, lines: Lines) -> Any:
    if isinstance(node, MappingNode):
        out: dict[str, Any] = {}
        first: dict[str, int] = {}
        for key, item in node.value:
            name = _key(key, first, lines)
            first[name] = key.start_mark.index
            out[name] = _checked(item, lines)
        return out
    if not isinstance(node, ScalarNode):
        return [_checked(item, lines) for item in node.value]
    return None if not node.style and node.value in NULLS else _text(node)


def _key(key: Node, first: dict[str, int], lines: Lines) -> str:
    at = key.start_mark.index
    if not isinstance(key, ScalarNode) or not key.value or (not key.style and key.value in NULLS):
        raise _Refused(
            "fil.nokkel",
            "Feltnavnet må være tekst.",
            "Skriv et feltnavn foran kolonet. Er dette en tekst med klammer, bruk anførselstegn.",
            at,
        )
    name = _text(key)
    if name == "<<":
        melding = "Flettenøkkelen << kan ikke brukes her."
        raise _Refused("fil.flettenokkel", melding, "Skriv feltene helt ut.", at)
    if name in first:
        melding = (
            f"Feltet {quoted(name)} står to ganger. Det står også på linje {lines.at(first[name]).line}."
        )
        raise _Refused("fil.dobbel_nokkel", melding, "Behold ett av dem.", at)
    return name


def _text(node: ScalarNode) -> str:
    value: str = node.value
    bad = FORBIDDEN.search(value)
    if bad is None:
        return value
    melding = f"Verdien inneholder et tegn som ikke er lov (U+{ord(bad[0]):04X}), skrevet med skråstrek."
    tiltak = "Slett tegnet. Er skråstreken tekst, bruk enkle anførselstegn."
    raise _Refused("fil.kontrolltegn", melding, tiltak, node.start_mark.index)


def _property(data: bytes, lines: Lines, stop: int, *, pure: bool) -> tuple[str, int] | None:
    """The first anchor, alias, tag or directive before `stop`, as the parser's words and its index."""
    if not any(char in lines.text for char in "&*!%"):
        return None
    loader: Any = GuardedPure(data) if pure else GuardedC(data)
    try:
        while True:
            token = loader.get_token()
            if token is None or token.__class__ is StreamEndToken or token.start_mark.index > stop:
                return None
            if token.__class__ in _SAID or token.__class__ is DirectiveToken:
                return _SAID.get(token.__class__, "directive"), token.start_mark.index
    except FAULTS:
        return None


def _refusal(found: tuple[str, int]) -> _Refused:
    said, index = found
    error = explain(Lines(""), said, None, "", 0)
    return _Refused(error.regel, error.melding, error.tiltak, index)


def _faulty(data: bytes, lines: Lines, fault: Exception, *, pure: bool) -> ParseError:
    """The error for a file that did not compose."""
    if isinstance(fault, LimitError):
        return ParseError(fault.regel, *_LIMITS[fault.regel], lines.at(fault.index))
    conflict = _CONFLICT.search(lines.text)
    if conflict is not None:
        return ParseError("fil.syntaks", *_CONFLICTING, lines.at(conflict.start()))
    context, start, problem, index = fault_place(fault)
    found = _property(data, lines, index, pure=pure)
    if found is not None:
        context, start, problem, index = found[0], found[1], "", found[1]
    return explain(lines, context, start, problem, index)
