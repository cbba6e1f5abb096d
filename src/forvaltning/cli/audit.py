"""`forvaltning audit`: whether the trail can be trusted; `audit anchor` records a point to hold it against."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from forvaltning.cli import felles, historikk_felles, utskrift
from forvaltning.cli.felles import NoColor, Output, Registry
from forvaltning.cli.historikk_felles import GRUNN, Historisk
from forvaltning.cli.stopp import Stopp, mente_du

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.engine.revisor import Revisjonsfunn
    from forvaltning.git.historikk import Innsjekking
    from forvaltning.history.spor import Spor
    from forvaltning.render.historikk_kontrakt import RevisjonJson

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
    registry: Registry = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="text|json|csv",
            show_default=False,
            help="Tekst, JSON eller CSV for regneark. Uten valget: text.",
        ),
    ] = "text",
    output: Output = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Vis alle funn, ikke bare de siste.")
    ] = False,
    no_color: NoColor = False,
) -> int:
    """Audit or anchor; returns the exit code."""
    felles.ett_av("--format", format_, ("text", "json", "csv"))
    if handling not in {None, "anchor"}:
        raise Stopp(
            f"«{handling}» kan ikke gjøres.{mente_du(handling or '', ('anchor',))}",
            "Skriv «forvaltning audit», eller «forvaltning audit anchor NAVN».",
        )
    signers = _signatarer(allowed_signers)
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.findings import Severity
    from forvaltning.render import revisjon
    from forvaltning.render.tekst_stil import Stil

    with Fremdrift() as bar, felles.apne(registry, None, bar) as okt, historikk_felles.apne(okt) as h:
        if handling == "anchor":
            bar.ferdig()
            return _sett_anker(okt, h, navn)
        if h.grunn:
            raise Stopp("Historikken kan ikke revideres, for den er ikke hel.", *GRUNN)
        left_out = (["signaturer"] if no_signatures else []) + ([] if merges else ["flettinger (--merges)"])
        head, found = revider(okt, h, signers, anchor or [], signaturer=not no_signatures, flettinger=merges)
        head["utelatt"] = left_out
        if format_ == "json":
            pieces = revisjon.som_json(head, found)
        elif format_ == "csv":
            pieces = revisjon.som_csv(found)
        else:
            stil = Stil(not output and utskrift.i_farger(sys.stdout, av=no_color), utskrift.bredde())
            prefix = f"{okt.visningssti}/" if okt.visningssti != "." else ""
            pieces = revisjon.som_tekst(head, found, prefix, stil, alt=verbose)
        bar.ferdig()
        felles.lever(pieces, output, okt.rot)
        return int(any(f.alvor is Severity.FEIL for f in found))


def _signatarer(fil: str | None) -> Path | None:
    if fil is None:
        return None
    path = Path(fil)
    if not path.is_file():
        raise Stopp(
            f"Fant ikke filen «{fil}».", "Pek på filen over tillatte signatarer med --allowed-signers."
        )
    return path


def revider(
    okt: Okt,
    h: Historisk,
    signatarer: Path | None,
    ankere_: list[str],
    *,
    signaturer: bool,
    flettinger: bool = False,
) -> tuple[RevisjonJson, list[Revisjonsfunn]]:
    """Everything that is wrong with the trail, by rule and then oldest first."""
    from forvaltning.engine import revisor
    from forvaltning.git import signatur
    from forvaltning.git.filspor import linje
    from forvaltning.git.objekter import losne
    from forvaltning.history import spor
    from forvaltning.render.kontrakt import VERSJON

    trail = historikk_felles.lag_spor(okt, h, spor.hele(h.tre, h.mappe))
    commits = {s.innsjekking.oid: s.innsjekking for s in reversed(trail.steg)}
    line = linje(h.tre)
    tags = signatur.ankere(h.tre)
    tags += [signatur.Anker(f"«{a[:64]}»", "", losne(h.tre, a), True) for a in ankere_]
    found = [
        *revisor.datofunn(line, commits),
        *revisor.ankerfunn(tags, line, lambda oid: signatur.er_forfar(h.tre, oid, h.hode)),
        *_lop(okt, h, trail),
    ]
    if signaturer:
        found += revisor.signaturfunn(signatur.signaturer(h.tre, h.leser, commits, signatarer), commits)
    if flettinger:
        found += _rode_flettinger(okt, h, commits)
    order = {regel: n for n, regel in enumerate(revisor.REGLER)}
    place = {oid: n for n, oid in enumerate(commits)}
    found.sort(
        key=lambda f: (order[f.regel], place.get(f.innsjekking.oid, -1) if f.innsjekking is not None else -1)
    )
    head: RevisjonJson = {
        "versjon": VERSJON,
        "registry": okt.visningssti,
        "commit": h.hode,
        "historie": h.historie,
        "innsjekkinger": len(commits),
        "ankere": [a.navn for a in tags],
        "utelatt": [],
        "funn": [],
    }
    return head, found


def _lop(okt: Okt, h: Historisk, trail: Spor) -> list[Revisjonsfunn]:
    """What the walk over the records finds."""
    from forvaltning.engine.revisor import Revisor
    from forvaltning.git.signatur import meldinger

    def brakt(c: Innsjekking) -> list[str]:
        if len(c.foreldre) < 2:
            return [c.tekst]
        return [c.tekst, *meldinger(h.tre, c.foreldre[0], c.oid)]

    return list(Revisor(trail, h.mappe, brakt, okt.innstillinger.historie_fra).funn())


def _rode_flettinger(okt: Okt, h: Historisk, commits: dict[str, Innsjekking]) -> Iterator[Revisjonsfunn]:
    """Merges after which a requirement is broken that was not before them."""
    from forvaltning.cli.trend import punkter_og_forlop
    from forvaltning.engine.revisor import rod_fletting

    points, courses = punkter_og_forlop(okt, h, "commit")
    for f in courses:
        commit = commits.get(f.fra_commit or "")
        if f.fra and commit is not None and len(commit.foreldre) > 1 and points[f.fra].commit == commit.oid:
            yield rod_fletting(commit, f.krav, f.post)


def _sett_anker(okt: Okt, h: Historisk, navn: str | None) -> int:
    from forvaltning.git import signatur
    from forvaltning.git.filspor import linje
    from forvaltning.render.historikk import dato_av

    newest = linje(h.tre)[0]
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
            "Se etter at user.name og user.email er satt i Git, og at du kan skrive i arkivet.",
        )
    full = signatur.ANKER + name
    utskrift.skriv(
        [
            f"Ankeret {full} er satt på {h.hode}.\n",
            f"Merket har id-en {oid}. Skriv den ned et annet sted enn i arkivet.\n",
            f"Send det til serveren med: git push origin refs/tags/{full}\n",
        ]
    )
    if okt.git.endret:
        utskrift.meld("Merk: registeret har endringer som ikke er sjekket inn. De er ikke med i ankeret.")
    return 0
