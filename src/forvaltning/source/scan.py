"""Lists the files of a registry in one pass.

A registry is `forvaltning.yaml` at the root and `<folder>/<id>.yaml` in known folders. What else lies
there is named, never skipped in silence. Passed over are only: names that begin with a full stop or
end in `~` or `.swp`, the folders in `ROOT_FOLDERS`, the file in `ROOT_FILES`, and files at the root
that are not YAML (README.md, LICENSE and such).
"""

from __future__ import annotations

import os
import re
import unicodedata
from contextlib import suppress
from operator import itemgetter
from pathlib import Path
from typing import Any

from forvaltning.source.disk import DISK
from forvaltning.source.entries import LENKE_UT, SETTINGS, FileEntry, Mate, Scan, not_a_file, unreadable
from forvaltning.source.text import nearest, quoted

ROOT_FOLDERS = frozenset({"schemas", "templates", "docs"})
"""Folders at the root that are none of ours."""
ROOT_FILES = frozenset({"mkdocs.yml"})
"""YAML files at the root that are none of ours."""

# Names that Windows keeps for devices: the file could not be checked out there.
_DEVICE = r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])\."
_DEVICES = re.compile(_DEVICE)
_GOOD = re.compile(rf"(?!{_DEVICE})[a-z0-9æøå][a-z0-9æøå._-]*\.yaml")
_HIDDEN = (".", "~", ".swp")


def scan(root: Path, folders: frozenset[str]) -> Scan:
    """List the registry below `root`, whose known record folders are `folders`.

    Out: entries and problems, both sorted; nothing is opened. Errors: none raised, a folder that can
    not be listed is a problem.
    """
    # Strings: 10 000 Path objects cost more than the scan.
    return scan_med(DISK, os.path.abspath(root), folders)


def scan_settings(root: Path) -> Scan:
    """The settings file of the registry below `root`, and what is wrong with it; no folder of records is listed."""
    found, top = Scan(), os.path.abspath(root)
    for entry in DISK.liste(top, "", found):
        if entry.name == SETTINGS and _inside(DISK, entry, top, SETTINGS, found):
            _add(DISK, entry, found)
    return found


def scan_med(mate: Mate, top: str, folders: frozenset[str]) -> Scan:
    """List a registry through `mate`, which knows how its place lists a folder, and what a file is."""
    found = Scan()
    entries = mate.liste(top, "", found)
    found.andre += [e for e in entries if e.name != SETTINGS and e.name not in folders]
    for entry in entries:
        name = entry.name
        if _hidden(name) or name in ROOT_FILES:
            continue
        if not _inside(mate, entry, top, name, found):
            if name in folders:
                found.tapt.append((name, "", name))
            continue
        if entry.is_dir():
            if name in folders:
                _records(mate, entry, top, name, found)
            elif name not in ROOT_FOLDERS:
                _unknown_folder(name, folders, found)
        elif name == SETTINGS:
            _add(mate, entry, found)
        elif not _other_suffix(name, name, found) and name.endswith(".yaml"):
            melding = f"Filen {quoted(name)} ligger utenfor mappene for poster og blir ikke lest."
            found.add("fil.ukjent_fil", name, melding, "Flytt den til mappen for sitt slag, eller slett den.")
    found.files.sort(key=itemgetter(0))
    found.problems.sort(key=lambda problem: (problem.fil, problem.regel))
    return found


def _hidden(name: str) -> bool:
    return name.startswith(_HIDDEN[0]) or name.endswith(_HIDDEN[1:])


def _records(mate: Mate, folder: Any, top: str, name: str, found: Scan) -> None:
    # Plain names first and in one short loop: a tuple made directly costs half of what a call of FileEntry does,
    # and this runs 10 000 times.
    good, fakta, add, new = _GOOD.fullmatch, mate.fakta, found.files.append, tuple.__new__
    seen: dict[str, str] = {}
    odd: list[Any] = []
    for entry in mate.liste(folder.path, name, found):
        file = entry.name
        if not (good(file) and file.isascii() and entry.is_file(follow_symlinks=False)):
            odd.append(entry)
            continue
        stem = file[:-5]
        seen[stem] = file
        try:
            add(new(FileEntry, (f"{name}/{file}", name, stem, entry.path, *fakta(entry))))
        except OSError as fault:
            unreadable(f"{name}/{file}", fault, found)
            found.tapt.append((name, stem, f"{name}/{file}"))
    for entry in odd:
        _odd_record(mate, entry, top, name, seen, found)


