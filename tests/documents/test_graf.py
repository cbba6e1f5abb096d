"""The landscape drawn: hostile names stay names in every language, boxes do not overlap, the same every time."""

from __future__ import annotations

import itertools
import re
import warnings

import pydot
import pytest
from lxml import etree
from tests.documents import hjelp_rapport
from tests.hjelp import register

from forvaltning.documents import graf_dot, graf_mermaid, graf_ord, graf_svg
from forvaltning.documents.graf_boks import bredde, brekk
from forvaltning.documents.graf_oppsett import Boks, legg_ut
from forvaltning.engine.landskap import landskap
from forvaltning.engine.landskap_utsnitt import levende

SVG = "{http://www.w3.org/2000/svg}"
FIENDTLIG = "| `a` [b](http://x) <b>\n{{ 7*7 }} =cmd() \x1b[31m ::error \u202e"
VERST = [
    FIENDTLIG,
    'x"] --> y; click n1 "javascript:alert(1)"',
    '"; rankdir=TB; x -> y [label="\\N\\G',
    "%%{init: {'theme':'dark'}}%%",
    "`fet` end subgraph",
    "</text><script>alert(1)</script>&lt;b&gt;",
    "]]>--><!--",
    "#quot;#35;&quot;",
    "javascript:alert(1)",
]
KLASSER = {"kritisk": "Kritisk", "ordinaer": "Ordinær"}


def verste():
    poster = {"leverandorer/l": {"navn": VERST[0]}}
    for i, name in enumerate(VERST):
        poster[f"systemer/s{i}"] = {
            "navn": name,
            "leverandor": "l",
            "kritikalitet": {"klasse": "kritisk"},
            "tilstand": "under_avvikling",
        }
        poster[f"tjenester/t{i}"] = {"navn": name, "systemer": [f"s{i}"], "personopplysninger": "ja"}
        poster[f"integrasjoner/i{i}"] = {
            "navn": name,
            "fra": {"system": f"s{i}"},
            "til": {"ekstern": name},
            "retning": "begge_veier",
        }
    return landskap(register(poster))


def eksempel():
    return levende(landskap(hjelp_rapport.okt().register))


def tegn(modul, x, tittel="Tittel"):
    draw = {"mermaid": graf_mermaid.mermaid, "dot": graf_dot.dot, "svg": graf_svg.svg}[modul]
    return "".join(draw(x, tittel, KLASSER))


@pytest.mark.parametrize("modul", ["mermaid", "dot", "svg"])
def test_the_picture_is_the_same_every_time(modul):
    assert tegn(modul, verste()) == tegn(modul, verste())


@pytest.mark.parametrize("modul", ["mermaid", "dot", "svg"])
def test_no_sign_that_steers_comes_through(modul):
    text = tegn(modul, verste(), FIENDTLIG)
    assert text.isprintable() or all(c.isprintable() or c == "\n" for c in text)
    assert not re.search(r"^\s*::", text, re.MULTILINE)


@pytest.mark.parametrize("modul", ["mermaid", "dot", "svg"])
def test_a_personal_number_in_a_name_is_hidden(modul):
    text = tegn(
        modul, landskap(register({"systemer/s": {"navn": "Arkiv for 17054026641 og flere med langt navn"}}))
    )
    assert "17054026641" not in text
    assert "1705402" not in text


@pytest.mark.parametrize("fil", ["mermaid", "dot", "svg"])
def test_the_sample_registry_is_drawn_as_it_was_read_last(fil):
    x = eksempel()
    classes = hjelp_rapport.okt().innstillinger.koder["kritikalitet"]
    draw = {"mermaid": graf_mermaid.mermaid, "dot": graf_dot.dot, "svg": graf_svg.svg}[fil]
    name = {"mermaid": "kart.mmd"}.get(fil, f"kart.{fil}")
    hjelp_rapport.lik_gyllen(f"kalender_og_kart/{name}", "".join(draw(x, "Kart", classes)))


# --- Mermaid ------------------------------------------------------------------------------------------------

LINJE = re.compile(
    r"""
    flowchart\ LR | \ \ acc(Title|Descr):\ [\w\ .,()-]* | \ \ (\ \ )?end | \ \ subgraph\ [a-z]+\["[^"`<>{}%]*"\]
    | \ {4}n\d+(\(\[|\[\[|\[/|\[\\|\[|\{\{)"[^"`<>{}%]*(<br/>[^"`<>{}%]*)?"(\]\)|\]\]|/\]|\\\]|\]|\}\})
    | \ \ n\d+\ <?-->(\|"[^"`<>{}%]*"\|)?\ n\d+ | \ \ style\ n\d+\ [a-z0-9:, -]+
    | \ {4}forklaring\["[^"`{}%]*"\]
    """,
    re.VERBOSE,
)


def test_every_line_of_mermaid_is_one_we_meant():
    for line in tegn("mermaid", verste()).splitlines():
        assert LINJE.fullmatch(line), line


def test_a_name_in_mermaid_reads_back_as_it_is_shown():
    text = tegn("mermaid", verste())
    label = next(re.finditer(r'n1\(\["(.*?)<br/>', text))[1]
    read = re.sub(r"#(\d+);", lambda m: chr(int(m[1])), label)
    assert read in {graf_ord.vis(n, 120) for n in VERST}


# --- DOT ----------------------------------------------------------------------------------------------------


def test_a_dot_parser_finds_the_nodes_and_arrows_that_were_meant():
    x = verste()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        (graph,) = pydot.graph_from_dot_data(tegn("dot", x))
    clusters = graph.get_subgraphs()
    names = [n.get_name() for c in clusters for n in c.get_nodes()]
    assert sorted(names) == sorted(f"n{i}" for i in range(1, len(x.noder) + 1))
    assert len(graph.get_edges()) == len(graf_ord.piler(x))
    assert {n.get_name() for n in graph.get_nodes()} == {"graph", "node", "edge"}
    for c in clusters:
        for n in c.get_nodes():
            assert set(n.get_attributes()) <= {
                "label",
                "tooltip",
                "shape",
                "style",
                "penwidth",
                "peripheries",
            }


