"""`forvaltning impact ID`: what stops if this stops, and what must be looked at again if it changes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from forvaltning.cli import felles, fullfor, utskrift
from forvaltning.cli.valg import AsOf, At, NoColor, Output, Registry, format_valg

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.documents.grunnlag import Grunnlag
    from forvaltning.engine.konsekvens import Konsekvens
    from forvaltning.engine.pa_nytt import Lesere, Vurdering
    from forvaltning.render.tekst_virkning import Side

HJELP = """Vis hva som stopper om ID stopper, ledd for ledd, og hva som må vurderes på nytt om ID endres.

ID er en post av hvilket som helst slag, eller en nasjonal felleskomponent som id-porten. Veien dit og
kritikaliteten står ved hver. Det som bare mister data, arkiv eller eier, står for seg. Sirkler følges én gang."""
EKSEMPEL = (
    "forvaltning impact bk360",
    "forvaltning impact fjordsky --format markdown --output virkning.md",
    "forvaltning impact id-porten",
)
FORMATER = ("text", "markdown", "html", "json", "csv", "xlsx")


def kjor(
    ident: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            autocompletion=fullfor.poster,
            help="Postens id, slag/id eller sti, eller en felleskomponent.",
            show_default=False,
        ),
    ],
    as_of: AsOf = None,
    at: At = None,
    registry: Registry = None,
    format_: Annotated[str, format_valg(FORMATER)] = "text",
    output: Output = None,
    no_color: NoColor = False,
) -> int:
    """Show; returns the exit code."""
    felles.krev_format(FORMATER, format_, output)
    from forvaltning.cli import frister_felles, landskap_felles
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.engine import konsekvens as motor
    from forvaltning.engine import pa_nytt as igjen

    with Fremdrift() as bar, felles.apne(registry, as_of, bar, at=at) as okt:
        key = landskap_felles.finn_lesbar(okt, ident)
        b = frister_felles.bestill(okt, None, None, None)
        found = motor.konsekvens(okt.register, key)
        again = igjen.vurder_pa_nytt(okt.register, key)
        read = igjen.krav_som_leser(okt.register, key, b.alle, okt.spor())
        base = frister_felles.grunnlag(okt, b)
        bar.ferdig()
        if format_ == "text":
            from forvaltning.render import tekst_virkning
            from forvaltning.render.tekst_stil import Stil

            stil = Stil(not output and utskrift.i_farger(sys.stdout, av=no_color), utskrift.bredde())
            felles.lever(tekst_virkning.side(_side(okt, base, found, again, read), stil), output, okt.rot)
        else:
            from forvaltning.cli import report
            from forvaltning.documents import virkning

            report.skriv(okt, virkning.visning(base, found, again, read), base, format_, output)
        return frister_felles.uleste(okt)


def _side(okt: Okt, g: Grunnlag, k: Konsekvens, again: list[Vurdering], read: Lesere) -> Side:
    """The page for the terminal, in the words that the documents use."""
    from forvaltning.documents import virkning
    from forvaltning.documents.om import om
    from forvaltning.render.tekst_virkning import Side

    words = virkning.klasse(g, k.start)
    about = f" ({words.lower()})" if words else ""
    head = om(g.hode)
    return Side(
        k.start.navn,
        (f"Virkning av {k.start.navn} · {k.start.key}{about}", head.linje, *head.forbehold),
        virkning.ingress(g, k, again),
        k.rammet,
        virkning.sirkler(k),
        virkning.ukjente(k),
        again,
        read,
        lambda n: virkning.klasse(g, n).lower(),
        lambda r: virkning.vei(k, r),
    )
