"""Requirement 1.1: owner, coordinator and line of responsibility."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom, dommer

S = "systemer/x"

POSTER = {
    "enheter/kommunen": {"navn": "Kommunen", "type": "kommune"},
    "enheter/finans": {"navn": "Finans", "type": "byradsavdeling", "forelder": "kommunen"},
    "enheter/sdi": {"navn": "SDI", "type": "seksjon", "forelder": "finans"},
    "enheter/boas": {"navn": "BOAS", "type": "byradsavdeling", "forelder": "kommunen"},
    "roller/eier": {"type": "systemeier", "enhet": "sdi"},
    "roller/koordinator": {"type": "systemkoordinator", "enhet": "sdi"},
    "roller/ba-finans": {"type": "behandlingsansvarlig", "enhet": "finans"},
    "roller/ba-boas": {
        "type": "behandlingsansvarlig",
        "enhet": "boas",
        "delegasjoner": [{"til": "eier", "hva": "behandlingsansvar", "dato": "2024-05-01"}],
    },
    "roller/mellomleder": {"type": "kommunaldirektor", "enhet": "finans"},
    S: {
        "navn": "X",
        "tilstand": "i_produksjon",
        "systemeier": "eier",
        "systemkoordinator": "koordinator",
        "personopplysninger": "ja",
        "behandlingsansvarlige": ["ba-finans", "ba-boas"],
    },
}
VIA = {
    "roller/ba-boas": {
        "delegasjoner": [{"til": "mellomleder", "hva": "behandlingsansvar", "dato": "2024-05-01"}]
    }
}


def test_a_system_with_roles_and_lines_is_fulfilled_by_the_registry_alone():
    verdict = dom("1.1", S, POSTER)
    assert (verdict.utfall, verdict.styrke) == ("oppfylt", "maskinell")


@pytest.mark.parametrize(
    "endre",
    [
        {S: {"personopplysninger": "nei", "behandlingsansvarlige": None}},
        {S: {"personopplysninger": "nei"}},
        {S: {"personopplysninger": None}},
        {S: {"behandlingsansvarlige": ["ba-finans"]}},
        {S: {"tilstand": None}},
        {S: {"tilstand": "planlagt"}},
        {"roller/ba-finans": {"enhet": "sdi"}},
        {"roller/ba-finans": {"enhet": "SDI"}},
        {"roller/ba-finans": {"enhet": "kommunen"}},
        {"roller/ba-boas": {"delegasjoner.0.hva": "systemeierskap"}},
        {"roller/ba-boas": {"delegasjoner.0.dato": "2026-11-16"}},
        {"enheter/kommunen": {"forelder": "sdi"}},
        VIA,
    ],
)
def test_what_may_differ_and_still_holds(endre):
    assert dom("1.1", S, POSTER, endre=endre).utfall == "oppfylt"


@pytest.mark.parametrize(
    ("endre", "vilkar", "art", "felt"),
    [
        ({S: {"systemeier": None}}, "systemeier-mangler", "mangler", "systemeier"),
        ({S: {"systemkoordinator": None}}, "systemkoordinator-mangler", "mangler", "systemkoordinator"),
        ({S: {"systemeier": "eire"}}, "ukjent-henvisning", "feil", "systemeier"),
        ({S: {"systemeier": "sdi"}}, "feil-slag-henvisning", "feil", "systemeier"),
        ({S: {"systemkoordinator": "eier"}}, "systemkoordinator-feil-rolletype", "feil", "systemkoordinator"),
        ({"roller/eier": {"til": "2026-11-15"}}, "systemeier-utlopt", "utlopt", "systemeier"),
        ({"roller/eier": {"fra": "2026-11-17"}}, "systemeier-ikke-virksom", "feil", "systemeier"),
        (
            {S: {"behandlingsansvarlige": []}},
            "behandlingsansvarlig-mangler",
            "mangler",
            "behandlingsansvarlige",
        ),
        (
            {S: {"behandlingsansvarlige": ["eier"]}},
            "behandlingsansvarlig-feil-rolletype",
            "feil",
            "behandlingsansvarlige[eier]",
        ),
        (
            {S: {"behandlingsansvarlige": None, "personopplysninger": None}},
            "personopplysninger-mangler",
            "mangler",
            "personopplysninger",
        ),
        (
            {"roller/ba-boas": {"delegasjoner": []}},
            "ansvarslinje-mangler",
            "mangler",
            "behandlingsansvarlige[ba-boas]",
        ),
        (
            {"roller/ba-boas": {"delegasjoner.0.dato": "2026-11-17"}},
            "ansvarslinje-mangler",
            "mangler",
            "behandlingsansvarlige[ba-boas]",
        ),
        (
            {"roller/ba-boas": {"delegasjoner.0.hva": "risikoaksept"}},
            "ansvarslinje-mangler",
            "mangler",
            "behandlingsansvarlige[ba-boas]",
        ),
        (
            {"roller/ba-finans": {"enhet": "boas"}},
            "ansvarslinje-mangler",
            "mangler",
            "behandlingsansvarlige[ba-finans]",
        ),
        (
            {"roller/ba-finans": {"enhet": None}},
            "ansvarslinje-mangler",
            "mangler",
            "behandlingsansvarlige[ba-finans]",
        ),
        (
            {"roller/eier": {"enhet": None}},
            "ansvarslinje-mangler",
            "mangler",
            "behandlingsansvarlige[ba-finans]",
        ),
        (
            {"enheter/sdi": {"forelder": "borte"}},
            "ansvarslinje-mangler",
            "mangler",
            "behandlingsansvarlige[ba-finans]",
        ),
        (
            {"enheter/sdi": {"forelder": "sdi"}},
            "ansvarslinje-mangler",
            "mangler",
            "behandlingsansvarlige[ba-finans]",
        ),
        (
            {"roller/ba-boas": {"delegasjoner.0.til": "koordinator-borte"}},
            "ansvarslinje-mangler",
            "mangler",
            "behandlingsansvarlige[ba-boas]",
        ),
        (
            {**VIA, "roller/mellomleder": {"enhet": "boas"}},
            "ansvarslinje-mangler",
            "mangler",
            "behandlingsansvarlige[ba-boas]",
        ),
    ],
)
def test_each_condition_breaks_alone(endre, vilkar, art, felt):
    verdict = dom("1.1", S, POSTER, endre=endre)
    assert verdict.utfall == "brudd"
    assert [(f.vilkar, f.art, f.felt) for f in verdict.funn] == [(vilkar, art, felt)]


@pytest.mark.parametrize(
    ("utelatt", "melding"), [("dato", "har ingen dato"), ("hva", "sier ikke hva den gjelder")]
)
def test_an_incomplete_delegation_does_not_count_and_is_pointed_at(utelatt, melding):
    verdict = dom("1.1", S, POSTER, endre={"roller/ba-boas": {f"delegasjoner.0.{utelatt}": None}})
    (funn,) = verdict.funn
    assert funn.vilkar == "ansvarslinje-mangler"
    assert any(melding in s.melding and s.path == ("delegasjoner", 0) for s in funn.se)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("datasett/d", {"navn": "D", "system": "x", "personopplysninger": "ja"}),
        ("integrasjoner/i", {"navn": "I", "fra": {"system": "x"}, "personopplysninger": "ja"}),
        ("behandlinger/b", {"navn": "B", "systemer": ["x"]}),
    ],
)
@pytest.mark.parametrize("svar", ["nei", None])
def test_a_no_that_other_records_contradict_is_not_believed(kind, data, svar):
    endre = {S: {"personopplysninger": svar, "behandlingsansvarlige": None}, kind: data}
    vilkar = {f.vilkar for f in dom("1.1", S, POSTER, endre=endre).funn}
    assert vilkar == {"behandlingsansvarlig-mangler"} | ({"personopplysninger-motsagt"} if svar else set())


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("datasett/d", {"navn": "D", "system": "x", "personopplysninger": "nei"}),
        (
            "integrasjoner/i",
            {"navn": "I", "fra": {"system": "x"}, "personopplysninger": "ja", "tilstand": "avsluttet"},
        ),
        ("behandlinger/b", {"navn": "B", "systemer": ["x"], "tilstand": "avsluttet"}),
    ],
)
def test_what_has_ended_or_agrees_does_not_contradict(kind, data):
    endre = {S: {"personopplysninger": "nei", "behandlingsansvarlige": None}, kind: data}
    assert dom("1.1", S, POSTER, endre=endre).utfall == "oppfylt"


@pytest.mark.parametrize(
    ("dato", "utfall"),
    [
        (date(2026, 9, 30), "oppfylt"),
        (date(2026, 10, 1), "snart"),
        (date(2026, 12, 29), "snart"),
        (date(2026, 12, 30), "snart"),
        (date(2026, 12, 31), "brudd"),
    ],
)
def test_a_delegation_runs_out_after_its_last_day(dato, utfall):
    endre = {"roller/ba-boas": {"delegasjoner.0.utlop": "2026-12-30"}}
    verdict = dom("1.1", S, POSTER, endre=endre, dato=dato)
    assert verdict.utfall == utfall
    assert verdict.frist == date(2026, 12, 30)
    if utfall == "brudd":
        assert [(f.vilkar, f.art, f.dato) for f in verdict.funn] == [
            ("ansvarslinje-utlopt", "utlopt", date(2026, 12, 30))
        ]


@pytest.mark.parametrize(("dato", "utfall"), [(29, "snart"), (30, "snart"), (31, "brudd")])
def test_a_role_runs_out_after_its_last_day(dato, utfall):
    endre = {"roller/koordinator": {"til": "2026-12-30"}}
    assert dom("1.1", S, POSTER, endre=endre, dato=date(2026, 12, dato)).utfall == utfall


@pytest.mark.parametrize(("dato", "utfall"), [(29, "brudd"), (30, "oppfylt"), (31, "oppfylt")])
def test_a_delegation_counts_from_its_day(dato, utfall):
    endre = {"roller/ba-boas": {"delegasjoner.0.dato": "2026-12-30"}}
    assert dom("1.1", S, POSTER, endre=endre, dato=date(2026, 12, dato)).utfall == utfall


def test_of_several_chains_the_one_that_lasts_longest_decides():
    endre = {
        "roller/ba-boas": {
            "delegasjoner": [
                {"til": "eier", "hva": "behandlingsansvar", "dato": "2024-05-01", "utlop": "2025-01-01"},
                {"til": "mellomleder", "hva": "systemeierskap", "dato": "2024-05-01", "utlop": "2026-12-30"},
            ]
        },
        "roller/mellomleder": {
            "enhet": "boas",
            "delegasjoner": [
                {"til": "ba-boas", "hva": "behandlingsansvar", "dato": "2024-05-01"},
                {"til": "eier", "hva": "behandlingsansvar", "dato": "2024-05-01", "utlop": "2027-06-30"},
            ],
        },
    }
    verdict = dom("1.1", S, POSTER, endre=endre)
    assert (verdict.utfall, verdict.frist) == ("snart", date(2026, 12, 30))


@pytest.mark.parametrize(
    "borte", ["roller/eier", "roller/koordinator", "roller/ba-finans", "enheter/sdi", "enheter/finans"]
)
def test_what_can_not_be_read_is_not_decided(borte):
    poster = {k: v for k, v in POSTER.items() if k != borte}
    endre = {S: {"behandlingsansvarlige": ["ba-finans"]}}
    verdict = dom("1.1", S, poster, endre=endre, uleselige={borte: None})
    assert verdict.utfall == "ikke_avgjort"
    assert f"{borte}.yaml" in (verdict.begrunnelse or "")


def test_an_unreadable_link_in_a_chain_is_not_decided():
    poster = {k: v for k, v in POSTER.items() if k != "roller/mellomleder"}
    verdict = dom("1.1", S, poster, endre=VIA, uleselige={"roller/mellomleder": None})
    assert verdict.utfall == "ikke_avgjort"


def test_an_unreadable_dataset_that_may_contradict_keeps_the_verdict_from_turning_green():
    endre = {S: {"personopplysninger": "nei", "behandlingsansvarlige": None}}
    assert dom("1.1", S, POSTER, endre=endre, uleselige={"datasett/d": "system: x"}).utfall == "ikke_avgjort"
    assert dom("1.1", S, POSTER, endre=endre, uleselige={"datasett/d": "system: y"}).utfall == "oppfylt"


@pytest.mark.parametrize("tilstand", ["ide", "avviklet"])
def test_an_idea_and_an_ended_system_are_not_judged(tilstand):
    verdict = dom("1.1", S, POSTER, endre={S: {"tilstand": tilstand, "systemeier": None}})
    assert verdict.utfall == "ikke_aktuelt"
    assert verdict.begrunnelse


@pytest.mark.parametrize(("til", "utfall"), [("2026-11-16", "avvik"), ("2026-11-15", "brudd")])
def test_a_deviation_covers_until_it_expires(til, utfall):
    avvik = {
        "krav": "1.1",
        "gjelder": ["x"],
        "vekt": "mindre",
        "tilstand": "besluttet",
        "besluttet": {"forum": "sdi", "dato": "2026-02-01"},
        "gyldig_til": til,
    }
    verdict = dom("1.1", S, POSTER, endre={S: {"systemkoordinator": None}, "avvik/a": avvik})
    assert verdict.utfall == utfall


def test_only_systems_carry_the_verdict():
    assert set(dommer("1.1", POSTER)) == {S}
