"""What keeps a template within bounds: little on a text, no arithmetic but on numbers, and a budget of steps.

Jinja's own sandbox keeps templates away from Python's inner parts. It does not keep one from running for ever or
filling the memory, and its `Markup` escapes for HTML where ours must escape for Markdown. Both are seen to here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sized
from datetime import date
from typing import Any, ClassVar

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

MAKS_KILDE = 256 * 1024
"""Bytes in a template of the registry's own."""
MAKS_STEG = 2_000_000
"""Values printed, rounds of loops and calls in one document. A report over 10,000 records uses a few hundred."""
MAKS_TEGN = 200_000_000
"""Characters in one document."""
MAKS_TEKST = 1_000_000
"""Characters in one text that a template has joined."""
MAKS_TALL = 10**12
MAKS_DYBDE = 60
TEKSTMETODER = frozenset(
    ["endswith", "partition", "removeprefix", "removesuffix", "split", "startswith", "strip"]
)
"""What a template can ask of a plain text; none of it makes a longer one."""
DATOFELT = frozenset(["day", "isoformat", "month", "weekday", "year"])
"""What a template can ask of a date; never what day it is."""
SLOYFE = frozenset(["first", "index", "index0", "last", "length"])
"""What a template can ask of its loop."""


class ForStor(Exception):  # noqa: N818 - named in the domain's words
    """A template goes past a limit."""


class Teller:
    """The steps of one document."""

    __slots__ = ("steg",)

    def __init__(self) -> None:
        self.steg = 0

    def tell(self, antall: int = 1) -> None:
        """One step more, or several. Raises `ForStor`."""
        self.steg += antall
        if self.steg > MAKS_STEG:
            raise ForStor("mer enn to millioner steg")

    def rundt(self, values: Iterable[Any]) -> Iterable[Any]:
        """The same values, each counted when it is taken."""
        return _Talt(values, self)


class _Talt:
    """An iterable whose rounds are counted; it still knows its length when it has one."""

    def __init__(self, values: Iterable[Any], teller: Teller) -> None:
        self._values = values
        self._teller = teller

    def __iter__(self) -> Iterator[Any]:
        for value in self._values:
            self._teller.tell()
            yield value

    def __len__(self) -> int:
        if isinstance(self._values, Sized):
            return len(self._values)
        raise TypeError


class _Vakt(NodeTransformer):
    """Counts the rounds of every loop, and looks at what is cut in pieces."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - the name that Jinja looks for
        """`for x in y` as `for x in y|talt`."""
        self.generic_visit(node)
        node.iter = nodes.Filter(node.iter, "_talt", [], [], None, None, lineno=node.lineno)
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802 - the name that Jinja looks for
        """`x[1:2]` as `(x|hel)[1:2]`; without a colon `getitem` sees to it."""
        self.generic_visit(node)
        if isinstance(node.arg, nodes.Slice):
            node.node = nodes.Filter(node.node, "_hel", [], [], None, None, lineno=node.lineno)
        return node


class _Kode(CodeGenerator):
    """Joins texts (`~`) with our own escaping instead of HTML's."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - the name that Jinja looks for
        """`a ~ b` as one call."""
        self.write("environment.sammen((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


def _hel(obj: Any) -> Any:
    """A value that may be cut in pieces; a finished text may not, since an escape could be cut in two."""
    if isinstance(obj, Markup):
        raise SecurityError("en del av en ferdig tekst")
    return obj


class Miljo(ImmutableSandboxedEnvironment):
    """The sandbox. `teller` counts for the one document it is made for."""

    code_generator_class = _Kode
    intercepted_binops: ClassVar[frozenset[str]] = frozenset(["+", "-", "*", "/", "//", "%", "**"])  # type: ignore[misc]

    def __init__(self, teller: Teller, **options: Any) -> None:
        super().__init__(**options)
        self.teller = teller
        self._vis: Callable[[Any], Markup] = options["finalize"]
        self._dybde = 0

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        self.filters.update(_talt=self.teller.rundt, _hel=_hel)
        return super()._generate(_Vakt().visit(source), name, filename, defer_init)

    def sammen(self, parts: tuple[Any, ...]) -> Markup:
        """Texts joined; those that are not `Markup` are escaped. Raises `ForStor`."""
        out = Markup("").join(self._vis(p) for p in parts)
        if len(out) > MAKS_TEKST:
            raise ForStor("én tekst på mer enn en million tegn")
        return out

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Fields of plain values only: nothing with an underscore, little on a text, nothing on a finished one."""
        if isinstance(obj, str) and not isinstance(obj, Markup):
            return attr in TEKSTMETODER
        if isinstance(obj, date):
            return attr in DATOFELT
        if isinstance(obj, LoopContext):
            return attr in SLOYFE
        if attr.startswith("_") or isinstance(obj, str | bytes | int | float | type) or callable(obj):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item; never a piece of a finished text, which could cut an escape in two."""
        return super().getitem(_hel(obj), argument)

    def wrap_str_format(self, value: Any) -> None:
        """No text is a pattern for others: one may ask for a thousand million blanks."""

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on numbers of a sensible size. Raises `SecurityError`."""
        if operator == "**" or not all(
            isinstance(v, int | float) and abs(v) < MAKS_TALL for v in (left, right)
        ):
            raise SecurityError(f"«{operator}» på annet enn vanlige tall; tekst settes sammen med «~»")
        return super().call_binop(context, operator, left, right)

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as in Jinja
        """A macro or function; each call counts, with the rows it is given, and calls within calls have a limit."""
        __self.teller.tell(1 + sum(len(getattr(a, "rader", ())) for a in args))
        __self._dybde += 1
        try:
            if __self._dybde > MAKS_DYBDE:
                raise RecursionError
            return super().call(__context, __obj, *args, **kwargs)
        finally:
            __self._dybde -= 1
