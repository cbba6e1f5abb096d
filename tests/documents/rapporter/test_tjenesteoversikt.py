"""`report tjenesteoversikt`: the services by overview, their channels, and indicators as they were last measured."""

from __future__ import annotations

from datetime import date

import pytest
from tests.documents.rapporter.hjelp_visning import rader, tall, vis
from tests.documents.rapporter.poster import POSTER

SOKNAD = "tjenester/soknad"
INDIKATOR = {
    "id": "tid",
    "navn": "Svartid",
    "type": "tid",
    "retning": "hoyst",
    "mal": "5.5",
    "malinger": [
        {"dato": "2026-03-01", "verdi": "7"},
        {"dato": "2026-06-01", "verdi": "6.5"},
        {"dato": "2026-11-17", "verdi": "1"},
    ],
}


def test_each_service_stands_in_its_overview_or_among_those_in_none():
    new = {"tjenester/ny": {"navn": "Ny", "tilstand": "planlagt"}}
    v = vis("tjenesteoversikt", POSTER, endre=new)
    assert [r["tjeneste"] for r in rader(v, "innbyggerhjelpen")] == ["Søknad"]
    assert [r["tjeneste"] for r in rader(v, "uten_oversikt")] == ["Ny"]
    assert rader(v, "tjenestekatalogen") == []
    assert tall(v)["Ikke ført opp i noen oversikt"] == 1


def test_what_is_not_said_says_so():
    row = rader(vis("tjenesteoversikt", POSTER), "innbyggerhjelpen")[0]
    assert (row["digital"], row["analog"]) == ("Skjema", "Papir")
    assert (row["eier"], row["selvbetjening"], row["malgruppe"]) == ("mangler", "mangler", "mangler")
    assert row["systemer"] == ("Sak",)


@pytest.mark.parametrize(("analog", "uten"), [("Papir", 0), (None, 1)])
def test_those_in_use_without_an_analogue_channel_are_counted(analog, uten):
    v = vis("tjenesteoversikt", POSTER, endre={SOKNAD: {"kanaler.analog": analog}})
    assert tall(v)["I bruk uten analog kanal i registeret"] == uten


def test_the_last_measurement_that_has_been_made_is_the_one_told():
    v = vis("tjenesteoversikt", POSTER, endre={SOKNAD: {"indikatorer": [INDIKATOR]}})
    row = rader(v, "indikatorer")[0]
    assert (row["mal"], row["malt"], row["dato"]) == ("Høyst 5,5", "6,5", date(2026, 6, 1))
    never = vis("tjenesteoversikt", POSTER, endre={SOKNAD: {"indikatorer": [{"id": "pris"}]}})
    row = rader(never, "indikatorer")[0]
    assert (row["indikator"], row["mal"], row["malt"], row["avtalt"]) == (
        "pris",
        "mangler",
        "ikke målt",
        "mangler",
    )


def test_the_last_user_survey_is_one_that_has_been_held():
    surveys = [{"dato": "2026-02-01"}, {"dato": "2026-12-01"}]
    v = vis("tjenesteoversikt", POSTER, endre={SOKNAD: {"brukerundersokelser": surveys}})
    assert rader(v, "innbyggerhjelpen")[0]["brukerundersokelse"] == date(2026, 2, 1)


def test_ended_services_stand_apart_and_are_not_counted():
    v = vis("tjenesteoversikt", POSTER, endre={SOKNAD: {"tilstand": "avviklet"}})
    assert [r["tjeneste"] for r in rader(v, "nedlagt")] == ["Søknad"]
    assert tall(v)["Tjenester"] == 0


def test_only_the_units_that_were_asked_for():
    assert rader(vis("tjenesteoversikt", POSTER, enheter=("kultur",)), "innbyggerhjelpen") == []
