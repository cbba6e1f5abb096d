"""Renames between two states: which records have another id now, and old records written with the new ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from forvaltning.model.base import Del
from forvaltning.model.register import Register
from forvaltning.model.viser import felttyper, normaliser

D = TypeVar("D", bound=Del)


def omdopte(gammel: Register, ny: Register) -> dict[str, str]:
    """Old id (normalised) → new id, for records that follow each other by `tidligere_id`.

    Either the newer state says what a record was called before, or the older one does: a rename that is taken
    back leaves the id that the record had first. The old id must be gone, and the new one must be new.
    """
    out: dict[str, str] = {}
    for o in ny.oppforinger():
        # One that was there before is another record: it does not take over what a deleted one had done or broken.
        if not o.tidligere or gammel.oppforing(o.id) is not None:
            continue
        for old in o.tidligere:
            was = gammel.oppforing(old)
            if was is not None and was.kind == o.kind and ny.oppforing(old) is None:
                out[normaliser(old)] = o.id
    for o in gammel.oppforinger():
        if not o.tidligere or normaliser(o.id) in out or ny.oppforing(o.id) is not None:
            continue
        for first in o.tidligere:
            now = ny.oppforing(first)
            if now is not None and now.kind == o.kind and gammel.oppforing(first) is None:
                out[normaliser(o.id)] = now.id
                break
    return out


def omskrevet(post: D, navn: Mapping[str, str]) -> D:
    """A record (or a part of one) whose references name renamed records by their new ids; the same when none does."""
    if not navn:
        return post
    new: dict[str, Any] = {}
    for name, what in felttyper(type(post)).items():
        value = getattr(post, name, None)
        if value is None or (name == "id" and what.ref is None):
            continue
        if what.ref is not None:
            changed = tuple(_ny(v, navn) for v in value) if what.is_list else _ny(value, navn)
        elif isinstance(what.type, type) and issubclass(what.type, Del):
            changed = tuple(omskrevet(v, navn) for v in value) if what.is_list else omskrevet(value, navn)
        else:
            continue
        if changed != value:
            new[name] = changed
    return post.model_copy(update=new) if new else post


def _ny(ident: str, navn: Mapping[str, str]) -> str:
    return navn.get(normaliser(ident), ident)
