"""The floor: the same loader and pydantic validation of every record, nothing else, in one process.

With ``--bare`` only what no loader can do without: read, parse to text, validate. No ids compared, no references
gathered, no search for what must never stand in a registry.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from forvaltning.model.kinds import KINDS
from forvaltning.source.load import FOLDERS, les_innstillinger, les_register
from forvaltning.source.scan import read, scan
from forvaltning.source.yaml_parser import parse


def loader(root: Path) -> int:
    """The product's own loader; returns how many records it built."""
    found = scan(root, FOLDERS)
    return len(les_register(found, les_innstillinger(found)).oppforinger)


def bare(root: Path) -> int:
    """Read, parse and validate every record; returns how many."""
    gc.disable()
    found = scan(root, FOLDERS)
    context = {"koder": les_innstillinger(found).innstillinger.koder}
    kept = []
    for entry in found.files:
        data = read(entry) if entry.folder else None
        if isinstance(data, bytes):
            value = parse(data).value or {}
            kept.append(KINDS[entry.folder].model_validate({**value, "id": entry.stem}, context=context))
    return len(kept)


if __name__ == "__main__":
    print(bare(Path(sys.argv[1])) if "--bare" in sys.argv else loader(Path(sys.argv[1])))
