"""Requirement 3.5: the flow of data between systems is documented."""

from datetime import date

import pytest
from tests.hjelp import dom

from forvaltning.findings import FindingKind, Outcome, Strength

SYS = "systemer/skjema"
FLYT = "integrasjoner/skjema-til-arkiv"
BASE = {
    "systemer/skjema": {
        "navn": "Skjema",
        "tilstand": "i_produksjon",
        "integrert": "ja",
        "personopplysninger": "ja",
    },
    "systemer/arkiv": {
        "navn": "Arkiv",
        "tilstand": "i_produksjon",
        "integrert": "ja",
        "personopplysninger": "ja",
    },
    "datasett/soknader": {"navn": "Søknader", "system": "skjema", "personopplysninger": "ja"},
    "behandlinger/opptak": {"navn": "Opptak", "tilstand": "aktiv"},
    "leverandorer/lev": {"navn": "Leverandøren"},
    FLYT: {
        "navn": "Skjema til arkiv",
        "tilstand": "aktiv",
        "fra": {"system": "skjema"},
        "til": {"system": "arkiv"},
        "datasett": ["soknader"],
        "retning": "en_vei",
        "mekanisme": "api",
        "personopplysninger": "ja",
        "behandlinger": ["opptak"],
    },
}


def vilkar(endre, post=FLYT, **kwargs):
    return [f.vilkar for f in dom("3.5", post, BASE, endre=endre, **kwargs).funn]


def test_a_described_flow_is_fulfilled_by_the_registry_itself():
    v = dom("3.5", FLYT, BASE)
    assert (v.utfall, v.styrke) == (Outcome.OPPFYLT, Strength.MASKINELL)


@pytest.mark.parametrize(
    ("felt", "verdi", "ventet"),
    [
        ("fra", None, "ende-mangler"),
        ("til", None, "ende-mangler"),
        ("til", {}, "ende-mangler"),
        ("retning", None, "retning-mangler"),
        ("mekanisme", None, "mekanisme-mangler"),
        ("behandlinger", None, "behandling-mangler"),
    ],
)
def test_each_part_of_a_flow_is_missed(felt, verdi, ventet):
    v = dom("3.5", FLYT, BASE, endre={FLYT: {felt: verdi}})
    assert v.utfall is Outcome.BRUDD
    assert [(f.vilkar, f.art) for f in v.funn] == [(ventet, FindingKind.MANGLER)]


@pytest.mark.parametrize(
    ("endre", "ventet"),
    [
        ({FLYT: {"datasett": None}}, "innhold-mangler"),
        ({FLYT: {"til.felleskomponent": "altinn"}}, "ende-flertydig"),
        ({FLYT: {"til.ekstern": "NAV"}}, "ende-flertydig"),
        ({FLYT: {"til.system": "arkivv"}}, "ukjent-henvisning"),
        ({FLYT: {"til.system": "lev"}}, "feil-slag-henvisning"),
        ({FLYT: {"til": {"leverandor": "levv"}}}, "ukjent-henvisning"),
        ({FLYT: {"datasett": ["soknad"]}}, "ukjent-henvisning"),
        ({FLYT: {"behandlinger": ["opptakk"]}}, "ukjent-henvisning"),
        ({FLYT: {"aktiv_fra": "2026-11-17"}}, "aktiv-fra-framtid"),
        ({"systemer/arkiv": {"tilstand": "avviklet"}}, "ende-avviklet"),
        ({"datasett/soknader": {"system": "arkiv"}}, "datasett-fra-annet-system"),
        ({"datasett/soknader": {"system": None}}, "datasett-uten-system"),
        ({"systemer/arkiv": {"personopplysninger": "nei"}}, "ende-motsier-personopplysninger"),
        ({"systemer/skjema": {"personopplysninger": None}}, "ende-uten-personopplysninger"),
        ({"behandlinger/opptak": {"tilstand": "avsluttet"}}, "behandling-mangler"),
    ],
)
def test_each_thing_at_odds_is_one_finding(endre, ventet):
    assert vilkar(endre) == [ventet]


