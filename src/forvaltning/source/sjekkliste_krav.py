"""Which requirements there are and what their rules are called, for checklists that name them.

The catalogue itself lies one room up (`krav.katalog`); a test holds this table to it.
"""

from __future__ import annotations

from collections.abc import Mapping

KRAV: Mapping[str, tuple[str, ...]] = {
    "1.1": (
        "eier_og_koordinator",
        "behandlingsansvar",
    ),
    "1.2": ("serviceprosess",),
    "1.3": (
        "prosessene",
        "omradene",
    ),
    "1.4": (
        "rutiner",
        "andre_roller",
    ),
    "1.5": (
        "henvendelser",
        "forstekontakten",
    ),
    "1.6": (
        "opplysninger",
        "organisering",
        "livslop",
        "gjennomgatt",
        "nevnt_i_tjeneste",
        "nevnt_i_integrasjon",
        "nevnt_i_avtale",
    ),
    "2.1": (
        "innforing",
        "overlevering",
    ),
    "2.2": (
        "kit",
        "kritikalitet",
        "kit_mot_data",
        "tjenestebilag",
        "avtaler_etter_kritikalitet",
        "planer",
        "revisjon",
        "sikkerhetskrav",
    ),
    "2.3": (
        "indikatorer",
        "brukerundersokelse",
    ),
    "3.1": (
        "rettsgrunnlag",
        "lagring",
        "arkivering",
        "dataene_er_gjort_opp",
    ),
    "3.2": (
        "datarutine",
        "datasettet_er_beskrevet",
    ),
    "3.3": ("begrepene_er_registrert",),
    "3.4": ("har_datasett",),
    "3.5": (
        "har_dataflyt",
        "flyten_er_beskrevet",
        "datasett_fra_kilden",
        "personopplysninger_i_flyten",
    ),
    "4.1": (
        "akseptabel_risiko",
        "kontroller",
        "gjennomgatt",
    ),
    "4.2": (
        "ros_besluttet",
        "endringer_dekket",
        "risiko_handtert",
        "adressesperre",
    ),
    "4.3": ("konsekvensvurdering",),
    "4.4": (
        "har_behandlinger",
        "protokoll",
    ),
    "4.5": (
        "avtalen",
        "prosjektet",
    ),
    "4.6": ("fulgt_opp",),
    "4.7": (
        "plan_og_runde",
        "for_tilgang",
    ),
    "5.1": (
        "kontrakt_for_leveransen",
        "kontrakt_for_prosjektet",
    ),
    "5.2": ("eier_og_forvalter",),
    "5.3": ("avtale_i_forvaltningen",),
    "5.4": ("fulgt_opp",),
    "5.5": (
        "databehandleravtaler",
        "leverandor_er_nevnt",
    ),
    "6.1": ("begrunnelsen_er_der",),
    "6.2": ("radet_har_anbefalt",),
    "6.3": ("produktene_er_der",),
    "6.4": ("status_er_rapportert",),
    "6.5": ("kvaliteten_har_en_ansvarlig",),
    "7.1": (
        "prosjektet_er_vurdert",
        "systemet_er_vurdert",
    ),
    "7.2": ("konseptet_er_vurdert",),
    "7.3": ("sjekklisten_er_gjennomgatt",),
    "8.1": ("brukskvalitet",),
    "8.2": ("presentasjon",),
    "8.3": (
        "test_mot_standarden",
        "kjente_brudd",
        "brukskvalitet",
        "standardkrav",
        "tilgjengelighetserklaering",
    ),
    "9.1": ("innovasjon",),
    "9.2": (
        "prosjektet",
        "systemet",
    ),
}
"""Requirement number → the names of its rules."""
