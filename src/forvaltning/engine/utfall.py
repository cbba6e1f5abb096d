"""One requirement over one record, no further than its outcome needs: for the many verdicts of a trend.

The same precedence as `fold`, without findings, evidence and texts. The first finding that no deviation can cover
settles it: what was read until then is what the outcome rests on, and nothing after it can make it green.
"""

from __future__ import annotations

from collections.abc import Set
from datetime import date
from typing import NamedTuple

from forvaltning.engine.fold import Folder
from forvaltning.findings import Outcome
from forvaltning.krav.observasjon import Bevis, Observasjon, Uavklart, Utloper
from forvaltning.krav.typer import Kontekst, Krav, UtenDom
from forvaltning.model.base import Post
from forvaltning.model.hendelser import Avvik
from forvaltning.model.register import Register
from forvaltning.model.viser import normaliser


class Utfall(NamedTuple):
    """An outcome, what it read, and the dates between which it holds. `enhet` is worked out for *brudd* alone.

    Between those dates the outcome may still pass from *oppfylt* to *snart*: neither is a breach.
    """

    utfall: Outcome
    enhet: str | None
    spor: Set[str]
    fra: date
    til: date


class Utfallsdommer:
    """Judges one requirement for records of one kind, in one register."""

    def __init__(self, krav: Krav, cls: type[Post], register: Register) -> None:
        self.krav = krav
        self._register = register
        self._ctx = Kontekst(register)
        self._regler = tuple((r.naar, r.kjor) for r in krav.regler if cls in r.gjelder)
        self._vindu = register.innstillinger.varslingsvindu_dager

    def dom(self, post: Post) -> Utfall:
        """The outcome for one record."""
        register = self._register
        register.nullstill()
        register.spor.add("=" + normaliser(post.id))
        outcome = self._utfall(post)
        if outcome is None:
            register.nullstill()
            register.spor.add("=" + normaliser(post.id))
            outcome = self._med_avvik(post)
        enhet = register.enhet_for(post) if outcome is Outcome.BRUDD else None
        return Utfall(outcome, enhet, register.spor, register.dag.fra, register.dag.til)

    def _utfall(self, post: Post) -> Outcome | None:
        """The outcome; None when a deviation may cover what was found, so that all of it must be looked at."""
        ctx = self._ctx
        applies = reasons = False
        seen: set[Outcome] = set()
        for naar, kjor in self._regler:
            try:
                if naar(post, ctx) is not None:
                    reasons = True
                    continue
                applies = True
                for o in kjor(post, ctx):
                    if type(o) is Bevis:
                        continue
                    sign = self._tegn(o)
                    if sign is Outcome.BRUDD:
                        return None if self._har_avvik(post) else sign
                    seen.add(sign)
            except UtenDom:
                continue
            except Exception:
                # A fault of ours is told by `check`; here it is never green.
                applies = True
                seen.add(Outcome.IKKE_AVGJORT)
        lost = bool(self._register.sett_uleselig)
        if not applies:
            return Outcome.IKKE_AVGJORT if reasons and lost else Outcome.IKKE_AKTUELT
        if lost or Outcome.IKKE_AVGJORT in seen:
            return Outcome.IKKE_AVGJORT
        return Outcome.SNART if Outcome.SNART in seen else Outcome.OPPFYLT

    def _tegn(self, o: Observasjon) -> Outcome:
        """What one observation alone would make of the verdict."""
        if isinstance(o, Utloper):
            if self._register.dag.passert(o.siste):
                return Outcome.BRUDD
            return Outcome.SNART if self._snart(o) else Outcome.OPPFYLT
        return Outcome.IKKE_AVGJORT if isinstance(o, Uavklart) else Outcome.BRUDD

    def _snart(self, o: Utloper) -> bool:
        """Whether something runs out within the warning window, without the verdict ending where that begins."""
        dag = self._register.dag
        fra, til = dag.fra, dag.til
        soon = dag.innen_vindu(o.siste, self._vindu)
        dag.fra, dag.til = fra, til
        return soon

    def _har_avvik(self, post: Post) -> bool:
        found = self._register.viser_til(post, Avvik, "gjelder")
        return any(a.krav == self.krav.nummer for a in found)

    def _med_avvik(self, post: Post) -> Outcome:
        """The outcome by way of every finding, each held against the deviations."""
        self._register.sett_uleselig = set()
        folder = Folder(self.krav, post, self._register)
        for naar, kjor in self._regler:
            try:
                if naar(post, self._ctx) is None:
                    folder.legg_til(kjor(post, self._ctx))
            except UtenDom:
                continue
            except Exception as error:
                folder.uavklart.append(type(error).__name__)
        folder.uavklart += sorted(self._register.sett_uleselig)
        return folder.dom(None, ()).utfall
