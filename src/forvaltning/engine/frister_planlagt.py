"""Planned steps: dates in records that lie ahead, and that somebody must be ready for. What has passed has happened."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.engine.frister_verdier import Feltfrist, kommer, svarer
from forvaltning.findings import Responsible
from forvaltning.model.behandling import Behandling
from forvaltning.model.enhet import Enhet
from forvaltning.model.hendelser import Endring, Overlevering
from forvaltning.model.integrasjon import Integrasjon
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.register import Register
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste


def livslop(p: System | Tjeneste, r: Register, who: tuple[Responsible, ...]) -> Iterator[Feltfrist]:
    """The steps in the life cycle that lie ahead."""
    word = p.tittel_entall.capitalize() + ("et" if isinstance(p, System) else "n")
    steps = (
        ("produksjon_fra", p.produksjon_fra, f"{word} settes i produksjon"),
        ("avvikling_fra", p.avvikling_fra, "Avviklingen starter"),
        ("avviklet", p.avviklet, f"{word} tas ut av bruk"),
    )
    for felt, dato, hva in steps:
        if dato is not None and kommer(r, dato):
            yield Feltfrist(p, (felt,), dato, hva, "Gjør klart til dagen, eller flytt datoen.", who)


def enhet(x: Enhet, r: Register) -> Iterator[Feltfrist]:
    """The last day of a unit."""
    if x.til is not None and kommer(r, x.til):
        yield Feltfrist(
            x, ("til",), x.til, "Enheten opphører", "Flytt roller, systemer og tjenester til en annen enhet."
        )


def prosjekt(p: Prosjekt, r: Register) -> Iterator[Feltfrist]:
    """Planned decision points, and a planned end."""
    if p.tilstand in {"avsluttet", "stanset"}:
        return
    who = svarer(r, p.prosjekteier, p.prosjektleder)
    for i, b in enumerate(p.beslutningspunkter):
        if b.dato is not None and kommer(r, b.dato):
            name = r.innstillinger.navn("beslutningspunkt", b.punkt)
            yield Feltfrist(
                p,
                ("beslutningspunkter", i, "dato"),
                b.dato,
                f"Beslutningspunktet «{name}» er planlagt",
                "Gjør klart grunnlaget for beslutningen.",
                who,
            )
    if p.avsluttet is not None and kommer(r, p.avsluttet):
        yield Feltfrist(
            p, ("avsluttet",), p.avsluttet, "Prosjektet avsluttes", "Gjør klart til avslutning.", who
        )


def endring(e: Endring, r: Register) -> Iterator[Feltfrist]:
    """The day a declared change takes effect."""
    if e.virkning is not None and kommer(r, e.virkning):
        yield Feltfrist(
            e,
            ("virkning",),
            e.virkning,
            "Endringen får virkning",
            "Se etter at ROS, avtaler og overlevering er klare til dagen.",
            svarer(r, e.bestilt_av),
        )


def overlevering(o: Overlevering, r: Register) -> Iterator[Feltfrist]:
    """The planned day of production."""
    if o.produksjon is not None and kommer(r, o.produksjon):
        yield Feltfrist(
            o,
            ("produksjon",),
            o.produksjon,
            "Løsningen settes i produksjon",
            "Lukk porten før produksjon innen dagen.",
            svarer(r, o.avgiver),
            "2.1",
        )


def integrasjon(x: Integrasjon, r: Register) -> Iterator[Feltfrist]:
    """A planned start or end of a flow."""
    steps = (
        ("aktiv_fra", x.aktiv_fra, "Dataflyten tas i bruk"),
        ("avsluttet", x.avsluttet, "Dataflyten stanses"),
    )
    for felt, dato, hva in steps:
        if dato is not None and kommer(r, dato):
            yield Feltfrist(
                x, (felt,), dato, hva, "Gjør klart til dagen, eller flytt datoen.", svarer(r, x.eier)
            )


def behandling(b: Behandling, r: Register) -> Iterator[Feltfrist]:
    """A planned start or end of a processing activity."""
    steps = (
        ("behandling_fra", b.behandling_fra, "Behandlingen starter"),
        ("avsluttet", b.avsluttet, "Behandlingen slutter"),
    )
    for felt, dato, hva in steps:
        if dato is not None and kommer(r, dato):
            yield Feltfrist(
                b,
                (felt,),
                dato,
                hva,
                "Gjør klart til dagen, eller flytt datoen.",
                svarer(r, *b.behandlingsansvarlige),
            )
