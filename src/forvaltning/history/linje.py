"""The commits that the whole registry's trail is read from.

A registry that was moved to another folder is followed to where it lay: the commit that moved it changed only what
differs between the two folders.
"""

from __future__ import annotations

from forvaltning.git.arbeidstre import Arbeidstre
from forvaltning.git.flytting import flyttet_fra
from forvaltning.git.historikk import Steg, forskjell, historikk

SETTINGS_FILE = "forvaltning.yaml"


def hele(tre: Arbeidstre, mappe: str, revisjon: str = "HEAD") -> list[Steg]:
    """Every commit that changes the registry, newest first, renames found. Raises `GitFeil`."""
    out: list[Steg] = []
    while True:
        steps = list(historikk(tre, mappe, revisjon))
        # The newest move first: a registry that was moved away and back lay elsewhere between the two.
        found = ((n, flyttet_fra(tre, s, mappe, SETTINGS_FILE)) for n, s in enumerate(steps) if kom(s))
        came, before = next(((n, b) for n, b in found if b is not None), (0, None))
        if before is None:
            return out + steps
        moved = steps[came]
        parent = moved.innsjekking.foreldre[0]
        out += steps[:came]
        out.append(moved._replace(filer=forskjell(tre, (parent, before), (moved.innsjekking.oid, mappe))))
        mappe, revisjon = before, parent


def kom(steg: Steg) -> bool:
    """Whether the settings come into the folder with a commit."""
    return any(f.ny_sti == SETTINGS_FILE and f.gammel_sti != SETTINGS_FILE for f in steg.filer)
