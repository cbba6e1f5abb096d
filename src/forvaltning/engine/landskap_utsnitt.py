"""A part of the landscape: what still lives, what lies around one record, what was asked for."""

from __future__ import annotations

from collections.abc import Iterable

from forvaltning.engine.landskap import BORTE, EGNE, Kant, Landskap
from forvaltning.model.integrasjon import Integrasjon
from forvaltning.model.register import Register


def levende(x: Landskap, behold: Iterable[str] = ()) -> Landskap:
    """Without what has ended, and without suppliers and outsiders that then have no part in anything.

    `behold`: keys that stay all the same. What was left out is counted in `utelatt`.
    """
    kept = frozenset(behold)
    gone = {n.key for n in x.noder.values() if n.tilstand in BORTE and n.key not in kept}
    edges = [k for k in x.kanter if k.fra not in gone and k.til not in gone]
    used = {key for k in edges for key in (k.fra, k.til)}
    idle = {n.key for n in x.noder.values() if n.slag not in EGNE and n.key not in used and n.key not in kept}
    nodes = {k: n for k, n in x.noder.items() if k not in gone and k not in idle}
    return Landskap(nodes, edges, len(gone), x.ukjente)


def rundt(x: Landskap, start: Iterable[str], dybde: int) -> Landskap:
    """What lies at most `dybde` steps from any of `start`, without what has ended, which is counted where it touches.

    Going through a flow costs nothing: it only joins two.
    """
    begin = dict.fromkeys(k for k in start if k in x.noder)
    alive = levende(x, begin)
    near = alive.naboer()
    level = list(begin)
    seen = dict.fromkeys(level)
    for _ in range(dybde):
        reached: dict[str, None] = {}
        for key in level:
            for n in near.get(key, ()):
                reached[n] = None
                if alive.noder[n].slag == Integrasjon.kind:
                    reached.update(dict.fromkeys(near.get(n, ())))
        level = [k for k in reached if k not in seen]
        seen.update(dict.fromkeys(level))
    all_near = x.naboer()
    gone = {n for k in seen for n in all_near.get(k, ()) if x.noder[n].tilstand in BORTE and n not in seen}
    out = delmengde(alive, seen)
    out.utelatt = len(gone)
    return out


def delmengde(x: Landskap, keys: Iterable[str]) -> Landskap:
    """The nodes with these keys and the relations among them."""
    wanted = set(keys)
    nodes = {k: n for k, n in x.noder.items() if k in wanted}
    edges = [k for k in x.kanter if k.fra in nodes and k.til in nodes]
    unknown = [u for u in x.ukjente if u[0] in nodes]
    return Landskap(nodes, edges, x.utelatt, unknown)


def uten_flyter(x: Landskap) -> Landskap:
    """The same landscape with each flow as one relation between its ends, not as a node of its own."""
    nodes = {k: n for k, n in x.noder.items() if n.slag != Integrasjon.kind}
    ways: dict[str, tuple[list[str], list[str], bool]] = {}
    out: dict[Kant, None] = {}
    for k in x.kanter:
        if k.slag != "data":
            out[k] = None
        elif k.til.startswith(f"{Integrasjon.kind}/"):
            ways.setdefault(k.til, ([], [], k.begge))[0].append(k.fra)
        else:
            ways.setdefault(k.fra, ([], [], k.begge))[1].append(k.til)
    for senders, receivers, both in ways.values():
        for a in senders:
            for b in receivers:
                out[Kant(a, b, "data", both)] = None
    edges = [k for k in out if k.fra in nodes and k.til in nodes]
    return Landskap(nodes, edges, x.utelatt, x.ukjente)


def midtpunkt(register: Register, x: Landskap, key: str) -> list[str]:
    """The nodes that a record stands for: itself, else those it names or that name it (an agreement, a unit, a ROS)."""
    if key in x.noder:
        return [key]
    ident = key.partition("/")[2]
    entry = register.oppforing(ident)
    named = [h.til for h in entry.henvisninger] if entry is not None else []
    found = [register.oppforing(i) for i in named] + [o for o, _ in register.innkommende(ident)]
    return sorted({o.key for o in found if o is not None and o.key in x.noder})
