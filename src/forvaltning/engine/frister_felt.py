"""Dates that stand in records and run out: one small generator for each kind that has them.

What has passed and can not be done any more (an option that was not taken up, a role that ended) is left out: a
requirement tells when that breaks something. What has passed and still waits (a certificate, a measure) stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from forvaltning.engine.frister_planlagt import (
    behandling,
    endring,
    enhet,
    integrasjon,
    livslop,
    overlevering,
    prosjekt,
)
from forvaltning.engine.frister_verdier import Feltfrist, kommer, svarer
from forvaltning.findings import FieldPath
from forvaltning.krav.katalog import ETTER_NUMMER
from forvaltning.model.avtale import Avtale
from forvaltning.model.base import Post
from forvaltning.model.behandling import Behandling
from forvaltning.model.enhet import Enhet
from forvaltning.model.hendelser import Avvik, Endring, Overlevering
from forvaltning.model.innstillinger import legg_til_maneder
from forvaltning.model.integrasjon import Integrasjon
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.register import Register
from forvaltning.model.rolle import Rolle
from forvaltning.model.ros import Ros
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

Samler = Callable[[Any, Register], Iterator[Feltfrist]]


def avtale(a: Avtale, r: Register) -> Iterator[Feltfrist]:
    """Its end, options that can be taken up, and the last day to give notice before it ends."""
    if a.tilstand not in {"signert", "i_kraft", "sagt_opp"}:
        return
    who = svarer(r, a.avtaleeier, a.avtaleforvalter)
    end = r.siste_gyldige_dag(a)
    open_ = [(i, o) for i, o in enumerate(a.opsjoner) if o.utlost is None]
    for i, o in open_:
        if o.frist is not None and kommer(r, o.frist):
            hva = f"Siste dag for å utløse opsjonen «{o.id}»"
            yield Feltfrist(
                a,
                ("opsjoner", i, "frist"),
                o.frist,
                hva,
                "Avgjør om avtalen skal forlenges. Skriv dagen i «utlost» når opsjonen er utløst.",
                who,
            )
    if end is None or (a.tilstand == "sagt_opp" and not kommer(r, end)):
        return
    path: FieldPath = ("gyldig_til",)
    for i, o in enumerate(a.opsjoner):
        if o.utlost is not None and o.til == end and end != a.gyldig_til:
            path = ("opsjoner", i, "til")
    yield Feltfrist(
        a,
        path,
        end,
        "Avtalen går ut",
        "Forleng avtalen, inngå en ny, eller sett tilstanden til utløpt.",
        who,
        felt="gyldig_til",
    )
    if a.oppsigelse_maneder and a.tilstand != "sagt_opp":
        last = legg_til_maneder(end, -a.oppsigelse_maneder)
        if kommer(r, last):
            months = f"{a.oppsigelse_maneder} {'måned' if a.oppsigelse_maneder == 1 else 'måneder'}"
            yield Feltfrist(
                a,
                ("oppsigelse_maneder",),
                last,
                f"Siste dag for å si opp, {months} før avtalen går ut",
                "Avgjør om avtalen skal sies opp, forlenges eller avløses.",
                who,
            )


def system(s: System, r: Register) -> Iterator[Feltfrist]:
    """Certificates, and planned steps in the life cycle."""
    owner = svarer(r, s.systemeier)
    if s.tilstand != "avviklet":
        for i, c in enumerate(s.sertifikater):
            if c.utloper is not None:
                yield Feltfrist(
                    s,
                    ("sertifikater", i, "utloper"),
                    c.utloper,
                    f"Sertifikatet «{c.navn or c.id}» går ut",
                    "Forny sertifikatet, og skriv den nye datoen.",
                    svarer(r, c.ansvarlig) or svarer(r, s.systemkoordinator) or owner,
                )
    yield from livslop(s, r, owner)


def tjeneste(t: Tjeneste, r: Register) -> Iterator[Feltfrist]:
    """Improvement plans, and planned steps in the life cycle."""
    owner = svarer(r, t.tjenesteansvarlig) or svarer(r, t.eier)
    for i, ind in enumerate(t.indikatorer):
        if ind.plan is not None and ind.plan.frist is not None and kommer(r, ind.plan.frist):
            yield Feltfrist(
                t,
                ("indikatorer", i, "plan", "frist"),
                ind.plan.frist,
                f"Målet for «{ind.navn or ind.id}» skal være nådd",
                "Mål på nytt, og skriv målingen i «malinger».",
                owner,
                "2.3",
            )
    yield from livslop(t, r, owner)


def ros(x: Ros, r: Register) -> Iterator[Feltfrist]:
    """Measures that are not finished, each with its own deadline."""
    if x.tilstand != "besluttet":
        return
    for i, scenario in enumerate(x.scenarier):
        for j, t in enumerate(scenario.tiltak):
            if t.frist is not None and t.ferdig is None and t.tilstand not in {"ferdig", "avvist"}:
                yield Feltfrist(
                    x,
                    ("scenarier", i, "tiltak", j, "frist"),
                    t.frist,
                    f"Tiltaket «{t.hva or t.id}» skal være gjort",
                    "Gjør tiltaket og skriv dagen i «ferdig», eller la den som eier risikoen, gi ny frist.",
                    svarer(r, t.ansvarlig),
                    "4.2",
                )
    if x.sammendrag is not None and x.sammendrag.neste_frist is not None:
        yield Feltfrist(
            x,
            ("sammendrag", "neste_frist"),
            x.sammendrag.neste_frist,
            "Neste tiltak i ROS-en skal være gjort",
            "Gjør tiltaket, og før inn neste frist.",
            svarer(r, x.besluttet.av if x.besluttet else None),
            "4.2",
        )


def avvik(a: Avvik, r: Register) -> Iterator[Feltfrist]:
    """The last day of a decided deviation."""
    if a.tilstand == "besluttet" and a.gyldig_til is not None:
        yield Feltfrist(
            a,
            ("gyldig_til",),
            a.gyldig_til,
            f"Avviket fra {a.krav} går ut",
            "Rett det avviket dekker og lukk avviket, eller få en ny beslutning.",
            krav=a.krav if a.krav in ETTER_NUMMER else None,  # any text may stand there
        )


def rolle(x: Rolle, r: Register) -> Iterator[Feltfrist]:
    """The end of a term, and of what it has delegated."""
    who = svarer(r, x.id)
    if x.til is not None and kommer(r, x.til):
        yield Feltfrist(
            x, ("til",), x.til, "Rollen opphører", "Pek ut en ny, og bytt henvisningene i postene.", who
        )
    for i, d in enumerate(x.delegasjoner):
        if d.utlop is not None and kommer(r, d.utlop):
            yield Feltfrist(
                x,
                ("delegasjoner", i, "utlop"),
                d.utlop,
                f"Delegasjonen til «{d.til}» går ut",
                "Forny delegasjonen, eller ta myndigheten tilbake.",
                who,
            )


SAMLERE: dict[type[Post], Samler] = {
    Avtale: avtale,
    System: system,
    Tjeneste: tjeneste,
    Ros: ros,
    Avvik: avvik,
    Rolle: rolle,
    Enhet: enhet,
    Prosjekt: prosjekt,
    Endring: endring,
    Overlevering: overlevering,
    Integrasjon: integrasjon,
    Behandling: behandling,
}
"""Kind → its dates that run out. Kinds that are not here have none that no verdict tells."""


def feltfrister(register: Register) -> Iterator[Feltfrist]:
    """The dates that run out in every record, kind by kind, by id."""
    for cls, gather in SAMLERE.items():
        for post in sorted(register.alle(cls), key=lambda p: p.id):
            yield from gather(post, register)
