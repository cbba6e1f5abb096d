"""A register that goes through time: records come and go, and only what rested on them is forgotten."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable

from forvaltning.model.dag import Dag
from forvaltning.model.innstillinger import Innstillinger
from forvaltning.model.oppslag import Oppforing, Uleselig
from forvaltning.model.register import Register
from forvaltning.model.viser import normaliser


class LevendeRegister(Register):
    """The records of a registry at one moment, moved on to the next by `skift`."""

    def skift(
        self,
        borte: Iterable[Oppforing],
        nye: Iterable[Oppforing],
        uleselige: Iterable[Uleselig],
        dag: Dag,
        innstillinger: Innstillinger,
    ) -> None:
        """Take records out, put records in, and forget every answer that was worked out before."""
        for o in borte:
            del self._poster[normaliser(o.id)]
            self._etter_kind[o.kind].remove(o)
            for felt, _, til in o.henvisninger:
                self._inn[normaliser(til)][o.kind].remove((o, felt))
        for o in nye:
            self._poster[normaliser(o.id)] = o
            insort(self._etter_kind[o.kind], o, key=_sti)
            for felt, _, til in o.henvisninger:
                insort(
                    self._inn.setdefault(normaliser(til), {}).setdefault(o.kind, []),
                    (o, felt),
                    key=lambda pair: pair[0].fil,
                )
        self._uleselige = {normaliser(u.id): u for u in uleselige}
        self.dag, self.innstillinger = dag, innstillinger
        for memory in (self._funnet, self._vist, self._husket, self._nermest):
            memory.clear()
        self._ordliste = None


def _sti(o: Oppforing) -> str:
    return o.fil
