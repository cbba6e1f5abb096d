"""`forvaltning krav`: the requirements, who answers for each, and how each is decided."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from forvaltning.cli import felles, utskrift
from forvaltning.cli.valg import TEKST_JSON, NoColor, Output, TekstEllerJson

if TYPE_CHECKING:
    from forvaltning.render.tekst_stil import Stil

HJELP = """Vis kravene i reglementet: nummer, tittel, hvem som svarer, hvilke poster de gjelder, og hva de avgjøres på.

Maskinell betyr at registeret selv viser det, dokumentert at et datert dokument er vist til, og bekreftet at en
rolle har gått god for det."""
EKSEMPEL = ("forvaltning krav", "forvaltning krav --format json")


def kjor(format_: TekstEllerJson = "text", output: Output = None, no_color: NoColor = False) -> int:
    """List the requirements; returns the exit code."""
    felles.krev_format(TEKST_JSON, format_)
    from forvaltning.krav.katalog import ALLE
    from forvaltning.render.krav_side import liste_json
    from forvaltning.render.tekst_stil import Stil

    if format_ == "json":
        pieces = iter([json.dumps(liste_json(ALLE), ensure_ascii=False, indent=1) + "\n"])
    else:
        pieces = _tekst(Stil(not output and utskrift.i_farger(sys.stdout, av=no_color), utskrift.bredde()))
    felles.lever(pieces, output, form="json" if format_ == "json" else "tekst")
    return 0


def _tekst(stil: Stil) -> Iterator[str]:
    from forvaltning.krav.katalog import ALLE, OMRADER
    from forvaltning.render.tekst_stil import avsnitt, overskrift

    for area, title in OMRADER.items():
        mine = [k for k in ALLE if k.omrade == area]
        if not mine:
            continue
        yield overskrift(f"{area} {title}", stil)
        for k in mine:
            law = " · lovkrav" if k.lov else ""
            yield from avsnitt(f"{k.tittel}{law}", stil, 0, stil(f"{k.nummer:4} ", "bla"), "fet")
            yield from avsnitt(", ".join(a.navn for a in k.ansvarlig), stil, 5, "Svarer:   ", "svak")
            kinds = ", ".join(c.kind for c in k.gjelder)
            yield from avsnitt(kinds, stil, 5, "Gjelder:  ", "svak")
            yield from avsnitt(", ".join(s.value for s in k.avgjores), stil, 5, "Avgjøres: ", "svak")
    yield "\n"
    yield from avsnitt("«forvaltning explain NUMMER» forklarer ett krav.", stil)
