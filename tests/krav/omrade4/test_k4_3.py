"""Requirement 4.3: DPIA where high risk is likely."""

from __future__ import annotations

from datetime import date

import pytest
from tests.hjelp import dom

B = "behandlinger/b"
T = "dpia/t"
D = "dpia/d"

POSTER = {
    "enheter/kommunen": {"navn": "Kommunen", "type": "kommune"},
    "enheter/boas": {"navn": "BOAS", "type": "byradsavdeling", "forelder": "kommunen"},
    "enheter/skole": {"navn": "Skole", "type": "etat", "forelder": "boas"},
    "roller/ba": {"type": "behandlingsansvarlig", "enhet": "boas"},
    "roller/ba-annen": {"type": "behandlingsansvarlig", "enhet": "skole"},
    "roller/leder": {"type": "resultatenhetsleder", "enhet": "skole"},
    "roller/pvo": {"type": "personvernombud", "enhet": "kommunen"},
    "systemer/x": {"navn": "X", "tilstand": "i_produksjon"},
    "tjenester/s": {"navn": "S", "tilstand": "i_produksjon"},
    B: {
        "navn": "Opptak",
        "tilstand": "aktiv",
        "behandlingsansvarlige": ["ba"],
        "behandling_fra": "2025-03-01",
        "systemer": ["x"],
    },
    T: {
        "navn": "Terskel",
        "type": "terskelvurdering",
        "behandlinger": ["b"],
        "tilstand": "besluttet",
        "besluttet": {"dato": "2025-01-10", "av": "ba", "referanse": "Sak 1"},
        "kriterier": ["stor_skala", "sarbare_registrerte"],
        "konklusjon": "pakrevd",
    },
    D: {
        "navn": "DPIA",
        "type": "full",
        "behandlinger": ["b"],
        "tilstand": "besluttet",
        "besluttet": {"dato": "2025-02-20", "av": "ba", "referanse": "Sak 2"},
        "formal_og_beskrivelse": "Kapittel 1",
        "nodvendighet": "Kapittel 2",
        "risikoer": "Kapittel 3",
        "tiltak": "Kapittel 4",
        "pvo_rad": {"dato": "2025-02-10", "rad": "Skill ut helse.", "av": "pvo"},
        "registrertes_syn": {"synspunkter": "Foreldreutvalget er hørt."},
        "restrisiko": "middels",
    },
}
LAV = {
    T: {"konklusjon": "ikke_pakrevd", "begrunnelse": "Få og alminnelige opplysninger."},
    D: {"tilstand": "erstattet"},
}
HOY = {"restrisiko": "hoy", "forhandsdroftelse": {"sendt": "2025-02-21", "fullfort": "2025-02-28"}}
FUNN = list[tuple[str, str, str]]


def funn(verdict) -> FUNN:
    return [(f.vilkar, f.art.value, f"{f.place.post}:{f.felt}") for f in verdict.funn]


def test_a_decided_dpia_before_the_start_is_fulfilled_and_documented():
    verdict = dom("4.3", B, POSTER)
    assert (verdict.utfall, verdict.styrke, verdict.frist) == ("oppfylt", "dokumentert", None)


