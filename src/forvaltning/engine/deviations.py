"""Deviations: which findings one covers, and what is wrong with deviations themselves (domain.md, 4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from forvaltning.findings import FieldPath, Finding, Problem, Severity
from forvaltning.model.hendelser import Avvik
from forvaltning.model.register import Register
from forvaltning.model.viser import normaliser

RADET = "digitaliseringsrad"
SDI = "sdi"
ALLTID_RADET = frozenset({"8.3"})
"""Requirements whose deviations go to Digitaliseringsrådet whatever the weight."""


def rett_forum(avvik: Avvik) -> bool:
    """True when the forum that decided may decide on a deviation of this weight from this requirement."""
    forum = avvik.besluttet.forum if avvik.besluttet else None
    if forum == RADET:
        return True
    return forum == SDI and avvik.vekt == "mindre" and avvik.krav not in ALLTID_RADET


def er_besluttet(avvik: Avvik, register: Register) -> bool:
    """True when the right forum has decided by the check date."""
    b = avvik.besluttet
    return b is not None and b.dato is not None and rett_forum(avvik) and register.dag.nadd(b.dato)


def virker(avvik: Avvik, register: Register) -> bool:
    """True while a decided deviation is unexpired on the check date."""
    if avvik.tilstand != "besluttet" or avvik.gyldig_til is None or not er_besluttet(avvik, register):
        return False
    return not register.dag.passert(avvik.gyldig_til)


def gjor_opp(avvik: Avvik, register: Register) -> bool:
    """True when a closed deviation settles a document that came late: the only kind without expiry."""
    if not _for_sent_dokument(avvik) or not er_besluttet(avvik, register):
        return False
    return avvik.lukket is None or register.dag.nadd(avvik.lukket)


def _for_sent_dokument(avvik: Avvik) -> bool:
    """True for a closed deviation that is there to settle a document that came late."""
    return avvik.tilstand == "lukket" and avvik.sent_dokument is True


def avvik_for(register: Register, post: str, krav: str) -> list[Avvik]:
    """The deviations that name a record (id) and a requirement, by id."""
    found = [a for a in register.viser_til(post, Avvik, "gjelder") if a.krav == krav]
    return sorted(found, key=lambda a: a.id)


def treffer_felt(avvik: Avvik, felt: str) -> bool:
    """True when the deviation covers this field: all fields, the field itself, or what lies below it."""
    if avvik.felt is None:
        return True
    return felt == avvik.felt or felt.startswith((avvik.felt + ".", avvik.felt + "["))


def dekker(avvik: Avvik, funn: Finding, sent: bool, register: Register) -> bool:
    """True when this deviation covers this finding on the check date. `sent`: a document came late."""
    if not treffer_felt(avvik, funn.felt):
        return False
    return virker(avvik, register) or (sent and gjor_opp(avvik, register))


def _problem(
    avvik: Avvik, regel: str, path: FieldPath, melding: str, tiltak: str, alvor: Severity = Severity.FEIL
) -> Problem:
    return Problem(regel, alvor, f"avvik/{avvik.id}.yaml", melding, tiltak, path=path, post=avvik.key)


def avviksproblemer(
    register: Register,
    kjente_krav: Collection[str],
    brukte: Collection[str],
    bare: Collection[str] | None = None,
) -> Iterator[Problem]:
    """What is wrong with the deviations. `brukte`: normalised ids of those that cover a finding today.

    `bare`: the ids to look at, when the others are known.
    """
    if bare is None:
        chosen: Iterable[Avvik] = register.alle(Avvik)
    else:
        chosen = register.hent_alle(bare, Avvik)
    for avvik in sorted(chosen, key=lambda a: a.id):
        yield from _problemer_med(avvik, register, kjente_krav, brukte)


def _problemer_med(
    avvik: Avvik, register: Register, kjente_krav: Collection[str], brukte: Collection[str]
) -> Iterator[Problem]:
    if avvik.krav not in kjente_krav:
        yield _problem(
            avvik,
            "avvik.ukjent_krav",
            ("krav",),
            f"Avviket viser til et krav som ikke finnes: {avvik.krav[:20]}.",
            "Skriv nummeret på kravet, fra 1.1 til 9.2.",
        )
        return
    oppgjor = _for_sent_dokument(avvik)
    if avvik.tilstand in {"avslatt", "lukket"} and not oppgjor:
        return
    ferdig = avvik.tilstand == "besluttet" or oppgjor
    if not ferdig or avvik.besluttet is None or avvik.besluttet.dato is None:
        yield _problem(
            avvik,
            "avvik.ubesluttet",
            ("besluttet",) if ferdig else ("tilstand",),
            f"Avviket fra {avvik.krav} er ikke besluttet, så det dekker ingenting.",
            "Legg saken fram for SDI, eller for Digitaliseringsrådet når avviket er større. Skriv så beslutningen i «besluttet».",
        )
        return
    if not rett_forum(avvik):
        asked = "Digitaliseringsrådet" if avvik.vekt != "mindre" or avvik.krav in ALLTID_RADET else "SDI"
        yield _problem(
            avvik,
            "avvik.feil_forum",
            ("besluttet", "forum"),
            f"Avviket fra {avvik.krav} er ikke besluttet av rett forum. Det skulle vært {asked}.",
            f"Legg saken fram for {asked}.",
        )
        return
    if not register.dag.nadd(avvik.besluttet.dato):
        yield _problem(
            avvik,
            "avvik.framtid",
            ("besluttet", "dato"),
            "Avviket er besluttet på en dato som ikke er nådd.",
            "Skriv dagen det faktisk ble besluttet.",
        )
        return
    if oppgjor:
        yield from _lukking(avvik, register)
    else:
        yield from _ufullstendig(avvik)
        yield from _utlop(avvik, register, brukte)


def _lukking(avvik: Avvik, register: Register) -> Iterator[Problem]:
    """A closed one neither runs out nor has to cover anything: it stays, as the answer to what came late."""
    if avvik.lukket is not None and not register.dag.nadd(avvik.lukket):
        yield _problem(
            avvik,
            "avvik.framtid",
            ("lukket",),
            "Avviket er lukket på en dato som ikke er nådd, så det gjør ikke opp noe ennå.",
            "Skriv dagen det faktisk ble lukket.",
        )


def _utlop(avvik: Avvik, register: Register, brukte: Collection[str]) -> Iterator[Problem]:
    """How long a decided one holds, and whether it still covers something."""
    if avvik.gyldig_til is None:
        yield _problem(
            avvik,
            "avvik.uten_utlop",
            ("gyldig_til",),
            f"Avviket fra {avvik.krav} har ingen sluttdato, så det dekker ingenting.",
            "Skriv siste dag det gjelder i «gyldig_til».",
        )
    elif register.dag.passert(avvik.gyldig_til):
        yield _problem(
            avvik,
            "avvik.utlopt",
            ("gyldig_til",),
            f"Avviket fra {avvik.krav} gjaldt til {avvik.gyldig_til:%d.%m.%Y}.",
            "Rett bruddet og lukk avviket, eller få en ny beslutning.",
        )
    elif normaliser(avvik.id) not in brukte and not any(map(register.kan_vaere_tapt, avvik.gjelder)):
        yield _problem(
            avvik,
            "avvik.tomt",
            ("krav",),
            f"Avviket fra {avvik.krav} dekker ikke noe brudd nå.",
            "Er bruddet rettet, så lukk avviket. Er det ikke det, så se etter at «krav», «gjelder» og «felt» stemmer.",
            Severity.MERKNAD,
        )


def _ufullstendig(avvik: Avvik) -> Iterator[Problem]:
    """What a decided deviation must say of itself: the reason (a fault without), measures and case (remarks)."""
    if not avvik.grunn:
        yield _problem(
            avvik,
            "avvik.uten_grunn",
            ("grunn",),
            f"Avviket fra {avvik.krav} sier ikke hvorfor kravet ikke kan oppfylles.",
            "Skriv grunnen i «grunn».",
        )
    for felt, said in (("kompenserende_tiltak", bool(avvik.kompenserende_tiltak)), ("sak", bool(avvik.sak))):
        if not said and not (felt == "sak" and avvik.besluttet and avvik.besluttet.sak):
            yield _problem(
                avvik,
                "avvik.ufullstendig",
                (felt,),
                f"Avviket fra {avvik.krav} mangler «{felt}».",
                f"Skriv det i «{felt}».",
                Severity.MERKNAD,
            )
