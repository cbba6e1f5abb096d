"""Requirement 2.2: KIT, criticality, agreements, plans, audits and security requirements."""

from __future__ import annotations

from datetime import date

import pytest
from tests import hjelp
from tests.hjelp import dom, dommer

from forvaltning.findings import FindingKind, Outcome, Strength

VURDERT = {"dato": "2026-01-10", "av": "eier", "referanse": "sak 1"}
PLAN = {"dato": "2025-01-10", "referanse": "sak 2", "testet": "2026-05-20", "testrapport": "sak 3"}
SYSTEM = {
    "navn": "Skjema",
    "tilstand": "i_produksjon",
    "enhet": "boas",
    "systemeier": "eier",
    "produksjon_fra": "2024-06-01",
    "anskaffet": "ja",
    "leverandor": "fjordsky",
    "kit": {"konfidensialitet": "3", "integritet": "3", "tilgjengelighet": "3", "vurdert": dict(VURDERT)},
    "kritikalitet": {"klasse": "kritisk", "vurdert": dict(VURDERT)},
    "beredskapsplan": dict(PLAN),
    "kontinuitetsplan": dict(PLAN),
}
POSTER = {
    "systemer/skjema": SYSTEM,
    "avtaler/bilag": {
        "navn": "Tjenestebilag",
        "kategorier": ["tjenestebilag"],
        "tilstand": "i_kraft",
        "intern_part": "drift",
        "signert": "2024-05-01",
        "gyldig_fra": "2024-06-01",
        "systemer": ["skjema"],
        "vilkar": {
            "driftsniva": "1",
            "kostnader": "2",
            "overvaking": "3",
            "brukerstotte": "4",
            "forvaltningsstotte": "5",
        },
    },
    "avtaler/kontrakt": {
        "navn": "Kontrakt",
        "kategorier": ["drift_og_forvaltning"],
        "tilstand": "i_kraft",
        "leverandor": "fjordsky",
        "signert": "2024-04-01",
        "gyldig_fra": "2024-04-01",
        "systemer": ["skjema"],
        "prosjekter": ["anskaffelsen"],
        "vilkar": {"tjenesteniva": "Bilag 5", "responstid": "Bilag 5", "beredskap": "Bilag 5"},
        "krav": {"sikkerhet": {"dato": "2024-01-10", "referanse": "Bilag 2"}},
    },
    "prosjekter/anskaffelsen": {"navn": "Anskaffelsen"},
    "leverandorer/fjordsky": {
        "navn": "Fjordsky",
        "sikkerhetsrevisjoner": [
            {"dato": "2023-01-10", "referanse": "sak 8"},
            {"dato": "2025-06-10", "referanse": "sak 9"},
        ],
    },
    "datasett/soknader": {
        "navn": "Søknader",
        "system": "skjema",
        "kit": {"konfidensialitet": "3", "integritet": "2", "tilgjengelighet": "1"},
    },
    "datasett/personer": {
        "navn": "Personer",
        "system": "register",
        "kit": {"konfidensialitet": "3", "integritet": "3", "tilgjengelighet": "3"},
    },
    "systemer/register": {"navn": "Register", "tilstand": "planlagt"},
    "integrasjoner/flyt": {
        "navn": "Flyt",
        "tilstand": "aktiv",
        "fra": {"system": "register"},
        "til": {"system": "skjema"},
        "datasett": ["personer"],
    },
    "roller/eier": {"type": "systemeier", "enhet": "boas"},
    "enheter/boas": {"navn": "BOAS", "type": "byradsavdeling"},
    "enheter/ansattservice": {"navn": "Ansattservice"},
    "enheter/drift": {"navn": "Drift", "forelder": "ansattservice"},
}
TJENESTE = {
    "navn": "Søknad",
    "tilstand": "i_produksjon",
    "eier": "eier",
    "produksjon_fra": "2024-06-01",
    "systemer": ["skjema"],
    "kit": SYSTEM["kit"],
    "kritikalitet": SYSTEM["kritikalitet"],
    "beredskapsplan": dict(PLAN),
    "kontinuitetsplan": dict(PLAN),
}
MED_TJENESTE = {**POSTER, "tjenester/soknad": TJENESTE}
S = "systemer/skjema"


