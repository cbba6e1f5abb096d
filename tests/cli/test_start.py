"""What a start costs: `--version` and the helps draw in nothing heavy, a verb only its own module."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TUNGE = (
    "pydantic",
    "git",
    "jinja2",
    "yaml",
    "ruamel",
    "rich",
    "jsonschema",
    "importlib.metadata",
    "subprocess",
)


def lastet(*args: str) -> set[str]:
    """The modules that are loaded when a command line has been answered."""
    code = (
        "import os, sys; os._exit = sys.exit; sys.argv = ['forvaltning', *sys.argv[1:]]\n"
        "from forvaltning.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write('|'.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *args], capture_output=True, encoding="utf-8", check=True
    )
    return set(done.stderr.split("|"))


def test_version_is_answered_before_typer_is_imported():
    loaded = lastet("--version")
    assert "typer" not in loaded
    assert "forvaltning.cli" not in loaded


@pytest.mark.parametrize("args", [["--help"], ["check", "--help"], ["show", "--help"], ["krav", "--help"]])
def test_a_help_draws_in_nothing_heavy(args):
    loaded = lastet(*args)
    assert "typer" in loaded
    assert not loaded & {t for t in TUNGE if t != "subprocess"}


def test_the_top_help_imports_no_verb():
    assert not lastet("--help") & {
        f"forvaltning.cli.{v}" for v in ("check", "liste", "show", "krav", "explain")
    }


def test_a_verb_imports_only_itself():
    assert not lastet("krav", "--help") & {
        f"forvaltning.cli.{v}" for v in ("check", "liste", "show", "explain")
    }


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="the system has no full device")
@pytest.mark.parametrize("args", [["--version"], ["-V"], ["--help"], ["check", "--help"], ["krav"]])
def test_a_full_disk_is_told_and_is_no_fault_of_ours(args):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "forvaltning", *args],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
    assert done.returncode == 2
    assert "det er ikke plass på disken" in done.stderr.lower()
    assert "Traceback" not in done.stderr
