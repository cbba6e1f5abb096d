"""Requirement 1.6: a system that something names, but that the registry does not hold.

The verdict lies on the record that names it, and only when it is broken.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from forvaltning.krav.henvisning import slaa_opp
from forvaltning.krav.typer import Kontekst, UtenDom, regel
from forvaltning.model.avtale import Avtale
from forvaltning.model.integrasjon import Integrasjon
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

if TYPE_CHECKING:
    from forvaltning.findings import FieldPath
    from forvaltning.krav.observasjon import Observasjon
    from forvaltning.model.base import Post

UTENFOR = {
    "tjenester": frozenset({"ide", "avviklet"}),
    "integrasjoner": frozenset({"avsluttet"}),
    "avtaler": frozenset({"utkast", "utlopt"}),
}
"""States in which what a record names is not held against it."""


def nevnte_systemer(post: Post) -> Iterator[tuple[FieldPath, str]]:
    """Where a service, flow or agreement names a system, and which."""
    if isinstance(post, Tjeneste | Avtale):
        for n, ident in enumerate(post.systemer):
            yield ("systemer", n), ident
    elif isinstance(post, Integrasjon):
        for navn in ("fra", "til"):
            ende = getattr(post, navn)
            if ende is not None and ende.system:
                yield (navn, "system"), ende.system


def nevner_ukjent(post: Tjeneste | Integrasjon | Avtale, ctx: Kontekst) -> str | None:
    """Applies only where a named system is not in the registry; otherwise no verdict at all."""
    if post.tilstand in UTENFOR[post.kind] or not any(
        not isinstance(ctx.register.finn(ident), System | Uleselig) for _, ident in nevnte_systemer(post)
    ):
        raise UtenDom
    return None


def _ukjente(post: Post, ctx: Kontekst) -> Iterator[Observasjon]:
    for felt, ident in nevnte_systemer(post):
        if not isinstance(ctx.register.finn(ident), Uleselig):
            yield from slaa_opp(ctx, post, felt, ident, System, hva="system som skal stå i systemoversikten")


@regel(Tjeneste, naar=nevner_ukjent, felter=("systemer",))
def nevnt_i_tjeneste(tjeneste: Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """Every system that a service uses is in the registry."""
    yield from _ukjente(tjeneste, ctx)


@regel(Integrasjon, naar=nevner_ukjent, felter=("fra.system", "til.system"))
def nevnt_i_integrasjon(flyt: Integrasjon, ctx: Kontekst) -> Iterator[Observasjon]:
    """Every system at an end of a flow is in the registry."""
    yield from _ukjente(flyt, ctx)


@regel(Avtale, naar=nevner_ukjent, felter=("systemer",))
def nevnt_i_avtale(avtale: Avtale, ctx: Kontekst) -> Iterator[Observasjon]:
    """Every system that an agreement covers is in the registry."""
    yield from _ukjente(avtale, ctx)
