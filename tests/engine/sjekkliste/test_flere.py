"""Other checklists of the same make, the registry's own lists, and change of role holder."""

from __future__ import annotations

from typing import Any

import pytest
from tests.engine.sjekkliste.hjelp_sjekkliste import POSTER, annen, liste, punkt
from tests.hjelp import DATO, innstillinger, med_endringer, register

from forvaltning.engine.run import Motor
from forvaltning.engine.sjekkliste.rolleskifte import lag_rolleskifte
from forvaltning.engine.sjekkliste.typer import Art, Punkttilstand
from forvaltning.findings import Strength
from forvaltning.krav.katalog import ALLE
from forvaltning.model.rolle import Rolle
from forvaltning.source.sjekkliste_feil import kjente_krav
from forvaltning.source.sjekklister import les_lister, sjekk_egne

UTFORT, APENT = Punkttilstand.UTFORT, Punkttilstand.APENT
PROSJEKT = {
    "prosjekter/nytt": {
        "navn": "Nytt prosjekt",
        "tilstand": "planlegging",
        "enhet": "kultur",
        "prosjekteier": "eier",
        "beslutningspunkter": [{"punkt": "BP1", "dato": "2026-05-04", "av": "eier", "referanse": "sak 4/26"}],
        "produkter": [{"type": "prosjektforslag", "dato": "2026-04-01", "referanse": "P-1"}],
        "arkitektur": {
            "dato": "2026-06-01",
            "referanse": "Bk360 2026/1",
            "prinsipper": [{"prinsipp": "P1", "vurdering": "i_trad"}],
        },
    }
}


def test_an_empty_form_holds_every_item_open():
    for navn in ("bestilling", "arkitektur", "brukskvalitet", "prosjekt", "anskaffelse"):
        s = annen(navn, None)
        assert s.punkter
        assert {p.tilstand for p in s.punkter} == {APENT}
        assert not any(p.port for p in s.porter)


def test_a_project_fills_in_what_it_knows():
    s = annen("prosjekt", "prosjekter/nytt", endre=PROSJEKT)
    decided = punkt(s, "bp1-besluttet")
    assert (decided.tilstand, decided.styrke) == (UTFORT, Strength.DOKUMENTERT)
    assert punkt(s, "bp2-besluttet").tilstand is APENT
    assert punkt(s, "produkt-prosjektforslag").tilstand is UTFORT
    assert punkt(s, "produkt-prosjektforslag").gruppe == "bp1"
    assert punkt(s, "produkt-prosjektbegrunnelse").gruppe == "bp2"
    assert punkt(s, "prosjekteier").tilstand is UTFORT
    assert punkt(s, "prosjektleder").tilstand is APENT


def test_each_mandatory_product_stands_once_where_it_is_first_asked_for():
    ids = [p.id for p in annen("prosjekt", None).punkter if p.id.startswith("produkt-")]
    assert len(set(ids)) == len(ids)
    assert set(ids) == {f"produkt-{k}" for phase in innstillinger().prosjektprodukter.values() for k in phase}


def test_the_seven_principles_and_the_five_areas_are_there():
    s = annen("arkitektur", "prosjekter/nytt", endre=PROSJEKT)
    assert [p.id for p in s.i_gruppe("prinsipper")] == [f"prinsipp-{n}" for n in range(1, 8)]
    assert len(s.i_gruppe("omrader")) == 5
    assert punkt(s, "prinsipp-1").tilstand is UTFORT
    assert punkt(s, "prinsipp-1").styrke is Strength.DOKUMENTERT
    assert punkt(s, "prinsipp-2").tilstand is APENT


@pytest.mark.parametrize(
    ("felt", "tilstand"),
    [
        ({"prosjekter/nytt": {"prosjektleder": "finnes-ikke"}}, APENT),
        ({"prosjekter/nytt": {"prosjektleder": "sluttet"}}, APENT),
        ({"prosjekter/nytt": {"prosjektleder": "sluttet", "tilstand": "avsluttet"}}, UTFORT),
        ({"prosjekter/nytt": {"prosjektleder": "digital"}}, UTFORT),
    ],
)
def test_a_field_that_refers_must_lead_to_a_role_that_holds(felt, tilstand):
    endre = {"prosjekter/nytt": {**PROSJEKT["prosjekter/nytt"], **felt["prosjekter/nytt"]}}
    assert punkt(annen("prosjekt", "prosjekter/nytt", endre=endre), "prosjektleder").tilstand is tilstand


