"""`report avtaler`: what must be decided, who owns, when it ends, and what the dates say against the state."""

from __future__ import annotations

from datetime import date

import pytest
from tests.documents.rapporter.hjelp_visning import rader, tall, vis
from tests.documents.rapporter.poster import POSTER

KONTRAKT = "avtaler/kontrakt"


def test_end_and_notice_within_the_window_are_told_soonest_first():
    found = rader(vis("avtaler", POSTER), "slutter")
    assert [(r["dato"], r["hva"], r["igjen"]) for r in found] == [
        (date(2026, 11, 30), "Siste dag for å si opp", "om 14 dager"),
        (date(2027, 1, 31), "Avtalen slutter", "om 76 dager"),
    ]
    assert found[0]["avtaleeier"] == "Økonomidirektør, Finans"


@pytest.mark.parametrize(
    ("til", "med"),
    [
        ("2027-02-14", True),  # the last day of the window
        ("2027-02-15", False),
        ("2026-11-16", True),  # today
        ("2026-11-15", False),  # yesterday: it has ended
    ],
)
def test_the_window_counts_its_own_last_day(til, med):
    v = vis("avtaler", POSTER, endre={KONTRAKT: {"gyldig_til": til, "oppsigelse_maneder": None}})
    assert ([r["hva"] for r in rader(v, "slutter")] == ["Avtalen slutter"]) is med


def test_one_that_is_given_notice_of_has_no_last_day_of_notice():
    v = vis("avtaler", POSTER, endre={KONTRAKT: {"tilstand": "sagt_opp"}})
    assert [r["hva"] for r in rader(v, "slutter")] == ["Avtalen slutter"]
    assert rader(v, "avtaler")[0]["oppsigelse"] == "Sagt opp"


def test_an_agreement_without_end_goes_on():
    v = vis("avtaler", POSTER, endre={KONTRAKT: {"gyldig_til": None}})
    row = rader(v, "avtaler")[0]
    assert (row["gjelder_til"], row["si_opp_innen"]) == ("Løpende", None)
    assert rader(v, "slutter") == []


def test_options_that_can_be_taken_up_and_those_that_can_not():
    v = vis("avtaler", POSTER)
    assert [(r["frist"], r["opsjon"], r["forlenger_til"]) for r in rader(v, "opsjoner")] == [
        (date(2026, 11, 30), "o1", date(2029, 1, 31))
    ]
    taken = vis("avtaler", POSTER, endre={KONTRAKT: {"opsjoner.0.utlost": "2026-10-01"}})
    assert rader(taken, "opsjoner") == []
    assert rader(taken, "avtaler")[0]["gjelder_til"] == date(2029, 1, 31)
    late = vis("avtaler", POSTER, endre={KONTRAKT: {"opsjoner.0.frist": "2026-11-15"}})
    assert rader(late, "opsjoner") == []
    assert rader(late, "avtaler")[0]["opsjoner"] == ("o1: til 31.01.2029, ikke utløst innen 15.11.2026",)


def test_what_5_2_and_5_4_found_stands_with_what_to_do():
    v = vis("avtaler", POSTER)
    missing = rader(v, "uten_eier")
    assert [(r["avtale"], r["utfall"]) for r in missing] == [("Kontrakt om Sak", "brudd")]
    assert "avtaleforvalter" in str(missing[0]["hva"])
    assert rader(v, "uten_oppfolging")[0]["tiltak"]
    assert rader(v, "avtaler")[0]["avtaleforvalter"] == "mangler"
    assert tall(v)["Ikke i orden etter krav 5.2 (eier og forvalter)"] == 1


def test_a_breach_that_a_deviation_covers_is_told_as_such():
    deviation = {
        "avvik/a": {
            "navn": "Uten forvalter",
            "krav": "5.2",
            "gjelder": ["kontrakt"],
            "vekt": "mindre",
            "tilstand": "besluttet",
            "besluttet": {"forum": "sdi", "dato": "2026-10-01"},
            "gyldig_til": "2026-12-31",
        }
    }
    row = rader(vis("avtaler", POSTER, endre=deviation), "uten_eier")[0]
    assert row["utfall"] == "avvik"
    assert "Dekket av avviket a." in str(row["tiltak"])


def test_one_whose_file_of_the_owner_is_lost_is_told_as_undecided_and_named_so():
    v = vis(
        "avtaler",
        {k: p for k, p in POSTER.items() if k != "roller/avtaleeier"},
        endre={KONTRAKT: {"avtaleforvalter": "avtaleeier"}},
        uleselige={"roller/avtaleeier": None},
    )
    assert rader(v, "avtaler")[0]["avtaleeier"] == "avtaleeier (kan ikke leses)"
    assert [r["utfall"] for r in rader(v, "uten_eier")] == ["ikke_avgjort"]


def test_drafts_and_ended_ones_stand_apart_and_a_state_that_the_dates_deny_is_told():
    v = vis(
        "avtaler",
        POSTER,
        endre={
            "avtaler/ny": {"navn": "Ny", "tilstand": "utkast"},
            "avtaler/gammel": {"navn": "Gammel", "tilstand": "i_kraft", "gyldig_til": "2026-11-15"},
            "avtaler/senere": {"navn": "Senere", "tilstand": "i_kraft", "gyldig_fra": "2027-01-01"},
        },
    )
    assert [r["avtale"] for r in rader(v, "utkast")] == ["Ny"]
    assert [(r["avtale"], r["tilstand"]) for r in rader(v, "avsluttet")] == [
        ("Gammel", "I kraft, men siste dag er passert")
    ]
    assert [(r["avtale"], r["tilstand"]) for r in rader(v, "avtaler")] == [
        ("Kontrakt om Sak", "I kraft"),
        ("Senere", "I kraft, men gjelder først fra 01.01.2027"),
    ]
    assert (tall(v)["Løpende avtaler"], tall(v)["Utkast"], tall(v)["Avsluttet"]) == (2, 1, 1)


def test_the_processing_agreement_of_a_contract_is_named_and_follows_it():
    dba = {
        "navn": "Databehandleravtale",
        "kategorier": ["databehandleravtale"],
        "tilstand": "i_kraft",
        "leverandor": "fjordsky",
        "vedlegg_til": "kontrakt",
    }
    found = {r["avtale"]: r for r in rader(vis("avtaler", POSTER, endre={"avtaler/dba": dba}), "avtaler")}
    assert found["Kontrakt om Sak"]["databehandleravtale"] == ("Databehandleravtale (i kraft)",)
    assert found["Databehandleravtale"]["databehandleravtale"] == ("Vedlegg til Kontrakt om Sak",)
    assert found["Databehandleravtale"]["avtaleeier"] == "Følger kontrakten"
    alone = rader(vis("avtaler", POSTER), "avtaler")[0]
    assert alone["databehandleravtale"] == ("Ingen vedlagt",)


def test_only_the_units_that_were_asked_for_and_only_what_the_role_has_to_do_with():
    other = {"avtaler/annen": {"navn": "Annen", "tilstand": "i_kraft", "enhet": "kultur"}}
    assert [
        r["avtale"] for r in rader(vis("avtaler", POSTER, endre=other, enheter=("kultur",)), "avtaler")
    ] == ["Annen"]
    assert [
        r["avtale"] for r in rader(vis("avtaler", POSTER, endre=other, rolle="avtaleeier"), "avtaler")
    ] == ["Kontrakt om Sak"]


def test_files_that_could_not_be_read_are_told():
    v = vis("avtaler", POSTER, uleselige={"avtaler/tapt": None})
    assert any("avtaler/tapt.yaml" in a for a in v.ingress)
