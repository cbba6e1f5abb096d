"""The page made from Markdown: what a reader, a keyboard and a screen reader meet."""

from __future__ import annotations

import re

from lxml import html
from tests.documents import hjelp_rapport as h

from forvaltning.documents.side import html_side, plass
from forvaltning.documents.visning import Figur, Kolonne, Tabell


def side(markdown, *tabeller, figurer=()):
    return html.fromstring(html_side(markdown, "Tittel", tabeller, figurer))


def test_the_page_stands_alone_and_says_its_language():
    text = h.html("status")
    tree = html.fromstring(text)
    assert text.startswith("<!DOCTYPE html>")
    assert tree.get("lang") == "nb"
    assert not tree.xpath("//script | //link | //img | //iframe | //*[@src]")
    assert {a.get("href")[0] for a in tree.iter("a")} == {"#"}
    assert "@import" not in text
    assert re.findall(r"url\((?!#)", text) == []
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]")[0].get("content")
    assert "@@" not in text
    assert not re.search("[\ue000\ue001]", text)


def test_there_is_one_title_one_main_and_a_way_past_the_menu():
    tree = html.fromstring(h.html("status"))
    assert len(tree.xpath("//h1")) == 1
    assert len(tree.xpath("//main")) == 1
    assert tree.xpath("//body/a")[0].get("href") == "#" + tree.xpath("//main")[0].get("id")
    assert tree.findtext(".//title") == "Status for kravene – Bergen kommune"
    targets = [a.get("href")[1:] for a in tree.xpath("//nav//a")]
    assert [tree.get_element_by_id(t).tag for t in targets] == ["h2"] * len(targets)


def test_every_table_has_a_caption_scoped_headers_and_a_way_in_for_the_keyboard():
    tree = html.fromstring(h.html("status"))
    assert tree.xpath("//table")
    for table in tree.xpath("//table"):
        assert "".join(table.xpath("./caption")[0].itertext()).strip()
        assert {th.get("scope") for th in table.xpath("./thead//th")} == {"col"}
        assert {th.get("scope") for th in table.xpath("./tbody//th")} == {"row"}
        around = table.getparent()
        assert around.get("tabindex") == "0"
        assert around.get("aria-labelledby") == table.xpath("./caption")[0].get("id")


def test_task_lists_are_boxes_that_are_seen_and_words_that_are_heard():
    tree = side("# T\n\n- [ ] Åpent *punkt*\n- [x] Ferdig\n- [X] Ferdig også\n- [ ]ikke et punkt\n- vanlig\n")
    items = tree.xpath("//li")
    assert [i.get("class") for i in items] == ["punkt", "punkt", "punkt", None, None]
    assert ["".join(i.itertext()).strip() for i in items[:3]] == [
        "☐ Åpent punkt",
        "☑ Ferdig",
        "☑ Ferdig også",
    ]
    assert not tree.xpath("//input")


def test_raw_html_and_pictures_in_markdown_are_text():
    tree = side(
        "# T\n\n<b onclick=a()>x</b> ![alt](http://x.example/y.png) [l](javascript:a())\n\n<script>a()</script>\n"
    )
    assert not tree.xpath("//main//b | //main//img | //main//script")
    assert [a.get("href") for a in tree.xpath("//main//a")] == ["http://x.example/y.png"], (
        "asked for when followed"
    )
    assert "<b onclick=a()>x</b>" in tree.text_content()


def test_a_table_in_the_markdown_itself_is_reached_from_the_keyboard():
    tree = side("# T\n\n| a | b |\n| --- | ---: |\n| x | 1 |\n")
    (table,) = tree.xpath("//table")
    assert table.getparent().get("tabindex") == "0"
    assert table.getparent().get("aria-label") == "T (1)"
    assert {th.get("scope") for th in table.xpath(".//th")} == {"col"}
    assert table.xpath(".//td")[1].get("class") == "tall"


def test_tables_and_figures_stand_where_they_were_placed():
    table = Tabell(
        "t",
        "Tabellen",
        (Kolonne("a", "A"), Kolonne("b", "B", "utfall")),
        (("x", "brudd"),),
        forklaring="Før.",
    )
    empty = Tabell("u", "Tom tabell", (Kolonne("a", "A"),), (), tom="Ingenting her.")
    figure = Figur("f", "Figuren", "Hva den viser.", '<svg xmlns="http://www.w3.org/2000/svg"></svg>')
    tree = side(
        f"# T\n{plass('t', 0)}\nMellom.\n{plass('t', 1)}{plass('f', 0)}", table, empty, figurer=(figure,)
    )
    text = " ".join(tree.xpath("//main")[0].text_content().split())
    assert text == "T Før. Tabellen AB x✗ brudd Mellom. Tom tabell: Ingenting her. Figuren Hva den viser."
    assert tree.xpath("//td/span/span[@aria-hidden='true']")[0].text == "✗"


def test_wide_tables_are_printed_across_the_sheet_and_narrow_ones_are_not():
    columns = tuple(Kolonne(f"k{i}", f"K{i}") for i in range(9))
    wide = Tabell("t", "T", columns, (("x",) * 9,))
    assert "size: A4 landscape" in html_side(f"# T\n{plass('t', 0)}", "T", (wide,))
    narrow = Tabell("t", "T", columns[:3], (("x",) * 3,))
    assert "size: A4;" in html_side(f"# T\n{plass('t', 0)}", "T", (narrow,))
