"""Requirement 4.3: what a threshold assessment and a full DPIA must hold (GDPR article 35)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import i_fortiden, krev_bekreftelse, krev_verdi
from forvaltning.krav.henvisning import krev_rolle
from forvaltning.krav.observasjon import Bevis, Mangler, Observasjon
from forvaltning.krav.omrade4.k4_3_dpia_risiko import gjennomgatt, restrisiko
from forvaltning.krav.omrade4.personvern import krev_behandlingsansvarlig
from forvaltning.krav.typer import Kontekst
from forvaltning.model.behandling import Behandling
from forvaltning.model.deler import Bekreftelse
from forvaltning.model.dpia import Dpia

DELER = {
    "formal_og_beskrivelse": "beskrivelsen av behandlingen og formålene",
    "nodvendighet": "vurderingen av nødvendighet og forholdsmessighet",
    "risikoer": "vurderingen av risikoene for de registrerte",
    "tiltak": "tiltakene mot risikoene",
}
"""Article 35(7)(a) to (d)."""

TO_KRITERIER = 2
"""From this many criteria on, high risk is the rule of thumb (WP 248 rev. 01)."""


def i_kraft(vurderinger: Iterable[Dpia]) -> list[Dpia]:
    """Those decided and not replaced. One without a state is judged as decided."""
    return [d for d in vurderinger if d.tilstand in {None, "besluttet"}]


def terskelvurdering(behandling: Behandling, t: Dpia, ctx: Kontekst) -> Iterator[Observasjon]:
    """It is decided, concludes, and gives a reason where its own criteria point the other way."""
    yield from _besluttet(behandling, t, ctx, hva=f"terskelvurderingen «{t.id}»", vilkar="terskel-besluttet")
    yield from krev_verdi(
        ("konklusjon",),
        t.konklusjon,
        "terskel-konklusjon-mangler",
        f"Terskelvurderingen «{t.id}» sier ikke om høy risiko er sannsynlig.",
        "Skriv «pakrevd» eller «ikke_pakrevd» i «konklusjon».",
        i=t,
    )
    mange = len(set(t.kriterier)) >= TO_KRITERIER
    if t.konklusjon == "ikke_pakrevd" and mange and not t.begrunnelse and not t.ekstern:
        yield Mangler(
            ("begrunnelse",),
            "terskel-begrunnelse-mangler",
            f"Terskelvurderingen «{t.id}» har {len(set(t.kriterier))} kriterier for høy risiko, men sier uten "
            "begrunnelse at DPIA ikke kreves.",
            "Skriv hvorfor risikoen likevel ikke er høy, eller rett «konklusjon».",
            i=t,
        )
    yield from gjennomgatt(behandling, t, ctx)


def full_dpia(behandling: Behandling, d: Dpia, ctx: Kontekst) -> Iterator[Observasjon]:
    """It is decided by the controller, has its parts, and no high risk is left without prior consultation."""
    hva = f"DPIA-en «{d.id}»"
    yield from _besluttet(behandling, d, ctx, hva=hva, vilkar="dpia-besluttet")
    yield from krev_behandlingsansvarlig(
        ctx,
        behandling,
        ("besluttet",),
        _beslutning(d),
        hva=f"Beslutningen om {hva}",
        vilkar="dpia-besluttet",
        i=d,
    )
    if not d.ekstern:
        for felt, navn in DELER.items():
            yield from krev_verdi(
                (felt,),
                getattr(d, felt),
                f"dpia-{felt.replace('_', '-')}",
                f"{hva} mangler {navn}.",
                f"Skriv hvor det står, i «{felt}».",
                i=d,
            )
        yield from _rad(behandling, d, ctx)
        yield from _syn(d, ctx)
    yield from krev_verdi(
        ("restrisiko",),
        d.restrisiko,
        "restrisiko-mangler",
        f"{hva} sier ikke hvor stor risikoen er etter tiltakene.",
        "Skriv nivået i «restrisiko».",
        i=d,
    )
    yield from restrisiko(behandling, d, ctx)
    yield from gjennomgatt(behandling, d, ctx)


def _besluttet(
    behandling: Behandling, d: Dpia, ctx: Kontekst, *, hva: str, vilkar: str
) -> Iterator[Observasjon]:
    """Dated, and by whom or where. What only the archive holds is decided from the conclusion."""
    b = _beslutning(d)
    yield from krev_bekreftelse(
        ctx,
        behandling,
        ("besluttet",),
        b,
        hva=f"Beslutningen om {hva}",
        vilkar=vilkar,
        tiltak="Få vurderingen besluttet, og skriv dato, rolle og referanse i «besluttet».",
        i=d,
    )
    if not d.ekstern:
        return
    if d.arkivsak:
        ref = f"{d.arkivsak}. Innholdet ligger i arkivet, registeret har bare konklusjonen."
        yield Bevis(("ekstern",), Strength.DOKUMENTERT, b.dato if b else None, ref, i=d)
    else:
        yield Mangler(
            ("arkivsak",),
            "arkivsak-mangler",
            f"Innholdet i {hva} ligger utenfor registeret, men arkivsaken er ikke oppgitt.",
            "Skriv saken i «arkivsak».",
            i=d,
        )


def _beslutning(d: Dpia) -> Bekreftelse | None:
    """The decision; an archive case is a document to refer to."""
    b = d.besluttet
    if b is None or b.referanse or not d.arkivsak:
        return b
    return Bekreftelse.model_construct(dato=b.dato, av=b.av, referanse=d.arkivsak)


def _rad(behandling: Behandling, d: Dpia, ctx: Kontekst) -> Iterator[Observasjon]:
    """The data protection officer's advice (article 35(2)): dated, and what it was or where it is."""
    rad = d.pvo_rad
    if rad is None or rad.dato is None or not (rad.rad or rad.referanse):
        yield Mangler(
            ("pvo_rad",) if rad is None or rad.dato is not None else ("pvo_rad", "dato"),
            "dpia-pvo-rad",
            f"DPIA-en «{d.id}» mangler rådet fra personvernombudet" + (" med dato." if rad else "."),
            "Hent inn rådet, og skriv dato og innhold i «pvo_rad».",
            i=d,
        )
        return
    hva = f"Rådet fra personvernombudet i «{d.id}»"
    yield from i_fortiden(ctx, ("pvo_rad", "dato"), rad.dato, hva=hva, vilkar="dpia-pvo-rad", i=d)
    if rad.av:
        felt = ("pvo_rad", "av")
        yield from krev_rolle(
            ctx,
            behandling,
            felt,
            rad.av,
            "personvernombud",
            hva="personvernombud",
            dato=rad.dato,
            i=d,
            vilkar="pvo",
        )


def _syn(d: Dpia, ctx: Kontekst) -> Iterator[Observasjon]:
    """The data subjects' views, or why they were not sought (article 35(9))."""
    syn = d.registrertes_syn
    if syn is None or not (syn.synspunkter or syn.begrunnelse):
        yield Mangler(
            ("registrertes_syn",),
            "dpia-registrertes-syn",
            f"DPIA-en «{d.id}» har verken synspunkter fra de registrerte eller grunnen til at de ikke er spurt.",
            "Skriv «synspunkter» eller «begrunnelse» i «registrertes_syn».",
            i=d,
        )
        return
    hva = f"Innhentingen av de registrertes syn i «{d.id}»"
    yield from i_fortiden(ctx, ("registrertes_syn", "dato"), syn.dato, hva=hva, vilkar="dpia-syn", i=d)
