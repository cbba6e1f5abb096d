"""Data flows: which group each is in, what is missing, what is broken."""

from __future__ import annotations

import pytest
from tests.documents.hjelp_flere import grunnlag, rad, rader, tall

from forvaltning.documents.rapporter.integrasjoner import visning

FLYT = {
    "navn": "Flyt",
    "tilstand": "aktiv",
    "fra": {"system": "bok"},
    "til": {"system": "arkiv"},
    "innhold": "Saker",
    "retning": "en_vei",
    "mekanisme": "api",
    "personopplysninger": "nei",
    "enhet": "kultur",
}
SYSTEMER = {
    "systemer/bok": {"navn": "Bok", "tilstand": "i_produksjon", "enhet": "kultur"},
    "systemer/arkiv": {"navn": "Arkiv", "tilstand": "i_produksjon", "enhet": "sdi"},
}
GRUPPER = ("interne", "felleskomponenter", "eksterne", "avsluttet")


def se(**flyt):
    return visning(grunnlag({**SYSTEMER, "integrasjoner/flyt": {**FLYT, **flyt}}))


@pytest.mark.parametrize(
    ("flyt", "gruppe"),
    [
        ({}, "interne"),
        ({"til": {"felleskomponent": "altinn"}}, "felleskomponenter"),
        ({"til": {"ekstern": "Banken"}}, "eksterne"),
        ({"fra": {"felleskomponent": "altinn"}, "til": {"ekstern": "Banken"}}, "eksterne"),
        ({"tilstand": "avsluttet"}, "avsluttet"),
        ({"tilstand": "planlagt"}, "interne"),
    ],
)
def test_a_flow_is_listed_once_by_what_stands_at_the_other_end(flyt, gruppe):
    v = se(**flyt)
    assert {g: len(rader(v, g)) for g in GRUPPER} == {g: int(g == gruppe) for g in GRUPPER}


def test_a_flow_without_an_end_is_told_apart():
    v = se(til=None)
    assert rad(v, "uklare", "Flyt")["til"] == "mangler"
    assert any("hvor dataene går" in str(r["hva"]) for r in rader(v, "brudd"))


def test_a_flow_is_shown_in_words():
    v = se(datasett=["ukjent"], til={"leverandor": "borte"}, rettsgrunnlag=["Loven § 1"])
    r = rad(v, "eksterne", "Flyt")
    assert r["fra"] == "Bok"
    assert r["til"] == "borte (finnes ikke)"
    assert r["datasett"] == ("ukjent (finnes ikke)",)
    assert (r["retning"], r["mekanisme"], r["personopplysninger"]) == ("En vei", "API", "nei")
    assert r["rettsgrunnlag"] == ("Loven § 1",)


def test_what_a_requirement_asks_for_is_missing_and_the_rest_is_only_not_stated():
    r = rad(
        se(innhold=None, retning=None, mekanisme=None, personopplysninger="ja"),
        "interne",
        "Flyt",
    )
    assert (r["innhold"], r["retning"], r["mekanisme"]) == ("mangler", "mangler", "mangler")
    assert r["rettsgrunnlag"] == ("ikke oppgitt",)


def test_a_system_that_says_it_is_integrated_without_flows_is_among_the_breaches():
    poster = {"systemer/ensom": {**SYSTEMER["systemer/bok"], "navn": "Ensom", "integrert": "ja"}}
    v = visning(grunnlag(poster))
    assert [r["navn"] for r in rader(v, "brudd")] == ["Ensom"]
    assert tall(v, "Dataflyter og systemer med brudd på krav 3.5") == 1


def test_only_flows_of_the_chosen_unit_are_shown():
    poster = {
        **SYSTEMER,
        "integrasjoner/a": FLYT,
        "integrasjoner/b": {**FLYT, "navn": "Annen", "enhet": "sdi"},
    }
    v = visning(grunnlag(poster, enheter=frozenset({"sdi"})))
    assert [r["dataflyt"] for r in rader(v, "interne")] == ["Annen"]


def test_names_are_in_norwegian_order():
    names = ["Åse", "Ås", "Ærlig", "Øre", "Zoo", "aab", "Alt 10", "Alt 2"]
    poster = {**SYSTEMER, **{f"integrasjoner/f{i}": {**FLYT, "navn": n} for i, n in enumerate(names)}}
    v = visning(grunnlag(poster))
    assert [r["dataflyt"] for r in rader(v, "interne")] == [
        "aab",
        "Alt 2",
        "Alt 10",
        "Zoo",
        "Ærlig",
        "Øre",
        "Ås",
        "Åse",
    ]
