"""One session with a registry: find it, load it, judge it, and keep the result as plain values."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forvaltning import __version__
from forvaltning.cli import historie, kontroll
from forvaltning.cli.kontroll import Kontroll, oppsummer
from forvaltning.cli.utvalg import Utvalg
from forvaltning.findings import Outcome, Position, Problem, Severity, Summary, Verdict
from forvaltning.git.arbeidstre import Arbeidstre, Tilstand, finn_arbeidstre, tilstand
from forvaltning.git.hode import er_grunn
from forvaltning.source.kilde import Kilde, Mappe, Revisjon
from forvaltning.source.lager import FilRad, Lager
from forvaltning.source.scan import Scan
from forvaltning.source.steder import Steder

if TYPE_CHECKING:
    from forvaltning.engine.resultat import Svikt
    from forvaltning.model.innstillinger import Innstillinger
    from forvaltning.model.register import Register
    from forvaltning.source.fakta import Fakta
    from forvaltning.source.load import Innlest, Innstillingsfil

SETTINGS_FILE = "forvaltning.yaml"
MAPPER = frozenset(
    [
        "tjenester",
        "systemer",
        "integrasjoner",
        "roller",
        "enheter",
        "leverandorer",
        "avtaler",
        "ros",
        "dpia",
        "behandlinger",
        "datasett",
        "begreper",
        "prosjekter",
        "endringer",
        "overleveringer",
        "avvik",
    ]
)
"""The record folders, without importing the models; a test holds them to `KINDS`."""
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
    """``valgt``, ``eksempel``, ``innsjekking`` or ``i dag``."""
    registry: str
    sammendrag: Summary
    dommer: list[Verdict]
    """In the order of kind, record and requirement; without green ones when they were not asked for."""
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


class Okt:
    """A registry on disk on one check date. Everything is worked out on first use.

    `rot`: the registry folder. `as_of`: the chosen date, else the example registry's own, else today.
    `bruk_lager`: whether the cache under the Git directory is read and written.
    Raises `UgyldigInnstilling` from the first use of the settings when they can not be used.
    """

    def __init__(
        self,
        rot: Path,
        as_of: date | None = None,
        progress: Progress | None = None,
        *,
        bruk_lager: bool = True,
    ) -> None:
        self.rot = rot
        self._as_of = as_of
        self._progress = progress
        self._bruk_lager = bruk_lager
        self.kilde: Kilde = Mappe(rot, MAPPER)
        self.ved: str | None = None
        """The commit that the registry is seen at; None for the work tree."""
        self.ved_dato: date | None = None
        """The day of that commit, where it is the check date."""
        self._fakta: Mapping[str, Fakta] | None = None
        self._kjent_hode: dict[str, Any] | None = None
        self._start = time.time_ns()

    # --- files and settings ------------------------------------------------------------------------

    @cached_property
    def filer(self) -> Scan:
        """The files of the registry."""
        return self.kilde.skann()

    @cached_property
    def innstillingsfil(self) -> Innstillingsfil:
        """The settings in force, and which of them the registry sets itself."""
        from forvaltning.source.load import les_innstillinger

        return les_innstillinger(self.filer, self.kilde.les)

    @property
    def innstillinger(self) -> Innstillinger:
        """The settings in force."""
        return self.innstillingsfil.innstillinger

    @cached_property
    def innlest(self) -> Innlest:
        """Every file of the registry: read and validated, or known from the cache."""
        from forvaltning.source.load import les_register

        return les_register(self.filer, self.innstillingsfil, self._fakta, self._progress, self.kilde.les)

    @property
    def hode(self) -> dict[str, Any]:
        """The settings that decide a verdict, in the form of the JSON contract."""
        if self._kjent_hode is None:
            s = self.innstillinger
            self._kjent_hode = {
                "modell": self.innstillingsfil.modell,
                "gjelder_fra": s.gjelder_fra.isoformat() if s.gjelder_fra else None,
                "historie_fra": s.historie_fra.isoformat() if s.historie_fra else None,
                "varslingsvindu_dager": s.varslingsvindu_dager,
                "intervaller": dict(s.intervaller),
                "dager": dict(s.dager),
                "eksempel": s.eksempel.dato.isoformat() if s.eksempel else None,
                "egne": list(self.innstillingsfil.egne),
            }
        return self._kjent_hode

    @cached_property
    def _dato(self) -> tuple[date, str]:
        if self._as_of is not None:
            return self._as_of, "valgt"
        eksempel = self.hode["eksempel"]
        if eksempel is not None:
            return date.fromisoformat(eksempel), "eksempel"
        if self.ved_dato is not None:
            return self.ved_dato, "innsjekking"
        return date.today(), "i dag"  # noqa: DTZ011 - the check date is the user's own calendar day

    @property
    def dato(self) -> date:
        """The check date."""
        return self._dato[0]

    @property
    def datokilde(self) -> str:
        """Where the check date comes from."""
        return self._dato[1]

    # --- Git ---------------------------------------------------------------------------------------

    @cached_property
    def arbeidstre(self) -> Arbeidstre | None:
        """The Git work tree around the registry, if any."""
        return finn_arbeidstre(self.rot.resolve())

    @cached_property
    def git(self) -> Tilstand:
        """Commit, edits and depth of history."""
        if self.ved is not None and self.arbeidstre is not None:
            return Tilstand(self.ved, False, "grunn" if er_grunn(self.arbeidstre) else "full")
        return tilstand(self.arbeidstre, self.rot.resolve())

    @cached_property
    def historienokkel(self) -> str:
        """What Git history rests on, as text; empty never."""
        return historie.nokkel(self)

    @property
    def visningssti(self) -> str:
        """The registry folder as a person here would write it: relative to the current folder when below it."""
        try:
            return self.rot.resolve().relative_to(Path.cwd().resolve()).as_posix()
        except ValueError:
            return self.rot.as_posix()

    # --- the register ------------------------------------------------------------------------------

    @cached_property
    def register(self) -> Register:
        """The records, with the check date and what history shows."""
        from forvaltning.model.dag import Dag
        from forvaltning.model.historie import UKJENT_HISTORIE
        from forvaltning.model.register import Register

        read = self.innlest
        out = Register(read.oppforinger, self.innstillinger, Dag(self.dato), UKJENT_HISTORIE, read.uleselige)
        out.historie = historie.historie(self, out)
        return out

    @property
    def fra_lager(self) -> bool:
        """True while the settings, and the names beside them, are those the cache holds."""
        return "innlest" not in self.__dict__ and self._kjent_hode is not None and self.lager is not None

    @cached_property
    def navn(self) -> dict[str, str]:
        """Id → name of every unit, for reports; from the cache when it holds."""
        if "innlest" not in self.__dict__ and self.lager is not None:
            try:
                stored = self.lager.meta("enhetsnavn")
                if stored is not None and self._kjent_hode is not None:
                    return dict(json.loads(stored))
            except (sqlite3.Error, ValueError):
                pass
        return {o.id: o.navn for o in self.register.oppforinger() if o.kind == "enheter"}

    @cached_property
    def steder(self) -> Steder:
        """Positions of fields, worked out when asked for and remembered in the cache."""
        return Steder({f.path: f for f in self.filer.files}, self._kjente_posisjoner, self.kilde.les)

    def _kjente_posisjoner(self, fil: str) -> dict[tuple[str | int, ...], Position]:
        if self.lager is None:
            return {}
        try:
            rows = self.lager.posisjoner(fil)
            return {tuple(path): Position(line, column) for path, line, column in rows}
        except (sqlite3.Error, ValueError, TypeError):
            return {}

    # --- judging -----------------------------------------------------------------------------------

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
                verdicts = [v for v in verdicts if v.utfall not in kontroll.GREEN]
        return Rapport(self.dato, self.datokilde, self.visningssti, summary, verdicts, problems, k.svikt)

    def json_tekster(self, rapport: Rapport, utvalg: Utvalg) -> Iterator[str]:
        """The verdicts of a report as finished JSON text, one piece a record, in order.

        Without narrowing the pieces are kept in the cache, so that the next run only writes them out.
        """
        from forvaltning.render.json_rapport import resultattekst

        if utvalg.alt and self.lager is not None and not rapport.svikt:
            yield from kontroll.tekster(self)
            return
        every = self.rapport(utvalg).dommer
        for post, dommer in groupby(every, key=lambda v: v.post):
            yield resultattekst(dommer, self.steder)
            self.steder.slipp(f"{post}.yaml")

    # --- the cache ---------------------------------------------------------------------------------

    @cached_property
    def lager(self) -> Lager | None:
        """The cache of this registry; None outside Git, or when it can not be used."""
        return self.apne_lager() if self._bruk_lager else None

    def apne_lager(self) -> Lager | None:
        """The cache opened anew; who asks closes it."""
        tre = self.arbeidstre
        if tre is None:
            return None
        root = self.rot.resolve()
        name = hashlib.sha256(str(root).encode()).hexdigest()[:16]
        return Lager.apne(tre.gitmappe / "forvaltning" / f"{name}.sqlite", self.signatur)

    def glem_lager(self) -> None:
        """Go on without the cache, and from a fresh look at the files."""
        if self.lager is not None:
            self.lager.lukk()
            tre = self.arbeidstre
            if tre is not None:
                name = hashlib.sha256(str(self.rot.resolve()).encode()).hexdigest()[:16]
                (tre.gitmappe / "forvaltning" / f"{name}.sqlite").unlink(missing_ok=True)
        self._fakta = None
        self._kjent_hode = None
        for name in ("innlest", "register", "steder", "_dato", "navn", "historienokkel"):
            self.__dict__.pop(name, None)
        self.__dict__["lager"] = None

    def bruk_innstillinger_fra(self, lager: Lager | None) -> None:
        """Take what decides a verdict from the cache when the settings file is as it was."""
        stored = lager.meta("innstillinger") if lager is not None else None
        self._kjent_hode = json.loads(stored) if stored else None

    def lagre_innstillinger(self, lager: Lager) -> None:
        """Keep what decides a verdict, and the names of units."""
        lager.sett_meta("innstillinger", json.dumps(self.hode, ensure_ascii=False))
        lager.sett_meta("enhetsnavn", json.dumps(self.navn, ensure_ascii=False))

    def bruk_fakta(self, fakta: Mapping[str, Fakta]) -> None:
        """Facts of unchanged files: their records are built only when asked for."""
        self._fakta = fakta

    def filrader(self) -> Iterator[tuple[FilRad, str]]:
        """Signature and facts of every file read in this run, the settings among them."""
        from forvaltning.source.load import innholds_id

        entries = {f.path: f for f in self.filer.files}
        for path, (fakta, sha) in self.innlest.leste.items():
            e = entries[path]
            yield FilRad(path, e.mtime_ns, e.size, e.inode, sha, self._start), fakta.til_tekst()
        e = entries[SETTINGS_FILE]
        data = self.kilde.les(e)
        sha = innholds_id(data) if isinstance(data, bytes) else ""
        yield FilRad(SETTINGS_FILE, e.mtime_ns, e.size, e.inode, sha, self._start), ""

    def filer_sti(self) -> set[str]:
        """The paths of the files, relative to the registry."""
        return {f.path for f in self.filer.files}

    def lagrede_fakta(self) -> dict[str, Fakta]:
        """What the cache knows of the record files; only while they are as they were (`fra_lager`)."""
        from forvaltning.source.fakta import fakta_fra_tekst

        return {p: fakta_fra_tekst(t) for p, t in self.lager.fakta() if t} if self.lager is not None else {}

    def alle_fakta(self) -> dict[str, Fakta]:
        """What is known of every record file, from this run or the cache."""
        from forvaltning.source.fakta import fakta_fra_tekst

        known = {p: f for p, (f, _) in self.innlest.leste.items()} | dict(self._fakta or {})
        missing = self.filer_sti() - known.keys() - {SETTINGS_FILE}
        if missing and self.lager is not None:
            known |= {p: fakta_fra_tekst(t) for p, t in self.lager.fakta() if p in missing}
        return known

    def kjente_innhold(self) -> dict[str, str]:
        """What Git would call the content of each file that was read in this run or is as the cache knows it."""
        known = {p: sha for p, (_, sha) in self.innlest.leste.items()}
        same = (self._fakta or {}).keys() - known.keys()
        if same and self.lager is not None:
            known |= {r.sti: r.sha for r in self.lager.filer().values() if r.sti in same and r.sha}
        return known

    def innholdsider(self) -> dict[str, str]:
        """What Git would call the content of each file: from the cache where it holds, else read now."""
        from forvaltning.source.load import innholds_id

        known = {r.sti: r.sha for r in self.lager.filer().values()} if self.lager is not None else {}
        out: dict[str, str] = {}
        for entry in self.filer.files:
            if entry.path not in known:
                data = self.kilde.les(entry)
                out[entry.path] = innholds_id(data) if isinstance(data, bytes) else ""
            else:
                out[entry.path] = known[entry.path]
        return out

    def spor(self) -> dict[str, set[str]] | None:
        """What the verdicts of each record read, from the cache; None when there is none."""
        if self.lager is None:
            return None
        return {r.post: set(r.spor.split("\n")) for r in self.lager.dommer()}

    def lukk(self) -> None:
        """Keep the positions that were worked out, and close the cache."""
        lager, steder = self.__dict__.get("lager"), self.__dict__.get("steder")
        if isinstance(self.kilde, Revisjon):
            self.kilde.lukk()
        if lager is None:
            return
        try:
            if steder is not None and steder.nye:
                rows = [
                    (fil, json.dumps([[p, at.line, at.column] for p, at in steder.kjent(fil).items()]))
                    for fil in sorted(steder.nye)
                ]
                with lager.endring():
                    lager.sett_posisjoner(rows)
            lager.lukk()
        except sqlite3.Error:
            pass  # the positions are worked out again next time
        self.__dict__["lager"] = None

    @cached_property
    def signatur(self) -> str:
        """What the cache is good for: this program's files as they stand, and this Python."""
        package = Path(__file__).resolve().parent.parent
        parts = [__version__, sys.version, str(package)]
        for path in sorted(package.rglob("*.py")) + sorted(package.rglob("*.yaml")):
            st = path.stat()
            parts.append(f"{path}:{st.st_mtime_ns}:{st.st_size}")
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    @cached_property
    def regelsett(self) -> str:
        """A hash of the rules in force: 16 hex digits over the requirement modules and the engine."""
        digest = hashlib.sha256(__version__.encode())
        package = Path(__file__).resolve().parent.parent
        for room in ("krav", "engine", "model"):
            for path in sorted((package / room).rglob("*.py")):
                digest.update(path.relative_to(package).as_posix().encode())
                digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
        return digest.hexdigest()[:16]
