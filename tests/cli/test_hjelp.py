"""Help and usage errors are bokmål, for every command, and nothing English leaks from the tools below."""

from __future__ import annotations

import pytest
from tests.cli.hjelp_cli import engelske_ord, kjor, utflatet

from forvaltning import __version__
from forvaltning.cli.app import VERB, app, lag_kommando

FEIL = {
    "unknown-command": (["chek"], "Kommandoen «chek» finnes ikke. Mente du «check»"),
    "far-command": (["zzz"], "Kommandoen «zzz» finnes ikke."),
    "unknown-top-option": (["--hlp"], "Valget «--hlp» finnes ikke. Mente du «--help»?"),
    "unknown-option": (["check", "--kravv", "4.2"], "Valget «--kravv» finnes ikke. Mente du «--krav»?"),
    "unknown-letter": (["check", "-z"], "Valget «-z» finnes ikke."),
    "option-without-value": (["check", "--krav"], "Valget «--krav» mangler verdien sin (NUMMER)."),
    "top-option-without-value": (
        ["--show-completion"],
        "Valget «--show-completion» mangler verdien sin (SKALL).",
    ),
    "flag-with-value": (["check", "--quiet=1"], "Valget «--quiet» tar ingen verdi."),
    "missing-argument": (["show"], "Argumentet «ID» mangler."),
    "too-many": (["explain", "4.2", "4.3"], "For mange argumenter: «4.3»."),
    "bad-format": (
        ["krav", "--format", "xml"],
        "«xml» passer ikke etter «--format». Velg «text» eller «json».",
    ),
    "bad-date": (["check", "--as-of", "i går"], "«i går» etter «--as-of» er ikke en dato."),
    "no-such-date": (["check", "--as-of", "2026-02-30"], "finnes ikke i kalenderen"),
    "bad-shell": (["--show-completion", "tcsh"], "Skallet «tcsh» støttes ikke."),
}


@pytest.mark.parametrize("verb", [None, *VERB])
def test_every_help_is_in_bokmal_and_ends_well(verb):
    svar = kjor(*([verb] if verb else []), "--help")
    assert svar.kode == 0
    assert svar.ut.startswith("Bruk: forvaltning")
    assert "Vis denne hjelpen." in svar.ut
    assert not engelske_ord(svar.ut.replace("schema", "").replace("check", "")), svar.ut
    assert max(len(line) for line in svar.ut.splitlines()) <= 80


@pytest.mark.parametrize("verb", VERB)
def test_every_verb_has_an_example_and_explains_every_option(verb):
    svar = kjor(verb, "--help")
    assert "Eksempel:\n    forvaltning " + verb in svar.ut
    command = lag_kommando(verb)
    assert [p.name for p in command.params if not (p.help or "").endswith(".")] == []


def test_the_static_table_of_verbs_matches_the_commands():
    for verb, (_, short) in VERB.items():
        assert lag_kommando(verb).short_help == short


@pytest.mark.parametrize(("args", "melding"), FEIL.values(), ids=FEIL)
def test_a_usage_error_is_told_in_bokmal_on_stderr(args, melding):
    svar = kjor(*args)
    assert svar.kode == 2
    assert svar.ut == ""
    assert melding in utflatet(svar.feil)
    assert not engelske_ord(svar.feil), svar.feil


@pytest.mark.parametrize(
    "args",
    [("check", "--output"), ("codeowners", "--output"), ("schema", "--output"), ("check", "--registry")],
)
def test_a_name_too_long_for_a_file_is_no_fault_of_ours(args, register):
    svar = kjor(*args, "x" * 300)
    assert svar.kode == 2, svar.feil
    assert "feil i forvaltning" not in svar.feil


def test_without_a_command_the_help_is_shown_and_nothing_was_done():
    svar = kjor()
    assert svar.kode == 2
    assert svar.ut == ""
    assert "Kommandoer:" in svar.feil
    assert "Kommandoen mangler." in svar.feil


def test_version_is_one_line():
    assert kjor("--version").ut == f"forvaltning {__version__}\n"


def test_a_control_sequence_on_the_command_line_is_not_played_back():
    svar = kjor("check", "--\x1b[31mrot")
    assert svar.kode == 2
    assert "\x1b" not in svar.feil


def test_the_commands_are_known_to_typer():
    assert app.info.name == "forvaltning"


TOMME = [
    (["check", "--enhet", ""], "Det står ingenting etter «--enhet». Skriv ENHET"),
    (["check", "--krav", "4.2", "--krav", " , "], "Det står ingenting etter «--krav». Skriv NUMMER"),
    (["check", "--post", ""], "«--post»"),
    (["check", ""], "Argumentet «STI» er tomt."),
    (["trend", "--enhet", " "], "«--enhet»"),
    (["trend", "--omrade", ""], "«--omrade»"),
    (["log", "--kind", ""], "«--kind»"),
    (["log", ""], "Argumentet «ID» er tomt."),
    (["blame", " "], "Argumentet «ID» er tomt."),
    (["todo", "--rolle", ""], "«--rolle»"),
    (["handover", ""], "Argumentet «ID» er tomt."),
]


@pytest.mark.parametrize(("args", "melding"), TOMME, ids=["-".join(a).strip() for a, _ in TOMME])
def test_a_choice_of_nothing_is_a_mistake_and_never_a_green_answer(register, args, melding):
    svar = kjor(*args)
    assert (svar.kode, svar.ut) == (2, "")
    assert melding in svar.feil
    assert "ta" in svar.feil
    assert not engelske_ord(svar.feil), svar.feil


def test_a_comma_too_many_is_no_choice_of_nothing(register):
    assert kjor("check", "--krav", "5.2,").kode == kjor("check", "--krav", "5.2").kode
