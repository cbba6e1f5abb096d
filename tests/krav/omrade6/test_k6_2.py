"""Requirement 6.2: a recommendation by Digitaliseringsrådet by BP2 and by BP3."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom
from tests.krav.omrade6.prosjektdata import HOVED, HOVEDPROSJEKT, POSTER, P, avvik


def test_both_recommendations_in_time_are_documented_and_shown():
    verdict = dom("6.2", P, POSTER)
    assert (verdict.utfall, verdict.styrke) == ("oppfylt", "dokumentert")
    assert [b.referanse for b in verdict.bevis] == ["sak 1 (anbefalt)", "sak 2 (anbefalt)"]


def test_a_recommendation_against_fulfils_it_and_is_shown():
    verdict = dom("6.2", P, POSTER, endre={P: {"anbefalinger.1.utfall": "ikke_anbefalt"}})
    assert verdict.utfall == "oppfylt"
    assert verdict.bevis[1].referanse == "sak 2 (ikke anbefalt)"


@pytest.mark.parametrize(
    ("endre", "vilkar", "art"),
    [
        ({"anbefalinger": None}, "anbefaling-mangler", "mangler"),
        ({"anbefalinger.0": None}, "anbefaling-mangler", "mangler"),
        ({"anbefalinger.1": None}, "anbefaling-mangler", "mangler"),
        ({"anbefalinger.0.dato": "2025-02-19"}, "anbefaling-for-sen", "feil"),
        ({"anbefalinger.1.dato": "2026-06-10"}, "anbefaling-for-sen", "feil"),
        ({"anbefalinger.1.dato": "2026-11-17"}, "anbefaling-framtid", "feil"),
        ({"anbefalinger.1.dato": None}, "anbefaling-dato-mangler", "mangler"),
        ({"anbefalinger.1.utfall": None}, "anbefaling-utfall-mangler", "mangler"),
        ({"anbefalinger.1.referanse": None}, "anbefaling-referanse-mangler", "mangler"),
        ({"beslutningspunkter.1.dato": None}, "punktdato-mangler", "mangler"),
        ({"beslutningspunkter.2": None}, "punktdato-mangler", "mangler"),
        ({"beslutningspunkter": None, "tilstand": None}, "punktdato-mangler", "mangler"),
        ({"beslutningspunkter.2.dato": "2026-11-17"}, "punktdato-framtid", "feil"),
        ({"digitalisering": "nei", "digitaliseringsplan": "2025"}, "digitalisering-motsagt", "feil"),
    ],
)
def test_what_is_missing_or_late_breaks_it(endre, vilkar, art):
    verdict = dom("6.2", P, POSTER, endre={P: endre})
    assert verdict.utfall == "brudd"
    assert (vilkar, art) in [(f.vilkar, f.art) for f in verdict.funn]


@pytest.mark.parametrize(
    "endre",
    [
        {"anbefalinger.1.dato": "2026-06-08"},
        {"anbefalinger.1.dato": "2026-06-09"},
        {"tilstand": None},
        {"tilstand": "stanset"},
        {"tilstand": "avsluttet", "avsluttet": "2026-10-01"},
        {"tilstand": "planlegging", "beslutningspunkter.2": None, "anbefalinger.1": None},
        {"beslutningspunkter.1.dato": "2023-12-31", "anbefalinger.0": None},
    ],
)
def test_what_is_allowed_leaves_it_fulfilled(endre):
    assert dom("6.2", P, POSTER, endre={P: endre}).utfall == "oppfylt"


@pytest.mark.parametrize("bp2", ["2023-12-31", "2024-01-01"])
def test_only_points_after_the_regulation_began_are_judged(bp2):
    endre = {
        "tilstand": "planlegging",
        "beslutningspunkter": [{"punkt": "BP2", "dato": bp2}],
        "anbefalinger": None,
    }
    utfall = dom("6.2", P, POSTER, endre={P: endre}).utfall
    assert utfall == ("ikke_aktuelt" if bp2 < "2024" else "brudd")


def test_an_undated_point_is_known_to_be_early_when_a_later_one_is():
    endre = {
        "beslutningspunkter": [{"punkt": "BP2"}, {"punkt": "BP3", "dato": "2023-12-31"}],
        "anbefalinger": None,
    }
    assert dom("6.2", P, POSTER, endre={P: endre}).utfall == "ikke_aktuelt"


@pytest.mark.parametrize(
    ("dato", "utfall"),
    [
        (date(2026, 11, 16), "oppfylt"),
        (date(2027, 2, 28), "snart"),
        (date(2027, 3, 1), "brudd"),
        (date(2027, 3, 2), "brudd"),
    ],
)
def test_a_planned_point_without_recommendation_warns_until_the_day_it_comes(dato, utfall):
    endre = {"tilstand": "planlegging", "beslutningspunkter.2.dato": "2027-03-01", "anbefalinger.1": None}
    verdict = dom("6.2", P, POSTER, endre={P: endre}, dato=dato)
    assert verdict.utfall == utfall
    assert [f.vilkar for f in verdict.funn] == (["anbefaling-mangler"] if utfall == "brudd" else [])


@pytest.mark.parametrize(
    ("dato", "utfall"), [(date(2025, 2, 17), "ikke_aktuelt"), (date(2025, 2, 18), "oppfylt")]
)
def test_it_applies_from_the_day_of_bp2(dato, utfall):
    endre = {"tilstand": "konsept", "beslutningspunkter.2": None, "anbefalinger.1": None}
    assert dom("6.2", P, POSTER, endre={P: endre}, dato=dato).utfall == utfall


@pytest.mark.parametrize(
    "endre",
    [
        {P: {"tilstand": "konsept", "beslutningspunkter": None, "anbefalinger": None}},
        {P: {"tilstand": "stanset", "beslutningspunkter": None, "anbefalinger": None}},
        {
            P: {
                "tilstand": None,
                "beslutningspunkter": [
                    {"punkt": "BP2", "dato": "2027-01-01"},
                    {"punkt": "BP3", "dato": "2027-02-01"},
                ],
            }
        },
        {P: {"type": "program", "anbefalinger": None}},
        {P: {"digitalisering": "nei", "anbefalinger": None}},
        {P: {"type": "delprosjekt", "del_av": "hoved", "anbefalinger": None}, HOVED: HOVEDPROSJEKT},
    ],
)
def test_it_does_not_apply(endre):
    assert dom("6.2", P, POSTER, endre=endre).utfall == "ikke_aktuelt"


def test_an_unreadable_parent_leaves_a_sub_project_undecided():
    endre = {P: {"type": "delprosjekt", "del_av": "hoved", "anbefalinger": None}}
    assert dom("6.2", P, POSTER, endre=endre, uleselige={HOVED: "x"}).utfall == "ikke_avgjort"


@pytest.mark.parametrize(("til", "utfall"), [("2026-11-15", "brudd"), ("2026-11-16", "avvik")])
def test_a_deviation_covers_while_it_lasts(til, utfall):
    assert dom("6.2", P, POSTER, endre={P: {"anbefalinger": None}, **avvik("6.2", til)}).utfall == utfall


@pytest.mark.parametrize(
    ("endre", "utfall"),
    [({"anbefalinger.1.dato": "2026-06-10"}, "avvik"), ({"anbefalinger.1": None}, "brudd")],
)
def test_a_closed_deviation_settles_a_late_recommendation_only(endre, utfall):
    lukket = avvik("6.2", tilstand="lukket", sent_dokument="ja")
    assert dom("6.2", P, POSTER, endre={P: endre, **lukket}).utfall == utfall
