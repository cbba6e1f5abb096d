"""Requirement 1.3: the work processes of the management."""

from __future__ import annotations

from typing import Any

import pytest
from tests.hjelp import dom, dommer

S = "systemer/x"
OMRADER = (
    "okonomi_og_prioritering",
    "drift",
    "serviceprosesser_og_tilgang",
    "endring",
    "dokumentasjon_og_opplaering",
    "risiko_og_informasjon",
    "avtaler",
)
FRITAK = {"grunn": "Gjøres av andre.", "av": "eier", "dato": "2025-03-01"}


def prosess(omrade: str) -> dict[str, Any]:
    return {
        "id": omrade.replace("_", "-"),
        "omrade": omrade,
        "navn": "Prosess",
        "besluttet": {"dato": "2019-05-01", "av": "eier"},
        "dokumentasjon": "BkKvalitet 1",
    }


POSTER = {
    "roller/eier": {"type": "systemeier", "fra": "2019-01-01"},
    S: {"navn": "X", "tilstand": "i_produksjon", "arbeidsprosesser": [prosess(o) for o in OMRADER]},
}


def uten(n: int) -> dict[str, Any]:
    """The n-th area is marked irrelevant."""
    return {f"arbeidsprosesser.{n}": {"id": "fri", "omrade": OMRADER[n], "ikke_aktuelt": FRITAK}}


def test_all_areas_decided_and_documented_fulfil_and_do_not_run_out():
    verdict = dom("1.3", S, POSTER)
    assert (verdict.utfall, verdict.styrke, verdict.frist) == ("oppfylt", "dokumentert", None)


def test_an_area_may_be_marked_irrelevant_by_a_role():
    verdict = dom("1.3", S, POSTER, endre={S: uten(0)})
    assert (verdict.utfall, verdict.styrke) == ("oppfylt", "bekreftet")


def test_a_process_outside_the_areas_and_two_in_one_area_are_welcome():
    endre = {
        "arbeidsprosesser.7": {**prosess("drift"), "id": "to"},
        "arbeidsprosesser.8": {**prosess("drift"), "id": "fri"},
    }
    endre["arbeidsprosesser.8"].pop("omrade")
    assert dom("1.3", S, POSTER, endre={S: endre}).utfall == "oppfylt"


@pytest.mark.parametrize(
    ("endre", "vilkar", "art", "felt"),
    [
        ({"arbeidsprosesser": None}, "arbeidsprosesser-mangler", "mangler", "arbeidsprosesser"),
        ({"arbeidsprosesser.1": None}, "omrade-mangler", "mangler", "arbeidsprosesser"),
        (
            {"arbeidsprosesser.1.besluttet": None},
            "beslutning-mangler",
            "mangler",
            "arbeidsprosesser[drift].besluttet",
        ),
        (
            {"arbeidsprosesser.1.besluttet.dato": None},
            "beslutning-dato-mangler",
            "mangler",
            "arbeidsprosesser[drift].besluttet.dato",
        ),
        (
            {"arbeidsprosesser.1.besluttet.av": None},
            "beslutning-av-mangler",
            "mangler",
            "arbeidsprosesser[drift].besluttet.av",
        ),
        (
            {"arbeidsprosesser.1.besluttet.av": "eire"},
            "ukjent-henvisning",
            "feil",
            "arbeidsprosesser[drift].besluttet.av",
        ),
        (
            {"arbeidsprosesser.1.besluttet.dato": "2018-12-31"},
            "beslutning-av-ikke-virksom",
            "feil",
            "arbeidsprosesser[drift].besluttet.av",
        ),
        (
            {"arbeidsprosesser.1.besluttet.dato": "2026-11-17"},
            "beslutning-framtid",
            "feil",
            "arbeidsprosesser[drift].besluttet.dato",
        ),
        (
            {"arbeidsprosesser.1.dokumentasjon": None},
            "dokumentasjon-mangler",
            "mangler",
            "arbeidsprosesser[drift].dokumentasjon",
        ),
    ],
)
def test_each_condition_breaks_alone(endre, vilkar, art, felt):
    verdict = dom("1.3", S, POSTER, endre={S: endre})
    assert verdict.utfall == "brudd"
    assert [(f.vilkar, f.art, f.felt) for f in verdict.funn] == [(vilkar, art, felt)]


@pytest.mark.parametrize(
    ("endre", "vilkar"),
    [
        ({"ikke_aktuelt": {}}, {"fritak-uten-grunn", "fritak-uten-dato", "fritak-uten-rolle"}),
        ({"ikke_aktuelt.grunn": None}, {"fritak-uten-grunn"}),
        ({"ikke_aktuelt.dato": None}, {"fritak-uten-dato"}),
        ({"ikke_aktuelt.dato": "2026-11-17"}, {"fritak-framtid"}),
        ({"ikke_aktuelt.av": None}, {"fritak-uten-rolle"}),
        ({"ikke_aktuelt.av": "eire"}, {"ukjent-henvisning"}),
        ({"omrade": None}, {"fritak-uten-omrade", "omrade-mangler"}),
        ({"rutiner": [{"navn": "R"}]}, {"fritak-motsagt"}),
        ({"dokumentasjon": "D"}, {"fritak-motsagt"}),
    ],
)
def test_an_opt_out_is_whole_and_does_not_contradict_itself(endre, vilkar):
    base = {"id": "fri", "omrade": OMRADER[0], "ikke_aktuelt": FRITAK}
    poster = {**POSTER, S: {**POSTER[S], "arbeidsprosesser": [base, *map(prosess, OMRADER[1:])]}}
    verdict = dom("1.3", S, poster, endre={S: {f"arbeidsprosesser.0.{k}": v for k, v in endre.items()}})
    assert verdict.utfall == "brudd"
    assert {f.vilkar for f in verdict.funn} == vilkar


