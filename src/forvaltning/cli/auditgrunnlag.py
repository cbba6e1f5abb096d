"""What `audit` tells of: everything that is wrong with the trail, the walk over the records kept between runs."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forvaltning.cli import historikk_felles
from forvaltning.cli.stopp import Stopp
from forvaltning.git.underveis import Underveis
from forvaltning.source.text import quoted

if TYPE_CHECKING:
    from forvaltning.cli.historikk_felles import Historisk
    from forvaltning.cli.okt import Okt
    from forvaltning.engine.revisjonsfunn import Revisjonsfunn
    from forvaltning.git.historikk import Innsjekking, Steg
    from forvaltning.git.signatur import Anker
    from forvaltning.history.gang import Gang
    from forvaltning.history.versjoner import Versjoner
    from forvaltning.render.historikk_kontrakt import RevisjonJson

_HELT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
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
    from forvaltning.engine.revisjonsfunn import SLAG
    from forvaltning.git.filspor import linje
    from forvaltning.git.objekter import krev
    from forvaltning.history.gang import Gang
    from forvaltning.history.linje import hele

    walk = _kjent(okt, h)
    begun = Underveis(lambda: linje(h.tre, h.hode))
    gang = Gang(h.tre, h.mappe, h.hode, SLAG) if walk.verdier is None else None
    try:
        if gang is not None:
            _begynn(okt, h, gang, walk)
        steps = gang.steg() if gang is not None else hele(h.tre, h.mappe, h.hode)
        there = Underveis(lambda: krev(h.tre, _blober(steps)))
        if walk.versjoner is not None and gang is not None:
            walk.versjoner.medleser = gang.medleser
        out = _revider(
            okt,
            h,
            signatarer,
            ankere_,
            steps,
            begun.svar(),
            walk,
            signaturer=signaturer,
            flettinger=flettinger,
        )
        there.svar()
        return out
    finally:
        if gang is not None:
            gang.lukk()


def _blober(steg: list[Steg]) -> set[str]:
    """The content that some steps left behind; a submodule's lies elsewhere."""
    return {f.ny_oid for s in steg for f in s.filer if f.ny_oid and f.ny_mode[:2] in {"10", "12"}}


def _begynn(okt: Okt, h: Historisk, gang: Gang, walk: _Lop) -> None:
    """What can be done while Git walks: import, build the models, and read what the first commit holds."""
    import forvaltning.engine.revisor  # noqa: F401 - while Git answers
    from forvaltning.engine.revisjonsfunn import SLAG
    from forvaltning.history.versjoner import Versjoner
    from forvaltning.model.kinds import KINDS
    from forvaltning.model.valider import klargjor
    from forvaltning.source.samler import paused_gc

    klargjor(KINDS[kind] for kind in SLAG)
    walk.versjoner = Versjoner(h.leser, lambda: okt.innstillingsfil, kort=True)
    with paused_gc():
        walk.versjoner.les_underveis(gang)


def _revider(
    okt: Okt,
    h: Historisk,
    signatarer: Path | None,
    ankere_: list[str],
    steps: list[Steg],
    line: list[tuple[str, int, int]],
    walk: _Lop,
    *,
    signaturer: bool,
    flettinger: bool,
) -> tuple[RevisjonJson, list[Revisjonsfunn]]:
    from forvaltning.engine import revisjonsfunn
    from forvaltning.git import signatur
    from forvaltning.git.filspor import innsjekkinger
    from forvaltning.render.kontrakt import VERSJON

    commits = {s.innsjekking.oid: s.innsjekking for s in reversed(steps)}
    tags, later = _ankere(h, ankere_, {oid for oid, _, _ in line})
    found = [
        *revisjonsfunn.datofunn(line, commits | innsjekkinger(h.tre, revisjonsfunn.utenfor(line, commits))),
        *(
            ()
            if later and not tags
            else revisjonsfunn.ankerfunn(tags, line, lambda oid: signatur.er_forfar(h.tre, oid, h.hode))
        ),
        *_lop(okt, h, steps, commits, walk),
    ]
    if signaturer:
        found += revisjonsfunn.signaturfunn(signatur.signaturer(h.tre, h.leser, commits, signatarer), commits)
    if flettinger:
        found += _rode_flettinger(okt, h, commits)
    order = {regel: n for n, regel in enumerate(revisjonsfunn.REGLER)}
    place = {oid: n for n, (oid, _, _) in enumerate(reversed(line))}
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
        "utelatt": [f"ankeret {a.navn} (satt senere)" for a in later],
        "funn": [],
    }
    return head, found


