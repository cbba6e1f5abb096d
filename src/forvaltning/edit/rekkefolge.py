"""Where a new field belongs among those that stand: in the model's order."""

from __future__ import annotations

from collections.abc import Sequence

from forvaltning.findings import FieldPath
from forvaltning.model.base import Del
from forvaltning.model.kinds import KINDS
from forvaltning.model.viser import felttyper


def felt_i(kind: str | None, path: FieldPath) -> tuple[str, ...]:
    """The fields that the model has at a path, in its order; empty when it is not known."""
    model: type[Del] | None = KINDS.get(kind or "")
    for part in path:
        if model is None or isinstance(part, int):
            continue
        found = felttyper(model).get(part)
        inner = found.type if found is not None else None
        model = inner if isinstance(inner, type) and issubclass(inner, Del) else None
    return tuple(felttyper(model)) if model is not None else ()


def plass(kind: str | None, path: FieldPath, finnes: Sequence[str], felt: str) -> int:
    """The place of a new field: behind the last standing field that comes before it in the model."""
    order = felt_i(kind, path)
    if felt not in order:
        return len(finnes)
    before = set(order[: order.index(felt)])
    return max((n + 1 for n, name in enumerate(finnes) if name in before), default=0)
