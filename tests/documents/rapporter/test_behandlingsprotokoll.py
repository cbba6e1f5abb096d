"""`report behandlingsprotokoll`: article 30's columns, mandatory and voluntary apart, nothing blank that is asked for."""

from __future__ import annotations

import pytest
from tests.documents.rapporter.hjelp_visning import grunnlag, md, rader, tall, vis
from tests.documents.rapporter.poster import POSTER

B = "behandlinger/saksbehandling"
NAVN = "behandlingsprotokoll"
KRAV = ("formal", "registrerte", "opplysninger", "mottakere", "sletting", "sikkerhetstiltak")


def obligatorisk(endre=None, **kwargs):
    return rader(vis(NAVN, POSTER, endre={B: endre or {}}, **kwargs), "aktive_obligatorisk")[0]


def frivillig(endre=None, **kwargs):
    return rader(vis(NAVN, POSTER, endre={B: endre or {}}, **kwargs), "aktive_frivillig")[0]


def test_what_article_30_asks_for_stands_there():
    row = obligatorisk()
    assert row["formal"] == ("Behandle saker", "Arkivere")
    assert row["registrerte"] == ("Voksne",)
    assert row["opplysninger"] == ("Helse (særlige kategorier (artikkel 9))",)
    assert row["mottakere"] == ("Parter",)
    assert row["sletting"] == ("Saker: Ti år, regnet fra: Lukket sak",)
    assert row["sikkerhetstiltak"] == "Tilgangsstyring"
    assert row["tredjeland"] == "Ingen registrert"
    assert "mangler" not in row.values()


@pytest.mark.parametrize("felt", [*KRAV, "behandlingsansvarlige", "personvernombud"])
def test_what_is_asked_for_and_not_stated_says_so(felt):
    assert obligatorisk({felt: None})[felt] == "mangler"
    assert "mangler" in md(NAVN, grunnlag(POSTER, endre={B: {felt: None}}))


@pytest.mark.parametrize("felt", ["mottakere", "sletting", "sikkerhetstiltak"])
def test_a_reason_takes_the_place_of_what_can_not_be_stated(felt):
    row = obligatorisk({felt: None, f"{felt}_begrunnelse": "Fordi det er slik."})
    assert "Fordi det er slik." in str(row[felt])


def test_contact_is_the_roles_own_else_that_of_the_nearest_unit_else_missing():
    row = obligatorisk()
    assert row["behandlingsansvarlige"] == ("Behandlingsansvarlig, Finans: finans@kommune.example",)
    assert row["personvernombud"] == "Personvernombudet, Kommunen: post@kommune.example (Kommunen)"
    v = vis(NAVN, POSTER, endre={"enheter/kommunen": {"kontakt": None}})
    assert (
        rader(v, "aktive_obligatorisk")[0]["personvernombud"]
        == "Personvernombudet, Kommunen: kontakt mangler"
    )


def test_transfers_with_basis_and_safeguards_and_without():
    row = obligatorisk(
        {
            "tredjeland": [
                {"land": "IN", "grunnlag": "scc", "garantier": "Kryptert"},
                {"land": "US"},
                {"land": "SE"},
            ]
        }
    )
    assert row["tredjeland"] == (
        "India: Standard personvernbestemmelser (SCC), Kryptert",
        "USA: grunnlag mangler",
        "Sverige: i EØS",
    )
    v = vis(NAVN, POSTER, endre={B: {"tredjeland": [{"land": "SE"}]}})
    assert tall(v)["Med overføring til tredjeland"] == 0


@pytest.mark.parametrize(
    ("fort", "sagt"),
    [([], ("USA: ikke ført her, men Sak ligger i eller kan nås fra landet",)), ([{"land": "US"}], ())],
)
def test_a_country_that_only_the_system_names_is_told(fort, sagt):
    abroad = {"systemer/sak": {"lagring": {"land": "NO", "tilgang_fra": ["NO", "US"]}}}
    v = vis(NAVN, POSTER, endre={B: {"tredjeland": fort}, **abroad})
    row = rader(v, "aktive_obligatorisk")[0]
    assert tuple(x for x in row["tredjeland"] if "ikke ført" in x) == sagt
    assert tall(v)["Uten ført overføring, men med system utenfor EØS"] == len(sagt)


