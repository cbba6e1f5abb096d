"""Requirement 2.1: overview entry and handover."""

from __future__ import annotations

from datetime import date

import pytest
from tests import hjelp
from tests.hjelp import dom, dommer

from forvaltning.findings import FindingKind, Outcome, Strength
from forvaltning.krav.omrade2.k2_1_overlevering_hendelser import funne
from forvaltning.krav.typer import Kontekst
from forvaltning.model.historie import UKJENT_HISTORIE, FunnetEndring, Historie

ROLLE = {"type": "systemeier", "enhet": "boas"}
OVERLEVERING = {
    "gjelder": "soknad",
    "type": "ny",
    "opphav": "prosjekt",
    "produksjon": "2025-09-15",
    "porter": [
        {"id": "for_produksjon", "lukket": "2025-09-15", "av": "eier"},
        {"id": "ved_overlevering", "lukket": "2025-10-15", "av": "eier"},
    ],
    "mottakere": [
        {"enhet": "boas", "signert": "2025-10-15", "av": "eier"},
        {"enhet": "drift", "signert": "2025-10-15"},
    ],
}
FOR_ENDRINGEN = {
    **OVERLEVERING,
    "type": "endring",
    "opphav": "ombygging",
    "produksjon": "2026-06-01",
    "porter": [
        {"id": "for_produksjon", "lukket": "2026-06-01", "av": "eier"},
        {"id": "ved_overlevering", "lukket": "2026-07-01", "av": "eier"},
    ],
    "mottakere": [
        {"enhet": "boas", "signert": "2026-07-01"},
        {"enhet": "ansattservice", "signert": "2026-07-01"},
    ],
}
TJENESTE = {
    "navn": "Søknad",
    "type": "innbyggertjeneste",
    "tilstand": "i_produksjon",
    "eier": "eier",
    "enhet": "boas",
    "produksjon_fra": "2025-09-15",
    "leverandor": "ny-leverandor",
    "innforing": {"oversikt": "innbyggerhjelpen", "referanse": "Søknad", "dato": "2025-10-01"},
}
OMBYGGING = {"gjelder": "soknad", "virkning": "2026-06-01", "vekt": "storre", "type": "endring"}
POSTER = {
    "tjenester/soknad": TJENESTE,
    "overleveringer/ny": OVERLEVERING,
    "prosjekter/prosjekt": {"navn": "Ny søknad"},
    "leverandorer/ny-leverandor": {"navn": "Ny leverandør"},
    "roller/eier": ROLLE,
    "enheter/kommune": {"navn": "Kommune", "type": "kommune"},
    "enheter/boas": {"navn": "BOAS", "type": "byradsavdeling", "forelder": "kommune"},
    "enheter/ansattservice": {"navn": "Ansattservice", "forelder": "kommune"},
    "enheter/drift": {"navn": "Drift", "forelder": "ansattservice"},
}
MED_OMBYGGING = {**POSTER, "endringer/ombygging": OMBYGGING, "overleveringer/ov-ombygging": FOR_ENDRINGEN}
SYSTEM = {"navn": "Skjema", "tilstand": "i_produksjon", "systemeier": "eier", "produksjon_fra": "2025-09-15"}
MED_SYSTEM = {
    **POSTER,
    "systemer/skjema": SYSTEM,
    "overleveringer/ov-skjema": {**OVERLEVERING, "gjelder": "skjema"},
}


def vilkar(verdict):
    return sorted(f.vilkar for f in verdict.funn)


def funnet(felt: str, dato: str, post: str = "tjenester/soknad") -> Historie:
    return Historie(True, "", {post: (FunnetEndring(post, felt, date.fromisoformat(dato), "0123456789ab"),)})


def test_a_service_in_its_overview_with_a_handover_in_time_is_fulfilled():
    v = dom("2.1", "tjenester/soknad", POSTER)
    assert v.utfall is Outcome.OPPFYLT
    assert v.styrke is Strength.DOKUMENTERT
    assert [r.post for r in v.ansvarlig] == ["eier"]


