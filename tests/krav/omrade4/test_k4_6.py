"""Requirement 4.6: external suppliers are followed up on privacy and information security."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom

L = "leverandorer/l"
A = "avtaler/a"
S = "systemer/s"
BEGGE = ["personvern", "informasjonssikkerhet"]
POSTER = {
    "roller/forvalter": {"type": "avtaleforvalter"},
    L: {
        "navn": "L",
        "oppfolging": [
            {"dato": "2024-02-29", "av": "forvalter", "tema": BEGGE, "referanse": "Referat 1"},
            {"dato": "2026-03-31", "av": "forvalter", "tema": BEGGE, "referanse": "Referat 2"},
        ],
    },
    A: {
        "navn": "A",
        "kategorier": ["drift_og_forvaltning"],
        "tilstand": "i_kraft",
        "leverandor": "l",
        "signert": "2022-05-31",
        "gyldig_fra": "2022-06-01",
        "systemer": ["s"],
    },
    S: {
        "navn": "S",
        "tilstand": "i_produksjon",
        "personopplysninger": "nei",
        "kritikalitet": {"klasse": "ordinaer"},
    },
}
HOY = {S: {"personopplysninger": "ja"}}


def funn(verdict):
    return [(f.vilkar, f.art, f.felt) for f in verdict.funn]


def test_a_documented_follow_up_within_the_interval_fulfils_it():
    verdict = dom("4.6", L, POSTER)
    assert (verdict.utfall, verdict.styrke, verdict.frist) == ("oppfylt", "dokumentert", date(2028, 3, 31))


@pytest.mark.parametrize(
    ("endre", "siste"),
    [
        ({}, date(2028, 3, 31)),
        ({S: {"kritikalitet.klasse": "viktig"}}, date(2028, 3, 31)),
        (HOY, date(2027, 3, 31)),
        ({S: {"kritikalitet.klasse": "kritisk"}}, date(2027, 3, 31)),
        ({S: {"kritikalitet.klasse": "samfunnskritisk"}}, date(2027, 3, 31)),
        ({S: {"kritikalitet.klasse": "kritisk", "personopplysninger": None}}, date(2027, 3, 31)),
        (
            {
                S: {"personopplysninger": "ja", "tilstand": "avviklet"},
                A: {"systemer": ["s2"]},
                "systemer/s2": POSTER[S],
            },
            date(2028, 3, 31),
        ),
        (
            {
                A: {"systemer": ["s2"]},
                "systemer/s2": POSTER[S],
                S: {"personopplysninger": "ja", "leverandor": "l"},
            },
            date(2027, 3, 31),
        ),
        (
            {
                A: {"systemer": ["s2"]},
                "systemer/s2": POSTER[S],
                S: {"personopplysninger": "ja", "drift.leverandor": "l"},
            },
            date(2027, 3, 31),
        ),
        ({"tjenester/t": {"navn": "T", "leverandor": "l", "personopplysninger": "ja"}}, date(2027, 3, 31)),
        (
            {
                "avtaler/dba": {
                    "navn": "D",
                    "kategorier": ["databehandleravtale"],
                    "tilstand": "i_kraft",
                    "leverandor": "l",
                    "signert": "2022-05-31",
                }
            },
            date(2027, 3, 31),
        ),
        (
            {
                "avtaler/dba": {
                    "navn": "D",
                    "kategorier": ["databehandleravtale"],
                    "tilstand": "utlopt",
                    "leverandor": "l",
                }
            },
            date(2028, 3, 31),
        ),
        (
            {
                "behandlinger/b": {
                    "navn": "B",
                    "databehandlere": [{"leverandor": "l", "rolle": "databehandler"}],
                }
            },
            date(2027, 3, 31),
        ),
        (
            {
                "behandlinger/b": {
                    "navn": "B",
                    "tilstand": "avsluttet",
                    "databehandlere": [{"leverandor": "l", "rolle": "databehandler"}],
                }
            },
            date(2028, 3, 31),
        ),
        (
            {
                **HOY,
                "behandlinger/b": {
                    "navn": "B",
                    "systemer": ["s"],
                    "databehandlere": [{"leverandor": "l", "rolle": "uten_tilgang"}],
                },
            },
            date(2028, 3, 31),
        ),
        (
            {
                **HOY,
                "behandlinger/b": {
                    "navn": "B",
                    "systemer": ["annet"],
                    "databehandlere": [{"leverandor": "l", "rolle": "uten_tilgang"}],
                },
            },
            date(2027, 3, 31),
        ),
    ],
)
def test_the_interval_is_shorter_for_personal_data_and_the_two_highest_classes(endre, siste):
    for dato, utfall in (
        (siste.replace(day=30), "snart"),
        (siste, "snart"),
        (siste.replace(month=4, day=1), "brudd"),
    ):
        verdict = dom("4.6", L, POSTER, endre=endre, dato=dato)
        assert (verdict.utfall, verdict.frist) == (utfall, siste)
    assert funn(verdict) == [("oppfolging", "utlopt", "oppfolging")]


@pytest.mark.parametrize(
    "endre",
    [{S: {"kritikalitet": None}}, {S: {"personopplysninger": None}}, {A: {"systemer": None}}],
)
@pytest.mark.parametrize(
    ("dato", "utfall"),
    [
        ("2027-03-31", "snart"),
        ("2027-04-01", "ikke_avgjort"),
        ("2028-03-31", "ikke_avgjort"),
        ("2028-04-01", "brudd"),
    ],
)
def test_where_it_is_not_known_it_is_decided_when_both_intervals_agree(endre, dato, utfall):
    assert dom("4.6", L, POSTER, endre=endre, dato=date.fromisoformat(dato)).utfall == utfall


@pytest.mark.parametrize(
    ("oppfolging", "forventet"),
    [
        (
            [{"dato": "2026-09-01", "tema": ["personvern"], "referanse": "R"}],
            ("oppfolging-informasjonssikkerhet", "utlopt", "oppfolging"),
        ),
        (
            [{"dato": "2026-09-01", "tema": ["informasjonssikkerhet"], "referanse": "R"}],
            ("oppfolging-personvern", "utlopt", "oppfolging"),
        ),
        ([], ("oppfolging", "utlopt", "oppfolging")),
        (
            [{"dato": "2026-08-01", "tema": BEGGE, "referanse": "R"}, {"tema": BEGGE, "referanse": "R"}],
            ("oppfolging-dato", "mangler", "oppfolging[R].dato"),
        ),
        (
            [
                {"dato": "2026-08-01", "tema": BEGGE, "referanse": "R"},
                {"dato": "2026-11-17", "tema": BEGGE, "referanse": "R"},
            ],
            ("oppfolging-dato-framtid", "feil", "oppfolging[2026-11-17 R].dato"),
        ),
        (
            [
                {"dato": "2026-08-01", "tema": BEGGE, "referanse": "R"},
                {"dato": "2026-09-01", "referanse": "R"},
            ],
            ("oppfolging-tema", "mangler", "oppfolging[2026-09-01 R].tema"),
        ),
        (
            [{"dato": "2026-08-01", "tema": BEGGE, "referanse": "R"}, {"dato": "2026-09-01", "tema": BEGGE}],
            ("oppfolging-av", "mangler", "oppfolging[2026-09-01]"),
        ),
        (
            [{"dato": "2026-09-01", "tema": BEGGE, "referanse": "R", "av": "borte"}],
            ("ukjent-henvisning", "feil", "oppfolging[2026-09-01 R].av"),
        ),
    ],
)
def test_each_condition_breaks_alone(oppfolging, forventet):
    verdict = dom("4.6", L, POSTER, endre={L: {"oppfolging": oppfolging}})
    assert verdict.utfall == "brudd"
    assert funn(verdict) == [forventet]


def test_the_two_subjects_may_be_followed_up_apart():
    apart = [
        {"dato": "2026-02-01", "tema": ["personvern"], "referanse": "R"},
        {"dato": "2026-09-01", "tema": ["informasjonssikkerhet"], "referanse": "R"},
    ]
    verdict = dom("4.6", L, POSTER, endre={L: {"oppfolging": apart}, **HOY})
    assert (verdict.utfall, verdict.frist) == ("snart", date(2027, 2, 1))


@pytest.mark.parametrize(("dato", "utfall"), [("2027-03-31", "snart"), ("2027-04-01", "brudd")])
def test_a_follow_up_without_a_report_is_good_for_twelve_months(dato, utfall):
    endre = {L: {"oppfolging": [{"dato": "2026-03-31", "av": "forvalter", "tema": BEGGE}]}}
    assert dom("4.6", L, POSTER, endre=endre).styrke == "bekreftet"
    assert dom("4.6", L, POSTER, endre=endre, dato=date.fromisoformat(dato)).utfall == utfall


@pytest.mark.parametrize(
    ("dato", "utfall"),
    [
        ("2027-01-29", "oppfylt"),
        ("2027-01-30", "snart"),
        ("2027-04-30", "snart"),
        ("2027-05-01", "brudd"),
        ("2027-05-02", "brudd"),
    ],
)
def test_the_first_time_is_one_interval_after_signing(dato, utfall):
    poster = {**POSTER, L: {"navn": "L"}}
    verdict = dom(
        "4.6", L, poster, endre={A: {"signert": "2026-04-30"}, **HOY}, dato=date.fromisoformat(dato)
    )
    assert verdict.utfall == utfall
    assert utfall != "oppfylt" or verdict.styrke == "maskinell"


def test_the_first_signing_of_several_contracts_counts():
    poster = {**POSTER, L: {"navn": "L"}}
    new = {**POSTER[A], "navn": "Ny", "signert": "2026-10-01"}
    assert dom("4.6", L, poster, endre={"avtaler/ny": new}).utfall == "brudd"
    assert dom("4.6", L, poster, endre={"avtaler/ny": new, A: {"tilstand": "utlopt"}}).utfall == "oppfylt"


def test_without_any_start_or_follow_up_it_is_missing():
    poster = {**POSTER, L: {"navn": "L"}}
    verdict = dom("4.6", L, poster, endre={A: {"signert": None, "gyldig_fra": None}})
    assert funn(verdict) == [("oppfolging", "mangler", "oppfolging")]


@pytest.mark.parametrize(
    ("avtale", "utfall"),
    [
        ({"tilstand": "utkast"}, "ikke_aktuelt"),
        ({"tilstand": "utlopt"}, "ikke_aktuelt"),
        ({"signert": "2026-11-17"}, "ikke_aktuelt"),
        ({"signert": "2026-11-16"}, "oppfylt"),
        ({"gyldig_fra": "2026-11-17"}, "ikke_aktuelt"),
        ({"gyldig_til": "2026-11-15"}, "ikke_aktuelt"),
        ({"gyldig_til": "2026-11-16"}, "oppfylt"),
        (
            {
                "gyldig_til": "2026-11-15",
                "opsjoner": [{"id": "o", "til": "2027-11-15", "utlost": "2026-05-01"}],
            },
            "oppfylt",
        ),
        ({"kategorier": ["databehandleravtale"]}, "ikke_aktuelt"),
        ({"tilstand": None}, "oppfylt"),
        ({"tilstand": "sagt_opp"}, "oppfylt"),
        ({"signert": None}, "oppfylt"),
        ({"leverandor": "annen"}, "ikke_aktuelt"),
    ],
)
def test_it_applies_while_a_contract_is_in_force(avtale, utfall):
    assert dom("4.6", L, POSTER, endre={A: avtale}).utfall == utfall


def test_an_unreadable_agreement_leaves_it_undecided():
    lost = {"avtaler/tapt": "leverandor: l"}
    assert dom("4.6", L, POSTER, endre={A: {"tilstand": "utlopt"}}, uleselige=lost).utfall == "ikke_avgjort"
    assert dom("4.6", L, POSTER, uleselige=lost).utfall == "ikke_avgjort"


@pytest.mark.parametrize(
    ("endre", "rolle"),
    [
        ({}, "avtaleforvalter"),
        ({"prosjekter/p": {"navn": "P", "tilstand": "gjennomforing", "leverandor": "l"}}, "prosjektleder"),
        ({"prosjekter/p": {"navn": "P", "leverandor": "l"}}, "prosjektleder"),
        ({"prosjekter/p": {"navn": "P", "tilstand": "avsluttet", "leverandor": "l"}}, "avtaleforvalter"),
        ({"prosjekter/p": {"navn": "P", "tilstand": "stanset", "leverandor": "l"}}, "avtaleforvalter"),
        (
            {"prosjekter/p": {"navn": "P", "tilstand": "planlegging"}, A: {"prosjekter": ["p"]}},
            "prosjektleder",
        ),
    ],
)
def test_it_is_addressed_to_the_project_manager_of_a_live_project_else_to_the_avtaleforvalter(endre, rolle):
    assert [a.rolle for a in dom("4.6", L, POSTER, endre=endre).ansvarlig] == [rolle]


@pytest.mark.parametrize(("til", "utfall"), [("2026-11-15", "brudd"), ("2026-11-16", "avvik")])
def test_a_deviation_covers_until_it_expires(til, utfall):
    avvik = {
        "krav": "4.6",
        "gjelder": ["l"],
        "tilstand": "besluttet",
        "vekt": "mindre",
        "besluttet": {"forum": "sdi", "dato": "2026-03-01"},
        "gyldig_til": til,
    }
    endre = {L: {"oppfolging": []}, "avvik/v": avvik}
    assert dom("4.6", L, POSTER, endre=endre).utfall == utfall
