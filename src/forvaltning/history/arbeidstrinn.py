"""What is not committed, as one more step on the line: work tree against the state at HEAD."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from forvaltning.history.endringslogg import Fil, Logg, Trinn, slag
from forvaltning.history.likhet import like_filer
from forvaltning.history.utdragslager import Utdragslager, oid_i, versjon
from forvaltning.source.innholdsid import innholds_id
from forvaltning.source.load import EndretUnderveis


@dataclass(frozen=True, slots=True)
class Arbeid:
    """The files of the work tree: path → content id (empty: can not be read), how one is read, model, check date."""

    ider: Mapping[str, str]
    les: Callable[[str], bytes | None]
    modell: int
    dato: date


def arbeidstrinn(logg: Logg, arbeid: Arbeid, lager: Utdragslager, *, sha256: bool) -> Trinn:
    """The step from HEAD to the work tree, dated the check date."""
    now: dict[str, str] = {}
    for path, sha in arbeid.ider.items():
        if not slag(path):
            continue
        line = logg.linjer.get(path)
        if not sha:
            if line is not None and line.na is not None:
                now[path] = line.na
            continue
        oid = _sha256(arbeid.les(path)) if sha256 else sha
        name = now[path] = versjon(oid, arbeid.modell)
        if line is None or line.na != name:
            lager.egen(name, lambda path=path, oid=oid: _les(arbeid, path, oid))  # type: ignore[misc]
    files = [Fil(p, p, v) for p, v in now.items() if p in logg.linjer and logg.linjer[p].na != v]
    gone = [p for p in logg.linjer if p not in now]
    new = [p for p in now if p not in logg.linjer]
    moved = _omdopt(gone, new, logg, now, arbeid, lager) if gone and new else {}
    files += [Fil(moved.get(p), p, now[p]) for p in new]
    files += [Fil(p, None, None) for p in gone if p not in moved.values()]
    return Trinn("", arbeid.dato, tuple(files))


def _les(arbeid: Arbeid, path: str, oid: str) -> bytes:
    data = arbeid.les(path)
    if data is None or oid not in (innholds_id(data), _sha256(data)):
        raise EndretUnderveis(path)
    return data


def _sha256(data: bytes | None) -> str:
    return hashlib.sha256(b"blob %d\0" % len(data) + data).hexdigest() if data is not None else ""


def _omdopt(
    gone: list[str],
    new: list[str],
    logg: Logg,
    now: Mapping[str, str],
    arbeid: Arbeid,
    lager: Utdragslager,
) -> dict[str, str]:
    """New path → the path it had: the same content, else the most alike, each used once."""
    out: dict[str, str] = {}
    left = list(gone)
    for path in new:
        same = [g for g in left if slag(g) == slag(path) and logg.linjer[g].na == now[path]]
        if same:
            out[path] = same[0]
            left.remove(same[0])
    rest = [p for p in new if p not in out]

    def then(path: str) -> bytes:
        return lager.blober.les(oid_i(logg.linjer[path].na or ""))

    return out | like_filer(left, rest, then, lambda p: arbeid.les(p) or b"")
