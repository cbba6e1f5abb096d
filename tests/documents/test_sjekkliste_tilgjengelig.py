"""Every golden checklist as a page in a real Chromium: no violation of WCAG 2.1 AA on a phone or a screen."""

from __future__ import annotations

import pytest
from tests.documents import hjelp_sjekkliste as s
from tests.documents import nettleser

pytestmark = nettleser.krever_nettleser
SIDER = ("overlevering-tilskuddsportalen", "avvikling", "rolleskifte", "prosjekt", "bestilling-tom")


@pytest.fixture(scope="module")
def funnet(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sjekklister")
    for name in SIDER:
        (folder / f"{name}.html").write_text(s.html(name), encoding="utf-8")
    found = nettleser.sjekk([folder / f"{name}.html" for name in SIDER])
    return {name: found[str(folder / f"{name}.html")] for name in SIDER}


@pytest.mark.parametrize("navn", SIDER)
def test_the_page_breaks_no_rule(funnet, navn):
    assert nettleser.feil(funnet[navn]) == []
