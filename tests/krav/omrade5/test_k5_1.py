"""Requirement 5.1: what is procured has a contract, signed before delivery."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom, dommer

S = "systemer/x"
T = "tjenester/s"
P = "prosjekter/p"
K = "avtaler/k"

POSTER = {
    "leverandorer/acme": {"navn": "Acme"},
    "leverandorer/annen": {"navn": "Annen"},
    S: {"navn": "X", "tilstand": "i_produksjon", "anskaffet": "ja", "leverandor": "acme"},
    T: {"navn": "S", "tilstand": "i_produksjon", "leverandor": "acme"},
    P: {"navn": "P", "tilstand": "gjennomforing", "anskaffet": "ja", "leverandor": "acme"},
    K: {
        "navn": "Kontrakt",
        "kategorier": ["drift_og_forvaltning"],
        "tilstand": "i_kraft",
        "leverandor": "acme",
        "signert": "2025-01-10",
        "gyldig_fra": "2025-02-01",
        "gyldig_til": "2028-12-31",
        "leveranse_fra": "2025-03-01",
        "kontraktsreferanse": "KAV 1",
        "systemer": ["x"],
        "tjenester": ["s"],
        "prosjekter": ["p"],
    },
}
ALLE = [S, T, P]


def funn(verdict):
    return [(f.vilkar, f.art.value, f"{f.place.post}:{f.felt}") for f in verdict.funn]


@pytest.mark.parametrize("post", ALLE)
def test_a_contract_signed_before_delivery_is_fulfilled_and_documented(post):
    verdict = dom("5.1", post, POSTER)
    assert (verdict.utfall, verdict.styrke) == ("oppfylt", "dokumentert")


def test_a_contract_that_does_not_say_where_it_lies_is_only_somebodys_word():
    assert dom("5.1", S, POSTER, endre={K: {"kontraktsreferanse": None}}).styrke == "bekreftet"


@pytest.mark.parametrize("post", ALLE)
@pytest.mark.parametrize(
    "endre",
    [
        {"tilstand": None},
        {"tilstand": "signert"},
        {"tilstand": "sagt_opp"},
        {"kategorier": ["lisenser"]},
        {"kategorier": None},
        {"kategorier": ["utviklingstjenester", "databehandleravtale"]},
        {"gyldig_til": None},
        {"gyldig_fra": "2027-01-01"},
        {"leveranse_fra": "2025-01-10"},
        {"leveranse_fra": "2027-01-01"},
        # delivery before gjelder_fra is not judged, nor asked for when it can not matter
        {"leveranse_fra": "2023-12-31"},
        {"signert": "2024-01-01", "leveranse_fra": None},
        {"gyldig_til": "2025-12-31", "opsjoner": [{"id": "o", "til": "2028-12-31", "utlost": "2025-06-01"}]},
        {"leverandor": "ACME"},
    ],
)
def test_what_may_differ_and_still_holds(post, endre):
    assert dom("5.1", post, POSTER, endre={K: endre}).utfall == "oppfylt"


@pytest.mark.parametrize("post", ALLE)
@pytest.mark.parametrize(
    ("endre", "ventet"),
    [
        ({"tilstand": "utkast"}, ("kontrakt-utkast", "mangler", f"{K}:tilstand")),
        ({"signert": None}, ("kontrakt-ikke-signert", "mangler", f"{K}:signert")),
        ({"signert": "2026-11-17"}, ("kontrakt-signert-framtid", "feil", f"{K}:signert")),
        ({"leveranse_fra": "2025-01-09"}, ("signert-etter-leveranse", "feil", f"{K}:signert")),
    ],
)
def test_each_condition_breaks_alone(post, endre, ventet):
    verdict = dom("5.1", post, POSTER, endre={K: endre})
    assert (verdict.utfall, funn(verdict)) == ("brudd", [ventet])


@pytest.mark.parametrize(("utlost", "utfall"), [("2026-11-16", "oppfylt"), ("2026-11-17", "brudd")])
def test_an_option_counts_from_the_day_it_is_taken_up(utlost, utfall):
    opsjon = [{"id": "o", "til": "2028-12-31", "utlost": utlost}]
    endre = {K: {"gyldig_til": "2026-11-15", "opsjoner": opsjon}}
    assert dom("5.1", S, POSTER, endre=endre).utfall == utfall


@pytest.mark.parametrize("post", ALLE)
@pytest.mark.parametrize(
    "endre",
    [
        {"systemer": None, "tjenester": None, "prosjekter": None},
        {"leverandor": None},
        {"kategorier": ["databehandleravtale"]},
        {"kategorier": ["gevinst", "finansiering"]},
        {"kategorier": ["tjenestebilag"]},
    ],
)
def test_what_is_not_a_contract_with_an_external_party_does_not_count(post, endre):
    verdict = dom("5.1", post, POSTER, endre={K: endre})
    assert funn(verdict) == [("kontrakt-mangler", "mangler", f"{post}:leverandor")]


@pytest.mark.parametrize("post", ALLE)
def test_the_contract_is_with_the_supplier_that_is_named(post):
    verdict = dom("5.1", post, POSTER, endre={post: {"leverandor": "annen"}})
    assert funn(verdict) == [("kontrakt-feil-part", "feil", f"{post}:leverandor")]


@pytest.mark.parametrize(
    ("endre", "felt"),
    [
        ({"drift": {"leverandor": "annen"}}, None),
        ({"leverandor": None, "drift": {"leverandor": "acme"}}, None),
        ({"leverandor": None, "drift": {"leverandor": "annen"}}, "drift.leverandor"),
    ],
)
def test_who_runs_it_is_the_supplier_where_no_other_is_named(endre, felt):
    verdict = dom("5.1", S, POSTER, endre={S: endre})
    assert funn(verdict) == ([("kontrakt-feil-part", "feil", f"{S}:{felt}")] if felt else [])


@pytest.mark.parametrize("post", ALLE)
def test_an_unknown_supplier_is_told_with_the_nearest_id(post):
    verdict = dom("5.1", post, POSTER, endre={post: {"leverandor": "acmee"}})
    assert funn(verdict) == [("ukjent-henvisning", "feil", f"{post}:leverandor")]
    assert "«acme»" in verdict.funn[0].tiltak


@pytest.mark.parametrize("post", [S, T])
def test_something_in_use_must_say_when_delivery_started(post):
    verdict = dom("5.1", post, POSTER, endre={K: {"leveranse_fra": None}})
    assert funn(verdict) == [("leveranse-fra-mangler", "mangler", f"{K}:leveranse_fra")]
    endre = {K: {"leveranse_fra": None}, post: {"tilstand": "under_utvikling"}}
    assert dom("5.1", post, POSTER, endre=endre).utfall == "oppfylt"


@pytest.mark.parametrize(
    ("tilstand", "utfall"), [("gjennomforing", "oppfylt"), ("avslutning", "brudd"), ("avsluttet", "brudd")]
)
def test_a_project_near_its_end_must_say_when_delivery_started(tilstand, utfall):
    endre = {K: {"leveranse_fra": None}, P: {"tilstand": tilstand}}
    assert dom("5.1", P, POSTER, endre=endre).utfall == utfall


@pytest.mark.parametrize(
    ("leveranse", "signert", "utfall"),
    [
        ("2024-01-01", "2024-01-02", "brudd"),
        ("2023-12-31", "2024-01-02", "oppfylt"),
        ("2024-01-02", "2024-01-02", "oppfylt"),
        ("2024-01-03", "2024-01-02", "oppfylt"),
    ],
)
def test_the_order_binds_deliveries_on_and_after_gjelder_fra(leveranse, signert, utfall):
    endre = {K: {"leveranse_fra": leveranse, "signert": signert}}
    assert dom("5.1", S, POSTER, endre=endre).utfall == utfall


@pytest.mark.parametrize("post", [S, T])
@pytest.mark.parametrize(
    ("dag", "utfall"),
    [
        (date(2028, 10, 1), "oppfylt"),
        (date(2028, 10, 2), "snart"),
        (date(2028, 12, 31), "snart"),
        (date(2029, 1, 1), "brudd"),
    ],
)
def test_the_contract_of_a_system_or_service_runs_out(post, dag, utfall):
    verdict = dom("5.1", post, POSTER, dato=dag)
    assert verdict.utfall == utfall
    if utfall == "brudd":
        assert funn(verdict) == [("kontrakt-utlopt", "utlopt", f"{K}:gyldig_til")]


def test_a_project_keeps_its_contract_when_the_contract_ends():
    assert dom("5.1", P, POSTER, dato=date(2030, 1, 1)).utfall == "oppfylt"
    assert dom("5.1", P, POSTER, endre={K: {"tilstand": "utlopt"}}).utfall == "oppfylt"


@pytest.mark.parametrize(
    ("endre", "vilkar"),
    [
        ({"tilstand": "utlopt"}, "kontrakt-utlopt"),
        ({"tilstand": "sagt_opp", "gyldig_til": None}, "kontrakt-siste-dag"),
        ({"gyldig_til": "2025-12-31", "opsjoner": [{"id": "o", "til": "2028-12-31"}]}, "kontrakt-utlopt"),
    ],
)
def test_a_contract_that_has_ended_or_may_have(endre, vilkar):
    assert [f.vilkar for f in dom("5.1", S, POSTER, endre={K: endre}).funn] == [vilkar]


NY = {**POSTER[K], "signert": "2026-11-01", "gyldig_fra": "2027-01-01", "leveranse_fra": "2027-01-01"}


def test_a_signed_renewal_prolongs_the_cover():
    endre = {K: {"gyldig_til": "2026-12-31"}, "avtaler/ny": {**NY, "gyldig_til": "2030-12-31"}}
    verdict = dom("5.1", S, POSTER, endre=endre)
    assert (verdict.utfall, verdict.frist) == ("oppfylt", date(2030, 12, 31))


def test_a_second_contract_is_judged_as_well():
    endre = {"avtaler/ny": {**NY, "gyldig_fra": "2026-11-01", "leveranse_fra": "2026-10-01"}}
    assert [f.vilkar for f in dom("5.1", S, POSTER, endre=endre).funn] == ["signert-etter-leveranse"]


@pytest.mark.parametrize(
    ("post", "endre", "gjelder"),
    [
        (S, {"tilstand": "ide"}, False),
        (S, {"tilstand": "planlagt"}, False),
        (S, {"tilstand": "under_utvikling"}, True),
        (S, {"tilstand": "under_avvikling"}, True),
        (S, {"tilstand": "avviklet"}, False),
        (S, {"tilstand": None}, True),
        (S, {"anskaffet": None, "leverandor": None}, False),
        (S, {"anskaffet": "nei", "leverandor": None}, False),
        (S, {"anskaffet": "ja", "leverandor": None}, True),
        (S, {"anskaffet": "nei"}, True),
        (S, {"anskaffet": None, "leverandor": None, "drift": {"form": "egen"}}, False),
        (S, {"anskaffet": None, "leverandor": None, "drift": {"form": "sky"}}, True),
        (S, {"anskaffet": None, "leverandor": None, "drift": {"leverandor": "acme"}}, True),
        (T, {"tilstand": "planlagt"}, False),
        (T, {"tilstand": "under_utvikling"}, True),
        (T, {"leverandor": None}, False),
        (T, {"leverandor": None, "anskaffet": "ja"}, True),
        (P, {"anskaffet": None, "leverandor": None}, False),
        (P, {"anskaffet": "nei", "tilstand": "meldt"}, True),
        (P, {"leverandor": None, "tilstand": "planlegging"}, False),
        (P, {"leverandor": None}, True),
        (P, {"leverandor": None, "anskaffet": None, "type": "anskaffelse"}, True),
        (
            P,
            {
                "leverandor": None,
                "tilstand": "planlegging",
                "beslutningspunkter": [{"punkt": "BP3", "dato": "2026-11-16"}],
            },
            True,
        ),
        (
            P,
            {
                "leverandor": None,
                "tilstand": "planlegging",
                "beslutningspunkter": [{"punkt": "BP3", "dato": "2026-11-17"}],
            },
            False,
        ),
    ],
)
def test_when_it_applies(post, endre, gjelder):
    uten = {K: {"systemer": None, "tjenester": None, "prosjekter": None}}
    verdict = dom("5.1", post, POSTER, endre={**uten, post: endre})
    assert verdict.utfall == ("brudd" if gjelder else "ikke_aktuelt")
    assert gjelder or verdict.begrunnelse


@pytest.mark.parametrize("post", ALLE)
@pytest.mark.parametrize("tekst", [None, "systemer: [x], tjenester: [s], prosjekter: [p]"])
def test_a_contract_that_can_not_be_read_is_undecided(post, tekst):
    borte = {K: {"systemer": None, "tjenester": None, "prosjekter": None}}
    verdict = dom("5.1", post, POSTER, endre=borte, uleselige={"avtaler/u": tekst})
    assert (verdict.utfall, verdict.funn) == ("ikke_avgjort", ())
    annen_part = {K: {"leverandor": "annen"}}
    verdict = dom("5.1", post, POSTER, endre=annen_part, uleselige={"avtaler/u": tekst})
    assert (verdict.utfall, verdict.funn) == ("ikke_avgjort", ())


def test_a_supplier_that_can_not_be_read_is_undecided():
    endre = {S: {"leverandor": "u"}}
    assert dom("5.1", S, POSTER, endre=endre, uleselige={"leverandorer/u": None}).utfall == "ikke_avgjort"


AVVIK = {
    "krav": "5.1",
    "gjelder": ["x"],
    "vekt": "mindre",
    "tilstand": "besluttet",
    "besluttet": {"forum": "sdi", "dato": "2026-01-10"},
    "gyldig_til": "2026-11-16",
}


@pytest.mark.parametrize(("dag", "utfall"), [(date(2026, 11, 16), "avvik"), (date(2026, 11, 17), "brudd")])
def test_a_deviation_covers_until_its_last_day(dag, utfall):
    assert dom("5.1", S, POSTER, endre={K: {"signert": None}, "avvik/a": AVVIK}, dato=dag).utfall == utfall


def test_a_late_contract_is_settled_by_a_closed_deviation_and_a_missing_one_is_not():
    lukket = {**AVVIK, "tilstand": "lukket", "sent_dokument": "ja"}
    assert (
        dom("5.1", S, POSTER, endre={K: {"leveranse_fra": "2025-01-09"}, "avvik/a": lukket}).utfall == "avvik"
    )
    assert dom("5.1", S, POSTER, endre={K: {"signert": None}, "avvik/a": lukket}).utfall == "brudd"


def test_bare_records_are_no_fault_of_ours():
    tomme = {S: {"navn": "X", "anskaffet": "ja"}, P: {"navn": "P", "anskaffet": "ja"}, K: {"navn": "K"}}
    assert {v.utfall for v in dommer("5.1", tomme).values()} == {"brudd"}
