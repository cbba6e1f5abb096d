"""Building blocks that several requirements use: a role resolves, a date is there, an opt-out is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any, TypeVar

from forvaltning.findings import FieldPath, Strength
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon, Uavklart, Utloper
from forvaltning.krav.typer import Kontekst
from forvaltning.model.avtale import Avtale
from forvaltning.model.base import Bekreftelse, Dokument, IkkeAktuelt, Post
from forvaltning.model.innstillinger import Klasse
from forvaltning.model.oppslag import Treff, Uleselig
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.rolle import Rolle
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

P = TypeVar("P", bound=Post)


@cache
def norsk_dato(dato: date) -> str:
    """``22.11.2026``: the form people read."""
    return f"{dato.day:02}.{dato.month:02}.{dato.year}"


def forslag(ctx: Kontekst, ident: str, *kinds: str) -> str:
    """The nearest ids as a sentence to append, or nothing."""
    near = ctx.register.forslag(ident, *kinds)
    return f" Mente du {' eller '.join(f'«{n}»' for n in near)}?" if near else ""


def slaa_opp(
    ctx: Kontekst,
    post: Post,
    felt: FieldPath,
    ident: str,
    cls: type[P],
    *,
    hva: str,
    i: Post | None = None,
) -> Iterator[Observasjon]:
    """Observations when `ident` does not resolve to a record of kind `cls`; none when it does.

    A file that can not be read is *ikke avgjort*; an unknown id or one of the wrong kind is *feil*.
    `hva` names the field in the message, e.g. ``"systemeier"``.
    """
    found = ctx.register.finn(ident)
    if isinstance(found, cls):
        return
    if isinstance(found, Uleselig):
        yield Uavklart(felt, f"«{ident}» ({hva}) kan ikke leses, se {found.fil}.", i=i)
    elif found is None and (now := ctx.register.naa(ident)) is not None:
        yield Feil(
            felt,
            "ukjent-henvisning",
            f"«{ident}» ({hva}) heter nå «{now}».",
            f"Skriv «{now}».",
            om=ident,
            i=i,
        )
    elif found is None:
        yield Feil(
            felt,
            "ukjent-henvisning",
            f"«{ident}» ({hva}) finnes ikke i registeret.",
            f"Rett id-en, eller opprett {cls.kind}/{ident}.yaml.{forslag(ctx, ident, cls.kind)}",
            om=ident,
            i=i,
        )
    else:
        yield Feil(
            felt,
            "feil-slag-henvisning",
            f"«{ident}» ({hva}) er {found.tittel_entall}, ikke {cls.tittel_entall}.",
            f"Vis til en post i mappen {cls.kind}.",
            om=ident,
            i=i,
        )


def krev_rolle(
    ctx: Kontekst,
    post: Post,
    felt: FieldPath,
    ident: str | None,
    *typer: str,
    hva: str,
    dato: date | None = None,
    i: Post | None = None,
    vilkar: str = "",
) -> Iterator[Observasjon]:
    """A role is named, resolves, is of one of the types and is filled on the check date.

    With `dato` the role is asked for on that date, the day someone acted, instead of the check date.
    No types given: any role type will do.
    """
    name = vilkar or str(felt[0])
    if not ident:
        yield Mangler(
            felt, f"{name}-mangler", f"Det mangler {hva}.", f"Skriv id-en til rollen i «{felt[-1]}».", i=i
        )
        return
    problems = list(slaa_opp(ctx, post, felt, ident, Rolle, hva=hva, i=i))
    if problems:
        yield from problems
        return
    rolle = ctx.register.hent(ident, Rolle)
    if rolle is None:  # pragma: no cover - slaa_opp has told
        return
    if typer and rolle.type not in typer:
        names = " eller ".join(ctx.innstillinger.navn("rolletype", t).lower() for t in typer)
        yield Feil(
            felt,
            f"{name}-feil-rolletype",
            f"«{ident}» er {ctx.innstillinger.navn('rolletype', rolle.type).lower()}, ikke {names}.",
            f"Vis til en rolle av typen {names}.",
            om=ident,
            i=i,
        )
    if dato is not None:
        if (rolle.fra is not None and dato < rolle.fra) or (rolle.til is not None and dato > rolle.til):
            yield Feil(
                felt,
                f"{name}-ikke-virksom",
                f"Rollen «{ident}» gjaldt ikke {norsk_dato(dato)}.",
                "Vis til rollen som gjaldt den dagen.",
                om=ident,
                i=i,
            )
        return
    if rolle.fra is not None and not ctx.register.dag.nadd(rolle.fra):
        yield Feil(
            felt,
            f"{name}-ikke-virksom",
            f"Rollen «{ident}» gjelder først fra {norsk_dato(rolle.fra)}.",
            "Vis til en rolle som gjelder nå.",
            om=ident,
            i=i,
        )
    if rolle.til is not None:
        yield Utloper(
            felt,
            f"{name}-utlopt",
            rolle.til,
            f"Rollen «{ident}» ({hva}) gjaldt til {norsk_dato(rolle.til)}.",
            "Vis til rollen som har overtatt.",
            om=ident,
            i=i,
        )


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


def frist_etter_klasse(
    ctx: Kontekst,
    felt: FieldPath,
    vilkar: str,
    start: date,
    klasser: tuple[Klasse, ...],
    maneder: Callable[[Klasse], int],
    melding: Callable[[date], str],
    tiltak: str,
    i: Post | None = None,
) -> Iterator[Observasjon]:
    """A deadline that depends on criticality: decided when all possible classes agree, else undecided.

    `start`: the day it was last done (or the start of the first round). `maneder`: the interval of a class.
    """
    dag = ctx.register.dag
    frister = sorted({dag.maneder_etter(start, maneder(k)) for k in klasser})
    if len(frister) > 1 and dag.passert(frister[0]) and not dag.passert(frister[-1]):
        yield Uavklart(
            felt,
            "Kritikaliteten er ikke vurdert. Fristen er "
            f"{norsk_dato(frister[0])} eller {norsk_dato(frister[-1])}, alt etter klassen.",
            i=i,
        )
        return
    siste = frister[-1] if dag.passert(frister[-1]) else frister[0]
    yield Utloper(felt, vilkar, siste, melding(siste), tiltak, i=i)


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


def frist_ved_overlevering(
    ctx: Kontekst, start: date | None, observasjoner: Iterable[Observasjon]
) -> Iterator[Observasjon]:
    """What is missing is not due until `dager.overlevering` days after production (domain.md, section 6).

    For the requirements whose gate is *at handover*: 1.2, 1.5, the tjenestebilag of 2.2 and the entry of
    2.1. What is at odds, and a `start` that is not known, wait for nothing.
    """
    for obs in observasjoner:
        if start is not None and isinstance(obs, Mangler):
            try:
                siste = ctx.register.dag.dager_etter(start, ctx.innstillinger.dager["overlevering"])
            except OverflowError:
                siste = date.max
            if not ctx.register.dag.passert(siste):
                yield Utloper(
                    obs.felt, obs.vilkar, siste, obs.melding, obs.tiltak, om=obs.om, i=obs.i, se=obs.se
                )
                continue
        yield obs


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