@pytest.mark.parametrize(
    "endre",
    [
        LAV,
        {B: {"tilstand": None}},
        {T: {"tilstand": None}},
        {D: {"tilstand": None}},
        {D: {"besluttet.dato": "2025-03-01"}},
        {D: {"registrertes_syn": {"begrunnelse": "Alle innbyggere er berørt."}}},
        {D: {"pvo_rad": {"dato": "2025-02-10", "referanse": "Sak 3"}}},
        {D: {**HOY}},
        {D: {**HOY, "forhandsdroftelse.fullfort": "2025-03-01"}},
        # a start before gjelder_fra asks for a document in force, not for the order
        {B: {"behandling_fra": "2023-12-31"}},
        # an unknown start does not matter when the DPIA is as old as gjelder_fra
        {B: {"behandling_fra": None}, D: {"besluttet.dato": "2024-01-01", "pvo_rad.dato": "2023-12-01"}},
        # risk that changed has been reviewed, or was decided on the same day
        {
            D: {
                "risiko_endret": "2026-05-01",
                "gjennomgatt": {"dato": "2026-05-01", "av": "ba", "referanse": "Sak 9"},
            }
        },
        {D: {"risiko_endret": "2025-02-20"}},
        # risk found high after the start: the consultation can not have come before it
        {
            D: {
                **HOY,
                "forhandsdroftelse.fullfort": "2026-06-30",
                "risiko_endret": "2026-05-01",
                "gjennomgatt": {"dato": "2026-05-20", "av": "ba", "referanse": "Sak 9"},
            }
        },
        # decided by a controller above, and by one who has it delegated that day
        {B: {"behandlingsansvarlige": ["ba-annen"]}},
        {
            "roller/ba": {
                "delegasjoner": [{"til": "leder", "hva": "behandlingsansvar", "dato": "2025-02-20"}]
            },
            D: {"besluttet.av": "leder"},
        },
        {
            "roller/ba": {
                "delegasjoner": [
                    {"til": "leder", "hva": "behandlingsansvar", "dato": "2025-01-01", "utlop": "2025-02-20"}
                ]
            },
            D: {"besluttet.av": "leder"},
        },
        {B: {"behandlingsansvarlige": None}},
        # one criterion alone needs no reason
        {T: {"konklusjon": "ikke_pakrevd", "kriterier": ["stor_skala"]}, D: {"tilstand": "utkast"}},
        # a DPIA nobody asked for need not be whole
        {T: {"konklusjon": "ikke_pakrevd", "begrunnelse": "Nei."}, D: {"nodvendighet": None}},
    ],
)
def test_what_may_differ_and_still_holds(endre):
    assert dom("4.3", B, POSTER, endre=endre).utfall == "oppfylt"


