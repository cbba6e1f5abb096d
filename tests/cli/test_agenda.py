"""`forvaltning agenda`: choosing a forum, the window, the formats, and the ways it can go wrong."""

from __future__ import annotations

import pytest
from tests.cli.hjelp_cli import kjor

AVVIK = """
    navn: Arkivet mangler plan
    krav: "5.2"
    gjelder: [kontrakt-darlig]
    grunn: Kommer
    vekt: storre
    tilstand: meldt
    """


@pytest.fixture
def med_avvik(register):
    (register / "avvik").mkdir()
    (register / "avvik" / "a.yaml").write_text(AVVIK.replace("\n    ", "\n").lstrip(), encoding="utf-8")
    return register


def test_the_list_names_every_forum_with_rhythm_and_participants(register):
    svar = kjor("agenda", "--list")
    assert svar.kode == 0
    assert "digitaliseringsrad " in svar.ut
    assert "Én gang i måneden." in svar.ut
    assert all(len(line) <= 80 for line in svar.ut.splitlines())


def test_a_forum_of_the_registry_without_items_is_told_in_the_list(register):
    settings = register / "forvaltning.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "fora:\n  mitt:\n    navn: Mitt forum\n", encoding="utf-8"
    )
    assert "Mitt forum. Har ingen saker i innstillingene." in " ".join(kjor("agenda", "--list").ut.split())


@pytest.mark.parametrize("forum", ["digitaliseringsrad", "Digitaliseringsrådet", "DIGITALISERINGSRAD"])
def test_a_forum_is_named_by_code_or_name(med_avvik, forum):
    svar = kjor("agenda", forum)
    assert svar.kode == 0
    assert svar.ut.startswith("# Saksliste for Digitaliseringsrådet\n")
    assert "Sak 1: Arkivet mangler plan" in svar.ut


def test_an_unknown_forum_gets_the_nearest_and_exit_2(register):
    svar = kjor("agenda", "digitaliseringsradet")
    assert svar.kode == 2
    assert "«digitaliseringsrad»" in svar.feil
    assert svar.ut == ""


def test_no_forum_is_a_mistake_that_says_what_to_do(register):
    svar = kjor("agenda")
    assert svar.kode == 2
    assert "agenda --list" in svar.feil


def test_json_is_the_report_contract_with_the_items_as_rows(med_avvik):
    data = kjor("agenda", "digitaliseringsrad", "--format", "json").json
    assert data["rapport"] == "agenda"
    rows = data["deler"][0]["tabeller"][0]["rader"]
    assert [(r["nr"], r["post"], r["krav"]) for r in rows] == [(1, "avvik/a", "5.2")]


def test_html_goes_to_a_file(med_avvik, tmp_path):
    target = tmp_path / "sak.html"
    svar = kjor("agenda", "digitaliseringsrad", "--format", "html", "--output", str(target))
    assert (svar.kode, svar.ut) == (0, "")
    assert '<html lang="nb"' in target.read_text(encoding="utf-8")


def test_the_window_and_the_date_decide_the_period(register):
    svar = kjor("agenda", "sdi", "--within", "14d", "--as-of", "2026-12-01")
    assert "fra 01.12.2026 til 15.12.2026" in svar.ut


def test_without_a_window_the_warning_window_counts(register):
    assert "fra 16.11.2026 til 14.02.2027" in kjor("agenda", "sdi").ut


def test_an_unreadable_file_is_told_and_gives_exit_1(med_avvik):
    (med_avvik / "prosjekter").mkdir()
    (med_avvik / "prosjekter" / "p.yaml").write_text("navn: [", encoding="utf-8")
    svar = kjor("agenda", "digitaliseringsrad")
    assert svar.kode == 1
    assert "prosjekter/p.yaml" in svar.ut
    assert "prosjekter/p.yaml" in svar.feil


def test_what_the_guard_masks_is_masked(register):
    (register / "avvik").mkdir()
    text = AVVIK.replace("Kommer", "Gjelder 01010112345 og 17054026641").replace("\n    ", "\n").lstrip()
    (register / "avvik" / "a.yaml").write_text(text, encoding="utf-8")
    for form in ("markdown", "html", "json"):
        assert "17054026641" not in kjor("agenda", "digitaliseringsrad", "--format", form).ut


@pytest.mark.parametrize("verdi", ["", "90", "-3d", "3 år"])
def test_what_is_no_length_of_time_is_refused(register, verdi):
    svar = kjor("agenda", "sdi", "--within", verdi)
    assert svar.kode == 2
    assert "90d" in svar.feil


def test_the_help_is_in_norwegian(register):
    from tests.cli.hjelp_cli import engelske_ord

    text = kjor("agenda", "--help").ut
    assert "Sluttkoden" in text
    assert not [w for w in engelske_ord(text) if w.lower() != "format"]
