"""The document: one value changes, every other byte stays."""

from __future__ import annotations

import copy
import difflib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forvaltning.edit.feil import Redigeringsfeil
from forvaltning.edit.fil import Dokument
from forvaltning.source.limits import FORBIDDEN
from forvaltning.source.yaml_parser import parse

ROOT = Path(__file__).resolve().parents[2]
FILER = sorted((ROOT / "registry").rglob("*.yaml"))

FIL = """\
# topp
navn: A   # navnet
nummer: 0301
svar: no
type:  # ikke valgt
liste:
  - id: a
    x: 1
  # mellom
  - id: b   # andre
    x: 'to'

m: {a: 1, b: [c, d]}
tekst: |
  hei

  du

# slutt
siste: "x"
"""


def endret(gammel: str, ny: str) -> tuple[list[str], list[str]]:
    """The lines that were taken away and those that came."""
    diff = list(difflib.ndiff(gammel.split("\n"), ny.split("\n")))
    return [d[2:] for d in diff if d.startswith("- ")], [d[2:] for d in diff if d.startswith("+ ")]


def sett(path, verdi, fil=FIL):
    dok = Dokument(fil.encode())
    dok.sett(path, verdi)
    return endret(fil, dok.tekst())


def test_a_scalar_keeps_its_comment():
    assert sett(("navn",), "B") == (["navn: A   # navnet"], ["navn: B   # navnet"])


def test_an_empty_value_is_filled_before_its_comment():
    assert sett(("type",), "ny") == (["type:  # ikke valgt"], ["type: ny  # ikke valgt"])


def test_quotation_marks_stay():
    assert sett(("liste", 1, "x"), "tre") == (["    x: 'to'"], ["    x: 'tre'"])
    assert sett(("siste",), "y") == (['siste: "x"'], ['siste: "y"'])


@pytest.mark.parametrize("verdi", ["no", "0301", "1.10", "12:30", "null", "~", "", "ja: nei", "# x", "- a", "@a/b", "*a",
                                   "=cmd()", "{{ x }}", "::error::", "C:\\dok\\fil.pdf", 'si "hei"', " a ", "a\tb",
                                   "[a]", "&a", "!t", "%d", "a\u2028b", "«x»", "|", "> x", "`x`", "?", "- ", "<<"])  # fmt: skip
def test_any_text_reads_back(verdi):
    for path in (("navn",), ("siste",), ("m", "a"), ("m", "b", 1), ("liste", 0, "x"), ("tekst",), ("ny",)):
        dok = Dokument(FIL.encode())
        dok.sett(path, verdi)
        here = parse(dok.data).value
        for part in path:
            here = here[part]
        assert here == verdi
        gone, came = endret(FIL, dok.tekst())
        assert len(came) == 1
        assert len(gone) <= (4 if path == ("tekst",) else 1)


def test_what_other_programs_mangle_is_quoted_unless_the_file_did_not():
    assert sett(("navn",), "no")[1] == ['navn: "no"   # navnet']
    assert sett(("nummer",), "0302")[1] == ["nummer: 0302"]
    assert sett(("svar",), "nei")[1] == ["svar: nei"]


def test_a_date_is_written_bare():
    assert sett(("navn",), "2026-11-16")[1] == ["navn: 2026-11-16   # navnet"]


def test_lists_and_maps_in_brackets_stay_so():
    dok = Dokument(FIL.encode())
    dok.legg_til(("m", "b"), "e, f")
    dok.sett(("m", "c"), {"d": "x"})
    assert endret(FIL, dok.tekst())[1] == ['m: {a: 1, b: [c, d, "e, f"], c: {d: x}}']
    dok.fjern(("m", "a"))
    dok.fjern(("m", "b", 2))
    dok.fjern(("m", "c"))
    assert endret(FIL, dok.tekst())[1] == ["m: {b: [c, d]}"]


def test_an_item_is_added_with_the_indent_of_the_list():
    dok = Dokument(FIL.encode())
    dok.legg_til(("liste",), {"id": "c", "ikke_aktuelt": {"grunn": "Nei."}})
    assert endret(FIL, dok.tekst()) == ([], ["  - id: c", "    ikke_aktuelt:", "      grunn: Nei."])


