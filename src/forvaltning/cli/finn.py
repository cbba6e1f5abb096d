"""Where a registry lies: its settings file, its folders, and the way up to it."""

from __future__ import annotations

from pathlib import Path

SETTINGS_FILE = "forvaltning.yaml"
MAPPER = frozenset(
    [
        "tjenester",
        "systemer",
        "integrasjoner",
        "roller",
        "enheter",
        "leverandorer",
        "avtaler",
        "ros",
        "dpia",
        "behandlinger",
        "datasett",
        "begreper",
        "prosjekter",
        "endringer",
        "overleveringer",
        "avvik",
    ]
)
"""The record folders, without importing the models; a test holds them to `KINDS`."""


class IngenRegister(Exception):  # noqa: N818 - named in the domain's words
    """No registry was found; `lette` tells where it was looked for."""

    def __init__(self, lette: list[Path]) -> None:
        super().__init__("Fant ikke noe register.")
        self.lette = lette


def finn_register(start: Path, valgt: Path | None = None) -> Path:
    """The registry folder: the chosen one, else found upward from `start`.

    A folder is a registry when it holds forvaltning.yaml; in each folder on the way up, a sub-folder
    named `registry` counts too. Raises `IngenRegister`.
    """
    if valgt is not None:
        if (valgt / SETTINGS_FILE).exists() or (valgt / SETTINGS_FILE).is_symlink():
            return valgt
        raise IngenRegister([valgt])
    start = start.resolve()
    looked: list[Path] = []
    for folder in (start, *start.parents):
        for candidate in (folder, folder / "registry"):
            if (candidate / SETTINGS_FILE).is_file():
                return candidate
        looked.append(folder)
    raise IngenRegister(looked)
