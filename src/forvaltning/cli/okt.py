"""A session: one registry on one check date, judged. Everything is worked out on first use."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import groupby

from forvaltning.cli import kontroll
from forvaltning.cli.finn import MAPPER, SETTINGS_FILE, IngenRegister, finn_register
from forvaltning.cli.rapport import Rapport
from forvaltning.cli.registerokt import Registerokt
from forvaltning.cli.utvalg import Utvalg
from forvaltning.cli.vurdering import GREEN, Kontroll, oppsummer


class Okt(Registerokt):
    """A registry on disk on one check date, judged when asked for."""

    @cached_property
    def kontroll(self) -> Kontroll:
        """The whole registry judged, from the cache as far as it holds."""
        return kontroll.kontroller(self)

    def rapport(self, utvalg: Utvalg | None = None, *, alle: bool = True) -> Rapport:
        """Judge the registry and keep what was asked for.

        With `alle` false the verdicts leave out what is *oppfylt* or *ikke aktuelt*, the counts do not.
        """
        chosen = utvalg or Utvalg()
        k = self.kontroll
        if chosen.alt:
            verdicts = kontroll.fullfor(self, k) if alle else k.synlige
            summary, problems = k.sammendrag, k.problemer
        else:
            every = kontroll.noen(self, k, chosen.poster) if chosen.poster else kontroll.fullfor(self, k)
            verdicts = [v for v in every if chosen.tar_med(v)]
            summary = oppsummer(verdicts)
            units = {v.post: v.enhet for v in every}
            problems = [
                p
                for p in k.problemer
                if chosen.tar_med_problem(p, units.get(p.post or ""), (p.post or "") in units)
            ]
            if not alle:
                verdicts = [v for v in verdicts if v.utfall not in GREEN]
        return Rapport(self.dato, self.datokilde, self.visningssti, summary, verdicts, problems, k.svikt)

    def json_tekster(self, rapport: Rapport, utvalg: Utvalg) -> Iterator[str]:
        """The verdicts of a report as finished JSON text, one piece a record, in order.

        Without narrowing the pieces are kept in the cache, so that the next run only writes them out.
        """
        from forvaltning.render.json_rapport import resultattekst

        if utvalg.alt and self.lager is not None and not rapport.svikt:
            yield from kontroll.tekster(self, self.kontroll)
            return
        every = self.rapport(utvalg).dommer
        for post, dommer in groupby(every, key=lambda v: v.post):
            yield resultattekst(dommer, self.steder)
            self.steder.slipp(f"{post}.yaml")


__all__ = ["MAPPER", "SETTINGS_FILE", "IngenRegister", "Okt", "Rapport", "finn_register"]
