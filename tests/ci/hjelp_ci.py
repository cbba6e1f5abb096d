"""What the tests of the workflows and templates share: their scripts, a repository to run them in, and bash."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.cli.hjelp_cli import lag

ROT = Path(__file__).resolve().parents[2]
HANDLING = ".github/actions/check/action.yml"
GITHUB = (HANDLING, ".github/workflows/forvaltning.yml", ".github/workflows/nattlig.yml")
GITLAB = "ci/gitlab.yml"
AZURE = "ci/azure-pipelines.yml"
MALER = (*GITHUB, GITLAB, AZURE)
VERKTOY = shutil.which("forvaltning", path=str(Path(sys.executable).parent)) or ""
"""The installed command, beside the Python that runs the tests."""
trenger_bash = pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("bash") is None, reason="the scripts are for bash"
)


def les(sti: str) -> dict[str, Any]:
    """A workflow or template as plain values."""
    data = yaml.safe_load((ROT / sti).read_text(encoding="utf-8"))
    assert isinstance(data, dict), sti
    return data


def skript(sti: str) -> Iterator[tuple[str, str]]:
    """Every script in a file: where it stands, and its text."""

    def walk(value: Any, where: str) -> Iterator[tuple[str, str]]:
        if isinstance(value, dict):
            for key, under in value.items():
                yield from walk(under, f"{where}.{key}")
        elif isinstance(value, list):
            for i, under in enumerate(value):
                yield from walk(under, f"{where}[{i}]")
        elif isinstance(value, str) and re.search(r"\.(run|bash|script|before_script)(\[\d+\])?$", where):
            yield where, value

    yield from walk(les(sti), "")


def steg(sti: str, ord_: str) -> str:
    """The one script of a file that holds a word."""
    (found,) = (text for _, text in skript(sti) if ord_ in text)
    return found


def git(mappe: Path, *args: str) -> str:
    """One Git command with a made-up author."""
    done = subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@t.example", "-c", "commit.gpgsign=false",
         "-c", "protocol.file.allow=always", *args],
        cwd=mappe, env=rent(), capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return done.stdout.strip()


def rent() -> dict[str, str]:
    """The environment without what CI, Git or pre-commit may have put there."""
    alien = ("GIT", "CI", "SYSTEM_", "BUILD_", "PRE_COMMIT", "RUNNER_", "TF_BUILD", "FORVALTNING")
    return {k: v for k, v in os.environ.items() if not k.startswith(alien)}


NYTT_BRUDD = {"avtaler/kontrakt-god.yaml": ("avtaleforvalter: forvalter\n", "")}
"""Requirement 5.2 was fulfilled by this agreement, and is broken by this edit."""
UFARLIG = {"enheter/sdi.yaml": ("type: seksjon\n", "type: seksjon\nkontakt: sdi@prove.example\n")}
"""An edit that breaks nothing, in a registry that has breaches already."""


@dataclass
class Arkiv:
    """A repository with a registry on `main`, and a change on top, as a service would have fetched it."""

    mappe: Path

    def endre(self, endring: dict[str, tuple[str, str]]) -> None:
        """Commit a change on a branch whose name is not to be trusted."""
        for fil, (old, new) in endring.items():
            path = self.mappe / "registry" / fil
            text = path.read_text(encoding="utf-8")
            assert old in text
            path.write_text(text.replace(old, new), encoding="utf-8")
        git(self.mappe, "commit", "-qam", "endring")

    @property
    def base(self) -> str:
        return git(self.mappe, "rev-parse", "origin/main")


def lag_arkiv(rot: Path, *, dybde: int | None = None) -> Arkiv:
    """A clone of a small registry: `origin/main` as the target, a branch checked out."""
    first = rot / "opphav"
    lag(first)
    git(rot, "init", "-q", "-b", "main", str(first))
    git(first, "add", "-A")
    git(first, "commit", "-qm", "register")
    git(first, "commit", "-q", "--allow-empty", "-m", "to")
    clone = rot / "klone"
    depth = [f"--depth={dybde}"] if dybde else []
    git(rot, "clone", "-q", *depth, first.as_uri(), str(clone))
    git(clone, "switch", "-q", "-c", "gren-$(touch${IFS}eid)-`touch${IFS}eid`")
    return Arkiv(clone)


@dataclass(frozen=True)
class Kjort:
    """How a script ended, what it said, and the files it left for the service."""

    kode: int
    ut: str
    feil: str
    mappe: Path

    def fil(self, navn: str) -> str:
        """The text of a file beside the repository, empty when there is none."""
        path = self.mappe / navn
        return path.read_text(encoding="utf-8") if path.exists() else ""

    @property
    def utdata(self) -> dict[str, str]:
        """The outputs of a step."""
        return dict(line.split("=", 1) for line in self.fil("output").splitlines())


def kjor(tekst: str, arkiv: Arkiv, tjeneste: Path, **miljo: str) -> Kjort:
    """Run a script as the services do: bash, in the repository, with nothing but the given environment on top."""
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", tekst],
        cwd=arkiv.mappe,
        env={**rent(), "HOME": str(tjeneste), "COLUMNS": "80", **miljo},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Kjort(done.returncode, done.stdout, done.stderr, tjeneste)


def krev_pakkeindeks(tmp_path: Path) -> None:
    """Skip the test, saying why, when pip can fetch nothing here."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", tmp_path / "pip", "hatchling"],
            env=rent(), capture_output=True, check=False, timeout=60,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        pytest.skip("pip got no answer from a package index within a minute")
    if done.returncode != 0:
        pytest.skip("pip reaches no package index, so the project can not be installed")
