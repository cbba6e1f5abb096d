"""`forvaltning audit`: whether the trail can be trusted; `audit anchor` records a point to hold it against."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from forvaltning.cli import felles, historikk_felles, utskrift
from forvaltning.cli.historikk_felles import GRUNN, Historisk, TilDag
from forvaltning.cli.stopp import Stopp, mente_du
from forvaltning.cli.valg import NoColor, Output, Registry, format_valg

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt

HJELP = """Se etter om historikken er til å stole på: signaturer, datoer, omskriving, og om beslutninger er godkjent.

Det letes etter innsjekkinger uten gyldig signatur, datoer som går bakover, besluttet innhold som er endret uten
ny beslutning, poster som skulle stått, historikk som er skrevet om siden et anker, og beslutninger uten linjen
«Godkjent-av: ROLLE-ID» med en rolle som kunne ta dem.

«forvaltning audit anchor [NAVN]» setter et anker på siste innsjekking: et merke i Git som historikken siden
holdes mot. Det er det eneste kommandoen skriver."""
EKSEMPEL = (
    "forvaltning audit",
    "forvaltning audit --allowed-signers signatarer.txt --format json",
    "forvaltning audit anchor 2026-tertial-1",
)

FORMATER = ("text", "json", "csv")


def kjor(
    handling: Annotated[
        str | None,
        typer.Argument(metavar="[anchor]", help="Skriv anchor for å sette et anker.", show_default=False),
    ] = None,
    navn: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAVN]", help="Ankerets navn. Uten NAVN: dato og innsjekking.", show_default=False
        ),
    ] = None,
    no_signatures: Annotated[bool, typer.Option("--no-signatures", help="Se ikke på signaturer.")] = False,
    allowed_signers: Annotated[
        str | None,
        typer.Option(
            "--allowed-signers",
            metavar="FIL",
            help="Filen over tillatte signatarer (SSH). Uten valget: den Git er satt opp med.",
        ),
    ] = None,
    anchor: Annotated[
        list[str] | None,
        typer.Option(
            "--anchor",
            metavar="COMMIT",
            help="En innsjekking som er skrevet ned et annet sted, og som historikken skal gå gjennom.",
        ),
    ] = None,
    merges: Annotated[
        bool,
        typer.Option(
            "--merges",
            help="Se også etter flettinger som brakte inn nye brudd. Det tar tid i store registre.",
        ),
    ] = False,
    as_of: TilDag = None,
    registry: Registry = None,
    format_: Annotated[str, format_valg(FORMATER)] = "text",
    output: Output = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Vis alle funn, ikke bare de siste.")
    ] = False,
    no_color: NoColor = False,
) -> int:
    """Audit or anchor; returns the exit code."""
    felles.krev_format(FORMATER, format_)
    if handling not in {None, "anchor"}:
        raise Stopp(
            f"«{handling}» kan ikke gjøres.{mente_du(handling or '', ('anchor',))}",
            "Skriv «forvaltning audit», eller «forvaltning audit anchor NAVN».",
        )
    if handling == "anchor" and (format_ != "text" or output):
        unfit = "--output" if format_ == "text" else "--format"
        raise typer.BadParameter(f"«{unfit}» kan ikke brukes med anchor. Ta valget bort.")
    signers = _signatarer(allowed_signers)
    from forvaltning.cli.auditgrunnlag import revider
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.findings import Severity
    from forvaltning.render import revisjon
    from forvaltning.render.tekst_stil import Stil

    with Fremdrift() as bar, felles.apne(registry, as_of, bar) as okt, historikk_felles.apne(okt, as_of) as h:
        if handling == "anchor":
            bar.ferdig()
            return _sett_anker(okt, h, navn)
        if h.grunn:
            raise Stopp("Historikken kan ikke revideres, for den er ikke hel.", *GRUNN)
        left_out = (["signaturer"] if no_signatures else []) + ([] if merges else ["flettinger (--merges)"])
        head, found = revider(okt, h, signers, anchor or [], signaturer=not no_signatures, flettinger=merges)
        if not head["innsjekkinger"]:
            raise Stopp(
                "Registeret er ikke sjekket inn i Git, så det er ingenting å revidere.",
                "Sjekk det inn først.",
            )
        head["utelatt"] = [*left_out, *head["utelatt"]]
        if format_ == "json":
            pieces = revisjon.som_json(head, found)
        elif format_ == "csv":
            pieces = revisjon.som_csv(found)
        else:
            stil = Stil(not output and utskrift.i_farger(sys.stdout, av=no_color), utskrift.bredde())
            prefix = okt.fra_her("")
            pieces = revisjon.som_tekst(head, found, prefix, stil, alt=verbose)
        bar.ferdig()
        felles.lever(pieces, output, okt.rot)
        return int(any(f.alvor is Severity.FEIL for f in found))


def _signatarer(fil: str | None) -> Path | None:
    if fil is None:
        return None
    path = Path(fil)
    if not path.is_file():
        why = f"«{fil}» er en mappe, ikke en fil." if path.is_dir() else f"Fant ikke filen «{fil}»."
        raise Stopp(why, "Pek på filen over tillatte signatarer med --allowed-signers.")
    return path


def _sett_anker(okt: Okt, h: Historisk, navn: str | None) -> int:
    from forvaltning.git import signatur
    from forvaltning.git.filspor import linje
    from forvaltning.render.historikk_ord import dato_av

    newest = linje(h.tre, h.hode)[0]
    name = navn or f"{dato_av(newest[2]).isoformat()}-{h.hode[:10]}"
    if not signatur.gyldig_navn(h.tre, name):
        raise Stopp(
            f"«{name}» kan ikke være navnet på et anker.", "Bruk bokstaver, tall, bindestrek og punktum."
        )
    if any(a.navn == signatur.ANKER + name for a in signatur.ankere(h.tre)):
        raise Stopp(f"Ankeret «{name}» finnes fra før.", "Et anker flyttes aldri. Velg et annet navn.")
    message = (
        f"Anker for registeret {h.mappe or 'i roten'}\n\nCommit: {h.hode}\n"
        f"Dato: {dato_av(newest[2]).isoformat()}\nRegister: {h.mappe or '.'}\n"
    )
    oid = signatur.sett_anker(h.tre, name, h.hode, message)
    if oid is None:
        raise Stopp(
            "Git ville ikke sette merket.",
            "Se etter at user.name og user.email er satt i Git, og at du kan skrive i Git-arkivet.",
        )
    full = signatur.ANKER + name
    utskrift.skriv(
        [
            f"Ankeret {full} er satt på innsjekking {h.hode}.\n",
            f"Merket har id-en {oid}.\n",
            "Skriv ned innsjekkingen og merkets id et annet sted enn i Git-arkivet,\n",
            "i kommunens sak- og arkivsystem for eksempel.\n",
            f"Send det til serveren med: git push origin refs/tags/{full}\n",
        ]
    )
    if okt.git.endret:
        utskrift.meld("Merk: registeret har endringer som ikke er sjekket inn. De er ikke med i ankeret.")
    return 0
