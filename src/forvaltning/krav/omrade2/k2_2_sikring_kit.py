"""Requirement 2.2, a default of ours: a system protects its data at least as well as the data ask for."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Place, Strength
from forvaltning.krav.naar import fra_tilstand
from forvaltning.krav.observasjon import Bevis, Feil, Observasjon, Uavklart
from forvaltning.krav.typer import Kontekst, regel
from forvaltning.model.datasett import Datasett
from forvaltning.model.integrasjon import Endepunkt, Integrasjon
from forvaltning.model.system import System
from forvaltning.model.viser import normaliser


@regel(
    System,
    naar=fra_tilstand("under_utvikling"),
    felter=(
        "kit.konfidensialitet",
        "kit.integritet",
        "kit.tilgjengelighet",
        "datasett:system",
        "datasett:kit.konfidensialitet",
        "datasett:kit.integritet",
        "datasett:kit.tilgjengelighet",
        "integrasjoner:tilstand",
        "integrasjoner:fra.system",
        "integrasjoner:til.system",
        "integrasjoner:retning",
        "integrasjoner:datasett",
    ),
)
def kit_mot_data(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """KIT is at least that of the system's datasets, and a receiver has the flow's confidentiality."""
    for datasett in ctx.register.datasett_i(system):
        for akse in ("konfidensialitet", "integritet", "tilgjengelighet"):
            yield from _minst(system, datasett, akse, ctx)
    for flyt in ctx.register.integrasjoner_for(system):
        if flyt.tilstand in {"planlagt", "avsluttet"} or not _mottar(system, flyt):
            continue
        for ident in flyt.datasett:
            found = ctx.register.finn(ident)
            if isinstance(found, Datasett):
                yield from _minst(system, found, "konfidensialitet", ctx, flyt)
            else:
                yield Uavklart(
                    ("datasett",),
                    f"Konfidensialiteten til «{ident}» i dataflyten «{flyt.id}» er ukjent.",
                    i=flyt,
                )


def _mottar(system: System, flyt: Integrasjon) -> bool:
    """True when data come to this system: it is the receiving end, or the flow goes both ways."""

    def er(ende: Endepunkt | None) -> bool:
        return (
            ende is not None and ende.system is not None and normaliser(ende.system) == normaliser(system.id)
        )

    return er(flyt.til) or (flyt.retning == "begge_veier" and er(flyt.fra))


def _minst(
    system: System, datasett: Datasett, akse: str, ctx: Kontekst, flyt: Integrasjon | None = None
) -> Iterator[Observasjon]:
    """One axis held against one dataset; an unknown level agrees only with the top of the scale."""
    mitt = getattr(system.kit, akse) if system.kit else None
    krevd = getattr(datasett.kit, akse) if datasett.kit else None
    min_rang = ctx.innstillinger.rang(akse, mitt)
    if min_rang == 0:
        return
    hva = f"Datasettet «{datasett.id}»" + (f" i dataflyten «{flyt.id}»" if flyt else "")
    if krevd is None:
        if min_rang < len(ctx.innstillinger.skalaer.get(akse, {})):
            yield Uavklart(
                ("kit", akse),
                f"{hva} er ikke vurdert for {akse}, så systemets nivå kan ikke holdes mot det.",
                i=datasett,
            )
        return
    if ctx.innstillinger.rang(akse, krevd) <= min_rang:
        yield Bevis(("kit", akse), Strength.MASKINELL)
        return
    se = [Place(datasett.key, ("kit", akse), "Nivået datasettet trenger.")]
    if flyt is not None:
        se.append(Place(flyt.key, ("datasett",), "Dataflyten som bærer det."))
    yield Feil(
        ("kit", akse),
        "kit-under-dataflyt" if flyt else "kit-under-datasett",
        f"{hva} har {akse} «{ctx.innstillinger.navn(akse, krevd)}», men systemet er vurdert til "
        f"«{ctx.innstillinger.navn(akse, mitt)}».",
        f"Hev nivået og sikringen av systemet, eller rett «kit.{akse}» på datasettet.",
        om=f"{datasett.id} {flyt.id}" if flyt else datasett.id,
        se=tuple(se),
    )
