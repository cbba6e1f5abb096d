"""The handover checklist: judged as if in production, each requirement at its gate, manual items by role and date."""

from __future__ import annotations

from datetime import date

import pytest
from tests.engine.sjekkliste.hjelp_sjekkliste import POSTER, fort, liste, punkt
from tests.hjelp import register

from forvaltning.engine.sjekkliste.sporsmal import SPORSMAL
from forvaltning.engine.sjekkliste.typer import Art, Punkttilstand
from forvaltning.findings import Strength
from forvaltning.source import sjekklister

UTFORT, APENT = Punkttilstand.UTFORT, Punkttilstand.APENT
AVGJORT_IKKE, FRAVALGT = Punkttilstand.IKKE_AVGJORT, Punkttilstand.IKKE_AKTUELT
TB = {
    "navn": "Tjenestebilag",
    "kategorier": ["tjenestebilag"],
    "systemer": ["portal"],
    "tilstand": "i_kraft",
    "signert": "2026-10-01",
    "gyldig_fra": "2026-10-01",
    "intern_part": "ansattservice",
    "vilkar": dict.fromkeys(
        ("driftsniva", "kostnader", "overvaking", "brukerstotte", "forvaltningsstotte"), "bilag 1"
    ),
}


def test_the_engine_has_an_answer_to_every_question_that_lists_may_ask():
    assert set(SPORSMAL) == set(sjekklister.SPORSMAL)


def test_every_item_has_its_own_id_and_every_gate_its_items():
    s = liste()
    ids = [p.id for p in s.punkter]
    assert len(set(ids)) == len(ids)
    assert [p.id for p in s.porter] == ["for_produksjon", "ved_overlevering", "etter"]
    assert all(any(i.gruppe == g.id for i in s.punkter) for g in s.porter)
    assert [i.gruppe for i in s.punkter] == sorted(
        (i.gruppe for i in s.punkter), key=[g.id for g in s.porter].index
    )


def test_requirements_are_judged_as_if_in_production_and_2_1_is_left_out():
    """1.3 applies in use only; the record is in acceptance test and stays so."""
    s = liste()
    assert punkt(s, "krav-1.3").tilstand is APENT
    assert s.punkt("krav-2.1") is None
    assert not s.svikt


def test_what_has_ended_is_not_said_to_be_on_its_way_to_production():
    s = liste(endre={"systemer/portal": {"tilstand": "avviklet", "avviklet": "2026-06-30"}})
    assert "Løsningen er avviklet. Kravene er vurdert som om den var i produksjon." in s.merknader
    assert not any("ikke satt i produksjon" in m for m in s.merknader)


SOKNAD = {
    "navn": "Søknader",
    "tilstand": "planlagt",
    "systemer": ["portal"],
    "behandlingsansvarlige": ["eier"],
}
FLYT = {
    "navn": "Fra Altinn",
    "tilstand": "planlagt",
    "fra": {"felleskomponent": "altinn"},
    "til": {"system": "portal"},
}
MED_PLANER = {
    "systemer/portal": {"personopplysninger": "ja", "integrert": "ja"},
    "behandlinger/soknad": SOKNAD,
    "integrasjoner/altinn": FLYT,
}


def test_what_is_planned_for_the_solution_is_judged_as_if_started():
    """Else the gate before production could be closed only by calling under way what is not."""
    s = liste(endre=MED_PLANER)
    said = [m.melding for i in ("krav-4.4", "krav-3.5") for m in punkt(s, i).mangler]
    assert not any("bare planlagt" in m or "ingen dataflyt" in m for m in said)
    assert any("Kravene er vurdert som om" in m for m in s.merknader)


def test_what_is_planned_is_not_started_for_a_solution_that_runs():
    live = {"tilstand": "i_produksjon", "produksjon_fra": "2026-01-01"}
    s = liste(endre={**MED_PLANER, "systemer/portal": {**MED_PLANER["systemer/portal"], **live}})
    assert any("bare planlagt" in m.melding for m in punkt(s, "krav-4.4").mangler)
    assert not any("som om" in m for m in s.merknader)


