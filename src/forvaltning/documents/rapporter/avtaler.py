"""The report `avtaler`: who owns each agreement, when it ends, options, notice and follow-up (area 5)."""

from __future__ import annotations

from datetime import date

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.rapporter import avtaler_liste, felles
from forvaltning.documents.rapporter.avtaler_liste import AVTALE
from forvaltning.documents.visning import Del, Kolonne, Tabell, Verdi, Visning
from forvaltning.krav.omrade5.felles import er_slutt
from forvaltning.krav.typer import Kontekst
from forvaltning.model.avtale import Avtale


def visning(g: Grunnlag) -> Visning:
    """Every agreement that was asked for: what needs a decision first, then all, then what has ended."""
    ctx = Kontekst(g.register)
    alle = g.poster(Avtale)
    utkast = [a for a in alle if a.tilstand == "utkast"]
    slutt = [a for a in alle if a.tilstand != "utkast" and er_slutt(ctx, a)]
    borte = {a.id for a in (*utkast, *slutt)}
    lopende = [a for a in alle if a.id not in borte]
    ender, opsjoner = _ender(g, lopende), _opsjoner(g, lopende)
    uten_eier, uten_oppfolging = _brudd(g, lopende, "5.2"), _brudd(g, lopende, "5.4")
    return Visning(
        "avtaler",
        "Avtaler",
        (
            "Hvem som eier avtalene, når de slutter, og hva som må avgjøres før det.",
            *felles.uleste(g, "avtaler"),
        ),
        (
            Del("Dette må avgjøres", tabeller=(ender, opsjoner, uten_eier, uten_oppfolging)),
            Del("Løpende avtaler", tabeller=(avtaler_liste.alle("avtaler", "Løpende avtaler", g, lopende),)),
            Del("Utkast", tabeller=(avtaler_liste.alle("utkast", "Avtaler som ikke er signert", g, utkast),)),
            Del("Avsluttet", tabeller=(avtaler_liste.sluttet(g, slutt),)),
        ),
        (
            ("Løpende avtaler", len(lopende)),
            (f"Slutter eller må sies opp innen {g.hode.varslingsvindu_dager} dager", len(ender.rader)),
            ("Ikke i orden etter krav 5.2 (eier og forvalter)", _antall_avtaler(uten_eier)),
            ("Ikke i orden etter krav 5.4 (oppfølging)", _antall_avtaler(uten_oppfolging)),
            ("Utkast", len(utkast)),
            ("Avsluttet", len(slutt)),
        ),
    )


# --- what must be decided --------------------------------------------------------------------------


def _ender(g: Grunnlag, avtaler: list[Avtale]) -> Tabell:
    """Agreements whose end or last day of notice lies within the warning window, soonest first."""
    vindu = g.hode.varslingsvindu_dager
    rader: list[tuple[Verdi, ...]] = []
    for a in avtaler:
        for dag, hva in (
            (felles.siste_dag_for_oppsigelse(g, a), "Siste dag for å si opp"),
            (g.register.siste_gyldige_dag(a), "Avtalen slutter"),
        ):
            if dag is not None and 0 <= felles.dager(g, dag) <= vindu:
                rader.append(
                    (
                        dag,
                        felles.om(g, dag),
                        hva,
                        a.navn,
                        felles.avtalepart(g, a),
                        felles.rolle(g, a.avtaleeier),
                    )
                )
    return Tabell(
        "slutter",
        f"Slutter eller må sies opp innen {vindu} dager",
        (
            Kolonne("dato", "Dato", "dato"),
            Kolonne("igjen", "Igjen"),
            Kolonne("hva", "Hva"),
            AVTALE,
            Kolonne("part", "Part"),
            Kolonne("avtaleeier", "Avtaleeier"),
        ),
        tuple(sorted(rader, key=_etter_dato)),
        tom=f"Ingen avtaler slutter eller må sies opp innen {vindu} dager.",
        forklaring="Siste dag for å si opp er avtalens siste dag, regnet tilbake med oppsigelsestiden.",
    )


def _opsjoner(g: Grunnlag, avtaler: list[Avtale]) -> Tabell:
    """Options that are not taken up and whose deadline has not passed, soonest first."""
    rader: list[tuple[Verdi, ...]] = [
        (
            o.frist,
            felles.om(g, o.frist) if o.frist else felles.MANGLER,
            a.navn,
            o.id,
            o.til,
            felles.rolle(g, a.avtaleeier),
        )
        for a in avtaler
        for o in a.opsjoner
        if o.utlost is None and (o.frist is None or felles.dager(g, o.frist) >= 0)
    ]
    return Tabell(
        "opsjoner",
        "Opsjoner som kan utløses",
        (
            Kolonne("frist", "Frist", "dato"),
            Kolonne("igjen", "Igjen"),
            AVTALE,
            Kolonne("opsjon", "Opsjon"),
            Kolonne("forlenger_til", "Forlenger til", "dato"),
            Kolonne("avtaleeier", "Avtaleeier"),
        ),
        tuple(sorted(rader, key=_etter_dato)),
        tom="Ingen opsjoner står åpne.",
    )


def _brudd(g: Grunnlag, avtaler: list[Avtale], krav: str) -> Tabell:
    """Agreements where a requirement is broken, covered by a deviation or undecided, and how to mend it."""
    rader: list[tuple[Verdi, ...]] = []
    for a in avtaler:
        rader += [
            (a.navn, s.dom.utfall.value, s.hva, s.tiltak, g.svarer(s.dom))
            for s in felles.uoppfylt(g.dom(a, krav))
        ]
    navn, tittel, tom = {
        "5.2": ("uten_eier", "Uten eier eller forvalter", "Alle løpende avtaler har eier og forvalter."),
        "5.4": ("uten_oppfolging", "Ikke fulgt opp", "Alle løpende kontrakter er fulgt opp i tide."),
    }[krav]
    return Tabell(
        navn,
        tittel,
        (
            AVTALE,
            Kolonne("utfall", f"Krav {krav}", "utfall"),
            Kolonne("hva", "Hva som er galt"),
            Kolonne("tiltak", "Slik rettes det"),
            Kolonne("ansvarlig", "Ansvarlig"),
        ),
        tuple(rader),
        tom=tom,
    )


def _antall_avtaler(tabell: Tabell) -> int:
    return len({r[0] for r in tabell.rader})


def _etter_dato(rad: tuple[Verdi, ...]) -> tuple[date, str]:
    dag = rad[0]
    return (dag if isinstance(dag, date) else date.max, str(rad[3]))
