"""Requirement 1.5: first contact and the route in BkService."""

from __future__ import annotations

from typing import Any

import pytest
from tests.hjelp import dom, dommer

S = "systemer/x"
T = "tjenester/t"
A = "tjenester/a"
INN, SERV = "innbyggerservice", "servicesenteret"


def system(kontakt: str | None, *brukere: str) -> dict[str, Any]:
    return {
        "navn": "X",
        "tilstand": "i_produksjon",
        "produksjon_fra": "2020-01-01",
        "brukere": list(brukere),
        "henvendelser": {"forstekontakt": kontakt, "bkservice": "Feil i X"},
    }


def tjeneste(slag: str, kontakt: str | None = None, grunn: str | None = None, **mer: Any) -> dict[str, Any]:
    h = {"forstekontakt": kontakt, "begrunnelse": grunn}
    return {
        "navn": "T",
        "type": slag,
        "systemer": ["x"],
        "tilstand": "i_produksjon",
        "henvendelser": h,
        **mer,
    }


POSTER = {S: system(INN, "innbyggere"), T: tjeneste("innbyggertjeneste", INN)}


def test_a_citizen_system_with_innbyggerservice_and_a_route_is_fulfilled():
    verdict = dom("1.5", S, POSTER)
    assert (verdict.utfall, verdict.styrke) == ("oppfylt", "maskinell")


@pytest.mark.parametrize(
    ("endre", "vilkar", "felt"),
    [
        ({"henvendelser": None}, "henvendelser-mangler", "henvendelser"),
        ({"henvendelser": {}}, "henvendelser-mangler", "henvendelser"),
        ({"henvendelser.forstekontakt": None}, "forstekontakt-mangler", "henvendelser.forstekontakt"),
        ({"henvendelser.bkservice": None}, "rute-mangler", "henvendelser.bkservice"),
    ],
)
def test_what_is_missing_is_named(endre, vilkar, felt):
    verdict = dom("1.5", S, POSTER, endre={S: endre})
    assert verdict.utfall == "brudd"
    assert [(f.vilkar, f.art, f.felt) for f in verdict.funn] == [(vilkar, "mangler", felt)]


@pytest.mark.parametrize(
    ("kontakt", "brukere", "tjenester", "holder"),
    [
        # by user groups alone
        (INN, ["innbyggere"], [], True),
        (SERV, ["innbyggere"], [], False),
        (SERV, ["ansatte"], [], True),
        (INN, ["ansatte", "ledere", "politikere"], [], False),
        (INN, ["ansatte", "foresatte"], [], True),
        (SERV, ["ansatte", "foresatte"], [], True),
        # by the services that use it
        (INN, [], [tjeneste("innbyggertjeneste")], True),
        (SERV, [], [tjeneste("innbyggertjeneste")], False),
        (SERV, ["innbyggere", "ansatte"], [tjeneste("innbyggertjeneste")], False),
        (SERV, [], [tjeneste("innbyggertjeneste", SERV, "De ringer likevel dit.")], True),
        (INN, [], [tjeneste("innbyggertjeneste", SERV, "De ringer likevel dit.")], False),
        (SERV, [], [tjeneste("ansattjeneste")], True),
        (INN, [], [tjeneste("ansattjeneste")], False),
        (SERV, ["ansatte"], [tjeneste("ikt_tjeneste")], True),
        (INN, ["ansatte"], [tjeneste("ikt_tjeneste")], False),
        (INN, ["innbyggere"], [tjeneste("ikt_tjeneste")], True),
        # both kinds of service: either contact fits one of them
        (SERV, ["innbyggere", "ansatte"], [tjeneste("innbyggertjeneste"), tjeneste("ansattjeneste")], True),
        (INN, ["innbyggere", "ansatte"], [tjeneste("innbyggertjeneste"), tjeneste("ansattjeneste")], True),
        # only employees work in it, citizen services rest on it
        (SERV, ["ansatte"], [tjeneste("innbyggertjeneste")], True),
        (INN, ["ansatte"], [tjeneste("innbyggertjeneste")], True),
        # a service that is not in use says nothing
        (SERV, ["ansatte"], [tjeneste("innbyggertjeneste", tilstand="under_utvikling")], True),
        (INN, ["ansatte"], [tjeneste("innbyggertjeneste", tilstand="avviklet")], False),
        # a service of unknown kind says nothing
        (INN, ["ansatte"], [{"navn": "T", "systemer": ["x"]}], False),
    ],
)
def test_the_first_contact_fits_those_who_use_the_system(kontakt, brukere, tjenester, holder):
    poster = {S: system(kontakt, *brukere), **{f"tjenester/t{n}": t for n, t in enumerate(tjenester)}}
    verdict = dom("1.5", S, poster)
    assert verdict.utfall == ("oppfylt" if holder else "brudd")
    assert [(f.vilkar, f.art, f.felt) for f in verdict.funn] == (
        [] if holder else [("forstekontakt-motsagt", "feil", "henvendelser.forstekontakt")]
    )


