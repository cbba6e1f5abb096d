"""Requirement 6.5: a QA role that is not the project manager."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom
from tests.krav.omrade6.prosjektdata import HOVED, HOVEDPROSJEKT, POSTER, P, avvik


def test_a_filled_qa_role_is_proved_by_the_registry():
    verdict = dom("6.5", P, POSTER)
    assert (verdict.utfall, verdict.styrke) == ("oppfylt", "maskinell")


@pytest.mark.parametrize(
    ("endre", "vilkar", "art"),
    [
        ({P: {"kvalitetsansvarlig": None}}, "kvalitetsansvarlig-mangler", "mangler"),
        ({P: {"kvalitetsansvarlig": "finnes-ikke"}}, "ukjent-henvisning", "feil"),
        ({P: {"kvalitetsansvarlig": "p"}}, "feil-slag-henvisning", "feil"),
        ({P: {"kvalitetsansvarlig": "eier"}}, "kvalitetsansvarlig-feil-rolletype", "feil"),
        ({P: {"prosjektleder": "qa"}}, "samme-som-prosjektleder", "feil"),
        ({P: {"prosjektleder": "QA"}}, "samme-som-prosjektleder", "feil"),
        ({"roller/qa": {"fra": "2026-11-17"}}, "kvalitetsansvarlig-ikke-virksom", "feil"),
        ({"roller/qa": {"til": "2026-11-15"}}, "kvalitetsansvarlig-utlopt", "utlopt"),
    ],
)
def test_what_is_missing_or_at_odds_breaks_it(endre, vilkar, art):
    verdict = dom("6.5", P, POSTER, endre=endre)
    assert verdict.utfall == "brudd"
    assert (vilkar, art) in [(f.vilkar, f.art) for f in verdict.funn]


@pytest.mark.parametrize(
    ("dato", "utfall"),
    [
        (date(2027, 5, 31), "snart"),
        (date(2027, 6, 1), "snart"),
        (date(2027, 6, 2), "brudd"),
        (date(2026, 11, 16), "oppfylt"),
    ],
)
def test_the_role_runs_out(dato, utfall):
    assert dom("6.5", P, POSTER, endre={"roller/qa": {"til": "2027-06-01"}}, dato=dato).utfall == utfall


@pytest.mark.parametrize(
    "endre", [{"prosjektleder": None}, {"type": "program"}, {"type": None}, {"digitalisering": "nei"}]
)
def test_what_is_allowed_leaves_it_fulfilled(endre):
    assert dom("6.5", P, POSTER, endre={P: endre}).utfall == "oppfylt"


@pytest.mark.parametrize(
    "endre",
    [
        {P: {"tilstand": "konsept", "beslutningspunkter": None}},
        {P: {"tilstand": "stanset"}},
        {P: {"tilstand": "avsluttet"}},
        {P: {"type": "tiltak"}},
        {P: {"type": "anskaffelse"}},
        {P: {"type": "delprosjekt", "del_av": "hoved"}, HOVED: HOVEDPROSJEKT},
    ],
)
def test_it_does_not_apply(endre):
    endre = {**endre, P: {**endre[P], "kvalitetsansvarlig": None}}
    assert dom("6.5", P, POSTER, endre=endre).utfall == "ikke_aktuelt"


@pytest.mark.parametrize(
    ("dato", "utfall"), [(date(2025, 2, 17), "ikke_aktuelt"), (date(2025, 2, 18), "brudd")]
)
def test_it_applies_from_the_day_of_bp2(dato, utfall):
    endre = {P: {"tilstand": "konsept", "kvalitetsansvarlig": None}}
    assert dom("6.5", P, POSTER, endre=endre, dato=dato).utfall == utfall


def test_an_unreadable_role_leaves_it_undecided():
    uten = {k: v for k, v in POSTER.items() if k != "roller/qa"}
    assert dom("6.5", P, uten, uleselige={"roller/qa": "x"}).utfall == "ikke_avgjort"


@pytest.mark.parametrize(("til", "utfall"), [("2026-11-15", "brudd"), ("2026-11-16", "avvik")])
def test_a_deviation_covers_while_it_lasts(til, utfall):
    assert (
        dom("6.5", P, POSTER, endre={P: {"kvalitetsansvarlig": None}, **avvik("6.5", til)}).utfall == utfall
    )