AVTALE = {
    "navn": "A",
    "systemer": ["x"],
    "tilstand": "i_kraft",
    "signert": "2025-01-01",
    "gyldig_fra": "2025-01-01",
}


@pytest.mark.parametrize(
    ("n", "endre", "motsagt"),
    [
        (6, {"avtaler/a": AVTALE}, True),
        (6, {"avtaler/a": {**AVTALE, "gyldig_til": "2026-11-16"}}, True),
        (6, {"avtaler/a": {**AVTALE, "gyldig_til": "2026-11-15"}}, False),
        (6, {"avtaler/a": {**AVTALE, "tilstand": "utkast"}}, False),
        (5, {"ros/r": {"navn": "R", "gjelder": ["x"], "tilstand": "besluttet"}}, True),
        (5, {"ros/r": {"navn": "R", "gjelder": ["x"], "tilstand": "erstattet"}}, False),
        (3, {"endringer/e": {"gjelder": "x"}}, True),
        (3, {"endringer/e": {"gjelder": "y"}}, False),
        (2, {S: {"serviceprosess": {"bkservice": "X"}}}, False),
        (0, {S: {"arbeidsprosesser.7": {**prosess(OMRADER[0]), "id": "to"}}}, True),
        (1, {"avtaler/a": AVTALE, "endringer/e": {"gjelder": "x"}}, False),
    ],
)
def test_an_opt_out_that_the_registry_contradicts_is_wrong(n, endre, motsagt):
    changes = {**endre, S: {**uten(n), **endre.get(S, {})}}
    verdict = dom("1.3", S, POSTER, endre=changes)
    assert [f.vilkar for f in verdict.funn] == (["fritak-motsagt"] if motsagt else [])
    assert all(f.se for f in verdict.funn)


def test_an_unreadable_agreement_that_may_contradict_keeps_it_from_turning_green():
    assert dom("1.3", S, POSTER, endre={S: uten(6)}, uleselige={"avtaler/a": None}).utfall == "ikke_avgjort"


def test_each_missing_area_is_a_finding_of_its_own():
    verdict = dom("1.3", S, POSTER, endre={S: {"arbeidsprosesser": [prosess("drift")]}})
    assert len(verdict.funn) == 6
    assert len({f.fingeravtrykk for f in verdict.funn}) == 6


def test_an_area_the_municipality_adds_is_asked_for():
    eget = {"kodelister": {"forvaltningsomrade": {"miljo": "Miljø"}}}
    verdict = dom("1.3", S, POSTER, innstillinger=eget)
    assert [f.vilkar for f in verdict.funn] == ["omrade-mangler"]
    assert "Miljø" in verdict.funn[0].melding


@pytest.mark.parametrize(
    ("dato", "utfall"), [("2026-11-15", "oppfylt"), ("2026-11-16", "oppfylt"), ("2026-11-17", "brudd")]
)
def test_a_decision_lies_in_the_past(dato, utfall):
    assert dom("1.3", S, POSTER, endre={S: {"arbeidsprosesser.0.besluttet.dato": dato}}).utfall == utfall


def test_a_decision_by_a_role_that_has_left_since_still_stands():
    assert dom("1.3", S, POSTER, endre={"roller/eier": {"til": "2020-12-31"}}).utfall == "oppfylt"


def test_an_unreadable_role_is_not_decided():
    assert dom("1.3", S, {S: POSTER[S]}, uleselige={"roller/eier": None}).utfall == "ikke_avgjort"


@pytest.mark.parametrize(
    ("tilstand", "utfall"),
    [
        ("akseptansetest", "ikke_aktuelt"),
        ("under_avvikling", "brudd"),
        (None, "brudd"),
        ("avviklet", "ikke_aktuelt"),
    ],
)
def test_it_applies_to_systems_in_use(tilstand, utfall):
    assert dom("1.3", S, POSTER, endre={S: {"tilstand": tilstand, "arbeidsprosesser": []}}).utfall == utfall


@pytest.mark.parametrize(("til", "utfall"), [("2026-11-16", "avvik"), ("2026-11-15", "brudd")])
def test_a_deviation_covers_until_it_expires(til, utfall):
    avvik = {
        "krav": "1.3",
        "gjelder": ["x"],
        "vekt": "mindre",
        "tilstand": "besluttet",
        "besluttet": {"forum": "sdi", "dato": "2026-02-01"},
        "gyldig_til": til,
    }
    assert dom("1.3", S, POSTER, endre={S: {"arbeidsprosesser": None}, "avvik/a": avvik}).utfall == utfall


def test_only_systems_carry_the_verdict():
    assert set(dommer("1.3", POSTER)) == {S}
