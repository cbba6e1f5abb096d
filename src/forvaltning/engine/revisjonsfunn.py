"""What an audit says of commits and recorded points: signatures, dates, anchors, merges. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from forvaltning.findings import START, Position, Severity
from forvaltning.git.historikk import Innsjekking
from forvaltning.git.signatur import Anker, Signatur

REGLER = {
    "revisjon.usignert": "Innsjekkinger uten signatur",
    "revisjon.signatur": "Signaturer som ikke holder",
    "revisjon.dato": "Datoer som går bakover",
    "revisjon.anker": "Historikk som er skrevet om",
    "revisjon.uten_anker": "Ingen ankere",
    "revisjon.besluttet_innhold": "Besluttet innhold som er endret",
    "revisjon.slettet": "Poster som skulle stått",
    "revisjon.id_gjenbrukt": "Id-er som er brukt om igjen",
    "revisjon.godkjenning": "Beslutninger uten godkjenning",
    "revisjon.rod_fletting": "Flettinger av det som var rødt",
    "revisjon.uleselig": "Versjoner som ikke kan leses",
}
"""Rule → the heading its findings stand under, in that order."""
SLAG = frozenset({"ros", "dpia", "avvik", "avtaler", "overleveringer"})
"""Kinds of records that are decided, signed or closed."""
SLINGRING = 300
"""Seconds that the clocks of two machines may differ without it being a fault."""


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


def verdier(f: Revisjonsfunn) -> list[Any]:
    """One finding as plain values, its commit by id."""
    at = [f.sted.line, f.sted.column] if f.sted is not None else None
    commit = f.innsjekking.oid if f.innsjekking is not None else None
    return [f.regel, f.alvor.value, f.melding, f.tiltak, commit, f.post, f.felt, f.fil, at]


def fra_verdier(v: list[Any], innsjekkinger: Mapping[str, Innsjekking]) -> Revisjonsfunn:
    """One finding from plain values. Raises KeyError, TypeError or ValueError when they are not what was kept."""
    regel, alvor, melding, tiltak, commit, post, felt, fil, at = v
    found = innsjekkinger[commit] if commit is not None else None
    place = Position(*at) if at is not None else None
    return Revisjonsfunn(regel, Severity(alvor), melding, tiltak, found, post, felt, fil, place)


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


def utenfor(linje: list[tuple[str, int, int]], innsjekkinger: Mapping[str, Innsjekking]) -> list[str]:
    """Commits on the line with dates to be told of, that changed nothing in the registry and so are not known."""
    return [
        oid
        for (oid, written, committed), before in zip(linje, [*linje[1:], None], strict=True)
        if oid not in innsjekkinger
        and (written > committed or (before is not None and before[2] > committed))
    ]


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
    remedy = "Sammenlign med en kopi av Git-arkivet fra før, og hent historikken tilbake."
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