def test_a_requirement_is_no_better_than_the_records_that_come_along():
    """The activity is there, but has nothing of what the protocol asks; the flow does not say what it carries."""
    s = liste(endre=MED_PLANER)
    for ident, key in (("krav-4.4", "behandlinger/soknad"), ("krav-3.5", "integrasjoner/altinn")):
        item = punkt(s, ident)
        assert item.tilstand is APENT
        assert any(f"({key})" in m.melding for m in item.mangler)
        assert all(m.sted is not None and m.sted.post for m in item.mangler)


def test_judging_as_if_changes_nothing_in_the_register():
    reg = register(POSTER)
    before = reg.oppforing("portal")
    assert before is not None
    tilstand = before.post.tilstand  # type: ignore[attr-defined]
    liste()
    assert tilstand == "akseptansetest"
    assert reg.oppforing("portal") is before


@pytest.mark.parametrize(
    ("ident", "gruppe"),
    [
        ("krav-1.2", "ved_overlevering"),
        ("krav-1.5", "ved_overlevering"),
        ("krav-1.3", "for_produksjon"),
        ("krav-2.2", "for_produksjon"),
        ("tjenestebilag", "ved_overlevering"),
    ],
)
def test_each_requirement_stands_at_its_gate(ident, gruppe):
    assert punkt(liste(), ident).gruppe == gruppe


def test_what_is_due_at_handover_shows_as_missing_before_it_is_due():
    """Just put into production: 1.5 waits thirty days in a check, but the checklist shows what is missing."""
    endre = {"systemer/portal": {"tilstand": "i_produksjon", "produksjon_fra": "2026-11-15"}}
    s = liste(endre=endre)
    assert punkt(s, "krav-1.5").tilstand is APENT
    assert punkt(s, "tjenestebilag").tilstand is APENT


def test_the_tjenestebilag_is_its_own_item_and_no_part_of_2_2():
    without = liste()
    assert all("tjenestebilag" not in m.melding.casefold() for m in punkt(without, "krav-2.2").mangler)
    with_ = liste(endre={"avtaler/tb": TB})
    item = punkt(with_, "tjenestebilag")
    assert item.tilstand is UTFORT
    assert (item.styrke, item.dato, item.krav) == (Strength.DOKUMENTERT, date(2026, 10, 1), "2.2")


def test_the_deadlines_follow_the_production_date():
    s = liste()
    assert [p.frist for p in s.porter] == [date(2026, 11, 20), date(2026, 12, 20), None]


def test_a_handover_that_is_not_started_shows_what_it_would_be():
    s = liste(overlevering=None)
    assert (s.overlevering, s.type) == (None, "ny")
    item = punkt(s, "enhetstest")
    assert item.tilstand is APENT
    assert item.hvor is not None
    assert item.hvor.post == ""


# --- manual items ------------------------------------------------------------------------------------


def test_an_item_ticked_by_a_role_on_a_date_is_done():
    s = liste(endre=fort("enhetstest", dokumentasjon="Jira 12"))
    item = punkt(s, "enhetstest")
    assert (item.tilstand, item.styrke, item.dato, item.av) == (
        UTFORT,
        Strength.DOKUMENTERT,
        date(2026, 11, 2),
        "digital",
    )
    assert item.art is Art.MANUELL
    assert item.hvor is not None
    assert item.hvor.path == ("punkter", 0)


def test_without_a_document_it_is_vouched_for():
    assert punkt(liste(endre=fort("enhetstest")), "enhetstest").styrke is Strength.BEKREFTET


@pytest.mark.parametrize(
    ("felt", "ord_"),
    [
        ({"dato": None}, "ikke når"),
        ({"dato": "2026-11-17"}, "ikke kommet"),
        ({"av": None}, "hvilken rolle"),
        ({"av": "finnes-ikke"}, "finnes ikke"),
        ({"av": "sluttet"}, "gjaldt ikke"),
        ({"av": "kultur"}, "finnes ikke"),
        ({"tilstand": "apent"}, "åpent"),
        ({"tilstand": "ikke_aktuelt"}, "ikke hvorfor"),
    ],
)
def test_a_tick_that_does_not_hold_is_open_and_says_why(felt, ord_):
    item = punkt(liste(endre=fort("enhetstest", **felt)), "enhetstest")
    assert item.tilstand is APENT
    assert ord_ in " ".join(m.melding for m in item.mangler)