def vilkar(verdict):
    return sorted(f.vilkar for f in verdict.funn)


def test_a_system_with_everything_in_place_is_fulfilled():
    v = dom("2.2", S, POSTER)
    assert v.utfall is Outcome.OPPFYLT
    assert v.styrke is Strength.DOKUMENTERT
    assert v.frist == date(2027, 5, 20)


def test_a_service_carried_by_the_system_is_fulfilled():
    v = dom("2.2", "tjenester/soknad", MED_TJENESTE)
    assert v.utfall is Outcome.OPPFYLT


@pytest.mark.parametrize(
    ("post", "path", "verdi", "ventet"),
    [
        (
            S,
            "kit",
            None,
            [
                "kit-integritet-mangler",
                "kit-konfidensialitet-mangler",
                "kit-tilgjengelighet-mangler",
                "kit-vurdert",
            ],
        ),
        (S, "kit.konfidensialitet", None, ["kit-konfidensialitet-mangler"]),
        (S, "kit.integritet", None, ["kit-integritet-mangler"]),
        (S, "kit.tilgjengelighet", None, ["kit-tilgjengelighet-mangler"]),
        (S, "kit.vurdert", None, ["kit-vurdert"]),
        (S, "kit.vurdert.dato", None, ["kit-vurdert-dato"]),
        (S, "kit.vurdert.dato", "2026-11-17", ["kit-vurdert-framtid"]),
        (S, "kritikalitet.klasse", None, ["kritikalitet-mangler"]),
        (S, "kritikalitet.vurdert", None, ["kritikalitet-vurdert"]),
        (S, "kritikalitet.vurdert.dato", None, ["kritikalitet-vurdert-dato"]),
        ("avtaler/bilag", "systemer", None, ["tjenestebilag-mangler"]),
        ("avtaler/bilag", "kategorier", ["styringsavtale"], ["tjenestebilag-mangler"]),
        ("avtaler/bilag", "intern_part", None, ["tjenestebilag-part"]),
        ("avtaler/bilag", "intern_part", "boas", ["tjenestebilag-feil-part"]),
        ("avtaler/bilag", "intern_part", "ukjent", ["ukjent-henvisning"]),
        ("avtaler/bilag", "tilstand", "utkast", ["tjenestebilag-ikke-signert"]),
        ("avtaler/bilag", "tilstand", None, ["tjenestebilag-ikke-signert"]),
        ("avtaler/bilag", "tilstand", "utlopt", ["tjenestebilag-utlopt"]),
        ("avtaler/bilag", "signert", None, ["tjenestebilag-ikke-signert"]),
        ("avtaler/bilag", "signert", "2026-11-17", ["tjenestebilag-signert-framtid"]),
        ("avtaler/bilag", "gyldig_fra", "2026-11-17", ["tjenestebilag-ikke-startet"]),
        ("avtaler/bilag", "gyldig_til", "2026-11-15", ["tjenestebilag-utlopt"]),
        ("avtaler/bilag", "vilkar.driftsniva", None, ["tjenestebilag-driftsniva"]),
        ("avtaler/bilag", "vilkar.kostnader", None, ["tjenestebilag-kostnader"]),
        ("avtaler/bilag", "vilkar.overvaking", None, ["tjenestebilag-overvaking"]),
        ("avtaler/bilag", "vilkar.brukerstotte", None, ["tjenestebilag-brukerstotte"]),
        ("avtaler/bilag", "vilkar.forvaltningsstotte", None, ["tjenestebilag-forvaltningsstotte"]),
        ("avtaler/kontrakt", "vilkar.responstid", None, ["avtale-responstid-mangler"]),
        ("avtaler/kontrakt", "vilkar.beredskap", None, ["avtale-beredskap-mangler"]),
        ("avtaler/kontrakt", "vilkar", None, ["avtale-beredskap-mangler", "avtale-responstid-mangler"]),
        (S, "beredskapsplan", None, ["beredskapsplan-mangler"]),
        (S, "beredskapsplan.dato", None, ["beredskapsplan-dato"]),
        (S, "beredskapsplan.dato", "2026-11-17", ["beredskapsplan-framtid"]),
        (S, "beredskapsplan.referanse", None, ["beredskapsplan-referanse"]),
        (S, "beredskapsplan.testet", None, ["beredskapsplan-test-mangler"]),
        (S, "beredskapsplan.testet", "2025-11-15", ["beredskapsplan-test-utlopt"]),
        (
            S,
            "beredskapsplan.testet",
            "2026-11-17",
            ["beredskapsplan-test-framtid", "beredskapsplan-test-mangler"],
        ),
        (S, "kontinuitetsplan", None, ["kontinuitetsplan-mangler"]),
        (S, "kontinuitetsplan.testet", None, ["kontinuitetsplan-test-mangler"]),
        ("leverandorer/fjordsky", "sikkerhetsrevisjoner", None, ["revisjon-mangler"]),
        ("leverandorer/fjordsky", "sikkerhetsrevisjoner.1", None, ["revisjon-utlopt"]),
        (
            "leverandorer/fjordsky",
            "sikkerhetsrevisjoner.1.dato",
            "2026-11-17",
            ["revisjon-framtid", "revisjon-utlopt"],
        ),
        ("leverandorer/fjordsky", "sikkerhetsrevisjoner.1.dato", None, ["revisjon-utlopt"]),
        ("avtaler/kontrakt", "krav", None, ["sikkerhetskrav-mangler"]),
        ("avtaler/kontrakt", "krav.sikkerhet.dato", None, ["sikkerhetskrav-dato"]),
        ("avtaler/kontrakt", "krav.sikkerhet.dato", "2026-11-17", ["sikkerhetskrav-framtid"]),
        ("avtaler/kontrakt", "krav.sikkerhet.referanse", None, ["sikkerhetskrav-referanse"]),
        ("datasett/soknader", "kit.konfidensialitet", "4", ["kit-under-datasett"]),
        ("datasett/soknader", "kit.integritet", "4", ["kit-under-datasett"]),
        ("datasett/soknader", "kit.tilgjengelighet", "4", ["kit-under-datasett"]),
        ("datasett/personer", "kit.konfidensialitet", "4", ["kit-under-dataflyt"]),
    ],
)
def test_each_condition_can_be_broken(post, path, verdi, ventet):
    v = dom("2.2", S, POSTER, endre={post: {path: verdi}})
    assert v.utfall is Outcome.BRUDD
    assert vilkar(v) == ventet


