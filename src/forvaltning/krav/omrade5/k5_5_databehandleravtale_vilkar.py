"""Requirement 5.5: what a data processing agreement says (GDPR article 28(2) and (3))."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.krav.byggesteiner import i_fortiden, krev_verdi
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon
from forvaltning.krav.typer import Kontekst
from forvaltning.model.avtale import Avtale
from forvaltning.model.leverandor import Leverandor

DELER = {
    "gjenstand": "hva behandlingen gjelder",
    "varighet": "hvor lenge behandlingen varer",
    "art": "hva slags behandling det er",
    "formal": "formålet med behandlingen",
    "opplysninger": "hvilke typer personopplysninger det gjelder",
    "registrerte": "hvem som er registrert",
    "rettigheter_og_plikter": "rettighetene og pliktene til behandlingsansvarlig",
}
BOKSTAVER = {
    "a": "at opplysningene bare behandles etter dokumenterte instrukser",
    "b": "taushetsplikt for dem som behandler opplysningene",
    "c": "sikkerhetstiltakene i artikkel 32",
    "d": "vilkårene for å bruke underdatabehandlere",
    "e": "hjelp til å svare på de registrertes rettigheter",
    "f": "hjelp med pliktene i artikkel 32 til 36",
    "g": "sletting eller tilbakelevering ved opphør",
    "h": "dokumentasjon og revisjon",
}


def innhold(avtale: Avtale, leverandor: Leverandor, ctx: Kontekst) -> Iterator[Observasjon]:
    """The parts of article 28(3), its terms (a) to (h), and the authorisation of sub-processors."""
    d = avtale.databehandling
    if d is None:
        yield Mangler(
            ("databehandling",),
            "innhold-mangler",
            f"Registeret sier ikke hva databehandleravtalen «{avtale.id}» inneholder.",
            "Fyll ut «databehandling» i avtalen.",
            i=avtale,
        )
        return
    for felt, hva in DELER.items():
        yield from krev_verdi(
            ("databehandling", felt),
            getattr(d, felt),
            f"innhold-{felt.replace('_', '-')}",
            f"Databehandleravtalen «{avtale.id}» sier ikke {hva}.",
            f"Skriv det, eller hvor det står, i «databehandling.{felt}».",
            i=avtale,
        )
    for bokstav, hva in BOKSTAVER.items():
        yield from _vilkar(avtale, bokstav, hva)
    yield from _underdatabehandlere(avtale, leverandor, ctx)


def _vilkar(avtale: Avtale, bokstav: str, hva: str) -> Iterator[Observasjon]:
    d = avtale.databehandling
    svar = getattr(d.vilkar, bokstav) if d is not None and d.vilkar is not None else None
    felt = ("databehandling", "vilkar", bokstav)
    if svar is None:
        yield Mangler(
            felt,
            f"artikkel-28-{bokstav}",
            f"Det er ikke svart på om «{avtale.id}» har vilkåret i artikkel 28 nr. 3 bokstav {bokstav}: {hva}.",
            f"Les avtalen, og skriv ja eller nei i «databehandling.vilkar.{bokstav}».",
            i=avtale,
        )
    elif not svar:
        yield Feil(
            felt,
            f"artikkel-28-{bokstav}",
            f"«{avtale.id}» mangler vilkåret i artikkel 28 nr. 3 bokstav {bokstav}: {hva}.",
            f"Få vilkåret inn i avtalen med et endringsbilag, og skriv ja i «databehandling.vilkar.{bokstav}».",
            i=avtale,
        )


def _underdatabehandlere(avtale: Avtale, leverandor: Leverandor, ctx: Kontekst) -> Iterator[Observasjon]:
    """Authorised in general, or each by itself; a supplier that may use none has none."""
    felt = ("databehandling", "underdatabehandlere")
    godkjenning = avtale.databehandling.underdatabehandlere if avtale.databehandling else None
    if godkjenning is None:
        yield Mangler(
            felt,
            "underdatabehandlere-mangler",
            f"«{avtale.id}» sier ikke hvordan bruk av underdatabehandlere er godkjent.",
            "Skriv «spesifikk», «generell» eller «ingen» i «databehandling.underdatabehandlere».",
            i=avtale,
        )
    elif godkjenning == "ingen" and leverandor.underdatabehandlere:
        navn = ", ".join(f"«{u.navn}»" for u in leverandor.underdatabehandlere)
        yield Feil(
            felt,
            "underdatabehandlere-ikke-tillatt",
            f"«{avtale.id}» tillater ingen underdatabehandlere, men «{leverandor.id}» bruker {navn}.",
            "Godkjenn dem skriftlig i avtalen, eller få leverandøren til å slutte med dem.",
            i=avtale,
        )
    elif godkjenning != "generell":
        for n, u in enumerate(leverandor.underdatabehandlere):
            sted = ("underdatabehandlere", n, "godkjent")
            if u.godkjent is None:
                yield Mangler(
                    sted,
                    "underdatabehandler-ikke-godkjent",
                    f"«{leverandor.id}» bruker «{u.navn}» uten at kommunen har godkjent det.",
                    "Godkjenn underdatabehandleren skriftlig, og skriv dagen i «godkjent».",
                    i=leverandor,
                )
            hva = f"Godkjenningen av «{u.navn}»"
            yield from i_fortiden(ctx, sted, u.godkjent, hva=hva, vilkar="godkjent", i=leverandor)