def test_on_the_day_it_is_done():
    assert punkt(liste(endre=fort("enhetstest", dato="2026-11-16")), "enhetstest").tilstand is UTFORT


def test_an_opt_out_takes_a_reason_a_role_and_a_date():
    valg = {"grunn": "Ingen ekstern drift.", "av": "digital", "dato": "2026-11-02"}
    whole = fort("driftsleveranser", tilstand="ikke_aktuelt", ikke_aktuelt=valg, dato=None, av=None)
    item = punkt(liste(endre=whole), "driftsleveranser")
    assert (item.tilstand, item.grunn, item.av) == (FRAVALGT, "Ingen ekstern drift.", "digital")
    for lacks in valg:
        part = {k: v for k, v in valg.items() if k != lacks}
        endre = fort("driftsleveranser", tilstand="ikke_aktuelt", ikke_aktuelt=part, dato=None, av=None)
        assert punkt(liste(endre=endre), "driftsleveranser").tilstand is APENT, lacks


def test_a_derived_item_is_not_ticked_by_hand():
    s = liste(endre=fort("ansvar-plassert"))
    assert any("ansvar-plassert" in m for m in s.merknader)
    bare = liste(endre={**fort("ansvar-plassert"), "systemer/portal": {"systemeier": None}})
    assert punkt(bare, "ansvar-plassert").tilstand is APENT


def test_an_item_the_list_does_not_have_is_told():
    assert any("«hemmelig»" in m for m in liste(endre=fort("hemmelig")).merknader)


# --- derived items -----------------------------------------------------------------------------------


def test_an_agreement_in_force_settles_its_category():
    avtale = {
        "navn": "Lisens",
        "kategorier": ["lisenser"],
        "systemer": ["portal"],
        "tilstand": "i_kraft",
        "signert": "2026-01-05",
        "gyldig_fra": "2026-01-05",
        "gyldig_til": "2027-01-04",
    }
    item = punkt(liste(endre={"avtaler/lisens": avtale}), "avtale-lisenser")
    assert (item.tilstand, item.frist) == (UTFORT, date(2027, 1, 4))
    for state in ({"tilstand": "utkast"}, {"gyldig_til": "2026-11-15"}, {"signert": None}):
        old = {k: v for k, v in {**avtale, **state}.items() if v is not None}
        assert punkt(liste(endre={"avtaler/lisens": old}), "avtale-lisenser").tilstand is APENT, state


def test_a_category_may_be_opted_out_of_with_a_reason():
    valg = {"grunn": "Fri programvare.", "av": "eier", "dato": "2026-11-02"}
    endre = fort("avtale-lisenser", tilstand="ikke_aktuelt", ikke_aktuelt=valg, dato=None, av=None)
    item = punkt(liste(endre=endre), "avtale-lisenser")
    assert (item.tilstand, item.kan_fravelges) == (FRAVALGT, True)


def test_an_unreadable_agreement_leaves_the_item_undecided_and_blocks_the_gate():
    s = liste(uleselige={"avtaler/hemmelig": None})
    assert punkt(s, "avtale-lisenser").tilstand is AVGJORT_IKKE
    gate = s.port("for_produksjon")
    assert gate is not None
    assert "avtale-lisenser" in gate.blokkerer
    assert "avtaler/hemmelig.yaml" in (punkt(s, "avtale-lisenser").grunn or "")


def test_an_unreadable_system_leaves_what_it_may_hold_undecided():
    s = liste(
        "tjenester/soke",
        overlevering=None,
        endre={"tjenester/soke": {"systemer": ["portal", "tapt"]}},
        uleselige={"systemer/tapt": "systemeier: eier"},
    )
    item = punkt(s, "avtale-lisenser")
    assert (item.tilstand, item.grunn) == (AVGJORT_IKKE, "systemer/tapt.yaml kan ikke leses.")


def test_the_roles_that_answer_must_hold_today():
    endre = {"roller/eier": {"til": "2026-11-15"}}
    item = punkt(liste(endre=endre), "ansvar-plassert")
    assert item.tilstand is APENT
    assert "gjelder ikke i dag" in item.mangler[0].melding
    assert punkt(liste(endre={"roller/eier": {"til": "2026-11-16"}}), "ansvar-plassert").tilstand is UTFORT


