"""What a line through time keeps of each verdict, and which commit is to be named for a change of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from forvaltning.engine.forlop import Forlop
from forvaltning.engine.utfall import Utfall
from forvaltning.git.historikk import Steg
from forvaltning.history.versjoner import postnokkel
from forvaltning.model.viser import normaliser


@dataclass(slots=True)
class Siste:
    """What was last found for one requirement and one record: its course when broken, what it read, until when."""

    forlop: Forlop | None
    spor: Set[str] = frozenset()
    fra: date = date.max
    til: date = date.min


UKJENT = Siste(None)
"""Nothing was found yet."""
Par = tuple[str, str]
"""Record and requirement."""
Skyld = tuple[int, str]
"""A commit: its place among those of the point, and its id."""


def endret(
    gruppe: Sequence[Steg],
) -> tuple[dict[str, tuple[str, str] | None], dict[str, Skyld]]:
    """The files that some steps leave changed, and which of them last touched each record."""
    changed: dict[str, tuple[str, str] | None] = {}
    skylder: dict[str, Skyld] = {}
    for n, steg in enumerate(gruppe):
        for f in steg.filer:
            if f.gammel_sti is not None and f.gammel_sti != f.ny_sti:
                changed[f.gammel_sti] = None
            if f.ny_sti is not None and f.ny_oid is not None:
                changed[f.ny_sti] = (f.ny_oid, f.ny_mode)
            for key in _berort(f.gammel_sti, f.ny_sti):
                skylder[key] = (n, steg.innsjekking.oid)
    return changed, skylder


def _berort(*stier: str | None) -> Iterator[str]:
    for sti in stier:
        key = postnokkel(sti)
        if key is not None:
            yield from ("=" + key[1], "~" + key[1])


def skyld(
    post: str, found: Utfall, before: Siste, keys: set[str], skylder: Mapping[str, Skyld], *, whole: bool
) -> str | None:
    """The commit to name for a change of verdict: of the record itself first, else the last of what it read.

    A commit that left every value as it was (a comment, an order, a file mode) is not to blame.
    """
    mine = "=" + normaliser(post.partition("/")[2])
    own = skylder.get(mine) if whole or mine in keys else None
    if own is not None:
        return own[1]
    read = [skylder[k] for k in found.spor | before.spor if k in skylder and (whole or k in keys)]
    return max(read)[1] if read else None


def ident(sti: str) -> str:
    """The id of a record file's path, empty for any other file."""
    key = postnokkel(sti)
    return key[1] if key is not None else ""
