"""A view over a small registry of plain values, judged without files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.hjelp import DATO, med_endringer, register

from forvaltning.documents import dokument
from forvaltning.documents.grunnlag import Grunnlag, Hode
from forvaltning.documents.katalog import RAPPORTER
from forvaltning.documents.mal import Maler
from forvaltning.documents.visning import Tabell, Verdi, Visning
from forvaltning.engine.run import Motor
from forvaltning.krav.katalog import ALLE
from forvaltning.model.viser import normaliser

ENDE = "\u202e"
VOND = f"a|b `kode` [lenke](javascript:x) <script>x</script> {{{{ 7*7 }}}} {{% x %}} \x1b[31m{ENDE} ::error::x ![b](c)"
"""A name with everything that another format could read as more than text."""


def hode(reg: Any, dato: date) -> Hode:
    """A head that changes with nothing."""
    s = reg.innstillinger
    return Hode(
        registry="registry",
        kommune=s.kommune.navn if s.kommune else "",
        commit=None,
        endret=False,
        historie="full",
        historie_ukjent="",
        dato=dato,
        datokilde="valgt",
        regelsett="0123456789abcdef",
        verktoy="forvaltning 0",
        modell=1,
        gjelder_fra=s.gjelder_fra,
        historie_fra=None,
        varslingsvindu_dager=s.varslingsvindu_dager,
        intervaller=tuple(s.intervaller.items()),
        dager=tuple(s.dager.items()),
        egne=(),
        eksempel=False,
        uleste=tuple(u.fil for u in reg.uleselige()),
        ikke_avgjort=0,
    )


def grunnlag(
    poster: Mapping[str, dict[str, Any]],
    *,
    endre: Mapping[str, Mapping[str, Any]] | None = None,
    dato: date = DATO,
    enheter: tuple[str, ...] | None = None,
    rolle: str | None = None,
    post: str | None = None,
    **register_: Any,
) -> Grunnlag:
    """What a report is made from, every requirement judged."""
    reg = register(med_endringer(poster, endre), dato=dato, **register_)
    dommer = []
    for result in Motor(ALLE, reg).alle():
        assert not result.svikt, result.svikt
        dommer += result.dommer
    return Grunnlag(
        register=reg,
        dommer=dommer,
        problemer=(),
        hode=hode(reg, dato),
        enheter=frozenset(map(normaliser, enheter)) if enheter is not None else None,
        rolle=rolle,
        post=post,
    )


def vis(navn: str, poster: Mapping[str, dict[str, Any]], **kwargs: Any) -> Visning:
    """Report `navn` over these records."""
    return RAPPORTER[navn].view()(grunnlag(poster, **kwargs))


def tabell(v: Visning, navn: str) -> Tabell:
    """The one table by this name."""
    found = [t for t in v.tabeller() if t.navn == navn]
    assert len(found) == 1, f"{navn}: {[t.navn for t in v.tabeller()]}"
    return found[0]


def rader(v: Visning, navn: str) -> list[dict[str, Verdi]]:
    """The rows of every table by this name, each by its columns."""
    tables = [t for t in v.tabeller() if t.navn == navn]
    assert tables, f"{navn}: {[t.navn for t in v.tabeller()]}"
    return [{k.navn: c for k, c in zip(t.kolonner, r, strict=True)} for t in tables for r in t.rader]


def tall(v: Visning) -> dict[str, Verdi]:
    """The key figures by label."""
    return dict(v.nokkeltall)


def md(navn: str, g: Grunnlag) -> str:
    """The report as Markdown."""
    return dokument.markdown(RAPPORTER[navn].view()(g), g.hode, Maler())


def html(navn: str, g: Grunnlag) -> str:
    """The report as a page."""
    return "".join(dokument.html(RAPPORTER[navn].view()(g), g.hode, Maler()))
