"""Names that mean something to other formats stay text in the reports on suppliers, flows, projects and storage."""

from __future__ import annotations

import csv
import io

import pytest
from markdown_it import MarkdownIt
from tests.documents.hjelp_flere import VOND, grunnlag, html, md
from tests.documents.hjelp_rapport import KODE

from forvaltning.documents.csv_fil import som_csv
from forvaltning.documents.katalog import RAPPORTER

NAVN = ("leverandorer", "integrasjoner", "portefolje", "beredskap", "arkiv", "lagring")
DOKUMENT = {"dato": "2026-01-01", "referanse": VOND}
POSTER = {
    "enheter/kultur": {"navn": VOND, "type": "byradsavdeling"},
    "leverandorer/fjord": {
        "navn": VOND,
        "land": "US",
        "underdatabehandlere": [{"navn": VOND, "land": "IN", "tjeneste": VOND}],
        "varsler": [{"id": "v", "dato": "2026-01-01", "hva": VOND, "tiltak": VOND}],
        "sikkerhetsrevisjoner": [{"dato": "2026-01-01", "resultat": VOND, "referanse": VOND}],
    },
    "leverandorer/borte": {"navn": VOND, "merknad": VOND},
    "avtaler/kontrakt": {
        "navn": VOND,
        "tilstand": "i_kraft",
        "signert": "2024-01-01",
        "leverandor": "fjord",
        "systemer": ["bok"],
        "vilkar": {"beredskap": VOND},
    },
    "systemer/bok": {
        "navn": VOND,
        "tilstand": "i_produksjon",
        "enhet": "kultur",
        "leverandor": "fjord",
        "systemeier": "eier",
        "kritikalitet": {"klasse": "kritisk"},
        "beredskapsplan": DOKUMENT,
        "lagring": {"sted": VOND, "land": "US", "tilgang_fra": ["US"], "overforingsvurdering": DOKUMENT},
        "arkiv": {
            "dokumentasjonspliktig": "nei",
            "oppbevaring": VOND,
            "hjemmel": VOND,
            "ikke_aktuelt": {"grunn": VOND, "av": "eier", "dato": "2026-01-01"},
        },
    },
    "systemer/slutt": {
        "navn": VOND,
        "tilstand": "avviklet",
        "arkiv": {"avlevert": DOKUMENT, "slettet": DOKUMENT},
    },
    "datasett/lan": {"navn": VOND, "system": "bok", "arkivverdi": "bevares"},
    "integrasjoner/flyt": {
        "navn": VOND,
        "tilstand": "aktiv",
        "fra": {"system": "bok"},
        "til": {"ekstern": VOND},
        "innhold": VOND,
        "datasett": ["lan"],
        "rettsgrunnlag": [VOND],
        "personopplysninger": "ja",
    },
    "prosjekter/p": {
        "navn": VOND,
        "tilstand": "planlegging",
        "enhet": "kultur",
        "strategimal": ["2.1"],
        "begrunnelse": {"nytte": VOND, "potensial": VOND},
        "anbefalinger": [{"punkt": "BP2", "utfall": "anbefalt", "referanse": VOND}],
        "gevinstplan": DOKUMENT,
        "konsept": {"prinsipper": [{"prinsipp": "P1", "vurdering": "delvis", "begrunnelse": VOND}]},
    },
    "tjenester/t": {"navn": VOND, "enhet": "kultur", "strategimal": ["2.1"]},
}


@pytest.fixture(scope="module")
def g():
    return grunnlag(POSTER)


@pytest.mark.parametrize("navn", NAVN)
def test_markdown_keeps_them_as_text(g, navn):
    text = md(navn, g)
    tokens = MarkdownIt("gfm-like", {"html": True}).parse(text)
    inline = [c for t in tokens for c in t.children or ()]
    assert not {c.type for c in inline} & {"link_open", "image", "html_inline"}
    assert all(KODE.fullmatch(c.content) for c in inline if c.type == "code_inline")
    assert "html_block" not in {t.type for t in tokens}
    assert "script" in text  # it is there, as text
    assert not {"\x1b", "\u202e"} & set(text)


@pytest.mark.parametrize("navn", NAVN)
def test_a_page_keeps_them_as_text(g, navn):
    page = html(navn, g)
    assert "<script>x" not in page
    assert 'href="javascript' not in page
    assert not {"\x1b", "\u202e"} & set(page)


@pytest.mark.parametrize("navn", NAVN)
def test_a_spreadsheet_gets_no_formula(g, navn):
    v = RAPPORTER[navn].view()(g)
    cells = [c for row in csv.reader(io.StringIO("".join(som_csv(v)))) for c in row]
    assert any("script" in c for c in cells)
    assert not [c for c in cells if c[:1] in {"=", "+", "@", "\t", "\r"}]


@pytest.mark.parametrize("navn", NAVN)
def test_the_same_records_give_the_same_bytes(navn):
    assert md(navn, grunnlag(POSTER)) == md(navn, grunnlag(dict(reversed(POSTER.items()))))
