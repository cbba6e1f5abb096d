"""Requirement 4.2: which ROS count for a system or service, and from when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from forvaltning.krav.typer import Kontekst
from forvaltning.model.base import Post
from forvaltning.model.hendelser import Endring
from forvaltning.model.integrasjon import Integrasjon
from forvaltning.model.oppforing import Treff, Uleselig
from forvaltning.model.ros import Ros
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste
from forvaltning.model.viser import normaliser


def beslutningsdato(ros: Ros, ctx: Kontekst) -> date | None:
    """The day a ROS was decided, None for a draft or a decision that lies ahead. A replaced one was decided."""
    if ros.tilstand not in {"besluttet", "erstattet"} or ros.besluttet is None:
        return None
    dato = ros.besluttet.dato
    return dato if dato is not None and ctx.register.dag.nadd(dato) else None


def i_kraft(alle: Iterable[Ros], ctx: Kontekst) -> list[Ros]:
    """The decided ROS that none of the others replaces, newest decision first."""
    datert = [(d, r) for r in alle if r.tilstand == "besluttet" for d in [beslutningsdato(r, ctx)] if d]
    if len(datert) < 2:
        return [r for _, r in datert]
    erstatter = {r.id: {normaliser(i) for i in r.erstatter} for _, r in datert}

    def erstattet(dato: date, ros: Ros) -> bool:
        key = normaliser(ros.id)
        return any(
            key in erstatter[r.id]
            and r.id != ros.id
            and d >= dato
            and normaliser(r.id) not in erstatter[ros.id]
            for d, r in datert
        )

    levende = [(d, r.id, r) for d, r in datert if not erstattet(d, r)]
    return [r for _, _, r in sorted(levende, key=lambda t: t[:2], reverse=True)]


@dataclass(frozen=True, slots=True)
class Kilde:
    """One record whose changes concern the system or service: itself or a flow, with ROS and declared changes."""

    post: System | Tjeneste | Integrasjon
    ros: Treff[Ros]
    endringer: Treff[Endring]


@dataclass(frozen=True, slots=True)
class Grunnlag:
    """What 4.2 reads for one system or service: itself first, then the flows at its ends."""

    kilder: tuple[Kilde, ...]
    uleselig: Uleselig | None
    """A file that can not be read and that may be a ROS or a declared change that is missed."""

    def alle_ros(self, ctx: Kontekst) -> list[Ros]:
        """Every ROS that covers the record, its flows or their declared changes, each once."""
        out: dict[str, Ros] = {r.id: r for k in self.kilder for r in k.ros}
        for k in self.kilder:
            for e in k.endringer:
                out.update({r.id: r for r in navngir(e, ctx)})
        return list(out.values())


def navngir(endring: Endring, ctx: Kontekst) -> Treff[Ros]:
    """The ROS that name a declared change, or that it names, decided or not."""
    treff = ctx.register.ros_for(endring)
    egen = ctx.register.hent(endring.ros, Ros)
    return Treff({r.id: r for r in (*treff, *([egen] if egen else []))}.values(), treff.uleselig)


def _kilde(post: System | Tjeneste | Integrasjon, ctx: Kontekst) -> Kilde:
    return Kilde(post, ctx.register.ros_for(post), ctx.register.endringer_av(post))


def grunnlag(post: System | Tjeneste, ctx: Kontekst) -> Grunnlag:
    """Gather the record and, for a system, the flows that start or end in it."""
    return ctx.register.husk(("grunnlag", post.id), lambda: _grunnlag(post, ctx))


def _grunnlag(post: System | Tjeneste, ctx: Kontekst) -> Grunnlag:
    ctx.register.finn(post.id)  # the answer holds the record, so it rests on it too
    kilder = [_kilde(post, ctx)]
    uleselig: Uleselig | None = None
    if isinstance(post, System):
        flyter = ctx.register.integrasjoner_for(post)
        uleselig = flyter.uleselig
        kilder += [_kilde(f, ctx) for f in flyter]
    for k in kilder:
        uleselig = uleselig or k.ros.uleselig or k.endringer.uleselig
    return Grunnlag(tuple(kilder), uleselig)


def nevnt_i(post: System | Tjeneste, ctx: Kontekst) -> list[Post]:
    """Datasets, agreements and activities of a record, whose declared changes may concern its security."""
    out: list[Post] = [*ctx.register.avtaler_for(post), *ctx.register.behandlinger_i(post)]
    if isinstance(post, System):
        out += ctx.register.datasett_i(post)
    return out
