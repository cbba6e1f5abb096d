"""Requirement 1.6: the entry in the inventory, and systems that are named but missing."""

from __future__ import annotations

import pytest
from tests.hjelp import dom, dommer

S = "systemer/x"
POSTER = {
    "enheter/sdi": {"navn": "SDI"},
    "enheter/drift": {"navn": "Drift"},
    "leverandorer/l": {"navn": "L"},
    "roller/eier": {"type": "systemeier", "enhet": "sdi"},
    "roller/koordinator": {"type": "systemkoordinator"},
    S: {
        "navn": "X",
        "beskrivelse": "Gjør noe.",
        "tilstand": "i_produksjon",
        "enhet": "sdi",
        "systemeier": "eier",
        "systemkoordinator": "koordinator",
        "personopplysninger": "nei",
        "anskaffet": "ja",
        "leverandor": "l",
        "drift": {"form": "egen", "enhet": "drift"},
        "eksponering": "intern",
        "autentisering": ["ansatt_sso"],
        "brukere": ["ansatte"],
        "produksjon_fra": "2020-01-01",
        "systemoversikt": {"dato": "2026-06-15", "av": "koordinator"},
    },
}
SKY = {"drift": {"form": "sky", "leverandor": "l"}}


def test_a_complete_and_reviewed_entry_is_fulfilled():
    verdict = dom("1.6", S, POSTER)
    assert (verdict.utfall, verdict.styrke) == ("oppfylt", "bekreftet")


def test_a_documented_review_is_documented_and_runs_out_all_the_same():
    endre = {S: {"systemoversikt": {"dato": "2026-06-15", "referanse": "Sak 1"}}}
    verdict = dom("1.6", S, POSTER, endre=endre)
    assert (verdict.utfall, verdict.styrke, str(verdict.frist)) == ("oppfylt", "dokumentert", "2027-06-15")


@pytest.mark.parametrize(
    "endre",
    [
        SKY,
        {"drift": {"form": "leverandor"}},
        {"anskaffet": "nei", "leverandor": None},
        {"enhet": None},
        {"tilstand": "under_avvikling", "avvikling_fra": "2026-11-16"},
        {"avvikling_fra": "2026-11-17"},
        {"produksjon_fra": "2026-11-16"},
        {"tilstand": "akseptansetest", "produksjon_fra": "2026-11-16"},
        {"tilstand": "akseptansetest", "produksjon_fra": None},
        {
            "tilstand": "under_utvikling",
            "drift": None,
            "eksponering": None,
            "autentisering": None,
            "brukere": None,
            "produksjon_fra": None,
            "leverandor": None,
        },
        {
            "tilstand": "planlagt",
            "drift": None,
            "eksponering": None,
            "autentisering": None,
            "brukere": None,
            "produksjon_fra": "2027-01-01",
            "leverandor": None,
            "anskaffet": None,
            "personopplysninger": None,
        },
    ],
)
def test_what_the_state_does_not_ask_for_may_be_absent(endre):
    assert dom("1.6", S, POSTER, endre={S: endre}).utfall == "oppfylt"


