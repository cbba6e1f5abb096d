"""What must never stand in a registry: found by a check, and never printed in full by any command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

WEIGHTS = ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))


def number(head: str = "010190") -> str:
    """A checksum-valid number, made here so that none stands in the repository."""
    for individual in range(300, 500):
        digits = [int(d) for d in f"{head}{individual}"]
        for weights in WEIGHTS:
            check = 11 - sum(d * w for d, w in zip(digits, weights, strict=True)) % 11
            digits.append(0 if check == 11 else check)
        if 10 not in digits:
            return "".join(map(str, digits))
    raise AssertionError("no number")


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    (tmp_path / "forvaltning.yaml").write_text("modell: 1\n", encoding="utf-8")
    (tmp_path / "systemer").mkdir()
    return tmp_path


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "forvaltning", *args], capture_output=True, encoding="utf-8", check=False
    )


COMMANDS = (
    ("check", "--format", "text"),
    ("check", "--format", "json"),
    ("check", "--format", "sarif"),
    ("check", "--format", "github"),
    ("check", "--format", "junit"),
    ("check", "--format", "markdown"),
    ("check", "--format", "csv"),
    ("check", "--verbose"),
    ("show", "s"),
    ("show", "s", "--format", "json"),
    ("list", "systemer"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_personal_number_is_never_printed(registry: Path, command: tuple[str, ...]) -> None:
    secret = number()
    text = f"navn: Sak for {secret}\n# {secret[:6]} {secret[6:]}\nmerknad: {secret}\nukjent: x\n"
    (registry / "systemer" / "s.yaml").write_text(text.replace("ukjent: x\n", ""), encoding="utf-8")
    done = run(*command, "--registry", str(registry))
    assert done.returncode in (0, 1), done.stderr
    assert secret not in done.stdout + done.stderr
    assert f"{secret[:6]} {secret[6:]}" not in done.stdout


def test_a_check_says_what_and_where_and_fails(registry: Path) -> None:
    (registry / "systemer" / "s.yaml").write_text(f"navn: S\nmerknad: {number()}\n", encoding="utf-8")
    done = run("check", "--registry", str(registry))
    assert done.returncode == 1
    assert "innhold.fodselsnummer" in done.stdout
    assert "systemer/s.yaml:2:10" in done.stdout


def test_a_file_that_does_not_parse_is_searched_too(registry: Path) -> None:
    (registry / "systemer" / "s.yaml").write_text(f"navn: [\n# {number()}\n", encoding="utf-8")
    out = run("check", "--registry", str(registry)).stdout
    assert "innhold.fodselsnummer" in out
    assert "fil." in out
