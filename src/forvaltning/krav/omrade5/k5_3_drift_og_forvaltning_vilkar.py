"""Requirement 5.3: agreements in force answer for services, commercial terms and collaboration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forvaltning.krav.byggesteiner import mangler_eller_uavklart
from forvaltning.krav.observasjon import Mangler, Observasjon
from forvaltning.krav.omrade5.felles import avtalebevis, dekket_til, i_kraft, krev_i_kraft, lengst
from forvaltning.krav.typer import Kontekst
from forvaltning.model.avtale import Avtale
from forvaltning.model.oppforing import Treff

Svar = Mapping[str, tuple[str, ...]]
KONTRAKT: Svar = {
    "tjenesteytelsene": ("tjenesteytelser",),
    "de kommersielle vilkårene": ("kommersielle_vilkar",),
    "samhandlingen": ("samhandling",),
}
"""What a contract says where."""
BILAG: Svar = {
    "tjenesteytelsene": ("driftsniva", "tjenesteytelser"),
    "de kommersielle vilkårene": ("kostnader", "kommersielle_vilkar"),
    "samhandlingen": ("brukerstotte", "forvaltningsstotte", "samhandling"),
}
"""In a tjenestebilag, operating level, cost and support answer the three."""


def krev_dekning(
    ctx: Kontekst, avtaler: Treff[Avtale], svar: Svar, mangler: Mangler | None
) -> Iterator[Observasjon]:
    """At least one agreement is in force, and those in force together answer everything in `svar`."""
    if not avtaler:
        if mangler is not None:
            yield from mangler_eller_uavklart(avtaler, mangler)
        return
    gjelder = [a for a in avtaler if i_kraft(ctx, a)]
    en = lengst(ctx, avtaler)
    if not gjelder:
        yield from krev_i_kraft(ctx, en, hva="Avtalen", vilkar="avtale")
        return
    bidrar = [en]
    for hva, felter in svar.items():
        med = [a for a in gjelder if _svarer(a, felter)]
        if not med:
            yield Mangler(
                ("vilkar", felter[0]),
                f"vilkar-{felter[0].replace('_', '-')}",
                f"Avtalen «{en.id}» sier ikke hva som regulerer {hva}.",
                f"Skriv hvor det står i avtalen, i «vilkar.{felter[0]}».",
                i=en,
            )
        elif en not in med:
            bidrar.append(lengst(ctx, med))
    for a in dict.fromkeys(x.id for x in bidrar):
        avtale = next(x for x in bidrar if x.id == a)
        like = [x for x in avtaler if all(_svarer(x, f) for f in svar.values() if _svarer(avtale, f))]
        yield from krev_i_kraft(ctx, avtale, hva="Avtalen", vilkar="avtale", siste=dekket_til(ctx, like))
        yield avtalebevis(avtale)


def _svarer(avtale: Avtale, felter: tuple[str, ...]) -> bool:
    bilag = "tjenestebilag" in avtale.kategorier
    aktuelle = felter if bilag else felter[-1:]
    return avtale.vilkar is not None and any(getattr(avtale.vilkar, f) for f in aktuelle)
