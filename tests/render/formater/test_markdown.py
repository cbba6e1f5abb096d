"""Markdown: short enough, most important first, and no text of the registry becomes structure."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.render.formater import eksempler
from tests.render.formater.eksempler import FIENDTLIG, FIENDTLIGE, FILER, med_tekst

from forvaltning.render.formater.markdown import KOMMENTAR, MERKE, jobbsammendrag, markdown
from forvaltning.source.markdown_tegn import kode, tekst

LENKER = re.compile(
    r"(?i)@\w|[#!&~%^$](?=[\w\"])|\bgh-\d|www\.|:/|mailto:\w|:[a-z_+]+:|\b(?=[0-9]*[a-f])[0-9a-f]{7,40}\b"
)
"""What GitHub and GitLab turn into something after CommonMark is done."""


def leser():
    md = MarkdownIt("gfm-like")
    md.linkify.set({"fuzzy_link": False})  # GitHub does not link bare names like ond.example
    return md


def kommentar(g):
    return "".join(markdown(g))


def struktur(text):
    """Block and inline node types in order, without the words."""
    out = []
    for token in leser().parse(text):
        out.append((token.type, token.tag))
        out += [(c.type, c.tag) for c in token.children or () if c.type not in {"text", "text_special"}]
    return out


def synlig(text):
    """The words outside code, as a reader sees them."""
    return " ".join(
        "".join(c.content for c in token.children if c.type in {"text", "text_special"})
        for token in leser().parse(text)
        if token.children
    )


@pytest.mark.parametrize("navn", eksempler.GRUNNLAG)
def test_it_is_short_enough_and_begins_with_its_mark(navn):
    text = kommentar(eksempler.GRUNNLAG[navn]())
    assert text.startswith(f"{MERKE}\n")
    assert len(text) <= KOMMENTAR
    assert len(text.encode("utf-16-le")) // 2 <= KOMMENTAR
    assert struktur(text).count(("html_block", "")) == 1
    assert ("html_inline", "") not in struktur(text)


@pytest.mark.parametrize("lag", [kommentar, jobbsammendrag])
@pytest.mark.parametrize(("ord_", "fil"), FIENDTLIGE)
def test_no_hostile_text_becomes_structure(ord_, fil, lag):
    text = lag(med_tekst(ord_, fil))
    plain = struktur(lag(med_tekst("vanlig", "systemer/x.yaml")))
    if re.search(r"\w", ord_):
        assert struktur(text) == plain
    else:
        assert set(struktur(text)) <= set(plain)
    assert not LENKER.search(synlig(text)), LENKER.search(synlig(text))


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=80))
def test_any_text_is_text(ord_):
    text = f"- **{tekst('x ' + ord_)}**: {tekst(ord_)} {kode(ord_)}\n"
    assert {kind for kind, _ in struktur(text)} == {
        "bullet_list_open", "list_item_open", "paragraph_open", "inline", "strong_open", "strong_close", "code_inline",
        "paragraph_close", "list_item_close", "bullet_list_close",
    } - ({"code_inline"} if kode(ord_) == "–" else set())  # fmt: skip


@pytest.mark.parametrize("ord_", FIENDTLIG)
def test_text_escaped_reads_as_it_was_written(ord_):
    from forvaltning.source.trygg import ren

    (token,) = [t for t in leser().parse(f"x {tekst(ord_)} x") if t.type == "inline"]
    assert "".join(c.content for c in token.children).replace("\u200b", "") == f"x {ren(ord_, 600).strip()} x"


@pytest.mark.parametrize("ord_", [*FIENDTLIG, *FILER])
def test_a_code_span_shows_what_it_holds(ord_):
    from forvaltning.source.trygg import bryt, ren_sti

    (token,) = [t for t in leser().parse(f"x {kode(ord_, 99999)} x") if t.type == "inline"]
    spans = [c.content for c in token.children if c.type == "code_inline"]
    assert spans == ([bryt(ren_sti(ord_)).strip()] if ord_.strip() else [])


def test_breaches_stand_by_record_with_place_and_remedy():
    text = kommentar(eksempler.vanlig())
    assert "## ✗ 5 brudd og problemer" in text
    assert "#### `systemer/bk360`\n\n- **4.2 Risiko er vurdert**: Systemet mangler «felt1».\n" in text
    assert "  - Sted: `registry/systemer/bk360.yaml:2:3`\n" in text
    assert text.index("#### `avtaler/k`") < text.index("#### `systemer/bk360`")
    assert "### Går snart ut" in text
    assert "### Lovbrudd som følges opp" in text


def test_with_a_comparison_it_tells_what_is_new_mended_and_old():
    text = kommentar(eksempler.sammenlignet())
    assert "## ✗ 2 nye brudd og problemer" in text
    assert "| Rettet | 2 |" in text
    assert "### Rettet\n\nBra!" in text
    assert "### Brudd fra før" in text
    assert text.count("Slik rettes det") == 2
    assert "## ✓ Ingen nye brudd" in kommentar(eksempler.gammel())


def test_what_there_is_no_room_for_is_counted():
    text = kommentar(eksempler.stor())
    left = int(text.split("Det er ikke plass til ")[1].split()[0])
    assert text.count("Slik rettes det") + left == 5030
    assert len(text) > KOMMENTAR * 0.9


def test_it_is_never_too_long_whatever_stands_in_the_registry():
    for ord_ in ("@#" * 5000, "😀" * 9000, "`" * 9000, "<" * 9000):
        rows = [
            eksempler.resultat("4.2", f"s/{n}", "brudd", [eksempler.funn(n, melding=ord_, tiltak=ord_)])
            for n in range(99)
        ]
        mended = [{**eksempler.funn(n, melding=ord_), "krav": "4.2", "post": ord_} for n in range(99)]
        g = eksempler.grunnlag(
            rows, [], nye=frozenset(f"{n:016x}" for n in range(50)), rettet=mended, base=ord_
        )
        text = kommentar(g)
        assert len(text.encode("utf-16-le")) // 2 <= KOMMENTAR
        assert text.endswith("\n")
        assert "Slik rettes det" in text


def virkning(tekst, antall=1):
    felt = {"felt": "navn", "tittel": f"Tiltak «{tekst}»", "gammel": tekst, "ny": None}
    post = {
        "post": "systemer/a",
        "navn": tekst,
        "slag": "endret",
        "felter": [felt] * 9,
        "avhengige": ["x/y"] * 2,
    }
    krav = {"krav": "1.1", "post": "systemer/a", "enhet": None, "fra": None, "til": "brudd"}
    return {
        "endringer": [post, {**post, "slag": "ny", "felter": [], "avhengige": []}] * antall,
        "krav": [krav] * antall,
        "foreldet": [{"slag": "ROS", "post": "ros/r", "grunn": tekst}] * antall,
    }


def test_the_comment_tells_what_the_change_does():
    text = "".join(markdown(replace(eksempler.sammenlignet(), virkning=virkning("Navnet"))))
    for part in (
        "### Dette gjør endringen",
        "- `systemer/a` Navnet: endret. 2 andre poster viser til den.",
        "  - Tiltak «Navnet»: «Navnet» → fjernet",
        "  - og 1 felt til",
        "- ✗ **1.1 Systemet har eier** `systemer/a`: finnes ikke → brudd",
        "- ROS `ros/r`: Navnet",
    ):
        assert part in text
    assert "Dette gjør" not in "".join(markdown(eksempler.vanlig()))


@pytest.mark.parametrize(("tekst", "fil"), FIENDTLIGE)
def test_a_hostile_name_in_a_change_is_only_a_name(tekst, fil):
    plain = "".join(markdown(replace(med_tekst("x", fil), virkning=virkning("x"))))
    text = "".join(markdown(replace(med_tekst("x", fil), virkning=virkning(tekst))))
    assert struktur(text) == struktur(plain)
    assert not LENKER.search(synlig(text)), LENKER.search(synlig(text))


def test_a_large_change_with_many_breaches_leaves_room_for_them():
    g = replace(eksempler.stor(), nye=frozenset(), virkning=virkning("n" * 500, 5000))
    all_new = replace(g, nye=frozenset(f["fingeravtrykk"] for r in g.resultater for f in r["funn"]))
    text = "".join(markdown(all_new))
    assert len(text.encode("utf-16-le")) // 2 <= 65_000
    worst = text[text.index("### Nye brudd") : text.index("### Dette gjør")]
    assert len(worst) > 25_000
    assert len(jobbsammendrag(all_new).encode()) <= 1_000_000
