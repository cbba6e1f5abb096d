"""What `trend` is made from: kept from the last run while nothing has changed, gone on with when something has."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from forvaltning.cli.trendferd import ODELAGT, TILSTAND, Begynt, beregn, husk, tekst
from forvaltning.engine.forlop import Forlop, Punkt, punkter_fra, punktverdier

if TYPE_CHECKING:
    from forvaltning.cli.historikk_felles import Historisk
    from forvaltning.cli.okt import Okt
    from forvaltning.source.lager import Lager

SVAR, HODE = "trend:svar:", "trend:innstillinger"
"""Where the cache keeps the last answer for each period, and the settings."""


class Svar(NamedTuple):
    """Points, courses, and what the requirements are called."""

    punkter: list[Punkt]
    forlop: list[Forlop]
    titler: dict[str, str]


def svar(okt: Okt, h: Historisk, per: str) -> Svar:
    """Points and courses: as they were kept while commit and date are the same, else worked out."""
    lager = okt.lager if not h.grunn else None  # what there is of a shallow history may be more next time
    begun = Begynt(h if _forste_gang(lager, per) else None)
    try:
        return _svar(okt, h, per, lager, begun)
    finally:
        begun.lukk()


def _forste_gang(lager: Lager | None, per: str) -> bool:
    """Whether nothing is kept that a run could go on from."""
    try:
        return lager is None or not lager.har_meta(TILSTAND + per)
    except sqlite3.Error:
        return True


def _svar(okt: Okt, h: Historisk, per: str, lager: Lager | None, begynt: Begynt) -> Svar:
    _kjente_innstillinger(okt, lager)
    key = f"{h.hode}|{h.mappe}|{okt.dato}|{h.historie}"
    if lager is not None:
        try:
            stored = json.loads(lager.meta(SVAR + per) or "null")
            if stored is not None and stored["nokkel"] == key:
                return Svar(
                    punkter_fra(stored["punkter"]), [Forlop(*f) for f in stored["forlop"]], stored["titler"]
                )
        except (sqlite3.Error, *ODELAGT):
            pass  # worked out again
    line = beregn(okt, h, per, lager, begynt)
    from forvaltning.krav.katalog import ALLE

    out = Svar(line.punkter, line.forlop, {k.nummer: k.tittel for k in ALLE})
    value = {
        "nokkel": key,
        "punkter": punktverdier(out.punkter),
        "forlop": [f.verdier() for f in out.forlop],
        "titler": out.titler,
    }
    if not line.versjoner.mangler:  # what could not be seen may be there the next time
        husk(lager, {SVAR + per: tekst(value)})
    return out


def _kjente_innstillinger(okt: Okt, lager: Lager | None) -> None:
    """Let a session know its settings without reading them anew, while the file holds the same bytes."""
    if lager is None:
        return
    from forvaltning.cli.okt import SETTINGS_FILE

    try:
        sha = hashlib.sha256((okt.rot / SETTINGS_FILE).read_bytes()).hexdigest()
        kept = json.loads(lager.meta(HODE) or "null")
        if kept is not None and kept["sha"] == sha:
            okt.bruk_innstillinger_fra(_Husket(json.dumps(kept["hode"])))  # type: ignore[arg-type]
            return
    except (OSError, sqlite3.Error, *ODELAGT):
        return
    husk(lager, {HODE: tekst({"sha": sha, "hode": okt.hode})})


class _Husket(NamedTuple):
    """The settings as the cache gives them."""

    tekst: str

    def meta(self, _: str) -> str:
        """The settings."""
        return self.tekst
