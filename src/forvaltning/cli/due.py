"""`forvaltning due`: everything that runs out, the year wheel, and the calendar file."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Annotated

import typer

from forvaltning.cli import felles, utskrift
from forvaltning.cli.valg import AsOf, At, Enhet, NoColor, Output, PostValg, Registry, Roller, format_valg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forvaltning.cli.okt import Okt
    from forvaltning.documents.grunnlag import Grunnlag
    from forvaltning.engine.frister import Frist

HJELP = """Vis alt som går ut: fristene kravene setter, og datoene i postene. Det som er over fristen, står for seg.

Avtaler, opsjoner, oppsigelse, sertifikater, ROS og tiltak, avvik, roller, delegasjoner og planlagte steg er med.
--format ics lager en kalenderfil: et nytt uttak flytter hendelsene i kalenderen i stedet for å doble dem.
--format svg tegner årshjulet. Koden er 1 bare når en fil ikke kunne leses."""
EKSEMPEL = (
    "forvaltning due --within 90d",
    "forvaltning due --rolle avtaleforvalter --format ics --output frister.ics",
    "forvaltning due --enhet sdi --format markdown --output arshjul.md",
    "forvaltning due --within 1y --format svg --output arshjul.svg",
)
FORMATER = ("text", "ics", "csv", "markdown", "html", "json", "svg", "xlsx")


def kjor(
    within: Annotated[
        str | None,
        typer.Option(
            "--within",
            metavar="TID",
            help="Bare det som går ut innen så lenge: 90d, 6m eller 1y. Uten valget: alt.",
        ),
    ] = None,
    enhet: Enhet = None,
    rolle: Roller = None,
    post: PostValg = None,
    as_of: AsOf = None,
    at: At = None,
    registry: Registry = None,
    format_: Annotated[str, format_valg(FORMATER)] = "text",
    output: Output = None,
    no_color: NoColor = False,
) -> int:
    """List; returns the exit code."""
    felles.krev_format(FORMATER, format_, output)
    from forvaltning.cli import frister_felles
    from forvaltning.cli.fremdrift import Fremdrift

    with Fremdrift() as bar, felles.apne(registry, as_of, bar, at=at) as okt:
        b = frister_felles.bestill(okt, enhet, rolle, post)
        last = frister_felles.til(okt, within)
        found = frister_felles.alle_frister(okt, b, last)
        if format_ not in {"text", "svg"}:
            from forvaltning.engine.gjoremal import ordlagt

            found = ordlagt(okt.register, found, b.alle, okt.dato)
        bar.ferdig()
        if format_ == "text":
            from forvaltning.cli.hode import grunnlag
            from forvaltning.render import tekst_frister
            from forvaltning.render.tekst_stil import Stil

            stil = Stil(not output and utskrift.i_farger(sys.stdout, av=no_color), utskrift.bredde())
            felles.lever(
                tekst_frister.liste(found, last, grunnlag(okt, b.rapport, b.ord), stil), output, okt.rot
            )
            return frister_felles.uleste(okt)
        base = frister_felles.grunnlag(okt, b)
        if format_ == "ics":
            felles.lever(utskrift.Maskert(_ics(okt, base, found)), output, okt.rot, "kommandoer")
        elif format_ == "svg":
            from forvaltning.documents import frister

            coming = [f for f in found if f.dato >= okt.dato]
            felles.lever(iter([frister.figur(base, coming, last, alene=True).svg]), output, okt.rot)
        else:
            from forvaltning.cli import report
            from forvaltning.documents import frister

            report.skriv(okt, frister.visning(base, found, last), base, format_, output)
        return frister_felles.uleste(okt)


def _ics(okt: Okt, g: Grunnlag, found: list[Frist]) -> Iterator[str]:
    from forvaltning.documents import frister, ical
    from forvaltning.documents.om import om

    head = om(g.hode)
    owner = okt.innstillinger.kommune
    number = (owner.organisasjonsnummer if owner else None) or "register"
    name = f"Frister {g.hode.kommune}".strip()
    about = " ".join((head.linje, *head.forbehold))
    return ical.kalender(frister.hendelser(g, found, number), name, stempel(okt), about)


def stempel(okt: Okt) -> datetime:
    """When the state of the registry came about: its commit's time, a minute later with edits; else the check date."""
    from forvaltning.git.objekter import GitFeil, tidspunkt

    tre, commit = okt.arbeidstre, okt.git.commit
    if tre is not None and commit:
        # No time, or one that no calendar has: the check date, as where Git does not answer.
        with suppress(GitFeil, OverflowError, ValueError, OSError):
            if made := tidspunkt(tre, commit):
                return datetime.fromtimestamp(made + (60 if okt.git.endret else 0), UTC)
    return datetime.combine(okt.dato, time(0), UTC)
