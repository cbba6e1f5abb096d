"""Requirement 5.3: an agreement in force regulates operation and management of each system."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import FieldPath, Strength
from forvaltning.krav.byggesteiner import mangler_eller_uavklart
from forvaltning.krav.henvisning import slaa_opp
from forvaltning.krav.naar import i_bruk as naar_i_bruk
from forvaltning.krav.observasjon import Feil, Mangler, Observasjon, Uavklart
from forvaltning.krav.omrade5.felles import bare_dba, er_kontrakt, samme
from forvaltning.krav.omrade5.k5_3_drift_og_forvaltning_vilkar import BILAG, KONTRAKT, krev_dekning
from forvaltning.krav.typer import PROSJEKTEIER, RESULTATENHETSLEDER, SYSTEMEIER, Kontekst, Krav, regel
from forvaltning.model.avtale import Avtale
from forvaltning.model.enhet import Enhet
from forvaltning.model.leverandor import Leverandor
from forvaltning.model.oppforing import Treff, Uleselig
from forvaltning.model.system import System

UTENFRA = frozenset({"leverandor", "sky"})


@regel(
    System,
    naar=naar_i_bruk,
    felter=(
        "drift.form",
        "drift.leverandor",
        "drift.enhet",
        "leverandor",
        "avtaler:systemer",
        "avtaler:kategorier",
        "avtaler:leverandor",
        "avtaler:intern_part",
        "avtaler:tilstand",
        "avtaler:signert",
        "avtaler:gyldig_fra",
        "avtaler:gyldig_til",
        "avtaler:opsjoner",
        *(f"avtaler:vilkar.{v}" for svar in (*KONTRAKT.values(), *BILAG.values()) for v in svar),
        "avtaler:dokument",
        "avtaler:kontraktsreferanse",
    ),
)
def avtale_i_forvaltningen(system: System, ctx: Kontekst) -> Iterator[Observasjon]:
    """Who runs it has an agreement that answers the three; who maintains it has a contract as well."""
    drift = system.drift
    form = drift.form if drift is not None else None
    enhet = drift.enhet if drift is not None else None
    drifter, felt = _drifter(system)
    avtaler = ctx.register.avtaler_for(system)
    if drifter is not None:
        yield from _drift_hos_leverandor(system, drifter, felt, avtaler, ctx)
    elif form in UTENFRA:
        yield Mangler(
            ("drift", "leverandor"),
            "driftsleverandor-mangler",
            f"«{system.navn}» driftes utenfra, men leverandøren er ikke oppgitt.",
            "Skriv leverandøren i «drift.leverandor».",
        )
    elif form is None and enhet is None:
        yield Mangler(
            ("drift",),
            "drift-mangler",
            f"Det er ikke sagt hvem som drifter «{system.navn}». Da kan det ikke ses hvilken avtale som trengs.",
            "Skriv driftsform, og leverandør eller enhet, i «drift».",
        )
    if form not in UTENFRA and (enhet is not None or (form is not None and drifter is None)):
        yield from _egen_drift(system, enhet, avtaler, ctx)
    if system.leverandor is not None and not samme(system.leverandor, drifter):
        yield from _vedlikehold(system, system.leverandor, avtaler, ctx)


def _drifter(system: System) -> tuple[str | None, FieldPath]:
    """The supplier who runs the system and where it stands, if one does."""
    drift = system.drift
    if drift is not None and drift.leverandor:
        return drift.leverandor, ("drift", "leverandor")
    if drift is not None and drift.form in UTENFRA and system.leverandor:
        return system.leverandor, ("leverandor",)
    return None, ()


def _drift_hos_leverandor(
    system: System, leverandor: str, felt: FieldPath, avtaler: Treff[Avtale], ctx: Kontekst
) -> Iterator[Observasjon]:
    problemer = list(slaa_opp(ctx, system, felt, leverandor, Leverandor, hva="driftsleverandør"))
    yield from problemer
    if problemer:
        return
    med = [a for a in avtaler if er_kontrakt(a) and samme(a.leverandor, leverandor)]
    drift = [a for a in med if "drift_og_forvaltning" in a.kategorier]
    if med and not drift and avtaler.uleselig is None:
        yield Mangler(
            ("kategorier",),
            "kontrakt-ikke-drift",
            f"Kontrakten «{med[0].id}» med «{leverandor}» gjelder ikke drift og forvaltning.",
            "Inngå avtale om drift og forvaltning, eller før opp kategorien hvis kontrakten omfatter det.",
            i=med[0],
        )
        return
    yield from krev_dekning(
        ctx,
        Treff(drift, avtaler.uleselig),
        KONTRAKT,
        Mangler(
            felt,
            "driftskontrakt-mangler",
            f"«{leverandor}» drifter «{system.navn}», men ingen kontrakt om drift og forvaltning dekker systemet.",
            f"Registrer kontrakten i avtaler/, med kategorien «drift_og_forvaltning» og «{system.id}» i «systemer».",
        ),
    )


def _egen_drift(
    system: System, enhet: str | None, avtaler: Treff[Avtale], ctx: Kontekst
) -> Iterator[Observasjon]:
    """Run by Ansattservice: the tjenestebilag with it. By another unit: any agreement that answers the three."""
    felt: FieldPath = ("drift", "enhet")
    if enhet is not None:
        problemer = list(slaa_opp(ctx, system, felt, enhet, Enhet, hva="enhet som drifter"))
        yield from problemer
        if problemer:
            return
    hos = True if enhet is None else _hos_ansattservice(enhet, ctx)
    if hos is None:
        yield Uavklart(felt, f"Det kan ikke avgjøres om «{enhet}» er Ansattservice.")
    aktuelle = [a for a in avtaler if "tjenestebilag" in a.kategorier or (not hos and not bare_dba(a))]
    if hos:
        andres = [a for a in aktuelle if _med_annen_enhet(a, ctx)]
        aktuelle = [a for a in aktuelle if a not in andres]
        if andres and not aktuelle and avtaler.uleselig is None:
            yield Feil(
                ("intern_part",),
                "tjenestebilag-feil-part",
                f"Ansattservice drifter «{system.navn}», men tjenestebilaget «{andres[0].id}» er inngått med "
                f"«{andres[0].intern_part}».",
                "Inngå tjenestebilaget med Ansattservice, og skriv enheten i «intern_part».",
                i=andres[0],
            )
            return
    yield from krev_dekning(
        ctx,
        Treff(aktuelle, avtaler.uleselig),
        BILAG,
        Mangler(
            ("drift",),
            "tjenestebilag-mangler" if hos else "driftsavtale-mangler",
            f"«{system.navn}» driftes i kommunen, men ingen avtale om driften dekker systemet.",
            f"Inngå tjenestebilaget, og registrer det i avtaler/ med «{system.id}» i «systemer».",
        ),
    )


def _med_annen_enhet(avtale: Avtale, ctx: Kontekst) -> bool:
    """The agreement names a unit that is not Ansattservice; one that can not be looked up is left to 2.2."""
    part = ctx.register.hent(avtale.intern_part, Enhet)
    return part is not None and _hos_ansattservice(part.id, ctx) is False


def _hos_ansattservice(enhet: str, ctx: Kontekst) -> bool | None:
    """Whether a unit is Ansattservice or below it; None when settings or an unreadable unit hide it."""
    if ctx.register.funksjon("ansattservice") is None:
        return None
    if ctx.register.er_ansattservice(enhet):
        return True
    kjede = ctx.register.overordnede(enhet)
    over = ctx.register.finn(kjede[-1].forelder if kjede else enhet)
    return None if isinstance(over, Uleselig) else False


def _vedlikehold(
    system: System, leverandor: str, avtaler: Treff[Avtale], ctx: Kontekst
) -> Iterator[Observasjon]:
    """What a supplier maintains needs that supplier's contract."""
    problemer = list(slaa_opp(ctx, system, ("leverandor",), leverandor, Leverandor, hva="leverandør"))
    yield from problemer
    if problemer:
        return
    med = [a for a in avtaler if er_kontrakt(a) and samme(a.leverandor, leverandor)]
    yield from mangler_eller_uavklart(
        Treff(med, avtaler.uleselig),
        Mangler(
            ("leverandor",),
            "vedlikeholdskontrakt-mangler",
            f"«{leverandor}» vedlikeholder «{system.navn}», men ingen kontrakt med leverandøren dekker systemet.",
            f"Registrer kontrakten i avtaler/, med «{system.id}» i «systemer».",
        ),
    )
    if med:
        yield from krev_dekning(ctx, Treff(med), {}, None)


KRAV_5_3 = Krav(
    "5.3",
    tittel="En avtale regulerer drift og forvaltning",
    ansvarlig=(RESULTATENHETSLEDER, PROSJEKTEIER, SYSTEMEIER),
    avgjores=(Strength.DOKUMENTERT, Strength.BEKREFTET),
    regler=(avtale_i_forvaltningen,),
    modul=__name__,
)
