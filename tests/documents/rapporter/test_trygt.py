"""Names that other formats could read as more than text stay text in every report; the same input gives the same bytes."""

from __future__ import annotations

import copy

import pytest
from markdown_it import MarkdownIt
from tests.documents.hjelp_rapport import KODE
from tests.documents.rapporter.hjelp_visning import VOND, grunnlag, html, md
from tests.documents.rapporter.poster import POSTER

MINE = ("system", "systemeier", "tjenesteoversikt", "behandlingsprotokoll", "ros", "avtaler")


def vonde(verdi):
    """The records with every free text made hostile; ids, dates and codes stand."""
    fri = {
        "navn",
        "stilling",
        "hendelse",
        "hva",
        "formal",
        "mottakere",
        "sikkerhetstiltak",
        "hjemmel",
        "analog",
    }
    fri |= {"kontakt", "referanse", "kategori", "beskrivelse", "merknad", "digital"}

    def gjor(value, key=""):
        if isinstance(value, dict):
            return {k: gjor(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [gjor(v, key) for v in value]
        return VOND if key in fri else value

    return {k: gjor(copy.deepcopy(p)) for k, p in verdi.items()}


def stygt(navn):
    poster = vonde({**POSTER, "systemer/sak": {**POSTER["systemer/sak"], "beskrivelse": "x", "merknad": "y"}})
    return grunnlag(poster, post="systemer/sak" if navn == "system" else None)


@pytest.mark.parametrize("navn", MINE)
def test_nothing_from_the_registry_becomes_structure(navn):
    g = stygt(navn)
    text = md(navn, g)
    assert "\x1b" not in text
    assert "\u202e" not in text
    tokens = MarkdownIt("gfm-like").parse(text)
    inline = [c for t in tokens for c in (t.children or ())]
    assert not [t for t in tokens if t.type == "html_block"]
    kinds = {c.type for c in inline}
    assert not kinds & {"link_open", "image", "html_inline"}
    assert all(KODE.fullmatch(c.content) for c in inline if c.type == "code_inline")
    plain = "".join(c.content for c in inline).replace("\u200b", "")
    assert "[lenke](javascript:x)" in plain
    assert "{{ 7*7 }}" in plain
    page = html(navn, g)
    assert "<script>x" not in page
    assert 'javascript:x"' not in page
    assert "\x1b" not in page


@pytest.mark.parametrize("navn", MINE)
def test_the_same_register_gives_the_same_bytes_in_whatever_order_it_is_read(navn):
    post = "systemer/sak" if navn == "system" else None
    turned = dict(reversed(POSTER.items()))
    assert md(navn, grunnlag(POSTER, post=post)) == md(navn, grunnlag(turned, post=post))


@pytest.mark.parametrize("navn", MINE)
def test_an_empty_registry_gives_a_report_that_says_so(navn):
    text = md(navn, grunnlag({}, post="systemer/x" if navn == "system" else None))
    assert text.startswith("# ")
    assert "Ingen" in text or "finnes ikke" in text
