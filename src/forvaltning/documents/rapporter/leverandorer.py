"""The report `leverandorer`: each supplier's agreements, systems, follow-up, audits, sub-processors and warnings."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.rapporter import felles, registerord
from forvaltning.documents.rapporter import leverandorer_tabeller as tabeller
from forvaltning.documents.visning import Del, Kolonne, Tabell, Verdi, Visning
from forvaltning.findings import Outcome, Verdict
from forvaltning.model.avtale import Avtale
from forvaltning.model.behandling import Behandling
from forvaltning.model.leverandor import Leverandor
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste
from forvaltning.model.viser import normaliser

LEVERANDOR = tabeller.LEVERANDOR
AVGRENSET = (
    "En leverandør hører ikke til én enhet. Den er med når enheten har en avtale, et system eller en tjeneste fra "
    "den. Vurderingen av krav 4.6 følger ikke enheten og er derfor ikke med i dette utvalget."
)


class Rad(NamedTuple):
    """One supplier with what the register ties to it today."""

    leverandor: Leverandor
    avtaler: tuple[Avtale, ...]
    """In force on the check date."""
    leverer: tuple[System | Tjeneste, ...]
    """What it delivers, runs or has an agreement in force for; that which has ended left out."""
    dom: Verdict | None
    """Requirement 4.6."""


def visning(g: Grunnlag) -> Visning:
    """The suppliers with an agreement or a system today first, what has to be done on top, the rest last."""
    alle = [_rad(g, lev) for lev in g.sortert(g.register.alle(Leverandor)) if _med(g, lev)]
    i_bruk = [r for r in alle if r.avtaler or r.leverer]
    uten = [r for r in alle if not (r.avtaler or r.leverer)]
    levs = [r.leverandor for r in i_bruk]
    utenfor = tabeller.utenfor_eos(g, levs)
    apne = tabeller.varsler(g, levs, apne=True)
    oppfolging = _oppfolging(g, i_bruk)
    return Visning(
        "leverandorer",
        "Leverandører",
        (
            "Hvem som leverer til kommunen, hva de leverer, og hvordan de blir fulgt opp.",
            *_avgrenset(g),
            *felles.uleste(g, "leverandorer", "avtaler", "systemer", "tjenester", "behandlinger"),
        ),
        (
            Del("Dette må følges opp", tabeller=(_brudd(g, i_bruk), apne, utenfor)),
            Del("Leverandørene", tabeller=(_oversikt(g, i_bruk), oppfolging)),
            Del("Underdatabehandlere", tabeller=(tabeller.underdatabehandlere(g, levs),)),
            Del("Varsler som er fulgt opp", tabeller=(tabeller.varsler(g, levs, apne=False),)),
            Del("Uten avtale i kraft og uten leveranse", tabeller=(_tidligere(g, uten),)),
        ),
        (
            ("Leverandører i dag", len(i_bruk)),
            ("Behandler personopplysninger", sum(1 for r in i_bruk if personopplysninger(g, r))),
            (
                "Brudd på krav om oppfølging (4.6)",
                sum(1 for r in i_bruk if registerord.er(r.dom, Outcome.BRUDD)),
            ),
            (
                f"Må følges opp innen {g.hode.varslingsvindu_dager} dager",
                sum(1 for r in i_bruk if registerord.er(r.dom, Outcome.SNART)),
            ),
            ("Åpne varsler", len(apne.rader)),
            ("Leverandører og underdatabehandlere utenfor EØS", len(utenfor.rader)),
        ),
    )


def _med(g: Grunnlag, lev: Leverandor) -> bool:
    """A supplier belongs to no unit: it is with those whose agreements or systems are."""
    if g.enheter is None and g.rolle is None:
        return True
    r = g.register
    return any(
        g.med(p)
        for p in (lev, *r.avtaler_med(lev), *r.systemer_hos(lev), *r.viser_til(lev, Tjeneste, "leverandor"))
    )


def _avgrenset(g: Grunnlag) -> tuple[str, ...]:
    if g.enheter is None:
        return ()
    return (AVGRENSET,)


def _rad(g: Grunnlag, lev: Leverandor) -> Rad:
    r = g.register
    avtaler = tuple(g.sortert(a for a in r.avtaler_med(lev) if r.er_i_kraft(a)))
    leverer = {p.id: p for p in r.dekkes_av(lev)}
    leverer.update({t.id: t for t in r.viser_til(lev, Tjeneste, "leverandor")})
    levende = g.sortert(p for p in leverer.values() if p.tilstand != "avviklet")
    return Rad(lev, avtaler, tuple(levende), g.dom(lev, "4.6"))


def personopplysninger(g: Grunnlag, rad: Rad) -> bool | None:
    """Whether the register says that the supplier handles personal data; None when it says neither yes nor no.

    Yes: a processing agreement in force, an activity that names it, or something it delivers. No: all it
    delivers says no.
    """
    if any("databehandleravtale" in a.kategorier for a in rad.avtaler):
        return True
    key = normaliser(rad.leverandor.id)
    roller = {
        d.rolle
        for b in g.register.viser_til(rad.leverandor, Behandling, "databehandlere.leverandor")
        if b.tilstand != "avsluttet"
        for d in b.databehandlere
        if normaliser(d.leverandor) == key
    }
    if roller & {"databehandler", "selvstendig"}:
        return True
    if "uten_tilgang" in roller:
        return False
    svar = [p.personopplysninger for p in rad.leverer]
    return True if any(svar) else None if None in svar or not svar else False


def _brudd(g: Grunnlag, rader: list[Rad]) -> Tabell:
    return registerord.saker(
        g,
        "oppfolging_na",
        "Oppfølging som mangler, er utløpt eller går ut snart (4.6)",
        "Leverandør",
        (r.dom for r in rader if r.dom is not None),
        "Ingen leverandør i utvalget mangler oppfølging, og ingen frist går ut snart.",
    )


def _oversikt(g: Grunnlag, rader: list[Rad]) -> Tabell:
    return Tabell(
        "leverandorer",
        "Hva de leverer",
        (
            LEVERANDOR,
            Kolonne("id", "Id"),
            Kolonne("orgnr", "Organisasjonsnummer"),
            Kolonne("land", "Land"),
            Kolonne("avtaler", "Avtaler i kraft", "liste"),
            Kolonne("leverer", "Systemer og tjenester", "liste"),
            Kolonne("kritikalitet", "Høyeste kritikalitet"),
            Kolonne("personopplysninger", "Personopplysninger"),
        ),
        tuple(
            (
                r.leverandor.navn,
                r.leverandor.id,
                r.leverandor.orgnr or felles.MANGLER,
                registerord.land(g, r.leverandor.land),
                tuple(a.navn for a in r.avtaler),
                tuple(p.navn for p in r.leverer),
                registerord.klasse(g, r.leverer),
                registerord.ja_nei(personopplysninger(g, r)),
            )
            for r in rader
        ),
        forklaring="En leverandør får kritikaliteten til det mest kritiske den leverer.",
    )


def _oppfolging(g: Grunnlag, rader: list[Rad]) -> Tabell:
    def en(r: Rad) -> tuple[Verdi, ...]:
        dager = [o.dato for o in r.leverandor.oppfolging if o.dato is not None and o.dato <= g.dato]
        revidert = tabeller.siste_revisjon(g, r.leverandor)
        return (
            r.leverandor.navn,
            max(dager) if dager else "aldri",
            r.dom.frist if r.dom is not None else None,
            registerord.utfall(r.dom),
            revidert.dato if revidert is not None else "aldri",
            (revidert.resultat or "Resultatet er ikke ført") if revidert is not None else None,
            (revidert.referanse or felles.MANGLER) if revidert is not None else None,
        )

    return Tabell(
        "oppfolging",
        "Oppfølging og sikkerhetsrevisjon",
        (
            LEVERANDOR,
            Kolonne("sist_fulgt_opp", "Sist fulgt opp", "dato"),
            Kolonne("folges_opp_innen", "Følges opp innen", "dato"),
            Kolonne("krav_4_6", "Krav 4.6", "utfall"),
            Kolonne("sist_revidert", "Sist revidert", "dato"),
            Kolonne("resultat", "Hva revisjonen viste"),
            Kolonne("revisjon_referanse", "Rapport"),
        ),
        tuple(en(r) for r in rader),
        forklaring="Om revisjonen er ny nok, vurderes på systemene og tjenestene i krav 2.2.",
    )


def _tidligere(g: Grunnlag, rader: list[Rad]) -> Tabell:
    def slutt(r: Rad) -> date | None:
        dager = [g.register.siste_gyldige_dag(a) for a in g.register.avtaler_med(r.leverandor)]
        return max((d for d in dager if d is not None), default=None)

    return Tabell(
        "tidligere",
        "Leverandører uten avtale eller leveranse i dag",
        (
            LEVERANDOR,
            Kolonne("orgnr", "Organisasjonsnummer"),
            Kolonne("siste_avtale_til", "Siste avtale gjaldt til", "dato"),
            Kolonne("merknad", "Merknad"),
        ),
        tuple(
            (r.leverandor.navn, r.leverandor.orgnr or felles.MANGLER, slutt(r), r.leverandor.merknad or "")
            for r in rader
        ),
        tom="Alle leverandørene i utvalget har en avtale eller en leveranse.",
    )