@pytest.mark.parametrize(
    "endre",
    [
        {FLYT: {"datasett": None, "innhold": "Søknader"}},
        {FLYT: {"til": {"felleskomponent": "altinn"}}},
        {FLYT: {"til": {"ekstern": "NAV"}}},
        {FLYT: {"til": {"ekstern": "Leverandøren", "leverandor": "lev"}}},
        {FLYT: {"fra": {"ekstern": "NAV"}}},
        {FLYT: {"retning": "begge_veier"}, "datasett/soknader": {"system": "arkiv"}},
        {FLYT: {"fra.system": "SKJEMA"}},
        {FLYT: {"behandlinger": None}, "behandlinger/opptak": {"integrasjoner": ["skjema-til-arkiv"]}},
        {FLYT: {"personopplysninger": None}},
        {FLYT: {"aktiv_fra": "2026-11-16"}},
        {FLYT: {"tilstand": None}},
        {"behandlinger/opptak": {"tilstand": None}},
        {
            FLYT: {"personopplysninger": "nei", "behandlinger": None},
            "datasett/soknader": {"personopplysninger": "nei"},
            "systemer/arkiv": {"personopplysninger": None},
        },
    ],
)
def test_other_ways_of_being_documented_hold(endre):
    assert dom("3.5", FLYT, BASE, endre=endre).utfall is Outcome.OPPFYLT


def test_without_a_direction_a_dataset_of_either_end_may_be_right():
    assert vilkar({FLYT: {"retning": None}, "datasett/soknader": {"system": "arkiv"}}) == ["retning-mangler"]


def test_without_a_direction_and_a_registered_source_a_dataset_can_not_be_placed():
    endre = {FLYT: {"retning": None, "fra": {"ekstern": "NAV"}}}
    third = {"systemer/annet": {"navn": "Annet"}, "datasett/soknader": {"system": "annet"}}
    assert vilkar({**endre, **third}) == ["retning-mangler"]
    assert vilkar({FLYT: {"retning": None}, **third}) == ["retning-mangler", "datasett-fra-annet-system"]


@pytest.mark.parametrize(
    ("svar", "art", "ordene"),
    [("nei", FindingKind.FEIL, "ikke har noen"), (None, FindingKind.MANGLER, "sier ikke")],
)
def test_an_end_that_denies_is_at_odds_and_one_that_is_silent_is_missing(svar, art, ordene):
    (funn,) = dom("3.5", FLYT, BASE, endre={"systemer/arkiv": {"personopplysninger": svar}}).funn
    assert funn.art is art
    assert ordene in funn.melding


def test_a_dataset_of_a_third_system_is_never_the_content():
    third = {"systemer/annet": {"navn": "Annet"}, "datasett/soknader": {"system": "annet"}}
    assert vilkar({FLYT: {"retning": "begge_veier"}, **third}) == ["datasett-fra-annet-system"]
    assert vilkar({FLYT: {"fra": {"ekstern": "NAV"}}, **third}) == []


@pytest.mark.parametrize(
    "endre",
    [
        {FLYT: {"personopplysninger": "nei", "behandlinger": None}},
        {FLYT: {"personopplysninger": "nei"}, "datasett/soknader": {"personopplysninger": "nei"}},
    ],
)
def test_a_flow_without_personal_data_is_not_believed_when_dataset_or_activity_says_otherwise(endre):
    v = dom("3.5", FLYT, BASE, endre=endre)
    assert [(f.vilkar, f.art) for f in v.funn] == [("personopplysninger-motsagt", FindingKind.FEIL)]


def test_a_flow_that_nothing_tells_of_must_say_whether_it_carries_personal_data():
    endre = {
        FLYT: {"personopplysninger": None, "behandlinger": None},
        "datasett/soknader": {"personopplysninger": None},
    }
    assert vilkar(endre) == ["personopplysninger-ikke-oppgitt"]


@pytest.mark.parametrize("lost", ["systemer/arkiv", "datasett/soknader", "behandlinger/opptak"])
def test_an_unreadable_referent_leaves_it_undecided(lost):
    poster = {k: v for k, v in BASE.items() if k != lost}
    v = dom("3.5", FLYT, poster, uleselige={lost: None})
    assert (v.utfall, v.funn) == (Outcome.IKKE_AVGJORT, ())


