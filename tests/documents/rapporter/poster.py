"""Records that the tests of several reports begin from: a system with its owner, agreements, ROS and activity."""

from __future__ import annotations

from typing import Any

POSTER: dict[str, dict[str, Any]] = {
    "enheter/kommunen": {"navn": "Kommunen", "type": "kommune", "kontakt": "post@kommune.example"},
    "enheter/finans": {
        "navn": "Finans",
        "type": "byradsavdeling",
        "forelder": "kommunen",
        "akseptabel_risiko": [{"matrise": "standard-5x5", "niva": "gul", "dato": "2024-02-12"}],
    },
    "enheter/kultur": {"navn": "Kultur", "type": "byradsavdeling", "forelder": "kommunen"},
    "roller/eier-finans": {"type": "systemeier", "enhet": "finans", "stilling": "Leder for arkiv"},
    "roller/eier-kultur": {"type": "systemeier", "enhet": "kultur", "stilling": "Leder for haller"},
    "roller/avtaleeier": {"type": "avtaleeier", "enhet": "finans", "stilling": "Økonomidirektør"},
    "roller/ansvarlig": {
        "type": "behandlingsansvarlig",
        "enhet": "finans",
        "kontakt": "finans@kommune.example",
    },
    "roller/ombud": {"type": "personvernombud", "enhet": "kommunen", "stilling": "Personvernombudet"},
    "leverandorer/fjordsky": {"navn": "Fjordsky AS"},
    "systemer/sak": {
        "navn": "Sak",
        "tilstand": "i_produksjon",
        "enhet": "finans",
        "systemeier": "eier-finans",
        "produksjon_fra": "2025-01-01",
        "personopplysninger": "ja",
        "kritikalitet": {"klasse": "kritisk"},
        "sertifikater": [
            {"id": "tls", "navn": "Pålogging", "utloper": "2026-12-01", "ansvarlig": "eier-finans"}
        ],
    },
    "systemer/hall": {
        "navn": "Hall",
        "tilstand": "i_produksjon",
        "enhet": "kultur",
        "systemeier": "eier-kultur",
        "kritikalitet": {"klasse": "ordinaer"},
    },
    "tjenester/soknad": {
        "navn": "Søknad",
        "type": "innbyggertjeneste",
        "tilstand": "i_produksjon",
        "enhet": "finans",
        "systemer": ["sak"],
        "innforing": {"oversikt": "innbyggerhjelpen", "referanse": "Søknad", "dato": "2026-01-05"},
        "kanaler": {"digital": "Skjema", "analog": "Papir"},
    },
    "avtaler/kontrakt": {
        "navn": "Kontrakt om Sak",
        "kategorier": ["drift_og_forvaltning"],
        "tilstand": "i_kraft",
        "enhet": "finans",
        "leverandor": "fjordsky",
        "signert": "2024-01-10",
        "gyldig_fra": "2024-02-01",
        "gyldig_til": "2027-01-31",
        "oppsigelse_maneder": "2",
        "avtaleeier": "avtaleeier",
        "systemer": ["sak"],
        "opsjoner": [{"id": "o1", "til": "2029-01-31", "frist": "2026-11-30"}],
    },
    "ros/ros-sak": {
        "navn": "ROS for Sak",
        "gjelder": ["sak"],
        "enhet": "finans",
        "tilstand": "besluttet",
        "matrise": "standard-5x5",
        "dato": "2025-12-20",
        "besluttet": {"dato": "2026-01-10", "av": "eier-finans", "referanse": "S 2026/1"},
        "scenarier": [
            {
                "id": "stans",
                "hendelse": "Systemet stanser",
                "initial": {"sannsynlighet": "3", "konsekvens": "4"},
                "rest": {"sannsynlighet": "2", "konsekvens": "4"},
                "tiltak": [
                    {
                        "id": "kopi",
                        "hva": "Lesekopi",
                        "ansvarlig": "eier-finans",
                        "frist": "2026-11-30",
                        "tilstand": "pagar",
                    }
                ],
            }
        ],
    },
    "behandlinger/saksbehandling": {
        "navn": "Saksbehandling",
        "tilstand": "aktiv",
        "enhet": "finans",
        "behandlingsansvarlige": ["ansvarlig"],
        "personvernombud": "ombud",
        "behandling_fra": "2025-01-01",
        "formal": ["Behandle saker", "Arkivere"],
        "registrerte": ["voksne"],
        "opplysninger": [{"kategori": "Helse", "art": "saerlig"}],
        "mottakere": ["Parter"],
        "sletting": [{"kategori": "Saker", "frist": "Ti år", "hendelse": "Lukket sak"}],
        "sikkerhetstiltak": "Tilgangsstyring",
        "behandlingsgrunnlag": [{"art6": "e", "art9": "g", "hjemmel": "Forvaltningsloven"}],
        "systemer": ["sak"],
        "databehandlere": [{"leverandor": "fjordsky", "rolle": "databehandler"}],
    },
}
