"""How far a registry has been judged through time, as plain values: what the next run goes on from.

What each verdict read is kept beside it, so that a later commit costs what it changed also in another process.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from forvaltning.engine.forlop import Forlop, punkter_fra, punktverdier
from forvaltning.engine.tidslinje import Tidslinje
from forvaltning.engine.tidsverdier import Siste
from forvaltning.model.dag import Dag
from forvaltning.model.historie import FunnetEndring


def verdier(linje: Tidslinje) -> dict[str, Any]:
    """The state after the last point, as values that JSON can hold."""
    numbers = {id(f): n for n, f in enumerate(linje.forlop)}
    keys: dict[str, int] = {}
    dom = {
        post: {
            krav: [
                numbers[id(d.forlop)] if d.forlop is not None else -1,
                sorted(keys.setdefault(k, len(keys)) for k in d.spor),
                d.fra.toordinal(),
                d.til.toordinal(),
            ]
            for krav, d in deler.items()
        }
        for post, deler in linje.dom.items()
    }
    return {
        "punkter": punktverdier(linje.punkter),
        "forlop": [f.verdier() for f in linje.forlop],
        "nokler": list(keys),
        "dom": dom,
        "endringer": {
            key: [[f.felt, f.dato.isoformat(), f.commit, f.fil] for f in found]
            for key, found in linje.endringer.items()
        },
        "tid": linje.tid.verdier(),
        "logg": linje.logg.verdier() if linje.logg is not None else None,
    }


def gjenopprett(linje: Tidslinje, v: Mapping[str, Any]) -> None:
    """Bring a new line to where another one was. `linje.logg` is the caller's to restore.

    Raises KeyError, TypeError, ValueError or IndexError when the values are not what was kept.
    """
    linje.punkter = punkter_fra(v["punkter"])
    linje.forlop = [Forlop(*f) for f in v["forlop"]]
    names = v["nokler"]
    spor: dict[tuple[int, ...], frozenset[str]] = {}
    for post, deler in v["dom"].items():
        for krav, (nr, read, fra, til) in deler.items():
            key = tuple(read)
            if key not in spor:
                spor[key] = frozenset(names[n] for n in read)
            course = linje.forlop[nr] if nr >= 0 else None
            linje.sett((post, krav), Siste(course, spor[key], date.fromordinal(fra), date.fromordinal(til)))
    linje.endringer = {
        key: tuple(FunnetEndring(key, felt, date.fromisoformat(d), c, fil) for felt, d, c, fil in found)
        for key, found in v["endringer"].items()
    }
    linje.tid.gjenopprett(v["tid"], Dag(linje.punkter[-1].dato))
    linje.gjenoppta()
