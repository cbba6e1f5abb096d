"""Requirement 3.3: concepts explain the data, and stand updated in the catalogue."""

from datetime import date

import pytest
from tests.hjelp import dom

from forvaltning.findings import FindingKind, Outcome, Strength

DS = "datasett/soknader"
BEGREP = "begreper/plass"
BASE = {
    "roller/eier": {"type": "systemeier", "fra": "2020-01-01"},
    "systemer/fag": {"navn": "Fagsystemet", "tilstand": "i_produksjon"},
    DS: {"navn": "Søknader", "system": "fag", "begreper": ["plass"]},
    BEGREP: {
        "term": {"nb": "barnehageplass"},
        "definisjon": {"nb": "plass i en barnehage"},
        "adresse": "https://begreper.example/plass",
        "gjennomgatt": {"dato": "2025-11-16", "av": "eier", "referanse": "Sak 1"},
    },
}


def test_a_dataset_with_a_reviewed_concept_is_fulfilled():
    v = dom("3.3", DS, BASE)
    assert (v.utfall, v.styrke, v.frist) == (Outcome.OPPFYLT, Strength.DOKUMENTERT, date(2027, 11, 16))


@pytest.mark.parametrize(
    ("endre", "vilkar", "sted"),
    [
        ({DS: {"begreper": None}}, "begreper-mangler", DS),
        ({BEGREP: {"definisjon": None}}, "definisjon-mangler", BEGREP),
        ({BEGREP: {"definisjon": {}}}, "definisjon-mangler", BEGREP),
        ({BEGREP: {"adresse": None}}, "katalogadresse-mangler", BEGREP),
        ({BEGREP: {"gjennomgatt": None}}, "gjennomgang", BEGREP),
        ({BEGREP: {"gjennomgatt.dato": None}}, "gjennomgang-dato", BEGREP),
        ({BEGREP: {"gjennomgatt": {"dato": "2026-01-01"}}}, "gjennomgang-av", BEGREP),
        ({DS: {"begreper": ["plasss"]}}, "ukjent-henvisning", DS),
        ({DS: {"begreper": ["eier"]}}, "feil-slag-henvisning", DS),
        ({BEGREP: {"gjennomgatt.dato": "2026-11-17"}}, "gjennomgang-framtid", BEGREP),
        ({BEGREP: {"gjennomgatt.av": "ingen"}}, "ukjent-henvisning", BEGREP),
    ],
)
def test_each_condition_is_missed_where_it_stands(endre, vilkar, sted):
    v = dom("3.3", DS, BASE, endre=endre)
    assert v.utfall is Outcome.BRUDD
    assert [(f.vilkar, f.place.post) for f in v.funn] == [(vilkar, sted)]


@pytest.mark.parametrize(
    "endre",
    [
        {BEGREP: {"definisjon": {"nn": "plass i ein barnehage"}}},
        {BEGREP: {"gjennomgatt.av": None}},
        {BEGREP: {"term": {"nn": "barnehageplass"}}},
        {DS: {"begreper": ["plass", "PLASS"]}},
        {DS: {"system": None}},
    ],
)
def test_other_ways_of_being_in_order_hold(endre):
    assert dom("3.3", DS, BASE, endre=endre).utfall is Outcome.OPPFYLT


@pytest.mark.parametrize(
    ("gjennomgatt", "utfall"),
    [
        ("2024-11-15", Outcome.BRUDD),
        ("2024-11-16", Outcome.SNART),
        ("2024-11-17", Outcome.SNART),
        ("2025-02-14", Outcome.SNART),
        ("2025-02-15", Outcome.OPPFYLT),
    ],
)
def test_a_documented_review_lasts_twenty_four_months(gjennomgatt, utfall):
    v = dom("3.3", DS, BASE, endre={BEGREP: {"gjennomgatt.dato": gjennomgatt}})
    assert v.utfall is utfall
    assert [f.art for f in v.funn] == ([FindingKind.UTLOPT] if utfall is Outcome.BRUDD else [])


@pytest.mark.parametrize(
    ("gjennomgatt", "utfall"), [("2025-11-15", Outcome.BRUDD), ("2025-11-16", Outcome.SNART)]
)
def test_a_review_that_only_a_role_answers_for_lasts_twelve(gjennomgatt, utfall):
    v = dom("3.3", DS, BASE, endre={BEGREP: {"gjennomgatt": {"dato": gjennomgatt, "av": "eier"}}})
    assert v.utfall is utfall
    assert v.styrke is (Strength.BEKREFTET if utfall is Outcome.SNART else None)


def test_the_interval_is_a_setting():
    endre = {BEGREP: {"gjennomgatt.dato": "2024-11-15"}}
    assert (
        dom("3.3", DS, BASE, endre=endre, innstillinger={"intervaller": {"begrep": "36"}}).utfall
        is Outcome.OPPFYLT
    )


def test_each_concept_is_judged_by_itself():
    endre = {DS: {"begreper": ["plass", "barn"]}, "begreper/barn": {"term": {"nb": "barn"}}}
    v = dom("3.3", DS, BASE, endre=endre)
    assert {f.place.post for f in v.funn} == {"begreper/barn"}
    assert len({f.fingeravtrykk for f in v.funn}) == 3


def test_a_concept_that_can_not_be_read_leaves_it_undecided():
    poster = {k: v for k, v in BASE.items() if k != BEGREP}
    assert dom("3.3", DS, poster, uleselige={BEGREP: "term: ["}).utfall is Outcome.IKKE_AVGJORT


@pytest.mark.parametrize("tilstand", ["ide", "under_utvikling", "avviklet"])
def test_a_dataset_whose_system_is_not_in_use_is_not_judged(tilstand):
    v = dom("3.3", DS, BASE, endre={"systemer/fag": {"tilstand": tilstand}, DS: {"begreper": None}})
    assert v.utfall is Outcome.IKKE_AKTUELT


AVVIK = {
    "krav": "3.3",
    "gjelder": ["soknader"],
    "tilstand": "besluttet",
    "vekt": "mindre",
    "besluttet": {"forum": "sdi", "dato": "2026-10-01"},
    "gyldig_til": "2026-11-16",
}


@pytest.mark.parametrize(
    ("dato", "utfall"),
    [
        (date(2026, 11, 15), Outcome.AVVIK),
        (date(2026, 11, 16), Outcome.AVVIK),
        (date(2026, 11, 17), Outcome.BRUDD),
    ],
)
def test_a_deviation_covers_until_its_last_day(dato, utfall):
    assert dom("3.3", DS, BASE, endre={DS: {"begreper": None}, "avvik/a": AVVIK}, dato=dato).utfall is utfall
