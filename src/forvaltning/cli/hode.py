"""From a session to what the renderers need: the head of the JSON report, and the names the text uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forvaltning import __version__
from forvaltning.render import json_rapport
from forvaltning.render.kontrakt import VERSJON
from forvaltning.render.tekst_grunnlag import Grunnlag

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt, Rapport


def hode(okt: Okt, rapport: Rapport) -> dict[str, Any]:
    """Everything before `resultater` (issue 2, section 3)."""
    s = okt.innstillinger
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
            "modell": s.modell,
            "gjelder_fra": s.gjelder_fra.isoformat() if s.gjelder_fra else None,
            "historie_fra": s.historie_fra.isoformat() if s.historie_fra else None,
            "varslingsvindu_dager": s.varslingsvindu_dager,
            "intervaller": dict(s.intervaller),
            "dager": dict(s.dager),
            "eksempel": s.eksempel is not None,
            "datokilde": rapport.datokilde,
            "egne": sorted(okt.innlest.egne),
        },
        "sammendrag": json_rapport.sammendrag(rapport.sammendrag, rapport.problemer),
    }


def postnavn(okt: Okt, key: str) -> str:
    """A record's name, its id when it has none or can not be read."""
    ident = key.rpartition("/")[2]
    found = okt.register.oppforing(ident)
    return str(getattr(found.post, "navn", None) or ident) if found is not None else ident


def rollenavn(okt: Okt, kode: str) -> str:
    """What a role type, forum, function or everyone is called."""
    from forvaltning.krav.typer import ALLE_ANSATTE

    s = okt.innstillinger
    if kode == ALLE_ANSATTE.kode:
        return ALLE_ANSATTE.navn
    unit = s.funksjoner.get(kode)
    if kode in s.rolletyper:
        return s.rolletyper[kode]
    if kode in s.fora:
        return s.fora[kode].navn
    return postnavn(okt, f"enheter/{unit}") if unit else kode.replace("_", " ").capitalize()


def grunnlag(okt: Okt, rapport: Rapport, snevret: tuple[str, ...] = ()) -> Grunnlag:
    """What the text report is made from."""
    from forvaltning.krav.katalog import ALLE, OMRADER

    settings = okt.innstillinger
    history = okt.register.historie
    return Grunnlag(
        sti=rapport.registry,
        kommune=settings.kommune.navn if settings.kommune else "",
        dato=rapport.dato,
        datokilde=rapport.datokilde,
        poster=len(okt.register),
        dommer=rapport.dommer,
        problemer=rapport.problemer,
        sammendrag=rapport.sammendrag,
        steder=okt.steder,
        titler={k.nummer: k.tittel for k in ALLE},
        lover=frozenset(k.nummer for k in ALLE if k.lov),
        omrader=OMRADER,
        postnavn=lambda key: postnavn(okt, key),
        enhetsnavn=lambda ident: postnavn(okt, f"enheter/{ident}"),
        rollenavn=lambda kode: rollenavn(okt, kode),
        rolletyper=frozenset(settings.rolletyper),
        historie_ukjent="" if history.kjent else history.grunn,
        snevret=snevret,
        ferdig_med=okt.steder.slipp,
    )
