"""Requirement 3.1: information is processed and stored as the law asks."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Place, Strength
from forvaltning.krav.byggesteiner import bevis_av, i_fortiden, krev_verdi
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon
from forvaltning.krav.omrade3.felles import lever
from forvaltning.krav.omrade3.k3_1_lovverk_arkiv import arkivering
from forvaltning.krav.omrade3.k3_1_lovverk_avviklet import dataene_er_gjort_opp
from forvaltning.krav.typer import SYSTEMEIER, Kontekst, Krav, regel
from forvaltning.model.behandling import Behandling
from forvaltning.model.system import Lagring, System


@regel(System, naar=lever, felter=("rettsgrunnlag",))
def rettsgrunnlag(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """The task that the system is used for has a legal basis."""
    yield from krev_verdi(
        ("rettsgrunnlag",),
        system.rettsgrunnlag,
        "rettsgrunnlag-mangler",
        "Det er ikke oppgitt hvilken lov oppgaven har hjemmel i.",
        "Skriv lov og paragraf i «rettsgrunnlag».",
    )
    yield Bevis(("rettsgrunnlag",), Strength.MASKINELL)


@regel(
    System,
    naar=lever,
    felter=(
        "lagring.sted",
        "lagring.land",
        "lagring.tilgang_fra",
        "lagring.overforingsgrunnlag",
        "lagring.overforingsvurdering",
        "personopplysninger",
        "datasett:personopplysninger",
        "integrasjoner:personopplysninger",
        "behandlinger:systemer",
    ),
)
def lagring(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """Storage place is known; personal data outside the EEA has a basis for the transfer."""
    place = system.lagring
    if place is None:
        yield Mangler(
            ("lagring",),
            "lagring-mangler",
            "Det er ikke oppgitt hvor dataene ligger, eller hvor de kan nås fra.",
            "Fyll ut «lagring» med sted, land og tilgang_fra.",
        )
        return
    yield from krev_verdi(
        ("lagring", "sted"),
        place.sted,
        "lagringssted-mangler",
        "Lagringsstedet er ikke oppgitt.",
        "Skriv datasenteret eller skytjenesten i «lagring.sted».",
    )
    yield from krev_verdi(
        ("lagring", "land"),
        place.land,
        "lagringsland-mangler",
        "Landet dataene ligger i, er ikke oppgitt.",
        "Skriv landkoden i «lagring.land».",
    )
    yield from _overforing(system, place, ctx)
    yield Bevis(("lagring",), Strength.MASKINELL)


def _overforing(system: System, place: Lagring, ctx: Kontekst) -> Iterator[Observasjon]:
    """Personal data stored in or reached from outside the EEA; a system that does not say is taken to hold some."""
    settings = ctx.innstillinger
    codes = [c for c in (place.land, *place.tilgang_fra) if c is not None and not settings.i_eos(c)]
    if system.personopplysninger is False:
        contradicting = ctx.register.sier_personopplysninger(system) if codes or not place.tilgang_fra else []
        if not contradicting:
            return
        yield Feil(
            ("personopplysninger",),
            "personopplysninger-motsagt",
            "Systemet sier at det ikke har personopplysninger, men "
            f"{contradicting[0].tittel_entall} «{contradicting[0].id}» sier noe annet.",
            "Rett «personopplysninger» i systemet, eller rett den andre posten.",
            se=tuple(
                Place(
                    p.key,
                    ("systemer",) if isinstance(p, Behandling) else ("personopplysninger",),
                    "Her er det personopplysninger.",
                )
                for p in contradicting
            ),
        )
    if not place.tilgang_fra:
        yield Mangler(
            ("lagring", "tilgang_fra"),
            "tilgang-fra-mangler",
            "Det er ikke oppgitt hvilke land personopplysningene kan nås fra.",
            "Skriv landkodene i «lagring.tilgang_fra», også Norge.",
        )
    if not codes:
        return
    names = ", ".join(dict.fromkeys(settings.navn("land", c) for c in codes))
    yield from krev_verdi(
        ("lagring", "overforingsgrunnlag"),
        place.overforingsgrunnlag,
        "overforingsgrunnlag-mangler",
        f"Dataene ligger i eller kan nås fra land utenfor EØS ({names}), og overføringen mangler grunnlag.",
        "Skriv grunnlaget i «lagring.overforingsgrunnlag», eller steng for lagring og tilgang utenfor EØS.",
    )
    assessment = place.overforingsvurdering
    if assessment is not None and assessment.dato is not None:
        path = ("lagring", "overforingsvurdering")
        yield from i_fortiden(
            ctx,
            (*path, "dato"),
            assessment.dato,
            hva="Vurderingen av overføringen",
            vilkar="overforingsvurdering",
        )
        if assessment.referanse:
            yield bevis_av(path, assessment)


KRAV_3_1 = Krav(
    "3.1",
    tittel="Informasjon behandles og lagres slik loven krever",
    ansvarlig=(SYSTEMEIER,),
    avgjores=(Strength.MASKINELL, Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(rettsgrunnlag, lagring, arkivering, dataene_er_gjort_opp),
    modul=__name__,
    lov=True,
)
