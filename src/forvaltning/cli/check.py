"""`forvaltning check`: judge the registry and say what is broken, where, who answers and how to mend it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forvaltning.cli import felles, fullfor, utskrift
from forvaltning.cli.felles import AsOf, At, Enhet, NoColor, Output, Registry

if TYPE_CHECKING:
    from forvaltning.cli.mot import Mot
    from forvaltning.cli.okt import Okt, Rapport
    from forvaltning.cli.utvalg import Utvalg
    from forvaltning.findings import Problem

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
    from forvaltning.cli.formater import FORMATER, VIL_HA_ALLE
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.render.tekst_grunnlag import Visning

    felles.ett_av("--format", format_, FORMATER)
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
        wanted = {format_, *(name for name, _ in reports)}
        every = bool(wanted & VIL_HA_ALLE) or ("text" in wanted and show.trenger_alle)
        mot = _mot(okt, against, picked) if against is not None else None
        report = okt.rapport(picked, alle=every)
        if mot is not None:
            s = mot.sammenligning
            report.problemer = [*s.nye_problemer, *s.gamle_problemer]
        if picked.alt:
            report.problemer = [*report.problemer, *_kodeeiere(okt)]
        words = _snevret(krav, omrade, post, enhet, rolle, stier)
        make = _Lager(okt, report, picked, mot, show, words)
        for name, target in reports:
            felles.lever(make(name), target, okt.rot)
        colours = not output and utskrift.i_farger(sys.stdout, av=no_color)
        pieces = make(format_, farger=colours)
        bar.ferdig()
        form = format_ if format_ in {"text", "json"} else "kommandoer"
        felles.lever(pieces, output, okt.rot, form.replace("text", "tekst"))
        if "github" in wanted:
            _jobbsammendrag(make)
        stopp = felles.si_fra_om_svikt(report.svikt)
        if stopp is not None:
            raise stopp
    if mot is not None:
        return int(mot.sammenligning.blokkerer)
    if not report.sammendrag.utfall and not report.problemer:
        if picked.alt:
            utskrift.meld("Ingenting ble vurdert: registeret har ingen poster som kravene gjelder.")
            return 2
        utskrift.meld("Merk: ingen vurdering passer med utvalget, så ingenting ble vurdert.")
    return report.exit_code


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


def _mot(okt: Okt, against: str, utvalg: Utvalg) -> Mot:
    """The change held against its base. Raises `Stopp` (exit 2) when there is no base to see."""
    import os

    from forvaltning.cli.mot import sammenlign_med, snevre
    from forvaltning.cli.stopp import Stopp
    from forvaltning.git.base import IngenBase, finn_base
    from forvaltning.git.objekter import GitFeil

    if not against.strip():
        raise typer.BadParameter("«--against» er tomt. Skriv en revisjon eller auto, eller utelat valget.")
    try:
        mot = sammenlign_med(okt, finn_base(okt.arbeidstre, against, os.environ))
    except IngenBase as error:
        raise Stopp(error.melding, error.tiltak) from None
    except GitFeil as error:
        raise Stopp(
            f"Git svarte ikke som ventet ({error}).", "Se etter at hele historikken er hentet."
        ) from None
    units = {} if utvalg.alt else {v.post: v.enhet for v in okt.rapport().dommer}
    snevre(mot, utvalg, units)
    return mot


def _kodeeiere(okt: Okt) -> list[Problem]:
    """What is wrong with CODEOWNERS; only where there is one that the command has made."""
    from forvaltning.cli.codeowners import har_merke, problemer

    return problemer(okt) if har_merke(okt) else []


class _Lager:
    """Makes the report in any format."""

    def __init__(
        self,
        okt: Okt,
        report: Rapport,
        utvalg: Utvalg,
        mot: Mot | None,
        visning: Any,
        snevret: tuple[str, ...],
    ) -> None:
        self._okt = okt
        self._report = report
        self._utvalg = utvalg
        self._mot = mot
        self._visning = visning
        self._snevret = snevret
        self._grunnlag: Any = None

    def __call__(self, navn: str, *, farger: bool = False) -> Iterator[str]:
        from forvaltning.cli import formater

        if navn == "json":
            return formater.som_json(self._okt, self._report, self._utvalg, self._mot)
        if navn == "text":
            return som_tekst(
                self._okt, self._report, self._visning, self._snevret, farger=farger, mot=self._mot
            )
        return formater.som_format(navn, self.grunnlag())

    def grunnlag(self) -> Any:
        """What the machine formats are made from, once for all of them."""
        from forvaltning.cli import formater

        if self._grunnlag is None:
            self._grunnlag = formater.grunnlag(self._okt, self._report, self._mot)
        return self._grunnlag


def _jobbsammendrag(make: _Lager) -> None:
    """Add the job summary where GitHub asks for it: what did not find room among the annotations."""
    import os

    target = os.environ.get("GITHUB_STEP_SUMMARY")
    if not target:
        return
    from forvaltning.render.formater.markdown import jobbsammendrag

    try:
        with open(target, "a", encoding="utf-8") as out:  # noqa: PTH123 - GitHub's own file, appended to
            out.write(jobbsammendrag(make.grunnlag()))
    except OSError as error:
        utskrift.meld(f"Kan ikke skrive jobbsammendraget: {error.strerror}.")


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


def som_tekst(
    okt: Okt,
    report: Rapport,
    visning: Any,
    snevret: tuple[str, ...],
    *,
    farger: bool,
    mot: Mot | None = None,
) -> Iterator[str]:
    """The report for people."""
    from forvaltning.cli.hode import grunnlag
    from forvaltning.render import tekst
    from forvaltning.render.tekst_stil import Stil

    g, stil = grunnlag(okt, report, snevret), Stil(farger, utskrift.bredde())
    if mot is None:
        return tekst.rapport(g, visning, stil)
    from forvaltning.render import tekst_mot

    base = f"{mot.base.commit[:12]} ({mot.base.kilde})"
    return tekst_mot.rapport(g, mot.sammenligning, mot.virkning, base, visning, stil)


__all__ = ["EKSEMPEL", "HJELP", "kjor", "som_tekst"]