@pytest.mark.parametrize(
    ("post", "path", "verdi"),
    [
        ("datasett/personer", "kit.integritet", "4"),
        ("datasett/personer", "kit.tilgjengelighet", "4"),
        ("avtaler/kontrakt", "vilkar.tjenesteniva", None),
        ("avtaler/kontrakt", "kategorier", ["lisenser"]),
        (S, "beredskapsplan.testet", "2025-11-16"),
        (S, "kritikalitet.vurdert.av", None),
        ("avtaler/bilag", "gyldig_til", "2027-06-01"),
    ],
)
def test_what_looks_like_a_break_and_is_none(post, path, verdi):
    v = dom("2.2", S, POSTER, endre={post: {path: verdi}})
    assert v.utfall in (Outcome.OPPFYLT, Outcome.SNART)


@pytest.mark.parametrize(
    ("flyt", "brutt"),
    [
        ({"tilstand": "planlagt"}, False),
        ({"tilstand": "avsluttet"}, False),
        ({"tilstand": None}, True),
        ({"fra": {"system": "skjema"}, "til": {"system": "register"}}, False),
        ({"fra": {"system": "skjema"}, "til": {"system": "register"}, "retning": "begge_veier"}, True),
        ({"fra": {"system": "skjema"}, "til": {"system": "register"}, "retning": "en_vei"}, False),
        ({"til": {"ekstern": "NAV"}}, False),
        ({"til": None}, False),
        ({"datasett": None}, False),
    ],
)
def test_the_receiver_of_a_live_flow_has_its_confidentiality(flyt, brutt):
    endre = {"datasett/personer": {"kit.konfidensialitet": "4"}, "integrasjoner/flyt": flyt}
    assert (dom("2.2", S, POSTER, endre=endre).utfall is Outcome.BRUDD) is brutt


