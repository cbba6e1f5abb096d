"""More over `rapporter.hjelp_visning`: units that are always there, problems with deviations, and rows by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests.documents.rapporter import hjelp_visning
from tests.documents.rapporter.hjelp_visning import VOND, html, md, rader, tabell

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.visning import Del, Verdi, Visning
from forvaltning.engine.deviations import avviksproblemer
from forvaltning.findings import Outcome
from forvaltning.krav.katalog import ETTER_NUMMER
from forvaltning.model.viser import normaliser

ENHETER: dict[str, dict[str, Any]] = {
    "enheter/kommunen": {"navn": "Prøve kommune", "type": "kommune"},
    "enheter/sdi": {"navn": "SDI", "type": "seksjon", "forelder": "kommunen"},
    "enheter/kultur": {"navn": "Kultur", "type": "byradsavdeling", "forelder": "kommunen"},
    "roller/eier": {"type": "systemeier", "enhet": "kultur", "stilling": "Leder for kultur"},
}


def grunnlag(
    poster: Mapping[str, dict[str, Any]], *, enheter: frozenset[str] | None = None, **kwargs: Any
) -> Grunnlag:
    """Judge small records; `ENHETER` are always there, and the verdicts follow the units as the command's do."""
    g = hjelp_visning.grunnlag({**ENHETER, **poster}, **kwargs)
    brukte = {normaliser(f.avvik) for v in g.dommer for f in v.funn if f.avvik}
    dommer = [v for v in g.dommer if enheter is None or v.enhet in enheter]
    return replace(
        g,
        dommer=dommer,
        problemer=list(avviksproblemer(g.register, ETTER_NUMMER, brukte)),
        enheter=enheter,
        hode=replace(g.hode, ikke_avgjort=sum(v.utfall is Outcome.IKKE_AVGJORT for v in dommer)),
    )


def rad(v: Visning, navn: str, nokkel: str) -> dict[str, Verdi]:
    """The one row whose first column is `nokkel`."""
    found = [r for r in rader(v, navn) if next(iter(r.values())) == nokkel]
    assert len(found) == 1, f"{nokkel}: {rader(v, navn)}"
    return found[0]


def tall(v: Visning, navn: str) -> Verdi:
    """A key figure."""
    return dict(v.nokkeltall)[navn]


def del_(v: Visning, tittel: str) -> Del:
    """A part by its title."""
    return next(d for d in v.alle_deler() if d.tittel == tittel)


__all__ = ["ENHETER", "VOND", "del_", "grunnlag", "html", "md", "rad", "rader", "tabell", "tall"]
