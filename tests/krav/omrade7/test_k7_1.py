"""Requirement 7.1: new and essentially rebuilt solutions are held against the principles."""

from datetime import date

import pytest
from tests.hjelp import dom

from forvaltning.findings import FindingKind, Outcome, Strength

PRO = "prosjekter/ny"
SYS = "systemer/fag"
PRINSIPPER = [{"prinsipp": f"P{n}", "vurdering": "i_trad"} for n in range(1, 8)]
VURDERT = {"dato": "2026-03-01", "av": "arkitekt", "referanse": "Sak 1", "prinsipper": PRINSIPPER}
BASE = {
    "roller/arkitekt": {"type": "virksomhetsarkitekt", "fra": "2020-01-01"},
    PRO: {
        "navn": "Nytt fagsystem",
        "type": "prosjekt",
        "tilstand": "gjennomforing",
        "registrert": "2025-01-15",
        "beslutningspunkter": [{"punkt": "BP3", "dato": "2026-04-01"}],
        "arkitektur": VURDERT,
    },
    SYS: {
        "navn": "Fagsystemet",
        "tilstand": "i_produksjon",
        "produksjon_fra": "2026-06-01",
        "arkitektur": VURDERT,
    },
}
OMBYGGING = {
    "navn": "Ny motor",
    "gjelder": "fag",
    "vekt": "storre",
    "type": "endring",
    "virkning": "2026-05-01",
}
GAMMEL = {SYS: {"produksjon_fra": "2018-03-01"}}


def arkitektur(**felt):
    return {**VURDERT, **felt}


def med(n, **felt):
    return [{**p, **felt} if i == n - 1 else p for i, p in enumerate(PRINSIPPER)]


@pytest.mark.parametrize("post", [PRO, SYS])
def test_an_assessment_of_each_principle_fulfils_it(post):
    v = dom("7.1", post, BASE)
    assert (v.utfall, v.styrke) == (Outcome.OPPFYLT, Strength.DOKUMENTERT)


def test_the_council_answers_and_a_system_without_a_project_has_no_project_owner():
    assert [a.rolle for a in dom("7.1", PRO, BASE).ansvarlig] == [
        "prosjekteier",
        "resultatenhetsleder",
        "digitaliseringsrad",
    ]
    assert [a.rolle for a in dom("7.1", SYS, BASE).ansvarlig] == ["resultatenhetsleder", "digitaliseringsrad"]


@pytest.mark.parametrize("post", [PRO, SYS])
@pytest.mark.parametrize(
    ("verdi", "ventet"),
    [
        (None, ["arkitektur-mangler"]),
        (arkitektur(dato=None), ["arkitektur-dato"]),
        (arkitektur(av=None, referanse=None), ["arkitektur-av"]),
        (arkitektur(dato="2026-11-17"), ["arkitektur-framtid"]),
        (arkitektur(av="ingen"), ["ukjent-henvisning"]),
        (arkitektur(prinsipper=PRINSIPPER[:-1]), ["prinsipp-ikke-vurdert"]),
        (arkitektur(prinsipper=med(3, vurdering=None)), ["prinsipp-ikke-vurdert"]),
        (arkitektur(prinsipper=None), ["prinsipp-ikke-vurdert"] * 7),
        (arkitektur(prinsipper=med(3, vurdering="ikke_aktuelt")), ["ikke-aktuelt-uten-grunn"]),
        (
            arkitektur(prinsipper=med(3, vurdering="ikke_aktuelt", begrunnelse="Ingen regler."), av=None),
            ["ikke-aktuelt-uten-rolle"],
        ),
        (
            arkitektur(prinsipper=med(3, vurdering="ikke_aktuelt", begrunnelse="x"), av=None, referanse=None),
            ["arkitektur-av"],
        ),
        (
            arkitektur(prinsipper=med(3, vurdering="ikke_aktuelt", begrunnelse="x"), av=None, dato=None),
            ["arkitektur-dato"],
        ),
    ],
)
def test_each_part_of_the_assessment_is_missed(post, verdi, ventet):
    v = dom("7.1", post, BASE, endre={post: {"arkitektur": verdi}})
    assert v.utfall is Outcome.BRUDD
    assert [f.vilkar for f in v.funn] == ventet
    assert len({f.fingeravtrykk for f in v.funn}) == len(ventet)


