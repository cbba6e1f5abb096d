"""Suppliers: what they deliver, who is followed up, who sits outside the EEA, which warnings are open."""

from __future__ import annotations

from datetime import date

import pytest
from tests.documents.hjelp_flere import grunnlag, rad, rader, tabell, tall

from forvaltning.documents.rapporter.leverandorer import visning

KONTRAKT = {
    "navn": "Kontrakt",
    "kategorier": ["drift_og_forvaltning"],
    "enhet": "kultur",
    "tilstand": "i_kraft",
    "signert": "2024-02-01",
    "leverandor": "fjord",
    "systemer": ["bok"],
}
SYSTEM = {
    "navn": "Bok",
    "tilstand": "i_produksjon",
    "enhet": "kultur",
    "leverandor": "fjord",
    "personopplysninger": "nei",
    "kritikalitet": {"klasse": "viktig"},
}


def poster(**leverandor):
    return {
        "leverandorer/fjord": {"navn": "Fjord", "orgnr": "310400114", "land": "NO", **leverandor},
        "avtaler/kontrakt": KONTRAKT,
        "systemer/bok": SYSTEM,
    }


def test_a_supplier_is_shown_with_agreements_systems_and_the_highest_criticality():
    v = visning(grunnlag(poster()))
    r = rad(v, "leverandorer", "Fjord")
    assert r["avtaler"] == ("Kontrakt",)
    assert r["leverer"] == ("Bok",)
    assert r["kritikalitet"] == "Viktig"
    assert r["land"] == "Norge"
    assert tall(v, "Leverandører i dag") == 1


def test_a_supplier_without_agreement_or_system_stands_apart_with_its_last_day():
    v = visning(
        grunnlag(
            {
                "leverandorer/fjord": {"navn": "Fjord"},
                "avtaler/kontrakt": {
                    **KONTRAKT,
                    "systemer": [],
                    "tilstand": "utlopt",
                    "gyldig_til": "2025-10-31",
                },
            }
        )
    )
    assert rader(v, "leverandorer") == []
    assert rad(v, "tidligere", "Fjord")["siste_avtale_til"] == date(2025, 10, 31)


@pytest.mark.parametrize(
    ("endre", "svar"),
    [
        ({}, "nei"),
        ({"systemer/bok": {**SYSTEM, "personopplysninger": "ja"}}, "ja"),
        ({"systemer/bok": {**SYSTEM, "personopplysninger": None}}, "ikke oppgitt"),
        (
            {
                "behandlinger/utlan": {
                    "navn": "Utlån",
                    "tilstand": "aktiv",
                    "databehandlere": [{"leverandor": "fjord", "rolle": "databehandler"}],
                }
            },
            "ja",
        ),
        (
            {
                "systemer/bok": {**SYSTEM, "personopplysninger": "ja"},
                "behandlinger/utlan": {
                    "navn": "Utlån",
                    "tilstand": "aktiv",
                    "systemer": ["bok"],
                    "databehandlere": [{"leverandor": "fjord", "rolle": "uten_tilgang"}],
                },
            },
            "nei",
        ),
        (
            {
                "behandlinger/utlan": {
                    "navn": "Utlån",
                    "tilstand": "avsluttet",
                    "databehandlere": [{"leverandor": "fjord", "rolle": "databehandler"}],
                }
            },
            "nei",
        ),
        ({"avtaler/dba": {**KONTRAKT, "navn": "Dba", "kategorier": ["databehandleravtale"]}}, "ja"),
    ],
)
def test_whether_a_supplier_handles_personal_data(endre, svar):
    v = visning(grunnlag({**poster(), **endre}))
    assert rad(v, "leverandorer", "Fjord")["personopplysninger"] == svar


def test_follow_up_shows_the_last_that_is_held_and_the_deadline_of_the_verdict():
    v = visning(
        grunnlag(
            poster(
                oppfolging=[
                    {"dato": "2025-12-01", "tema": ["personvern", "informasjonssikkerhet"], "referanse": "A"},
                    {"dato": "2027-01-01", "tema": ["personvern"], "referanse": "B"},
                ]
            )
        )
    )
    r = rad(v, "oppfolging", "Fjord")
    assert r["sist_fulgt_opp"] == date(2025, 12, 1)
    assert r["folges_opp_innen"] is not None
    assert r["sist_revidert"] == "aldri"


