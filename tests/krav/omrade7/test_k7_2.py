"""Requirement 7.2: the chosen concept is in line with the architecture principles, by BP2."""

from datetime import date

import pytest
from tests.hjelp import dom

from forvaltning.findings import FindingKind, Outcome, Strength

PRO = "prosjekter/ny"
PRINSIPPER = [{"prinsipp": f"P{n}", "vurdering": "i_trad"} for n in range(1, 8)]
VURDERT = {"dato": "2026-03-01", "av": "arkitekt", "referanse": "Sak 1", "prinsipper": PRINSIPPER}
BASE = {
    "roller/arkitekt": {"type": "virksomhetsarkitekt", "fra": "2020-01-01"},
    "roller/eier": {"type": "prosjekteier", "fra": "2020-01-01"},
    PRO: {
        "navn": "Nytt fagsystem",
        "tilstand": "planlegging",
        "prosjekteier": "eier",
        "beslutningspunkter": [
            {"punkt": "BP1", "dato": "2026-01-10"},
            {"punkt": "BP2", "dato": "2026-04-01"},
        ],
        "konsept": VURDERT,
    },
}


def konsept(**felt):
    return {**VURDERT, **felt}


def med(n, **felt):
    return [{**p, **felt} if i == n - 1 else p for i, p in enumerate(PRINSIPPER)]


def funn(endre, **kwargs):
    return dom("7.2", PRO, BASE, endre={PRO: endre}, **kwargs).funn


def test_a_concept_judged_by_bp2_fulfils_it():
    v = dom("7.2", PRO, BASE)
    assert (v.utfall, v.styrke) == (Outcome.OPPFYLT, Strength.DOKUMENTERT)
    assert [(a.rolle, a.post) for a in v.ansvarlig] == [("prosjekteier", "eier")]


@pytest.mark.parametrize(
    ("verdi", "ventet"),
    [
        (None, "konsept-mangler"),
        ({}, "konsept"),
        (konsept(dato=None), "konsept-dato"),
        (konsept(av=None, referanse=None), "konsept-av"),
        (konsept(av="eire"), "ukjent-henvisning"),
        (konsept(dato="2026-11-17"), "konsept-framtid"),
        (konsept(prinsipper=PRINSIPPER[1:]), "prinsipp-ikke-vurdert"),
        (konsept(prinsipper=med(5, vurdering="ikke_i_trad")), "ikke-i-trad-uten-grunn"),
        (konsept(prinsipper=med(5, vurdering="ikke_aktuelt")), "ikke-aktuelt-uten-grunn"),
    ],
)
def test_each_condition_is_missed(verdi, ventet):
    found = funn({"konsept": verdi})
    assert found[0].vilkar == ventet
    assert len(found) == (8 if verdi == {} else 1)


@pytest.mark.parametrize(
    "verdi",
    [
        konsept(prinsipper=med(5, vurdering="ikke_i_trad", begrunnelse="Besluttet av eier.")),
        konsept(prinsipper=med(5, vurdering="delvis")),
        konsept(prinsipper=med(5, vurdering="ikke_aktuelt", begrunnelse="Ingen regler.")),
        konsept(av=None),
    ],
)
def test_not_in_line_holds_with_a_decided_reason(verdi):
    assert not funn({"konsept": verdi})


@pytest.mark.parametrize(
    ("dato", "ventet"), [("2026-03-31", []), ("2026-04-01", []), ("2026-04-02", ["konsept-etter-bp2"])]
)
def test_the_concept_is_judged_no_later_than_bp2(dato, ventet):
    found = funn({"konsept": konsept(dato=dato)})
    assert [f.vilkar for f in found] == ventet
    assert all(f.art is FindingKind.FEIL for f in found)


