"""Requirement 8.2: page address, plain language and entry of what stands on web site and intranet."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom, dommer

from forvaltning.findings import FindingKind, Outcome, Strength

T = "tjenester/soknad"
TJENESTE = {
    "navn": "Søknad",
    "type": "innbyggertjeneste",
    "tilstand": "i_produksjon",
    "eier": "eier",
    "innforing": {"oversikt": "innbyggerhjelpen", "referanse": "Søknad"},
    "presentasjon": {
        "adresse": "https://www.bergen.example/soknad",
        "klart_sprak": {"dato": "2026-05-20", "av": "eier"},
        "inngang": {"dato": "2026-06-20", "av": "eier"},
    },
}
POSTER = {T: TJENESTE, "roller/eier": {"type": "systemeier"}}


def vilkar(verdict):
    return sorted(f.vilkar for f in verdict.funn)


def test_a_page_that_is_reviewed_and_reachable_is_fulfilled():
    v = dom("8.2", T, POSTER)
    assert (v.utfall, v.styrke, v.frist) == (Outcome.OPPFYLT, Strength.BEKREFTET, date(2027, 5, 20))
    assert [r.post for r in v.ansvarlig] == ["eier"]


def test_documents_make_it_documented_and_do_not_run_out():
    endre = {
        T: {
            "presentasjon.klart_sprak": {"dato": "2020-01-10", "referanse": "a"},
            "presentasjon.inngang": {"dato": "2020-01-10", "referanse": "b"},
        }
    }
    v = dom("8.2", T, POSTER, endre=endre)
    assert (v.utfall, v.styrke) == (Outcome.OPPFYLT, Strength.DOKUMENTERT)


@pytest.mark.parametrize(
    ("path", "verdi", "ventet"),
    [
        ("presentasjon", None, ["adresse-mangler", "inngang", "klart-sprak"]),
        ("presentasjon.adresse", None, ["adresse-mangler"]),
        ("presentasjon.klart_sprak", None, ["klart-sprak"]),
        ("presentasjon.klart_sprak.dato", None, ["klart-sprak-dato"]),
        ("presentasjon.klart_sprak.dato", "2026-11-17", ["klart-sprak-framtid"]),
        ("presentasjon.klart_sprak.av", None, ["klart-sprak-av"]),
        ("presentasjon.klart_sprak.av", "ukjent", ["ukjent-henvisning"]),
        ("presentasjon.inngang", None, ["inngang"]),
        ("presentasjon.inngang.dato", None, ["inngang-dato"]),
        ("presentasjon.inngang.dato", "2026-11-17", ["inngang-framtid"]),
        ("presentasjon.inngang.av", None, ["inngang-av"]),
    ],
)
def test_each_condition_can_be_broken(path, verdi, ventet):
    v = dom("8.2", T, POSTER, endre={T: {path: verdi}})
    assert (v.utfall, vilkar(v)) == (Outcome.BRUDD, ventet)


@pytest.mark.parametrize(
    ("dag", "utfall"),
    [
        (date(2027, 5, 19), Outcome.SNART),
        (date(2027, 5, 20), Outcome.SNART),
        (date(2027, 5, 21), Outcome.BRUDD),
    ],
)
def test_what_a_role_vouches_for_is_good_for_twelve_months(dag, utfall):
    v = dom("8.2", T, POSTER, dato=dag)
    assert v.utfall is utfall
    if utfall is Outcome.BRUDD:
        assert [(f.vilkar, f.art) for f in v.funn] == [("klart-sprak-utlopt", FindingKind.UTLOPT)]


UTEN = {"presentasjon": None, "innforing": None}


@pytest.mark.parametrize(
    ("endre", "utfall"),
    [
        ({**UTEN}, Outcome.BRUDD),
        ({**UTEN, "type": None}, Outcome.BRUDD),
        ({**UTEN, "selvbetjening": "full"}, Outcome.BRUDD),
        ({**UTEN, "selvbetjening": "ingen"}, Outcome.IKKE_AKTUELT),
        ({**UTEN, "selvbetjening": "ingen", "nett": {"nettlosning": "ja"}}, Outcome.BRUDD),
        ({**UTEN, "selvbetjening": "ingen", "nett": {"nettlosning": "nei"}}, Outcome.IKKE_AKTUELT),
        ({"presentasjon": None, "selvbetjening": "ingen"}, Outcome.BRUDD),
        ({**UTEN, "type": "ikt_tjeneste"}, Outcome.IKKE_AKTUELT),
        ({"presentasjon": None, "innforing": {"oversikt": "tjenestekatalogen"}}, Outcome.IKKE_AKTUELT),
        ({"presentasjon": None, "innforing": {"oversikt": "ansatthjelpen"}}, Outcome.BRUDD),
        ({"type": "ikt_tjeneste", "innforing": {"oversikt": "tjenestekatalogen"}}, Outcome.OPPFYLT),
        ({"tilstand": "planlagt"}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "akseptansetest"}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "avviklet"}, Outcome.IKKE_AKTUELT),
        ({"tilstand": "under_avvikling"}, Outcome.OPPFYLT),
        ({"tilstand": None}, Outcome.OPPFYLT),
    ],
)
def test_services_on_web_site_and_intranet_are_judged(endre, utfall):
    v = dom("8.2", T, POSTER, endre={T: endre})
    assert v.utfall is utfall
    if utfall is Outcome.IKKE_AKTUELT:
        assert v.begrunnelse


def test_an_unreadable_role_leaves_it_undecided():
    assert dom("8.2", T, {T: TJENESTE}, uleselige={"roller/eier": None}).utfall is Outcome.IKKE_AVGJORT


AVVIK = {
    "krav": "8.2",
    "gjelder": ["soknad"],
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
    endre = {T: {"presentasjon.inngang": None}}
    assert dom("8.2", T, {**POSTER, "avvik/a": AVVIK}, endre=endre, dato=dag).utfall is utfall


def test_bare_records_do_not_crash():
    poster = {
        "tjenester/a": {"navn": "A"},
        "tjenester/b": {"navn": "B", "presentasjon": {"klart_sprak": {}}, "innforing": {}, "nett": {}},
    }
    assert {v.utfall for v in dommer("8.2", poster).values()} == {Outcome.BRUDD}
