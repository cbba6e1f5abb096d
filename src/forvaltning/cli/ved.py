"""`--at REV`: turn a session to the registry as it was at a commit. The work tree is neither read nor touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forvaltning.cli.okt import MAPPER, SETTINGS_FILE
from forvaltning.cli.stopp import Stopp
from forvaltning.git.arbeidstre import git
from forvaltning.git.base import DYP
from forvaltning.git.hode import er_grunn
from forvaltning.git.objekter import GitFeil, losne, prefiks, tidspunkt
from forvaltning.source.kilde import Revisjon
from forvaltning.source.text import quoted

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt
    from forvaltning.git.arbeidstre import Arbeidstre


def sett_ved(okt: Okt, revisjon: str) -> None:
    """Let a session see the registry at a revision, on the day of that commit. Raises `Stopp`."""
    from forvaltning.git.tid import dag

    tre = okt.arbeidstre
    if tre is None:
        raise Stopp("--at trenger Git, men registeret ligger ikke i et Git-arkiv.", "Kjør «git init».")
    commit = _finn(tre, revisjon)
    try:
        kilde = Revisjon(tre, commit, prefiks(tre, okt.rot), MAPPER)
    except GitFeil as error:
        raise _uten_svar(tre, error) from None
    if SETTINGS_FILE not in kilde.oider:
        kilde.lukk()
        raise Stopp(
            f"Registeret fantes ikke ved {quoted(revisjon, 80)} ({commit[:12]}).",
            "Velg en revisjon der forvaltning.yaml ligger i denne mappen.",
        )
    try:
        day = dag(tidspunkt(tre, commit))
    except GitFeil as error:
        kilde.lukk()
        raise _uten_svar(tre, error) from None
    okt.kilde, okt.ved, okt.ved_dato = kilde, commit, day


def _finn(tre: Arbeidstre, revisjon: str) -> str:
    commit = losne(tre, revisjon)
    if commit is not None:
        return commit
    if git(tre, "rev-parse", "--git-dir") is None:
        raise Stopp("Git svarer ikke i denne mappen.", "Se etter at Git er installert, og at du eier mappen.")
    if losne(tre, "HEAD") is None:
        raise Stopp("Git-arkivet har ingen innsjekking ennå.", "Sjekk inn registeret først.")
    hint = f"Historikken er grunn. {DYP}" if er_grunn(tre) else "Se etter stavemåten med «git log»."
    raise Stopp(f"Fant ikke revisjonen {quoted(revisjon, 80)}.", hint)


def _uten_svar(tre: Arbeidstre, error: GitFeil) -> Stopp:
    hint = DYP if er_grunn(tre) else "Se etter at Git-arkivet er helt: «git fsck»."
    return Stopp(f"Git svarte ikke som ventet ({quoted(str(error), 80)}).", hint)