@pytest.mark.parametrize(
    ("endre", "vilkar", "art", "felt"),
    [
        ({"beskrivelse": None}, "beskrivelse-mangler", "mangler", "beskrivelse"),
        ({"systemeier": None}, "systemeier-mangler", "mangler", "systemeier"),
        ({"systemkoordinator": None}, "systemkoordinator-mangler", "mangler", "systemkoordinator"),
        ({"personopplysninger": None}, "personopplysninger-mangler", "mangler", "personopplysninger"),
        ({"anskaffet": None}, "anskaffet-mangler", "mangler", "anskaffet"),
        ({"leverandor": None}, "leverandor-mangler", "mangler", "leverandor"),
        ({"drift": None}, "drift-form-mangler", "mangler", "drift.form"),
        ({"drift.form": None}, "drift-form-mangler", "mangler", "drift.form"),
        ({"drift.enhet": None}, "drift-enhet-mangler", "mangler", "drift.enhet"),
        (
            {"drift": {"form": "sky"}, "anskaffet": "nei", "leverandor": None},
            "drift-leverandor-mangler",
            "mangler",
            "drift.leverandor",
        ),
        ({"eksponering": None}, "eksponering-mangler", "mangler", "eksponering"),
        ({"autentisering": []}, "autentisering-mangler", "mangler", "autentisering"),
        ({"brukere": None}, "brukere-mangler", "mangler", "brukere"),
        ({"produksjon_fra": None}, "produksjon_fra-mangler", "mangler", "produksjon_fra"),
        ({"tilstand": "under_avvikling"}, "avvikling_fra-mangler", "mangler", "avvikling_fra"),
        ({"tilstand": None}, "tilstand-mangler", "mangler", "tilstand"),
        ({"systemoversikt": None}, "systemoversikt", "mangler", "systemoversikt"),
        ({"systemoversikt.dato": None}, "systemoversikt-dato", "mangler", "systemoversikt.dato"),
        ({"systemoversikt.av": None}, "systemoversikt-av", "mangler", "systemoversikt"),
        ({"enhet": "borte"}, "ukjent-henvisning", "feil", "enhet"),
        ({"enhet": "l"}, "feil-slag-henvisning", "feil", "enhet"),
        ({"drift.enhet": "borte"}, "ukjent-henvisning", "feil", "drift.enhet"),
        ({"drift.leverandor": "borte"}, "ukjent-henvisning", "feil", "drift.leverandor"),
        ({"produksjon_fra": "2026-11-17"}, "produksjon_fra-framtid", "feil", "produksjon_fra"),
        (
            {"tilstand": "akseptansetest", "produksjon_fra": "2026-11-15"},
            "produksjon_fra-motsier-tilstand",
            "feil",
            "produksjon_fra",
        ),
        (
            {"tilstand": "under_avvikling", "avvikling_fra": "2026-11-17"},
            "avvikling_fra-framtid",
            "feil",
            "avvikling_fra",
        ),
        ({"avvikling_fra": "2026-11-15"}, "avvikling_fra-motsier-tilstand", "feil", "avvikling_fra"),
        ({"avviklet": "2026-11-15"}, "avviklet-motsier-tilstand", "feil", "avviklet"),
    ],
)
def test_each_condition_breaks_alone(endre, vilkar, art, felt):
    verdict = dom("1.6", S, POSTER, endre={S: endre})
    assert verdict.utfall == "brudd"
    assert [(f.vilkar, f.art, f.felt) for f in verdict.funn] == [(vilkar, art, felt)]


@pytest.mark.parametrize(
    ("dato", "utfall"),
    [
        ("2025-11-15", "brudd"),
        ("2025-11-16", "snart"),
        ("2025-11-17", "snart"),
        ("2026-02-14", "snart"),
        ("2026-02-15", "oppfylt"),
        ("2026-11-16", "oppfylt"),
        ("2026-11-17", "brudd"),
    ],
)
@pytest.mark.parametrize("drift", [{}, SKY])
def test_the_review_lasts_twelve_months_to_the_day_whoever_runs_it(dato, utfall, drift):
    assert dom("1.6", S, POSTER, endre={S: {**drift, "systemoversikt.dato": dato}}).utfall == utfall


def test_the_interval_is_the_municipalitys_own():
    endre = {S: {"systemoversikt": {"dato": "2025-01-01", "referanse": "Sak 1"}}}
    eget = {"intervaller": {"systemoversikt": "24"}}
    assert dom("1.6", S, POSTER, endre=endre).utfall == "brudd"
    assert dom("1.6", S, POSTER, endre=endre, innstillinger=eget).utfall == "snart"


@pytest.mark.parametrize(
    ("endre", "utfall", "vilkar"),
    [
        ({"til": "2026-11-15"}, "brudd", ["enhet-utlopt"]),
        ({"til": "2026-11-16"}, "snart", []),
        ({"til": "2026-11-17"}, "snart", []),
        ({"fra": "2026-11-15"}, "oppfylt", []),
        ({"fra": "2026-11-16"}, "oppfylt", []),
        ({"fra": "2026-11-17"}, "brudd", ["enhet-ikke-virksom"]),
    ],
)
@pytest.mark.parametrize("enhet", ["enheter/sdi", "enheter/drift"])
def test_the_units_exist_on_the_check_date(endre, utfall, vilkar, enhet):
    verdict = dom("1.6", S, POSTER, endre={enhet: endre})
    assert verdict.utfall == utfall
    assert [f.vilkar for f in verdict.funn] == vilkar


def test_neither_the_system_nor_its_owner_has_a_unit():
    verdict = dom("1.6", S, POSTER, endre={S: {"enhet": None}, "roller/eier": {"enhet": None}})
    assert [f.vilkar for f in verdict.funn] == ["enhet-mangler"]