@pytest.mark.parametrize(
    "verdi",
    [
        arkitektur(av=None),
        arkitektur(dato="2026-11-16"),
        arkitektur(prinsipper=med(2, vurdering="ikke_i_trad")),
        arkitektur(prinsipper=med(2, vurdering="delvis")),
        arkitektur(prinsipper=med(2, vurdering="ikke_aktuelt", begrunnelse="Ingen regler.")),
    ],
)
def test_assessed_is_enough_whatever_the_answer(verdi):
    assert dom("7.1", PRO, BASE, endre={PRO: {"arkitektur": verdi}}).utfall is Outcome.OPPFYLT


@pytest.mark.parametrize(
    ("vurdert", "utfall"),
    [
        ("2025-11-15", Outcome.BRUDD),
        ("2025-11-16", Outcome.SNART),
        ("2025-11-17", Outcome.SNART),
        ("2026-11-16", Outcome.OPPFYLT),
    ],
)
def test_an_assessment_that_only_a_role_answers_for_runs_out(vurdert, utfall):
    v = dom("7.1", PRO, BASE, endre={PRO: {"arkitektur": arkitektur(dato=vurdert, referanse=None)}})
    assert v.utfall is utfall
    assert v.styrke in (Strength.BEKREFTET, None)


@pytest.mark.parametrize(
    ("tilstand", "avsluttet", "utfall"),
    [
        ("avsluttet", "2025-06-01", Outcome.OPPFYLT),
        ("avsluttet", "2026-02-01", Outcome.OPPFYLT),
        ("avsluttet", "2026-02-02", Outcome.BRUDD),
        ("gjennomforing", "2025-06-01", Outcome.BRUDD),
    ],
)
def test_it_does_not_run_out_after_the_project_has_ended(tilstand, avsluttet, utfall):
    ended = {"tilstand": tilstand, "avsluttet": avsluttet}
    endre = {PRO: {**ended, "arkitektur": arkitektur(dato="2025-02-01", referanse=None)}}
    assert dom("7.1", PRO, BASE, endre=endre).utfall is utfall


@pytest.mark.parametrize(
    ("endre", "utfall"),
    [
        ({"tilstand": "planlegging", "beslutningspunkter": None}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "planlegging", "beslutningspunkter.0.dato": "2026-11-17"}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "planlegging", "beslutningspunkter.0.dato": "2026-11-16"}, Outcome.BRUDD),
        ({"tilstand": "planlegging", "beslutningspunkter.0.dato": "2026-11-15"}, Outcome.BRUDD),
        ({"tilstand": None, "beslutningspunkter.0.dato": "2026-11-17"}, Outcome.IKKE_AKTUELT),
        ({"tilstand": None, "beslutningspunkter.0.dato": "2026-11-16"}, Outcome.BRUDD),
        ({"tilstand": None, "beslutningspunkter": None}, Outcome.BRUDD),
        ({"tilstand": "gjennomforing", "avsluttet": "2023-12-31"}, Outcome.BRUDD),
        ({"tilstand": "gjennomforing", "beslutningspunkter": None}, Outcome.BRUDD),
        ({"tilstand": "stanset"}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "avsluttet", "avsluttet": "2023-12-31"}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "avsluttet", "avsluttet": "2024-01-01"}, Outcome.BRUDD),
        ({"tilstand": "avsluttet", "avsluttet": None}, Outcome.BRUDD),
        ({"digitalisering": "nei"}, Outcome.IKKE_AKTUELT),
        ({"digitalisering": "ja"}, Outcome.BRUDD),
        ({"type": "program"}, Outcome.BRUDD),
    ],
)
def test_a_project_is_judged_from_bp3(endre, utfall):
    assert dom("7.1", PRO, BASE, endre={PRO: {"arkitektur": None, **endre}}).utfall is utfall


def test_a_project_that_a_system_comes_from_is_about_digitalisation():
    v = dom("7.1", PRO, BASE, endre={PRO: {"digitalisering": "nei"}, SYS: {"prosjekter": ["ny"]}})
    assert [(f.vilkar, f.art) for f in v.funn] == [("digitalisering-motsagt", FindingKind.FEIL)]


def test_an_unreadable_system_that_may_come_from_the_project_leaves_it_undecided():
    endre = {PRO: {"digitalisering": "nei", "arkitektur": None}}
    lost = {"systemer/x": "prosjekter: [ny"}
    assert dom("7.1", PRO, BASE, endre=endre, uleselige=lost).utfall is Outcome.IKKE_AVGJORT


