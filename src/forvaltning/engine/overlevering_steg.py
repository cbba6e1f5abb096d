"""Whether a step in a handover may be taken: tick, untick, sign, close. Pure: a checklist and a register in, reasons out.

An empty list is leave to go on (domain.md, section 6; issue 5). Everything that stands in the way is told at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from forvaltning.engine.endring_beslutning import fullfort
from forvaltning.engine.sjekkliste.typer import Art, Portstand, Punkt, Punkttilstand, Sjekkliste, Sted
from forvaltning.krav.ord import norsk_dato
from forvaltning.model.enhet import Enhet
from forvaltning.model.hendelser import Mottaker, Overlevering
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.register import Register
from forvaltning.model.rolle import Rolle
from forvaltning.model.viser import normaliser

MOTTAKER = "mottaker"
"""In place of a role type: any role of a unit that receives."""


@dataclass(frozen=True, slots=True)
class Nei:
    """Why a step can not be taken, and what to do about it."""

    melding: str
    tiltak: str = ""


def hindret(o: Overlevering) -> Iterator[Nei]:
    """A completed handover takes no more steps."""
    if fullfort(o):
        yield Nei(
            f"Overleveringen «{o.id}» er fullført og kan ikke endres.",
            "Alle portene er lukket, og begge mottakerne har signert. Det nye hører til i en ny overlevering.",
        )


def dato_nei(register: Register, o: Overlevering | None, dato: date, hva: str) -> Iterator[Nei]:
    """A step is taken on a day that has come. `hva`: what is dated, for the message."""
    if not register.dag.nadd(dato):
        yield Nei(
            f"{hva} kan ikke dateres {norsk_dato(dato)}: den dagen er ikke kommet.",
            "Skriv dagen det ble gjort.",
        )
    elif o is not None and o.startet is not None and dato < o.startet:
        yield Nei(
            f"{hva} kan ikke dateres {norsk_dato(dato)}: overleveringen ble startet {norsk_dato(o.startet)}.",
            "Skriv dagen det ble gjort, eller rett «startet».",
        )


def rolle(register: Register, ident: str, dato: date) -> tuple[Rolle | None, list[Nei]]:
    """The role by its id, and why it can not act on a date. A role that nobody knows is None."""
    found = register.finn(ident)
    if isinstance(found, Uleselig):
        return None, [Nei(f"Rollen «{ident}» kan ikke leses ({found.fil}).", "Rett filen først.")]
    if not isinstance(found, Rolle):
        if found is None:
            return None, [Nei(f"Fant ikke rollen «{ident}».", "«forvaltning list roller» viser rollene.")]
        return None, [
            Nei(
                f"«{ident}» er ikke en rolle, men av slaget {found.tittel_entall}.",
                "Skriv id-en til en rolle.",
            )
        ]
    if (found.fra is not None and dato < found.fra) or (found.til is not None and dato > found.til):
        when = f"fra {norsk_dato(found.fra)}" if found.fra and dato < found.fra else ""
        when = when or f"til {norsk_dato(found.til)}" if found.til else when
        return found, [
            Nei(
                f"Rollen «{found.id}» gjelder ikke {norsk_dato(dato)}. Den gjelder {when}.",
                "Velg rollen som gjaldt den dagen.",
            )
        ]
    return found, []


# --- items ----------------------------------------------------------------------------------------------


def kan_fores(o: Overlevering, liste: Sjekkliste, punkt: Punkt, *, fravelges: bool) -> Iterator[Nei]:
    """Whether an item may be ticked by hand, or marked *ikke aktuelt* when `fravelges`."""
    if fravelges and not punkt.kan_fravelges:
        yield Nei(
            f"«{punkt.tittel}» ({punkt.id}) kan ikke settes til ikke aktuelt.",
            "Et krav dispenseres det ikke fra her. Meld et avvik."
            if punkt.art is Art.KRAV
            else "Svaret hentes fra registeret.",
        )
    elif not fravelges and punkt.art is not Art.MANUELL:
        yield Nei(
            f"«{punkt.tittel}» ({punkt.id}) kan ikke hukes av for hånd. Svaret hentes fra registeret.",
            skriv_her(punkt),
        )
    gate = liste.port(punkt.gruppe)
    if gate is not None and gate.lukket is not None and not punkt.blokkerer:
        yield Nei(
            f"Porten «{gate.tittel}» ble lukket {norsk_dato(gate.lukket)}, så «{punkt.tittel}» står som det er.",
            "Er noe feil, så skriv det i «merknad» på overleveringen.",
        )
    if liste.porter and punkt.gruppe == liste.porter[-1].id:
        yield from _usignert(o, f"«{punkt.tittel}» kan ikke avsluttes ennå.")


def kan_apnes(liste: Sjekkliste, punkt: Punkt) -> Iterator[Nei]:
    """Whether a done item may be opened again: not behind a closed gate."""
    gate = liste.port(punkt.gruppe)
    if gate is not None and gate.lukket is not None:
        yield Nei(
            f"Porten «{gate.tittel}» ble lukket {norsk_dato(gate.lukket)}, så «{punkt.tittel}» kan ikke åpnes igjen.",
            "Er noe feil, så skriv det i «merknad» på overleveringen.",
        )


def skriv_her(punkt: Punkt) -> str:
    """What to do for a derived item instead, and where its answer is written: file and field."""
    do = [punkt.mangler[0].tiltak] if punkt.mangler and punkt.mangler[0].tiltak else []
    places = [*(m.sted for m in punkt.mangler), punkt.hvor]
    shown = list(dict.fromkeys(_sted(s) for s in places if s is not None and s.post))
    if shown:
        do.append(f"Svaret leses fra {' og '.join(shown[:2])}.")
    return " ".join(do) or "Skriv det der det hører hjemme i registeret, så huker punktet av seg selv."


def _sted(sted: Sted) -> str:
    return f"«{sted.felt}» i {sted.post}.yaml" if sted.felt else f"{sted.post}.yaml"


def _usignert(o: Overlevering, hva: str) -> Iterator[Nei]:
    names = [m.enhet for m in o.mottakere if m.signert is None]
    if len(o.mottakere) < 2:
        yield Nei(
            f"{hva} Overleveringen har ikke to mottakere.", "Signer for begge: «forvaltning handover sign»."
        )
    elif names:
        shown = " og ".join(f"«{n}»" for n in names)
        yield Nei(
            f"{hva} {shown} har ikke signert.",
            "Begge mottakerne signerer først: «forvaltning handover sign».",
        )


# --- signatures -----------------------------------------------------------------------------------------


def mottaker(o: Overlevering, enhet: str) -> tuple[int, Mottaker] | None:
    """A receiver of the handover by the id of its unit, with its place in the list."""
    key = normaliser(enhet)
    return next(((n, m) for n, m in enumerate(o.mottakere) if normaliser(m.enhet) == key), None)


def kan_signere(register: Register, o: Overlevering, enhet: Enhet, rolle: Rolle | None) -> Iterator[Nei]:
    """Whether a unit may sign by a role: it receives, has not signed, and the role is its own."""
    found = mottaker(o, enhet.id)
    if found is not None and found[1].signert is not None:
        yield Nei(
            f"«{enhet.navn}» signerte {norsk_dato(found[1].signert)}. En signatur står.",
            "Er noe feil, så skriv det i «merknad» på overleveringen.",
        )
    if found is None and len(o.mottakere) >= 2:
        names = " og ".join(f"«{m.enhet}»" for m in o.mottakere)
        yield Nei(f"«{enhet.id}» er ikke mottaker. Mottakerne er {names}.", "Velg en av dem med --enhet.")
    elif found is None and len(o.mottakere) == 1:
        other = register.er_ansattservice(o.mottakere[0].enhet)
        if not other and not register.er_ansattservice(enhet.id):
            yield Nei(
                f"«{enhet.id}» kan ikke være den andre mottakeren.",
                "Ansattservice er alltid den ene av de to.",
            )
    if rolle is not None and not register.er_under(rolle.enhet, enhet.id):
        yield Nei(
            f"Rollen «{rolle.id}» hører til «{rolle.enhet or 'ingen enhet'}», ikke til «{enhet.id}».",
            "Den som signerer, må ha rollen sin i enheten som mottar.",
        )


# --- gates ----------------------------------------------------------------------------------------------


def kan_lukke(
    register: Register, o: Overlevering, liste: Sjekkliste, port: Portstand, rolle: Rolle | None, dato: date
) -> Iterator[Nei]:
    """Whether a gate may be closed on a date: nothing open in it, the gates before closed, and a role entitled to it."""
    if port.lukket is not None:
        yield Nei(f"Porten «{port.tittel}» ble lukket {norsk_dato(port.lukket)}.", "En lukket port står.")
        return
    for p in liste.punkter:
        if p.gruppe == port.id and p.blokkerer:
            yield Nei(f"{_apent(p)}: {p.tittel} ({p.id}).", _mer(p))
        elif p.gruppe == port.id and p.art is Art.MANUELL and p.dato is not None and p.dato > dato:
            yield Nei(
                f"Punktet {p.id} ble ført {norsk_dato(p.dato)}, etter {norsk_dato(dato)}.",
                "Lukk porten den dagen siste punkt ble ferdig, eller senere.",
            )
    yield from _tidligere(liste, port, dato)
    if liste.porter and port.id == liste.porter[-1].id:
        yield from _usignert(o, f"Porten «{port.tittel}» kan ikke lukkes ennå.")
    if rolle is not None and not _kan_lukke(register, o, port, rolle):
        yield Nei(
            f"Rollen «{rolle.id}» ({register.innstillinger.navn('rolletype', rolle.type).lower()}) kan ikke lukke "
            f"porten «{port.tittel}».",
            f"Den lukkes av {hvem_lukker(register, port)}.",
        )


def _tidligere(liste: Sjekkliste, port: Portstand, dato: date) -> Iterator[Nei]:
    for earlier in liste.porter:
        if earlier.id == port.id:
            return
        if earlier.lukket is None:
            yield Nei(
                f"Porten «{earlier.tittel}» er åpen, og den kommer først.", f"Lukk «{earlier.id}» først."
            )
        elif earlier.lukket > dato:
            yield Nei(
                f"Porten «{earlier.tittel}» ble lukket {norsk_dato(earlier.lukket)}, etter {norsk_dato(dato)}.",
                "Portene lukkes i rekkefølge.",
            )


def _apent(punkt: Punkt) -> str:
    return "Ikke avgjort" if punkt.tilstand is Punkttilstand.IKKE_AVGJORT else "Åpent"


def _mer(punkt: Punkt) -> str:
    if punkt.mangler:
        first = punkt.mangler[0]
        more = f" Og {len(punkt.mangler) - 1} til." if len(punkt.mangler) > 1 else ""
        return " ".join(t for t in (first.melding, first.tiltak) if t) + more
    return punkt.grunn or "Før punktet med «forvaltning handover tick»."


def _kan_lukke(register: Register, o: Overlevering, port: Portstand, rolle: Rolle) -> bool:
    if not port.lukkes_av or rolle.type in port.lukkes_av:
        return True
    return MOTTAKER in port.lukkes_av and any(register.er_under(rolle.enhet, m.enhet) for m in o.mottakere)


def hvem_lukker(register: Register, port: Portstand) -> str:
    """Who may close a gate, in words."""
    names = [register.innstillinger.navn("rolletype", t).lower() for t in port.lukkes_av if t != MOTTAKER]
    if MOTTAKER in port.lukkes_av:
        names.append("en rolle i en enhet som mottar")
    return f"{', '.join(names[:-1])} eller {names[-1]}" if len(names) > 1 else "".join(names)
