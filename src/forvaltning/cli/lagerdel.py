"""The part of a session that knows the cache: what it holds of the files, and what is kept in it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forvaltning.cli import program
from forvaltning.cli.finn import SETTINGS_FILE
from forvaltning.source.kilde import Kilde, Revisjon
from forvaltning.source.lager import FilRad, Lager

if TYPE_CHECKING:
    from datetime import date

    from forvaltning.git.arbeidstre import Arbeidstre
    from forvaltning.source.entries import Scan
    from forvaltning.source.fakta import Fakta
    from forvaltning.source.kjente import Indeks, Kjente
    from forvaltning.source.load import Innlest
    from forvaltning.source.medhjelper import Medhjelper
    from forvaltning.source.steder import Steder


class Lagerdel:
    """What a session (`Okt`) keeps between runs. The session gives what stands below."""

    rot: Path
    kilde: Kilde

    if TYPE_CHECKING:

        @property
        def filer(self) -> Scan: ...  # noqa: D102

        @property
        def innlest(self) -> Innlest: ...  # noqa: D102

        @property
        def steder(self) -> Steder: ...  # noqa: D102

        @property
        def navn(self) -> dict[str, str]: ...  # noqa: D102

        @property
        def hode(self) -> dict[str, Any]: ...  # noqa: D102

        @property
        def dato(self) -> date: ...  # noqa: D102

        @property
        def arbeidstre(self) -> Arbeidstre | None: ...  # noqa: D102

    def __init__(self, *, bruk_lager: bool) -> None:
        self._bruk_lager = bruk_lager
        self._fakta: Mapping[str, Fakta] | Kjente | None = None
        self._kjent_hode: dict[str, Any] | None = None
        self._hjelper: Medhjelper | None = None
        self.start = time.time_ns()
        self.generasjon: str | None = None
        """Which writing of the cache this session judged from, or made itself; None when there is none."""
        self.lest_indeks: Indeks | None = None
        """The index of all files as the cache holds it, once it has been read."""
        self.hengende: list[Any] = []
        """The references that lead nowhere, once the registry has been judged."""

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
        return Lager.apne(tre.gitmappe / "forvaltning" / f"{name}.sqlite", program.signatur())

    def eier(self, lager: Lager) -> bool:
        """True while the cache holds what this session judged from: another run may have written to it since."""
        return lager.meta("generasjon") == self.generasjon

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
        self.lest_indeks = None
        for name in ("innlest", "register", "steder", "_dato", "navn", "historienokkel", "bilde"):
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

    def bruk_fakta(self, fakta: Mapping[str, Fakta] | Kjente) -> None:
        """Facts of unchanged files: their records are built only when asked for."""
        self._fakta = fakta

    def filrader(self) -> Iterator[tuple[FilRad, str]]:
        """Signature and facts of every file read in this run, the settings among them."""
        from forvaltning.source.innholdsid import innholds_id

        entries = {f.path: f for f in self.filer.files}
        for path, (fakta, sha) in self.innlest.leste.items():
            e = entries[path]
            yield FilRad(path, e.mtime_ns, e.size, e.inode, sha, self.start), fakta.til_tekst()
        e = entries[SETTINGS_FILE]
        data = self.kilde.les(e)
        sha = innholds_id(data) if isinstance(data, bytes) else ""
        yield FilRad(SETTINGS_FILE, e.mtime_ns, e.size, e.inode, sha, self.start), ""

    def filer_sti(self) -> set[str]:
        """The paths of the files, relative to the registry."""
        return {f.path for f in self.filer.files}

    def kjente(self, stier: Collection[str]) -> Kjente | None:
        """What the cache knows of files that are as they were; None when it has no index of them."""
        from forvaltning.source.kjente import Kjente, indeks_fra_tekst

        text = self.lager.meta("indeks") if self.lager is not None else None
        if text is None or self.lager is None:
            return None
        self.lest_indeks = indeks_fra_tekst(text)
        return Kjente(stier, self.lest_indeks, self.lager.faktum)

    def bruk_lagrede_fakta(self) -> None:
        """Build the register from what the cache knows; only while every file is as it was (`fra_lager`)."""
        known = self.kjente({f.path for f in self.filer.files if f.folder})
        if known is not None:
            self.bruk_fakta(known)

    def alle_fakta(self) -> dict[str, Fakta]:
        """What is known of every record file, from this run or the cache."""
        from forvaltning.source.fakta import fakta_fra_tekst

        known = {p: f for p, (f, _) in self.innlest.leste.items()}
        if self._fakta is not None and not hasattr(self._fakta, "indeks"):
            known |= dict(self._fakta)
        missing = set(self.kjente_stier()) - known.keys()
        if missing and self.lager is not None:
            known |= {p: fakta_fra_tekst(t) for p, t in self.lager.fakta() if p in missing}
        return known

    def fakta_for(self, stier: Collection[str]) -> dict[str, Fakta]:
        """What is known of a few record files as they are now, from this run or the cache."""
        from forvaltning.source.fakta import fakta_fra_tekst

        out: dict[str, Fakta] = {}
        present = self.filer_sti()
        for path in sorted(stier):
            read = self.innlest.leste.get(path)
            text = self.lager.faktum(path) if read is None and self.lager is not None else None
            if read is not None:
                out[path] = read[0]
            elif text and path in present:
                out[path] = fakta_fra_tekst(text)
        return out

    def kjente_stier(self) -> Collection[str]:
        """The files that are known without being read in this run."""
        return set(self._fakta) if self._fakta is not None else ()

    def kjente_innhold(self) -> dict[str, str]:
        """What Git would call the content of each file that was read in this run or is as the cache knows it."""
        known = {p: sha for p, (_, sha) in self.innlest.leste.items()}
        same = set(self._fakta or ()) - known.keys()
        if same and self.lager is not None:
            known |= {sti: sha for sti, sha in self.lager.innhold().items() if sti in same and sha}
        return known

    def innholdsider(self) -> dict[str, str]:
        """What Git would call the content of each file: from the cache where it holds, else read now."""
        from forvaltning.source.innholdsid import innholds_id

        known = self.lager.innhold() if self.lager is not None else {}
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

    def ma_dommes_igjen(self, keys: set[str], dato: date) -> set[str] | None:
        """Records whose kept verdicts read one of some keys, or do not hold on a day; None when none are kept."""
        if self.lager is None or not self.eier(self.lager):
            return None
        if not keys and dato == self.dato:
            return set()
        day, untouched = dato.toordinal(), keys.isdisjoint
        return {
            r.post
            for r in self.lager.dommer()
            if not (r.fra <= day <= r.til and untouched(r.spor.split("\n")))
        }

    def lukk(self) -> None:
        """Keep the positions that were worked out, and close the cache."""
        lager, steder = self.__dict__.get("lager"), self.__dict__.get("steder")
        if self._hjelper is not None:
            self._hjelper.lukk()
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
                    if self.eier(lager):
                        lager.sett_posisjoner(rows)
            lager.lukk()
        except sqlite3.Error:
            pass  # the positions are worked out again next time
        self.__dict__["lager"] = None
