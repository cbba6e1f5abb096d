"""Files that Git holds and was told to leave out of the work tree (`git sparse-checkout`): not there is not deleted."""

from __future__ import annotations

from forvaltning.git.arbeidstre import Arbeidstre, git
from forvaltning.git.hode import egen_mappe
from forvaltning.git.objekter import GitFeil


def ikke_hentet_ut(tre: Arbeidstre, mappe: str) -> list[str]:
    """The files below a folder (relative to the top, with ``/``) that Git was told to leave out, as Git writes them.

    Git is asked only where a part of the work tree has ever been asked for. Raises `GitFeil` when it does not answer.
    """
    if not (egen_mappe(tre) / "info" / "sparse-checkout").exists():
        return []
    where = f":(top,literal){mappe}" if mappe else ":(top)"
    out = git(tre, "ls-files", "-t", "-z", "--full-name", "--", where)
    if out is None:
        raise GitFeil("ls-files")
    rows = (row.decode("utf-8", "surrogateescape") for row in out.split(b"\0"))
    return [row[2:] for row in rows if row.startswith("S ")]