@pytest.mark.parametrize(
    ("endre", "ventet"),
    [
        ({T: {"behandlinger": None}}, ("terskel-mangler", "mangler", f"{B}:navn")),
        ({T: {"tilstand": "utkast"}}, ("terskel-mangler", "mangler", f"{T}:tilstand")),
        ({T: {"tilstand": "erstattet"}}, ("terskel-mangler", "mangler", f"{B}:navn")),
        ({T: {"konklusjon": None}}, ("terskel-konklusjon-mangler", "mangler", f"{T}:konklusjon")),
        ({T: {"konklusjon": "ikke_pakrevd"}}, ("terskel-begrunnelse-mangler", "mangler", f"{T}:begrunnelse")),
        ({T: {"besluttet": None}}, ("terskel-besluttet", "mangler", f"{T}:besluttet")),
        ({T: {"besluttet.dato": "2026-11-17"}}, ("terskel-besluttet-framtid", "feil", f"{T}:besluttet.dato")),
        ({T: {"besluttet.av": "borte"}}, ("ukjent-henvisning", "feil", f"{T}:besluttet.av")),
        ({D: {"behandlinger": None}}, ("dpia-mangler", "mangler", f"{B}:navn")),
        ({D: {"tilstand": "utkast"}}, ("dpia-mangler", "mangler", f"{D}:tilstand")),
        ({D: {"tilstand": "erstattet"}}, ("dpia-mangler", "mangler", f"{B}:navn")),
        (
            {D: {"formal_og_beskrivelse": None}},
            ("dpia-formal-og-beskrivelse", "mangler", f"{D}:formal_og_beskrivelse"),
        ),
        ({D: {"nodvendighet": None}}, ("dpia-nodvendighet", "mangler", f"{D}:nodvendighet")),
        ({D: {"risikoer": None}}, ("dpia-risikoer", "mangler", f"{D}:risikoer")),
        ({D: {"tiltak": None}}, ("dpia-tiltak", "mangler", f"{D}:tiltak")),
        ({D: {"pvo_rad": None}}, ("dpia-pvo-rad", "mangler", f"{D}:pvo_rad")),
        ({D: {"pvo_rad.dato": None}}, ("dpia-pvo-rad", "mangler", f"{D}:pvo_rad.dato")),
        ({D: {"pvo_rad.rad": None}}, ("dpia-pvo-rad", "mangler", f"{D}:pvo_rad")),
        ({D: {"pvo_rad.dato": "2026-11-17"}}, ("dpia-pvo-rad-framtid", "feil", f"{D}:pvo_rad.dato")),
        ({D: {"pvo_rad.av": "ba"}}, ("pvo-feil-rolletype", "feil", f"{D}:pvo_rad.av")),
        ({D: {"registrertes_syn": None}}, ("dpia-registrertes-syn", "mangler", f"{D}:registrertes_syn")),
        (
            {D: {"registrertes_syn": {"dato": "2025-02-01"}}},
            ("dpia-registrertes-syn", "mangler", f"{D}:registrertes_syn"),
        ),
        (
            {D: {"registrertes_syn.dato": "2026-11-17"}},
            ("dpia-syn-framtid", "feil", f"{D}:registrertes_syn.dato"),
        ),
        ({D: {"restrisiko": None}}, ("restrisiko-mangler", "mangler", f"{D}:restrisiko")),
        (
            {D: {"restrisiko": "hoy"}},
            ("forhandsdroftelse-mangler", "mangler", f"{D}:forhandsdroftelse.fullfort"),
        ),
        (
            {D: {**HOY, "forhandsdroftelse.fullfort": None}},
            ("forhandsdroftelse-mangler", "mangler", f"{D}:forhandsdroftelse.fullfort"),
        ),
        (
            {D: {**HOY, "forhandsdroftelse.fullfort": "2025-03-02"}},
            ("forhandsdroftelse-etter-start", "feil", f"{D}:forhandsdroftelse.fullfort"),
        ),
        # also where nobody asked for the DPIA
        (
            {T: {"konklusjon": "ikke_pakrevd", "begrunnelse": "Nei."}, D: {"restrisiko": "hoy"}},
            ("forhandsdroftelse-mangler", "mangler", f"{D}:forhandsdroftelse.fullfort"),
        ),
        ({D: {"besluttet.av": None}}, ("dpia-besluttet-av", "mangler", f"{D}:besluttet.av")),
        (
            {D: {"besluttet.av": "leder"}},
            ("dpia-besluttet-ikke-behandlingsansvarlig", "feil", f"{D}:besluttet.av"),
        ),
        (
            {D: {"besluttet.av": "ba-annen"}},
            ("dpia-besluttet-ikke-behandlingsansvarlig", "feil", f"{D}:besluttet.av"),
        ),
        (
            {
                "roller/ba": {
                    "delegasjoner": [{"til": "leder", "hva": "behandlingsansvar", "dato": "2025-02-21"}]
                },
                D: {"besluttet.av": "leder"},
            },
            ("dpia-besluttet-ikke-behandlingsansvarlig", "feil", f"{D}:besluttet.av"),
        ),
        (
            {
                "roller/ba": {
                    "delegasjoner": [
                        {
                            "til": "leder",
                            "hva": "behandlingsansvar",
                            "dato": "2025-01-01",
                            "utlop": "2025-02-19",
                        }
                    ]
                },
                D: {"besluttet.av": "leder"},
            },
            ("dpia-besluttet-ikke-behandlingsansvarlig", "feil", f"{D}:besluttet.av"),
        ),
        (
            {
                "roller/ba": {
                    "delegasjoner": [{"til": "leder", "hva": "risikoaksept", "dato": "2025-01-01"}]
                },
                D: {"besluttet.av": "leder"},
            },
            ("dpia-besluttet-ikke-behandlingsansvarlig", "feil", f"{D}:besluttet.av"),
        ),
        ({"roller/ba": {"til": "2025-02-19"}}, ("dpia-besluttet-ikke-virksom", "feil", f"{D}:besluttet.av")),
        ({D: {"besluttet.dato": "2025-03-02"}}, ("dpia-etter-start", "feil", f"{D}:besluttet.dato")),
        ({B: {"behandling_fra": None}}, ("start-mangler", "mangler", f"{B}:behandling_fra")),
        ({B: {"behandling_fra": "2026-11-17"}}, ("start-framtid", "feil", f"{B}:behandling_fra")),
        (
            {
                B: {"behandling_fra": None},
                D: {**HOY, "besluttet.dato": "2024-01-01", "pvo_rad.dato": "2023-12-01"},
            },
            ("start-mangler", "mangler", f"{B}:behandling_fra"),
        ),
        ({D: {"risiko_endret": "2026-05-01"}}, ("gjennomgang", "mangler", f"{D}:gjennomgatt")),
        (
            {D: {"risiko_endret": "2026-05-01", "gjennomgatt": {"dato": "2026-04-30", "av": "ba"}}},
            ("gjennomgang-for-endring", "feil", f"{D}:gjennomgatt.dato"),
        ),
        (
            {D: {"gjennomgatt": {"dato": "2026-11-17", "av": "ba"}}},
            ("gjennomgang-framtid", "feil", f"{D}:gjennomgatt.dato"),
        ),
        (
            {
                T: {"konklusjon": "ikke_pakrevd", "begrunnelse": "Nei.", "risiko_endret": "2026-05-01"},
                D: {"tilstand": "erstattet"},
            },
            ("gjennomgang", "mangler", f"{T}:gjennomgatt"),
        ),
    ],
)
def test_each_condition_breaks_alone(endre, ventet):
    verdict = dom("4.3", B, POSTER, endre=endre)
    assert verdict.utfall == "brudd"
    assert funn(verdict) == [ventet]