@pytest.mark.parametrize("borte", ["enheter/sdi", "enheter/drift", "roller/koordinator"])
def test_what_can_not_be_read_is_not_decided(borte):
    poster = {k: v for k, v in POSTER.items() if k != borte}
    assert dom("1.6", S, poster, uleselige={borte: None}).utfall == "ikke_avgjort"


def test_an_unreadable_owner_may_have_the_unit():
    poster = {k: v for k, v in POSTER.items() if k != "roller/eier"}
    verdict = dom("1.6", S, poster, endre={S: {"enhet": None}}, uleselige={"roller/eier": None})
    assert verdict.utfall == "ikke_avgjort"


@pytest.mark.parametrize(
    ("tilstand", "utfall"),
    [("ide", "ikke_aktuelt"), ("planlagt", "brudd"), ("i_produksjon", "brudd"), ("avviklet", "ikke_aktuelt")],
)
def test_it_applies_from_planned_until_ended(tilstand, utfall):
    endre = {"tilstand": tilstand, "systemoversikt": None, "produksjon_fra": None}
    assert dom("1.6", S, POSTER, endre={S: endre}).utfall == utfall


@pytest.mark.parametrize(("til", "utfall"), [("2026-11-16", "avvik"), ("2026-11-15", "brudd")])
def test_a_deviation_covers_until_it_expires(til, utfall):
    avvik = {
        "krav": "1.6",
        "gjelder": ["x"],
        "vekt": "mindre",
        "tilstand": "besluttet",
        "besluttet": {"forum": "sdi", "dato": "2026-02-01"},
        "gyldig_til": til,
    }
    assert dom("1.6", S, POSTER, endre={S: {"systemoversikt": None}, "avvik/a": avvik}).utfall == utfall


# --- named, but not in the registry ---------------------------------------------------------------

NAVN = {
    "tjenester/t": ({"navn": "T", "systemer": ["x", "y"]}, "systemer[y]"),
    "integrasjoner/i": ({"navn": "I", "fra": {"system": "x"}, "til": {"system": "y"}}, "til.system"),
    "avtaler/a": ({"navn": "A", "systemer": ["y"]}, "systemer[y]"),
}


@pytest.mark.parametrize("post", NAVN)
def test_a_missing_system_breaks_where_it_is_named(post):
    data, felt = NAVN[post]
    verdict = dom("1.6", post, {**POSTER, post: data})
    assert verdict.utfall == "brudd"
    assert [(f.vilkar, f.felt, f.place.post) for f in verdict.funn] == [("ukjent-henvisning", felt, post)]
    assert "«y»" in verdict.funn[0].melding


@pytest.mark.parametrize("post", NAVN)
def test_a_record_of_another_kind_is_not_a_system(post):
    data, felt = NAVN[post]
    verdict = dom("1.6", post, {**POSTER, "leverandorer/y": {"navn": "Y"}, post: data})
    assert [(f.vilkar, f.felt) for f in verdict.funn] == [("feil-slag-henvisning", felt)]


@pytest.mark.parametrize("post", NAVN)
def test_who_names_only_registered_systems_carries_no_verdict(post):
    data, _ = NAVN[post]
    poster = {**POSTER, post: data}
    assert post not in dommer("1.6", {**poster, "systemer/y": {"navn": "Y"}})
    assert post not in dommer("1.6", poster, uleselige={"systemer/y": None})
    assert post in dommer("1.6", poster, uleselige={"systemer/z": None})
    assert post not in dommer("1.6", {**POSTER, post: {"navn": "N"}})


@pytest.mark.parametrize(
    ("post", "tilstand", "dom_"),
    [
        ("tjenester/t", "ide", False),
        ("tjenester/t", "planlagt", True),
        ("tjenester/t", "avviklet", False),
        ("integrasjoner/i", "planlagt", True),
        ("integrasjoner/i", "avsluttet", False),
        ("avtaler/a", "utkast", False),
        ("avtaler/a", "signert", True),
        ("avtaler/a", "utlopt", False),
    ],
)
def test_drafts_and_what_has_ended_are_left_alone(post, tilstand, dom_):
    data, _ = NAVN[post]
    assert (post in dommer("1.6", {**POSTER, post: {**data, "tilstand": tilstand}})) is dom_
