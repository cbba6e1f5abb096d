"""The sample registry as the reports see it, with what changes from commit to commit held fast."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from forvaltning.cli import rapportgrunnlag
from forvaltning.cli.okt import Okt
from forvaltning.documents import dokument
from forvaltning.documents.grunnlag import Grunnlag, Hode
from forvaltning.documents.katalog import RAPPORTER
from forvaltning.documents.mal import Maler
from forvaltning.documents.visning import Visning

ROT = Path(__file__).resolve().parents[2]
REGISTER = ROT / "registry"
GYLDNE = Path(__file__).parent / "gyldne"
POSTER = {"system": "bk360"}
"""The record of a report that is about one."""
KODE = re.compile(r"[0-9a-f]{8,64}")
"""What alone may stand in a code span: the commit and the rule set in what a report tells about itself."""
SKRIV = "FORVALTNING_SKRIV_GYLDNE"
"""Set to 1 to rewrite the golden files; read the difference before it is committed."""


@cache
def okt() -> Okt:
    """The sample registry, judged without the cache."""
    return Okt(REGISTER, bruk_lager=False)


def fast(hode: Hode) -> Hode:
    """The head with what changes from commit to commit held fast."""
    return replace(
        hode,
        registry="registry",
        commit="0123456789" * 4,
        endret=False,
        historie="full",
        regelsett="0123456789abcdef",
        verktoy="forvaltning 0",
    )


@cache
def grunnlag(navn: str) -> Grunnlag:
    """What report `navn` is made from, over the sample registry."""
    g = rapportgrunnlag.lag(okt(), post=POSTER.get(navn))
    return replace(g, hode=fast(g.hode))


@cache
def visning(navn: str) -> Visning:
    """Report `navn` over the sample registry."""
    return RAPPORTER[navn].view()(grunnlag(navn))


def markdown(navn: str) -> str:
    """As Markdown."""
    return dokument.markdown(visning(navn), grunnlag(navn).hode, Maler())


def html(navn: str) -> str:
    """As a page."""
    return "".join(dokument.html(visning(navn), grunnlag(navn).hode, Maler()))


def lik_gyllen(fil: str, tekst: str) -> None:
    """Compare with a golden file byte for byte, or rewrite it when asked to (`SKRIV`)."""
    target = GYLDNE / fil
    if os.environ.get(SKRIV):
        target.write_bytes(tekst.encode())
    assert target.is_file(), f"{fil} mangler: kjør testen med {SKRIV}=1 og les det som skrives"
    assert target.read_bytes().decode() == tekst, (
        f"{fil} er endret: kjør testen med {SKRIV}=1 og les forskjellen"
    )
