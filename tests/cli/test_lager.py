"""The second run: the cache answers, and the reader can not tell the difference."""

from __future__ import annotations

import subprocess

import pytest
from tests.cli.hjelp_cli import kjor


@pytest.fixture
def i_git(register, tmp_path):
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    return register


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["--verbose"],
        ["--quiet"],
        ["--utfall", "snart"],
        ["--format", "json"],
        ["--enhet", "sdi"],
        ["--as-of", "2027-03-01"],
    ],
)
def test_the_second_run_says_the_same_byte_for_byte(i_git, args):
    first = kjor("check", *args)
    second = kjor("check", *args)
    third = kjor("check", *args)
    assert first.kode == 1
    assert second == first
    assert third == first


def test_a_name_that_changes_is_shown_at_once(i_git):
    kjor("check")
    kjor("check")
    file = i_git / "avtaler" / "kontrakt-darlig.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("Dårlig kontrakt", "Ny kontrakt"), encoding="utf-8"
    )
    assert "Ny kontrakt" in kjor("check").ut
    settings = i_git / "forvaltning.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("Prøve kommune", "Ny kommune"), encoding="utf-8"
    )
    assert "Ny kommune" in kjor("check").ut


def test_a_name_in_the_settings_that_changes_is_shown_though_another_format_saw_it_first(i_git):
    assert "Prøve kommune" in kjor("check").ut
    settings = i_git / "forvaltning.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("Prøve kommune", "Ny kommune"), encoding="utf-8"
    )
    kjor("check", "--format", "json")
    assert "Ny kommune" in kjor("check").ut
