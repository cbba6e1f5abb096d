"""YAML nodes with their places, composed under guard, and the way from a field path to a place.

Both C and pure Python composers recurse, so depth and count are kept while they run; otherwise some
30 KB of brackets end the process. Nodes are only made for files with something to report.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yaml.composer import Composer
from yaml.error import MarkedYAMLError, YAMLError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from forvaltning.findings import START, FieldPath, Position
from forvaltning.source.limits import MAX_DEPTH, MAX_NODES, Lines, decode, is_plain

try:
    from yaml._yaml import CParser
except ImportError:  # no libyaml: same answers, some twenty times slower
    CParser = None  # type: ignore[assignment,misc]

HAS_LIBYAML = CParser is not None
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
"""Plain scalars that mean absent."""


class LimitError(YAMLError):
    """Raised while composing; `regel` says which limit, `index` where."""

    def __init__(self, regel: str, index: int) -> None:
        super().__init__(regel)
        self.regel = regel
        self.index = index


class _Guard:
    """The resolver's hooks, used only to count. Every scalar keeps the text that it was written as."""

    resolve: Callable[..., str] = "".format
    depth = 0
    nodes = 0

    def descend_resolver(self, parent: Node | None, _index: object) -> None:
        self.depth += 1
        self.nodes += 1
        if self.depth > MAX_DEPTH or self.nodes > MAX_NODES:
            regel = "fil.dybde" if self.depth > MAX_DEPTH else "fil.noder"
            raise LimitError(regel, parent.start_mark.index if parent else 0)

    def ascend_resolver(self) -> None:
        self.depth -= 1


class GuardedPure(_Guard, Reader, Scanner, Parser, Composer):
    """PyYAML's own parser, for machines without libyaml."""

    def __init__(self, data: bytes) -> None:
        Reader.__init__(self, data.decode("utf-8-sig"))
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)


if CParser is None:
    GuardedC: Any = GuardedPure
    FastC: Any = GuardedPure
else:

    class GuardedC(_Guard, CParser):  # type: ignore[no-redef]
        """libyaml's parser with depth and nodes counted."""

    class FastC(CParser):  # type: ignore[no-redef]
        """libyaml's parser with hooks that do nothing, for files that `limits.is_plain` has cleared."""

        # A C function that takes any arguments: half the price of a method in Python.
        resolve = descend_resolver = ascend_resolver = "".format


FAULTS = (YAMLError, ValueError, OverflowError)
"""What composing hostile bytes may raise (the pure parser lets the last two through)."""


def compose(data: bytes, *, pure: bool = False) -> Node | None:
    """Compose the single document of a file that `limits.decode` accepts.

    In: the raw file; `pure` forces PyYAML's own parser. Out: the top node, None for an empty file.
    Errors: one of `FAULTS`, never a crash.
    """
    loader: Any = GuardedPure(data) if pure else GuardedC(data)
    node: Node | None = loader.get_single_node()
    return node


def fault_place(fault: Exception) -> tuple[str, int | None, str, int]:
    """Return context, start index, problem and index of what `compose` raised (index 0 if unknown)."""
    if not isinstance(fault, MarkedYAMLError):
        return "", None, str(fault) if isinstance(fault, YAMLError) else "invalid Unicode", 0
    start = fault.context_mark.index if fault.context_mark else None
    mark = fault.problem_mark or fault.context_mark
    index = mark.index if mark else 0
    return fault.context or "", start, fault.problem or "", index


class Positions:
    """Where the values of one file stand; one parse, made when the first finding needs it."""

    __slots__ = ("_lines", "_root")

    def __init__(self, data: bytes, *, pure: bool = not HAS_LIBYAML) -> None:
        """In: the raw file. A file that does not parse answers 1:1 to everything. Never raises."""
        text, error = decode(data)
        self._lines = Lines(text)
        self._root: Node | None = None
        if error is None:
            try:
                plain = not pure and is_plain(data)
                self._root = FastC(data).get_single_node() if plain else compose(data, pure=pure)
            except FAULTS:
                return

    def at(self, path: FieldPath, *, value: bool = True) -> Position:
        """Return the place of the value at `path`.

        In: keys and list indexes from the top; `value=False` asks for the key in front of the value.
        Out: a scalar's own place; the key of a list or a map; for what is missing, the nearest parent
        that exists; for the empty path, the first key. Never raises.
        """
        if self._root is None:
            return START
        node = self._root
        mark = node.start_mark.index
        if isinstance(node, MappingNode) and node.value:
            mark = node.value[0][0].start_mark.index
        for part in path:
            step = _step(node, part)
            if step is None:
                return self._lines.at(mark)
            key, node = step
            mark = key.start_mark.index
        own = value and path and isinstance(node, ScalarNode) and (node.value or node.style)
        return self._lines.at(node.start_mark.index if own else mark)


def _step(node: Node, part: str | int) -> tuple[Node, Node] | None:
    """The node that names a part (key or list item) and the node that it leads to."""
    if isinstance(node, MappingNode):
        for key, item in node.value:
            if isinstance(key, ScalarNode) and key.value == part:
                return key, item
    elif isinstance(node, SequenceNode) and isinstance(part, int) and 0 <= part < len(node.value):
        return node.value[part], node.value[part]
    return None
