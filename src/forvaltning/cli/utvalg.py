"""What to judge: the options that narrow a check, and with it the exit code."""

from __future__ import annotations

from dataclasses import dataclass

from forvaltning.findings import Problem, Verdict


@dataclass(frozen=True, slots=True)
class Utvalg:
    """Empty tuples mean everything. `enheter` holds the units below as well; `filer` registry-relative.

    A problem with a file is not about one requirement, so `krav`, `omrader` and `roller` let every
    problem through: a narrowed check is never green for a file that it could not read.
    """

    krav: tuple[str, ...] = ()
    omrader: tuple[int, ...] = ()
    poster: tuple[str, ...] = ()
    """Record keys, ``kind/id``."""
    enheter: frozenset[str] | None = None
    roller: tuple[str, ...] = ()
    """Role types, forum codes or ids of roles."""
    stier: tuple[str, ...] = ()
    """Files or folders of the registry, relative with ``/``; empty text is the whole registry."""

    @property
    def alt(self) -> bool:
        """True when nothing is narrowed."""
        return self == Utvalg()

    def _sti(self, fil: str) -> bool:
        return not self.stier or any(s in ("", fil) or fil.startswith(s + "/") for s in self.stier)

    def tar_med(self, v: Verdict) -> bool:
        """True when a verdict is among what was asked for."""
        if self.krav and v.krav not in self.krav:
            return False
        if self.omrader and int(v.krav.partition(".")[0]) not in self.omrader:
            return False
        if self.poster and v.post not in self.poster:
            return False
        if self.enheter is not None and v.enhet not in self.enheter:
            return False
        if self.roller and not any(a.rolle in self.roller or a.post in self.roller for a in v.ansvarlig):
            return False
        return self._sti(f"{v.post}.yaml")

    def tar_med_problem(self, p: Problem, enhet: str | None, kjent_enhet: bool) -> bool:
        """True when a problem counts: its file was asked for, and its unit is (or may be) among those asked for."""
        if self.poster and p.post not in self.poster and p.fil.removesuffix(".yaml") not in self.poster:
            return False
        if self.enheter is not None and kjent_enhet and enhet not in self.enheter:
            return False
        return self._sti(p.fil)
