"""Requirement 6.3: the mandatory products for the phase."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom
from tests.krav.omrade6.prosjektdata import HOVED, HOVEDPROSJEKT, POSTER, P, avvik


def test_all_products_of_the_phase_are_documented():
    verdict = dom("6.3", P, POSTER)
    assert (verdict.utfall, verdict.styrke, len(verdict.bevis)) == ("oppfylt", "dokumentert", 5)


@pytest.mark.parametrize(
    ("endre", "vilkar"),
    [
        ({"produkter": None}, "produkt-mangler"),
        *(({f"produkter.{n}": None}, "produkt-mangler") for n in range(5)),
        ({"produkter.2.dato": None}, "produkt-dato-mangler"),
        ({"produkter.2.dato": "2026-11-17"}, "produkt-framtid"),
        ({"produkter.2.referanse": None}, "produkt-referanse-mangler"),
        ({"tilstand": "avsluttet"}, "produkt-mangler"),
        ({"beslutningspunkter.3": {"punkt": "BP5", "dato": "2026-11-16"}}, "produkt-mangler"),
        ({"tilstand": None, "beslutningspunkter": None, "produkter.4": None}, "produkt-mangler"),
        ({"tilstand": "meldt", "produkter": None}, "produkt-mangler"),
        ({"digitalisering": "nei", "digitaliseringsplan": "2025"}, "digitalisering-motsagt"),
    ],
)
def test_what_is_missing_breaks_it(endre, vilkar):
    verdict = dom("6.3", P, POSTER, endre={P: endre})
    assert verdict.utfall == "brudd"
    assert vilkar in [f.vilkar for f in verdict.funn]


@pytest.mark.parametrize(
    "endre",
    [
        {"produkter.2.dato": "2026-11-16"},
        {"tilstand": "planlegging", "beslutningspunkter": None, "produkter.4": None, "produkter.3": None},
        {"tilstand": "konsept", "beslutningspunkter": None},
        {"beslutningspunkter.3": {"punkt": "BP5", "dato": "2026-11-17"}},
        {"beslutningspunkter.3": {"punkt": "BP5"}},
        {
            "tilstand": "avsluttet",
            "produkter.5": {"type": "sluttrapport", "dato": "2026-11-01", "referanse": "P-1"},
        },
    ],
)
def test_what_is_allowed_leaves_it_fulfilled(endre):
    assert dom("6.3", P, POSTER, endre={P: endre}).utfall == "oppfylt"


@pytest.mark.parametrize(
    ("dato", "n"), [(date(2026, 6, 8), 0), (date(2026, 6, 9), 3), (date(2026, 6, 10), 3)]
)
def test_bp3_opens_the_next_phase_on_its_day(dato, n):
    produkter = [p for p in POSTER[P]["produkter"] if p["type"] in {"prosjektforslag", "prosjektbegrunnelse"}]
    verdict = dom("6.3", P, POSTER, endre={P: {"tilstand": "planlegging", "produkter": produkter}}, dato=dato)
    assert len(verdict.funn) == n


def test_the_list_of_products_is_the_registrys_own():
    eget = {"prosjektprodukter": {"gjennomforing": ["risikoregister"]}}
    assert [f.vilkar for f in dom("6.3", P, POSTER, innstillinger=eget).funn] == ["produkt-mangler"]
    assert (
        dom("6.3", P, POSTER, innstillinger={"prosjektprodukter": {"gjennomforing": []}}).utfall
        == "ikke_aktuelt"
    )


@pytest.mark.parametrize(
    "endre",
    [
        {P: {"tilstand": "meldt", "beslutningspunkter": None, "produkter": None}},
        {P: {"tilstand": "stanset", "produkter": None}},
        {P: {"type": "program", "produkter": None}},
        {P: {"digitalisering": "nei", "produkter": None}},
        {P: {"tilstand": "avsluttet", "avsluttet": "2023-12-31", "produkter": None}},
        {P: {"type": "delprosjekt", "del_av": "hoved", "produkter": None}, HOVED: HOVEDPROSJEKT},
    ],
)
def test_it_does_not_apply(endre):
    assert dom("6.3", P, POSTER, endre=endre).utfall == "ikke_aktuelt"


def test_an_unreadable_parent_leaves_a_sub_project_undecided():
    endre = {P: {"type": "delprosjekt", "del_av": "hoved", "produkter": None}}
    assert dom("6.3", P, POSTER, endre=endre, uleselige={HOVED: "x"}).utfall == "ikke_avgjort"


@pytest.mark.parametrize(("til", "utfall"), [("2026-11-15", "brudd"), ("2026-11-16", "avvik")])
def test_a_deviation_covers_while_it_lasts(til, utfall):
    assert dom("6.3", P, POSTER, endre={P: {"produkter": None}, **avvik("6.3", til)}).utfall == utfall
