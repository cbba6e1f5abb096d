"""JSON, CSV and XLSX of every report: read back by what reads them, typed, and with no text that acts."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date, datetime

import jsonschema
import openpyxl
import pytest
from lxml import etree
from tests.documents import hjelp_rapport as h
from tests.documents.test_mal import FIENDTLIG

from forvaltning.documents import json_fil
from forvaltning.documents.csv_fil import som_csv
from forvaltning.documents.katalog import RAPPORTER
from forvaltning.documents.maskering import maskert_verdi, maskert_visning
from forvaltning.documents.tabeller import vist
from forvaltning.documents.utdrag import samlet
from forvaltning.documents.visning import Del, Figur, Kolonne, Tabell, Visning
from forvaltning.documents.xlsx_fil import som_xlsx
from forvaltning.generate import KONTRAKTER

KOLONNER = (
    Kolonne("tekst", "Tekst"),
    Kolonne("dato", "Dato", "dato"),
    Kolonne("tall", "Tall", "tall"),
    Kolonne("andel", "Andel", "prosent"),
    Kolonne("ja", "Ja", "ja_nei"),
    Kolonne("liste", "Liste", "liste"),
    Kolonne("utfall", "Utfall", "utfall"),
)
RAD = ("0301", date(2026, 11, 22), 12345, 98.5, True, ("a", "b"), "brudd")
TOM = (None, None, None, None, None, (), None)


def visning(*rader, navn="t"):
    return Visning("prove", "Prøve", (), (Del("Del", tabeller=(Tabell(navn, "Tabell", KOLONNER, rader),)),))


def hode():
    return h.grunnlag("status").hode


def bok(v):
    return openpyxl.load_workbook(io.BytesIO(som_xlsx(v, hode())))


def rader(v, tabell=None):
    text = "".join(som_csv(v, tabell))
    assert text.startswith("\ufeff")
    assert "\n" not in text.replace("\r\n", "")
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True))


# --- JSON ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("navn", RAPPORTER)
def test_json_of_every_report_follows_its_schema(navn):
    value = json.loads("".join(json_fil.som_json(h.visning(navn), h.grunnlag(navn).hode)))
    jsonschema.Draft202012Validator(KONTRAKTER["visning"]).validate(value)
    assert value == json_fil.som_verdier(h.visning(navn), h.grunnlag(navn).hode)
    assert value["rapport"] == navn
    assert value["dato"] == "2026-11-16"


def test_json_keeps_types_and_tells_nothing_from_no():
    value = json_fil.som_verdier(visning(RAD, TOM), hode())
    first, second = value["deler"][0]["tabeller"][0]["rader"]
    assert first == {
        "tekst": "0301",
        "dato": "2026-11-22",
        "tall": 12345,
        "andel": 98.5,
        "ja": True,
        "liste": ["a", "b"],
        "utfall": "brudd",
    }
    assert second["ja"] is None
    assert second["liste"] == []


def test_json_of_a_report_without_parts_is_json():
    assert json.loads("".join(json_fil.som_json(Visning("p", "P", (), ()), hode())))["deler"] == []


# --- CSV ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("navn", RAPPORTER)
def test_csv_of_every_report_reads_back_row_by_row(navn):
    v = h.visning(navn)
    tables = samlet(v.tabeller())
    read = rader(v)
    assert len(read) == sum(len(t.rader) + 1 for t in tables)
    for t in tables:
        alone = rader(v, t.navn)
        assert alone[0] == [k.navn for k in t.kolonner]
        assert len(alone) == len(t.rader) + 1
        assert all(len(r) == len(t.kolonner) for r in alone)


def test_csv_with_one_table_has_no_column_for_it_and_with_several_has():
    one = visning(RAD)
    assert rader(one)[0][0] == "tekst"
    two = Visning("p", "P", (), (*one.deler, *visning(RAD, navn="u").deler))
    assert [r[0] for r in rader(two)] == ["tabell", "t", "tabell", "u"]


def test_csv_cells_are_what_a_norwegian_spreadsheet_reads():
    assert rader(visning(RAD, TOM))[1:] == [
        ["0301", "2026-11-22", "12345", "98,5", "ja", "a; b", "brudd"],
        ["", "", "", "", "", "", ""],
    ]


def test_csv_of_an_unknown_table_is_an_error():
    with pytest.raises(KeyError):
        list(som_csv(visning(RAD), "finnes-ikke"))


@pytest.mark.parametrize("tekst", [*FIENDTLIG, "+1", "-1", "@SUM(A1)", "\uff1d1", " =1"])
def test_no_cell_of_csv_is_a_formula(tekst):
    read = rader(visning((tekst, *RAD[1:5], (tekst,), tekst)))
    assert len(read) == 2
    for cell in read[1]:
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d"))


# --- XLSX ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("navn", RAPPORTER)
def test_xlsx_of_every_report_opens_with_a_sheet_for_each_table(navn):
    v = h.visning(navn)
    tables = samlet(v.tabeller())
    book = bok(v)
    assert book.sheetnames[0] == "Om rapporten"
    assert len(book.sheetnames) == len(tables) + 1
    about = {row[0].value: row[1].value for row in book["Om rapporten"].iter_rows()}
    assert about["Register"] == "registry"
    assert about["Sjekkdato"].startswith("16.11.2026")
    for t, sheet in zip(tables, book.worksheets[1:], strict=True):
        assert [c.value for c in sheet[1]] == [k.tittel for k in t.kolonner]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref
        assert sheet.max_row == max(len(t.rader) + 1, 1)
        assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row)


def test_the_key_figures_in_xlsx_are_typed_too():
    v = replace(
        visning(),
        nokkeltall=(("Antall", 12), ("Prosent", 98.9), ("Frist", date(2026, 11, 30)), ("Eier", "=A1")),
    )
    found = {r[0].value: (r[1].value, r[1].data_type) for r in bok(v).worksheets[0].iter_rows()}
    assert found["Antall"] == (12, "n")
    assert found["Prosent"] == (98.9, "n")
    assert found["Frist"] == (datetime(2026, 11, 30), "d")  # noqa: DTZ001 - a day
    assert found["Eier"] == ("=A1", "s")


def test_xlsx_cells_are_typed():
    (first,) = list(bok(visning(RAD, TOM)).worksheets[1].iter_rows(min_row=2))
    assert [c.value for c in first] == ["0301", datetime(2026, 11, 22), 12345, 98.5, "ja", "a\nb", "brudd"]  # noqa: DTZ001
    assert [c.data_type for c in first] == ["s", "d", "n", "n", "s", "s", "s"]
    assert first[1].number_format == "dd.mm.yyyy"


@pytest.mark.parametrize(
    "tekst", [*FIENDTLIG, "https://eksempel.example", "mailto:a@b.example", "12", "1E5", "TRUE"]
)
def test_no_text_in_xlsx_becomes_a_formula_a_link_or_a_number(tekst):
    data = som_xlsx(visning((tekst, None, None, None, None, (tekst,), tekst)), hode())
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[1]
    assert {c.data_type for c in sheet[2] if c.value is not None} <= {"s"}
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(packed.read(name))
        xml = packed.read("xl/worksheets/sheet2.xml").decode()
    assert "<f>" not in xml
    assert "hyperlink" not in xml


def test_xlsx_sheet_names_are_lawful_and_told_apart():
    table = h.visning("status").deler[0].tabeller[0]
    titles = [
        "a/b:c*d?e[f]\\g",
        "a/b:c*d?e[f]\\g",
        "'",
        "",
        "x" * 40,
        "X" * 40,
        "History",
        "Om rapporten",
        "=1+1",
    ]
    tables = tuple(Tabell(f"t{i}", t, table.kolonner, table.rader) for i, t in enumerate(titles))
    names = bok(Visning("p", "P", (), (Del("D", tabeller=tables),))).sheetnames
    assert len({n.casefold() for n in names}) == len(titles) + 1
    assert all(0 < len(n) <= 31 for n in names)


def test_xlsx_holds_odd_dates_and_long_texts():
    row = ("x" * 40_000, date(1, 1, 1), 1, 1.0, False, ("y" * 40_000, "z"), "ukjent")
    cells = bok(visning(row)).worksheets[1][2]
    assert len(cells[0].value) <= 32_767
    assert cells[1].value == "0001-01-01"
    assert len(cells[5].value) <= 32_767


# --- all of them --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("navn", ["status", "systemoversikt", "avvik"])
def test_the_same_report_gives_the_same_bytes(navn):
    v, head = h.visning(navn), h.grunnlag(navn).hode
    again = RAPPORTER[navn].view()(h.grunnlag(navn))
    assert again == v
    assert som_xlsx(v, head) == som_xlsx(again, head)
    assert "".join(som_csv(v)) == "".join(som_csv(again))


def test_personal_numbers_and_secrets_are_hidden_before_any_format():
    number, secret = "13097248022", "ghp_" + "a1B2c3D4e5F6g7H8i9J0" + "k1L2m3N4o5P6q7R8"
    row = (f"fnr {number}", None, None, None, None, (secret, "ok"), "brudd")
    v = visning(row)
    figure = Figur("f", number, secret, f"<svg><title>{number}</title></svg>")
    v = Visning("p", number, (secret,), (*v.deler, Del("D", figurer=(figure,))), ((number, secret),))
    hidden = repr(maskert_visning(v))
    assert number not in hidden
    assert secret not in hidden
    assert "'ok'" in hidden
    assert "<svg><title>" in hidden
    assert repr(v).count(number) == 5


def test_a_report_with_nothing_to_hide_is_left_as_it_is():
    v = visning(RAD)
    assert maskert_visning(v) is v
    assert maskert_verdi(("x", 1, None)) == ("x", 1, None)


def test_two_cells_are_never_read_as_one_number():
    v = visning(("130972", None, None, None, None, ("48022",), "brudd"))
    assert maskert_visning(v) is v


@pytest.mark.parametrize(
    ("verdi", "slag", "ventet"),
    [
        (None, "tekst", "–"),
        ("", "tekst", "–"),
        ((), "liste", "–"),
        (0, "tall", "0"),
        (False, "ja_nei", "nei"),
        (True, "ja_nei", "ja"),
        (12345, "tall", "12\u202f345"),
        (98.5, "prosent", "98,5\u00a0%"),
        (date(2026, 11, 2), "dato", "02.11.2026"),
        (("a", "b"), "liste", "a; b"),
        ("brudd", "utfall", "✗ brudd"),
        ("noe annet", "utfall", "noe annet"),
    ],
)
def test_a_value_is_shown_as_people_read_it(verdi, slag, ventet):
    assert vist(verdi, slag) == ventet