def test_a_service_needs_a_tjenestebilag_for_each_of_its_systems():
    args = {"post": "tjenester/soke", "overlevering": None}
    assert punkt(liste(**args), "systemforvaltning").tilstand is APENT
    assert punkt(liste(**args, endre={"avtaler/tb": TB}), "systemforvaltning").tilstand is UTFORT


# --- changes -----------------------------------------------------------------------------------------


def endring(**felt):
    return {
        "endringer/ny-drift": {
            "gjelder": "portal",
            "type": "endring",
            "virkning": "2026-11-20",
            "vekt": "storre",
            **felt,
        },
        "overleveringer/portal-over": {"type": "endring", "opphav": "ny-drift"},
    }


def test_a_change_says_whether_security_is_affected():
    assert punkt(liste(endre=endring()), "endring-ros").tilstand is APENT
    no = endring(sikkerhet="nei", sikkerhet_begrunnelse="Bare tekster.")
    assert punkt(liste(endre=no), "endring-ros").tilstand is UTFORT
    yes = endring(sikkerhet="ja")
    item = punkt(liste(endre=yes), "endring-ros")
    assert (item.tilstand, item.kan_fravelges) == (APENT, False)


@pytest.mark.parametrize(
    ("ros", "tilstand"),
    [
        ({"gjelder": ["portal"], "besluttet": {"dato": "2026-08-22"}}, UTFORT),  # 90 days before the change
        ({"gjelder": ["portal"], "besluttet": {"dato": "2026-08-21"}}, APENT),
        ({"gjelder": ["ny-drift"], "besluttet": {"dato": "2026-08-21"}}, UTFORT),  # it names the change
        ({"gjelder": ["portal"], "besluttet": {"dato": "2026-11-17"}}, APENT),
        ({"gjelder": ["portal"], "besluttet": {"dato": "2026-11-01"}, "tilstand": "utkast"}, APENT),
        ({"gjelder": ["soke"], "besluttet": {"dato": "2026-11-01"}}, APENT),
    ],
)
def test_a_change_is_covered_by_the_same_ros_as_in_4_2(ros, tilstand):
    """Else the gate stays shut over a change that 4.2, on the same list, calls covered."""
    endre = endring(sikkerhet="ja") | {"ros/r": {"navn": "ROS", "tilstand": "besluttet", **ros}}
    assert punkt(liste(endre=endre), "endring-ros").tilstand is tilstand


def test_a_ros_that_can_not_be_read_may_cover_the_change():
    s = liste(endre=endring(sikkerhet="ja"), uleselige={"ros/tapt": "gjelder: [portal]"})
    assert punkt(s, "endring-ros").tilstand is AVGJORT_IKKE


def test_an_opt_out_that_the_change_contradicts_does_not_count():
    valg = {"grunn": "Trengs ikke.", "av": "eier", "dato": "2026-11-02"}
    endre = endring(sikkerhet="ja")
    endre["overleveringer/portal-over"] |= {
        "punkter": [{"id": "endring-ros", "tilstand": "ikke_aktuelt", "ikke_aktuelt": valg}]
    }
    item = punkt(liste(endre=endre), "endring-ros")
    assert item.tilstand is APENT
    assert "Fravalget kan ikke brukes" in (item.grunn or "")


def test_the_one_who_reported_it_is_told():
    assert punkt(liste(endre=endring()), "innmelder-orientert").tilstand is APENT
    told = endring(innmelder_orientert="2026-11-16")
    assert punkt(liste(endre=told), "innmelder-orientert").tilstand is UTFORT
    later = endring(innmelder_orientert="2026-11-17")
    assert punkt(liste(endre=later), "innmelder-orientert").tilstand is APENT


def test_a_critical_fault_asks_the_same_of_documentation_security_test_and_quality():
    fault = liste(endre={"overleveringer/portal-over": {"type": "kritisk_feil"}})
    ids = {p.id for p in fault.punkter}
    assert {"enhetstest", "kvalitetssjekk", "dokumentasjon", "endring-ros", "krav-4.2"} <= ids
    assert "gevinster" not in ids


