"""A verb with verbs of its own: `forvaltning handover tick …`. Each is one file, imported when it is used."""

from __future__ import annotations

import importlib
from typing import Any, ClassVar

import typer

from forvaltning.cli.norsk import Bruksfeil, Gruppe, Kommando, quoted
from forvaltning.cli.stopp import mente_du

Underverb = dict[str, tuple[str, str]]
"""Sub-verb → module below `forvaltning.cli` and the line that the verb's help shows. The first is what no sub-verb means."""


def _eksempler(linjer: tuple[str, ...]) -> str:
    return "\b\nEksempel:\n" + "\n".join(f"  {line}" for line in linjer)


def lag_gruppe(verb: str, modul: Any, kort: str) -> Any:
    """The command of a verb whose module says `UNDER`, `HJELP` and `EKSEMPEL`."""
    under: Underverb = modul.UNDER
    first = next(iter(under))

    class Undergruppe(Gruppe):
        """The verb itself; a word that is no sub-verb is an argument of the first."""

        verb: ClassVar[dict[str, str]] = {name: short for name, (_, short) in under.items()}

        def hent(self, navn: str) -> Any:
            """Import a sub-verb and build its command."""
            module, short = under[navn]
            found = importlib.import_module(f"forvaltning.cli.{module}")
            one = typer.Typer(add_completion=False, rich_markup_mode=None)
            one.command(
                navn,
                cls=Kommando,
                help=found.HJELP,
                short_help=short,
                epilog=_eksempler(found.EKSEMPEL),
                options_metavar="[VALG]",
            )(found.kjor)
            return typer.main.get_command(one)

        def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
            """Parse; without a sub-verb the first is meant."""
            if args and args[0] not in {*under, "--help"}:
                if len(args) > 1 and not args[1].startswith("-") and not ctx.resilient_parsing:
                    hint = mente_du(args[0], under)
                    raise Bruksfeil(f"Kommandoen {quoted(args[0])} finnes ikke.{hint}", ctx)
                args = [first, *args]
            return super().parse_args(ctx, args)

        def shell_complete(self, ctx: Any, incomplete: str) -> Any:
            """The sub-verbs that begin so, and what the first takes."""
            command = self.get_command(ctx, first)
            inner = command.make_context(first, [], parent=ctx, resilient_parsing=True)
            if incomplete.startswith("-"):
                return command.shell_complete(inner, incomplete)
            here = [c for c in super().shell_complete(ctx, incomplete) if c.value in under]
            return [*here, *command.params[0].shell_complete(inner, incomplete)]

    top = typer.Typer(
        name=verb,
        cls=Undergruppe,
        add_completion=False,
        rich_markup_mode=None,
        options_metavar="[VALG]",
        subcommand_metavar=modul.ARGUMENTER,
        invoke_without_command=True,
        help=modul.HJELP,
        short_help=kort,
        epilog=_eksempler(modul.EKSEMPEL),
    )
    top.callback()(_ingenting)
    return typer.main.get_command(top)


def _ingenting() -> None:
    """The verb has no options of its own."""
