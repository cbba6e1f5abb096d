"""Requirement 9.2: reuse and shared use of new solutions."""

from __future__ import annotations

from typing import Any

import pytest
from tests.hjelp import dom, dommer

P, S = "prosjekter/p", "systemer/x"
GJENBRUK = {
    "dato": "2026-03-01",
    "av": "eier",
    "referanse": "Sak 1",
    "gjenbruk": "Skjemaløsningen er vurdert.",
    "sambruk": "Alle avdelinger kan bruke den.",
}
POSTER = {
    "roller/eier": {"type": "prosjekteier"},
    P: {"navn": "P", "tilstand": "gjennomforing", "gjenbruk": GJENBRUK},
    S: {"navn": "X", "tilstand": "i_produksjon", "produksjon_fra": "2025-01-01", "gjenbruk": GJENBRUK},
}
BEGGE = pytest.mark.parametrize("post", [P, S])


@BEGGE
def test_a_documented_assessment_is_fulfilled_and_does_not_run_out(post):
    verdict = dom("9.2", post, POSTER)
    assert (verdict.utfall, verdict.styrke, verdict.frist) == ("oppfylt", "dokumentert", None)


@BEGGE
@pytest.mark.parametrize(
    ("endre", "vilkar", "art", "felt"),
    [
        ({"gjenbruk": None}, "gjenbruk-mangler", "mangler", "gjenbruk"),
        ({"gjenbruk.gjenbruk": None}, "gjenbruk-uten-vurdering", "mangler", "gjenbruk.gjenbruk"),
        ({"gjenbruk.sambruk": None}, "sambruk-uten-vurdering", "mangler", "gjenbruk.sambruk"),
        ({"gjenbruk.dato": None}, "gjenbruk-vurdert-dato", "mangler", "gjenbruk.dato"),
        ({"gjenbruk.dato": "2026-11-17"}, "gjenbruk-vurdert-framtid", "feil", "gjenbruk.dato"),
        ({"gjenbruk.av": None, "gjenbruk.referanse": None}, "gjenbruk-vurdert-av", "mangler", "gjenbruk"),
        ({"gjenbruk.av": "eire"}, "ukjent-henvisning", "feil", "gjenbruk.av"),
    ],
)
def test_each_condition_breaks_alone(post, endre, vilkar, art, felt):
    verdict = dom("9.2", post, POSTER, endre={post: endre})
    assert verdict.utfall == "brudd"
    assert [(f.vilkar, f.art, f.felt) for f in verdict.funn] == [(vilkar, art, felt)]


@BEGGE
@pytest.mark.parametrize(
    ("dato", "utfall"),
    [
        ("2025-11-15", "brudd"),
        ("2025-11-16", "snart"),
        ("2025-11-17", "snart"),
        ("2026-02-14", "snart"),
        ("2026-02-15", "oppfylt"),
        ("2026-11-16", "oppfylt"),
    ],
)
def test_what_only_a_role_answers_for_lasts_twelve_months(post, dato, utfall):
    endre = {"gjenbruk.referanse": None, "gjenbruk.dato": dato}
    assert dom("9.2", post, POSTER, endre={post: endre}).utfall == utfall


@pytest.mark.parametrize(("slutt", "utfall"), [("2025-03-01", "oppfylt"), ("2025-03-02", "brudd")])
def test_it_does_not_run_out_once_the_project_has_ended(slutt, utfall):
    endre = {
        "gjenbruk.referanse": None,
        "gjenbruk.dato": "2024-03-01",
        "tilstand": "avsluttet",
        "avsluttet": slutt,
    }
    assert dom("9.2", P, POSTER, endre={P: endre}).utfall == utfall


