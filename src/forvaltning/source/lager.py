"""The cache: facts of files and verdicts of records, in one SQLite file under the Git directory.

It may be deleted at any time. It carries a signature of the program and its rules; with another
signature, or when anything about it is wrong, it is rebuilt in silence. It holds text only, so reading it
runs nothing. What is kept for the whole registry and of its history carries a checksum: SQLite sees when a page
is broken, but not when a value in it is another.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

SKJEMA = 5
_TABELLER = """
CREATE TABLE meta(nokkel TEXT PRIMARY KEY, verdi TEXT) WITHOUT ROWID;
CREATE TABLE fil(sti TEXT PRIMARY KEY, mtime INTEGER, storrelse INTEGER, inode INTEGER, sha TEXT,
                 lest INTEGER, fakta TEXT, posisjoner TEXT) WITHOUT ROWID;
CREATE TABLE dom(post TEXT PRIMARY KEY, fra INTEGER, til INTEGER, spor TEXT, tall TEXT, vis TEXT) WITHOUT ROWID;
CREATE TABLE tekst(post TEXT PRIMARY KEY, json TEXT) WITHOUT ROWID;
CREATE TABLE utdrag(versjon TEXT PRIMARY KEY, verdi TEXT) WITHOUT ROWID;
"""


class FilRad(NamedTuple):
    """The signature of a file as it was read: when and with which content."""

    sti: str
    mtime: int
    storrelse: int
    inode: int
    sha: str
    lest: int


class DomRad(NamedTuple):
    """Verdicts of one record: the dates they hold between (ordinals), what they read, counts, what to show."""

    post: str
    fra: int
    til: int
    spor: str
    tall: str
    vis: str


def merket(nokkel: str, verdi: str) -> str:
    """A value as it is kept: its checksum first."""
    return f"{zlib.crc32(verdi.encode(), zlib.crc32(nokkel.encode())):08x}{verdi}"


def _sann(nokkel: str, kept: str) -> str:
    """The value that was kept, when it is still what it was."""
    value = kept[8:]
    try:
        if int(kept[:8], 16) == zlib.crc32(value.encode(), zlib.crc32(nokkel.encode())):
            return value
    except (ValueError, TypeError):
        pass
    raise sqlite3.DatabaseError("a value is not what was kept")


class Lager:
    """An open cache. Every method may raise `sqlite3.Error`; the caller then goes on without it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    @classmethod
    def apne(cls, path: Path, signatur: str) -> Lager | None:
        """Open or create the cache; None when it can not be used here (read-only, locked, no room)."""
        for attempt in (1, 2):
            try:
                path.parent.mkdir(exist_ok=True)
                db = sqlite3.connect(path, timeout=0.2, isolation_level=None)
                db.execute("PRAGMA synchronous=OFF")
                db.execute("PRAGMA journal_mode=MEMORY")
                db.execute("PRAGMA trusted_schema=OFF")
                store = cls(db)
                if store._gjelder(signatur):
                    return store
                db.close()
                path.unlink(missing_ok=True)
            except sqlite3.DatabaseError as error:
                if attempt == 2 or "locked" in str(error):
                    return None
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
            except OSError:
                return None
        return None

    def _gjelder(self, signatur: str) -> bool:
        tables = {r[0] for r in self._db.execute("SELECT name FROM sqlite_master WHERE type='table'")}
        if not tables:
            self._db.execute("BEGIN IMMEDIATE")
            for statement in _TABELLER.split(";\n"):
                if statement.strip():
                    self._db.execute(statement)
            self.sett_meta("signatur", signatur)
            self._db.execute("COMMIT")
            return True
        return self.meta("signatur") == signatur

    def lukk(self) -> None:
        """Close the file."""
        self._db.close()

    def meta(self, nokkel: str) -> str | None:
        """One value of the whole registry."""
        row = self._db.execute("SELECT verdi FROM meta WHERE nokkel=?", (nokkel,)).fetchone()
        return _sann(nokkel, row[0]) if row else None

    def har_meta(self, nokkel: str) -> bool:
        """Whether there is a value, without reading it."""
        return self._db.execute("SELECT 1 FROM meta WHERE nokkel=?", (nokkel,)).fetchone() is not None

    def sett_meta(self, nokkel: str, verdi: str) -> None:
        """Set one value of the whole registry."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES(?,?)", (nokkel, merket(nokkel, verdi)))

    def slett_meta(self, nokkel: str) -> None:
        """Remove one value of the whole registry."""
        self._db.execute("DELETE FROM meta WHERE nokkel=?", (nokkel,))

    @contextlib.contextmanager
    def endring(self) -> Iterator[None]:
        """One transaction: all of it or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    # --- files -------------------------------------------------------------------------------------

    def filer(self) -> dict[str, FilRad]:
        """The signature of every file known."""
        rows = self._db.execute("SELECT sti, mtime, storrelse, inode, sha, lest FROM fil")
        return {r[0]: FilRad(*r) for r in rows}

    def innhold(self) -> dict[str, str]:
        """What Git would call the content of every file known."""
        return dict(self._db.execute("SELECT sti, sha FROM fil").fetchall())

    def fil(self, sti: str) -> FilRad | None:
        """The signature of one file."""
        row = self._db.execute(
            "SELECT sti, mtime, storrelse, inode, sha, lest FROM fil WHERE sti=?", (sti,)
        ).fetchone()
        return FilRad(*row) if row else None

    def fakta(self) -> Iterator[tuple[str, str]]:
        """Path and facts (JSON text) of every file known."""
        yield from self._db.execute("SELECT sti, fakta FROM fil")

    def faktum(self, sti: str) -> str | None:
        """The facts (JSON text) of one file."""
        row = self._db.execute("SELECT fakta FROM fil WHERE sti=?", (sti,)).fetchone()
        return row[0] if row else None

    def legg_inn_filer(self, rader: Iterable[tuple[FilRad, str]]) -> None:
        """Store files that were read anew; what was known of them goes."""
        self._db.executemany(
            "INSERT OR REPLACE INTO fil VALUES(?,?,?,?,?,?,?,NULL)", ((*rad, fakta) for rad, fakta in rader)
        )

    def frisk_opp(self, rader: Iterable[FilRad]) -> None:
        """New signatures for files whose content is the same."""
        self._db.executemany(
            "UPDATE fil SET mtime=?, storrelse=?, inode=?, lest=? WHERE sti=?",
            ((r.mtime, r.storrelse, r.inode, r.lest, r.sti) for r in rader),
        )

    def slett_filer(self, stier: Iterable[str]) -> None:
        """Forget files that are gone."""
        self._db.executemany("DELETE FROM fil WHERE sti=?", ((s,) for s in stier))

    def posisjoner(self, sti: str) -> list[list[Any]]:
        """The positions known in one file: [path, line, column] each."""
        row = self._db.execute("SELECT posisjoner FROM fil WHERE sti=?", (sti,)).fetchone()
        return json.loads(row[0]) if row and row[0] else []

    def sett_posisjoner(self, rader: Iterable[tuple[str, str]]) -> None:
        """Store positions (JSON text) by file."""
        self._db.executemany("UPDATE fil SET posisjoner=? WHERE sti=?", ((t, s) for s, t in rader))

    # --- verdicts ----------------------------------------------------------------------------------

    def dommer(self) -> Iterator[DomRad]:
        """Every record's row."""
        for r in self._db.execute("SELECT post, fra, til, spor, tall, vis FROM dom"):
            yield DomRad(*r)

    def synlige(self) -> Iterator[tuple[str, str]]:
        """Record and verdicts to show (JSON text), where there are any."""
        yield from self._db.execute("SELECT post, vis FROM dom WHERE vis<>'' ORDER BY post")

    def legg_inn_dommer(self, rader: Iterable[DomRad]) -> None:
        """Store what records were judged to be; their finished text goes."""
        rader = list(rader)
        self._db.executemany("INSERT OR REPLACE INTO dom VALUES(?,?,?,?,?,?)", rader)
        self._db.executemany("DELETE FROM tekst WHERE post=?", ((r.post,) for r in rader))

    def slett_dommer(self, poster: Iterable[str]) -> None:
        """Forget records that are gone."""
        poster = list(poster)
        self._db.executemany("DELETE FROM dom WHERE post=?", ((p,) for p in poster))
        self.slett_tekster(poster)

    def slett_tekster(self, poster: Iterable[str]) -> None:
        """Forget the finished JSON text of some records."""
        self._db.executemany("DELETE FROM tekst WHERE post=?", ((p,) for p in poster))

    def tom_dommer(self) -> None:
        """Forget every verdict."""
        self._db.execute("DELETE FROM dom")
        self._db.execute("DELETE FROM tekst")

    def tekster(self) -> Iterator[tuple[str, str]]:
        """Record and its finished JSON text, for records that have one, in order."""
        yield from self._db.execute("SELECT post, json FROM tekst ORDER BY post")

    def antall_tekster(self) -> int:
        """How many records have finished JSON text."""
        return int(self._db.execute("SELECT count(*) FROM tekst").fetchone()[0])

    def legg_inn_tekster(self, rader: Iterable[tuple[str, str]]) -> None:
        """Store finished JSON text by record."""
        self._db.executemany("INSERT OR REPLACE INTO tekst VALUES(?,?)", rader)

    # --- history -----------------------------------------------------------------------------------

    def utdrag(self) -> dict[str, str]:
        """What is known of every version of a file (blob id and how it was read), for good."""
        rows = self._db.execute("SELECT versjon, verdi FROM utdrag")
        return {versjon: _sann(versjon, kept) for versjon, kept in rows}

    def ett_utdrag(self, versjon: str) -> str | None:
        """What is known of one version."""
        row = self._db.execute("SELECT verdi FROM utdrag WHERE versjon=?", (versjon,)).fetchone()
        return _sann(versjon, row[0]) if row else None

    def legg_inn_utdrag(self, rader: Iterable[tuple[str, str]]) -> None:
        """Keep what was worked out of some versions."""
        self._db.executemany(
            "INSERT OR REPLACE INTO utdrag VALUES(?,?)", ((k, merket(k, v)) for k, v in rader)
        )

    def tom_utdrag(self) -> None:
        """Forget every version."""
        self._db.execute("DELETE FROM utdrag")