def test_a_system_is_judged_by_its_handover_alone():
    assert dom("2.1", "systemer/skjema", MED_SYSTEM).utfall is Outcome.OPPFYLT
    v = dom(
        "2.1", "systemer/skjema", {k: p for k, p in MED_SYSTEM.items() if k != "overleveringer/ov-skjema"}
    )
    assert (v.utfall, vilkar(v)) == (Outcome.BRUDD, ["overlevering-mangler"])
    assert v.funn[0].art is FindingKind.MANGLER


@pytest.mark.parametrize(
    ("type_", "oversikt", "utfall"),
    [
        ("ikt_tjeneste", "tjenestekatalogen", Outcome.OPPFYLT),
        ("ikt_tjeneste", "innbyggerhjelpen", Outcome.BRUDD),
        ("ikt_tjeneste", "ansatthjelpen", Outcome.BRUDD),
        ("innbyggertjeneste", "innbyggerhjelpen", Outcome.OPPFYLT),
        ("innbyggertjeneste", "tjenestekatalogen", Outcome.BRUDD),
        ("ansattjeneste", "ansatthjelpen", Outcome.OPPFYLT),
        ("ansattjeneste", "tjenestekatalogen", Outcome.OPPFYLT),
        ("ansattjeneste", "innbyggerhjelpen", Outcome.BRUDD),
    ],
)
def test_each_kind_of_service_stands_in_its_own_overview(type_, oversikt, utfall):
    v = dom(
        "2.1",
        "tjenester/soknad",
        POSTER,
        endre={"tjenester/soknad": {"type": type_, "innforing.oversikt": oversikt}},
    )
    assert v.utfall is utfall
    assert vilkar(v) == ([] if utfall is Outcome.OPPFYLT else ["feil-oversikt"])


@pytest.mark.parametrize(
    ("post", "path", "verdi", "ventet"),
    [
        ("tjenester/soknad", "type", None, "type-mangler"),
        ("tjenester/soknad", "innforing", None, "oversikt-mangler"),
        ("tjenester/soknad", "innforing.oversikt", None, "oversikt-mangler"),
        ("tjenester/soknad", "innforing.referanse", None, "innforing-referanse-mangler"),
        ("tjenester/soknad", "innforing.dato", "2026-11-17", "innforing-framtid"),
        ("tjenester/soknad", "produksjon_fra", None, "produksjon-fra-mangler"),
        ("tjenester/soknad", "produksjon_fra", "2026-11-17", "produksjon-fra-framtid"),
        ("tjenester/soknad", "produksjon_fra", "2025-09-14", "port-for-produksjon-sent"),
        ("overleveringer/ny", "porter.0", None, "port-for-produksjon-apen"),
        ("overleveringer/ny", "porter.0.lukket", None, "port-for-produksjon-apen"),
        ("overleveringer/ny", "porter.0.lukket", "2025-09-16", "port-for-produksjon-sent"),
        ("overleveringer/ny", "porter.0.lukket", "2026-11-17", "port-for-produksjon-framtid"),
        ("overleveringer/ny", "porter.0.av", None, "port-for-produksjon-mangler"),
        ("overleveringer/ny", "porter.0.av", "ukjent", "ukjent-henvisning"),
        ("overleveringer/ny", "porter.1", None, "port-ved-overlevering-apen"),
        ("overleveringer/ny", "porter.1.lukket", "2025-10-16", "port-ved-overlevering-sent"),
        ("overleveringer/ny", "porter.1.av", None, "port-ved-overlevering-mangler"),
        ("overleveringer/ny", "mottakere", None, "mottaker-ansattservice"),
        ("overleveringer/ny", "mottakere.0", None, "mottaker-avdeling"),
        ("overleveringer/ny", "mottakere.1", None, "mottaker-ansattservice"),
        ("overleveringer/ny", "mottakere.1.enhet", "kommune", "mottaker-ansattservice"),
        ("overleveringer/ny", "mottakere.1.enhet", "ukjent", "ukjent-henvisning"),
        ("overleveringer/ny", "mottakere.1.signert", None, "mottaker-ikke-signert"),
        ("overleveringer/ny", "mottakere.1.signert", "2025-10-16", "mottaker-signert-sent"),
        ("overleveringer/ny", "mottakere.1.signert", "2026-11-17", "mottaker-signert-framtid"),
        ("overleveringer/ny", "mottakere.0.av", "ukjent", "ukjent-henvisning"),
        ("overleveringer/ny", "opphav", "ukjent", "ukjent-henvisning"),
        ("overleveringer/ny", "opphav", "kommune", "feil-slag-henvisning"),
        ("overleveringer/ny", "type", "avvikling", "overlevering-mangler"),
        ("overleveringer/ny", "type", "rolleskifte", "overlevering-mangler"),
        ("overleveringer/ny", "type", "endring", "overlevering-mangler"),
    ],
)
def test_each_condition_can_be_broken(post, path, verdi, ventet):
    v = dom("2.1", "tjenester/soknad", POSTER, endre={post: {path: verdi}})
    assert v.utfall is Outcome.BRUDD
    assert ventet in vilkar(v)


