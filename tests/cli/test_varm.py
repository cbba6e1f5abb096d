"""A check of a registry that has not changed draws in neither the models, the rules nor YAML."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.hjelp_cli import kjor

import forvaltning

TUNGE = (
    "pydantic",
    "yaml",
    "ruamel",
    "jinja2",
    "git.repo",
    "rich",
    "forvaltning.krav.katalog",
    "forvaltning.model.base",
)


@pytest.mark.parametrize("args", [["check"], ["check", "--quiet"], ["check", "--format", "json"]])
def test_the_second_check_imports_nothing_heavy(register, tmp_path, args):
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    for file in register.rglob("*.yaml"):
        os.utime(file, (1_700_000_000, 1_700_000_000))  # a file changed just now is read to be sure
    kjor(*args)
    code = (
        "import os, sys; os._exit = sys.exit; sys.argv = ['forvaltning', *sys.argv[1:]]\n"
        "from forvaltning.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write('|'.join(sys.modules))"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(forvaltning.__file__).parents[1])}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code, *args], capture_output=True, encoding="utf-8", env=env, check=True
        )
    assert not set(done.stderr.split("|")) & set(TUNGE)
