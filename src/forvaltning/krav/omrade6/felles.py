"""What the rules of area 6 share: which projects a requirement is about, and when a project is over.

6.1–6.3 apply to digitalisation projects, larger measures and procurements among them; 6.4–6.5 to projects
and programmes. A sub-project is judged with the project it is part of.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from forvaltning.findings import Place
from forvaltning.krav.observasjon import Feil, Observasjon, Uavklart
from forvaltning.krav.ord import norsk_dato
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

if TYPE_CHECKING:
    from forvaltning.krav.typer import Kontekst
    from forvaltning.model.base import Post

OVER = frozenset({"avsluttet", "stanset"})
"""The states in which a project no longer runs."""

FELTER_DIGITAL = (
    "type",
    "digitalisering",
    "del_av",
    "digitaliseringsplan",
    "systemer:prosjekter",
    "tjenester:prosjekter",
)
"""What decides whether 6.1–6.3 apply."""


def hovedprosjekt(prosjekt: Prosjekt, ctx: Kontekst) -> Prosjekt | Uleselig | None:
    """The project that a sub-project is part of, through other sub-projects; None when there is none."""
    if prosjekt.type != "delprosjekt":
        return None
    seen = {prosjekt.id}
    over: Prosjekt = prosjekt
    while over.type == "delprosjekt":
        found = ctx.register.finn(over.del_av)
        if isinstance(found, Uleselig):
            return found
        if not isinstance(found, Prosjekt) or found.id in seen:
            return None
        seen.add(found.id)
        over = found
    return over


def _sier_digital(prosjekt: Prosjekt, ctx: Kontekst) -> Post | None:
    """The record that contradicts a project which says it is no digitalisation project."""
    if prosjekt.digitaliseringsplan is not None:
        return prosjekt
    for treff in (
        ctx.register.viser_til(prosjekt, System, "prosjekter"),
        ctx.register.viser_til(prosjekt, Tjeneste, "prosjekter"),
    ):
        if treff:
            return treff[0]
    return None


def digitaliseringsprosjekt(prosjekt: Prosjekt, ctx: Kontekst) -> str | None:
    """Digitalisation projects, larger measures and procurements; not programmes (6.1–6.3)."""
    if prosjekt.type == "program":
        return "Kravet gjelder digitaliseringsprosjekter. Prosjektene i programmet vurderes hver for seg."
    if prosjekt.digitalisering is False and _sier_digital(prosjekt, ctx) is None:
        return "Prosjektet er ikke et digitaliseringsprosjekt."
    over = hovedprosjekt(prosjekt, ctx)
    if isinstance(over, Prosjekt) and digitaliseringsprosjekt(over, ctx) is None:
        return f"Delprosjektet vurderes sammen med «{over.id}», som det er en del av."
    slutt = prosjekt.avsluttet
    if prosjekt.tilstand in OVER and slutt is not None and not ctx.register.etter_gjelder_fra(slutt):
        return f"Prosjektet var over {norsk_dato(slutt)}, før reglementet begynte å gjelde."
    return None


def prosjekt_eller_program(prosjekt: Prosjekt, ctx: Kontekst) -> str | None:
    """Projects and programmes that have not ended (6.4–6.5); a record without a type is taken to be one."""
    if prosjekt.type in {"tiltak", "anskaffelse"}:
        navn = ctx.innstillinger.navn("prosjekttype", prosjekt.type).lower()
        return f"Kravet gjelder prosjekter og programmer. Dette er: {navn}."
    over = hovedprosjekt(prosjekt, ctx)
    if isinstance(over, Prosjekt) and over.type not in {"tiltak", "anskaffelse"}:
        return f"Delprosjektet vurderes sammen med «{over.id}», som det er en del av."
    if prosjekt.tilstand in OVER:
        return f"Prosjektet er {prosjekt.tilstand}."
    return None


def ukjent_hovedprosjekt(prosjekt: Prosjekt, ctx: Kontekst) -> Iterator[Observasjon]:
    """Undecided when the project that may carry the verdict of a sub-project can not be read."""
    over = hovedprosjekt(prosjekt, ctx)
    if isinstance(over, Uleselig):
        yield Uavklart(("del_av",), f"Prosjektet delprosjektet er en del av, kan ikke leses, se {over.fil}.")


def feil_fritak(prosjekt: Prosjekt, ctx: Kontekst) -> Iterator[Observasjon]:
    """A project that says it does not digitalise, while it or other records say it does."""
    if prosjekt.digitalisering is not False:
        return
    andre = _sier_digital(prosjekt, ctx)
    if andre is None:
        return
    egen = andre is prosjekt
    yield Feil(
        ("digitalisering",),
        "digitalisering-motsagt",
        "Prosjektet sier at det ikke er et digitaliseringsprosjekt, men "
        + (
            "står i Digitaliseringsplanen."
            if egen
            else f"{andre.tittel_entall} «{andre.id}» viser til det som sitt prosjekt."
        ),
        "Skriv «digitalisering: ja», eller rett det som sier imot.",
        se=(Place(andre.key, ("digitaliseringsplan",) if egen else ("prosjekter",), "Sier imot"),),
    )
