"""`forvaltning check`: judge the registry and say what is broken, where, who answers and how to mend it."""

from __future__ import annotations

from typing import Annotated

import typer

from forvaltning.cli import felles, fullfor
from forvaltning.cli.valg import AsOf, At, Enhet, Krav, NoColor, Omrade, Output, PostValg, Registry, Roller

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
    "forvaltning check --at HEAD~20 --krav 4.2",
    "forvaltning check --against auto --format github --report sarif=funn.sarif",
)


def kjor(
    path: Annotated[
        list[str] | None,
        typer.Argument(metavar="[STI]...", help="Filer eller mapper i registeret.", show_default=False),
    ] = None,
    krav: Krav = None,
    omrade: Omrade = None,
    post: PostValg = None,
    enhet: Enhet = None,
    rolle: Roller = None,
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
    at: At = None,
    registry: Registry = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            show_default=False,
            help="text, json, github, sarif, junit, azure, gitlab, markdown, csv. Uten valget: text.",
        ),
    ] = "text",
    output: Output = None,
    report_: Annotated[
        list[str] | None,
        typer.Option(
            "--report",
            metavar="FORMAT=FIL",
            help="Skriv også rapporten til en fil i dette formatet. Kan gjentas.",
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="REVISJON|auto",
            help="Sammenlign med en revisjon i Git. Bare det som er nytt, gir sluttkode 1. "
            "Med auto brukes grenen endringen skal inn i.",
        ),
    ] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Vis også oppfylt og ikke aktuelt.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Vis bare linjen med antall.")] = False,
    no_color: NoColor = False,
) -> int:
    """Judge and report; returns the exit code."""
    from forvaltning.cli import stier as stier_valgt
    from forvaltning.cli import velg
    from forvaltning.cli.formater import FORMATER
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.cli.sjekk import Valg, finn_basis, sjekk
    from forvaltning.render.tekst_grunnlag import Visning

    felles.krev_format(FORMATER, format_)
    if at is not None and against is not None:
        raise typer.BadParameter("«--at» og «--against» kan ikke brukes sammen.")
    reports = _rapporter(report_, FORMATER)
    show = Visning(verbose, quiet, velg.utfall(felles.biter(utfall)) if utfall else None)
    chosen = felles.finn(registry) if registry else None
    root, stier = stier_valgt.register_for(path or [], chosen)
    with Fremdrift(av=quiet) as bar, felles.apne(registry, as_of, bar, root, at=at) as okt:
        picked = velg.utvalg(
            okt,
            krav_=felles.biter(krav),
            omrader_=felles.biter(omrade),
            poster=felles.biter(post),
            enheter_=enhet or [],
            roller_=rolle or [],
            stier=stier,
        )
        words = _snevret(krav, omrade, post, enhet, rolle, stier)
        base = finn_basis(okt, against) if against is not None else None
        valg = Valg(format_, reports, output, show, base, no_color, words)
        return sjekk(okt, picked, valg, bar)


def _rapporter(valg: list[str] | None, kjente: tuple[str, ...]) -> list[tuple[str, str]]:
    """Format and file of every `--report FORMAT=FILE`. Raises `BadParameter`."""
    out: list[tuple[str, str]] = []
    for text in valg or []:
        name, sign, target = text.partition("=")
        if not sign or not target:
            raise typer.BadParameter(
                f"«{text}» passer ikke etter «--report». Skriv FORMAT=FIL, som sarif=funn.sarif."
            )
        if target != "-" and any(target == other for _, other in out):
            raise typer.BadParameter(
                f"«{target}» står to ganger etter «--report». Skriv hver rapport til sin fil."
            )
        out.append((felles.ett_av("--report", name, kjente), target))
    return out


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
