"""Requirement 4.7: training in privacy and information security."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom

K = "enheter/kommune"
E = "enheter/seksjon"
S = "systemer/s"
OPPLAERING = {
    "plan": {"dato": "2024-06-01", "referanse": "Sak 1"},
    "grupper": ["ansatte", "ledere", "saerskilte_roller"],
    "siste_runde": "2025-08-31",
}
POSTER = {
    "roller/koord": {"type": "systemkoordinator"},
    K: {"navn": "Kommunen", "type": "kommune", "opplaering": OPPLAERING},
    "enheter/avd": {"navn": "Avdelingen", "type": "byradsavdeling", "forelder": "kommune"},
    E: {"navn": "Seksjonen", "type": "seksjon", "forelder": "avd"},
    S: {
        "navn": "S",
        "tilstand": "i_produksjon",
        "tilgangsopplaering": {
            "krav": "E-læring",
            "bekreftet": {"dato": "2026-03-31", "av": "koord", "referanse": "Sak 2"},
        },
    },
}


def funn(verdict):
    return [(f.vilkar, f.art, f.place.post, f.felt) for f in verdict.funn]


@pytest.mark.parametrize("enhet", [K, "enheter/avd", E])
def test_a_plan_and_a_recent_round_fulfil_it_and_are_inherited(enhet):
    verdict = dom("4.7", enhet, POSTER)
    assert (verdict.utfall, verdict.styrke, verdict.frist) == ("oppfylt", "dokumentert", date(2027, 8, 31))


@pytest.mark.parametrize("enhet", [K, E])
@pytest.mark.parametrize(
    ("endre", "vilkar", "art", "felt"),
    [
        ({"opplaering.plan.dato": None}, "plan-dato", "mangler", "opplaering.plan.dato"),
        ({"opplaering.plan.dato": "2026-11-17"}, "plan-dato-framtid", "feil", "opplaering.plan.dato"),
        ({"opplaering.plan.referanse": None}, "plan-referanse", "mangler", "opplaering.plan.referanse"),
        ({"opplaering.grupper": ["ansatte", "ledere"]}, "gruppe-mangler", "mangler", "opplaering.grupper"),
        ({"opplaering.grupper": ["saerskilte_roller"]}, "gruppe-mangler", "mangler", "opplaering.grupper"),
        ({"opplaering.siste_runde": "2026-11-17"}, "siste-runde-framtid", "feil", "opplaering.siste_runde"),
        ({"opplaering.siste_runde": None}, "siste-runde-utlopt", "utlopt", "opplaering.siste_runde"),
        ({"opplaering.siste_runde": "2024-11-15"}, "siste-runde-utlopt", "utlopt", "opplaering.siste_runde"),
    ],
)
def test_each_condition_on_the_plan_breaks_alone_where_it_stands(enhet, endre, vilkar, art, felt):
    verdict = dom("4.7", enhet, POSTER, endre={K: endre})
    assert verdict.utfall == "brudd"
    assert funn(verdict) == [(vilkar, art, K, felt)]


def test_without_a_plan_anywhere_the_unit_lacks_one():
    poster = {**POSTER, K: {"navn": "Kommunen"}}
    for enhet in (K, E):
        assert funn(dom("4.7", enhet, poster)) == [("plan-mangler", "mangler", enhet, "opplaering.plan")]


def test_both_missing_groups_are_told():
    verdict = dom("4.7", K, POSTER, endre={K: {"opplaering.grupper": None}})
    assert len({f.fingeravtrykk for f in verdict.funn}) == 2


@pytest.mark.parametrize(
    ("dato", "utfall"),
    [("2027-06-01", "oppfylt"), ("2027-06-02", "snart"), ("2027-08-31", "snart"), ("2027-09-01", "brudd")],
)
def test_a_round_is_good_for_24_months(dato, utfall):
    assert dom("4.7", E, POSTER, dato=date.fromisoformat(dato)).utfall == utfall


def test_the_nearest_plan_and_the_units_own_round_count():
    own = {"opplaering": {**OPPLAERING, "siste_runde": "2024-11-15"}}
    assert dom("4.7", E, POSTER, endre={"enheter/avd": own}).utfall == "brudd"
    assert (
        dom(
            "4.7", E, POSTER, endre={"enheter/avd": own, E: {"opplaering": {"siste_runde": "2026-01-01"}}}
        ).utfall
        == "oppfylt"
    )
    assert dom("4.7", K, POSTER, endre={"enheter/avd": own}).utfall == "oppfylt"
    assert dom("4.7", E, POSTER, endre={E: {"opplaering": {"grupper": ["ledere"]}}}).utfall == "oppfylt"


@pytest.mark.parametrize(
    ("enhet", "plan", "frist"),
    [
        (None, "2025-11-16", date(2027, 11, 16)),
        ("1972-01-01", "2025-11-16", date(2027, 11, 16)),
        ("2026-01-31", "2024-06-01", date(2028, 1, 31)),
    ],
)
def test_the_first_round_is_due_one_interval_after_plan_and_unit_were_there(enhet, plan, frist):
    endre = {E: {"fra": enhet}, K: {"opplaering.siste_runde": None, "opplaering.plan.dato": plan}}
    verdict = dom("4.7", E, POSTER, endre=endre)
    assert (verdict.utfall, verdict.frist) == ("oppfylt", frist)


def test_without_plan_date_and_round_both_are_missing():
    endre = {K: {"opplaering.siste_runde": None, "opplaering.plan.dato": None}}
    assert [f.vilkar for f in dom("4.7", K, POSTER, endre=endre).funn] == ["plan-dato", "siste-runde-mangler"]


@pytest.mark.parametrize(
    ("endre", "utfall"),
    [
        ({"til": "2026-11-15"}, "ikke_aktuelt"),
        ({"til": "2026-11-16"}, "oppfylt"),
        ({"fra": "2026-11-17"}, "ikke_aktuelt"),
        ({"fra": "2026-11-16"}, "oppfylt"),
    ],
)
def test_it_applies_to_units_that_exist(endre, utfall):
    assert dom("4.7", E, POSTER, endre={E: endre}).utfall == utfall


def test_a_broken_way_up_is_told_where_it_breaks_and_only_when_it_matters():
    poster = {**POSTER, K: {"navn": "Kommunen"}}
    verdict = dom("4.7", E, poster, endre={"enheter/avd": {"forelder": "komune"}})
    assert funn(verdict) == [("ukjent-henvisning", "feil", "enheter/avd", "forelder")]
    own = {E: {"opplaering": OPPLAERING, "forelder": "borte"}}
    assert dom("4.7", E, POSTER, endre=own).utfall == "oppfylt"
    verdict = dom(
        "4.7", E, poster, endre={"enheter/avd": {"forelder": "tapt"}}, uleselige={"enheter/tapt": None}
    )
    assert (verdict.utfall, verdict.funn) == ("ikke_avgjort", ())
    assert (
        dom(
            "4.7", E, POSTER, endre={E: {**own[E], "forelder": "tapt"}}, uleselige={"enheter/tapt": None}
        ).utfall
        == "oppfylt"
    )


def test_a_circle_of_units_has_no_plan():
    poster = {**POSTER, K: {"navn": "Kommunen", "forelder": "seksjon"}}
    assert [f.vilkar for f in dom("4.7", E, poster).funn] == ["plan-mangler"]


# --- systems --------------------------------------------------------------------------------------


def test_training_asked_before_access_fulfils_it_for_a_system():
    verdict = dom("4.7", S, POSTER)
    assert (verdict.utfall, verdict.styrke, verdict.frist) == ("oppfylt", "dokumentert", None)


T = "tilgangsopplaering"


@pytest.mark.parametrize(
    ("endre", "vilkar", "art", "felt"),
    [
        ({T: None}, "tilgangsopplaering-mangler", "mangler", f"{T}.krav"),
        ({f"{T}.krav": None}, "tilgangsopplaering-mangler", "mangler", f"{T}.krav"),
        ({f"{T}.bekreftet": None}, "tilgangsopplaering", "mangler", f"{T}.bekreftet"),
        ({f"{T}.bekreftet.dato": None}, "tilgangsopplaering-dato", "mangler", f"{T}.bekreftet.dato"),
        ({f"{T}.bekreftet.dato": "2026-11-17"}, "tilgangsopplaering-framtid", "feil", f"{T}.bekreftet.dato"),
        ({f"{T}.bekreftet.av": "korrd"}, "ukjent-henvisning", "feil", f"{T}.bekreftet.av"),
        (
            {f"{T}.bekreftet.av": None, f"{T}.bekreftet.referanse": None},
            "tilgangsopplaering-av",
            "mangler",
            f"{T}.bekreftet",
        ),
    ],
)
def test_each_condition_on_a_system_breaks_alone(endre, vilkar, art, felt):
    verdict = dom("4.7", S, POSTER, endre={S: endre})
    assert verdict.utfall == "brudd"
    assert funn(verdict) == [(vilkar, art, S, felt)]


@pytest.mark.parametrize(
    ("dato", "utfall"),
    [("2026-12-30", "oppfylt"), ("2026-12-31", "snart"), ("2027-03-31", "snart"), ("2027-04-01", "brudd")],
)
def test_a_roles_word_is_good_for_twelve_months(dato, utfall):
    endre = {S: {f"{T}.bekreftet.referanse": None}}
    assert dom("4.7", S, POSTER, endre=endre, dato=date.fromisoformat(dato)).utfall == utfall


@pytest.mark.parametrize(
    ("tilstand", "utfall"),
    [
        ("akseptansetest", "ikke_aktuelt"),
        ("i_produksjon", "brudd"),
        ("under_avvikling", "brudd"),
        ("avviklet", "ikke_aktuelt"),
        (None, "brudd"),
    ],
)
def test_it_applies_to_systems_in_use(tilstand, utfall):
    assert dom("4.7", S, POSTER, endre={S: {T: None, "tilstand": tilstand}}).utfall == utfall


def test_an_unreadable_role_leaves_it_undecided():
    verdict = dom("4.7", S, POSTER, endre={S: {f"{T}.bekreftet.av": "x"}}, uleselige={"roller/x": None})
    assert (verdict.utfall, verdict.funn) == ("ikke_avgjort", ())


@pytest.mark.parametrize("post", [S, K])
@pytest.mark.parametrize(("til", "utfall"), [("2026-11-15", "brudd"), ("2026-11-16", "avvik")])
def test_a_deviation_covers_until_it_expires(post, til, utfall):
    avvik = {
        "krav": "4.7",
        "gjelder": ["s", "kommune"],
        "tilstand": "besluttet",
        "vekt": "mindre",
        "besluttet": {"forum": "sdi", "dato": "2026-03-01"},
        "gyldig_til": til,
    }
    endre = {S: {T: None}, K: {"opplaering.grupper": None}, "avvik/v": avvik}
    assert dom("4.7", post, POSTER, endre=endre).utfall == utfall
