"""Requirement 2.1: which handover belongs to which event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from forvaltning.krav.omrade2.k2_1_overlevering_hendelser import Hendelse
from forvaltning.model.hendelser import Overlevering
from forvaltning.model.viser import normaliser

AV_ENDRING = frozenset({"endring", "kritisk_feil"})
IKKE_NYTT = frozenset({"avvikling", "rolleskifte"})
"""Handovers that neither establish nor change: something ends, or a role gets a new holder."""

Valg = dict[str, Overlevering]


def velg(hendelser: list[Hendelse], overleveringer: Iterable[Overlevering], vindu: timedelta) -> Valg:
    """Event → its handover: by named origin first, then by kind and nearest date; never one for two.

    `vindu`: how far a handover that names no change may lie from the change it belongs to. Changes found
    in Git may share one, since a rebuilding is often committed over several days.
    """
    ledige = {o.id: o for o in overleveringer if o.type not in IKKE_NYTT}
    valgt: Valg = {}
    for h in hendelser:
        if h.opphav is not None:
            _med_opphav(h, h.opphav, ledige, valgt)
    for h in hendelser:
        if h.slag == "etablering":
            _ny(h, ledige, valgt)
    for slag in ("erklaert", "funnet"):
        for h in hendelser:
            if h.slag == slag and h.nokkel not in valgt:
                _etter_dato(h, ledige, valgt, vindu)
    return valgt


def _dag(o: Overlevering) -> date | None:
    """The day a handover is about: production, else its first gate, else its start."""
    port = next((p.lukket for p in o.porter if p.id == "for_produksjon"), None)
    return o.produksjon or port or o.startet


def _naermest(kandidater: Iterable[Overlevering], dato: date, vindu: timedelta | None) -> Overlevering | None:
    avstand = [(abs(d - dato), o.id, o) for o in kandidater for d in [_dag(o)] if d is not None]
    beste = min(avstand, default=None, key=lambda a: a[:2])
    return beste[2] if beste is not None and (vindu is None or beste[0] <= vindu) else None


def _med_opphav(h: Hendelse, opphav: str, ledige: Valg, valgt: Valg) -> None:
    """Those that name the change; one without any date is still one of them."""
    egne = [o for o in ledige.values() if o.opphav and normaliser(o.opphav) == normaliser(opphav)]
    if egne:
        valgt[h.nokkel] = _naermest(egne, h.dato, None) or egne[0]
        for o in egne:
            del ledige[o.id]


def _ny(h: Hendelse, ledige: Valg, valgt: Valg) -> None:
    """The one nearest to first use, of those that do not say they are about a change."""
    nye = [o for o in ledige.values() if o.type not in AV_ENDRING]
    beste = _naermest(nye, h.dato, None) or next(iter(nye), None)
    if beste is not None:
        valgt[h.nokkel] = ledige.pop(beste.id)


def _etter_dato(h: Hendelse, ledige: Valg, valgt: Valg, vindu: timedelta) -> None:
    beste = _naermest((o for o in ledige.values() if o.type != "ny"), h.dato, vindu)
    if beste is not None:
        valgt[h.nokkel] = beste
        if h.slag == "erklaert":
            del ledige[beste.id]
