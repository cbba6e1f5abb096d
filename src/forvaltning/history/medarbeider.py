"""The second process of a first walk through history: parses versions by blob id, gives back what the plain ones say.

Only `medleser` talks to it. The first frame names the work tree and the Git folder, each that follows holds ids in
batches; answers come batch by batch, in order. A version that is unusual in any way (missing, too large, not to be
parsed) is named by no answer: the asker reads it itself.
"""

from __future__ import annotations

import gc
import marshal
import os
import sys
from pathlib import Path
from typing import Any

from forvaltning.git.arbeidstre import Arbeidstre
from forvaltning.git.filspor import Leser
from forvaltning.git.objekter import GitFeil
from forvaltning.source.fakta import verdisum
from forvaltning.source.limits import too_large
from forvaltning.source.prosess import les_ramme, skriv_ramme
from forvaltning.source.yaml_parser import parse

VIKER = 8
"""How far it gives way: the asker waits for Git, and both are on their way before this process is of use."""


def svar(leser: Leser, oider: list[str]) -> dict[str, tuple[dict[str, Any], str]]:
    """What the plain versions among some blobs say, and their digests, by id. Raises `GitFeil`."""
    out: dict[str, tuple[dict[str, Any], str]] = {}
    leser.hent(oider)
    for oid in oider:
        found = leser.les(oid)
        if found is None or found.slag != "blob" or too_large(len(found.data)) is not None:
            continue
        parsed = parse(found.data)
        if parsed.error is None and parsed.value is not None:
            out[oid] = (parsed.value, verdisum(parsed.value))
    return out


def main() -> None:
    """Answer what stands on standard input; ends in silence when Git or the asker is gone."""
    gc.disable()
    if hasattr(os, "nice"):
        os.nice(VIKER)
    inn, ut = sys.stdin.buffer, sys.stdout.buffer
    frame = les_ramme(inn)
    if frame is None:
        return
    topp, gitmappe = marshal.loads(frame)  # noqa: S302 - from the process that started us
    with Leser(Arbeidstre(Path(topp), Path(gitmappe))) as leser:
        try:
            while (frame := les_ramme(inn)) is not None:
                for batch in marshal.loads(frame):  # noqa: S302 - as above
                    skriv_ramme(ut, marshal.dumps(svar(leser, batch)))
        except (GitFeil, OSError, ValueError):
            return


if __name__ == "__main__":
    main()
