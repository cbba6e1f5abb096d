"""What the views of risk share: which ROS are in force, their scenarios with levels looked up, their measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from forvaltning.documents.grunnlag import Grunnlag
from forvaltning.documents.norsk import dato as norsk_dato
from forvaltning.documents.rapporter import felles
from forvaltning.krav.omrade4.felles import akseptert_niva
from forvaltning.krav.omrade4.k4_2_ros_tiltak import er_ferdig, er_i_arbeid
from forvaltning.krav.typer import Kontekst
from forvaltning.model.base import Post
from forvaltning.model.innstillinger import Matrise, legg_til_maneder
from forvaltning.model.ros import Risiko, Ros, Scenario, Tiltak
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste
from forvaltning.model.viser import normaliser


@dataclass(frozen=True, slots=True)
class Risikolinje:
    """One scenario of one ROS: its number in this report, and the levels found in the matrix.

    `grense`: the accepted level, None where nobody has decided it. `over`: whether the risk as it stands now lies
    above it; None where that can not be said.
    """

    nummer: str
    ros: Ros
    scenario: Scenario
    matrise: Matrise | None
    initial: str | None
    rest: str | None
    naa: str | None
    grense: str | None
    over: bool | None


def besluttet_dato(g: Grunnlag, ros: Ros) -> date | None:
    """The day a ROS was decided, None for a draft or a decision that lies ahead."""
    dag = ros.besluttet.dato if ros.besluttet else None
    return dag if ros.tilstand == "besluttet" and dag is not None and felles.dager(g, dag) <= 0 else None


def i_kraft(g: Grunnlag, alle: Iterable[Ros]) -> list[Ros]:
    """The decided ROS that no later decided one replaces, in the order given."""
    datert = {normaliser(r.id): (r, d) for r in alle for d in [besluttet_dato(g, r)] if d is not None}
    erstatter = {key: {normaliser(i) for i in r.erstatter} for key, (r, _) in datert.items()}
    borte = {
        gammel
        for key, (_, dag) in datert.items()
        for gammel in erstatter[key]
        if gammel in datert and gammel != key and dag >= datert[gammel][1] and key not in erstatter[gammel]
    }
    return [r for key, (r, _) in datert.items() if key not in borte]


def linjer(g: Grunnlag, ros_er: Iterable[Ros]) -> list[Risikolinje]:
    """Every scenario of these ROS, numbered S1, S2 … in the order given."""
    ctx = Kontekst(g.register)
    grenser: dict[tuple[str | None, str], str | None] = {}
    out: list[Risikolinje] = []
    for ros in ros_er:
        matrise = g.register.innstillinger.matriser.get(ros.matrise or "")
        grense: str | None = None
        if matrise is not None and ros.scenarier:
            key = (enhet_for(g, ros), ros.matrise or "")
            if key not in grenser:
                grenser[key] = akseptert_niva(ctx, key[0], key[1], matrise)
            grense = grenser[key]
        for s in ros.scenarier:
            out.append(_linje(f"S{len(out) + 1}", ros, s, matrise, grense))
    return out


def _linje(nummer: str, ros: Ros, s: Scenario, matrise: Matrise | None, grense: str | None) -> Risikolinje:
    initial, rest = niva(matrise, s.initial), niva(matrise, s.rest)
    naa = rest if rest is not None and any(er_ferdig(t) for t in s.tiltak) else initial
    over: bool | None = None
    rang = matrise.rang(naa) if matrise is not None else None
    hoyest = matrise.rang(grense) if matrise is not None else None
    if rang == 0:
        over = False
    elif rang is not None and hoyest is not None:
        over = rang > hoyest
    return Risikolinje(nummer, ros, s, matrise, initial, rest, naa, grense, over)


def niva(matrise: Matrise | None, risiko: Risiko | None) -> str | None:
    """The level of one cell, None when it is not assessed or not on the scale."""
    if matrise is None or risiko is None:
        return None
    found = matrise.oppslag(risiko.sannsynlighet, risiko.konsekvens)
    return found if found is not None and matrise.rang(found) is not None else None


def nivanavn(matrise: Matrise | None, niva: str | None) -> str:
    """A level in the words of its matrix; «ikke vurdert» for none."""
    return matrise.nivaer.get(niva, niva) if matrise is not None and niva is not None else "ikke vurdert"


def celle(matrise: Matrise | None, risiko: Risiko | None) -> str:
    """«Høy risiko: sannsynlighet 3 Moderat, konsekvens 5 Svært alvorlig»; words beside every number."""
    if matrise is None or risiko is None or risiko.sannsynlighet is None or risiko.konsekvens is None:
        return "ikke vurdert"
    s, k = risiko.sannsynlighet, risiko.konsekvens
    s_ord, k_ord = (
        matrise.sannsynlighet.get(s, "utenfor skalaen"),
        matrise.konsekvens.get(k, "utenfor skalaen"),
    )
    return f"{nivanavn(matrise, niva(matrise, risiko))}: sannsynlighet {s} {s_ord}, konsekvens {k} {k_ord}"


def hendelse(s: Scenario) -> str:
    """What can happen, else the scenario's id."""
    return s.hendelse or s.id


def handtering(g: Grunnlag, s: Scenario) -> tuple[str, ...]:
    """What is being done with a scenario: measures that are not done, and the acceptance."""
    out = []
    for t in s.tiltak:
        if er_i_arbeid(t):
            frist = f"frist {norsk_dato(t.frist)}" if t.frist else "uten frist"
            out.append(f"Tiltak: {t.hva or t.id} ({frist})")
    if s.aksept is not None:
        dag = norsk_dato(s.aksept.dato) if s.aksept.dato else "uten dato"
        out.append(f"Akseptert av {felles.rolle(g, s.aksept.av)}, {dag}")
    return tuple(out) or ("Verken tiltak i arbeid eller aksept",)


def tiltak_i_arbeid(alle: Iterable[Risikolinje]) -> Iterator[tuple[Risikolinje, Tiltak]]:
    """Measures that somebody is to do, with the scenario they are for."""
    return ((x, t) for x in alle for t in x.scenario.tiltak if er_i_arbeid(t))


def dekker(g: Grunnlag, ros: Ros) -> list[Post]:
    """What a ROS covers and that can be read, in its own order."""
    return [p for i in ros.gjelder if isinstance(p := g.register.finn(i), Post)]


def enhet_for(g: Grunnlag, ros: Ros) -> str | None:
    """The unit that owns the risk: the ROS's own, else that of the first record it covers."""
    if ros.enhet:
        return ros.enhet
    return next((u for p in dekker(g, ros) for u in [g.register.enhet_for(p)] if u), None)


def fornyes(g: Grunnlag, ros: Ros, dekket: Iterable[Post]) -> tuple[date, str] | None:
    """When a ROS in force is to be renewed first, and the record and class that decide it; None when unknown."""
    dag = besluttet_dato(g, ros)
    funnet: list[tuple[date, str]] = []
    for p in dekket:
        if dag is None or not isinstance(p, System | Tjeneste) or not g.register.i_bruk(p):
            continue
        klasser = g.register.klasser_for(p)
        if len({k.ros_maneder for k in klasser}) != 1:
            continue
        k = klasser[0]
        grunn = f"{p.navn} er {k.navn.lower()}" if len(klasser) == 1 else f"{p.navn} er ikke klassifisert"
        funnet.append((legg_til_maneder(dag, k.ros_maneder), f"{grunn}: hver {k.ros_maneder}. måned"))
    return min(funnet, default=None)
