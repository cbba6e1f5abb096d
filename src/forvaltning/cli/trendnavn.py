"""Which ids are the same record's through all of a history: renames that Git sees, and `tidligere_id`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forvaltning.cli.historikk_felles import Historisk
    from forvaltning.git.historikk import Steg


TIDLIGERE = "tidligere_id"
"""The field in which a record says what it was called before."""


def stier(steg: Sequence[Steg], fra: set[str]) -> set[str]:
    """The record files there are after some steps."""
    from forvaltning.history.versjoner import postnokkel

    out = set(fra)
    for s in steg:
        for f in s.filer:
            if f.gammel_sti is not None and f.gammel_sti != f.ny_sti:
                out.discard(f.gammel_sti)
            if f.ny_sti is not None and postnokkel(f.ny_sti) is not None:
                out.add(f.ny_sti)
    return out


def navn(eksakte: dict[str, str], tidligere: dict[str, str], stier: set[str]) -> dict[str, str]:
    """Former id → id: from exact renames in Git, and from what records say (`tidligere`)."""
    from forvaltning.history.trinn import navnekart
    from forvaltning.history.versjoner import postnokkel

    ids = [key[1] for s in stier if (key := postnokkel(s)) is not None]
    return navnekart({**eksakte, **tidligere}, ids)


def nevner_tidligere(h: Historisk) -> list[str]:
    """The files at HEAD that may say what their records were called before, from the top. Raises `GitFeil`."""
    from forvaltning.git.filspor import stier_som_holder

    return stier_som_holder(h.tre, h.mappe, TIDLIGERE, h.hode)


def tidligere(h: Historisk, stier: set[str], nevnt: Iterable[str]) -> dict[str, str]:
    """Former id → id, as the records at HEAD say. `nevnt`: what `nevner_tidligere` found."""
    from forvaltning.git.filspor import innhold_av
    from forvaltning.history.versjoner import postnokkel
    from forvaltning.model.viser import normaliser
    from forvaltning.source.yaml_parser import parse

    out: dict[str, str] = {}
    for sti, data in innhold_av(h.leser, h.mappe, h.hode, nevnt):
        key = postnokkel(sti)
        if key is None or sti not in stier:
            continue
        value = (parse(data).value or {}).get(TIDLIGERE)
        for old in value if isinstance(value, list) else [value]:
            if isinstance(old, str):
                out[normaliser(old)] = key[1]
    return out
