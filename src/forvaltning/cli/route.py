"""`forvaltning route ID`: where an enquiry about a service or system goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from forvaltning.cli import felles, fullfor, utskrift
from forvaltning.cli.stopp import Stopp
from forvaltning.cli.valg import AsOf, At, Output, Registry, format_valg

HJELP = """Vis hvor en henvendelse om en tjeneste eller et system går: førstekontakt, hvem så, og når den blir et prosjekt.

Rekkefølgen følger forvaltningsmodellen. Rollene, kontaktene og serviceprosessen hentes fra registeret, og det som
mangler der, sies."""
EKSEMPEL = (
    "forvaltning route soknad-om-barnehageplass",
    "forvaltning route bk360 --format markdown",
)

FORMATER = ("text", "markdown", "json")


def kjor(
    ident: Annotated[
        str,
        typer.Argument(
            metavar="ID", autocompletion=fullfor.poster, help="Tjenesten eller systemet.", show_default=False
        ),
    ],
    as_of: AsOf = None,
    at: At = None,
    registry: Registry = None,
    format_: Annotated[str, format_valg(FORMATER)] = "text",
    output: Output = None,
) -> int:
    """Show the way; returns the exit code."""
    felles.krev_format(FORMATER, format_)
    from forvaltning.cli import velg
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.cli.report import si_fra_om_uleste
    from forvaltning.cli.sjekkliste_felles import grunnlag, hvor
    from forvaltning.documents import rute as vist
    from forvaltning.documents.maskering import maskert_verdi
    from forvaltning.engine.rute import rute
    from forvaltning.model.system import System
    from forvaltning.model.tjeneste import Tjeneste

    with Fremdrift() as bar, felles.apne(registry, as_of, bar, at=at) as okt:
        key = velg.post(okt, ident)
        found = okt.register.oppforing(key.partition("/")[2])
        if found is None:
            raise Stopp(
                f"{key}.yaml kan ikke leses.",
                f"«forvaltning check --post {key}» sier hva som er galt.",
                kode=1,
            )
        post = found.post
        if not isinstance(post, System | Tjeneste):
            raise Stopp(
                f"«{key}» er {post.tittel_entall}. Henvendelser gjelder en tjeneste eller et system.",
                "«forvaltning list tjenester» og «forvaltning list systemer» viser hva du kan velge.",
            )
        way, head = maskert_verdi(rute(okt.register, post)), grunnlag(okt).hode
        bar.ferdig()
        pieces: Iterator[str]
        if format_ == "json":
            pieces = iter([vist.som_json(way, head, lambda s: hvor(okt, s))])
        elif format_ == "markdown":
            pieces = iter([vist.som_markdown(way, head, lambda s: hvor(okt, s))])
        else:
            pieces = vist.som_tekst(way, head, lambda s: hvor(okt, s), utskrift.bredde())
        felles.lever(pieces, output, okt.rot, "json" if format_ == "json" else "tekst")
        return si_fra_om_uleste(list(way.uleste))
