"""`report ros`: levels looked up, what lies above acceptance, overdue measures, renewal and why, what is held elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
from tests.documents.rapporter.hjelp_visning import grunnlag, md, rader, tabell, tall, vis
from tests.documents.rapporter.poster import POSTER

ROS = "ros/ros-sak"
SCENARIO = {"id": "x", "initial": {"sannsynlighet": "1", "konsekvens": "1"}}


def test_the_matrix_says_level_in_words_and_names_the_scenarios_before_and_after():
    v = vis("ros", POSTER)
    before, after = tabell(v, "matrise_1_for"), tabell(v, "matrise_1_etter")
    assert [r[0] for r in before.rader] == [
        "5 Nesten sikkert",
        "4 Sannsynlig",
        "3 Moderat",
        "2 Lite sannsynlig",
        "1 Meget lite sannsynlig",
    ]
    assert before.rader[2][4] == "Høy risiko: S1"
    assert after.rader[3][4] == "Middels risiko: S1"
    assert sum("S1" in str(c) for r in before.rader for c in r) == 1
    assert [f.beskrivelse for f in v.figurer()] == [
        "Scenarier: 1 på høy risiko, 0 på middels risiko, 0 på lav risiko.",
        "Scenarier: 0 på høy risiko, 1 på middels risiko, 0 på lav risiko.",
    ]
    assert all("<title" in f.svg and "S1" in f.svg for f in v.figurer())


def test_the_level_is_looked_up_in_the_matrix_that_the_ros_names_and_never_computed():
    own = {
        "matriser": {
            "egen": {
                "navn": "Egen",
                "versjon": "2",
                "sannsynlighet": {"1": "Sjelden", "2": "Ofte"},
                "konsekvens": {"1": "Liten", "2": "Stor"},
                "nivaer": {"ok": "Greit", "stopp": "Stopp"},
                "tabell": {"1": ["stopp", "ok"], "2": ["ok", "ok"]},
            }
        }
    }
    change = {ROS: {"matrise": "egen", "scenarier.0.initial": {"sannsynlighet": "1", "konsekvens": "1"}}}
    v = vis("ros", POSTER, endre=change, eget=own)
    assert tabell(v, "matrise_1_for").rader[1][1] == "Stopp: S1"
    assert rader(v, "scenarier")[0]["for"] == "Stopp: sannsynlighet 1 Sjelden, konsekvens 1 Liten"
    assert (
        rader(v, "scenarier")[0]["etter"]
        == "ikke vurdert: sannsynlighet 2 Ofte, konsekvens 4 utenfor skalaen"
    )
    assert "1 scenario er ikke vurdert etter tiltak" in tabell(v, "matrise_1_etter").forklaring


def test_a_crowded_cell_names_six_and_counts_the_rest():
    many = [{**SCENARIO, "id": f"x{n}"} for n in range(9)]
    v = vis("ros", POSTER, endre={ROS: {"scenarier": many}})
    assert tabell(v, "matrise_1_for").rader[4][1] == "Lav risiko: S1, S2, S3, S4, S5, S6 og 3 til"
    assert len(rader(v, "scenarier")) == 9


def test_above_acceptance_with_what_is_being_done():
    found = rader(vis("ros", POSTER), "over_aksept")
    assert [(r["naa"], r["etter"], r["akseptert"]) for r in found] == [
        ("Høy risiko", "Middels risiko", "Middels risiko")
    ]
    assert found[0]["handtering"] == ("Tiltak: Lesekopi (frist 30.11.2026)",)


def test_a_finished_measure_makes_the_residual_risk_the_one_that_counts():
    done = {"scenarier.0.tiltak.0.tilstand": "ferdig", "scenarier.0.tiltak.0.ferdig": "2026-10-01"}
    v = vis("ros", POSTER, endre={ROS: done})
    assert rader(v, "over_aksept") == []
    assert tall(v)["Over akseptert nivå nå"] == 0


def test_where_nobody_has_decided_what_is_acceptable_it_is_told_and_not_counted_as_above():
    v = vis("ros", POSTER, endre={"enheter/finans": {"akseptabel_risiko": None}})
    assert [r["akseptert"] for r in rader(v, "over_aksept")] == ["ikke besluttet"]
    assert tall(v)["Over akseptert nivå nå"] == 0


def test_acceptance_and_want_of_it_are_told():
    accepted = {
        "scenarier.0.tiltak": None,
        "scenarier.0.aksept": {"av": "eier-finans", "dato": "2026-01-10"},
    }
    found = rader(vis("ros", POSTER, endre={ROS: accepted}), "over_aksept")
    assert found[0]["handtering"] == ("Akseptert av Leder for arkiv, Finans, 10.01.2026",)
    nothing = rader(vis("ros", POSTER, endre={ROS: {"scenarier.0.tiltak": None}}), "over_aksept")
    assert nothing[0]["handtering"] == ("Verken tiltak i arbeid eller aksept",)


@pytest.mark.parametrize(
    ("frist", "forfalt"),
    [("2026-11-15", True), ("2026-11-16", False), ("2026-11-17", False), (None, False)],
)
def test_a_measure_is_overdue_the_day_after_its_last_day(frist, forfalt):
    v = vis("ros", POSTER, endre={ROS: {"scenarier.0.tiltak.0.frist": frist}})
    assert len(rader(v, "forfalte_tiltak")) == forfalt
    assert len(rader(v, "tiltak_i_arbeid")) == (not forfalt)
    assert tall(v)["Av dem over frist"] == forfalt


def test_renewal_that_is_past_due_is_taken_from_4_2_with_the_reason():
    v = vis("ros", POSTER, dato=date(2027, 1, 11))
    found = rader(v, "ma_fornyes")
    assert [(r["gjelder"], r["kritikalitet"]) for r in found] == [("Sak", "Kritisk")]
    assert "10.01.2027" in str(found[0]["hvorfor"])
    assert tall(v)["Systemer og tjenester der ROS må fornyes"] == 1


def test_renewal_that_comes_names_the_class_that_decides():
    found = rader(vis("ros", POSTER), "fornyes_neste_ar")
    assert [(r["frist"], r["hvorfor"]) for r in found] == [
        (date(2027, 1, 10), "Sak er kritisk: hver 12. måned")
    ]
    assert rader(vis("ros", POSTER), "ma_fornyes") == []


def test_a_change_that_no_ros_covers_is_a_reason_to_renew():
    change = {
        "endringer/flytting": {
            "navn": "Flytting",
            "gjelder": "sak",
            "felter": ["lagring.sted"],
            "virkning": "2026-10-01",
            "type": "endring",
            "sikkerhet": "ja",
        }
    }
    found = rader(vis("ros", POSTER, endre=change), "ma_fornyes")
    assert len(found) == 1
    assert "Flytting" in str(found[0]["hvorfor"])


def test_what_is_in_use_without_ros_is_named():
    v = vis("ros", POSTER)
    assert [(r["gjelder"], r["slag"]) for r in rader(v, "uten_ros")] == [
        ("Hall", "System"),
        ("Søknad", "Tjeneste"),
    ]
    assert tall(v)["I bruk uten gjeldende ROS"] == 2


def test_a_lost_file_makes_it_undecided_and_never_without_or_covered():
    v = vis("ros", POSTER, uleselige={"ros/tapt": "gjelder: [hall]"})
    assert "Hall" not in [r["gjelder"] for r in rader(v, "uten_ros")]
    found = {r["gjelder"]: r for r in rader(v, "ikke_avgjort")}
    assert found["Hall"]["utfall"] == "brudd"
    assert "ros/tapt.yaml" in str(found["Hall"]["hvorfor"])
    assert any("ros/tapt.yaml" in a for a in v.ingress)


def test_a_ros_held_elsewhere_is_told_apart_and_its_numbers_are_those_of_the_summary():
    summary = {
        "navn": "ROS for Hall",
        "gjelder": ["hall"],
        "tilstand": "besluttet",
        "matrise": "standard-5x5",
        "besluttet": {"dato": "2026-01-10", "av": "eier-kultur", "referanse": "S 2026/2"},
        "sammendrag": {"over_aksept": "2", "forfalte_tiltak": "0", "konklusjon": "Akseptabel."},
    }
    v = vis("ros", POSTER, endre={"ros/ros-hall": summary})
    row = rader(v, "i_arkivet")[0]
    assert (row["over_aksept"], row["uten_tiltak"], row["forfalte"]) == (2, "mangler", 0)
    assert row["arkivsak"] == "S 2026/2"
    assert tall(v)["Over akseptert nivå, etter sammendrag fra arkivet"] == 2
    assert tall(v)["Av dem med scenariene i arkivet"] == 1
    assert len(rader(v, "scenarier")) == 1


def test_drafts_replaced_and_future_ones_are_not_in_force():
    v = vis(
        "ros",
        POSTER,
        endre={
            "ros/ny": {
                "navn": "Ny",
                "gjelder": ["sak"],
                "tilstand": "besluttet",
                "besluttet": {"dato": "2026-06-01", "av": "eier-finans"},
                "erstatter": ["ROS-Sak"],
            },
            "ros/senere": {"navn": "Senere", "tilstand": "besluttet", "besluttet": {"dato": "2026-11-17"}},
            "ros/utkast": {"navn": "Utkast", "tilstand": "utkast"},
        },
    )
    assert {r["ros"]: r["tilstand"] for r in rader(v, "alle")} == {
        "Ny": "Gjelder",
        "ROS for Sak": "Besluttet, men erstattet",
        "Senere": "Besluttet",
        "Utkast": "Utkast",
    }
    assert tall(v)["ROS som gjelder"] == 1


def test_the_units_that_were_asked_for_own_the_ros_or_what_it_covers():
    assert [r["ros"] for r in rader(vis("ros", POSTER, enheter=("finans",)), "alle")] == ["ROS for Sak"]
    assert rader(vis("ros", POSTER, enheter=("kultur",)), "alle") == []
    moved = {ROS: {"enhet": "kultur"}}
    assert len(rader(vis("ros", POSTER, endre=moved, enheter=("finans",)), "alle")) == 1


def test_other_findings_of_4_2_are_told_once_for_each_ros():
    v = vis("ros", POSTER, endre={ROS: {"matrise": None}})
    assert any("risikomatrise" in str(r["hva"]) for r in rader(v, "andre_funn"))
    assert "ikke vurdert" in md("ros", grunnlag(POSTER, endre={ROS: {"matrise": None}}))
