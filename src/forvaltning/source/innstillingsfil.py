"""The settings of a registry, `forvaltning.yaml`, as plain values to what the rules go by: merged, checked, typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

from pydantic import ValidationError

from forvaltning.findings import Problem, Severity
from forvaltning.model.innstillinger import FUNKSJONER, Innstillinger, flett
from forvaltning.model.valider import EGNE_DELER, Formfeil, formfeil_i
from forvaltning.source.text import nearest, quoted
from forvaltning.source.upgrade import oppgrader
from forvaltning.source.yaml_parser import parse

SETTINGS_FILE = "forvaltning.yaml"


@dataclass(frozen=True, slots=True)
class Innstillingsfil:
    """The settings in force, which of them the registry sets itself, and the model it is written in."""

    innstillinger: Innstillinger
    egne: tuple[str, ...]
    modell: int
    problemer: tuple[Problem, ...] = ()
    """What must never stand in a registry, found in the settings file."""


class UgyldigInnstilling(Exception):  # noqa: N818 - named in the domain's words
    """The settings can not be used; `problemer` says why, with place."""

    def __init__(self, problemer: list[Problem]) -> None:
        super().__init__(problemer[0].melding if problemer else "")
        self.problemer = problemer


def standardinnstillinger() -> dict[str, Any]:
    """The default settings that ship with the package, as plain values."""
    data = resources.files("forvaltning").joinpath("data", Innstillinger.STANDARD).read_bytes()
    value = parse(data).value
    if value is None:  # pragma: no cover - a test reads the same file
        raise RuntimeError("standard.yaml kan ikke leses")
    return value


def bygg_innstillinger(own: dict[str, Any], fil: str = SETTINGS_FILE) -> Innstillinger:
    """Merge the registry's settings over the default set and validate them.

    Raises `UgyldigInnstilling` with every fault.
    """
    own, faults = oppgrader(own, fil)
    if faults:
        raise UgyldigInnstilling(faults)
    standard = standardinnstillinger()
    faults = list(_ukjente_navn(own, standard, fil))
    if faults:
        raise UgyldigInnstilling(faults)
    merged = flett(standard, own)
    try:
        settings = Innstillinger.model_validate(merged)
    except ValidationError as error:
        raise UgyldigInnstilling(
            [formproblem(f, fil) for f in formfeil_i(Innstillinger, error, {})]
        ) from None
    faults = list(_sjekk_matriser(settings, fil))
    if settings.sjekklister:  # the lists that ship are read only when somebody asks for them, or changes them
        from forvaltning.source.sjekklister import sjekk_egne  # noqa: PLC0415 - reads lists few runs need

        faults += sjekk_egne(settings)
    if faults:
        raise UgyldigInnstilling(faults)
    return settings


def _ukjente_navn(own: dict[str, Any], standard: dict[str, Any], fil: str) -> Iterator[Problem]:
    """Names that nothing reads: a slip of the pen here would otherwise be believed to work."""
    known: dict[str, list[str]] = {
        part: sorted(standard[part]) for part in ("intervaller", "dager", "kodelister", "skalaer")
    }
    known["funksjoner"] = list(FUNKSJONER)
    for part, names in known.items():
        given = own.get(part)
        for name in given if isinstance(given, dict) else ():
            if name in names:
                continue
            section = EGNE_DELER.get(name) if part == "kodelister" else None
            near = nearest(name, names)
            yield Problem(
                "innstilling.ukjent_navn",
                Severity.FEIL,
                fil,
                f"«{part}» har et ukjent navn: {quoted(name)}.",
                f"Legg verdiene under «{section}»."
                if section
                else f"Mente du {quoted(near)}?"
                if near
                else f"Bruk ett av disse: {', '.join(names)}.",
                path=(part, name),
            )


def _sjekk_matriser(settings: Innstillinger, fil: str) -> Iterator[Problem]:
    """A matrix must have a row for each step, a cell for each column, and only known levels."""
    for navn, m in settings.matriser.items():
        bad = set(m.tabell) != set(m.sannsynlighet) or any(
            len(row) != len(m.konsekvens) or any(c not in m.nivaer for c in row) for row in m.tabell.values()
        )
        if bad:
            yield Problem(
                "innstilling.matrise",
                Severity.FEIL,
                fil,
                f"Matrisen «{navn}» går ikke opp: rader, kolonner og nivåer passer ikke sammen.",
                "Gi tabellen én rad for hver sannsynlighet, én verdi for hver konsekvens, og bruk bare nivåer i «nivaer».",
                path=("matriser", navn, "tabell"),
            )


def formproblem(f: Formfeil, fil: str, key: str | None = None) -> Problem:
    """A fault of shape as a problem of a file; `key`: the record it is in, ``kind/id``."""
    return Problem(f.regel, Severity.FEIL, fil, f.melding, f.tiltak, path=f.path, post=key)
