"""How the services read a log: the rules of GitHub's runner and Azure's agent, written anew for the tests.

GitHub: a line that begins with `::` after white space; older commands `##[name]` anywhere in the line.
Azure: `##vso[area.event …]` anywhere in the line.
"""

from __future__ import annotations

from dataclasses import dataclass, field

GITHUB = frozenset({
    "add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group", "notice", "remove-matcher",
    "save-state", "set-env", "set-output", "stop-commands", "warning", "internal-set-repo-path", "command",
})  # fmt: skip


@dataclass
class Kommando:
    navn: str
    egenskaper: dict[str, str] = field(default_factory=dict)
    tekst: str = ""


def _opp(tekst: str, tabell: tuple[tuple[str, str], ...]) -> str:
    for kode, tegn in tabell:
        tekst = tekst.replace(kode, tegn)
    return tekst


def _egenskaper(tekst: str, skille: str, tabell: tuple[tuple[str, str], ...]) -> dict[str, str]:
    pairs = (part.split("=", 1) for part in tekst.split(skille) if part)
    return {p[0]: _opp(p[1], tabell) for p in pairs if len(p) == 2 and p[0] and p[1]}


def github(linje: str) -> Kommando | None:
    """The command that GitHub's runner reads from a line, None for plain text."""
    line = linje.lstrip()
    if line.startswith("::") and (end := line.find("::", 2)) >= 0:
        name, _, props = line[2:end].partition(" ")
        if name in GITHUB:
            data = (("%0D", "\r"), ("%0A", "\n"), ("%25", "%"))
            prop = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))
            return Kommando(name, _egenskaper(props.strip(), ",", prop), _opp(line[end + 2 :], data))
    start = linje.find("##[")
    end = linje.find("]", start)
    if start >= 0 and end >= 0 and linje[start + 3 : end].partition(" ")[0] in GITHUB:
        return Kommando(linje[start + 3 : end].partition(" ")[0])
    return None


def azure(linje: str) -> Kommando | None:
    """The command that Azure's agent reads from a line, None for plain text."""
    start = linje.find("##vso[")
    end = linje.find("]", start)
    if start < 0 or end < 0:
        return None
    name, _, props = linje[start + 6 : end].partition(" ")
    if len([part for part in name.split(".") if part]) != 2:
        return None
    table = (("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%AZP25", "%"))
    return Kommando(name, _egenskaper(props, ";", table), _opp(linje[end + 1 :], table))