@pytest.mark.parametrize(
    ("endring", "vilkar", "felt"),
    [
        (tjeneste("innbyggertjeneste", SERV), "tjeneste-uten-begrunnelse", "henvendelser.begrunnelse"),
        (tjeneste("ansattjeneste", INN), "tjeneste-feil-forstekontakt", "henvendelser.forstekontakt"),
    ],
)
def test_a_service_that_contradicts_is_pointed_at_in_its_own_file(endring, vilkar, felt):
    verdict = dom("1.5", S, {**POSTER, A: endring})
    assert verdict.utfall == "brudd"
    (funn,) = verdict.funn
    assert (funn.vilkar, funn.felt, funn.place.post) == (vilkar, felt, A)


def test_without_users_and_services_the_contact_can_not_be_judged():
    assert dom("1.5", S, {S: system(INN)}).utfall == "ikke_avgjort"


@pytest.mark.parametrize(
    ("tekst", "utfall"), [(None, "ikke_avgjort"), ("systemer: [x]", "ikke_avgjort"), ("[y]", "brudd")]
)
def test_a_contradiction_that_an_unreadable_service_may_explain_is_not_decided(tekst, utfall):
    poster = {S: system(SERV, "innbyggere")}
    assert dom("1.5", S, poster, uleselige={T: tekst}).utfall == utfall


@pytest.mark.parametrize(
    ("produksjon", "utfall"),
    [("2026-10-16", "brudd"), ("2026-10-17", "snart"), ("2026-10-18", "snart"), (None, "brudd")],
)
@pytest.mark.parametrize("borte", ["henvendelser", "henvendelser.bkservice"])
def test_what_is_missing_falls_due_thirty_days_after_production(borte, produksjon, utfall):
    assert dom("1.5", S, POSTER, endre={S: {borte: None, "produksjon_fra": produksjon}}).utfall == utfall


@pytest.mark.parametrize(
    ("tilstand", "utfall"),
    [
        ("akseptansetest", "ikke_aktuelt"),
        ("under_avvikling", "brudd"),
        (None, "brudd"),
        ("avviklet", "ikke_aktuelt"),
    ],
)
def test_it_applies_to_systems_in_use(tilstand, utfall):
    assert dom("1.5", S, POSTER, endre={S: {"tilstand": tilstand, "henvendelser": None}}).utfall == utfall


@pytest.mark.parametrize(("til", "utfall"), [("2026-11-16", "avvik"), ("2026-11-15", "brudd")])
def test_a_deviation_covers_until_it_expires(til, utfall):
    avvik = {
        "krav": "1.5",
        "gjelder": ["x"],
        "vekt": "mindre",
        "tilstand": "besluttet",
        "besluttet": {"forum": "sdi", "dato": "2026-02-01"},
        "gyldig_til": til,
    }
    assert dom("1.5", S, POSTER, endre={S: {"henvendelser": None}, "avvik/a": avvik}).utfall == utfall


def test_only_systems_carry_the_verdict():
    assert set(dommer("1.5", POSTER)) == {S}
