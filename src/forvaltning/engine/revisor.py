"""The audit itself: one walk over the trail, oldest first, and what is wrong with it."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from forvaltning.engine.revisjon import (
    SLAG,
    Beslutning,
    beslutninger,
    endret_besluttet,
    godkjennere,
    innvending,
    slettet,
)
from forvaltning.findings import START, FieldPath, Position, Severity
from forvaltning.git.historikk import Innsjekking
from forvaltning.git.signatur import Anker, Signatur
from forvaltning.history.spor import Ledd, Spor
from forvaltning.history.versjoner import Versjon, postnokkel
from forvaltning.model.base import Post
from forvaltning.model.dpia import Dpia
from forvaltning.model.hendelser import Avvik
from forvaltning.model.rolle import Rolle
from forvaltning.model.ros import Ros
from forvaltning.model.viser import felt_med_identitet, normaliser
from forvaltning.source.positions import Positions

REGLER = {
    "revisjon.usignert": "Innsjekkinger uten signatur",
    "revisjon.signatur": "Signaturer som ikke holder",
    "revisjon.dato": "Datoer som går bakover",
    "revisjon.anker": "Historikk som er skrevet om",
    "revisjon.uten_anker": "Ingen anker",
    "revisjon.besluttet_innhold": "Besluttet innhold som er endret",
    "revisjon.slettet": "Poster som skulle stått",
    "revisjon.id_gjenbrukt": "Id-er som er brukt om igjen",
    "revisjon.godkjenning": "Beslutninger uten godkjenning",
    "revisjon.rod_fletting": "Flettinger av det som var rødt",
    "revisjon.uleselig": "Versjoner som ikke kan leses",
}
"""Rule → the heading its findings stand under, in that order."""
SLINGRING = 300
"""Seconds that the clocks of two machines may differ without it being a fault."""
TRAILER = "Skriv linjen «Godkjent-av: ROLLE-ID» sist i meldingen når noe besluttes."


@dataclass(frozen=True, slots=True)
class Revisjonsfunn:
    """One thing that is wrong with the trail, with commit, record and place where it is about one."""

    regel: str
    alvor: Severity
    melding: str
    tiltak: str = ""
    innsjekking: Innsjekking | None = None
    post: str | None = None
    felt: str = ""
    fil: str | None = None
    sted: Position | None = None


def signaturfunn(
    signert: Mapping[str, Signatur], innsjekkinger: Mapping[str, Innsjekking]
) -> Iterator[Revisjonsfunn]:
    """Commits without a signature, and those whose signature does not hold."""
    for oid, c in innsjekkinger.items():
        s = signert.get(oid)
        if s is None:
            continue
        if not s.type:
            yield Revisjonsfunn(
                "revisjon.usignert",
                Severity.FEIL,
                "Innsjekkingen er ikke signert.",
                "Krev signerte innsjekkinger på hovedgrenen, og sett opp commit.gpgsign.",
                c,
            )
            continue
        said = _signatur(s)
        if said is not None:
            severity, why, remedy = said
            yield Revisjonsfunn("revisjon.signatur", severity, why, remedy, c)


def _signatur(s: Signatur) -> tuple[Severity, str, str] | None:
    who = f" ({s.signatar})" if s.signatar else ""
    if s.status == "G":
        return None
    if s.status == "U" and s.type != "ssh":
        return Severity.MERKNAD, f"Signaturen stemmer, men nøkkelen er ikke regnet som sikker her{who}.", ""
    allowed = "Legg nøkkelen i filen over tillatte signatarer, og pek på den med --allowed-signers."
    words = {
        "B": ("Signaturen stemmer ikke med innholdet", "Finn ut hvem som har endret innsjekkingen."),
        "U": ("Nøkkelen er ikke blant de tillatte signatarene", allowed),
        "X": ("Signaturen er utløpt", "Finn ut om den gjaldt da den ble gitt."),
        "Y": ("Nøkkelen er utløpt", "Finn ut om den gjaldt da den ble brukt."),
        "R": ("Nøkkelen er trukket tilbake", "Finn ut om den gjaldt da den ble brukt."),
    }
    unknown = "Hent nøkkelen, eller pek på filen over tillatte signatarer med --allowed-signers."
    why, remedy = words.get(s.status, ("Signaturen kan ikke kontrolleres her", unknown))
    return Severity.FEIL, f"{why}{who}.", remedy


def datofunn(
    linje: list[tuple[str, int, int]], innsjekkinger: Mapping[str, Innsjekking]
) -> Iterator[Revisjonsfunn]:
    """Commits on the line (newest first) that are dated before the one they follow, or written after they were committed."""
    for (oid, written, committed), before in zip(linje, [*linje[1:], None], strict=True):
        c = innsjekkinger.get(oid) or Innsjekking(oid, (), "", "", written, "", committed, "", "")
        gap = before[2] - committed if before is not None else 0
        if gap > 0:
            yield Revisjonsfunn(
                "revisjon.dato",
                Severity.FEIL if gap > SLINGRING else Severity.MERKNAD,
                f"Innsjekkingen er datert {_tid(committed)}, {_varighet(gap)} før den som kom foran ({_tid(before[2] if before else 0)}).",
                "Finn ut hvorfor datoen går bakover: feil klokke, eller historikk som er skrevet om.",
                c,
            )
        if written - committed > 0:
            yield Revisjonsfunn(
                "revisjon.dato",
                Severity.FEIL if written - committed > SLINGRING else Severity.MERKNAD,
                f"Innsjekkingen er skrevet {_tid(written)}, {_varighet(written - committed)} etter at den ble sjekket inn.",
                "Finn ut hvorfor datoene ikke henger sammen.",
                c,
            )


def _tid(tid: int) -> str:
    try:
        return f"{datetime.fromtimestamp(tid, UTC):%d.%m.%Y %H:%M}"
    except (OverflowError, ValueError, OSError):
        return "utenfor kalenderen"


def _varighet(seconds: int) -> str:
    days, hours, minutes = seconds // 86400, seconds // 3600, seconds // 60
    for n, one, many in ((days, "dag", "dager"), (hours, "time", "timer"), (minutes, "minutt", "minutter")):
        if n:
            return f"{n} {one if n == 1 else many}"
    return f"{seconds} sekund{'' if seconds == 1 else 'er'}"


def ankerfunn(
    ankere: Iterable[Anker], linje: list[tuple[str, int, int]], forfar: Callable[[str], bool]
) -> Iterator[Revisjonsfunn]:
    """Recorded points that the history no longer passes through. `forfar`: whether a commit is an ancestor of HEAD."""
    line = {oid for oid, _, _ in linje}
    remedy = "Sammenlign med en kopi av arkivet fra før, og hent historikken tilbake."
    none = True
    for a in ankere:
        none = False
        if a.commit is None:
            said = f"Ankeret {a.navn} peker på en innsjekking som ikke finnes her."
            yield Revisjonsfunn("revisjon.anker", Severity.FEIL, said, remedy)
        elif a.commit not in line:
            if forfar(a.commit):
                said = f"Ankeret {a.navn} ({a.commit[:12]}) ligger ikke lenger på hovedlinjen, bare på en gren som er flettet inn."
            else:
                said = f"Historikken går ikke lenger gjennom ankeret {a.navn} ({a.commit[:12]}). Den er skrevet om."
            yield Revisjonsfunn("revisjon.anker", Severity.FEIL, said, remedy)
        if not a.annotert:
            said = f"Ankeret {a.navn} er et lett merke, som ikke sier når og av hvem det ble satt."
            yield Revisjonsfunn(
                "revisjon.anker", Severity.MERKNAD, said, "Sett ankere med «forvaltning audit anchor»."
            )
    if none:
        yield Revisjonsfunn(
            "revisjon.uten_anker",
            Severity.MERKNAD,
            "Historikken har ingen ankere, så omskriving kan ikke oppdages.",
            "Sett et med «forvaltning audit anchor», og send det til serveren med «git push --tags».",
        )


def rod_fletting(c: Innsjekking, krav: str, post: str) -> Revisjonsfunn:
    """A merge that brought a new breach onto the line."""
    return Revisjonsfunn(
        "revisjon.rod_fletting",
        Severity.FEIL,
        f"Etter flettingen er krav {krav} brutt for {post}. Det var det ikke før.",
        "Krev at «forvaltning check --against auto» er grønn før noe flettes.",
        c,
        post,
        fil=f"{post}.yaml",
        sted=START,
    )


@dataclass(slots=True)
class Revisor:
    """Walks the trail of records. `mappe`: the registry's folder; `brakt`: the messages that a merge brought."""

    spor: Spor
    mappe: str
    brakt: Callable[[Innsjekking], list[str]]
    historie_fra: date | None = None
    _forrige: dict[str, Post] = field(default_factory=dict)
    _besluttet: dict[str, Post] = field(default_factory=dict)
    _ider: dict[str, str] = field(default_factory=dict)

    def funn(self) -> Iterator[Revisjonsfunn]:
        """What is wrong, oldest commit first."""
        last = len(self.spor.steg) - 1
        for nr in range(last, -1, -1):
            step = self.spor.steg[nr]
            counts = nr != last and self._teller(step.innsjekking)
            messages: list[str] | None = None
            for one in self.spor.ledd(nr):
                yield from self._ider_i(one)
                if one.fil.ny_sti is None:
                    yield from self._slettet(one)
                    continue
                key = postnokkel(one.fil.ny_sti)
                if key is None or key[0] not in SLAG:
                    continue
                version = self.spor.versjon(one, ny=True)
                if version is None:
                    continue
                if version.post is None:
                    yield self._uleselig(one, key, version)
                    continue
                yield from self._endret(one, version, version.post)
                old = self._forrige.get(self._for(one))
                if counts and (found := list(beslutninger(old, version.post))):
                    if messages is None:
                        messages = self.brakt(step.innsjekking)
                    for b in found:
                        yield from self._godkjent(one, version, version.post, b, messages)
                self._forrige[version.post.key] = version.post

    def _teller(self, c: Innsjekking) -> bool:
        if self.historie_fra is None:
            return True
        try:
            return datetime.fromtimestamp(c.tid, UTC).date() >= self.historie_fra
        except (OverflowError, ValueError, OSError):
            return True

    def _for(self, one: Ledd) -> str:
        """The key that the record had before a change."""
        key = postnokkel(one.fil.gammel_sti) or postnokkel(one.fil.ny_sti)
        return "/".join(key) if key is not None else ""

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
        version = self.spor.versjon(one, ny=False)
        if version is None or version.post is None or (wrong := slettet(version.post)) is None:
            return
        back = self.spor.kom_tilbake(one)
        said, remedy = wrong
        yield self._lag(
            one,
            "revisjon.slettet",
            Severity.MERKNAD if back else Severity.FEIL,
            f"{said} Den er lagt tilbake siden." if back else said,
            "" if back else remedy,
            version.post.key,
        )

    def _uleselig(self, one: Ledd, key: tuple[str, str], version: Versjon) -> Revisjonsfunn:
        said = version.problem.melding if version.problem is not None else ""
        return self._lag(
            one,
            "revisjon.uleselig",
            Severity.MERKNAD,
            f"Denne versjonen kan ikke leses, så hva den endret, er ikke sett: {said}",
            "",
            "/".join(key),
            version.problem.position if version.problem is not None else None,
        )

    def _endret(self, one: Ledd, version: Versjon, post: Post) -> Iterator[Revisjonsfunn]:
        """Decided content that changed, held against the version that was decided, whatever lies between."""
        if not isinstance(post, Ros | Dpia | Avvik):
            return
        before = self._besluttet.pop(self._for(one), None)
        if before is not None:
            for p in endret_besluttet(before, post, one.etter.innstillinger):
                yield self._lag(
                    one,
                    "revisjon.besluttet_innhold",
                    Severity.FEIL,
                    p.melding,
                    "Finn ut om endringen ble besluttet, og skriv beslutningen i «besluttet».",
                    post.key,
                    self._sted(version, p.path),
                    felt_med_identitet(post, p.path),
                )
        if post.tilstand == "besluttet":
            self._besluttet[post.key] = post
        elif before is not None:
            # What was decided stays decided until a new decision, whatever state stands there meanwhile.
            kept = before if post.tilstand == "utkast" else post
            self._besluttet[post.key] = kept.model_copy(update={"tilstand": "besluttet", "id": post.id})

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
        felt = felt_med_identitet(post, b.path)
        yield self._lag(
            one,
            "revisjon.godkjenning",
            Severity.FEIL,
            text,
            TRAILER,
            post.key,
            self._sted(version, b.path),
            felt,
        )

    def _rolle(self, one: Ledd, ident: str) -> Rolle | None:
        """The role with an id as it was at a commit."""
        for stem in dict.fromkeys((normaliser(ident), ident)):
            if "/" in stem:
                return None
            sti = f"roller/{stem}.yaml"
            name = posixpath.join(self.mappe, sti)
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
