"""Requirement 2.3: indicators, service process and user survey of catalogue services."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom, dommer

from forvaltning.findings import FindingKind, Outcome, Strength

AVTALT = {"dato": "2025-12-15", "av": "eier", "referanse": "Styringsavtalen"}
TJENESTE = {
    "navn": "Arbeidsplass",
    "type": "ikt_tjeneste",
    "tilstand": "i_produksjon",
    "produksjon_fra": "2020-01-01",
    "innforing": {"oversikt": "tjenestekatalogen", "referanse": "IKT-1"},
    "serviceprosess": "Bestilling",
    "indikatorer": [
        {
            "id": "pris",
            "type": "pris",
            "avtalt": dict(AVTALT),
            "retning": "hoyst",
            "mal": "620",
            "malinger": [{"dato": "2026-06-20", "verdi": "620"}, {"dato": "2025-06-20", "verdi": "700"}],
        },
        {
            "id": "kvalitet",
            "type": "kvalitet",
            "avtalt": dict(AVTALT),
            "retning": "minst",
            "mal": "70",
            "malinger": [{"dato": "2026-06-20", "verdi": "70"}],
        },
    ],
    "brukerundersokelser": [
        {"dato": "2025-06-20", "referanse": "2025"},
        {"dato": "2026-06-20", "referanse": "2026"},
    ],
}
T = "tjenester/arbeidsplass"
POSTER = {
    T: TJENESTE,
    "roller/eier": {"type": "systemeier"},
    "enheter/ansattservice": {"navn": "Ansattservice", "kontakt": "post@x"},
}


def vilkar(verdict):
    return sorted(f.vilkar for f in verdict.funn)


def test_agreed_measured_and_met_is_fulfilled():
    v = dom("2.3", T, POSTER)
    assert v.utfall is Outcome.OPPFYLT
    assert v.styrke is Strength.DOKUMENTERT
    assert [(r.rolle, r.enhet) for r in v.ansvarlig] == [("ansattservice", "ansattservice")]


@pytest.mark.parametrize(
    ("path", "verdi", "ventet"),
    [
        ("serviceprosess", None, ["serviceprosess-mangler"]),
        ("indikatorer", None, ["indikator-kvalitet-mangler", "indikator-pris-mangler"]),
        ("indikatorer.0", None, ["indikator-pris-mangler"]),
        ("indikatorer.1", None, ["indikator-kvalitet-mangler"]),
        ("indikatorer.0.type", None, ["indikator-pris-mangler"]),
        ("indikatorer.0.type", "tid", ["indikator-pris-mangler"]),
        ("indikatorer.0.avtalt", None, ["indikator-avtalt"]),
        ("indikatorer.0.avtalt.dato", None, ["indikator-avtalt-dato"]),
        ("indikatorer.0.avtalt.dato", "2026-11-17", ["indikator-avtalt-framtid"]),
        ("indikatorer.0.avtalt.av", "ukjent", ["ukjent-henvisning"]),
        ("indikatorer.0.mal", None, ["indikator-mal-mangler"]),
        ("indikatorer.0.retning", None, ["indikator-retning-mangler"]),
        ("indikatorer.0.malinger.0.dato", "2026-11-17", ["mal-ikke-nadd", "maling-framtid", "maling-utlopt"]),
        ("indikatorer.0.malinger.0.verdi", "620.01", ["mal-ikke-nadd"]),
        ("indikatorer.1.malinger.0.verdi", "69.99", ["mal-ikke-nadd"]),
        ("brukerundersokelser.1", None, ["undersokelse-utlopt"]),
        ("brukerundersokelser", None, ["undersokelse-mangler"]),
        ("brukerundersokelser.1.dato", "2026-11-17", ["undersokelse-framtid", "undersokelse-utlopt"]),
    ],
)
def test_each_condition_can_be_broken(path, verdi, ventet):
    v = dom("2.3", T, POSTER, endre={T: {path: verdi}})
    assert (v.utfall, vilkar(v)) == (Outcome.BRUDD, ventet)


def test_a_further_indicator_is_held_to_the_same():
    tredje = {"id": "tid", "type": "tid"}
    v = dom("2.3", T, POSTER, endre={T: {"indikatorer.2": tredje}})
    assert vilkar(v) == [
        "indikator-avtalt",
        "indikator-mal-mangler",
        "indikator-retning-mangler",
        "maling-mangler",
    ]


@pytest.mark.parametrize(
    ("plan", "utfall", "ventet"),
    [
        ({"referanse": "Tavle"}, Outcome.OPPFYLT, []),
        ({"referanse": "Tavle", "frist": "2027-06-01"}, Outcome.OPPFYLT, []),
        ({"referanse": "Tavle", "frist": "2026-11-17"}, Outcome.SNART, []),
        ({"referanse": "Tavle", "frist": "2026-11-16"}, Outcome.SNART, []),
        ({"referanse": "Tavle", "frist": "2026-11-15"}, Outcome.BRUDD, ["plan-utlopt"]),
        ({"frist": "2027-06-01"}, Outcome.BRUDD, ["mal-ikke-nadd"]),
        ({}, Outcome.BRUDD, ["mal-ikke-nadd"]),
    ],
)
def test_a_missed_target_needs_a_plan(plan, utfall, ventet):
    v = dom(
        "2.3", T, POSTER, endre={T: {"indikatorer.0.malinger.0.verdi": "650", "indikatorer.0.plan": plan}}
    )
    assert (v.utfall, vilkar(v)) == (utfall, ventet)


def test_a_met_target_ignores_an_old_plan():
    v = dom("2.3", T, POSTER, endre={T: {"indikatorer.0.plan": {"referanse": "x", "frist": "2024-01-01"}}})
    assert v.utfall is Outcome.OPPFYLT


@pytest.mark.parametrize(
    ("dag", "utfall"),
    [
        (date(2027, 6, 19), Outcome.SNART),
        (date(2027, 6, 20), Outcome.SNART),
        (date(2027, 6, 21), Outcome.BRUDD),
    ],
)
@pytest.mark.parametrize("hva", ["maling", "undersokelse"])
def test_measurement_and_survey_are_good_for_twelve_months(hva, dag, utfall):
    senere = (
        {"brukerundersokelser.1.dato": "2026-09-01"}
        if hva == "maling"
        else {"indikatorer.0.malinger.0.dato": "2026-09-01", "indikatorer.1.malinger.0.dato": "2026-09-01"}
    )
    v = dom("2.3", T, POSTER, endre={T: senere}, dato=dag)
    assert v.utfall is utfall
    if utfall is Outcome.BRUDD:
        assert {(f.vilkar, f.art) for f in v.funn} == {(f"{hva}-utlopt", FindingKind.UTLOPT)}


@pytest.mark.parametrize(
    ("dag", "utfall"), [(date(2026, 11, 16), Outcome.SNART), (date(2026, 11, 17), Outcome.BRUDD)]
)
@pytest.mark.parametrize("tom", ["indikatorer.0.malinger", "brukerundersokelser"])
def test_first_rounds_are_due_one_interval_after_production(tom, dag, utfall):
    endre = {T: {"produksjon_fra": "2025-11-16", tom: None, "indikatorer.0.avtalt.dato": "2025-11-01"}}
    v = dom("2.3", T, POSTER, endre=endre, dato=dag)
    assert v.utfall is utfall
    if utfall is Outcome.BRUDD:
        assert {f.art for f in v.funn} == {FindingKind.MANGLER}


def test_an_indicator_agreed_later_has_its_own_first_round_when_a_document_proves_it():
    endre = {
        T: {
            "indikatorer.0.malinger": None,
            "indikatorer.0.avtalt": {"dato": "2026-10-01", "referanse": "Bilag"},
        }
    }
    assert dom("2.3", T, POSTER, endre=endre).utfall is Outcome.OPPFYLT
    endre[T]["indikatorer.0.avtalt"] = {"dato": "2026-10-01", "av": "eier"}
    assert vilkar(dom("2.3", T, POSTER, endre=endre)) == ["maling-mangler"]


def test_an_agreement_a_role_alone_vouches_for_runs_out():
    endre = {T: {"indikatorer.0.avtalt": {"dato": "2025-11-15", "av": "eier"}}}
    assert vilkar(dom("2.3", T, POSTER, endre=endre)) == ["indikator-avtalt-utlopt"]
    endre[T]["indikatorer.0.avtalt"]["dato"] = "2025-11-16"
    v = dom("2.3", T, POSTER, endre=endre)
    assert (v.utfall, v.styrke) == (Outcome.SNART, Strength.BEKREFTET)


@pytest.mark.parametrize(
    ("endre", "utfall"),
    [
        ({"type": "ansattjeneste", "innforing.oversikt": "ansatthjelpen"}, Outcome.IKKE_AKTUELT),
        ({"type": "innbyggertjeneste", "innforing": None}, Outcome.IKKE_AKTUELT),
        ({"type": None, "innforing.oversikt": "innbyggerhjelpen"}, Outcome.IKKE_AKTUELT),
        ({"type": "ansattjeneste"}, Outcome.OPPFYLT),
        ({"type": None}, Outcome.OPPFYLT),
        ({"innforing": None}, Outcome.OPPFYLT),
        ({"type": None, "innforing": None}, Outcome.IKKE_AVGJORT),
        ({"tilstand": "akseptansetest"}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "planlagt"}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "avviklet"}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "under_avvikling"}, Outcome.OPPFYLT),
        ({"tilstand": None}, Outcome.OPPFYLT),
    ],
)
def test_catalogue_services_in_use_are_judged(endre, utfall):
    v = dom("2.3", T, POSTER, endre={T: endre})
    assert v.utfall is utfall
    if utfall in (Outcome.IKKE_AKTUELT, Outcome.IKKE_AVGJORT):
        assert v.begrunnelse


def test_an_unreadable_role_leaves_it_undecided():
    uten = {T: TJENESTE}
    assert dom("2.3", T, uten, uleselige={"roller/eier": None}).utfall is Outcome.IKKE_AVGJORT


AVVIK = {
    "krav": "2.3",
    "gjelder": ["arbeidsplass"],
    "vekt": "mindre",
    "tilstand": "besluttet",
    "besluttet": {"forum": "sdi", "dato": "2026-01-10"},
    "gyldig_til": "2026-11-16",
}


@pytest.mark.parametrize(
    ("dag", "utfall"),
    [
        (date(2026, 11, 15), Outcome.AVVIK),
        (date(2026, 11, 16), Outcome.AVVIK),
        (date(2026, 11, 17), Outcome.BRUDD),
    ],
)
def test_a_deviation_covers_until_its_last_day(dag, utfall):
    endre = {T: {"serviceprosess": None}}
    assert dom("2.3", T, {**POSTER, "avvik/a": AVVIK}, endre=endre, dato=dag).utfall is utfall


def test_a_finding_names_the_indicator_not_its_place_in_the_list():
    endre = {T: {"indikatorer.1.malinger.0.verdi": "60"}}
    f = dom("2.3", T, POSTER, endre=endre).funn[0]
    assert f.felt == "indikatorer[kvalitet].malinger[2026-06-20].verdi"
    assert "60" in f.melding
    assert "minst 70" in f.melding


def test_bare_records_do_not_crash():
    poster = {
        "tjenester/a": {
            "navn": "A",
            "type": "ikt_tjeneste",
            "indikatorer": [{"id": "x"}],
            "brukerundersokelser": [{}],
        },
        "tjenester/b": {"navn": "B"},
    }
    v = dommer("2.3", poster)
    assert v["tjenester/a"].utfall is Outcome.BRUDD
    assert v["tjenester/b"].utfall is Outcome.IKKE_AVGJORT
