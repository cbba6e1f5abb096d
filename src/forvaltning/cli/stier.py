"""Paths on the command line: which registry they lie in, and what in it they choose."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from forvaltning.cli.okt import SETTINGS_FILE
from forvaltning.cli.stopp import Stopp, mente_du

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt


def register_for(stier: list[str], registry: Path | None) -> tuple[Path | None, tuple[str, ...]]:
    """The registry that the paths lie in (None: look for it) and the paths within it. Raises `Stopp`.

    A path that is or holds the whole registry narrows nothing. With `registry` given all must lie in it.
    """
    root: Path | None = registry
    inside: list[str] = []
    for text in stier:
        path = _finn(text, registry)
        if not os.path.lexists(path):
            near = os.listdir(path.parent) if path.parent.is_dir() else []  # noqa: PTH208 - names alone
            raise Stopp(
                f"Stien «{text}» finnes ikke.{mente_du(path.name, near)}",
                "En sti er en fil eller mappe i registeret.",
            )
        own = registry or _omkring(path)
        rel = None if own is None else _relativ(path, own)
        if own is None or rel is None:
            where = "ligger ikke i registeret" if registry else "ligger ikke i noe register"
            raise Stopp(
                f"Stien «{text}» {where}.",
                "Velg filer og mapper i én registermappe, den med forvaltning.yaml.",
            )
        if root is not None and not root.samefile(own):
            raise Stopp(
                f"Stiene ligger i ulike registre: {root.as_posix()} og {own.as_posix()}.",
                "Sjekk ett register om gangen.",
            )
        root = root or own
        inside.append(rel)
    return root, () if "" in inside else tuple(dict.fromkeys(inside))


def _finn(text: str, registry: Path | None) -> Path:
    """What a path names: from here, else from the root of the registry, as reports write it."""
    path = Path(os.path.abspath(text))  # noqa: PTH100 - a link is asked for by its own name
    root = registry or _omkring(Path.cwd())
    if root is None or os.path.lexists(path) or ".." in Path(text).parts:
        return path
    within = Path(os.path.abspath(root / text))  # noqa: PTH100 - the same
    # A name that is nowhere is looked for in the folder that is there, so that the nearest can be offered.
    return within if os.path.lexists(within) or within.parent.is_dir() > path.parent.is_dir() else path


def _omkring(path: Path) -> Path | None:
    """The registry that a path lies in, is, or holds directly."""
    for folder in (path, *path.parents):
        if (folder / SETTINGS_FILE).is_file():
            return folder
    below = path / "registry"
    return below if (below / SETTINGS_FILE).is_file() else None


def _relativ(path: Path, root: Path) -> str | None:
    """`path` within `root` with ``/``, empty for all of it; None when it lies outside."""
    top = Path(os.path.abspath(root))  # noqa: PTH100 - the same
    for here, there in ((path, top), (Path(os.path.realpath(path)), Path(os.path.realpath(top)))):
        if here.is_relative_to(there):
            rel = here.relative_to(there).as_posix()
            return "" if rel == "." else rel
        if there.is_relative_to(here):
            return ""
    return None


def filer(okt: Okt, stier: tuple[str, ...]) -> tuple[str, ...]:
    """The paths in the registry's own spelling. Raises `Stopp` for a file that is none of the registry's."""
    if not stier:
        return ()
    from forvaltning.model.viser import normaliser

    known = {*(f.path for f in okt.filer.files), *(p.fil for p in okt.filer.problems)}
    by_fold = {normaliser(f): f for f in known}
    by_fold |= {normaliser(f.split("/")[0]): f.split("/")[0] for f in known if "/" in f}
    out = []
    for s in stier:
        found = by_fold.get(normaliser(s))
        if found is None and not (okt.rot / s).is_dir():
            raise Stopp(f"«{s}» er ikke en fil som hører til registeret.", "En post ligger i mappe/id.yaml.")
        out.append(found or s)
    return tuple(out)
