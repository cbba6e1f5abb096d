"""Where an enquiry goes: the first contact by who the users are, and what the registry lacks."""

from __future__ import annotations

import pytest
from tests.engine.sjekkliste.hjelp_sjekkliste import POSTER
from tests.hjelp import med_endringer, register

from forvaltning.engine.rute import rute
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

FUNKSJONER = {
    "funksjoner": {
        "ansattservice": "ansattservice",
        "sdi": "sdi",
        "innbyggerservice": "innbyggerservice",
        "servicesenteret": "servicesenteret",
    }
}
ENHETER = {
    "enheter/innbyggerservice": {"navn": "Innbyggerservice", "kontakt": "inn@by.example"},
    "enheter/servicesenteret": {"navn": "Servicesenteret", "forelder": "ansattservice"},
}


def steg(post="tjenester/soke", endre=None, uleselige=None):
    reg = register(med_endringer({**POSTER, **ENHETER}, endre), eget=FUNKSJONER, uleselige=uleselige)
    found = reg.oppforing(post.rpartition("/")[2])
    assert found is not None
    assert isinstance(found.post, System | Tjeneste)
    way = rute(reg, found.post)
    return {s.id: s for s in way.steg}, way


@pytest.mark.parametrize(
    ("post", "endre", "hvem"),
    [
        ("tjenester/soke", {}, "Innbyggerservice"),
        ("tjenester/soke", {"tjenester/soke": {"type": "ansattjeneste"}}, "Servicesenteret"),
        (
            "tjenester/soke",
            {"tjenester/soke": {"henvendelser": {"forstekontakt": "servicesenteret"}}},
            "Servicesenteret",
        ),
        ("systemer/portal", {}, "Innbyggerservice"),
        ("systemer/portal", {"tjenester/soke": {"type": "ikt_tjeneste"}}, "Servicesenteret"),
    ],
)
def test_the_first_contact_fits_those_who_use_it(post, endre, hvem):
    found, _ = steg(post, endre)
    assert [h.navn for h in found["forstekontakt"].hvem] == [hvem]


def test_a_service_of_no_kind_has_no_first_contact_but_a_way_out():
    found, _ = steg(endre={"tjenester/soke": {"type": None}})
    assert found["forstekontakt"].hvem == ()
    assert "Er du i tvil" in found["forstekontakt"].tekst


def test_what_is_missing_is_said_with_its_place():
    found, _ = steg("systemer/portal")
    places = [m.sted.felt for m in found["forstekontakt"].mangler if m.sted]
    assert places == ["henvendelser.forstekontakt", "henvendelser"]


def test_the_process_of_the_system_serves_the_service():
    endre = {"systemer/portal": {"henvendelser": {"bkservice": "Portal, feil"}}}
    found, _ = steg(endre=endre)
    assert (found["forstekontakt"].prosess, found["forstekontakt"].mangler) == ("Portal, feil", ())


def test_the_web_group_takes_it_where_sdi_has_the_system():
    without, _ = steg()
    assert "WeB-gruppen" not in without["utvikling"].tekst
    found, _ = steg(endre={"roller/eier": {"enhet": "sdi"}})
    assert "WeB-gruppen" in found["utvikling"].tekst
    assert [h.fylt for h in found["utvikling"].hvem if "WeB" in h.navn] == [False]


def test_the_supplier_is_a_step_only_where_there_is_one():
    assert "leverandor" not in steg()[0]
    endre = {"systemer/portal": {"leverandor": "fjord"}, "leverandorer/fjord": {"navn": "Fjord"}}
    assert [h.navn for h in steg(endre=endre)[0]["leverandor"].hvem] == ["Fjord"]


def test_a_role_that_has_ended_is_not_sent_to():
    found, _ = steg(endre={"roller/digital": {"til": "2026-11-15"}})
    assert [h.fylt for h in found["avdelingen"].hvem] == [False, True]
    assert "ingen har rollen" in found["avdelingen"].mangler[0].melding


def test_a_file_that_can_not_be_read_is_told():
    _, way = steg(endre={"tjenester/soke": {"tjenesteansvarlig": "tapt"}}, uleselige={"roller/tapt": None})
    assert way.uleste == ("roller/tapt.yaml",)