@pytest.mark.parametrize("type_", ["ny", "endring", "kritisk_feil", "anskaffelse", "avvikling"])
@pytest.mark.parametrize("post", ["systemer/portal", "tjenester/soke", "integrasjoner/flyt"])
def test_every_kind_of_handover_is_made_for_every_kind_of_record(type_, post):
    flyt = {"integrasjoner/flyt": {"navn": "Flyt", "fra": {"system": "portal"}, "eier": "eier"}}
    s = liste(post, overlevering=None, type_=type_, endre=flyt)
    assert s.type == type_
    assert all(p.tittel and p.gruppe for p in s.punkter)
    assert all(p.mangler or p.grunn for p in s.punkter if p.blokkerer)


@pytest.mark.parametrize(
    ("type_", "dag"),
    [("ny", date(2026, 9, 1)), ("anskaffelse", date(2026, 9, 1)), ("endring", None), ("avvikling", None)],
)
def test_only_what_is_new_takes_its_production_date_from_the_record(type_, dag):
    endre = {"systemer/portal": {"tilstand": "i_produksjon", "produksjon_fra": "2026-09-01"}}
    assert liste(overlevering=None, type_=type_, endre=endre).produksjon == dag


def test_a_change_takes_its_production_date_from_when_it_is_effective():
    endre = endring()
    endre["overleveringer/portal-over"] |= {"produksjon": None}
    assert liste(endre=endre).produksjon == date(2026, 11, 20)


def test_a_kind_that_no_list_is_for_is_not_made():
    with pytest.raises(LookupError):
        liste(overlevering=None, type_="rolleskifte")


# --- gates and receivers -----------------------------------------------------------------------------


def test_both_places_are_there_also_when_nobody_is_named():
    s = liste(overlevering=None)
    assert [(m.plass, m.enhet, m.forslag) for m in s.mottakere] == [
        ("avdeling", None, "kultur"),
        ("ansattservice", None, "ansattservice"),
    ]


def test_sdi_takes_over_a_service_it_answers_for():
    endre = {
        "roller/sdi-leder": {"type": "tjenesteansvarlig", "enhet": "sdi"},
        "tjenester/soke": {"tjenesteansvarlig": "sdi-leder"},
    }
    s = liste("tjenester/soke", overlevering=None, endre=endre)
    assert s.mottakere[0].forslag == "sdi"


def ferdig(**felt):
    """A handover whose gates are closed and whose receivers have signed."""
    return {
        "overleveringer/portal-over": {
            "produksjon": "2026-10-01",
            "porter": [
                {"id": i, "lukket": "2026-10-01", "av": "leder"}
                for i in ("for_produksjon", "ved_overlevering", "etter")
            ],
            "mottakere": [
                {"enhet": "kultur", "signert": "2026-10-02", "av": "eier"},
                {"enhet": "ansattservice", "signert": "2026-10-02", "av": "leder"},
            ],
            **felt,
        }
    }


def test_completed_is_all_gates_closed_and_both_signed():
    assert liste(endre=ferdig()).fullfort
    for field, value in (
        ("porter.2.lukket", None),
        ("mottakere.0.signert", None),
        ("mottakere.1.signert", "2026-11-17"),
        ("mottakere.1.av", "sluttet"),
    ):
        endre = ferdig()
        copy = endre["overleveringer/portal-over"]
        head, index, last = field.split(".")
        copy[head] = [dict(x) for x in copy[head]]
        copy[head][int(index)][last] = value
        copy[head][int(index)] = {k: v for k, v in copy[head][int(index)].items() if v is not None}
        assert not liste(endre=endre).fullfort, field


def test_counts_leave_out_what_is_not_relevant():
    s = liste()
    for gate in s.porter:
        items = s.i_gruppe(gate.id)
        relevant = [p for p in items if p.tilstand is not FRAVALGT]
        assert (gate.antall, gate.ikke_aktuelle) == (len(relevant), len(items) - len(relevant))
        assert gate.utfort + len(gate.blokkerer) == gate.antall


# --- taking out of service ---------------------------------------------------------------------------


def avvikling(**endre):
    return liste(overlevering=None, type_="avvikling", endre=endre)


