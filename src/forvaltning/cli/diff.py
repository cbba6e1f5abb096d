"""`forvaltning diff REV [REV2]`: what changed in the records between two states, and what it did."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forvaltning.cli import diffgrunnlag, felles, utskrift
from forvaltning.cli.stopp import Stopp
from forvaltning.cli.valg import AsOf, NoColor, Output, Registry, format_valg

if TYPE_CHECKING:
    from forvaltning.cli.okt import Okt

HJELP = """Vis hva som er endret mellom to tilstander av registeret: felt for felt, og hva det gjorde med kravene.

REV er det Git forstår: en innsjekking, en gren, et merke, HEAD~3. Uten REV2 sammenlignes det med filene slik
de er nå, også det som ikke er sjekket inn. Begge tilstander vurderes på samme sjekkdato. Kommandoen
rapporterer bare; «forvaltning check --against» er den som blokkerer."""
EKSEMPEL = (
    "forvaltning diff HEAD",
    "forvaltning diff main",
    "forvaltning diff v2025 v2026 --format markdown --output endringer.md",
)

FORMATER = ("text", "json", "markdown")


def kjor(
    rev: Annotated[str, typer.Argument(metavar="REV", help="Tilstanden før.", show_default=False)],
    rev2: Annotated[
        str | None,
        typer.Argument(
            metavar="[REV2]", help="Tilstanden etter. Uten den: filene slik de er nå.", show_default=False
        ),
    ] = None,
    as_of: AsOf = None,
    registry: Registry = None,
    format_: Annotated[str, format_valg(FORMATER)] = "text",
    output: Output = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Vis alle felt i nye poster.")] = False,
    no_color: NoColor = False,
) -> int:
    """Compare; returns the exit code."""
    felles.krev_format(FORMATER, format_)
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.render import diff
    from forvaltning.render.tekst_stil import Stil

    with Fremdrift() as bar, felles.apne(registry, as_of, bar) as okt:
        found = sammenlign(okt, rev, rev2)
        if format_ == "json":
            pieces: Iterator[str] = diff.som_json(found.utskrift)
        elif format_ == "markdown":
            pieces = diff.som_markdown(found.utskrift)
        else:
            stil = Stil(not output and utskrift.i_farger(sys.stdout, av=no_color), utskrift.bredde())
            pieces = diff.som_tekst(found.utskrift, stil, alt=verbose)
        bar.ferdig()
        felles.lever(pieces, output, okt.rot)
        stopp = felles.si_fra_om_svikt(found.svikt)
        if stopp is not None:
            raise stopp
    return 0


@dataclass(frozen=True, slots=True)
class Funnet:
    """What to write, and rules of ours that failed."""

    utskrift: Any
    svikt: list[Any]


def sammenlign(okt: Okt, rev: str, rev2: str | None) -> Funnet:
    """Compare two states. Raises `Stopp` (exit 2) when one of them can not be seen."""
    from forvaltning.cli import historikk_felles
    from forvaltning.cli.mot import sammenlign_med
    from forvaltning.cli.tilstander import okt_ved
    from forvaltning.git.base import Base, IngenBase
    from forvaltning.git.filspor import er_grunn
    from forvaltning.git.objekter import losne
    from forvaltning.render.diff import Utskrift
    from forvaltning.source.kilde import Revisjon

    with historikk_felles.apne(okt) as h:

        def commit(text: str) -> str:
            found = losne(h.tre, text)
            if found is None:
                more = f" {historikk_felles.GRUNN[0]}" if er_grunn(h.tre) else ""
                raise Stopp(f"Fant ikke revisjonen «{text[:80]}».", f"Se etter stavemåten.{more}")
            return found

        old_id, new_id = commit(rev), commit(rev2) if rev2 is not None else None
        new = okt if new_id is None else okt_ved(okt, new_id)
        old = okt_ved(okt, old_id)
        try:
            for one, ident in ((old, old_id), (new, new_id)):
                if "forvaltning.yaml" not in one.filer_sti():
                    raise Stopp(
                        f"Registeret fantes ikke ved {(ident or 'nå')[:12]}.", "Velg en nyere revisjon."
                    )
            try:
                mot = sammenlign_med(new, Base(old_id, rev))
            except IngenBase as error:
                raise Stopp(error.melding, error.tiltak) from None
            moved = diffgrunnlag.flyttede(h, old_id, new_id, old, new, mot)
            records = tuple(diffgrunnlag.poster(old, new, mot, moved))
            return Funnet(
                Utskrift(
                    okt.visningssti,
                    okt.dato,
                    okt.datokilde,
                    (rev, old_id),
                    (rev2, new_id) if rev2 is not None and new_id is not None else None,
                    records,
                    mot.sammenligning,
                    tuple(diffgrunnlag.krav(mot.virkning.krav, moved)),
                    old.innstillinger.model_dump_json() != new.innstillinger.model_dump_json(),
                    h.historie,
                    (*(historikk_felles.GRUNN[:1] if h.grunn else ()), *historikk_felles.usett(okt, h)),
                ),
                new.kontroll.svikt,
            )
        finally:
            for one in {id(s): s for s in (old, new)}.values():
                if isinstance(one.kilde, Revisjon):
                    one.kilde.lukk()