@pytest.mark.parametrize(
    ("post", "kit", "utfall"),
    [
        ("datasett/soknader", None, Outcome.IKKE_AVGJORT),
        ("datasett/soknader", {"konfidensialitet": "3"}, Outcome.IKKE_AVGJORT),
        ("datasett/personer", None, Outcome.IKKE_AVGJORT),
        ("datasett/personer", {"konfidensialitet": "3"}, Outcome.OPPFYLT),
    ],
)
def test_a_dataset_that_is_not_assessed_leaves_it_undecided(post, kit, utfall):
    assert dom("2.2", S, POSTER, endre={post: {"kit": kit}}).utfall is utfall
    topp = {S: {"kit.konfidensialitet": "4", "kit.integritet": "4", "kit.tilgjengelighet": "4"}}
    assert dom("2.2", S, POSTER, endre={post: {"kit": kit}, **topp}).utfall is Outcome.OPPFYLT


@pytest.mark.parametrize(
    ("klasse", "ventet"),
    [
        (
            "samfunnskritisk",
            ["avtale-beredskap-mangler", "avtale-responstid-mangler", "beredskapsplan-test-mangler"],
        ),
        ("kritisk", ["avtale-beredskap-mangler", "avtale-responstid-mangler", "beredskapsplan-test-mangler"]),
        ("viktig", []),
        ("ordinaer", []),
    ],
)
def test_only_the_two_highest_classes_need_terms_and_tests(klasse, ventet):
    endre = {
        S: {"kritikalitet.klasse": klasse, "beredskapsplan.testet": None},
        "avtaler/kontrakt": {"vilkar": None},
    }
    assert vilkar(dom("2.2", S, POSTER, endre=endre)) == ventet


def test_an_unassessed_class_is_missing_and_what_follows_from_it_undecided():
    endre = {
        S: {"kritikalitet.klasse": None, "beredskapsplan.testet": None},
        "avtaler/kontrakt": {"vilkar": None},
    }
    v = dom("2.2", S, POSTER, endre=endre)
    assert vilkar(v) == ["kritikalitet-mangler"]
    assert "responstid" in v.begrunnelse
    assert "testes" in v.begrunnelse


@pytest.mark.parametrize(
    ("post", "endre", "siste"),
    [
        (S, {S: {"beredskapsplan.testet": "2025-11-20"}}, date(2026, 11, 20)),
        (S, {"leverandorer/fjordsky": {"sikkerhetsrevisjoner.1.dato": "2024-11-20"}}, date(2026, 11, 20)),
        (S, {"avtaler/bilag": {"gyldig_til": "2026-11-20"}}, date(2026, 11, 20)),
        (S, {"avtaler/kontrakt": {"gyldig_til": "2026-11-20"}}, date(2026, 11, 20)),
        (S, {S: {"kit.vurdert": {"dato": "2025-11-20", "av": "eier"}}}, date(2026, 11, 20)),
        (S, {S: {"kritikalitet.vurdert": {"dato": "2025-11-20", "av": "eier"}}}, date(2026, 11, 20)),
    ],
)
def test_every_date_runs_out_on_its_last_day(post, endre, siste):
    utfall = {}
    for dag in (siste.replace(day=siste.day - 1), siste, siste.replace(day=siste.day + 1)):
        v = dom("2.2", post, POSTER, endre=endre, dato=dag)
        utfall[dag.day - siste.day] = v.utfall
        if dag > siste:
            assert {f.art for f in v.funn} == {FindingKind.UTLOPT}
        else:
            assert v.frist == siste
    assert utfall == {-1: Outcome.SNART, 0: Outcome.SNART, 1: Outcome.BRUDD}


