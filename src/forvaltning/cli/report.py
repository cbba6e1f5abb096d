"""`forvaltning report NAVN`: one page of the registry for those who decide, in the format they use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from forvaltning.cli import felles, fullfor, utskrift
from forvaltning.cli.stopp import Stopp, eller, ukjent
from forvaltning.cli.valg import AsOf, At, Enhet, Output, Registry, Rolle, format_valg

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.documents.grunnlag import Grunnlag, Hode
    from forvaltning.documents.katalog import Rapport
    from forvaltning.documents.mal import Maler, MalFeil
    from forvaltning.documents.visning import Visning

HJELP = """Lag en rapport fra registeret: status, systemoversikt, protokoll, avtaler og mer. --list viser alle.

En rapport sier hvilket register, hvilken innsjekking og hvilken dato den bygger på, og hva den ikke kunne se.
Den stopper ingenting: sluttkoden er 1 bare når en fil i registeret ikke kunne leses."""
EKSEMPEL = (
    "forvaltning report --list",
    "forvaltning report status",
    "forvaltning report status --since 2026-06-30",
    "forvaltning report system bk360 --format html --output bk360.html",
    "forvaltning report avtaler --format xlsx --output avtaler.xlsx",
)
FORMATER = ("markdown", "html", "json", "csv", "xlsx")
MAPPE = "templates"
"""Where a registry keeps templates of its own."""


def kjor(
    navn: Annotated[
        str | None,
        typer.Argument(metavar="[NAVN]", help="Rapporten. --list viser alle.", show_default=False),
    ] = None,
    post: Annotated[
        str | None,
        typer.Argument(
            metavar="[POST]",
            autocompletion=fullfor.poster,
            help="Posten rapporten gjelder, for rapporter om én post: id, slag/id eller sti.",
            show_default=False,
        ),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="Vis rapportene som kan lages.")] = False,
    enhet: Enhet = None,
    rolle: Rolle = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="REVISJON|DATO",
            help="Vis hva som er endret siden da, i rapporten status. Tilstanden da vurderes på sin egen dag.",
        ),
    ] = None,
    as_of: AsOf = None,
    at: At = None,
    registry: Registry = None,
    format_: Annotated[str, format_valg(FORMATER)] = "markdown",
    tabell: Annotated[
        str | None,
        typer.Option("--tabell", metavar="TABELL", help="Bare denne tabellen, med --format csv."),
    ] = None,
    output: Output = None,
) -> int:
    """Make the report; returns the exit code."""
    felles.krev_format(FORMATER, format_, output)
    if list_:
        utskrift.skriv(_liste())
        return 0
    report = _rapport(navn, post)
    if tabell is not None and format_ != "csv":
        raise typer.BadParameter("«--tabell» hører til «--format csv».")
    if since is not None and report.navn != "status":
        raise typer.BadParameter("«--since» hører til rapporten «status».")
    from forvaltning.cli import rapportgrunnlag
    from forvaltning.cli.fremdrift import Fremdrift

    with Fremdrift() as bar, felles.apne(registry, as_of, bar, at=at) as okt:
        g = rapportgrunnlag.lag(okt, enheter=enhet, rolle=rolle, post=post, siden=since)
        _sjekk_slag(report, g)
        bar.ferdig()
        skriv(okt, report.view()(g), g, format_, output, tabell)
        lost = okt.register.uleselige()
    return si_fra_om_uleste([u.fil for u in lost])


def skriv(
    okt: Okt, visning: Visning, g: Grunnlag, format_: str, output: str | None, tabell: str | None = None
) -> None:
    """Write a view in a format, masked, to the screen or a file. Raises `Stopp`."""
    from forvaltning.documents.mal import Maler, MalFeil
    from forvaltning.documents.maskering import maskert_verdi, maskert_visning

    view, head = maskert_visning(visning), maskert_verdi(g.hode)
    own = Path(okt.rot) / MAPPE
    maler = Maler(own if own.is_dir() else None)
    if format_ == "xlsx":
        utskrift.skriv_bytes(Path(output or ""), _xlsx(view, head), okt.rot)
        return
    try:
        pieces = _tekst(okt, view, head, maler, format_, output, tabell)
    except MalFeil as error:
        raise _malfeil(okt, error) from None
    felles.lever(pieces, output, okt.rot, "json" if format_ == "json" else "tekst")


def _tekst(
    okt: Okt, v: Visning, head: Hode, maler: Maler, format_: str, output: str | None, tabell: str | None
) -> Iterator[str]:
    from forvaltning.documents import dokument

    if format_ == "html":
        return dokument.html(v, head, maler)
    if format_ == "json":
        from forvaltning.documents.json_fil import som_json

        return som_json(v, head)
    if format_ == "csv":
        from forvaltning.documents.csv_fil import som_csv

        names = [t.navn for t in v.tabeller()]
        if tabell is not None and tabell not in names:
            raise Stopp(f"Rapporten har ingen tabell «{tabell}».", f"Velg {eller(names)}." if names else "")
        return som_csv(v, tabell)
    files = _figurer(okt, v, output) if output and output != "-" else {}
    return iter([dokument.markdown(v, head, maler, files)])


def _figurer(okt: Okt, v: Visning, output: str) -> dict[str, str]:
    """Write the figures beside the Markdown; figure → file name."""
    out: dict[str, str] = {}
    for f in v.figurer():
        target = Path(output)
        beside = target.with_name(f"{target.stem}-{f.navn.removeprefix(v.navn + '-')}.svg")
        utskrift.skriv_fil(beside, [f.svg], okt.rot)
        out[f.navn] = beside.name
    return out


def _xlsx(v: Visning, head: Hode) -> bytes:
    from forvaltning.documents import xlsx_fil

    try:
        return xlsx_fil.som_xlsx(v, head)
    except ImportError:
        raise Stopp(
            "XLSX trenger biblioteket XlsxWriter, og det er ikke installert.",
            "Kjør «pip install 'forvaltning[xlsx]'», eller bruk --format csv.",
        ) from None
    except xlsx_fil.ForMangeRader as error:
        raise Stopp(
            f"Tabellen «{error}» har flere rader enn et regneark kan ha.",
            "Velg ut mindre med --enhet, eller bruk --format csv.",
        ) from None


def _malfeil(okt: Okt, error: MalFeil) -> Stopp:
    return Stopp(f"{okt.fra_her(error.fil)}:{error.linje}: {error.melding}", error.tiltak)


def si_fra_om_uleste(filer: list[str], hva: str = "rapporten") -> int:
    """Say which files could not be read, so that `hva` is not whole; the exit code: 1 when there are any."""
    if filer:
        said = "1 fil" if len(filer) == 1 else f"{len(filer)} filer"
        shown = ", ".join(sorted(filer)[:5]) + (" …" if len(filer) > 5 else "")
        utskrift.meld(
            f"Merk: {said} i registeret kunne ikke leses, så {hva} er ikke hel: {shown}",
            "«forvaltning check» viser hva som er galt.",
        )
    return int(bool(filer))


def _rapport(navn: str | None, post: str | None) -> Rapport:
    """The report asked for. Raises `Stopp` or `BadParameter`."""
    from forvaltning.documents.katalog import RAPPORTER

    if navn is None:
        raise typer.BadParameter("Skriv navnet på rapporten. «forvaltning report --list» viser alle.")
    found = RAPPORTER.get(navn)
    if found is None:
        raise ukjent("rapporten", navn, RAPPORTER, "«forvaltning report --list» viser rapportene.")
    if post is None and found.slag and not found.post_valgfri:
        raise typer.BadParameter(
            f"Rapporten «{navn}» er om én post. Skriv id-en: «forvaltning report {navn} ID»."
        )
    if post is not None and not found.slag:
        raise typer.BadParameter(
            f"Rapporten «{navn}» er ikke om én post. Utelat «{post}», eller velg ut med --enhet."
        )
    return found


def _sjekk_slag(rapport: Rapport, g: Grunnlag) -> None:
    if g.post is not None and g.post.partition("/")[0] not in rapport.slag:
        raise Stopp(
            f"Rapporten «{rapport.navn}» er om {eller(rapport.slag)}, ikke om «{g.post}».",
            f"«forvaltning list {rapport.slag[0]}» viser hva du kan velge.",
        )


def _liste() -> Iterator[str]:
    """The reports with what they are for, in the width of the screen."""
    import textwrap

    from forvaltning.documents.katalog import RAPPORTER

    wide = max(map(len, RAPPORTER)) + 2
    for name, r in RAPPORTER.items():
        one = f"{name} " + ("[POST]" if r.post_valgfri else "POST" if r.slag else "")
        text = f"{r.tittel}. {r.beskrivelse}"
        lines = textwrap.wrap(text, max(30, utskrift.bredde() - wide - 7))
        yield f"{one:<{wide + 7}}{lines[0]}\n"
        for line in lines[1:]:
            yield f"{'':<{wide + 7}}{line}\n"


__all__ = ["EKSEMPEL", "HJELP", "kjor", "si_fra_om_uleste", "skriv"]
