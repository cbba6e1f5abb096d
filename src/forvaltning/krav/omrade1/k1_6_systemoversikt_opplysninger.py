"""Requirement 1.6: what the entry of a system holds, state by state (a default of ours)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from forvaltning.krav.naar import TILSTANDSNAVN, fra_tilstand
from forvaltning.krav.observasjon import Mangler, Observasjon
from forvaltning.krav.typer import Kontekst, regel
from forvaltning.model.base import LIVSLOP
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.rolle import Rolle
from forvaltning.model.system import System

if TYPE_CHECKING:
    from forvaltning.findings import FieldPath

FELTER: tuple[tuple[str, FieldPath, str], ...] = (
    ("planlagt", ("beskrivelse",), "hva systemet er"),
    ("planlagt", ("systemeier",), "systemeier"),
    ("planlagt", ("systemkoordinator",), "systemkoordinator"),
    ("under_utvikling", ("personopplysninger",), "om systemet behandler personopplysninger"),
    ("under_utvikling", ("anskaffet",), "om systemet er anskaffet"),
    ("akseptansetest", ("drift", "form"), "driftsform"),
    ("akseptansetest", ("eksponering",), "hvor systemet kan nås fra"),
    ("akseptansetest", ("autentisering",), "hvordan brukerne logger inn"),
    ("akseptansetest", ("brukere",), "hvem som bruker systemet"),
    ("i_produksjon", ("produksjon_fra",), "dagen systemet ble tatt i bruk"),
    ("under_avvikling", ("avvikling_fra",), "dagen avviklingen startet"),
)
"""From which state on, the field, and what to call it."""


@regel(
    System,
    naar=fra_tilstand("planlagt"),
    felter=(
        *dict.fromkeys(".".join(str(p) for p in felt) for _, felt, _ in FELTER),
        "tilstand",
        "enhet",
        "leverandor",
        "drift.leverandor",
        "drift.enhet",
        "roller:enhet",
    ),
)
def opplysninger(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """Each field that the state asks for is filled; without a state, those of a system in use."""
    tilstand = system.tilstand or "i_produksjon"
    naa = LIVSLOP.index(tilstand)
    for fra, felt, hva in FELTER:
        if naa >= LIVSLOP.index(fra) and _tom(system, felt):
            yield _mangler(felt, hva, tilstand)
    if _uten_enhet(system, ctx):
        yield _mangler(("enhet",), "enheten som eier systemet", tilstand)
    if system.anskaffet and not system.leverandor and naa >= LIVSLOP.index("akseptansetest"):
        yield _mangler(("leverandor",), "leverandøren det er anskaffet fra", tilstand)
    drift = system.drift
    if drift is not None and drift.form == "egen" and not drift.enhet:
        yield _mangler(("drift", "enhet"), "enheten som drifter systemet", tilstand)
    if (
        drift is not None
        and drift.form in {"leverandor", "sky"}
        and not (drift.leverandor or system.leverandor)
    ):
        yield _mangler(("drift", "leverandor"), "leverandøren som drifter systemet", tilstand)


def _mangler(felt: FieldPath, hva: str, tilstand: str) -> Mangler:
    navn = ".".join(str(p) for p in felt)
    return Mangler(
        felt,
        f"{navn.replace('.', '-')}-mangler",
        f"Systemoversikten sier ikke {hva}. Systemet er {TILSTANDSNAVN[tilstand]}.",
        f"Fyll ut «{navn}».",
    )


def _tom(system: System, felt: FieldPath) -> bool:
    value: Any = system
    for part in felt:
        value = getattr(value, str(part), None)
    return value is None or value == ()


def _uten_enhet(system: System, ctx: Kontekst) -> bool:
    """True when neither the system nor its owner's role names a unit; unread is not the same as without."""
    if system.enhet:
        return False
    eier = ctx.register.hent(system.systemeier, Rolle)
    if eier is not None:
        return not eier.enhet
    return not isinstance(ctx.register.finn(system.systemeier), Uleselig)
