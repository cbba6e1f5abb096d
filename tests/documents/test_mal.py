"""Templates: values stay text, a registry's own takes over by name, and none gets out of the sandbox or runs for ever."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt
from tests.documents import hjelp_rapport as h

from forvaltning.cli.report import FORMATER
from forvaltning.documents import dokument
from forvaltning.documents.katalog import RAPPORTER
from forvaltning.documents.mal import Maler, MalFeil
from forvaltning.documents.visning import Del, Kolonne, Tabell, Visning

FIENDTLIG = (
    "a | b",
    "`kode` ``",
    "[lenke](http://eksempel.example)",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "=cmd()|' /C calc'!A0",
    "linje\n# Overskrift\n- punkt",
    "\x1b[31mrød\x07",
    "::error::stopp",
    "##vso[task.complete]",
    "\u202etxet\u2066",
    "- punkt",
    "1. punkt",
    "---",
    "===",
    "+ pluss",
    "> sitat",
    "![bilde](x)",
    "&lt;b&gt;",
    "**feit** _kursiv_ ~~strek~~",
    "@kommunen/alle #12 deadbeefcafe",
    "- [x] ferdig",
    "\ue000t0\ue001",
    "    innrykk",
    "\\",
    "$a^2$",
)


def visning(tekst, *, antall=1):
    table = Tabell(
        "t", tekst, (Kolonne("a", tekst), Kolonne("b", "B", "liste")), ((tekst, (tekst, tekst)),) * antall
    )
    part = Del(tekst, (tekst,), (tekst,), (table,), deler=(Del(tekst, (tekst,)),))
    return Visning("prove", tekst, (tekst,), (part,), ((tekst, tekst),))


def hode():
    return h.grunnlag("status").hode


def skjelett(text):
    """What kinds of blocks and marks a document is made of."""
    return [(t.type, t.tag, t.level) for t in MarkdownIt("gfm-like").parse(text)], sorted(
        c.type
        for t in MarkdownIt("gfm-like").parse(text)
        for c in t.children or []
        if c.type not in {"text", "text_special", "softbreak"}
    )


@pytest.mark.parametrize("tekst", FIENDTLIG)
def test_no_text_changes_the_shape_of_a_document(tekst):
    assert skjelett(dokument.markdown(visning(tekst), hode(), Maler())) == skjelett(
        dokument.markdown(visning("Vanlig tekst"), hode(), Maler())
    )


@pytest.mark.parametrize("tekst", FIENDTLIG)
def test_no_text_changes_the_shape_of_a_page(tekst):
    from lxml import html

    def tags(text):
        tree = html.fromstring("".join(dokument.html(visning(text), hode(), Maler())))
        return [(e.tag, e.get("class"), e.get("role")) for e in tree.iter() if isinstance(e.tag, str)]

    assert tags(tekst) == tags("Vanlig tekst")


def test_text_is_read_back_as_it_was():
    text = "a | b `c` <d> *e* [f] & 1. g"
    out = "".join(dokument.html(visning(text), hode(), Maler()))
    from lxml import html

    tree = html.fromstring(out)
    assert tree.findtext(".//h1") == text
    assert tree.findtext(".//h2") == text


@pytest.fixture
def egen(tmp_path):
    def lag(text, name="prove"):
        (tmp_path / f"{name}.md.j2").write_text(text, encoding="utf-8")
        return Maler(tmp_path)

    return lag


def test_a_template_of_the_registry_takes_over_by_name(egen):
    maler = egen("# Vår egen: {{ v.tittel }}\n\n{{ tabell(v.deler[0].tabeller[0]) }}\n")
    out = dokument.markdown(visning("a | b"), hode(), maler)
    assert out.startswith("# Vår egen: a \\| b\n")
    assert "Om rapporten" not in out


def test_a_template_of_the_registry_can_change_one_block_of_the_one_that_ships(egen):
    maler = egen('{% extends "!rapport.md.j2" %}{% block ingress %}{{ super() }}\n\nVår linje.{% endblock %}')
    out = dokument.markdown(visning("Tekst"), hode(), maler)
    assert "Vår linje." in out
    assert out.count("## Om rapporten") == 1
    assert out.count("\n\nTekst\n\n") >= 1


def test_a_common_template_of_the_registry_counts_for_every_report(egen):
    maler = egen("# {{ v.tittel }}\n\nFelles mal.\n", "rapport")
    assert dokument.markdown(visning("X"), hode(), maler) == "# X\n\nFelles mal.\n"


@pytest.mark.parametrize("navn", RAPPORTER)
def test_every_report_has_a_template_that_one_in_the_registry_can_build_on(egen, navn):
    maler = egen('{% extends "!' + navn + '.md.j2" %}{% block tittel %}# Vår egen{% endblock %}', navn)
    v, head = h.visning(navn), h.grunnlag(navn).hode
    plain = dokument.markdown(v, head, Maler())
    assert dokument.markdown(v, head, maler) == "# Vår egen\n" + plain.partition("\n")[2]


def test_the_template_in_the_documentation_works(egen):
    text = (h.ROT / "docs" / "rapporter.md").read_text(encoding="utf-8")
    shown = text.partition("```jinja\n")[2].partition("```")[0]
    out = dokument.markdown(h.visning("status"), hode(), egen(shown, "status"))
    assert "Spørsmål? Skriv til digitalisering@kommunen.example." in out
    assert "## Om rapporten" in out


def test_the_documentation_names_every_report_and_format():
    text = (h.ROT / "docs" / "rapporter.md").read_text(encoding="utf-8")
    for name in RAPPORTER:
        assert f"| `{name}" in text
    for form in FORMATER:
        assert f"| `{form}` |" in text


def test_joined_and_gathered_text_is_escaped_once(egen):
    maler = egen(
        "{% macro m(x) %}{{ x }}{% endmacro %}"
        "{% set y %}{{ v.tittel }}{% endset %}"
        "{{ m(v.tittel) }} {{ y }} {{ m(v.tittel) ~ v.tittel }} {{ [v.tittel, m(v.tittel)]|join('|') }}"
    )
    assert (
        dokument.markdown(visning("*a*"), hode(), maler)
        == "\\*a\\* \\*a\\* \\*a\\*\\*a\\* \\*a\\*\\|\\*a\\*\n"
    )


ROMMER = (
    "{{ v.__class__ }}",
    "{{ v['__class__'] }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ v.tittel.format(v) }}",
    "{{ '{0.__class__}'.format(v) }}",
    "{{ v.tabeller.__globals__ }}",
    "{{ tabell.__globals__ }}",
    "{{ tabell.__code__ }}",
    "{{ self.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ lipsum() }}",
    "{{ v|attr('__class__') }}",
    "{{ v.tittel|safe }}",
    "{{ v|tojson }}",
    "{{ v.tittel|urlize }}",
    "{% include '/etc/passwd' %}",
    "{% include '../forvaltning.yaml' %}",
    "{% include '../../x.md.j2' %}",
    "{% import 'os' as os %}",
    "{{ 2 ** 1000000000 }}",
    "{{ 'a' * 1000000000 }}",
    "{{ 'a' + 'b' }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ [0] * 1000000000 }}",
    "{{ range(1000000000)|list }}",
    "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}",
    "{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}",
    "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",
    "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "{% set ns = namespace(x='a') %}{% for a in range(99) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    "{{ (v.tittel ~ 'x')[:1] }}",
    "{{ finnes_ikke }}",
    "{{ v.finnes_ikke }}",
    "{{ v.tittel",
    "{% for %}",
    "{% block a %}",
    "{{ v.deler.append(1) }}",
    "{{ grunnlag.dato.today() }}",
    "{% extends 'finnes-ikke.md.j2' %}",
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
)


@pytest.mark.parametrize("mal", ROMMER, ids=range(len(ROMMER)))
def test_a_template_that_goes_too_far_gives_one_message_with_its_line(egen, mal):
    with pytest.raises(MalFeil) as caught:
        dokument.markdown(visning("Tekst"), hode(), egen("Første linje.\n" + mal))
    assert caught.value.fil == "templates/prove.md.j2"
    assert caught.value.linje in {1, 2}
    assert "\n" not in caught.value.melding
    assert caught.value.tiltak


def test_a_long_table_again_and_again_is_too_much(egen):
    maler = egen(
        "{% for a in range(500) %}{{ tabell(utdrag(v.deler[0].tabeller[0], 'X', 'a')) }}{% endfor %}"
    )
    for lag in (dokument.markdown, dokument.html):
        with pytest.raises(MalFeil, match="steg"):
            lag(visning("Tekst", antall=10_000), hode(), maler)


def test_the_line_of_a_fault_is_the_line_of_the_template(egen):
    with pytest.raises(MalFeil) as caught:
        dokument.markdown(visning("Tekst"), hode(), egen("a\nb\n\n{{ v.tull }}\n"))
    assert caught.value.linje == 4


def test_a_template_that_is_a_link_a_folder_too_large_or_not_text_is_told(tmp_path):
    def feil():
        with pytest.raises(MalFeil) as caught:
            dokument.markdown(visning("Tekst"), hode(), Maler(tmp_path))
        return caught.value.melding

    target = tmp_path / "prove.md.j2"
    try:
        target.symlink_to(tmp_path / "annen")
    except OSError:
        pytest.skip("links can not be made here")
    assert "lenke" in feil()
    target.unlink()
    target.mkdir()
    assert "mappe" in feil()
    target.rmdir()
    target.write_bytes(b"a" * (256 * 1024 + 1))
    assert "større" in feil()
    target.write_bytes(b"\xff\xfe")
    assert "leses" in feil()


def test_a_fault_in_a_template_that_ships_is_a_fault_of_ours():
    with pytest.raises(Exception, match="tittel"):
        Maler().skriv("rapport", {"v": object()}, {})