@pytest.mark.parametrize(
    ("dag", "utfall"),
    [
        (date(2024, 6, 30), Outcome.SNART),
        (date(2024, 7, 1), Outcome.SNART),
        (date(2024, 7, 2), Outcome.BRUDD),
    ],
)
def test_the_tjenestebilag_falls_due_30_days_after_production(dag, utfall):
    uten = {k: p for k, p in POSTER.items() if k != "avtaler/bilag"}
    endre = {
        S: {
            "kit.vurdert.dato": "2024-05-01",
            "kritikalitet.vurdert.dato": "2024-05-01",
            "kritikalitet.klasse": "viktig",
            "beredskapsplan": {"dato": "2024-05-01", "referanse": "x"},
            "kontinuitetsplan": {"dato": "2024-05-01", "referanse": "x"},
        },
        "leverandorer/fjordsky": {"sikkerhetsrevisjoner.1": None},
    }
    v = dom("2.2", S, uten, endre=endre, dato=dag)
    assert v.utfall is utfall
    assert vilkar(v) == (["tjenestebilag-mangler"] if utfall is Outcome.BRUDD else [])


@pytest.mark.parametrize(
    ("endre", "siste"),
    [
        # production came last, then the signing, then only one of them is known
        ({S: {"produksjon_fra": "2024-11-20"}}, date(2026, 11, 20)),
        ({"avtaler/kontrakt": {"signert": "2024-11-20", "gyldig_fra": None}}, date(2026, 11, 20)),
        (
            {S: {"produksjon_fra": None}, "avtaler/kontrakt": {"signert": "2024-11-20", "gyldig_fra": None}},
            date(2026, 11, 20),
        ),
    ],
)
def test_the_first_audit_is_due_one_interval_after_the_start(endre, siste):
    endre = {**endre, "leverandorer/fjordsky": {"sikkerhetsrevisjoner": None}}
    endre[S] = {**endre.get(S, {}), "kritikalitet.klasse": "viktig"}
    assert dom("2.2", S, POSTER, endre=endre, dato=siste).utfall is Outcome.SNART
    v = dom("2.2", S, POSTER, endre=endre, dato=date(2026, 11, 21))
    assert [(f.vilkar, f.art) for f in v.funn] == [("revisjon-mangler", FindingKind.MANGLER)]


@pytest.mark.parametrize(
    ("dag", "utfall"), [(date(2026, 5, 20), Outcome.SNART), (date(2026, 5, 21), Outcome.BRUDD)]
)
def test_the_first_test_of_a_plan_is_due_one_interval_after_production(dag, utfall):
    endre = {
        S: {
            "produksjon_fra": "2025-05-20",
            "beredskapsplan.testet": None,
            "kontinuitetsplan.testet": "2026-05-19",
        }
    }
    v = dom("2.2", S, POSTER, endre=endre, dato=dag)
    assert v.utfall is utfall


@pytest.mark.parametrize("tilstand", ["ide", "planlagt", "avviklet"])
def test_not_applicable_before_development_and_after_the_end(tilstand):
    for post in (S, "tjenester/soknad"):
        v = dom("2.2", post, MED_TJENESTE, endre={post: {"tilstand": tilstand}})
        assert v.utfall is Outcome.IKKE_AKTUELT
        assert v.begrunnelse


@pytest.mark.parametrize("tilstand", ["under_utvikling", "akseptansetest"])
def test_under_development_only_kit_and_criticality_are_asked(tilstand):
    bare = {
        S: {k: SYSTEM[k] for k in ("navn", "kit", "kritikalitet")} | {"tilstand": tilstand},
        "roller/eier": POSTER["roller/eier"],
    }
    assert dom("2.2", S, bare).utfall is Outcome.OPPFYLT
    bare[S] = {**bare[S], "kritikalitet": {}}
    assert vilkar(dom("2.2", S, bare)) == ["kritikalitet-mangler", "kritikalitet-vurdert"]
    assert (
        dom(
            "2.2",
            S,
            {**bare, "datasett/d": {"navn": "D", "system": "skjema", "kit": {"konfidensialitet": "4"}}},
        ).utfall
        is Outcome.BRUDD
    )


