"""What the cache keeps of a session's history, and what of it has changed since the last run."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from forvaltning.cli.registerokt import Registerokt
    from forvaltning.model.historie import Historie
    from forvaltning.source.lager import Lager

META = "historie"
"""Where the cache keeps what history was when the verdicts were given."""


def _verdier(seen: Historie) -> dict[str, Any]:
    found = {k: [[f.felt, f.dato.isoformat(), f.commit, f.fil] for f in v] for k, v in seen.endringer.items()}
    return {"kjent": seen.kjent, "grunn": seen.grunn, "funn": found}


def lagre(okt: Registerokt, lager: Lager) -> None:
    """Keep what history was. Called inside a transaction."""
    lager.sett_meta(META, json.dumps(_verdier(okt.register.historie), separators=(",", ":")))


def lagret_nokkel(okt: Registerokt) -> str:
    """The key to keep beside the verdicts; empty when the next run must look again."""
    from forvaltning.history.leser import GIT_SVARER_IKKE

    return "" if okt.register.historie == GIT_SVARER_IKKE else okt.historienokkel


def endret_siden(okt: Registerokt, lager: Lager) -> set[str] | None:
    """The keys ``~id`` of the records whose history is another than at the last run; None when all may be."""
    from forvaltning.model.viser import normaliser

    stored = lager.meta(META)
    if stored is None:
        return None
    old, new = json.loads(stored), _verdier(okt.register.historie)
    if (old["kjent"], old["grunn"]) != (new["kjent"], new["grunn"]):
        return None
    was, now = old["funn"], new["funn"]
    return {
        "~" + normaliser(k.partition("/")[2]) for k in was.keys() | now.keys() if was.get(k) != now.get(k)
    }


def ulik(a: Registerokt, b: Registerokt) -> set[str] | None:
    """The same between two states of a registry."""
    from forvaltning.model.viser import normaliser

    one, two = a.register.historie, b.register.historie
    if (one.kjent, one.grunn) != (two.kjent, two.grunn):
        return None
    keys = one.endringer.keys() | two.endringer.keys()
    return {
        "~" + normaliser(k.partition("/")[2]) for k in keys if one.endringer.get(k) != two.endringer.get(k)
    }


def ukjent(okt: Registerokt) -> str:
    """Why history could not be seen, empty when it was; from the cache when the verdicts came from there."""
    if okt.hode["eksempel"] is not None:
        return ""
    if "register" not in okt.__dict__ and okt.fra_lager and okt.lager is not None:
        try:
            stored = json.loads(okt.lager.meta(META) or "null")
            if stored is not None:
                return "" if stored["kjent"] else str(stored["grunn"])
        except (sqlite3.Error, ValueError, KeyError, TypeError):
            pass
    seen = okt.register.historie
    return "" if seen.kjent else seen.grunn
