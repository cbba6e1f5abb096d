"""`forvaltning handover`: the handover checklist, shown and kept. Each step is a file of its own."""

from __future__ import annotations

ARGUMENTER = "ID | KOMMANDO ID [ARGUMENTER]..."
HJELP = """Sjekklisten for overlevering til forvaltning: vis den, start den, før den og lukk portene.

«forvaltning handover ID» viser listen for en tjeneste, et system, en integrasjon eller en overlevering. Det registeret
vet, fyller seg selv; resten hukes av. Listen er en post i overleveringer/, og hvert steg skriver bare linjene som endres."""
EKSEMPEL = (
    "forvaltning handover tilskuddsportalen",
    "forvaltning handover start bk360 --type ny --avgiver systemeier-bk360",
    "forvaltning handover tick digifrid opplaering --av systemeier-digifrid",
    "forvaltning handover sign digifrid --enhet finans --av direktor-finans",
    "forvaltning handover close digifrid etter --av bestiller-finans",
)
UNDER = {
    "show": ("overlevering_vis", "Vis sjekklisten. Det samme som uten ordet show."),
    "start": ("handover_start", "Start en overlevering: skriv posten."),
    "tick": ("handover_tick", "Huk av et punkt, eller sett det til ikke aktuelt."),
    "untick": ("handover_untick", "Åpne et punkt igjen."),
    "sign": ("handover_sign", "Signer for en av de to mottakerne."),
    "close": ("handover_close", "Lukk en port."),
    "read": ("handover_read", "Les avkryssinger og notater fra en redigert sjekkliste."),
}
"""Sub-verb → module and short help; the first is what `forvaltning handover ID` means."""
