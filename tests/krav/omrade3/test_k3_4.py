"""Requirement 3.4: it is documented which data a system holds."""

from datetime import date

import pytest
from tests.hjelp import dom

from forvaltning.findings import FindingKind, Outcome, Strength

SYS = "systemer/fag"
DS = "datasett/soknader"
BASE = {
    "roller/eier": {"type": "systemeier", "fra": "2020-01-01", "til": "2026-06-30"},
    SYS: {"navn": "Fagsystemet", "tilstand": "i_produksjon"},
    DS: {"navn": "Søknader", "system": "fag"},
}
TOM = {k: v for k, v in BASE.items() if k != DS}
FRITAK = {"grunn": "Viser bare data fra Bk360.", "av": "eier", "dato": "2026-01-10"}


def test_one_dataset_is_enough():
    v = dom("3.4", SYS, BASE)
    assert (v.utfall, v.styrke) == (Outcome.OPPFYLT, Strength.MASKINELL)
    assert [b.place.post for b in v.bevis] == [DS]


def test_a_system_without_datasets_is_missing_them():
    v = dom("3.4", SYS, TOM)
    assert v.utfall is Outcome.BRUDD
    assert [(f.vilkar, f.art) for f in v.funn] == [("datasett-mangler", FindingKind.MANGLER)]


@pytest.mark.parametrize("system", [None, "annet"])
def test_a_dataset_of_another_system_does_not_count(system):
    endre = {DS: {"system": system}, "systemer/annet": {"navn": "Annet"}}
    assert dom("3.4", SYS, BASE, endre=endre).utfall is Outcome.BRUDD


def test_a_whole_reason_takes_the_place_of_datasets_though_the_role_has_ended_since():
    v = dom("3.4", SYS, TOM, endre={SYS: {"ingen_datasett": FRITAK}})
    assert (v.utfall, v.styrke) == (Outcome.OPPFYLT, Strength.BEKREFTET)


@pytest.mark.parametrize(
    ("felt", "verdi", "vilkar"),
    [
        ("grunn", None, "fritak-uten-grunn"),
        ("dato", None, "fritak-uten-dato"),
        ("av", None, "fritak-uten-rolle"),
        ("av", "ingen", "ukjent-henvisning"),
        ("dato", "2026-07-01", "fritak-ikke-virksom"),
    ],
)
def test_a_bare_flag_is_no_reason(felt, verdi, vilkar):
    endre = {SYS: {"ingen_datasett": {**FRITAK, felt: verdi}}}
    v = dom("3.4", SYS, TOM, endre=endre)
    assert v.utfall is Outcome.BRUDD
    assert vilkar in [f.vilkar for f in v.funn]


@pytest.mark.parametrize(
    ("dato", "funn"), [("2026-11-15", []), ("2026-11-16", []), ("2026-11-17", ["fritak-framtid"])]
)
def test_a_reason_is_decided_by_the_check_date(dato, funn):
    endre = {SYS: {"ingen_datasett": {**FRITAK, "dato": dato}}, "roller/eier": {"til": None}}
    assert [f.vilkar for f in dom("3.4", SYS, TOM, endre=endre).funn] == funn


def test_a_dataset_contradicts_the_reason():
    v = dom("3.4", SYS, BASE, endre={SYS: {"ingen_datasett": FRITAK}})
    assert [(f.vilkar, f.art, f.se[0].post) for f in v.funn] == [("fritak-motsagt", FindingKind.FEIL, DS)]


@pytest.mark.parametrize(
    ("tekst", "utfall"),
    [
        (None, Outcome.IKKE_AVGJORT),
        ("system: fag [", Outcome.IKKE_AVGJORT),
        ("system: bk360 [", Outcome.BRUDD),
    ],
)
@pytest.mark.parametrize("fritak", [False, True])
def test_an_unreadable_dataset_that_may_be_the_missing_one_leaves_it_undecided(tekst, utfall, fritak):
    endre = {SYS: {"ingen_datasett": FRITAK}} if fritak else {}
    if fritak and utfall is Outcome.BRUDD:
        utfall = Outcome.OPPFYLT
    assert dom("3.4", SYS, TOM, endre=endre, uleselige={DS: tekst}).utfall is utfall


@pytest.mark.parametrize("tilstand", ["ide", "planlagt", "under_utvikling", "akseptansetest", "avviklet"])
def test_a_system_that_is_not_in_use_is_not_judged(tilstand):
    assert dom("3.4", SYS, TOM, endre={SYS: {"tilstand": tilstand}}).utfall is Outcome.IKKE_AKTUELT


def test_a_system_without_a_state_is_judged_as_if_in_use():
    assert dom("3.4", SYS, TOM, endre={SYS: {"tilstand": None}}).utfall is Outcome.BRUDD


AVVIK = {
    "krav": "3.4",
    "gjelder": ["fag"],
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
    assert dom("3.4", SYS, TOM, endre={"avvik/a": AVVIK}, dato=dato).utfall is utfall
