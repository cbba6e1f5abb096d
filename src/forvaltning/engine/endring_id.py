"""Rules about change: an id that a record had once is never given to another (domain.md, section 1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from forvaltning.engine.endringsproblem import endringsproblem
from forvaltning.findings import START, Problem, Severity
from forvaltning.krav.ord import norsk_dato
from forvaltning.model.kinds import KINDS
from forvaltning.model.oppforing import Oppforing
from forvaltning.model.register import Register
from forvaltning.model.viser import normaliser

REGEL = "endring.id_gjenbrukt"
SETTINGS_FILE = "forvaltning.yaml"


@dataclass(frozen=True, slots=True)
class Tidligere:
    """A record that was deleted: its kind, when and by which commit, and whether the one that has its id now is it."""

    kind: str
    dato: date
    commit: str
    samme: bool = False


def nye(
    gammel: Register, ny: Register, nokler: Collection[str], navn: Mapping[str, str]
) -> Iterator[Oppforing]:
    """The records a change adds under an id that the older state does not know. `navn`: as from `omdopte`."""
    renamed = {normaliser(v) for v in navn.values()}
    lost = {normaliser(u.id) for u in gammel.uleselige()}
    former = {normaliser(old) for o in ny.oppforinger() for old in o.tidligere} if nokler else set()
    for key in sorted(nokler):
        o = ny.oppforing(key.partition("/")[2])
        if o is None or o.key != key or gammel.oppforing(o.id) is not None:
            continue
        # An id that another record says it has left is told of once (`id.gjenbrukt`).
        if normaliser(o.id) not in renamed | lost | former:
            yield o


def gjenbrukte(poster: Iterable[Oppforing], slettet: Mapping[str, Sequence[Tidligere]]) -> Iterator[Problem]:
    """Records whose id named another one that was deleted. `slettet`: by normalised id, newest first.

    The same record that comes back is none: what was deleted may be put back.
    """
    for o in poster:
        before = next((t for t in slettet.get(normaliser(o.id), ()) if not t.samme), None)
        if before is None:
            continue
        what = KINDS[before.kind].tittel_entall if before.kind in KINDS else "en post"
        yield endringsproblem(
            o.post,
            REGEL,
            (),
            f"Id-en «{o.id}» tilhørte en annen post ({what}), som ble slettet {norsk_dato(before.dato)} i "
            f"{before.commit[:12]}. En id brukes aldri om igjen.",
            "Gi den nye posten en id som aldri har vært brukt. Er det den gamle posten som skal tilbake, så hent filen "
            f"slik den var: «git restore --source={before.commit[:12]}^ -- STI».",
        )


def ikke_sett(antall: int) -> Problem:
    """That nobody looked whether new ids were used before, since the history is not all here."""
    what = "den nye id-en" if antall == 1 else f"de {antall} nye id-ene"
    return Problem(
        REGEL,
        Severity.MERKNAD,
        SETTINGS_FILE,
        f"Bare en del av historikken er hentet, så det er ikke sett etter om {what} har vært brukt før.",
        "Hent hele: «git fetch --unshallow», eller «fetch-depth: 0» i GitHub.",
        position=START,
        felt="historie",
    )
