"""Requirement 4.2: changes found in Git that can affect security, those that a declared one replaces left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from forvaltning.krav.omrade4.felles import merket, treffer
from forvaltning.krav.typer import Kontekst
from forvaltning.model.hendelser import Endring
from forvaltning.model.historie import FunnetEndring
from forvaltning.model.integrasjon import Integrasjon
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste


@dataclass(frozen=True, slots=True)
class Funn:
    """One field that changed: when it took effect, why it matters and which commit tells."""

    post: System | Tjeneste | Integrasjon
    felt: str
    """Empty for a new flow."""
    merke: str
    virkning: date
    hvorfor: str
    kilde: str
    commit: str
    """Empty for what is not committed."""


def funn(
    post: System | Tjeneste | Integrasjon, endringer: Iterable[Endring], ctx: Kontekst
) -> Iterable[Funn]:
    """The changes that count, the last one of each field: a ROS that covers the last covers those before."""
    funnet = ctx.register.historie.for_post(post.key)
    if not funnet or (isinstance(post, Integrasjon) and post.tilstand == "planlagt"):
        return ()
    erklart = tuple(endringer)
    siste: dict[str, Funn] = {}
    for f in funnet:
        merke = merket(post, f.felt) if f.felt else ""
        if merke is None or not _teller(f, ctx) or (not f.felt and not _ny_flyt(post, ctx)):
            continue
        virkning = _virkning(f, post)
        if _erstattet(f, virkning, erklart, ctx):
            continue
        key = merke or f.felt
        if key not in siste or siste[key].virkning <= virkning:
            hvorfor = type(post).SIKKERHETSFELT.get(merke, "En ny flyt rører begge ender.")
            commit = f"Git {f.commit[:8]}" if f.commit else "ikke sjekket inn"
            siste[key] = Funn(post, f.felt, merke, virkning, hvorfor, commit, f.commit)
    return siste.values()


def _teller(f: FunnetEndring, ctx: Kontekst) -> bool:
    """History counts from `historie_fra`; commits after the check date do not count."""
    fra = ctx.innstillinger.historie_fra
    return (fra is None or f.dato >= fra) and ctx.register.dag.nadd(f.dato)


def _ny_flyt(post: System | Tjeneste | Integrasjon, ctx: Kontekst) -> bool:
    """Creating a record is not a change, but a new flow between registered systems is."""
    if not isinstance(post, Integrasjon) or post.fra is None or post.til is None:
        return False
    ender = (post.fra.system, post.til.system)
    return all(ctx.register.hent(e, System) is not None for e in ender)


def _virkning(f: FunnetEndring, post: System | Tjeneste | Integrasjon) -> date:
    """The record's own date where it tells one, else the commit's."""
    if isinstance(post, Integrasjon) and f.felt in {"", "tilstand"}:
        slutt = post.tilstand == "avsluttet" and f.felt == "tilstand"
        return (post.avsluttet if slutt else post.aktiv_fra) or f.dato
    return f.dato


def _erstattet(f: FunnetEndring, virkning: date, erklart: tuple[Endring, ...], ctx: Kontekst) -> bool:
    """A declared change of the same record and field within 90 days takes the found one's place."""
    dager = ctx.innstillinger.dager["endring_erstatter"]
    return any(
        e.virkning is not None
        and min(abs((e.virkning - d).days) for d in (f.dato, virkning)) <= dager
        and (not e.felter or (bool(f.felt) and any(treffer(x, f.felt) for x in e.felter)))
        for e in erklart
    )