def test_a_system_that_is_not_procured_needs_no_audit_or_security_requirements():
    eget = {k: p for k, p in POSTER.items() if k not in {"avtaler/kontrakt", "leverandorer/fjordsky"}}
    endre = {
        S: {"anskaffet": "nei", "leverandor": None, "drift": {"form": "egen", "enhet": "drift"}},
        "avtaler/bilag": {"vilkar.responstid": "6", "vilkar.beredskap": "7"},
    }
    assert dom("2.2", S, eget, endre=endre).utfall is Outcome.OPPFYLT


@pytest.mark.parametrize(
    "endre",
    [
        {"anskaffet": "ja", "leverandor": None},
        {"anskaffet": None, "leverandor": None, "drift": {"form": "sky"}},
        {"anskaffet": None, "leverandor": None, "drift": {"form": "leverandor"}},
    ],
)
def test_a_procured_system_names_its_supplier_and_its_contract(endre):
    uten = {k: p for k, p in POSTER.items() if k not in {"avtaler/kontrakt", "leverandorer/fjordsky"}}
    v = dom("2.2", S, uten, endre={S: {**endre, "kritikalitet.klasse": "viktig"}})
    assert vilkar(v) == ["leverandor-mangler", "sikkerhetskrav-mangler"]


def test_the_supplier_of_a_contract_counts_when_the_system_does_not_name_it():
    endre = {
        S: {"anskaffet": None, "leverandor": None},
        "leverandorer/fjordsky": {"sikkerhetsrevisjoner": None},
    }
    v = dom("2.2", S, POSTER, endre=endre)
    assert vilkar(v) == ["revisjon-mangler"]
    assert v.funn[0].place.post == "leverandorer/fjordsky"


def test_the_operator_is_audited_too():
    to = {**POSTER, "leverandorer/vert": {"navn": "Vert"}}
    v = dom("2.2", S, to, endre={S: {"drift": {"form": "leverandor", "leverandor": "vert"}}})
    assert [(f.vilkar, f.place.post) for f in v.funn] == [("revisjon-mangler", "leverandorer/vert")]


def test_security_requirements_may_stand_on_the_project_that_procured():
    endre = {
        "avtaler/kontrakt": {"krav": None},
        "prosjekter/anskaffelsen": {"krav": {"sikkerhet": {"dato": "2024-01-10", "referanse": "x"}}},
    }
    assert dom("2.2", S, POSTER, endre=endre).utfall is Outcome.OPPFYLT
    endre["avtaler/kontrakt"]["prosjekter"] = None
    assert vilkar(dom("2.2", S, POSTER, endre=endre)) == ["sikkerhetskrav-mangler"]
    endre[S] = {"prosjekter": ["anskaffelsen"]}
    assert dom("2.2", S, POSTER, endre=endre).utfall is Outcome.OPPFYLT


def test_each_contract_in_force_has_its_security_requirements():
    to = {
        **POSTER,
        "avtaler/lisens": {**POSTER["avtaler/kontrakt"], "kategorier": ["lisenser"], "krav": None},
    }
    v = dom("2.2", S, to)
    assert [(f.vilkar, f.place.post) for f in v.funn] == [("sikkerhetskrav-mangler", "avtaler/lisens")]
    assert dom("2.2", S, to, endre={"avtaler/lisens": {"tilstand": "utkast"}}).utfall is Outcome.OPPFYLT
    assert (
        dom("2.2", S, to, endre={"avtaler/lisens": {"kategorier": ["databehandleravtale"]}}).utfall
        is Outcome.OPPFYLT
    )


