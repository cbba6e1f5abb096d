"""The report `ros`: risk before and after measures, what lies above acceptance, and what must be renewed (4.2)."""

from __future__ import annotations

from collections.abc import Sequence

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import antall
from forvaltning.documents.rapporter import felles, felles_matrise, felles_ros, ros_scenarier
from forvaltning.documents.rapporter import ros_fornyes as fornyes
from forvaltning.documents.rapporter.felles_ros import Risikolinje
from forvaltning.documents.visning import Del, Figur, Kolonne, Tabell, Verdi, Visning
from forvaltning.model.ros import Ros
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste
from forvaltning.model.viser import normaliser

ROS = Kolonne("ros", "ROS")


def visning(g: Grunnlag) -> Visning:
    """The ROS of the units that were asked for, and 4.2 of their systems and services."""
    alle = g.sortert(r for r in g.register.alle(Ros) if _med(g, r))
    gjeldende = felles_ros.i_kraft(g, g.register.alle(Ros))
    gjelder = {r.id for r in gjeldende}
    dekket = {normaliser(i) for r in gjeldende for i in r.gjelder}
    i_kraft = [r for r in alle if r.id in gjelder]
    linjer = felles_ros.linjer(g, (r for r in i_kraft if r.scenarier))
    dommer = [v for p in (*g.poster(System), *g.poster(Tjeneste)) for v in [g.dom(p, "4.2")] if v is not None]
    over, forfalt, i_arbeid = (
        ros_scenarier.over(g, linjer),
        ros_scenarier.tiltak(g, linjer, forfalt=True),
        ros_scenarier.tiltak(g, linjer, forfalt=False),
    )
    arkiv, uten, ma = _arkiv(g, i_kraft), fornyes.uten_ros(g, dommer, dekket), fornyes.ma_fornyes(g, dommer)
    return Visning(
        "ros",
        "Risiko og sårbarhet",
        (
            "Risikoen i de ROS-ene som gjelder, før og etter tiltak, og hva som må gjøres.",
            *felles.uleste(g, "ros", "systemer", "tjenester", "endringer"),
        ),
        (
            Del("Over akseptert nivå", tabeller=(over,)),
            Del("Tiltak", tabeller=(forfalt, i_arbeid)),
            Del("ROS som må fornyes", tabeller=(ma, fornyes.kommer(g, i_kraft))),
            Del("Systemer og tjenester uten ROS", tabeller=(uten, fornyes.ikke_avgjort(g, dommer))),
            Del("Andre funn i krav 4.2", tabeller=(fornyes.andre(g, dommer),)),
            *_matriser(linjer),
            Del("ROS som ligger i arkivet", _arkivtekst(i_kraft), tabeller=(arkiv,)),
            Del("Alle scenarier", tabeller=(ros_scenarier.scenarier(linjer),)),
            Del("Alle ROS-er", tabeller=(_alle(g, alle, gjelder),)),
        ),
        (
            *_nokkeltall(g, i_kraft, linjer),
            ("Systemer og tjenester der ROS må fornyes", len({v.post for v in dommer if fornyes.funn(v)})),
            ("I bruk uten gjeldende ROS", len(uten.rader)),
        ),
    )


def _med(g: Grunnlag, ros: Ros) -> bool:
    """A ROS is of a unit when the unit owns it or owns something it covers."""
    return g.med(ros) or any(g.med(p) for p in felles_ros.dekker(g, ros))


def _nokkeltall(
    g: Grunnlag, i_kraft: Sequence[Ros], linjer: Sequence[Risikolinje]
) -> tuple[tuple[str, Verdi], ...]:
    i_arbeid = [t for _, t in felles_ros.tiltak_i_arbeid(linjer)]
    over = sum(x.over is True for x in linjer)
    fra_arkiv = sum(r.sammendrag.over_aksept or 0 for r in i_kraft if r.sammendrag and not r.scenarier)
    return (
        ("ROS som gjelder", len(i_kraft)),
        ("Av dem med scenariene i arkivet", sum(not r.scenarier for r in i_kraft)),
        ("Scenarier", len(linjer)),
        ("Over akseptert nivå nå", over),
        ("Over akseptert nivå, etter sammendrag fra arkivet", fra_arkiv),
        ("Tiltak i arbeid", len(i_arbeid)),
        ("Av dem over frist", sum(t.frist is not None and felles.dager(g, t.frist) < 0 for t in i_arbeid)),
    )


# --- matrices --------------------------------------------------------------------------------------