def test_a_renewed_dpia_does_not_make_an_old_start_unlawful():
    endre = {
        "dpia/gammel": {
            "navn": "Den første",
            "type": "full",
            "behandlinger": ["b"],
            "tilstand": "erstattet",
            "besluttet": {"dato": "2025-02-28", "av": "ba", "referanse": "Sak 0"},
        },
        D: {"besluttet.dato": "2026-02-20"},
    }
    assert dom("4.3", B, POSTER, endre=endre).utfall == "oppfylt"
    endre["dpia/gammel"]["tilstand"] = "utkast"
    assert dom("4.3", B, POSTER, endre=endre).utfall == "brudd"


SEN_HOY = {**HOY, "besluttet.dato": "2026-05-20", "forhandsdroftelse.fullfort": "2026-06-30"}


@pytest.mark.parametrize(
    ("endre", "ventet"),
    [
        # the first DPIA was late: so was the consultation
        ({}, ["forhandsdroftelse-etter-start", "dpia-etter-start"]),
        # the start was allowed by an earlier DPIA, or by a threshold that found none was needed
        ({"dpia/gammel": {"type": "full", "tilstand": "erstattet", "besluttet.dato": "2025-03-01"}}, []),
        (
            {"dpia/gammel": {"type": "full", "tilstand": "utkast", "besluttet.dato": "2025-03-01"}},
            ["forhandsdroftelse-etter-start", "dpia-etter-start"],
        ),
        (
            {
                "dpia/gammel": {
                    "type": "terskelvurdering",
                    "konklusjon": "ikke_pakrevd",
                    "tilstand": "erstattet",
                    "besluttet.dato": "2025-03-01",
                }
            },
            ["dpia-etter-start"],
        ),
    ],
)
def test_a_late_consultation_is_excused_only_where_the_start_was_allowed(endre, ventet):
    endre = {k: {"navn": "Gammel", "behandlinger": ["b"], **v} for k, v in endre.items()}
    verdict = dom("4.3", B, POSTER, endre={D: SEN_HOY, **endre})
    assert [f.vilkar for f in verdict.funn] == ventet


@pytest.mark.parametrize("konklusjon", ["pakrevd", "ikke_pakrevd"])
def test_the_strictest_of_two_thresholds_decides(konklusjon):
    ny = {
        "navn": "Ny terskel",
        "type": "terskelvurdering",
        "behandlinger": ["b"],
        "besluttet": {"dato": "2026-01-10", "av": "ba", "referanse": "Sak 5"},
        "konklusjon": konklusjon,
    }
    verdict = dom("4.3", B, POSTER, endre={"dpia/ny": ny, D: {"tilstand": "erstattet"}})
    assert [f.vilkar for f in verdict.funn] == ["dpia-mangler"]


