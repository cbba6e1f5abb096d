"""`forvaltning agenda FORUM`: what the next meeting of a forum has to decide, with the facts each decision needs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from forvaltning.cli import felles, fullfor, report, utskrift
from forvaltning.cli.stopp import ukjent
from forvaltning.cli.valg import AsOf, At, Output, Registry, format_valg

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.model.innstillinger import Innstillinger

HJELP = """Lag sakslisten til et forum: det registeret viser at neste møte må ta stilling til.

Digitaliseringsrådet får større avvik, brudd på universell utforming og prosjekter før BP2 og BP3; SDI får mindre
avvik og det enheten selv svarer for. Hvilke saker et forum har, står i innstillingene. --list viser foraene.
Sluttkoden er 1 bare når en fil i registeret ikke kunne leses."""
EKSEMPEL = (
    "forvaltning agenda --list",
    "forvaltning agenda digitaliseringsrad",
    "forvaltning agenda sdi --within 30d",
    "forvaltning agenda digitaliseringsrad --format html --output saksliste.html",
)
FORMATER = ("markdown", "html", "json")


def kjor(
    forum: Annotated[
        str | None,
        typer.Argument(
            metavar="[FORUM]",
            autocompletion=fullfor.fora,
            help="Forumet: koden eller navnet i innstillingene. --list viser dem.",
            show_default=False,
        ),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="Vis foraene med rytme og deltakere.")] = False,
    within: Annotated[
        str | None,
        typer.Option(
            "--within",
            metavar="TID",
            help="Hvor langt fram fristene telles, som 90d, 6m eller 1y. Uten valget: varslingsvinduet.",
        ),
    ] = None,
    as_of: AsOf = None,
    at: At = None,
    registry: Registry = None,
    format_: Annotated[str, format_valg(FORMATER)] = "markdown",
    output: Output = None,
) -> int:
    """Make the agenda; returns the exit code."""
    felles.krev_format(FORMATER, format_)
    if forum is None and not list_:
        raise typer.BadParameter("Skriv hvilket forum det gjelder. «forvaltning agenda --list» viser dem.")
    from forvaltning.cli import frister_felles, rapportgrunnlag
    from forvaltning.cli.fremdrift import Fremdrift

    with Fremdrift() as bar, felles.apne(registry, as_of, bar, at=at) as okt:
        if forum is None or list_:
            bar.ferdig()
            felles.lever(_liste(okt.innstillinger), output, okt.rot)
            return 0
        kode = finn(okt, forum)
        lengde = within if within is not None else f"{okt.innstillinger.varslingsvindu_dager}d"
        til = frister_felles.til(okt, lengde) or okt.dato
        from forvaltning.documents import agenda

        g = rapportgrunnlag.lag(okt)
        bar.ferdig()
        report.skriv(okt, agenda.visning(g, kode, til), g, format_, output)
        lost = okt.register.uleselige()
    return report.si_fra_om_uleste([u.fil for u in lost])


def finn(okt: Okt, forum: str) -> str:
    """The code of a forum named by code or by name. Raises `Stopp` with the nearest."""
    from forvaltning.model.viser import normaliser

    fora = okt.innstillinger.fora
    known = {normaliser(f.navn): kode for kode, f in fora.items()} | {normaliser(k): k for k in fora}
    found = known.get(normaliser(forum))
    if found is None:
        raise ukjent(
            "forumet",
            forum,
            [*fora, *(f.navn for f in fora.values())],
            "«forvaltning agenda --list» viser foraene.",
        )
    return found


def _liste(s: Innstillinger) -> Iterator[str]:
    """The fora with their names, rhythm and participants, in the width of the screen."""
    from forvaltning.source.text import safe

    wide = max((len(k) for k in s.fora), default=0) + 2
    room = max(30, utskrift.bredde() - wide)
    for kode, f in s.fora.items():
        har = "" if f.saker or f.krav else "Har ingen saker i innstillingene."
        text = " ".join(f"{x.rstrip('.')}." for x in (f.navn, f.rytme, f.deltakere) if x)
        lines = textwrap.wrap(safe(f"{text} {har}".strip(), 600), room)
        yield f"{safe(kode, 60):<{wide}}{lines[0]}\n"
        yield from (f"{'':<{wide}}{line}\n" for line in lines[1:])
