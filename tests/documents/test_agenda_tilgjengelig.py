"""The agenda as a page in a real Chromium: no violation of WCAG 2.1 AA."""

from __future__ import annotations

from tests.documents import nettleser
from tests.documents.hjelp_flere import grunnlag
from tests.documents.test_agenda import AVVIK, BRUDD, NETT, PROSJEKT, SYSTEM, TIL

from forvaltning.documents import agenda, dokument
from forvaltning.documents.mal import Maler

pytestmark = nettleser.krever_nettleser


def test_the_page_breaks_no_rule(tmp_path):
    poster = {
        "avvik/a": {**AVVIK, "vekt": "storre"},
        "prosjekter/p": PROSJEKT,
        "systemer/bok": {**SYSTEM, "nett": {**NETT, "brudd": [BRUDD]}},
    }
    g = grunnlag(poster)
    v = agenda.visning(g, "digitaliseringsrad", TIL)
    page = tmp_path / "agenda.html"
    page.write_text("".join(dokument.html(v, g.hode, Maler())), encoding="utf-8")
    assert nettleser.feil(nettleser.sjekk([page])[str(page)]) == []
