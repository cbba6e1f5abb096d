"""What `todo` and `due` share: their options, the deadlines of a session, and what was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import typer

from forvaltning.cli import felles, velg

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt, Rapport
    from forvaltning.cli.utvalg import Utvalg
    from forvaltning.documents.grunnlag import Grunnlag
    from forvaltning.engine.frister import Frist
    from forvaltning.findings import Verdict


@dataclass(slots=True)
class Bestilling:
    """What was asked for, resolved. `alle`: every verdict, for looking up who answers."""

    utvalg: Utvalg
    rapport: Rapport
    alle: list[Verdict]
    ord: tuple[str, ...]
    enheter: frozenset[str] | None
    """Normalised ids."""

    def med_enhet(self, enhet: str | None) -> bool:
        """True when a unit is among those asked for."""
        from forvaltning.model.viser import normaliser

        return self.enheter is None or (enhet is not None and normaliser(enhet) in self.enheter)


def bestill(
    okt: Okt, enheter: list[str] | None, roller: list[str] | None, poster: list[str] | None
) -> Bestilling:
    """Resolve the options and judge. Raises `Stopp` for what names nothing, and when a rule failed."""
    from forvaltning.model.viser import normaliser

    chosen = velg.utvalg(
        okt,
        krav_=[],
        omrader_=[],
        poster=felles.biter(poster),
        enheter_=enheter or [],
        roller_=roller or [],
        stier=(),
    )
    every = okt.rapport()
    stopp = felles.si_fra_om_svikt(every.svikt)
    if stopp is not None:
        raise stopp
    words = (
        *(f"enheten {e}" for e in enheter or []),
        *(f"rollen {r}" for r in roller or []),
        *(f"posten {p}" for p in chosen.poster),
    )
    units = frozenset(map(normaliser, chosen.enheter)) if chosen.enheter is not None else None
    narrow = every if chosen.alt else okt.rapport(chosen)
    return Bestilling(chosen, narrow, every.dommer, words, units)


def grunnlag(okt: Okt, b: Bestilling) -> Grunnlag:
    """What the documents are made from."""
    from forvaltning.cli import rapportgrunnlag
    from forvaltning.documents.grunnlag import Grunnlag

    return Grunnlag(
        register=okt.register,
        dommer=b.rapport.dommer,
        problemer=b.rapport.problemer,
        hode=rapportgrunnlag.hode(okt, b.rapport.dommer, b.ord),
        enheter=b.enheter,
    )


def til(okt: Okt, within: str | None) -> date | None:
    """The last day of «90d», «6m» or «1y» from the check date; None for no limit. Raises `BadParameter`."""
    from forvaltning.engine.frister import innen

    if within is None:
        return None
    try:
        return innen(okt.dato, within.strip())
    except ValueError:
        raise typer.BadParameter(
            f"«{within}» etter «--within» er ikke en tid. Skriv for eksempel 90d, 6m eller 1y."
        ) from None


def alle_frister(okt: Okt, b: Bestilling, siste: date | None) -> list[Frist]:
    """The deadlines asked for, no later than `siste`."""
    from forvaltning.engine import frister
    from forvaltning.krav.katalog import ALLE

    titles = {k.nummer: k.tittel for k in ALLE}
    every = frister.frister(okt.register, b.alle, titles)
    return frister.utvalg(every, til=siste, enheter=b.enheter, roller=b.utvalg.roller, poster=b.utvalg.poster)


def uleste(okt: Okt) -> int:
    """Say which files could not be read; the exit code."""
    from forvaltning.cli.report import si_fra_om_uleste

    return si_fra_om_uleste([u.fil for u in okt.register.uleselige()])