@pytest.mark.parametrize(
    ("endre", "gjelder"),
    [
        ({"tilstand": "meldt"}, False),
        ({"tilstand": "planlegging"}, False),
        ({"tilstand": "planlegging", "beslutningspunkter": [{"punkt": "BP2", "dato": "2026-01-01"}]}, False),
        ({"tilstand": "planlegging", "beslutningspunkter": [{"punkt": "BP3", "dato": "2026-11-15"}]}, True),
        ({"tilstand": "planlegging", "beslutningspunkter": [{"punkt": "BP3", "dato": "2026-11-16"}]}, True),
        ({"tilstand": "planlegging", "beslutningspunkter": [{"punkt": "BP3", "dato": "2026-11-17"}]}, False),
        ({"tilstand": "gjennomforing"}, True),
        ({"tilstand": "gjennomforing", "digitalisering": "ja"}, True),
        ({"tilstand": "gjennomforing", "digitalisering": "nei"}, False),
        ({"tilstand": None}, True),
        ({"tilstand": "stanset"}, False),
        ({"tilstand": "avsluttet", "avsluttet": "2023-12-31"}, False),
        ({"tilstand": "avsluttet", "avsluttet": "2024-01-01"}, True),
    ],
)
def test_it_applies_to_digitalisation_projects_from_bp3(endre, gjelder):
    verdict = dom("9.2", P, POSTER, endre={P: {**endre, "gjenbruk": None}})
    assert verdict.utfall == ("brudd" if gjelder else "ikke_aktuelt")
    assert gjelder or verdict.begrunnelse


@pytest.mark.parametrize(
    ("endre", "utfall"),
    [
        ({"produksjon_fra": "2023-12-31"}, "ikke_aktuelt"),
        ({"produksjon_fra": "2024-01-01"}, "brudd"),
        ({"produksjon_fra": "2024-01-02"}, "brudd"),
        ({"produksjon_fra": None}, "ikke_avgjort"),
        ({"produksjon_fra": None, "tilstand": None}, "ikke_avgjort"),
        ({"produksjon_fra": None, "tilstand": "under_utvikling"}, "brudd"),
        ({"produksjon_fra": None, "tilstand": "akseptansetest"}, "brudd"),
        ({"produksjon_fra": None, "tilstand": "planlagt"}, "ikke_aktuelt"),
        ({"tilstand": "under_avvikling"}, "brudd"),
        ({"tilstand": "avviklet"}, "ikke_aktuelt"),
        ({"prosjekter": ["p"]}, "ikke_aktuelt"),
    ],
)
def test_it_applies_to_new_systems_without_a_project(endre, utfall):
    verdict = dom("9.2", S, POSTER, endre={S: {**endre, "gjenbruk": None}})
    assert verdict.utfall == utfall
    assert utfall == "brudd" or verdict.begrunnelse


def test_an_assessed_system_of_unknown_age_is_fulfilled():
    assert dom("9.2", S, POSTER, endre={S: {"produksjon_fra": None}}).utfall == "oppfylt"


@pytest.mark.parametrize(
    ("dato", "utfall"), [("2025-11-15", "ikke_avgjort"), ("2025-11-16", "snart"), ("2026-02-15", "oppfylt")]
)
def test_a_system_of_unknown_age_is_decided_while_a_roles_word_is_good(dato, utfall):
    endre = {"produksjon_fra": None, "gjenbruk.referanse": None, "gjenbruk.dato": dato}
    assert dom("9.2", S, POSTER, endre={S: endre}).utfall == utfall


@pytest.mark.parametrize(
    "prosjekt",
    [
        {"tilstand": "stanset"},
        {"tilstand": "avsluttet", "avsluttet": "2023-12-31"},
        {"tilstand": "gjennomforing", "digitalisering": "nei"},
    ],
)
def test_a_project_that_answers_for_nothing_does_not_take_the_verdict_from_the_system(prosjekt):
    endre = {P: {"navn": "P", **prosjekt}, S: {"prosjekter": ["p"], "gjenbruk": None}}
    assert dom("9.2", S, POSTER, endre=endre).utfall == "brudd"


