"""Agenda items about what changes soon: larger declared changes, and systems on their way in or out."""

from __future__ import annotations

from datetime import date

from forvaltning.documents.agenda_sak import Mote, Sak, etter_frist, innen, med_dager
from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import antall
from forvaltning.documents.rapporter import felles
from forvaltning.documents.visning import Kolonne, Tabell, Verdi
from forvaltning.model.hendelser import Endring
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

PAA_VEI = {"akseptansetest": "Testes før produksjon", "under_avvikling": "Er under avvikling"}
"""States in which a system or service is on its way in or out whatever its dates say."""


def endringer(g: Grunnlag, mote: Mote) -> list[Sak]:
    """Larger declared changes that take effect within the window, and those without a day."""
    out = [
        _endring(g, mote, e)
        for e in g.register.alle(Endring)
        if e.vekt == "storre" and (e.virkning is None or innen(g, mote, e.virkning))
    ]
    return etter_frist(out)


def _endring(g: Grunnlag, mote: Mote, e: Endring) -> Sak:
    navn = felles.post(g, e.gjelder)
    sikkerhet = {True: "kan påvirke sikkerheten", False: "påvirker ikke sikkerheten", None: "ikke oppgitt"}[
        e.sikkerhet
    ]
    fakta: tuple[tuple[str, Verdi], ...] = (
        ("Gjelder", f"{navn} ({e.gjelder})"),
        ("Felt som endres", e.felter or ("hele posten",)),
        ("Virkning", med_dager(g, e.virkning) or "Dagen er ikke satt"),
        ("Sikkerhet", sikkerhet + (f". {e.sikkerhet_begrunnelse}" if e.sikkerhet_begrunnelse else "")),
        ("ROS som dekker endringen", felles.post(g, e.ros) if e.ros else "ingen oppgitt"),
        ("Bestilt av", felles.rolle(g, e.bestilt_av)),
        ("Endringen i registeret", e.id),
        (
            "Hvis det ikke blir drøftet",
            "Endringen får virkning uten at avdelingene har sagt hva den betyr for dem.",
        ),
    )
    return Sak(
        e.navn or f"Endring av {navn}",
        f"{mote.forum.navn} skal drøfte hva endringen av {navn} betyr for byrådsavdelingene.",
        fakta,
        e.key,
        "",
        e.virkning,
        felles.rolle(g, e.bestilt_av),
    )


def systemskifter(g: Grunnlag, mote: Mote) -> list[Sak]:
    """One item with all systems and services that go into use or out of it."""
    poster: list[System | Tjeneste] = [*g.poster(System), *g.poster(Tjeneste)]
    rader: list[tuple[Verdi, ...]] = []
    for p in poster:
        for hva, dag in _skifter(g, mote, p):
            eier = p.systemeier if isinstance(p, System) else p.eier
            rader.append((p.navn, p.tittel_entall.capitalize(), hva, dag, g.enhet(p), felles.rolle(g, eier)))
    if not rader:
        return []
    rader.sort(key=lambda r: r[3] if isinstance(r[3], date) else date.max)
    return [
        Sak(
            f"{antall(len(rader), 'system eller tjeneste', 'systemer og tjenester')} på vei inn eller ut",
            f"{mote.forum.navn} skal drøfte hva skiftene betyr for brukerne, og hvem som må ha beskjed.",
            (("Hvis det ikke blir drøftet", "Skiftene skjer uten at avdelingene har samordnet dem."),),
            frist=min((r[3] for r in rader if isinstance(r[3], date) and r[3] >= g.dato), default=None),
            tabeller=(
                Tabell(
                    "skifter",
                    "Systemer og tjenester på vei inn eller ut",
                    (
                        Kolonne("navn", "Navn"),
                        Kolonne("slag", "Slag"),
                        Kolonne("hva", "Hva som skjer"),
                        Kolonne("dato", "Dato", "dato"),
                        Kolonne("enhet", "Enhet"),
                        Kolonne("eier", "Eier"),
                    ),
                    tuple(rader),
                ),
            ),
        )
    ]


def _skifter(g: Grunnlag, mote: Mote, p: System | Tjeneste) -> list[tuple[str, date | None]]:
    """What happens to one record within the window, by its dates; else by its state."""
    out: list[tuple[str, date | None]] = [
        (hva, dag)
        for hva, dag in (
            ("Settes i produksjon", p.produksjon_fra),
            ("Avviklingen starter", p.avvikling_fra),
            ("Tas ut av bruk", p.avviklet),
        )
        if innen(g, mote, dag)
    ]
    if not out and p.tilstand in PAA_VEI:
        out.append((PAA_VEI[p.tilstand], None))
    return out
