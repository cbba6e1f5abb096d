"""Completion with Tab: what is offered, from file names alone, and the scripts for the shells."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.cli.hjelp_cli import kjor

from forvaltning.cli import fullfor
from forvaltning.findings import Outcome
from forvaltning.krav.katalog import ALLE
from forvaltning.render.krav_side import kildefil


def tilbud(*ord_: str, skall: str = "bash") -> list[str]:
    """What a shell gets when Tab is pressed after these words, the last one unfinished."""
    words = " ".join(["forvaltning", *ord_])
    env = {"_FORVALTNING_COMPLETE": f"complete_{skall}"}
    if skall == "bash":
        env |= {"COMP_WORDS": words, "COMP_CWORD": str(len(ord_))}
    else:
        env |= {"_TYPER_COMPLETE_ARGS": words, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    svar = kjor(env=env)
    assert svar.kode == 0, svar.feil
    return svar.ut.splitlines()


def test_verbs_and_options_are_offered(register):
    assert tilbud("sh") == ["show"]
    assert tilbud("check", "--as") == ["--as-of"]


def test_ids_units_roles_and_numbers_are_offered(register):
    assert tilbud("show", "kontrakt-") == ["kontrakt-darlig", "kontrakt-god"]
    assert tilbud("show", "avtaler/kontrakt-d") == ["avtaler/kontrakt-darlig"]
    assert tilbud("check", "--enhet", "under") == ["under-sdi"]
    assert tilbud("check", "--rolle", "led") == ["leder-sdi"]
    assert "5.2" in tilbud("check", "--krav", "5")
    assert tilbud("explain", "5.2") == ["5.2"]
    assert tilbud("list", "sys") == ["systemer"]
    assert tilbud("check", "--utfall", "ikke") == ["ikke_avgjort", "ikke_aktuelt"]


def test_another_registry_is_looked_in_when_it_is_named(register, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path.parent)
    assert tilbud("show", "--registry", str(register), "kontrakt-g") == ["kontrakt-god"]


def test_without_a_registry_nothing_is_offered_and_nothing_fails(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert tilbud("show", "a") in ([], [""])


@pytest.mark.parametrize("navn", ["$(touch x)", "a b", "`id`", "a;b", "\x1b[31m", "'", '"'])
def test_a_file_name_that_could_speak_to_the_shell_is_never_offered(register, navn):
    try:
        (register / "avtaler" / f"{navn}.yaml").touch()
    except OSError:
        pytest.skip("this file system refuses such names")
    assert sorted(tilbud("show", "")) == sorted(f.stem for f in register.glob("*/*.yaml") if f.stem != navn)


def test_fish_gets_a_word_of_help_beside_each(register):
    assert tilbud("sh", skall="fish")[0].startswith("show\tVis én post")
    assert tilbud("show", "kontrakt-g", skall="fish") == ["kontrakt-god\tavtaler"]


def test_the_numbers_found_by_file_name_are_those_with_a_page():
    found = fullfor.krav_sider()
    assert {n: p.resolve() for n, p in found.items()} == {
        k.nummer: Path(page).resolve() for k in ALLE if (page := kildefil(k)) is not None
    }


def test_the_outcomes_are_all_there():
    assert tuple(o.value for o in Outcome) == fullfor.UTFALL


@pytest.mark.parametrize("skall", fullfor.SKALL)
def test_every_shell_has_a_script(skall):
    script = kjor("--show-completion", skall).ut
    assert "_FORVALTNING_COMPLETE" in script
    assert "forvaltning" in script


@pytest.mark.skipif(os.name == "nt", reason="home is found in another way there")
def test_installing_tells_where_and_when_in_bokmal(tmp_path):
    svar = kjor("--install-completion", "bash", env={"HOME": str(tmp_path)})
    assert svar.kode == 0
    assert svar.ut.startswith("Fullføring for bash er lagt i ")
    assert (tmp_path / ".bash_completions" / "forvaltning.sh").is_file()
