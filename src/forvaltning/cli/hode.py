"""From a session to what the renderers need: the head of the JSON report, and the names the text uses.

Nothing here loads the records or pydantic when the cache already knows the answer.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

from forvaltning import __version__
from forvaltning.cli import historielager
from forvaltning.cli.lagring import ORD
from forvaltning.render.kontrakt import VERSJON
from forvaltning.render.tekst_grunnlag import Grunnlag

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt, Rapport


def hode(okt: Okt, rapport: Rapport) -> dict[str, Any]:
    """Everything before `resultater` (issue 2, section 3)."""
    from forvaltning.render import json_rapport

    return {
        "versjon": VERSJON,
        "verktoy": f"forvaltning {__version__}",
        "regelsett": okt.regelsett,
        "dato": rapport.dato.isoformat(),
        "registry": rapport.registry,
        "commit": okt.git.commit,
        "endret": okt.git.endret,
        "historie": okt.git.historie,
        "innstillinger": {
            **okt.hode,
            "eksempel": okt.hode["eksempel"] is not None,
            "datokilde": rapport.datokilde,
            "egne": sorted(okt.hode["egne"]),
        },
        "sammendrag": json_rapport.sammendrag(rapport.sammendrag, rapport.problemer),
    }


def lag_ord(okt: Okt) -> dict[str, Any]:
    """The words a report uses: of the municipality, its roles and fora, and of the requirements."""
    from forvaltning.krav.katalog import ALLE, OMRADER
    from forvaltning.krav.typer import ALLE_ANSATTE

    s = okt.innstillinger
    return {
        "kommune": s.kommune.navn if s.kommune else "",
        "roller": {
            ALLE_ANSATTE.kode: ALLE_ANSATTE.navn,
            **{k: f.navn for k, f in s.fora.items()},
            **s.rolletyper,
        },
        "rolletyper": list(s.rolletyper),
        "funksjoner": dict(s.funksjoner),
        "titler": {k.nummer: k.tittel for k in ALLE},
        "lover": [k.nummer for k in ALLE if k.lov],
        "omrader": {str(n): title for n, title in OMRADER.items()},
    }


def ord_for(okt: Okt) -> dict[str, Any]:
    """The words, from the cache while the settings file is as it was."""
    if okt.lager is None:
        return lag_ord(okt)
    try:
        stored = okt.lager.meta(ORD) if okt.fra_lager else None
        if stored is not None:
            return dict(json.loads(stored))
        words = lag_ord(okt)
        with okt.lager.endring():
            if okt.eier(okt.lager):
                okt.lager.sett_meta(ORD, json.dumps(words, ensure_ascii=False))
    except (sqlite3.Error, ValueError):
        return lag_ord(okt)
    return words


def postnavn(okt: Okt, key: str) -> str:
    """A record's name, its id when it has none or can not be read."""
    ident = key.rpartition("/")[2]
    if okt.fra_lager and okt.lager is not None and not key.startswith("?"):
        try:
            stored = okt.lager.faktum(f"{key}.yaml")
            if stored:
                return str(json.loads(stored)[2])
        except (sqlite3.Error, ValueError, LookupError, TypeError):
            pass
    found = okt.register.oppforing(ident)
    return found.navn if found is not None else ident


def historie_ukjent(okt: Okt) -> str:
    """Why history could not be seen, empty when it was."""
    return historielager.ukjent(okt)


def grunnlag(okt: Okt, rapport: Rapport, snevret: tuple[str, ...] = ()) -> Grunnlag:
    """What the text report is made from."""
    words = ord_for(okt)
    roles, functions = words["roller"], words["funksjoner"]

    def rollenavn(kode: str) -> str:
        unit = functions.get(kode)
        if kode in roles:
            return str(roles[kode])
        return okt.navn.get(unit, unit) if unit else kode.replace("_", " ").capitalize()

    return Grunnlag(
        sti=rapport.registry,
        kommune=words["kommune"],
        dato=rapport.dato,
        datokilde=rapport.datokilde,
        dommer=rapport.dommer,
        problemer=rapport.problemer,
        sammendrag=rapport.sammendrag,
        steder=okt.steder,
        titler=words["titler"],
        lover=frozenset(words["lover"]),
        omrader={int(n): title for n, title in words["omrader"].items()},
        postnavn=lambda key: postnavn(okt, key),
        enhetsnavn=lambda ident: okt.navn.get(ident, ident),
        rollenavn=rollenavn,
        rolletyper=frozenset(words["rolletyper"]),
        historie_ukjent=historie_ukjent(okt),
        snevret=snevret,
        vindu=okt.hode["varslingsvindu_dager"],
        ferdig_med=okt.steder.slipp,
        ved=okt.ved or "",
    )
