"""The floor: the same loader and pydantic validation of every record, nothing else, in one process.

With ``--bare`` only what no loader can do without: read, parse to text, validate. No ids compared, no references
gathered, no search for what must never stand in a registry.

With ``--history`` the same for history: one `git log --raw`, every distinct version read with one `git cat-file
--batch`, parsed and validated once.
"""

from __future__ import annotations

import gc
import subprocess
import sys
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from forvaltning.model.kinds import KINDS
from forvaltning.source.disk import read
from forvaltning.source.load import FOLDERS, les_innstillinger, les_register
from forvaltning.source.scan import scan
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


LOG = ("git", "log", "--first-parent", "--diff-merges=first-parent", "--root", "--raw", "-z", "--no-abbrev")


def history(root: Path) -> int:
    """Every distinct version in history, read, parsed and validated once; returns how many there were."""
    gc.disable()
    out = subprocess.run([*LOG, "--format="], cwd=root, stdout=subprocess.PIPE, check=True).stdout
    wanted: dict[bytes, tuple[str, str]] = {}
    for head, path in pairwise(out.split(b"\0")):
        folder, _, name = path.decode("utf-8", "replace").rpartition("/")
        kind = folder.rpartition("/")[2]
        oid = head.split()[3] if head.startswith(b":") else b"0"
        if kind in KINDS and oid.strip(b"0"):
            wanted.setdefault(oid, (kind, name.removesuffix(".yaml")))
    context = {"koder": les_innstillinger(scan(root, FOLDERS)).innstillinger.koder}
    asked = b"\n".join(wanted) + b"\n"
    batch = ["git", "cat-file", "--batch"]
    data = subprocess.run(batch, cwd=root, input=asked, stdout=subprocess.PIPE, check=True).stdout
    pos = read = 0
    for kind, ident in wanted.values():
        end = data.index(b"\n", pos)
        size = int(data[pos:end].split()[2])
        value = parse(data[end + 1 : end + 1 + size]).value or {}
        pos, read = end + 2 + size, read + 1
        with suppress(ValueError):  # a version of the wrong shape has been looked at all the same
            KINDS[kind].model_validate({**value, "id": ident}, context=context)
    return read


if __name__ == "__main__":
    what = history if "--history" in sys.argv else bare if "--bare" in sys.argv else loader
    print(what(Path(sys.argv[1])))