def _odd_record(mate: Mate, entry: Any, top: str, name: str, seen: dict[str, str], found: Scan) -> None:
    """A name that is not plain ASCII, a link, a folder, or something that is no record at all."""
    file = entry.name
    if entry.is_file(follow_symlinks=False) and _GOOD.fullmatch(file):
        stem: str | None = unicodedata.normalize("NFC", file[:-5])
    else:
        stem = _odd(mate, entry, top, name, found)
    if stem is None:
        return
    path = f"{name}/{file}"
    if stem in seen:
        melding = f"Filnavnet er det samme som {quoted(seen[stem])} når store og små bokstaver er like."
        found.add("fil.navn", path, melding, "Slett den ene, eller gi den en egen id.")
        return
    seen[stem] = file
    try:
        facts = mate.fakta(entry)
    except OSError as fault:
        unreadable(path, fault, found)
        found.tapt.append((name, stem, path))
        return
    found.files.append(FileEntry(path, name, stem, entry.path, *facts))


def _odd(mate: Mate, entry: Any, top: str, folder: str, found: Scan) -> str | None:
    """Name what is wrong with an entry of a record folder; its id if it can be read all the same."""
    name, path = entry.name, f"{folder}/{entry.name}"
    found.andre.append(entry)
    if _hidden(name):
        return None
    if not _inside(mate, entry, top, path, found):
        _tap(name, folder, path, found)
        return None
    if entry.is_dir():
        melding = f"Mappen {quoted(name)} ligger inne i mappen {quoted(folder)} og blir ikke lest."
        found.add("fil.undermappe", path, melding, f"Flytt filene i den rett under {quoted(folder)}.")
        _tap(name, folder, path, found)
        return None
    if _other_suffix(name, path, found):
        _tap(name, folder, path, found)
        return None
    if not name.endswith(".yaml"):
        melding = f"Filen {quoted(name)} er ikke en post og blir ikke lest."
        found.add("fil.ukjent_fil", path, melding, "Flytt den ut av mappen, eller slett den.", merknad=True)
        return None
    if not entry.is_file():
        not_a_file(path, found)
        _tap(name, folder, path, found)
        return None
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    device = _DEVICES.match(folded) is not None
    if device or not _GOOD.fullmatch(folded) or folded != unicodedata.normalize("NFC", name):
        melding = f"Filnavnet {quoted(name)} er ikke en gyldig id."
        if device:
            melding = f"Filnavnet {quoted(name)} kan ikke brukes på Windows."
        tiltak = "Bruk små bokstaver (a-å), tall, bindestrek, punktum og understrek, og begynn med bokstav"
        found.add("fil.navn", path, melding, f"{tiltak} eller tall.")
    return folded[:-5] if device or _GOOD.fullmatch(folded) else None


def _tap(name: str, folder: str, path: str, found: Scan) -> None:
    """Note a record that lies there but is not read, so that nothing turns green or red for want of it."""
    stem, dot, suffix = name.rpartition(".")
    if dot and suffix.lower() in {"yaml", "yml"}:
        found.tapt.append((folder, unicodedata.normalize("NFC", stem.casefold()), path))


def _inside(mate: Mate, entry: Any, top: str, path: str, found: Scan) -> bool:
    """Tell whether an entry is no link, or one that stays in the registry; else note the problem."""
    # What lies outside is not seen in a revision, so a link out and a link to nothing are called the same.
    with suppress(OSError):
        if not entry.is_symlink() or mate.blir(entry, top):
            return True
    found.add("fil.lenke", path, LENKE_UT, "Slett lenken, og legg selve filen her.")
    return False


def _unknown_folder(name: str, folders: frozenset[str], found: Scan) -> None:
    close = nearest(name, folders)
    tiltak = (
        f"Mente du {quoted(close)}? Gi mappen nytt navn, eller slett den."
        if close
        else (
            "Flytt filene til en kjent mappe. Hører den ikke til registeret, så la navnet begynne med punktum."
        )
    )
    if name.casefold() in folders:
        found.tapt.append((name.casefold(), "", name))
    found.add("fil.ukjent_mappe", name, f"Mappen {quoted(name)} er ikke kjent og blir ikke lest.", tiltak)


def _other_suffix(name: str, path: str, found: Scan) -> bool:
    if name.endswith(".yaml") or not name.lower().endswith((".yml", ".yaml")):
        return False
    melding = f"Filen {quoted(name)} har ikke endelsen .yaml og blir ikke lest."
    found.add("fil.yml", path, melding, "Gi filen endelsen .yaml, med små bokstaver.")
    return True


def _add(mate: Mate, entry: Any, found: Scan) -> None:
    """The settings file."""
    try:
        facts = mate.fakta(entry)
    except OSError as fault:
        unreadable(SETTINGS, fault, found)
        return
    if not entry.is_file():
        not_a_file(SETTINGS, found)
        return
    found.files.append(FileEntry(SETTINGS, "", "forvaltning", entry.path, *facts))
