"""CSV for a spreadsheet in a Norwegian set-up: UTF-8 with BOM, semicolons, CRLF, every text quoted.

A cell can not become a formula. Numbers like 4.2 stand with their title, and fingerprints behind a mark, so
that the spreadsheet takes neither for a date or a number.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from forvaltning.render.formater.grunnlag import Grunnlag, Niva, Punkt, punkter
from forvaltning.render.formater.trygg import bryt, ren
from forvaltning.render.kontrakt import ResultatJson

Celle = str | int
BOM = "\ufeff"
_FORMEL = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
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
    "fingeravtrykk": lambda p: f"fa:{p.fingeravtrykk}",
}
"""Columns of findings and problems, and what each holds."""

VURDERINGER: dict[str, Callable[[Grunnlag, ResultatJson], Celle]] = {
    "krav": lambda g, r: f"{r['krav']} {g.tittel(r['krav'])}",
    "post": lambda g, r: r["post"],
    "enhet": lambda g, r: r["enhet"] or "",
    "utfall": lambda g, r: r["utfall"],
    "styrke": lambda g, r: r["styrke"] or "",
    "frist": lambda g, r: r["frist"] or "",
    "begrunnelse": lambda g, r: r["begrunnelse"] or "",
    "avvik": lambda g, r: r["avvik"] or "",
    "lovbrudd": lambda g, r: "ja" if r.get("lovbrudd", False) else "",
    "funn": lambda g, r: len(r["funn"]),
    "nye funn": lambda g, r: sum(g.er_ny(f["fingeravtrykk"]) is True for f in r["funn"]) if g.nye is not None else "",
    "svarer": lambda g, r: "; ".join(a["post"] or a["rolle"] for a in r["ansvarlig"]),
}
"""Columns of verdicts, and what each holds."""


def csv_funn(g: Grunnlag) -> Iterator[str]:
    """One row for each finding, problem and deadline."""
    yield from _tabell(FUNN, ([column(p) for column in FUNN.values()] for p in punkter(g)))


def csv_vurderinger(g: Grunnlag) -> Iterator[str]:
    """One row for each verdict."""
    rows = ([column(g, r) for column in VURDERINGER.values()] for r in g.resultater)
    yield from _tabell(VURDERINGER, rows)


def _tabell(kolonner: Iterable[str], rader: Iterable[list[Celle]]) -> Iterator[str]:
    yield BOM + _rad(list(kolonner))
    for row in rader:
        yield _rad([celle(c) for c in row])


def _rad(cells: list[Celle]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def celle(verdi: Celle) -> Celle:
    """A cell that is text and stays text: what a spreadsheet would take for a formula gets an apostrophe."""
    if isinstance(verdi, int):
        return verdi
    text = bryt(ren(verdi))
    return f"'{text}" if text.startswith(_FORMEL) else text
