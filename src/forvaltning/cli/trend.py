"""`forvaltning trend`: breaches over time, when they arose and when they were mended."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from forvaltning.cli import felles, historikk_felles, utskrift
from forvaltning.cli.historikk_felles import GRUNN, Fra, Til
from forvaltning.cli.valg import AsOf, Enhet, Krav, NoColor, Omrade, Output, Registry, format_valg

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt

HJELP = """Vis bruddene over tid: hvor mange det var, når de oppsto, når de ble rettet og i hvilken innsjekking.

Registeret vurderes på nytt for hver måned, uke eller innsjekking, med reglene slik de er i dag. Sjekkdatoen er
periodens siste dag, eller dagen for innsjekkingen. Med --as-of er det slik det var ved slutten av den dagen. Et
brudd som ikke kan avgjøres eller leses, regnes ikke som rettet. Med måned og uke er innsjekkingen den siste i
perioden som endret det vurderingen bygger på."""
EKSEMPEL = (
    "forvaltning trend",
    "forvaltning trend --per week --omrade 4 --since 2026-01-01",
    "forvaltning trend --enhet sdi --format svg --output trend.svg",
)

UTENFOR = "Merk: ingen av kravene ligger i fagområdene som er valgt, så ingenting ble vurdert."
FORMATER = ("text", "json", "csv", "svg")


def kjor(
    per: Annotated[
        str,
        typer.Option(
            "--per",
            metavar="month|week|commit",
            show_default=False,
            help="Ett punkt for hver måned, uke eller innsjekking. Uten valget: month.",
        ),
    ] = "month",
    krav: Krav = None,
    omrade: Omrade = None,
    enhet: Enhet = None,
    since: Fra = None,
    until: Til = None,
    as_of: AsOf = None,
    registry: Registry = None,
    format_: Annotated[
        str, format_valg(FORMATER, "Tekst, JSON, CSV for regneark eller en figur (SVG)")
    ] = "text",
    output: Output = None,
    no_color: NoColor = False,
) -> int:
    """Tell; returns the exit code."""
    felles.krev_format(FORMATER, format_)
    felles.ett_av("--per", per, ("month", "week", "commit"))
    first, last = historikk_felles.periode(since, until)
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.cli.trendgrunnlag import svar
    from forvaltning.render import trend
    from forvaltning.render.tekst_stil import Stil

    with Fremdrift() as bar, felles.apne(registry, as_of, bar) as okt, historikk_felles.apne(okt, as_of) as h:
        numbers, areas, units = _utvalg(okt, krav, omrade, enhet)
        shown = trend.Trend(okt.visningssti, h.hode, h.historie, per, *svar(okt, h, per)).snevret(
            numbers, areas, units, first, last
        )
        end = (*(GRUNN if h.grunn else ()), *historikk_felles.usett(okt, h))
        if format_ == "json":
            pieces: Iterator[str] = trend.som_json(shown)
        elif format_ == "csv":
            pieces = trend.som_csv(shown)
        elif format_ == "svg":
            from forvaltning.krav.katalog import OMRADER
            from forvaltning.render.trend_svg import som_svg

            pieces = som_svg(shown, {str(n): name for n, name in OMRADER.items()})
        else:
            stil = Stil(not output and utskrift.i_farger(sys.stdout, av=no_color), utskrift.bredde())
            from forvaltning.render.trend_tekst import som_tekst

            pieces = som_tekst(shown, stil, end)
        bar.ferdig()
        felles.lever(pieces, output, okt.rot)
        if end and format_ in {"csv", "svg"}:  # neither a table nor a figure has room for it
            utskrift.meld(*end)
        if numbers and areas and not any(n.partition(".")[0] in areas for n in numbers):
            utskrift.meld(UTENFOR)
    return 0


def _utvalg(
    okt: Okt, krav: list[str] | None, omrade: list[str] | None, enhet: list[str] | None
) -> tuple[frozenset[str], frozenset[str], Callable[[str], bool] | None]:
    """The requirements, areas and units asked for; the models are built only when something is."""
    if not (krav or omrade or enhet):
        return frozenset(), frozenset(), None
    from forvaltning.cli import velg
    from forvaltning.model.viser import normaliser

    numbers = frozenset(velg.krav(felles.biter(krav)))
    areas = frozenset(str(n) for n in velg.omrader(felles.biter(omrade)))
    if not enhet:
        return numbers, areas, None
    units = velg.enheter(okt, enhet)
    return numbers, areas, lambda e: normaliser(e) in units
