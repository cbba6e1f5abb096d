"""Requirement 5.2: avtaleeier and avtaleforvalter."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom

K = "avtaler/k"
D = "avtaler/d"

POSTER = {
    "leverandorer/acme": {"navn": "Acme"},
    "roller/eier": {"type": "avtaleeier"},
    "roller/forvalter": {"type": "avtaleforvalter"},
    K: {
        "navn": "Kontrakt",
        "kategorier": ["drift_og_forvaltning"],
        "tilstand": "i_kraft",
        "leverandor": "acme",
        "avtaleeier": "eier",
        "avtaleforvalter": "forvalter",
    },
    D: {"navn": "DBA", "kategorier": ["databehandleravtale"], "leverandor": "acme", "vedlegg_til": "k"},
}


def funn(verdict):
    return [(f.vilkar, f.art.value, f.felt) for f in verdict.funn]


@pytest.mark.parametrize("post", [K, D])
def test_the_registry_itself_proves_the_roles(post):
    verdict = dom("5.2", post, POSTER)
    assert (verdict.utfall, verdict.styrke) == ("oppfylt", "maskinell")


@pytest.mark.parametrize(
    "endre",
    [
        {"tilstand": None},
        {"tilstand": "signert"},
        {"tilstand": "sagt_opp"},
        {"kategorier": ["tjenestebilag"], "leverandor": None},
        {"kategorier": None},
        {"avtaleeier": "EIER"},
    ],
)
def test_what_may_differ_and_still_holds(endre):
    assert dom("5.2", K, POSTER, endre={K: endre}).utfall == "oppfylt"


@pytest.mark.parametrize(
    ("endre", "ventet"),
    [
        ({K: {"avtaleeier": None}}, ("avtaleeier-mangler", "mangler", "avtaleeier")),
        ({K: {"avtaleforvalter": None}}, ("avtaleforvalter-mangler", "mangler", "avtaleforvalter")),
        (
            {K: {"avtaleforvalter": None, "kategorier": ["tjenestebilag"]}},
            ("avtaleforvalter-mangler", "mangler", "avtaleforvalter"),
        ),
        # a processing agreement that is part of the contract does not free the contract from its roles
        (
            {K: {"avtaleeier": None, "kategorier": ["drift_og_forvaltning", "databehandleravtale"]}},
            ("avtaleeier-mangler", "mangler", "avtaleeier"),
        ),
        ({K: {"avtaleeier": "eire"}}, ("ukjent-henvisning", "feil", "avtaleeier")),
        ({K: {"avtaleeier": "acme"}}, ("feil-slag-henvisning", "feil", "avtaleeier")),
        ({K: {"avtaleeier": "forvalter"}}, ("avtaleeier-feil-rolletype", "feil", "avtaleeier")),
        ({"roller/eier": {"fra": "2026-11-17"}}, ("avtaleeier-ikke-virksom", "feil", "avtaleeier")),
        ({"roller/eier": {"til": "2026-11-15"}}, ("avtaleeier-utlopt", "utlopt", "avtaleeier")),
    ],
)
def test_each_condition_breaks_alone(endre, ventet):
    verdict = dom("5.2", K, POSTER, endre=endre)
    assert (verdict.utfall, funn(verdict)) == ("brudd", [ventet])


@pytest.mark.parametrize(
    ("endre", "ventet"),
    [
        ({D: {"vedlegg_til": None}}, ("kontrakt-mangler", "mangler", "vedlegg_til")),
        ({D: {"vedlegg_til": "kk"}}, ("ukjent-henvisning", "feil", "vedlegg_til")),
        ({D: {"vedlegg_til": "eier"}}, ("feil-slag-henvisning", "feil", "vedlegg_til")),
        ({D: {"vedlegg_til": "d"}}, ("kontrakt-er-seg-selv", "feil", "vedlegg_til")),
        ({D: {"vedlegg_til": "D"}}, ("kontrakt-er-seg-selv", "feil", "vedlegg_til")),
        (
            {K: {"kategorier": ["databehandleravtale"]}},
            ("kontrakt-er-databehandleravtale", "feil", "vedlegg_til"),
        ),
    ],
)
def test_a_processing_agreement_follows_its_contract(endre, ventet):
    verdict = dom("5.2", D, POSTER, endre=endre)
    assert (verdict.utfall, funn(verdict)) == ("brudd", [ventet])


@pytest.mark.parametrize(
    ("til", "utfall"),
    [
        ("2026-11-15", "brudd"),
        ("2026-11-16", "snart"),
        ("2026-11-17", "snart"),
        ("2027-02-14", "snart"),
        ("2027-02-15", "oppfylt"),
    ],
)
def test_a_role_runs_out_on_its_last_day(til, utfall):
    assert dom("5.2", K, POSTER, endre={"roller/forvalter": {"til": til}}).utfall == utfall


@pytest.mark.parametrize(
    ("endre", "utfall"),
    [
        ({"tilstand": "utkast"}, "ikke_aktuelt"),
        ({"tilstand": "utlopt"}, "ikke_aktuelt"),
        ({"gyldig_til": "2026-11-15"}, "ikke_aktuelt"),
        ({"gyldig_til": "2026-11-16"}, "brudd"),
        ({"gyldig_til": "2026-11-17"}, "brudd"),
        ({}, "brudd"),
    ],
)
def test_drafts_and_ended_agreements_are_not_judged(endre, utfall):
    verdict = dom("5.2", K, POSTER, endre={K: {"avtaleeier": None, **endre}})
    assert verdict.utfall == utfall
    assert utfall == "brudd" or verdict.begrunnelse


@pytest.mark.parametrize(
    ("post", "endre", "uleselig"),
    [(K, {"avtaleeier": "u"}, "roller/u"), (D, {"vedlegg_til": "u"}, "avtaler/u")],
)
def test_a_referent_that_can_not_be_read_is_undecided(post, endre, uleselig):
    verdict = dom("5.2", post, POSTER, endre={post: endre}, uleselige={uleselig: None})
    assert (verdict.utfall, verdict.funn) == ("ikke_avgjort", ())


@pytest.mark.parametrize(("dag", "utfall"), [(date(2026, 11, 16), "avvik"), (date(2026, 11, 17), "brudd")])
def test_a_deviation_covers_until_its_last_day(dag, utfall):
    avvik = {
        "krav": "5.2",
        "gjelder": ["k"],
        "vekt": "mindre",
        "tilstand": "besluttet",
        "besluttet": {"forum": "sdi", "dato": "2026-01-10"},
        "gyldig_til": "2026-11-16",
    }
    assert dom("5.2", K, POSTER, endre={K: {"avtaleeier": None}, "avvik/a": avvik}, dato=dag).utfall == utfall


@pytest.mark.parametrize(
    ("endre", "ventet"),
    [
        ({"tilstand": "utlopt"}, ["avtaleeier-mangler", "avtaleforvalter-mangler"]),
        ({"gyldig_til": "2026-11-15"}, ["avtaleeier-mangler", "avtaleforvalter-mangler"]),
        ({"gyldig_til": "2026-11-16"}, []),
        ({"tilstand": "utkast"}, []),  # the agreement is to be signed before its contract
    ],
)
def test_a_data_processing_agreement_that_outlives_its_contract_has_the_roles_itself(endre, ventet):
    """The ended contract is not judged, so nobody would ask who looks after what is still in force."""
    verdict = dom("5.2", D, POSTER, endre={K: endre, D: {"avtaleeier": None, "avtaleforvalter": None}})
    assert [f.vilkar for f in verdict.funn] == ventet
