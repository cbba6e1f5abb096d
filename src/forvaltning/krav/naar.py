"""When a requirement applies: from which state of the life cycle (domain.md, *Life cycle*)."""

from __future__ import annotations

from datetime import date
from typing import Any

from forvaltning.krav.typer import Kontekst, Naar
from forvaltning.model.base import LIVSLOP

TILSTANDSNAVN = {
    "ide": "idé",
    "planlagt": "planlagt",
    "under_utvikling": "under utvikling",
    "akseptansetest": "akseptansetest",
    "i_produksjon": "i produksjon",
    "under_avvikling": "under avvikling",
    "avviklet": "avviklet",
}


def fra_tilstand(tilstand: str) -> Naar:
    """Applies to a system or service from `tilstand` on, until it has ended. No state: applies."""

    def naar(post: Any, ctx: Kontekst) -> str | None:
        if post.tilstand is None:
            return None
        if post.tilstand == "avviklet":
            return "Avviklet."
        if LIVSLOP.index(post.tilstand) < LIVSLOP.index(tilstand):
            return (
                f"Gjelder fra tilstanden «{TILSTANDSNAVN[tilstand]}». "
                f"Denne er i tilstanden «{TILSTANDSNAVN[post.tilstand]}»."
            )
        return None

    return naar


i_bruk = fra_tilstand("i_produksjon")
"""In use: i_produksjon or under_avvikling. A record without a state is judged as if in use."""


def fra_tilstand_eller_behandling(tilstand: str) -> Naar:
    """Applies from `tilstand`, or from `behandling_fra` where that is earlier (4.3, 4.4, 5.5)."""
    etter_tilstand = fra_tilstand(tilstand)

    def naar(post: Any, ctx: Kontekst) -> str | None:
        reason = etter_tilstand(post, ctx)
        if reason is None or post.tilstand == "avviklet":
            return reason
        start: date | None = post.behandling_fra
        if start is not None and ctx.register.dag.nadd(start):
            return None
        return reason

    return naar


def begge(*vilkar: Naar) -> Naar:
    """Applies when all conditions hold; the first reason otherwise."""

    def naar(post: Any, ctx: Kontekst) -> str | None:
        for v in vilkar:
            reason = v(post, ctx)
            if reason is not None:
                return reason
        return None

    return naar


def med_personopplysninger(post: Any, ctx: Kontekst) -> str | None:
    """Applies unless the record says that it holds no personal data."""
    if post.personopplysninger is False:
        return "Posten sier at den ikke behandler personopplysninger."
    return None


FASER_ETTER: dict[str, frozenset[str]] = {
    "BP2": frozenset({"planlegging", "gjennomforing", "avslutning", "avsluttet"}),
    "BP3": frozenset({"gjennomforing", "avslutning", "avsluttet"}),
}
"""The project states that lie after a decision point."""


def fra_beslutningspunkt(punkt: str) -> Naar:
    """Applies to a project from BP2 or BP3 on: the point (or a later one) is decided, or the state says so.

    No state: applies. A point with a date that is not reached is a plan, not a decision.
    """

    def naar(post: Any, ctx: Kontekst) -> str | None:
        if post.tilstand is None or post.tilstand in FASER_ETTER[punkt]:
            return None
        order = list(ctx.innstillinger.koder["beslutningspunkt"])
        for b in post.beslutningspunkter:
            if order.index(b.punkt) >= order.index(punkt) and (
                b.dato is None or ctx.register.dag.nadd(b.dato)
            ):
                return None
        return f"Gjelder fra {punkt}. Prosjektet har ikke kommet dit."

    return naar
