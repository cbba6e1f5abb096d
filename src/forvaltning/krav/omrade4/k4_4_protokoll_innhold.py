"""Requirement 4.4: what article 30(1) of the GDPR asks of each processing activity."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import FieldPath
from forvaltning.krav.byggesteiner import krev_verdi
from forvaltning.krav.henvisning import krev_rolle, slaa_opp
from forvaltning.krav.observasjon import Mangler, Observasjon
from forvaltning.krav.typer import Kontekst
from forvaltning.model.base import Post
from forvaltning.model.behandling import Behandling
from forvaltning.model.integrasjon import Integrasjon
from forvaltning.model.oppforing import Uleselig
from forvaltning.model.rolle import Rolle
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

UTEN_GARANTIER = frozenset({"adekvansbeslutning", "dpf"})
"""Transfer bases where the Commission has decided: no safeguards of our own to describe."""

SKAL_STA = {
    "formal": "Formålet med behandlingen",
    "registrerte": "Hvem som er registrert,",
    "opplysninger": "Hvilke opplysninger som behandles,",
}
ELLER_GRUNN = {
    "mottakere": "Mottakerne",
    "sletting": "Slettefristene",
    "sikkerhetstiltak": "Sikkerhetstiltakene",
}
"""These may be answered with the reason why they can not be stated."""


def roller(behandling: Behandling, ctx: Kontekst) -> Iterator[Observasjon]:
    """(a) The controllers and the data protection officer, and how to reach them."""
    if not behandling.behandlingsansvarlige:
        yield Mangler(
            ("behandlingsansvarlige",),
            "behandlingsansvarlig-mangler",
            "Behandlingen har ingen behandlingsansvarlig.",
            "Skriv id-ene til rollene i «behandlingsansvarlige».",
        )
    for n, ident in enumerate(behandling.behandlingsansvarlige):
        yield from _rolle(ctx, behandling, ("behandlingsansvarlige", n), ident, "behandlingsansvarlig")
    yield from _rolle(ctx, behandling, ("personvernombud",), behandling.personvernombud, "personvernombud")


def _rolle(
    ctx: Kontekst, behandling: Behandling, felt: FieldPath, ident: str | None, rolletype: str
) -> Iterator[Observasjon]:
    yield from krev_rolle(ctx, behandling, felt, ident, rolletype, hva=rolletype, vilkar=rolletype)
    rolle = ctx.register.hent(ident, Rolle)
    if rolle is None or rolle.kontakt:
        return
    kjede = ctx.register.overordnede(rolle.enhet)
    over = ctx.register.finn(kjede[-1].forelder if kjede else rolle.enhet)
    if isinstance(over, Uleselig) or any(e.kontakt for e in kjede):
        return
    yield Mangler(
        felt,
        f"{rolletype}-kontakt",
        f"Verken rollen «{rolle.id}» ({rolletype}) eller enheten har kontaktopplysninger.",
        f"Skriv et felles kontaktpunkt i «kontakt» i {rolle.key}.yaml.",
        om=rolle.id,
    )


def steder(behandling: Behandling, ctx: Kontekst) -> Iterator[Observasjon]:
    """The systems, services and flows it takes place in are in the registry."""
    felter: tuple[tuple[str, type[Post], str], ...] = (
        ("systemer", System, "system"),
        ("tjenester", Tjeneste, "tjeneste"),
        ("integrasjoner", Integrasjon, "dataflyt"),
    )
    for felt, cls, hva in felter:
        for n, ident in enumerate(getattr(behandling, felt)):
            yield from slaa_opp(ctx, behandling, (felt, n), ident, cls, hva=hva)


def innhold(behandling: Behandling, ctx: Kontekst) -> Iterator[Observasjon]:
    """(b) to (g): purposes, persons, data, recipients, transfers, deletion and security."""
    for felt, melding in SKAL_STA.items():
        verdi = getattr(behandling, felt)
        yield from krev_verdi(
            (felt,), verdi, f"{felt}-mangler", f"{melding} er ikke oppgitt.", f"Fyll ut «{felt}»."
        )
    for felt, melding in ELLER_GRUNN.items():
        if not getattr(behandling, felt) and not getattr(behandling, f"{felt}_begrunnelse"):
            yield Mangler(
                (felt,),
                f"{felt}-mangler",
                f"{melding} er ikke oppgitt, og det er ikke sagt hvorfor.",
                f"Fyll ut «{felt}», eller skriv grunnen i «{felt}_begrunnelse».",
            )
    yield from _sletting(behandling)
    yield from _tredjeland(behandling, ctx)


def _sletting(behandling: Behandling) -> Iterator[Observasjon]:
    for n, s in enumerate(behandling.sletting):
        if not s.frist and not behandling.sletting_begrunnelse:
            yield Mangler(
                ("sletting", n, "frist"),
                "slettefrist-mangler",
                f"«{s.kategori}» har ingen slettefrist.",
                "Skriv fristen i «frist», eller hvorfor den ikke kan oppgis i «sletting_begrunnelse».",
            )


def _tredjeland(behandling: Behandling, ctx: Kontekst) -> Iterator[Observasjon]:
    for n, t in enumerate(behandling.tredjeland):
        if ctx.innstillinger.i_eos(t.land):
            continue
        land = ctx.innstillinger.navn("land", t.land)
        if t.grunnlag is None:
            yield Mangler(
                ("tredjeland", n, "grunnlag"),
                "overforingsgrunnlag-mangler",
                f"Overføringen til {land} har ikke noe overføringsgrunnlag.",
                "Skriv grunnlaget i «grunnlag», eller stans overføringen.",
            )
        elif t.grunnlag not in UTEN_GARANTIER and not t.garantier:
            yield Mangler(
                ("tredjeland", n, "garantier"),
                "garantier-mangler",
                f"Overføringen til {land} sier ikke hvilke garantier som er gitt.",
                "Beskriv garantiene i «garantier».",
            )
