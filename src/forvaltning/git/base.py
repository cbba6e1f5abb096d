"""The state a change is compared with: the merge base with the branch it is going to.

`auto` reads what GitHub, GitLab and Azure say of a merge request or merge queue. Nothing changes by environment
unless `auto` is asked for. What can not be found is an error that says what to set; never a guess.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from forvaltning.git.arbeidstre import Arbeidstre, git
from forvaltning.git.objekter import losne

DEFAULT_BRANCHES = (
    *("origin/HEAD", "origin/main", "origin/master", "upstream/main", "upstream/master", "main", "master"),
)
ZERO = "0" * 40


@dataclass(frozen=True, slots=True)
class Base:
    """`commit`: what to compare with. `kilde`: where that was learnt, in words."""

    commit: str
    kilde: str


class IngenBase(Exception):  # noqa: N818 - named in the domain's words
    """No base could be found; `tiltak` says what to set."""

    def __init__(self, melding: str, tiltak: str) -> None:
        super().__init__(melding)
        self.melding = melding
        self.tiltak = tiltak


DYP = (
    "Hent hele historikken: «fetch-depth: 0» i GitHub (actions/checkout), «GIT_DEPTH: 0» i GitLab, «fetchDepth: 0» i "
    "Azure Pipelines, eller «git fetch --unshallow»."
)
OMSKREVET = (
    "Er grenen skrevet om («push --force»), finnes den ikke lenger: si hva, som --against origin/main. Ellers hent den: "
    "«git fetch origin COMMIT»."
)
INGEN_INNSJEKKING = (
    "Git-arkivet har ingen innsjekking ennå, så det er ikke noe å sammenligne med.",
    "Kjør uten --against til den første er gjort.",
)


def finn_base(tre: Arbeidstre | None, valg: str, miljo: Mapping[str, str]) -> Base:
    """The base for `--against`: a revision, or ``auto``. Raises `IngenBase`."""
    if tre is None:
        raise IngenBase(
            "Registeret ligger ikke i et Git-arkiv, så det er ikke noe å sammenligne med.", "Kjør «git init»."
        )
    if git(tre, "rev-parse", "--git-dir") is None:
        raise IngenBase(
            "Git svarer ikke i denne mappen.", "Se etter at Git er installert, og at du eier mappen."
        )
    if valg != "auto":
        commit = losne(tre, valg)
        if commit is None:
            raise IngenBase(f"Fant ikke revisjonen «{valg[:80]}».", _hvorfor_ikke(tre, valg[:80]))
        return Base(commit, f"valgt: {valg[:80]}")
    return _auto(tre, miljo)


_FORELDER = re.compile(r"(?:[~^][0-9]*)+\Z")


def _hvorfor_ikke(tre: Arbeidstre, valg: str) -> str:
    """What to do about a revision that is not here: which of the ways it can be missing this is."""
    if losne(tre, "HEAD") is None:
        return " ".join(INGEN_INNSJEKKING)
    shallow = _grunn(tre)
    start = _FORELDER.sub("", valg) or "HEAD"
    if start != valg and losne(tre, start) is not None:
        if shallow:
            return shallow
        return (
            f"«{start}» har ikke så mange innsjekkinger bak seg. Er dette den første, er det ikke noe å sammenligne med: "
            "kjør uten --against."
        )
    there = git(tre, "cat-file", "-t", valg) if not valg.startswith("-") else None
    if there is not None:
        return "Den finnes, men er ikke en innsjekking. Skriv en gren, en merkelapp eller en innsjekking."
    if losne(tre, f"origin/{valg}") is not None:
        return f"Skriv «origin/{valg}», som er grenen slik den sist ble hentet."
    if shallow:
        return f"Er navnet riktig, er den ikke hentet. {shallow} En merkelapp hentes med «git fetch origin tag NAVN»."
    return (
        "Se etter stavemåten, eller hent den: «git fetch origin». «git log --oneline» viser innsjekkingene."
    )


def _auto(tre: Arbeidstre, miljo: Mapping[str, str]) -> Base:
    """The base from the service's own variables, else the merge base with the default branch."""
    if losne(tre, "HEAD") is None:
        raise IngenBase(*INGEN_INNSJEKKING)
    for named, kilde, direct in _fra_tjenesten(miljo):
        if direct:
            commit = losne(tre, named)
            if commit is not None:
                return _selve_endringen(tre, Base(_felles(tre, commit), kilde))
            raise IngenBase(f"Commit {named[:12]} ({kilde}) finnes ikke her.", _grunn(tre) or OMSKREVET)
        for ref in (f"origin/{named}", f"upstream/{named}", named):
            commit = losne(tre, ref)
            if commit is not None:
                return _selve_endringen(tre, Base(_felles(tre, commit), kilde))
        raise IngenBase(
            f"Grenen «{named[:80]}» ({kilde}) finnes ikke her.",
            f"Hent den: git fetch origin {shlex.quote(named[:80])}. {DYP}",
        )
    for ref in DEFAULT_BRANCHES:
        commit = losne(tre, ref)
        if commit is not None:
            return _ikke_seg_selv(tre, Base(_felles(tre, commit), f"felles opphav med {ref}"))
    raise IngenBase("Fant ingen hovedgren å sammenligne med.", "Si hva: --against REVISJON.")


