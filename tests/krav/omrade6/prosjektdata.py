"""A running project that fulfils 6.1–6.5 on 16 November 2026, and deviations from it."""

from __future__ import annotations

P = "prosjekter/p"
HOVED = "prosjekter/hoved"

POSTER = {
    "roller/qa": {"type": "kvalitetsansvarlig"},
    "roller/leder": {"type": "prosjektleder"},
    "roller/eier": {"type": "prosjekteier"},
    P: {
        "navn": "P",
        "type": "prosjekt",
        "tilstand": "gjennomforing",
        "digitalisering": "ja",
        "prosjekteier": "eier",
        "prosjektleder": "leder",
        "kvalitetsansvarlig": "qa",
        "registrert": "2024-08-01",
        "begrunnelse": {
            "referanse": "P-1",
            "mal": "x",
            "omfang": "x",
            "kostnad": "x",
            "nytte": "x",
            "potensial": "x",
            "ansvar": "x",
            "forankring": "x",
            "tidsramme": "x",
            "registrert": "2024-08-01",
            "oppdatert": "2026-10-01",
        },
        "mandatendringer": [{"dato": "2025-10-14"}, {"dato": "2025-03-01"}],
        "beslutningspunkter": [
            {"punkt": "BP1", "dato": "2024-09-10"},
            {"punkt": "BP2", "dato": "2025-02-18"},
            {"punkt": "BP3", "dato": "2026-06-09"},
        ],
        "anbefalinger": [
            {"punkt": "BP2", "dato": "2025-02-18", "utfall": "anbefalt", "referanse": "sak 1"},
            {"punkt": "BP3", "dato": "2026-05-26", "utfall": "anbefalt", "referanse": "sak 2"},
        ],
        "produkter": [
            {"type": t, "dato": "2025-01-01", "referanse": "P-1"}
            for t in (
                "prosjektforslag",
                "prosjektbegrunnelse",
                "styringsdokument",
                "prosjektplan",
                "gevinstplan",
            )
        ],
        "rapportering": {
            "rytme_maneder": "4",
            "avtalt": {"dato": "2025-02-25", "referanse": "notat"},
            "rapporter": [
                {"dato": "2026-06-19", "referanse": "r1"},
                {"dato": "2026-10-16", "referanse": "r2"},
            ],
        },
    },
}
HOVEDPROSJEKT = {"navn": "Hoved", "type": "prosjekt", "tilstand": "gjennomforing"}


def avvik(krav: str, til: str = "2026-11-16", **mer: object) -> dict[str, dict[str, object]]:
    """A deviation for the project, decided by SDI, in force to and with `til`."""
    return {
        "avvik/a": {
            "krav": krav,
            "gjelder": ["p"],
            "vekt": "mindre",
            "tilstand": "besluttet",
            "besluttet": {"forum": "sdi", "dato": "2026-01-01"},
            "gyldig_til": til,
            **mer,
        }
    }