@pytest.mark.parametrize(
    ("dag", "utfall"),
    [
        (date(2025, 10, 14), Outcome.SNART),
        (date(2025, 10, 15), Outcome.SNART),
        (date(2025, 10, 16), Outcome.BRUDD),
    ],
)
@pytest.mark.parametrize(
    "endring",
    [
        {"tjenester/soknad": {"innforing": None}},
        {"overleveringer/ny": {"porter.1": None}},
        {"overleveringer/ny": {"mottakere.1": None}},
        {"overleveringer/ny": {"mottakere.1.signert": None}},
    ],
)
def test_entry_last_gate_and_signatures_fall_due_30_days_after_production(endring, dag, utfall):
    grunn = {
        "overleveringer/ny": {
            "porter.1.lukket": "2025-10-01",
            "mottakere.0.signert": "2025-10-01",
            "mottakere.1.signert": "2025-10-01",
        }
    }
    ny = {k: {**grunn.get(k, {}), **endring.get(k, {})} for k in {*grunn, *endring}}
    for path in [p for p in ny["overleveringer/ny"] if p in {"porter.1", "mottakere.1"}]:
        ny["overleveringer/ny"] = {
            p: v for p, v in ny["overleveringer/ny"].items() if not p.startswith(path + ".")
        }
    v = dom("2.1", "tjenester/soknad", POSTER, endre=ny, dato=dag)
    assert v.utfall is utfall
    if utfall is Outcome.BRUDD:
        assert {f.art for f in v.funn} == {FindingKind.MANGLER}
    else:
        assert v.frist == date(2025, 10, 15)


@pytest.mark.parametrize(
    ("dag", "utfall"), [(date(2025, 9, 15), Outcome.SNART), (date(2025, 9, 16), Outcome.BRUDD)]
)
def test_the_first_gate_is_closed_by_the_production_date(dag, utfall):
    uten = {k: p for k, p in POSTER.items() if k != "overleveringer/ny"}
    endre = {"tjenester/soknad": {"innforing.dato": "2025-09-01"}}
    v = dom("2.1", "tjenester/soknad", uten, endre=endre, dato=dag)
    assert v.utfall is utfall
    assert vilkar(v) == (["overlevering-mangler"] if utfall is Outcome.BRUDD else [])


