"""Requirement 5.4: the contract is followed up with the supplier."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Strength
from forvaltning.krav.byggesteiner import bevis_av, i_fortiden
from forvaltning.krav.frist import frist_etter_klasse
from forvaltning.krav.henvisning import krev_rolle
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon
from forvaltning.krav.omrade5.felles import IKKE_ANSKAFFELSE, avtalebevis, bare_dba, er_slutt
from forvaltning.krav.ord import norsk_dato
from forvaltning.krav.typer import RESULTATENHETSLEDER, SYSTEMEIER, Kontekst, Krav, regel
from forvaltning.model.avtale import Avtale
from forvaltning.model.innstillinger import Klasse


def _lopende_kontrakt(avtale: Avtale, ctx: Kontekst) -> str | None:
    """A contract with an external supplier, neither a draft nor ended."""
    if avtale.tilstand == "utkast":
        return "Avtalen er et utkast."
    if er_slutt(ctx, avtale):
        return "Avtalen er utløpt."
    if bare_dba(avtale):
        return "En databehandleravtale følges opp sammen med kontrakten den er vedlegg til."
    intern = bool(avtale.kategorier) and all(k in IKKE_ANSKAFFELSE for k in avtale.kategorier)
    if avtale.leverandor is None and (avtale.intern_part is not None or intern):
        return "Avtalen er mellom enheter i kommunen, uten ekstern leverandør."
    return None


@regel(
    Avtale,
    naar=_lopende_kontrakt,
    felter=(
        "tilstand",
        "kategorier",
        "leverandor",
        "intern_part",
        "signert",
        "gyldig_til",
        "opsjoner",
        "systemer",
        "tjenester",
        "oppfolging",
        "oppfolging_ikke_aktuelt",
        "systemer:kritikalitet.klasse",
        "tjenester:kritikalitet.klasse",
        "dokument",
        "kontraktsreferanse",
    ),
)
def fulgt_opp(avtale: Avtale, ctx: Kontekst) -> Iterator[Observasjon]:
    """Met the supplier within the interval; the first time is due one interval after signing."""
    if avtale.oppfolging_ikke_aktuelt is not None:
        yield Feil(
            ("oppfolging_ikke_aktuelt",),
            "fritak-ikke-tillatt",
            "Oppfølgingen er satt som ikke aktuell, men kravet kan ikke velges bort.",
            "Fjern feltet. Skal kontrakten ikke følges opp, meld et avvik fra 5.4.",
        )
    dag = ctx.register.dag
    for n, mote in enumerate(avtale.oppfolging):
        felt = ("oppfolging", n, "dato")
        if mote.dato is None:
            yield Mangler(
                felt, "oppfolging-dato", "Et oppfølgingsmøte mangler dato.", "Skriv dagen møtet ble holdt."
            )
        yield from i_fortiden(ctx, felt, mote.dato, hva="Oppfølgingsmøtet", vilkar="oppfolging")
    if avtale.signert is None:
        yield Mangler(
            ("signert",),
            "signert-mangler",
            f"Kontrakten «{avtale.id}» har ingen dato for signering.",
            "Skriv dagen kontrakten ble signert, i «signert».",
        )
    yield from i_fortiden(ctx, ("signert",), avtale.signert, hva="Signeringen", vilkar="signert")
    holdt = [(m.dato, n) for n, m in enumerate(avtale.oppfolging) if m.dato and dag.nadd(m.dato)]
    if avtale.signert is not None:
        holdt = [par for par in holdt if par[0] >= avtale.signert]
    if holdt:
        yield from _siste_mote(avtale, max(holdt)[1], ctx)
    elif avtale.signert is not None:
        yield from frist_etter_klasse(
            ctx,
            ("oppfolging",),
            "oppfolging-mangler",
            avtale.signert,
            _klasser(avtale, ctx),
            lambda k: _maneder(k, ctx),
            lambda siste: (
                f"Kontrakten «{avtale.id}» er ikke fulgt opp med leverandøren innen {norsk_dato(siste)}."
            ),
            "Hold et oppfølgingsmøte, og før det opp i «oppfolging».",
            uvisst=_uvisst(avtale, ctx),
        )
        yield avtalebevis(avtale)


def _siste_mote(avtale: Avtale, n: int, ctx: Kontekst) -> Iterator[Observasjon]:
    mote = avtale.oppfolging[n]
    felt = ("oppfolging", n)
    if mote.dato is None:  # pragma: no cover - only dated meetings are asked about
        return
    if not mote.av and not mote.referanse:
        yield Mangler(
            felt,
            "oppfolging-av",
            f"Møtet {norsk_dato(mote.dato)} viser verken til referat eller til hvem som møtte.",
            "Skriv referatet i «referanse» eller rollen i «av».",
        )
    if mote.av:
        yield from krev_rolle(
            ctx, avtale, (*felt, "av"), mote.av, hva="rolle", dato=mote.dato, vilkar="oppfolging"
        )
    bekreftelse = ctx.innstillinger.intervaller["bekreftelse"]
    yield from frist_etter_klasse(
        ctx,
        (*felt, "dato"),
        "oppfolging-utlopt",
        mote.dato,
        _klasser(avtale, ctx),
        lambda k: _maneder(k, ctx) if mote.referanse else min(_maneder(k, ctx), bekreftelse),
        lambda siste: f"Kontrakten «{avtale.id}» skulle vært fulgt opp igjen innen {norsk_dato(siste)}.",
        "Hold et nytt oppfølgingsmøte, og før det opp i «oppfolging».",
        uvisst=_uvisst(avtale, ctx),
    )
    yield bevis_av(felt, mote)


def _maneder(klasse: Klasse, ctx: Kontekst) -> int:
    return ctx.innstillinger.intervaller["avtaleoppfolging_hoy" if klasse.hoy else "avtaleoppfolging"]


def _klasser(avtale: Avtale, ctx: Kontekst) -> tuple[Klasse, ...]:
    """The classes the contract may be in; open upward when something it covers can not be looked up."""
    klasser = ctx.register.klasser_for(avtale)
    nevnt = set(avtale.systemer) | set(avtale.tjenester)
    if len(klasser) == 1 and len(ctx.register.dekkes_av(avtale)) < len(nevnt):
        alle = ctx.innstillinger.kritikalitetsklasser.values()
        return tuple(k for k in alle if k.rang >= klasser[0].rang)
    return klasser


def _uvisst(avtale: Avtale, ctx: Kontekst) -> str:
    """Why the class of a contract is not known."""
    dekket = ctx.register.dekkes_av(avtale)
    if not (dekket or avtale.systemer or avtale.tjenester):
        return "Avtalen sier ikke hvilke systemer eller tjenester den dekker, så kritikaliteten er ukjent."
    if len(dekket) < len(set(avtale.systemer) | set(avtale.tjenester)):
        return "Ikke alt avtalen dekker, kan slås opp, så kritikaliteten er ukjent."
    return "Kritikaliteten er ikke vurdert for alt avtalen dekker."


KRAV_5_4 = Krav(
    "5.4",
    tittel="Kontrakten følges opp med leverandøren",
    ansvarlig=(RESULTATENHETSLEDER, SYSTEMEIER),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(fulgt_opp,),
    modul=__name__,
)