def test_a_service_in_use_keeps_a_system_from_being_taken_out():
    live = {"tjenester/soke": {"tilstand": "i_produksjon"}}
    assert punkt(avvikling(**live), "erstatning").tilstand is APENT
    assert punkt(avvikling(), "erstatning").tilstand is UTFORT


def test_flows_agreements_and_activities_must_end():
    flyt = {"navn": "Flyt", "fra": {"system": "portal"}, "tilstand": "aktiv"}
    assert punkt(avvikling(**{"integrasjoner/flyt": flyt}), "integrasjoner-stanset").tilstand is APENT
    ended = {**flyt, "tilstand": "avsluttet"}
    assert punkt(avvikling(**{"integrasjoner/flyt": ended}), "integrasjoner-stanset").tilstand is UTFORT
    assert punkt(avvikling(**{"avtaler/tb": TB}), "avtaler-avsluttet").tilstand is APENT
    shared = {**TB, "tjenester": ["soke"]}
    assert punkt(avvikling(**{"avtaler/tb": shared}), "avtaler-avsluttet").tilstand is UTFORT
    act = {"navn": "Behandling", "systemer": ["portal"], "tilstand": "aktiv"}
    assert punkt(avvikling(**{"behandlinger/b": act}), "behandlinger-avsluttet").tilstand is APENT


def test_what_became_of_the_data_is_asked_as_if_ended():
    s = avvikling()
    assert punkt(s, "krav-3.1").gruppe == "ved_overlevering"
    assert [p.krav for p in s.punkter if p.krav] == ["3.1"]


# --- data flows --------------------------------------------------------------------------------------


def ny_flyt(**poster):
    """The item on risk for a new flow into the portal from a system of its own, with other records beside."""
    endre = {
        "systemer/kilde": {"navn": "Kilde", "tilstand": "i_produksjon"},
        "integrasjoner/flyt": {
            "navn": "Flyt",
            "tilstand": "planlagt",
            "aktiv_fra": "2026-12-01",
            "fra": {"system": "kilde"},
            "til": {"system": "portal"},
        },
        **{key.replace("__", "/"): value for key, value in poster.items()},
    }
    return {"post": "integrasjoner/flyt", "overlevering": None, "type_": "ny", "endre": endre}


def ros(*gjelder, dato="2026-09-02", **felt):
    return {
        "navn": "ROS",
        "tilstand": "besluttet",
        "gjelder": list(gjelder),
        "besluttet": {"dato": dato},
        **felt,
    }


@pytest.mark.parametrize(
    ("poster", "tilstand"),
    [
        ({}, APENT),
        ({"ros__r": ros("flyt", dato="2025-01-01")}, UTFORT),  # it names the flow
        ({"ros__r": ros("flyt", tilstand="utkast")}, APENT),
        ({"ros__r": ros("flyt", dato="2026-11-17")}, APENT),
        ({"ros__r": ros("portal", "kilde")}, UTFORT),  # 90 days before the flow starts, at both ends
        ({"ros__r": ros("portal", "kilde", dato="2026-09-01")}, APENT),
        ({"ros__r": ros("portal")}, APENT),  # one end
        ({"ros__r": ros("portal"), "ros__k": ros("kilde")}, UTFORT),
    ],
)
def test_a_new_flow_is_assessed_before_production(poster, tilstand):
    item = punkt(liste(**ny_flyt(**poster)), "flyt-ros")
    assert (item.tilstand, item.gruppe) == (tilstand, "for_produksjon")


@pytest.mark.parametrize("lost", ["ros/tapt", "systemer/kilde"])
def test_what_can_not_be_read_may_hold_the_risk_of_the_flow(lost):
    args = ny_flyt(ros__r=ros("portal"))
    args["endre"].pop(lost, None)
    text = {"ros/tapt": "gjelder: [flyt]", "systemer/kilde": "navn: Kilde"}[lost]
    assert punkt(liste(**args, uleselige={lost: text}), "flyt-ros").tilstand is AVGJORT_IKKE


def test_only_a_new_flow_has_the_item():
    assert liste().punkt("flyt-ros") is None
    assert liste(**{**ny_flyt(), "type_": "endring"}).punkt("flyt-ros") is None
