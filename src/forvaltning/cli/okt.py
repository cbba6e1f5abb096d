"""One session with a registry: find it, load it, judge it, and keep the result as plain values."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from forvaltning import __version__
from forvaltning.cli.utvalg import Utvalg
from forvaltning.findings import Outcome, Problem, Severity, Summary, Verdict
from forvaltning.git.arbeidstre import Arbeidstre, Tilstand, finn_arbeidstre, tilstand

if TYPE_CHECKING:
    from forvaltning.engine.resultat import Svikt
    from forvaltning.model.innstillinger import Innstillinger
    from forvaltning.model.register import Register
    from forvaltning.source.load import Innlest
    from forvaltning.source.steder import Steder

SETTINGS_FILE = "forvaltning.yaml"
Progress = Callable[[int, int], None]


class IngenRegister(Exception):  # noqa: N818 - named in the domain's words
    """No registry was found; `lette` tells where it was looked for."""

    def __init__(self, lette: list[Path]) -> None:
        super().__init__("Fant ikke noe register.")
        self.lette = lette


def finn_register(start: Path, valgt: Path | None = None) -> Path:
    """The registry folder: the chosen one, else found upward from `start`.

    A folder is a registry when it holds forvaltning.yaml; in each folder on the way up, a sub-folder
    named `registry` counts too. Raises `IngenRegister`.
    """
    if valgt is not None:
        if (valgt / SETTINGS_FILE).exists() or (valgt / SETTINGS_FILE).is_symlink():
            return valgt
        raise IngenRegister([valgt])
    start = start.resolve()
    looked: list[Path] = []
    for folder in (start, *start.parents):
        for candidate in (folder, folder / "registry"):
            if (candidate / SETTINGS_FILE).is_file():
                return candidate
        looked.append(folder)
    raise IngenRegister(looked)


@dataclass(slots=True)
class Rapport:
    """What a check found, narrowed to what was asked for; the counts cover just that."""

    dato: date
    datokilde: str
    """``valgt``, ``eksempel`` or ``i dag``."""
    registry: str
    sammendrag: Summary
    dommer: list[Verdict]
    """Every verdict asked for, green ones too, in the order of kind, record and requirement."""
    problemer: list[Problem]
    svikt: list[Svikt] = field(default_factory=list)

    @property
    def brudd(self) -> bool:
        """True when the exit code is at least 1: a breach, or a problem that counts."""
        return self.sammendrag.utfall.get(Outcome.BRUDD, 0) > 0 or any(
            p.alvor is Severity.FEIL for p in self.problemer
        )

    @property
    def exit_code(self) -> int:
        """0 nothing broken, 1 broken, 3 a fault of ours."""
        return 3 if self.svikt else int(self.brudd)


def tell(dommer: Iterator[Verdict] | list[Verdict]) -> Summary:
    """Counts by outcome, in all, by area (number as text) and by unit (empty text for none)."""
    out = Summary()
    for v in dommer:
        u = v.utfall.value
        out.utfall[u] = out.utfall.get(u, 0) + 1
        area = out.omrade.setdefault(v.krav.partition(".")[0], {})
        area[u] = area.get(u, 0) + 1
        unit = out.enhet.setdefault(v.enhet or "", {})
        unit[u] = unit.get(u, 0) + 1
        for f in v.funn:
            if f.avvik is None:
                out.arter[f.art.value] = out.arter.get(f.art.value, 0) + 1
    return out


class Okt:
    """A registry on disk on one check date. Everything is worked out on first use.

    `rot`: the registry folder. `as_of`: the chosen date, else the example registry's own, else today.
    Raises `UgyldigInnstilling` from the first use of the settings when they can not be used.
    """

    def __init__(self, rot: Path, as_of: date | None = None, progress: Progress | None = None) -> None:
        self.rot = rot
        self._as_of = as_of
        self._progress = progress

    @cached_property
    def innlest(self) -> Innlest:
        """Every file of the registry, read and validated."""
        from forvaltning.source.load import les_register

        return les_register(self.rot, self._progress)

    @property
    def innstillinger(self) -> Innstillinger:
        """The settings in force."""
        return self.innlest.innstillinger

    @cached_property
    def _dato(self) -> tuple[date, str]:
        if self._as_of is not None:
            return self._as_of, "valgt"
        eksempel = self.innstillinger.eksempel
        if eksempel is not None:
            return eksempel.dato, "eksempel"
        return date.today(), "i dag"  # noqa: DTZ011 - the check date is the user's own calendar day

    @property
    def dato(self) -> date:
        """The check date."""
        return self._dato[0]

    @property
    def datokilde(self) -> str:
        """Where the check date comes from."""
        return self._dato[1]

    @cached_property
    def arbeidstre(self) -> Arbeidstre | None:
        """The Git work tree around the registry, if any."""
        return finn_arbeidstre(self.rot.resolve())

    @cached_property
    def git(self) -> Tilstand:
        """Commit, edits and depth of history."""
        return tilstand(self.arbeidstre, self.rot.resolve())

    @cached_property
    def register(self) -> Register:
        """The records, with the check date and what history shows."""
        from forvaltning.model.dag import Dag
        from forvaltning.model.historie import EKSEMPELHISTORIE, UKJENT_HISTORIE
        from forvaltning.model.register import Register

        historie = EKSEMPELHISTORIE if self.innstillinger.eksempel is not None else UKJENT_HISTORIE
        read = self.innlest
        return Register(read.oppforinger, read.innstillinger, Dag(self.dato), historie, read.uleselige)

    @cached_property
    def steder(self) -> Steder:
        """Positions of fields, worked out when asked for."""
        from forvaltning.source.steder import Steder

        filer = dict(self.innlest.filer)
        return Steder(self.rot, filer)

    @property
    def visningssti(self) -> str:
        """The registry folder as a person here would write it: relative to the current folder when below it."""
        try:
            return self.rot.resolve().relative_to(Path.cwd().resolve()).as_posix()
        except ValueError:
            return self.rot.as_posix()

    @cached_property
    def _alt(self) -> tuple[list[Verdict], list[Problem], list[Svikt], dict[str, str | None]]:
        """Every verdict, every problem, every fault of ours, and each record's unit."""
        from forvaltning.engine.deviations import avviksproblemer
        from forvaltning.engine.problemer import gjenbrukte_id, hengende, innstillingsproblemer
        from forvaltning.engine.run import Motor
        from forvaltning.krav.katalog import ALLE, ETTER_NUMMER
        from forvaltning.model.viser import normaliser
        from forvaltning.source.load import paused_gc

        verdicts: list[Verdict] = []
        faults: list[Svikt] = []
        units: dict[str, str | None] = {}
        told: set[tuple[str, tuple[str | int, ...]]] = set()
        used: set[str] = set()
        with paused_gc():
            motor = Motor(ALLE, self.register)
            for result in motor.alle():
                faults += result.svikt
                verdicts += result.dommer
                for v in result.dommer:
                    units[v.post] = v.enhet
                    for f in v.funn:
                        told.add((f.place.post, f.place.path))
                        if f.avvik:
                            used.add(normaliser(f.avvik))
            problems = list(self.innlest.problemer)
            self.register.nullstill()
            problems += avviksproblemer(self.register, ETTER_NUMMER, used)
            problems += hengende(self.register, told)
            problems += gjenbrukte_id([o.post for o in self.register.oppforinger()])
            problems += innstillingsproblemer(self.register, SETTINGS_FILE)
        problems.sort(key=lambda p: (p.fil, str(p.path), p.regel, p.melding))
        return verdicts, problems, faults, units

    def rapport(self, utvalg: Utvalg | None = None) -> Rapport:
        """Judge the registry and keep what was asked for."""
        chosen = utvalg or Utvalg()
        verdicts, problems, faults, units = self._alt
        if not chosen.alt:
            verdicts = [v for v in verdicts if chosen.tar_med(v)]
            problems = [
                p
                for p in problems
                if chosen.tar_med_problem(p, units.get(p.post or ""), (p.post or "") in units)
            ]
        return Rapport(self.dato, self.datokilde, self.visningssti, tell(verdicts), verdicts, problems, faults)

    @cached_property
    def regelsett(self) -> str:
        """A hash of the rules in force: 16 hex digits over the requirement modules and the engine."""
        digest = hashlib.sha256(__version__.encode())
        package = Path(__file__).resolve().parent.parent
        for room in ("krav", "engine", "model"):
            for path in sorted((package / room).rglob("*.py")):
                digest.update(path.relative_to(package).as_posix().encode())
                digest.update(path.read_bytes())
        return digest.hexdigest()[:16]
