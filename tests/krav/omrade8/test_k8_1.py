"""Requirement 8.1: web solutions document the usability checklist."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom, dommer

from forvaltning.findings import Outcome, Strength

S = "systemer/skjema"
SYSTEM = {
    "navn": "Skjema",
    "tilstand": "i_produksjon",
    "systemeier": "eier",
    "nett": {
        "nettlosning": "ja",
        "brukskvalitet": {"dato": "2025-04-28", "av": "eier", "referanse": "sak 1", "oppfylt": "ja"},
    },
}
POSTER = {S: SYSTEM, "roller/eier": {"type": "systemeier", "fra": "2024-01-01"}}
FRITAK = {"grunn": "Bare maskiner bruker det.", "av": "eier", "dato": "2026-01-10"}
FLATE = {"id": "portal", "type": "nettsted"}


def vilkar(verdict):
    return sorted(f.vilkar for f in verdict.funn)


def test_a_fulfilled_checklist_is_documented_evidence():
    v = dom("8.1", S, POSTER)
    assert (v.utfall, v.styrke) == (Outcome.OPPFYLT, Strength.DOKUMENTERT)
    assert [r.post for r in v.ansvarlig] == ["eier"]


@pytest.mark.parametrize(
    ("path", "verdi", "ventet"),
    [
        ("nett", None, ["nettlosning-mangler"]),
        ("nett.nettlosning", None, ["nettlosning-mangler"]),
        ("nett.brukskvalitet", None, ["sjekkliste-mangler"]),
        ("nett.brukskvalitet.oppfylt", None, ["sjekkliste-resultat"]),
        ("nett.brukskvalitet.oppfylt", "nei", ["sjekkliste-ikke-oppfylt"]),
        ("nett.brukskvalitet.dato", None, ["sjekkliste-dato"]),
        ("nett.brukskvalitet.dato", "2026-11-17", ["sjekkliste-framtid"]),
        ("nett.brukskvalitet.dato", "2023-12-31", ["sjekkliste-ikke-virksom"]),
        ("nett.brukskvalitet.referanse", None, ["sjekkliste-referanse"]),
        ("nett.brukskvalitet.av", "ukjent", ["ukjent-henvisning"]),
    ],
)
def test_each_condition_can_be_broken(path, verdi, ventet):
    v = dom("8.1", S, POSTER, endre={S: {path: verdi}})
    assert (v.utfall, vilkar(v)) == (Outcome.BRUDD, ventet)


@pytest.mark.parametrize(
    ("path", "verdi"),
    [("nett.brukskvalitet.av", None), ("nett.brukskvalitet.dato", "2026-11-16"), ("tilstand", None)],
)
def test_what_looks_like_a_break_and_is_none(path, verdi):
    assert dom("8.1", S, POSTER, endre={S: {path: verdi}}).utfall is Outcome.OPPFYLT


def test_a_surface_says_that_it_is_a_web_solution():
    endre = {S: {"nett": {"flater": [FLATE], "brukskvalitet": SYSTEM["nett"]["brukskvalitet"]}}}
    assert dom("8.1", S, POSTER, endre=endre).utfall is Outcome.OPPFYLT
    endre[S]["nett"]["nettlosning"] = "nei"
    assert vilkar(dom("8.1", S, POSTER, endre=endre)) == ["nettlosning-sier-imot"]


@pytest.mark.parametrize("tilstand", ["ide", "planlagt", "under_utvikling", "akseptansetest", "avviklet"])
def test_drafts_and_what_has_ended_are_not_applicable(tilstand):
    v = dom("8.1", S, POSTER, endre={S: {"tilstand": tilstand, "nett": None}})
    assert v.utfall is Outcome.IKKE_AKTUELT
    assert v.begrunnelse


def test_no_web_solution_and_no_screen_are_not_applicable_with_the_reason():
    assert (
        dom("8.1", S, POSTER, endre={S: {"nett": {"nettlosning": "nei"}}}).begrunnelse
        == "Systemet er ikke en nettløsning."
    )
    v = dom("8.1", S, POSTER, endre={S: {"nett": {"ikke_aktuelt": FRITAK}}})
    assert v.utfall is Outcome.IKKE_AKTUELT
    assert "Bare maskiner" in v.begrunnelse


@pytest.mark.parametrize(
    ("endring", "ventet"),
    [
        ({"grunn": None}, "fritak-uten-grunn"),
        ({"av": None}, "fritak-uten-rolle"),
        ({"dato": None}, "fritak-uten-dato"),
        ({"dato": "2026-11-17"}, "fritak-framtid"),
        ({"av": "ukjent"}, "ukjent-henvisning"),
        ({"dato": "2023-12-31"}, "fritak-ikke-virksom"),
    ],
)
def test_an_opt_out_is_never_a_bare_flag(endring, ventet):
    valg = {k: v for k, v in {**FRITAK, **endring}.items() if v}
    v = dom("8.1", S, POSTER, endre={S: {"nett": {"ikke_aktuelt": valg}}})
    assert (v.utfall, vilkar(v)) == (Outcome.BRUDD, [ventet])


@pytest.mark.parametrize("imot", [{"nettlosning": "ja"}, {"flater": [FLATE]}])
def test_an_opt_out_that_the_record_contradicts_is_an_error(imot):
    v = dom("8.1", S, POSTER, endre={S: {"nett": {"ikke_aktuelt": FRITAK, **imot}}})
    assert v.utfall is Outcome.BRUDD
    assert "fritak-sier-imot" in vilkar(v)


@pytest.mark.parametrize("nett", [{"ikke_aktuelt": FRITAK}, SYSTEM["nett"]])
def test_an_unreadable_role_leaves_it_undecided(nett):
    v = dom("8.1", S, {S: {**SYSTEM, "nett": nett}}, uleselige={"roller/eier": None})
    assert (v.utfall, vilkar(v)) == (Outcome.IKKE_AVGJORT, [])


AVVIK = {
    "krav": "8.1",
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
    endre = {S: {"nett.brukskvalitet": None}}
    assert dom("8.1", S, {**POSTER, "avvik/a": AVVIK}, endre=endre, dato=dag).utfall is utfall


def test_bare_records_do_not_crash_and_services_carry_no_verdict():
    poster = {
        "systemer/a": {"navn": "A"},
        "systemer/b": {"navn": "B", "nett": {"brukskvalitet": {}}},
        "tjenester/c": {"navn": "C"},
    }
    v = dommer("8.1", poster)
    assert {k: d.utfall for k, d in v.items()} == {"systemer/a": Outcome.BRUDD, "systemer/b": Outcome.BRUDD}


def test_the_measure_says_where_the_answer_is_written():
    v = dom("8.1", S, POSTER, endre={S: {"nett.brukskvalitet.oppfylt": "nei"}})
    assert "ja i «nett.brukskvalitet»" in v.funn[0].tiltak
