"""Requirement 3.1: information is processed and stored as the law asks."""

from datetime import date

import pytest
from tests.hjelp import dom

from forvaltning.findings import FindingKind, Outcome, Strength

SYS = "systemer/fag"
BASE = {
    "roller/eier": {"type": "systemeier", "fra": "2020-01-01"},
    "systemer/bk360": {"navn": "Bk360", "tilstand": "i_produksjon"},
    "systemer/kjerne": {"navn": "Annen kjerne", "tilstand": "i_produksjon"},
    SYS: {
        "navn": "Fagsystemet",
        "tilstand": "i_produksjon",
        "systemeier": "eier",
        "personopplysninger": "ja",
        "rettsgrunnlag": ["Barnehageloven § 16"],
        "lagring": {"sted": "Kommunens datahaller", "land": "NO", "tilgang_fra": ["NO", "SE"]},
        "arkiv": {
            "dokumentasjonspliktig": "ja",
            "arkivkjerne": "bk360",
            "bevaring": "kasseres",
            "oppbevaring": "Slettes etter ti år.",
        },
    },
}
FRITAK = {"grunn": "Bare kopier.", "av": "eier", "dato": "2026-01-10"}
PLIKTFRI = {"arkiv.dokumentasjonspliktig": "nei", "arkiv.arkivkjerne": None, "arkiv.ikke_aktuelt": FRITAK}
GODKJENT = {"dato": "2026-02-01", "av": "eier", "referanse": "Sak 1"}
DATASETT = {"navn": "Data", "system": "fag"}


def test_a_system_in_order_is_fulfilled_by_the_registry_itself():
    v = dom("3.1", SYS, BASE)
    assert v.utfall is Outcome.OPPFYLT
    assert v.styrke is Strength.MASKINELL
    assert [a.rolle for a in v.ansvarlig] == ["systemeier"]
    assert [b.felt for b in v.bevis] == ["rettsgrunnlag", "lagring", "arkiv"]


@pytest.mark.parametrize(
    ("felt", "verdi", "vilkar"),
    [
        ("rettsgrunnlag", None, "rettsgrunnlag-mangler"),
        ("rettsgrunnlag", [], "rettsgrunnlag-mangler"),
        ("lagring", None, "lagring-mangler"),
        ("lagring.sted", None, "lagringssted-mangler"),
        ("lagring.land", None, "lagringsland-mangler"),
        ("lagring.tilgang_fra", None, "tilgang-fra-mangler"),
        ("lagring.land", "US", "overforingsgrunnlag-mangler"),
        ("lagring.tilgang_fra", ["NO", "IN"], "overforingsgrunnlag-mangler"),
        ("arkiv", None, "arkiv-mangler"),
        ("arkiv.dokumentasjonspliktig", None, "dokumentasjonsplikt-mangler"),
        ("arkiv.arkivkjerne", None, "arkivkjerne-mangler"),
        ("arkiv.bevaring", None, "bevaring-ikke-besluttet"),
        ("arkiv.bevaring", "ikke_besluttet", "bevaring-ikke-besluttet"),
        ("arkiv.oppbevaring", None, "oppbevaring-mangler"),
    ],
)
def test_each_thing_that_is_asked_for_is_missed(felt, verdi, vilkar):
    v = dom("3.1", SYS, BASE, endre={SYS: {felt: verdi}})
    assert v.utfall is Outcome.BRUDD
    assert [f.vilkar for f in v.funn] == [vilkar]
    assert v.funn[0].art is FindingKind.MANGLER


@pytest.mark.parametrize(
    "endre",
    [
        {"lagring.land": "US", "lagring.overforingsgrunnlag": "dpf"},
        {"lagring.land": "US", "personopplysninger": "nei"},
        {"lagring.tilgang_fra": None, "personopplysninger": "nei"},
        {"lagring.land": "DE", "lagring.tilgang_fra": ["IS", "LI"]},
        {"personopplysninger": None},
        {"arkiv.bevaring": "bevares"},
        PLIKTFRI,
        {**PLIKTFRI, "arkiv.dokumentasjonspliktig": None},
        {"arkiv.arkivkjerne": "BK360"},
        {"arkiv.arkivkjerne": "kjerne", "arkiv.arkivkjerne_godkjent": GODKJENT},
        {"tilstand": None},
        {"tilstand": "under_avvikling"},
    ],
)
def test_what_the_law_allows_is_not_held_against_the_system(endre):
    assert dom("3.1", SYS, BASE, endre={SYS: endre}).utfall is Outcome.OPPFYLT


