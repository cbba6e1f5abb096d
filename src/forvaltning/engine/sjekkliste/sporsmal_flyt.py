"""The question on the risk of a new data flow: a flow touches both its ends, so it is assessed as a change is (4.2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from forvaltning.engine.sjekkliste.grunnlag import Grunnlag, Svar, bevis
from forvaltning.engine.sjekkliste.svar import apent, fraverd, ukjent, utfort
from forvaltning.engine.sjekkliste.typer import Sted
from forvaltning.findings import Evidence, Strength
from forvaltning.krav.omrade4.k4_2_ros_erklaert import dekket
from forvaltning.krav.omrade4.k4_2_ros_grunnlag import beslutningsdato
from forvaltning.krav.typer import Kontekst
from forvaltning.model.base import Post
from forvaltning.model.integrasjon import Integrasjon
from forvaltning.model.oppforing import Treff, Uleselig
from forvaltning.model.ros import Ros
from forvaltning.model.system import System


def flyt_ros(g: Grunnlag, post: Post) -> Svar:
    """A decided ROS names the flow, or each registered end has one from the days before the flow starts, or later."""
    if not isinstance(post, Integrasjon):
        return fraverd("Punktet gjelder dataflyter.")
    ctx = Kontekst(g.register)
    egne = g.register.ros_for(post)
    belegg = _forste(egne, ctx, lambda _: True)
    if belegg is not None:
        return utfort(belegg)
    start = post.aktiv_fra or g.dato
    funnet: list[Evidence] = []
    mangler, uleselig = False, egne.uleselig
    for ident in dict.fromkeys(e.system for e in (post.fra, post.til) if e is not None and e.system):
        system = g.register.finn(ident)
        if isinstance(system, Uleselig):
            return ukjent(system)
        ros = g.register.ros_for(system) if isinstance(system, System) else Treff[Ros](())
        belegg = _forste(ros, ctx, lambda r: _i_tide(r, start, ctx))
        uleselig = uleselig or ros.uleselig
        if belegg is None:
            mangler = True
        else:
            funnet.append(belegg)
    if funnet and not mangler:
        return utfort(*funnet)
    if uleselig is not None:
        return ukjent(uleselig)
    return apent(
        "Ingen besluttet ROS tar med dataflyten.",
        f"Gjennomfør ROS-en, og skriv «{post.id}» i «gjelder» på den.",
        Sted("", (), "ros/"),
    )


def _i_tide(ros: Ros, start: date, ctx: Kontekst) -> bool:
    dato = beslutningsdato(ros, ctx)
    return dato is not None and dekket(start, [dato], ctx)


def _forste(treff: Treff[Ros], ctx: Kontekst, godtatt: Callable[[Ros], bool]) -> Evidence | None:
    """The first decided ROS that is accepted, as evidence."""
    for ros in treff:
        dato = beslutningsdato(ros, ctx)
        if dato is not None and godtatt(ros):
            ref = ros.besluttet.referanse if ros.besluttet else None
            return bevis(ros, ("besluttet",), Strength.DOKUMENTERT, dato, ref or ros.id)
    return None
