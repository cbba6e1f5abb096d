"""A checklist as JSON: a contract with its own frozen types, so that inner changes never break a reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import TypedDict

from forvaltning.documents.grunnlag import Hode
from forvaltning.engine.sjekkliste.typer import Mangel, Mottakerstand, Portstand, Punkt, Sjekkliste, Sted

VERSJON = 1


class StedJson(TypedDict):
    """Where something is written. `sted` is file and line; empty for a record that is not made yet."""

    post: str
    felt: str
    sted: str


class MangelJson(TypedDict):
    """One thing that is missing. `funn`, for a requirement: mangler, feil or utlopt."""

    melding: str
    tiltak: str
    funn: str | None
    hvor: StedJson | None


class AnsvarligJson(TypedDict):
    """Who answers: the role type, and the record that fills it when there is one."""

    rolle: str
    post: str | None
    enhet: str | None
    kontakt: str | None


class BevisJson(TypedDict):
    """What a done item rests on."""

    styrke: str
    post: str
    felt: str
    dato: str | None
    referanse: str | None


class PunktJson(TypedDict):
    """One item. `art`: manuell, avledet or krav. `tilstand`: utfort, apent, ikke_aktuelt or ikke_avgjort."""

    id: str
    gruppe: str
    tittel: str
    hjelp: str
    art: str
    tilstand: str
    krav: str | None
    kan_fravelges: bool
    dato: str | None
    av: str | None
    dokumentasjon: str | None
    styrke: str | None
    grunn: str | None
    notat: str | None
    frist: str | None
    avvik: str | None
    bevis: list[BevisJson]
    mangler: list[MangelJson]
    ansvarlig: list[AnsvarligJson]


class PortJson(TypedDict):
    """One gate or heading: `utfort` of `antall` relevant items are done; `blokkerer` names the rest."""

    id: str
    tittel: str
    port: bool
    utfort: int
    antall: int
    ikke_aktuelle: int
    blokkerer: list[str]
    lukket: str | None
    av: str | None
    frist: str | None


class MottakerJson(TypedDict):
    """One receiver. `enhet` is null where nobody is named; `forslag` is then the natural unit."""

    plass: str
    enhet: str | None
    navn: str
    forslag: str | None
    signert: str | None
    av: str | None
    mangler: list[MangelJson]


class SjekklisteJson(TypedDict):
    """What `forvaltning handover ID --format json` and `forvaltning checklist NAVN --format json` write."""

    versjon: int
    verktoy: str
    registry: str
    commit: str | None
    endret: bool
    dato: str
    datokilde: str
    uleste: list[str]
    liste: str
    tittel: str
    post: str | None
    navn: str
    type: str | None
    overlevering: str | None
    opphav: str | None
    avgiver: str | None
    startet: str | None
    produksjon: str | None
    fullfort: bool
    merknader: list[str]
    mottakere: list[MottakerJson]
    porter: list[PortJson]
    punkter: list[PunktJson]


def som_verdier(s: Sjekkliste, h: Hode, finn: Callable[[Sted], str]) -> SjekklisteJson:
    """The checklist in the form of the contract."""
    return {
        "versjon": VERSJON,
        "verktoy": h.verktoy,
        "registry": h.registry,
        "commit": h.commit,
        "endret": h.endret,
        "dato": h.dato.isoformat(),
        "datokilde": h.datokilde,
        "uleste": list(h.uleste),
        "liste": s.navn,
        "tittel": s.tittel,
        "post": s.post,
        "navn": s.postnavn,
        "type": s.type,
        "overlevering": s.overlevering,
        "opphav": s.opphav,
        "avgiver": s.avgiver,
        "startet": _iso(s.startet),
        "produksjon": _iso(s.produksjon),
        "fullfort": s.fullfort,
        "merknader": list(s.merknader),
        "mottakere": [_mottaker(m, finn) for m in s.mottakere],
        "porter": [_port(p) for p in s.porter],
        "punkter": [_punkt(p, finn) for p in s.punkter],
    }


def som_json(s: Sjekkliste, h: Hode, finn: Callable[[Sted], str]) -> str:
    """The checklist as JSON text."""
    return json.dumps(som_verdier(s, h, finn), ensure_ascii=False, indent=1) + "\n"


def _iso(d: date | None) -> str | None:
    return d.isoformat() if d is not None else None


def _port(p: Portstand) -> PortJson:
    return {
        "id": p.id,
        "tittel": p.tittel,
        "port": p.port,
        "utfort": p.utfort,
        "antall": p.antall,
        "ikke_aktuelle": p.ikke_aktuelle,
        "blokkerer": list(p.blokkerer),
        "lukket": _iso(p.lukket),
        "av": p.av,
        "frist": _iso(p.frist),
    }


def _mottaker(m: Mottakerstand, finn: Callable[[Sted], str]) -> MottakerJson:
    return {
        "plass": m.plass,
        "enhet": m.enhet,
        "navn": m.navn,
        "forslag": m.forslag,
        "signert": _iso(m.signert),
        "av": m.av,
        "mangler": [_mangel(x, finn) for x in m.mangler],
    }


def _mangel(m: Mangel, finn: Callable[[Sted], str]) -> MangelJson:
    where: StedJson | None = None
    if m.sted is not None:
        where = {"post": m.sted.post, "felt": m.sted.felt, "sted": finn(m.sted) if m.sted.post else ""}
    return {"melding": m.melding, "tiltak": m.tiltak, "funn": m.slag.value if m.slag else None, "hvor": where}


def _punkt(p: Punkt, finn: Callable[[Sted], str]) -> PunktJson:
    return {
        "id": p.id,
        "gruppe": p.gruppe,
        "tittel": p.tittel,
        "hjelp": p.hjelp,
        "art": p.art.value,
        "tilstand": p.tilstand.value,
        "krav": p.krav,
        "kan_fravelges": p.kan_fravelges,
        "dato": _iso(p.dato),
        "av": p.av,
        "dokumentasjon": p.dokumentasjon,
        "styrke": p.styrke.value if p.styrke else None,
        "grunn": p.grunn,
        "notat": p.notat,
        "frist": _iso(p.frist),
        "avvik": p.avvik,
        "bevis": [
            {
                "styrke": b.styrke.value,
                "post": b.place.post,
                "felt": b.felt,
                "dato": _iso(b.dato),
                "referanse": b.referanse,
            }
            for b in p.bevis
        ],
        "mangler": [_mangel(m, finn) for m in p.mangler],
        "ansvarlig": [
            {"rolle": r.rolle, "post": r.post, "enhet": r.enhet, "kontakt": r.kontakt} for r in p.ansvarlig
        ],
    }
