"""`check --against`: whether the ids a change adds were used before. Git is asked only when there are any."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from forvaltning.git.arbeidstre import Arbeidstre, git
from forvaltning.git.hode import er_grunn
from forvaltning.git.objekter import Blober, GitFeil, prefiks
from forvaltning.git.slettede import Slettet, slettede

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from forvaltning.cli.okt import Okt
    from forvaltning.engine.endring_id import Tidligere
    from forvaltning.findings import Problem
    from forvaltning.model.oppforing import Oppforing

META = "slettede"
"""Where the cache keeps the deletions up to a commit."""


def idproblemer(
    okt: Okt, old: Okt, commit: str, nokler: Collection[str], navn: Mapping[str, str]
) -> list[Problem]:
    """New records under ids that were used before. `commit`: the base. Raises `GitFeil`."""
    from forvaltning.engine.endring_id import gjenbrukte, ikke_sett, nye
    from forvaltning.model.viser import normaliser

    added = list(nye(old.register, okt.register, nokler, navn))
    tre = okt.arbeidstre
    if not added or tre is None:
        return []
    wanted = {normaliser(o.id): o for o in added}
    gone = [d for d in _slettede(okt, tre, commit) if _id(d.sti) in wanted]
    with Blober(tre) as blobs:
        known: dict[str, list[Tidligere]] = {}
        for d in gone:
            known.setdefault(_id(d.sti), []).append(_tidligere(d, wanted[_id(d.sti)], okt, blobs))
    return [*gjenbrukte(added, known), *([ikke_sett(len(added))] if er_grunn(tre) else [])]


def _id(sti: str) -> str:
    from forvaltning.model.viser import normaliser

    folder, _, name = sti.partition("/")
    return normaliser(name.removesuffix(".yaml")) if folder and name.endswith(".yaml") else ""


def _slettede(okt: Okt, tre: Arbeidstre, commit: str) -> list[Slettet]:
    """Every deletion up to a commit: what the cache knows, and what has come since."""
    folder = prefiks(tre, okt.rot)
    kept = _husket(okt, folder)
    if kept is not None and kept[0] == commit:
        return kept[1]
    if kept is not None and git(tre, "merge-base", "--is-ancestor", kept[0], commit) is not None:
        # What a merge brought in beside the line may be told of twice, which changes nothing.
        out = slettede(tre, folder, commit, kept[0]) + kept[1]
    else:
        out = slettede(tre, folder, commit)
    if okt.lager is not None:
        value = {"hode": commit, "mappe": folder, "rader": out}
        with suppress(sqlite3.Error), okt.lager.endring():
            okt.lager.sett_meta(META, json.dumps(value, separators=(",", ":")))
    return out


def _husket(okt: Okt, folder: str) -> tuple[str, list[Slettet]] | None:
    if okt.lager is None:
        return None
    with suppress(sqlite3.Error, ValueError, TypeError, KeyError):
        value: dict[str, Any] = json.loads(okt.lager.meta(META) or "null")
        if value["mappe"] == folder:
            return str(value["hode"]), [Slettet(*row) for row in value["rader"]]
    return None


def _tidligere(d: Slettet, o: Oppforing, okt: Okt, blobs: Blober) -> Tidligere:
    from forvaltning.engine.endring_id import Tidligere
    from forvaltning.git.tid import dag

    kind = d.sti.partition("/")[0]
    same = kind == o.kind and _samme(d, o, okt, blobs)
    return Tidligere(kind, dag(d.tid), d.commit, same)


def _samme(d: Slettet, o: Oppforing, okt: Okt, blobs: Blober) -> bool:
    """Whether a record of the same kind is the deleted one: the same content, or the same name.

    One that could not be read, or is no longer in the repository, never said that it was another.
    """
    if okt.innholdsider().get(o.fil) == d.oid:
        return True
    from forvaltning.source.yaml_parser import parse

    with suppress(GitFeil):
        was = parse(blobs.les(d.oid)).value
        entry = next(f for f in okt.filer.files if f.path == o.fil)
        data = okt.kilde.les(entry)
        now = parse(data).value if isinstance(data, bytes) else None
        if was and now:
            return list(_kjennetegn(was)) == list(_kjennetegn(now))
    return True


def _kjennetegn(verdier: Mapping[str, Any]) -> Iterator[str]:
    """What people know a record by: its name, or what it is about where it has none."""
    for names in (("navn",), ("stilling",), ("term",), ("gjelder", "krav", "type", "enhet")):
        found = [" ".join(str(verdier[n]).casefold().split()) for n in names if verdier.get(n)]
        if found:
            yield from found
            return
