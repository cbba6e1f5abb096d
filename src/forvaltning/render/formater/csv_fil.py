"""CSV for a spreadsheet in a Norwegian set-up: UTF-8 with BOM, semicolons, CRLF, every text quoted.

A cell can not become a formula. Numbers like 4.2 stand with their title, and fingerprints behind a mark, so
that the spreadsheet takes neither for a date or a number.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from forvaltning.render.formater.grunnlag import Grunnlag
from forvaltning.render.formater.punkter import Niva, Punkt, punkter, rettede, svarer
from forvaltning.render.kontrakt import ResultatJson
from forvaltning.source.csv_tegn import BOM, Celle, celle

_NIVA = {Niva.FEIL: "feil", Niva.ADVARSEL: "advarsel", Niva.NOTIS: "merknad", Niva.DEKKET: "dekket av avvik"}
_NY = {None: "", True: "ja", False: "nei"}

FUNN: dict[str, Callable[[Punkt], Celle]] = {
    "slag": lambda p: p.slag,
    "nivå": lambda p: _NIVA[p.niva],
    "ny": lambda p: _NY[p.ny],
    "krav eller regel": lambda p: p.overskrift,
    "post": lambda p: p.post,
    "enhet": lambda p: p.enhet,
    "art": lambda p: p.art,
    "vilkår": lambda p: p.vilkar,
    "melding": lambda p: p.melding,
    "tiltak": lambda p: p.tiltak,
    "svarer": lambda p: p.svarer,
    "fil": lambda p: p.sti,
    "linje": lambda p: p.linje,
    "kolonne": lambda p: p.kolonne,
    "felt": lambda p: p.felt,
    "dato": lambda p: p.dato,
    "avvik": lambda p: p.avvik,
    "lovbrudd": lambda p: "ja" if p.lovbrudd else "",
    "fingeravtrykk": lambda p: f"fa:{p.fingeravtrykk}" if p.fingeravtrykk else "",
}
"""Columns of findings and problems, and what each holds."""

VURDERINGER = (
    "krav",
    "post",
    "enhet",
    "utfall",
    "styrke",
    "frist",
    "begrunnelse",
    "avvik",
    "lovbrudd",
    "funn",
    "nye funn",
    "svarer",
)
"""Columns of verdicts."""


def csv_funn(g: Grunnlag) -> Iterator[str]:
    """One row for each finding, problem and deadline, then for what is mended."""
    rows = ([column(p) for column in FUNN.values()] for p in (*punkter(g), *rettede(g)))
    yield from _tabell(FUNN, rows)


def csv_vurderinger(g: Grunnlag) -> Iterator[str]:
    """One row for each verdict."""
    yield from _tabell(VURDERINGER, (_vurdering(g, r) for r in g.resultater))


def _vurdering(g: Grunnlag, r: ResultatJson) -> list[Celle]:
    new = sum(g.er_ny(f["fingeravtrykk"]) is True for f in r["funn"])
    return [
        f"{r['krav']} {g.tittel(r['krav'])}",
        r["post"],
        r["enhet"] or "",
        r["utfall"],
        r["styrke"] or "",
        r["frist"] or "",
        r["begrunnelse"] or "",
        r["avvik"] or "",
        "ja" if r.get("lovbrudd", False) else "",
        len(r["funn"]),
        "" if g.nye is None else new,
        svarer(g, r),
    ]


def _tabell(kolonner: Iterable[str], rader: Iterable[list[Celle]]) -> Iterator[str]:
    yield BOM + _rad(list(kolonner))
    for row in rader:
        yield _rad([celle(c) for c in row])


def _rad(cells: list[Celle]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
