"""Real Git repositories with fixed dates and a small registry that is no example, for the tests of found changes."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

from tests.cli.hjelp_cli import tekst

from forvaltning.cli.okt import Okt
from forvaltning.model.historie import Historie

RENT = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Kari",
    "GIT_AUTHOR_EMAIL": "kari@prove.example",
    "GIT_COMMITTER_NAME": "Kari",
    "GIT_COMMITTER_EMAIL": "kari@prove.example",
}
INNSTILLINGER = "modell: 1\nkommune:\n  navn: Prøve kommune\n"
SYSTEM = tekst("""
    navn: Arkivet
    tilstand: i_produksjon
    produksjon_fra: 2020-01-01
    leverandor: fjord
    drift:
      form: egen
    autentisering: [lokal, id_porten]
    personopplysninger: nei
    """)
ANNET = "navn: Postlista\ntilstand: i_produksjon\nproduksjon_fra: 2020-01-01\ndrift:\n  form: egen\n"
FLYT = tekst("""
    navn: Arkivet til postlista
    tilstand: aktiv
    fra: {system: arkivet}
    til: {system: postlista}
    """)
SJEKKDATO = date(2026, 11, 16)


class Arkiv:
    """A repository; `mappe` is the registry's folder in it, empty for the top."""

    def __init__(self, rot: Path, mappe: str = "registry", *, init: tuple[str, ...] = (), start: bool = True):
        self.rot = rot
        self.register = rot / mappe if mappe else rot
        self.register.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main", *init)
        self.skriv("forvaltning.yaml", INNSTILLINGER)
        self.skriv("systemer/arkivet.yaml", SYSTEM)
        self.skriv("systemer/postlista.yaml", ANNET)
        self.skriv("leverandorer/fjord.yaml", "navn: Fjord AS\nland: NO\n")
        if start:
            self.sjekk_inn("2025-01-01")

    def git(self, *args: str, dag: str = "2025-01-01", inn: str = "", kl: str = "12:00:00+0000") -> str:
        env = RENT | {"GIT_AUTHOR_DATE": f"{dag}T{kl}", "GIT_COMMITTER_DATE": f"{dag}T{kl}"}
        done = subprocess.run(
            ["git", *args], cwd=self.rot, env=env, input=inn.encode(), capture_output=True, check=False
        )
        assert done.returncode == 0, (args, done.stderr.decode())
        return done.stdout.decode("utf-8", "replace").strip()

    def skriv(self, sti: str, innhold: str | None) -> None:
        file = self.register / sti
        if innhold is None:
            file.unlink()
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(tekst(innhold), encoding="utf-8")

    def bytt(self, sti: str, gammelt: str, nytt: str) -> None:
        file = self.register / sti
        text = file.read_text(encoding="utf-8")
        assert gammelt in text, text
        file.write_text(text.replace(gammelt, nytt), encoding="utf-8")

    def sjekk_inn(self, dag: str, *, kl: str = "12:00:00+0000") -> str:
        """Commit everything; the commit's id."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", f"Endrer {dag}", dag=dag, kl=kl)
        return self.git("rev-parse", "HEAD")

    # --- what history shows -----------------------------------------------------------------------------

    def historie(self, *, dato: date = SJEKKDATO, lager: bool = False, rot: Path | None = None) -> Historie:
        okt = Okt(rot or self.register, dato, bruk_lager=lager)
        try:
            return okt.register.historie
        finally:
            okt.lukk()

    def endringer(self, post: str = "systemer/arkivet", **kwargs) -> list[tuple[str, str, str]]:
        """(field, date, first letters of the commit or empty) of a record's changes."""
        seen = self.historie(**kwargs)
        assert seen.kjent, seen.grunn
        return [(f.felt, f.dato.isoformat(), f.commit[:8]) for f in seen.for_post(post)]