def test_an_unreadable_activity_that_may_name_the_flow_leaves_it_undecided():
    endre = {FLYT: {"behandlinger": None}}
    lost = {"behandlinger/x": "integrasjoner: [skjema-til-arkiv"}
    assert dom("3.5", FLYT, BASE, endre=endre, uleselige=lost).utfall is Outcome.IKKE_AVGJORT
    lost = {"behandlinger/x": "integrasjoner: [noe-annet"}
    assert dom("3.5", FLYT, BASE, endre=endre, uleselige=lost).utfall is Outcome.BRUDD


@pytest.mark.parametrize(
    ("tilstand", "aktiv_fra", "utfall"),
    [
        ("avsluttet", None, Outcome.IKKE_AKTUELT),
        ("planlagt", None, Outcome.IKKE_AKTUELT),
        ("planlagt", "2026-11-17", Outcome.IKKE_AKTUELT),
        ("planlagt", "2026-11-16", Outcome.BRUDD),
        ("planlagt", "2026-11-15", Outcome.BRUDD),
        ("aktiv", None, Outcome.BRUDD),
        (None, None, Outcome.BRUDD),
    ],
)
def test_a_flow_is_judged_from_the_day_it_is_in_use(tilstand, aktiv_fra, utfall):
    draft = {"navn": "Utkast", "tilstand": tilstand, "aktiv_fra": aktiv_fra}
    assert dom("3.5", FLYT, {FLYT: draft}).utfall is utfall


def test_an_integrated_system_has_a_flow_at_either_end():
    assert dom("3.5", SYS, BASE).utfall is Outcome.OPPFYLT
    assert dom("3.5", "systemer/arkiv", BASE).utfall is Outcome.OPPFYLT


@pytest.mark.parametrize(
    ("integrert", "flyt", "ventet"),
    [
        ("ja", {"tilstand": "avsluttet"}, ["dataflyt-mangler"]),
        ("ja", {"tilstand": "planlagt"}, ["dataflyt-mangler"]),
        ("ja", {"fra": {"ekstern": "NAV"}}, ["dataflyt-mangler"]),
        (None, {"tilstand": "avsluttet"}, ["integrert-ikke-oppgitt"]),
        (None, {}, []),
        ("nei", {}, ["integrert-motsagt"]),
    ],
)
def test_what_a_system_says_of_its_integration_is_held_against_the_flows(integrert, flyt, ventet):
    assert vilkar({SYS: {"integrert": integrert}, FLYT: flyt}, SYS) == ventet


def test_a_system_that_stands_alone_is_not_judged():
    v = dom("3.5", SYS, BASE, endre={SYS: {"integrert": "nei"}, FLYT: {"tilstand": "avsluttet"}})
    assert v.utfall is Outcome.IKKE_AKTUELT


@pytest.mark.parametrize("integrert", ["ja", "nei", None])
def test_an_unreadable_flow_that_may_name_the_system_leaves_it_undecided(integrert):
    poster = {k: v for k, v in BASE.items() if k != FLYT}
    v = dom("3.5", SYS, poster, endre={SYS: {"integrert": integrert}}, uleselige={FLYT: "fra: skjema ["})
    assert v.utfall is Outcome.IKKE_AVGJORT


@pytest.mark.parametrize("tilstand", ["planlagt", "akseptansetest", "avviklet"])
def test_a_system_that_is_not_in_use_is_not_judged(tilstand):
    endre = {SYS: {"tilstand": tilstand}, FLYT: {"tilstand": "avsluttet"}}
    assert dom("3.5", SYS, BASE, endre=endre).utfall is Outcome.IKKE_AKTUELT


AVVIK = {
    "krav": "3.5",
    "gjelder": ["skjema-til-arkiv"],
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
    assert (
        dom("3.5", FLYT, BASE, endre={FLYT: {"mekanisme": None}, "avvik/a": AVVIK}, dato=dato).utfall
        is utfall
    )
