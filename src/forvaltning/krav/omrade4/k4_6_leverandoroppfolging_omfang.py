"""Requirement 4.6: which contracts count, and how often the supplier is to be followed up."""

from __future__ import annotations

from forvaltning.krav.typer import Kontekst
from forvaltning.model.avtale import Avtale
from forvaltning.model.behandling import Behandling
from forvaltning.model.leverandor import Leverandor
from forvaltning.model.oppforing import Treff
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste
from forvaltning.model.viser import normaliser


def lever(prosjekt: Prosjekt) -> bool:
    """True for a project that is neither over nor stopped."""
    return prosjekt.tilstand not in {"avsluttet", "stanset"}


def _i_kraft(avtale: Avtale, ctx: Kontekst) -> bool:
    """Signed and running on the check date; one that does not say so is taken to be."""
    if avtale.tilstand in {"utkast", "utlopt"}:
        return False
    if avtale.signert is not None and not ctx.register.dag.nadd(avtale.signert):
        return False
    return ctx.register.dag.gyldig(avtale.gyldig_fra, ctx.register.siste_gyldige_dag(avtale))


def kontrakter(leverandor: Leverandor, ctx: Kontekst) -> Treff[Avtale]:
    """The contracts in force; a databehandleravtale alone is none."""
    alle = ctx.register.avtaler_med(leverandor)
    return Treff(
        (a for a in alle if set(a.kategorier) != {"databehandleravtale"} and _i_kraft(a, ctx)), alle.uleselig
    )


def intervaller(leverandor: Leverandor, ctx: Kontekst) -> set[int]:
    """The months that may apply: one number when it is known what the supplier handles, else both."""
    hoy = ctx.innstillinger.intervaller["leverandoroppfolging_hoy"]
    vanlig = ctx.innstillinger.intervaller["leverandoroppfolging"]
    dekket = _dekket(leverandor, ctx)
    klasser = [ctx.register.klasser_for(p) for p in dekket]
    personopplysninger = _personopplysninger(leverandor, dekket, ctx)
    if personopplysninger or any(all(k.hoy for k in kk) for kk in klasser):
        return {hoy}
    kjent = bool(dekket) and all(not any(k.hoy for k in kk) for kk in klasser)
    return {vanlig} if kjent and personopplysninger is False else {hoy, vanlig}


def _dekket(leverandor: Leverandor, ctx: Kontekst) -> list[System | Tjeneste]:
    """What the contracts in force cover and what names the supplier, that which has ended left out."""
    out: dict[str, System | Tjeneste] = {}
    for avtale in kontrakter(leverandor, ctx):
        out.update({p.id: p for p in ctx.register.dekkes_av(avtale)})
    out.update({s.id: s for s in ctx.register.systemer_hos(leverandor)})
    out.update({t.id: t for t in ctx.register.viser_til(leverandor, Tjeneste, "leverandor")})
    return [p for p in out.values() if p.tilstand != "avviklet"]


def _personopplysninger(
    leverandor: Leverandor, dekket: list[System | Tjeneste], ctx: Kontekst
) -> bool | None:
    """Whether the supplier handles personal data, None when the registry does not tell.

    An activity may explain away a system or service: the supplier has no access there.
    """
    for a in ctx.register.avtaler_med(leverandor):
        if "databehandleravtale" in a.kategorier and _i_kraft(a, ctx):
            return True
    key = normaliser(leverandor.id)
    uten_tilgang: set[str] = set()
    for b in ctx.register.viser_til(leverandor, Behandling, "databehandlere.leverandor"):
        roller = {d.rolle for d in b.databehandlere if normaliser(d.leverandor) == key}
        if b.tilstand == "avsluttet":
            continue
        if roller & {"databehandler", "selvstendig"}:
            return True
        if roller == {"uten_tilgang"}:
            uten_tilgang |= {normaliser(i) for i in (*b.systemer, *b.tjenester)}
    svar = [p.personopplysninger for p in dekket if normaliser(p.id) not in uten_tilgang]
    if any(svar):
        return True
    return None if None in svar or not dekket else False
