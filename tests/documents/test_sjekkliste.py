"""Checklists as Markdown and HTML: read back by CommonMark and GitHub's task-list rules, hostile names as text."""

from __future__ import annotations

import difflib
import re
import shutil
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from tests.documents import hjelp_rapport as h
from tests.documents import hjelp_sjekkliste as s

from forvaltning.cli import overlevering_vis, sjekkliste_felles
from forvaltning.cli.okt import Okt
from forvaltning.documents import sjekkliste_md
from forvaltning.documents.mal import Maler, MalFeil
from forvaltning.documents.sjekkliste import FELTER, k, t
from forvaltning.documents.sjekkliste_les import les

VONDE = [
    "a | b",
    "`kode` ``to``",
    "[lenke](javascript:alert(1))",
    "linje en\nlinje to\n- [x] **smuglet** `enhetstest`",
    "<script>alert(1)</script> & <b>",
    "{{ 7 * 7 }} {% for x in y %}",
    "**fet** __understrek__ ~~strøket~~",
    "=cmd()|' /C calc'!A0",
    "\x1b[31mrød\x1b[0m",
    "::error file=x::y",
    "##vso[task.complete]",
    "\u202esnudd\u202c \u200b",
    "- [x] **krav** `krav-4.2`",
    "1. ett",
    "# overskrift",
    "> sitat",
    "@bergen/sdi #12 GH-3",
    "![bilde](https://ond.example/x.png)",
    "&#42;stjerne&#42;",
    "\\",
    "Notat: dette er en felle",
]


@pytest.mark.parametrize("navn", s.GYLDNE)
def test_the_checklist_is_as_it_was_read_last(navn):
    h.lik_gyllen(f"sjekkliste-{navn}.md", s.markdown(navn))


@pytest.mark.parametrize("navn", s.GYLDNE)
def test_the_same_registry_gives_the_same_bytes(navn):
    assert s.markdown(navn) == s.markdown(navn)


@pytest.mark.parametrize("navn", s.GYLDNE)
def test_every_item_is_there_once_and_ticked_as_the_registry_says(navn):
    wanted = {p.id: p for p in s.sjekkliste(navn).punkter}
    read = les(s.markdown(navn)).punkter
    assert Counter(p.id for p in read) == Counter(wanted.keys())
    for p in read:
        state = wanted[p.id].tilstand.value
        assert p.haket == {"utfort": True, "ikke_aktuelt": None}.get(state, False), p.id


def gjoremal(text):
    """The boxes that GitHub makes: a list item whose own first text begins with ``[ ]`` or ``[x]`` and a blank."""
    tokens = MarkdownIt("commonmark").parse(text)
    found = []
    for i, token in enumerate(tokens):
        if token.type == "inline" and i > 1 and tokens[i - 2].type == "list_item_open":
            hit = re.match(r"\[([ xX])\] \S", token.content)
            if hit:
                found.append(hit[1] != " ")
    return found


@pytest.mark.parametrize("navn", s.GYLDNE)
def test_github_counts_the_same_boxes(navn):
    items = [p for p in s.sjekkliste(navn).punkter if p.tilstand.value != "ikke_aktuelt"]
    done = sum(p.tilstand.value == "utfort" for p in items)
    boxes = gjoremal(s.markdown(navn))
    assert (len(boxes), sum(boxes)) == (len(items), done)


@pytest.mark.parametrize("navn", s.GYLDNE)
def test_headings_never_skip_a_level(navn):
    levels = [int(x.tag[1]) for x in MarkdownIt().parse(s.markdown(navn)) if x.type == "heading_open"]
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


@pytest.mark.parametrize("navn", s.GYLDNE)
def test_the_page_holds_the_same_items(navn):
    page = lxml_html.fromstring(s.html(navn))
    codes = [c.text for c in page.xpath("//main//ul/li/code[last()] | //main//ul/li/p/code[last()]")]
    for p in s.sjekkliste(navn).punkter:
        assert p.id in codes, p.id
    assert not page.xpath("//script | //img | //link | //form")


@pytest.mark.parametrize("vond", VONDE)
def test_hostile_names_come_out_as_text(vond):
    ark = s.ark("overlevering-tilskuddsportalen")
    row = replace(ark.grupper[0].punkter[0], tittel=vond, detaljer=((t(f"Utført: {vond}"), k(vond)),))
    first = replace(ark.grupper[0], tittel=vond, hjelp=vond, punkter=(row, *ark.grupper[0].punkter[1:]))
    bad = replace(
        ark,
        tittel=vond,
        hjelp=vond,
        forbehold=(vond,),
        topp=((t(vond), k(vond)),),
        grupper=(first, *ark.grupper[1:]),
        signering=((t(vond),),),
        om=vond,
    )
    text = sjekkliste_md.markdown(bad, Maler())
    assert Counter(p.id for p in les(text).punkter) == Counter(r.id for r in bad.rader())
    kinds = {c.type for x in MarkdownIt("gfm-like").parse(text) for c in x.children or []}
    assert not kinds & {"link_open", "image", "html_inline", "em_open", "s_open"}
    assert "\x1b" not in text
    assert "\u202e" not in text
    page = "".join(sjekkliste_md.html(bad, Maler()))
    dom = lxml_html.fromstring(page)
    assert not dom.xpath("//script | //img | //main//a[not(starts-with(@href, '#'))]")


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1, max_size=120), st.text(max_size=200))
def test_whatever_a_title_or_a_line_holds_the_item_is_read_back(tittel, detalj):
    ark = s.ark("bestilling-tom")
    row = replace(ark.grupper[0].punkter[0], tittel=tittel, detaljer=((t(detalj), k(tittel)),))
    first = replace(ark.grupper[0], tittel=detalj, punkter=(row, *ark.grupper[0].punkter[1:]))
    bad = replace(ark, tittel=tittel, grupper=(first, *ark.grupper[1:]))
    read = les(sjekkliste_md.markdown(bad, Maler())).punkter
    assert [p.id for p in read] == [r.id for r in bad.rader()]
    "".join(sjekkliste_md.html(bad, Maler()))


