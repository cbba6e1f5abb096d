"""The floor: the same loader and pydantic validation of every record, nothing else, in one process."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from forvaltning.model.kinds import KINDS
from forvaltning.source.load import FOLDERS, les_innstillinger
from forvaltning.source.scan import read, scan
from forvaltning.source.yaml_parser import parse


def main(root: Path) -> int:
    """Read, parse and validate every record; returns how many."""
    gc.disable()
    found = scan(root, FOLDERS)
    context = {"koder": les_innstillinger(found).innstillinger.koder}
    kept = []
    for entry in found.files:
        if entry.folder:
            data = read(entry)
            if isinstance(data, bytes):
                value = parse(data).value or {}
                kept.append(KINDS[entry.folder].model_validate({**value, "id": entry.stem}, context=context))
    return len(kept)


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