def test_a_list_without_indent_keeps_it():
    fil = "a:\n- x: 1\n- x: 2\nb: 1\n"
    dok = Dokument(fil.encode())
    dok.legg_til(("a",), {"x": "3"})
    dok.legg_til(("c",), {"y": "æ"})
    assert dok.tekst() == 'a:\n- x: 1\n- x: 2\n- x: "3"\nb: 1\nc:\n- y: æ\n'


@pytest.mark.parametrize("tom", ["a:\n", "a: []\n", "a: [ ]\n", "a: ~\n", "b: 1\n", "a: # ingen\nb: 1\n"])
def test_an_empty_list_gets_its_first_item(tom):
    dok = Dokument(tom.encode())
    dok.legg_til(("a",), {"id": "x"})
    assert dok.verdier["a"] == [{"id": "x"}]
    assert "  - id: x" in dok.tekst()
    if "#" in tom:
        assert dok.tekst() == "a: # ingen\n  - id: x\nb: 1\n"


def test_removing_leaves_the_comments_around():
    dok = Dokument(FIL.encode())
    dok.fjern(("liste", 0))
    dok.fjern(("siste",))
    assert endret(FIL, dok.tekst()) == (["  - id: a", "    x: 1", 'siste: "x"'], [])
    dok.fjern(("liste", 0, "id"))
    assert dok.verdier["liste"] == [{"x": "to"}]
    dok.fjern(("liste", 0))
    assert dok.verdier["liste"] == []
    assert dok.tekst().startswith("# topp\n")


def test_text_over_several_lines():
    gone, came = sett(("tekst",), "en\n\nto\n")
    assert (gone, came) == (["  hei", "  du"], ["  en", "  to"])
    assert sett(("navn",), "en\nto")[1] == ["navn: |-   # navnet", "  en", "  to"]
    dok = Dokument(b"a: |+\n  x\n\n\nb: 1\n")
    dok.sett(("c",), "2 x")
    dok.sett(("a",), "y")
    assert dok.verdier == {"a": "y", "b": "1", "c": "2 x"}
    dok = Dokument(b"a: >-\n  x\n  y\n")
    dok.sett(("b",), "z")
    assert dok.tekst() == "a: >-\n  x\n  y\nb: z\n"


def test_line_breaks_mark_and_last_line_are_kept():
    fil = "\ufeff" + FIL.replace("\n", "\r\n").rstrip()
    dok = Dokument(fil.encode())
    dok.sett(("liste", 0, "y"), "1\n2")
    dok.legg_til(("liste",), {"id": "c"})
    dok.sett(("aller",), "sist")
    new = dok.data.decode()
    assert new.startswith("\ufeff# topp\r\n")
    assert new.count("\n") == new.count("\r\n")
    assert not new.endswith("\n")
    assert endret(fil.replace("\r", ""), new.replace("\r", ""))[0] == []


def test_a_new_field_comes_in_the_order_of_the_model():
    fil = "navn: X\ngjelder: y\npunkter:\n  - id: a\n    notat: hei\n"
    dok = Dokument(fil.encode(), "overleveringer")
    dok.sett(("produksjon",), "2026-01-01")
    dok.sett(("type",), "ny")
    dok.sett(("punkter", 0, "tilstand"), "utfort")
    dok.sett(("id",), "x")
    assert dok.tekst() == (
        "id: x\nnavn: X\ngjelder: y\ntype: ny\nproduksjon: 2026-01-01\npunkter:\n  - id: a\n    tilstand: utfort\n    notat: hei\n"
    )


@pytest.mark.parametrize("fil", [b"", b"- a\n", b"a: [\n", b"a: &x 1\n", b"a: 1\na: 2\n", b"\xff\xfea"])
def test_a_file_that_can_not_be_read_is_refused(fil):
    with pytest.raises(Redigeringsfeil):
        Dokument(fil)


@pytest.mark.parametrize(
    ("path", "verdi"), [((), "x"), (("navn", "under"), "x"), (("liste", 9), "x"), (("navn",), "a\x1b[31m")]
)
def test_what_can_not_be_done_is_refused_and_nothing_changed(path, verdi):
    dok = Dokument(FIL.encode())
    with pytest.raises(Redigeringsfeil):
        dok.sett(path, verdi)
    with pytest.raises(Redigeringsfeil):
        dok.legg_til(("navn",), "x")
    assert dok.data == FIL.encode()


