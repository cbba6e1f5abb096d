"""Requirement 6.4: status at the agreed rhythm."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom
from tests.krav.omrade6.prosjektdata import HOVED, HOVEDPROSJEKT, POSTER, P, avvik


@pytest.mark.parametrize(
    ("endre", "styrke"),
    [
        ({}, "dokumentert"),
        ({"rapportering.rapporter.1.referanse": None}, "bekreftet"),
        ({"rapportering.avtalt": {"dato": "2026-10-01", "av": "eier"}}, "bekreftet"),
    ],
)
def test_a_report_within_the_rhythm_fulfils_it(endre, styrke):
    verdict = dom("6.4", P, POSTER, endre={P: endre})
    assert (verdict.utfall, verdict.styrke) == ("oppfylt", styrke)
    assert verdict.frist == date(2027, 2, 16)


@pytest.mark.parametrize(
    ("endre", "vilkar"),
    [
        ({"rapportering": None}, "rapportering-mangler"),
        ({"rapportering.rytme_maneder": None}, "rytme-mangler"),
        ({"rapportering.rytme_maneder": "0"}, "rytme-null"),
        ({"rapportering.avtalt": None}, "avtalt"),
        ({"rapportering.avtalt.dato": None}, "avtalt-dato"),
        ({"rapportering.avtalt.dato": "2026-11-17"}, "avtalt-framtid"),
        ({"rapportering.avtalt.referanse": None}, "avtalt-av"),
        ({"rapportering.avtalt": {"dato": "2025-11-15", "av": "eier"}}, "avtalt-utlopt"),
        ({"rapportering.avtalt": {"dato": "2026-10-01", "av": "finnes-ikke"}}, "ukjent-henvisning"),
        ({"rapportering.rapporter.1": None}, "rapport-utlopt"),
        ({"rapportering.rapporter.1.dato": "2026-11-17"}, "rapport-framtid"),
        ({"rapportering.rapporter": None}, "rapport-utlopt"),
        (
            {"rapportering.rapporter": None, "rapportering.avtalt": None, "beslutningspunkter": None},
            "rapport-mangler",
        ),
    ],
)
def test_what_is_missing_or_old_breaks_it(endre, vilkar):
    verdict = dom("6.4", P, POSTER, endre={P: endre})
    assert verdict.utfall == "brudd"
    assert vilkar in [f.vilkar for f in verdict.funn]


@pytest.mark.parametrize(
    ("dato", "utfall"),
    [
        (date(2026, 11, 17), "oppfylt"),
        (date(2026, 11, 18), "snart"),
        (date(2027, 2, 15), "snart"),
        (date(2027, 2, 16), "snart"),
        (date(2027, 2, 17), "brudd"),
    ],
)
def test_the_next_report_is_due_one_rhythm_after_the_last(dato, utfall):
    assert dom("6.4", P, POSTER, dato=dato).utfall == utfall


@pytest.mark.parametrize(
    ("avtalt", "dato", "utfall"),
    [
        ("2025-02-01", date(2025, 6, 18), "snart"),
        ("2025-02-01", date(2025, 6, 19), "brudd"),
        ("2025-02-25", date(2025, 6, 25), "snart"),
        ("2025-02-25", date(2025, 6, 26), "brudd"),
    ],
)
def test_the_first_report_is_due_one_rhythm_after_bp2_or_the_agreement(avtalt, dato, utfall):
    endre = {"rapportering.rapporter": None, "rapportering.avtalt.dato": avtalt}
    assert dom("6.4", P, POSTER, endre={P: endre}, dato=dato).utfall == utfall


@pytest.mark.parametrize(
    "endre",
    [
        {P: {"tilstand": "konsept", "beslutningspunkter": None}},
        {P: {"tilstand": "stanset"}},
        {P: {"tilstand": "avsluttet"}},
        {P: {"type": "tiltak"}},
        {P: {"type": "anskaffelse"}},
        {P: {"type": "delprosjekt", "del_av": "hoved"}, HOVED: {**HOVEDPROSJEKT, "type": "program"}},
        {
            P: {"type": "delprosjekt", "del_av": "hoved"},
            HOVED: {**HOVEDPROSJEKT, "type": "delprosjekt", "del_av": "topp"},
            "prosjekter/topp": HOVEDPROSJEKT,
        },
    ],
)
def test_it_does_not_apply(endre):
    endre = {**endre, P: {**endre[P], "rapportering": None}}
    assert dom("6.4", P, POSTER, endre=endre).utfall == "ikke_aktuelt"


@pytest.mark.parametrize(
    "endre",
    [
        {"type": "program"},
        {"type": None},
        {"digitalisering": "nei"},
        {"tilstand": None, "beslutningspunkter": None},
        {"type": "delprosjekt"},
        {"type": "delprosjekt", "del_av": "p"},
    ],
)
def test_it_applies_to_projects_and_programmes_digital_or_not(endre):
    assert dom("6.4", P, POSTER, endre={P: {**endre, "rapportering": None}}).utfall == "brudd"


def test_an_unreadable_parent_leaves_a_sub_project_undecided():
    endre = {P: {"type": "delprosjekt", "del_av": "hoved", "rapportering": None}}
    assert dom("6.4", P, POSTER, endre=endre, uleselige={HOVED: "x"}).utfall == "ikke_avgjort"


def test_an_unreadable_role_leaves_it_undecided():
    endre = {P: {"rapportering.avtalt.av": "borte"}}
    assert dom("6.4", P, POSTER, endre=endre, uleselige={"roller/borte": "x"}).utfall == "ikke_avgjort"


@pytest.mark.parametrize(("til", "utfall"), [("2026-11-15", "brudd"), ("2026-11-16", "avvik")])
def test_a_deviation_covers_while_it_lasts(til, utfall):
    assert dom("6.4", P, POSTER, endre={P: {"rapportering": None}, **avvik("6.4", til)}).utfall == utfall
