"""Requirement 4.2: the risk is assessed before use, at changes and for control."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import DATO, dom, dommer

from forvaltning.model.historie import EKSEMPELHISTORIE, UKJENT_HISTORIE, FunnetEndring, Historie

S = "systemer/s"
T = "tjenester/t"
R = "ros/r"
SCENARIO = {
    "id": "brann",
    "initial": {"sannsynlighet": "3", "konsekvens": "4"},
    "rest": {"sannsynlighet": "2", "konsekvens": "3"},
    "tiltak": [
        {
            "id": "slukke",
            "ansvarlig": "eier",
            "frist": "2026-02-01",
            "tilstand": "ferdig",
            "ferdig": "2026-01-20",
        }
    ],
}
POSTER = {
    "enheter/topp": {
        "navn": "Topp",
        "type": "kommune",
        "akseptabel_risiko": [{"matrise": "standard-5x5", "niva": "rod", "dato": "2024-01-02", "av": "dir"}],
    },
    "enheter/avd": {
        "navn": "Avdelingen",
        "type": "byradsavdeling",
        "forelder": "topp",
        "akseptabel_risiko": [{"matrise": "standard-5x5", "niva": "gul", "dato": "2024-01-02", "av": "dir"}],
    },
    "enheter/seksjon": {"navn": "Seksjonen", "type": "seksjon", "forelder": "avd"},
    "roller/eier": {"type": "systemeier", "enhet": "seksjon"},
    "roller/dir": {"type": "kommunaldirektor", "enhet": "avd"},
    "roller/vara": {"type": "resultatenhetsleder", "enhet": "seksjon"},
    S: {
        "navn": "S",
        "tilstand": "i_produksjon",
        "enhet": "seksjon",
        "produksjon_fra": "2026-02-01",
        "personopplysninger": "ja",
        "adressesperre": "nei",
        "kritikalitet": {"klasse": "viktig"},
    },
    T: {
        "navn": "T",
        "tilstand": "i_produksjon",
        "enhet": "seksjon",
        "produksjon_fra": "2026-02-01",
        "personopplysninger": "nei",
        "kritikalitet": {"klasse": "ordinaer"},
    },
    R: {
        "navn": "R",
        "gjelder": ["s", "t"],
        "tilstand": "besluttet",
        "matrise": "standard-5x5",
        "dato": "2026-01-20",
        "besluttet": {"dato": "2026-02-01", "av": "eier", "referanse": "Sak 1"},
        "scenarier": [SCENARIO],
    },
}


def funn(verdict):
    return [(f.vilkar, f.art) for f in verdict.funn]


def git(*changes: tuple[str, str, str]) -> Historie:
    """A known history with (record, field, day) changes."""
    out: dict[str, tuple[FunnetEndring, ...]] = {}
    for post, felt, day in changes:
        out[post] = (
            *out.get(post, ()),
            FunnetEndring(post, felt, date.fromisoformat(day), "0123456789abcdef"),
        )
    return Historie(True, "", out)


# --- a decided ROS: there, before use, renewed -----------------------------------------------------


@pytest.mark.parametrize("post", [S, T])
def test_one_ros_may_cover_several_and_is_documented(post):
    verdict = dom("4.2", post, POSTER)
    assert (verdict.utfall, verdict.styrke, verdict.funn) == ("oppfylt", "dokumentert", ())


@pytest.mark.parametrize("tilstand", ["ide", "planlagt", "under_utvikling", "akseptansetest", "avviklet"])
def test_it_applies_in_use_only(tilstand):
    assert (
        dom("4.2", S, POSTER, endre={S: {"tilstand": tilstand}, R: {"tilstand": "utkast"}}).utfall
        == "ikke_aktuelt"
    )


@pytest.mark.parametrize("tilstand", ["i_produksjon", "under_avvikling", None])
@pytest.mark.parametrize(
    "ros",
    [
        {"tilstand": "utkast"},
        {"tilstand": "erstattet"},
        {"gjelder": ["t"]},
    ],
)
def test_without_a_ros_in_force_it_is_broken(ros, tilstand):
    verdict = dom("4.2", S, POSTER, endre={R: ros, S: {"tilstand": tilstand}})
    assert verdict.utfall == "brudd"
    assert funn(verdict) == [("ros-mangler", "mangler")]


@pytest.mark.parametrize(
    ("ros", "vilkar", "art"),
    [
        ({"tilstand": None}, "ros-tilstand-mangler", "mangler"),
        ({"besluttet": None}, "ros-besluttet", "mangler"),
        ({"besluttet.dato": None}, "ros-besluttet-dato", "mangler"),
        ({"besluttet.dato": "2026-11-17"}, "ros-besluttet-framtid", "feil"),
        ({"besluttet.av": None, "besluttet.referanse": None}, "ros-besluttet-av", "mangler"),
        ({"besluttet.av": "eire"}, "ukjent-henvisning", "feil"),
        ({"besluttet.av": "s"}, "feil-slag-henvisning", "feil"),
        ({"dato": "2026-11-17"}, "ros-dato-framtid", "feil"),
        ({"matrise": None}, "matrise-mangler", "mangler"),
        ({"matrise": "4x4"}, "matrise-ukjent", "feil"),
        ({"scenarier": None}, "scenarier-mangler", "mangler"),
    ],
)
def test_each_condition_on_the_ros_breaks_alone(ros, vilkar, art):
    verdict = dom("4.2", S, POSTER, endre={R: ros})
    assert verdict.utfall == "brudd"
    assert funn(verdict) == [(vilkar, art)]
    assert {f.place.post for f in verdict.funn} == {R}


@pytest.mark.parametrize(
    ("rolle", "vilkar"),
    [
        ({"fra": "2026-02-01"}, []),
        ({"til": "2026-02-01"}, []),
        ({"fra": "2026-02-02"}, ["ros-besluttet-ikke-virksom"]),
        ({"til": "2026-01-31"}, ["ros-besluttet-ikke-virksom"]),
    ],
)
def test_who_decided_held_the_role_that_day(rolle, vilkar):
    verdict = dom("4.2", S, POSTER, endre={"roller/eier": rolle})
    assert [f.vilkar for f in verdict.funn] == vilkar


@pytest.mark.parametrize(
    ("til", "utfall"), [("2026-11-15", "brudd"), ("2026-11-16", "snart"), (None, "oppfylt")]
)
def test_who_is_to_do_a_measure_holds_the_role_now(til, utfall):
    measure = {"id": "x", "ansvarlig": "vara", "tilstand": "pagar", "frist": "2027-12-01"}
    endre = {"roller/vara": {"til": til}, R: {"scenarier.0.tiltak.1": measure}}
    assert dom("4.2", S, POSTER, endre=endre).utfall == utfall


@pytest.mark.parametrize(
    ("start", "utfall"),
    [
        ("2026-01-31", "brudd"),
        ("2026-02-01", "oppfylt"),
        ("2026-02-02", "oppfylt"),
        ("2024-01-01", "brudd"),
        ("2023-12-31", "oppfylt"),
    ],
)
def test_the_ros_comes_no_later_than_first_use_when_that_is_after_gjelder_fra(start, utfall):
    verdict = dom("4.2", S, POSTER, endre={S: {"produksjon_fra": start}})
    assert verdict.utfall == utfall
    assert funn(verdict) == ([("ros-etter-bruk", "feil")] if utfall == "brudd" else [])


def test_a_replaced_ros_counts_for_first_use():
    old = {
        "navn": "Gammel",
        "gjelder": ["s"],
        "tilstand": "erstattet",
        "besluttet": {"dato": "2024-06-01", "av": "eier"},
    }
    assert (
        dom("4.2", S, POSTER, endre={S: {"produksjon_fra": "2024-06-01"}, "ros/gammel": old}).utfall
        == "oppfylt"
    )
    assert (
        dom("4.2", S, POSTER, endre={S: {"produksjon_fra": "2024-05-31"}, "ros/gammel": old}).utfall
        == "brudd"
    )


def test_a_late_ros_is_settled_by_a_closed_deviation():
    avvik = {
        "krav": "4.2",
        "gjelder": ["s"],
        "tilstand": "lukket",
        "vekt": "mindre",
        "sent_dokument": "ja",
        "besluttet": {"forum": "sdi", "dato": "2026-03-01"},
    }
    endre = {S: {"produksjon_fra": "2026-01-31"}, "avvik/a": avvik}
    assert dom("4.2", S, POSTER, endre=endre).utfall == "avvik"
    assert dom("4.2", S, POSTER, endre={**endre, R: {"dato": "2026-11-17"}}).utfall == "brudd"


def test_an_unknown_first_use_is_missing_only_when_the_order_can_not_be_told():
    assert funn(dom("4.2", S, POSTER, endre={S: {"produksjon_fra": None}})) == [
        ("produksjon-fra-mangler", "mangler")
    ]
    early = {"navn": "G", "gjelder": ["s"], "tilstand": "erstattet", "besluttet": {"dato": "2023-12-31"}}
    assert dom("4.2", S, POSTER, endre={S: {"produksjon_fra": None}, "ros/g": early}).utfall == "oppfylt"
    assert funn(dom("4.2", S, POSTER, endre={S: {"produksjon_fra": "2026-11-17"}})) == [
        ("produksjon-fra-framtid", "feil")
    ]


@pytest.mark.parametrize(
    ("klasse", "siste"),
    [
        ("samfunnskritisk", date(2027, 2, 1)),
        ("kritisk", date(2027, 2, 1)),
        ("viktig", date(2028, 2, 1)),
        ("ordinaer", date(2029, 2, 1)),
    ],
)
def test_renewal_follows_the_criticality(klasse, siste):
    endre = {S: {"kritikalitet.klasse": klasse}}
    for dato, utfall in (
        (siste.replace(month=1, day=31), "snart"),
        (siste, "snart"),
        (siste.replace(day=2), "brudd"),
        (date(siste.year - 1, 11, 2), "oppfylt"),
        (date(siste.year - 1, 11, 3), "snart"),
    ):
        verdict = dom("4.2", S, POSTER, endre=endre, dato=dato)
        assert (verdict.utfall, verdict.frist) == (utfall, siste), dato
    assert funn(dom("4.2", S, POSTER, endre=endre, dato=siste.replace(day=2))) == [("ros-fornyes", "utlopt")]


@pytest.mark.parametrize(
    ("dato", "utfall"),
    [
        ("2027-02-01", "snart"),
        ("2027-02-02", "ikke_avgjort"),
        ("2029-02-01", "ikke_avgjort"),
        ("2029-02-02", "brudd"),
    ],
)
def test_without_criticality_renewal_is_decided_when_all_classes_agree(dato, utfall):
    verdict = dom("4.2", S, POSTER, endre={S: {"kritikalitet": None}}, dato=date.fromisoformat(dato))
    assert verdict.utfall == utfall


@pytest.mark.parametrize(("dato", "utfall"), [("2027-02-01", "snart"), ("2027-02-02", "brudd")])
def test_a_decision_on_a_roles_word_runs_out_after_twelve_months(dato, utfall):
    verdict = dom("4.2", S, POSTER, endre={R: {"besluttet.referanse": None}}, dato=date.fromisoformat(dato))
    assert verdict.utfall == utfall
    assert dom("4.2", S, POSTER, endre={R: {"besluttet.referanse": None}}).styrke == "bekreftet"


def test_a_ros_that_a_newer_decided_one_replaces_is_not_judged():
    new = {
        **POSTER[R],
        "navn": "Ny",
        "erstatter": ["r"],
        "besluttet": {"dato": "2026-09-01", "referanse": "Sak 2"},
    }
    broken = {R: {"scenarier.0.rest.konsekvens": "5", "scenarier.0.rest.sannsynlighet": "5"}}
    assert dom("4.2", S, POSTER, endre={**broken, "ros/ny": new}).utfall == "oppfylt"
    assert dom("4.2", S, POSTER, endre={**broken, "ros/ny": {**new, "erstatter": []}}).utfall == "brudd"
    assert dom("4.2", S, POSTER, endre={**broken, "ros/ny": {**new, "tilstand": "utkast"}}).utfall == "brudd"
    both = {"ros/ny": new, R: {"erstatter": ["ny"]}}
    assert dom("4.2", S, POSTER, endre=both).utfall == "oppfylt"
    assert dom("4.2", S, POSTER, endre={R: {"erstatter": ["r"]}}).utfall == "oppfylt"


@pytest.mark.parametrize("text", [None, "gjelder: [s]"])
def test_an_unreadable_ros_leaves_it_undecided_and_never_breaks_it(text):
    lost = {"ros/tapt": text}
    for endre in (
        {R: {"gjelder": ["t"]}},
        {S: {"produksjon_fra": "2026-01-31"}},
        {S: {"adressesperre": "ja"}},
        {},
    ):
        verdict = dom("4.2", S, POSTER, endre=endre, uleselige=lost)
        assert (verdict.utfall, verdict.funn) == ("ikke_avgjort", ())
        assert "ros/tapt.yaml" in verdict.begrunnelse
    assert dom("4.2", S, POSTER, uleselige=lost, dato=date(2028, 2, 2)).utfall == "ikke_avgjort"
    assert dom("4.2", S, POSTER, uleselige={"ros/tapt": "gjelder: [annet]"}).utfall == "oppfylt"


# --- deviations -----------------------------------------------------------------------------------

AVVIK = {
    "krav": "4.2",
    "gjelder": ["s"],
    "tilstand": "besluttet",
    "vekt": "mindre",
    "besluttet": {"forum": "sdi", "dato": "2026-03-01"},
    "gyldig_til": "2026-12-31",
}


@pytest.mark.parametrize(
    ("dato", "utfall"), [("2026-12-30", "avvik"), ("2026-12-31", "avvik"), ("2027-01-01", "brudd")]
)
def test_a_deviation_covers_until_its_last_day(dato, utfall):
    endre = {R: {"gjelder": ["t"]}, "avvik/a": AVVIK}
    assert dom("4.2", S, POSTER, endre=endre, dato=date.fromisoformat(dato)).utfall == utfall


# --- scenarios ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "scenario",
    [
        {"scenarier.0.tiltak.0.tilstand": "pagar", "scenarier.0.tiltak.0.frist": "2027-12-01"},
        {"scenarier.0.tiltak.0.tilstand": "planlagt", "scenarier.0.tiltak.0.frist": "2027-12-01"},
        {"scenarier.0.tiltak": None, "scenarier.0.aksept": {"av": "dir", "dato": "2026-02-01"}},
        {"scenarier.0.tiltak": None, "scenarier.0.initial.konsekvens": "3"},
        {"scenarier.0.rest": {"sannsynlighet": "3", "konsekvens": "3"}},
        {
            "scenarier.0.rest": {"sannsynlighet": "3", "konsekvens": "4"},
            "scenarier.0.aksept": {"av": "dir", "dato": "2026-02-01"},
        },
        {"scenarier.0.rest": None, "scenarier.0.initial.konsekvens": "3"},
        {"scenarier.0.tiltak.0.tilstand": None},
        {"scenarier.0.tiltak.0.ferdig": None},
        {"scenarier.0.tiltak.1": {"id": "nei", "tilstand": "avvist", "frist": "2026-01-01"}},
    ],
)
def test_a_risk_within_acceptance_or_being_mended_or_accepted_holds(scenario):
    verdict = dom("4.2", S, POSTER, endre={R: scenario})
    assert (verdict.utfall, verdict.funn) == ("oppfylt", ())


@pytest.mark.parametrize(
    ("scenario", "vilkar", "art", "felt"),
    [
        ({"scenarier.0.tiltak": None}, "over-aksept", "mangler", "scenarier[brann]"),
        ({"scenarier.0.tiltak.0.tilstand": "avvist"}, "over-aksept", "mangler", "scenarier[brann]"),
        ({"scenarier.0.rest.konsekvens": "5"}, "over-aksept", "mangler", "scenarier[brann]"),
        (
            {
                "scenarier.0.rest": {"sannsynlighet": "4", "konsekvens": "4"},
                "scenarier.0.initial": {"sannsynlighet": "2", "konsekvens": "3"},
                "scenarier.0.aksept": {"av": "dir", "dato": "2026-02-01"},
            },
            "rest-hoyere",
            "feil",
            "scenarier[brann].rest",
        ),
        ({"scenarier.0.initial": None}, "initial-mangler", "mangler", "scenarier[brann].initial"),
        ({"scenarier.0.initial.konsekvens": None}, "initial-mangler", "mangler", "scenarier[brann].initial"),
        (
            {"scenarier.0.initial.konsekvens": "6"},
            "initial-utenfor-matrisen",
            "feil",
            "scenarier[brann].initial",
        ),
        ({"scenarier.0.rest.sannsynlighet": "0"}, "rest-utenfor-matrisen", "feil", "scenarier[brann].rest"),
        ({"scenarier.0.rest": None}, "rest-mangler", "mangler", "scenarier[brann].rest"),
        (
            {"scenarier.0.tiltak.0.ferdig": "2026-11-17"},
            "tiltak-ferdig-framtid",
            "feil",
            "scenarier[brann].tiltak[slukke].ferdig",
        ),
        (
            {"scenarier.0.tiltak.1": {"id": "x", "ansvarlig": "eier", "tilstand": "pagar"}},
            "tiltak-uten-frist",
            "mangler",
            "scenarier[brann].tiltak[x].frist",
        ),
        (
            {"scenarier.0.tiltak.1": {"id": "x", "ansvarlig": "eier", "frist": "2027-12-01"}},
            "tiltak-uten-tilstand",
            "mangler",
            "scenarier[brann].tiltak[x].tilstand",
        ),
        (
            {"scenarier.0.tiltak.1": {"id": "x", "tilstand": "pagar", "frist": "2027-12-01"}},
            "tiltak-ansvarlig-mangler",
            "mangler",
            "scenarier[brann].tiltak[x].ansvarlig",
        ),
        (
            {
                "scenarier.0.tiltak.1": {
                    "id": "x",
                    "ansvarlig": "eire",
                    "tilstand": "pagar",
                    "frist": "2027-12-01",
                }
            },
            "ukjent-henvisning",
            "feil",
            "scenarier[brann].tiltak[x].ansvarlig",
        ),
    ],
)
def test_each_condition_on_a_scenario_breaks_alone(scenario, vilkar, art, felt):
    verdict = dom("4.2", S, POSTER, endre={R: scenario})
    assert verdict.utfall == "brudd"
    assert [(f.vilkar, f.art, f.felt) for f in verdict.funn] == [(vilkar, art, felt)]


@pytest.mark.parametrize(
    ("dato", "utfall"), [("2026-11-29", "snart"), ("2026-11-30", "snart"), ("2026-12-01", "brudd")]
)
def test_no_measure_is_overdue_even_where_the_risk_is_low(dato, utfall):
    late = {"id": "x", "ansvarlig": "eier", "tilstand": "pagar", "frist": "2026-11-30"}
    verdict = dom("4.2", S, POSTER, endre={R: {"scenarier.0.tiltak.1": late}}, dato=date.fromisoformat(dato))
    assert verdict.utfall == utfall
    assert funn(verdict) == ([("tiltak-forfalt", "utlopt")] if utfall == "brudd" else [])


DELEGERT = {"til": "vara", "hva": "risikoaksept", "dato": "2026-01-15", "utlop": "2026-06-30"}


@pytest.mark.parametrize(
    ("endre", "vilkar"),
    [
        ({}, "aksept-uten-myndighet"),
        ({"roller/dir": {"delegasjoner": [DELEGERT]}}, None),
        ({"roller/dir": {"delegasjoner": [{**DELEGERT, "dato": "2026-02-10"}]}}, None),
        ({"roller/dir": {"delegasjoner": [{**DELEGERT, "dato": "2026-02-11"}]}}, "aksept-uten-myndighet"),
        ({"roller/dir": {"delegasjoner": [{**DELEGERT, "utlop": "2026-02-10"}]}}, None),
        ({"roller/dir": {"delegasjoner": [{**DELEGERT, "utlop": "2026-02-09"}]}}, "aksept-uten-myndighet"),
        ({"roller/dir": {"delegasjoner": [{**DELEGERT, "dato": None}]}}, "aksept-uten-myndighet"),
        ({"roller/dir": {"delegasjoner": [{**DELEGERT, "hva": "systemeierskap"}]}}, "aksept-uten-myndighet"),
        ({"roller/dir": {"delegasjoner": [{**DELEGERT, "til": "eier"}]}}, "aksept-uten-myndighet"),
        ({"roller/eier": {"delegasjoner": [DELEGERT]}}, "aksept-uten-myndighet"),
        ({"roller/dir": {"delegasjoner": [DELEGERT], "fra": "2026-01-16"}}, "aksept-uten-myndighet"),
        ({R: {"scenarier.0.aksept.av": "eier"}}, "aksept-uten-myndighet"),
        ({R: {"scenarier.0.aksept.av": "dir"}}, None),
        (
            {R: {"scenarier.0.aksept.av": "dir"}, "roller/dir": {"til": "2026-02-09"}},
            "aksept-av-ikke-virksom",
        ),
        ({R: {"scenarier.0.aksept.av": "dri"}}, "ukjent-henvisning"),
        ({R: {"scenarier.0.aksept.av": None}}, "aksept-av-mangler"),
        ({R: {"scenarier.0.aksept.av": "dir", "scenarier.0.aksept.dato": None}}, "aksept-dato"),
        (
            {R: {"scenarier.0.aksept.av": "dir", "scenarier.0.aksept.dato": "2026-11-17"}},
            "aksept-dato-framtid",
        ),
    ],
)
def test_only_one_who_may_can_accept_what_lies_above_the_level(endre, vilkar):
    base = {
        R: {
            "scenarier.0.tiltak": None,
            "scenarier.0.aksept": {"av": "vara", "dato": "2026-02-10"},
            **endre.get(R, {}),
        }
    }
    verdict = dom("4.2", S, POSTER, endre={**endre, **base})
    assert [f.vilkar for f in verdict.funn] == ([vilkar] if vilkar else [])
    assert verdict.utfall == ("brudd" if vilkar else "oppfylt")


def test_an_unreadable_role_may_hold_the_delegation():
    endre = {R: {"scenarier.0.tiltak": None, "scenarier.0.aksept": {"av": "vara", "dato": "2026-02-10"}}}
    verdict = dom("4.2", S, POSTER, endre=endre, uleselige={"roller/x": "til: vara"})
    assert (verdict.utfall, verdict.funn) == ("ikke_avgjort", ())


@pytest.mark.parametrize(
    ("enheter", "utfall"),
    [
        ({}, "brudd"),
        ({"enheter/avd": {"akseptabel_risiko.0.niva": "rod"}}, "oppfylt"),
        ({"enheter/avd": {"akseptabel_risiko": None}}, "oppfylt"),
        ({"enheter/avd": {"akseptabel_risiko.0.matrise": "annen"}}, "oppfylt"),
        ({"enheter/avd": {"akseptabel_risiko.0.dato": None}}, "oppfylt"),
        ({"enheter/avd": {"akseptabel_risiko.0.dato": "2026-11-17"}}, "oppfylt"),
        (
            {"enheter/avd": {"akseptabel_risiko": None}, "enheter/topp": {"akseptabel_risiko": None}},
            "ikke_avgjort",
        ),
        ({"enheter/avd": {"akseptabel_risiko": None, "forelder": "borte"}}, "ikke_avgjort"),
        ({"enheter/avd": {"akseptabel_risiko": None, "forelder": "seksjon"}}, "ikke_avgjort"),
        ({"enheter/seksjon": {"akseptabel_risiko": POSTER["enheter/topp"]["akseptabel_risiko"]}}, "brudd"),
        ({R: {"enhet": "topp"}}, "oppfylt"),
        ({R: {"enhet": "tpop"}}, "brudd"),
        ({S: {"enhet": None, "systemeier": "eier"}}, "brudd"),
        ({S: {"enhet": None}}, "ikke_avgjort"),
    ],
)
def test_the_level_is_that_of_the_department_or_the_nearest_above_it(enheter, utfall):
    ros = {"scenarier.0.tiltak": None, **enheter.get(R, {})}
    assert dom("4.2", S, POSTER, endre={**enheter, R: ros}).utfall == utfall


def test_the_lowest_level_is_within_whatever_is_decided():
    endre = {"enheter/avd": {"akseptabel_risiko": None, "forelder": None}}
    assert dom("4.2", S, POSTER, endre={**endre, R: {"scenarier.0.rest.konsekvens": "2"}}).utfall == "oppfylt"
    assert dom("4.2", S, POSTER, endre=endre).utfall == "ikke_avgjort"


# --- the summary ----------------------------------------------------------------------------------

SAMMENDRAG = {
    "over_aksept": "2",
    "uten_tiltak": "0",
    "forfalte_tiltak": "0",
    "neste_frist": "2027-06-30",
    "rest_ikke_hoyere": "ja",
    "konklusjon": "Kan brukes.",
    "arkivsak": "Sak 2",
}


@pytest.mark.parametrize(
    ("sammendrag", "funnet"),
    [
        ({}, []),
        ({"over_aksept": "0", "uten_tiltak": None, "neste_frist": None}, []),
        ({"over_aksept": None}, [("sammendrag-over-aksept", "mangler")]),
        ({"uten_tiltak": None}, [("sammendrag-uten-tiltak", "mangler")]),
        ({"uten_tiltak": "1"}, [("over-aksept", "mangler")]),
        ({"uten_tiltak": "3"}, [("over-aksept", "mangler"), ("sammendrag-motsagt", "feil")]),
        ({"forfalte_tiltak": None}, [("sammendrag-forfalte-tiltak", "mangler")]),
        ({"forfalte_tiltak": "1"}, [("tiltak-forfalt", "feil")]),
        ({"neste_frist": None}, [("sammendrag-neste-frist", "mangler")]),
        ({"neste_frist": "2026-11-15"}, [("tiltak-forfalt", "utlopt")]),
        ({"rest_ikke_hoyere": None}, [("sammendrag-rest-ikke-hoyere", "mangler")]),
        ({"rest_ikke_hoyere": "nei"}, [("rest-hoyere", "feil")]),
        ({"konklusjon": None}, [("sammendrag-konklusjon", "mangler")]),
    ],
)
def test_the_summary_is_decided_as_it_says(sammendrag, funnet):
    whole = {k: v for k, v in {**SAMMENDRAG, **sammendrag}.items() if v is not None}
    verdict = dom("4.2", S, POSTER, endre={R: {"scenarier": None, "sammendrag": whole}})
    assert funn(verdict) == funnet
    assert verdict.utfall == ("brudd" if funnet else "oppfylt")
    assert funnet or any(b.referanse == "Sak 2" for b in verdict.bevis)


@pytest.mark.parametrize(("dato", "utfall"), [("2027-06-30", "snart"), ("2027-07-01", "brudd")])
def test_the_next_deadline_of_a_summary_runs_out(dato, utfall):
    endre = {R: {"scenarier": None, "sammendrag": SAMMENDRAG}}
    assert dom("4.2", S, POSTER, endre=endre, dato=date.fromisoformat(dato)).utfall == utfall


def test_the_archive_case_of_the_summary_documents_the_decision():
    endre = {R: {"scenarier": None, "sammendrag": SAMMENDRAG, "besluttet.referanse": None}}
    assert dom("4.2", S, POSTER, endre=endre).styrke == "dokumentert"
    endre[R]["sammendrag.arkivsak"] = None
    assert funn(dom("4.2", S, POSTER, endre=endre)) == [("sammendrag-arkivsak", "mangler")]


def test_beside_scenarios_the_summary_may_be_short_but_not_say_otherwise():
    assert dom("4.2", S, POSTER, endre={R: {"sammendrag": {"konklusjon": "Greit"}}}).utfall == "oppfylt"
    assert dom("4.2", S, POSTER, endre={R: {"sammendrag": {"forfalte_tiltak": "1"}}}).utfall == "brudd"


# --- protected address ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("endre", "vilkar"),
    [
        ({S: {"adressesperre": "ja"}}, "adressesperre-scenario"),
        ({S: {"adressesperre": "ja"}, R: {"scenarier.0.adressesperre": "ja"}}, None),
        (
            {
                S: {"adressesperre": "ja"},
                R: {"scenarier": None, "sammendrag": {**SAMMENDRAG, "adressesperre_vurdert": "ja"}},
            },
            None,
        ),
        (
            {
                S: {"adressesperre": "ja"},
                R: {"scenarier": None, "sammendrag": {**SAMMENDRAG, "adressesperre_vurdert": "nei"}},
            },
            "adressesperre-scenario",
        ),
        (
            {S: {"adressesperre": "ja"}, R: {"scenarier": None, "sammendrag": SAMMENDRAG}},
            "adressesperre-scenario",
        ),
        ({S: {"adressesperre": None}}, "adressesperre-ukjent"),
        ({S: {"adressesperre": None, "personopplysninger": None}}, "adressesperre-ukjent"),
        ({S: {"adressesperre": None, "personopplysninger": "nei"}}, None),
    ],
)
def test_protected_address_has_a_scenario_where_such_persons_are_registered(endre, vilkar):
    verdict = dom("4.2", S, POSTER, endre=endre)
    assert [f.vilkar for f in verdict.funn] == ([vilkar] if vilkar else [])


@pytest.mark.parametrize(
    ("sier", "tilstand", "vilkar"),
    [
        ("nei", "aktiv", ["adressesperre-motsagt", "adressesperre-scenario"]),
        (None, "aktiv", ["adressesperre-scenario"]),
        ("nei", "avsluttet", []),
        ("nei", "planlagt", []),
    ],
)
def test_an_activity_that_registers_them_contradicts_and_counts(sier, tilstand, vilkar):
    aktivitet = {"navn": "B", "tilstand": tilstand, "systemer": ["s"], "registrerte": ["sperret_adresse"]}
    verdict = dom("4.2", S, POSTER, endre={"behandlinger/b": aktivitet, S: {"adressesperre": sier}})
    assert [f.vilkar for f in verdict.funn] == vilkar


# --- declared changes -----------------------------------------------------------------------------

E = "endringer/e"
ENDRING = {"gjelder": "s", "felter": ["drift"], "virkning": "2026-08-01", "sikkerhet": "ja"}


@pytest.mark.parametrize(
    ("virkning", "utfall"),
    [
        ("2026-05-01", "oppfylt"),
        ("2026-05-02", "oppfylt"),
        ("2026-05-03", "brudd"),
        ("2025-01-01", "oppfylt"),
        ("2026-11-16", "brudd"),
    ],
)
def test_a_ros_covers_changes_up_to_90_days_after_it_and_all_before(virkning, utfall):
    verdict = dom("4.2", S, POSTER, endre={E: {**ENDRING, "virkning": virkning}})
    assert verdict.utfall == utfall
    assert funn(verdict) == ([("endring-uten-ros", "mangler")] if utfall == "brudd" else [])


def test_the_ninety_days_are_a_setting():
    assert (
        dom("4.2", S, POSTER, endre={E: ENDRING}, innstillinger={"dager": {"ros_dekning": "181"}}).utfall
        == "oppfylt"
    )
    assert (
        dom("4.2", S, POSTER, endre={E: ENDRING}, innstillinger={"dager": {"ros_dekning": "180"}}).utfall
        == "brudd"
    )


ENDRINGSROS = {**POSTER[R], "navn": "Endringen", "gjelder": ["e"]}


@pytest.mark.parametrize(
    ("endre", "utfall"),
    [
        ({E: {**ENDRING, "ros": "r"}}, "oppfylt"),
        ({E: ENDRING, R: {"gjelder": ["s", "e"]}}, "oppfylt"),
        ({E: ENDRING, "ros/er": ENDRINGSROS}, "oppfylt"),
        ({E: ENDRING, "ros/er": {**ENDRINGSROS, "tilstand": "utkast"}}, "brudd"),
        (
            {E: {**ENDRING, "ros": "er"}, "ros/er": {**ENDRINGSROS, "gjelder": [], "tilstand": "utkast"}},
            "brudd",
        ),
        ({E: {**ENDRING, "virkning": None, "ros": "r"}}, "oppfylt"),
        (
            {
                E: ENDRING,
                "ros/ny": {
                    **POSTER[R],
                    "navn": "Ny",
                    "gjelder": ["s"],
                    "besluttet": {"dato": "2026-10-01", "referanse": "X"},
                },
            },
            "oppfylt",
        ),
        (
            {
                E: ENDRING,
                "ros/ny": {
                    **POSTER[R],
                    "navn": "Ny",
                    "gjelder": ["s"],
                    "besluttet": {"dato": "2026-11-17", "referanse": "X"},
                },
            },
            "brudd",
        ),
    ],
)
def test_a_ros_that_names_the_change_or_a_later_one_covers_it(endre, utfall):
    assert dom("4.2", S, POSTER, endre=endre).utfall == utfall


def test_the_scenarios_of_a_ros_for_the_change_are_judged_too():
    er = {**ENDRINGSROS, "scenarier": [{**SCENARIO, "tiltak": []}]}
    assert funn(dom("4.2", S, POSTER, endre={E: ENDRING, "ros/er": er})) == [("over-aksept", "mangler")]


@pytest.mark.parametrize(
    ("endring", "vilkar"),
    [
        ({"sikkerhet": "nei", "sikkerhet_begrunnelse": "Bare nytt navn."}, []),
        ({"sikkerhet": "nei"}, ["sikkerhet-uten-begrunnelse"]),
        ({"sikkerhet": "nei", "felter": ["systemkoordinator"]}, []),
        ({"sikkerhet": "nei", "felter": []}, ["sikkerhet-uten-begrunnelse"]),
        ({"sikkerhet": None}, ["endring-sikkerhet-mangler"]),
        ({"sikkerhet": None, "felter": []}, ["endring-sikkerhet-mangler"]),
        ({"sikkerhet": None, "felter": ["kit.konfidensialitet"]}, ["endring-sikkerhet-mangler"]),
        ({"sikkerhet": None, "felter": ["systemkoordinator", "kit.vurdert"]}, []),
        ({"sikkerhet": None, "type": "retting"}, []),
        ({"sikkerhet": None, "type": "sen_registrering"}, []),
        ({"type": "retting"}, ["endring-uten-ros"]),
        ({"felter": ["systemkoordinator"]}, ["endring-uten-ros"]),
        ({"virkning": None}, ["virkning-mangler"]),
        ({"ros": "borte"}, ["ukjent-henvisning"]),
        ({"ros": "s"}, ["feil-slag-henvisning"]),
    ],
)
def test_what_a_declared_change_says_decides_whether_it_needs_a_ros(endring, vilkar):
    e = {k: v for k, v in {**ENDRING, **endring}.items() if v is not None}
    assert [f.vilkar for f in dom("4.2", S, POSTER, endre={E: e}).funn] == vilkar


@pytest.mark.parametrize(
    ("dato", "utfall"),
    [
        ("2026-05-01", "oppfylt"),
        ("2026-05-02", "snart"),
        ("2026-07-31", "snart"),
        ("2026-08-01", "brudd"),
        ("2026-08-02", "brudd"),
    ],
)
def test_a_coming_change_is_on_its_way_until_the_day_it_takes_effect(dato, utfall):
    assert dom("4.2", S, POSTER, endre={E: ENDRING}, dato=date.fromisoformat(dato)).utfall == utfall


def test_a_word_that_security_is_not_affected_weakens_the_evidence():
    e = {**ENDRING, "sikkerhet": "nei", "sikkerhet_begrunnelse": "Bare nytt navn."}
    assert dom("4.2", S, POSTER, endre={E: e}).styrke == "bekreftet"


@pytest.mark.parametrize("uleselig", ["ros/x", "endringer/x"])
def test_an_unreadable_file_may_cover_the_change(uleselig):
    verdict = dom("4.2", S, POSTER, endre={E: ENDRING}, uleselige={uleselig: "gjelder: s e"})
    assert (verdict.utfall, verdict.funn) == ("ikke_avgjort", ())


def test_without_a_ros_in_force_the_changes_are_not_told_one_by_one():
    assert funn(dom("4.2", S, POSTER, endre={E: ENDRING, R: {"tilstand": "utkast"}})) == [
        ("ros-mangler", "mangler")
    ]


@pytest.mark.parametrize(("sikkerhet", "utfall"), [("ja", "brudd"), ("nei", "oppfylt"), (None, "oppfylt")])
@pytest.mark.parametrize(
    "annen",
    [
        {"datasett/x": {"navn": "X", "system": "s"}},
        {"avtaler/x": {"navn": "X", "systemer": ["s"]}},
        {"behandlinger/x": {"navn": "X", "systemer": ["s"]}},
    ],
)
def test_a_change_of_data_agreement_or_activity_counts_when_it_says_that_it_affects_security(
    annen, sikkerhet, utfall
):
    e = {
        k: v
        for k, v in {**ENDRING, "gjelder": "x", "felter": [], "sikkerhet": sikkerhet}.items()
        if v is not None
    }
    assert dom("4.2", S, POSTER, endre={**annen, E: e}).utfall == utfall


# --- changes found in Git -------------------------------------------------------------------------


def test_unknown_history_is_undecided_unless_something_else_breaks_it():
    for post in (S, T):
        verdict = dom("4.2", post, POSTER, historie=UKJENT_HISTORIE)
        assert (verdict.utfall, verdict.begrunnelse) == ("ikke_avgjort", UKJENT_HISTORIE.grunn)
    assert (
        dom("4.2", S, POSTER, historie=UKJENT_HISTORIE, endre={R: {"tilstand": "utkast"}}).utfall == "brudd"
    )
    assert dom("4.2", S, POSTER, historie=UKJENT_HISTORIE, endre={E: ENDRING}).utfall == "brudd"
    assert (
        dom("4.2", S, POSTER, historie=UKJENT_HISTORIE, endre={S: {"tilstand": "ide"}}).utfall
        == "ikke_aktuelt"
    )
    assert (
        dom(
            "4.2", S, POSTER, historie=UKJENT_HISTORIE, endre={R: {"tilstand": "utkast"}, "avvik/a": AVVIK}
        ).utfall
        == "ikke_avgjort"
    )


@pytest.mark.parametrize(
    "felt",
    [
        "leverandor",
        "drift",
        "drift.form",
        "drift.leverandor",
        "lagring.land",
        "eksponering",
        "autentisering",
        "autentisering[id_porten]",
        "personopplysninger",
        "adressesperre",
        "kit",
        "kit.integritet",
    ],
)
def test_a_found_change_in_a_marked_field_needs_a_ros(felt):
    verdict = dom("4.2", S, POSTER, historie=git((S, felt, "2026-08-01")))
    assert funn(verdict) == [("funnet-endring-uten-ros", "mangler")]
    assert "Git 01234567" in verdict.funn[0].melding


@pytest.mark.parametrize(
    "felt", ["navn", "kit.vurdert", "kritikalitet.klasse", "systemeier", "", "driftsplan", "produksjon_fra"]
)
def test_a_found_change_elsewhere_needs_none(felt):
    assert dom("4.2", S, POSTER, historie=git((S, felt, "2026-08-01"))).utfall == "oppfylt"


@pytest.mark.parametrize(
    "felt",
    ["systemer", "systemer[s]", "leverandor", "felleskomponenter", "personopplysninger", "kit.integritet"],
)
def test_the_marked_fields_of_a_service(felt):
    assert dom("4.2", T, POSTER, historie=git((T, felt, "2026-08-01"))).utfall == "brudd"


@pytest.mark.parametrize(
    ("dag", "utfall"),
    [("2026-05-02", "oppfylt"), ("2026-05-03", "brudd"), ("2026-11-16", "brudd"), ("2026-11-17", "oppfylt")],
)
def test_found_changes_count_from_the_commit_to_the_check_date(dag, utfall):
    assert dom("4.2", S, POSTER, historie=git((S, "drift.form", dag))).utfall == utfall


@pytest.mark.parametrize(("fra", "utfall"), [("2026-08-01", "brudd"), ("2026-08-02", "oppfylt")])
def test_history_counts_from_historie_fra(fra, utfall):
    historie = git((S, "drift.form", "2026-08-01"))
    assert dom("4.2", S, POSTER, historie=historie, innstillinger={"historie_fra": fra}).utfall == utfall


def test_one_finding_for_each_field_however_often_it_changed():
    historie = git(
        (S, "drift.form", "2026-07-01"), (S, "drift.form", "2026-08-01"), (S, "eksponering", "2026-07-01")
    )
    verdict = dom("4.2", S, POSTER, historie=historie)
    assert sorted(f.felt for f in verdict.funn) == ["drift.form", "eksponering"]
    assert "01.08.2026" in next(f for f in verdict.funn if f.felt == "drift.form").melding


FRITAR = {
    "gjelder": "s",
    "virkning": "2026-08-01",
    "sikkerhet": "nei",
    "sikkerhet_begrunnelse": "Bare nytt navn.",
}


@pytest.mark.parametrize(
    ("endring", "utfall"),
    [
        ({"felter": ["drift"]}, "oppfylt"),
        ({"felter": ["drift.form"]}, "oppfylt"),
        ({"felter": []}, "oppfylt"),
        ({"felter": ["drift"], "sikkerhet": None, "type": "retting"}, "oppfylt"),
        ({"felter": ["drift"], "sikkerhet": None, "type": "sen_registrering"}, "oppfylt"),
        ({"felter": ["drift"], "virkning": "2026-10-30"}, "oppfylt"),
        ({"felter": ["drift"], "virkning": "2026-10-31"}, "brudd"),
        ({"felter": ["drift"], "virkning": "2026-05-03"}, "oppfylt"),
        ({"felter": ["drift"], "virkning": "2026-05-02"}, "brudd"),
        ({"felter": ["drift"], "virkning": None}, "brudd"),
        ({"felter": ["eksponering"]}, "brudd"),
        ({"felter": ["drift"], "gjelder": "t"}, "brudd"),
        ({"felter": ["drift"], "sikkerhet": "ja"}, "brudd"),
        ({"felter": ["drift"], "sikkerhet": "ja", "ros": "r"}, "oppfylt"),
    ],
)
def test_a_declared_change_of_the_same_field_within_90_days_replaces_the_found_one(endring, utfall):
    e = {k: v for k, v in {**FRITAR, **endring}.items() if v is not None}
    verdict = dom("4.2", S, POSTER, endre={E: e}, historie=git((S, "drift.form", "2026-08-01")))
    assert verdict.utfall == utfall
    assert len(verdict.funn) == (utfall == "brudd")


# --- flows ----------------------------------------------------------------------------------------

F = "integrasjoner/f"
FLYT = {
    "navn": "F",
    "tilstand": "aktiv",
    "fra": {"system": "s"},
    "til": {"system": "s2"},
    "aktiv_fra": "2026-08-01",
}
TO = {
    **POSTER,
    "systemer/s2": {**POSTER[S], "navn": "S2"},
    R: {**POSTER[R], "gjelder": ["s", "s2", "t"]},
    F: FLYT,
}


@pytest.mark.parametrize(
    "felt",
    [
        "",
        "mekanisme",
        "fra.system",
        "til.ekstern",
        "datasett[d]",
        "personopplysninger",
        "retning",
        "tilstand",
    ],
)
def test_a_new_or_changed_flow_touches_both_ends(felt):
    found = dommer("4.2", TO, historie=git((F, felt, "2026-08-01")))
    assert [k for k, v in found.items() if v.utfall == "brudd"] == [S, "systemer/s2"]
    assert {f.place.post for f in found[S].funn} == {F}


def test_the_measure_for_a_new_flow_names_no_field_as_there_is_none_to_declare():
    ny, endret = (
        dom("4.2", S, TO, historie=git((F, felt, "2026-08-01"))).funn[0] for felt in ("", "mekanisme")
    )
    assert ny.tiltak.endswith("«gjelder: f» og uten felter.")
    assert endret.tiltak.endswith("«gjelder: f» og feltet.")
    declared = {E: {**FRITAR, "gjelder": "f"}}
    assert dom("4.2", S, TO, endre=declared, historie=git((F, "", "2026-08-01"))).utfall == "oppfylt"


@pytest.mark.parametrize("felt", ["navn", "innhold", "eier", "dokumentasjon.dato"])
def test_other_fields_of_a_flow_do_not(felt):
    assert dom("4.2", S, TO, historie=git((F, felt, "2026-08-01"))).utfall == "oppfylt"


@pytest.mark.parametrize(
    ("flyt", "felt", "utfall"),
    [
        ({"til": {"felleskomponent": "altinn"}}, "", "oppfylt"),
        ({"til": {"system": "borte"}}, "", "oppfylt"),
        ({"til": None}, "", "oppfylt"),
        ({"til": {"felleskomponent": "altinn"}}, "mekanisme", "brudd"),
        ({"tilstand": "planlagt"}, "", "oppfylt"),
        ({"tilstand": None}, "", "brudd"),
        ({"aktiv_fra": "2026-05-02"}, "", "oppfylt"),
        ({"aktiv_fra": "2026-05-03"}, "", "brudd"),
        ({"aktiv_fra": "2026-05-02"}, "mekanisme", "brudd"),
        ({"aktiv_fra": None}, "", "brudd"),
        ({"aktiv_fra": "2026-11-17"}, "", "snart"),
        ({"tilstand": "avsluttet", "avsluttet": "2026-05-02"}, "tilstand", "oppfylt"),
        ({"tilstand": "avsluttet", "avsluttet": "2026-09-02"}, "tilstand", "brudd"),
    ],
)
def test_when_a_flow_counts_and_from_when(flyt, felt, utfall):
    assert dom("4.2", S, TO, endre={F: flyt}, historie=git((F, felt, "2026-08-01"))).utfall == utfall


def test_a_ros_for_the_flow_covers_it_at_both_ends_and_is_judged():
    er = {
        **POSTER[R],
        "navn": "Flyten",
        "gjelder": ["f"],
        "besluttet": {"dato": "2026-07-01", "referanse": "X"},
    }
    historie = git((F, "", "2026-08-01"))
    assert {v.utfall for v in dommer("4.2", TO, endre={"ros/f1": er}, historie=historie).values()} == {
        "oppfylt"
    }
    er["scenarier"] = [{**SCENARIO, "tiltak": []}]
    assert [f.vilkar for f in dom("4.2", "systemer/s2", TO, endre={"ros/f1": er}).funn] == ["over-aksept"]


def test_a_declared_change_of_the_flow_touches_both_ends_and_replaces_the_found_one():
    historie = git((F, "", "2026-08-01"))
    declared = {E: {**FRITAR, "gjelder": "f"}}
    assert {v.utfall for v in dommer("4.2", TO, endre=declared, historie=historie).values()} == {"oppfylt"}
    part = {E: {**FRITAR, "gjelder": "f", "felter": ["mekanisme"]}}
    assert dom("4.2", S, TO, endre=part, historie=historie).utfall == "brudd"
    affects = {E: {**ENDRING, "gjelder": "f", "felter": []}}
    assert [k for k, v in dommer("4.2", TO, endre=affects).items() if v.utfall == "brudd"] == [
        S,
        "systemer/s2",
    ]


# --- odd data -------------------------------------------------------------------------------------


def test_bare_records_and_dates_at_the_calendars_edge_do_not_make_it_fail():
    bare = {
        S: {"navn": "S"},
        R: {"navn": "R", "gjelder": ["s"]},
        E: {"gjelder": "s"},
        F: {"navn": "F", "fra": {"system": "s"}},
    }
    assert dom("4.2", S, bare).utfall == "brudd"
    edge = {
        E: {**ENDRING, "virkning": "0001-01-01"},
        R: {"besluttet.dato": "0001-01-02"},
        S: {"produksjon_fra": "0001-01-01"},
    }
    assert dom("4.2", S, POSTER, endre=edge).utfall == "brudd"
    late = {E: {**ENDRING, "virkning": "9999-12-31"}, S: {"produksjon_fra": "9999-12-31"}}
    assert dom("4.2", S, POSTER, endre=late).utfall == "brudd"
    thin = {
        R: {"scenarier": [{"id": "x"}, {"id": "y", "aksept": {}, "tiltak": [{"id": "z"}]}], "sammendrag": {}}
    }
    assert dom("4.2", S, POSTER, endre=thin).utfall == "brudd"


def test_a_registry_with_a_known_and_empty_history_needs_nothing_from_git():
    assert dom("4.2", S, POSTER, historie=EKSEMPELHISTORIE, dato=DATO).utfall == "oppfylt"
