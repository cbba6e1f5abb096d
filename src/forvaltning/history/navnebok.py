"""What records were called at a commit, for those that refer to them."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from itertools import product

from forvaltning.history.versjoner import Versjoner
from forvaltning.model.viser import normaliser
from forvaltning.source.limits import too_large
from forvaltning.source.yaml_parser import parse


class Navnebok:
    """What a record was called at a commit, read from that commit's own tree, when somebody asks."""

    def __init__(self, versjoner: Versjoner, mapper: Sequence[str]) -> None:
        """`mapper`: the folders the registry has lain in, the present one first."""
        self._versjoner = versjoner
        self._mapper = mapper
        self._svar: dict[tuple[str, tuple[str, ...], str], str | None] = {}
        self._navn: dict[str, str | None] = {}

    def navn(self, commit: str | None, slag: tuple[str, ...], ident: str) -> str | None:
        """The name of the record with this id at a commit; None when it was not there or had none."""
        if not commit:
            return None
        asked = (commit, slag, ident)
        if asked not in self._svar:
            self._svar[asked] = self._finn(commit, slag, ident)
        return self._svar[asked]

    def _finn(self, commit: str, slag: tuple[str, ...], ident: str) -> str | None:
        if "/" in ident:
            return None
        for stem in dict.fromkeys((normaliser(ident), ident)):
            for mappe, kind in product(self._mapper, slag):
                sti = posixpath.join(mappe, kind, f"{stem}.yaml")
                found = self._versjoner.leser.les(f"{commit}:{sti}")
                if found is not None and found.slag == "blob":
                    if found.oid not in self._navn:
                        self._navn[found.oid] = _navn(found.data)
                    return self._navn[found.oid]
        return None


def _navn(data: bytes) -> str | None:
    if too_large(len(data)) is not None:
        return None
    value = parse(data).value or {}
    name = value.get("navn") or value.get("stilling")
    return name if isinstance(name, str) else None
