"""Requirement 6.1: the justification in BkProsjekt, complete and up to date."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom
from tests.krav.omrade6.prosjektdata import HOVED, HOVEDPROSJEKT, POSTER, P, avvik


def test_a_complete_and_recent_justification_is_documented():
    verdict = dom("6.1", P, POSTER)
    assert (verdict.utfall, verdict.styrke) == ("oppfylt", "dokumentert")
    assert verdict.frist == date(2027, 4, 1)


@pytest.mark.parametrize(
    ("endre", "vilkar", "felt"),
    [
        ({"begrunnelse": None}, "begrunnelse-mangler", "begrunnelse"),
        *(
            ({f"begrunnelse.{f}": None}, f"{f}-mangler", f"begrunnelse.{f}")
            for f in (
                "referanse",
                "mal",
                "omfang",
                "kostnad",
                "nytte",
                "potensial",
                "ansvar",
                "forankring",
                "tidsramme",
            )
        ),
        ({"begrunnelse.oppdatert": "2026-11-17"}, "oppdatert-framtid", "begrunnelse.oppdatert"),
        ({"begrunnelse.registrert": "2026-11-17"}, "registrert-framtid", "begrunnelse.registrert"),
        ({"registrert": "2026-11-17"}, "registrert-framtid", "registrert"),
        ({"mandatendringer.0.dato": "2026-11-17"}, "mandat-framtid", "mandatendringer[2026-11-17].dato"),
        ({"mandatendringer.1.dato": "2026-10-02"}, "eldre-enn-mandat", "begrunnelse.oppdatert"),
        (
            {"begrunnelse.oppdatert": None, "begrunnelse.registrert": None},
            "mandat-uten-dato",
            "begrunnelse.oppdatert",
        ),
        (
            {
                "begrunnelse.oppdatert": None,
                "begrunnelse.registrert": None,
                "registrert": None,
                "mandatendringer": None,
            },
            "oppdatert-mangler",
            "begrunnelse.oppdatert",
        ),
        (
            {"digitalisering": "nei", "digitaliseringsplan": "2025"},
            "digitalisering-motsagt",
            "digitalisering",
        ),
    ],
)
def test_what_is_missing_or_at_odds_breaks_it(endre, vilkar, felt):
    verdict = dom("6.1", P, POSTER, endre={P: endre})
    assert verdict.utfall == "brudd"
    assert (vilkar, felt) in [(f.vilkar, f.felt) for f in verdict.funn]


@pytest.mark.parametrize(
    "endre",
    [
        {"mandatendringer.0.dato": "2026-10-01"},
        {"mandatendringer": None},
        {"begrunnelse.oppdatert": None, "begrunnelse.registrert": "2026-10-01"},
        {"type": "tiltak"},
        {"type": "anskaffelse"},
        {"type": None},
        {"digitalisering": None},
        {"tilstand": None},
        {"tilstand": "meldt"},
        {"type": "delprosjekt"},
        {"type": "delprosjekt", "del_av": "p"},
        {"type": "delprosjekt", "del_av": "finnes-ikke"},
    ],
)
def test_what_is_allowed_leaves_it_fulfilled(endre):
    assert dom("6.1", P, POSTER, endre={P: endre}).utfall == "oppfylt"


@pytest.mark.parametrize(
    ("dato", "utfall"),
    [
        (date(2026, 12, 31), "oppfylt"),
        (date(2027, 1, 1), "snart"),
        (date(2027, 3, 31), "snart"),
        (date(2027, 4, 1), "snart"),
        (date(2027, 4, 2), "brudd"),
    ],
)
def test_it_is_renewed_within_six_months(dato, utfall):
    verdict = dom("6.1", P, POSTER, dato=dato)
    assert verdict.utfall == utfall
    assert [f.art for f in verdict.funn] == (["utlopt"] if utfall == "brudd" else [])


@pytest.mark.parametrize(("dato", "utfall"), [(date(2025, 2, 1), "snart"), (date(2025, 2, 2), "brudd")])
def test_a_justification_without_date_is_first_due_one_interval_after_registration(dato, utfall):
    endre = {"begrunnelse.oppdatert": None, "begrunnelse.registrert": None, "mandatendringer": None}
    assert dom("6.1", P, POSTER, endre={P: endre}, dato=dato).utfall == utfall


@pytest.mark.parametrize("tilstand", ["avsluttet", "stanset"])
def test_a_project_that_is_over_needs_no_renewal_but_keeps_its_parts(tilstand):
    endre = {"tilstand": tilstand, "avsluttet": "2026-10-30"}
    assert dom("6.1", P, POSTER, endre={P: endre}, dato=date(2030, 1, 1)).utfall == "oppfylt"
    endre["begrunnelse.nytte"] = None
    assert dom("6.1", P, POSTER, endre={P: endre}, dato=date(2030, 1, 1)).utfall == "brudd"


@pytest.mark.parametrize(
    "endre",
    [
        {P: {"type": "program", "begrunnelse": None}},
        {P: {"digitalisering": "nei", "begrunnelse": None}},
        {P: {"tilstand": "avsluttet", "avsluttet": "2023-12-31", "begrunnelse": None}},
        {P: {"type": "delprosjekt", "del_av": "hoved", "begrunnelse": None}, HOVED: HOVEDPROSJEKT},
    ],
)
def test_it_does_not_apply(endre):
    verdict = dom("6.1", P, POSTER, endre=endre)
    assert verdict.utfall == "ikke_aktuelt"
    assert verdict.begrunnelse


def test_a_sub_project_of_a_programme_answers_for_itself():
    endre = {
        P: {"type": "delprosjekt", "del_av": "hoved", "begrunnelse": None},
        HOVED: {**HOVEDPROSJEKT, "type": "program"},
    }
    assert dom("6.1", P, POSTER, endre=endre).utfall == "brudd"


def test_a_project_that_ended_on_the_day_the_regulation_began_is_judged():
    endre = {P: {"tilstand": "avsluttet", "avsluttet": "2024-01-01", "begrunnelse": None}}
    assert dom("6.1", P, POSTER, endre=endre).utfall == "brudd"


@pytest.mark.parametrize("kind", ["systemer", "tjenester"])
def test_a_system_or_service_contradicts_a_project_that_says_it_does_not_digitalise(kind):
    endre = {P: {"digitalisering": "nei"}, f"{kind}/s": {"navn": "S", "prosjekter": ["p"]}}
    verdict = dom("6.1", P, POSTER, endre=endre)
    assert (verdict.utfall, verdict.funn[0].vilkar, verdict.funn[0].art) == (
        "brudd",
        "digitalisering-motsagt",
        "feil",
    )
    assert verdict.funn[0].se[0].post == f"{kind}/s"


def test_an_unreadable_parent_leaves_a_sub_project_undecided():
    endre = {P: {"type": "delprosjekt", "del_av": "hoved", "begrunnelse": None}}
    assert dom("6.1", P, POSTER, endre=endre, uleselige={HOVED: "x"}).utfall == "ikke_avgjort"


@pytest.mark.parametrize(
    ("til", "utfall"), [("2026-11-15", "brudd"), ("2026-11-16", "avvik"), ("2026-11-17", "avvik")]
)
def test_a_deviation_covers_while_it_lasts(til, utfall):
    endre = {P: {"begrunnelse.nytte": None}, **avvik("6.1", til)}
    assert dom("6.1", P, POSTER, endre=endre).utfall == utfall