@pytest.mark.parametrize(
    ("endre", "ventet"),
    [
        ({}, []),
        ({"besluttet.referanse": None}, []),
        ({"arkivsak": None}, ["arkivsak-mangler"]),
        ({"restrisiko": None}, ["restrisiko-mangler"]),
        ({"besluttet.av": None}, ["dpia-besluttet-av"]),
    ],
)
def test_a_dpia_in_the_archive_is_decided_from_its_conclusion(endre, ventet):
    ekstern = {
        "ekstern": "ja",
        "arkivsak": "Arkiv 7",
        **dict.fromkeys(
            ("formal_og_beskrivelse", "nodvendighet", "risikoer", "tiltak", "pvo_rad", "registrertes_syn")
        ),
        **endre,
    }
    verdict = dom("4.3", B, POSTER, endre={D: ekstern})
    assert [f.vilkar for f in verdict.funn] == ventet
    if not ventet:
        assert (verdict.utfall, verdict.styrke) == ("oppfylt", "dokumentert")
        assert any("bare konklusjonen" in (e.referanse or "") for e in verdict.bevis)


@pytest.mark.parametrize(
    ("dag", "utfall"),
    [
        (date(2026, 8, 21), "oppfylt"),
        (date(2026, 8, 22), "snart"),
        (date(2026, 11, 20), "snart"),
        (date(2026, 11, 21), "brudd"),
    ],
)
def test_a_decision_that_only_a_role_vouches_for_runs_out(dag, utfall):
    """Good until and with 20.11.2026; the warning window of 90 days opens 22.08.2026."""
    endre = {B: {"behandling_fra": "2025-12-01"}, D: {"besluttet": {"dato": "2025-11-20", "av": "ba"}}}
    verdict = dom("4.3", B, POSTER, endre=endre, dato=dag)
    assert verdict.utfall == utfall
    if utfall == "brudd":
        assert funn(verdict) == [("dpia-besluttet-utlopt", "utlopt", f"{D}:besluttet.dato")]
    else:
        assert verdict.styrke == "bekreftet"


@pytest.mark.parametrize(
    ("start", "utfall"),
    [("2025-02-19", "brudd"), ("2025-02-20", "oppfylt"), ("2025-02-21", "oppfylt")],
)
def test_the_dpia_comes_no_later_than_the_day_processing_starts(start, utfall):
    assert dom("4.3", B, POSTER, endre={B: {"behandling_fra": start}}).utfall == utfall


@pytest.mark.parametrize(
    ("gjelder_fra", "utfall"),
    [("2025-01-31", "brudd"), ("2025-02-01", "brudd"), ("2025-02-02", "oppfylt")],
)
def test_the_order_binds_starts_on_and_after_gjelder_fra(gjelder_fra, utfall):
    endre = {B: {"behandling_fra": "2025-02-01"}}
    assert dom("4.3", B, POSTER, endre=endre, innstillinger={"gjelder_fra": gjelder_fra}).utfall == utfall


PLANLAGT = {"tilstand": "planlagt", "behandling_fra": None}
UTEN_DPIA = {T: {"behandlinger": None}, D: {"behandlinger": None}}