def test_a_system_that_does_not_say_whether_it_has_personal_data_needs_a_transfer_basis():
    v = dom("3.1", SYS, BASE, endre={SYS: {"personopplysninger": None, "lagring.land": "US"}})
    assert [f.vilkar for f in v.funn] == ["overforingsgrunnlag-mangler"]
    assert "USA" in v.funn[0].melding


@pytest.mark.parametrize(
    "andre",
    [
        {"datasett/d": {**DATASETT, "personopplysninger": "ja"}},
        {"integrasjoner/i": {"navn": "Flyt", "fra": {"system": "fag"}, "personopplysninger": "ja"}},
        {"behandlinger/b": {"navn": "Opptak", "systemer": ["fag"]}},
    ],
)
def test_no_personal_data_is_not_believed_when_another_record_says_otherwise(andre):
    endre = {SYS: {"personopplysninger": "nei", "lagring.land": "US"}, **andre}
    v = dom("3.1", SYS, BASE, endre=endre)
    assert {(f.art, f.vilkar) for f in v.funn} == {
        (FindingKind.FEIL, "personopplysninger-motsagt"),
        (FindingKind.MANGLER, "overforingsgrunnlag-mangler"),
    }


def test_without_access_countries_no_personal_data_is_not_believed_either():
    endre = {
        SYS: {"personopplysninger": "nei", "lagring.tilgang_fra": None},
        "datasett/d": {**DATASETT, "personopplysninger": "ja"},
    }
    v = dom("3.1", SYS, BASE, endre=endre)
    assert [f.vilkar for f in v.funn] == ["personopplysninger-motsagt", "tilgang-fra-mangler"]


def test_a_core_is_judged_also_where_the_duty_is_not_told():
    endre = {SYS: {"arkiv.dokumentasjonspliktig": None, "arkiv.arkivkjerne": "bk36"}}
    v = dom("3.1", SYS, BASE, endre=endre)
    assert [f.vilkar for f in v.funn] == ["dokumentasjonsplikt-mangler", "ukjent-henvisning"]


def test_a_core_without_a_state_is_taken_to_be_in_use():
    assert dom("3.1", SYS, BASE, endre={"systemer/bk360": {"tilstand": None}}).utfall is Outcome.OPPFYLT


def test_a_transfer_assessment_without_a_date_is_no_document():
    outside = {"lagring.land": "US", "lagring.overforingsgrunnlag": "scc"}
    endre = {SYS: {**outside, "lagring.overforingsvurdering": {"referanse": "Sak 2"}}}
    assert dom("3.1", SYS, BASE, endre=endre).styrke is Strength.MASKINELL


def test_a_transfer_assessment_is_documented_evidence_and_not_from_the_future():
    outside = {"lagring.land": "US", "lagring.overforingsgrunnlag": "scc"}
    past = {**outside, "lagring.overforingsvurdering": {"dato": "2026-11-16", "referanse": "Sak 2"}}
    assert dom("3.1", SYS, BASE, endre={SYS: past}).styrke is Strength.DOKUMENTERT
    future = {**outside, "lagring.overforingsvurdering": {"dato": "2026-11-17", "referanse": "Sak 2"}}
    v = dom("3.1", SYS, BASE, endre={SYS: future})
    assert [f.vilkar for f in v.funn] == ["overforingsvurdering-framtid"]


def test_no_documentation_duty_rests_on_the_role_that_decided():
    assert dom("3.1", SYS, BASE, endre={SYS: PLIKTFRI}).styrke is Strength.BEKREFTET


@pytest.mark.parametrize(
    ("endre", "vilkar"),
    [
        ({"arkiv.ikke_aktuelt": None}, "fritak-mangler"),
        ({"arkiv.ikke_aktuelt": {"av": "eier", "dato": "2026-01-10"}}, "fritak-uten-grunn"),
        ({"arkiv.ikke_aktuelt": {"grunn": "x", "av": "eier"}}, "fritak-uten-dato"),
        ({"arkiv.ikke_aktuelt": {"grunn": "x", "dato": "2026-01-10"}}, "fritak-uten-rolle"),
        ({"arkiv.ikke_aktuelt": {"grunn": "x", "dato": "2026-11-17", "av": "eier"}}, "fritak-framtid"),
        ({"arkiv.bevaring": "bevares"}, "fritak-motsagt"),
        ({"arkiv.dokumentasjonspliktig": "ja", "arkiv.arkivkjerne": "bk360"}, "fritak-motsagt"),
    ],
)
def test_no_documentation_duty_takes_a_whole_reason_that_nothing_contradicts(endre, vilkar):
    v = dom("3.1", SYS, BASE, endre={SYS: {**PLIKTFRI, **endre}})
    assert [f.vilkar for f in v.funn] == [vilkar]


