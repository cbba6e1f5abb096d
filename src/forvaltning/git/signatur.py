"""Signatures of commits, and annotated tags as recorded points in history."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from forvaltning.git.arbeidstre import Arbeidstre, git, rent_miljo
from forvaltning.git.filspor import Leser
from forvaltning.git.objekter import GitFeil

ANKER = "forvaltning/anker/"
"""Tags that record a point in history begin so."""
TALMODIG = 900
"""Seconds that checking signatures may take: each costs a process of its own."""
_NAVN = re.compile(r"[\w][\w.-]*")


class Signatur(NamedTuple):
    """What Git says of one commit's signature. `status` as `git log` writes it (``G``, ``B``, ``U``, …), ``N`` none.

    `type` is ``ssh``, ``x509`` or ``openpgp``, empty for none. `signatar` is untrusted text.
    """

    status: str
    type: str
    signatar: str


INGEN = Signatur("N", "", "")


def signaturer(
    tre: Arbeidstre, leser: Leser, commits: Iterable[str], tillatte: Path | None = None
) -> dict[str, Signatur]:
    """Commit → signature. `tillatte`: a file of allowed signers (SSH) instead of the one Git is set up with.

    Only commits that carry a signature are given to Git to verify. Raises `GitFeil`.
    """
    out: dict[str, Signatur] = {}
    signed: dict[str, str] = {}
    for oid, found in leser.alle(commits):
        if found is None:
            raise GitFeil(f"cat-file {oid}")
        kind = _type(found.data.partition(b"\n\n")[0])
        if kind:
            signed[oid] = kind
        else:
            out[oid] = INGEN
    if not signed:
        return out
    rows = _verifiser(tre, signed, tillatte)
    for oid, kind in signed.items():
        status, who = rows.get(oid, ("E", ""))
        out[oid] = Signatur(status, kind, who)
    return out


def _verifiser(tre: Arbeidstre, commits: Iterable[str], tillatte: Path | None) -> dict[str, tuple[str, str]]:
    """Commit → what Git makes of its signature, and whose it says it is. Raises `GitFeil`."""
    argv = ["git"]
    if tillatte is not None:
        argv += ["-c", f"gpg.ssh.allowedSignersFile={tillatte.absolute()}"]
    argv += [
        "log",
        "--no-walk=unsorted",
        "--no-show-signature",
        "--format=%H%x00%G?%x00%GS%x00%GK%x01",
        "--stdin",
    ]
    try:
        done = subprocess.run(  # noqa: S603 - fixed command, no shell
            argv,
            cwd=tre.topp,
            env=rent_miljo(),
            input="".join(f"{oid}\n" for oid in commits).encode("ascii"),
            capture_output=True,
            timeout=TALMODIG,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise GitFeil("log --format=%G?") from error
    if done.returncode != 0:
        raise GitFeil("log --format=%G?")
    found: dict[str, tuple[str, str]] = {}
    for row in done.stdout.decode("utf-8", "replace").split("\x01"):
        parts = row.strip("\n").split("\0")
        if len(parts) == 4:
            # A signature that Git could not look at is written as none; only signed commits come here.
            found[parts[0]] = ("E" if parts[1] in {"", "N"} else parts[1], parts[2] or parts[3])
    return found


def _type(head: bytes) -> str:
    at = head.find(b"\ngpgsig")
    if at < 0:
        return ""
    rest = head[at : at + 200]
    return (
        "ssh" if b"BEGIN SSH SIGNATURE" in rest else "x509" if b"BEGIN SIGNED MESSAGE" in rest else "openpgp"
    )


# --- recorded points ----------------------------------------------------------------------------------


class Anker(NamedTuple):
    """A recorded point: the tag's name, the tag object, the commit it names (None when it is not here)."""

    navn: str
    objekt: str
    commit: str | None
    annotert: bool


def ankere(tre: Arbeidstre) -> list[Anker]:
    """The recorded points of a repository, by name. Raises `GitFeil`."""
    out = git(
        tre,
        "for-each-ref",
        "--format=%(refname)%00%(objectname)%00%(objecttype)%00%(*objectname)%00%(*objecttype)",
        f"refs/tags/{ANKER}",
    )
    if out is None:
        raise GitFeil("for-each-ref")
    found = []
    for row in out.decode("utf-8", "replace").splitlines():
        ref, oid, kind, target, target_kind = row.split("\0")
        annotated = kind == "tag"
        commit = target if annotated and target_kind == "commit" else oid if kind == "commit" else None
        found.append(Anker(ref.removeprefix("refs/tags/"), oid, commit, annotated))
    return found


def er_forfar(tre: Arbeidstre, commit: str, hode: str) -> bool:
    """True when a commit is `hode` or an ancestor of it."""
    return git(tre, "merge-base", "--is-ancestor", commit, hode) is not None


def gyldig_navn(tre: Arbeidstre, navn: str) -> bool:
    """True when a name can end an anchor's tag."""
    return (
        _NAVN.fullmatch(navn) is not None
        and git(tre, "check-ref-format", f"refs/tags/{ANKER}{navn}") is not None
    )


def sett_anker(tre: Arbeidstre, navn: str, commit: str, melding: str) -> str | None:
    """Write an annotated tag; its object id, None when Git refuses. The only thing here that writes."""
    if git(tre, "tag", "-a", "--no-sign", "-m", melding, f"{ANKER}{navn}", commit) is None:
        return None
    out = git(tre, "rev-parse", "--verify", "--quiet", f"refs/tags/{ANKER}{navn}")
    return out.decode("ascii").strip() if out else None


def meldinger(tre: Arbeidstre, fra: str, til: str) -> list[str]:
    """The messages of the commits that `til` has and `fra` has not: what a merge brought."""
    out = git(tre, "log", "-z", "--format=%b", "--encoding=UTF-8", f"{fra}..{til}")
    return out.decode("utf-8", "replace").split("\0") if out else []
