"""Requirement 5.5: a data processing agreement with each processor."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom, dommer

B = "behandlinger/b"
S = "systemer/x"
T = "tjenester/s"
K = "avtaler/k"
D = "avtaler/d"
L = "leverandorer/acme"

POSTER = {
    L: {"navn": "Acme", "underdatabehandlere": [{"navn": "Sky AS", "godkjent": "2025-01-05"}]},
    "leverandorer/vert": {"navn": "Vert"},
    S: {
        "navn": "X",
        "tilstand": "i_produksjon",
        "personopplysninger": "ja",
        "leverandor": "acme",
        "drift": {"form": "leverandor", "leverandor": "acme"},
    },
    T: {"navn": "S", "tilstand": "i_produksjon", "personopplysninger": "ja", "leverandor": "acme"},
    B: {
        "navn": "Opptak",
        "tilstand": "aktiv",
        "behandling_fra": "2025-03-01",
        "systemer": ["x"],
        "tjenester": ["s"],
        "databehandlere": [
            {"leverandor": "acme", "rolle": "databehandler", "behandler_fra": "2025-03-01", "avtale": "d"}
        ],
    },
    K: {
        "navn": "Kontrakt",
        "kategorier": ["drift_og_forvaltning"],
        "tilstand": "i_kraft",
        "leverandor": "acme",
        "signert": "2025-01-20",
        "systemer": ["x"],
    },
    D: {
        "navn": "Databehandleravtale",
        "kategorier": ["databehandleravtale"],
        "tilstand": "i_kraft",
        "leverandor": "acme",
        "signert": "2025-01-10",
        "gyldig_fra": "2025-01-20",
        "gyldig_til": "2028-12-31",
        "kontraktsreferanse": "KAV 1-D",
        "vedlegg_til": "k",
        "databehandling": {
            "behandlinger": ["b"],
            "gjenstand": "Drift",
            "varighet": "Som kontrakten",
            "art": "Lagring",
            "formal": "Saksbehandling",
            "opplysninger": ["Navn"],
            "registrerte": ["Barn"],
            "rettigheter_og_plikter": "Punkt 3",
            "vilkar": dict.fromkeys("abcdefgh", "ja"),
            "underdatabehandlere": "spesifikk",
        },
    },
}
INGEN = {B: {"databehandlere": None}}


def funn(verdict):
    return [(f.vilkar, f.art.value, f"{f.place.post}:{f.felt}") for f in verdict.funn]


def test_a_whole_agreement_signed_before_the_contract_is_fulfilled_and_documented():
    verdict = dom("5.5", B, POSTER)
    assert (verdict.utfall, verdict.styrke, verdict.frist) == ("oppfylt", "dokumentert", date(2028, 12, 31))


def test_an_agreement_that_does_not_say_where_it_lies_is_only_somebodys_word():
    assert dom("5.5", B, POSTER, endre={D: {"kontraktsreferanse": None}}).styrke == "bekreftet"


@pytest.mark.parametrize(
    "endre",
    [
        {B: {"tilstand": None}},
        {B: {"databehandlere.0.rolle": None}},
        {B: {"databehandlere.0.behandler_fra": None}},
        {B: {"databehandlere.0.avtale": None}},
        {D: {"tilstand": None}},
        {D: {"tilstand": "signert"}},
        {D: {"gyldig_til": None}},
        {D: {"signert": "2025-01-20"}},
        {D: {"databehandling.behandlinger": None}},
        {D: {"databehandling.behandlinger": ["B"]}},
        {D: {"databehandling.underdatabehandlere": "generell"}, L: {"underdatabehandlere.0.godkjent": None}},
        {D: {"databehandling.underdatabehandlere": "ingen"}, L: {"underdatabehandlere": None}},
        # added by amendment: before processing begins, whatever the date of the contract
        {
            D: {"databehandling.ved_endring": "ja", "signert": "2025-03-01"},
            B: {"databehandlere.0.behandler_fra": "2025-03-01"},
        },
        {
            D: {"databehandling.ved_endring": "ja", "signert": "2025-02-01"},
            B: {"databehandlere.0.behandler_fra": None},
        },
        # an unknown start does not matter when the agreement is as old as gjelder_fra
        {
            D: {"databehandling.ved_endring": "ja", "signert": "2024-01-01"},
            B: {"behandling_fra": None, "databehandlere.0.behandler_fra": None},
        },
        # contract and processing before gjelder_fra: an agreement in force is enough
        {
            K: {"signert": "2023-12-31"},
            D: {"signert": "2024-06-01"},
            B: {"databehandlere.0.behandler_fra": "2023-12-31"},
        },
        {
            K: {"signert": "2023-12-31"},
            B: {"behandling_fra": None, "databehandlere.0.behandler_fra": None},
        },
        # the contract is not signed yet
        {K: {"tilstand": "utkast", "signert": None}},
        # the terms stand in the contract itself
        {D: {"kategorier": ["databehandleravtale", "drift_og_forvaltning"], "vedlegg_til": None}},
        # one municipality runs it for several that share the cost
        {K: {"kategorier": ["finansiering", "gevinst"]}},
        # a renewal: an earlier agreement to the same contract came in time
        {
            D: {"signert": "2026-02-01"},
            "avtaler/d0": {**POSTER[D], "tilstand": "utlopt", "gyldig_til": "2026-01-31"},
        },
        # explained away
        {
            B: {
                "databehandlere": [
                    {"leverandor": "vert", "rolle": "selvstendig", "begrunnelse": "Bank."},
                    {"leverandor": "acme", "rolle": "uten_tilgang", "begrunnelse": "Kryptert."},
                ]
            }
        },
    ],
)
def test_what_may_differ_and_still_holds(endre):
    verdict = dom("5.5", B, POSTER, endre=endre)
    assert (verdict.utfall, funn(verdict)) == ("oppfylt", [])


PART = f"{B}:databehandlere[acme]"


@pytest.mark.parametrize(
    ("endre", "ventet"),
    [
        (
            {B: {"databehandlere.0.leverandor": "acmee"}},
            ("ukjent-henvisning", "feil", f"{B}:databehandlere[acmee].leverandor"),
        ),
        ({B: {"databehandlere.0.avtale": "dd"}}, ("ukjent-henvisning", "feil", f"{PART}.avtale")),
        ({B: {"databehandlere.0.avtale": "x"}}, ("feil-slag-henvisning", "feil", f"{PART}.avtale")),
        (
            {B: {"databehandlere.0.avtale": None}, D: {"databehandling.behandlinger": None}},
            ("databehandleravtale-mangler", "mangler", f"{PART}.avtale"),
        ),
        (
            {B: {"databehandlere.0.avtale": None, "databehandlere.0.rolle": None}, D: {"kategorier": None}},
            ("databehandleravtale-mangler", "mangler", f"{PART}.avtale"),
        ),
        (
            {B: {"databehandlere.0.rolle": "selvstendig"}},
            ("begrunnelse-mangler", "mangler", f"{PART}.begrunnelse"),
        ),
        (
            {B: {"databehandlere.0.rolle": "uten_tilgang"}},
            ("begrunnelse-mangler", "mangler", f"{PART}.begrunnelse"),
        ),
        (
            {D: {"kategorier": ["lisenser"], "vedlegg_til": None}},
            ("ikke-databehandleravtale", "feil", f"{D}:kategorier"),
        ),
        ({D: {"leverandor": "vert"}}, ("avtale-feil-part", "feil", f"{PART}.avtale")),
        ({D: {"leverandor": None}}, ("avtale-feil-part", "feil", f"{PART}.avtale")),
        (
            {D: {"databehandling.behandlinger": ["annen"]}},
            ("avtale-annen-behandling", "feil", f"{D}:databehandling.behandlinger"),
        ),
        ({D: {"tilstand": "utkast"}}, ("databehandleravtale-utkast", "mangler", f"{D}:tilstand")),
        ({D: {"tilstand": "utlopt"}}, ("databehandleravtale-utlopt", "feil", f"{D}:tilstand")),
        ({D: {"signert": None}}, ("databehandleravtale-ikke-signert", "mangler", f"{D}:signert")),
        (
            {D: {"gyldig_fra": "2026-11-17"}},
            ("databehandleravtale-ikke-startet", "mangler", f"{D}:gyldig_fra"),
        ),
        ({D: {"gyldig_til": "2026-11-15"}}, ("databehandleravtale-utlopt", "utlopt", f"{D}:gyldig_til")),
        ({D: {"vedlegg_til": None}}, ("vedlegg-mangler", "mangler", f"{D}:vedlegg_til")),
        ({D: {"vedlegg_til": "kk"}}, ("ukjent-henvisning", "feil", f"{D}:vedlegg_til")),
        ({D: {"vedlegg_til": "d"}}, ("vedlegg-ikke-kontrakt", "feil", f"{D}:vedlegg_til")),
        ({K: {"kategorier": ["databehandleravtale"]}}, ("vedlegg-ikke-kontrakt", "feil", f"{D}:vedlegg_til")),
        ({K: {"kategorier": ["tjenestebilag"]}}, ("vedlegg-ikke-kontrakt", "feil", f"{D}:vedlegg_til")),
        (
            {K: {"kategorier": ["styringsavtale", "gevinst"], "leverandor": None}},
            ("vedlegg-ikke-kontrakt", "feil", f"{D}:vedlegg_til"),
        ),
        ({D: {"signert": "2025-01-21"}}, ("signert-etter-kontrakt", "feil", f"{D}:signert")),
        ({K: {"signert": None}}, ("kontrakt-ikke-signert", "mangler", f"{K}:signert")),
        (
            {D: {"databehandling.ved_endring": "ja", "signert": "2025-03-02"}},
            ("signert-etter-behandling", "feil", f"{D}:signert"),
        ),
        (
            {
                D: {"databehandling.ved_endring": "ja"},
                B: {"behandling_fra": None, "databehandlere.0.behandler_fra": None},
            },
            ("behandler-fra-mangler", "mangler", f"{PART}.behandler_fra"),
        ),
        # the contract is old, but processing began after gjelder_fra
        (
            {K: {"signert": "2023-12-31"}, D: {"signert": "2025-03-02"}},
            ("signert-etter-behandling", "feil", f"{D}:signert"),
        ),
        # an earlier agreement that was only a draft settles nothing
        (
            {D: {"signert": "2026-02-01"}, "avtaler/d0": {**POSTER[D], "tilstand": "utkast"}},
            ("signert-etter-kontrakt", "feil", f"{D}:signert"),
        ),
        ({D: {"databehandling": None}}, ("innhold-mangler", "mangler", f"{D}:databehandling")),
        *(
            (
                {D: {f"databehandling.{felt}": None}},
                (f"innhold-{felt.replace('_', '-')}", "mangler", f"{D}:databehandling.{felt}"),
            )
            for felt in (
                "gjenstand",
                "varighet",
                "art",
                "formal",
                "opplysninger",
                "registrerte",
                "rettigheter_og_plikter",
            )
        ),
        *(
            (
                {D: {f"databehandling.vilkar.{c}": svar}},
                (f"artikkel-28-{c}", art, f"{D}:databehandling.vilkar.{c}"),
            )
            for c in "abcdefgh"
            for svar, art in ((None, "mangler"), ("nei", "feil"))
        ),
        (
            {D: {"databehandling.underdatabehandlere": None}},
            ("underdatabehandlere-mangler", "mangler", f"{D}:databehandling.underdatabehandlere"),
        ),
        (
            {D: {"databehandling.underdatabehandlere": "ingen"}},
            ("underdatabehandlere-ikke-tillatt", "feil", f"{D}:databehandling.underdatabehandlere"),
        ),
        (
            {L: {"underdatabehandlere.0.godkjent": None}},
            ("underdatabehandler-ikke-godkjent", "mangler", f"{L}:underdatabehandlere[Sky AS].godkjent"),
        ),
        (
            {L: {"underdatabehandlere.0.godkjent": "2026-11-17"}},
            ("godkjent-framtid", "feil", f"{L}:underdatabehandlere[Sky AS].godkjent"),
        ),
    ],
)
def test_each_condition_breaks_alone(endre, ventet):
    verdict = dom("5.5", B, POSTER, endre=endre)
    assert (verdict.utfall, funn(verdict)) == ("brudd", [ventet])


def test_each_processor_is_judged():
    endre = {B: {"databehandlere.1": {"leverandor": "vert"}}}
    assert funn(dom("5.5", B, POSTER, endre=endre)) == [
        ("databehandleravtale-mangler", "mangler", f"{B}:databehandlere[vert].avtale")
    ]


@pytest.mark.parametrize(
    ("signert", "kontrakt", "utfall"),
    [
        ("2025-01-19", "2025-01-20", "oppfylt"),
        ("2025-01-20", "2025-01-20", "oppfylt"),
        ("2025-01-21", "2025-01-20", "brudd"),
        # the contract's date decides whether the order is judged
        ("2024-01-02", "2024-01-01", "brudd"),
        ("2024-01-02", "2023-12-31", "oppfylt"),
    ],
)
def test_signed_before_the_contract(signert, kontrakt, utfall):
    endre = {D: {"signert": signert}, K: {"signert": kontrakt}}
    assert dom("5.5", B, POSTER, endre=endre).utfall == utfall


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
    assert dom("5.5", B, POSTER, dato=dag).utfall == utfall


@pytest.mark.parametrize(
    ("endre", "utfall"),
    [
        (INGEN, "ikke_aktuelt"),
        ({B: {"tilstand": "avsluttet"}, D: {"tilstand": "utkast"}}, "ikke_aktuelt"),
        (
            {B: {"tilstand": "planlagt", "behandling_fra": "2026-11-17"}, D: {"tilstand": "utkast"}},
            "ikke_aktuelt",
        ),
        ({B: {"tilstand": "planlagt", "behandling_fra": "2026-11-16"}, D: {"tilstand": "utkast"}}, "brudd"),
        ({B: {"tilstand": "planlagt", "behandling_fra": "2026-11-15"}, D: {"tilstand": "utkast"}}, "brudd"),
    ],
)
def test_when_an_activity_is_judged(endre, utfall):
    verdict = dom("5.5", B, POSTER, endre=endre)
    assert verdict.utfall == utfall
    assert utfall == "brudd" or verdict.begrunnelse


@pytest.mark.parametrize("post", [S, T])
def test_a_supplier_that_an_activity_names_is_proved_by_the_registry(post):
    verdict = dom("5.5", post, POSTER)
    assert (verdict.utfall, verdict.styrke) == ("oppfylt", "maskinell")


@pytest.mark.parametrize("post", [S, T])
@pytest.mark.parametrize(
    "endre",
    [
        INGEN,
        {B: {"databehandlere": [{"leverandor": "vert"}]}},
        {B: {"systemer": None, "tjenester": None}},
        {B: {"tilstand": "avsluttet"}},
    ],
)
def test_a_supplier_that_no_activity_there_names_breaks_it_on_the_record(post, endre):
    verdict = dom("5.5", post, POSTER, endre=endre)
    assert funn(verdict) == [("leverandor-ikke-nevnt", "mangler", f"{post}:leverandor")]


@pytest.mark.parametrize(
    ("endre", "felter"),
    [
        ({S: {"drift.leverandor": "vert"}}, [f"{S}:drift.leverandor"]),
        (
            {S: {"leverandor": None, "drift.leverandor": "vert"}, K: {"systemer": None}},
            [f"{S}:drift.leverandor"],
        ),
        # told by a contract on operation and management alone
        ({K: {"leverandor": "vert"}}, [f"{S}:personopplysninger"]),
        ({K: {"leverandor": "vert", "kategorier": ["lisenser"]}}, []),
        ({K: {"leverandor": "vert", "tilstand": "utkast"}}, []),
        ({K: {"leverandor": "vert", "gyldig_til": "2026-11-15"}}, []),
        ({K: {"leverandor": "vert", "gyldig_til": "2026-11-16"}}, [f"{S}:personopplysninger"]),
        # who runs it is a registered sub-processor of a processor that is named
        ({S: {"drift.leverandor": "vert"}, L: {"underdatabehandlere.0.leverandor": "vert"}}, []),
        ({B: {"databehandlere.0": {"leverandor": "acme", "rolle": "selvstendig", "begrunnelse": "Ja."}}}, []),
        ({B: {"databehandlere.0.leverandor": "ACME"}}, []),
        ({B: {"tilstand": "planlagt"}}, []),
    ],
)
def test_who_runs_and_who_maintains_are_both_asked_for(endre, felter):
    verdict = dom("5.5", S, POSTER, endre=endre)
    assert [f"{f.place.post}:{f.felt}" for f in verdict.funn] == felter


@pytest.mark.parametrize(
    ("endre", "ventet"),
    [
        (
            {S: {"leverandor": None, "drift": {"form": "sky"}}},
            [("leverandor-mangler", "mangler", f"{S}:leverandor")],
        ),
        (
            {S: {"leverandor": None, "drift": None, "anskaffet": "ja"}, K: {"systemer": None}},
            [("leverandor-mangler", "mangler", f"{S}:leverandor")],
        ),
        ({S: {"leverandor": "acmee"}}, [("ukjent-henvisning", "feil", f"{S}:leverandor")]),
        (
            {S: {"personopplysninger": None}, B: {"systemer": None}},
            [("personopplysninger-mangler", "mangler", f"{S}:personopplysninger")],
        ),
        ({S: {"personopplysninger": None}}, []),
    ],
)
def test_what_is_not_said_about_a_system_is_never_green(endre, ventet):
    verdict = dom("5.5", S, POSTER, endre=endre)
    assert (verdict.utfall, funn(verdict)) == ("brudd" if ventet else "oppfylt", ventet)


@pytest.mark.parametrize("post", [S, T])
@pytest.mark.parametrize(
    ("endre", "gjelder"),
    [
        ({"tilstand": "under_utvikling"}, False),
        ({"tilstand": "under_utvikling", "behandling_fra": "2026-11-15"}, True),
        ({"tilstand": "under_utvikling", "behandling_fra": "2026-11-16"}, True),
        ({"tilstand": "under_utvikling", "behandling_fra": "2026-11-17"}, False),
        ({"tilstand": "akseptansetest"}, True),
        ({"tilstand": None}, True),
        ({"tilstand": "avviklet"}, False),
        ({"personopplysninger": "nei"}, False),
    ],
)
def test_when_a_system_or_service_is_judged(post, endre, gjelder):
    alene = {B: {"systemer": None, "tjenester": None}}
    verdict = dom("5.5", post, POSTER, endre={**alene, post: endre})
    assert verdict.utfall == ("brudd" if gjelder else "ikke_aktuelt")
    assert gjelder or verdict.begrunnelse


@pytest.mark.parametrize("post", [S, T])
def test_no_personal_data_does_not_help_when_an_activity_says_otherwise(post):
    endre = {**INGEN, post: {"personopplysninger": "nei"}}
    assert dom("5.5", post, POSTER, endre=endre).utfall == "brudd"


@pytest.mark.parametrize("post", [S, T])
def test_without_an_external_supplier_there_is_nothing_to_ask(post):
    endre = {K: {"systemer": None}, **INGEN, post: {"leverandor": None}}
    if post == S:
        endre[post]["drift"] = {"form": "egen"}
    verdict = dom("5.5", post, POSTER, endre=endre)
    assert (verdict.utfall, bool(verdict.begrunnelse)) == ("ikke_aktuelt", True)


@pytest.mark.parametrize(
    ("post", "endre", "uleselige"),
    [
        (B, {B: {"databehandlere.0.leverandor": "u"}}, {"leverandorer/u": None}),
        (B, {B: {"databehandlere.0.avtale": "u"}}, {"avtaler/u": None}),
        (B, {D: {"vedlegg_til": "u"}}, {"avtaler/u": "acme"}),
        (
            B,
            {B: {"databehandlere.0.avtale": None}, D: {"databehandling.behandlinger": None}},
            {"avtaler/u": "leverandor: acme"},
        ),
        (
            B,
            {B: {"tilstand": "planlagt", "behandling_fra": None, "systemer": ["u"]}, D: {"signert": None}},
            {"systemer/u": None},
        ),
        (S, INGEN, {"behandlinger/u": "systemer: [x]"}),
        (T, INGEN, {"behandlinger/u": None}),
        (S, {S: {"drift.leverandor": "u"}}, {"leverandorer/u": None}),
    ],
)
def test_what_can_not_be_read_is_undecided(post, endre, uleselige):
    verdict = dom("5.5", post, POSTER, endre=endre, uleselige=uleselige)
    assert (verdict.utfall, verdict.funn) == ("ikke_avgjort", ())


AVVIK = {
    "krav": "5.5",
    "gjelder": ["b", "x"],
    "vekt": "mindre",
    "tilstand": "besluttet",
    "besluttet": {"forum": "sdi", "dato": "2026-01-10"},
    "gyldig_til": "2026-11-16",
}


@pytest.mark.parametrize("post", [B, S])
@pytest.mark.parametrize(("dag", "lovbrudd"), [(date(2026, 11, 16), True), (date(2026, 11, 17), False)])
def test_a_deviation_never_makes_a_breach_of_law_lawful(post, dag, lovbrudd):
    endre = {B: {"databehandlere.0": {"leverandor": "vert"}}, "avvik/a": AVVIK}
    verdict = dom("5.5", post, POSTER, endre=endre, dato=dag)
    assert (verdict.utfall, verdict.lovbrudd) == ("brudd", lovbrudd)


@pytest.mark.parametrize(
    ("endre", "utfall"),
    [
        ({D: {"signert": "2025-01-21"}}, "avvik"),
        ({D: {"databehandling.ved_endring": "ja", "signert": "2025-03-02"}}, "avvik"),
        ({D: {"signert": None}}, "brudd"),
    ],
)
def test_a_late_agreement_is_settled_by_a_closed_deviation_and_a_missing_one_is_not(endre, utfall):
    lukket = {**AVVIK, "tilstand": "lukket", "sent_dokument": "ja"}
    assert dom("5.5", B, POSTER, endre={**endre, "avvik/a": lukket}).utfall == utfall


def test_bare_records_are_never_green_and_no_fault_of_ours():
    tomme = {
        B: {"navn": "B", "databehandlere": [{"leverandor": "acme"}], "systemer": ["x"]},
        S: {"navn": "X", "leverandor": "borte"},
        T: {"navn": "S", "anskaffet": "ja"},
        L: {"navn": "Acme"},
        D: {
            "navn": "D",
            "kategorier": ["databehandleravtale"],
            "leverandor": "acme",
            "databehandling": {"behandlinger": ["b"]},
        },
    }
    assert {v.utfall for v in dommer("5.5", tomme).values()} == {"brudd"}


def test_the_measure_says_where_the_answer_is_written():
    verdict = dom("5.5", B, POSTER, endre={D: {"databehandling.vilkar.g": "nei"}})
    assert "skriv ja i «databehandling.vilkar.g»" in verdict.funn[0].tiltak