def _selve_endringen(tre: Arbeidstre, base: Base) -> Base:
    """A base that the service named, unless it is what is checked out: then the change itself is not here."""
    if base.commit != losne(tre, "HEAD") or git(tre, "status", "--porcelain"):
        return base
    raise IngenBase(
        f"Det er ingen endring å se: det som er hentet, er allerede i det den skal inn i ({base.kilde}).",
        "Hent selve endringen. I GitHub: bruk «pull_request», for «pull_request_target» henter grenen den skal inn i. "
        "Ellers: sjekk hele registeret uten --against.",
    )


def _ikke_seg_selv(tre: Arbeidstre, base: Base) -> Base:
    """On the default branch itself, with nothing uncommitted, a commit is held against the one before it."""
    head = losne(tre, "HEAD")
    if base.commit != head or git(tre, "status", "--porcelain") or not _er_hovedgren(tre):
        return base
    before = losne(tre, "HEAD^1")
    if before is not None:
        return Base(before, "innsjekkingen før denne, på samme gren")
    shallow = _grunn(tre)
    if shallow:
        raise IngenBase("Ser ikke hva som var før denne innsjekkingen.", shallow)
    return base


def _er_hovedgren(tre: Arbeidstre) -> bool:
    """Whether HEAD is the default branch, or no branch at all, as where a service checks out a commit of it."""
    branch = _tekst(git(tre, "symbolic-ref", "--quiet", "--short", "HEAD"))
    named = _tekst(git(tre, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"))
    return not branch or branch in {"main", "master", named.removeprefix("origin/")}


def _tekst(out: bytes | None) -> str:
    return out.decode("utf-8", "replace").strip() if out else ""


def _fra_tjenesten(miljo: Mapping[str, str]) -> list[tuple[str, str, bool]]:
    """What the service names: (branch or commit, where it stands, whether it is a commit)."""
    event = _hendelse(miljo.get("GITHUB_EVENT_PATH")) if miljo.get("GITHUB_ACTIONS") == "true" else {}
    queue = event.get("merge_group")
    if isinstance(queue, dict) and isinstance(queue.get("base_sha"), str):
        return [(queue["base_sha"], "merge_group.base_sha (GitHub)", True)]
    if miljo.get("GITHUB_BASE_REF"):
        return [(miljo["GITHUB_BASE_REF"], "GITHUB_BASE_REF", False)]
    before = event.get("before")
    if isinstance(before, str) and before.strip("0"):
        return [(before, "before (GitHub push)", True)]
    if miljo.get("CI_MERGE_REQUEST_TARGET_BRANCH_SHA"):
        # A merged result, or a merge train: what has come to the target since the branch left it is not of this change.
        return [(miljo["CI_MERGE_REQUEST_TARGET_BRANCH_SHA"], "CI_MERGE_REQUEST_TARGET_BRANCH_SHA", True)]
    if miljo.get("CI_MERGE_REQUEST_DIFF_BASE_SHA"):
        return [(miljo["CI_MERGE_REQUEST_DIFF_BASE_SHA"], "CI_MERGE_REQUEST_DIFF_BASE_SHA", True)]
    if miljo.get("CI_MERGE_REQUEST_TARGET_BRANCH_NAME"):
        return [(miljo["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"], "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", False)]
    before = miljo.get("CI_COMMIT_BEFORE_SHA", "")
    if before.strip("0"):
        return [(before, "CI_COMMIT_BEFORE_SHA", True)]
    target = miljo.get("SYSTEM_PULLREQUEST_TARGETBRANCH", "")
    if target:
        return [(target.removeprefix("refs/heads/"), "SYSTEM_PULLREQUEST_TARGETBRANCH", False)]
    return []


def _hendelse(path: str | None) -> dict[str, object]:
    if not path:
        return {}
    try:
        value = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _felles(tre: Arbeidstre, commit: str) -> str:
    """The merge base of HEAD and a commit. Raises `IngenBase` when there is none to see."""
    out = git(tre, "merge-base", "HEAD", commit)
    if not out:
        raise IngenBase(
            f"Fant ikke felles opphav med {commit[:12]}.", _grunn(tre) or "Si hva: --against REVISJON."
        )
    return out.decode("ascii").split()[0]


def _grunn(tre: Arbeidstre) -> str:
    return f"Historikken er grunn. {DYP}" if (tre.gitmappe / "shallow").exists() else ""
