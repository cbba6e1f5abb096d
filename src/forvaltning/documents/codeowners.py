"""CODEOWNERS from the roles: the owner is asked about what is theirs. Pure: Register → text.

Later lines win in CODEOWNERS, so the default comes first and each record after it. What lies outside
our marked block is never touched. The pattern language is the part that GitHub and GitLab share.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from forvaltning.documents.kodeeiere import Eiere, ugyldige
from forvaltning.documents.kodeeierfil import MERKE, PLASSER
from forvaltning.findings import START, Problem, Severity
from forvaltning.model.kinds import KINDS
from forvaltning.model.register import Register

MAKS_BYTE = 3_000_000
"""GitHub takes no notice of a larger file."""
_SAERLIG = re.compile(r"[^A-Za-z0-9/._+@-]")


class UklareMerker(ValueError):  # noqa: N818 - named in the domain's words
    """The marks of our block do not come in one pair, so nobody knows which lines are ours."""


# --- the block ------------------------------------------------------------------------------------------


def monster(sti: str) -> str:
    """A path from the top of the repository as a pattern that matches it.

    A blank is escaped. What GitHub can not escape, or reads as more than itself, becomes ``?``: any one sign.
    """
    return "/" + _SAERLIG.sub(lambda m: _tegn(m[0]), sti)


def _tegn(c: str) -> str:
    if c == " ":
        return r"\ "
    return c if not c.isascii() and c.isprintable() else "?"


def linjer(register: Register, prefix: str) -> list[str]:
    """The rules, without marks; empty when no role and no unit has a `kodeeier`."""
    who = Eiere(register)
    default = who.standard()
    base = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
    out: list[str] = []
    if default:
        out.append(f"CODEOWNERS {' '.join(default)}")
        # A registry at the top of its repository does not speak for what else lies there.
        places = [base] if base else ["forvaltning.yaml", *(f"{kind}/" for kind in KINDS)]
        out += [f"{monster(p)} {' '.join(default)}" for p in places]
    for o in sorted(register.oppforinger(), key=lambda o: o.fil):
        handles = who.for_post(o)
        if handles and handles != default:
            out.append(f"{monster(base + o.fil)} {' '.join(handles)}")
    return out


def uten_eier(register: Register) -> list[str]:
    """The files of records that nobody is asked about."""
    who = Eiere(register)
    if who.standard():
        return []
    return sorted(o.fil for o in register.oppforinger() if not who.for_post(o))


def kommando(prefix: str) -> str:
    """The command that makes the block, run from the top of the repository."""
    where = prefix.strip("/")
    known = where in {"", "registry"} or not where.isprintable()
    return "forvaltning codeowners" + ("" if known else f" --registry {shlex.quote(where)}")


def _merker(prefix: str) -> tuple[str, str]:
    where = monster(f"{prefix.strip('/')}/" if prefix.strip("/") else "")
    return f"{MERKE}: {where}", f"# <<< forvaltning codeowners: {where}"


def blokk(register: Register, prefix: str) -> str:
    """Our lines between their marks; empty when there are none."""
    rules = linjer(register, prefix)
    if not rules:
        return ""
    start, slutt = _merker(prefix)
    head = f"# Laget fra rollene i registeret med «{kommando(prefix)}». Rett rollene og kjør den på nytt, ikke her."
    return "\n".join([start, head, *rules, slutt]) + "\n"


def _spenn(lines: list[str], prefix: str) -> tuple[int, int] | None:
    """The first line of our block and the one after it, None when it is not there. Raises `UklareMerker`."""
    start, slutt = _merker(prefix)
    bare = [line.strip() for line in lines]
    at = [i for i, line in enumerate(bare) if line == start]
    end = [i for i, line in enumerate(bare) if line == slutt]
    if not at and not end:
        return None
    if len(at) != 1 or len(end) != 1 or end[0] < at[0]:
        raise UklareMerker
    return at[0], end[0] + 1


def flett(tekst: str, blokk_: str, prefix: str) -> str:
    """The file with our block put in its place, or at the end; other lines are as they were.

    Raises `UklareMerker`.
    """
    newline = "\r\n" if "\r\n" in tekst else "\n"
    ours = blokk_.replace("\n", newline)
    lines = tekst.splitlines(keepends=True)
    span = _spenn(lines, prefix)
    if span is not None:
        return "".join([*lines[: span[0]], ours, *lines[span[1] :]])
    if not tekst or not ours:
        return tekst + ours
    gap = newline if tekst.endswith("\n") else newline * 2
    return tekst + gap + ours


def foreldet(tekst: str | None, register: Register, prefix: str, fil: str = PLASSER[0]) -> Problem | None:
    """The remark that CODEOWNERS does not say what the roles say, None when it does.

    `tekst`: the file, None when there is none. `fil`: what to call it. Nothing is said while nobody uses it: no
    `kodeeier` in the registry and no block in the file. What can not be read, or is no valid owner, is a problem of
    its own, and is told first.
    """
    if register.uleselige() or ugyldige(register):
        return None
    made = blokk(register, prefix)
    try:
        span = _spenn((tekst or "").splitlines(), prefix)
    except UklareMerker:
        return _problem(
            f"Merkene rundt blokken fra forvaltning i {fil} kommer ikke i ett par.",
            f"Fjern dem, og kjør «{kommando(prefix)}».",
        )
    if span is None:
        if not made:
            return None
        return _problem(
            f"{fil} mangler reglene som rollene gir, så eierne blir ikke spurt.",
            f"Kjør «{kommando(prefix)}».",
        )
    if list(_innhold(tekst or "", span)) == made.splitlines():
        return None
    todo = f"Kjør «{kommando(prefix)}»." if made else "Fjern blokken: ingen rolle har «kodeeier» lenger."
    return _problem(f"{fil} er foreldet: den sier noe annet enn rollene i registeret.", todo)


def _innhold(tekst: str, span: tuple[int, int]) -> Iterator[str]:
    return (line.rstrip() for line in tekst.splitlines()[span[0] : span[1]])


def _problem(melding: str, tiltak: str) -> Problem:
    # CODEOWNERS lies outside the registry, where no position can be shown: the settings stand in for it.
    return Problem(
        "codeowners.foreldet",
        Severity.MERKNAD,
        "forvaltning.yaml",
        melding,
        tiltak,
        position=START,
        felt="codeowners",
    )