def test_odd_ways_of_writing_are_refused_rather_than_broken():
    dok = Dokument(b"m: {a, b}\n? k\n: v\nl:\n  -\n    # her\n    x: 1\n  - y: 2\n")
    for path in (("m", "a"), ("k",), ("l", 0, "x"), ("l", 0)):
        before = dok.data
        try:
            dok.sett(path, "ny")
        except Redigeringsfeil:
            assert dok.data == before
        else:
            assert parse(dok.data).value == dok.verdier


def steder(verdi, path=()):
    """Every path below a value."""
    pairs = verdi.items() if isinstance(verdi, dict) else enumerate(verdi) if isinstance(verdi, list) else ()
    for key, value in pairs:
        yield (*path, key)
        yield from steder(value, (*path, key))


def hent(verdi, path):
    for part in path:
        verdi = verdi[part]
    return verdi


TEKST = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).filter(
    lambda t: not FORBIDDEN.search(t) and "\r" not in t
)
VERDI = st.recursive(
    TEKST | st.none(),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(TEKST.filter(lambda k: k.strip() and k not in {"~", "<<"} and k.casefold() != "null"), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
FUZZ = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


@FUZZ
@given(st.sampled_from(FILER), st.data(), VERDI)
def test_any_edit_of_any_record_changes_that_value_and_its_lines_alone(fil, data, verdi):
    raw = fil.read_bytes()
    dok = Dokument(raw, fil.parent.name)
    path = data.draw(st.sampled_from(list(steder(dok.verdier))))
    before = copy.deepcopy(dok.verdier)
    dok.sett(path, verdi)
    assert parse(dok.data).value == dok.verdier
    assert hent(dok.verdier, path) == verdi
    here = hent(before, path[:-1])
    here[path[-1]] = verdi
    assert dok.verdier == before
    alle_andre_linjer(raw.decode(), dok.tekst(), path)


def alle_andre_linjer(gammel: str, ny: str, path) -> None:
    """Lines outside the edited value: the same bytes, found by where the parser says the value stands."""
    from forvaltning.edit import sted
    from forvaltning.source.positions import compose

    root = compose(gammel.encode(), pure=True)
    node, above = sted.finn(root, path), sted.finn(root, path[:-1])
    key = (
        next((k for k, v in above.value if k.value == path[-1]), None) if isinstance(path[-1], str) else None
    )
    first = gammel[: sted.linjestart(gammel, sted.start(key or node))]
    end = sted.linjeslutt(gammel, sted.slutt(gammel, node))
    assert ny.startswith(first)
    assert ny.endswith(gammel[end:])


@FUZZ
@given(st.sampled_from(FILER), st.data(), TEKST, st.booleans(), st.booleans())
def test_what_is_added_can_be_removed_and_the_file_is_as_it_was(fil, data, tekst, crlf, bom):
    raw = fil.read_bytes().replace(b"\n", b"\r\n") if crlf else fil.read_bytes()
    raw = b"\xef\xbb\xbf" + raw if bom else raw
    dok = Dokument(raw, fil.parent.name)
    lists = [
        p for p in steder(dok.verdier) if isinstance(hent(dok.verdier, p), list) and hent(dok.verdier, p)
    ]
    if lists:
        path = data.draw(st.sampled_from(lists))
        dok.legg_til(path, tekst)
        dok.fjern((*path, len(hent(dok.verdier, path)) - 1))
        assert dok.data == raw
    maps = [
        (),
        *(p for p in steder(dok.verdier) if isinstance(hent(dok.verdier, p), dict) and hent(dok.verdier, p)),
    ]
    path = data.draw(st.sampled_from(maps))
    dok.sett((*path, "helt_nytt"), {"a": tekst, "b": [tekst, {"c": tekst}]})
    dok.fjern((*path, "helt_nytt"))
    assert dok.data == raw


@FUZZ
@given(st.sampled_from(FILER), st.data())
def test_removing_any_field_of_any_record(fil, data):
    dok = Dokument(fil.read_bytes(), fil.parent.name)
    path = data.draw(st.sampled_from(list(steder(dok.verdier))))
    text = dok.tekst()
    dok.fjern(path)
    assert parse(dok.data).value == dok.verdier
    assert set(dok.tekst().splitlines()) - set(text.splitlines()) <= {
        line
        for line in dok.tekst().splitlines()
        if line.strip().startswith("- ") or line.rstrip().endswith(("]", "}"))
    }