@pytest.mark.parametrize(
    ("start", "utfall"),
    [("2023-12-31", Outcome.IKKE_AKTUELT), ("2024-01-01", Outcome.BRUDD), ("2024-01-02", Outcome.BRUDD)],
)
def test_what_was_taken_into_use_before_the_regulation_is_not_judged(start, utfall):
    v = dom("2.1", "systemer/skjema", {**POSTER, "systemer/skjema": {**SYSTEM, "produksjon_fra": start}})
    assert v.utfall is utfall
    if utfall is Outcome.IKKE_AKTUELT:
        assert "31.12.2023" in v.begrunnelse


def test_a_service_from_before_the_regulation_still_needs_its_entry():
    uten = {k: p for k, p in POSTER.items() if k != "overleveringer/ny"}
    endre = {"tjenester/soknad": {"produksjon_fra": "2019-01-01"}}
    assert dom("2.1", "tjenester/soknad", uten, endre=endre).utfall is Outcome.OPPFYLT
    endre["tjenester/soknad"]["innforing"] = None
    assert vilkar(dom("2.1", "tjenester/soknad", uten, endre=endre)) == ["oversikt-mangler"]


@pytest.mark.parametrize("tilstand", ["ide", "planlagt", "under_utvikling", "akseptansetest", "avviklet"])
def test_drafts_and_what_has_ended_are_not_applicable(tilstand):
    for post in ("tjenester/soknad", "systemer/skjema"):
        v = dom("2.1", post, MED_SYSTEM, endre={post: {"tilstand": tilstand}})
        assert v.utfall is Outcome.IKKE_AKTUELT
        assert v.begrunnelse


@pytest.mark.parametrize("tilstand", ["i_produksjon", "under_avvikling", None])
def test_in_use_while_ending_or_without_a_state_is_judged(tilstand):
    endre = {"tjenester/soknad": {"tilstand": tilstand, "innforing": None}}
    assert dom("2.1", "tjenester/soknad", POSTER, endre=endre).utfall is Outcome.BRUDD


def test_a_larger_change_with_its_own_handover_is_fulfilled():
    assert dom("2.1", "tjenester/soknad", MED_OMBYGGING).utfall is Outcome.OPPFYLT


@pytest.mark.parametrize(
    ("endre", "ventet"),
    [
        (
            {"overleveringer/ov-ombygging": {"opphav": "prosjekt", "produksjon": "2026-01-01"}},
            ["overlevering-mangler"],
        ),
        ({"overleveringer/ov-ombygging": {"opphav": "prosjekt"}}, []),
        ({"overleveringer/ov-ombygging": {"opphav": None, "produksjon": "2026-08-30"}}, []),
        (
            {"overleveringer/ov-ombygging": {"opphav": None, "produksjon": "2026-08-31"}},
            ["overlevering-mangler"],
        ),
        ({"overleveringer/ov-ombygging": {"opphav": None, "type": "ny"}}, ["overlevering-mangler"]),
        ({"overleveringer/ov-ombygging": {"porter.0.lukket": "2026-06-02"}}, ["port-for-produksjon-sent"]),
        ({"overleveringer/ov-ombygging": {"porter.1.lukket": "2026-07-02"}}, ["port-ved-overlevering-sent"]),
        (
            {"endringer/ombygging": {"virkning": "2026-05-31"}},
            ["mottaker-signert-sent"] * 2 + ["port-for-produksjon-sent", "port-ved-overlevering-sent"],
        ),
        ({"endringer/ombygging": {"virkning": None}}, ["virkning-mangler"]),
        ({"endringer/ombygging": {"vekt": None}}, []),
        (
            {"endringer/ombygging": {"vekt": None}, "overleveringer/ov-ombygging": {"gjelder": "annen"}},
            ["vekt-mangler"],
        ),
        (
            {"endringer/ombygging": {"vekt": "mindre"}, "overleveringer/ov-ombygging": {"gjelder": "annen"}},
            [],
        ),
        (
            {"endringer/ombygging": {"type": "retting"}, "overleveringer/ov-ombygging": {"gjelder": "annen"}},
            [],
        ),
        (
            {
                "endringer/ombygging": {"type": "sen_registrering"},
                "overleveringer/ov-ombygging": {"gjelder": "annen"},
            },
            [],
        ),
        (
            {
                "endringer/ombygging": {"virkning": "2025-09-15"},
                "overleveringer/ov-ombygging": {"gjelder": "annen"},
            },
            [],
        ),
        (
            {
                "endringer/ombygging": {"virkning": "2025-09-16"},
                "overleveringer/ov-ombygging": {"gjelder": "annen"},
            },
            ["overlevering-mangler"],
        ),
        (
            {
                "endringer/ombygging": {"virkning": "2026-11-15"},
                "overleveringer/ov-ombygging": {"gjelder": "annen"},
            },
            ["overlevering-mangler"],
        ),
    ],
)
def test_a_larger_change_needs_its_own_handover(endre, ventet):
    v = dom("2.1", "tjenester/soknad", MED_OMBYGGING, endre=endre)
    assert vilkar(v) == ventet
    assert v.utfall is (Outcome.BRUDD if ventet else Outcome.OPPFYLT)