def test_a_label_in_dot_reads_back_as_it_is_shown():
    text = tegn("dot", landskap(register({"systemer/s": {"navn": 'a"b\\c\\N & d'}})))
    assert 'label="a\\"b\\\\c\\\\N &amp; d\\nkritikalitet ikke vurdert"' in text


# --- SVG ----------------------------------------------------------------------------------------------------


def svg_(x):
    return etree.fromstring(tegn("svg", x).encode())


def test_the_figure_has_a_title_and_says_everything_in_words():
    x = eksempel()
    root = svg_(x)
    assert root.get("role") == "img"
    for part in root.get("aria-labelledby").split():
        assert root.xpath(f'//*[@id="{part}"]')[0].text
    text = root.findtext(f"{SVG}desc")
    for n in x.noder.values():
        assert n.navn in text
    assert (
        "Skjemaløsningen (system, kritisk, personopplysninger): sender data til Skjemaløsningen til Bk360"
        in text
    )


def test_hostile_names_are_text_in_the_figure():
    root = svg_(verste())
    allowed = {"svg", "title", "desc", "defs", "marker", "path", "rect", "text", "g", "polygon"}
    assert {etree.QName(e).localname for e in root.iter() if isinstance(e.tag, str)} == allowed
    for e in root.iter():
        assert not [a for a in e.attrib if a.startswith("on") or a in {"href", "style"}]


def bokser(root):
    for g in root.iter(f"{SVG}g"):
        shape = g.find(f"{SVG}rect")
        if shape is not None:
            yield g, *(float(shape.get(a)) for a in ("x", "y", "width", "height"))
        else:
            pairs = [tuple(map(float, p.split(","))) for p in g.find(f"{SVG}polygon").get("points").split()]
            xs, ys = [p[0] for p in pairs], [p[1] for p in pairs]
            yield g, min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


@pytest.mark.parametrize("x", [eksempel, verste])
def test_no_box_covers_another_and_all_text_stays_in_its_box(x):
    root = svg_(x())
    boxes = list(bokser(root))
    width, height = (float(v) for v in root.get("viewBox").split()[2:])
    for g, left, top, w, h in boxes:
        assert left >= 0
        assert left + w <= width
        assert top + h <= height
        for t in g.findall(f"{SVG}text"):
            assert top < float(t.get("y")) < top + h
            assert bredde(t.text, float(t.get("font-size"))) <= w
    for (_, ax, ay, aw, ah), (_, bx, by, bw, bh) in itertools.combinations(boxes, 2):
        assert ax + aw <= bx or bx + bw <= ax or ay + ah <= by or by + bh <= ay


def test_what_ends_or_has_not_begun_is_told_by_the_border_and_in_words():
    poster = {
        "systemer/a": {"navn": "A", "tilstand": "under_avvikling"},
        "systemer/b": {"navn": "B", "tilstand": "planlagt"},
        "systemer/c": {"navn": "C", "tilstand": "i_produksjon", "kritikalitet": {"klasse": "kritisk"}},
    }
    root = svg_(landskap(register(poster)))
    look = {
        g.findtext(f"{SVG}text"): (g.find(f"{SVG}rect"), [t.text for t in g.findall(f"{SVG}text")])
        for g in root.iter(f"{SVG}g")
    }
    assert look["A"][0].get("stroke-dasharray") == "7 4"
    assert "under avvikling" in " ".join(look["A"][1])
    assert look["B"][0].get("stroke-dasharray") == "2 3"
    assert "ikke i bruk ennå" in " ".join(look["B"][1])
    assert float(look["C"][0].get("stroke-width")) > float(look["A"][0].get("stroke-width"))
    assert "kritisk" in look["C"][1]


def test_an_empty_picture_says_so():
    assert "Ingen poster svarer til utvalget." in tegn("svg", landskap(register({})))
    for modul in ("mermaid", "dot"):
        assert "Kartet er tomt." in tegn(modul, landskap(register({})))


# --- the layout -----------------------------------------------------------------------------------------------


def test_a_long_line_gets_a_place_of_its_own_in_the_columns_between():
    boxes = [Boks("a", 0, 30), Boks("b", 1, 30), Boks("c", 2, 30)]
    placed, (line,) = legg_ut(boxes, [("a", "c")])
    assert len(line.via) == 1
    empty, b = placed[line.via[0]], placed["b"]
    assert empty.y + empty.hoyde <= b.y or b.y + b.hoyde <= empty.y


def test_order_and_gaps_hold_for_many_boxes():
    boxes = [Boks(f"{c}-{i}", c, 20 + i % 3 * 10) for c in range(3) for i in range(40)]
    lines = [(f"{c}-{i}", f"{c + 1}-{i * 7 % 40}") for c in range(2) for i in range(40)]
    placed, _ = legg_ut(boxes, lines)
    for c in range(3):
        column = sorted((b for b in placed.values() if b.kolonne == c), key=lambda b: b.y)
        for one, two in itertools.pairwise(column):
            assert one.y + one.hoyde + two.luft <= two.y + 1e-6


@pytest.mark.parametrize("ord_", ["", "a", "Kort navn", "x" * 300, "Et navn med mange ord " * 9, "漢字" * 60])
def test_words_are_broken_to_fit(ord_):
    lines = brekk(ord_, 150, 3)
    assert 1 <= len(lines) <= 3
    assert all(bredde(line) <= 150 for line in lines)
