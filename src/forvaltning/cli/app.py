"""The command `forvaltning`: its verbs, one file each, imported when they are used."""

from __future__ import annotations

import importlib
from typing import Annotated, Any, ClassVar

import typer

from forvaltning import __version__
from forvaltning.cli import utskrift
from forvaltning.cli.norsk import Gruppe, Kommando

VERB: dict[str, tuple[str, str]] = {
    "check": ("check", "Sjekk registeret mot kravene, og vis hva som må rettes."),
    "krav": ("krav", "Vis de 39 kravene: hvem som svarer, og hvordan de avgjøres."),
    "explain": ("explain", "Forklar ett krav, med eksempler på brudd og oppfylt."),
    "list": ("liste", "Vis postene av ett slag i en tabell."),
    "show": ("show", "Vis én post: felt, henvisninger og vurderinger."),
    "log": ("log", "Vis hvem som endret hva i postene, når og hvorfor."),
    "diff": ("diff", "Vis hva som er endret mellom to tilstander, og hva det gjorde."),
    "blame": ("blame", "Vis når hvert felt i en post sist ble satt, og av hvem."),
    "codeowners": ("codeowners", "Skriv CODEOWNERS fra rollene, så eieren blir spurt."),
    "trend": ("trend", "Vis bruddene over tid, når de oppsto og når de ble rettet."),
    "audit": ("audit", "Se etter om historikken er til å stole på."),
    "report": ("report", "Lag en rapport: status, systemoversikt, avtaler og mer."),
    "agenda": ("agenda", "Lag sakslisten til et forum: det møtet må avgjøre."),
    "todo": ("todo", "Vis hva som må gjøres, når, hvordan og av hvem."),
    "due": ("due", "Vis alt som går ut: liste, årshjul eller kalender."),
    "graph": ("graph", "Tegn tjenester, systemer, flyter og leverandører."),
    "impact": ("impact", "Vis hva som stopper om noe stopper eller endres."),
    "checklist": ("checklist", "Lag en sjekkliste: bestilling, arkitektur, prosjekt og flere."),
    "route": ("route", "Vis hvor en henvendelse går, og hvem som tar den."),
    "handover": ("handover", "Vis og før sjekklisten for overlevering til forvaltning."),
    "schema": ("schema", "Skriv JSON-skjemaer som editoren kan bruke."),
}
"""Verb → module below `forvaltning.cli`, and the line that the top-level help shows."""


def lag_kommando(verb: str) -> Any:
    """The command of one verb. Its module says `kjor` (the function) and `EKSEMPEL`."""
    module, short = VERB[verb]
    found = importlib.import_module(f"forvaltning.cli.{module}")
    if hasattr(found, "UNDER"):
        from forvaltning.cli.undergruppe import lag_gruppe

        return lag_gruppe(verb, found, short)
    examples = "\n".join(f"  {line}" for line in found.EKSEMPEL)
    one = typer.Typer(add_completion=False, rich_markup_mode=None)
    one.command(
        verb,
        cls=Kommando,
        help=found.HJELP,
        short_help=short,
        epilog=f"\b\nEksempel:\n{examples}",
        options_metavar="[VALG]",
    )(found.kjor)
    return typer.main.get_command(one)


class Forvaltning(Gruppe):
    """The top level."""

    verb: ClassVar[dict[str, str]] = {name: short for name, (_, short) in VERB.items()}

    def hent(self, navn: str) -> Any:
        """Import a verb and build its command."""
        return lag_kommando(navn)


def _versjon(value: bool | None) -> None:
    if value:
        utskrift.skriv([f"forvaltning {__version__}\n"])
        raise typer.Exit


def _installer(ctx: typer.Context, value: str | None) -> None:
    if value and not ctx.resilient_parsing:
        from forvaltning.cli.fullfor import installer

        installer(value)
        raise typer.Exit


def _vis_skript(ctx: typer.Context, value: str | None) -> None:
    if value and not ctx.resilient_parsing:
        from forvaltning.cli.fullfor import skript

        utskrift.skriv([skript(value)])
        raise typer.Exit


app = typer.Typer(
    name="forvaltning",
    cls=Forvaltning,
    add_completion=False,
    rich_markup_mode=None,
    options_metavar="[VALG]",
    subcommand_metavar="KOMMANDO [ARGUMENTER]...",
    invoke_without_command=True,
    help=(
        "Forvaltning sjekker et register over kommunens tjenester, systemer og avtaler mot de 39 kravene i "
        "reglementet, og sier hva som er brutt, på hvilken linje, hvem som svarer, og hvordan det rettes."
    ),
    epilog=(
        "\b\nKom i gang:\n"
        "  forvaltning check              sjekk hele registeret\n"
        "  forvaltning check --enhet sdi  bare det enheten SDI svarer for\n"
        "  forvaltning explain 4.2        hva ett krav ber om\n"
        "\n\b\nUtgangskoder: 0 ingen brudd, 1 brudd eller feil i filer,\n"
        "2 ingenting kunne vurderes, 3 feil i forvaltning selv."
    ),
)


@app.callback()
def topp(
    version: Annotated[
        bool | None,
        typer.Option("--version", "-V", callback=_versjon, is_eager=True, help="Vis versjonen."),
    ] = None,
    install_completion: Annotated[
        str | None,
        typer.Option(
            "--install-completion",
            callback=_installer,
            is_eager=True,
            metavar="SKALL",
            help="Sett opp fullføring med Tab i skallet ditt: bash, zsh, fish, powershell, pwsh eller auto.",
        ),
    ] = None,
    show_completion: Annotated[
        str | None,
        typer.Option(
            "--show-completion",
            callback=_vis_skript,
            is_eager=True,
            metavar="SKALL",
            help="Vis skriptet for fullføring, så du kan sette det opp selv.",
        ),
    ] = None,
) -> None:
    """Options of the top level; each acts by its callback."""


def lag_topp() -> Any:
    """The command of the top level."""
    return typer.main.get_command(app)


def main() -> None:
    """Run the command with the arguments of this process."""
    lag_topp()()
