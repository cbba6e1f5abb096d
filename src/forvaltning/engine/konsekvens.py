"""What stops if one thing stops, step by step, with the path that shows why; circles are cut and told.

Walked breadth first, so that the path shown is a shortest one. `vurder_pa_nytt` tells what must be looked at again if
the thing changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from forvaltning.engine.konsekvens_sirkel import sirkler
from forvaltning.engine.konsekvens_steg import Steg, Ukjente, start, videre
from forvaltning.engine.landskap import Node
from forvaltning.model.register import Register


@dataclass(frozen=True, slots=True)
class Rammet:
    """One record that is hit. `vei`: (relation, key) for each step from the start, the last one being this record."""

    node: Node
    vei: tuple[tuple[str, str], ...]
    stopper: bool
    """True when it stops too; False when it goes on without something (data, an archive, an owner)."""

    @property
    def avstand(self) -> int:
        """Steps from what stops."""
        return len(self.vei)


@dataclass(frozen=True, slots=True)
class Konsekvens:
    """What one thing carries. `rammet`: worst first.

    `sirkler`: one circle for each group that depends on itself, the first key repeated at the end.
    """

    start: Node
    rammet: tuple[Rammet, ...]
    sirkler: tuple[tuple[str, ...], ...]
    ukjente: tuple[tuple[str, str], ...]
    """(record, id): what could not be followed, since it leads nowhere or to a file that can not be read."""


class _Gang:
    """One walk: what was reached, from where, and what was met on the way."""

    def __init__(self, register: Register, key: str) -> None:
        self.register = register
        self.key = key
        self.kom: dict[str, tuple[str, Steg]] = {}
        self.stopper: dict[str, bool] = {}
        self.ukjente: Ukjente = {}
        self._steg: dict[str, list[Steg]] = {}

    def steg(self, key: str) -> list[Steg]:
        """The steps from one record, in order, looked up once."""
        found = self._steg.get(key)
        if found is None:
            found = sorted(videre(self.register, key, self.ukjente), key=lambda s: (s.til, s.hvordan))
            self._steg[key] = found
        return found

    def ga(self, tar: Callable[[Steg], bool], *, stopper: bool, folg: bool) -> None:
        """Go on from everything reached so far by the steps that `tar` takes."""
        level = [self.key, *self.kom]
        while level:
            reached: list[str] = []
            for here in level:
                for step in self.steg(here):
                    if not tar(step) or not (step.ved_tap or self.stopper.get(here, True)):
                        continue
                    if step.til == self.key or step.til in self.kom:
                        continue
                    self.kom[step.til] = here, step
                    self.stopper[step.til] = stopper
                    reached.append(step.til)
            level = reached if folg else []

    def piler(self) -> dict[str, list[str]]:
        """Every step that was open to the walk and can be followed on: from → to."""
        return {
            here: [s.til for s in self.steg(here) if s.folg and (s.ved_tap or self.stopper.get(here, True))]
            for here in [self.key, *(k for k, (_, s) in self.kom.items() if s.folg)]
        }


def konsekvens(register: Register, key: str) -> Konsekvens:
    """Everything that stops or goes without when `key` stops. Raises `KeyError` for a key that is not there.

    What stops is found first, then what only loses something, so that a record reached both ways is told as the worse.
    """
    first = start(register, key)
    if first is None:
        raise KeyError(key)
    walk = _Gang(register, key)
    walk.ga(lambda s: s.stopper and s.folg, stopper=True, folg=True)
    walk.ga(lambda s: s.folg, stopper=False, folg=True)
    walk.ga(lambda s: not s.folg, stopper=False, folg=False)
    hit = [Rammet(step.node, _vei(k, walk.kom), walk.stopper[k]) for k, (_, step) in walk.kom.items()]
    ranked = sorted(hit, key=lambda r: (not r.stopper, -r.node.rang, r.avstand, r.node.slag, r.node.key))
    return Konsekvens(first, tuple(ranked), tuple(sirkler(walk.piler())), tuple(sorted(walk.ukjente)))


def _vei(key: str, came: dict[str, tuple[str, Steg]]) -> tuple[tuple[str, str], ...]:
    out: list[tuple[str, str]] = []
    while key in came:
        before, step = came[key]
        out.append((step.hvordan, key))
        key = before
    return tuple(reversed(out))


def tell(rammet: Iterable[Rammet]) -> dict[str, int]:
    """How many of each kind are hit."""
    out: dict[str, int] = {}
    for r in rammet:
        out[r.node.slag] = out.get(r.node.slag, 0) + 1
    return out
