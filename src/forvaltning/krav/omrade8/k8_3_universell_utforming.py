"""Requirement 8.3, which is law: web and IKT solutions follow the accessibility regulation."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Strength
from forvaltning.krav.anskaffelse import krav_i_anskaffelsen
from forvaltning.krav.byggesteiner import i_fortiden
from forvaltning.krav.naar import begge, i_bruk
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon
from forvaltning.krav.omrade8.felles import bare_fritak, sjekkliste, skjermfeil, uten_skjerm
from forvaltning.krav.omrade8.k8_3_universell_utforming_flater import erklaeringer
from forvaltning.krav.typer import KOMMUNALDIREKTOR, SYSTEMEIER, Kontekst, Krav, UtenDom, regel
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

SAMSVAR = "i_samsvar"


def egen_losning(post: System | Tjeneste, ctx: Kontekst) -> str | None:
    """A system, or a service that has a solution of its own beside the registered systems that carry it."""
    if isinstance(post, System) or post.nett is not None:
        return None
    if post.systemer and all(isinstance(ctx.register.finn(s), System | Uleselig) for s in post.systemer):
        navn = ", ".join(f"«{s}»" for s in post.systemer)
        return f"Tjenesten har ingen egen nettløsning. Kravet vurderes på systemene den bruker: {navn}."
    if not post.systemer and post.selvbetjening == "ingen":
        return "Tjenesten har verken selvbetjening, system eller nettløsning."
    return None


def uten_fritak(post: System | Tjeneste, _ctx: Kontekst) -> str | None:
    """No verdict of its own where the record opts out: the first rule judges the opt-out."""
    if bare_fritak(post):
        raise UtenDom
    return None


gjelder = begge(i_bruk, egen_losning, uten_skjerm)
gjelder_losningen = begge(gjelder, uten_fritak)


@regel(
    System,
    Tjeneste,
    naar=gjelder,
    felter=(
        "nett.ikke_aktuelt",
        "nett.uu.standard",
        "nett.uu.dato",
        "nett.uu.resultat",
        "nett.uu.referanse",
        "nett.brudd",
        "tjenester:systemer",
        "tjenester:selvbetjening",
    ),
)
def test_mot_standarden(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """Tested against the standard that the regulation points to, with result and date."""
    yield from skjermfeil(post, ctx)
    if bare_fritak(post):
        return
    test = post.nett.uu if post.nett else None
    path = ("nett", "uu")
    if test is None:
        yield Mangler(
            path,
            "uu-test-mangler",
            "Løsningen er ikke testet mot standarden for universell utforming.",
            "Test løsningen, og før opp standard, dato og resultat i «nett.uu».",
        )
        return
    for felt, hva in (
        ("standard", "hvilken standard det ble testet mot"),
        ("dato", "når"),
        ("resultat", "hva den viste"),
    ):
        if getattr(test, felt) is None:
            yield Mangler(
                (*path, felt),
                f"uu-{felt}-mangler",
                f"Testen av universell utforming sier ikke {hva}.",
                f"Fyll ut «nett.uu.{felt}».",
            )
    yield from i_fortiden(
        ctx, (*path, "dato"), test.dato, hva="Testen av universell utforming", vilkar="uu-test"
    )
    apne = [b for b in post.nett.brudd if b.rettet is None] if post.nett else []
    if test.resultat not in (None, SAMSVAR) and not apne:
        yield Feil(
            (*path, "resultat"),
            "uu-ikke-i-samsvar",
            f"Testen viste «{ctx.innstillinger.navn('uu_resultat', test.resultat).lower()}», og ingen åpne brudd er ført opp.",
            "Før opp bruddene i «nett.brudd», eller rett dem og test på nytt.",
        )
    if test.dato is not None:
        yield Bevis(
            path, Strength.DOKUMENTERT if test.referanse else Strength.BEKREFTET, test.dato, test.referanse
        )


@regel(
    System,
    Tjeneste,
    naar=gjelder_losningen,
    felter=("nett.brudd", "nett.brudd.rettet", "nett.brudd.sak", "nett.brudd.behandlet", "nett.brudd.funnet"),
)
def kjente_brudd(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """A known break is a breach; without a case in Digitaliseringsrådet that is one more."""
    for n, brudd in enumerate(post.nett.brudd if post.nett else ()):
        path = ("nett", "brudd", n)
        for felt, hva in (
            ("funnet", "Funnet av"),
            ("rettet", "Rettingen av"),
            ("behandlet", "Rådets behandling av"),
        ):
            yield from i_fortiden(
                ctx,
                (*path, felt),
                getattr(brudd, felt),
                hva=f"{hva} bruddet «{brudd.id}»",
                vilkar=f"uu-brudd-{felt}",
            )
        if brudd.rettet is not None and ctx.register.dag.nadd(brudd.rettet):
            continue
        kriterium = f" på {brudd.kriterium}" if brudd.kriterium else ""
        yield Feil(
            path,
            "uu-brudd",
            f"Kjent brudd{kriterium} er ikke rettet («{brudd.id}»).",
            "Rett bruddet, og skriv dagen i «rettet».",
        )
        if not brudd.sak:
            yield Mangler(
                (*path, "sak"),
                "uu-brudd-uten-sak",
                f"Bruddet «{brudd.id}» er ikke lagt fram for Digitaliseringsrådet.",
                "Legg bruddet fram for rådet, og skriv saken i «sak».",
            )


@regel(
    System,
    Tjeneste,
    naar=gjelder_losningen,
    felter=(
        "nett.brukskvalitet.dato",
        "nett.brukskvalitet.av",
        "nett.brukskvalitet.referanse",
        "nett.brukskvalitet.oppfylt",
    ),
)
def brukskvalitet(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """The usability checklist, as in 8.1, for every solution."""
    yield from sjekkliste(post, ctx)


@regel(
    System,
    Tjeneste,
    naar=gjelder_losningen,
    felter=(
        "anskaffet",
        "leverandor",
        "prosjekter",
        "avtaler:krav.universell_utforming.versjon",
        "avtaler:krav.universell_utforming.dato",
        "prosjekter:krav.universell_utforming.versjon",
        "prosjekter:krav.universell_utforming.dato",
        "avtaler:kategorier",
        "avtaler:leverandor",
        "avtaler:prosjekter",
        "avtaler:signert",
        "avtaler:gyldig_fra",
        "avtaler:gyldig_til",
        "avtaler:opsjoner",
        "systemer:drift",
    ),
)
def standardkrav(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """The standard requirements for accessibility were part of the procurement."""
    yield from krav_i_anskaffelsen(
        ctx,
        post,
        "universell_utforming",
        hva="Standardkravene for universell utforming",
        vilkar="uu-standardkrav",
    )


@regel(
    System,
    Tjeneste,
    naar=gjelder_losningen,
    felter=(
        "nett.nettlosning",
        "nett.flater",
        "nett.flater.type",
        "nett.flater.adresse",
        "nett.flater.erklaering",
        "nett.flater.oppdatert",
        "tjenester:systemer",
    ),
)
def tilgjengelighetserklaering(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """A statement for each web site, intranet, extranet and app, updated within the interval."""
    yield from erklaeringer(post, ctx)


KRAV_8_3 = Krav(
    "8.3",
    tittel="Løsningen er universelt utformet",
    ansvarlig=(KOMMUNALDIREKTOR, SYSTEMEIER),
    avgjores=(Strength.MASKINELL, Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(test_mot_standarden, kjente_brudd, brukskvalitet, standardkrav, tilgjengelighetserklaering),
    modul=__name__,
    lov=True,
)
