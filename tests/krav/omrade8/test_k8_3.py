"""Requirement 8.3, law: accessibility of web and IKT solutions."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom, dommer

from forvaltning.findings import FindingKind, Outcome, Strength

S, T = "systemer/skjema", "tjenester/soknad"
NETT = {
    "nettlosning": "ja",
    "brukskvalitet": {"dato": "2025-04-28", "referanse": "sak 1", "oppfylt": "ja"},
    "uu": {"standard": "wcag-2.1", "dato": "2026-04-22", "resultat": "i_samsvar", "referanse": "sak 2"},
    "flater": [
        {
            "id": "portal",
            "type": "nettsted",
            "adresse": "https://x.example",
            "erklaering": "https://x.example/uu",
            "oppdatert": "2026-05-20",
        },
        {
            "id": "app",
            "type": "app",
            "adresse": "butikken",
            "erklaering": "https://x.example/app",
            "oppdatert": "2026-06-20",
        },
    ],
}
SYSTEM = {
    "navn": "Skjema",
    "tilstand": "i_produksjon",
    "systemeier": "eier",
    "anskaffet": "ja",
    "leverandor": "fjordsky",
    "nett": NETT,
}
POSTER = {
    S: SYSTEM,
    "avtaler/kontrakt": {
        "navn": "Kontrakt",
        "kategorier": ["drift_og_forvaltning"],
        "tilstand": "i_kraft",
        "leverandor": "fjordsky",
        "signert": "2024-04-01",
        "systemer": ["skjema"],
        "krav": {"universell_utforming": {"versjon": "2023", "dato": "2024-01-10"}},
    },
    "leverandorer/fjordsky": {"navn": "Fjordsky"},
    "roller/eier": {"type": "systemeier"},
}
FRITAK = {"grunn": "Bare maskiner bruker det.", "av": "eier", "dato": "2026-01-10"}
BRUDD = {
    "id": "kontrast",
    "kriterium": "1.4.3",
    "funnet": "2026-04-22",
    "sak": "DR 12/26",
    "behandlet": "2026-05-20",
}
TJENESTE = {"navn": "Søknad", "tilstand": "i_produksjon", "eier": "eier", "systemer": ["skjema"]}
EGEN = {"nettlosning": "ja", "brukskvalitet": NETT["brukskvalitet"], "uu": NETT["uu"]}


def vilkar(verdict):
    return sorted(f.vilkar for f in verdict.funn)


def test_tested_stated_and_procured_with_requirements_is_fulfilled():
    v = dom("8.3", S, POSTER)
    assert (v.utfall, v.styrke, v.frist) == (Outcome.OPPFYLT, Strength.DOKUMENTERT, date(2027, 5, 20))
    assert [r.rolle for r in v.ansvarlig] == ["kommunaldirektor", "systemeier"]


@pytest.mark.parametrize(
    ("post", "path", "verdi", "ventet"),
    [
        (S, "nett", None, ["nettlosning-mangler", "sjekkliste-mangler", "uu-test-mangler"]),
        (S, "nett.uu", None, ["uu-test-mangler"]),
        (S, "nett.uu.standard", None, ["uu-standard-mangler"]),
        (S, "nett.uu.dato", None, ["uu-dato-mangler"]),
        (S, "nett.uu.dato", "2026-11-17", ["uu-test-framtid"]),
        (S, "nett.uu.resultat", None, ["uu-resultat-mangler"]),
        (S, "nett.uu.resultat", "delvis_i_samsvar", ["uu-ikke-i-samsvar"]),
        (S, "nett.uu.resultat", "ikke_i_samsvar", ["uu-ikke-i-samsvar"]),
        (S, "nett.brudd", [BRUDD], ["uu-brudd"]),
        (S, "nett.brudd", [{"id": "kontrast"}], ["uu-brudd", "uu-brudd-uten-sak"]),
        (S, "nett.brudd", [{**BRUDD, "rettet": "2026-11-17"}], ["uu-brudd", "uu-brudd-rettet-framtid"]),
        (S, "nett.brudd", [{**BRUDD, "behandlet": "2026-11-17"}], ["uu-brudd", "uu-brudd-behandlet-framtid"]),
        (S, "nett.brukskvalitet", None, ["sjekkliste-mangler"]),
        (S, "nett.brukskvalitet.oppfylt", "nei", ["sjekkliste-ikke-oppfylt"]),
        (S, "nett.brukskvalitet.dato", None, ["sjekkliste-dato"]),
        (S, "nett.brukskvalitet.referanse", None, ["sjekkliste-referanse"]),
        (S, "nett.flater", None, ["flate-mangler"]),
        (S, "nett.flater.0.type", None, ["flate-type-mangler"]),
        (S, "nett.flater.0.adresse", None, ["flate-adresse-mangler"]),
        (S, "nett.flater.0.erklaering", None, ["erklaering-mangler"]),
        (S, "nett.flater.1.erklaering", None, ["erklaering-mangler"]),
        (S, "nett.flater.0.oppdatert", None, ["erklaering-dato"]),
        (S, "nett.flater.0.oppdatert", "2026-11-17", ["erklaering-framtid"]),
        (S, "nett.flater.1.oppdatert", "2025-11-15", ["erklaering-utlopt"]),
        ("avtaler/kontrakt", "krav", None, ["uu-standardkrav-mangler"]),
        ("avtaler/kontrakt", "krav.universell_utforming.versjon", None, ["uu-standardkrav-versjon"]),
        ("avtaler/kontrakt", "krav.universell_utforming.dato", None, ["uu-standardkrav-dato"]),
        ("avtaler/kontrakt", "systemer", None, ["uu-standardkrav-mangler"]),
    ],
)
def test_each_condition_can_be_broken(post, path, verdi, ventet):
    v = dom("8.3", S, POSTER, endre={post: {path: verdi}})
    assert (v.utfall, vilkar(v)) == (Outcome.BRUDD, ventet)
    assert not v.lovbrudd


@pytest.mark.parametrize(
    ("post", "path", "verdi"),
    [
        (S, "nett.brudd", [{**BRUDD, "rettet": "2026-11-16"}]),
        (S, "nett.brudd", [{"id": "kontrast", "rettet": "2026-01-10"}]),
        (S, "nett.uu.dato", "2026-11-16"),
        (S, "nett.uu.standard", "wcag-2.2"),
        (S, "nett.nettlosning", None),
        (S, "tilstand", None),
        ("avtaler/kontrakt", "krav.universell_utforming.referanse", None),
    ],
)
def test_what_looks_like_a_break_and_is_none(post, path, verdi):
    assert dom("8.3", S, POSTER, endre={post: {path: verdi}}).utfall is Outcome.OPPFYLT


def test_a_test_without_a_report_is_only_somebodys_word():
    assert dom("8.3", S, POSTER, endre={S: {"nett.uu.referanse": None}}).styrke is Strength.BEKREFTET


def test_open_breaks_carry_the_result_and_are_not_told_twice():
    endre = {S: {"nett.uu.resultat": "delvis_i_samsvar", "nett.brudd": [BRUDD, {"id": "tastatur"}]}}
    v = dom("8.3", S, POSTER, endre=endre)
    assert vilkar(v) == ["uu-brudd", "uu-brudd", "uu-brudd-uten-sak"]
    assert {f.felt for f in v.funn} == {
        "nett.brudd[kontrast]",
        "nett.brudd[tastatur]",
        "nett.brudd[tastatur].sak",
    }
    endre[S]["nett.brudd"] = [{**BRUDD, "rettet": "2026-06-20"}]
    assert vilkar(dom("8.3", S, POSTER, endre=endre)) == ["uu-ikke-i-samsvar"]


@pytest.mark.parametrize(
    ("dag", "utfall"),
    [
        (date(2027, 5, 19), Outcome.SNART),
        (date(2027, 5, 20), Outcome.SNART),
        (date(2027, 5, 21), Outcome.BRUDD),
    ],
)
def test_a_statement_is_good_for_twelve_months(dag, utfall):
    v = dom("8.3", S, POSTER, dato=dag)
    assert v.utfall is utfall
    if utfall is Outcome.BRUDD:
        assert [(f.felt, f.art) for f in v.funn] == [("nett.flater[portal].oppdatert", FindingKind.UTLOPT)]


def test_an_ikt_solution_that_is_no_web_solution_is_tested_but_needs_no_statement():
    endre = {S: {"nett.nettlosning": "nei", "nett.flater": None}}
    assert dom("8.3", S, POSTER, endre=endre).utfall is Outcome.OPPFYLT
    endre[S]["nett.uu"] = None
    assert vilkar(dom("8.3", S, POSTER, endre=endre)) == ["uu-test-mangler"]


def test_what_is_made_by_the_municipality_has_no_procurement():
    eget = {S: SYSTEM, "roller/eier": POSTER["roller/eier"]}
    assert dom("8.3", S, eget, endre={S: {"anskaffet": "nei", "leverandor": None}}).utfall is Outcome.OPPFYLT
    assert vilkar(dom("8.3", S, eget)) == ["uu-standardkrav-mangler"]


def test_the_requirements_may_stand_on_the_systems_own_project():
    uten = {S: {**SYSTEM, "prosjekter": ["p"]}, "roller/eier": POSTER["roller/eier"]}
    uten["prosjekter/p"] = {
        "navn": "P",
        "krav": {"universell_utforming": {"versjon": "2023", "dato": "2024-01-10"}},
    }
    assert dom("8.3", S, uten).utfall is Outcome.OPPFYLT


@pytest.mark.parametrize("tilstand", ["ide", "planlagt", "under_utvikling", "akseptansetest", "avviklet"])
def test_drafts_and_what_has_ended_are_not_applicable(tilstand):
    for post in (S, T):
        v = dom("8.3", post, {**POSTER, T: TJENESTE}, endre={post: {"tilstand": tilstand, "nett": None}})
        assert v.utfall is Outcome.IKKE_AKTUELT
        assert v.begrunnelse


def test_what_nobody_meets_on_a_screen_is_not_applicable_with_the_reason():
    v = dom("8.3", S, POSTER, endre={S: {"nett": {"ikke_aktuelt": FRITAK}}})
    assert v.utfall is Outcome.IKKE_AKTUELT
    assert "Bare maskiner" in v.begrunnelse


@pytest.mark.parametrize(
    ("endring", "ventet"),
    [
        ({"grunn": None}, ["fritak-uten-grunn"]),
        ({"av": None}, ["fritak-uten-rolle"]),
        ({"dato": None}, ["fritak-uten-dato"]),
        ({"dato": "2026-11-17"}, ["fritak-framtid"]),
        ({"av": "ukjent"}, ["ukjent-henvisning"]),
    ],
)
def test_an_opt_out_is_never_a_bare_flag(endring, ventet):
    valg = {k: v for k, v in {**FRITAK, **endring}.items() if v}
    v = dom("8.3", S, POSTER, endre={S: {"nett": {"ikke_aktuelt": valg}}})
    assert (v.utfall, vilkar(v)) == (Outcome.BRUDD, ventet)


def test_an_opt_out_that_the_record_contradicts_is_an_error_and_lets_nothing_off():
    v = dom("8.3", S, POSTER, endre={S: {"nett.ikke_aktuelt": FRITAK, "nett.uu": None}})
    assert vilkar(v) == ["fritak-sier-imot", "uu-test-mangler"]
    poster = {**POSTER, T: {**TJENESTE, "selvbetjening": "full", "nett": {"ikke_aktuelt": FRITAK}}}
    assert "fritak-sier-imot" in vilkar(dom("8.3", T, poster))


@pytest.mark.parametrize(
    ("endre", "utfall"),
    [
        ({}, Outcome.IKKE_AKTUELT),
        ({"systemer": None}, Outcome.BRUDD),
        ({"systemer": None, "selvbetjening": "ingen"}, Outcome.IKKE_AKTUELT),
        ({"systemer": None, "selvbetjening": "full"}, Outcome.BRUDD),
        ({"systemer": ["skjema", "finnes-ikke"]}, Outcome.BRUDD),
        ({"nett": EGEN}, Outcome.OPPFYLT),
        ({"nett": {**EGEN, "uu": {}}}, Outcome.BRUDD),
        ({"nett": {}}, Outcome.BRUDD),
        ({"nett": EGEN, "systemer": None}, Outcome.BRUDD),
        ({"nett": {**EGEN, "flater": NETT["flater"]}, "systemer": None}, Outcome.OPPFYLT),
    ],
)
def test_a_service_is_judged_on_its_own_solution_or_left_to_its_systems(endre, utfall):
    v = dom("8.3", T, {**POSTER, T: TJENESTE}, endre={T: endre})
    assert v.utfall is utfall
    if utfall is Outcome.IKKE_AKTUELT:
        assert v.begrunnelse


@pytest.mark.parametrize(
    ("fjern", "uleselige"),
    [
        ("avtaler/kontrakt", {"avtaler/kontrakt": "systemer: [skjema]"}),
        (None, {"avtaler/en-til": None}),
    ],
)
def test_an_unreadable_contract_leaves_it_undecided(fjern, uleselige):
    poster = {k: p for k, p in POSTER.items() if k != fjern}
    v = dom("8.3", S, poster, uleselige=uleselige)
    assert (v.utfall, vilkar(v)) == (Outcome.IKKE_AVGJORT, [])


def test_an_opt_out_by_a_role_that_can_not_be_read_is_undecided():
    poster = {S: {**SYSTEM, "nett": {"ikke_aktuelt": FRITAK}}}
    v = dom("8.3", S, poster, uleselige={"roller/eier": None})
    assert (v.utfall, vilkar(v)) == (Outcome.IKKE_AVGJORT, [])


AVVIK = {
    "krav": "8.3",
    "gjelder": ["skjema"],
    "vekt": "mindre",
    "tilstand": "besluttet",
    "besluttet": {"forum": "digitaliseringsrad", "dato": "2026-01-10"},
    "gyldig_til": "2026-11-16",
}


@pytest.mark.parametrize(
    ("dag", "lovbrudd"), [(date(2026, 11, 15), True), (date(2026, 11, 16), True), (date(2026, 11, 17), False)]
)
def test_nobody_can_dispense_from_law(dag, lovbrudd):
    v = dom("8.3", S, {**POSTER, "avvik/a": AVVIK}, endre={S: {"nett.brudd": [BRUDD]}}, dato=dag)
    assert (v.utfall, v.lovbrudd) == (Outcome.BRUDD, lovbrudd)


def test_sdi_can_not_decide_on_a_deviation_from_it():
    avvik = {**AVVIK, "besluttet": {"forum": "sdi", "dato": "2026-01-10"}}
    v = dom("8.3", S, {**POSTER, "avvik/a": avvik}, endre={S: {"nett.brudd": [BRUDD]}})
    assert (v.utfall, v.lovbrudd) == (Outcome.BRUDD, False)


def test_bare_records_do_not_crash():
    poster = {
        "systemer/a": {"navn": "A"},
        "systemer/b": {
            "navn": "B",
            "anskaffet": "ja",
            "nett": {
                "uu": {},
                "brukskvalitet": {},
                "brudd": [{"id": "x"}],
                "flater": [{"id": "y"}],
                "ikke_aktuelt": {},
            },
        },
        "tjenester/c": {"navn": "C"},
        "tjenester/d": {"navn": "D", "nett": {}, "prosjekter": ["finnes-ikke"]},
    }
    assert {v.utfall for v in dommer("8.3", poster).values()} == {Outcome.BRUDD}