@pytest.mark.parametrize(
    ("endre", "utfall"),
    [
        ({"produksjon_fra": "2023-12-31"}, Outcome.IKKE_AKTUELT),
        ({"produksjon_fra": "2024-01-01"}, Outcome.BRUDD),
        ({"produksjon_fra": "2024-01-02"}, Outcome.BRUDD),
        ({"tilstand": "under_utvikling", "produksjon_fra": None}, Outcome.BRUDD),
        ({"tilstand": "akseptansetest", "produksjon_fra": "2027-01-01"}, Outcome.BRUDD),
        ({"tilstand": "planlagt"}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "ide"}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "avviklet"}, Outcome.IKKE_AKTUELT),
        ({"tilstand": None}, Outcome.BRUDD),
        ({"produksjon_fra": None}, Outcome.IKKE_AVGJORT),
    ],
)
def test_a_system_is_new_when_first_used_under_the_regulation(endre, utfall):
    assert dom("7.1", SYS, BASE, endre={SYS: {"arkitektur": None, **endre}}).utfall is utfall


def test_an_assessed_system_is_fulfilled_though_the_day_of_first_use_is_not_known():
    assert dom("7.1", SYS, BASE, endre={SYS: {"produksjon_fra": None}}).utfall is Outcome.OPPFYLT


@pytest.mark.parametrize(
    ("dato", "utfall"),
    [
        ("2025-11-15", Outcome.IKKE_AVGJORT),
        ("2025-11-16", Outcome.SNART),
        ("2026-02-15", Outcome.OPPFYLT),
    ],
)
def test_a_system_of_unknown_age_is_no_breach_when_a_roles_word_has_run_out(dato, utfall):
    endre = {SYS: {"produksjon_fra": None, "arkitektur": arkitektur(dato=dato, referanse=None)}}
    assert dom("7.1", SYS, BASE, endre=endre).utfall is utfall


@pytest.mark.parametrize(
    ("endring", "utfall"),
    [
        ({}, Outcome.BRUDD),
        ({"type": None}, Outcome.BRUDD),
        ({"virkning": None}, Outcome.BRUDD),
        ({"virkning": "2023-12-31"}, Outcome.IKKE_AKTUELT),
        ({"virkning": "2024-01-01"}, Outcome.BRUDD),
        ({"virkning": "2026-11-15"}, Outcome.BRUDD),
        ({"virkning": "2026-11-16"}, Outcome.BRUDD),
        ({"virkning": "2026-11-17"}, Outcome.IKKE_AKTUELT),
        ({"vekt": "mindre"}, Outcome.IKKE_AKTUELT),
        ({"type": "retting"}, Outcome.IKKE_AKTUELT),
        ({"type": "sen_registrering"}, Outcome.IKKE_AKTUELT),
        ({"gjelder": "annet"}, Outcome.IKKE_AKTUELT),
        ({"vekt": None}, Outcome.IKKE_AVGJORT),
    ],
)
def test_an_older_system_is_judged_when_a_larger_change_rebuilt_it(endring, utfall):
    endre = {
        SYS: {"produksjon_fra": "2018-03-01", "arkitektur": None},
        "endringer/e": {**OMBYGGING, **endring},
    }
    assert dom("7.1", SYS, BASE, endre=endre).utfall is utfall


@pytest.mark.parametrize(
    ("vurdert", "funn"), [("2018-03-01", ["ombygging-ikke-vurdert"]), ("2018-03-02", [])]
)
def test_an_assessment_from_before_first_use_says_nothing_of_the_rebuild(vurdert, funn):
    endre = {
        SYS: {"produksjon_fra": "2018-03-01", "arkitektur": arkitektur(dato=vurdert, av=None)},
        "endringer/e": OMBYGGING,
    }
    assert [f.vilkar for f in dom("7.1", SYS, BASE, endre=endre).funn] == funn


@pytest.mark.parametrize(
    ("system", "endring", "utfall", "funn"),
    [
        ({"produksjon_fra": "2018-03-01"}, {"virkning": None}, Outcome.BRUDD, ["virkning-mangler"]),
        ({"produksjon_fra": None}, {}, Outcome.IKKE_AVGJORT, []),
        ({"produksjon_fra": None, "tilstand": "under_utvikling"}, {}, Outcome.OPPFYLT, []),
    ],
)
def test_what_can_not_be_placed_in_time_is_not_green(system, endring, utfall, funn):
    endre = {
        SYS: {**system, "arkitektur": arkitektur(dato="2018-02-01", av=None)},
        "endringer/e": {**OMBYGGING, **endring},
    }
    v = dom("7.1", SYS, BASE, endre=endre)
    assert (v.utfall, [f.vilkar for f in v.funn]) == (utfall, funn)


