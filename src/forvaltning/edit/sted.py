"""Where the parts of a file stand: ends without the comments after, columns, dashes and colons."""

from __future__ import annotations

import re

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from forvaltning.edit.feil import Redigeringsfeil

_SKIFT = re.compile(r"\r\n?|\n")


def linjestart(text: str, index: int) -> int:
    """Where the line that holds `index` begins."""
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def linjeslutt(text: str, index: int) -> int:
    """Where the line that holds `index` ends, before its line break."""
    found = _SKIFT.search(text, index)
    return found.start() if found else len(text)


def linjeskift(text: str, index: int = 0) -> str:
    """The line break nearest before `index`, else the file's first, else LF."""
    start = linjestart(text, index)
    if start:
        return "\r\n" if text[:start].endswith("\r\n") else text[start - 1]
    found = _SKIFT.search(text)
    return found[0] if found else "\n"


def kolonne(text: str, index: int) -> int:
    """Columns before `index` on its line."""
    return index - linjestart(text, index)


def alene(text: str, index: int) -> bool:
    """True when only blanks stand before `index` on its line."""
    return not text[linjestart(text, index) : index].strip(" ")


def i_klammer(node: Node) -> bool:
    """True for a list or map written with brackets."""
    return isinstance(node, CollectionNode) and bool(node.flow_style)


def er_blokk(node: Node) -> bool:
    """True for what takes lines of its own: a list, a map or a block of text."""
    if isinstance(node, ScalarNode):
        return node.style in ("|", ">")
    return not i_klammer(node)


def start(node: Node) -> int:
    """Where a value begins."""
    return int(node.start_mark.index)


def slutt(text: str, node: Node) -> int:
    """Where a value ends, without the comments and blank lines that the parser counts in."""
    if isinstance(node, ScalarNode):
        return _tekstslutt(text, node) if er_blokk(node) else int(node.end_mark.index)
    if i_klammer(node) or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return slutt(text, last[1] if isinstance(last, tuple) else last)


def _tekstslutt(text: str, node: ScalarNode) -> int:
    begin, end = start(node), int(node.end_mark.index)
    head = text[begin : linjeslutt(text, begin)].partition("#")[0]
    if "+" in head:  # blank lines at the end are part of the text
        breaks = list(_SKIFT.finditer(text, begin, end))
        return breaks[-1].start() if breaks and not text[breaks[-1].end() : end].strip() else end
    return linjeslutt(text, begin + max(0, len(text[begin:end].rstrip()) - 1))


def etter_kolon(text: str, nokkel: Node) -> int:
    """Where the value of a key may begin: right after its colon."""
    found = re.compile(r"[ \t]*:").match(text, int(nokkel.end_mark.index))
    if found is None:
        raise uvant()
    return found.end()


def strek(text: str, node: Node) -> int:
    """Where the dash of a list item stands."""
    index = start(node) - 1
    while index >= 0 and text[index] in " \r\n":
        index -= 1
    if index < 0 or text[index] != "-":
        raise uvant()
    return index


def finn(rot: Node, path: tuple[str | int, ...]) -> Node | None:
    """The value at a path, None when it is not there."""
    node: Node | None = rot
    for part in path:
        if isinstance(node, MappingNode):
            node = next((v for k, v in node.value if k.value == part), None)
        elif isinstance(node, CollectionNode) and isinstance(part, int) and 0 <= part < len(node.value):
            node = node.value[part]
        else:
            return None
    return node


def uvant() -> Redigeringsfeil:
    """The fault for a way of writing that is valid, but that can not be changed in place."""
    return Redigeringsfeil(
        "Filen er skrevet på en måte som ikke kan endres her uten å røre andre linjer.",
        "Rett feltet for hånd i filen.",
    )