def test_what_the_guard_hides_is_hidden():
    ark = replace(s.ark("overlevering-tilskuddsportalen"), hjelp="Gjelder 01010112345 og 12057900499.")
    text = sjekkliste_md.markdown(ark, Maler())
    assert "12057900499" not in text


# --- templates of the registry's own -----------------------------------------------------------------


def test_a_template_of_the_registry_takes_the_place_of_ours(tmp_path):
    (tmp_path / "sjekkliste.md.j2").write_text(
        "# Vår egen: {{ ark.tittel }}\n{% for g in ark.grupper %}\n## {{ g.tittel }}\n\n"
        "{% for p in g.punkter %}\n{{ punkt(p) }}\n{% endfor %}\n{% for p in g.krav %}\n{{ punkt(p) }}\n{% endfor %}\n"
        "{% endfor %}\n",
        encoding="utf-8",
    )
    text = sjekkliste_md.markdown(s.ark("bestilling"), Maler(tmp_path))
    assert text.startswith("# Vår egen: Bestilling til utvikling")


def test_a_template_by_the_name_of_the_list_is_only_for_that_list(tmp_path):
    (tmp_path / "sjekkliste-bestilling.md.j2").write_text(
        '{% extends "sjekkliste.md.j2" %}{% block om %}\n\n## Hilsen SDI\n{% endblock %}', encoding="utf-8"
    )
    assert "Hilsen SDI" in sjekkliste_md.markdown(s.ark("bestilling"), Maler(tmp_path))
    assert "Hilsen SDI" not in sjekkliste_md.markdown(s.ark("prosjekt"), Maler(tmp_path))


@pytest.mark.parametrize(
    "innhold",
    [
        "# Uten punkter\n",
        "{% for g in ark.grupper %}{% for p in g.punkter %}\n{{ punkt(p) }}\n{{ punkt(p) }}\n{% endfor %}{% endfor %}",
        '{% extends "!sjekkliste.md.j2" %}{% block om %}\n\n- [x] **Eget** `eget`\n{% endblock %}',
    ],
)
def test_a_template_that_loses_or_doubles_an_item_is_refused(tmp_path, innhold):
    (tmp_path / "sjekkliste.md.j2").write_text(innhold, encoding="utf-8")
    with pytest.raises(MalFeil) as caught:
        sjekkliste_md.markdown(s.ark("bestilling"), Maler(tmp_path))
    assert caught.value.fil == "templates/sjekkliste.md.j2"
    assert "nøyaktig én gang" in caught.value.melding


def test_a_fault_of_ours_is_not_blamed_on_anybody(monkeypatch):
    monkeypatch.setattr(sjekkliste_md, "les", lambda _: les("- [x] **Et** `annet`\n"))
    with pytest.raises(sjekkliste_md.Tapt):
        sjekkliste_md.markdown(s.ark("bestilling"), Maler())


def test_no_line_of_ours_is_taken_for_a_line_a_person_writes():
    for navn in s.GYLDNE:
        made = s.sjekkliste(navn)
        for p in les(s.markdown(navn)).punkter:
            item = made.punkt(p.id)
            assert item is not None
            expected = {"Notat": item.notat, "Dokumentasjon": item.dokumentasjon}
            if item.tilstand.value == "ikke_aktuelt":
                expected["Ikke aktuelt"] = item.grunn
            assert {f.navn for f in p.felter} == {n for n, v in expected.items() if v}, p.id
            assert {f.navn for f in p.felter} <= set(FELTER)


def test_a_tick_is_a_small_difference(tmp_path):
    root = tmp_path / "registry"
    shutil.copytree(h.REGISTER, root)
    before = _vist(root)
    file = root / "overleveringer" / "overlevering-tilskuddsportalen.yaml"
    ticked = file.read_text(encoding="utf-8").replace(
        "  - id: akseptansetest\n    tilstand: apent\n",
        "  - id: akseptansetest\n    tilstand: utfort\n    dato: 2026-11-13\n    av: digitaliseringskoordinator-kultur\n",
    )
    file.write_text(ticked, encoding="utf-8")
    changed = [
        d
        for d in difflib.unified_diff(before, _vist(root), n=0, lineterm="")
        if d[:1] in "+-" and d[:3] not in ("+++", "---")
    ]
    wrong = [
        d
        for d in changed
        if not re.search(
            r"akseptansetest|Før produksjon: |Utført|Digitaliseringskoordinatoren|Svarer|overlevering-tilskuddsportalen\.yaml",
            d,
        )
    ]
    assert not wrong
    assert any("13.11.2026" in d for d in changed)


def _vist(root):
    okt = Okt(root, bruk_lager=False)
    return sjekkliste_felles.markdown(okt, overlevering_vis.lag(okt, "tilskuddsportalen")).splitlines()