def test_a_change_before_first_use_is_part_of_making_it():
    endre = {SYS: {"produksjon_fra": "2026-05-01"}, "endringer/e": OMBYGGING}
    assert dom("7.1", SYS, BASE, endre=endre).utfall is Outcome.OPPFYLT


@pytest.mark.parametrize(
    ("prosjekt", "utfall"),
    [
        ({}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "planlegging"}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "stanset"}, Outcome.BRUDD),
        ({"registrert": None}, Outcome.IKKE_AKTUELT),
        ({"registrert": "2026-06-01"}, Outcome.IKKE_AKTUELT),
        ({"registrert": "2026-06-02"}, Outcome.BRUDD),
        ({"tilstand": "avsluttet", "avsluttet": "2026-06-01"}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "avsluttet", "avsluttet": "2026-05-31"}, Outcome.BRUDD),
    ],
)
def test_the_project_that_made_the_system_answers_for_it(prosjekt, utfall):
    endre = {SYS: {"prosjekter": ["ny"], "arkitektur": None}, PRO: prosjekt}
    v = dom("7.1", SYS, BASE, endre=endre)
    assert v.utfall is utfall
    if utfall is Outcome.IKKE_AKTUELT:
        assert "Nytt fagsystem" in v.begrunnelse


def test_a_project_answers_for_a_system_that_has_no_first_day_yet():
    endre = {
        SYS: {"tilstand": "under_utvikling", "produksjon_fra": None, "prosjekter": ["ny"], "arkitektur": None}
    }
    assert dom("7.1", SYS, BASE, endre=endre).utfall is Outcome.IKKE_AKTUELT


def test_an_old_system_is_not_judged_whatever_project_it_names():
    endre = {SYS: {"produksjon_fra": "2018-03-01", "prosjekter": ["nyy"]}}
    assert dom("7.1", SYS, BASE, endre=endre).utfall is Outcome.IKKE_AKTUELT


def test_a_project_that_ended_does_not_answer_for_a_later_rebuild():
    endre = {
        SYS: {"produksjon_fra": "2025-03-01", "prosjekter": ["ny"], "arkitektur": None},
        PRO: {"tilstand": "avsluttet", "avsluttet": "2025-06-01"},
        "endringer/e": OMBYGGING,
    }
    assert [f.vilkar for f in dom("7.1", SYS, BASE, endre=endre).funn] == ["arkitektur-mangler"]


def test_a_project_that_is_not_there_is_an_error_and_an_unreadable_one_leaves_it_undecided():
    endre = {SYS: {"prosjekter": ["nyy"], "arkitektur": None}}
    assert [f.vilkar for f in dom("7.1", SYS, BASE, endre=endre).funn] == ["ukjent-henvisning"]
    v = dom("7.1", SYS, BASE, endre=endre, uleselige={"prosjekter/nyy": None})
    assert (v.utfall, v.funn) == (Outcome.IKKE_AVGJORT, ())


def test_an_unreadable_change_that_may_be_a_rebuild_leaves_it_undecided():
    lost = {"endringer/e": "gjelder: fag ["}
    assert dom("7.1", SYS, BASE, endre=GAMMEL, uleselige=lost).utfall is Outcome.IKKE_AVGJORT
    assert dom("7.1", SYS, BASE, endre=GAMMEL).utfall is Outcome.IKKE_AKTUELT


AVVIK = {
    "krav": "7.1",
    "gjelder": ["ny"],
    "tilstand": "besluttet",
    "vekt": "storre",
    "besluttet": {"forum": "digitaliseringsrad", "dato": "2026-10-01"},
    "gyldig_til": "2026-11-16",
}


@pytest.mark.parametrize(
    ("dato", "utfall"),
    [
        (date(2026, 11, 15), Outcome.AVVIK),
        (date(2026, 11, 16), Outcome.AVVIK),
        (date(2026, 11, 17), Outcome.BRUDD),
    ],
)
def test_a_deviation_covers_until_its_last_day(dato, utfall):
    assert (
        dom("7.1", PRO, BASE, endre={PRO: {"arkitektur": None}, "avvik/a": AVVIK}, dato=dato).utfall is utfall
    )
