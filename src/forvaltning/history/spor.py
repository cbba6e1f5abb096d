"""The trail of records: what each commit did to each of them, in the record's own words.

The line of history is the first-parent line, so a merge counts as one change. What only moves or reformats text
is nothing. Renames are followed (Git's own, and `tidligere_id`), and a version nobody can read is said, never
taken for "no change": what comes after it is held against the last version that could be read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from forvaltning.git.historikk import Filendring, Innsjekking, Steg
from forvaltning.history.felt import FeltEndring, endringer, innhold
from forvaltning.history.fillinje import for_fil
from forvaltning.history.linje import hele
from forvaltning.history.navnebok import Navnebok
from forvaltning.history.sporverdier import Feltspor, Innslag, Ledd, Postspor
from forvaltning.history.versjoner import (
    LENKE,
    MODUL,
    SETTINGS_FILE,
    Versjon,
    Versjoner,
    postnokkel,
)
from forvaltning.model.base import Post
from forvaltning.model.viser import normaliser, tillatte_kinds
from forvaltning.source.innstillingsfil import Innstillingsfil


@dataclass(slots=True)
class Spor:
    """The trail over some steps of history, newest first.

    `hode_innstillinger`: the id of `forvaltning.yaml` at the newest step, None when it is not there.
    """

    steg: Sequence[Steg]
    versjoner: Versjoner
    navnebok: Navnebok
    hode_innstillinger: str | None
    _per_sti: dict[str, list[Ledd]] = field(default_factory=lambda: defaultdict(list))
    _ledd: list[list[Ledd]] = field(default_factory=list)
    _uvanlig: dict[tuple[str, str], str] = field(default_factory=dict)
    """Path and id of what was a link or a submodule → its mode: its content is not the record's."""

    def __post_init__(self) -> None:
        current = self.hode_innstillinger
        for nr, steg in enumerate(self.steg):
            changed = next((f for f in steg.filer if SETTINGS_FILE in (f.ny_sti, f.gammel_sti)), None)
            before = changed.gammel_oid if changed is not None else current
            # Where there are none on one side, records are read by those on the other.
            after_file = self.versjoner.innstillinger(current or before)
            before_file = self.versjoner.innstillinger(before or current)
            mine: list[Ledd] = []
            for f in _parret(steg, self.versjoner, after_file):
                if postnokkel(f.ny_sti) is None and postnokkel(f.gammel_sti) is None:
                    continue
                one = Ledd(nr, steg, f, after_file, before_file)
                mine.append(one)
                if f.ny_sti:
                    self._per_sti[f.ny_sti].append(one)
                    if f.ny_oid and f.ny_mode in {LENKE, MODUL}:
                        self._uvanlig[f.ny_sti, f.ny_oid] = f.ny_mode
                if f.gammel_sti and f.gammel_sti != f.ny_sti:
                    self._per_sti[f.gammel_sti].append(one)
            self._ledd.append(mine)
            current = before

    def innslag(
        self,
        tar_med: Callable[[Innsjekking], bool] = lambda _: True,
        poster: Callable[[Filendring], bool] = lambda _: True,
    ) -> Iterator[Innslag]:
        """The commits that changed something in records, newest first, those asked for."""
        for nr, steg in enumerate(self.steg):
            if not tar_med(steg.innsjekking):
                continue
            told = [p for one in self._ledd[nr] if poster(one.fil) for p in self._fortell(one)]
            if told:
                yield Innslag(steg.innsjekking, tuple(sorted(told, key=lambda p: p.post)))

    def ledd(self, nr: int) -> Sequence[Ledd]:
        """The record files that one step changed."""
        return self._ledd[nr]

    def kom_tilbake(self, one: Ledd) -> bool:
        """True when a file that this change deleted is there again after a later one; another's new name is not that."""
        sti = one.fil.gammel_sti
        later = (x.fil for x in self._per_sti.get(sti or "", ()) if x.nr < one.nr)
        return any(f.ny_sti == sti and f.gammel_sti in (None, sti) for f in later)

    def kjede(self, sti: str) -> Iterator[Ledd]:
        """The changes of the file that has this path at the newest step, newest first, renames followed."""
        nr = -1
        seen: set[tuple[int, str]] = set()
        while True:
            one = next((x for x in self._per_sti.get(sti, ()) if x.nr > nr), None)
            if one is None or (one.nr, sti) in seen:
                return
            seen.add((one.nr, sti))
            yield one
            nr = one.nr
            if one.fil.ny_sti == sti and one.fil.gammel_sti is not None:
                sti = one.fil.gammel_sti

    def versjon(self, one: Ledd, *, ny: bool) -> Versjon | None:
        """The version on one side of a change; None where there is none."""
        f = one.fil
        if ny:
            if f.ny_sti is None or f.ny_oid is None:
                return None
            return self.versjoner.les(f.ny_sti, f.ny_oid, one.etter, f.ny_mode)
        if f.gammel_sti is None or f.gammel_oid is None:
            return None
        mode = self._uvanlig.get((f.gammel_sti, f.gammel_oid), "100644")
        return self.versjoner.les(f.gammel_sti, f.gammel_oid, one.for_, mode)

    def lesbar_for(self, one: Ledd) -> Versjon | None:
        """The last version before a change that can be read, whatever lies between."""
        return next(self.lesbare_for(one), None)

    def lesbare_for(self, one: Ledd) -> Iterator[Versjon]:
        """Every version before a change that can be read, newest first, renames followed.

        A record that was deleted may come back; one that got another name left this one to others.
        """
        if one.fil.gammel_sti is not None:
            now = self.versjon(one, ny=False)
            if now is not None and now.post is not None:
                yield now
        nr, sti = one.nr, one.fil.gammel_sti or one.fil.ny_sti or ""
        while (older := next((x for x in self._per_sti.get(sti, ()) if x.nr > nr), None)) is not None:
            if older.fil.ny_sti not in (None, sti):
                return
            for ny in (True, False):
                found = self.versjon(older, ny=ny)
                if found is not None and found.post is not None:
                    yield found
            nr, sti = older.nr, older.fil.gammel_sti or sti

    def _fortell(self, one: Ledd) -> Iterator[Postspor]:
        f = one.fil
        before, after = self.versjon(one, ny=False), self.versjon(one, ny=True)
        old_key, new_key = _nokkel(f.gammel_sti), _nokkel(f.ny_sti)
        if new_key is None:
            if old_key is not None:
                yield self._slettet(one, old_key, before)
            return
        if after is None:
            return
        fra = old_key if old_key is not None and old_key != new_key else None
        if fra is not None and fra.partition("/")[0] != new_key.partition("/")[0]:
            # A file that moves between folders is another kind of record: one ended, another began.
            yield self._slettet(one, fra, before)
            fra, before = None, None
        sti = f.ny_sti or ""
        if after.post is None:
            if before is not None and before.post is None and before.oid == after.oid and fra is None:
                return
            why = after.problem.melding if after.problem is not None else ""
            was = self.lesbar_for(one)
            old = was.post if was is not None else None
            yield Postspor(new_key, self._navn(before, new_key), "uleselig", sti, (), fra, why, old)
            return
        if before is not None and before.post is not None:
            yield from self._endret(one, new_key, fra, before.post, after)
            return
        earlier = self.lesbar_for(one)
        new = after.post
        if earlier is None or earlier.post is None or earlier.post.kind != new.kind:
            unknown = "Versjonene før kan ikke leses, så hva som er endret, er ikke kjent."
            note = _tidligere(new) if before is None else unknown
            fields = self._felter(one, innhold(new), new)
            slag = "opprettet" if before is None else "lesbar"
            yield Postspor(new_key, after.navn, slag, sti, fields, fra, note, None, new)
            return
        slag = "gjenopprettet" if before is None else "lesbar"
        note = (
            "Sammenlignet med den siste versjonen som kunne leses."
            if slag == "lesbar"
            else "Sammenlignet med versjonen som ble slettet."
        )
        fields = self._felter(one, endringer(earlier.post, new), new)
        yield Postspor(new_key, after.navn, slag, sti, fields, fra, note, earlier.post, new)

    def _endret(self, one: Ledd, key: str, fra: str | None, old: Post, after: Versjon) -> Iterator[Postspor]:
        new = after.post
        if new is None:
            return
        fields = self._felter(one, endringer(old, new), new)
        note = "Filen er gjort til en lenke." if one.fil.ny_mode in {LENKE, MODUL} else ""
        if fields or fra is not None or note:
            slag = "omdopt" if fra is not None else "endret"
            yield Postspor(key, after.navn, slag, one.fil.ny_sti or "", fields, fra, note, old, new)

    def _slettet(self, one: Ledd, key: str, before: Versjon | None) -> Postspor:
        old = before.post if before is not None else None
        note = ""
        if before is not None and old is None and before.problem is not None:
            note = f"Den siste versjonen kan ikke leses: {before.problem.melding}"
        return Postspor(
            key, self._navn(before, key), "slettet", one.fil.gammel_sti or "", (), None, note, old
        )

    @staticmethod
    def _navn(version: Versjon | None, key: str) -> str:
        return (version.navn if version is not None else "") or key.partition("/")[2]

    def _felter(self, one: Ledd, changes: Iterable[FeltEndring], post: Post) -> tuple[Feltspor, ...]:
        return tuple(self.med_navn(c, post, one.steg.innsjekking) for c in changes)

    def med_navn(self, change: FeltEndring, post: Post, commit: Innsjekking) -> Feltspor:
        """A change with the names of what it refers to: the old value's before the commit, the new one's at it."""
        found = Feltspor(change)
        if not change.henvisning:
            return found
        slag = tillatte_kinds(type(post)).get(found.nokkel, ())
        parent = commit.foreldre[0] if commit.foreldre else None
        return replace(
            found,
            gammelt_navn=self.navnebok.navn(parent, slag, change.gammel) if change.gammel else None,
            nytt_navn=self.navnebok.navn(commit.oid, slag, change.ny) if change.ny else None,
        )


