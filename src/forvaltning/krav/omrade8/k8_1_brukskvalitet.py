"""Requirement 8.1: web solutions document that the usability checklist is fulfilled."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Strength
from forvaltning.krav.naar import begge, i_bruk
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon
from forvaltning.krav.omrade8.felles import bare_fritak, sjekkliste, skjermfeil, uten_skjerm
from forvaltning.krav.typer import SYSTEMEIER, Kontekst, Krav, regel
from forvaltning.model.system import System


def nettlosning(system: System, _ctx: Kontekst) -> str | None:
    """A web solution, or a system that has not said whether it is one."""
    nett = system.nett
    if nett is not None and nett.nettlosning is False and not nett.flater:
        return "Systemet er ikke en nettløsning."
    return None


@regel(
    System,
    naar=begge(i_bruk, uten_skjerm, nettlosning),
    felter=(
        "nett.nettlosning",
        "nett.flater",
        "nett.ikke_aktuelt",
        "nett.brukskvalitet.dato",
        "nett.brukskvalitet.av",
        "nett.brukskvalitet.referanse",
        "nett.brukskvalitet.oppfylt",
    ),
)
def brukskvalitet(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """The checklist is fulfilled, documented and dated."""
    yield from skjermfeil(system, ctx)
    if bare_fritak(system):
        return
    nett = system.nett
    if nett is not None and nett.nettlosning is False:
        yield Feil(
            ("nett", "nettlosning"),
            "nettlosning-sier-imot",
            f"Systemet sier at det ikke er en nettløsning, men har flaten «{nett.flater[0].id}».",
            "Rett «nett.nettlosning», eller ta bort flaten.",
        )
    elif nett is None or (nett.nettlosning is None and not nett.flater):
        yield Mangler(
            ("nett", "nettlosning"),
            "nettlosning-mangler",
            "Systemet sier ikke om det er en nettløsning.",
            "Skriv ja eller nei i «nett.nettlosning».",
        )
        if nett is None or nett.brukskvalitet is None:
            return
    yield from sjekkliste(system, ctx)


KRAV_8_1 = Krav(
    "8.1",
    tittel="Nettløsningen tilfredsstiller sjekklisten for brukskvalitet",
    ansvarlig=(SYSTEMEIER,),
    avgjores=(Strength.DOKUMENTERT,),
    regler=(brukskvalitet,),
    modul=__name__,
)
