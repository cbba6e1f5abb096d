"""Requirement 7.3: the architecture checklist is gone through with an architect, by BP3."""

from datetime import date

import pytest
from tests.hjelp import dom

from forvaltning.findings import FindingKind, Outcome, Strength

PRO = "prosjekter/ny"
LISTE = {"dato": "2026-03-01", "arkitekt": "arkitekt", "referanse": "Sak 1", "i_vedtaket": "ja"}
BASE = {
    "roller/arkitekt": {"type": "virksomhetsarkitekt", "fra": "2020-01-01", "til": "2026-06-30"},
    "roller/leder": {"type": "prosjektleder"},
    "roller/eier": {"type": "prosjekteier"},
    "roller/bestiller": {"type": "bestiller"},
    PRO: {
        "navn": "Nytt fagsystem",
        "type": "prosjekt",
        "tilstand": "gjennomforing",
        "prosjektleder": "leder",
        "prosjekteier": "eier",
        "bestiller": "bestiller",
        "beslutningspunkter": [{"punkt": "BP3", "dato": "2026-04-01"}],
        "arkitektursjekkliste": LISTE,
    },
}


def liste(**felt):
    return {"arkitektursjekkliste": {**LISTE, **felt}}


def test_a_checklist_in_the_decision_fulfils_it_though_the_architect_has_left_since():
    v = dom("7.3", PRO, BASE)
    assert (v.utfall, v.styrke) == (Outcome.OPPFYLT, Strength.DOKUMENTERT)


@pytest.mark.parametrize(
    ("endre", "ventet"),
    [
        ({}, [("prosjektleder", "leder"), ("prosjekteier", "eier")]),
        ({"prosjektleder": None}, [("bestiller", "bestiller"), ("prosjekteier", "eier")]),
        ({"prosjektleder": None, "bestiller": None}, [("bestiller", None), ("prosjekteier", "eier")]),
    ],
)
def test_the_orderer_answers_when_there_is_no_project_manager(endre, ventet):
    v = dom("7.3", PRO, BASE, endre={PRO: endre})
    assert [(a.rolle, a.post) for a in v.ansvarlig] == ventet


@pytest.mark.parametrize(
    ("endre", "ventet", "art"),
    [
        ({"arkitektursjekkliste": None}, "sjekkliste-mangler", FindingKind.MANGLER),
        (liste(arkitekt=None), "virksomhetsarkitekt-mangler", FindingKind.MANGLER),
        (liste(referanse=None), "sjekkliste-referanse", FindingKind.MANGLER),
        (liste(i_vedtaket=None), "i-vedtaket-mangler", FindingKind.MANGLER),
        (liste(i_vedtaket="nei"), "ikke-i-vedtaket", FindingKind.FEIL),
        (liste(arkitekt="leder"), "virksomhetsarkitekt-feil-rolletype", FindingKind.FEIL),
        (liste(arkitekt="arkitekten"), "ukjent-henvisning", FindingKind.FEIL),
        (liste(arkitekt="ny"), "feil-slag-henvisning", FindingKind.FEIL),
        (liste(dato="2019-12-31"), "virksomhetsarkitekt-ikke-virksom", FindingKind.FEIL),
    ],
)
def test_each_condition_is_missed(endre, ventet, art):
    v = dom("7.3", PRO, BASE, endre={PRO: endre})
    assert v.utfall is Outcome.BRUDD
    assert [(f.vilkar, f.art) for f in v.funn] == [(ventet, art)]


def test_a_checklist_without_a_date_is_missing_it():
    v = dom("7.3", PRO, BASE, endre={PRO: liste(dato=None), "roller/arkitekt": {"til": None}})
    assert [f.vilkar for f in v.funn] == ["sjekkliste-dato"]


@pytest.mark.parametrize(
    ("dato", "ventet"),
    [("2026-03-31", []), ("2026-04-01", []), ("2026-04-02", ["sjekkliste-etter-bp3"])],
)
def test_the_checklist_is_gone_through_no_later_than_bp3(dato, ventet):
    assert [f.vilkar for f in dom("7.3", PRO, BASE, endre={PRO: liste(dato=dato)}).funn] == ventet