@pytest.mark.parametrize(
    ("endre", "ventet"),
    [
        ({}, []),
        (
            {"tjenester/soknad": {"systemer": None}},
            ["avtale-beredskap-mangler", "avtale-responstid-mangler", "avtale-tjenesteniva-mangler"],
        ),
        (
            {"tjenester/soknad": {"systemer": ["skjema", "register"]}},
            ["avtale-beredskap-mangler", "avtale-responstid-mangler", "avtale-tjenesteniva-mangler"],
        ),
        ({"tjenester/soknad": {"systemer": None}, "avtaler/kontrakt": {"tjenester": ["soknad"]}}, []),
        ({"tjenester/soknad": {"kontinuitetsplan": None}}, ["kontinuitetsplan-mangler"]),
        (
            {"tjenester/soknad": {"kit": None}},
            [
                "kit-integritet-mangler",
                "kit-konfidensialitet-mangler",
                "kit-tilgjengelighet-mangler",
                "kit-vurdert",
            ],
        ),
        ({"tjenester/soknad": {"leverandor": "fjordsky"}}, ["sikkerhetskrav-mangler"]),
        ({"tjenester/soknad": {"leverandor": "ukjent"}}, ["sikkerhetskrav-mangler", "ukjent-henvisning"]),
    ],
)
def test_a_service_is_covered_by_its_own_agreements_or_those_of_all_its_systems(endre, ventet):
    v = dom("2.2", "tjenester/soknad", MED_TJENESTE, endre=endre)
    assert vilkar(v) == ventet


def test_of_two_tjenestebilag_the_better_one_counts():
    to = {**POSTER, "avtaler/gammelt": {**POSTER["avtaler/bilag"], "tilstand": "utlopt", "vilkar": None}}
    assert dom("2.2", S, to).utfall is Outcome.OPPFYLT


@pytest.mark.parametrize(
    ("fjern", "uleselige"),
    [
        ("avtaler/bilag", {"avtaler/bilag": "systemer: [skjema]"}),
        ("avtaler/kontrakt", {"avtaler/kontrakt": None}),
        ("leverandorer/fjordsky", {"leverandorer/fjordsky": None}),
        ("datasett/personer", {"datasett/personer": None}),
        (None, {"datasett/til": "system: skjema"}),
        ("enheter/drift", {"enheter/drift": None}),
        ("enheter/ansattservice", {"enheter/ansattservice": None}),
        ("roller/eier", {"roller/eier": None}),
    ],
)
def test_what_can_not_be_read_leaves_it_undecided(fjern, uleselige):
    poster = {k: p for k, p in POSTER.items() if k != fjern}
    v = dom("2.2", S, poster, uleselige=uleselige)
    assert (v.utfall, vilkar(v)) == (Outcome.IKKE_AVGJORT, [])


def test_an_unreadable_project_may_hold_the_security_requirements():
    uten = {k: p for k, p in POSTER.items() if k != "prosjekter/anskaffelsen"}
    v = dom(
        "2.2",
        S,
        uten,
        endre={"avtaler/kontrakt": {"krav": None}},
        uleselige={"prosjekter/anskaffelsen": None},
    )
    assert v.utfall is Outcome.IKKE_AVGJORT


def test_an_unreadable_system_may_cover_the_service():
    uten = {k: p for k, p in MED_TJENESTE.items() if k != S}
    assert dom("2.2", "tjenester/soknad", uten, uleselige={S: None}).utfall is Outcome.IKKE_AVGJORT


def test_without_a_unit_for_ansattservice_in_the_settings_the_party_is_undecided(monkeypatch):
    monkeypatch.setitem(hjelp.EGNE, "funksjoner", {})
    assert dom("2.2", S, POSTER).utfall is Outcome.IKKE_AVGJORT


AVVIK = {
    "krav": "2.2",
    "gjelder": ["skjema"],
    "vekt": "mindre",
    "tilstand": "besluttet",
    "besluttet": {"forum": "sdi", "dato": "2026-01-10"},
    "gyldig_til": "2026-11-16",
}


@pytest.mark.parametrize(
    ("dag", "utfall"),
    [
        (date(2026, 11, 15), Outcome.AVVIK),
        (date(2026, 11, 16), Outcome.AVVIK),
        (date(2026, 11, 17), Outcome.BRUDD),
    ],
)
def test_a_deviation_covers_until_its_last_day(dag, utfall):
    endre = {S: {"kontinuitetsplan": None}}
    assert dom("2.2", S, {**POSTER, "avvik/a": AVVIK}, endre=endre, dato=dag).utfall is utfall


def test_a_deviation_for_one_field_hides_nothing_else():
    endre = {S: {"kontinuitetsplan": None, "kit.vurdert": None}}
    v = dom("2.2", S, {**POSTER, "avvik/a": {**AVVIK, "felt": "kontinuitetsplan"}}, endre=endre)
    assert v.utfall is Outcome.BRUDD
    assert {f.vilkar for f in v.funn if f.avvik} == {"kontinuitetsplan-mangler"}


