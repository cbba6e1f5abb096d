"""`forvaltning blame ID`: every field of a record with the commit, date and author that last set it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from forvaltning.cli import felles, historikk_felles, utskrift
from forvaltning.cli.historikk_felles import Historisk, TilDag
from forvaltning.cli.log import tidligere_stier
from forvaltning.cli.stopp import Stopp
from forvaltning.cli.valg import EnPost, NoColor, Output, Registry, format_valg

if TYPE_CHECKING:
    from forvaltning.git.historikk import Steg

HJELP = """Vis når hvert felt i en post fikk den verdien det har nå, av hvem og i hvilken innsjekking.

Det som bare er flyttet på eller formatert om, teller ikke, og punkter i lister følges selv om de bytter plass.
En fletting teller som én endring. Datoer er innsjekkingens, i UTC."""
EKSEMPEL = ("forvaltning blame bk360", "forvaltning blame systemer/bk360 --format json")

FORMATER = ("text", "json", "csv")


def kjor(
    ident: EnPost,
    as_of: TilDag = None,
    registry: Registry = None,
    format_: Annotated[str, format_valg(FORMATER)] = "text",
    output: Output = None,
    no_color: NoColor = False,
) -> int:
    """Tell; returns the exit code."""
    felles.krev_format(FORMATER, format_)
    from forvaltning.cli.fremdrift import Fremdrift
    from forvaltning.findings import Problem
    from forvaltning.history import fillinje
    from forvaltning.history.opphav import opphav
    from forvaltning.render import opphav as skriv
    from forvaltning.render.kontrakt import VERSJON
    from forvaltning.render.tekst_stil import Stil

    with Fremdrift() as bar, felles.apne(registry, None, bar) as okt, historikk_felles.apne(okt, as_of) as h:
        sti = historikk_felles.filsti(okt, h, ident)
        key = sti.removesuffix(".yaml")
        data = historikk_felles.innhold_na(okt, sti) if as_of is None else historikk_felles.innhold_da(h, sti)
        if data is None:
            raise Stopp(
                f"{key} er slettet." if as_of is None else f"{key} fantes ikke da.",
                f"«forvaltning log {key}» viser hva som skjedde med den.",
            )
        then, steps = sti, fillinje.for_fil(h.tre, h.mappe, sti, h.hode)
        if not any(sti in (f.ny_sti, f.gammel_sti) for s in steps for f in s.filer):
            # Renamed, but not committed yet: history knows the record by the id it says it had.
            for then in [*tidligere_stier(okt, sti), sti]:
                steps = fillinje.for_fil(h.tre, h.mappe, then, h.hode)
                if any(then == f.ny_sti for s in steps for f in s.filer):
                    break
        trail = historikk_felles.lag_spor(okt, h, steps)
        now = data if isinstance(data, Problem) else trail.versjoner.fra_bytes(sti, data, okt.innstillingsfil)
        if isinstance(now, Problem) or now.post is None:
            why = now.melding if isinstance(now, Problem) else now.problem.melding if now.problem else ""
            raise Stopp(
                f"{key} kan ikke leses: {why}", f"«forvaltning log {key}» viser hva som skjedde med den."
            )
        fields = list(opphav(trail, then, now.post, avkortet=h.grunn))
        if trail.versjoner.mangler and any(o.innsjekking is None for o in fields):
            _krev_siste(h, steps, then)
        end = historikk_felles.GRUNN[:1] if h.grunn else ()
        if format_ == "json":
            pieces = skriv.som_json(
                {
                    "versjon": VERSJON,
                    "registry": okt.visningssti,
                    "post": now.post.key,
                    "navn": now.navn,
                    "commit": h.hode,
                    "historie": h.historie,
                    "felter": [],
                },
                fields,
            )
        elif format_ == "csv":
            pieces = skriv.som_csv(fields)
        else:
            stil = Stil(not output and utskrift.i_farger(sys.stdout, av=no_color), utskrift.bredde())
            pieces = skriv.som_tekst(now.post.key, now.navn, fields, stil, end)
        bar.ferdig()
        felles.lever(pieces, output, okt.rot)
        if end and format_ == "csv":  # a table has no room for it
            utskrift.meld(*end)
    return 0


def _krev_siste(h: Historisk, steg: list[Steg], sti: str) -> None:
    """See that Git has the newest version: without it no field is known to be new. Raises `GitFeil`."""
    from forvaltning.git.objekter import GitFeil

    newest = next((f.ny_oid for s in steg for f in s.filer if f.ny_sti == sti), None)
    if newest is not None and h.leser.les(newest) is None:
        raise GitFeil(f"cat-file {newest}")
