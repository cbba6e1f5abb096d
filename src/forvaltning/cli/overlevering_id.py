"""A new handover: its id, readable and never one that has been used, also not by a record that is gone; and its file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from forvaltning.cli.overlevering_skriv import vist
from forvaltning.cli.stopp import Stopp

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt

ETTER_OPPHAV = frozenset({"endring", "kritisk_feil"})
"""Kinds that are named after the change they come from, since one system has many."""


def forslag(gjelder: str, type_: str, opphav: str | None, dato: date) -> Iterator[str]:
    """Ids to try, the plainest first."""
    what = opphav if opphav and type_ in ETTER_OPPHAV else gjelder
    first = f"{'avvikling' if type_ == 'avvikling' else 'overlevering'}-{what}"
    if type_ in ETTER_OPPHAV and not opphav:
        first = f"{first}-{type_.replace('_', '-')}"
    else:
        yield first
    if opphav and what != opphav:
        yield f"{first}-{opphav}"
    yield f"{first}-{dato.year}"
    for n in range(2, 1000):
        yield f"{first}-{dato.year}-{n}"


def ny_id(okt: Okt, gjelder: str, type_: str, opphav: str | None, dato: date) -> str:
    """The first id that no record has or has had."""
    used = brukt(okt)
    return next(i for i in forslag(gjelder, type_, opphav, dato) if i not in used)


def brukt(okt: Okt) -> set[str]:
    """Every id of the registry: now, earlier, of files that can not be read, and of handovers that Git remembers."""
    from forvaltning.model.viser import normaliser

    ids = {normaliser(f.stem) for f in okt.filer.files}
    ids |= {normaliser(u.id) for u in okt.register.uleselige()}
    for o in okt.register.oppforinger():
        ids.add(normaliser(o.id))
        ids.update(normaliser(t) for t in o.tidligere)
    return ids | {normaliser(i) for i in _i_git(okt)}


def _i_git(okt: Okt) -> Iterator[str]:
    """The names of handover files that any commit has added."""
    from forvaltning.git.arbeidstre import git
    from forvaltning.git.objekter import prefiks

    tre = okt.arbeidstre
    if tre is None:
        return
    prefix = prefiks(tre, okt.rot)
    folder = f"{prefix}/overleveringer" if prefix else "overleveringer"
    out = git(
        tre,
        "log",
        "--all",
        "--diff-filter=A",
        "--no-renames",
        "--name-only",
        "-z",
        "--format=",
        "--",
        f":(top,literal){folder}",
    )
    for name in (out or b"").decode("utf-8", "replace").split("\0"):
        hit = re.fullmatch(r"(?:.*/)?([^/]+)\.yaml", name.strip("\n"))
        if hit:
            yield hit[1]


def opprett(okt: Okt, ident: str, verdier: dict[str, Any]) -> str:
    """Write the record of a new handover; its path as it is written here. Raises `Stopp`."""
    from forvaltning.edit.feil import Redigeringsfeil
    from forvaltning.edit.lagre import lagre
    from forvaltning.edit.ny import ny_post, skjemalinje
    from forvaltning.source.entries import FileEntry

    kind = "overleveringer"
    siblings = [f for f in okt.filer.files if f.folder == kind][:5]
    heads = [data for f in siblings if isinstance(data := okt.kilde.les(f), bytes)]
    path = f"{kind}/{ident}.yaml"
    entry = FileEntry(path, kind, ident, str(okt.rot / kind / f"{ident}.yaml"), 0, 0, 0)
    try:
        data = ny_post(kind, verdier, skjemalinje(kind, heads)).encode("utf-8")
        lagre(okt.rot, entry, data, okt.innstillingsfil, None)
    except Redigeringsfeil as error:
        raise Stopp(error.melding, *error.tiltak) from None
    return vist(okt, path)
