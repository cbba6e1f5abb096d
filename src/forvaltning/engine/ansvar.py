"""Who answers: found on the record, then up the unit tree (domain.md, *ansvarlig*)."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Responsible
from forvaltning.krav.typer import SYSTEMEIER, SYSTEMKOORDINATOR, Ansvar
from forvaltning.model.base import Post
from forvaltning.model.enhet import Enhet
from forvaltning.model.register import Register
from forvaltning.model.rolle import Rolle
from forvaltning.model.system import System

Husket = dict[str, tuple[Responsible, ...]]
"""What one record's responsible were worked out to be, by code: many requirements name the same."""


def ansvarlige(
    post: Post, enhet: str | None, ansvar: tuple[Ansvar, ...], register: Register, husket: Husket
) -> tuple[Responsible, ...]:
    """The responsible of one requirement for one record, in the regulation's order."""
    out: list[Responsible] = []
    for a in ansvar:
        found = husket.get(a.kode)
        if found is None:
            each = list(_ett_ansvar(post, enhet, a, register))
            found = husket[a.kode] = tuple(each if len(each) == 1 else dict.fromkeys(each))
        out += found
    return tuple(out)


def _ett_ansvar(post: Post, enhet: str | None, a: Ansvar, register: Register) -> Iterator[Responsible]:
    if a.type == "forum":
        forum = register.innstillinger.fora.get(a.kode)
        yield Responsible(a.kode, kontakt=forum.kontakt if forum else None)
        return
    if a.type == "enhet":
        ident = register.funksjon(a.kode)
        unit = register.hent(ident, Enhet)
        yield Responsible(a.kode, enhet=ident, kontakt=unit.kontakt if unit else None)
        return
    if a.type == "alle":
        yield Responsible(a.kode)
        return
    roller = list(_navngitt(post, a, register))
    if not roller:
        over = register.rolle_oppover(enhet, a.kode)
        roller = [over] if over is not None else []
    if not roller:
        yield Responsible(a.kode, enhet=enhet)
    for rolle in roller:
        yield Responsible(a.kode, rolle.id, rolle.enhet, rolle.kontakt)


def _navngitt(post: Post, a: Ansvar, register: Register) -> Iterator[Rolle]:
    """The roles that the record itself names, else those of the systems it concerns."""
    if a.roller:
        given = register.hent_alle(a.roller, Rolle)
        if given:
            yield from given
            return
    fields = type(post).model_fields
    for felt in a.felt:
        if felt not in fields:
            continue
        value = getattr(post, felt)
        found = register.hent_alle([i for i in (value if isinstance(value, tuple) else (value,)) if i], Rolle)
        if found:
            yield from found
            return
    if a in (SYSTEMEIER, SYSTEMKOORDINATOR):
        idents = getattr(post, "systemer") if "systemer" in fields else ()  # noqa: B009 - not on every kind
        if not idents and "system" in fields:
            idents = (getattr(post, "system"),)  # noqa: B009
        for system in register.hent_alle([i for i in idents if i], System):
            rolle = register.hent(getattr(system, a.kode), Rolle)
            if rolle is not None:
                yield rolle
