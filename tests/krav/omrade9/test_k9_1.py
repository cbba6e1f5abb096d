"""Requirement 9.1: innovative methods considered, and the guide for the concept phase used."""

from __future__ import annotations

import pytest
from tests.hjelp import dom, dommer

P = "prosjekter/p"
POSTER = {
    "roller/eier": {"type": "prosjekteier"},
    P: {
        "navn": "P",
        "tilstand": "planlegging",
        "innovasjon": {
            "dato": "2026-03-01",
            "av": "eier",
            "metoder": ["Tjenestedesign"],
            "veileder_brukt": "ja",
            "referanse": "Sak 1",
        },
    },
}
AV_ROLLE = {"innovasjon.referanse": None}


def test_a_documented_assessment_is_fulfilled_and_does_not_run_out():
    verdict = dom("9.1", P, POSTER)
    assert (verdict.utfall, verdict.styrke, verdict.frist) == ("oppfylt", "dokumentert", None)


@pytest.mark.parametrize(
    "endre",
    [
        {"innovasjon.metoder": None, "innovasjon.begrunnelse": "Lovkrav uten handlingsrom."},
        {"innovasjon.av": None},
        {"digitalisering": "nei"},
        {"type": "anskaffelse"},
        {"type": "program", "tilstand": "gjennomforing"},
        {"innovasjon.dato": "2026-11-16"},
    ],
)
def test_what_may_differ_and_still_holds(endre):
    assert dom("9.1", P, POSTER, endre={P: endre}).utfall == "oppfylt"


@pytest.mark.parametrize(
    ("endre", "vilkar", "art", "felt"),
    [
        ({"innovasjon": None}, "innovasjon-mangler", "mangler", "innovasjon"),
        ({"innovasjon.metoder": None}, "metoder-mangler", "mangler", "innovasjon.metoder"),
        ({"innovasjon.veileder_brukt": None}, "veileder-mangler", "mangler", "innovasjon.veileder_brukt"),
        ({"innovasjon.veileder_brukt": "nei"}, "veileder-ikke-brukt", "feil", "innovasjon.veileder_brukt"),
        ({"innovasjon.dato": None}, "innovasjon-vurdert-dato", "mangler", "innovasjon.dato"),
        ({"innovasjon.dato": "2026-11-17"}, "innovasjon-vurdert-framtid", "feil", "innovasjon.dato"),
        ({**AV_ROLLE, "innovasjon.av": None}, "innovasjon-vurdert-av", "mangler", "innovasjon"),
        ({"innovasjon.av": "eire"}, "ukjent-henvisning", "feil", "innovasjon.av"),
        (
            {"innovasjon": {"metoder": ["M"], "veileder_brukt": "ja"}},
            "innovasjon-vurdert",
            "mangler",
            "innovasjon",
        ),
    ],
)
def test_each_condition_breaks_alone(endre, vilkar, art, felt):
    verdict = dom("9.1", P, POSTER, endre={P: endre})
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
    ],
)
def test_what_only_a_role_answers_for_lasts_twelve_months(dato, utfall):
    verdict = dom("9.1", P, POSTER, endre={P: {**AV_ROLLE, "innovasjon.dato": dato}})
    assert verdict.utfall == utfall
    assert verdict.styrke == (None if utfall == "brudd" else "bekreftet")


@pytest.mark.parametrize(
    ("slutt", "utfall"), [("2025-03-01", "oppfylt"), ("2025-03-02", "brudd"), (None, "brudd")]
)
def test_it_does_not_run_out_once_the_project_has_ended(slutt, utfall):
    endre = {**AV_ROLLE, "innovasjon.dato": "2024-03-01", "tilstand": "avsluttet", "avsluttet": slutt}
    assert dom("9.1", P, POSTER, endre={P: endre}).utfall == utfall


@pytest.mark.parametrize(
    ("endre", "gjelder"),
    [
        ({"tilstand": "meldt"}, False),
        ({"tilstand": "konsept"}, False),
        ({"tilstand": "konsept", "beslutningspunkter": [{"punkt": "BP1", "dato": "2026-01-01"}]}, False),
        ({"tilstand": "konsept", "beslutningspunkter": [{"punkt": "BP2", "dato": "2026-11-15"}]}, True),
        ({"tilstand": "konsept", "beslutningspunkter": [{"punkt": "BP2", "dato": "2026-11-16"}]}, True),
        ({"tilstand": "konsept", "beslutningspunkter": [{"punkt": "BP2", "dato": "2026-11-17"}]}, False),
        ({"tilstand": "konsept", "beslutningspunkter": [{"punkt": "BP2"}]}, True),
        ({"tilstand": "konsept", "beslutningspunkter": [{"punkt": "BP3", "dato": "2026-01-01"}]}, True),
        ({"tilstand": "planlegging"}, True),
        ({"tilstand": "gjennomforing"}, True),
        ({"tilstand": "avslutning"}, True),
        ({"tilstand": None}, True),
        ({"tilstand": "avsluttet"}, True),
        ({"tilstand": "avsluttet", "avsluttet": "2024-01-01"}, True),
        ({"tilstand": "avsluttet", "avsluttet": "2023-12-31"}, False),
        ({"tilstand": "gjennomforing", "avsluttet": "2023-12-31"}, True),
        ({"tilstand": "stanset"}, False),
    ],
)
def test_it_applies_from_bp2(endre, gjelder):
    verdict = dom("9.1", P, POSTER, endre={P: {**endre, "innovasjon": None}})
    assert verdict.utfall == ("brudd" if gjelder else "ikke_aktuelt")
    assert gjelder or verdict.begrunnelse


def test_an_unreadable_role_is_not_decided():
    assert dom("9.1", P, {P: POSTER[P]}, uleselige={"roller/eier": None}).utfall == "ikke_avgjort"


@pytest.mark.parametrize(("til", "utfall"), [("2026-11-16", "avvik"), ("2026-11-15", "brudd")])
def test_a_deviation_covers_until_it_expires(til, utfall):
    avvik = {
        "krav": "9.1",
        "gjelder": ["p"],
        "vekt": "mindre",
        "tilstand": "besluttet",
        "besluttet": {"forum": "sdi", "dato": "2026-02-01"},
        "gyldig_til": til,
    }
    endre = {P: {"innovasjon.veileder_brukt": "nei"}, "avvik/a": avvik}
    assert dom("9.1", P, POSTER, endre=endre).utfall == utfall


def test_only_projects_carry_the_verdict():
    assert set(dommer("9.1", POSTER)) == {P}


def test_the_measure_says_where_the_answer_is_written():
    verdict = dom("9.1", P, POSTER, endre={P: {"innovasjon.veileder_brukt": "nei"}})
    assert "skriv ja i «innovasjon.veileder_brukt»" in verdict.funn[0].tiltak
