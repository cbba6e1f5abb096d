"""The archive: duty, core, preservation, and what became of the data of ended systems."""

from __future__ import annotations

from datetime import date

import pytest
from tests.documents.hjelp_flere import grunnlag, rad, rader, tall

from forvaltning.documents.rapporter.arkiv import visning

ARKIV = {
    "dokumentasjonspliktig": "ja",
    "arkivkjerne": "bk360",
    "bevaring": "bevares",
    "oppbevaring": "Avleveres etter 25 år",
    "hjemmel": "Arkivlova",
}
SYSTEM = {"navn": "Bok", "tilstand": "i_produksjon", "enhet": "kultur", "systemeier": "eier", "arkiv": ARKIV}
KJERNE = {"navn": "Bk360", "tilstand": "i_produksjon", "enhet": "sdi"}


def se(**system):
    return visning(grunnlag({"systemer/bok": {**SYSTEM, **system}, "systemer/bk360": KJERNE}))


def test_a_system_with_duty_is_shown_with_core_and_rule():
    v = se()
    r = rad(v, "arkivering", "Bok")
    assert (r["plikt"], r["arkivkjerne"], r["godkjent"]) == ("ja", "Bk360", "Godkjent i innstillingene")
    assert rad(v, "bevaring", "Bok") == {
        "system": "Bok",
        "bevaring": "Bevares",
        "oppbevaring": "Avleveres etter 25 år",
        "hjemmel": "Arkivlova",
    }


def test_another_core_shows_its_approval_or_that_it_is_missing():
    other = {**ARKIV, "arkivkjerne": "egen"}
    v = se(arkiv=other)
    assert rad(v, "arkivering", "Bok")["godkjent"] == "mangler"
    v = se(arkiv={**other, "arkivkjerne_godkjent": {"dato": "2025-01-01", "referanse": "Byarkivet 1"}})
    assert rad(v, "arkivering", "Bok")["godkjent"] == "01.01.2025, Byarkivet 1"


@pytest.mark.parametrize("bevaring", [None, "ikke_besluttet"])
def test_preservation_that_is_not_decided_is_counted_and_told_first(bevaring):
    v = se(arkiv={**ARKIV, "bevaring": bevaring})
    assert any("bevares eller kasseres" in str(r["hva"]) for r in rader(v, "brudd") if r["system"] == "Bok")
    assert tall(v, "Bevaring er ikke besluttet") == 2  # Bk360 says nothing either


def test_findings_about_storage_do_not_stand_here():
    v = se(lagring=None)
    assert not [r for r in rader(v, "brudd") if r["system"] == "Bok"]


def test_a_system_without_duty_says_why_and_who():
    v = se(
        arkiv={
            "dokumentasjonspliktig": "nei",
            "ikke_aktuelt": {"grunn": "Bare kopi", "av": "eier", "dato": "2026-01-02"},
        }
    )
    r = rad(v, "fritak", "Bok")
    assert r["grunn"] == "Bare kopi"
    assert "Leder for kultur" in str(r["av"])
    assert r["dato"] == date(2026, 1, 2)
    assert rad(se(arkiv={"dokumentasjonspliktig": "nei"}), "fritak", "Bok")["grunn"] == "mangler"


def test_an_ended_system_tells_what_became_of_the_data():
    v = se(
        tilstand="avviklet",
        avviklet="2025-05-01",
        arkiv={
            **ARKIV,
            "avlevert": {"dato": "2025-04-01", "referanse": "Byarkivet 7"},
            "slettet": {"referanse": "P4"},
        },
    )
    r = rad(v, "avviklet", "Bok")
    assert (r["avlevert"], r["slettet"], r["leverandor_bekreftet"]) == (
        "01.04.2025, Byarkivet 7",
        "uten dato, P4",
        "",
    )
    assert [r["system"] for r in rader(v, "arkivering")] == ["Bk360"]
    assert any("Slettingen" in str(r["hva"]) for r in rader(v, "brudd"))


def test_what_is_not_in_use_is_counted_and_left_out():
    v = se(tilstand="under_utvikling")
    assert tall(v, "Ikke tatt i bruk ennå, og ikke med her") == 1
    assert [r["system"] for r in rader(v, "arkivering")] == ["Bk360"]


def test_a_requirement_that_could_not_be_decided_is_told():
    poster = {
        "systemer/bok": {
            **SYSTEM,
            "rettsgrunnlag": ["Lov"],
            "lagring": {"sted": "Hall", "land": "NO", "tilgang_fra": ["NO"]},
        }
    }
    v = visning(grunnlag(poster, uleselige={"systemer/bk360": None}))
    assert "Ikke avgjort" in {r["art"] for r in rader(v, "brudd")}
    assert rad(v, "arkivering", "Bok")["arkivkjerne"] == "bk360 (kan ikke leses)"
    assert any("systemer/bk360.yaml" in t for t in v.ingress)


def test_datasets_to_be_kept_are_listed():
    v = visning(
        grunnlag(
            {
                "systemer/bok": SYSTEM,
                "datasett/lan": {"navn": "Lån", "system": "bok", "eier": "eier", "arkivverdi": "bevares"},
                "datasett/logg": {"navn": "Logg", "system": "bok", "arkivverdi": "kasseres"},
            }
        )
    )
    assert [(r["datasett"], r["system"]) for r in rader(v, "datasett")] == [("Lån", "Bok")]
