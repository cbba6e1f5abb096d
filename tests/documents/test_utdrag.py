"""Other cuts of a table: some columns, one row as a card, and tables of the same kind as one."""

from __future__ import annotations

from datetime import date

import pytest

from forvaltning.documents.mal import Maler
from forvaltning.documents.utdrag import kort, samlet, utdrag
from forvaltning.documents.visning import Kolonne, Tabell

T = Tabell(
    "t",
    "Alt",
    (Kolonne("a", "A"), Kolonne("b", "B", "dato"), Kolonne("c", "C", "liste"), Kolonne("d", "D", "utfall")),
    (("x", date(2026, 12, 1), ("en", "to"), "snart"), ("y", None, (), "brudd")),
    forklaring="Slik er det.",
)


def test_some_columns_in_the_order_asked_for():
    cut = utdrag(T, "Litt", "c", "a")
    assert (cut.tittel, [k.navn for k in cut.kolonner]) == ("Litt", ["c", "a"])
    assert cut.rader == ((("en", "to"), "x"), ((), "y"))


def test_a_column_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        utdrag(T, "Litt", "z")


def test_one_row_as_a_card_keeps_lists_and_writes_the_rest_as_people_read_it():
    card = kort(T, 0, "Kort", "a")
    assert card.rader == (("B", "01.12.2026"), ("C", ("en", "to")), ("D", "◷ snart"))
    assert kort(T, 1, "Kort").rader[1] == ("B", "–")
    assert card.navn != kort(T, 1, "Kort").navn


def test_tables_with_the_same_name_and_columns_are_one_and_others_are_not():
    other = Tabell("t", "Annen", (Kolonne("a", "A"),), (("z",),))
    once = samlet([T, other, T])
    assert [len(t.rader) for t in once] == [4, 1]
    assert once[0].rader == T.rader * 2
    assert samlet([T])[0] is T


def test_a_template_can_ask_where_in_its_loop_it_is_but_not_for_more(tmp_path):
    (tmp_path / "x.md.j2").write_text("{% for a in v %}{{ loop.index0 }}{{ loop.last }} {% endfor %}")
    assert Maler(tmp_path).skriv("x", {"v": ["a", "b"]}) == "0nei 1ja \n"
    (tmp_path / "x.md.j2").write_text("{% for a in v %}{{ loop.nextitem }}{{ loop.cycle }}{% endfor %}")
    with pytest.raises(Exception, match="ikke"):
        Maler(tmp_path).skriv("x", {"v": ["a", "b"]})
