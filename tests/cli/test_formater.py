"""The names of formats that the command line knows are those of the table, and each can be asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from forvaltning.cli.formater import MASKINFORMATER, VIL_HA_ALLE
from forvaltning.cli.utskrift import uten_kommandoer
from forvaltning.render.formater.tabell import FORMATER

BRUTT = Path(__file__).resolve().parents[1] / "brutt"


def test_the_names_are_those_of_the_table() -> None:
    assert set(MASKINFORMATER) == set(FORMATER)
    assert {name for name, f in FORMATER.items() if f.alle} == VIL_HA_ALLE


@pytest.mark.parametrize("name", MASKINFORMATER)
def test_each_format_is_written_to_stdout_and_to_a_file_alike(name: str, tmp_path: Path) -> None:
    target = tmp_path / "ut"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "forvaltning", "check", "--registry", str(BRUTT)),
            *("--format", name, "--report", f"{name}={target}"),
        ],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr.decode()
    assert done.stdout
    assert done.stdout == target.read_bytes()


@pytest.mark.parametrize(
    ("text", "json", "ventet"),
    [
        ("  ::error::x\n", False, "  : :error::x\n"),
        ("a ::error::x\n", False, "a ::error::x\n"),
        ("x ##vso[task.complete]\n", False, "x # #vso[task.complete]\n"),
        ("##[group]\n", False, "# #[group]\n"),
        ('{"a":"##vso[x]"}', True, '{"a":"\\u0023#vso[x]"}'),
    ],
)
def test_text_in_a_build_log_is_never_a_command(text: str, json: bool, ventet: str) -> None:
    assert uten_kommandoer(text, json=json) == ventet