def test_bare_records_do_not_crash():
    poster = {
        "systemer/a": {
            "navn": "A",
            "kit": {},
            "kritikalitet": {},
            "beredskapsplan": {},
            "kontinuitetsplan": {"testet": "2026-01-01"},
            "drift": {},
            "leverandor": "l",
        },
        "tjenester/b": {"navn": "B", "systemer": ["a", "finnes-ikke"], "kritikalitet": {"klasse": "kritisk"}},
        "leverandorer/l": {"navn": "L", "sikkerhetsrevisjoner": [{}]},
        "avtaler/x": {
            "navn": "X",
            "systemer": ["a"],
            "leverandor": "l",
            "kategorier": ["lisenser"],
            "krav": {"sikkerhet": {}},
        },
        "avtaler/y": {"navn": "Y", "systemer": ["a"], "kategorier": ["tjenestebilag"]},
        "datasett/d": {"navn": "D", "system": "a"},
        "integrasjoner/i": {"navn": "I", "til": {"system": "a"}, "datasett": ["d", "finnes-ikke"]},
    }
    assert {v.utfall for v in dommer("2.2", poster).values()} == {Outcome.BRUDD}


def fornyet(key: str, fra: str, signert: str, **felt: object) -> dict[str, object]:
    """An agreement that ends with the year, and the one signed to take over from it."""
    ny = {**POSTER[key], "signert": signert, "gyldig_fra": fra, "gyldig_til": "2028-12-31", **felt}
    return {**POSTER, key: {**POSTER[key], "gyldig_til": "2026-12-31"}, "avtaler/ny": ny}


@pytest.mark.parametrize("key", ["avtaler/bilag", "avtaler/kontrakt"])
@pytest.mark.parametrize(
    ("fra", "signert", "felt", "utfall"),
    [
        ("2027-01-01", "2026-11-16", {}, Outcome.OPPFYLT),
        ("2026-12-15", "2026-11-01", {}, Outcome.OPPFYLT),
        ("2027-01-02", "2026-11-01", {}, Outcome.SNART),
        ("2027-01-01", "2026-11-17", {}, Outcome.SNART),
        ("2027-01-01", "2026-11-01", {"tilstand": "utkast"}, Outcome.SNART),
        ("2027-01-01", "2026-11-01", {"vilkar": None}, Outcome.SNART),
    ],
)
def test_what_takes_over_the_day_after_prolongs_the_cover(key, fra, signert, felt, utfall):
    """What is whole and signed takes over without a warning; else the end of the old one is on its way."""
    verdict = dom("2.2", "systemer/skjema", fornyet(key, fra, signert, **felt))
    assert (verdict.utfall, verdict.funn) == (utfall, ())


@pytest.mark.parametrize("key", ["avtaler/bilag", "avtaler/kontrakt"])
@pytest.mark.parametrize(
    ("dag", "utfall"),
    [
        (date(2026, 12, 31), Outcome.OPPFYLT),
        (date(2027, 1, 1), Outcome.OPPFYLT),
        (date(2028, 12, 31), Outcome.SNART),
        (date(2029, 1, 1), Outcome.BRUDD),
    ],
)
def test_a_renewed_agreement_lasts_as_long_as_the_new_one(key, dag, utfall):
    poster = fornyet(key, "2027-01-01", "2026-11-01")
    testet = {f"{p}.testet": "2028-05-20" for p in ("beredskapsplan", "kontinuitetsplan")}
    revidert = {
        "sikkerhetsrevisjoner.1.dato": "2026-11-10",
        "sikkerhetsrevisjoner.2": {"dato": "2028-06-10", "referanse": "x"},
    }
    endre = {
        "systemer/skjema": testet if dag.year > 2027 else {},
        "leverandorer/fjordsky": revidert if dag.year > 2027 else {},
    }
    assert dom("2.2", "systemer/skjema", poster, endre=endre, dato=dag).utfall == utfall