def _matriser(linjer: Sequence[Risikolinje]) -> tuple[Del, ...]:
    """One part for each matrix in use: before and after, as figures and as tables."""
    ider = sorted({x.ros.matrise or "" for x in linjer if x.matrise is not None})
    return tuple(_matrise(n, i, [x for x in linjer if x.ros.matrise == i]) for n, i in enumerate(ider, 1))


def _matrise(n: int, ident: str, linjer: list[Risikolinje]) -> Del:
    m = linjer[0].matrise
    assert m is not None  # noqa: S101 - only lines with a matrix come here
    tabeller: list[Tabell] = []
    figurer: list[Figur] = []
    for felt, navn, tittel in (("initial", "for", "Før tiltak"), ("rest", "etter", "Etter tiltak")):
        innhold = felles_matrise.celler(linjer, felt)
        borte = len(linjer) - sum(len(v) for v in innhold.values())
        mer = (
            f" {antall(borte, 'scenario er', 'scenarier er')} ikke vurdert {tittel.lower()}." if borte else ""
        )
        forklaring = felles_matrise.beskrivelse(m, innhold) + mer
        tabeller.append(felles_matrise.tabell(f"matrise_{n}_{navn}", tittel, m, innhold, forklaring))
        figurer.append(felles_matrise.figur(f"matrise-{n}-{navn}", f"{tittel}: {m.navn}", m, innhold))
    tekst = (
        f"Nivået slås opp i matrisen «{ident}», versjon {m.versjon}. Numrene er scenariene i listen lenger ned.",
        "Etter tiltak er risikoen slik den er vurdert når alle tiltakene er gjort.",
    )
    return Del(f"Risikomatrise: {m.navn}", tekst, tabeller=tuple(tabeller), figurer=tuple(figurer))


# --- the assessments -------------------------------------------------------------------------------


def _arkivtekst(i_kraft: Sequence[Ros]) -> tuple[str, ...]:
    if not any(r.sammendrag is not None and not r.scenarier for r in i_kraft):
        return ()
    return ("Innholdet er for følsomt for registeret. Tallene er de som sammendraget oppgir.",)


def _arkiv(g: Grunnlag, i_kraft: Sequence[Ros]) -> Tabell:
    """ROS in force of which only a summary stands here."""
    rader: list[tuple[Verdi, ...]] = []
    for r in i_kraft:
        s = r.sammendrag
        if s is not None and not r.scenarier:
            sak = s.arkivsak or (r.besluttet.referanse if r.besluttet else None)
            tall = (s.over_aksept, s.uten_tiltak, s.forfalte_tiltak)
            rader.append(
                (
                    r.navn,
                    *(felles.MANGLER if t is None else t for t in tall),
                    s.neste_frist,
                    s.konklusjon,
                    sak,
                )
            )
    return Tabell(
        "i_arkivet",
        "ROS som ligger i arkivet",
        (
            ROS,
            Kolonne("over_aksept", "Over aksept", "tall"),
            Kolonne("uten_tiltak", "Uten tiltak og aksept", "tall"),
            Kolonne("forfalte", "Tiltak over frist", "tall"),
            Kolonne("neste_frist", "Neste frist", "dato"),
            Kolonne("konklusjon", "Konklusjon"),
            Kolonne("arkivsak", "Arkivsak"),
        ),
        tuple(rader),
        tom="Ingen gjeldende ROS har bare sammendrag.",
    )


def _alle(g: Grunnlag, alle: Sequence[Ros], gjelder: set[str]) -> Tabell:
    def stand(r: Ros) -> str:
        if r.id in gjelder:
            return "Gjelder"
        return "Besluttet, men erstattet" if felles_ros.besluttet_dato(g, r) else felles.tilstand(r.tilstand)

    return Tabell(
        "alle",
        "Alle ROS-er",
        (
            ROS,
            Kolonne("tilstand", "Tilstand"),
            Kolonne("besluttet", "Besluttet", "dato"),
            Kolonne("av", "Av"),
            Kolonne("enhet", "Enhet"),
            Kolonne("dekker", "Dekker", "liste"),
            Kolonne("innhold", "Innhold"),
        ),
        tuple(
            (
                r.navn,
                stand(r),
                r.besluttet.dato if r.besluttet else None,
                felles.rolle(g, r.besluttet.av) if r.besluttet is not None else None,
                g.enhetsnavn(felles_ros.enhet_for(g, r)),
                felles.poster(g, r.gjelder),
                _innhold(r),
            )
            for r in alle
        ),
        tom="Ingen ROS er registrert.",
    )


def _innhold(r: Ros) -> str:
    if r.scenarier:
        return antall(len(r.scenarier), "scenario", "scenarier")
    return "Sammendrag" if r.sammendrag is not None else felles.MANGLER
