"""Requirement 4.5: requirements for privacy and information security are set in procurements."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import FieldPath, Place, Strength
from forvaltning.krav.byggesteiner import i_fortiden, krev_bekreftelse, norsk_dato, slaa_opp
from forvaltning.krav.observasjon import Bevis, Mangler, Observasjon, Uavklart
from forvaltning.krav.typer import (
    BEHANDLINGSANSVARLIG,
    KOMMUNALDIREKTOR,
    PROSJEKTEIER,
    SYSTEMEIER,
    Kontekst,
    Krav,
    regel,
)
from forvaltning.model.avtale import Avtale
from forvaltning.model.base import Bekreftelse, Standardkrav, Tilleggsbehov
from forvaltning.model.oppslag import Uleselig
from forvaltning.model.prosjekt import Prosjekt

Post = Avtale | Prosjekt
INTERNE = frozenset({"tjenestebilag", "styringsavtale"})
FELTER = ("krav.personvern_og_sikkerhet", "krav.tilleggsbehov")


def ekstern_avtale(avtale: Avtale, ctx: Kontekst) -> str | None:
    """Applies to a live agreement with an external party, signed on or after `gjelder_fra`."""
    if avtale.tilstand == "utkast":
        return "Avtalen er et utkast."
    if avtale.tilstand == "utlopt":
        return "Avtalen er utløpt."
    if avtale.leverandor is None and (avtale.intern_part is not None or INTERNE & set(avtale.kategorier)):
        return "Avtalen er inngått innen kommunen."
    if avtale.signert is not None and not ctx.register.etter_gjelder_fra(avtale.signert):
        return f"Avtalen ble signert {norsk_dato(avtale.signert)}, før reglementet begynte å gjelde."
    return None


@regel(
    Avtale,
    naar=ekstern_avtale,
    felter=("tilstand", "kategorier", "leverandor", "intern_part", "signert", "vedlegg_til", "prosjekter", *FELTER)
    + tuple(f"prosjekter:{f}" for f in FELTER),
)
def avtalen(avtale: Avtale, ctx: Kontekst) -> Iterator[Observasjon]:
    """The agreement, the contract it is attached to, or the project it was made for, holds the requirements."""
    if avtale.leverandor is None:
        yield Uavklart(("leverandor",), "Avtalen sier ikke hvem den er inngått med, så det er uklart om parten er ekstern.")
        return
    yield from i_fortiden(ctx, ("signert",), avtale.signert, hva="Signeringen", vilkar="signert")
    steder, problemer, uleselig = _steder(avtale, ctx)
    yield from problemer
    funnet = list(_krav(avtale, steder, uleselig, ctx))
    if avtale.signert is None and any(isinstance(o, Mangler) for o in funnet):
        yield Mangler(
            ("signert",),
            "signert-mangler",
            "Det står ikke når avtalen ble signert, så det er uklart om standardkravene skulle vært brukt.",
            "Skriv dagen i «signert».",
        )
        return
    yield from funnet


def _steder(avtale: Avtale, ctx: Kontekst) -> tuple[list[Post], list[Observasjon], Uleselig | None]:
    """Where the requirements may stand, nearest first, and what is wrong with the references."""
    steder: list[Post] = [avtale]
    problemer: list[Observasjon] = []
    kontrakt = ctx.register.finn(avtale.vedlegg_til)
    if isinstance(kontrakt, Avtale) and kontrakt.id != avtale.id:
        steder.append(kontrakt)
    uleselig = kontrakt if isinstance(kontrakt, Uleselig) else None
    for eier in tuple(steder):
        for n, ident in enumerate(eier.prosjekter if isinstance(eier, Avtale) else ()):
            funnet = ctx.register.finn(ident)
            if isinstance(funnet, Prosjekt):
                steder.append(funnet)
            elif isinstance(funnet, Uleselig):
                uleselig = uleselig or funnet
            elif eier is avtale:
                problemer += slaa_opp(ctx, avtale, ("prosjekter", n), ident, Prosjekt, hva="prosjekt")
    return steder, problemer, uleselig


def anskaffelse(prosjekt: Prosjekt, ctx: Kontekst) -> str | None:
    """Applies to a live procurement project from BP2 until an agreement is signed for it."""
    if prosjekt.tilstand in {"avsluttet", "stanset"}:
        return f"Prosjektet er {prosjekt.tilstand}."
    if prosjekt.type != "anskaffelse" and not prosjekt.anskaffet and not prosjekt.leverandor:
        return "Prosjektet anskaffer ikke fra en ekstern part."
    if prosjekt.tilstand in {"meldt", "konsept"}:
        return "Anskaffelsen er ikke planlagt ennå. Kravet gjelder fra BP2."
    for avtale in ctx.register.avtaler_for(prosjekt):
        if avtale.leverandor and avtale.tilstand != "utkast" and set(avtale.kategorier) != {"databehandleravtale"}:
            return f"Avtalen «{avtale.navn}» er inngått, og kravet vurderes der."
    return None


@regel(
    Prosjekt,
    naar=anskaffelse,
    felter=("type", "tilstand", "anskaffet", "leverandor", "avtaler:prosjekter", "avtaler:leverandor", *FELTER),
)
def prosjektet(prosjekt: Prosjekt, ctx: Kontekst) -> Iterator[Observasjon]:
    """Until there is an agreement the procurement project holds the requirements itself."""
    yield from _krav(prosjekt, [prosjekt], ctx.register.avtaler_for(prosjekt).uleselig, ctx)


def _krav(post: Post, steder: list[Post], uleselig: Uleselig | None, ctx: Kontekst) -> Iterator[Observasjon]:
    standard = next(((s, s.krav.personvern_og_sikkerhet) for s in steder if s.krav and s.krav.personvern_og_sikkerhet), None)
    behov = next(((s, s.krav.tilleggsbehov) for s in steder if s.krav and s.krav.tilleggsbehov), None)
    if uleselig is not None and (standard is None or behov is None):
        yield Uavklart(("krav",), f"{uleselig.fil} kan ikke leses og kan ha kravene som mangler.")
    if standard is not None:
        yield from _standard(*standard, ctx)
    elif uleselig is None:
        yield Mangler(
            ("krav", "personvern_og_sikkerhet"),
            "standardkrav-mangler",
            "Det er ikke dokumentert at standardkravene for personvern og informasjonssikkerhet er brukt.",
            "Skriv versjonen og datoen i «krav.personvern_og_sikkerhet».",
            se=tuple(Place(s.key, ("krav",), "Her kunne kravene også stått.") for s in steder[1:]),
        )
    if behov is not None:
        yield from _behov(post, *behov, ctx)
    elif uleselig is None:
        yield Mangler(
            ("krav", "tilleggsbehov"),
            "tilleggsbehov-mangler",
            "Det er ikke vurdert om anskaffelsen trenger krav utover standardkravene.",
            "Skriv vurderingen i «krav.tilleggsbehov», med dato og rolle eller referanse.",
        )


def _standard(i: Post, s: Standardkrav, ctx: Kontekst) -> Iterator[Observasjon]:
    felt: FieldPath = ("krav", "personvern_og_sikkerhet")
    for navn, verdi in (("versjon", s.versjon), ("dato", s.dato)):
        if verdi is None:
            yield Mangler(
                (*felt, navn),
                f"standardkrav-{navn}",
                f"Standardkravene for personvern og informasjonssikkerhet mangler {navn}.",
                f"Fyll ut «{'.'.join(map(str, felt))}.{navn}».",
                i=i,
            )
    yield from i_fortiden(ctx, (*felt, "dato"), s.dato, hva="Bruken av standardkravene", vilkar="standardkrav", i=i)
    yield Bevis(felt, Strength.DOKUMENTERT, s.dato, s.referanse or s.versjon, i=i)


def _behov(post: Post, i: Post, b: Tilleggsbehov, ctx: Kontekst) -> Iterator[Observasjon]:
    """Dated, by a role or in a document, and saying what was found."""
    felt: FieldPath = ("krav", "tilleggsbehov")
    hva = "Vurderingen av krav utover standardkravene"
    yield from krev_bekreftelse(
        ctx,
        post,
        felt,
        Bekreftelse.model_construct(dato=b.dato, av=b.av, referanse=b.referanse),
        hva=hva,
        vilkar="tilleggsbehov",
        tiltak="Skriv hvor vurderingen ligger, i «krav.tilleggsbehov.referanse», eller vurder på nytt.",
        i=i,
    )
    if not b.vurdering and not b.referanse:
        yield Mangler(
            (*felt, "vurdering"),
            "tilleggsbehov-vurdering",
            f"{hva} sier ikke hva som trengs, eller at intet trengs.",
            "Skriv det i «vurdering», eller hvor vurderingen ligger, i «referanse».",
            i=i,
        )


KRAV_4_5 = Krav(
    "4.5",
    tittel="Anskaffelser stiller krav til personvern og informasjonssikkerhet",
    ansvarlig=(KOMMUNALDIREKTOR, BEHANDLINGSANSVARLIG, SYSTEMEIER, PROSJEKTEIER),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(avtalen, prosjektet),
    modul=__name__,
)
