"""What `lagring` tells of data outside the EEA: systems that lie there or are reached from there, and sub-processors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.rapporter import felles, registerord
from forvaltning.documents.visning import Kolonne, Tabell, Verdi
from forvaltning.model.leverandor import Leverandor
from forvaltning.model.system import Lagring, System

SYSTEM = Kolonne("system", "System")


def nas_utenfra(g: Grunnlag, plass: Lagring) -> tuple[str, ...]:
    """The countries outside the EEA that data lie in or are reached from, by name."""
    s = g.register.innstillinger
    koder = dict.fromkeys(c for c in (plass.land, *plass.tilgang_fra) if c and not s.i_eos(c))
    return tuple(g.kode("land", c) for c in koder)


def utenfor_eos(g: Grunnlag, systemer: Sequence[System]) -> Tabell:
    """Systems whose data lie in or are reached from outside the EEA, with the basis for it."""
    return Tabell(
        "utenfor_eos",
        "Systemer der data ligger i eller kan nås fra land utenfor EØS",
        (
            SYSTEM,
            Kolonne("tilstand", "Tilstand"),
            Kolonne("ligger_i", "Ligger i"),
            Kolonne("land", "Land utenfor EØS", "liste"),
            Kolonne("personopplysninger", "Personopplysninger"),
            Kolonne("grunnlag", "Overføringsgrunnlag"),
            Kolonne("vurdert", "Overføringen er vurdert"),
        ),
        tuple(
            (
                s.navn,
                felles.tilstand(s.tilstand),
                registerord.land(g, s.lagring.land),
                nas_utenfra(g, s.lagring),
                felles.ja_nei(s.personopplysninger),
                _grunnlag(s, g.kode("overforingsgrunnlag", s.lagring.overforingsgrunnlag)),
                _grunnlag(s, registerord.dokument(s.lagring.overforingsvurdering)),
            )
            for s in systemer
            if s.lagring is not None
        ),
        tom="Ingen systemer oppgir lagring i eller tilgang fra land utenfor EØS.",
    )


def _grunnlag(s: System, verdi: str) -> str:
    """What the transfer rests on; it is asked for unless the system says that it holds no personal data."""
    return verdi or (felles.MANGLER if s.personopplysninger is not False else "")


def underdatabehandlere(g: Grunnlag, systemer: Sequence[System]) -> Tabell:
    """Sub-processors outside the EEA at those who deliver or run the systems."""
    r = g.register

    def rader() -> Iterator[tuple[Verdi, ...]]:
        for s in systemer:
            idents = dict.fromkeys(i for i in (s.leverandor, s.drift.leverandor if s.drift else None) if i)
            for lev in r.hent_alle(idents, Leverandor):
                for u in lev.underdatabehandlere:
                    if u.land and not r.innstillinger.i_eos(u.land):
                        grunnlag = g.kode("overforingsgrunnlag", u.overforingsgrunnlag) or felles.MANGLER
                        yield (
                            s.navn,
                            lev.navn,
                            u.navn,
                            registerord.land(g, u.land),
                            u.tjeneste or "",
                            grunnlag,
                        )

    return Tabell(
        "underdatabehandlere_utenfor_eos",
        "Underdatabehandlere utenfor EØS hos leverandørene",
        (
            SYSTEM,
            Kolonne("leverandor", "Leverandør"),
            Kolonne("underdatabehandler", "Underdatabehandler"),
            Kolonne("land", "Land"),
            Kolonne("tjeneste", "Hva den gjør"),
            Kolonne("grunnlag", "Overføringsgrunnlag"),
        ),
        tuple(rader()),
        tom="Ingen leverandør av systemene har ført opp underdatabehandlere utenfor EØS.",
    )
