"""One registry file, changed in place: only the lines of the edited value differ, every other byte stays.

The file is spliced where the parser says a value stands. After each change the new text is parsed by the registry's own
parser, and must say the old values with exactly that change; otherwise the change is refused.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

from yaml.nodes import CollectionNode, MappingNode, Node, SequenceNode

from forvaltning.edit import sted
from forvaltning.edit.feil import Redigeringsfeil
from forvaltning.edit.rekkefolge import plass
from forvaltning.edit.splei import erstatt_verdi, fjern_ledd, sett_inn_felt, sett_inn_ledd
from forvaltning.edit.verdi import Stil, Verdi, som_data
from forvaltning.findings import FieldPath
from forvaltning.source.limits import decode
from forvaltning.source.positions import FAULTS, compose
from forvaltning.source.yaml_parser import parse

_BOM = b"\xef\xbb\xbf"


class Dokument:
    """A registry file that can be read. Changes gather in memory; `data` is the file with them.

    `data`: the raw file. `kind`: the record folder, whose model says where a new field belongs.
    Raises `Redigeringsfeil` for a file that does not parse.
    """

    def __init__(self, data: bytes, kind: str | None = None) -> None:
        self.lest = data
        """The bytes that the changes are made to."""
        self._kind = kind
        self._bom = data.startswith(_BOM)
        parsed = parse(data)
        if parsed.value is None:
            raise Redigeringsfeil(
                f"Filen kan ikke leses: {parsed.error.melding if parsed.error else ''}",
                *([parsed.error.tiltak] if parsed.error else []),
            )
        self._tekst = decode(data)[0]
        self.verdier: dict[str, Any] = parsed.value
        """What the file says, with the changes."""

    @classmethod
    def apne(cls, path: Path, kind: str | None = None) -> Dokument:
        """Read a file. Raises `OSError` or `Redigeringsfeil`."""
        return cls(path.read_bytes(), kind)

    def tekst(self) -> str:
        """The file with the changes, without byte order mark."""
        return self._tekst

    @property
    def data(self) -> bytes:
        """The file with the changes, as it is written."""
        return (_BOM if self._bom else b"") + self._tekst.encode("utf-8")

    def sett(self, path: FieldPath, verdi: Verdi) -> None:
        """Give the field at `path` a value; what is missing on the way is made. Raises `Redigeringsfeil`."""
        data = som_data(verdi)
        if not path:
            raise Redigeringsfeil("Hele filen kan ikke settes under ett.", "Sett ett felt om gangen.")
        root = self._rot()
        node = sted.finn(root, path)
        if node is not None:
            if self._verdi(path) == data:
                return
            self._prov(erstatt_verdi(self._tekst, root, path, verdi, self._stil(root)), path, lambda _: data)
            return
        parent, last = path[:-1], path[-1]
        above = sted.finn(root, parent)
        if isinstance(last, int):
            raise Redigeringsfeil("Leddet finnes ikke i listen.", "Legg det til i stedet.")
        if isinstance(above, MappingNode) and (above.value or not parent):
            keys = [k.value for k, _ in above.value]
            at = plass(self._kind, parent, keys, str(last))
            text = sett_inn_felt(self._tekst, above, at, str(last), verdi, self._stil(root))
            self._prov(text, parent, lambda old: {**old, last: data})
        else:
            self._lag_over(parent, above, {str(last): verdi})

    def legg_til(self, path: FieldPath, ledd: Verdi) -> None:
        """Add an item at the end of the list at `path`, which is made when missing. Raises `Redigeringsfeil`."""
        data = som_data(ledd)
        root = self._rot()
        node = sted.finn(root, path)
        if isinstance(node, SequenceNode) and node.value:
            text = sett_inn_ledd(self._tekst, node, ledd, self._stil(root))
            self._prov(text, path, lambda old: [*old, data])
        elif node is None or self._verdi(path) in (None, []):
            self.sett(path, [ledd])
        else:
            raise Redigeringsfeil("Feltet er ikke en liste.", "Gjør det om til en liste i filen først.")

    def fjern(self, path: FieldPath) -> None:
        """Take away a field or a list item with its lines; the comments around stay. Raises `Redigeringsfeil`."""
        root = self._rot()
        node, above = sted.finn(root, path), sted.finn(root, path[:-1])
        if node is None or not isinstance(above, CollectionNode):
            return
        if len(above.value) == 1:
            if not path[:-1]:
                raise Redigeringsfeil("Det siste feltet i filen kan ikke fjernes.", "Slett heller filen.")
            self.sett(path[:-1], {} if isinstance(above, MappingNode) else [])
            return
        last = path[-1]
        self._prov(fjern_ledd(self._tekst, above, last), path[:-1], lambda old: _uten(old, last))

    # --- inside ------------------------------------------------------------------------------------

    def _rot(self) -> Node:
        try:
            node = compose(self._tekst.encode("utf-8"), pure=True)
        except FAULTS:  # what one parser takes and the other does not
            raise sted.uvant() from None
        if not isinstance(node, MappingNode):  # pragma: no cover - `parse` has shown that it is one
            raise sted.uvant()
        return node

    def _verdi(self, path: FieldPath) -> Any:
        here: Any = self.verdier
        for part in path:
            here = here[part]
        return here

    def _lag_over(self, parent: FieldPath, above: Node | None, verdi: dict[str, Verdi]) -> None:
        """Make the map that a field is missing from."""
        if above is not None and self._verdi(parent) not in (None, {}):
            raise Redigeringsfeil(
                f"«{'.'.join(map(str, parent))}» har ikke felt under seg.", "Rett feltet for hånd i filen."
            )
        self.sett(parent, verdi)

    def _stil(self, root: Node) -> Stil:
        """How the file indents lists and fields, from the first of each; ours where it has none."""
        fields = lists = None
        todo = [root]
        while todo and (fields is None or lists is None):
            node = todo.pop(0)
            pairs = node.value if isinstance(node, MappingNode) and not sted.i_klammer(node) else ()
            for key, value in pairs:
                if isinstance(value, CollectionNode) and value.value and not sted.i_klammer(value):
                    first = (
                        sted.strek(self._tekst, value.value[0]) if isinstance(value, SequenceNode) else None
                    )
                    own = sted.kolonne(self._tekst, sted.start(key))
                    if first is not None:
                        lists = sted.kolonne(self._tekst, first) - own if lists is None else lists
                    elif fields is None:
                        fields = sted.kolonne(self._tekst, sted.start(value)) - own
                    todo.append(value)
            if isinstance(node, SequenceNode):
                todo += [n for n in node.value if isinstance(n, CollectionNode)]
        return Stil(fields or 2, 2 if lists is None else lists, sted.linjeskift(self._tekst))

    def _prov(self, text: str, path: FieldPath, endre: Callable[[Any], Any]) -> None:
        """Keep a spliced text when it says the old values with exactly this change."""
        wanted = copy.deepcopy(self.verdier)
        if not path:
            wanted = endre(wanted)
        else:
            here: Any = wanted
            for part in path[:-1]:
                here = here[part]
            here[path[-1]] = endre(here[path[-1]])
        data = text.encode("utf-8")
        if parse(data).value != wanted or parse(data, pure=True).value != wanted:
            raise sted.uvant()
        self._tekst, self.verdier = text, wanted


def _uten(verdi: Any, ledd: str | int) -> Any:
    if isinstance(verdi, dict):
        return {k: v for k, v in verdi.items() if k != ledd}
    return [v for n, v in enumerate(verdi) if n != ledd]
