"""The rooms of the house: who may import whom, and which rooms never touch the world outside."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "forvaltning"
PURE_ROOMS = ("model", "krav", "engine")

FORBIDDEN_CALLS = {
    **dict.fromkeys(("print", "input", "breakpoint"), "speaks with the console"),
    **dict.fromkeys(("open", "io.open", "os.open"), "opens a file"),
    **dict.fromkeys(("exit", "quit", "sys.exit", "os._exit"), "ends the process"),
    **dict.fromkeys(
        (
            "datetime.date.today",
            "datetime.datetime.today",
            "datetime.datetime.now",
            "datetime.datetime.utcnow",
        ),
        "looks at the clock",
    ),
}


# --- imports --------------------------------------------------------------------------------------


def lint_imports(source: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    command = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(*sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", command, str(ROOT / "pyproject.toml")],
        cwd=cache,
        env={**os.environ, "PYTHONPATH": str(source), "PYTHONUTF8": "1", "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_arrows_only_go_down(tmp_path):
    result = lint_imports(PACKAGE.parent, tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr


def house(where: Path, files: dict[str, str]) -> Path:
    """Lays out a small package of the same name, with every room in place."""
    rooms = ("cli", "render", "documents", "edit", "engine", "krav", "history", "source", "model", "git")
    areas = tuple(f"krav/omrade{number}" for number in range(1, 10))
    package = where / "forvaltning"
    for folder in ("", *rooms, *areas):
        (package / folder).mkdir(parents=True, exist_ok=True)
        (package / folder / "__init__.py").touch()
    (package / "findings.py").touch()
    for name, text in files.items():
        file = package / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return where


ALLOWED = {
    "cli/check.py": "import typer, rich, forvaltning.engine, forvaltning.render.text",
    "render/text.py": "import rich.table",
    "documents/view.py": "from jinja2 import Environment",
    "git/blobs.py": "from git import Repo",
    "source/load.py": "import yaml, ruamel.yaml",
    "edit/change.py": "from ruamel.yaml import YAML\nfrom forvaltning.engine import __doc__",
    "krav/omrade4/k4_2.py": "from forvaltning.model import __doc__",
}


def test_each_outside_package_may_be_used_in_its_own_room(tmp_path):
    result = lint_imports(house(tmp_path, ALLOWED), tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("model/a.py", "import forvaltning.source"),
        ("model/a.py", "import forvaltning.git"),
        ("source/a.py", "import forvaltning.krav"),
        ("krav/a.py", "import forvaltning.history"),
        ("render/a.py", "import forvaltning.documents"),
        ("engine/a.py", "import forvaltning.cli"),
        ("findings.py", "import forvaltning.model"),
        ("krav/omrade1/a.py", "import forvaltning.krav.omrade2"),
        ("newroom/__init__.py", ""),
        ("engine/a.py", "import typer"),
        ("render/json.py", "import rich"),
        ("cli/a.py", "import jinja2"),
        ("history/a.py", "import git"),
        ("krav/a.py", "import yaml"),
        ("documents/a.py", "from ruamel.yaml import YAML"),
    ],
)
def test_an_import_that_goes_the_wrong_way_is_seen(tmp_path, file, text):
    result = lint_imports(house(tmp_path, {file: text}), tmp_path)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "BROKEN" in result.stdout


# --- calls ----------------------------------------------------------------------------------------


def forbidden_calls(code: str) -> Iterator[tuple[int, str]]:
    """Line and reason of each call that a pure room may not make, whatever name it was imported under."""
    tree = ast.parse(code)
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(
                {
                    a.asname or a.name.partition(".")[0]: a.name if a.asname else a.name.partition(".")[0]
                    for a in node.names
                }
            )
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.update({a.asname or a.name: f"{node.module}.{a.name}" for a in node.names})
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = dotted(node.func, names)
        if called in FORBIDDEN_CALLS:
            yield node.lineno, f"{called}() {FORBIDDEN_CALLS[called]}"
        elif called.startswith("time."):
            yield node.lineno, f"{called}() looks at the clock"
        elif isinstance(node.func, ast.Attribute) and node.func.attr == "open":
            yield node.lineno, f"{ast.unparse(node.func)}() opens a file"


def dotted(node: ast.expr, names: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value, names)}.{node.attr}"
    return "?"


@pytest.mark.parametrize("room", PURE_ROOMS)
def test_a_pure_room_never_prints_opens_exits_or_looks_at_the_clock(room):
    found = [
        f"{file.relative_to(ROOT).as_posix()}:{line}: {reason}"
        for file in sorted((PACKAGE / room).rglob("*.py"))
        for line, reason in forbidden_calls(file.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "code",
    [
        "print('hei')",
        "open('fil')",
        "from pathlib import Path\nPath('fil').open()",
        "exit(1)",
        "import sys\nsys.exit()",
        "from sys import exit as slutt\nslutt()",
        "from datetime import date\ndate.today()",
        "from datetime import date as dato\ndato.today()",
        "import datetime as dt\ndt.datetime.now(dt.UTC)",
        "import time\ntime.monotonic()",
        "from time import perf_counter\nperf_counter()",
    ],
)
def test_a_forbidden_call_is_seen_whatever_its_name(code):
    assert list(forbidden_calls(code))


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import date\ndate(2026, 1, 1)",
        "from datetime import time\ntime(12, 30)",
        "ctx.print('hei')",
        "def today(): ...\ntoday()",
    ],
)
def test_a_call_that_only_looks_alike_is_let_through(code):
    assert not list(forbidden_calls(code))


# --- the ways to set the project up ----------------------------------------------------------------


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_workflow_runs_on_windows_what_the_windows_page_says():
    blocks = re.findall(r"```powershell\n(.*?)```", read("docs/windows.md"), re.DOTALL)
    documented = {line.strip() for block in blocks for line in block.splitlines()}
    job = read(".github/workflows/ci.yml").partition("windows:")[2]
    commands = [line.strip() for line in job.partition("run: |")[2].splitlines() if line.strip()]
    assert commands
    assert not [command for command in commands if command not in documented]


def test_the_language_server_has_one_version():
    pinned = re.compile(r"yaml-language-server@[\d.]+\d")
    files = ("Makefile", "docs/windows.md", ".github/workflows/ci.yml")
    assert len({version for name in files for version in pinned.findall(read(name))}) == 1


def test_locks_name_packages_only():
    for name in ("requirements/run.txt", "requirements/dev.txt"):
        assert not re.findall(
            r"://|^\s*--(?!hash=).*|/(?:home|root|tmp|opt|work)/.*", read(name), re.MULTILINE
        ), name
