"""Building blocks that several requirements use: a value is there, a confirmation holds, an opt-out is whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from forvaltning.findings import FieldPath, Strength
from forvaltning.krav.henvisning import krev_rolle
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon, Uavklart, Utloper
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst
from forvaltning.model.base import Post
from forvaltning.model.deler import Bekreftelse, Dokument, IkkeAktuelt
from forvaltning.model.oppforing import Treff


def krev_verdi(
    felt: FieldPath, verdi: Any, vilkar: str, melding: str, tiltak: str, i: Post | None = None
) -> Iterator[Observasjon]:
    """A *mangler* when `verdi` is absent or empty."""
    if verdi is None or verdi in ((), ""):
        yield Mangler(felt, vilkar, melding, tiltak, i=i)


def bevis_av(felt: FieldPath, b: Bekreftelse | Dokument | Any, i: Post | None = None) -> Bevis:
    """Evidence from something with `dato`, and `referanse` (documented) or only `av` (vouched for)."""
    ref = getattr(b, "referanse", None)
    styrke = Strength.DOKUMENTERT if ref else Strength.BEKREFTET
    return Bevis(felt, styrke, getattr(b, "dato", None), ref, i=i)


def krev_bekreftelse(
    ctx: Kontekst,
    post: Post,
    felt: FieldPath,
    b: Bekreftelse | None,
    *,
    hva: str,
    vilkar: str,
    tiltak: str,
    maneder: int | None = None,
    start: date | None = None,
    i: Post | None = None,
) -> Iterator[Observasjon]:
    """Something is confirmed: dated, and by a document or a role that resolves on that date.

    `hva` is a noun phrase that begins a sentence («Tilknytningen til BkService»). `maneder`: months it is
    good for; a confirmation by a role alone is never good for more than the interval *bekreftelse*.
    `start`: first rounds, nothing is due until one interval after this date (domain.md, *First rounds*).
    """
    if b is None or (b.dato is None and b.av is None and b.referanse is None):
        if start is not None and maneder is not None:
            siste = ctx.register.dag.maneder_etter(start, maneder)
            late = f"{hva} er ikke bekreftet innen {norsk_dato(siste)}."
            if ctx.register.dag.passert(siste):
                yield Mangler(felt, vilkar, late, tiltak, i=i)
            else:
                yield Utloper(felt, vilkar, siste, late, tiltak, i=i)
            return
        yield Mangler(felt, vilkar, f"{hva} er ikke bekreftet.", tiltak, i=i)
        return
    if b.dato is None:
        yield Mangler(
            (*felt, "dato"), f"{vilkar}-dato", f"{hva} mangler dato.", "Skriv datoen i «dato».", i=i
        )
        return
    if not ctx.register.dag.nadd(b.dato):
        yield Feil(
            (*felt, "dato"),
            f"{vilkar}-framtid",
            f"{hva} har en dato som ikke er nådd: {norsk_dato(b.dato)}.",
            "Skriv dagen det faktisk ble gjort.",
            i=i,
        )
        return
    if not b.av and not b.referanse:
        yield Mangler(
            felt,
            f"{vilkar}-av",
            f"{hva} er datert, men verken rolle eller dokument er oppgitt.",
            "Skriv rollen i «av» eller dokumentet i «referanse».",
            i=i,
        )
        return
    if b.av:
        yield from krev_rolle(ctx, post, (*felt, "av"), b.av, hva="rolle", dato=b.dato, i=i, vilkar=vilkar)
    limit = maneder
    if not b.referanse:
        own = ctx.innstillinger.intervaller["bekreftelse"]
        limit = own if limit is None else min(limit, own)
    if limit is not None:
        siste = ctx.register.dag.maneder_etter(b.dato, limit)
        yield Utloper(
            (*felt, "dato"),
            f"{vilkar}-utlopt",
            siste,
            f"{hva} var gyldig til {norsk_dato(siste)}.",
            tiltak,
            i=i,
        )
    yield bevis_av(felt, b, i=i)


def fritak(
    ctx: Kontekst, post: Post, felt: FieldPath, valg: IkkeAktuelt, *, hva: str, i: Post | None = None
) -> Iterator[Observasjon]:
    """An opt-out is whole: a reason, a role that resolves on that date, and a date (never a bare flag)."""
    if not valg.grunn:
        yield Feil(
            felt,
            "fritak-uten-grunn",
            f"{hva} er satt som ikke aktuelt uten grunn.",
            "Skriv grunnen i «grunn».",
            i=i,
        )
    if valg.dato is None:
        yield Feil(
            felt,
            "fritak-uten-dato",
            f"{hva} er satt som ikke aktuelt uten dato.",
            "Skriv datoen i «dato».",
            i=i,
        )
    elif not ctx.register.dag.nadd(valg.dato):
        yield Feil(
            (*felt, "dato"),
            "fritak-framtid",
            f"{hva} er satt som ikke aktuelt fra {norsk_dato(valg.dato)}, som ikke er nådd.",
            "Skriv dagen det ble bestemt.",
            i=i,
        )
    if not valg.av:
        yield Feil(
            felt,
            "fritak-uten-rolle",
            f"{hva} er satt som ikke aktuelt uten rolle.",
            "Skriv rollen i «av».",
            i=i,
        )
    else:
        yield from krev_rolle(
            ctx, post, (*felt, "av"), valg.av, hva="rolle", dato=valg.dato, i=i, vilkar="fritak"
        )
    if valg.grunn and valg.dato and valg.av:
        yield Bevis(felt, Strength.BEKREFTET, valg.dato, i=i)


def mangler_eller_uavklart(treff: Treff[Any], mangler: Mangler) -> Iterator[Observasjon]:
    """`mangler` when `treff` is empty, but *ikke avgjort* when an unreadable file may hold what is missed."""
    if treff:
        return
    if treff.uleselig is not None:
        yield Uavklart(
            mangler.felt, f"{treff.uleselig.fil} kan ikke leses og kan være det som mangler.", i=mangler.i
        )
    else:
        yield mangler


def noe_galt(ctx: Kontekst, observasjoner: Iterable[Observasjon]) -> bool:
    """True when one of the observations is a finding, or undecided, on the check date."""
    return any(
        isinstance(o, Mangler | Feil | Uavklart)
        or (isinstance(o, Utloper) and ctx.register.dag.passert(o.siste))
        for o in observasjoner
    )


def i_fortiden(
    ctx: Kontekst, felt: FieldPath, dato: date | None, *, hva: str, vilkar: str, i: Post | None = None
) -> Iterator[Observasjon]:
    """A *feil* when something that has happened carries a date that is not reached."""
    if dato is not None and not ctx.register.dag.nadd(dato):
        yield Feil(
            felt,
            f"{vilkar}-framtid",
            f"{hva} har en dato som ikke er nådd: {norsk_dato(dato)}.",
            "Skriv dagen det faktisk skjedde.",
            i=i,
        )
