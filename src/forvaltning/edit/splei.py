"""The splices: text in, text out, everything outside the edited value untouched."""

from __future__ import annotations

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from forvaltning.edit import sted
from forvaltning.edit.verdi import Stil, Verdi, er_liste, flyt, linjer, skalar
from forvaltning.findings import FieldPath


def erstatt_verdi(text: str, rot: Node, path: FieldPath, verdi: Verdi, stil: Stil) -> str:
    """The text with another value at a path that exists."""
    above, node = sted.finn(rot, path[:-1]), sted.finn(rot, path)
    if not isinstance(above, CollectionNode) or node is None:
        raise sted.uvant()
    begin, end = sted.start(node), sted.slutt(text, node)
    inside = _i_klammer(rot, path)
    if inside or not (sted.er_blokk(node) or _som_blokk(verdi)):
        new = _pa_linjen(node, verdi, inside=inside)
        gap = " " if begin == end and text[begin - 1 : begin] in (":", "-") else ""
        return text[:begin] + gap + new + text[end:]
    return _erstatt_linjer(text, above, path[-1], node, verdi, stil)


def _som_blokk(verdi: Verdi) -> bool:
    """True for what is written over several lines."""
    if isinstance(verdi, str):
        return "\n" in verdi
    return er_liste(verdi) and len(linjer("k:", verdi, 0, Stil())) > 1


def _i_klammer(rot: Node, path: FieldPath) -> bool:
    """True when the value at a path stands inside brackets."""
    nodes = (sted.finn(rot, path[:n]) for n in range(len(path)))
    return any(node is not None and sted.i_klammer(node) for node in nodes)


def _pa_linjen(node: Node, verdi: Verdi, *, inside: bool) -> str:
    if er_liste(verdi):
        return flyt(verdi)
    style = node.style if isinstance(node, ScalarNode) and node.style in ("'", '"') else None
    old = node.value if isinstance(node, ScalarNode) and not node.style else None
    return skalar(verdi, flyt=inside, stil=style, gammel=old or None)


def _erstatt_linjer(
    text: str, above: CollectionNode, part: str | int, node: Node, verdi: Verdi, stil: Stil
) -> str:
    """Another value where the old one, or the new, takes lines of its own."""
    if isinstance(above, MappingNode):
        key = next(k for k, _ in above.value if k.value == part)
        column = sted.kolonne(text, sted.start(key))
        begin = sted.etter_kolon(text, key)
    else:
        dash = sted.strek(text, node)
        column, begin = sted.kolonne(text, dash), dash + 1
    end = sted.linjeslutt(text, sted.slutt(text, node))
    comment = _merknad(text, node, begin)
    # the lines are made behind a stand-in for the key, which is then taken off
    first, *rest = linjer("-" if not isinstance(above, MappingNode) else ":", verdi, column, stil)
    new = first[column + 1 :] + comment
    return text[:begin] + stil.linjeskift.join([new, *rest]) + text[end:]


def _merknad(text: str, node: Node, begin: int) -> str:
    """The comment that stands on the first line of a value, with the blanks before it."""
    if sted.er_blokk(node) and not isinstance(node, ScalarNode):
        rest = text[begin : sted.linjeslutt(text, begin)]
        return rest if rest.lstrip().startswith("#") else ""
    if isinstance(node, ScalarNode) and sted.er_blokk(node):
        head = text[sted.start(node) : sted.linjeslutt(text, sted.start(node))]
        mark = head.find(" #")
        return head[mark:] if mark >= 0 else ""
    end = sted.slutt(text, node)
    return text[end : sted.linjeslutt(text, end)].rstrip()


def sett_inn_felt(text: str, over: MappingNode, plass: int, felt: str, verdi: Verdi, stil: Stil) -> str:
    """The text with a new field in a map, as number `plass`."""
    if sted.i_klammer(over):
        return _i_klammeret(text, over, plass, f"{skalar(felt, flyt=True)}: {flyt(verdi)}")
    keys = [k for k, _ in over.value]
    if not keys:
        raise sted.uvant()
    first = sted.start(keys[0])
    lines = linjer(f"{skalar(felt)}:", verdi, sted.kolonne(text, first), stil)
    if plass == 0 and sted.alene(text, first):
        at = sted.linjestart(text, first)
        return text[:at] + "".join(line + stil.linjeskift for line in lines) + text[at:]
    return _etter(text, over.value[max(plass, 1) - 1][1], lines, stil)


def sett_inn_ledd(text: str, liste: CollectionNode, ledd: Verdi, stil: Stil) -> str:
    """The text with one more item at the end of a list that has some."""
    if sted.i_klammer(liste):
        return _i_klammeret(text, liste, len(liste.value), flyt(ledd))
    column = sted.kolonne(text, sted.strek(text, liste.value[-1]))
    return _etter(text, liste.value[-1], linjer("-", ledd, column, stil), stil)


def _etter(text: str, node: Node, lines: list[str], stil: Stil) -> str:
    at = sted.linjeslutt(text, sted.slutt(text, node))
    return text[:at] + "".join(stil.linjeskift + line for line in lines) + text[at:]


def _i_klammeret(text: str, over: CollectionNode, plass: int, ledd: str) -> str:
    if not over.value:
        begin = sted.start(over) + 1
        return text[:begin] + ledd + text[sted.slutt(text, over) - 1 :]
    if plass == 0:
        item = over.value[0]
        begin = sted.start(item[0] if isinstance(item, tuple) else item)
        return f"{text[:begin]}{ledd}, {text[begin:]}"
    item = over.value[plass - 1]
    end = sted.slutt(text, item[1] if isinstance(item, tuple) else item)
    return f"{text[:end]}, {ledd}{text[end:]}"


def fjern_ledd(text: str, over: CollectionNode, ledd: str | int) -> str:
    """The text without one field or item of several."""
    pairs = [item if isinstance(item, tuple) else (item, item) for item in over.value]
    if isinstance(over, MappingNode):
        at = next(n for n, (k, _) in enumerate(pairs) if k.value == ledd)
    else:
        at = int(ledd)
    begin, end = sted.start(pairs[at][0]), sted.slutt(text, pairs[at][1])
    after = sted.start(pairs[at + 1][0]) if at + 1 < len(pairs) else None
    if sted.i_klammer(over):
        if after is not None:
            return text[:begin] + text[after:]
        return text[: sted.slutt(text, pairs[at - 1][1])] + text[end:]
    if not isinstance(over, MappingNode):
        begin = sted.strek(text, pairs[at][0])
        after = sted.strek(text, pairs[at + 1][0]) if after is not None else None
    if not sted.alene(text, begin) and after is not None:
        return text[:begin] + text[after:]
    stop = sted.linjeslutt(text, end)
    if stop < len(text):  # with the line break behind, or on the last line the one before
        stop += 2 if text.startswith("\r\n", stop) else 1
        return text[: sted.linjestart(text, begin)] + text[stop:]
    head = text[: sted.linjestart(text, begin)]
    return head.removesuffix("\n").removesuffix("\r")
