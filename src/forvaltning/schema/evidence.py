"""Which requirements a field is evidence for, joined from the fields that the rules say they rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from forvaltning.krav.katalog import ALLE
from forvaltning.krav.typer import Krav
from forvaltning.model.kinds import KINDS

FieldName = tuple[str, ...]
"""A dotted field of a record, split: ``("rapportering", "avtalt")``. List indexes are left out."""


def _places(krav: Krav) -> Iterable[tuple[str, FieldName]]:
    for rule in krav.regler:
        for entry in rule.felter:
            kind, _, dotted = entry.rpartition(":")
            for name in (kind,) if kind else (k.kind for k in rule.gjelder):
                yield name, tuple(dotted.split("."))


@cache
def _by_kind() -> dict[str, dict[FieldName, tuple[str, ...]]]:
    found: dict[str, dict[FieldName, list[str]]] = {kind: defaultdict(list) for kind in KINDS}
    for krav in ALLE:
        for kind, field in dict.fromkeys(_places(krav)):
            found[kind][field].append(krav.nummer)
    return {kind: {f: tuple(n) for f, n in fields.items()} for kind, fields in found.items()}


def requirements_for(kind: str, field: FieldName) -> list[str]:
    """The numbers of the requirements that rest on a field, in number order.

    A rule that names a whole part rests on every field in it; a part shows what any field in it is for.
    """
    out: set[str] = set()
    for named, numbers in _by_kind()[kind].items():
        shorter = min(len(named), len(field))
        if named[:shorter] == field[:shorter]:
            out.update(numbers)
    return sorted(out, key=lambda n: tuple(int(part) for part in n.split(".")))