def test_the_voluntary_ones_stand_apart():
    row = frivillig()
    assert [str(x).split(", artikkel")[0] for x in row["grunnlag"]] == [
        "Artikkel 6 nr. 1 bokstav e (allmenn interesse eller offentlig myndighet)"
    ]
    assert "artikkel 9 nr. 2 bokstav g (viktige allmenne interesser)" in row["grunnlag"][0]
    assert row["hjemmel"] == ("Forvaltningsloven",)
    assert row["databehandlere"] == ("Fjordsky AS: databehandler, avtale: mangler",)
    assert row["systemer"] == ("Sak",)
    assert (row["dpia"], row["bekreftet"], row["krav_4_4"]) == ("mangler", "mangler", "brudd")


def test_assessments_are_told_with_conclusion_and_a_lost_file_is_told():
    dpia = {
        "dpia/terskel": {
            "navn": "Terskel",
            "type": "terskelvurdering",
            "behandlinger": ["saksbehandling"],
            "tilstand": "besluttet",
            "besluttet": {"dato": "2025-01-02"},
            "konklusjon": "pakrevd",
        },
        "dpia/gammel": {
            "navn": "Gammel",
            "type": "full",
            "behandlinger": ["saksbehandling"],
            "tilstand": "erstattet",
        },
    }
    v = vis(NAVN, POSTER, endre=dpia, uleselige={"dpia/tapt": "saksbehandling"})
    assert rader(v, "aktive_frivillig")[0]["dpia"] == (
        "Terskelvurdering 02.01.2025: Høy risiko er sannsynlig, full DPIA kreves",
        "dpia/tapt.yaml kan ikke leses",
    )
    assert "dpia/tapt.yaml" in " ".join(v.ingress)


def test_planned_and_ended_ones_stand_apart():
    v = vis(
        NAVN,
        POSTER,
        endre={B: {"tilstand": "avsluttet"}, "behandlinger/ny": {"navn": "Ny", "tilstand": "planlagt"}},
    )
    assert rader(v, "aktive_obligatorisk") == []
    assert [r["behandling"] for r in rader(v, "planlagte_obligatorisk")] == ["Ny"]
    assert [r["behandling"] for r in rader(v, "avsluttede_obligatorisk")] == ["Saksbehandling"]
    assert (tall(v)["Aktive behandlinger"], tall(v)["Planlagte"], tall(v)["Avsluttede"]) == (0, 1, 1)
    assert "mangler" not in [d.tittel for d in v.deler]


def test_the_head_is_the_municipality_with_number_contacts_and_officer():
    own = {
        "kommune": {"navn": "Prøve kommune", "organisasjonsnummer": "964338531"},
        "kontaktpunkter": {"SDI": "sdi@kommune.example"},
    }
    found = {r["opplysning"]: r["verdi"] for r in rader(vis(NAVN, POSTER, eget=own), "virksomhet")}
    assert found["Navn"] == "Prøve kommune"
    assert found["Organisasjonsnummer"] == "964338531"
    assert found["Kontaktpunkter"] == ("SDI: sdi@kommune.example",)
    assert "Personvernombudet" in found["Personvernombud"][0]
    bare = {r["opplysning"]: r["verdi"] for r in rader(vis(NAVN, POSTER), "virksomhet")}
    assert (bare["Navn"], bare["Organisasjonsnummer"]) == ("mangler", "mangler")


def test_what_4_4_found_is_told_with_what_to_do():
    v = vis(NAVN, POSTER)
    assert all(r["behandling"] == "Saksbehandling" and r["tiltak"] for r in rader(v, "mangler"))
    assert tall(v)["Med mangler eller brudd (4.4)"] == 1


def test_each_activity_can_be_read_under_its_own_heading():
    text = md(NAVN, grunnlag(POSTER))
    assert "\n### Saksbehandling\n" in text
    assert text.index("**Det artikkel 30 krever**") < text.index("**Frivillige opplysninger**")
