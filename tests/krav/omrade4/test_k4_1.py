"""Requirement 4.1: each byrådsavdeling manages risk for privacy and information security."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom

A = "enheter/avd"
POSTER = {
    "roller/dir": {"type": "kommunaldirektor", "enhet": "avd", "til": "2026-12-01"},
    "enheter/kommune": {"navn": "Kommunen", "type": "kommune"},
    A: {
        "navn": "Avdelingen",
        "type": "byradsavdeling",
        "forelder": "kommune",
        "akseptabel_risiko": [
            {
                "matrise": "standard-5x5",
                "niva": "gul",
                "dato": "2024-03-01",
                "av": "dir",
                "referanse": "Sak 1",
            }
        ],
        "kontroller": [
            {"id": "p", "type": "prosess", "rolle": "kommunaldirektor", "rytme": "Årlig"},
            {"id": "a", "type": "aktivitet", "rolle": "systemkoordinator", "rytme": "Hvert kvartal"},
        ],
        "risikostyring_gjennomgatt": {"dato": "2026-05-31", "av": "dir", "referanse": "Sak 2"},
    },
    "enheter/etat": {"navn": "Etaten", "type": "etat", "forelder": "avd"},
    "enheter/seksjon": {"navn": "Seksjonen", "type": "seksjon", "forelder": "etat"},
}
EGEN_MATRISE = {
    "matriser": {
        "enkel": {
            "navn": "Enkel",
            "versjon": "1",
            "sannsynlighet": {"1": "Lav", "2": "Høy"},
            "konsekvens": {"1": "Lav", "2": "Høy"},
            "nivaer": {"ok": "Greit", "fare": "Fare"},
            "tabell": {"1": ["ok", "fare"], "2": ["fare", "fare"]},
        }
    }
}


def funn(verdict):
    return [(f.vilkar, f.art, f.felt) for f in verdict.funn]


def test_level_controls_and_review_fulfil_it():
    verdict = dom("4.1", A, POSTER)
    assert (verdict.utfall, verdict.styrke, verdict.frist) == ("oppfylt", "dokumentert", date(2027, 5, 31))


@pytest.mark.parametrize(
    ("endre", "forventet"),
    [
        ({"akseptabel_risiko": None}, ("akseptabel-risiko-mangler", "mangler", "akseptabel_risiko")),
        (
            {"akseptabel_risiko.0.niva": None},
            ("niva-mangler", "mangler", "akseptabel_risiko[standard-5x5].niva"),
        ),
        (
            {"akseptabel_risiko.0.niva": "lilla"},
            ("niva-ukjent", "feil", "akseptabel_risiko[standard-5x5].niva"),
        ),
        (
            {"akseptabel_risiko.0.matrise": "4x4"},
            ("matrise-ukjent", "feil", "akseptabel_risiko[4x4].matrise"),
        ),
        (
            {"akseptabel_risiko.0.dato": None},
            ("akseptabel-risiko-dato", "mangler", "akseptabel_risiko[standard-5x5].dato"),
        ),
        (
            {"akseptabel_risiko.0.dato": "2026-11-17"},
            ("akseptabel-risiko-framtid", "feil", "akseptabel_risiko[standard-5x5].dato"),
        ),
        (
            {"akseptabel_risiko.0.av": "dri"},
            ("ukjent-henvisning", "feil", "akseptabel_risiko[standard-5x5].av"),
        ),
        (
            {"akseptabel_risiko.0.av": None, "akseptabel_risiko.0.referanse": None},
            ("akseptabel-risiko-av", "mangler", "akseptabel_risiko[standard-5x5]"),
        ),
        ({"kontroller.0.type": "aktivitet"}, ("kontrollprosess-mangler", "mangler", "kontroller")),
        ({"kontroller.1.type": "prosess"}, ("kontrollaktivitet-mangler", "mangler", "kontroller")),
        ({"kontroller.0.type": None}, ("kontroll-type", "mangler", "kontroller[p].type")),
        ({"kontroller.0.rolle": None}, ("kontroll-rolle", "mangler", "kontroller[p].rolle")),
        ({"kontroller.1.rytme": None}, ("kontroll-rytme", "mangler", "kontroller[a].rytme")),
        ({"risikostyring_gjennomgatt": None}, ("gjennomgang", "mangler", "risikostyring_gjennomgatt")),
        (
            {"risikostyring_gjennomgatt.dato": None},
            ("gjennomgang-dato", "mangler", "risikostyring_gjennomgatt.dato"),
        ),
        (
            {"risikostyring_gjennomgatt.dato": "2026-11-17"},
            ("gjennomgang-framtid", "feil", "risikostyring_gjennomgatt.dato"),
        ),
        ({"type": None}, ("type-mangler", "mangler", "type")),
    ],
)
def test_each_condition_breaks_alone(endre, forventet):
    verdict = dom("4.1", A, POSTER, endre={A: endre})
    assert verdict.utfall == "brudd"
    assert funn(verdict) == [forventet]


def test_without_controls_both_kinds_are_missing():
    verdict = dom("4.1", A, POSTER, endre={A: {"kontroller": None}})
    assert [f.vilkar for f in verdict.funn] == ["kontrollprosess-mangler", "kontrollaktivitet-mangler"]


@pytest.mark.parametrize(
    ("dato", "utfall"),
    [("2027-03-01", "oppfylt"), ("2027-03-02", "snart"), ("2027-05-31", "snart"), ("2027-06-01", "brudd")],
)
def test_the_review_is_good_for_twelve_months(dato, utfall):
    verdict = dom("4.1", A, POSTER, dato=date.fromisoformat(dato))
    assert verdict.utfall == utfall
    assert [f.art for f in verdict.funn] == (["utlopt"] if utfall == "brudd" else [])


@pytest.mark.parametrize(("dato", "utfall"), [("2027-03-01", "snart"), ("2027-03-02", "brudd")])
def test_a_level_on_a_roles_word_runs_out_after_twelve_months(dato, utfall):
    endre = {A: {"akseptabel_risiko.0.referanse": None, "akseptabel_risiko.0.dato": "2026-03-01"}}
    assert dom("4.1", A, POSTER, endre=endre).styrke == "bekreftet"
    assert dom("4.1", A, POSTER, endre=endre, dato=date.fromisoformat(dato)).utfall == utfall


ROS = {"navn": "R", "enhet": "seksjon", "tilstand": "besluttet", "matrise": "enkel"}


@pytest.mark.parametrize(
    ("ros", "utfall"),
    [
        ({}, "brudd"),
        ({"enhet": "avd"}, "brudd"),
        ({"enhet": "kommune"}, "oppfylt"),
        ({"tilstand": "utkast"}, "oppfylt"),
        ({"tilstand": "erstattet"}, "oppfylt"),
        ({"matrise": "standard-5x5"}, "oppfylt"),
        ({"matrise": "ukjent"}, "oppfylt"),
    ],
)
def test_each_matrix_that_a_ros_of_the_department_uses_has_a_level(ros, utfall):
    verdict = dom("4.1", A, POSTER, endre={"ros/r": {**ROS, **ros}}, innstillinger=EGEN_MATRISE)
    assert verdict.utfall == utfall
    assert [f.vilkar for f in verdict.funn] == (
        ["akseptabel-risiko-for-matrise"] if utfall == "brudd" else []
    )


def test_a_department_may_use_its_own_matrix_alone():
    endre = {A: {"akseptabel_risiko.0.matrise": "enkel", "akseptabel_risiko.0.niva": "ok"}, "ros/r": ROS}
    assert dom("4.1", A, POSTER, endre=endre, innstillinger=EGEN_MATRISE).utfall == "oppfylt"


@pytest.mark.parametrize(
    ("enhet", "endre", "ord_"),
    [
        ("enheter/etat", {}, "arver"),
        ("enheter/seksjon", {}, "arver"),
        ("enheter/seksjon", {"type": None}, "arver"),
        ("enheter/kommune", {}, "gjelder byrådsavdelingene"),
        (A, {"til": "2026-11-15"}, "nedlagt"),
        (A, {"fra": "2026-11-17"}, "ikke opprettet"),
    ],
)
def test_it_does_not_apply_below_beside_or_outside_a_departments_time(enhet, endre, ord_):
    verdict = dom("4.1", enhet, POSTER, endre={enhet: endre})
    assert verdict.utfall == "ikke_aktuelt"
    assert ord_ in verdict.begrunnelse


@pytest.mark.parametrize("endre", [{"til": "2026-11-16"}, {"fra": "2026-11-16"}])
def test_it_applies_on_the_first_and_the_last_day(endre):
    assert dom("4.1", A, POSTER, endre={A: endre}).utfall == "oppfylt"


def test_a_circle_of_units_does_not_hang():
    endre = {"enheter/kommune": {"forelder": "avd"}, "enheter/etat": {"forelder": "seksjon"}}
    assert dom("4.1", A, POSTER, endre=endre).utfall == "oppfylt"
    assert dom("4.1", "enheter/etat", POSTER, endre=endre).utfall == "ikke_aktuelt"


def test_unreadable_files_leave_it_undecided():
    verdict = dom("4.1", A, POSTER, uleselige={"roller/x": None}, endre={A: {"akseptabel_risiko.0.av": "x"}})
    assert (verdict.utfall, verdict.funn) == ("ikke_avgjort", ())
    verdict = dom("4.1", A, POSTER, uleselige={"enheter/y": None}, endre={A: {"type": None, "forelder": "y"}})
    assert (verdict.utfall, verdict.funn) == ("ikke_avgjort", ())
    assert dom("4.1", A, POSTER, uleselige={"ros/z": "enhet: avd"}).utfall == "ikke_avgjort"


@pytest.mark.parametrize(("til", "utfall"), [("2026-11-15", "brudd"), ("2026-11-16", "avvik")])
def test_a_deviation_covers_until_it_expires(til, utfall):
    avvik = {
        "krav": "4.1",
        "gjelder": ["avd"],
        "tilstand": "besluttet",
        "vekt": "storre",
        "besluttet": {"forum": "digitaliseringsrad", "dato": "2026-03-01"},
        "gyldig_til": til,
    }
    assert dom("4.1", A, POSTER, endre={A: {"kontroller": None}, "avvik/a": avvik}).utfall == utfall