@pytest.mark.parametrize(
    ("virkning", "utfall"),
    [
        ("2026-11-15", Outcome.BRUDD),
        ("2026-11-16", Outcome.SNART),
        ("2026-11-17", Outcome.SNART),
        ("2027-06-01", Outcome.OPPFYLT),
    ],
)
def test_a_change_that_lies_ahead_is_not_due_before_its_day(virkning, utfall):
    endre = {
        "endringer/ombygging": {"virkning": virkning},
        "overleveringer/ov-ombygging": {"gjelder": "annen"},
    }
    assert dom("2.1", "tjenester/soknad", MED_OMBYGGING, endre=endre).utfall is utfall


def test_one_handover_does_not_serve_two_declared_changes():
    to = {**MED_OMBYGGING, "endringer/ny-drift": {**OMBYGGING, "virkning": "2026-06-10"}}
    v = dom("2.1", "tjenester/soknad", to)
    assert vilkar(v) == ["overlevering-mangler"]
    assert v.funn[0].place.post == "endringer/ny-drift"


def test_a_larger_change_makes_an_old_system_applicable():
    gammelt = {**POSTER, "systemer/skjema": {**SYSTEM, "produksjon_fra": "2015-01-01"}}
    gammelt["endringer/ombygging"] = {**OMBYGGING, "gjelder": "skjema"}
    assert vilkar(dom("2.1", "systemer/skjema", gammelt)) == ["overlevering-mangler"]
    gammelt["endringer/ombygging"] = {**OMBYGGING, "gjelder": "skjema", "virkning": "2023-12-31"}
    assert dom("2.1", "systemer/skjema", gammelt).utfall is Outcome.IKKE_AKTUELT


@pytest.mark.parametrize(
    ("felt", "dato", "ventet"),
    [
        ("leverandor", "2026-06-01", ["overlevering-mangler"]),
        ("systemer[bk360]", "2026-06-01", ["overlevering-mangler"]),
        ("eier", "2026-06-01", []),
        ("leverandornavn", "2026-06-01", []),
        ("leverandor", "2025-09-15", []),
        ("leverandor", "2025-09-16", ["overlevering-mangler"]),
        ("leverandor", "2026-11-16", []),
        ("leverandor", "2026-11-15", ["overlevering-mangler"]),
        ("leverandor", "2026-11-17", []),
    ],
)
def test_a_change_found_in_git_in_a_marked_field_counts_as_larger(felt, dato, ventet):
    v = dom("2.1", "tjenester/soknad", POSTER, historie=funnet(felt, dato))
    assert vilkar(v) == ventet


