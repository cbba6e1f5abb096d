"""`forvaltning todo`: what to do, by when, how and who answers; worst and soonest first."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from forvaltning.cli import felles, utskrift
from forvaltning.cli.valg import AsOf, At, Enhet, NoColor, Output, PostValg, Registry, Roller, format_valg

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.engine.gjoremal import Gjoremal

HJELP = """Vis hva som må gjøres, når, hvordan og hvem som svarer. Det verste og det som haster mest, står først.

Listen er laget av vurderingene: brudd på lov, det som er over fristen, andre brudd, feil i filer, frister som
kommer, det som ikke kunne avgjøres, og avvik som går ut. En liste stopper ingenting: koden er 1 bare når en fil
ikke kunne leses."""
EKSEMPEL = (
    "forvaltning todo",
    "forvaltning todo --rolle systemeier-bikaboo --within 6m",
    "forvaltning todo --enhet sdi --short",
    "forvaltning todo --format markdown --output gjoremal.md",
)
FORMATER = ("text", "markdown", "html", "json", "csv", "xlsx")


def kjor(
    rolle: Roller = None,
    enhet: Enhet = None,
    post: PostValg = None,
    within: Annotated[
        str | None,
        typer.Option(
            "--within",
            metavar="TID",
            help="Ta med frister så langt fram: 90d, 6m eller 1y. Uten valget: varslingsvinduet i innstillingene.",
        ),
    ] = None,
    short: Annotated[bool, typer.Option("--short", help="Én linje for hvert gjøremål, i text.")] = False,
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
    from forvaltning.engine import gjoremal

    with Fremdrift() as bar, felles.apne(registry, as_of, bar, at=at) as okt:
        b = frister_felles.bestill(okt, enhet, rolle, post)
        last = frister_felles.til(okt, within or f"{okt.hode['varslingsvindu_dager']}d") or okt.dato
        coming = frister_felles.alle_frister(okt, b, last)
        worded = gjoremal.ordlagt(okt.register, coming, b.alle, okt.dato)
        tasks = gjoremal.gjoremal(b.rapport.dommer, b.rapport.problemer, worded, okt.dato)
        bar.ferdig()
        if format_ == "text":
            from forvaltning.cli.hode import grunnlag
            from forvaltning.render import tekst_gjoremal
            from forvaltning.render.tekst_stil import Stil

            stil = Stil(not output and utskrift.i_farger(sys.stdout, av=no_color), utskrift.bredde())
            g = grunnlag(okt, b.rapport, b.ord)
            pieces = tekst_gjoremal.liste(tasks, last, lambda x: sted(okt, x), g, stil, en_linje=short)
            felles.lever(pieces, output, okt.rot)
        else:
            from forvaltning.cli import rapportgrunnlag, report
            from forvaltning.documents import gjoremal as dokument

            base = frister_felles.grunnlag(okt, b)
            folder = rapportgrunnlag.mappe(okt)
            view = dokument.visning(base, tasks, last, lambda x: sted(okt, x, folder))
            report.skriv(okt, view, base, format_, output)
        return frister_felles.uleste(okt)


def sted(okt: Okt, x: Gjoremal, mappe: str | None = None) -> str:
    """``registry/systemer/bk360.yaml:12:3``. `mappe`: the folder to write, None for it as seen from here."""
    fil = f"{x.sted.post}.yaml" if not x.sted.post.endswith((".yaml", ".yml")) else x.sted.post
    at = x.posisjon or okt.steder.finn(fil, x.sted.path)
    where = okt.visningssti if mappe is None else mappe
    folder = "" if where in {"", "."} else f"{where}/"
    return f"{folder}{fil}:{at.line}:{at.column}"