def test_a_dangling_project_is_told_and_an_unreadable_one_is_not_decided():
    endre = {S: {"prosjekter": ["borte"], "gjenbruk": None}}
    assert [f.vilkar for f in dom("9.2", S, POSTER, endre=endre).funn] == ["ukjent-henvisning"]
    assert dom("9.2", S, POSTER, endre=endre, uleselige={"prosjekter/borte": None}).utfall == "ikke_avgjort"


@BEGGE
def test_an_unreadable_role_is_not_decided(post):
    poster = {post: POSTER[post]}
    assert dom("9.2", post, poster, uleselige={"roller/eier": None}).utfall == "ikke_avgjort"


def system(navn: str, beskrivelse: str = "", **mer: Any) -> dict[str, Any]:
    return {
        "navn": navn,
        "tilstand": "i_produksjon",
        **({"beskrivelse": beskrivelse} if beskrivelse else {}),
        **mer,
    }


KANDIDATER = {
    "systemer/skjema": system("Skjemaløsningen", "Elektroniske skjemaer for søknader"),
    "systemer/arkiv": system("Arkivet", "Sak og arkiv for kommunen"),
    "systemer/soknad": system("Søknadsportalen"),
    "systemer/gammel": system("Gammelt skjema", "Søknader", tilstand="avviklet"),
    "systemer/ny": system("Nye skjemaer", "Søknader på nett", prosjekter=["p"]),
}


def test_the_finding_lists_what_the_registry_holds_for_the_need():
    endre = {P: {"navn": "Ny skjemaløsning", "beskrivelse": "Søknad på nett", "gjenbruk": None}, **KANDIDATER}
    (funn,) = dom("9.2", P, POSTER, endre=endre).funn
    assert [s.post for s in funn.se] == ["systemer/skjema", "systemer/soknad"]
    assert "«Skjemaløsningen», «Søknadsportalen»" in funn.tiltak
    assert "skjemaløsningen, søknader" in funn.se[0].melding


def test_what_the_project_wants_counts_as_the_need():
    endre = {P: {"begrunnelse": {"mal": "Bedre arkivering"}, "gjenbruk.gjenbruk": None}, **KANDIDATER}
    (funn,) = dom("9.2", P, POSTER, endre=endre).funn
    assert [s.post for s in funn.se] == ["systemer/arkiv"]


def test_a_system_is_not_its_own_candidate_and_common_words_match_nothing():
    endre = {
        S: {"navn": "Felles system for kommunen", "beskrivelse": "En tjeneste", "gjenbruk": None},
        **KANDIDATER,
    }
    (funn,) = dom("9.2", S, POSTER, endre=endre).funn
    assert funn.se == ()
    assert "Registeret har" not in funn.tiltak


def test_a_word_that_many_systems_use_tells_nothing():
    mange = {f"systemer/m{n:02}": system("Skjema") for n in range(21)}
    endre = {P: {"navn": "Skjema", "gjenbruk": None}, **mange}
    assert dom("9.2", P, POSTER, endre=endre).funn[0].se == ()
    mange.pop("systemer/m00")
    endre = {P: {"navn": "Skjema", "gjenbruk": None}, **mange}
    assert [s.post for s in dom("9.2", P, POSTER, endre=endre).funn[0].se] == [
        "systemer/m01",
        "systemer/m02",
        "systemer/m03",
    ]


@BEGGE
@pytest.mark.parametrize(("til", "utfall"), [("2026-11-16", "avvik"), ("2026-11-15", "brudd")])
def test_a_deviation_covers_until_it_expires(post, til, utfall):
    avvik = {
        "krav": "9.2",
        "gjelder": ["p", "x"],
        "vekt": "storre",
        "tilstand": "besluttet",
        "besluttet": {"forum": "digitaliseringsrad", "dato": "2026-02-01"},
        "gyldig_til": til,
    }
    endre = {post: {"gjenbruk": None}, "avvik/a": avvik}
    assert dom("9.2", post, POSTER, endre=endre).utfall == utfall


def test_projects_and_systems_carry_the_verdict():
    assert set(dommer("9.2", POSTER)) == {P, S}