@pytest.mark.parametrize(
    ("endre", "utfall"),
    [
        ({"tilstand": "konsept", "beslutningspunkter.1.dato": "2026-11-15"}, Outcome.BRUDD),
        ({"tilstand": "konsept", "beslutningspunkter.1.dato": "2026-11-16"}, Outcome.BRUDD),
        ({"tilstand": "konsept", "beslutningspunkter.1.dato": "2026-11-17"}, Outcome.IKKE_AKTUELT),
        ({"tilstand": None, "beslutningspunkter.1.dato": "2026-11-17"}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "meldt", "beslutningspunkter": None}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "stanset"}, Outcome.IKKE_AKTUELT),
        ({"beslutningspunkter.1.dato": "2023-12-31"}, Outcome.IKKE_AKTUELT),
        ({"beslutningspunkter.1.dato": "2024-01-01"}, Outcome.BRUDD),
        ({"beslutningspunkter.1.dato": "2024-01-02"}, Outcome.BRUDD),
        ({"tilstand": "avsluttet", "avsluttet": "2023-12-31"}, Outcome.IKKE_AKTUELT),
        ({"type": "anskaffelse"}, Outcome.BRUDD),
        ({"digitalisering": "nei"}, Outcome.BRUDD),
    ],
)
def test_a_project_is_judged_from_bp2_when_that_came_under_the_regulation(endre, utfall):
    assert dom("7.2", PRO, BASE, endre={PRO: {"konsept": None, **endre}}).utfall is utfall


@pytest.mark.parametrize(
    ("punkter", "ventet"),
    [
        (None, ["punktdato-mangler"]),
        ([{"punkt": "BP2"}], ["punktdato-mangler"]),
        ([{"punkt": "BP2", "dato": "2026-11-17"}], ["punktdato-framtid"]),
        ([{"punkt": "BP2"}, {"punkt": "BP3", "dato": "2023-12-31"}], []),
        ([{"punkt": "BP2"}, {"punkt": "BP3", "dato": "2024-01-01"}], ["punktdato-mangler"]),
    ],
)
def test_without_the_day_of_bp2_the_order_can_not_be_seen(punkter, ventet):
    assert [f.vilkar for f in funn({"tilstand": "gjennomforing", "beslutningspunkter": punkter})] == ventet


def test_the_finding_points_at_the_decision_point_itself():
    points = [{"punkt": "BP1", "dato": "2026-01-10"}, {"punkt": "BP2"}]
    assert [f.felt for f in funn({"beslutningspunkter": points})] == ["beslutningspunkter[BP2].dato"]


@pytest.mark.parametrize(
    ("dato", "utfall"),
    [
        (date(2026, 11, 30), Outcome.OPPFYLT),
        (date(2026, 12, 1), Outcome.SNART),
        (date(2027, 3, 1), Outcome.SNART),
        (date(2027, 3, 2), Outcome.BRUDD),
    ],
)
def test_a_judgement_that_only_a_role_answers_for_runs_out(dato, utfall):
    endre = {PRO: {"konsept": konsept(referanse=None)}}
    assert dom("7.2", PRO, BASE, endre=endre, dato=dato).utfall is utfall


def test_an_unreadable_role_leaves_it_undecided():
    poster = {k: v for k, v in BASE.items() if k != "roller/arkitekt"}
    assert dom("7.2", PRO, poster, uleselige={"roller/arkitekt": None}).utfall is Outcome.IKKE_AVGJORT


AVVIK = {
    "krav": "7.2",
    "gjelder": ["ny"],
    "tilstand": "besluttet",
    "vekt": "mindre",
    "besluttet": {"forum": "sdi", "dato": "2026-10-01"},
    "gyldig_til": "2026-11-16",
}
LUKKET = {**AVVIK, "tilstand": "lukket", "sent_dokument": "ja", "gyldig_til": None}


@pytest.mark.parametrize(
    ("dato", "utfall"),
    [
        (date(2026, 11, 15), Outcome.AVVIK),
        (date(2026, 11, 16), Outcome.AVVIK),
        (date(2026, 11, 17), Outcome.BRUDD),
    ],
)
def test_a_deviation_covers_until_its_last_day(dato, utfall):
    assert dom("7.2", PRO, BASE, endre={PRO: {"konsept": None}, "avvik/a": AVVIK}, dato=dato).utfall is utfall


def test_a_closed_deviation_settles_a_late_judgement_for_good_and_nothing_else():
    late = {PRO: {"konsept": konsept(dato="2026-04-02")}, "avvik/a": LUKKET}
    assert dom("7.2", PRO, BASE, endre=late, dato=date(2030, 1, 1)).utfall is Outcome.AVVIK
    missing = {PRO: {"konsept": None}, "avvik/a": LUKKET}
    assert dom("7.2", PRO, BASE, endre=missing).utfall is Outcome.BRUDD
