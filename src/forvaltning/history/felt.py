"""What changed in one record, field by field: reordering and reformatting are nothing.

List items are matched by identity, so an item that moves has not changed. Pure: two records in, changes out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from forvaltning.findings import FieldPath
from forvaltning.model.base import Del, Post
from forvaltning.model.viser import FeltType, felttyper


@dataclass(frozen=True, slots=True)
class FeltEndring:
    """One field that changed: its stable path, its titles in words, and the values before and after.

    `gammel` None: the field was not set; `ny` None: it no longer is. `path` is where it stands in the
    newer record, or in the older one when it is gone there.
    """

    felt: str
    tittel: str
    gammel: str | None
    ny: str | None
    path: FieldPath
    henvisning: bool = False
    """True when the values are ids of other records."""


def endringer(gammel: Post, ny: Post) -> list[FeltEndring]:
    """Every field that differs between two versions of one record, in the order of the model."""
    return list(_del(type(ny), gammel, ny, "", "", ()))


def innhold(post: Post) -> list[FeltEndring]:
    """Every field that is set in a record, as if it were added."""
    return list(_del(type(post), None, post, "", "", ()))


def verdi_i_tekst(value: Any) -> str:
    """A scalar as people write it in the registry."""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _del(
    model: type[Del], old: Del | None, new: Del | None, felt: str, tittel: str, path: FieldPath
) -> Iterator[FeltEndring]:
    for name, what in felttyper(model).items():
        if name == "id" and issubclass(model, Post):
            continue
        before, after = getattr(old, name, None), getattr(new, name, None)
        if before == after:
            continue
        title = model.model_fields[name].title or name
        where = f"{felt}.{name}" if felt else name
        words = f"{tittel} › {title.lower()}" if tittel else title
        if what.is_list:
            yield from _liste(what, before or (), after or (), where, words, (*path, name))
        elif isinstance(what.type, type) and issubclass(what.type, Del):
            yield from _del(what.type, before, after, where, words, (*path, name))
        else:
            yield _verdi(what, before, after, where, words, (*path, name))


def _verdi(what: FeltType, old: Any, new: Any, felt: str, tittel: str, path: FieldPath) -> FeltEndring:
    return FeltEndring(
        felt,
        tittel,
        None if old is None else verdi_i_tekst(old),
        None if new is None else verdi_i_tekst(new),
        path,
        what.ref is not None,
    )


def _liste(
    what: FeltType, old: tuple[Any, ...], new: tuple[Any, ...], felt: str, tittel: str, path: FieldPath
) -> Iterator[FeltEndring]:
    before, after = _merket(old), _merket(new)
    for key, (index, item) in after.items():
        _, earlier = before.get(key, (0, None))
        if item != earlier:
            yield from _element(what, earlier, item, f"{felt}[{key}]", f"{tittel} «{key}»", (*path, index))
    for key, (index, item) in before.items():
        if key not in after:
            yield from _element(what, item, None, f"{felt}[{key}]", f"{tittel} «{key}»", (*path, index))


def _element(
    what: FeltType, old: Any, new: Any, felt: str, tittel: str, path: FieldPath
) -> Iterator[FeltEndring]:
    if isinstance(what.type, type) and issubclass(what.type, Del):
        changes = list(_del(what.type, old, new, felt, tittel, path))
        yield from changes or [
            FeltEndring(felt, tittel, None if old is None else "", None if new is None else "", path)
        ]
    else:
        yield _verdi(what, old, new, felt, tittel, path)


def _merket(items: tuple[Any, ...]) -> dict[str, tuple[int, Any]]:
    """List items by identity; twins are told apart by how many came before."""
    out: dict[str, tuple[int, Any]] = {}
    for i, item in enumerate(items):
        if isinstance(item, Del):
            names = [
                verdi_i_tekst(v) for v in (getattr(item, n, None) for n in item.identitet) if v is not None
            ]
            key = " ".join(names) or f"#{i + 1}"
        else:
            key = verdi_i_tekst(item)
        base, n = key, 2
        while key in out:
            key, n = f"{base} ({n})", n + 1
        out[key] = (i, item)
    return out