def _nokkel(sti: str | None) -> str | None:
    key = postnokkel(sti)
    return "/".join(key) if key is not None else None


def _tidligere(post: Post) -> str:
    return f"Har hatt id-en {', '.join(post.tidligere_id)}." if post.tidligere_id else ""


def _parret(steg: Steg, versjoner: Versjoner, etter: Innstillingsfil) -> list[Filendring]:
    """A commit's file changes, with a deletion and an addition made one where `tidligere_id` says so."""
    gone = {
        (key[0], key[1]): f
        for f in steg.filer
        if f.ny_sti is None and (key := postnokkel(f.gammel_sti)) is not None
    }
    if not gone:
        return list(steg.filer)
    out: list[Filendring] = []
    taken: set[str | None] = set()
    for f in steg.filer:
        key = postnokkel(f.ny_sti)
        if f.gammel_sti is not None or key is None or f.ny_oid is None or f.ny_sti is None:
            out.append(f)
            continue
        version = versjoner.les(f.ny_sti, f.ny_oid, etter, f.ny_mode)
        ids = version.post.tidligere_id if version is not None and version.post is not None else ()
        old = next((gone[key[0], normaliser(i)] for i in ids if (key[0], normaliser(i)) in gone), None)
        if old is None or old.gammel_sti in taken:
            out.append(f)
            continue
        taken.add(old.gammel_sti)
        out.append(f._replace(status="R", gammel_sti=old.gammel_sti, gammel_oid=old.gammel_oid))
    return [f for f in out if f.ny_sti is not None or f.gammel_sti not in taken]


__all__ = ["Feltspor", "Innslag", "Ledd", "Postspor", "Spor", "for_fil", "hele"]
