"""Personal numbers and secrets hidden in a whole report at once, before any format has put signs between them.

The last stop before the screen masks too (`cli/utskrift.py`). But an XLSX file is packed, and escaping may part a
secret so that it is no longer known for one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from forvaltning.documents.visning import Visning
from forvaltning.source.maske import maskert

T = TypeVar("T")
_SKILLE = "\n\x1d|\x1d\n"
"""Between texts, so that the end of one and the start of the next are never read as one number."""


def maskert_visning(v: Visning) -> Visning:
    """The report with what the guard hides hidden; the same report when there is nothing to hide."""
    return maskert_verdi(v)


def maskert_verdi(verdi: T) -> T:
    """Any frozen value of ours with its texts masked."""
    texts = list(dict.fromkeys(_tekster(verdi)))
    whole = _SKILLE.join(texts)
    hidden = maskert(whole)
    if hidden == whole:
        return verdi
    pieces = hidden.split(_SKILLE)
    if len(pieces) != len(texts):
        pieces = [maskert(t) for t in texts]
    changed = {a: b for a, b in zip(texts, pieces, strict=True) if a != b}
    out: T = _bytt(verdi, lambda t: changed.get(t, t))
    return out


def _tekster(verdi: Any) -> Iterator[str]:
    if isinstance(verdi, str):
        yield str(verdi)
    elif isinstance(verdi, tuple):
        for v in verdi:
            yield from _tekster(v)
    elif is_dataclass(verdi):
        for f in fields(verdi):
            yield from _tekster(getattr(verdi, f.name))


def _bytt(verdi: Any, ny: Callable[[str], str]) -> Any:
    if isinstance(verdi, str):
        return ny(str(verdi))
    if isinstance(verdi, tuple):
        return tuple(_bytt(v, ny) for v in verdi)
    if is_dataclass(verdi) and not isinstance(verdi, type):
        return replace(verdi, **{f.name: _bytt(getattr(verdi, f.name), ny) for f in fields(verdi)})
    return verdi
