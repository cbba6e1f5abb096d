"""Contingency: plans by class, what the two highest lack, what the agreements say."""

from __future__ import annotations

from datetime import date

import pytest
from tests.documents.hjelp_flere import grunnlag, rad, rader, tabell, tall

from forvaltning.documents.rapporter.beredskap import visning

PLAN = {"dato": "2026-01-10", "referanse": "Bk360 1", "testet": "2026-03-01", "testrapport": "Bk360 2"}
SYSTEM = {
    "navn": "Nødnett",
    "tilstand": "i_produksjon",
    "enhet": "kultur",
    "systemeier": "eier",
    "produksjon_fra": "2025-01-01",
    "kritikalitet": {"klasse": "samfunnskritisk"},
    "beredskapsplan": PLAN,
    "kontinuitetsplan": PLAN,
}
AVTALE = {
    "navn": "Kontrakt",
    "kategorier": ["drift_og_forvaltning"],
    "tilstand": "i_kraft",
    "signert": "2024-01-01",
    "leverandor": "fjord",
    "systemer": ["nodnett"],
    "vilkar": {"beredskap": "Bilag 5", "tjenesteniva": "Bilag 6", "responstid": "Bilag 6"},
}


def se(**system):
    return visning(
        grunnlag(
            {
                "systemer/nodnett": {**SYSTEM, **system},
                "avtaler/kontrakt": AVTALE,
                "leverandorer/fjord": {"navn": "Fjord"},
            }
        )
    )


def test_a_system_with_plans_tests_and_agreement_lacks_nothing():
    v = se()
    r = rad(v, "klasse_samfunnskritisk", "Nødnett")
    assert (r["beredskapsplan"], r["beredskap_testet"]) == (date(2026, 1, 10), date(2026, 3, 1))
    assert r["testes_innen"] == date(2027, 3, 1)
    assert r["avtalt_beredskap"] == ("Kontrakt: Bilag 5",)
    assert r["mangler"] == ()
    assert rader(v, "hoye_klasser") == []
    assert rad(v, "avtalt_beredskap", "Nødnett")["part"] == "Fjord"


@pytest.mark.parametrize(
    ("endre", "tekst", "nokkel"),
    [
        ({"kontinuitetsplan": None}, "Kontinuitetsplanen er ikke registrert.", "mangler plan"),
        (
            {"beredskapsplan": {**PLAN, "testet": "2025-06-01"}},
            "ble sist testet 01.06.2025",
            "test mangler eller er for gammel",
        ),
        (
            {"beredskapsplan": {**PLAN, "testet": None}},
            "ikke testet innen",
            "test mangler eller er for gammel",
        ),
    ],
)
def test_what_the_highest_classes_lack_stands_first(endre, tekst, nokkel):
    v = se(**endre)
    assert [tekst in str(r["hva"]) for r in rader(v, "hoye_klasser")] == [True]
    assert tall(v, f"I de to høyeste klassene: {nokkel}") == 1
    assert tekst in str(rad(v, "klasse_samfunnskritisk", "Nødnett")["mangler"])


def test_no_agreement_on_contingency_is_told():
    v = visning(grunnlag({"systemer/nodnett": SYSTEM}))
    assert tall(v, "I de to høyeste klassene: ingen avtale om beredskap") == 1
    assert tabell(v, "avtalt_beredskap").rader == ()


def test_lower_classes_need_no_test_and_do_not_stand_first():
    v = se(kritikalitet={"klasse": "ordinaer"}, kontinuitetsplan=None)
    r = rad(v, "klasse_ordinaer", "Nødnett")
    assert r["testes_innen"] is None
    assert r["kontinuitetsplan"] == "mangler"
    assert rader(v, "hoye_klasser") == []


def test_what_has_no_class_stands_apart_and_is_said():
    v = se(kritikalitet=None)
    assert rad(v, "uten_klasse", "Nødnett")["testes_innen"] is None
    assert tall(v, "Kritikalitet er ikke vurdert") == 1


@pytest.mark.parametrize("tilstand", ["planlagt", "akseptansetest", "avviklet"])
def test_what_is_not_in_use_is_left_out(tilstand):
    assert rader(se(tilstand=tilstand), "klasse_samfunnskritisk") == []


def test_a_deviation_is_named_beside_what_it_covers():
    v = visning(
        grunnlag(
            {
                "systemer/nodnett": {**SYSTEM, "kontinuitetsplan": None},
                "avvik/a": {
                    "krav": "2.2",
                    "gjelder": ["nodnett"],
                    "felt": "kontinuitetsplan",
                    "grunn": "Kommer",
                    "vekt": "mindre",
                    "tilstand": "besluttet",
                    "besluttet": {"forum": "sdi", "dato": "2026-05-01"},
                    "gyldig_til": "2027-05-01",
                },
            }
        )
    )
    covered = [r for r in rader(v, "hoye_klasser") if "Kontinuitetsplanen" in str(r["hva"])]
    assert [r["avvik"] for r in covered] == ["a"]
