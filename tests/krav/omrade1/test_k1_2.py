"""Requirement 1.2: service processes in BkService and the service standard."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom, dommer

S = "systemer/x"
POSTER = {
    "roller/eier": {"type": "systemeier"},
    S: {
        "navn": "X",
        "tilstand": "i_produksjon",
        "produksjon_fra": "2020-01-01",
        "serviceprosess": {
            "bkservice": "X i BkService",
            "bekreftet": {"dato": "2026-06-30", "av": "eier"},
            "servicestandard": {"dato": "2026-07-31", "av": "eier"},
        },
    },
}


def test_a_named_entry_and_two_fresh_confirmations_fulfil():
    verdict = dom("1.2", S, POSTER)
    assert (verdict.utfall, verdict.styrke, verdict.frist) == ("oppfylt", "bekreftet", date(2027, 6, 30))


def test_documents_make_it_documented_and_do_not_run_out():
    endre = {
        S: {
            "serviceprosess.bekreftet": {"dato": "2020-01-01", "referanse": "Sak 1"},
            "serviceprosess.servicestandard": {"dato": "2020-01-01", "referanse": "Sak 2"},
        }
    }
    verdict = dom("1.2", S, POSTER, endre=endre)
    assert (verdict.utfall, verdict.styrke) == ("oppfylt", "dokumentert")


@pytest.mark.parametrize(
    ("endre", "vilkar", "art", "felt"),
    [
        ({"serviceprosess": None}, "serviceprosess-mangler", "mangler", "serviceprosess"),
        ({"serviceprosess": {}}, "serviceprosess-mangler", "mangler", "serviceprosess"),
        ({"serviceprosess.bkservice": None}, "bkservice-mangler", "mangler", "serviceprosess.bkservice"),
        (
            {"serviceprosess.bekreftet": None},
            "serviceprosess-bekreftet",
            "mangler",
            "serviceprosess.bekreftet",
        ),
        (
            {"serviceprosess.servicestandard": None},
            "servicestandard",
            "mangler",
            "serviceprosess.servicestandard",
        ),
        (
            {"serviceprosess.servicestandard.dato": None},
            "servicestandard-dato",
            "mangler",
            "serviceprosess.servicestandard.dato",
        ),
        (
            {"serviceprosess.bekreftet.av": None},
            "serviceprosess-bekreftet-av",
            "mangler",
            "serviceprosess.bekreftet",
        ),
        (
            {"serviceprosess.bekreftet.av": "eire"},
            "ukjent-henvisning",
            "feil",
            "serviceprosess.bekreftet.av",
        ),
        (
            {"serviceprosess.bekreftet.dato": "2026-11-17"},
            "serviceprosess-bekreftet-framtid",
            "feil",
            "serviceprosess.bekreftet.dato",
        ),
        (
            {"serviceprosess.bekreftet.dato": "2025-11-15"},
            "serviceprosess-bekreftet-utlopt",
            "utlopt",
            "serviceprosess.bekreftet.dato",
        ),
    ],
)
def test_each_condition_breaks_alone(endre, vilkar, art, felt):
    verdict = dom("1.2", S, POSTER, endre={S: endre})
    assert verdict.utfall == "brudd"
    assert [(f.vilkar, f.art, f.felt) for f in verdict.funn] == [(vilkar, art, felt)]


@pytest.mark.parametrize(
    ("bekreftet", "utfall"),
    [
        ("2025-11-15", "brudd"),
        ("2025-11-16", "snart"),
        ("2025-11-17", "snart"),
        ("2026-02-14", "snart"),
        ("2026-02-15", "oppfylt"),
        ("2026-11-15", "oppfylt"),
        ("2026-11-16", "oppfylt"),
        ("2026-11-17", "brudd"),
    ],
)
def test_a_confirmation_lasts_twelve_months_to_the_day(bekreftet, utfall):
    assert dom("1.2", S, POSTER, endre={S: {"serviceprosess.bekreftet.dato": bekreftet}}).utfall == utfall


@pytest.mark.parametrize(
    ("produksjon", "utfall"),
    [
        ("2026-10-16", "brudd"),
        ("2026-10-17", "snart"),
        ("2026-10-18", "snart"),
        ("2026-11-16", "snart"),
        ("2026-11-17", "snart"),
        ("9999-12-31", "oppfylt"),
        (None, "brudd"),
    ],
)
@pytest.mark.parametrize("borte", ["serviceprosess", "serviceprosess.bkservice", "serviceprosess.bekreftet"])
def test_what_is_missing_falls_due_thirty_days_after_production(borte, produksjon, utfall):
    verdict = dom("1.2", S, POSTER, endre={S: {borte: None, "produksjon_fra": produksjon}})
    assert verdict.utfall == utfall
    assert {f.art for f in verdict.funn} == ({"mangler"} if utfall == "brudd" else set())


def test_what_is_wrong_does_not_wait_thirty_days():
    endre = {"serviceprosess.bekreftet.av": "eire", "produksjon_fra": "2026-11-10"}
    assert dom("1.2", S, POSTER, endre={S: endre}).utfall == "brudd"


def test_an_unreadable_role_is_not_decided():
    poster = {S: POSTER[S]}
    assert dom("1.2", S, poster, uleselige={"roller/eier": None}).utfall == "ikke_avgjort"


@pytest.mark.parametrize(
    ("tilstand", "utfall"),
    [
        ("ide", "ikke_aktuelt"),
        ("akseptansetest", "ikke_aktuelt"),
        ("i_produksjon", "brudd"),
        ("under_avvikling", "brudd"),
        (None, "brudd"),
        ("avviklet", "ikke_aktuelt"),
    ],
)
def test_it_applies_to_systems_in_use(tilstand, utfall):
    assert dom("1.2", S, POSTER, endre={S: {"tilstand": tilstand, "serviceprosess": None}}).utfall == utfall


@pytest.mark.parametrize(("til", "utfall"), [("2026-11-16", "avvik"), ("2026-11-15", "brudd")])
def test_a_deviation_covers_until_it_expires(til, utfall):
    avvik = {
        "krav": "1.2",
        "gjelder": ["x"],
        "vekt": "mindre",
        "tilstand": "besluttet",
        "besluttet": {"forum": "sdi", "dato": "2026-02-01"},
        "gyldig_til": til,
    }
    assert dom("1.2", S, POSTER, endre={S: {"serviceprosess": None}, "avvik/a": avvik}).utfall == utfall


def test_only_systems_carry_the_verdict():
    assert set(dommer("1.2", POSTER)) == {S}
