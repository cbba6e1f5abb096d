"""The sample registry with hostile names in every record: each report keeps its shape, in every format."""

from __future__ import annotations

import io
import json
import re
import shutil

import openpyxl
import pytest
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from tests.documents import hjelp_rapport as h

from forvaltning.cli import rapportgrunnlag
from forvaltning.cli.okt import Okt
from forvaltning.documents import dokument
from forvaltning.documents.csv_fil import som_csv
from forvaltning.documents.json_fil import som_json
from forvaltning.documents.katalog import RAPPORTER
from forvaltning.documents.mal import Maler
from forvaltning.documents.xlsx_fil import som_xlsx

ONDT = "| `x` [l](http://e.example) <img src=x onerror=a()> {{ 7*7 }} *f* _k_ # \u202e\x85 ::error:: =1+1 ![b](c) \\ &lt; ~~s~~"
_TEKST = re.compile(r"^(?P<felt>(?:navn|grunn): )(?P<verdi>[^>|\n].*)$", re.MULTILINE)


def lag(rot, tekst):
    """A copy of the sample registry where each record's name (and each deviation's reason) is `tekst`, numbered."""
    shutil.copytree(h.REGISTER, rot)
    for n, file in enumerate(sorted(rot.glob("*/*.yaml"))):
        value = json.dumps(f"{n:04} {tekst}", ensure_ascii=True)
        source = file.read_text(encoding="utf-8")
        file.write_text(_TEKST.sub(lambda m, v=value: m["felt"] + v, source), encoding="utf-8")
    return Okt(rot, bruk_lager=False)


@pytest.fixture(scope="module")
def registre(tmp_path_factory):
    top = tmp_path_factory.mktemp("fiendtlig")
    return lag(top / "ondt", ONDT), lag(top / "godt", "Vanlig navn")


def laget(okt, navn):
    g = rapportgrunnlag.lag(okt, post=h.POSTER.get(navn))
    return RAPPORTER[navn].view()(g), h.fast(g.hode)


def md_form(text):
    out = []
    for t in MarkdownIt("gfm-like").parse(text):
        out.append((t.type, t.level))
        out += sorted({c.type for c in t.children or []} - {"text", "text_special"})
    return out


def html_form(text):
    return [(e.tag, e.get("class")) for e in lxml_html.fromstring(text).iter() if isinstance(e.tag, str)]


@pytest.mark.parametrize("navn", RAPPORTER)
def test_the_registry_is_read_as_it_was_written(registre, navn):
    view, _ = laget(registre[0], navn)
    assert "<img src=x" in repr(view), "the hostile names reach the report"


@pytest.mark.parametrize("navn", RAPPORTER)
def test_hostile_names_do_not_change_the_markdown(registre, navn):
    bad, good = (dokument.markdown(*laget(okt, navn), Maler()) for okt in registre)
    assert md_form(bad) == md_form(good)
    assert not re.search(r"[\u202e\x85\x1b]", bad)


@pytest.mark.parametrize("navn", RAPPORTER)
def test_hostile_names_do_not_change_the_page(registre, navn):
    bad, good = ("".join(dokument.html(*laget(okt, navn), Maler())) for okt in registre)
    assert html_form(bad) == html_form(good)
    assert "onerror=a()>" not in bad


@pytest.mark.parametrize("navn", RAPPORTER)
def test_hostile_names_are_text_in_files_for_machines(registre, navn):
    view, head = laget(registre[0], navn)
    assert json.loads("".join(som_json(view, head)))["rapport"] == navn
    for line in "".join(som_csv(view)).split("\r\n"):
        assert not re.search(r'(?:^|;)"[=+@\-]', line)
    book = openpyxl.load_workbook(io.BytesIO(som_xlsx(view, head)))
    assert all(c.data_type != "f" and not c.hyperlink for s in book for row in s.iter_rows() for c in row)
