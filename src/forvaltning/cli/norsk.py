"""Typer's group and commands in bokmål: help, usage errors and the ways a command can end.

Only typer's public names are leaned on. An error is told apart by its class's name and its own
attributes, never by the English text it carries, so that no English can leak when typer changes a word.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from typing import Any, ClassVar, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from forvaltning.cli import utskrift
from forvaltning.cli.stopp import BRUKSFEIL, Stopp, eller, mente_du, verktoyfeil

Bruksfeil: Any = typer.BadParameter.__mro__[1]
"""Typer's `UsageError`, the base of every mistake on the command line; typer exports only BadParameter."""
PROGRAM = "forvaltning"


def quoted(text: str) -> str:
    """Text from outside between quotation marks; what makes it safe is imported when there is an error to tell."""
    from forvaltning.source import text as safe_text

    return safe_text.quoted(text, 80)


def safe(text: str) -> str:
    """Text from outside made safe to show."""
    from forvaltning.source import text as safe_text

    return safe_text.safe(text, 600)


class _Norsk:
    """What a group and a command have in common."""

    def get_help_option(self, ctx: Any) -> Any:
        """The --help option, explained in bokmål."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Vis denne hjelpen."
        return option

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The line that shows how the command is written."""
        pieces = [p.strip("{}") for p in self.collect_usage_pieces(ctx)]  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Bruk: ")

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse; a mistake always knows the command it was made in."""
        try:
            return super().parse_args(ctx, args)  # type: ignore[misc, no-any-return]
        except Bruksfeil as error:
            error.ctx = error.ctx or ctx
            raise

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Arguments and options, each under its heading."""
        for kind, heading in (("argument", "Argumenter"), ("option", "Valg")):
            params = [p for p in self.get_params(ctx) if p.param_type_name == kind]  # type: ignore[attr-defined]
            rows = hjelperader(params, ctx)
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)


UTVALG = frozenset({"--enhet", "--krav", "--omrade", "--post", "--rolle", "--kind", "--tilstand", "--utfall"})
"""Options that choose what to see. Nothing after one is a slip, as with a shell variable that is not set."""


def _krev_innhold(param: Any, ctx: Any) -> None:
    """See that an argument or an option that chooses is not empty: it would choose all, or nothing at all."""
    value = ctx.params.get(param.name)
    values = value if isinstance(value, (list, tuple)) else (value,)
    if not any(isinstance(v, str) and not v.replace(",", "").strip() for v in values):
        return
    if param.param_type_name == "argument":
        name = _navn(param, ctx).strip("[].")
        raise Bruksfeil(f"Argumentet {quoted(name)} er tomt. Skriv {name}, eller ta argumentet bort.", ctx)
    option = next((o for o in param.opts if o in UTVALG), None)
    if option is not None:
        raise Bruksfeil(
            f"Det står ingenting etter {quoted(option)}. Skriv {param.metavar}, eller ta valget bort.", ctx
        )


def hjelperader(params: list[Any], ctx: Any) -> list[tuple[str, str]]:
    """How each argument and option is written, and its help, without what typer would add in English."""
    records = ((p, p.get_help_record(ctx)) for p in params)
    return [(record[0], p.help or "") for p, record in records if record is not None]


