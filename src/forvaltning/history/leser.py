"""Git history of a registry as the rules ask for it: read once, kept in the cache, gone on with from there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from forvaltning.git.arbeidstre import Arbeidstre, git
from forvaltning.git.historikk import Steg, historikk
from forvaltning.git.hode import er_grunn, hode
from forvaltning.git.objekter import GitFeil
from forvaltning.history.arbeidstrinn import Arbeid, arbeidstrinn
from forvaltning.history.endringslogg import Logg
from forvaltning.history.linje import hele, kom
from forvaltning.history.trinn import SETTINGS, Leser, Lop, eksakte_omdop, navnekart
from forvaltning.history.utdragslager import Utdragslager
from forvaltning.model.historie import Historie
from forvaltning.source.lager import Lager

META = "logg"
"""Where the cache keeps the state at the commit that was read last."""
UTEN_GIT = Historie(
    False,
    "Historikken i Git er ikke lest, for registeret ligger ikke i et Git-arkiv. Kjør «git init», og sjekk inn registeret.",
)
UTEN_INNSJEKKING = Historie(
    False, "Registeret er ikke sjekket inn i Git ennå, så endringer kan ikke ses. Sjekk det inn."
)
GRUNN = Historie(
    False,
    "Bare en del av historikken i Git er hentet, så endringer kan ikke ses. Hent resten: «git fetch --unshallow» på "
    "egen maskin, «fetch-depth: 0» i GitHub, «GIT_DEPTH: 0» i GitLab, «fetchDepth: 0» i Azure.",
)
GIT_SVARER_IKKE = Historie(
    False,
    "Git svarer ikke i denne mappen, så endringer kan ikke ses. Se etter at Git er installert, at du eier mappen, og "
    "at arkivet er helt («git fsck»).",
)
SVIKT = (ValueError, TypeError, KeyError, IndexError, AttributeError)
"""What values from a broken cache may raise."""


@dataclass(frozen=True, slots=True)
class Bestilling:
    """What is asked for.

    `commit`: the end of the line, None for HEAD. `mappe`: the registry as Git writes it. `poster`: path → key of the
    records. `tidligere`: former id → id, normalised, as records of every kind say. `ider`: all ids, normalised.
    `fra`: `historie_fra`. `arbeid`: what lies in the work tree, None when only commits count.
    `husk`: whether the cache keeps the state at this commit.
    """

    tre: Arbeidstre
    mappe: str
    poster: Mapping[str, str]
    tidligere: Mapping[str, str]
    ider: frozenset[str]
    commit: str | None = None
    fra: date | None = None
    arbeid: Arbeid | None = None
    husk: bool = True


def les_historie(b: Bestilling, lager: Lager | None) -> Historie:
    """The changes that history shows, or why it can not be seen. Never raises for what Git or the cache does."""
    try:
        if lager is None:
            return _les(b, None)
        try:
            return _les(b, lager)
        except (sqlite3.Error, *SVIKT):
            # Something in the cache is wrong: read all of it again, and keep nothing of the old.
            with Utdragslager(b.tre, lager) as extracts:
                extracts.glem()
            return _les(b, None)
    except GitFeil:
        return GIT_SVARER_IKKE


def _les(b: Bestilling, lager: Lager | None) -> Historie:
    commit = b.commit or hode(b.tre)
    if er_grunn(b.tre):
        return GRUNN
    if commit is None:
        return UTEN_INNSJEKKING if git(b.tre, "rev-parse", "--git-dir") is not None else GIT_SVARER_IKKE
    with Utdragslager(b.tre, lager) as extracts:
        logg = _ved(b, commit, extracts, lager)
        if not logg.nr:
            return UTEN_INNSJEKKING
        if b.arbeid is not None:
            logg.ta(arbeidstrinn(logg, b.arbeid, extracts, sha256=len(commit) == 64))
        found = logg.funn(b.poster, b.fra)
        if lager is not None:
            _lagre(lager, extracts)
    return Historie(True, endringer=found)


def _lagre(lager: Lager, extracts: Utdragslager, **meta: str) -> None:
    with lager.endring():
        extracts.lagre()
        for key, value in meta.items():
            lager.sett_meta(key, value)


# --- the state at a commit -------------------------------------------------------------------------


def _ved(b: Bestilling, commit: str, extracts: Utdragslager, lager: Lager | None) -> Logg:
    kept = _kjent(b, lager)
    if kept is not None and kept["hode"] == commit:
        return Logg.fra(kept["logg"], extracts.hent, kept["navn"])
    steps: list[Steg] | None = None
    if kept is not None and not kept["lenker"] and rett_etter(b.tre, kept["hode"], commit):
        steps = list(historikk(b.tre, b.mappe, commit, etter=kept["hode"]))[::-1]
        if (
            eksakte_omdop(steps)
            or any(map(kom, steps))  # the registry may have lain elsewhere meanwhile
            or not (kept["innstilt"] or _uten_innstillinger(steps))
        ):
            steps = None
    if kept is not None and steps is not None:
        exact = kept["eksakte"]
        logg = Logg.fra(kept["logg"], extracts.hent, kept["navn"])
        now = {p: line.na for p, line in logg.linjer.items() if line.na is not None}
        lop = Lop(kept["modell"], kept["innstilt"], na=now)
    else:
        steps = hele(b.tre, b.mappe, commit)[::-1]
        exact = eksakte_omdop(steps)
        logg, lop = Logg(extracts.hent, navnekart({**exact, **b.tidligere}, b.ider)), Lop()
    trinn = Leser(extracts, lop).trinn(steps)
    extracts.fyll(
        (f.ny.partition("/")[0], f.versjon) for t in trinn for f in t.filer if f.ny is not None and f.versjon
    )
    for t in trinn:
        logg.ta(t)
    if lager is not None and b.husk:
        state = {
            "hode": commit,
            "mappe": b.mappe,
            "navn": navnekart({**exact, **b.tidligere}, b.ider),
            "eksakte": exact,
            "modell": lop.modell,
            "innstilt": lop.innstilt,
            "lenker": lop.lenker,
            "logg": logg.verdier(),
        }
        _lagre(lager, extracts, **{META: json.dumps(state, separators=(",", ":"))})
    return logg


def _kjent(b: Bestilling, lager: Lager | None) -> dict[str, Any] | None:
    """The state the cache keeps, when ids are read in it as they are now."""
    text = lager.meta(META) if lager is not None else None
    if not text:
        return None
    kept: dict[str, Any] = json.loads(text)
    same = kept["mappe"] == b.mappe and kept["navn"] == navnekart({**kept["eksakte"], **b.tidligere}, b.ider)
    return kept if same else None


def _uten_innstillinger(steps: list[Steg]) -> bool:
    return not any(f.ny_sti == SETTINGS for s in steps for f in s.filer)


def rett_etter(tre: Arbeidstre, gammel: str, ny: str) -> bool:
    """True when `gammel` lies on the first-parent line of `ny`: then what is known up to it still holds."""
    out = git(tre, "rev-list", "--first-parent", "--parents", f"{gammel}..{ny}", "--")
    rows = out.decode("ascii", "replace").splitlines() if out else []
    return bool(rows) and gammel in rows[-1].split()[1:2]


__all__ = ["GIT_SVARER_IKKE", "GRUNN", "UTEN_GIT", "UTEN_INNSJEKKING", "Arbeid", "Bestilling", "les_historie"]