@pytest.mark.parametrize(
    ("endre", "felt"),
    [
        ({"arkiv.bevaring": "bevares"}, "arkiv.bevaring"),
        ({"arkiv.dokumentasjonspliktig": "ja", "arkiv.arkivkjerne": "bk360"}, "arkiv.dokumentasjonspliktig"),
    ],
)
def test_a_contradiction_points_at_what_contradicts(endre, felt):
    assert [f.felt for f in dom("3.1", SYS, BASE, endre={SYS: {**PLIKTFRI, **endre}}).funn] == [felt]


def test_a_dataset_to_be_preserved_contradicts_no_documentation_duty():
    v = dom("3.1", SYS, BASE, endre={SYS: PLIKTFRI, "datasett/d": {**DATASETT, "arkivverdi": "bevares"}})
    assert [f.vilkar for f in v.funn] == ["fritak-motsagt"]
    assert v.funn[0].se[0].post == "datasett/d"
    kept = {SYS: PLIKTFRI, "datasett/d": {**DATASETT, "arkivverdi": "kasseres"}}
    assert dom("3.1", SYS, BASE, endre=kept).utfall is Outcome.OPPFYLT


@pytest.mark.parametrize(
    ("endre", "vilkar"),
    [
        ({SYS: {"arkiv.arkivkjerne": "bk36"}}, "ukjent-henvisning"),
        ({SYS: {"arkiv.arkivkjerne": "eier"}}, "feil-slag-henvisning"),
        ({SYS: {"arkiv.arkivkjerne": "kjerne"}}, "arkivkjerne-godkjent"),
        ({"systemer/bk360": {"tilstand": "avviklet"}}, "arkivkjerne-ikke-i-bruk"),
        ({"systemer/bk360": {"tilstand": "akseptansetest"}}, "arkivkjerne-ikke-i-bruk"),
    ],
)
def test_the_core_is_bk360_or_approved_and_in_use(endre, vilkar):
    assert [f.vilkar for f in dom("3.1", SYS, BASE, endre=endre).funn] == [vilkar]


def test_a_core_whose_file_can_not_be_read_leaves_it_undecided():
    poster = {k: v for k, v in BASE.items() if k != "systemer/bk360"}
    v = dom("3.1", SYS, poster, uleselige={"systemer/bk360": None})
    assert v.utfall is Outcome.IKKE_AVGJORT
    assert "systemer/bk360.yaml" in v.begrunnelse


@pytest.mark.parametrize(
    ("dato", "utfall"),
    [
        (date(2026, 10, 3), Outcome.OPPFYLT),
        (date(2026, 11, 3), Outcome.SNART),
        (date(2027, 1, 31), Outcome.SNART),
        (date(2027, 2, 1), Outcome.SNART),
        (date(2027, 2, 2), Outcome.BRUDD),
    ],
)
def test_an_approval_that_only_a_role_answers_for_runs_out(dato, utfall):
    endre = {
        "arkiv.arkivkjerne": "kjerne",
        "arkiv.arkivkjerne_godkjent": {"dato": "2026-02-01", "av": "eier"},
    }
    v = dom("3.1", SYS, BASE, endre={SYS: endre}, dato=dato)
    assert (v.utfall, v.frist) == (utfall, date(2027, 2, 1))


@pytest.mark.parametrize("tilstand", ["ide", "planlagt", "under_utvikling", "akseptansetest"])
def test_a_system_that_is_not_in_use_yet_is_not_judged(tilstand):
    v = dom("3.1", SYS, {SYS: {"navn": "Utkast", "tilstand": tilstand}})
    assert v.utfall is Outcome.IKKE_AKTUELT
    assert v.begrunnelse


ENDED = {
    **BASE,
    "leverandorer/lev": {"navn": "Leverandøren"},
    SYS: {
        "navn": "Fagsystemet",
        "tilstand": "avviklet",
        "avviklet": "2026-06-30",
        "leverandor": "lev",
        "arkiv": {
            "bevaring": "bevares",
            "oppbevaring": "Slettes ved avvikling.",
            "avlevert": {"dato": "2026-07-01", "referanse": "Sak 3"},
            "slettet": {"dato": "2026-07-02", "referanse": "Sak 4"},
            "leverandor_bekreftet": {"dato": "2026-07-03", "referanse": "Sak 5"},
        },
    },
}


