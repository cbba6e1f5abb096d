"""Requirement 3.5, the flow itself: both ends, content, direction and mechanism."""

from __future__ import annotations

from collections.abc import Iterator

from forvaltning.findings import Place, Strength
from forvaltning.krav.byggesteiner import i_fortiden, krev_verdi
from forvaltning.krav.henvisning import slaa_opp
from forvaltning.krav.observasjon import Bevis, Feil, Mangler, Observasjon
from forvaltning.krav.omrade3.felles import flyt_i_bruk
from forvaltning.krav.typer import Kontekst, regel
from forvaltning.model.integrasjon import Endepunkt, Integrasjon
from forvaltning.model.leverandor import Leverandor
from forvaltning.model.system import System


@regel(
    Integrasjon,
    naar=flyt_i_bruk,
    felter=(
        "fra.system",
        "fra.felleskomponent",
        "fra.ekstern",
        "fra.leverandor",
        "til.system",
        "til.felleskomponent",
        "til.ekstern",
        "til.leverandor",
        "innhold",
        "datasett",
        "retning",
        "mekanisme",
        "aktiv_fra",
        "tilstand",
        "systemer:tilstand",
    ),
)
def flyten_er_beskrevet(flyt: Integrasjon, ctx: Kontekst) -> Iterator[Observasjon]:
    """Both ends, content, direction and mechanism."""
    yield from _ende(flyt, "fra", flyt.fra, "hvor dataene kommer fra", ctx)
    yield from _ende(flyt, "til", flyt.til, "hvor dataene går", ctx)
    if flyt.tilstand == "aktiv":
        yield from i_fortiden(
            ctx, ("aktiv_fra",), flyt.aktiv_fra, hva="Starten på dataflyten", vilkar="aktiv-fra"
        )
    yield from krev_verdi(
        ("innhold",),
        flyt.innhold or flyt.datasett,
        "innhold-mangler",
        "Det er ikke beskrevet hva dataflyten overfører.",
        "Skriv det i «innhold», eller før opp datasettene i «datasett».",
    )
    yield from krev_verdi(
        ("retning",),
        flyt.retning,
        "retning-mangler",
        "Det er ikke oppgitt om data går en vei eller begge veier.",
        "Skriv koden i «retning».",
    )
    yield from krev_verdi(
        ("mekanisme",),
        flyt.mekanisme,
        "mekanisme-mangler",
        "Det er ikke oppgitt hvordan dataene overføres.",
        "Skriv «api», «fil» eller «melding» i «mekanisme».",
    )
    yield Bevis(("navn",), Strength.MASKINELL)


def _ende(
    flyt: Integrasjon, felt: str, ende: Endepunkt | None, hva: str, ctx: Kontekst
) -> Iterator[Observasjon]:
    """One end: a registered system, a listed common component or an external party, and only one of them."""
    kinds = [] if ende is None else [ende.system, ende.felleskomponent, ende.ekstern or ende.leverandor]
    named = [k for k in kinds if k]
    if ende is None or not named:
        yield Mangler(
            (felt,),
            "ende-mangler",
            f"Det er ikke oppgitt {hva}.",
            f"Skriv et system, en felleskomponent eller en ekstern part i «{felt}».",
        )
        return
    if len(named) > 1:
        yield Feil(
            (felt,),
            "ende-flertydig",
            f"«{felt}» nevner mer enn én slags ende: {', '.join(f'«{k}»' for k in named)}.",
            "Behold én av dem. Lag en egen dataflyt for hver av de andre.",
        )
    if ende.leverandor:
        yield from slaa_opp(ctx, flyt, (felt, "leverandor"), ende.leverandor, Leverandor, hva="ekstern part")
    if ende.system:
        yield from slaa_opp(ctx, flyt, (felt, "system"), ende.system, System, hva="system")
        system = ctx.register.hent(ende.system, System)
        if system is not None and system.tilstand == "avviklet":
            yield Feil(
                (felt, "system"),
                "ende-avviklet",
                f"Dataflyten er i bruk, men systemet «{system.navn}» er avviklet.",
                "Avslutt dataflyten, eller vis til systemet som har overtatt.",
                om=system.id,
                se=(Place(system.key, ("tilstand",), "Systemet er avviklet."),),
            )