def _ankere(h: Historisk, valgte: list[str], linje_: set[str]) -> tuple[list[Anker], list[Anker]]:
    """The recorded points, and those of them that came after the day the trail is looked at from. Raises `Stopp`."""
    from forvaltning.git.filspor import linje
    from forvaltning.git.objekter import losne
    from forvaltning.git.signatur import Anker, ankere

    tags = ankere(h.tre)
    for a in valgte:
        commit = losne(h.tre, a) if a else None
        if commit is None and not _HELT.fullmatch(a):
            raise Stopp(
                f"Fant ikke revisjonen {quoted(a, 64)} etter «--anchor».",
                "Skriv hele innsjekkingens id. Da sees det også om den er borte.",
            )
        tags.append(Anker(f"«{a[:64]}»", "", commit, True))
    head = losne(h.tre, "HEAD") if tags else None
    if head is None or head == h.hode:
        return tags, []
    after = {oid for oid, _, _ in linje(h.tre, head)} - linje_
    return [a for a in tags if a.commit not in after], [a for a in tags if a.commit in after]


@dataclass(slots=True)
class _Lop:
    """The walk over the records: what it found before, or who reads the versions while it is made."""

    nokkel: str = ""
    """Commit and settings that it holds for; empty when it can not be kept."""
    verdier: list[list[Any]] | None = None
    versjoner: Versjoner | None = None


def _kjent(okt: Okt, h: Historisk) -> _Lop:
    """What was kept of the walk, while commit and settings are the same."""
    from forvaltning.cli.trendferd import ODELAGT

    lager, key = okt.lager, ""
    try:
        settings = hashlib.sha256((okt.rot / "forvaltning.yaml").read_bytes()).hexdigest()
        key = f"{h.hode}|{h.mappe}|{settings}"
        stored = json.loads((lager.meta(LOP) if lager is not None else None) or "null")
        if stored is not None and stored["nokkel"] == key:
            return _Lop(key, stored["funn"])
    except (OSError, sqlite3.Error, *ODELAGT):
        key = ""
    return _Lop(key)


def _lop(
    okt: Okt, h: Historisk, steg: list[Steg], innsjekkinger: dict[str, Innsjekking], walk: _Lop
) -> list[Revisjonsfunn]:
    """What the walk over the records finds."""
    from forvaltning.cli.trendferd import ODELAGT, husk, tekst
    from forvaltning.engine.revisjonsfunn import fra_verdier, verdier

    if walk.verdier is not None:
        with suppress(*ODELAGT):
            return [fra_verdier(v, innsjekkinger) for v in walk.verdier]
        walk.nokkel = ""
    found = _gjennomga(okt, h, steg, walk)
    if walk.nokkel:
        husk(okt.lager, {LOP: tekst({"nokkel": walk.nokkel, "funn": [verdier(f) for f in found]})})
    return found


def _gjennomga(okt: Okt, h: Historisk, steg: list[Steg], walk: _Lop) -> list[Revisjonsfunn]:
    from forvaltning.engine.revisor import Revisor
    from forvaltning.git.objekter import GitFeil
    from forvaltning.git.signatur import meldinger
    from forvaltning.history.versjoner import Versjoner
    from forvaltning.source.samler import paused_gc

    def brakt(c: Innsjekking) -> list[str]:
        if len(c.foreldre) < 2:
            return [c.tekst]
        return [c.tekst, *meldinger(h.tre, c.foreldre[0], c.oid)]

    with paused_gc():
        versions = walk.versjoner or Versjoner(h.leser, lambda: okt.innstillingsfil, kort=True)
        trail = historikk_felles.lag_spor(okt, h, steg, versions)
        settings = trail.versjoner.innstillinger(trail.hode_innstillinger).innstillinger
        found = list(Revisor(trail, brakt, settings.historie_fra).funn())
    if trail.versjoner.mangler:
        raise GitFeil("cat-file")
    return found


def _rode_flettinger(okt: Okt, h: Historisk, commits: dict[str, Innsjekking]) -> Iterator[Revisjonsfunn]:
    """Merges after which a requirement is broken that was not before them."""
    from forvaltning.cli.trendgrunnlag import svar
    from forvaltning.engine.revisjonsfunn import rod_fletting

    points, courses, _ = svar(okt, h, "commit")
    for f in courses:
        commit = commits.get(f.fra_commit or "")
        if f.fra and commit is not None and len(commit.foreldre) > 1 and points[f.fra].commit == commit.oid:
            yield rod_fletting(commit, f.krav, f.post)
