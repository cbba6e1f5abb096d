"""A registry of any size: the example registry over and over, with ids of its own for every copy.

Deterministic: the same size gives the same bytes. Units that fill a function in the settings, the roles in
them, and approved archive cores are shared, as they are in a municipality; the rest is copied.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from forvaltning.model.kinds import KINDS
from forvaltning.model.viser import henvisninger
from forvaltning.source.disk import read
from forvaltning.source.load import FOLDERS
from forvaltning.source.scan import scan
from forvaltning.source.yaml_parser import parse

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parent / "registry"
EVERY = 200
"""One record in so many loses a field, so that there is something to find."""
LOST = frozenset({"systemkoordinator", "avtaleforvalter", "betydning", "innhold"})


def les_eksempel() -> dict[tuple[str, str], dict[str, Any]]:
    """The example registry as plain values by (kind, id)."""
    out: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in scan(EXAMPLE, FOLDERS).files:
        data = read(entry)
        if entry.folder and isinstance(data, bytes):
            value = parse(data).value
            if value is not None:
                out[entry.folder, entry.stem] = value
    return out


def delte(poster: dict[tuple[str, str], dict[str, Any]]) -> set[str]:
    """The ids that copies share."""
    data = parse((EXAMPLE / "forvaltning.yaml").read_bytes()).value or {}
    shared = set((data.get("funksjoner") or {}).values())
    kept = set(shared)
    for (kind, ident), value in poster.items():
        if kind == "roller" and value.get("enhet") in shared:
            kept.add(ident)
    return kept


def _kopi(value: Any, path: tuple[str | int, ...], refs: set[tuple[str | int, ...]], suffix: str) -> Any:
    if isinstance(value, dict):
        return {k: _kopi(v, (*path, k), refs, suffix) for k, v in value.items()}
    if isinstance(value, list):
        return [_kopi(v, (*path, i), refs, suffix) for i, v in enumerate(value)]
    return f"{value}{suffix}" if path in refs else value


def generer(target: Path, antall: int) -> int:
    """Write a registry of at least `antall` records; returns how many."""
    poster = les_eksempel()
    shared = delte(poster)
    cores = set((parse((EXAMPLE / "forvaltning.yaml").read_bytes()).value or {}).get("arkivkjerner") or [])
    target.mkdir(parents=True, exist_ok=True)
    (target / "forvaltning.yaml").write_bytes((EXAMPLE / "forvaltning.yaml").read_bytes())
    written = 0
    copy = 0
    own = {key: value for key, value in poster.items() if key[1] not in shared}
    while written == 0 or written + len(own) <= antall:
        for (kind, ident), value in (own if copy else poster).items():
            _skriv(target, kind, ident, _med_endringer(value, kind, copy, shared, cores), copy, written)
            written += 1
        copy += 1
    extra = [(k, v) for k, v in own.items() if k[0] == "begreper"]
    while written < antall:  # what does not fill a whole copy: concepts, which refer to little
        (kind, ident), value = extra[written % len(extra)]
        _skriv(
            target, kind, f"{ident}-{written}", _med_endringer(value, kind, 0, shared, cores), copy, written
        )
        written += 1
    return written


def _med_endringer(
    value: dict[str, Any], kind: str, copy: int, shared: set[str], cores: set[str]
) -> dict[str, Any]:
    refs = {
        h.path
        for h in henvisninger(KINDS[kind], value)
        if copy and h.til not in shared and not (h.til in cores and h.felt == "arkiv.arkivkjerne")
    }
    data: dict[str, Any] = _kopi(value, (), refs, f"-{copy:04d}" if copy else "")
    if copy:
        data.pop("tidligere_id", None)
    return data


def _skriv(target: Path, kind: str, ident: str, data: dict[str, Any], copy: int, number: int) -> None:
    if number % EVERY == EVERY - 1:
        data = {k: v for k, v in data.items() if k not in LOST}
    folder = target / kind
    folder.mkdir(exist_ok=True)
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100)
    head = f"# yaml-language-server: $schema=../../schemas/{kind}.json\n# Generert post {number}.\n"
    name = f"{ident}-{copy:04d}" if copy else ident
    (folder / f"{name}.yaml").write_text(head + text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    print(generer(Path(sys.argv[1]), int(sys.argv[2])))
