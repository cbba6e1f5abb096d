"""A small registry on disk and a way to run the command in this process: what the tests of the CLI share."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from forvaltning.cli.app import app

FILER = {
    "forvaltning.yaml": """
        modell: 1
        kommune:
          navn: Prøve kommune
        eksempel:
          dato: 2026-11-16
        funksjoner: {sdi: sdi, ansattservice: ansattservice}
        """,
    "enheter/kommunen.yaml": "navn: Prøve kommune\ntype: kommune\n",
    "enheter/sdi.yaml": """
        navn: Seksjon for digitalisering og innovasjon
        type: seksjon
        forelder: kommunen
        alias:
          - navn: SDI
          - navn: Seksjon for digital utvikling
        """,
    "enheter/under-sdi.yaml": "navn: Ørneteamet\ntype: seksjon\nforelder: sdi\n",
    "enheter/ansattservice.yaml": "navn: Ansattservice\nforelder: kommunen\n",
    "enheter/oppvekst.yaml": "navn: Byrådsavdeling for oppvekst, barnehage og skole\nforelder: kommunen\n",
    "roller/eier.yaml": "type: avtaleeier\nenhet: sdi\nkontakt: sdi@prove.example\n",
    "roller/leder-sdi.yaml": "type: resultatenhetsleder\nenhet: sdi\nkontakt: sdi@prove.example\n",
    "leverandorer/fjord.yaml": "navn: Fjord AS\nland: NO\n",
    "systemer/arkivet.yaml": "navn: Arkivet\nenhet: under-sdi\ntilstand: ide\n",
    "avtaler/kontrakt-god.yaml": """
        navn: God kontrakt
        kategorier: [lisenser]
        enhet: ansattservice
        tilstand: i_kraft
        signert: 2025-01-01
        leverandor: fjord
        avtaleeier: eier
        avtaleforvalter: forvalter
        """,
    "roller/forvalter.yaml": "type: avtaleforvalter\nenhet: ansattservice\n",
    "avtaler/kontrakt-darlig.yaml": """
        navn: Dårlig kontrakt
        kategorier: [lisenser]
        enhet: under-sdi
        tilstand: i_kraft
        signert: 2025-01-01
        leverandor: fjord
        avtaleeier: eier
        """,
}
"""A registry where requirement 5.2 is fulfilled by one contract and broken by another (line 1: forvalter missing)."""


def tekst(innhold: str) -> str:
    """Text with the indentation of a triple-quoted string taken away."""
    lines = innhold.strip("\n").split("\n")
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[indent:] for line in lines).rstrip() + "\n"


def lag(rot: Path, endre: dict[str, str | None] | None = None) -> Path:
    """Write the registry into `rot`/registry, with files changed, added or (None) left out."""
    top = rot / "registry"
    for name, content in {**FILER, **(endre or {})}.items():
        if content is not None:
            file = top / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(tekst(content), encoding="utf-8")
    return top


@dataclass(frozen=True)
class Svar:
    """How a command ended and what it said."""

    kode: int
    ut: str
    feil: str

    @property
    def json(self) -> Any:
        return json.loads(self.ut)


def kjor(*args: str, env: dict[str, str | None] | None = None) -> Svar:
    """Run `forvaltning` with these arguments in this process."""
    width = {"COLUMNS": "80", "NO_COLOR": None, "FORCE_COLOR": None, "FORVALTNING_DEBUG": None}
    result = CliRunner().invoke(app, list(args), env={**width, **(env or {})})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Svar(result.exit_code, result.stdout, result.stderr)


def utflatet(text: str) -> str:
    """Text with its line breaks and indents gone, for looking for sentences."""
    return " ".join(text.split())


ENGELSK = re.compile(
    r"\b(usage|options?|commands?|arguments?|show this|message|exit|missing|invalid|value|error|try|help|no such|"
    r"did you mean|required|requires|default|takes|got|unexpected|extra|possible|shells?|the|is not|one of|"
    r"aborted|directory|file|string|with|and|from|not|must)\b",
    re.IGNORECASE,
)
_KODE = re.compile(r"--?[A-Za-z][\w-]*|«[^»]*»|text\|json|text\|markdown|\S+\.(?:yaml|json|md)\b")


def engelske_ord(text: str) -> list[str]:
    """English words that stand outside flags, quoted values and file names."""
    return ENGELSK.findall(_KODE.sub(" ", text))
