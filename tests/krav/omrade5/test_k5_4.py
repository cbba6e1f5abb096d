"""Requirement 5.4: the contract is followed up with the supplier."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom

K = "avtaler/k"
S = "systemer/x"
T = "tjenester/s"

POSTER = {
    "leverandorer/acme": {"navn": "Acme"},
    "enheter/ansattservice": {"navn": "Ansattservice"},
    "roller/forvalter": {"type": "avtaleforvalter"},
    S: {"navn": "X", "tilstand": "i_produksjon", "kritikalitet": {"klasse": "viktig"}},
    T: {"navn": "S", "tilstand": "i_produksjon", "kritikalitet": {"klasse": "ordinaer"}},
    K: {
        "navn": "Kontrakt",
        "kategorier": ["drift_og_forvaltning"],
        "tilstand": "i_kraft",
        "leverandor": "acme",
        "signert": "2025-01-10",
        "kontraktsreferanse": "KAV 1",
        "systemer": ["x"],
        "tjenester": ["s"],
        "oppfolging": [{"dato": "2026-05-20", "referanse": "Referat 1", "av": "forvalter"}],
    },
}
KRITISK = {S: {"kritikalitet.klasse": "kritisk"}}
UVURDERT = {S: {"kritikalitet": None}}
UTEN_MOTE = {K: {"oppfolging": None}}


def funn(verdict):
    return [(f.vilkar, f.art.value, f.felt) for f in verdict.funn]


def test_a_meeting_with_minutes_is_fulfilled_and_documented():
    verdict = dom("5.4", K, POSTER)
    assert (verdict.utfall, verdict.styrke, verdict.frist) == ("oppfylt", "dokumentert", date(2027, 5, 20))


def test_a_meeting_that_only_a_role_vouches_for_is_told_apart():
    assert dom("5.4", K, POSTER, endre={K: {"oppfolging.0.referanse": None}}).styrke == "bekreftet"


@pytest.mark.parametrize(
    "endre",
    [
        {"tilstand": None},
        {"tilstand": "signert"},
        {"tilstand": "sagt_opp"},
        {"kategorier": None},
        {"kategorier": ["drift_og_forvaltning", "databehandleravtale"]},
        {"oppfolging.0.av": None},
        {"oppfolging.1": {"dato": "2024-01-01"}},
        {"leverandor": None},
    ],
)
def test_what_may_differ_and_still_holds(endre):
    assert dom("5.4", K, POSTER, endre={K: endre}).utfall == "oppfylt"


@pytest.mark.parametrize(
    ("endre", "ventet"),
    [
        ({"signert": None}, ("signert-mangler", "mangler", "signert")),
        ({"oppfolging.1": {"referanse": "R"}}, ("oppfolging-dato", "mangler", "oppfolging[R].dato")),
        (
            {"oppfolging.1": {"dato": "2026-11-17", "referanse": "R"}},
            ("oppfolging-framtid", "feil", "oppfolging[2026-11-17 R].dato"),
        ),
        (
            {"oppfolging": [{"dato": "2026-05-20"}]},
            ("oppfolging-av", "mangler", "oppfolging[2026-05-20]"),
        ),
        (
            {"oppfolging.0.av": "borte"},
            ("ukjent-henvisning", "feil", "oppfolging[2026-05-20 Referat 1].av"),
        ),
        (
            {"oppfolging_ikke_aktuelt": {"grunn": "Liten avtale", "av": "forvalter", "dato": "2026-01-01"}},
            ("fritak-ikke-tillatt", "feil", "oppfolging_ikke_aktuelt"),
        ),
        ({"oppfolging": None, "signert": "2025-11-15"}, ("oppfolging-mangler", "utlopt", "oppfolging")),
        # a meeting before the signing followed up another contract
        (
            {"oppfolging.0.dato": "2025-01-09", "signert": "2025-01-10"},
            ("oppfolging-mangler", "utlopt", "oppfolging"),
        ),
    ],
)
def test_each_condition_breaks_alone(endre, ventet):
    verdict = dom("5.4", K, POSTER, endre={K: endre})
    assert (verdict.utfall, funn(verdict)) == ("brudd", [ventet])


def test_a_role_that_met_was_filled_that_day():
    verdict = dom("5.4", K, POSTER, endre={"roller/forvalter": {"fra": "2026-05-21"}})
    assert [f.vilkar for f in verdict.funn] == ["oppfolging-ikke-virksom"]


@pytest.mark.parametrize(
    ("endre", "mote", "utfall"),
    [
        ({}, "2025-11-15", "brudd"),
        ({}, "2025-11-16", "snart"),
        ({}, "2025-11-17", "snart"),
        ({}, "2026-02-15", "oppfylt"),
        (KRITISK, "2026-05-15", "brudd"),
        (KRITISK, "2026-05-16", "snart"),
        (KRITISK, "2026-05-17", "snart"),
        ({T: {"kritikalitet.klasse": "samfunnskritisk"}}, "2026-05-15", "brudd"),
        # not assessed: decided where every class agrees
        (UVURDERT, "2026-05-16", "snart"),
        (UVURDERT, "2026-05-15", "ikke_avgjort"),
        (UVURDERT, "2025-11-16", "ikke_avgjort"),
        (UVURDERT, "2025-11-15", "brudd"),
        ({**UVURDERT, T: {"kritikalitet.klasse": "kritisk"}}, "2026-05-15", "brudd"),
    ],
)
def test_the_interval_follows_criticality(endre, mote, utfall):
    endre = {**endre, K: {"oppfolging.0.dato": mote}}
    assert dom("5.4", K, POSTER, endre=endre).utfall == utfall


@pytest.mark.parametrize(
    ("endre", "signert", "utfall"),
    [
        ({}, "2025-11-15", "brudd"),
        ({}, "2025-11-16", "snart"),
        ({}, "2025-11-17", "snart"),
        ({}, "2026-11-15", "oppfylt"),
        (KRITISK, "2026-05-15", "brudd"),
        (KRITISK, "2026-05-16", "snart"),
        (UVURDERT, "2026-05-15", "ikke_avgjort"),
    ],
)
def test_the_first_time_is_due_one_interval_after_signing(endre, signert, utfall):
    endre = {**endre, K: {"oppfolging": None, "signert": signert}}
    assert dom("5.4", K, POSTER, endre=endre).utfall == utfall


def test_a_contract_can_not_be_signed_in_the_future():
    verdict = dom("5.4", K, POSTER, endre={K: {"signert": "2026-11-17", "oppfolging": None}})
    assert funn(verdict) == [("signert-framtid", "feil", "signert")]


def test_what_the_contract_covers_but_can_not_be_looked_up_leaves_its_class_open():
    endre = {K: {"systemer": ["x", "borte"], "oppfolging.0.dato": "2026-05-15"}}
    assert dom("5.4", K, POSTER, endre=endre).utfall == "ikke_avgjort"


def test_a_contract_that_covers_nothing_named_is_decided_where_the_classes_agree():
    endre = {K: {"systemer": None, "tjenester": None}}
    assert dom("5.4", K, POSTER, endre=endre).utfall == "snart"
    endre[K]["oppfolging.0.dato"] = "2026-05-15"
    assert dom("5.4", K, POSTER, endre=endre).utfall == "ikke_avgjort"


def test_the_intervals_come_from_the_settings():
    endre = {K: {"oppfolging.0.dato": "2026-05-15"}}
    settings = {"intervaller": {"avtaleoppfolging": "3"}}
    assert dom("5.4", K, POSTER, endre=endre, innstillinger=settings).utfall == "brudd"


@pytest.mark.parametrize(("referanse", "utfall"), [("Referat", "oppfylt"), (None, "brudd")])
def test_the_word_of_a_role_is_good_for_twelve_months_at_most(referanse, utfall):
    endre = {K: {"oppfolging.0": {"dato": "2025-10-01", "av": "forvalter", "referanse": referanse}}}
    settings = {"intervaller": {"avtaleoppfolging": "24"}}
    assert dom("5.4", K, POSTER, endre=endre, innstillinger=settings).utfall == utfall


@pytest.mark.parametrize(
    ("endre", "utfall"),
    [
        ({"tilstand": "utkast"}, "ikke_aktuelt"),
        ({"tilstand": "utlopt"}, "ikke_aktuelt"),
        ({"gyldig_til": "2026-11-15"}, "ikke_aktuelt"),
        ({"gyldig_til": "2026-11-16"}, "brudd"),
        ({"gyldig_til": "2026-11-17"}, "brudd"),
        ({"kategorier": ["databehandleravtale"]}, "ikke_aktuelt"),
        (
            {"kategorier": ["tjenestebilag"], "leverandor": None, "intern_part": "ansattservice"},
            "ikke_aktuelt",
        ),
        ({"kategorier": ["styringsavtale"], "leverandor": None}, "ikke_aktuelt"),
        ({"leverandor": None, "intern_part": "ansattservice"}, "ikke_aktuelt"),
        ({"leverandor": None}, "brudd"),
    ],
)
def test_when_it_applies(endre, utfall):
    verdict = dom("5.4", K, POSTER, endre={K: {"oppfolging": None, **endre}})
    assert verdict.utfall == utfall
    assert utfall == "brudd" or verdict.begrunnelse


@pytest.mark.parametrize(
    ("endre", "uleselige"),
    [
        ({"oppfolging.0.av": "u"}, {"roller/u": None}),
        ({"systemer": ["u"]}, {"systemer/u": None}),
    ],
)
def test_what_can_not_be_read_is_undecided(endre, uleselige):
    verdict = dom("5.4", K, POSTER, endre={K: endre}, uleselige=uleselige)
    assert (verdict.utfall, verdict.funn) == ("ikke_avgjort", ())


@pytest.mark.parametrize(("dag", "utfall"), [(date(2026, 11, 16), "avvik"), (date(2026, 11, 17), "brudd")])
def test_a_deviation_covers_until_its_last_day(dag, utfall):
    avvik = {
        "krav": "5.4",
        "gjelder": ["k"],
        "vekt": "mindre",
        "tilstand": "besluttet",
        "besluttet": {"forum": "sdi", "dato": "2026-01-10"},
        "gyldig_til": "2026-11-16",
    }
    assert dom("5.4", K, POSTER, endre={**UTEN_MOTE, "avvik/a": avvik}, dato=dag).utfall == utfall


def test_a_bare_contract_is_never_green_and_no_fault_of_ours():
    assert dom("5.4", K, {K: {"navn": "K"}}).utfall == "brudd"
    assert dom("5.4", K, {K: {"navn": "K", "leverandor": "borte", "oppfolging": [{}]}}).utfall == "brudd"


@pytest.mark.parametrize(
    ("endre", "grunn"),
    [
        ({K: {"systemer": None, "tjenester": None}}, "Avtalen sier ikke hvilke systemer eller tjenester"),
        ({K: {"systemer": ["x", "borte"]}}, "Ikke alt avtalen dekker, kan slås opp"),
        ({S: {"kritikalitet": None}}, "Kritikaliteten er ikke vurdert for alt avtalen dekker."),
    ],
)
def test_why_the_class_is_not_known_is_told(endre, grunn):
    endre = {**endre, K: {**endre.get(K, {}), "oppfolging.0.dato": "2026-05-15"}}
    verdict = dom("5.4", K, POSTER, endre=endre)
    assert verdict.utfall == "ikke_avgjort"
    assert (verdict.begrunnelse or "").startswith(grunn)
