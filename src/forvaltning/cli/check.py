"""`forvaltning check`: judge the registry and say what is broken, where, who answers and how to mend it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forvaltning.cli import felles, fullfor, utskrift
from forvaltning.cli.felles import AsOf, Enhet, Format, NoColor, Output, Registry

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt, Rapport
    from forvaltning.cli.utvalg import Utvalg

HJELP = """Sjekk registeret mot kravene, og vis hva som er brutt, hvor, hvem som svarer, og hvordan det rettes.

STI er filer eller mapper i registeret. Hva som velges ut med STI, --krav, --omrade, --post, --enhet og
--rolle, bestemmer også utgangskoden. --utfall, --verbose og --quiet bestemmer bare hva som vises.
Valg som tar flere verdier, kan gjentas eller skrives med komma."""
EKSEMPEL = (
    "forvaltning check",
    "forvaltning check registry/systemer/bk360.yaml",
    "forvaltning check --krav 4.2,4.3 --enhet sdi",
    "forvaltning check --rolle systemeier --utfall brudd",
    "forvaltning check --as-of 2027-01-01 --format json --output rapport.json",
)


def kjor(
    path: Annotated[
        list[str] | None,
        typer.Argument(metavar="[STI]...", help="Filer eller mapper i registeret.", show_default=False),
    ] = None,
    krav: Annotated[
        list[str] | None,
        typer.Option(
            "--krav", metavar="NUMMER", autocompletion=fullfor.krav, help="Bare disse kravene, som 4.2."
        ),
    ] = None,
    omrade: Annotated[
        list[str] | None,
        typer.Option(
            "--omrade", metavar="N", autocompletion=fullfor.omrader, help="Bare disse fagområdene, 1 til 9."
        ),
    ] = None,
    post: Annotated[
        list[str] | None,
        typer.Option(
            "--post",
            metavar="POST",
            autocompletion=fullfor.poster,
            help="Bare disse postene: id, slag/id eller sti.",
        ),
    ] = None,
    enhet: Enhet = None,
    rolle: Annotated[
        list[str] | None,
        typer.Option(
            "--rolle",
            metavar="ROLLE",
            autocompletion=fullfor.roller,
            help="Bare det denne rollen svarer for: rolletype, rolle-id eller forum.",
        ),
    ] = None,
    utfall: Annotated[
        list[str] | None,
        typer.Option(
            "--utfall",
            metavar="UTFALL",
            autocompletion=fullfor.utfall,
            help="Vis bare disse: brudd, ikke_avgjort, avvik, snart, oppfylt, ikke_aktuelt.",
        ),
    ] = None,
    as_of: AsOf = None,
    registry: Registry = None,
    format_: Format = "text",
    output: Output = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Vis også oppfylt og ikke aktuelt.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Vis bare linjen med antall.")] = False,
    no_color: NoColor = False,
) -> int:
    """Judge and report; returns the exit code."""
    from forvaltning.cli import stier as stier_valgt
    from forvaltning.cli import velg
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.render.tekst_grunnlag import Visning

    felles.ett_av("--format", format_, ("text", "json"))
    show = Visning(verbose, quiet, velg.utfall(felles.biter(utfall)) if utfall else None)
    chosen = felles.finn(registry) if registry else None
    root, stier = stier_valgt.register_for(path or [], chosen)
    with Fremdrift(av=quiet) as bar, felles.apne(registry, as_of, bar, root) as okt:
        picked = velg.utvalg(
            okt,
            krav_=felles.biter(krav),
            omrader_=felles.biter(omrade),
            poster=felles.biter(post),
            enheter_=enhet or [],
            roller_=rolle or [],
            stier=stier,
        )
        report = okt.rapport(picked, alle=format_ == "text" and show.trenger_alle)
        if format_ == "json":
            pieces = som_json(okt, report, picked)
        else:
            words = _snevret(krav, omrade, post, enhet, rolle, stier)
            colours = not output and utskrift.i_farger(sys.stdout, av=no_color)
            pieces = som_tekst(okt, report, show, words, farger=colours)
        bar.ferdig()
        felles.lever(pieces, output, okt.rot)
        stopp = felles.si_fra_om_svikt(report.svikt)
        if stopp is not None:
            raise stopp
    return report.exit_code


def _snevret(
    krav: list[str] | None,
    omrade: list[str] | None,
    post: list[str] | None,
    enhet: list[str] | None,
    rolle: list[str] | None,
    stier: tuple[str, ...],
) -> tuple[str, ...]:
    """What was asked for, in words."""
    asked = (("krav", krav), ("område", omrade), ("post", post), ("enhet", enhet), ("rolle", rolle))
    words = [f"{name} {', '.join(felles.biter(values))}" for name, values in asked if values]
    return (*words, *stier)


def som_json(okt: Okt, report: Rapport, utvalg: Utvalg) -> Iterator[str]:
    """The report as JSON, contract version 1."""
    from forvaltning.cli.hode import hode
    from forvaltning.render import json_rapport

    return json_rapport.strom(
        hode(okt, report), okt.json_tekster(report, utvalg), report.problemer, okt.steder
    )


def som_tekst(
    okt: Okt, report: Rapport, visning: Any, snevret: tuple[str, ...], *, farger: bool
) -> Iterator[str]:
    """The report for people."""
    from forvaltning.cli.hode import grunnlag
    from forvaltning.render.tekst import rapport
    from forvaltning.render.tekst_stil import Stil

    return rapport(grunnlag(okt, report, snevret), visning, Stil(farger, utskrift.bredde()))


__all__ = ["EKSEMPEL", "HJELP", "kjor", "som_json", "som_tekst"]
