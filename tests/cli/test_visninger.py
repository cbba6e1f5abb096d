"""`krav`, `explain`, `list`, `show` and `schema`: what they say, in text and in JSON."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator
from tests.cli.hjelp_cli import kjor, utflatet
from tests.cli.test_check import strengt

from forvaltning.generate import KONTRAKTER
from forvaltning.krav.katalog import ALLE
from forvaltning.model.kinds import KINDS
from forvaltning.model.viser import felttyper
from forvaltning.render import tekst_liste


def gyldig(navn, value):
    Draft202012Validator(strengt(KONTRAKTER[navn])).validate(value)


@pytest.mark.parametrize("navn", KONTRAKTER)
def test_every_schema_of_the_output_is_one(navn):
    Draft202012Validator.check_schema(KONTRAKTER[navn])


# --- krav -------------------------------------------------------------------------------------------------


def test_krav_lists_every_requirement_with_who_and_how():
    text = utflatet(kjor("krav").ut)
    for k in ALLE:
        assert f"{k.nummer} {k.tittel}" in text
    assert "Avgjøres: maskinell" in text


def test_krav_as_json_keeps_its_contract():
    value = kjor("krav", "--format", "json").json
    gyldig("krav", value)
    assert [k["nummer"] for k in value["krav"]] == [k.nummer for k in ALLE]


# --- explain ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nummer", [k.nummer for k in ALLE])
def test_every_page_fits_in_80_columns(nummer):
    svar = kjor("explain", nummer)
    assert svar.kode == 0
    assert "Fagområde" in svar.ut
    long = [line for line in svar.ut.splitlines() if len(line) > 80 and not line.startswith("    ")]
    assert not long


def test_explain_shows_headings_tables_and_examples():
    text = kjor("explain", "5.2").ut
    assert text.startswith("5.2 Kontrakten har avtaleeier og avtaleforvalter\n═")
    assert "Hva kravet ber om\n────" in text
    assert "    avtaleforvalter: null" in text
    assert "|" not in text
    assert "```" not in text


def test_explain_markdown_is_the_page_with_metadata_below_the_title():
    text = kjor("explain", "5.2", "--format", "markdown").ut
    assert text.startswith("# 5.2 Kontrakten har avtaleeier og avtaleforvalter\n\n| | |\n")
    assert "| **Avgjøres** | maskinell |" in text
    assert "```yaml" in text


def test_an_unknown_requirement_gets_those_of_its_area():
    svar = kjor("explain", "5.22")
    assert svar.kode == 2
    assert "Fant ikke kravet «5.22»." in svar.feil
    assert "«5.2»" in svar.feil


# --- list -----------------------------------------------------------------------------------------------------


def test_list_counts_the_kinds(register):
    text = kjor("list").ut
    assert [line.split()[0] for line in text.splitlines()[2:]] == list(KINDS)
    assert "enheter              5" in text
    gyldig("slag", kjor("list", "--format", "json").json)


def test_list_sorts_names_as_norwegian_does(register):
    (register / "enheter" / "a1.yaml").write_text("navn: Ås\n", encoding="utf-8")
    (register / "enheter" / "a2.yaml").write_text("navn: Ærfugl\n", encoding="utf-8")
    (register / "enheter" / "a3.yaml").write_text("navn: Zoo\n", encoding="utf-8")
    value = kjor("list", "enheter", "--format", "json").json
    gyldig("poster", value)
    assert [p["navn"] for p in value["poster"]][-4:] == ["Zoo", "Ærfugl", "Ørneteamet", "Ås"]


def test_list_filters_by_unit_and_state(register):
    assert [
        p["id"] for p in kjor("list", "avtaler", "--enhet", "SDI", "--format", "json").json["poster"]
    ] == ["kontrakt-darlig"]
    assert (
        kjor("list", "avtaler", "--tilstand", "utkast").ut == "Ingen poster i avtaler svarer til utvalget.\n"
    )
    svar = kjor("list", "avtaler", "--tilstand", "i kraft")
    assert svar.kode == 2
    assert "Mente du «i_kraft»" in svar.feil


def test_list_shows_a_record_that_can_not_be_read(register):
    (register / "avtaler" / "odelagt.yaml").write_text("navn: [", encoding="utf-8")
    svar = kjor("list", "avtaler")
    assert "kan ikke leses" in svar.ut
    assert (svar.kode, svar.feil) == (1, "")
    assert [
        p["id"] for p in kjor("list", "avtaler", "--format", "json").json["poster"] if not p["lesbar"]
    ] == ["odelagt"]


def test_list_says_what_could_not_be_read_and_is_not_in_it(register):
    (register / "avtaler" / "odelagt.yaml").write_text("navn: [", encoding="utf-8")
    for args in (
        (),
        ("--format", "json"),
        ("avtaler", "--enhet", "SDI"),
        ("avtaler", "--tilstand", "utkast"),
    ):
        svar = kjor("list", *args)
        assert svar.kode == 1
        assert "listen er ikke hel: avtaler/odelagt.yaml" in utflatet(svar.feil)
    svar = kjor("list", "systemer")
    assert (svar.kode, svar.feil) == (0, "")


def test_list_says_which_kinds_there_are(register):
    svar = kjor("list", "system")
    assert svar.kode == 2
    assert "Mente du «systemer»?" in svar.feil


@pytest.mark.parametrize("slag", KINDS)
def test_every_column_of_a_list_is_a_field_of_the_kind(slag, register):
    for _, field in tekst_liste.KOLONNER.get(slag, tekst_liste.VANLIGE):
        if not field.startswith("@"):
            assert field.split(".")[0] in felttyper(KINDS[slag])
    assert kjor("list", slag).kode == 0


# --- show -------------------------------------------------------------------------------------------------------


def test_show_tells_fields_references_both_ways_and_verdicts(register):
    text = utflatet(kjor("show", "kontrakt-darlig").ut)
    assert "avtaler/kontrakt-darlig Dårlig kontrakt registry/avtaler/kontrakt-darlig.yaml" in text
    assert "Leverandør fjord (Fjord AS)" in text
    assert "Signert 01.01.2025" in text
    assert "→ leverandorer/fjord (Fjord AS) · leverandor" in text
    assert "✗ 5.2" in text
    assert "Eksempeldata: regnet per 16.11.2026." in text
    assert "← avtaler/kontrakt-darlig (Dårlig kontrakt) · leverandor" in kjor("show", "fjord").ut


def test_show_as_json_keeps_its_contract(register):
    value = kjor("show", "avtaler/kontrakt-darlig", "--format", "json").json
    gyldig("post", value)
    assert value["felter"]["signert"] == "2025-01-01"
    assert {"felt": "leverandor", "id": "fjord", "post": "leverandorer/fjord", "navn": "Fjord AS"} in value[
        "viser_til"
    ]
    assert any(r["krav"] == "5.2" and r["utfall"] == "brudd" for r in value["resultater"])


def test_show_of_a_record_that_can_not_be_read_tells_why_and_exits_1(register):
    (register / "avtaler" / "odelagt.yaml").write_text("navn: [", encoding="utf-8")
    svar = kjor("show", "odelagt")
    assert svar.kode == 1
    assert "registry/avtaler/odelagt.yaml:1:" in svar.ut
    gyldig("post", kjor("show", "odelagt", "--format", "json").json)


def test_show_of_an_unknown_record_offers_the_nearest(register):
    svar = kjor("show", "kontrakt-dårlig")
    assert svar.kode == 2
    assert "«kontrakt-darlig»" in svar.feil


def test_show_tells_of_a_reference_that_leads_nowhere(register):
    file = register / "avtaler" / "kontrakt-god.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("leverandor: fjord", "leverandor: fjell"), encoding="utf-8"
    )
    assert "→ fjell (finnes ikke) · leverandor" in kjor("show", "kontrakt-god").ut


# --- schema -----------------------------------------------------------------------------------------------------


def test_schema_writes_one_file_for_each_kind_beside_the_registry(register, tmp_path):
    svar = kjor("schema")
    assert svar.kode == 0
    assert sorted(f.stem for f in (tmp_path / "schemas").iterdir()) == sorted([*KINDS, "forvaltning"])
    assert svar.ut == f"Skrev {len(KINDS) + 1} skjemaer i {(tmp_path / 'schemas').as_posix()}.\n"


def test_schema_writes_where_it_is_told_and_holds_the_registrys_own_codes(register, tmp_path):
    settings = register / "forvaltning.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text + "rolletyper:\n  vaktmester: Vaktmester\n", encoding="utf-8")
    assert kjor("schema", "--output", "her").kode == 0
    assert "vaktmester" in (tmp_path / "her" / "roller.json").read_text(encoding="utf-8")
