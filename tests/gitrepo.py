"""A temporary Git repository with a registry in it: the harness of the tests that compare states."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENV = {
    **{k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "CI_", "GITHUB_", "SYSTEM_"))},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "test",
    "GIT_AUTHOR_EMAIL": "test@bergen.example",
    "GIT_COMMITTER_NAME": "test",
    "GIT_COMMITTER_EMAIL": "test@bergen.example",
}


class Repo:
    """A repository whose registry lies in `registry/`; `src` None gives an empty registry."""

    def __init__(self, path: Path, src: Path | None = ROOT / "registry") -> None:
        self.path = path
        self.registry = path / "registry"
        if src is not None:
            shutil.copytree(src, self.registry)
        else:
            self.registry.mkdir(parents=True)
            (self.registry / "forvaltning.yaml").write_text("modell: 1\n", encoding="utf-8")
        self.git("init", "-q", "-b", "main")

    def git(self, *args: str, **env: str) -> str:
        done = subprocess.run(
            ["git", *args],
            cwd=self.path,
            env={**ENV, **env},
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
        return done.stdout.strip()

    def commit(self, message: str = "x", **env: str) -> str:
        self.git("add", "-A")
        self.git("commit", "-qm", message, "--allow-empty", **env)
        return self.git("rev-parse", "HEAD")

    def read(self, fil: str) -> str:
        return (self.registry / fil).read_text(encoding="utf-8")

    def write(self, fil: str, text: str) -> None:
        target = self.registry / fil
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def drop(self, fil: str, field: str) -> None:
        """Remove a top-level field."""
        out, skip = [], False
        for line in self.read(fil).splitlines(keepends=True):
            if line[:1].isalpha():
                skip = line.startswith(f"{field}:")
            if not skip:
                out.append(line)
        self.write(fil, "".join(out))

    def run(self, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
        """`forvaltning` in the repository."""
        return subprocess.run(
            [sys.executable, "-m", "forvaltning", *args],
            cwd=self.path,
            env={**ENV, "PYTHONPATH": str(ROOT / "src"), **env},
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
