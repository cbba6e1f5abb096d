"""The last gate before a record is written: it must load, be whole, and hold nothing that may not stand there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from forvaltning.edit.feil import Redigeringsfeil
from forvaltning.edit.skriv import skriv_helt
from forvaltning.findings import Problem, Severity
from forvaltning.model.base import Post
from forvaltning.model.innstillinger import MODELL
from forvaltning.source.entries import FileEntry
from forvaltning.source.fillesing import les_bytes
from forvaltning.source.innhold import finn
from forvaltning.source.innstillingsfil import Innstillingsfil
from forvaltning.source.load import les_post


def prov(kind: str, ident: str, data: bytes, fil: Innstillingsfil, lest: bytes | None = None) -> Post:
    """The record that a file would be. `lest`: the file before; what was wrong in it already is not told of anew.

    Raises `Redigeringsfeil` when the file would not load, or would hold what may not stand in a registry.
    """
    if fil.modell != MODELL:
        raise Redigeringsfeil(
            f"Registeret er skrevet i modell {fil.modell}. Bare modell {MODELL} kan endres herfra.",
            "Oppgrader registeret først.",
        )
    path = f"{kind}/{ident}.yaml"
    found = les_bytes(data, path)
    facts, post = les_post(FileEntry(path, kind, ident, path, len(data), 0, 0), found, fil)
    if post is None:
        raise _feil(f"Ingenting er skrevet, for {path} ville ikke blitt en gyldig post:", facts.problemer)
    before = _funn(finn(lest, path)) if lest is not None else Counter()
    more = _funn(found.innhold) - before
    new = tuple(p for p in found.innhold if (p.regel, p.melding) in more)
    if new:
        raise _feil("Ingenting er skrevet, for teksten har noe som aldri skal stå i registeret:", new)
    return post


def lagre(rot: Path, entry: FileEntry, data: bytes, fil: Innstillingsfil, lest: bytes | None) -> Post:
    """Write one record, whole or not at all, once it is seen to load. `lest`: the file before, None for a new one.

    Raises `Redigeringsfeil` with nothing written.
    """
    post = prov(entry.folder, entry.stem, data, fil, lest)
    skriv_helt(Path(entry.absolute), data, rot, lest)
    return post


def _funn(problemer: Iterable[Problem]) -> Counter[tuple[str, str]]:
    return Counter((p.regel, p.melding) for p in problemer if p.alvor is Severity.FEIL)


def _feil(melding: str, problemer: tuple[Problem, ...]) -> Redigeringsfeil:
    lines = [f"{p.melding} {p.tiltak or ''}".rstrip() for p in problemer]
    return Redigeringsfeil(melding, *dict.fromkeys(lines))
