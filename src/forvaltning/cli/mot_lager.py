"""A comparison with a base, kept in the cache: as long as neither side has changed it is only read again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from forvaltning.engine.kodek import dommer_fra_tekst, dommer_til_tekst
from forvaltning.engine.sammenligning import Sammenligning
from forvaltning.engine.virkning import Foreldet, Kravendring, Postendring, Virkning
from forvaltning.findings import Finding, Outcome, Verdict
from forvaltning.history.felt import FeltEndring
from forvaltning.source.fakta import problem_fra_liste, problem_til_liste

if TYPE_CHECKING:
    from collections.abc import Iterable

Par = tuple[Verdict, Finding]


def til_tekst(s: Sammenligning, v: Virkning) -> str:
    """A comparison as JSON text. Findings of the newer state are named by key, those of the base are kept whole."""
    value = {
        "nye": [_nokkel(p) for p in s.nye],
        "gamle": [_nokkel(p) for p in s.gamle],
        "rettet": [[dommer_til_tekst([d]), list(f.nokkel)] for d, f in s.rettet],
        "problemer": [
            [problem_til_liste(p) for p in group]
            for group in (s.nye_problemer, s.gamle_problemer, s.rettede_problemer)
        ],
        "poster": [
            [p.post, p.navn, p.slag, [_felt(e) for e in p.felter], list(p.avhengige)] for p in v.poster
        ],
        "krav": [[k.krav, k.post, k.enhet, k.fra, k.til] for k in v.krav],
        "foreldet": [[f.slag, f.post, f.grunn] for f in v.foreldet],
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def fra_tekst(text: str, synlige: Iterable[Verdict]) -> tuple[Sammenligning, Virkning]:
    """A comparison from JSON text. `synlige`: the verdicts of the newer state. Raises `KeyError` and `ValueError`."""
    value: dict[str, Any] = json.loads(text)
    known = {(v.krav, v.post, f.nokkel): (v, f) for v in synlige for f in v.funn}

    def find(keys: list[Any]) -> list[Par]:
        return [known[krav, post, tuple(key)] for krav, post, key in keys]

    groups = [[problem_fra_liste(p) for p in group] for group in value["problemer"]]
    s = Sammenligning(find(value["nye"]), find(value["gamle"]), [], *groups)
    for verdict, key in value["rettet"]:
        (d,) = dommer_fra_tekst(verdict)
        s.rettet.append((d, next(f for f in d.funn if f.nokkel == tuple(key))))
    v = Virkning(
        [
            Postendring(post, navn, slag, tuple(_til_felt(e) for e in felter), tuple(avhengige))
            for post, navn, slag, felter, avhengige in value["poster"]
        ],
        [Kravendring(k, p, e, _utfall(a), _utfall(b)) for k, p, e, a, b in value["krav"]],
        [Foreldet(*f) for f in value["foreldet"]],
    )
    return s, v


def _nokkel(pair: Par) -> list[Any]:
    return [pair[0].krav, pair[0].post, list(pair[1].nokkel)]


def _felt(e: FeltEndring) -> list[Any]:
    return [e.felt, e.tittel, e.gammel, e.ny, list(e.path), e.henvisning]


def _til_felt(e: list[Any]) -> FeltEndring:
    return FeltEndring(e[0], e[1], e[2], e[3], tuple(e[4]), e[5])


def _utfall(text: str | None) -> Outcome | None:
    return Outcome(text) if text else None
