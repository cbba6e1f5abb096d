"""The portfolio: phases and decision points, reporting, benefits, strategy and principles."""

from __future__ import annotations

from datetime import date

import pytest
from tests.documents.hjelp_flere import del_, grunnlag, rad, rader, tall

from forvaltning.documents.rapporter.portefolje import visning

PROSJEKT = {
    "navn": "Nye skjemaer",
    "type": "prosjekt",
    "tilstand": "planlegging",
    "digitalisering": "ja",
    "enhet": "kultur",
    "registrert": "2026-01-10",
    "prosjekteier": "eier",
    "beslutningspunkter": [{"punkt": "BP1", "dato": "2026-02-01"}, {"punkt": "BP2", "dato": "2026-06-01"}],
    "anbefalinger": [{"punkt": "BP2", "dato": "2026-05-20", "utfall": "anbefalt", "referanse": "sak 1/26"}],
}


def se(**prosjekt):
    return visning(grunnlag({"prosjekter/skjema": {**PROSJEKT, **prosjekt}}))


def test_a_running_project_is_shown_with_phase_points_and_recommendation():
    r = rad(se(), "beslutninger", "Nye skjemaer")
    assert r["fase"] == "Planlegging"
    assert r["siste"] == "BP2 01.06.2026"
    assert r["neste"] == "BP3, dato er ikke satt"
    assert r["anbefaling_bp2"] == "Anbefalt, 20.05.2026, sak 1/26"
    assert r["anbefaling_bp3"] == ""


def test_a_planned_point_is_the_next_one():
    points = [*PROSJEKT["beslutningspunkter"], {"punkt": "BP3", "dato": "2027-01-15"}]
    r = rad(se(beslutningspunkter=points), "beslutninger", "Nye skjemaer")
    assert (r["siste"], r["neste"]) == ("BP2 01.06.2026", "BP3 15.01.2027")


def test_a_recommendation_against_is_shown():
    r = rad(se(anbefalinger=[{"punkt": "BP2", "utfall": "ikke_anbefalt"}]), "beslutninger", "Nye skjemaer")
    assert r["anbefaling_bp2"] == "Ikke anbefalt, uten dato"


@pytest.mark.parametrize("tilstand", ["avsluttet", "stanset"])
def test_what_is_over_stands_apart(tilstand):
    v = se(tilstand=tilstand, avsluttet="2026-10-01")
    assert rader(v, "beslutninger") == []
    assert rad(v, "over", "Nye skjemaer")["avsluttet"] == date(2026, 10, 1)
    assert tall(v, "Prosjekter som pågår") == 0


def test_a_project_without_a_phase_is_counted_as_such():
    v = se(tilstand=None)
    assert rad(v, "faser", "Fase er ikke oppgitt")["antall"] == 1


def test_the_age_of_the_last_status_report_is_told():
    v = se(rapportering={"rytme_maneder": "4", "rapporter": [{"dato": "2026-10-17"}, {"dato": "2027-01-01"}]})
    r = rad(v, "ansvar", "Nye skjemaer")
    assert (r["siste_rapport"], r["dager_siden"], r["neste_frist"]) == (
        date(2026, 10, 17),
        30,
        date(2027, 2, 17),
    )


@pytest.mark.parametrize(("tilstand", "svar"), [("meldt", "ikke oppnevnt"), ("planlegging", "mangler")])
def test_roles_are_missing_only_once_planning_has_begun(tilstand, svar):
    r = rad(se(tilstand=tilstand, beslutningspunkter=[]), "ansvar", "Nye skjemaer")
    assert (r["prosjektleder"], r["kvalitetsansvarlig"]) == (svar, svar)


def test_a_missing_benefit_plan_is_said():
    assert rad(se(), "gevinster", "Nye skjemaer")["gevinstplan"] == "Ingen plan"
    v = se(gevinstplan={"dato": "2026-05-01", "referanse": "P1"})
    assert rad(v, "gevinster", "Nye skjemaer")["gevinstplan"] == date(2026, 5, 1)


def test_goals_are_covered_by_running_projects_and_services_in_use_only():
    v = visning(
        grunnlag(
            {
                "prosjekter/a": {**PROSJEKT, "navn": "A", "strategimal": ["2.1"]},
                "prosjekter/b": {**PROSJEKT, "navn": "B", "tilstand": "stanset", "strategimal": ["2.2"]},
                "tjenester/t": {"navn": "T", "enhet": "kultur", "strategimal": ["3.1"]},
                "tjenester/u": {
                    "navn": "U",
                    "enhet": "kultur",
                    "tilstand": "avviklet",
                    "strategimal": ["3.2"],
                },
            }
        )
    )
    goals = {r["kode"]: r for r in rader(v, "strategimal")}
    assert goals["2.1"]["pagar"] == ("A",)
    assert goals["2.2"]["over"] == ("B",)
    assert goals["3.1"]["tjenester"] == ("T",)
    assert goals["3.2"]["tjenester"] == ()
    assert tall(v, "Strategimål uten prosjekt som pågår og uten tjeneste") == 18
    areas = {r["omrade"]: r for r in rader(v, "strategiomrader")}
    assert areas["2 Én offentlig sektor"]["uten"] == 4
    assert areas["3 Bærekraftig tjenesteproduksjon"]["med_tjeneste"] == 1
    text = del_(v, "Strategien").avsnitt[0]
    assert "2.2 Samordning" in text
    assert "2.1 Sammen" not in text


def test_the_figure_says_in_words_what_it_draws():
    figure = next(se(strategimal=["2.1"]).figurer())
    assert "2.1: 1 prosjekt, 0 tjenester" in figure.beskrivelse
    assert figure.beskrivelse in figure.svg


def test_the_assessment_of_the_solution_counts_before_that_of_the_concept():
    v = se(
        konsept={"dato": "2026-03-01", "prinsipper": [{"prinsipp": "P1", "vurdering": "ikke_i_trad"}]},
        arkitektur={
            "dato": "2026-10-01",
            "prinsipper": [
                {"prinsipp": "P1", "vurdering": "i_trad"},
                {"prinsipp": "P4", "vurdering": "delvis", "begrunnelse": "To mangler."},
            ],
        },
    )
    principles = {r["kode"]: r for r in rader(v, "prinsipper")}
    assert (principles["P1"]["i_trad"], principles["P1"]["ikke_i_trad"]) == (1, 0)
    assert (principles["P2"]["i_trad"], principles["P2"]["ikke_vurdert"]) == (0, 1)
    r = rad(v, "prinsipper_prosjekter", "Nye skjemaer")
    assert r["svakheter"] == ("P4: delvis i tråd. To mangler.",)
    assert r["ikke_vurdert"] == ("P2", "P3", "P5", "P6", "P7")


def test_only_projects_of_the_chosen_unit_are_shown():
    poster = {"prosjekter/a": PROSJEKT, "prosjekter/b": {**PROSJEKT, "navn": "B", "enhet": "sdi"}}
    v = visning(grunnlag(poster, enheter=frozenset({"sdi"})))
    assert [r["prosjekt"] for r in rader(v, "beslutninger")] == ["B"]


def test_breaches_and_deadlines_of_running_projects_are_told():
    v = se()
    assert {r["krav"] for r in rader(v, "brudd")} >= {"6.1", "6.5"}
    assert rader(se(tilstand="avsluttet", avsluttet="2026-10-01"), "brudd") == []
