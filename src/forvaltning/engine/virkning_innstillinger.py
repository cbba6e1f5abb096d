"""What a change does to the settings: they decide every verdict, so they are named like a record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forvaltning.engine.virkning import Postendring
from forvaltning.history.felt import FeltEndring, verdi_i_tekst
from forvaltning.model.innstillinger import Innstillinger

INNSTILLINGER = "forvaltning.yaml"


def innstillingsendring(gammel: Innstillinger, ny: Innstillinger) -> Postendring | None:
    """The settings that differ, value by value; None when none does."""
    before, after = dict(_verdier(gammel)), dict(_verdier(ny))
    changed = tuple(
        FeltEndring(".".join(k), _tittel(k), before.get(k), after.get(k), k)
        for k in {**before, **after}
        if before.get(k) != after.get(k)
    )
    return Postendring(INNSTILLINGER, "Innstillingene", "endret", changed) if changed else None


def _verdier(innstillinger: Innstillinger) -> Iterator[tuple[tuple[str, ...], str]]:
    yield from _under((), innstillinger.model_dump())


def _under(path: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _under((*path, str(key)), inner)
    elif isinstance(value, list | tuple | set | frozenset):
        yield path, ", ".join(str(v) for v in value)
    elif value is not None:
        yield path, verdi_i_tekst(value)


def _tittel(path: tuple[str, ...]) -> str:
    field = Innstillinger.model_fields.get(path[0])
    return " › ".join([(field.title if field else None) or path[0], *path[1:]])
