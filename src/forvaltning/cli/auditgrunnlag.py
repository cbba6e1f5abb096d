"""What `audit` tells of: everything that is wrong with the trail, the walk over the records kept between runs."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from forvaltning.cli import historikk_felles

if TYPE_CHECKING:
    from forvaltning.cli.historikk_felles import Historisk
    from forvaltning.cli.okt import Okt
    from forvaltning.engine.revisjonsfunn import Revisjonsfunn
    from forvaltning.git.historikk import Innsjekking, Steg
    from forvaltning.render.historikk_kontrakt import RevisjonJson

LOP = "revisjon:lop"
"""Where the cache keeps what the last walk over the records found."""


def revider(
    okt: Okt,
    h: Historisk,
    signatarer: Path | None,
    ankere_: list[str],
    *,
    signaturer: bool,
    flettinger: bool = False,
) -> tuple[RevisjonJson, list[Revisjonsfunn]]:
    """Everything that is wrong with the trail, by rule and then oldest first."""
    from forvaltning.engine import revisjonsfunn
    from forvaltning.git import signatur
    from forvaltning.git.filspor import linje
    from forvaltning.git.objekter import losne
    from forvaltning.history.linje import hele
    from forvaltning.render.kontrakt import VERSJON

    steps = hele(h.tre, h.mappe, h.hode)
    commits = {s.innsjekking.oid: s.innsjekking for s in reversed(steps)}
    line = linje(h.tre, h.hode)
    tags = signatur.ankere(h.tre)
    tags += [signatur.Anker(f"«{a[:64]}»", "", losne(h.tre, a), True) for a in ankere_]
    found = [
        *revisjonsfunn.datofunn(line, commits),
        *revisjonsfunn.ankerfunn(tags, line, lambda oid: signatur.er_forfar(h.tre, oid, h.hode)),
        *_lop(okt, h, steps, commits),
    ]
    if signaturer:
        found += revisjonsfunn.signaturfunn(signatur.signaturer(h.tre, h.leser, commits, signatarer), commits)
    if flettinger:
        found += _rode_flettinger(okt, h, commits)
    order = {regel: n for n, regel in enumerate(revisjonsfunn.REGLER)}
    place = {oid: n for n, oid in enumerate(commits)}
    found.sort(
        key=lambda f: (order[f.regel], place.get(f.innsjekking.oid, -1) if f.innsjekking is not None else -1)
    )
    head: RevisjonJson = {
        "versjon": VERSJON,
        "registry": okt.visningssti,
        "commit": h.hode,
        "historie": h.historie,
        "innsjekkinger": len(commits),
        "ankere": [a.navn for a in tags],
        "utelatt": [],
        "funn": [],
    }
    return head, found


def _lop(
    okt: Okt, h: Historisk, steg: list[Steg], innsjekkinger: dict[str, Innsjekking]
) -> list[Revisjonsfunn]:
    """What the walk over the records finds: as it was kept while commit and settings are the same."""
    from forvaltning.cli.trendferd import ODELAGT, husk, tekst
    from forvaltning.engine.revisjonsfunn import fra_verdier, verdier

    lager = okt.lager
    try:
        settings = hashlib.sha256((okt.rot / "forvaltning.yaml").read_bytes()).hexdigest()
        key = f"{h.hode}|{h.mappe}|{settings}"
        stored = json.loads((lager.meta(LOP) if lager is not None else None) or "null")
        if stored is not None and stored["nokkel"] == key:
            return [fra_verdier(v, innsjekkinger) for v in stored["funn"]]
    except (OSError, sqlite3.Error, *ODELAGT):
        key = ""
    found = _gjennomga(okt, h, steg)
    if key:
        husk(lager, {LOP: tekst({"nokkel": key, "funn": [verdier(f) for f in found]})})
    return found


def _gjennomga(okt: Okt, h: Historisk, steg: list[Steg]) -> list[Revisjonsfunn]:
    from forvaltning.engine.revisor import Revisor
    from forvaltning.git.signatur import meldinger

    def brakt(c: Innsjekking) -> list[str]:
        if len(c.foreldre) < 2:
            return [c.tekst]
        return [c.tekst, *meldinger(h.tre, c.foreldre[0], c.oid)]

    trail = historikk_felles.lag_spor(okt, h, steg)
    return list(Revisor(trail, brakt, okt.innstillinger.historie_fra).funn())


def _rode_flettinger(okt: Okt, h: Historisk, commits: dict[str, Innsjekking]) -> Iterator[Revisjonsfunn]:
    """Merges after which a requirement is broken that was not before them."""
    from forvaltning.cli.trendgrunnlag import svar
    from forvaltning.engine.revisjonsfunn import rod_fletting

    points, courses, _ = svar(okt, h, "commit")
    for f in courses:
        commit = commits.get(f.fra_commit or "")
        if f.fra and commit is not None and len(commit.foreldre) > 1 and points[f.fra].commit == commit.oid:
            yield rod_fletting(commit, f.krav, f.post)