def test_a_supplier_never_followed_up_is_told_first_with_who_answers():
    v = visning(grunnlag(poster(), dato=date(2029, 1, 1)))
    assert [r["navn"] for r in rader(v, "oppfolging_na")] == ["Fjord"]
    assert tall(v, "Brudd på krav om oppfølging (4.6)") == 1


def test_the_newest_finished_audit_counts():
    v = visning(
        grunnlag(
            poster(
                sikkerhetsrevisjoner=[
                    {"dato": "2026-01-01", "resultat": "Godt", "referanse": "R2"},
                    {"dato": "2025-01-01", "resultat": "Gammelt"},
                    {"dato": "2027-01-01", "resultat": "Framtid"},
                ]
            )
        )
    )
    r = rad(v, "oppfolging", "Fjord")
    assert (r["sist_revidert"], r["resultat"], r["revisjon_referanse"]) == (date(2026, 1, 1), "Godt", "R2")


def test_sub_processors_outside_the_eea_are_told_with_their_basis():
    v = visning(
        grunnlag(
            poster(
                underdatabehandlere=[
                    {"navn": "Nord", "land": "SE", "tjeneste": "Drift"},
                    {"navn": "Sør", "land": "IN", "overforingsgrunnlag": "scc"},
                    {"navn": "Vest", "land": "US"},
                    {"navn": "Uten"},
                ]
            )
        )
    )
    assert [(r["virksomhet"], r["overforingsgrunnlag"]) for r in rader(v, "utenfor_eos")] == [
        ("Sør", "Standard personvernbestemmelser (SCC)"),
        ("Vest", "mangler"),
    ]
    assert [r["i_eos"] for r in rader(v, "underdatabehandlere")] == [True, False, False, None]


def test_open_and_closed_warnings_stand_apart_newest_first():
    v = visning(
        grunnlag(
            poster(
                varsler=[
                    {"id": "a", "dato": "2026-01-01", "hva": "Gammel", "lukket": "2026-02-01"},
                    {"id": "b", "dato": "2026-03-01", "hva": "Åpen"},
                    {"id": "c", "dato": "2026-05-01", "hva": "Nyere", "lukket": "2026-06-01"},
                    {"id": "d", "dato": "2026-06-01", "hva": "Lukkes siden", "lukket": "2027-01-01"},
                ]
            )
        )
    )
    assert [r["hva"] for r in rader(v, "apne_varsler")] == ["Lukkes siden", "Åpen"]
    assert [r["hva"] for r in rader(v, "varsler")] == ["Nyere", "Gammel"]


@pytest.mark.parametrize(("enhet", "antall"), [("kultur", 1), ("sdi", 0)])
def test_a_supplier_follows_the_units_of_its_agreements_and_systems(enhet, antall):
    v = visning(grunnlag(poster(), enheter=frozenset({enhet})))
    assert len(rader(v, "leverandorer")) == antall
    assert any("hører ikke til én enhet" in t for t in v.ingress)


def test_files_that_can_not_be_read_are_told():
    v = visning(grunnlag(poster(), uleselige={"avtaler/borte": None}))
    assert any("avtaler/borte.yaml" in t for t in v.ingress)


def test_an_empty_register_says_so():
    v = visning(grunnlag({}))
    assert tabell(v, "leverandorer").rader == ()
    assert tall(v, "Leverandører i dag") == 0


@pytest.mark.parametrize(
    ("andre", "svar"),
    [
        ({"kritikalitet": {"klasse": "kritisk"}}, "Kritisk"),
        ({"kritikalitet": {"klasse": "ordinaer"}}, "Viktig"),
        ({"kritikalitet": None}, "Viktig eller høyere"),
        ({"kritikalitet": None, "tilstand": "avviklet"}, "Viktig"),
    ],
)
def test_criticality_is_that_of_the_most_critical_it_delivers_today(andre, svar):
    v = visning(grunnlag({**poster(), "systemer/to": {**SYSTEM, "navn": "To", **andre}}))
    assert rad(v, "leverandorer", "Fjord")["kritikalitet"] == svar
