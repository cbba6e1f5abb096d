"""Requirement 5.3: an agreement in force for operation and management."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom

S = "systemer/x"
K = "avtaler/k"
TB = "avtaler/tb"

POSTER = {
    "enheter/ansattservice": {"navn": "Ansattservice"},
    "enheter/drift": {"navn": "Driftsseksjonen", "forelder": "ansattservice"},
    "enheter/skole": {"navn": "Skole"},
    "leverandorer/acme": {"navn": "Acme"},
    "leverandorer/vert": {"navn": "Vert"},
    S: {"navn": "X", "tilstand": "i_produksjon", "drift": {"form": "leverandor", "leverandor": "acme"}},
    K: {
        "navn": "Kontrakt",
        "kategorier": ["drift_og_forvaltning"],
        "tilstand": "i_kraft",
        "leverandor": "acme",
        "signert": "2025-01-10",
        "gyldig_fra": "2025-02-01",
        "gyldig_til": "2028-12-31",
        "kontraktsreferanse": "KAV 1",
        "systemer": ["x"],
        "vilkar": {"tjenesteytelser": "Bilag 1", "kommersielle_vilkar": "Bilag 7", "samhandling": "Bilag 6"},
    },
    TB: {
        "navn": "Tjenestebilag",
        "kategorier": ["tjenestebilag"],
        "tilstand": "i_kraft",
        "intern_part": "ansattservice",
        "signert": "2025-01-10",
        "kontraktsreferanse": "KAV 2",
        "systemer": ["x"],
        "vilkar": {"driftsniva": "Nivå 2", "kostnader": "Fast pris", "brukerstotte": "Dagtid"},
    },
}
EGEN = {S: {"drift": {"form": "egen", "enhet": "ansattservice"}}}
VEDLIKEHOLD = {S: {"drift": {"form": "egen", "enhet": "ansattservice"}, "leverandor": "acme"}}
UTEN_VILKAR = {K: {"vilkar": None}}


def funn(verdict):
    return [(f.vilkar, f.art.value, f"{f.place.post}:{f.felt}") for f in verdict.funn]


@pytest.mark.parametrize("endre", [{}, EGEN, VEDLIKEHOLD])
def test_an_agreement_with_who_runs_it_is_fulfilled_and_documented(endre):
    verdict = dom("5.3", S, POSTER, endre=endre)
    assert (verdict.utfall, verdict.styrke) == ("oppfylt", "dokumentert")


@pytest.mark.parametrize(
    "endre",
    [
        {S: {"tilstand": None}},
        {S: {"tilstand": "under_avvikling"}},
        {S: {"drift": {"form": "sky", "leverandor": "acme"}}},
        {S: {"drift": {"leverandor": "acme"}}},
        {S: {"drift": {"form": "leverandor"}, "leverandor": "acme"}},
        {K: {"tilstand": None}},
        {K: {"tilstand": "sagt_opp"}},
        {K: {"gyldig_fra": None}},
        {K: {"gyldig_fra": "2026-11-16"}},
        {K: {"gyldig_til": None}},
        # two contracts with the same supplier may answer together
        {
            K: {"vilkar.samhandling": None},
            "avtaler/k2": {**POSTER[K], "vilkar": {"samhandling": "Bilag 1"}},
        },
        {**EGEN, TB: {"vilkar": {"driftsniva": "2", "kostnader": "1", "forvaltningsstotte": "3"}}},
        {
            **EGEN,
            TB: {"vilkar": {"tjenesteytelser": "2", "kommersielle_vilkar": "5", "samhandling": "6"}},
        },
        {S: {"drift": {"form": "egen"}}},
        {S: {"drift": {"form": "egen", "enhet": "drift"}}},
        {S: {"drift": {"enhet": "drift"}}},
        # what a supplier only maintains need not answer the three
        {**VEDLIKEHOLD, **UTEN_VILKAR},
        {**VEDLIKEHOLD, K: {"kategorier": ["lisenser"], "vilkar": None}},
        # another unit may run it under any agreement that answers the three
        {S: {"drift": {"form": "egen", "enhet": "skole"}}, TB: {"systemer": None}},
    ],
)
def test_what_may_differ_and_still_holds(endre):
    assert dom("5.3", S, POSTER, endre=endre).utfall == "oppfylt"


@pytest.mark.parametrize(
    ("endre", "ventet"),
    [
        ({S: {"drift": None}}, ("drift-mangler", "mangler", f"{S}:drift")),
        ({S: {"drift": {"form": "sky"}}}, ("driftsleverandor-mangler", "mangler", f"{S}:drift.leverandor")),
        ({S: {"drift.leverandor": "acmee"}}, ("ukjent-henvisning", "feil", f"{S}:drift.leverandor")),
        ({S: {"drift.leverandor": "vert"}}, ("driftskontrakt-mangler", "mangler", f"{S}:drift.leverandor")),
        ({K: {"systemer": None}}, ("driftskontrakt-mangler", "mangler", f"{S}:drift.leverandor")),
        ({K: {"kategorier": ["lisenser"]}}, ("kontrakt-ikke-drift", "mangler", f"{K}:kategorier")),
        ({K: {"tilstand": "utkast"}}, ("avtale-utkast", "mangler", f"{K}:tilstand")),
        ({K: {"tilstand": "utlopt"}}, ("avtale-utlopt", "feil", f"{K}:tilstand")),
        ({K: {"signert": None}}, ("avtale-ikke-signert", "mangler", f"{K}:signert")),
        ({K: {"signert": "2026-11-17"}}, ("avtale-signert-framtid", "feil", f"{K}:signert")),
        ({K: {"gyldig_fra": "2026-11-17"}}, ("avtale-ikke-startet", "mangler", f"{K}:gyldig_fra")),
        ({K: {"gyldig_til": "2026-11-15"}}, ("avtale-utlopt", "utlopt", f"{K}:gyldig_til")),
        (
            {K: {"tilstand": "sagt_opp", "gyldig_til": None}},
            ("avtale-siste-dag", "mangler", f"{K}:gyldig_til"),
        ),
        (
            {K: {"vilkar.tjenesteytelser": None}},
            ("vilkar-tjenesteytelser", "mangler", f"{K}:vilkar.tjenesteytelser"),
        ),
        (
            {K: {"vilkar.kommersielle_vilkar": None}},
            ("vilkar-kommersielle-vilkar", "mangler", f"{K}:vilkar.kommersielle_vilkar"),
        ),
        ({K: {"vilkar.samhandling": None}}, ("vilkar-samhandling", "mangler", f"{K}:vilkar.samhandling")),
        # a tjenestebilag does not speak for a supplier who runs it
        (
            {K: {"vilkar": {"tjenesteytelser": "1", "kommersielle_vilkar": "2", "brukerstotte": "3"}}},
            ("vilkar-samhandling", "mangler", f"{K}:vilkar.samhandling"),
        ),
        ({**EGEN, TB: {"systemer": None}}, ("tjenestebilag-mangler", "mangler", f"{S}:drift")),
        (
            {S: {"drift": {"enhet": "drift"}}, TB: {"systemer": None}},
            ("tjenestebilag-mangler", "mangler", f"{S}:drift"),
        ),
        (
            {S: {"drift": {"form": "egen"}}, TB: {"systemer": None}},
            ("tjenestebilag-mangler", "mangler", f"{S}:drift"),
        ),
        (
            {**EGEN, TB: {"vilkar.driftsniva": None}},
            ("vilkar-driftsniva", "mangler", f"{TB}:vilkar.driftsniva"),
        ),
        ({**EGEN, TB: {"vilkar.kostnader": None}}, ("vilkar-kostnader", "mangler", f"{TB}:vilkar.kostnader")),
        (
            {**EGEN, TB: {"vilkar.brukerstotte": None}},
            ("vilkar-brukerstotte", "mangler", f"{TB}:vilkar.brukerstotte"),
        ),
        (
            {S: {"drift": {"form": "egen", "enhet": "borte"}}},
            ("ukjent-henvisning", "feil", f"{S}:drift.enhet"),
        ),
        (
            {S: {"drift": {"form": "egen", "enhet": "skole"}}, TB: {"systemer": None}, K: {"systemer": None}},
            ("driftsavtale-mangler", "mangler", f"{S}:drift"),
        ),
        (
            {**VEDLIKEHOLD, K: {"systemer": None}},
            ("vedlikeholdskontrakt-mangler", "mangler", f"{S}:leverandor"),
        ),
        ({**VEDLIKEHOLD, K: {"gyldig_til": "2026-11-15"}}, ("avtale-utlopt", "utlopt", f"{K}:gyldig_til")),
        # one runs it, another maintains it: each has its own contract
        ({S: {"leverandor": "vert"}}, ("vedlikeholdskontrakt-mangler", "mangler", f"{S}:leverandor")),
        ({S: {"leverandor": "verrt"}}, ("ukjent-henvisning", "feil", f"{S}:leverandor")),
    ],
)
def test_each_condition_breaks_alone(endre, ventet):
    verdict = dom("5.3", S, POSTER, endre=endre)
    assert (verdict.utfall, funn(verdict)) == ("brudd", [ventet])


@pytest.mark.parametrize(
    ("dag", "utfall"),
    [
        (date(2028, 10, 1), "oppfylt"),
        (date(2028, 10, 2), "snart"),
        (date(2028, 12, 31), "snart"),
        (date(2029, 1, 1), "brudd"),
    ],
)
def test_the_agreement_runs_out_on_its_last_day(dag, utfall):
    assert dom("5.3", S, POSTER, dato=dag).utfall == utfall


@pytest.mark.parametrize(
    ("fra", "til", "utfall", "frist"),
    [
        ("2026-11-30", None, "oppfylt", None),
        ("2026-12-01", None, "oppfylt", None),
        ("2026-12-02", None, "snart", date(2026, 11, 30)),
        ("2026-12-01", "2030-11-30", "oppfylt", date(2030, 11, 30)),
    ],
)
def test_an_agreement_that_takes_over_the_day_after_prolongs_the_cover(fra, til, utfall, frist):
    ny = {**POSTER[K], "signert": "2026-11-01", "gyldig_fra": fra, "gyldig_til": til}
    if til is None:
        ny.pop("gyldig_til")
    verdict = dom("5.3", S, POSTER, endre={K: {"gyldig_til": "2026-11-30"}, "avtaler/ny": ny})
    assert (verdict.utfall, verdict.frist) == (utfall, frist)


@pytest.mark.parametrize("endre", [{"tilstand": "utkast"}, {"signert": "2026-11-17"}, {"tilstand": "utlopt"}])
def test_what_is_not_signed_takes_over_nothing(endre):
    ny = {**POSTER[K], "signert": "2026-11-01", "gyldig_fra": "2026-12-01", **endre}
    verdict = dom("5.3", S, POSTER, endre={K: {"gyldig_til": "2026-11-30"}, "avtaler/ny": ny})
    assert (verdict.utfall, verdict.frist) == ("snart", date(2026, 11, 30))


def test_the_cover_lasts_as_long_as_every_answer():
    endre = {
        K: {"vilkar.samhandling": None},
        "avtaler/k2": {**POSTER[K], "gyldig_til": "2026-12-31", "vilkar": {"samhandling": "Bilag 1"}},
    }
    verdict = dom("5.3", S, POSTER, endre=endre)
    assert (verdict.utfall, verdict.frist) == ("snart", date(2026, 12, 31))


@pytest.mark.parametrize("tilstand", ["ide", "planlagt", "under_utvikling", "akseptansetest", "avviklet"])
def test_only_systems_in_use_are_judged(tilstand):
    verdict = dom("5.3", S, POSTER, endre={S: {"tilstand": tilstand, "drift": None}})
    assert (verdict.utfall, bool(verdict.begrunnelse)) == ("ikke_aktuelt", True)


@pytest.mark.parametrize(
    ("endre", "uleselige"),
    [
        ({K: {"systemer": None}}, {"avtaler/u": "systemer: [x]"}),
        ({K: {"kategorier": ["lisenser"]}}, {"avtaler/u": None}),
        ({**EGEN, TB: {"systemer": None}}, {"avtaler/u": None}),
        ({**VEDLIKEHOLD, K: {"systemer": None}}, {"avtaler/u": None}),
        ({S: {"drift.leverandor": "u"}}, {"leverandorer/u": None}),
        ({S: {"drift": {"form": "egen", "enhet": "u"}}}, {"enheter/u": None}),
        (
            {S: {"drift": {"form": "egen", "enhet": "skole"}}, "enheter/skole": {"forelder": "u"}},
            {"enheter/u": None},
        ),
    ],
)
def test_what_can_not_be_read_is_undecided(endre, uleselige):
    verdict = dom("5.3", S, POSTER, endre=endre, uleselige=uleselige)
    assert (verdict.utfall, verdict.funn) == ("ikke_avgjort", ())


@pytest.mark.parametrize(("ansattservice", "utfall"), [("ansattservice", "brudd"), ("skole", "oppfylt")])
def test_the_settings_say_which_unit_ansattservice_is(ansattservice, utfall):
    endre = {**EGEN, TB: {"systemer": None}}
    settings = {"funksjoner": {"ansattservice": ansattservice}}
    assert dom("5.3", S, POSTER, endre=endre, innstillinger=settings).utfall == utfall


@pytest.mark.parametrize(("dag", "utfall"), [(date(2026, 11, 16), "avvik"), (date(2026, 11, 17), "brudd")])
def test_a_deviation_covers_until_its_last_day(dag, utfall):
    avvik = {
        "krav": "5.3",
        "gjelder": ["x"],
        "vekt": "storre",
        "tilstand": "besluttet",
        "besluttet": {"forum": "digitaliseringsrad", "dato": "2026-01-10"},
        "gyldig_til": "2026-11-16",
    }
    assert dom("5.3", S, POSTER, endre={K: {"signert": None}, "avvik/a": avvik}, dato=dag).utfall == utfall


def test_bare_records_are_never_green_and_no_fault_of_ours():
    tomme = {
        S: {"navn": "X", "drift": {"enhet": "borte", "leverandor": "borte"}},
        K: {"navn": "K", "systemer": ["x"]},
    }
    assert dom("5.3", S, tomme).utfall == "brudd"


@pytest.mark.parametrize(
    ("part", "ventet"),
    [
        ("skole", [("tjenestebilag-feil-part", "feil", f"{TB}:intern_part")]),
        ("drift", []),
        (None, []),
        ("borte", []),  # 2.2 tells of it
    ],
)
def test_what_ansattservice_runs_has_its_tjenestebilag_with_ansattservice(part, ventet):
    endre = {**EGEN, TB: {"intern_part": part}}
    assert funn(dom("5.3", S, POSTER, endre=endre)) == ventet
    # one with another unit does no harm beside the right one
    begge = {**endre, "avtaler/tb2": POSTER[TB]}
    assert dom("5.3", S, POSTER, endre=begge).utfall == "oppfylt"


def test_a_tjenestebilag_with_another_unit_is_not_held_against_what_that_unit_runs():
    endre = {S: {"drift": {"form": "egen", "enhet": "skole"}}, TB: {"intern_part": "skole"}}
    assert dom("5.3", S, POSTER, endre=endre).utfall == "oppfylt"


def test_a_file_that_can_not_be_read_may_be_the_right_tjenestebilag():
    endre = {**EGEN, TB: {"intern_part": "skole"}}
    lost = {"avtaler/lost": "systemer: [x]"}
    assert dom("5.3", S, POSTER, endre=endre, uleselige=lost).utfall == "ikke_avgjort"
