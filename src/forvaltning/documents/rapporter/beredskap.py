"""The report `beredskap`: contingency and continuity plans by criticality, their tests, and what suppliers promise (2.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import nokkel
from forvaltning.documents.rapporter import felles, registerord
from forvaltning.documents.visning import Del, Kolonne, Tabell, Verdi, Visning
from forvaltning.findings import Finding, Verdict
from forvaltning.model.avtale import Avtale
from forvaltning.model.deler import Plan
from forvaltning.model.innstillinger import Klasse
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

PLANER = ("beredskapsplan", "kontinuitetsplan")
I_AVTALEN = "avtale-beredskap"
"""How the conditions of 2.2 begin that are about contingency in the agreements."""
KOLONNER = (
    Kolonne("navn", "Navn"),
    Kolonne("id", "Id"),
    Kolonne("slag", "Slag"),
    Kolonne("eier", "Eier"),
    Kolonne("beredskapsplan", "Beredskapsplan fra", "dato"),
    Kolonne("beredskap_testet", "Sist testet", "dato"),
    Kolonne("kontinuitetsplan", "Kontinuitetsplan fra", "dato"),
    Kolonne("kontinuitet_testet", "Kontinuitet sist testet", "dato"),
    Kolonne("testes_innen", "Neste test innen", "dato"),
    Kolonne("avtalt_beredskap", "Beredskap i avtale", "liste"),
    Kolonne("mangler", "Hva som er galt", "liste"),
)


class Rad(NamedTuple):
    """A system or service in use, its class when that is known, and what 2.2 found about contingency."""

    post: System | Tjeneste
    klasse: Klasse | None
    dom: Verdict | None
    funn: tuple[Finding, ...]


def visning(g: Grunnlag) -> Visning:
    """What the two highest classes lack first, then every class with its plans, then what has no class."""
    poster: list[System | Tjeneste] = [*g.poster(System), *g.poster(Tjeneste)]
    rader = [_rad(g, p) for p in poster if p.tilstand is None or g.register.i_bruk(p)]
    rader.sort(key=lambda r: nokkel(r.post.navn))
    klasser = sorted(g.register.innstillinger.kritikalitetsklasser.values(), key=lambda k: -k.rang)
    hoye = [r for r in rader if r.klasse is not None and r.klasse.hoy]
    uten = [r for r in rader if r.klasse is None]
    return Visning(
        "beredskap",
        "Beredskap",
        (
            "Planene for når systemer og tjenester svikter, når de sist ble prøvd, og hva leverandørene har lovet.",
            *felles.uleste(g, "systemer", "tjenester", "avtaler"),
        ),
        (
            Del("Dette må rettes først", tabeller=(_hoye(g, hoye), _avtaler(g, hoye))),
            *(_klassedel(g, k, [r for r in rader if r.klasse == k]) for k in klasser),
            *([_uvurdert(g, uten)] if uten else []),
        ),
        (
            *(
                (f"I bruk i klassen {k.navn.lower()}", sum(1 for r in rader if r.klasse == k))
                for k in klasser
            ),
            ("Kritikalitet er ikke vurdert", len(uten)),
            ("I de to høyeste klassene: mangler plan", sum(1 for r in hoye if _uten_plan(r))),
            ("I de to høyeste klassene: test mangler eller er for gammel", sum(1 for r in hoye if _test(r))),
            ("I de to høyeste klassene: ingen avtale om beredskap", sum(1 for r in hoye if _avtale(r))),
        ),
    )


def _rad(g: Grunnlag, post: System | Tjeneste) -> Rad:
    klasser = g.register.klasser_for(post)
    dom = g.dom(post, "2.2")
    funn = tuple(
        f for f in (dom.funn if dom else ()) if f.felt.startswith(PLANER) or f.vilkar.startswith(I_AVTALEN)
    )
    return Rad(post, klasser[0] if len(klasser) == 1 else None, dom, funn)


def _uten_plan(r: Rad) -> bool:
    return any(f.vilkar == f"{plan}-mangler" for f in r.funn for plan in PLANER)


def _test(r: Rad) -> bool:
    return any(f.vilkar.startswith(f"{plan}-test") for f in r.funn for plan in PLANER)


def _avtale(r: Rad) -> bool:
    return any(f.vilkar.startswith(I_AVTALEN) for f in r.funn)


def _hoye(g: Grunnlag, rader: Sequence[Rad]) -> Tabell:
    """One row for each thing that is wrong in the two highest classes, the most critical first."""
    sortert = sorted(rader, key=lambda r: -(r.klasse.rang if r.klasse else 0))
    return Tabell(
        "hoye_klasser",
        "De to høyeste klassene: uten plan, uten test eller uten avtalt beredskap",
        (
            Kolonne("navn", "Navn"),
            Kolonne("klasse", "Kritikalitet"),
            *registerord.FUNN,
        ),
        tuple(
            (r.post.navn, r.klasse.navn if r.klasse else "", *rad)
            for r in sortert
            for rad in registerord.funnrader(g, r.dom, r.funn)
        ),
        tom="Ingen av dem mangler plan, test eller avtalt beredskap etter krav 2.2.",
    )


def _avtaler(g: Grunnlag, rader: Iterable[Rad]) -> Tabell:
    """What the agreements in force say of contingency for the two highest classes."""
    return Tabell(
        "avtalt_beredskap",
        "De to høyeste klassene: beredskap i avtalene",
        (
            Kolonne("navn", "Navn"),
            Kolonne("avtale", "Avtale"),
            Kolonne("part", "Part"),
            Kolonne("beredskap", "Hvor beredskapen står"),
            Kolonne("gjelder_til", "Gjelder til", "dato"),
        ),
        tuple(
            (
                r.post.navn,
                a.navn,
                felles.post(g, a.leverandor or a.intern_part),
                (a.vilkar.beredskap if a.vilkar else None) or registerord.IKKE_OPPGITT,
                g.register.siste_gyldige_dag(a) or "Løpende",
            )
            for r in rader
            for a in _avtaler_for(g, r.post)
        ),
        tom="Ingen avtaler i kraft dekker dem.",
    )


def _avtaler_for(g: Grunnlag, post: System | Tjeneste) -> list[Avtale]:
    """The agreements in force that cover a record, processing agreements left out."""
    return g.sortert(
        a
        for a in g.register.avtaler_for(post)
        if g.register.er_i_kraft(a) and set(a.kategorier) != {"databehandleravtale"}
    )


def _klassedel(g: Grunnlag, klasse: Klasse, rader: Sequence[Rad]) -> Del:
    kode = next(k for k, v in g.register.innstillinger.kritikalitetsklasser.items() if v == klasse)
    maneder = g.register.innstillinger.intervaller["plantest"]
    hvordan = (
        f"Planene skal prøves innen {maneder} måneder, og avtalene skal dekke beredskap."
        if klasse.hoy
        else "Planene skal finnes. Kravet ber ikke om test i denne klassen."
    )
    return Del(
        klasse.navn,
        avsnitt=(hvordan,),
        tabeller=(
            Tabell(
                f"klasse_{registerord.maskinnavn(kode)}",
                f"Planer i klassen {klasse.navn.lower()}",
                KOLONNER,
                tuple(_planrad(g, r) for r in rader),
                tom="Ingen systemer eller tjenester i bruk har denne klassen i utvalget.",
            ),
        ),
    )


def _uvurdert(g: Grunnlag, rader: Sequence[Rad]) -> Del:
    return Del(
        "Kritikalitet er ikke vurdert",
        avsnitt=("Når kritikaliteten ikke er vurdert, er det heller ikke avgjort om planene må prøves.",),
        tabeller=(
            Tabell(
                "uten_klasse",
                "Planer der klassen er ukjent",
                KOLONNER,
                tuple(_planrad(g, r) for r in rader),
            ),
        ),
    )


def _planrad(g: Grunnlag, r: Rad) -> tuple[Verdi, ...]:
    b, k = r.post.beredskapsplan, r.post.kontinuitetsplan
    eier = r.post.systemeier if isinstance(r.post, System) else r.post.eier
    return (
        r.post.navn,
        r.post.id,
        r.post.tittel_entall.capitalize(),
        felles.rolle(g, eier),
        _fra(b),
        b.testet if b else None,
        _fra(k),
        k.testet if k else None,
        _neste(g, r),
        tuple(
            f"{a.navn}: {a.vilkar.beredskap}"
            for a in _avtaler_for(g, r.post)
            if a.vilkar is not None and a.vilkar.beredskap
        ),
        registerord.meldinger(r.funn),
    )


def _fra(plan: Plan | None) -> Verdi:
    return felles.MANGLER if plan is None else plan.dato or "uten dato"


def _neste(g: Grunnlag, r: Rad) -> date | None:
    """The first of the days that the plans were good for, counted from their last tests; None where none is asked."""
    if r.klasse is None or not r.klasse.hoy:
        return None
    maneder = g.register.innstillinger.intervaller["plantest"]
    planer = (r.post.beredskapsplan, r.post.kontinuitetsplan)
    tester = [p.testet or r.post.produksjon_fra or p.dato for p in planer if p is not None]
    return min((g.register.dag.maneder_etter(t, maneder) for t in tester if t is not None), default=None)
