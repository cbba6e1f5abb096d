"""The facts of a system card, in small tables of two columns: what is asked, and what the registry says."""

from __future__ import annotations

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import dato as norsk_dato
from forvaltning.documents.rapporter import felles
from forvaltning.documents.visning import Tabell, Verdi
from forvaltning.model.deler import Plan
from forvaltning.model.system import System

Rader = tuple[tuple[str, Verdi], ...]


def tabeller(g: Grunnlag, s: System) -> tuple[Tabell, ...]:
    """All the facts, by subject."""
    return (
        felles.faktatabell("om", "Om systemet", _om(g, s)),
        felles.faktatabell("drift", "Drift og lagring", _drift(g, s)),
        felles.faktatabell("sikkerhet", "Sikkerhet og kritikalitet", _sikkerhet(g, s)),
        felles.faktatabell("arkiv", "Arkiv og hjemmel", _arkiv(g, s)),
        felles.faktatabell("forvaltning", "Forvaltning", _forvaltning(g, s)),
    )


def _om(g: Grunnlag, s: System) -> Rader:
    slutt: Rader = (("Avvikling fra", s.avvikling_fra), ("Avviklet", s.avviklet))
    return (
        ("Id", s.id),
        ("Enhet", g.enhet(s)),
        ("Tilstand", felles.tilstand(s.tilstand)),
        ("Tatt i bruk", s.produksjon_fra or (felles.MANGLER if g.register.i_bruk(s) else None)),
        *((k, v) for k, v in slutt if v is not None),
        ("Anskaffet fra ekstern part", felles.ja_nei(s.anskaffet)),
        ("Leverandør", felles.post(g, s.leverandor) if s.leverandor else "Ikke oppgitt"),
        ("Brukere", felles.koder(g, "brukergruppe", s.brukere) or felles.MANGLER),
        ("Prosjekter", felles.poster(g, s.prosjekter)),
    )


def _drift(g: Grunnlag, s: System) -> Rader:
    d, lagring = s.drift, s.lagring
    drifter = tuple(felles.post(g, i) for i in ((d.leverandor, d.enhet) if d else ()) if i)
    return (
        ("Driftsform", g.kode("driftsform", d.form if d else None) or felles.MANGLER),
        ("Driftes av", drifter or felles.MANGLER),
        ("Lagringssted", (lagring.sted if lagring else None) or felles.MANGLER),
        ("Land", g.kode("land", lagring.land if lagring else None) or felles.MANGLER),
        ("Utenfor kommunens datahaller", felles.ja_nei(lagring.utenfor_kommunen if lagring else None)),
        ("Kan nås fra", felles.koder(g, "land", lagring.tilgang_fra if lagring else ()) or felles.MANGLER),
        (
            "Overføringsgrunnlag",
            g.kode("overforingsgrunnlag", lagring.overforingsgrunnlag if lagring else None) or None,
        ),
    )


def _sikkerhet(g: Grunnlag, s: System) -> Rader:
    k = s.kritikalitet
    return (
        ("Kritikalitet", felles.kritikalitet(g, k)),
        ("Kritikalitet vurdert", felles.bekreftet(g, k.vurdert if k else None)),
        ("Konfidensialitet", felles.kit(g, s.kit, "konfidensialitet")),
        ("Integritet", felles.kit(g, s.kit, "integritet")),
        ("Tilgjengelighet", felles.kit(g, s.kit, "tilgjengelighet")),
        ("KIT vurdert", felles.bekreftet(g, s.kit.vurdert if s.kit else None)),
        ("Personopplysninger", felles.ja_nei(s.personopplysninger)),
        ("Personer med sperret adresse", felles.ja_nei(s.adressesperre)),
        ("Åpent for", g.kode("eksponering", s.eksponering) or felles.MANGLER),
        ("Innlogging", felles.koder(g, "autentisering", s.autentisering) or felles.MANGLER),
        ("Beredskapsplan", _plan(s.beredskapsplan)),
        ("Kontinuitetsplan", _plan(s.kontinuitetsplan)),
        (
            "Sertifikater",
            tuple(
                f"{c.navn or c.id}: {f'går ut {norsk_dato(c.utloper)}' if c.utloper else 'utløp mangler'}"
                for c in s.sertifikater
            ),
        ),
    )


def _arkiv(g: Grunnlag, s: System) -> Rader:
    a = s.arkiv
    return (
        ("Hjemmel for oppgaven", s.rettsgrunnlag or felles.MANGLER),
        ("Dokumentasjonspliktig", felles.ja_nei(a.dokumentasjonspliktig if a else None)),
        ("Arkiveres i", felles.post(g, a.arkivkjerne) if a and a.arkivkjerne else None),
        ("Bevaring", g.kode("bevaring", a.bevaring if a else None) or felles.MANGLER),
        ("Oppbevaring og sletting", (a.oppbevaring if a else None) or felles.MANGLER),
        ("Hjemmel for oppbevaring", a.hjemmel if a else None),
    )


def _forvaltning(g: Grunnlag, s: System) -> Rader:
    h, p, o = s.henvendelser, s.serviceprosess, s.tilgangsopplaering
    return (
        ("Førstekontakt", g.kode("forstekontakt", h.forstekontakt if h else None) or felles.MANGLER),
        ("Rute i BkService", (h.bkservice if h else None) or felles.MANGLER),
        ("Innføring i BkService", (p.bkservice if p else None) or felles.MANGLER),
        ("Opplæring før tilgang", (o.krav if o else None) or felles.MANGLER),
        ("Gjennomgått i systemoversikten", felles.bekreftet(g, s.systemoversikt)),
        ("Rutine for data", _dokument(s)),
        ("Arbeidsprosesser", tuple(a.navn or a.id for a in s.arbeidsprosesser if a.ikke_aktuelt is None)),
    )


def _dokument(s: System) -> str:
    d = s.datarutine
    if d is None:
        return felles.MANGLER
    return ", ".join(x for x in (d.referanse, norsk_dato(d.dato) if d.dato else "uten dato") if x)


def _plan(p: Plan | None) -> Verdi:
    """«Plan …, fra 03.03.2025, sist testet 28.05.2026»."""
    if p is None:
        return felles.MANGLER
    fra = f"fra {norsk_dato(p.dato)}" if p.dato else "uten dato"
    testet = f"sist testet {norsk_dato(p.testet)}" if p.testet else "ikke testet"
    return ", ".join(x for x in (p.referanse, fra, testet) if x)
