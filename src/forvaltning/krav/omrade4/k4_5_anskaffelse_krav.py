"""Requirement 4.5: the standard requirements used, and the need for more assessed."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import FieldPath, Place, Strength
from forvaltning.krav.byggesteiner import i_fortiden, krev_bekreftelse
from forvaltning.krav.observasjon import Bevis, Mangler, Observasjon, Uavklart
from forvaltning.krav.typer import Kontekst
from forvaltning.model.avtale import Avtale
from forvaltning.model.deler import Bekreftelse, Standardkrav, Tilleggsbehov
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.prosjekt import Prosjekt

Post = Avtale | Prosjekt


def krav_stilt(
    post: Post, steder: list[Post], uleselig: Uleselig | None, ctx: Kontekst
) -> Iterator[Observasjon]:
    """The first of `steder` that holds each part, and what that part lacks."""
    standard = next(
        ((s, s.krav.personvern_og_sikkerhet) for s in steder if s.krav and s.krav.personvern_og_sikkerhet),
        None,
    )
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
    yield from i_fortiden(
        ctx, (*felt, "dato"), s.dato, hva="Bruken av standardkravene", vilkar="standardkrav", i=i
    )
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
