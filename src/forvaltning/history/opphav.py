"""Where each field of a record comes from: the commit that gave it the value it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forvaltning.git.historikk import Innsjekking
from forvaltning.history.felt import FeltEndring, innhold
from forvaltning.history.spor import Feltspor, Spor
from forvaltning.model.base import Post


@dataclass(frozen=True, slots=True)
class Opphav:
    """One field, and the commit that set it; None when that is not committed.

    `sikker` False: the value was there in the oldest version that can be seen or read, so it may be older.
    """

    felt: Feltspor
    innsjekking: Innsjekking | None
    sikker: bool = True


def opphav(spor: Spor, sti: str, post: Post, *, avkortet: bool) -> Iterator[Opphav]:
    """Every field that is set in a record, in the order of the model, with where it comes from.

    `sti`: its file at the newest step. `avkortet`: history ends before its beginning (shallow).
    """
    fields = innhold(post)
    found: dict[str, Opphav] = {}
    open_ = {f.felt: f for f in fields}
    chain = list(spor.kjede(sti))
    held: Innsjekking | None = None
    blind = False
    for one in chain:
        if one.fil.ny_sti != sti:
            break  # deleted here, or given another name: what came before is another life
        sti = one.fil.gammel_sti or sti
        after = spor.versjon(one, ny=True)
        if after is not None and after.post is not None:
            _gi(open_, after.post, found, spor, post, held, sikker=not blind)
            held, blind = one.steg.innsjekking, False
        else:
            blind = True
        if not open_:
            break
        if one.fil.gammel_sti is None and not blind:
            break
    ended = chain[-1] if chain else None
    whole = ended is None or ended.fil.gammel_sti is None or not open_
    for e in list(open_.values()):
        found[e.felt] = _opphav(spor, e, post, held, sikker=whole and not avkortet and not blind)
    yield from (found[f.felt] for f in fields)


def _gi(
    open_: dict[str, FeltEndring],
    version: Post,
    found: dict[str, Opphav],
    spor: Spor,
    post: Post,
    held: Innsjekking | None,
    *,
    sikker: bool,
) -> None:
    """Fields that this version has not as they are now were set by the commit after it."""
    there = {f.felt: f.ny for f in innhold(version)}
    for key, e in list(open_.items()):
        if there.get(key) != e.ny or key not in there:
            found[key] = _opphav(spor, e, post, held, sikker=sikker)
            del open_[key]


def _opphav(spor: Spor, e: FeltEndring, post: Post, commit: Innsjekking | None, *, sikker: bool) -> Opphav:
    felt = spor.med_navn(e, post, commit) if commit is not None else Feltspor(e)
    return Opphav(felt, commit, sikker)
