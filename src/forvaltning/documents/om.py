"""What every report tells about itself: registry, commit, date, the settings that decided, and what was not seen."""

from __future__ import annotations

from dataclasses import dataclass

from forvaltning.documents.grunnlag import Hode
from forvaltning.documents.norsk import antall, dato

VIS_ULESTE = 20
"""Unreadable files named; the rest are counted."""
_KILDE = {
    "valgt": "valgt med --as-of",
    "eksempel": "eksempelregisterets egen dato",
    "innsjekking": "dagen registeret ble sjekket inn slik",
    "i dag": "dagen rapporten ble laget",
}
_HISTORIE = {
    "full": "hele historikken",
    "grunn": "bare en del av historikken er hentet",
    "ingen": "ingen historikk i Git",
}


@dataclass(frozen=True, slots=True)
class Om:
    """In words: one line for the top, what the reader must know before reading, and the whole list for the end."""

    linje: str
    forbehold: tuple[str, ...]
    om: tuple[tuple[str, str], ...]


def om(h: Hode) -> Om:
    """The head of a report in words."""
    return Om(_linje(h), tuple(_forbehold(h)), tuple(_liste(h)))


def _linje(h: Hode) -> str:
    whose = f" for {h.kommune}" if h.kommune else ""
    at = f", innsjekking {h.commit[:12]}" if h.commit else ""
    return f"Registeret {h.registry}{whose}{at}. Sjekkdato {dato(h.dato)} ({_KILDE[h.datokilde]})."


def _forbehold(h: Hode) -> list[str]:
    out: list[str] = []
    if h.utvalg:
        out.append(f"Rapporten gjelder bare {', '.join(h.utvalg)}.")
    if h.eksempel:
        out.append("Dette er eksempeldata, og historikken i Git er ikke vurdert.")
    if h.endret and h.commit:
        out.append("Registeret har endringer som ikke er sjekket inn.")
    if h.historie_ukjent and not h.eksempel:
        out.append(h.historie_ukjent)
    if h.uleste:
        shown = ", ".join(h.uleste[:VIS_ULESTE])
        rest = f" og {len(h.uleste) - VIS_ULESTE} til" if len(h.uleste) > VIS_ULESTE else ""
        out.append(
            f"{antall(len(h.uleste), 'fil', 'filer')} kunne ikke leses, og det som står der, er ikke med: {shown}{rest}."
        )
    if h.ikke_avgjort:
        out.append(
            f"{antall(h.ikke_avgjort, 'vurdering', 'vurderinger')} kunne ikke avgjøres og er ikke regnet som oppfylt."
        )
    return out


def _historie(h: Hode) -> str:
    if h.eksempel:
        return "ikke vurdert, for dette er eksempeldata"
    return h.historie_ukjent or _HISTORIE[h.historie]


def _liste(h: Hode) -> list[tuple[str, str]]:
    out = [
        ("Register", h.registry),
        ("Kommune", h.kommune or "ikke oppgitt"),
        (
            "Innsjekking",
            (h.commit or "ingen")
            + (", med endringer som ikke er sjekket inn" if h.endret and h.commit else ""),
        ),
        ("Sjekkdato", f"{dato(h.dato)}, {_KILDE[h.datokilde]}"),
        ("Historikk", _historie(h)),
        ("Utvalg", ", ".join(h.utvalg) or "hele registeret"),
        ("Ikke lest", f"{len(h.uleste)} filer" if len(h.uleste) != 1 else "1 fil"),
        ("Ikke avgjort", antall(h.ikke_avgjort, "vurdering", "vurderinger")),
        ("Reglementet gjelder fra", dato(h.gjelder_fra) if h.gjelder_fra else "ikke satt, så alt er vurdert"),
        ("Historikken teller fra", dato(h.historie_fra) if h.historie_fra else "første innsjekking"),
        ("Varslingsvindu", antall(h.varslingsvindu_dager, "dag", "dager")),
        ("Intervaller", ", ".join(f"{n} {antall(m, 'måned', 'måneder')}" for n, m in h.intervaller)),
        ("Frister", ", ".join(f"{n} {antall(d, 'dag', 'dager')}" for n, d in h.dager)),
        ("Egne innstillinger", ", ".join(h.egne) or "ingen, bare standardsettet"),
        ("Modell", str(h.modell)),
        ("Laget med", f"{h.verktoy}, regelsett {h.regelsett}"),
    ]
    return [(name, value) for name, value in out if value]