class Kommando(_Norsk, TyperCommand):
    """One verb."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse; arguments too many are told of in bokmål."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if ctx.resilient_parsing:
            return rest
        if rest:
            shown = eller([str(a) for a in rest], "og")
            raise Bruksfeil(f"For mange argumenter: {shown}.", ctx)
        for param in self.get_params(ctx):
            _krev_innhold(param, ctx)
        return rest


class Gruppe(_Norsk, TyperGroup):
    """The top level: its verbs are imported when they are used. `verb` maps a name to its short help."""

    verb: ClassVar[dict[str, str]] = {}

    def hent(self, navn: str) -> Any:
        """Import a verb and build its command."""
        raise NotImplementedError

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer's signature
        """The verbs, in the order the help shows them."""
        return list(self.verb)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - typer's signature
        """The command of a verb, None when there is no such verb."""
        if cmd_name in self.verb and cmd_name not in self.commands:
            self.commands[cmd_name] = self.hent(cmd_name)
        return self.commands.get(cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - typer's signature
        """The verbs with their short help, without importing them."""
        with formatter.section("Kommandoer"):
            formatter.write_dl(list(self.verb.items()))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Options, then the verbs."""
        _Norsk.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the verb; an unknown one is told of with the nearest."""
        name = args[0]
        if name not in self.verb and not ctx.resilient_parsing:
            hint = mente_du(name, self.verb)
            raise Bruksfeil(f"Kommandoen {quoted(name)} finnes ikke.{hint}", ctx)
        return name, self.get_command(ctx, name), args[1:]

    def invoke(self, ctx: Any) -> Any:
        """Run the verb; without one the help is shown and the exit code says that nothing was done."""
        if not ctx._protected_args and not ctx.args:  # noqa: SLF001 - typer's own place for the verb
            utskrift.meld(self.get_help(ctx), "", "Feil: Kommandoen mangler.")
            raise typer.Exit(BRUKSFEIL)
        return super().invoke(ctx)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """The verbs that begin so, without importing them; else the options."""
        from forvaltning.cli.fullfor import verb_forslag

        return verb_forslag(self.verb, incomplete) or TyperCommand.shell_complete(self, ctx, incomplete)

    def _main_shell_completion(
        self,
        ctx_args: Any,
        prog_name: str,
        complete_var: str | None = None,  # noqa: ARG002 - typer's signature
    ) -> None:
        """Answer the shell when it asks for completions; returns when it did not."""
        from forvaltning.cli.fullfor import VARIABEL, klargjor

        if os.environ.get(VARIABEL):
            klargjor()
            super()._main_shell_completion(ctx_args, prog_name, VARIABEL)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,  # noqa: ARG002 - typer's signature
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: ARG002 - typer's signature
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> NoReturn:
        """Run one command line and end with its exit code. Every way it can end passes here."""
        utskrift.gjor_klar()
        try:
            code = super().main(args, PROGRAM, complete_var, False, windows_expand_args, **extra)
        except typer.Abort:
            code = 130
        except Stopp as stopp:
            code = vis_stopp(stopp)
        except Bruksfeil as error:
            code = vis_bruksfeil(error)
        except Exception as error:
            code = _vis_system(error) or _vis_uventet(error)
        sys.exit(code if isinstance(code, int) else 0)


def vis_stopp(stopp: Stopp) -> int:
    """Write why the command could not go on to stderr; the exit code."""
    red, plain = ("\x1b[1;31m", "\x1b[0m") if utskrift.i_farger(sys.stderr) else ("", "")
    lines = stopp.melding.split("\n")
    utskrift.meld(
        f"{red}Feil:{plain} {safe(lines[0])}",
        *(f"  {safe(line)}" for line in lines[1:]),
        *(f"  → {safe(t)}" for t in stopp.tiltak),
    )
    return stopp.kode


def vis_bruksfeil(error: Any) -> int:
    """Write a mistake on the command line to stderr, in bokmål; the exit code."""
    ctx = error.ctx
    if ctx is not None:
        utskrift.meld(ctx.get_usage(), "")
    vis_stopp(Stopp(melding_for(error)))
    if ctx is not None:
        utskrift.meld(f"Se «{ctx.command_path} --help».")
    return BRUKSFEIL


def melding_for(error: Any) -> str:
    """What is wrong with the command line, in bokmål."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        hint = mente_du(
            error.option_name, [o for p in error.ctx.command.get_params(error.ctx) for o in p.opts]
        )
        return f"Valget {quoted(error.option_name)} finnes ikke.{hint if len(error.option_name) > 2 else ''}"
    if kind == "BadOptionUsage":
        param = next(
            (p for p in error.ctx.command.get_params(error.ctx) if error.option_name in p.opts), None
        )
        if param is not None and param.is_flag:
            return f"Valget {quoted(error.option_name)} tar ingen verdi."
        return f"Valget {quoted(error.option_name)} mangler verdien sin{_venter(param)}."
    if kind == "MissingParameter":
        return f"Argumentet {quoted(_navn(error.param, error.ctx))} mangler."
    if kind == "BadParameter":
        return str(error.message)
    return str(error.message) if type(error) is Bruksfeil else "Kommandoen er ikke skrevet riktig."


def _venter(param: Any) -> str:
    return f" ({param.metavar})" if param is not None and param.metavar else ""


def _navn(param: Any, ctx: Any) -> str:
    return str(param.make_metavar(ctx=ctx)) if param is not None else "?"


def _vis_system(error: Exception) -> int:
    """What the system refuses and we can not help: the exit code, 0 when it is something else."""
    if not isinstance(error, OSError):
        return 0
    if error.errno in utskrift.FULLT:
        return vis_stopp(Stopp("Det er ikke plass på disken.", "Gjør plass, og kjør kommandoen på nytt."))
    if error.errno == errno.ENAMETOOLONG:  # no file that exists has such a name, so it was asked for
        melding = f"Navnet er for langt til å være en fil: {quoted(str(error.filename or ''))}."
        return vis_stopp(Stopp(melding, "Bruk et kortere navn."))
    return 0


def _vis_uventet(error: BaseException) -> int:
    if os.environ.get("FORVALTNING_DEBUG"):
        import traceback

        traceback.print_exception(error)
    return vis_stopp(verktoyfeil("", f"{type(error).__name__}: {error}"))
