"""What the rules of area 3 share: when a system or dataset is judged, and a dated document."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import FieldPath
from forvaltning.krav.byggesteiner import bevis_av, i_fortiden
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Mangler, Observasjon
from forvaltning.krav.typer import Kontekst, UtenDom
from forvaltning.model.base import I_BRUK
from forvaltning.model.datasett import Datasett
from forvaltning.model.deler import Dokument
from forvaltning.model.integrasjon import Integrasjon
from forvaltning.model.system import System


def lever(system: System, ctx: Kontekst) -> str | None:
    """In use. A system that has ended is left to `avviklet` (requirement 3.1)."""
    if system.tilstand == "avviklet":
        raise UtenDom
    return i_bruk(system, ctx)


def avviklet(system: System, ctx: Kontekst) -> str | None:
    """Ended systems only."""
    if system.tilstand != "avviklet":
        raise UtenDom
    return None


def datasett_i_bruk(datasett: Datasett, ctx: Kontekst) -> str | None:
    """A dataset is judged while its system is in use; one without a system that can be read is judged too."""
    system = ctx.register.hent(datasett.system, System)
    if system is None or system.tilstand is None or system.tilstand in I_BRUK:
        return None
    if system.tilstand == "avviklet":
        return f"Systemet «{system.navn}» er avviklet."
    return f"Systemet «{system.navn}» er ikke tatt i bruk."


def krev_dokument(
    ctx: Kontekst, felt: FieldPath, dokument: Dokument | None, *, hva: str, vilkar: str, tiltak: str
) -> Iterator[Observasjon]:
    """A dated document is referred to, and its date is reached.

    `hva` is a noun phrase in definite form that begins a sentence («Rutinen for orden i dataene»).
    """
    if dokument is None or (dokument.dato is None and not dokument.referanse):
        yield Mangler(felt, f"{vilkar}-mangler", f"{hva} er ikke oppgitt.", tiltak)
        return
    if dokument.dato is None:
        yield Mangler((*felt, "dato"), f"{vilkar}-dato", f"{hva} mangler dato.", "Skriv datoen i «dato».")
    if not dokument.referanse:
        yield Mangler(
            (*felt, "referanse"),
            f"{vilkar}-referanse",
            f"{hva} er ikke knyttet til et dokument.",
            "Skriv hvor dokumentet ligger i «referanse».",
        )
    yield from i_fortiden(ctx, (*felt, "dato"), dokument.dato, hva=hva, vilkar=vilkar)
    if dokument.dato is not None and dokument.referanse:
        yield bevis_av(felt, dokument)


def flyt_i_bruk(flyt: Integrasjon, ctx: Kontekst) -> str | None:
    """A flow is judged while it is active; a planned one from the day it says it started."""
    if flyt.tilstand == "avsluttet":
        return "Dataflyten er avsluttet."
    if flyt.tilstand == "planlagt" and (flyt.aktiv_fra is None or not ctx.register.dag.nadd(flyt.aktiv_fra)):
        return "Dataflyten er planlagt."
    return None
