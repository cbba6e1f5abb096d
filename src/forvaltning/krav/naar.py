"""When a requirement applies: from which state of the life cycle (domain.md, *Life cycle*)."""

from __future__ import annotations

from datetime import date
from typing import Any

from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst, Naar
from forvaltning.model.base import LIVSLOP
from forvaltning.model.behandling import Behandling
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

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


def prosjektet_lever(prosjekt: Prosjekt, ctx: Kontekst) -> str | None:
    """Applies unless the project was stopped, or ended before the regulation applied."""
    if prosjekt.tilstand == "stanset":
        return "Prosjektet er stanset."
    slutt = prosjekt.avsluttet
    if prosjekt.tilstand == "avsluttet" and slutt is not None and not ctx.register.etter_gjelder_fra(slutt):
        return f"Prosjektet ble avsluttet {norsk_dato(slutt)}, før reglementet begynte å gjelde."
    return None


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


def med_personopplysninger_eller_motsagt(post: Any, ctx: Kontekst) -> str | None:
    """Applies unless the record says that it holds no personal data and no other record contradicts it."""
    reason = med_personopplysninger(post, ctx)
    return None if reason is not None and ctx.register.sier_personopplysninger(post) else reason


def behandling_i_gang(post: Behandling, ctx: Kontekst) -> str | None:
    """Applies to a processing activity until it has ended (4.3, 4.4, 5.5).

    A planned one: from `behandling_fra`, or from when a system or service it takes place in is in
    acceptance test. Without a start date, also when all of them have come that far. Applies as well when
    an unreadable file hides this; the rule then asks `skjuler_start` first.
    """
    if post.tilstand == "avsluttet":
        return "Behandlingen er avsluttet."
    if post.tilstand != "planlagt" or skjuler_start(post, ctx) is not None or _starter(post, ctx):
        return None
    return "Behandlingen er planlagt, og det den skjer i, er ikke i akseptansetest."


def skjuler_start(post: Behandling, ctx: Kontekst) -> Uleselig | None:
    """The unreadable file that may hide that a planned activity is about to start."""
    if post.tilstand != "planlagt" or _starter(post, ctx):
        return None
    steder = (ctx.register.finn(i) for i in (*post.systemer, *post.tjenester))
    return next((s for s in steder if isinstance(s, Uleselig)), None)


def _starter(post: Behandling, ctx: Kontekst) -> bool:
    if post.behandling_fra is not None and ctx.register.dag.nadd(post.behandling_fra):
        return True
    steder = [ctx.register.finn(i) for i in (*post.systemer, *post.tjenester)]
    tilstander = [s.tilstand for s in steder if isinstance(s, System | Tjeneste) and s.tilstand != "avviklet"]
    if "akseptansetest" in tilstander:
        return True
    if post.behandling_fra is not None or not tilstander or any(isinstance(s, Uleselig) for s in steder):
        return False
    return all(t is None or LIVSLOP.index(t) >= LIVSLOP.index("akseptansetest") for t in tilstander)
