"""A report as JSON: a contract with its own frozen types, so that inner changes never break a reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, TypedDict

from forvaltning.documents.grunnlag import Hode
from forvaltning.documents.visning import Del, Figur, Tabell, Verdi, Visning

VERSJON = 1
Celle = str | int | float | bool | list[str] | None


class KolonneJson(TypedDict):
    """One column; `slag` is tekst, dato, tall, ja_nei, liste, prosent or utfall."""

    navn: str
    tittel: str
    slag: str


class TabellJson(TypedDict):
    """A table; each row by the names of the columns. Dates are ISO, what is not stated is null."""

    navn: str
    tittel: str
    forklaring: str
    kolonner: list[KolonneJson]
    rader: list[dict[str, Celle]]


class FigurJson(TypedDict):
    """A figure in words; the drawing is in the HTML and beside the Markdown."""

    navn: str
    tittel: str
    beskrivelse: str


class DelJson(TypedDict):
    """A part of the report."""

    tittel: str
    avsnitt: list[str]
    punkter: list[str]
    tabeller: list[TabellJson]
    figurer: list[FigurJson]
    deler: list[DelJson]


class NokkeltallJson(TypedDict):
    """A key figure."""

    navn: str
    verdi: Celle


class GrunnlagJson(TypedDict):
    """The settings that decided; `egne` are those the registry sets itself."""

    modell: int
    gjelder_fra: str | None
    historie_fra: str | None
    varslingsvindu_dager: int
    intervaller: dict[str, int]
    dager: dict[str, int]
    egne: list[str]


class VisningJson(TypedDict):
    """What `forvaltning report NAVN --format json` writes."""

    versjon: int
    verktoy: str
    regelsett: str
    rapport: str
    tittel: str
    registry: str
    kommune: str
    commit: str | None
    endret: bool
    historie: str
    historie_ukjent: str
    dato: str
    datokilde: str
    eksempel: bool
    utvalg: list[str]
    uleste: list[str]
    ikke_avgjort: int
    innstillinger: GrunnlagJson
    ingress: list[str]
    nokkeltall: list[NokkeltallJson]
    deler: list[DelJson]


def som_verdier(v: Visning, h: Hode) -> VisningJson:
    """The report in the form of the contract."""
    return {
        "versjon": VERSJON,
        "verktoy": h.verktoy,
        "regelsett": h.regelsett,
        "rapport": v.navn,
        "tittel": v.tittel,
        "registry": h.registry,
        "kommune": h.kommune,
        "commit": h.commit,
        "endret": h.endret,
        "historie": h.historie,
        "historie_ukjent": h.historie_ukjent,
        "dato": h.dato.isoformat(),
        "datokilde": h.datokilde,
        "eksempel": h.eksempel,
        "utvalg": list(h.utvalg),
        "uleste": list(h.uleste),
        "ikke_avgjort": h.ikke_avgjort,
        "innstillinger": {
            "modell": h.modell,
            "gjelder_fra": h.gjelder_fra.isoformat() if h.gjelder_fra else None,
            "historie_fra": h.historie_fra.isoformat() if h.historie_fra else None,
            "varslingsvindu_dager": h.varslingsvindu_dager,
            "intervaller": dict(h.intervaller),
            "dager": dict(h.dager),
            "egne": list(h.egne),
        },
        "ingress": list(v.ingress),
        "nokkeltall": [{"navn": n, "verdi": celle(x)} for n, x in v.nokkeltall],
        "deler": [_del(d) for d in v.deler],
    }


def som_json(v: Visning, h: Hode) -> Iterator[str]:
    """The report as JSON text, in pieces."""
    value: dict[str, Any] = dict(som_verdier(v, h))
    parts = value.pop("deler")
    head = json.dumps(value, ensure_ascii=False, indent=1)
    yield head.removesuffix("\n}") + ',\n "deler": ['
    for i, part in enumerate(parts):
        yield ("," if i else "") + "\n" + json.dumps(part, ensure_ascii=False, indent=1)
    yield "\n ]\n}\n" if parts else "]\n}\n"


def _del(d: Del) -> DelJson:
    return {
        "tittel": d.tittel,
        "avsnitt": list(d.avsnitt),
        "punkter": list(d.punkter),
        "tabeller": [_tabell(t) for t in d.tabeller],
        "figurer": [_figur(f) for f in d.figurer],
        "deler": [_del(x) for x in d.deler],
    }


def _tabell(t: Tabell) -> TabellJson:
    names = [k.navn for k in t.kolonner]
    return {
        "navn": t.navn,
        "tittel": t.tittel,
        "forklaring": t.forklaring,
        "kolonner": [{"navn": k.navn, "tittel": k.tittel, "slag": k.slag} for k in t.kolonner],
        "rader": [dict(zip(names, map(celle, row), strict=True)) for row in t.rader],
    }


def _figur(f: Figur) -> FigurJson:
    return {"navn": f.navn, "tittel": f.tittel, "beskrivelse": f.beskrivelse}


def celle(v: Verdi) -> Celle:
    """A value as JSON has it: ISO dates, lists, null for what is not stated."""
    if isinstance(v, date):
        return v.isoformat()
    if isinstance(v, tuple):
        return list(v)
    return v
