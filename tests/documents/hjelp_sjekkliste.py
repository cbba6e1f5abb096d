"""Checklists over the sample registry and over small ones, in words and as Markdown."""

from __future__ import annotations

from functools import cache

from tests.documents import hjelp_rapport as h

from forvaltning.cli import checklist, overlevering_vis
from forvaltning.cli.sjekkliste_felles import grunnlag, hvor
from forvaltning.documents import sjekkliste_md
from forvaltning.documents.mal import Maler
from forvaltning.documents.om import om
from forvaltning.documents.sjekkliste import Ark, Ordlegger
from forvaltning.engine.sjekkliste.typer import Sjekkliste

GYLDNE: dict[str, tuple[str, str | None, str | None]] = {
    "overlevering-tilskuddsportalen": ("handover", "tilskuddsportalen", None),
    "overlevering-barnehagesoknad": ("handover", "overlevering-barnehagesoknad", None),
    "overlevering-skjemadrift": ("handover", "overlevering-flytting-av-skjemadrift", None),
    "overlevering-flyt": ("handover", "skjema-til-bk360", "endring"),
    "overlevering-ny": ("handover", "ny-skjemaplattform", "anskaffelse"),
    "avvikling": ("handover", "gammelt-intranett", "avvikling"),
    "rolleskifte": ("handover", "systemeier-bk360", None),
    "bestilling": ("bestilling", "flytting-av-skjemadrift", None),
    "arkitektur": ("arkitektur", "ny-skjemalosning", None),
    "brukskvalitet": ("brukskvalitet", "soknad-om-barnehageplass", None),
    "prosjekt": ("prosjekt", "digital-barnehagesoknad", None),
    "anskaffelse": ("anskaffelse", "kontrakt-ny-skjemaplattform", None),
    "bestilling-tom": ("bestilling", None, None),
}
"""Golden file → the list, the record and the kind of handover."""


@cache
def sjekkliste(navn: str) -> Sjekkliste:
    """One of the golden checklists."""
    liste, ident, type_ = GYLDNE[navn]
    if liste == "handover":
        assert ident is not None
        return overlevering_vis.lag(h.okt(), ident, type_)
    return checklist.lag(h.okt(), liste, ident)


@cache
def ark(navn: str) -> Ark:
    """A golden checklist in words, its head held fast."""
    g = grunnlag(h.okt())
    about = om(h.fast(g.hode))
    places = Ordlegger(
        sjekkliste(navn), g, lambda s: hvor(h.okt(), s).replace(h.REGISTER.as_posix(), "registry")
    )
    return places.ark(about.forbehold, about.linje)


def markdown(navn: str) -> str:
    """A golden checklist as Markdown."""
    return sjekkliste_md.markdown(ark(navn), Maler())


def html(navn: str) -> str:
    """A golden checklist as a page."""
    return "".join(sjekkliste_md.html(ark(navn), Maler()))
