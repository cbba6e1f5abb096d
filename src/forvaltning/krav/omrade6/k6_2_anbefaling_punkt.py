"""Requirement 6.2, its decision points: which are passed, and which the regulation binds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forvaltning.krav.naar import FASER_ETTER

if TYPE_CHECKING:
    from forvaltning.krav.typer import Kontekst
    from forvaltning.model.prosjekt import Anbefaling, Beslutningspunkt, Prosjekt

PUNKTER = {"BP2": "oppstart av prosjektet", "BP3": "overgang til gjennomføring"}
"""The decision points that need a recommendation, and what is decided there."""


def punkt_i(prosjekt: Prosjekt, punkt: str) -> tuple[int, Beslutningspunkt] | None:
    """A decision point and where it stands; the model takes one of each."""
    return next(((n, b) for n, b in enumerate(prosjekt.beslutningspunkter) if b.punkt == punkt), None)


def passert(prosjekt: Prosjekt, punkt: str, ctx: Kontekst) -> bool:
    """True when the point, or a later one, is decided, or the state lies after it."""
    own = punkt_i(prosjekt, punkt)
    if own is not None and own[1].dato is not None and ctx.register.dag.nadd(own[1].dato):
        return True
    if prosjekt.tilstand in FASER_ETTER[punkt]:
        return True
    order = list(ctx.innstillinger.koder["beslutningspunkt"])
    for b in prosjekt.beslutningspunkter:
        at_or_after = order.index(b.punkt) >= order.index(punkt)
        if at_or_after and (b.dato is None or ctx.register.dag.nadd(b.dato)):
            return True
    return prosjekt.tilstand is None and (own is None or own[1].dato is None)


def tidligere(prosjekt: Prosjekt, punkt: str, ctx: Kontekst) -> bool:
    """True when the point was passed before `gjelder_fra`: by its own date, else a later point's or the end."""
    own = punkt_i(prosjekt, punkt)
    if own is not None and own[1].dato is not None:
        return not ctx.register.etter_gjelder_fra(own[1].dato)
    order = list(ctx.innstillinger.koder["beslutningspunkt"])
    later = [b.dato for b in prosjekt.beslutningspunkter if order.index(b.punkt) > order.index(punkt)]
    return any(d is not None and not ctx.register.etter_gjelder_fra(d) for d in (*later, prosjekt.avsluttet))


def ved_beslutningspunkt(prosjekt: Prosjekt, ctx: Kontekst) -> str | None:
    """Applies from BP2 on, when at least one of the two points was passed on or after `gjelder_fra`."""
    passed = [p for p in PUNKTER if passert(prosjekt, p, ctx)]
    if not passed:
        return "Gjelder fra BP2. Prosjektet har ikke kommet dit."
    if all(tidligere(prosjekt, p, ctx) for p in passed):
        return "Beslutningspunktene ble passert før reglementet begynte å gjelde."
    return None


def gitt(prosjekt: Prosjekt, punkt: str) -> tuple[int, Anbefaling] | None:
    """The recommendation for a point, and where it stands; the model takes one for each."""
    return next(((n, a) for n, a in enumerate(prosjekt.anbefalinger) if a.punkt == punkt), None)
