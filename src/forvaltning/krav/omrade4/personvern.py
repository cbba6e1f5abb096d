"""What 4.3 and 4.4 share: who may decide and confirm on behalf of the controller."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import FieldPath, Place
from forvaltning.krav.byggesteiner import i_fortiden
from forvaltning.krav.naar import skjuler_start
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon, Uavklart
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import Kontekst
from forvaltning.model.base import Post
from forvaltning.model.behandling import Behandling
from forvaltning.model.deler import Bekreftelse
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.rolle import Rolle
from forvaltning.model.viser import normaliser


def uvisst_om_den_starter(behandling: Behandling, ctx: Kontekst) -> Iterator[Observasjon]:
    """*Ikke avgjort* when an unreadable file hides whether a planned activity is about to start."""
    fil = skjuler_start(behandling, ctx)
    if fil is not None:
        yield Uavklart(
            ("systemer",), f"{fil.fil} kan ikke leses, så det er uvisst om behandlingen er like før start."
        )


def start_i_fortiden(behandling: Behandling, ctx: Kontekst) -> Iterator[Observasjon]:
    """An activity that is under way can not start in the future."""
    if behandling.tilstand != "planlagt":
        yield from i_fortiden(
            ctx, ("behandling_fra",), behandling.behandling_fra, hva="Starten på behandlingen", vilkar="start"
        )


def krev_behandlingsansvarlig(
    ctx: Kontekst,
    behandling: Behandling,
    felt: FieldPath,
    b: Bekreftelse | None,
    *,
    hva: str,
    vilkar: str,
    i: Post | None = None,
) -> Iterator[Observasjon]:
    """What is dated was done by a controller of the activity, or by one who has the authority delegated.

    An earlier controller in the same unit, or one above it, counts. That the role exists and was filled
    that day is told by `krev_bekreftelse`, which is asked first.
    """
    if b is None or b.dato is None:
        return
    if not b.av:
        yield Mangler(
            (*felt, "av"),
            f"{vilkar}-av",
            f"{hva} sier ikke hvilken behandlingsansvarlig som sto for den.",
            "Skriv rollen i «av».",
            i=i,
        )
        return
    rolle = ctx.register.hent(b.av, Rolle)
    ansvarlige = [ctx.register.finn(ident) for ident in behandling.behandlingsansvarlige]
    if rolle is None or _star_for(ctx, rolle, [a for a in ansvarlige if isinstance(a, Rolle)], b):
        return
    skjult = next((a for a in ansvarlige if isinstance(a, Uleselig)), None)
    if skjult is not None:
        yield Uavklart(
            (*felt, "av"), f"{skjult.fil} kan ikke leses og kan ha gitt «{b.av}» myndigheten.", i=i
        )
        return
    yield Feil(
        (*felt, "av"),
        f"{vilkar}-ikke-behandlingsansvarlig",
        f"{hva} er gjort av «{b.av}» {norsk_dato(b.dato)}. Rollen er ikke behandlingsansvarlig for "
        f"«{behandling.navn}» og har ikke fått ansvaret delegert.",
        "La behandlingsansvarlig gjøre det, eller før en datert delegasjon av behandlingsansvar på rollen.",
        om=b.av,
        i=i,
        se=(Place(behandling.key, ("behandlingsansvarlige",), "De behandlingsansvarlige."),),
    )


def _star_for(ctx: Kontekst, rolle: Rolle, ansvarlige: list[Rolle], b: Bekreftelse) -> bool:
    if rolle.type == "behandlingsansvarlig":
        if not ansvarlige or any(a.id == rolle.id for a in ansvarlige):
            return True
        if any(a.enhet and rolle.enhet and ctx.register.er_under(a.enhet, rolle.enhet) for a in ansvarlige):
            return True
    return any(_har_delegert(a, rolle, b) for a in ansvarlige)


def _har_delegert(ansvarlig: Rolle, rolle: Rolle, b: Bekreftelse) -> bool:
    dato = b.dato
    return dato is not None and any(
        normaliser(d.til) == normaliser(rolle.id)
        and d.hva == "behandlingsansvar"
        and d.dato is not None
        and d.dato <= dato
        and (d.utlop is None or dato <= d.utlop)
        for d in ansvarlig.delegasjoner
    )
