"""The files on disk beside what the cache knows of them."""

from __future__ import annotations

import json
import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from forvaltning.cli.andre import les_andre

if TYPE_CHECKING:
    from forvaltning.cli.filokt import Filokt
    from forvaltning.source.entries import FileEntry
    from forvaltning.source.lager import FilRad, Lager

RACY_NS = 2_000_000_000
"""A file changed this close before it was read may have changed again within the clock's resolution."""
SIGNATURER = "signaturer"
"""Where the cache keeps one line for every file it knows; a file that may have changed within the clock's
resolution has a line that matches nothing."""


@dataclass(slots=True)
class Forskjell:
    """Files against the cache: unchanged ones by path, those to read, those that are gone."""

    uendret: set[str]
    endret: list[FileEntry]
    borte: list[str]
    frisket: list[FilRad]
    """Files whose signature moved but whose content is the same."""
    linjer: list[str]
    """The line of every file as it is, in their order."""
    kjente: set[str] | None = None
    """The lines of the cache; None while they are these."""


def _linje(entry: FileEntry) -> str:
    return f"{entry.path}\t{entry.mtime_ns}\t{entry.size}\t{entry.inode}"


def sammenlign(okt: Filokt, lager: Lager) -> Forskjell:
    """What differs between the files on disk and those the cache knows."""
    files = okt.filer.files
    lines = [_linje(e) for e in files]
    stored = lager.meta(SIGNATURER) or ""
    out = Forskjell({e.path for e in files}, [], [], [], lines)
    if stored == "\n".join(lines):
        return out
    out.kjente = known = set(stored.split("\n")) if stored else set()
    now = time.time_ns()
    for entry in [e for e, line in zip(files, lines, strict=True) if line not in known]:
        row = lager.fil(entry.path)
        if row is not None and row.sha and _sha(okt, entry) == row.sha:
            out.frisket.append(
                row._replace(mtime=entry.mtime_ns, storrelse=entry.size, inode=entry.inode, lest=now)
            )
        else:
            out.uendret.discard(entry.path)
            out.endret.append(entry)
    present = {e.path for e in files}
    gone = {line.removeprefix("!").partition("\t")[0] for line in known.difference(lines)}
    out.borte = sorted(gone - present)
    return out


def signaturer(
    diff: Forskjell, filer: list[FileEntry], lest: dict[str, int], ulest: Collection[str] = ()
) -> str:
    """The lines to keep. `lest`: when each file was read or compared in this run, in nanoseconds.

    `ulest`: files that nothing is known of, because another has their id.
    """
    known = diff.kjente
    if known is None and not ulest:
        return "\n".join(diff.linjer)
    out = list(diff.linjer)
    for n, line in enumerate(diff.linjer):
        entry = filer[n]
        if known is None or line in known:
            if entry.path in ulest:
                out[n] = "!" + entry.path
            continue
        read = lest.get(entry.path)
        if read is None or read - entry.mtime_ns <= RACY_NS:
            out[n] = "!" + entry.path
    return "\n".join(out)


def _sha(okt: Filokt, entry: FileEntry) -> str | None:
    from forvaltning.source.innholdsid import innholds_id

    data = okt.kilde.les(entry)
    return innholds_id(data) if isinstance(data, bytes) else None


@dataclass(slots=True)
class Bilde:
    """The registry as it stands beside what the cache holds of it; `samlet` None when it holds nothing to use."""

    forskjell: Forskjell
    samlet: dict[str, Any] | None
    uendret: bool
    """Nothing that a verdict rests on has changed, the day included."""


def bilde(okt: Filokt, lager: Lager) -> Bilde:
    """Hold the files against the cache. Raises what a broken cache raises."""
    okt.generasjon = lager.meta("generasjon")
    if not lager.meta(SIGNATURER):
        okt.begynn_a_lese()
    les_andre(okt)
    diff = sammenlign(okt, lager)
    settings_same = "forvaltning.yaml" in diff.uendret
    okt.bruk_innstillinger_fra(lager if settings_same else None)
    stored = lager.meta("samlet") if settings_same else None
    if stored is None:
        return Bilde(diff, None, uendret=False)
    samlet = json.loads(stored)
    if diff.frisket:
        lines = signaturer(diff, okt.filer.files, {r.sti: r.lest for r in diff.frisket})
        with lager.endring():
            lager.frisk_opp(diff.frisket)
            lager.sett_meta(SIGNATURER, lines)
        diff.kjente = set(lines.split("\n"))
    day = okt.dato.toordinal()
    same_odd = samlet["skann"] == skannproblemer(okt)
    still = not diff.endret and not diff.borte and same_odd and samlet["historie"] == okt.historienokkel
    return Bilde(diff, samlet, uendret=bool(still and samlet["fra"] <= day <= samlet["til"]))


def skannproblemer(okt: Filokt) -> list[Any]:
    """What is wrong with how the registry lies on disk, as plain values."""
    from forvaltning.source.fakta import problem_til_liste

    return [problem_til_liste(p) for p in okt.filer.problems]