def test_changes_found_on_a_system_are_in_who_runs_and_delivers_it():
    for felt, brutt in (
        ("drift.form", True),
        ("drift.leverandor", True),
        ("leverandor", True),
        ("drift.merknad", False),
        ("kit", False),
    ):
        v = dom("2.1", "systemer/skjema", MED_SYSTEM, historie=funnet(felt, "2026-06-01", "systemer/skjema"))
        assert (v.utfall is Outcome.BRUDD) is brutt, felt


@pytest.mark.parametrize(
    ("endring", "ventet"),
    [
        ({"virkning": "2026-03-03", "vekt": "mindre"}, []),
        ({"virkning": "2026-03-02", "vekt": "mindre"}, ["overlevering-mangler"]),
        ({"virkning": "2026-08-30", "vekt": "mindre"}, []),
        ({"virkning": "2026-08-31", "vekt": "mindre"}, ["overlevering-mangler"]),
        ({"virkning": "2026-06-01", "type": "sen_registrering", "vekt": None}, []),
        ({"virkning": "2026-06-01", "vekt": "mindre", "felter": ["leverandor"]}, []),
        ({"virkning": "2026-06-01", "vekt": "mindre", "felter": ["kit"]}, ["overlevering-mangler"]),
    ],
)
def test_a_declared_change_of_the_same_field_within_90_days_replaces_the_found_one(endring, ventet):
    poster = {
        **POSTER,
        "endringer/liten": {k: v for k, v in {**OMBYGGING, **endring}.items() if v is not None},
    }
    assert (
        vilkar(dom("2.1", "tjenester/soknad", poster, historie=funnet("leverandor", "2026-06-01"))) == ventet
    )


def test_a_found_change_with_a_handover_near_it_is_fulfilled():
    poster = {
        **POSTER,
        "overleveringer/ov-ombygging": {k: v for k, v in FOR_ENDRINGEN.items() if k != "opphav"},
    }
    v = dom("2.1", "tjenester/soknad", poster, historie=funnet("leverandor", "2026-06-10"))
    assert v.utfall is Outcome.OPPFYLT


def test_without_history_only_what_else_breaks_it_is_decided():
    v = dom("2.1", "tjenester/soknad", POSTER, historie=UKJENT_HISTORIE)
    assert v.utfall is Outcome.IKKE_AVGJORT
    assert "Git" in v.begrunnelse
    endre = {"tjenester/soknad": {"innforing": None}}
    assert (
        dom("2.1", "tjenester/soknad", POSTER, endre=endre, historie=UKJENT_HISTORIE).utfall is Outcome.BRUDD
    )
    gammelt = {**POSTER, "systemer/skjema": {**SYSTEM, "produksjon_fra": "2015-01-01"}}
    assert dom("2.1", "systemer/skjema", gammelt, historie=UKJENT_HISTORIE).utfall is Outcome.IKKE_AVGJORT
    gammelt["systemer/skjema"]["tilstand"] = "planlagt"
    assert dom("2.1", "systemer/skjema", gammelt, historie=UKJENT_HISTORIE).utfall is Outcome.IKKE_AKTUELT


@pytest.mark.parametrize(
    ("fjern", "uleselige"),
    [
        ("overleveringer/ny", {"overleveringer/ny": None}),
        ("overleveringer/ny", {"overleveringer/ny": "gjelder: soknad"}),
        (None, {"endringer/en-til": "gjelder: soknad"}),
        ("roller/eier", {"roller/eier": None}),
        ("enheter/drift", {"enheter/drift": None}),
        ("enheter/ansattservice", {"enheter/ansattservice": None}),
        ("prosjekter/prosjekt", {"prosjekter/prosjekt": None}),
    ],
)
def test_what_can_not_be_read_leaves_it_undecided(fjern, uleselige):
    poster = {k: p for k, p in POSTER.items() if k != fjern}
    assert dom("2.1", "tjenester/soknad", poster, uleselige=uleselige).utfall is Outcome.IKKE_AVGJORT


