"""The registry judged through time for `trend`: from the first commit, or on from where the last run came."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from forvaltning.cli.stopp import Stopp
from forvaltning.cli.trendnavn import TIDLIGERE, navn, nevner_tidligere, stier, tidligere
from forvaltning.engine.forlop import Maal, lukket, maal
from forvaltning.git.underveis import Underveis

if TYPE_CHECKING:
    from forvaltning.cli.historikk_felles import Historisk
    from forvaltning.cli.okt import Okt
    from forvaltning.engine.tidslinje import Tidslinje
    from forvaltning.git.historikk import Steg
    from forvaltning.history.endringslogg import Trinn
    from forvaltning.history.gang import Gang
    from forvaltning.history.trinn import Leser
    from forvaltning.history.utdragslager import Utdragslager
    from forvaltning.history.versjoner import Versjoner
    from forvaltning.source.lager import Lager

TILSTAND = "trend:tilstand:"
"""Where the cache keeps how far was judged, for each period."""
ODELAGT = (ValueError, TypeError, KeyError, IndexError, AttributeError)
"""What values from a broken cache may raise."""


def tekst(value: object) -> str:
    """A value as JSON text for the cache."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def husk(lager: Lager | None, verdier: dict[str, str]) -> None:
    """Keep some texts; without a cache, or when it can not be written, they are worked out again next time."""
    if lager is None:
        return
    try:
        with lager.endring():
            for key, text in verdier.items():
                lager.sett_meta(key, text)
    except (sqlite3.Error, UnicodeEncodeError):
        return


@dataclass(slots=True)
class _Ferd:
    """One run over the line: how far it has come, and the commits that are left (oldest first)."""

    linje: Tidslinje
    leser: Leser
    dager: list[date]
    """Of every step, those that an earlier run went through among them."""
    steg: list[Steg]
    navn: dict[str, str]
    eksakte: dict[str, str]
    mal: list[Maal] = field(default_factory=list)
    ferdig: int = 0
    """How many of the points are judged."""
    lenker: bool = False

    def kjor(self, til: int) -> None:
        """Judge at the next points, up to but not with number `til`."""
        if til <= self.ferdig:
            return
        before = len(self.dager) - len(self.steg)
        first = self.mal[self.ferdig - 1].antall if self.ferdig else 0
        part = self.steg[first - before : self.mal[til - 1].antall - before]
        trinn: list[Trinn] = self.leser.trinn(part) if self.linje.logg is not None else []
        self.linje.kjor(self.mal[self.ferdig : til], part, trinn, first)
        self.ferdig = til


class Begynt:
    """What is begun on while models are imported: the walk through all of history, and a helper that parses along."""

    def __init__(self, h: Historisk | None) -> None:
        """`h` None: nothing is begun on."""
        self.gang: Gang | None = None
        self._nevnt: Underveis[list[str]] | None = None
        if h is None:
            return
        from forvaltning.cli.finn import MAPPER
        from forvaltning.git.filspor import stier_som_holder
        from forvaltning.history.gang import Gang

        self.gang = Gang(h.tre, h.mappe, h.hode, MAPPER)
        self._nevnt = Underveis(lambda: stier_som_holder(h.tre, h.mappe, TIDLIGERE, h.hode))

    def nevnt(self) -> list[str] | None:
        """The files that may say what their records were called before. Raises `GitFeil`."""
        return self._nevnt.svar() if self._nevnt is not None else None

    def lukk(self) -> None:
        """End the helper."""
        if self.gang is not None:
            self.gang.lukk()


def beregn(
    okt: Okt, h: Historisk, per: str, lager: Lager | None = None, begynt: Begynt | None = None
) -> Tidslinje:
    """Judge the registry through time, going on from the last run where that holds. Raises `Stopp`, `GitFeil`."""
    from forvaltning.history.utdragslager import Utdragslager
    from forvaltning.source.samler import paused_gc

    with Utdragslager(h.tre, lager) as extracts, paused_gc():
        try:
            on = _videre(okt, h, per, extracts, lager)
            if on is not None:
                return _kjor(okt, h, per, on, extracts, lager)
        except (sqlite3.Error, *ODELAGT):
            extracts.glem()
        trip = _forfra(okt, h, per, extracts, begynt or Begynt(None))
        return _kjor(okt, h, per, trip, extracts, lager)


def _kjor(
    okt: Okt, h: Historisk, per: str, trip: _Ferd, extracts: Utdragslager, lager: Lager | None
) -> Tidslinje:
    """Judge at every point that is left, and keep how far it came before the point that is not over yet."""
    closed = lukket(trip.mal, per, okt.dato)
    keep: dict[str, str] = {}
    if closed > trip.ferdig:
        trip.kjor(closed)
        whole = not trip.lenker and not trip.linje.versjoner.mangler
        if trip.linje.punkter and trip.linje.logg is not None and whole:
            keep[TILSTAND + per] = tekst(_tilstand(okt, h, trip))
    trip.kjor(len(trip.mal))
    extracts.lagre_hvis_mulig()
    husk(lager, keep)
    return trip.linje


def _versjoner(okt: Okt, h: Historisk, extracts: Utdragslager) -> Versjoner:
    """The versions that a line reads."""
    from forvaltning.history.versjoner import Versjoner

    extracts.les_alt()
    return Versjoner(h.leser, lambda: okt.innstillingsfil, extracts.ta, kort=True, viser=True)


