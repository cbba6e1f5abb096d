"""Requirement 3.1, the archive: documentation duty, preservation, and how long data are kept."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Place, Strength
from forvaltning.krav.byggesteiner import fritak, krev_bekreftelse, krev_verdi
from forvaltning.krav.henvisning import slaa_opp
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon
from forvaltning.krav.omrade3.felles import lever
from forvaltning.krav.typer import Kontekst, regel
from forvaltning.model.base import I_BRUK
from forvaltning.model.system import Arkiv, System
from forvaltning.model.viser import normaliser


def krev_bevaring(arkiv: Arkiv) -> Iterator[Observasjon]:
    """Preserved or discarded is decided; *not decided* is missing."""
    if arkiv.bevaring in {None, "ikke_besluttet"}:
        yield Mangler(
            ("arkiv", "bevaring"),
            "bevaring-ikke-besluttet",
            "Det er ikke besluttet om materialet skal bevares eller kasseres.",
            "Få beslutningen, og skriv «bevares» eller «kasseres» i «arkiv.bevaring».",
        )


@regel(
    System,
    naar=lever,
    felter=(
        "arkiv.dokumentasjonspliktig",
        "arkiv.ikke_aktuelt",
        "arkiv.arkivkjerne",
        "arkiv.arkivkjerne_godkjent",
        "arkiv.bevaring",
        "arkiv.oppbevaring",
        "datasett:arkivverdi",
        "systemer:tilstand",
    ),
)
def arkivering(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """Documentation duty with its core, preservation decided, and a rule for retention or deletion."""
    arkiv = system.arkiv
    if arkiv is None:
        yield Mangler(
            ("arkiv",),
            "arkiv-mangler",
            "Det er ikke oppgitt om systemet har dokumentasjonsplikt, eller hva som skal bevares og slettes.",
            "Fyll ut «arkiv» med dokumentasjonspliktig, arkivkjerne, bevaring og oppbevaring.",
        )
        return
    plikt = arkiv.dokumentasjonspliktig
    if arkiv.ikke_aktuelt is not None or plikt is False:
        yield from _uten_plikt(system, arkiv, ctx)
    elif plikt is None:
        yield Mangler(
            ("arkiv", "dokumentasjonspliktig"),
            "dokumentasjonsplikt-mangler",
            "Det er ikke oppgitt om systemet har arkivpliktig dokumentasjon.",
            "Svar ja eller nei i «arkiv.dokumentasjonspliktig». Et nei trenger en begrunnelse i «arkiv.ikke_aktuelt».",
        )
    if plikt or arkiv.arkivkjerne:
        yield from _arkivkjerne(system, arkiv, ctx)
    yield from krev_bevaring(arkiv)
    yield from krev_verdi(
        ("arkiv", "oppbevaring"),
        arkiv.oppbevaring,
        "oppbevaring-mangler",
        "Det finnes ingen regel for hvor lenge dataene oppbevares, og når de slettes.",
        "Skriv regelen i «arkiv.oppbevaring».",
    )
    yield Bevis(("arkiv",), Strength.MASKINELL)


def _uten_plikt(system: System, arkiv: Arkiv, ctx: Kontekst) -> Iterator[Observasjon]:
    """No documentation duty: with reason, role and date, and not contradicted."""
    path = ("arkiv", "ikke_aktuelt")
    if arkiv.ikke_aktuelt is None:
        yield Mangler(
            path,
            "fritak-mangler",
            "Systemet sier at det ikke har dokumentasjonsplikt, men ikke hvorfor.",
            "Skriv grunn, rolle og dato i «arkiv.ikke_aktuelt».",
        )
    else:
        yield from fritak(ctx, system, path, arkiv.ikke_aktuelt, hva="Dokumentasjonsplikten")
    if arkiv.dokumentasjonspliktig or arkiv.bevaring == "bevares":
        field = "dokumentasjonspliktig" if arkiv.dokumentasjonspliktig else "bevaring"
        yield Feil(
            ("arkiv", field),
            "fritak-motsagt",
            "Systemet sier at det ikke har dokumentasjonsplikt, men også at det har noe som skal bevares.",
            f"Fjern «arkiv.ikke_aktuelt», eller rett «arkiv.{field}».",
            om="system",
        )
    for d in ctx.register.datasett_i(system):
        if d.arkivverdi == "bevares":
            yield Feil(
                ("arkiv", "dokumentasjonspliktig"),
                "fritak-motsagt",
                f"Systemet sier at det ikke har dokumentasjonsplikt, men datasettet «{d.navn}» skal bevares.",
                "Rett «arkiv» i systemet, eller «arkivverdi» i datasettet.",
                om=d.id,
                se=(Place(d.key, ("arkivverdi",), "Skal bevares."),),
            )


def _arkivkjerne(system: System, arkiv: Arkiv, ctx: Kontekst) -> Iterator[Observasjon]:
    """Archived in Bk360, or in a core that has been approved, which is itself in use."""
    path = ("arkiv", "arkivkjerne")
    if not arkiv.arkivkjerne:
        yield Mangler(
            path,
            "arkivkjerne-mangler",
            "Systemet har dokumentasjonsplikt, men det er ikke oppgitt hvor dokumentasjonen arkiveres.",
            "Skriv id-en til arkivkjernen i «arkiv.arkivkjerne».",
        )
        return
    problems = list(slaa_opp(ctx, system, path, arkiv.arkivkjerne, System, hva="arkivkjerne"))
    yield from problems
    core = ctx.register.hent(arkiv.arkivkjerne, System)
    if core is None:
        return
    if core.tilstand is not None and core.tilstand not in I_BRUK:
        yield Feil(
            path,
            "arkivkjerne-ikke-i-bruk",
            f"Arkivkjernen «{core.navn}» er ikke i bruk.",
            "Vis til en arkivkjerne som er i bruk.",
            om=core.id,
            se=(Place(core.key, ("tilstand",), "Tilstanden til arkivkjernen."),),
        )
    if normaliser(core.id) not in {normaliser(k) for k in ctx.innstillinger.arkivkjerner}:
        yield from krev_bekreftelse(
            ctx,
            system,
            ("arkiv", "arkivkjerne_godkjent"),
            arkiv.arkivkjerne_godkjent,
            hva=f"Godkjenningen av «{core.navn}» som arkivkjerne",
            vilkar="arkivkjerne-godkjent",
            tiltak="Før opp godkjenningen i «arkiv.arkivkjerne_godkjent», eller arkiver i en kjerne som er godkjent.",
        )
