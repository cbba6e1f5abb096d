"""Every report as a page in a real Chromium: no violation of WCAG 2.1 AA on a phone or a screen, light or dark."""

from __future__ import annotations

import pytest
from tests.documents import hjelp_rapport as h
from tests.documents import nettleser

from forvaltning.documents.katalog import RAPPORTER
from forvaltning.documents.side import html_side

pytestmark = nettleser.krever_nettleser
OPPGAVER = "# Prøve\n\n- [ ] Åpent punkt\n- [x] Utført punkt\n\n| a | b |\n| --- | ---: |\n| 1 | 2 |\n"


@pytest.fixture(scope="module")
def funnet(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sider")
    pages = {name: h.html(name) for name in RAPPORTER}
    pages["oppgaver"] = html_side(OPPGAVER, "Prøve")
    pages["feil"] = "<!DOCTYPE html><html><body><img src=x><p style='color:#bbb'>grå</p></body></html>"
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    found = nettleser.sjekk([folder / f"{name}.html" for name in pages])
    return {name: found[str(folder / f"{name}.html")] for name in pages}


@pytest.mark.parametrize("navn", [*RAPPORTER, "oppgaver"])
def test_the_page_breaks_no_rule(funnet, navn):
    assert nettleser.feil(funnet[navn]) == []


def test_a_page_that_breaks_rules_is_found(funnet):
    text = "\n".join(nettleser.feil(funnet["feil"]))
    for rule in ("html-has-lang", "image-alt", "color-contrast"):
        assert rule in text
