"""Requirement 3.1 for a system that has ended: what became of the data."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.krav.byggesteiner import fritak, i_fortiden
from forvaltning.krav.observasjon import Mangler, Observasjon
from forvaltning.krav.omrade3.felles import avviklet, krev_dokument
from forvaltning.krav.omrade3.k3_1_lovverk_arkiv import krev_bevaring
from forvaltning.krav.typer import Kontekst, regel
from forvaltning.model.system import Arkiv, System


@regel(
    System,
    naar=avviklet,
    felter=(
        "avviklet",
        "arkiv.bevaring",
        "arkiv.avlevert",
        "arkiv.slettet",
        "arkiv.oppbevaring",
        "arkiv.hjemmel",
        "arkiv.leverandor_bekreftet",
        "ingen_datasett",
        "leverandor",
        "drift.form",
        "drift.leverandor",
        "datasett:arkivverdi",
    ),
)
def dataene_er_gjort_opp(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """What was to be preserved is handed over, the rest deleted lawfully, and the supplier has confirmed."""
    yield from i_fortiden(ctx, ("avviklet",), system.avviklet, hva="Avviklingen", vilkar="avviklet")
    datasett = ctx.register.datasett_i(system)
    if system.ingen_datasett is not None and not datasett:
        yield from fritak(ctx, system, ("ingen_datasett",), system.ingen_datasett, hva="Datasett")
        return
    arkiv = system.arkiv
    if arkiv is None:
        yield Mangler(
            ("arkiv",),
            "arkiv-mangler",
            "Systemet er avviklet, og det er ikke oppgitt hva som ble av dataene.",
            "Fyll ut «arkiv» med bevaring, avlevert, slettet og leverandor_bekreftet.",
        )
        return
    yield from krev_bevaring(arkiv)
    if arkiv.bevaring == "bevares" or any(d.arkivverdi == "bevares" for d in datasett):
        yield from krev_dokument(
            ctx,
            ("arkiv", "avlevert"),
            arkiv.avlevert,
            hva="Avleveringen av bevaringsverdig materiale",
            vilkar="avlevert",
            tiltak="Avlever materialet, og skriv dato og referanse i «arkiv.avlevert».",
        )
    yield from _slettet(arkiv, ctx)
    if _ekstern_part(system):
        yield from krev_dokument(
            ctx,
            ("arkiv", "leverandor_bekreftet"),
            arkiv.leverandor_bekreftet,
            hva="Leverandørens bekreftelse på sletting eller tilbakelevering",
            vilkar="leverandor-bekreftet",
            tiltak="Be leverandøren om bekreftelsen, og før den opp i «arkiv.leverandor_bekreftet».",
        )


def _slettet(arkiv: Arkiv, ctx: Kontekst) -> Iterator[Observasjon]:
    """The rest is deleted, and by a rule: deletion without one can not be seen to be lawful."""
    yield from krev_dokument(
        ctx,
        ("arkiv", "slettet"),
        arkiv.slettet,
        hva="Slettingen av det andre materialet",
        vilkar="slettet",
        tiltak="Slett dataene etter reglene, og skriv dato og referanse i «arkiv.slettet».",
    )
    if not arkiv.oppbevaring and not arkiv.hjemmel:
        yield Mangler(
            ("arkiv", "oppbevaring"),
            "sletteregel-mangler",
            "Det er ikke oppgitt hvilken regel eller hjemmel dataene ble slettet etter.",
            "Skriv regelen i «arkiv.oppbevaring» eller hjemmelen i «arkiv.hjemmel».",
        )


def _ekstern_part(system: System) -> bool:
    """True when somebody outside the municipality has run or maintained the system."""
    drift = system.drift
    if system.leverandor:
        return True
    return drift is not None and (bool(drift.leverandor) or drift.form in {"leverandor", "sky"})
