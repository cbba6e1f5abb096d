"""Requirement 4.2: the measures of a scenario, and the acceptance of what they do not take away."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import FieldPath, Strength
from forvaltning.krav.byggesteiner import i_fortiden
from forvaltning.krav.henvisning import krev_rolle
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon, Uavklart, Utloper
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst
from forvaltning.model.oppforing import Treff
from forvaltning.model.rolle import Rolle
from forvaltning.model.ros import Aksept, Ros, Scenario, Tiltak
from forvaltning.model.viser import normaliser

KOMMUNALDIREKTOR = "kommunaldirektor"


def er_ferdig(t: Tiltak) -> bool:
    """True for a measure that says it is done."""
    return t.tilstand == "ferdig" or (t.tilstand is None and t.ferdig is not None)


def er_i_arbeid(t: Tiltak) -> bool:
    """True for a measure that somebody is to do: planned or begun, neither done nor turned down."""
    return not er_ferdig(t) and t.tilstand != "avvist"


def tiltak(ros: Ros, n: int, s: Scenario, ctx: Kontekst) -> Iterator[Observasjon]:
    """No measure is overdue, and each that is not done has state, role and deadline."""
    for m, t in enumerate(s.tiltak):
        felt: FieldPath = ("scenarier", n, "tiltak", m)
        if er_ferdig(t):
            yield from i_fortiden(
                ctx, (*felt, "ferdig"), t.ferdig, hva=f"Tiltaket «{t.id}»", vilkar="tiltak-ferdig", i=ros
            )
        if not er_i_arbeid(t):
            continue
        if t.tilstand is None:
            yield Mangler(
                (*felt, "tilstand"),
                "tiltak-uten-tilstand",
                f"Tiltaket «{t.id}» sier ikke om det er planlagt, pågår eller er ferdig.",
                "Skriv det i «tilstand».",
                i=ros,
            )
        if t.frist is None:
            yield Mangler(
                (*felt, "frist"),
                "tiltak-uten-frist",
                f"Tiltaket «{t.id}» har ingen frist.",
                "Skriv siste dag det skal være gjort, i «frist».",
                i=ros,
            )
        else:
            yield Utloper(
                (*felt, "frist"),
                "tiltak-forfalt",
                t.frist,
                f"Tiltaket «{t.id}» skulle vært gjort innen {norsk_dato(t.frist)}.",
                "Gjør det ferdig, eller la den som eier risikoen, beslutte en ny frist.",
                i=ros,
            )
        yield from krev_rolle(
            ctx,
            ros,
            (*felt, "ansvarlig"),
            t.ansvarlig,
            hva=f"ansvarlig for tiltaket «{t.id}»",
            i=ros,
            vilkar="tiltak-ansvarlig",
        )


def aksept(ros: Ros, felt: FieldPath, s: Scenario, ctx: Kontekst) -> Iterator[Observasjon]:
    """What the acceptance of a scenario lacks: a day that has been, and one who may give it."""
    a = s.aksept
    if a is None:
        return
    path = (*felt, "aksept")
    if a.dato is None:
        yield Mangler(
            (*path, "dato"),
            "aksept-dato",
            f"Aksepten av scenariet «{s.id}» mangler dato.",
            "Skriv dagen i «dato».",
            i=ros,
        )
        return
    yield from i_fortiden(
        ctx, (*path, "dato"), a.dato, hva=f"Aksepten av scenariet «{s.id}»", vilkar="aksept-dato", i=ros
    )
    if not a.av:
        yield Mangler(
            (*path, "av"),
            "aksept-av-mangler",
            f"Det står ikke hvem som aksepterte scenariet «{s.id}».",
            "Skriv rollen til kommunaldirektøren, eller den som har fått det delegert, i «av».",
            i=ros,
        )
        return
    yield from krev_rolle(
        ctx, ros, (*path, "av"), a.av, hva="akseptert av", dato=a.dato, i=ros, vilkar="aksept-av"
    )
    rolle = ctx.register.hent(a.av, Rolle)
    if rolle is None:
        return
    yield from _myndighet(ros, (*path, "av"), rolle, a, s, ctx)
    yield Bevis(path, Strength.DOKUMENTERT if a.referanse else Strength.BEKREFTET, a.dato, a.referanse, i=ros)


def _myndighet(
    ros: Ros, felt: FieldPath, rolle: Rolle, a: Aksept, s: Scenario, ctx: Kontekst
) -> Iterator[Observasjon]:
    """A kommunaldirektør, or one who had it delegated, dated, from a kommunaldirektør on that day."""
    if rolle.type == KOMMUNALDIREKTOR:
        return
    givere = ctx.register.viser_til(rolle, Rolle, "delegasjoner.til")
    if _delegert(rolle, a, givere):
        return
    if givere.uleselig is not None:
        yield Uavklart(
            felt, f"{givere.uleselig.fil} kan ikke leses og kan ha delegasjonen til «{rolle.id}».", i=ros
        )
        return
    yield Feil(
        felt,
        "aksept-uten-myndighet",
        f"«{rolle.id}» kunne ikke akseptere scenariet «{s.id}», som ligger over avdelingens nivå.",
        "La kommunaldirektøren akseptere det, eller før opp delegasjonen av «risikoaksept», med dato, på rollen "
        "til kommunaldirektøren.",
        om=rolle.id,
        i=ros,
    )


def _delegert(rolle: Rolle, a: Aksept, givere: Treff[Rolle]) -> bool:
    key = normaliser(rolle.id)
    for giver in givere:
        for d in giver.delegasjoner:
            if giver.type != KOMMUNALDIREKTOR or d.hva != "risikoaksept" or normaliser(d.til) != key:
                continue
            if (
                d.dato is None
                or a.dato is None
                or a.dato < d.dato
                or (d.utlop is not None and a.dato > d.utlop)
            ):
                continue
            if (giver.fra is None or giver.fra <= d.dato) and (giver.til is None or d.dato <= giver.til):
                return True
    return False
