"""Requirement 3.2: a dated routine, and each dataset described."""

from datetime import date

import pytest
from tests.hjelp import dom

from forvaltning.findings import FindingKind, Outcome, Strength

SYS = "systemer/fag"
DS = "datasett/soknader"
BASE = {
    "roller/eier": {"type": "tjenesteansvarlig", "fra": "2020-01-01"},
    SYS: {
        "navn": "Fagsystemet",
        "tilstand": "i_produksjon",
        "datarutine": {"dato": "2026-02-01", "referanse": "BkKvalitet D1"},
    },
    DS: {
        "navn": "Søknader",
        "system": "fag",
        "eier": "eier",
        "tema": "EDUC",
        "betydning": "En søknad for ett barn.",
        "formal": "Saksbehandling",
        "brukere": ["Etaten"],
        "arbeidsprosesser": ["Opptak"],
        "rettsgrunnlag": ["Barnehageloven § 16"],
    },
}


def test_a_dated_routine_fulfils_it_for_the_system():
    v = dom("3.2", SYS, BASE)
    assert (v.utfall, v.styrke) == (Outcome.OPPFYLT, Strength.DOKUMENTERT)


@pytest.mark.parametrize(
    ("felt", "verdi", "vilkar", "art"),
    [
        ("datarutine", None, "datarutine-mangler", FindingKind.MANGLER),
        ("datarutine", {}, "datarutine-mangler", FindingKind.MANGLER),
        ("datarutine.dato", None, "datarutine-dato", FindingKind.MANGLER),
        ("datarutine.referanse", None, "datarutine-referanse", FindingKind.MANGLER),
        ("datarutine.dato", "2026-11-17", "datarutine-framtid", FindingKind.FEIL),
    ],
)
def test_a_routine_without_date_or_document_is_not_enough(felt, verdi, vilkar, art):
    v = dom("3.2", SYS, BASE, endre={SYS: {felt: verdi}})
    assert v.utfall is Outcome.BRUDD
    assert [(f.vilkar, f.art) for f in v.funn] == [(vilkar, art)]


@pytest.mark.parametrize("dag", ["2026-11-15", "2026-11-16"])
def test_a_routine_dated_up_to_the_check_date_counts(dag):
    assert dom("3.2", SYS, BASE, endre={SYS: {"datarutine.dato": dag}}).utfall is Outcome.OPPFYLT


def test_a_described_dataset_is_fulfilled_by_the_registry_itself():
    v = dom("3.2", DS, BASE)
    assert (v.utfall, v.styrke) == (Outcome.OPPFYLT, Strength.MASKINELL)


@pytest.mark.parametrize(
    "felt", ["eier", "tema", "betydning", "formal", "brukere", "arbeidsprosesser", "rettsgrunnlag"]
)
def test_each_part_of_the_description_is_missed(felt):
    v = dom("3.2", DS, BASE, endre={DS: {felt: None}})
    assert v.utfall is Outcome.BRUDD
    assert [(f.vilkar, f.felt, f.art) for f in v.funn] == [(f"{felt}-mangler", felt, FindingKind.MANGLER)]


@pytest.mark.parametrize(
    ("endre", "vilkar"),
    [
        ({DS: {"eier": "eire"}}, "ukjent-henvisning"),
        ({DS: {"eier": "fag"}}, "feil-slag-henvisning"),
        ({DS: {"system": "fagg"}}, "ukjent-henvisning"),
        ({"roller/eier": {"fra": "2026-11-17"}}, "eier-ikke-virksom"),
        ({"roller/eier": {"til": "2026-11-15"}}, "eier-utlopt"),
    ],
)
def test_the_owner_and_the_system_resolve(endre, vilkar):
    assert [f.vilkar for f in dom("3.2", DS, BASE, endre=endre).funn] == [vilkar]


@pytest.mark.parametrize(
    ("til", "utfall"),
    [
        ("2026-11-15", Outcome.BRUDD),
        ("2026-11-16", Outcome.SNART),
        ("2026-11-17", Outcome.SNART),
        ("2027-06-01", Outcome.OPPFYLT),
    ],
)
def test_an_owner_role_that_ends_runs_out(til, utfall):
    assert dom("3.2", DS, BASE, endre={"roller/eier": {"til": til}}).utfall is utfall


@pytest.mark.parametrize("lost", ["roller/eier", SYS])
def test_an_unreadable_referent_leaves_it_undecided(lost):
    poster = {k: v for k, v in BASE.items() if k != lost}
    assert dom("3.2", DS, poster, uleselige={lost: None}).utfall is Outcome.IKKE_AVGJORT


@pytest.mark.parametrize(
    ("tilstand", "grunn"),
    [("planlagt", "ikke tatt i bruk"), ("akseptansetest", "ikke tatt i bruk"), ("avviklet", "avviklet")],
)
def test_a_dataset_is_judged_only_while_its_system_is_in_use(tilstand, grunn):
    bare = {DS: {"navn": "Utkast", "system": "fag"}, SYS: {"navn": "Fagsystemet", "tilstand": tilstand}}
    v = dom("3.2", DS, bare)
    assert v.utfall is Outcome.IKKE_AKTUELT
    assert grunn in v.begrunnelse
    assert dom("3.2", SYS, bare).utfall is Outcome.IKKE_AKTUELT


@pytest.mark.parametrize("tilstand", [None, "under_avvikling"])
def test_a_system_without_a_state_or_on_its_way_out_is_in_use(tilstand):
    endre = {SYS: {"tilstand": tilstand, "datarutine": None}, DS: {"tema": None}}
    assert dom("3.2", SYS, BASE, endre=endre).utfall is Outcome.BRUDD
    assert dom("3.2", DS, BASE, endre=endre).utfall is Outcome.BRUDD


def test_a_dataset_without_a_system_is_judged_all_the_same():
    assert dom("3.2", DS, BASE, endre={DS: {"system": None}}).utfall is Outcome.OPPFYLT
    assert dom("3.2", DS, BASE, endre={DS: {"system": None, "formal": None}}).utfall is Outcome.BRUDD


AVVIK = {
    "krav": "3.2",
    "gjelder": ["soknader"],
    "felt": "formal",
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
def test_a_deviation_covers_its_field_until_its_last_day(dato, utfall):
    endre = {DS: {"formal": None}, "avvik/a": AVVIK}
    assert dom("3.2", DS, BASE, endre=endre, dato=dato).utfall is utfall


def test_a_deviation_for_one_field_hides_nothing_else():
    endre = {DS: {"formal": None, "tema": None}, "avvik/a": AVVIK}
    assert dom("3.2", DS, BASE, endre=endre).utfall is Outcome.BRUDD
