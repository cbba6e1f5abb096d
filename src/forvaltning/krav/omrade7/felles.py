"""What the rules of area 7 share: decision points with dates, and an assessment principle by principle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from forvaltning.findings import FieldPath
from forvaltning.krav.byggesteiner import krev_bekreftelse
from forvaltning.krav.naar import begge, fra_beslutningspunkt, prosjektet_lever
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon, Utloper
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst, Naar
from forvaltning.model.deler import Arkitekturvurdering, Bekreftelse
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.system import System


def etter_punkt(punkt: str) -> Naar:
    """Applies to a project from a decision point on. A project without a phase may still have it as a plan."""

    def planlagt(prosjekt: Prosjekt, ctx: Kontekst) -> str | None:
        dato = _dato(prosjekt, punkt, ctx)
        if prosjekt.tilstand is None and dato is not None and not ctx.register.dag.nadd(dato):
            return f"{punkt} er planlagt til {norsk_dato(dato)}."
        return None

    return begge(prosjektet_lever, fra_beslutningspunkt(punkt), planlagt)


def punktet_er_bundet(punkt: str) -> Naar:
    """Applies when the decision point was passed on or after `gjelder_fra` (domain.md, *Order of documents*).

    A point without a date is known to be earlier when a later point is, or the end of the project.
    """

    def naar(prosjekt: Prosjekt, ctx: Kontekst) -> str | None:
        own = _dato(prosjekt, punkt, ctx)
        order = list(ctx.innstillinger.koder["beslutningspunkt"])
        later = [b.dato for b in prosjekt.beslutningspunkter if order.index(b.punkt) > order.index(punkt)]
        for dato in (own,) if own is not None else (*later, prosjekt.avsluttet):
            if dato is not None and not ctx.register.etter_gjelder_fra(dato):
                return f"{punkt} ble passert før reglementet begynte å gjelde, senest {norsk_dato(dato)}."
        return None

    return naar


def _dato(prosjekt: Prosjekt, punkt: str, ctx: Kontekst) -> date | None:
    beslutning = ctx.register.beslutningspunkt(prosjekt, punkt)
    return beslutning.dato if beslutning is not None else None


def krev_punktdato(prosjekt: Prosjekt, punkt: str, ctx: Kontekst) -> Iterator[date | Observasjon]:
    """The day a decision point was passed; an observation instead when it can not be told."""
    dato = _dato(prosjekt, punkt, ctx)
    felt: FieldPath = ("beslutningspunkter",)
    for n, b in enumerate(prosjekt.beslutningspunkter):
        if b.punkt == punkt:
            felt = ("beslutningspunkter", n, "dato")
            break
    if dato is None:
        yield Mangler(
            felt,
            "punktdato-mangler",
            f"Prosjektet er forbi {punkt}, men dagen det ble besluttet, er ikke oppgitt.",
            f"Skriv datoen for {punkt} i «beslutningspunkter».",
            om=punkt,
        )
    elif not ctx.register.dag.nadd(dato):
        yield Feil(
            felt,
            "punktdato-framtid",
            f"Prosjektet er forbi {punkt}, men datoen er ikke nådd: {norsk_dato(dato)}.",
            f"Skriv dagen {punkt} faktisk ble besluttet, eller rett «tilstand».",
            om=punkt,
        )
    else:
        yield dato


def krev_prinsipper(
    ctx: Kontekst, post: Prosjekt | System, felt: str, v: Arkitekturvurdering | None, *, hva: str, tiltak: str
) -> Iterator[Observasjon]:
    """A dated assessment that a role or a document answers for, with a word on each of the principles.

    `hva` begins a sentence («Vurderingen …»). What only a role answers for runs out, but not once its
    project has ended.
    """
    if v is None:
        yield Mangler((felt,), f"{felt}-mangler", f"{hva} mangler.", tiltak)
        return
    b = Bekreftelse.model_construct(dato=v.dato, av=v.av, referanse=v.referanse)
    slutt = post.avsluttet if isinstance(post, Prosjekt) and post.tilstand == "avsluttet" else None
    for o in krev_bekreftelse(ctx, post, (felt,), b, hva=hva, vilkar=felt, tiltak=tiltak):
        if not (isinstance(o, Utloper) and slutt is not None and slutt <= o.siste):
            yield o
    assessed = {p.prinsipp for p in v.prinsipper if p.vurdering is not None}
    for kode, navn in ctx.innstillinger.koder["arkitekturprinsipp"].items():
        if kode not in assessed:
            yield Mangler(
                (felt, "prinsipper"),
                "prinsipp-ikke-vurdert",
                f"Prinsippet {kode} ({navn}) er ikke vurdert.",
                f"Skriv «prinsipp: {kode}» med vurdering i «{felt}.prinsipper».",
                om=kode,
            )
    yield from _ikke_aktuelle(felt, v)


def _ikke_aktuelle(felt: str, v: Arkitekturvurdering) -> Iterator[Observasjon]:
    """A principle set aside takes a reason and a role beside the date."""
    without = [(n, p) for n, p in enumerate(v.prinsipper) if p.vurdering == "ikke_aktuelt"]
    for n, p in without:
        if not p.begrunnelse:
            yield Mangler(
                (felt, "prinsipper", n, "begrunnelse"),
                "ikke-aktuelt-uten-grunn",
                f"Prinsippet {p.prinsipp or '(uten navn)'} er satt som ikke aktuelt uten grunn.",
                "Skriv grunnen i «begrunnelse».",
            )
    if without and not v.av and v.dato is not None and v.referanse:
        yield Mangler(
            (felt, "av"),
            "ikke-aktuelt-uten-rolle",
            "Et prinsipp er satt som ikke aktuelt, men ingen rolle svarer for det.",
            f"Skriv rollen i «{felt}.av».",
        )
