"""Circles among dependencies: the groups in which everything depends on everything (Kosaraju), one circle shown for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from forvaltning.model.integrasjon import Integrasjon


def sirkler(piler: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """A shortest circle through the smallest key of each group, sorted. A flow and its own end are no circle."""
    real = [g for g in _grupper(piler) if sum(not k.startswith(f"{Integrasjon.kind}/") for k in g) > 1]
    return sorted(_korteste(min(g), g, piler) for g in real)


def _grupper(piler: Mapping[str, Sequence[str]]) -> list[set[str]]:
    """The strongly connected groups of more than one: what reaches each other both ways."""
    back: dict[str, list[str]] = {}
    for here, there in piler.items():
        for to in there:
            back.setdefault(to, []).append(here)
    done: set[str] = set()
    found = []
    for start in reversed(_ferdig(piler)):
        group = _nadde(start, back, done)
        done |= group
        if len(group) > 1:
            found.append(group)
    return found


def _ferdig(piler: Mapping[str, Sequence[str]]) -> list[str]:
    """Every key in the order in which all beyond it has been gone through; without recursion, since chains are long."""
    out: list[str] = []
    seen: set[str] = set()
    for start in piler:
        if start in seen:
            continue
        seen.add(start)
        work = [(start, iter(piler[start]))]
        while work:
            rest = work[-1][1]
            to = next((t for t in rest if t in piler and t not in seen), None)
            if to is None:
                out.append(work.pop()[0])
            else:
                seen.add(to)
                work.append((to, iter(piler[to])))
    return out


def _nadde(start: str, piler: Mapping[str, Sequence[str]], uten: set[str]) -> set[str]:
    """What can be reached from `start` without passing `uten`."""
    if start in uten:
        return set()
    group, level = {start}, [start]
    while level:
        reached = (to for here in level for to in piler.get(here, ()))
        level = list(dict.fromkeys(to for to in reached if to not in uten and to not in group))
        group.update(level)
    return group


def _korteste(start: str, group: set[str], piler: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The shortest way from `start` back to itself within its group; the first of equals in order of keys."""
    came: dict[str, str] = {}
    level = [start]
    while level:
        reached = []
        for here in level:
            for to in sorted(piler[here]):
                if to == start:
                    way = [start, here]
                    while way[-1] != start:
                        way.append(came[way[-1]])
                    return tuple(reversed(way))
                if to in group and to not in came:
                    came[to] = here
                    reached.append(to)
        level = reached
    return (start, start)  # pragma: no cover - a group of several always has a way back
