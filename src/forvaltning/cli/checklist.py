"""`forvaltning checklist NAVN [ID]`: another checklist of the same make, filled in from one record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from forvaltning.cli import felles, fullfor, utskrift
from forvaltning.cli.sjekkliste_felles import FORMATER, Format, lister, skriv, vis_liste
from forvaltning.cli.stopp import Stopp, eller, ukjent
from forvaltning.cli.valg import AsOf, At, Output, Registry

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.engine.sjekkliste.typer import Sjekkliste
    from forvaltning.model.base import Post

HJELP = """Lag en sjekkliste: bestilling, arkitektur, brukskvalitet, prosjekt, anskaffelse, eller en av kommunens egne.

Med ID fylles den ut så langt registeret vet om posten. Uten ID er den et tomt skjema. Kommunen legger til egne lister
og endrer dem som følger med, under «sjekklister» i forvaltning.yaml."""
EKSEMPEL = (
    "forvaltning checklist --list",
    "forvaltning checklist prosjekt digital-barnehagesoknad",
    "forvaltning checklist arkitektur ny-skjemalosning --format html",
    "forvaltning checklist bestilling",
)


def kjor(
    navn: Annotated[
        str | None,
        typer.Argument(metavar="[NAVN]", help="Sjekklisten. --list viser alle.", show_default=False),
    ] = None,
    ident: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            autocompletion=fullfor.poster,
            help="Posten listen fylles ut for.",
            show_default=False,
        ),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="Vis sjekklistene som finnes.")] = False,
    as_of: AsOf = None,
    at: At = None,
    registry: Registry = None,
    format_: Format = "markdown",
    output: Output = None,
) -> int:
    """Make the checklist; returns the exit code."""
    felles.krev_format(FORMATER, format_)
    if navn is None and not list_:
        raise typer.BadParameter("Skriv navnet på sjekklisten. «forvaltning checklist --list» viser alle.")
    from forvaltning.cli.fremdrift import Fremdrift

    with Fremdrift() as bar, felles.apne(registry, as_of, bar, at=at) as okt:
        if list_ or navn is None:
            bar.ferdig()
            utskrift.skriv(vis_liste(_rader(okt)))
            return 0
        checklist = lag(okt, navn, ident)
        bar.ferdig()
        return skriv(okt, checklist, format_, output)


def _rader(okt: Okt) -> dict[str, str]:
    own = {n for n, v in lister(okt).items() if not v.overleveringstyper}
    return {
        n: f"{v.tittel}. {v.hjelp or ''} Fylles ut for: {', '.join(v.slag) or 'alle slag'}."
        for n, v in sorted(lister(okt).items())
        if n in own
    }


def lag(okt: Okt, navn: str, ident: str | None) -> Sjekkliste:
    """The checklist by name, for a record or empty. Raises `Stopp`."""
    from forvaltning.engine.sjekkliste.bygg import lag_sjekkliste

    known = lister(okt)
    found = known.get(navn)
    if found is None:
        names = [n for n, v in known.items() if not v.overleveringstyper]
        raise ukjent("sjekklisten", navn, names, "«forvaltning checklist --list» viser sjekklistene.")
    if found.overleveringstyper:
        raise Stopp(f"«{navn}» er sjekklisten for en overlevering.", "Vis den med «forvaltning handover ID».")
    post = _post(okt, ident) if ident is not None else None
    if post is not None and found.slag and post.kind not in found.slag:
        raise Stopp(
            f"Sjekklisten «{navn}» fylles ut for {eller(found.slag)}, ikke for «{post.key}».",
            f"«forvaltning list {found.slag[0]}» viser hva du kan velge.",
        )
    return lag_sjekkliste(okt.register, okt.dato, navn, found, post)


def _post(okt: Okt, ident: str) -> Post:
    from forvaltning.cli import velg

    key = velg.post(okt, ident)
    found = okt.register.oppforing(key.partition("/")[2])
    if found is None:
        raise Stopp(
            f"{key}.yaml kan ikke leses.", f"«forvaltning check --post {key}» sier hva som er galt.", kode=1
        )
    return found.post
