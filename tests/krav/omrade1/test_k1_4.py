"""Requirement 1.4: routines, and further roles that are delimited."""

from __future__ import annotations

import pytest
from tests.hjelp import dom, dommer

S = "systemer/x"
POSTER = {
    "roller/eier": {"type": "systemeier"},
    "roller/annen": {"type": "tjenestekoordinator"},
    S: {
        "navn": "X",
        "tilstand": "i_produksjon",
        "arbeidsprosesser": [
            {
                "id": "drift",
                "navn": "Drift",
                "rutiner": [{"navn": "R", "referanse": "B 1", "dato": "2020-01-01"}],
            },
            {"id": "avtaler", "rutiner": [{"navn": "R", "referanse": "B 2", "dato": "2021-01-01"}]},
        ],
        "andre_roller": [
            {
                "id": "redaktor",
                "rolle": "annen",
                "beskrivelse": "Skriver.",
                "avgrensning": "Svarer til koordinator.",
            }
        ],
    },
}
FRI = {"id": "drift", "ikke_aktuelt": {"grunn": "Nei.", "av": "eier", "dato": "2025-01-01"}}


def test_routines_for_every_process_and_delimited_roles_fulfil():
    verdict = dom("1.4", S, POSTER)
    assert (verdict.utfall, verdict.styrke) == ("oppfylt", "dokumentert")


@pytest.mark.parametrize(
    ("endre", "styrke"),
    [
        ({"andre_roller": None}, "dokumentert"),
        ({"andre_roller.0.rolle": None}, "dokumentert"),
        ({"arbeidsprosesser.0": FRI}, "bekreftet"),
    ],
)
def test_what_may_be_absent(endre, styrke):
    verdict = dom("1.4", S, POSTER, endre={S: endre})
    assert (verdict.utfall, verdict.styrke) == ("oppfylt", styrke)


@pytest.mark.parametrize(
    ("endre", "vilkar", "art", "felt"),
    [
        ({"arbeidsprosesser": None}, "rutiner-mangler", "mangler", "arbeidsprosesser"),
        (
            {"arbeidsprosesser.0.rutiner": None},
            "rutine-mangler",
            "mangler",
            "arbeidsprosesser[drift].rutiner",
        ),
        ({"arbeidsprosesser.0.rutiner": []}, "rutine-mangler", "mangler", "arbeidsprosesser[drift].rutiner"),
        (
            {"arbeidsprosesser.0.rutiner.0.referanse": None},
            "rutine-uten-referanse",
            "mangler",
            "arbeidsprosesser[drift].rutiner[R].referanse",
        ),
        (
            {"arbeidsprosesser.0.rutiner.0.dato": None},
            "rutine-uten-dato",
            "mangler",
            "arbeidsprosesser[drift].rutiner[R].dato",
        ),
        (
            {"arbeidsprosesser.0.rutiner.0.dato": "2026-11-17"},
            "rutine-framtid",
            "feil",
            "arbeidsprosesser[drift].rutiner[R].dato",
        ),
        (
            {"andre_roller.0.beskrivelse": None},
            "rolle-uten-beskrivelse",
            "mangler",
            "andre_roller[redaktor].beskrivelse",
        ),
        (
            {"andre_roller.0.avgrensning": None},
            "rolle-uten-avgrensning",
            "mangler",
            "andre_roller[redaktor].avgrensning",
        ),
        ({"andre_roller.0.rolle": "borte"}, "ukjent-henvisning", "feil", "andre_roller[redaktor].rolle"),
        ({"andre_roller.0.rolle": "x"}, "feil-slag-henvisning", "feil", "andre_roller[redaktor].rolle"),
    ],
)
def test_each_condition_breaks_alone(endre, vilkar, art, felt):
    verdict = dom("1.4", S, POSTER, endre={S: endre})
    assert verdict.utfall == "brudd"
    assert [(f.vilkar, f.art, f.felt) for f in verdict.funn] == [(vilkar, art, felt)]


@pytest.mark.parametrize(
    ("dato", "utfall"), [("2026-11-15", "oppfylt"), ("2026-11-16", "oppfylt"), ("2026-11-17", "brudd")]
)
def test_a_routine_is_dated_in_the_past(dato, utfall):
    assert dom("1.4", S, POSTER, endre={S: {"arbeidsprosesser.0.rutiner.0.dato": dato}}).utfall == utfall


@pytest.mark.parametrize(
    ("til", "utfall"),
    [
        ("2026-11-15", "brudd"),
        ("2026-11-16", "snart"),
        ("2026-11-17", "snart"),
        ("2027-02-14", "snart"),
        ("2027-02-15", "oppfylt"),
    ],
)
def test_a_further_role_is_filled(til, utfall):
    assert dom("1.4", S, POSTER, endre={"roller/annen": {"til": til}}).utfall == utfall


def test_an_unreadable_role_is_not_decided():
    assert dom("1.4", S, {S: POSTER[S]}, uleselige={"roller/annen": None}).utfall == "ikke_avgjort"


@pytest.mark.parametrize(
    ("tilstand", "utfall"),
    [
        ("planlagt", "ikke_aktuelt"),
        ("under_avvikling", "brudd"),
        (None, "brudd"),
        ("avviklet", "ikke_aktuelt"),
    ],
)
def test_it_applies_to_systems_in_use(tilstand, utfall):
    assert dom("1.4", S, POSTER, endre={S: {"tilstand": tilstand, "arbeidsprosesser": []}}).utfall == utfall


@pytest.mark.parametrize(("til", "utfall"), [("2026-11-16", "avvik"), ("2026-11-15", "brudd")])
def test_a_deviation_covers_the_field_it_names_until_it_expires(til, utfall):
    avvik = {
        "krav": "1.4",
        "gjelder": ["x"],
        "felt": "andre_roller",
        "vekt": "mindre",
        "tilstand": "besluttet",
        "besluttet": {"forum": "sdi", "dato": "2026-02-01"},
        "gyldig_til": til,
    }
    endre = {S: {"andre_roller.0.avgrensning": None}, "avvik/a": avvik}
    assert dom("1.4", S, POSTER, endre=endre).utfall == utfall
    endre[S]["arbeidsprosesser"] = None
    assert dom("1.4", S, POSTER, endre=endre).utfall == "brudd"


def test_only_systems_carry_the_verdict():
    assert set(dommer("1.4", POSTER)) == {S}
