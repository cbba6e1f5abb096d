"""Requirement 4.2: every change that can affect security is covered by a ROS.

Changes are those declared in `endringer` and those found in Git in the fields that the model marks; the
flows of a system touch both their ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from forvaltning.findings import Place
from forvaltning.krav.naar import i_bruk
from forvaltning.krav.observasjon import Observasjon, Uavklart
from forvaltning.krav.omrade4.k4_2_ros_erklaert import dekket, erklaert, udekket
from forvaltning.krav.omrade4.k4_2_ros_funnet import Funn, funn
from forvaltning.krav.omrade4.k4_2_ros_grunnlag import (
    Grunnlag,
    Kilde,
    beslutningsdato,
    grunnlag,
    i_kraft,
    nevnt_i,
)
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst, regel
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste


@regel(
    System,
    Tjeneste,
    naar=i_bruk,
    felter=(
        *(f"systemer:{f}" for f in System.SIKKERHETSFELT),
        *(f"tjenester:{f}" for f in Tjeneste.SIKKERHETSFELT),
        "integrasjoner:fra",
        "integrasjoner:til",
        "integrasjoner:tilstand",
        "integrasjoner:aktiv_fra",
        "integrasjoner:avsluttet",
        "integrasjoner:datasett",
        "integrasjoner:retning",
        "integrasjoner:mekanisme",
        "integrasjoner:personopplysninger",
        "endringer:gjelder",
        "endringer:felter",
        "endringer:virkning",
        "endringer:type",
        "endringer:sikkerhet",
        "endringer:sikkerhet_begrunnelse",
        "endringer:ros",
        "ros:gjelder",
        "ros:tilstand",
        "ros:besluttet.dato",
    ),
)
def endringer_dekket(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """Declared changes, then those found in Git. Without a ROS in force that is the finding, not each change."""
    historie = ctx.register.historie
    if not historie.kjent:
        yield Uavklart((), historie.grunn or "Historikken i Git kan ikke leses, så endringer kan ikke ses.")
    g = grunnlag(post, ctx)
    if not i_kraft(g.kilder[0].ros, ctx):
        return
    for k in g.kilder:
        datoer = _datoer(g.kilder[0], k, ctx)
        for e in k.endringer:
            yield from erklaert(e, k.post, datoer, g, ctx)
        for f in funn(k.post, k.endringer, ctx):
            yield from _funnet(f, datoer, g, ctx)
    datoer = _datoer(g.kilder[0], g.kilder[0], ctx)
    for annen in nevnt_i(post, ctx):
        for e in ctx.register.endringer_av(annen):
            yield from erklaert(e, annen, datoer, g, ctx)


def _datoer(egen: Kilde, kilde: Kilde, ctx: Kontekst) -> list[date]:
    """The days a ROS was decided for the record itself or for the flow that changes."""
    return [d for r in (*egen.ros, *kilde.ros) for d in [beslutningsdato(r, ctx)] if d]


def _funnet(f: Funn, datoer: list[date], g: Grunnlag, ctx: Kontekst) -> Iterator[Observasjon]:
    if dekket(f.virkning, datoer, ctx):
        return
    navn = f"«{f.felt}»" if f.felt else "Dataflyten"
    skjedde = "ble endret" if f.felt else "kom til"
    hvilke = "feltet" if f.felt else "uten felter"
    felt = tuple(f.merke.split(".")) if f.merke else ("navn",)
    der = f"innsjekking {f.commit}" if f.commit else "en endring som ikke er sjekket inn"
    yield from udekket(
        felt,
        "funnet-endring-uten-ros",
        f.virkning,
        f"{navn} i {f.post.key} {skjedde} {norsk_dato(f.virkning)} ({f.kilde}). {f.hvorfor} Ingen ROS dekker endringen.",
        "Gjennomfør en ROS som tar med endringen. Er sikkerheten ikke påvirket, eller er det en retting eller sen "
        f"registrering, før det opp i endringer/ med «gjelder: {f.post.id}» og {hvilke}.",
        f.post,
        f.felt or "ny",
        g.uleselig,
        ctx,
        se=(Place(f.post.key, felt, f"{navn} {skjedde} {norsk_dato(f.virkning)} i {der}."),),
    )
