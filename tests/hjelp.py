"""Small registries as plain values, judged without files: the harness of the requirement tests."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date
from typing import Any

from forvaltning.engine.run import Motor
from forvaltning.findings import Verdict
from forvaltning.krav.katalog import ALLE, ETTER_NUMMER
from forvaltning.model.dag import Dag
from forvaltning.model.historie import EKSEMPELHISTORIE, Historie
from forvaltning.model.innstillinger import Innstillinger, flett
from forvaltning.model.kinds import KINDS
from forvaltning.model.oppforing import Oppforing, Uleselig
from forvaltning.model.register import Register
from forvaltning.model.valider import valider
from forvaltning.model.viser import henvisninger
from forvaltning.source.innstillingsfil import standardinnstillinger

DATO = date(2026, 11, 16)
_STANDARD = standardinnstillinger()
EGNE = {
    "modell": "1",
    "gjelder_fra": "2024-01-01",
    "funksjoner": {"ansattservice": "ansattservice", "sdi": "sdi"},
    "arkivkjerner": ["bk360"],
}


def innstillinger(eget: Mapping[str, Any] | None = None) -> Innstillinger:
    """The default settings with a test's own on top."""
    return Innstillinger.model_validate(flett(flett(_STANDARD, EGNE), dict(eget or {})))


def endret(data: dict[str, Any], endringer: Mapping[str, Any]) -> dict[str, Any]:
    """A copy with dotted paths set; None removes; a number is a list index (one past the end appends)."""
    out = copy.deepcopy(data)
    for path, value in endringer.items():
        *head, last = path.split(".")
        here: Any = out
        for part in head:
            here = here[int(part)] if isinstance(here, list) else here.setdefault(part, {})
        if isinstance(here, list):
            if int(last) == len(here):
                here.append(copy.deepcopy(value))
            elif value is None:
                del here[int(last)]
            else:
                here[int(last)] = copy.deepcopy(value)
        elif value is None:
            here.pop(last, None)
        else:
            here[last] = copy.deepcopy(value)
    return out


def register(
    poster: Mapping[str, dict[str, Any]],
    *,
    dato: date = DATO,
    eget: Mapping[str, Any] | None = None,
    historie: Historie = EKSEMPELHISTORIE,
    uleselige: Mapping[str, str | None] | None = None,
) -> Register:
    """A register of plain values; a record of the wrong shape fails the test with its faults."""
    settings = innstillinger(eget)
    entries = []
    for key, data in poster.items():
        kind, ident = key.split("/")
        post = valider(KINDS[kind], ident, data, settings.koder)
        assert not isinstance(post, list), f"{key}: {post}"
        entries.append(Oppforing(kind, ident, f"{key}.yaml", henvisninger(KINDS[kind], data), post))
    lost = [
        Uleselig(key.split("/")[0], key.split("/")[1], f"{key}.yaml", text)
        for key, text in (uleselige or {}).items()
    ]
    return Register(entries, settings, Dag(dato), historie, lost)


def med_endringer(
    poster: Mapping[str, dict[str, Any]], endre: Mapping[str, Mapping[str, Any]] | None
) -> dict[str, dict[str, Any]]:
    """The records with changes applied; a key that is new creates its record."""
    out = dict(poster)
    for key, changes in (endre or {}).items():
        out[key] = endret(out.get(key, {}), changes)
    return out


def dom(
    nummer: str,
    post: str,
    poster: Mapping[str, dict[str, Any]],
    *,
    endre: Mapping[str, Mapping[str, Any]] | None = None,
    dato: date = DATO,
    innstillinger: Mapping[str, Any] | None = None,
    historie: Historie = EKSEMPELHISTORIE,
    uleselige: Mapping[str, str | None] | None = None,
) -> Verdict:
    """One requirement decided for one record of a small registry."""
    found = dommer(
        nummer,
        poster,
        endre=endre,
        dato=dato,
        innstillinger=innstillinger,
        historie=historie,
        uleselige=uleselige,
    )
    assert post in found, f"{nummer} gives no verdict for {post}; it does for {sorted(found)}"
    return found[post]


def dommer(
    nummer: str,
    poster: Mapping[str, dict[str, Any]],
    *,
    endre: Mapping[str, Mapping[str, Any]] | None = None,
    dato: date = DATO,
    innstillinger: Mapping[str, Any] | None = None,
    historie: Historie = EKSEMPELHISTORIE,
    uleselige: Mapping[str, str | None] | None = None,
) -> dict[str, Verdict]:
    """One requirement decided for every record that carries it: record key → verdict."""
    reg = register(
        med_endringer(poster, endre), dato=dato, eget=innstillinger, historie=historie, uleselige=uleselige
    )
    out: dict[str, Verdict] = {}
    for result in Motor([ETTER_NUMMER[nummer]], reg).alle():
        assert not result.svikt, result.svikt
        for verdict in result.dommer:
            out[result.post] = verdict
    return out


def alle_dommer(poster: Mapping[str, dict[str, Any]], **kwargs: Any) -> list[Verdict]:
    """All requirements over a small registry."""
    reg = register(poster, **kwargs)
    return [v for r in Motor(ALLE, reg).alle() for v in r.dommer]
