"""Files that are made from the code: one table of path → producer. `make generate` writes them.

A test compares each with what stands in the repository, shows the difference and names the command.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from forvaltning.cli.app import VERB, lag_kommando, lag_topp
from forvaltning.cli.norsk import hjelperader
from forvaltning.documents import kontrakter as dokumentkontrakter
from forvaltning.krav.katalog import ALLE, OMRADER
from forvaltning.krav.typer import Krav
from forvaltning.render import kontrakter as utskriftskontrakter
from forvaltning.render import krav_side
from forvaltning.schema.contract import contract
from forvaltning.schema.files import produce
from forvaltning.schema.values import Schema

ROT = Path(__file__).resolve().parents[2]
KOMMANDO = "make generate"
MERKE = "<!-- Laget av koden. Endre den og kjør «make generate»; rett ikke her. -->"
EGNE_MAPPER = ("docs/krav", "schemas")
"""Folders where every file comes from this table, so that one left over is stale."""
Produsent = Callable[[], str]
KONTRAKTER: dict[str, Schema] = {
    name: contract(cls, title, room.FELT)
    for room in (utskriftskontrakter, dokumentkontrakter)
    for name, (title, cls) in room.KONTRAKTER.items()
}
"""Schema name → the schema of what some `--format json` writes."""


def tabell() -> dict[str, Produsent]:
    """Path from the repository's root → what makes its text."""
    out: dict[str, Produsent] = {
        "docs/kommandoer.md": kommandoer,
        "docs/krav/README.md": kravoversikt,
        "src/forvaltning/data/krav.json": lambda: _json({k.nummer: [r.navn for r in k.regler] for k in ALLE}),
    }
    for k in ALLE:
        out[f"docs/krav/{k.nummer}.md"] = lambda k=k: kravside(k)  # type: ignore[misc]
    for name, body in KONTRAKTER.items():
        out[f"schemas/{name}.json"] = lambda body=body: _json(body)  # type: ignore[misc]
    for path, text in produce().items():
        out[path] = lambda text=text: text  # type: ignore[misc]
    return out


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


# --- the requirements -----------------------------------------------------------------------------------


def kravside(krav: Krav) -> str:
    """One requirement's page with the metadata on top."""
    title, _, body = krav_side.markdown(krav).partition("\n")
    return f"{title}\n\n{MERKE}\n{body}"


def kravoversikt() -> str:
    """The requirements in one table for each area."""
    lines = ["# Kravene", "", MERKE, ""]
    lines += ["De 39 kravene i reglementet, slik `forvaltning check` avgjør dem."]
    for area, title in OMRADER.items():
        mine = [k for k in ALLE if k.omrade == area]
        if not mine:
            continue
        lines += ["", f"## {area} {title}", "", "| Krav | Tittel | Svarer | Gjelder | Avgjøres | Lovkrav |"]
        lines += ["| --- | --- | --- | --- | --- | --- |"]
        for k in mine:
            who = ", ".join(a.navn for a in k.ansvarlig)
            kinds = ", ".join(c.kind for c in k.gjelder)
            how = ", ".join(s.value for s in k.avgjores)
            law = "ja" if k.lov else "nei"
            lines.append(f"| [{k.nummer}]({k.nummer}.md) | {k.tittel} | {who} | {kinds} | {how} | {law} |")
    return "\n".join(lines) + "\n"


# --- the commands ---------------------------------------------------------------------------------------


def kommandoer() -> str:
    """The command reference: every verb with what it does, its arguments and options, and examples."""
    top = lag_topp()
    lines = ["# Kommandoer", "", MERKE, "", top.help, "", "```text"]
    lines += [f"forvaltning {name:8} {short}" for name, (_, short) in VERB.items()]
    lines += ["```", "", *_valg(top, "forvaltning"), ""]
    lines += [
        "## Utgangskoder",
        "",
        "| Kode | Betyr |",
        "| --- | --- |",
        "| 0 | Ingen brudd i det som ble valgt ut. |",
        "| 1 | Minst ett brudd, eller en fil som ikke kan leses eller har feil form. |",
        "| 2 | Ingenting kunne vurderes: ikke noe register, ugyldige innstillinger eller feil bruk. |",
        "| 3 | En feil i forvaltning selv; meldingen sier hva som skal meldes. |",
        "| 130 | Avbrutt med Ctrl-C. |",
        "",
        "Det høyeste tallet vinner. Resultatet skrives til standard ut, meldinger til standard feil.",
        "",
        "## Miljøvariabler",
        "",
        "| Navn | Virkning |",
        "| --- | --- |",
        "| `NO_COLOR` | Ingen farger, uansett. |",
        "| `FORCE_COLOR` | Farger også når utskriften går til et annet program. |",
        "| `COLUMNS` | Bredden det skrives i, 40 til 100 tegn; ellers terminalens, eller 80. |",
        "| `FORVALTNING_DEBUG` | Viser hvor i koden en feil i forvaltning oppsto. |",
        "",
        "## Fullføring med Tab",
        "",
        "`forvaltning --install-completion auto` setter opp skallet du bruker: bash, zsh, fish eller PowerShell.",
        "Da fullføres kommandoer, valg, kravnumre og id-ene til poster, enheter og roller i registeret.",
    ]
    for name in VERB:
        command = lag_kommando(name)
        lines += _kommando(command, name, "##")
        for sub in getattr(command, "verb", ()):
            lines += _kommando(command.get_command(None, sub), f"{name} {sub}", "###")
    return "\n".join(lines) + "\n"


def _kommando(command: Any, name: str, heading: str) -> list[str]:
    """One verb, or a verb of a verb."""
    examples = command.epilog.split("\n")[2:]
    return [
        "",
        f"{heading} forvaltning {name}",
        "",
        _bruk(command, name),
        "",
        command.help,
        "",
        *_valg(command, name),
        "",
        "```console",
        *(f"$ {e.strip()}" for e in examples),
        "```",
    ]


def _kontekst(command: Any, name: str) -> Any:
    return command.make_context(name, [], resilient_parsing=True)


def _bruk(command: Any, name: str) -> str:
    pieces = [p.strip("{}") for p in command.collect_usage_pieces(_kontekst(command, name))]
    return f"`forvaltning {name} {' '.join(pieces)}`"


def _valg(command: Any, name: str) -> list[str]:
    """A table of arguments and options."""
    ctx = _kontekst(command, name)
    rows = hjelperader(command.get_params(ctx), ctx)
    out = ["| Argument eller valg | Betyr |", "| --- | --- |"]
    return out + [
        f"| `{left.replace('|', chr(92) + '|')}` | {' '.join(right.split())} |" for left, right in rows
    ]


def main() -> int:
    """Write every file that differs, remove those left over, and tell which; returns the exit code."""
    table = tabell()
    for path, make in table.items():
        target = ROT / path
        text = make()
        if not target.is_file() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
            print(f"skrev {path}")
    for path in til_overs(table):
        (ROT / path).unlink()
        print(f"slettet {path}")
    return 0


def til_overs(table: dict[str, Produsent]) -> list[str]:
    """Files in the folders of the table that nothing makes any more."""
    found = [
        f.relative_to(ROT).as_posix()
        for d in EGNE_MAPPER
        for f in sorted((ROT / d).rglob("*"))
        if f.is_file()
    ]
    return [f for f in found if f not in table]


if __name__ == "__main__":
    sys.exit(main())