def _linje(
    okt: Okt, h: Historisk, extracts: Utdragslager, versjoner: Versjoner, navn: dict[str, str] | None
) -> Tidslinje:
    """A line that has not begun. `navn`: former id → id, None when the log of changes is not read."""
    from forvaltning.engine.tidslinje import Tidslinje
    from forvaltning.history.endringslogg import Logg
    from forvaltning.history.leser import GRUNN
    from forvaltning.krav.katalog import ALLE

    def innhold(oid: str) -> bytes | None:
        found = h.leser.les(oid)
        return found.data if found is not None else None

    def fyll(trinn: Sequence[Trinn]) -> None:
        extracts.fyll(
            (f.ny.partition("/")[0], f.versjon)
            for t in trinn
            for f in t.filer
            if f.ny is not None and f.versjon
        )

    logg = Logg(extracts.hent, navn) if navn is not None else None
    return Tidslinje(versjoner, ALLE, logg, GRUNN, innhold, fyll)


def _forfra(okt: Okt, h: Historisk, per: str, extracts: Utdragslager, begynt: Begynt) -> _Ferd:
    """From the first commit on."""
    import forvaltning.engine.tidslinje
    import forvaltning.krav.katalog  # noqa: F401 - while Git answers
    from forvaltning.git.tid import dag
    from forvaltning.history.lenker import fulgt
    from forvaltning.history.linje import hele
    from forvaltning.history.trinn import Leser, Lop, eksakte_omdop
    from forvaltning.model.kinds import KINDS
    from forvaltning.model.valider import klargjor

    klargjor(KINDS.values())
    walk, versions = begynt.gang, _versjoner(okt, h, extracts)
    if walk is not None:
        versions.les_underveis(walk)
    read = (walk.steg() if walk is not None else hele(h.tre, h.mappe, h.hode))[::-1]
    if not read:
        raise Stopp("Registeret er ikke sjekket inn i Git.", "Sjekk inn registeret først.")
    steps = fulgt(read, h.leser)
    exact = eksakte_omdop(steps)
    names = None
    if not h.grunn and okt.innstillinger.eksempel is None:
        paths = stier(steps, set())
        told = begynt.nevnt()
        names = navn(exact, tidligere(h, paths, nevner_tidligere(h) if told is None else told), paths)
    days = [dag(s.innsjekking.tid) for s in steps]
    versions.medleser = walk.medleser if walk is not None else None
    line = _linje(okt, h, extracts, versions, names)
    return _Ferd(
        line, Leser(extracts, Lop()), days, steps, names or {}, exact, maal(days, per, okt.dato),
        lenker=steps is not read,
    )  # fmt: skip


# --- between runs ----------------------------------------------------------------------------------


def _tilstand(okt: Okt, h: Historisk, trip: _Ferd) -> dict[str, Any]:
    """Where a run has come to, as plain values."""
    from forvaltning.engine import tidstilstand

    lop, gone = trip.leser.lop, trip.mal[trip.ferdig - 1].antall
    return {
        "hode": trip.linje.punkter[-1].commit,
        "grunnlag": _grunnlag(okt, h),
        "dager": [d.toordinal() for d in trip.dager[:gone]],
        "mal": [[m.dato.toordinal(), m.antall] for m in trip.mal[: trip.ferdig]],
        "navn": trip.navn,
        "eksakte": trip.eksakte,
        "lop": [lop.modell, lop.innstilt, lop.na],
        "linje": tidstilstand.verdier(trip.linje),
    }


def _grunnlag(okt: Okt, h: Historisk) -> list[Any]:
    return [h.mappe, h.historie, okt.innstillinger.eksempel is None]


def _videre(okt: Okt, h: Historisk, per: str, extracts: Utdragslager, lager: Lager | None) -> _Ferd | None:
    """From where an earlier run ended; None when there was none, or it does not hold for the history there is now."""
    from forvaltning.engine import tidstilstand
    from forvaltning.git.historikk import historikk
    from forvaltning.git.tid import dag
    from forvaltning.history.endringslogg import Logg
    from forvaltning.history.leser import rett_etter
    from forvaltning.history.linje import kom
    from forvaltning.history.trinn import Leser, Lop, eksakte_omdop
    from forvaltning.history.versjoner import LENKE, postnokkel

    if lager is None:
        return None
    kept = json.loads(lager.meta(TILSTAND + per) or "null")
    if kept is None or kept["grunnlag"] != _grunnlag(okt, h):
        return None
    at = kept["hode"]
    if at != h.hode and not rett_etter(h.tre, at, h.hode):
        return None
    steps = list(historikk(h.tre, h.mappe, h.hode, etter=at))[::-1] if at != h.hode else []
    if eksakte_omdop(steps) or any(kom(s) or f.ny_mode == LENKE for s in steps for f in s.filer):
        return None
    days = [date.fromordinal(n) for n in kept["dager"]] + [dag(s.innsjekking.tid) for s in steps]
    goals = maal(days, per, okt.dato)
    done = len(kept["mal"])
    if [[m.dato.toordinal(), m.antall] for m in goals[:done]] != kept["mal"]:
        return None
    paths = stier(steps, {s for s in kept["linje"]["tid"]["filer"] if postnokkel(s) is not None})
    if navn(kept["eksakte"], tidligere(h, paths, nevner_tidligere(h)), paths) != kept["navn"]:
        return None
    line = _linje(okt, h, extracts, _versjoner(okt, h, extracts), kept["navn"])
    line.logg = Logg.fra(kept["linje"]["logg"], extracts.hent, kept["navn"])
    tidstilstand.gjenopprett(line, kept["linje"])
    modell, innstilt, na = kept["lop"]
    reader = Leser(extracts, Lop(modell, innstilt, na=na))
    return _Ferd(line, reader, days, steps, kept["navn"], kept["eksakte"], goals, done)