@pytest.mark.parametrize(
    ("endre", "gjelder"),
    [
        ({B: {"tilstand": "avsluttet"}}, False),
        ({B: {**PLANLAGT, "systemer": None}}, False),
        ({B: PLANLAGT}, True),
        ({B: PLANLAGT, "systemer/x": {"tilstand": None}}, True),
        ({B: PLANLAGT, "systemer/x": {"tilstand": "under_utvikling"}}, False),
        ({B: PLANLAGT, "systemer/x": {"tilstand": "akseptansetest"}}, True),
        ({B: PLANLAGT, "systemer/x": {"tilstand": "avviklet"}}, False),
        ({B: {**PLANLAGT, "systemer": ["borte"]}}, False),
        ({B: {**PLANLAGT, "tjenester": ["s"]}, "systemer/x": {"tilstand": "under_utvikling"}}, False),
        ({B: {**PLANLAGT, "tjenester": ["s"]}, "tjenester/s": {"tilstand": "akseptansetest"}}, True),
        ({B: {"tilstand": "planlagt", "behandling_fra": "2026-11-15"}}, True),
        ({B: {"tilstand": "planlagt", "behandling_fra": "2026-11-16"}}, True),
        ({B: {"tilstand": "planlagt", "behandling_fra": "2026-11-17"}}, False),
        (
            {
                B: {"tilstand": "planlagt", "behandling_fra": "2026-11-17"},
                "systemer/x": {"tilstand": "akseptansetest"},
            },
            True,
        ),
    ],
)
def test_when_it_applies(endre, gjelder):
    verdict = dom("4.3", B, POSTER, endre={**UTEN_DPIA, **endre})
    assert verdict.utfall == ("brudd" if gjelder else "ikke_aktuelt")
    assert gjelder or verdict.begrunnelse


def test_a_planned_activity_needs_no_start_date_for_the_order():
    assert dom("4.3", B, POSTER, endre={B: PLANLAGT}).utfall == "oppfylt"


@pytest.mark.parametrize(
    ("endre", "uleselige"),
    [
        ({T: {"behandlinger": None}}, {"dpia/u": "behandlinger: [b]"}),
        ({D: {"behandlinger": None}}, {"dpia/u": None}),
        ({D: {"besluttet.av": "u"}}, {"roller/u": None}),
        ({B: {"behandlingsansvarlige": ["u"]}, D: {"besluttet.av": "leder"}}, {"roller/u": None}),
        ({**UTEN_DPIA, B: {**PLANLAGT, "systemer": ["u"]}}, {"systemer/u": None}),
    ],
)
def test_what_can_not_be_read_is_undecided(endre, uleselige):
    verdict = dom("4.3", B, POSTER, endre=endre, uleselige=uleselige)
    assert (verdict.utfall, verdict.funn) == ("ikke_avgjort", ())
    assert "kan ikke leses" in (verdict.begrunnelse or "")


def test_an_unreadable_file_that_does_not_name_the_activity_hides_nothing():
    verdict = dom("4.3", B, POSTER, endre={T: {"behandlinger": None}}, uleselige={"dpia/u": "annet"})
    assert verdict.utfall == "brudd"


AVVIK = {
    "krav": "4.3",
    "gjelder": ["b"],
    "vekt": "mindre",
    "tilstand": "besluttet",
    "besluttet": {"forum": "sdi", "dato": "2026-01-10"},
    "gyldig_til": "2026-11-16",
}


@pytest.mark.parametrize(("dag", "lovbrudd"), [(date(2026, 11, 16), True), (date(2026, 11, 17), False)])
def test_a_deviation_never_makes_a_breach_of_law_lawful(dag, lovbrudd):
    verdict = dom("4.3", B, POSTER, endre={D: {"tiltak": None}, "avvik/a": AVVIK}, dato=dag)
    assert (verdict.utfall, verdict.lovbrudd) == ("brudd", lovbrudd)
    assert verdict.avvik == ("a" if lovbrudd else None)


def test_a_late_dpia_is_settled_by_a_closed_deviation_and_nothing_else_is():
    lukket = {**AVVIK, "tilstand": "lukket", "sent_dokument": "ja"}
    sent = {D: {"besluttet.dato": "2025-03-02"}, "avvik/a": lukket}
    assert dom("4.3", B, POSTER, endre=sent).utfall == "avvik"
    verdict = dom("4.3", B, POSTER, endre={D: {"tiltak": None}, "avvik/a": lukket})
    assert (verdict.utfall, verdict.lovbrudd) == ("brudd", False)


@pytest.mark.parametrize("slag", ["terskelvurdering", "full"])
def test_an_empty_assessment_is_never_green_and_never_a_fault_of_ours(slag):
    tom = {"navn": "Tom", "type": slag, "behandlinger": ["b"]}
    assert dom("4.3", B, {B: {"navn": "B", "behandlingsansvarlige": []}, "dpia/e": tom}).utfall == "brudd"