def test_an_ended_system_tells_what_became_of_the_data_and_nothing_else():
    v = dom("3.1", SYS, ENDED)
    assert v.utfall is Outcome.OPPFYLT
    assert v.styrke is Strength.DOKUMENTERT


@pytest.mark.parametrize(
    ("felt", "verdi", "vilkar"),
    [
        ("arkiv", None, "arkiv-mangler"),
        ("arkiv.bevaring", "ikke_besluttet", "bevaring-ikke-besluttet"),
        ("arkiv.avlevert", None, "avlevert-mangler"),
        ("arkiv.avlevert.dato", None, "avlevert-dato"),
        ("arkiv.avlevert.referanse", None, "avlevert-referanse"),
        ("arkiv.avlevert.dato", "2026-11-17", "avlevert-framtid"),
        ("arkiv.slettet", None, "slettet-mangler"),
        ("arkiv.slettet.dato", "2026-11-17", "slettet-framtid"),
        ("arkiv.oppbevaring", None, "sletteregel-mangler"),
        ("arkiv.leverandor_bekreftet", None, "leverandor-bekreftet-mangler"),
        ("avviklet", "2026-11-17", "avviklet-framtid"),
        ("ingen_datasett", {"grunn": "Tomt."}, "fritak-uten-dato"),
    ],
)
def test_each_thing_an_ended_system_must_account_for_is_missed(felt, verdi, vilkar):
    v = dom("3.1", SYS, ENDED, endre={SYS: {felt: verdi}})
    assert v.utfall is Outcome.BRUDD
    assert vilkar in [f.vilkar for f in v.funn]


@pytest.mark.parametrize(
    "endre",
    [
        {"arkiv.bevaring": "kasseres", "arkiv.avlevert": None},
        {"leverandor": None, "arkiv.leverandor_bekreftet": None},
        {"leverandor": None, "drift": {"form": "egen"}, "arkiv.leverandor_bekreftet": None},
        {"arkiv.oppbevaring": None, "arkiv.hjemmel": "Arkivlova"},
        {"arkiv.slettet.dato": "2026-11-16"},
        {"avviklet": None},
        {"arkiv": None, "ingen_datasett": FRITAK},
    ],
)
def test_an_ended_system_answers_only_for_what_concerns_it(endre):
    assert dom("3.1", SYS, ENDED, endre={SYS: endre}).utfall is Outcome.OPPFYLT


@pytest.mark.parametrize("drift", [{"form": "sky"}, {"form": "leverandor"}, {"leverandor": "lev"}])
def test_whoever_ran_it_confirms_deletion_also_when_no_supplier_maintained_it(drift):
    endre = {"leverandor": None, "drift": drift, "arkiv.leverandor_bekreftet": None}
    assert [f.vilkar for f in dom("3.1", SYS, ENDED, endre={SYS: endre}).funn] == [
        "leverandor-bekreftet-mangler"
    ]


def test_a_dataset_to_be_preserved_must_be_handed_over_when_its_system_ends():
    endre = {SYS: {"arkiv.bevaring": "kasseres", "arkiv.avlevert": None}}
    endre["datasett/d"] = {**DATASETT, "arkivverdi": "bevares"}
    assert [f.vilkar for f in dom("3.1", SYS, ENDED, endre=endre).funn] == ["avlevert-mangler"]


def test_no_datasets_is_not_believed_of_an_ended_system_that_has_one():
    endre = {SYS: {"arkiv": None, "ingen_datasett": FRITAK}, "datasett/d": DATASETT}
    assert [f.vilkar for f in dom("3.1", SYS, ENDED, endre=endre).funn] == ["arkiv-mangler"]


AVVIK = {
    "krav": "3.1",
    "gjelder": ["fag"],
    "tilstand": "besluttet",
    "vekt": "mindre",
    "besluttet": {"forum": "sdi", "dato": "2026-10-01"},
    "gyldig_til": "2026-11-16",
}


@pytest.mark.parametrize(
    ("dato", "lovbrudd"),
    [(date(2026, 11, 15), True), (date(2026, 11, 16), True), (date(2026, 11, 17), False)],
)
def test_a_deviation_never_makes_a_breach_of_law_anything_but_a_breach(dato, lovbrudd):
    v = dom("3.1", SYS, BASE, endre={SYS: {"rettsgrunnlag": None}, "avvik/a": AVVIK}, dato=dato)
    assert (v.utfall, v.lovbrudd) == (Outcome.BRUDD, lovbrudd)
    assert v.avvik == ("a" if lovbrudd else None)
