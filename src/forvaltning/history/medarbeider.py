"""The second process of a first walk through history: parses versions by blob id, gives back what the plain ones say.

Only `medleser` talks to it. It is asked once, with every id; answers come batch by batch, in order. A version that is
unusual in any way (missing, too large, not to be parsed) is named by no answer: the asker reads it itself.
"""

from __future__ import annotations

import gc
import marshal
import sys
from pathlib import Path
from typing import Any

from forvaltning.git.arbeidstre import Arbeidstre
from forvaltning.git.filspor import Leser
from forvaltning.git.objekter import GitFeil
from forvaltning.source.limits import too_large
from forvaltning.source.yaml_parser import parse

LENGDE = 4
"""Bytes of the length, big-endian, in front of an answer."""
Bestilling = tuple[str, str, list[list[str]]]
"""The work tree, the Git folder, and the ids in batches."""


def svar(leser: Leser, oider: list[str]) -> dict[str, dict[str, Any]]:
    """What the plain versions among some blobs say, by id. Raises `GitFeil`."""
    out: dict[str, dict[str, Any]] = {}
    leser.hent(oider)
    for oid in oider:
        found = leser.les(oid)
        if found is None or found.slag != "blob" or too_large(len(found.data)) is not None:
            continue
        parsed = parse(found.data)
        if parsed.error is None and parsed.value is not None:
            out[oid] = parsed.value
    return out


def main() -> None:
    """Answer what stands on standard input; ends in silence when Git or the asker is gone."""
    gc.disable()
    topp, gitmappe, batches = marshal.load(sys.stdin.buffer)  # noqa: S302 - from the process that started us
    ut = sys.stdout.buffer
    with Leser(Arbeidstre(Path(topp), Path(gitmappe))) as leser:
        try:
            for batch in batches:
                data = marshal.dumps(svar(leser, batch))
                ut.write(len(data).to_bytes(LENGDE, "big") + data)
                ut.flush()
        except (GitFeil, OSError, ValueError):
            return


if __name__ == "__main__":
    main()
