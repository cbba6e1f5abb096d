"""Requirement 4.5: procurements set requirements for privacy and information security."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom

A = "avtaler/a"
P = "prosjekter/p"
KRAV = {
    "personvern_og_sikkerhet": {"versjon": "2023.1", "dato": "2024-01-10", "referanse": "Sak 1"},
    "tilleggsbehov": {"dato": "2024-01-12", "av": "eier", "vurdering": "Intet mer.", "referanse": "Sak 2"},
}
POSTER = {
    "roller/eier": {"type": "systemeier"},
    "leverandorer/l": {"navn": "L"},
    A: {
        "navn": "A",
        "kategorier": ["drift_og_forvaltning"],
        "tilstand": "i_kraft",
        "leverandor": "l",
        "signert": "2024-03-01",
        "krav": KRAV,
    },
    P: {"navn": "P", "type": "anskaffelse", "tilstand": "gjennomforing", "krav": KRAV},
}


def funn(verdict):
    return [(f.vilkar, f.art, f.felt) for f in verdict.funn]


@pytest.mark.parametrize("post", [A, P])
def test_standard_requirements_and_the_need_for_more_fulfil_it(post):
    verdict = dom("4.5", post, POSTER)
    assert (verdict.utfall, verdict.styrke, verdict.frist) == ("oppfylt", "dokumentert", None)


S, B = "krav.personvern_og_sikkerhet", "krav.tilleggsbehov"


@pytest.mark.parametrize("post", [A, P])
@pytest.mark.parametrize(
    ("endre", "forventet"),
    [
        ({S: None}, ("standardkrav-mangler", "mangler", S)),
        ({f"{S}.versjon": None}, ("standardkrav-versjon", "mangler", f"{S}.versjon")),
        ({f"{S}.dato": None}, ("standardkrav-dato", "mangler", f"{S}.dato")),
        ({f"{S}.dato": "2026-11-17"}, ("standardkrav-framtid", "feil", f"{S}.dato")),
        ({B: None}, ("tilleggsbehov-mangler", "mangler", B)),
        ({f"{B}.dato": None}, ("tilleggsbehov-dato", "mangler", f"{B}.dato")),
        ({f"{B}.dato": "2026-11-17"}, ("tilleggsbehov-framtid", "feil", f"{B}.dato")),
        ({f"{B}.av": None, f"{B}.referanse": None}, ("tilleggsbehov-av", "mangler", B)),
        ({f"{B}.av": "eire"}, ("ukjent-henvisning", "feil", f"{B}.av")),
    ],
)
def test_each_condition_breaks_alone(post, endre, forventet):
    verdict = dom("4.5", post, POSTER, endre={post: endre})
    assert verdict.utfall == "brudd"
    assert funn(verdict) == [forventet]


def test_an_assessment_says_what_it_found():
    endre = {A: {f"{B}.vurdering": None}}
    assert dom("4.5", A, POSTER, endre=endre).utfall == "oppfylt"
    endre[A][f"{B}.referanse"] = None
    endre[A][f"{B}.dato"] = "2026-01-12"
    assert funn(dom("4.5", A, POSTER, endre=endre)) == [
        ("tilleggsbehov-vurdering", "mangler", f"{B}.vurdering")
    ]


def test_without_any_requirements_both_parts_are_missing():
    verdict = dom("4.5", A, POSTER, endre={A: {"krav": None}})
    assert [f.vilkar for f in verdict.funn] == ["standardkrav-mangler", "tilleggsbehov-mangler"]


@pytest.mark.parametrize(
    ("dato", "utfall"),
    [("2027-02-28", "snart"), ("2027-03-01", "brudd"), ("2026-11-29", "oppfylt"), ("2026-11-30", "snart")],
)
def test_an_assessment_on_a_roles_word_runs_out(dato, utfall):
    endre = {A: {f"{B}.referanse": None, f"{B}.dato": "2026-02-28"}}
    verdict = dom("4.5", A, POSTER, endre=endre, dato=date.fromisoformat(dato))
    assert verdict.utfall == utfall
    assert [f.art for f in verdict.funn] == (["utlopt"] if utfall == "brudd" else [])
    assert (
        dom("4.5", A, POSTER, endre={A: {f"{B}.referanse": None, f"{B}.dato": "2026-11-16"}}).styrke
        == "bekreftet"
    )


UTEN = {"krav": None}


@pytest.mark.parametrize(
    ("endre", "utfall"),
    [
        ({"signert": "2023-12-31"}, "ikke_aktuelt"),
        ({"signert": "2024-01-01"}, "brudd"),
        ({"signert": "2024-01-02"}, "brudd"),
        ({"tilstand": "utkast"}, "ikke_aktuelt"),
        ({"tilstand": "utlopt"}, "ikke_aktuelt"),
        ({"tilstand": "sagt_opp"}, "brudd"),
        ({"tilstand": None}, "brudd"),
        ({"leverandor": None, "intern_part": "x"}, "ikke_aktuelt"),
        ({"leverandor": None, "kategorier": ["tjenestebilag"]}, "ikke_aktuelt"),
        ({"leverandor": None, "kategorier": ["styringsavtale"]}, "ikke_aktuelt"),
        ({"leverandor": None}, "ikke_avgjort"),
        ({"kategorier": ["databehandleravtale"]}, "brudd"),
        ({"kategorier": None}, "brudd"),
    ],
)
def test_which_agreements_it_applies_to(endre, utfall):
    assert dom("4.5", A, POSTER, endre={A: {**UTEN, **endre}}).utfall == utfall


def test_an_agreement_signed_on_the_day_the_regulation_came_counts():
    verdict = dom(
        "4.5",
        A,
        POSTER,
        endre={A: {**UTEN, "signert": "2001-01-01"}},
        innstillinger={"gjelder_fra": "2001-01-01"},
    )
    assert verdict.utfall == "brudd"


def test_an_unknown_signing_matters_only_where_the_requirements_are_not_whole():
    assert dom("4.5", A, POSTER, endre={A: {"signert": None}}).utfall == "oppfylt"
    assert funn(dom("4.5", A, POSTER, endre={A: {**UTEN, "signert": None}})) == [
        ("signert-mangler", "mangler", "signert")
    ]
    assert funn(dom("4.5", A, POSTER, endre={A: {"signert": "2026-11-17"}})) == [
        ("signert-framtid", "feil", "signert")
    ]


@pytest.mark.parametrize(
    "steder",
    [
        {A: {**UTEN, "prosjekter": ["p"]}},
        {A: {**UTEN, "vedlegg_til": "kontrakt"}, "avtaler/kontrakt": POSTER[A]},
        {
            A: {**UTEN, "vedlegg_til": "kontrakt"},
            "avtaler/kontrakt": {**POSTER[A], "krav": None, "prosjekter": ["p"]},
        },
        {A: {S: None, "prosjekter": ["p"]}},
    ],
)
def test_the_contract_or_the_project_may_hold_the_requirements(steder):
    assert dom("4.5", A, POSTER, endre=steder).utfall == "oppfylt"


def test_an_agreement_attached_to_itself_holds_nothing_more():
    assert dom("4.5", A, POSTER, endre={A: {**UTEN, "vedlegg_til": "a"}}).utfall == "brudd"


def test_a_project_that_is_not_there_is_told():
    verdict = dom("4.5", A, POSTER, endre={A: {"prosjekter": ["borte"]}})
    assert [f.vilkar for f in verdict.funn] == ["ukjent-henvisning"]


@pytest.mark.parametrize("endre", [{"prosjekter": ["tapt"]}, {"vedlegg_til": "tapt"}])
def test_an_unreadable_file_may_hold_them(endre):
    kind = "prosjekter" if "prosjekter" in endre else "avtaler"
    verdict = dom("4.5", A, POSTER, endre={A: {**UTEN, **endre}}, uleselige={f"{kind}/tapt": None})
    assert (verdict.utfall, verdict.funn) == ("ikke_avgjort", ())


@pytest.mark.parametrize(
    ("endre", "utfall"),
    [
        ({}, "brudd"),
        ({"tilstand": "planlegging"}, "brudd"),
        ({"tilstand": "avslutning"}, "brudd"),
        ({"tilstand": None}, "brudd"),
        ({"tilstand": "meldt"}, "ikke_aktuelt"),
        ({"tilstand": "konsept"}, "ikke_aktuelt"),
        ({"tilstand": "konsept", "beslutningspunkter": [{"punkt": "BP2", "dato": "2026-11-15"}]}, "brudd"),
        ({"tilstand": "konsept", "beslutningspunkter": [{"punkt": "BP2", "dato": "2026-11-16"}]}, "brudd"),
        (
            {"tilstand": "konsept", "beslutningspunkter": [{"punkt": "BP2", "dato": "2026-11-17"}]},
            "ikke_aktuelt",
        ),
        ({"tilstand": "meldt", "beslutningspunkter": [{"punkt": "BP3", "dato": "2026-11-16"}]}, "brudd"),
        ({"tilstand": "avsluttet"}, "ikke_aktuelt"),
        ({"tilstand": "stanset"}, "ikke_aktuelt"),
        ({"type": "prosjekt"}, "ikke_aktuelt"),
        ({"type": None}, "ikke_aktuelt"),
        ({"type": "prosjekt", "anskaffet": "nei"}, "ikke_aktuelt"),
        ({"type": "prosjekt", "anskaffet": "ja"}, "brudd"),
        ({"type": "tiltak", "leverandor": "l"}, "brudd"),
    ],
)
def test_which_projects_it_applies_to(endre, utfall):
    assert dom("4.5", P, POSTER, endre={P: {**UTEN, **endre}}).utfall == utfall


@pytest.mark.parametrize(
    ("avtale", "utfall"),
    [
        ({}, "ikke_aktuelt"),
        ({"tilstand": "utkast"}, "brudd"),
        ({"leverandor": None}, "brudd"),
        ({"kategorier": ["databehandleravtale"]}, "brudd"),
    ],
)
def test_a_project_answers_until_an_agreement_exists(avtale, utfall):
    assert dom("4.5", P, POSTER, endre={P: UTEN, A: {"prosjekter": ["p"], **avtale}}).utfall == utfall


def test_an_unreadable_agreement_may_have_taken_over_from_the_project():
    verdict = dom("4.5", P, POSTER, endre={P: UTEN}, uleselige={"avtaler/tapt": "prosjekter: [p]"})
    assert (verdict.utfall, verdict.funn) == ("ikke_avgjort", ())


@pytest.mark.parametrize(("til", "utfall"), [("2026-11-15", "brudd"), ("2026-11-16", "avvik")])
def test_a_deviation_covers_until_it_expires(til, utfall):
    avvik = {
        "krav": "4.5",
        "gjelder": ["a"],
        "tilstand": "besluttet",
        "vekt": "mindre",
        "besluttet": {"forum": "sdi", "dato": "2026-03-01"},
        "gyldig_til": til,
    }
    assert dom("4.5", A, POSTER, endre={A: UTEN, "avvik/v": avvik}).utfall == utfall
