"""The tables of `leverandorer` that are about what stands on the supplier itself: sub-processors, audits, warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.rapporter import felles, registerord
from forvaltning.documents.visning import Kolonne, Tabell, Verdi
from forvaltning.model.leverandor import Leverandor, Revisjon, Underdatabehandler

LEVERANDOR = Kolonne("leverandor", "Leverandør")


def siste_revisjon(g: Grunnlag, lev: Leverandor) -> Revisjon | None:
    """The newest security audit that is finished on the check date."""
    ferdige = [(r.dato, n) for n, r in enumerate(lev.sikkerhetsrevisjoner) if r.dato and r.dato <= g.dato]
    return lev.sikkerhetsrevisjoner[max(ferdige)[1]] if ferdige else None


def underdatabehandlere(g: Grunnlag, leverandorer: Iterable[Leverandor]) -> Tabell:
    """Every sub-processor of the suppliers in use."""

    def en(lev: Leverandor, u: Underdatabehandler) -> tuple[Verdi, ...]:
        return (
            lev.navn,
            u.navn,
            u.orgnr or "",
            registerord.land(g, u.land),
            g.register.innstillinger.i_eos(u.land) if u.land else None,
            u.tjeneste or felles.MANGLER,
            u.godkjent or felles.MANGLER,
        )

    return Tabell(
        "underdatabehandlere",
        "Underdatabehandlere",
        (
            LEVERANDOR,
            Kolonne("navn", "Underdatabehandler"),
            Kolonne("orgnr", "Organisasjonsnummer"),
            Kolonne("land", "Land"),
            Kolonne("i_eos", "I EØS", "ja_nei"),
            Kolonne("tjeneste", "Hva den gjør"),
            Kolonne("godkjent", "Godkjent", "dato"),
        ),
        tuple(en(lev, u) for lev in leverandorer for u in lev.underdatabehandlere),
        tom="Ingen leverandør i utvalget har ført opp underdatabehandlere.",
    )


def utenfor_eos(g: Grunnlag, leverandorer: Iterable[Leverandor]) -> Tabell:
    """Suppliers and sub-processors in countries outside the EEA, with the basis for the transfer."""
    s = g.register.innstillinger

    def rader() -> Iterator[tuple[Verdi, ...]]:
        for lev in leverandorer:
            if lev.land and not s.i_eos(lev.land):
                yield (lev.navn, lev.navn, registerord.land(g, lev.land), "Står på systemet eller avtalen")
            for u in lev.underdatabehandlere:
                if u.land and not s.i_eos(u.land):
                    grunnlag = g.kode("overforingsgrunnlag", u.overforingsgrunnlag)
                    yield (lev.navn, u.navn, registerord.land(g, u.land), grunnlag or felles.MANGLER)

    return Tabell(
        "utenfor_eos",
        "Utenfor EØS",
        (
            LEVERANDOR,
            Kolonne("virksomhet", "Virksomheten det gjelder"),
            Kolonne("land", "Land"),
            Kolonne("overforingsgrunnlag", "Overføringsgrunnlag"),
        ),
        tuple(rader()),
        tom="Ingen leverandør eller underdatabehandler er ført opp med et land utenfor EØS.",
    )


def varsler(g: Grunnlag, leverandorer: Iterable[Leverandor], *, apne: bool) -> Tabell:
    """Warnings, newest first: those still open on the check date, or those that are closed."""
    rader: list[tuple[Verdi, ...]] = []
    for lev in leverandorer:
        for v in lev.varsler:
            lukket = v.lukket is not None and v.lukket <= g.dato
            if lukket is apne:
                continue
            hva = (lev.navn, v.dato, v.hva or felles.MANGLER, v.tiltak or felles.MANGLER)
            rader.append(hva if apne else (*hva, v.lukket))
    kolonner = (
        LEVERANDOR,
        Kolonne("dato", "Dato", "dato"),
        Kolonne("hva", "Varselet gjelder"),
        Kolonne("tiltak", "Hva kommunen gjorde"),
    )
    return Tabell(
        "apne_varsler" if apne else "varsler",
        "Varsler som ikke er lukket" if apne else "Lukkede varsler",
        kolonner if apne else (*kolonner, Kolonne("lukket", "Lukket", "dato")),
        tuple(sorted(rader, key=_nyest)),
        tom="Ingen varsler står åpne." if apne else "Ingen varsler er lukket.",
    )


def _nyest(rad: tuple[Verdi, ...]) -> tuple[int, str]:
    dag = rad[1]
    return (-dag.toordinal() if isinstance(dag, date) else 0, str(rad[0]))
