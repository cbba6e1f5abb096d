"""Requirement 8.3: the accessibility statement of each web site, intranet, extranet and app."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import FieldPath, Strength
from forvaltning.krav.byggesteiner import i_fortiden
from forvaltning.krav.observasjon import Bevis, Mangler, Observasjon, Utloper
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst
from forvaltning.model.deler import Flate
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste


def erklaeringer(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """Every surface has its statement; a web solution has a surface, its own or that of its systems."""
    nett = post.nett
    flater = nett.flater if nett else ()
    for n, flate in enumerate(flater):
        yield from _erklaering(flate, ("nett", "flater", n), ctx)
    if flater:
        return
    if nett is None or nett.nettlosning is None:
        yield Mangler(
            ("nett", "nettlosning"),
            "nettlosning-mangler",
            "Det står ikke om dette er en nettløsning, så det er ukjent om den skal ha tilgjengelighetserklæring.",
            "Skriv ja eller nei i «nett.nettlosning».",
        )
        return
    if not nett.nettlosning or _flate_i_systemene(post, ctx):
        return
    yield Mangler(
        ("nett", "flater"),
        "flate-mangler",
        "Nettløsningen har ingen flate, så tilgjengelighetserklæringen kan ikke ses.",
        "Før opp nettstedet, intranettet, ekstranettet eller appen i «nett.flater», med erklæringen.",
    )


def _flate_i_systemene(post: System | Tjeneste, ctx: Kontekst) -> bool:
    """True when a system that carries the service has the surface; its statement is judged there."""
    if not isinstance(post, Tjeneste):
        return False
    return any(s.nett is not None and s.nett.flater for s in ctx.register.hent_alle(post.systemer, System))


def _erklaering(flate: Flate, path: FieldPath, ctx: Kontekst) -> Iterator[Observasjon]:
    for felt, hva in (("type", "type"), ("adresse", "adresse")):
        if getattr(flate, felt) is None:
            yield Mangler(
                (*path, felt),
                f"flate-{felt}-mangler",
                f"Flaten «{flate.id}» mangler {hva}.",
                f"Fyll ut «{felt}» på flaten.",
            )
    if not flate.erklaering:
        yield Mangler(
            (*path, "erklaering"),
            "erklaering-mangler",
            f"Flaten «{flate.id}» har ingen tilgjengelighetserklæring.",
            "Lag erklæringen, og skriv adressen i «erklaering» og dagen i «oppdatert».",
        )
        return
    if flate.oppdatert is None:
        yield Mangler(
            (*path, "oppdatert"),
            "erklaering-dato",
            f"Tilgjengelighetserklæringen til «{flate.id}» mangler dato.",
            "Skriv dagen den sist ble oppdatert, i «oppdatert».",
        )
        return
    yield from i_fortiden(
        ctx,
        (*path, "oppdatert"),
        flate.oppdatert,
        hva=f"Tilgjengelighetserklæringen til «{flate.id}»",
        vilkar="erklaering",
    )
    siste = ctx.register.dag.maneder_etter(
        flate.oppdatert, ctx.innstillinger.intervaller["tilgjengelighetserklaering"]
    )
    yield Utloper(
        (*path, "oppdatert"),
        "erklaering-utlopt",
        siste,
        f"Tilgjengelighetserklæringen til «{flate.id}» ble sist oppdatert {norsk_dato(flate.oppdatert)}. "
        f"Den er gyldig til {norsk_dato(siste)}.",
        "Oppdater erklæringen, og skriv dagen i «oppdatert».",
    )
    yield Bevis((*path, "erklaering"), Strength.DOKUMENTERT, flate.oppdatert, flate.erklaering)