def test_an_unreadable_referent_is_undecided():
    endre = {"prosjekter/nytt": {**PROSJEKT["prosjekter/nytt"], "prosjektleder": "tapt"}}
    s = annen("prosjekt", "prosjekter/nytt", endre=endre, uleselige={"roller/tapt": None})
    assert punkt(s, "prosjektleder").tilstand is Punkttilstand.IKKE_AVGJORT


def test_a_day_that_has_not_come_is_no_answer():
    endre = {
        "prosjekter/nytt": {
            **PROSJEKT["prosjekter/nytt"],
            "beslutningspunkter": [{"punkt": "BP1", "dato": "2026-11-17", "av": "eier"}],
        }
    }
    assert punkt(annen("prosjekt", "prosjekter/nytt", endre=endre), "bp1-besluttet").tilstand is APENT


# --- the registry's own ------------------------------------------------------------------------------


def test_a_municipality_adds_an_item_and_takes_one_away():
    eget = {
        "sjekklister": {
            "overlevering": {
                "punkter": {
                    "brannvern": {"gruppe": "for_produksjon", "tittel": "Brannvern er avklart"},
                    "enhetstest": {"utgar": "ja"},
                    "dokumentasjon": {"tittel": "Håndboken er skrevet"},
                }
            }
        }
    }
    s = liste(eget=eget)
    assert punkt(s, "brannvern").art is Art.MANUELL
    assert s.punkt("enhetstest") is None
    assert punkt(s, "dokumentasjon").tittel == "Håndboken er skrevet"
    assert punkt(s, "akseptansetest").hjelp


def test_a_municipality_makes_a_list_of_its_own_with_answers_from_fields():
    eget: dict[str, Any] = {
        "sjekklister": {
            "beredskap": {
                "tittel": "Beredskap",
                "slag": ["systemer"],
                "grupper": {"planer": {"tittel": "Planer"}},
                "punkter": {
                    "plan": {
                        "gruppe": "planer",
                        "tittel": "Planen finnes",
                        "felt": {"systemer": "beredskapsplan"},
                    },
                    "ovd": {"gruppe": "planer", "tittel": "Øvd", "rolle": "systemeier"},
                },
                "krav": {"gruppe": "planer", "bare": ["1.3"]},
            }
        }
    }
    s = annen("beredskap", "systemer/portal", eget=eget)
    assert [p.id for p in s.punkter] == ["plan", "ovd", "krav-1.3"]
    assert punkt(s, "krav-1.3").tilstand is Punkttilstand.IKKE_AKTUELT
    filled = {"systemer/portal": {"beredskapsplan": {"dato": "2026-01-01", "referanse": "Bk360 2026/2"}}}
    assert punkt(annen("beredskap", "systemer/portal", eget=eget, endre=filled), "plan").tilstand is UTFORT


@pytest.mark.parametrize(
    ("punktdef", "path", "ord_"),
    [
        ({"tittel": "X"}, ("x",), "hvor det står"),
        ({"gruppe": "for_produksjon"}, ("x",), "tittel"),
        ({"tittel": "X", "gruppe": "for_produksjn"}, ("x", "gruppe"), "for_produksjon"),
        ({"tittel": "X", "gruppe": "etter", "rolle": "systemeigar"}, ("x", "rolle"), "systemeier"),
        ({"tittel": "X", "gruppe": "etter", "avledet": "tull"}, ("x", "avledet"), "tull"),
        ({"tittel": "X", "gruppe": "etter", "avledet": "avtale.tull"}, ("x", "avledet"), "tull"),
        (
            {"tittel": "X", "gruppe": "etter", "felt": {"systemer": "kit.tull"}},
            ("x", "felt", "systemer"),
            "kit.tull",
        ),
        (
            {"tittel": "X", "gruppe": "etter", "felt": {"systemer": "kit[a].vurdert"}},
            ("x", "felt", "systemer"),
            "kit",
        ),
        ({"tittel": "X", "gruppe": "etter", "felt": {"tull": "kit"}}, ("x", "felt"), "tull"),
        ({"tittel": "X", "gruppe": "etter", "krav": "tull"}, ("x", "krav"), "tull"),
        ({"tittel": "X", "gruppe": "etter", "krav": "9.9"}, ("x", "krav"), "9.9"),
        (
            {"tittel": "X", "gruppe": "etter", "krav": "4.2", "regler": ["ros"]},
            ("x", "regler"),
            "ros_besluttet",
        ),
        ({"tittel": "X", "gruppe": "etter", "regler": ["ros_besluttet"]}, ("x", "regler"), "krav"),
        ({"tittel": "X", "gruppe": "etter", "slag": ["avtaler"]}, ("x", "slag"), "avtaler"),
        ({"tittel": "X", "gruppe": "etter", "krav": "4.2", "avledet": "endring_ros"}, ("x",), "Behold ett"),
    ],
)
def test_a_wrong_item_is_told_with_its_place_and_what_to_do(punktdef, path, ord_):
    settings = innstillinger({"sjekklister": {"overlevering": {"punkter": {"x": punktdef}}}})
    found = [p for p in sjekk_egne(settings) if p.path == ("sjekklister", "overlevering", "punkter", *path)]
    assert found, sjekk_egne(settings)
    assert ord_ in " ".join(f"{p.melding} {p.tiltak}" for p in found)
    assert all(p.tiltak for p in found)


