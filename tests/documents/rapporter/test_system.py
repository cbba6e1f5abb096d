"""`report system`: the card of one system, also of one whose file can not be read."""

from __future__ import annotations

from datetime import date

from tests.documents.rapporter.hjelp_visning import grunnlag, rader, tall, vis
from tests.documents.rapporter.poster import POSTER

SAK = "systemer/sak"


def kort(**kwargs):
    return vis("system", POSTER, post=SAK, **kwargs)


def fakta(v, navn):
    return {r["opplysning"]: r["verdi"] for r in rader(v, navn)}


def test_the_head_says_state_criticality_owner_and_how_it_stands():
    v = kort()
    assert v.tittel == "Systemkort: Sak"
    assert tall(v)["Tilstand"] == "I produksjon"
    assert tall(v)["Kritikalitet"] == "Kritisk"
    assert tall(v)["Systemeier"] == "Leder for arkiv, Finans"
    assert tall(v)["Brudd"] == sum(d.utfall == "brudd" for d in grunnlag(POSTER).dommer_for(SAK))


def test_every_requirement_is_listed_with_its_outcome():
    g = grunnlag(POSTER)
    assert [(r["krav"], r["utfall"]) for r in rader(kort(), "krav")] == [
        (d.krav, d.utfall.value) for d in g.dommer_for(SAK)
    ]


def test_what_is_missing_says_so_and_what_is_not_asked_for_is_left_out():
    v = kort()
    assert fakta(v, "drift")["Driftsform"] == "mangler"
    assert fakta(v, "sikkerhet")["Konfidensialitet"] == "mangler"
    assert fakta(v, "sikkerhet")["Personopplysninger"] == "ja"
    assert "Avviklet" not in fakta(v, "om")
    given = kort(endre={SAK: {"kit": {"konfidensialitet": "3"}}})
    assert fakta(given, "sikkerhet")["Konfidensialitet"] == "3 Fortrolig"


def test_roles_with_unit_and_contact_and_one_that_is_missing():
    found = {r["rolle"]: r for r in rader(kort(endre={SAK: {"systemkoordinator": "borte"}}), "roller")}
    assert found["Systemeier"]["enhet"] == "Finans"
    assert found["Systemeier"]["kontakt"] == "mangler"
    assert found["Systemkoordinator"]["hvem"] == "borte (finnes ikke)"
    assert found["Behandlingsansvarlig"]["hvem"] == "mangler"
    ended = kort(endre={"roller/eier-finans": {"til": "2026-11-15"}})
    assert rader(ended, "roller")[0]["hvem"] == "Leder for arkiv (ikke besatt)"


def test_what_stands_around_it():
    v = kort(
        endre={
            "integrasjoner/ut": {
                "navn": "Ut",
                "fra": {"system": "SAK"},
                "til": {"felleskomponent": "svarut"},
                "mekanisme": "api",
            },
            "integrasjoner/inn": {"navn": "Inn", "fra": {"ekstern": "Banken"}, "til": {"system": "sak"}},
            "datasett/arkiv": {"navn": "Arkiv", "system": "sak", "tilgang": "NON_PUBLIC"},
        }
    )
    assert [r["tjeneste"] for r in rader(v, "tjenester")] == ["Søknad"]
    assert [(r["vei"], r["motpart"]) for r in rader(v, "dataflyter")] == [
        ("Inn", "Banken (ekstern)"),
        ("Ut", "SvarUt (felleskomponent)"),
    ]
    assert [r["avtale"] for r in rader(v, "avtaler")] == ["Kontrakt om Sak"]
    assert [(r["behandling"], r["dpia"]) for r in rader(v, "behandlinger")] == [("Saksbehandling", "mangler")]
    assert [r["tilgang"] for r in rader(v, "datasett")] == ["Ikke-allmenn tilgang"]
    ros = rader(v, "ros")[0]
    assert (ros["tilstand"], ros["over_aksept"], ros["fornyes_innen"]) == ("Gjelder", 1, date(2027, 1, 10))


def test_all_that_runs_out_stands_soonest_first():
    days = [r["dato"] for r in rader(kort(), "frister")]
    assert days == sorted(days)
    assert len(days) >= 5


def test_a_deviation_is_told_with_what_it_covers():
    deviation = {
        "avvik/a": {
            "navn": "Uten koordinator",
            "krav": "1.1",
            "gjelder": ["sak"],
            "grunn": "Stillingen er ledig.",
            "vekt": "mindre",
            "tilstand": "besluttet",
            "besluttet": {"forum": "sdi", "dato": "2026-10-01"},
            "gyldig_til": "2026-12-31",
        }
    }
    v = kort(endre=deviation)
    row = rader(v, "avvik")[0]
    assert (row["tilstand"], row["til"], row["dekker"]) == ("Besluttet", date(2026, 12, 31), "ja")
    assert any("Avviket fra 1.1 går ut" in str(r["hva"]) for r in rader(v, "frister"))
    gone = kort(endre=deviation, dato=date(2027, 1, 1))
    assert rader(gone, "avvik")[0]["dekker"] == "nei"


def test_one_whose_file_can_not_be_read_shows_no_facts_and_says_why():
    v = vis(
        "system",
        {k: p for k, p in POSTER.items() if k != SAK},
        post=SAK,
        uleselige={SAK: None},
    )
    assert "systemer/sak.yaml" in v.ingress[0]
    assert list(v.tabeller()) == []