def test_an_unreadable_change_keeps_an_old_system_from_being_let_off():
    gammelt = {**POSTER, "systemer/skjema": {**SYSTEM, "produksjon_fra": "2015-01-01"}}
    v = dom("2.1", "systemer/skjema", gammelt, uleselige={"endringer/x": "gjelder: skjema"})
    assert v.utfall is Outcome.IKKE_AVGJORT


def test_without_a_unit_for_ansattservice_in_the_settings_the_receivers_are_undecided(monkeypatch):
    monkeypatch.setitem(hjelp.EGNE, "funksjoner", {})
    assert dom("2.1", "tjenester/soknad", POSTER).utfall is Outcome.IKKE_AVGJORT
    en = {"overleveringer/ny": {"mottakere.1": None}}
    assert vilkar(dom("2.1", "tjenester/soknad", POSTER, endre=en)) == ["mottaker-mangler"]


AVVIK = {
    "krav": "2.1",
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
    endre = {"tjenester/soknad": {"innforing": None}}
    assert (
        dom("2.1", "tjenester/soknad", {**POSTER, "avvik/a": AVVIK}, endre=endre, dato=dag).utfall is utfall
    )


def test_a_gate_closed_late_is_settled_by_a_closed_deviation():
    lukket = {**AVVIK, "tilstand": "lukket", "sent_dokument": "ja", "lukket": "2026-01-10"}
    sent = {"overleveringer/ny": {"porter.0.lukket": "2025-09-16"}}
    assert dom("2.1", "tjenester/soknad", {**POSTER, "avvik/a": lukket}, endre=sent).utfall is Outcome.AVVIK
    apen = {"overleveringer/ny": {"porter.0": None}}
    assert dom("2.1", "tjenester/soknad", {**POSTER, "avvik/a": lukket}, endre=apen).utfall is Outcome.BRUDD


def test_an_owner_inside_ansattservice_is_the_second_receiver():
    endre = {"overleveringer/ny": {"mottakere.0.enhet": "ansattservice"}}
    assert dom("2.1", "tjenester/soknad", POSTER, endre=endre).utfall is Outcome.OPPFYLT


def test_bare_records_and_a_circle_of_units_do_not_crash():
    poster = {
        "tjenester/soknad": {"navn": "X"},
        "systemer/skjema": {"navn": "Y"},
        "overleveringer/a": {
            "gjelder": "soknad",
            "mottakere": [{"enhet": "a"}, {"enhet": "b"}],
            "porter": [{"id": "etter"}],
        },
        "overleveringer/b": {"gjelder": "skjema", "opphav": "e"},
        "endringer/e": {"gjelder": "skjema"},
        "enheter/a": {"navn": "A", "forelder": "b"},
        "enheter/b": {"navn": "B", "forelder": "a"},
    }
    assert {v.utfall for v in dommer("2.1", poster).values()} == {Outcome.BRUDD}


def test_the_last_day_of_the_calendar_does_not_crash():
    endre = {"endringer/ombygging": {"virkning": "9999-12-31"}}
    assert dom("2.1", "tjenester/soknad", MED_OMBYGGING, endre=endre).utfall is Outcome.OPPFYLT
    endre = {"tjenester/soknad": {"produksjon_fra": "9999-12-31", "innforing": None}}
    assert dom("2.1", "tjenester/soknad", POSTER, endre=endre).utfall is Outcome.BRUDD


def test_a_larger_change_that_is_not_committed_names_no_commit():
    seen = FunnetEndring("systemer/skjema", "leverandor", date(2026, 11, 16), "")
    reg = hjelp.register(MED_SYSTEM, historie=Historie(True, "", {seen.post: (seen,)}))
    entry = reg.oppforing("skjema")
    assert entry is not None
    (event,) = funne(entry.post, Kontekst(reg))
    assert event.hva == "endringen av «leverandor» 16.11.2026 (ikke sjekket inn)"
