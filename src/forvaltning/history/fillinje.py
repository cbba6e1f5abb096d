"""The commits of one file under any name it has had, also in another folder."""

from __future__ import annotations

from forvaltning.git.arbeidstre import Arbeidstre
from forvaltning.git.filspor import filhistorikk
from forvaltning.git.flytting import flyttet_fra
from forvaltning.git.historikk import Filendring, Steg, forskjell, historikk
from forvaltning.history.linje import hele, kom
from forvaltning.history.versjoner import LENKE, SETTINGS_FILE, postnokkel


def for_fil(
    tre: Arbeidstre, mappe: str, sti: str, revisjon: str = "HEAD", kjent: list[Steg] | None = None
) -> list[Steg]:
    """The commits that change one file under any name it has had, newest first, and those of the settings.

    `kjent`: those under the name it has now, where Git has been asked already (`filhistorikk`).

    Git looks for renames only in the commits where a name begins or ends. What a link leads to can not be followed
    so: a file that was a link at some time gives every commit of the registry. Raises `GitFeil`.
    """
    found = _for_fil(tre, mappe, sti, revisjon, kjent)
    if any(f.ny_mode == LENKE and f.ny_sti != SETTINGS_FILE for s in found for f in s.filer):
        return hele(tre, mappe, revisjon)
    return found


def _for_fil(tre: Arbeidstre, mappe: str, sti: str, revisjon: str, kjent: list[Steg] | None) -> list[Steg]:
    out: list[Steg] = []
    seen: set[tuple[str, str, str]] = set()
    while (revisjon, mappe, sti) not in seen:
        seen.add((revisjon, mappe, sti))
        moved: tuple[str, str, str] | None = None
        steps = filhistorikk(tre, mappe, (sti, SETTINGS_FILE), revisjon) if kjent is None else kjent
        kjent = None
        for steg in steps:
            mine = next((f for f in steg.filer if sti in (f.ny_sti, f.gammel_sti)), None)
            before = flyttet_fra(tre, steg, mappe, SETTINGS_FILE) if kom(steg) else None
            if before is not None and mine is None:
                # The record was gone when the registry moved here.
                parent = steg.innsjekking.foreldre[0]
                out.append(_med_omdop(tre, mappe, steg, sti, None, before))
                moved = (parent, before, sti)
                break
            if mine is None or mine.status not in {"A", "D"} or not steg.innsjekking.foreldre:
                out.append(steg)
                continue
            parent = steg.innsjekking.foreldre[0]
            whole = _med_omdop(tre, mappe, steg, sti, mine, before)
            out.append(whole)
            came = next((f for f in whole.filer if f.ny_sti == sti), None)
            earlier = came.gammel_sti if came is not None else None
            if before is not None and mine.status == "A" and (came is None or earlier is not None):
                moved = (parent, before, earlier or sti)
                break
            if earlier not in (None, sti):
                moved = (parent, mappe, earlier or sti)
                break
        if moved is None:
            break
        revisjon, mappe, sti = moved
    return out


def _med_omdop(
    tre: Arbeidstre, mappe: str, steg: Steg, sti: str, mine: Filendring | None, fra: str | None
) -> Steg:
    """A commit where a file begins or ends, with what Git finds of renames, narrowed to what can be about it.

    `mine`: what the commit did to the file, if anything. `fra`: the folder that the commit moved the registry from,
    None when it did not.
    """
    parent, oid = steg.innsjekking.foreldre[0], steg.innsjekking.oid
    if fra is not None:
        found = forskjell(tre, (parent, fra), (oid, mappe))
    else:
        whole = next(iter(historikk(tre, mappe, oid, etter=parent)), None)
        if whole is None:
            return steg
        found = whole.filer
    kind = postnokkel(sti)
    files = [
        f
        for f in found
        if sti in (f.ny_sti, f.gammel_sti)
        or SETTINGS_FILE in (f.ny_sti, f.gammel_sti)
        or (
            mine is not None
            and mine.status == "A"
            and f.ny_sti is None
            and (k := postnokkel(f.gammel_sti))
            and kind
            and k[0] == kind[0]
        )
    ]
    return steg._replace(filer=tuple(files))
