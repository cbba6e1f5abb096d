"""Requirement 4.4: the record of processing activities."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom, dommer

B = "behandlinger/b"
S = "systemer/x"
T = "tjenester/s"

POSTER = {
    "enheter/kommunen": {"navn": "Kommunen", "type": "kommune", "kontakt": "post@kommunen.example"},
    "enheter/boas": {"navn": "BOAS", "type": "byradsavdeling", "forelder": "kommunen"},
    "enheter/kultur": {"navn": "Kultur", "type": "byradsavdeling"},
    "roller/ba": {"type": "behandlingsansvarlig", "enhet": "boas"},
    "roller/ba-kultur": {
        "type": "behandlingsansvarlig",
        "enhet": "kultur",
        "kontakt": "kultur@kommunen.example",
    },
    "roller/leder": {"type": "resultatenhetsleder", "enhet": "boas"},
    "roller/pvo": {"type": "personvernombud", "enhet": "kommunen", "kontakt": "pvo@kommunen.example"},
    S: {"navn": "X", "tilstand": "i_produksjon", "personopplysninger": "ja"},
    T: {"navn": "S", "tilstand": "i_produksjon", "personopplysninger": "ja"},
    "integrasjoner/i": {"navn": "I", "fra": {"system": "x"}},
    B: {
        "navn": "Opptak",
        "tilstand": "aktiv",
        "behandlingsansvarlige": ["ba"],
        "personvernombud": "pvo",
        "behandling_fra": "2025-03-01",
        "formal": ["Behandle søknader"],
        "registrerte": ["barn"],
        "opplysninger": [
            {"kategori": "Navn", "art": "alminnelig"},
            {"kategori": "Helse", "art": "saerlig"},
            {"kategori": "Dommer", "art": "straffbare_forhold"},
        ],
        "mottakere": ["Klageinstansen"],
        "sletting": [{"kategori": "Søknader", "frist": "Fem år"}],
        "sikkerhetstiltak": "Tilgangsstyring",
        "behandlingsgrunnlag": [
            {"art6": "e", "hjemmel": "Barnehageloven § 16"},
            {"art9": "g", "art10": "Personopplysningsloven § 11"},
        ],
        "systemer": ["x"],
        "tjenester": ["s"],
        "integrasjoner": ["i"],
        "bekreftet": {"dato": "2026-09-01", "av": "ba", "referanse": "Sak 1"},
    },
}


def funn(verdict):
    return [(f.vilkar, f.art.value, f"{f.place.post}:{f.felt}") for f in verdict.funn]


def test_a_whole_and_confirmed_activity_is_fulfilled_and_documented():
    verdict = dom("4.4", B, POSTER)
    assert (verdict.utfall, verdict.styrke, verdict.frist) == ("oppfylt", "dokumentert", date(2027, 9, 1))


def test_a_confirmation_by_a_role_alone_is_told_apart():
    assert dom("4.4", B, POSTER, endre={B: {"bekreftet.referanse": None}}).styrke == "bekreftet"


@pytest.mark.parametrize(
    "endre",
    [
        {B: {"tilstand": None}},
        {B: {"mottakere": None, "mottakere_begrunnelse": "Ingen får dem."}},
        {B: {"sletting": None, "sletting_begrunnelse": "Følger arkivplanen."}},
        {B: {"sletting.0.frist": None, "sletting_begrunnelse": "Følger arkivplanen."}},
        {B: {"sikkerhetstiltak": None, "sikkerhetstiltak_begrunnelse": "Gradert."}},
        {B: {"tredjeland": [{"land": "SE"}]}},
        {B: {"tredjeland": [{"land": "GB", "grunnlag": "adekvansbeslutning"}]}},
        {B: {"tredjeland": [{"land": "US", "grunnlag": "scc", "garantier": "SCC modul 2"}]}},
        {B: {"behandlingsgrunnlag.0": {"art6": "f", "utenfor_oppgaver": "ja"}}},
        {B: {"behandlingsgrunnlag.0": {"art6": "a"}}},
        {B: {"opplysninger.1": None, "behandlingsgrunnlag.1.art9": None}},
        {"roller/ba": {"kontakt": "ba@kommunen.example"}, "enheter/kommunen": {"kontakt": None}},
        {B: {"bekreftet.dato": "2026-11-16"}},
        # an earlier controller in the same unit, and a delegate, may confirm
        {
            "roller/ba-forrige": {"type": "behandlingsansvarlig", "enhet": "boas", "til": "2026-09-30"},
            B: {"bekreftet.av": "ba-forrige"},
        },
        {
            "roller/ba": {
                "delegasjoner": [{"til": "Leder", "hva": "behandlingsansvar", "dato": "2026-09-01"}]
            },
            B: {"bekreftet.av": "leder"},
        },
        {B: {"behandlingsansvarlige": ["ba", "ba-kultur"], "bekreftet.av": "ba-kultur"}},
    ],
)
def test_what_may_differ_and_still_holds(endre):
    assert dom("4.4", B, POSTER, endre=endre).utfall == "oppfylt"


@pytest.mark.parametrize(
    ("endre", "ventet"),
    [
        (
            {"behandlingsansvarlige": None},
            ("behandlingsansvarlig-mangler", "mangler", "behandlingsansvarlige"),
        ),
        ({"behandlingsansvarlige": ["bba"]}, ("ukjent-henvisning", "feil", "behandlingsansvarlige[bba]")),
        (
            {"behandlingsansvarlige": ["ba", "leder"]},
            ("behandlingsansvarlig-feil-rolletype", "feil", "behandlingsansvarlige[leder]"),
        ),
        ({"personvernombud": None}, ("personvernombud-mangler", "mangler", "personvernombud")),
        ({"personvernombud": "ba"}, ("personvernombud-feil-rolletype", "feil", "personvernombud")),
        ({"formal": None}, ("formal-mangler", "mangler", "formal")),
        ({"registrerte": []}, ("registrerte-mangler", "mangler", "registrerte")),
        ({"opplysninger": None}, ("opplysninger-mangler", "mangler", "opplysninger")),
        ({"opplysninger.0.art": None}, ("opplysningsart-mangler", "mangler", "opplysninger[Navn].art")),
        ({"mottakere": None}, ("mottakere-mangler", "mangler", "mottakere")),
        ({"sletting": None}, ("sletting-mangler", "mangler", "sletting")),
        ({"sletting.0.frist": None}, ("slettefrist-mangler", "mangler", "sletting[Søknader].frist")),
        ({"sikkerhetstiltak": None}, ("sikkerhetstiltak-mangler", "mangler", "sikkerhetstiltak")),
        (
            {"tredjeland": [{"land": "US"}]},
            ("overforingsgrunnlag-mangler", "mangler", "tredjeland[US].grunnlag"),
        ),
        (
            {"tredjeland": [{"land": "US", "grunnlag": "scc"}]},
            ("garantier-mangler", "mangler", "tredjeland[US].garantier"),
        ),
        (
            {"tredjeland": [{"land": "IN", "grunnlag": "art49"}]},
            ("garantier-mangler", "mangler", "tredjeland[IN].garantier"),
        ),
        (
            {"behandlingsgrunnlag.0.hjemmel": None},
            ("hjemmel-mangler", "mangler", "behandlingsgrunnlag[e].hjemmel"),
        ),
        (
            {"behandlingsgrunnlag.0": {"art6": "c"}},
            ("hjemmel-mangler", "mangler", "behandlingsgrunnlag[c].hjemmel"),
        ),
        (
            {"behandlingsgrunnlag.0": {"art6": "f"}},
            ("berettiget-interesse", "feil", "behandlingsgrunnlag[f].art6"),
        ),
        (
            {"behandlingsgrunnlag.0": {"art6": "f", "utenfor_oppgaver": "nei"}},
            ("berettiget-interesse", "feil", "behandlingsgrunnlag[f].art6"),
        ),
        ({"behandlingsgrunnlag.1.art9": None}, ("art9-mangler", "mangler", "behandlingsgrunnlag")),
        ({"behandlingsgrunnlag.1.art10": None}, ("art10-mangler", "mangler", "behandlingsgrunnlag")),
        ({"behandlingsgrunnlag.0": None}, ("art6-mangler", "mangler", "behandlingsgrunnlag[g].art6")),
        (
            {"behandlingsgrunnlag.2": {"hjemmel": "Loven"}},
            ("art6-mangler", "mangler", "behandlingsgrunnlag[Loven].art6"),
        ),
        ({"systemer": ["xx"]}, ("ukjent-henvisning", "feil", "systemer[xx]")),
        ({"tjenester": ["x"]}, ("feil-slag-henvisning", "feil", "tjenester[x]")),
        ({"integrasjoner": ["ii"]}, ("ukjent-henvisning", "feil", "integrasjoner[ii]")),
        ({"bekreftet": None}, ("bekreftet", "mangler", "bekreftet")),
        ({"bekreftet.dato": None}, ("bekreftet-dato", "mangler", "bekreftet.dato")),
        ({"bekreftet.dato": "2026-11-17"}, ("bekreftet-framtid", "feil", "bekreftet.dato")),
        ({"bekreftet.av": None}, ("bekreftet-av", "mangler", "bekreftet.av")),
        ({"bekreftet.av": "leder"}, ("bekreftet-ikke-behandlingsansvarlig", "feil", "bekreftet.av")),
        ({"bekreftet.av": "ba-kultur"}, ("bekreftet-ikke-behandlingsansvarlig", "feil", "bekreftet.av")),
        ({"bekreftet": {"dato": "2026-09-01"}}, ("bekreftet-av", "mangler", "bekreftet")),
        ({"behandling_fra": "2026-11-17"}, ("start-framtid", "feil", "behandling_fra")),
    ],
)
def test_each_condition_breaks_alone(endre, ventet):
    verdict = dom("4.4", B, POSTER, endre={B: endre})
    assert verdict.utfall == "brudd"
    vilkar, art, felt = ventet
    assert funn(verdict) == [(vilkar, art, f"{B}:{felt}")]


def test_an_activity_without_a_legal_basis_lacks_all_three():
    verdict = dom("4.4", B, POSTER, endre={B: {"behandlingsgrunnlag": None}})
    assert [f.vilkar for f in verdict.funn] == [
        "behandlingsgrunnlag-mangler",
        "art9-mangler",
        "art10-mangler",
    ]


def test_somebody_must_be_reachable():
    verdict = dom("4.4", B, POSTER, endre={"enheter/kommunen": {"kontakt": None}})
    assert funn(verdict) == [("behandlingsansvarlig-kontakt", "mangler", f"{B}:behandlingsansvarlige[ba]")]


@pytest.mark.parametrize(
    ("dag", "utfall"),
    [
        (date(2027, 6, 2), "oppfylt"),
        (date(2027, 6, 3), "snart"),
        (date(2027, 9, 1), "snart"),
        (date(2027, 9, 2), "brudd"),
    ],
)
def test_the_confirmation_runs_out_after_twelve_months(dag, utfall):
    verdict = dom("4.4", B, POSTER, dato=dag)
    assert verdict.utfall == utfall
    if utfall == "brudd":
        assert funn(verdict) == [("bekreftet-utlopt", "utlopt", f"{B}:bekreftet.dato")]


@pytest.mark.parametrize(
    ("til", "utfall"),
    [("2026-11-15", "brudd"), ("2026-11-16", "snart"), ("2026-11-17", "snart"), ("2027-11-16", "oppfylt")],
)
def test_the_controller_is_filled_on_the_check_date(til, utfall):
    assert dom("4.4", B, POSTER, endre={"roller/ba": {"til": til}}).utfall == utfall


@pytest.mark.parametrize(
    ("endre", "utfall"),
    [
        ({B: {"tilstand": "avsluttet"}}, "ikke_aktuelt"),
        ({B: {"tilstand": "planlagt", "behandling_fra": "2026-11-17"}}, "ikke_aktuelt"),
        ({B: {"tilstand": "planlagt", "behandling_fra": "2026-11-16"}}, "oppfylt"),
        ({B: {"tilstand": "planlagt", "behandling_fra": None}}, "oppfylt"),
    ],
)
def test_when_an_activity_is_judged(endre, utfall):
    assert dom("4.4", B, POSTER, endre=endre).utfall == utfall


@pytest.mark.parametrize("post", [S, T])
def test_a_record_with_an_activity_is_fulfilled_by_the_registry_alone(post):
    verdict = dom("4.4", post, POSTER)
    assert (verdict.utfall, verdict.styrke) == ("oppfylt", "maskinell")


ALENE = {B: {"systemer": None, "tjenester": None, "integrasjoner": None}}


@pytest.mark.parametrize("post", [S, T])
@pytest.mark.parametrize(
    ("endre", "utfall", "vilkar"),
    [
        ({}, "brudd", "behandling-mangler"),
        ({"personopplysninger": None}, "brudd", "personopplysninger-mangler"),
        ({"personopplysninger": "nei"}, "ikke_aktuelt", None),
        ({"tilstand": None}, "brudd", "behandling-mangler"),
        ({"tilstand": "ide"}, "ikke_aktuelt", None),
        ({"tilstand": "under_utvikling"}, "ikke_aktuelt", None),
        ({"tilstand": "akseptansetest"}, "brudd", "behandling-mangler"),
        ({"tilstand": "under_avvikling"}, "brudd", "behandling-mangler"),
        ({"tilstand": "avviklet"}, "ikke_aktuelt", None),
        ({"tilstand": "under_utvikling", "behandling_fra": "2026-11-15"}, "brudd", "behandling-mangler"),
        ({"tilstand": "under_utvikling", "behandling_fra": "2026-11-16"}, "brudd", "behandling-mangler"),
        ({"tilstand": "under_utvikling", "behandling_fra": "2026-11-17"}, "ikke_aktuelt", None),
    ],
)
def test_a_record_without_an_activity(post, endre, utfall, vilkar):
    verdict = dom("4.4", post, POSTER, endre={**ALENE, post: endre})
    assert verdict.utfall == utfall
    assert [f.vilkar for f in verdict.funn] == ([vilkar] if vilkar else [])


@pytest.mark.parametrize("post", [S, T])
def test_no_personal_data_is_an_error_when_an_activity_says_otherwise(post):
    verdict = dom("4.4", post, POSTER, endre={post: {"personopplysninger": "nei"}})
    assert funn(verdict) == [("personopplysninger-motsagt", "feil", f"{post}:personopplysninger")]


@pytest.mark.parametrize(
    ("key", "data"),
    [
        ("datasett/d", {"navn": "D", "system": "x", "personopplysninger": "ja"}),
        ("integrasjoner/j", {"navn": "J", "til": {"system": "x"}, "personopplysninger": "ja"}),
    ],
)
def test_no_personal_data_is_an_error_when_a_dataset_or_flow_says_otherwise(key, data):
    endre = {**ALENE, S: {"personopplysninger": "nei"}, key: data}
    assert [f.vilkar for f in dom("4.4", S, POSTER, endre=endre).funn] == [
        "personopplysninger-motsagt",
        "behandling-mangler",
    ]


@pytest.mark.parametrize(
    ("behandling", "post", "utfall"),
    [
        ({"tilstand": "avsluttet"}, {}, "brudd"),
        ({"tilstand": "planlagt", "behandling_fra": None}, {}, "brudd"),
        ({"tilstand": "planlagt", "behandling_fra": "2026-11-17"}, {}, "brudd"),
        ({"tilstand": "planlagt", "behandling_fra": "2026-11-16"}, {}, "oppfylt"),
        ({"tilstand": "planlagt", "behandling_fra": None}, {"tilstand": "akseptansetest"}, "oppfylt"),
        (
            {"tilstand": "planlagt", "behandling_fra": None},
            {"tilstand": "akseptansetest", "behandling_fra": "2026-11-01"},
            "brudd",
        ),
        ({"tilstand": None}, {}, "oppfylt"),
        ({}, {"personopplysninger": None}, "oppfylt"),
    ],
)
def test_a_record_in_use_needs_an_activity_under_way(behandling, post, utfall):
    assert dom("4.4", S, POSTER, endre={B: behandling, S: post}).utfall == utfall


@pytest.mark.parametrize(
    ("endre", "uleselige", "post"),
    [
        (ALENE, {"behandlinger/u": "systemer: [x]"}, S),
        ({**ALENE, S: {"personopplysninger": None}}, {"behandlinger/u": None}, S),
        ({B: {"behandlingsansvarlige": ["u"]}}, {"roller/u": None}, B),
        ({B: {"systemer": ["u"]}}, {"systemer/u": None}, B),
        ({"roller/pvo": {"kontakt": None, "enhet": "u"}}, {"enheter/u": None}, B),
        (
            {B: {"tilstand": "planlagt", "behandling_fra": None, "formal": None, "systemer": ["u"]}},
            {"systemer/u": None},
            B,
        ),
    ],
)
def test_what_can_not_be_read_is_undecided(endre, uleselige, post):
    verdict = dom("4.4", post, POSTER, endre=endre, uleselige=uleselige)
    assert (verdict.utfall, verdict.funn) == ("ikke_avgjort", ())


AVVIK = {
    "krav": "4.4",
    "gjelder": ["b"],
    "vekt": "mindre",
    "tilstand": "besluttet",
    "besluttet": {"forum": "sdi", "dato": "2026-01-10"},
    "gyldig_til": "2026-11-16",
}


@pytest.mark.parametrize(("dag", "lovbrudd"), [(date(2026, 11, 16), True), (date(2026, 11, 17), False)])
def test_a_deviation_never_makes_a_breach_of_law_lawful(dag, lovbrudd):
    verdict = dom("4.4", B, POSTER, endre={B: {"formal": None}, "avvik/a": AVVIK}, dato=dag)
    assert (verdict.utfall, verdict.lovbrudd) == ("brudd", lovbrudd)


def test_a_deviation_for_one_field_hides_nothing_else():
    endre = {B: {"formal": None, "mottakere": None}, "avvik/a": {**AVVIK, "felt": "formal"}}
    verdict = dom("4.4", B, POSTER, endre=endre)
    assert [(f.felt, f.avvik) for f in verdict.funn] == [("formal", "a"), ("mottakere", None)]
    assert not verdict.lovbrudd


def test_bare_records_are_never_green_and_never_a_fault_of_ours():
    tomme = {B: {"navn": "B"}, S: {"navn": "X"}, T: {"navn": "S"}}
    assert {v.utfall for v in dommer("4.4", tomme).values()} == {"brudd"}
