"""A small registry with one service, one system and their handovers, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.hjelp import DATO, innstillinger, med_endringer, register

from forvaltning.engine.sjekkliste.bygg import lag_overlevering, lag_sjekkliste
from forvaltning.engine.sjekkliste.typer import Punkt, Sjekkliste
from forvaltning.model.hendelser import Overlevering
from forvaltning.source.sjekklister import les_lister

POSTER: dict[str, dict[str, Any]] = {
    "enheter/kommunen": {"navn": "Kommunen", "type": "kommune"},
    "enheter/sdi": {"navn": "SDI", "forelder": "kommunen"},
    "enheter/kultur": {"navn": "Kultur", "type": "byradsavdeling", "forelder": "kommunen"},
    "enheter/ansattservice": {"navn": "Ansattservice", "forelder": "kommunen"},
    "roller/eier": {
        "type": "systemeier",
        "enhet": "kultur",
        "fra": "2020-01-01",
        "kontakt": "kultur@by.example",
    },
    "roller/koordinator": {"type": "systemkoordinator", "enhet": "ansattservice", "fra": "2020-01-01"},
    "roller/digital": {"type": "digitaliseringskoordinator", "enhet": "kultur", "fra": "2020-01-01"},
    "roller/leder": {"type": "resultatenhetsleder", "enhet": "ansattservice", "fra": "2020-01-01"},
    "roller/sluttet": {"type": "prosjektleder", "enhet": "kultur", "fra": "2020-01-01", "til": "2024-12-31"},
    "systemer/portal": {
        "navn": "Portalen",
        "enhet": "kultur",
        "tilstand": "akseptansetest",
        "systemeier": "eier",
        "systemkoordinator": "koordinator",
        "personopplysninger": "nei",
    },
    "tjenester/soke": {
        "navn": "Søke om støtte",
        "type": "innbyggertjeneste",
        "enhet": "kultur",
        "tilstand": "akseptansetest",
        "eier": "eier",
        "tjenesteansvarlig": "eier",
        "systemer": ["portal"],
    },
    "overleveringer/portal-over": {
        "gjelder": "portal",
        "type": "ny",
        "avgiver": "digital",
        "startet": "2026-10-01",
        "produksjon": "2026-11-20",
        "mottakere": [{"enhet": "kultur"}, {"enhet": "ansattservice"}],
    },
}


def liste(
    post: str = "systemer/portal",
    *,
    overlevering: str | None = "portal-over",
    type_: str | None = None,
    endre: Mapping[str, Mapping[str, Any]] | None = None,
    dato: date = DATO,
    eget: Mapping[str, Any] | None = None,
    uleselige: Mapping[str, str | None] | None = None,
) -> Sjekkliste:
    """The handover checklist of a record in the small registry."""
    reg = register(med_endringer(POSTER, endre), dato=dato, eget=eget, uleselige=uleselige)
    found = reg.oppforing(post.rpartition("/")[2])
    assert found is not None
    o = reg.oppforing(overlevering) if overlevering else None
    about = o.post if o is not None else None
    assert about is None or isinstance(about, Overlevering)
    return lag_overlevering(
        reg, dato, les_lister(innstillinger(eget)), found.post, overlevering=about, type_=type_
    )


def annen(
    navn: str,
    post: str | None,
    *,
    endre: Mapping[str, Mapping[str, Any]] | None = None,
    eget: Mapping[str, Any] | None = None,
    uleselige: Mapping[str, str | None] | None = None,
) -> Sjekkliste:
    """Another checklist for a record in the small registry, or empty."""
    reg = register(med_endringer(POSTER, endre), eget=eget, uleselige=uleselige)
    found = reg.oppforing(post.rpartition("/")[2]) if post else None
    return lag_sjekkliste(
        reg, DATO, navn, les_lister(innstillinger(eget))[navn], found.post if found is not None else None
    )


def punkt(s: Sjekkliste, ident: str) -> Punkt:
    """The item, which must be there."""
    found = s.punkt(ident)
    assert found is not None, f"{ident} is not among {[p.id for p in s.punkter]}"
    return found


def fort(ident: str, **felt: Any) -> dict[str, Any]:
    """A change that writes one manual item into the handover."""
    base = {"id": ident, "tilstand": "utfort", "dato": "2026-11-02", "av": "digital"}
    return {
        "overleveringer/portal-over": {
            "punkter": [{k: v for k, v in {**base, **felt}.items() if v is not None}]
        }
    }
