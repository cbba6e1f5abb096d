"""Storage: where data lie, what leaves the EEA and on which basis."""

from __future__ import annotations

import pytest
from tests.documents.hjelp_flere import del_, grunnlag, rad, rader, tall

from forvaltning.documents.rapporter.lagring import STEDER, visning

SYSTEM = {
    "navn": "Bok",
    "tilstand": "i_produksjon",
    "enhet": "kultur",
    "personopplysninger": "ja",
    "lagring": {"sted": "Hall 1", "land": "NO", "utenfor_kommunen": "nei", "tilgang_fra": ["NO"]},
}


def se(poster=None, **system):
    return visning(grunnlag({"systemer/bok": {**SYSTEM, **system}, **(poster or {})}))


@pytest.mark.parametrize(
    ("lagring", "sted"),
    [
        ({"land": "NO", "utenfor_kommunen": "nei"}, "kommunen"),
        ({"land": "NO", "utenfor_kommunen": "ja"}, "norge"),
        ({"land": "NO"}, "norge_uavklart"),
        ({"land": "SE"}, "eos"),
        ({"land": "US"}, "utenfor_eos"),
        ({"sted": "Et sted"}, "ukjent"),
        ({"utenfor_kommunen": "nei"}, "kommunen"),
        (None, "ukjent"),
    ],
)
def test_where_data_lie(lagring, sted):
    v = se(lagring=lagring)
    assert rad(v, "systemer", "Bok")["omrade"] == STEDER[sted]
    assert [(r["sted"], r["systemer"], r["med_personopplysninger"]) for r in rader(v, "steder")] == [
        (STEDER[sted], 1, 1)
    ]


def test_the_preference_for_local_halls_is_told_and_not_judged():
    text = del_(se(), "Oversikt").avsnitt[0]
    assert "1 system av 1" in text
    assert "vurderes ikke" in text


def test_access_from_outside_the_eea_is_told_with_its_basis():
    v = se(
        lagring={
            **SYSTEM["lagring"],
            "tilgang_fra": ["NO", "IN"],
            "overforingsgrunnlag": "scc",
            "overforingsvurdering": {"dato": "2026-01-01", "referanse": "V1"},
        }
    )
    r = rad(v, "utenfor_eos", "Bok")
    assert (r["ligger_i"], r["land"]) == ("Norge", ("India",))
    assert (r["grunnlag"], r["vurdert"]) == ("Standard personvernbestemmelser (SCC)", "01.01.2026, V1")
    assert tall(v, "Ligger i eller kan nås fra land utenfor EØS") == 1


@pytest.mark.parametrize(("personopplysninger", "svar"), [("ja", "mangler"), (None, "mangler"), ("nei", "")])
def test_a_basis_is_missing_unless_there_are_no_personal_data(personopplysninger, svar):
    v = se(lagring={"sted": "Sky", "land": "US"}, personopplysninger=personopplysninger)
    r = rad(v, "utenfor_eos", "Bok")
    assert (r["grunnlag"], r["vurdert"]) == (svar, svar)
    assert tall(v, "Av disse med personopplysninger, eller ikke oppgitt") == int(personopplysninger != "nei")


def test_what_the_requirement_finds_about_storage_is_told_and_nothing_else():
    v = se(lagring={"sted": "Sky", "land": "US", "tilgang_fra": ["US"]}, arkiv=None)
    found = [str(r["hva"]) for r in rader(v, "brudd")]
    assert len(found) == 1
    assert "utenfor EØS (USA)" in found[0]


def test_sub_processors_of_those_who_deliver_or_run_the_system_are_told():
    lev = {
        "leverandorer/fjord": {
            "navn": "Fjord",
            "underdatabehandlere": [{"navn": "Sør", "land": "IN"}, {"navn": "Nord", "land": "SE"}],
        }
    }
    v = se(lev, leverandor="fjord", drift={"form": "sky", "leverandor": "fjord"})
    assert [
        (r["system"], r["underdatabehandler"], r["grunnlag"])
        for r in rader(v, "underdatabehandlere_utenfor_eos")
    ] == [("Bok", "Sør", "mangler")]
    assert rad(v, "systemer", "Bok")["drifter"] == "Fjord"


def test_ended_systems_are_left_out():
    v = se(tilstand="avviklet")
    assert rader(v, "systemer") == []
    assert tall(v, "Systemer som ikke er avviklet") == 0


@pytest.mark.parametrize(
    ("tilstand", "svar"), [("i_produksjon", "mangler"), (None, "mangler"), ("planlagt", "ikke oppgitt")]
)
def test_nothing_is_missing_before_the_system_is_in_use(tilstand, svar):
    v = se(tilstand=tilstand, lagring=None, personopplysninger=None)
    r = rad(v, "systemer", "Bok")
    assert (r["sted"], r["land"]) == (svar, svar)
    assert rad(v, "tilgang", "Bok")["personopplysninger"] == svar
