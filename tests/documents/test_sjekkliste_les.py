"""A checklist read back: what editors do to Markdown makes no difference, and no text is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents import hjelp_sjekkliste as s

from forvaltning.documents.sjekkliste_les import les
from forvaltning.documents.sjekkliste_tekst import vanlig

LISTE = """# Liste

Innledning.

- Gjelder: noe `systemer/x`

## Gruppe

- [x] **Første punkt** `forste`
  - Utført 01.02.2026 av `rolle`.
  - Dokumentasjon: Bk360 2026/1
- [ ] **Andre _punkt_** `andre-punkt`
  - Notat: Se på dette.
  - Ikke aktuelt: Vi gjør det ikke.
- **Tredje punkt** `krav-4.2`
  - Ikke aktuelt: Ingen.

## Slutt

- Uten signatur
"""


def test_items_fields_and_details_are_read_with_their_lines():
    first, second, third = les(LISTE).punkter
    assert (first.id, first.tittel, first.haket, first.linje) == ("forste", "Første punkt", True, 9)
    assert first.detaljer == (("Utført 01.02.2026 av rolle.", 10),)
    assert (first.felt("Dokumentasjon"), first.felter[0].linje) == ("Bk360 2026/1", 11)
    assert (second.haket, second.felt("Notat"), second.felt("Ikke aktuelt")) == (
        False,
        "Se på dette.",
        "Vi gjør det ikke.",
    )
    assert (third.haket, third.id) == (None, "krav-4.2")


def test_everything_else_is_told_as_text():
    found = [(x.slag, x.tekst) for x in les(LISTE).tekster]
    assert found == [
        ("overskrift1", "Liste"),
        ("avsnitt", "Innledning."),
        ("punkt", "Gjelder: noe systemer/x"),
        ("overskrift2", "Gruppe"),
        ("overskrift2", "Slutt"),
        ("punkt", "Uten signatur"),
    ]


def uten_linjer(liste):
    return (
        [
            (p.id, p.tittel, p.haket, [(f.navn, f.verdi) for f in p.felter], [d for d, _ in p.detaljer])
            for p in liste.punkter
        ],
        [(x.slag, x.tekst) for x in liste.tekster],
    )


@pytest.mark.parametrize(
    "endre",
    [
        lambda x: x.replace("\n", "\r\n"),
        lambda x: "\ufeff" + x,
        lambda x: x.replace("[x]", "[X]"),
        lambda x: "\n".join(line + "   " if line.startswith("#") else line for line in x.split("\n")),
        lambda x: x.replace("\n- ", "\n* ").replace("\n  - ", "\n  * "),
        lambda x: x.replace("**Første punkt**", "__Første punkt__"),
        lambda x: x.replace("Se på dette.", "Se\u00a0på dette."),
        lambda x: x.replace("Se på dette.", "Se på\n    dette."),
        lambda x: x.replace("\n- ", "\n\n- "),
        lambda x: x.replace("# Liste\n", "Liste\n=====\n"),
        lambda x: x.replace("Notat:", "notat :"),
    ],
)
def test_harmless_changes_make_no_difference(endre):
    assert uten_linjer(les(endre(LISTE))) == uten_linjer(les(LISTE))


@pytest.mark.parametrize(
    ("endre", "hva"),
    [
        (lambda x: x.replace("`forste`", "`fjerde`"), "id"),
        (lambda x: x.replace("Første punkt", "Noe annet"), "title"),
        (lambda x: x.replace("[x] **F", "[ ] **F"), "tick"),
        (lambda x: x.replace("Innledning.", "Innledning. Mer."), "text"),
        (lambda x: x.replace("## Slutt", "### Slutt"), "level"),
        (lambda x: x + "\nFri tekst.\n", "free text"),
        (lambda x: x.replace("Se på dette.", "Se på\n    det."), "wrapped text"),
        (lambda x: x + "\n```\nkode\n```\n", "code"),
        (lambda x: x.replace("  - Utført 01.02.2026", "  - Utført 02.02.2026"), "detail"),
    ],
)
def test_what_changes_the_meaning_is_seen(endre, hva):
    assert uten_linjer(les(endre(LISTE))) != uten_linjer(les(LISTE)), hva


def test_an_item_without_bold_title_or_id_is_only_text():
    read = les("- [x] Første `forste`\n- **Andre** `andre` og mer\n- [x] **Tredje**\n")
    assert read.punkter == ()
    assert len(read.tekster) == 3


def test_text_after_the_id_of_an_item_with_a_box_is_a_detail():
    (item,) = les("- [x] **Andre** `andre` og mer\n").punkter
    assert (item.id, item.haket, item.detaljer) == ("andre", True, (("og mer", 1),))


@pytest.mark.parametrize("tittel", [r"\[x\] hake", "☑ hake"])
def test_a_title_that_looks_like_a_box_is_a_title(tittel):
    items = les(f"- **{tittel}** `a`\n- [ ] **{tittel}** `b`\n").punkter
    assert [p.haket for p in items] == [None, False]
    assert all("hake" in p.tittel and p.tittel != "hake" for p in items)


def test_what_a_page_hides_of_a_link_is_read():
    (item,) = les(
        '- [ ] **P** `p`\n  - Notat: [a](http://b "c") ![d](e "f") <http://g> [h@i](mailto:h@i)\n'
    ).punkter
    assert item.felt("Notat") == 'a (http://b "c") d (e "f") http://g h@i'


def test_a_definition_that_no_link_uses_is_text_and_one_that_is_used_is_not():
    read = les('[a] b\n\n[a]: http://c\n\n[d]: http://e "f"\n\n[A]: http://g\n')
    assert [(x.slag, x.linje) for x in read.tekster] == [("avsnitt", 1), ("annet", 5), ("annet", 7)]
    assert "http://e f" in read.tekster[1].tekst


def test_text_after_the_id_on_a_line_of_its_own_is_a_detail():
    (item,) = les("- [ ] **Punkt** `id`\n  Notat: uten kulepunkt\n").punkter
    assert (item.felt("Notat"), item.felter[0].linje) == ("uten kulepunkt", 2)


def test_a_doubled_field_and_a_doubled_item_are_both_told():
    read = les("- [ ] **P** `p`\n  - Notat: a\n  - Notat: b\n- [ ] **P** `p`\n")
    assert [p.id for p in read.punkter] == ["p", "p"]
    assert [f.verdi for f in read.punkter[0].felter] == ["a", "b"]


@settings(deadline=None)
@given(st.text(max_size=300))
def test_nothing_makes_it_fail_and_no_word_is_lost(text):
    read = les(text)
    told = [x.tekst for x in read.tekster]
    for p in read.punkter:
        told += [p.tittel, p.id, *(f"{f.navn} {f.verdi}" for f in p.felter), *(d for d, _ in p.detaljer)]
    letters = set("".join(c for c in vanlig(text) if c.isalpha()).casefold())
    assert letters <= set("".join(told).casefold()) | set("x\u0307") or "&" in text or "[" in text


@pytest.mark.parametrize("navn", s.GYLDNE)
def test_what_we_write_reads_back_the_same_through_an_editor(navn):
    text = s.markdown(navn)
    assert uten_linjer(les(text.replace("\n", "\r\n"))) == uten_linjer(les(text))
    assert uten_linjer(les(text.replace("[x]", "[X]").replace("\n- ", "\n* "))) == uten_linjer(les(text))
