"""What a procurement must have asked for (2.2, 8.3 and others)."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import i_fortiden
from forvaltning.krav.observasjon import Bevis, Mangler, Observasjon, Uavklart
from forvaltning.krav.typer import Kontekst
from forvaltning.model.avtale import Avtale
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste


def krav_i_anskaffelsen(
    ctx: Kontekst, post: System | Tjeneste, nokkel: str, *, hva: str, vilkar: str
) -> Iterator[Observasjon]:
    """Requirements were set in the procurement of a system or service, documented and dated (2.2, 8.3).

    `nokkel` is the field of `Anskaffelseskrav` (``sikkerhet``, ``universell_utforming``), `hva` a noun
    phrase in the plural that begins a sentence. Each contract has them itself or on the project it was
    made for; without a contract the record's own projects are asked.
    """
    if not ctx.register.er_anskaffet(post):
        return
    kontrakter = ctx.register.kontrakter_for(post)
    egne = ctx.register.prosjekter_for(post)
    for kontrakt in kontrakter:
        prosjekter = [*ctx.register.hent_alle(kontrakt.prosjekter, Prosjekt), *egne]
        funnet = list(_anskaffelseskrav(ctx, (kontrakt, *prosjekter), nokkel, hva, vilkar))
        ulest = [
            f
            for i in (*kontrakt.prosjekter, *post.prosjekter)
            if isinstance(f := ctx.register.finn(i), Uleselig)
        ]
        if ulest and not any(isinstance(o, Bevis) for o in funnet):
            yield Uavklart(
                ("prosjekter",), f"{ulest[0].fil} kan ikke leses og kan ha kravene i anskaffelsen."
            )
            continue
        yield from funnet
    if kontrakter:
        return
    if kontrakter.uleselig is not None:
        yield Uavklart(("anskaffet",), f"{kontrakter.uleselig.fil} kan ikke leses og kan være kontrakten.")
    elif any(p.krav is not None and getattr(p.krav, nokkel) is not None for p in egne):
        yield from _anskaffelseskrav(ctx, tuple(egne), nokkel, hva, vilkar)
    else:
        yield Mangler(
            ("anskaffet",) if post.anskaffet else ("leverandor",),
            f"{vilkar}-mangler",
            f"{hva} i anskaffelsen er ikke dokumentert. Ingen kontrakt i registeret dekker dette.",
            f"Registrer kontrakten i avtaler/, med denne posten i «{post.kind}» og kravene i «krav.{nokkel}».",
        )


def _anskaffelseskrav(
    ctx: Kontekst, steder: tuple[Avtale | Prosjekt, ...], nokkel: str, hva: str, vilkar: str
) -> Iterator[Observasjon]:
    """The first of `steder` that holds the requirements whole, else what the nearest one lacks."""
    path = ("krav", nokkel)
    beste: list[Observasjon] | None = None
    for sted in steder:
        verdi = getattr(sted.krav, nokkel) if sted.krav is not None else None
        if verdi is None:
            continue
        problemer: list[Observasjon] = []
        for felt in ("versjon", "dato", "referanse"):
            # a document without a reference proves nothing; a standard is known by its version and date
            if felt == "referanse" and hasattr(verdi, "versjon"):
                continue
            if getattr(verdi, felt, "") is None:
                problemer.append(
                    Mangler(
                        (*path, felt),
                        f"{vilkar}-{felt}",
                        f"{hva} i anskaffelsen mangler {felt} («{sted.id}»).",
                        f"Fyll ut «krav.{nokkel}.{felt}».",
                        i=sted,
                    )
                )
        problemer += i_fortiden(ctx, (*path, "dato"), verdi.dato, hva=hva, vilkar=vilkar, i=sted)
        if not problemer:
            yield Bevis(path, Strength.DOKUMENTERT, verdi.dato, verdi.referanse, i=sted)
            return
        beste = beste or problemer
    if beste is not None:
        yield from beste
        return
    yield Mangler(
        path,
        f"{vilkar}-mangler",
        f"{hva} i anskaffelsen er ikke dokumentert i «{steder[0].id}».",
        f"Før opp kravene i «krav.{nokkel}» i avtalen, eller i prosjektet som anskaffet.",
        om=steder[0].id,
        i=steder[0],
    )
