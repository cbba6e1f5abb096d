"""The formats of a check: which there are, and how a report becomes one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from forvaltning.cli.hode import hode, ord_for
from forvaltning.git.objekter import prefiks

if TYPE_CHECKING:
    from forvaltning.cli.mot import Mot
    from forvaltning.cli.okt import Okt, Rapport
    from forvaltning.cli.utvalg import Utvalg
    from forvaltning.render.formater.grunnlag import Grunnlag

MASKINFORMATER = (
    "github",
    "sarif",
    "sarif-full",
    "junit",
    "azure",
    "gitlab",
    "markdown",
    "csv",
    "csv-vurderinger",
)
"""The names in `render.formater.tabell`, known without importing it; a test holds them to the table."""
FORMATER = ("text", "json", *MASKINFORMATER)
VIL_HA_ALLE = frozenset({"junit", "csv-vurderinger"})
"""Formats that tell of green verdicts too; held to the table by the same test."""


def som_json(okt: Okt, report: Rapport, utvalg: Utvalg, mot: Mot | None = None) -> Iterator[str]:
    """The report as JSON, contract version 1."""
    from forvaltning.render import json_rapport

    head = hode(okt, report)
    if not utvalg.alt:
        head["utvalg"] = {
            "krav": list(utvalg.krav),
            "omrader": list(utvalg.omrader),
            "poster": list(utvalg.poster),
            "enheter": sorted(utvalg.enheter) if utvalg.enheter is not None else None,
            "roller": list(utvalg.roller),
            "stier": list(utvalg.stier),
        }
    if mot is not None:
        head["mot"] = mot_som_json(okt, mot)
    return json_rapport.strom(head, okt.json_tekster(report, utvalg), report.problemer, okt.steder)


def mot_som_json(okt: Okt, mot: Mot) -> dict[str, Any]:
    """A comparison in the form of the contract (optional since version 1)."""
    s, v = mot.sammenligning, mot.virkning
    return {
        "base": mot.base.commit,
        "kilde": mot.base.kilde,
        "blokkerer": s.blokkerer,
        "nye": [f.fingeravtrykk for _, f in s.nye],
        "gamle": [f.fingeravtrykk for _, f in s.gamle],
        "rettet": [_rettet(d.krav, d.post, f) for d, f in s.rettet],
        "problemer": {
            "nye": [p.fingeravtrykk for p in s.nye_problemer],
            "gamle": [p.fingeravtrykk for p in s.gamle_problemer],
            "rettet": [{"regel": p.regel, "fil": p.fil, "melding": p.melding} for p in s.rettede_problemer],
        },
        "endringer": [
            {
                "post": p.post,
                "navn": p.navn,
                "slag": p.slag,
                "felter": [
                    {"felt": e.felt, "tittel": e.tittel, "gammel": e.gammel, "ny": e.ny} for e in p.felter
                ],
                "avhengige": list(p.avhengige),
            }
            for p in v.poster
        ],
        "krav": [
            {
                "krav": k.krav,
                "post": k.post,
                "enhet": k.enhet,
                "fra": k.fra.value if k.fra else None,
                "til": k.til.value if k.til else None,
            }
            for k in v.krav
        ],
        "foreldet": [{"slag": f.slag, "post": f.post, "grunn": f.grunn} for f in v.foreldet],
    }


def _rettet(krav: str, post: str, f: Any) -> dict[str, Any]:
    return {
        "krav": krav,
        "post": post,
        "art": f.art.value,
        "vilkar": f.vilkar,
        "melding": f.melding,
        "felt": f.felt,
        "fingeravtrykk": f.fingeravtrykk,
    }


def grunnlag(okt: Okt, report: Rapport, mot: Mot | None) -> Grunnlag:
    """What every machine format is made from."""
    from forvaltning.krav.katalog import ALLE, OMRADER
    from forvaltning.render import kontrakt
    from forvaltning.render.formater.grunnlag import Grunnlag

    new: frozenset[str] | None = None
    mended: list[Any] = []
    if mot is not None:
        s = mot.sammenligning
        new = frozenset([f.fingeravtrykk for _, f in s.nye] + [p.fingeravtrykk for p in s.nye_problemer])
        mended = [_rettet(v.krav, v.post, f) for v, f in s.rettet]
        mended += [
            {"regel": p.regel, "fil": p.fil, "melding": p.melding, "fingeravtrykk": p.fingeravtrykk}
            for p in s.rettede_problemer
        ]
    tre = okt.arbeidstre
    return Grunnlag(
        hode(okt, report),
        [kontrakt.resultat(v, okt.steder) for v in report.dommer],
        [kontrakt.problem(p, okt.steder) for p in report.problemer],
        prefiks=prefiks(tre, okt.rot) if tre is not None else report.registry,
        nye=new,
        rettet=mended,
        base=mot.base.commit if mot is not None else None,
        krav={k.nummer: k.tittel for k in ALLE},
        omrader={str(n): title for n, title in OMRADER.items()},
        roller=_roller(okt),
        virkning=mot_som_json(okt, mot) if mot is not None else None,
        svikt=[f"Regelen «{s.regel}» for krav {s.krav} sviktet for {s.post}." for s in report.svikt],
    )


def _roller(okt: Okt) -> dict[str, str]:
    """Names by code: role types and fora, and the units that fill the functions."""
    words = ord_for(okt)
    units = {kode: okt.navn.get(unit, unit) for kode, unit in words["funksjoner"].items()}
    return {**units, **words["roller"]}


def som_format(navn: str, g: Grunnlag) -> Iterator[str]:
    """The report in a machine format."""
    from forvaltning.render.formater.tabell import FORMATER as TABELL

    return TABELL[navn].lag(g)
