"""What Git is told to ignore: it never enters the repository by itself."""

from __future__ import annotations

from forvaltning.git.arbeidstre import Arbeidstre, git


def ignorerte(tre: Arbeidstre, stier: list[str]) -> set[str]:
    """Those of some paths (relative to the top, with ``/``) that are ignored; none when Git does not answer."""
    # A name that Git must quote comes back as another, and is then read: never the other way around.
    out = git(tre, "-c", "core.quotePath=false", "check-ignore", "--", *stier)
    return {p.decode("utf-8", "surrogateescape").rstrip("/") for p in out.splitlines()} if out else set()
