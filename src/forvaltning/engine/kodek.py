"""Verdicts to plain JSON values and back, for the cache: every field, nothing worked out anew."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from forvaltning.findings import (
    Evidence,
    Finding,
    FindingKind,
    Outcome,
    Place,
    Responsible,
    Strength,
    Verdict,
)

_KODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _iso(d: date | None) -> str | None:
    return d.isoformat() if d is not None else None


def _dato(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _place(p: Place) -> list[Any]:
    return [p.post, list(p.path), p.melding]


def _til_place(v: list[Any]) -> Place:
    return Place(v[0], tuple(v[1]), v[2])


def dommer_til_tekst(dommer: list[Verdict]) -> str:
    """Verdicts as JSON text."""
    return _KODER([_dom(v) for v in dommer])


def dommer_fra_tekst(text: str) -> list[Verdict]:
    """Verdicts from JSON text. Raises ValueError, TypeError or IndexError when it is not what was written."""
    return [_til_dom(v) for v in json.loads(text)]


def _dom(v: Verdict) -> list[Any]:
    return [
        v.krav,
        v.post,
        v.enhet,
        v.utfall.value,
        v.styrke.value if v.styrke else None,
        v.begrunnelse,
        _iso(v.frist),
        [[a.rolle, a.post, a.enhet, a.kontakt] for a in v.ansvarlig],
        v.avvik,
        v.lovbrudd,
        [[e.styrke.value, _place(e.place), e.felt, _iso(e.dato), e.referanse] for e in v.bevis],
        [
            [
                f.art.value,
                f.vilkar,
                f.melding,
                f.tiltak,
                _place(f.place),
                f.felt,
                f.fingeravtrykk,
                _iso(f.dato),
                [_place(p) for p in f.se],
                f.avvik,
                list(f.nokkel),
            ]
            for f in v.funn
        ],
    ]


def _til_dom(v: list[Any]) -> Verdict:
    return Verdict(
        krav=v[0],
        post=v[1],
        enhet=v[2],
        utfall=Outcome(v[3]),
        styrke=Strength(v[4]) if v[4] else None,
        begrunnelse=v[5],
        frist=_dato(v[6]),
        ansvarlig=tuple(Responsible(*a) for a in v[7]),
        avvik=v[8],
        lovbrudd=v[9],
        bevis=tuple(Evidence(Strength(e[0]), _til_place(e[1]), e[2], _dato(e[3]), e[4]) for e in v[10]),
        funn=tuple(
            Finding(
                FindingKind(f[0]),
                f[1],
                f[2],
                f[3],
                _til_place(f[4]),
                f[5],
                f[6],
                _dato(f[7]),
                tuple(_til_place(p) for p in f[8]),
                f[9],
                tuple(f[10]),
            )
            for f in v[11]
        ),
    )