def test_a_date_that_is_not_reached_is_no_late_document():
    v = dom("7.3", PRO, BASE, endre={PRO: liste(dato="2026-11-17"), "roller/arkitekt": {"til": None}})
    assert [f.vilkar for f in v.funn] == ["sjekkliste-framtid"]


@pytest.mark.parametrize(
    ("endre", "utfall"),
    [
        ({"type": "program"}, Outcome.BRUDD),
        ({"type": "delprosjekt"}, Outcome.BRUDD),
        ({"type": None}, Outcome.BRUDD),
        ({"type": "tiltak"}, Outcome.IKKE_AKTUELT),
        ({"type": "anskaffelse"}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "planlegging", "beslutningspunkter.0.dato": "2026-11-15"}, Outcome.BRUDD),
        ({"tilstand": "planlegging", "beslutningspunkter.0.dato": "2026-11-16"}, Outcome.BRUDD),
        ({"tilstand": "planlegging", "beslutningspunkter.0.dato": "2026-11-17"}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "planlegging", "beslutningspunkter": None}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "meldt", "beslutningspunkter": None}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "stanset"}, Outcome.IKKE_AKTUELT),
        ({"beslutningspunkter.0.dato": "2023-12-31"}, Outcome.IKKE_AKTUELT),
        ({"beslutningspunkter.0.dato": "2024-01-01"}, Outcome.BRUDD),
        ({"tilstand": "avsluttet", "avsluttet": "2026-10-01"}, Outcome.BRUDD),
        (
            {"tilstand": "avsluttet", "avsluttet": "2023-10-01", "beslutningspunkter": None},
            Outcome.IKKE_AKTUELT,
        ),
        ({"beslutningspunkter": None}, Outcome.BRUDD),
    ],
)
def test_projects_and_programmes_are_judged_from_bp3_when_that_came_under_the_regulation(endre, utfall):
    assert dom("7.3", PRO, BASE, endre={PRO: {"arkitektursjekkliste": None, **endre}}).utfall is utfall


@pytest.mark.parametrize(
    ("punkter", "ventet"),
    [(None, "punktdato-mangler"), ([{"punkt": "BP3", "dato": "2026-11-17"}], "punktdato-framtid")],
)
def test_without_the_day_of_bp3_the_order_can_not_be_seen(punkter, ventet):
    assert [f.vilkar for f in dom("7.3", PRO, BASE, endre={PRO: {"beslutningspunkter": punkter}}).funn] == [
        ventet
    ]


def test_an_unreadable_architect_leaves_it_undecided():
    poster = {k: v for k, v in BASE.items() if k != "roller/arkitekt"}
    assert dom("7.3", PRO, poster, uleselige={"roller/arkitekt": None}).utfall is Outcome.IKKE_AVGJORT


AVVIK = {
    "krav": "7.3",
    "gjelder": ["ny"],
    "tilstand": "besluttet",
    "vekt": "mindre",
    "besluttet": {"forum": "sdi", "dato": "2026-10-01"},
    "gyldig_til": "2026-11-16",
}


@pytest.mark.parametrize(
    ("dato", "utfall"),
    [
        (date(2026, 11, 15), Outcome.AVVIK),
        (date(2026, 11, 16), Outcome.AVVIK),
        (date(2026, 11, 17), Outcome.BRUDD),
    ],
)
def test_a_deviation_covers_until_its_last_day(dato, utfall):
    endre = {PRO: {"arkitektursjekkliste": None}, "avvik/a": AVVIK}
    assert dom("7.3", PRO, BASE, endre=endre, dato=dato).utfall is utfall


def test_a_closed_deviation_settles_a_late_checklist_for_good():
    lukket = {**AVVIK, "tilstand": "lukket", "sent_dokument": "ja", "gyldig_til": None}
    endre = {PRO: liste(dato="2026-04-02"), "avvik/a": lukket}
    assert dom("7.3", PRO, BASE, endre=endre, dato=date(2030, 1, 1)).utfall is Outcome.AVVIK


def test_the_measure_says_where_the_answer_is_written():
    v = dom("7.3", PRO, BASE, endre={PRO: liste(i_vedtaket="nei")})
    assert "skriv ja i «arkitektursjekkliste.i_vedtaket»" in v.funn[0].tiltak
