"""A real Git repository with fixed dates, for the tests of history: the small registry of the CLI's tests in it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.cli.hjelp_cli import lag, tekst

KLOKKE = "T12:00:00+00:00"


class Arkiv:
    """A repository with the registry in `registry`; commits are made on given days."""

    def __init__(
        self,
        rot: Path,
        endre: dict[str, str | None] | None = None,
        *,
        init: tuple[str, ...] = (),
        tomt: bool = False,
        dag: str = "2026-01-05",
    ):
        self.rot = rot
        self.register = rot / "registry"
        self.git("init", "-q", "-b", "main", *init)
        self.git("config", "user.name", "Kari Nordmann")
        self.git("config", "user.email", "kari@prove.example")
        self.git("config", "commit.gpgsign", "false")
        self.git("config", "tag.gpgsign", "false")
        if not tomt:
            lag(rot, endre)
            self.sjekk_inn(dag, "Oppretter registeret")

    def git(self, *args: str, dag: str = "2026-01-05", navn: str = "", tid: str = "", inn: str = "") -> str:
        env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        env |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        env |= {"GIT_AUTHOR_DATE": dag + KLOKKE, "GIT_COMMITTER_DATE": (tid or dag) + KLOKKE}
        if navn:
            env["GIT_AUTHOR_NAME"] = navn
        done = subprocess.run(
            ["git", *args], cwd=self.rot, env=env, check=True, capture_output=True, input=inn.encode()
        )
        return done.stdout.decode("utf-8", "replace").strip()

    def skriv(self, sti: str, innhold: str) -> None:
        file = self.register / sti
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(tekst(innhold), encoding="utf-8")

    def bytt(self, sti: str, gammelt: str, nytt: str) -> None:
        file = self.register / sti
        text = file.read_text(encoding="utf-8")
        assert gammelt in text
        file.write_text(text.replace(gammelt, nytt), encoding="utf-8")

    def sjekk_inn(self, dag: str, emne: str, *, navn: str = "", tid: str = "") -> str:
        """Commit everything; the commit's id."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-F", "-", dag=dag, navn=navn, tid=tid, inn=emne)
        return self.git("rev-parse", "HEAD")

    def flett(self, gren: str, dag: str, emne: str = "Fletter") -> str:
        self.git("merge", "-q", "--no-ff", gren, "-m", emne, dag=dag)
        return self.git("rev-parse", "HEAD")
