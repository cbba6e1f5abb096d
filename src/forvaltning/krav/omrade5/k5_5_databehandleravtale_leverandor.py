"""Requirement 5.5: no supplier works with personal data unseen by the record of processing activities."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import FieldPath, Place, Strength
from forvaltning.krav.byggesteiner import mangler_eller_uavklart
from forvaltning.krav.henvisning import slaa_opp
from forvaltning.krav.naar import begge, fra_tilstand_eller_behandling, med_personopplysninger_eller_motsagt
from forvaltning.krav.observasjon import Bevis, Mangler, Observasjon
from forvaltning.krav.omrade5.felles import er_kontrakt, i_kraft
from forvaltning.krav.typer import Kontekst, regel
from forvaltning.model.avtale import Avtale
from forvaltning.model.behandling import Behandling
from forvaltning.model.leverandor import Leverandor
from forvaltning.model.oppforing import Treff
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste
from forvaltning.model.viser import normaliser

Funn = tuple[str, FieldPath, Avtale | None]


def _har_leverandor(post: System | Tjeneste, ctx: Kontekst) -> str | None:
    if _leverandorer(post, ctx) or _ukjent_leverandor(post, ctx):
        return None
    return "Ingen ekstern leverandør drifter eller vedlikeholder dette."


@regel(
    System,
    Tjeneste,
    naar=begge(
        fra_tilstand_eller_behandling("akseptansetest"), med_personopplysninger_eller_motsagt, _har_leverandor
    ),
    felter=(
        "tilstand",
        "personopplysninger",
        "behandling_fra",
        "anskaffet",
        "leverandor",
        "systemer:drift.form",
        "systemer:drift.leverandor",
        "behandlinger:systemer",
        "behandlinger:tjenester",
        "behandlinger:tilstand",
        "behandlinger:databehandlere.leverandor",
        "avtaler:kategorier",
        "avtaler:leverandor",
        "leverandorer:underdatabehandlere.leverandor",
    ),
)
def leverandor_er_nevnt(post: System | Tjeneste, ctx: Kontekst) -> Iterator[Observasjon]:
    """Each supplier that runs or maintains it is named, or explained away, in an activity it is part of."""
    if post.personopplysninger is None and not ctx.register.sier_personopplysninger(post):
        yield Mangler(
            ("personopplysninger",),
            "personopplysninger-mangler",
            f"Det er ikke sagt om «{post.navn}» behandler personopplysninger. Da er det uvisst om leverandøren er "
            "databehandler.",
            "Skriv ja eller nei i «personopplysninger».",
        )
        return
    if _ukjent_leverandor(post, ctx):
        yield Mangler(
            ("leverandor",),
            "leverandor-mangler",
            f"«{post.navn}» leveres eller driftes utenfra, men leverandøren er ikke oppgitt.",
            "Skriv leverandøren i «leverandor», eller i «drift.leverandor» på et system.",
        )
    alle = ctx.register.behandlinger_i(post)
    levende = [b for b in alle if b.tilstand != "avsluttet"]
    for ident, felt, avtale in _leverandorer(post, ctx):
        problemer = [] if avtale else list(slaa_opp(ctx, post, felt, ident, Leverandor, hva="leverandør"))
        yield from problemer
        if problemer:
            continue
        nevnt = [b for b in levende if _nevner(b, ident, ctx)]
        for b in nevnt:
            yield Bevis(("databehandlere",), Strength.MASKINELL, i=b)
        if nevnt:
            continue
        yield from mangler_eller_uavklart(
            Treff((), alle.uleselig),
            Mangler(
                felt if avtale is None else ("personopplysninger",),
                "leverandor-ikke-nevnt",
                f"«{ident}» drifter eller vedlikeholder «{post.navn}», men ingen behandling her sier om "
                "leverandøren er databehandler.",
                "Før leverandøren opp i «databehandlere» i behandlingen, med avtale eller med begrunnelse.",
                om=ident,
                se=tuple(Place(b.key, ("databehandlere",), "Behandling som skjer her.") for b in levende)
                + (
                    (Place(avtale.key, ("leverandor",), "Kontrakten om drift og forvaltning."),)
                    if avtale
                    else ()
                ),
            ),
        )


def _leverandorer(post: System | Tjeneste, ctx: Kontekst) -> list[Funn]:
    """Who runs or maintains it: as the record says, and by contract on operation and management in force."""
    funn: list[Funn] = []
    if post.leverandor:
        funn.append((post.leverandor, ("leverandor",), None))
    if isinstance(post, System) and post.drift is not None and post.drift.leverandor:
        funn.append((post.drift.leverandor, ("drift", "leverandor"), None))
    funn += [
        (a.leverandor, ("leverandor",), a)
        for a in ctx.register.avtaler_for(post)
        if a.leverandor and "drift_og_forvaltning" in a.kategorier and i_kraft(ctx, a)
    ]
    sett: set[str] = set()
    out: list[Funn] = []
    for f in funn:
        if normaliser(f[0]) not in sett:
            sett.add(normaliser(f[0]))
            out.append(f)
    return out


def _ukjent_leverandor(post: System | Tjeneste, ctx: Kontekst) -> bool:
    """Delivered or run from outside, without a supplier or a contract that tells by whom."""
    if post.leverandor:
        return False
    drift = post.drift if isinstance(post, System) else None
    if drift is not None and drift.form in {"leverandor", "sky"} and not drift.leverandor:
        return True
    if not post.anskaffet or (drift is not None and drift.leverandor):
        return False
    return not any(er_kontrakt(a) for a in ctx.register.avtaler_for(post))


def _nevner(behandling: Behandling, ident: str, ctx: Kontekst) -> bool:
    """It names the supplier, or a processor that has the supplier as a registered sub-processor."""
    key = normaliser(ident)
    if any(normaliser(d.leverandor) == key for d in behandling.databehandlere):
        return True
    parter = ctx.register.hent_alle((d.leverandor for d in behandling.databehandlere), Leverandor)
    return any(
        u.leverandor and normaliser(u.leverandor) == key for p in parter for u in p.underdatabehandlere
    )