@pytest.mark.parametrize(
    ("sett", "path"),
    [
        ({"bare": ["4.8"]}, ("bare",)),
        ({"utenom": ["0.1"]}, ("utenom",)),
        ({"unntak": {"7.7": "etter"}}, ("unntak",)),
        ({"medfolgende": {"4.8": "avtaler"}}, ("medfolgende",)),
        ({"medfolgende": {"4.3": "ros"}}, ("medfolgende", "4.3")),
        ({"som": "tull"}, ("som",)),
    ],
)
def test_a_requirement_that_is_not_there_is_told_of_and_not_left_out(sett, path):
    settings = innstillinger({"sjekklister": {"overlevering": {"krav": sett}}})
    (found,) = [p for p in sjekk_egne(settings) if p.path == ("sjekklister", "overlevering", "krav", *path)]
    assert found.tiltak


def test_the_table_of_requirements_and_rules_is_the_catalogue():
    assert {k.nummer: [r.navn for r in k.regler] for k in ALLE} == kjente_krav()


@pytest.mark.parametrize("ident", ["krav-4.2", "produkt-x", "Stor", "to ord", "`x`", "x|y"])
def test_an_item_may_not_be_called_what_markdown_or_we_read(ident):
    settings = innstillinger(
        {"sjekklister": {"overlevering": {"punkter": {ident: {"tittel": "X", "gruppe": "etter"}}}}}
    )
    assert any("gyldig id" in p.melding for p in sjekk_egne(settings))


def test_the_lists_that_ship_hold_and_name_only_what_is_there():
    assert les_lister(innstillinger())
    numbers = {k.nummer: {r.navn for r in k.regler} for k in ALLE}
    for navn, found in les_lister(innstillinger()).items():
        assert found.hjelp, navn
        for ident, p in found.punkter.items():
            assert p.hjelp, ident
            assert p.rolle or p.funksjon or p.krav, ident
            assert p.krav is None or set(p.regler) <= numbers[p.krav], ident
        sett = found.krav
        if sett is not None:
            assert {*sett.bare, *sett.utenom, *sett.unntak, *sett.medfolgende} <= set(numbers)


# --- change of role holder ---------------------------------------------------------------------------


def rolleskifte(ident="eier", **endre):
    reg = register(med_endringer(POSTER, endre))
    dommer = [v for r in Motor(ALLE, reg).alle() for v in r.dommer]
    found = reg.oppforing(ident)
    assert found is not None
    assert isinstance(found.post, Rolle)
    return lag_rolleskifte(reg, DATO, found.post, dommer)


def test_all_that_a_role_owns_is_listed_once_for_each_record():
    s = rolleskifte()
    assert [p.id for p in s.i_gruppe("eier")] == ["post-portal", "post-soke"]
    assert s.i_gruppe("eier")[1].mangler[0].melding == "Rollen står i «eier», «tjenesteansvarlig»."


def test_a_role_that_ends_must_be_replaced_everywhere():
    s = rolleskifte(**{"roller/eier": {"til": "2026-12-31"}})
    assert "2 poster må ha en ny rolle" in s.merknader[0]
    none = rolleskifte("digital", **{"roller/digital": {"til": "2026-12-31"}})
    assert any("kan avsluttes" in m for m in none.merknader)


def test_what_has_no_owner_in_the_unit_is_listed():
    foreldrelos = {"systemer/alene": {"navn": "Alene", "enhet": "kultur", "tilstand": "planlagt"}}
    assert [p.id for p in rolleskifte(**foreldrelos).i_gruppe("uten")] == ["eier-alene"]


def test_what_is_broken_is_listed_with_its_deadline():
    live = {"systemer/portal": {"tilstand": "i_produksjon", "produksjon_fra": "2026-01-01"}}
    ids = [p.id for p in rolleskifte(**live).i_gruppe("frister")]
    assert "krav-1.3-portal" in ids
    assert len(set(ids)) == len(ids)
