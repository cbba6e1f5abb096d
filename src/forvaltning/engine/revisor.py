"""The audit itself: one walk over the trail, oldest first, and what is wrong with it."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from forvaltning.engine.endring_beslutning import fullfort
from forvaltning.engine.revisjon import (
    Beslutning,
    beslutninger,
    endret_besluttet,
    godkjennere,
    innvending,
    slettet,
)
from forvaltning.engine.revisjonsfunn import SLAG, Revisjonsfunn
from forvaltning.findings import START, FieldPath, Position, Severity
from forvaltning.git.historikk import Innsjekking
from forvaltning.history.spor import Ledd, Spor
from forvaltning.history.versjoner import LENKE, MODUL, Versjon, postnokkel
from forvaltning.model.base import Post
from forvaltning.model.dpia import Dpia
from forvaltning.model.hendelser import Avvik, Overlevering
from forvaltning.model.rolle import Rolle
from forvaltning.model.ros import Ros
from forvaltning.model.viser import felt_med_identitet, normaliser
from forvaltning.source.positions import Positions

MANGE = 250
"""Commits whose versions are read at a time."""
BESLUTT = "Finn ut om endringen ble besluttet, og skriv beslutningen i «besluttet»."
TRAILER = "Skriv linjen «Godkjent-av: ROLLE-ID» sist i meldingen når noe besluttes."


@dataclass(slots=True)
class Revisor:
    """Walks the trail of records. `brakt`: the messages that a merge brought."""

    spor: Spor
    brakt: Callable[[Innsjekking], list[str]]
    historie_fra: date | None = None
    _forrige: dict[str, Post] = field(default_factory=dict)
    _besluttet: dict[str, Post] = field(default_factory=dict)
    _ider: dict[str, str] = field(default_factory=dict)
    _navn: dict[str, str] = field(default_factory=dict)
    """Former id → id of the records that have said so until now."""

    def funn(self) -> Iterator[Revisjonsfunn]:
        """What is wrong, oldest commit first."""
        last = len(self.spor.steg) - 1
        for nr in range(last, -1, -1):
            if (last - nr) % MANGE == 0:
                self._hent(range(max(0, nr - MANGE + 1), nr + 1))
            step = self.spor.steg[nr]
            counts = nr != last and self._teller(step.innsjekking)
            messages: list[str] | None = None
            for one in self.spor.ledd(nr):
                self._omdopt(one)
            for one in self.spor.ledd(nr):
                yield from self._ider_i(one)
                if one.fil.ny_sti is None:
                    yield from self._slettet(one)
                    continue
                version = self._besluttelig(one)
                if version is None:
                    continue
                if version.post is None:
                    yield self._uleselig(one, version)
                    continue
                yield from self._endret(one, version, version.post)
                old = self._forrige.get(self._for(one))
                if counts and (found := list(beslutninger(old, version.post))):
                    messages = messages if messages is not None else self.brakt(step.innsjekking)
                    for b in found:
                        yield from self._godkjent(one, version, version.post, b, messages)
                self._forrige[version.post.key] = version.post

    def _besluttelig(self, one: Ledd) -> Versjon | None:
        """The version after a change, when the record is of a kind that is decided."""
        key = postnokkel(one.fil.ny_sti)
        return self.spor.versjon(one, ny=True) if key is not None and key[0] in SLAG else None

    def _hent(self, numre: Iterable[int]) -> None:
        """Read the versions that some steps will be asked for, many at a time."""
        files = (one.fil for nr in numre for one in self.spor.ledd(nr))
        self.spor.versjoner.hent(
            (f.ny_sti, f.ny_oid)
            for f in files
            if f.ny_sti
            and f.ny_oid
            and f.ny_sti.partition("/")[0] in SLAG
            and f.ny_mode not in {LENKE, MODUL}
        )

    def _teller(self, c: Innsjekking) -> bool:
        return self.historie_fra is None or _dag(c) >= self.historie_fra

    def _for(self, one: Ledd) -> str:
        """The key that the record had before a change."""
        key = postnokkel(one.fil.gammel_sti) or postnokkel(one.fil.ny_sti)
        return "/".join(key) if key is not None else ""

    def _omdopt(self, one: Ledd) -> None:
        """Take note of a record that got another id and says so: references that follow it have not changed."""
        old, new = postnokkel(one.fil.gammel_sti), postnokkel(one.fil.ny_sti)
        if old is None or new is None or old == new or old[0] != new[0]:
            return
        said = ((self.spor.versjon(one, ny=True), old[1]), (self.spor.versjon(one, ny=False), new[1]))
        if any(v and v.post and ident in map(normaliser, v.post.tidligere_id) for v, ident in said):
            moved = {k: new[1] if v == old[1] else v for k, v in self._navn.items() if k != new[1]}
            self._navn = {**moved, old[1]: new[1]}

    def _ider_i(self, one: Ledd) -> Iterator[Revisjonsfunn]:
        key = postnokkel(one.fil.ny_sti)
        if key is None:
            return
        kind, ident = key
        before = self._ider.setdefault(ident, kind)
        if before != kind:
            self._ider[ident] = kind
            yield self._lag(
                one,
                "revisjon.id_gjenbrukt",
                Severity.FEIL,
                f"Id-en «{ident}» var i bruk i {before}, og ble tatt i bruk i {kind}.",
                "En id brukes aldri om igjen. Gi den nye posten en egen id.",
                f"{kind}/{ident}",
            )

    def _slettet(self, one: Ledd) -> Iterator[Revisjonsfunn]:
        # What it said last is not all it has been: a draft, or a file nobody can read, may have been in force.
        earlier = (v.post for v in self.spor.lesbare_for(one) if v.post is not None)
        found = next(((p, wrong) for p in earlier if (wrong := slettet(p)) is not None), None)
        if found is None:
            return
        post, (said, remedy) = found
        back = self.spor.kom_tilbake(one)
        yield self._lag(
            one,
            "revisjon.slettet",
            Severity.MERKNAD if back else Severity.FEIL,
            f"{said} Den er lagt tilbake siden." if back else said,
            "" if back else remedy,
            post.key,
        )

    def _uleselig(self, one: Ledd, version: Versjon) -> Revisjonsfunn:
        said = version.problem.melding if version.problem is not None else ""
        return self._lag(
            one,
            "revisjon.uleselig",
            Severity.MERKNAD,
            f"Denne versjonen kan ikke leses, så hva den endret, er ikke sett: {said}",
            "",
            "/".join(postnokkel(one.fil.ny_sti) or ()),
            version.problem.position if version.problem is not None else None,
        )

    def _endret(self, one: Ledd, version: Versjon, post: Post) -> Iterator[Revisjonsfunn]:
        """Decided content that changed, held against the version that was decided, whatever lies between."""
        if not isinstance(post, Ros | Dpia | Avvik | Overlevering):
            return
        before = self._besluttet.pop(self._for(one), None)
        if before is not None:
            for p in endret_besluttet(before, post, one.etter.innstillinger, self._navn):
                yield self._lag(
                    one,
                    "revisjon.besluttet_innhold",
                    Severity.FEIL,
                    p.melding,
                    BESLUTT if not isinstance(post, Overlevering) else p.tiltak or "",
                    post.key,
                    self._sted(version, p.path),
                    felt_med_identitet(post, p.path),
                )
        if isinstance(post, Overlevering):
            # Completed once, it stays what was signed, also while a gate stands open again.
            kept = post if fullfort(post) else before
            if kept is not None:
                self._besluttet[post.key] = kept.model_copy(update={"id": post.id})
        elif post.tilstand == "besluttet":
            self._besluttet[post.key] = post
        elif before is not None:
            # What was decided stays decided until a new decision, whatever state stands there meanwhile.
            stays = before if post.tilstand == "utkast" else post
            self._besluttet[post.key] = stays.model_copy(update={"tilstand": "besluttet", "id": post.id})

    def _godkjent(
        self, one: Ledd, version: Versjon, post: Post, b: Beslutning, messages: list[str]
    ) -> Iterator[Revisjonsfunn]:
        named = godkjennere(messages)
        start = f"{b.hva[0].upper()}{b.hva[1:]}, men"
        why = ""
        for ident in named:
            role = self._rolle(one, ident)
            said = (
                f"rollen «{ident}» fantes ikke i registeret da"
                if role is None
                else innvending(post, b, role, b.dato or _dag(one.steg.innsjekking), one.etter.innstillinger)
            )
            if said is None:
                return
            why = why or said
        text = f"{start} {why}." if named else f"{start} meldingen sier ikke hvilken rolle som godkjente."
        place, felt = self._sted(version, b.path), felt_med_identitet(post, b.path)
        yield self._lag(one, "revisjon.godkjenning", Severity.FEIL, text, TRAILER, post.key, place, felt)

    def _rolle(self, one: Ledd, ident: str) -> Rolle | None:
        """The role with an id as it was at a commit."""
        for stem in dict.fromkeys((normaliser(ident), ident)):
            if "/" in stem:
                return None
            sti = f"roller/{stem}.yaml"
            name = posixpath.join(one.steg.mappe, sti)
            found = self.spor.versjoner.leser.les(f"{one.steg.innsjekking.oid}:{name}")
            if found is not None:
                version = self.spor.versjoner.les(sti, found.oid, one.etter)
                return version.post if version is not None and isinstance(version.post, Rolle) else None
        return None

    def _sted(self, version: Versjon, path: FieldPath) -> Position:
        found = self.spor.versjoner.leser.les(version.oid)
        return Positions(found.data).at(path) if found is not None else START

    def _lag(
        self,
        one: Ledd,
        regel: str,
        alvor: Severity,
        melding: str,
        tiltak: str,
        post: str,
        sted: Position | None = None,
        felt: str = "",
    ) -> Revisjonsfunn:
        fil = one.fil.ny_sti or one.fil.gammel_sti
        return Revisjonsfunn(
            regel, alvor, melding, tiltak, one.steg.innsjekking, post, felt, fil, sted or START
        )


def _dag(c: Innsjekking) -> date:
    try:
        return datetime.fromtimestamp(c.tid, UTC).date()
    except (OverflowError, ValueError, OSError):
        return date.max
