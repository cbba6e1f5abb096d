"""`blame`: every field with the commit that gave it the value it has."""

from __future__ import annotations

import pytest
from tests.cli.hjelp_cli import kjor
from tests.history.arkiv import Arkiv

ARKIVET = "systemer/arkivet.yaml"


@pytest.fixture
def arkiv(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Arkiv(tmp_path)


def opphav(ident):
    svar = kjor("blame", ident, "--format", "json")
    assert svar.kode == 0, svar.feil
    return {f["felt"]: f for f in svar.json["felter"]}


def emner(ident):
    return {k: f["emne"] for k, f in opphav(ident).items()}


def test_each_field_has_the_commit_that_last_set_it(arkiv):
    arkiv.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    arkiv.sjekk_inn("2026-02-01", "Planlegger")
    arkiv.bytt(ARKIVET, "navn: Arkivet", "navn: Midlertidig")
    arkiv.sjekk_inn("2026-02-02", "Feil navn")
    arkiv.bytt(ARKIVET, "navn: Midlertidig", "navn: Arkivet")
    arkiv.sjekk_inn("2026-02-03", "Rett navn")
    assert emner("arkivet") == {
        "navn": "Rett navn",
        "enhet": "Oppretter registeret",
        "tilstand": "Planlegger",
    }
    assert opphav("arkivet")["enhet"]["navn"] == "Ørneteamet"
    text = kjor("blame", "arkivet").ut
    assert "01.02.2026" in text
    assert max(len(line) for line in text.splitlines()) <= 80


def test_list_items_are_followed_by_identity_through_moves_and_renames(arkiv):
    arkiv.bytt("enheter/sdi.yaml", "alias:\n", "alias:\n  - navn: Nyeste\n")
    arkiv.sjekk_inn("2026-02-01", "Nytt alias først")
    arkiv.git("mv", "registry/enheter/sdi.yaml", "registry/enheter/digit.yaml")
    arkiv.bytt("forvaltning.yaml", "sdi: sdi", "sdi: digit")
    arkiv.sjekk_inn("2026-02-02", "Ny id")
    found = emner("digit")
    assert found["alias[Nyeste].navn"] == "Nytt alias først"
    assert found["alias[SDI].navn"] == "Oppretter registeret"


def test_what_is_not_committed_and_what_can_not_be_known(arkiv):
    arkiv.bytt(ARKIVET, "tilstand: ide", 'tilstand: "ide')
    arkiv.sjekk_inn("2026-02-01", "Ødelegger")
    arkiv.skriv(ARKIVET, "navn: Arkivet\nenhet: sdi\ntilstand: ide\n")
    arkiv.sjekk_inn("2026-02-02", "Retter")
    arkiv.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    found = opphav("arkivet")
    assert found["tilstand"]["commit"] is None
    assert (found["enhet"]["emne"], found["enhet"]["sikker"]) == ("Retter", False)
    assert (found["navn"]["emne"], found["navn"]["sikker"]) == ("Oppretter registeret", True)
    assert "ikke sjekket inn" in " ".join(kjor("blame", "arkivet").ut.split())


def test_the_star_of_an_unsure_value_stands_at_its_day_however_narrow_the_table(arkiv):
    arkiv.bytt(ARKIVET, "tilstand: ide", 'tilstand: "ide')
    arkiv.sjekk_inn("2026-02-01", "Ødelegger")
    arkiv.skriv(ARKIVET, f"navn: {'Et navn med mange ord ' * 4}\nenhet: sdi\ntilstand: ide\n")
    arkiv.sjekk_inn("2026-02-02", "Retter")
    lines = kjor("blame", "arkivet").ut.splitlines()
    assert any("02.02.2026*" in line for line in lines)
    assert not any(line.strip() == "*" for line in lines)


def test_a_rename_that_is_not_committed(arkiv):
    arkiv.git("mv", f"registry/{ARKIVET}", "registry/systemer/bk360.yaml")
    arkiv.bytt("systemer/bk360.yaml", "navn: Arkivet", "navn: Arkivet\ntidligere_id: [arkivet]")
    found = opphav("bk360")
    assert found["navn"]["emne"] == "Oppretter registeret"
    assert found["tidligere_id[arkivet]"]["commit"] is None


def test_a_field_set_in_a_merge_belongs_to_the_merge(arkiv):
    arkiv.git("checkout", "-q", "-b", "gren")
    arkiv.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    arkiv.sjekk_inn("2026-02-01", "På grenen")
    arkiv.git("checkout", "-q", "main")
    arkiv.flett("gren", "2026-02-03")
    assert emner("arkivet")["tilstand"] == "Fletter"


def test_a_shallow_history_is_never_sure(arkiv, tmp_path_factory, monkeypatch):
    arkiv.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    arkiv.sjekk_inn("2026-02-01", "Endrer")
    clone = tmp_path_factory.mktemp("grunn")
    arkiv.git("clone", "-q", "--depth", "1", f"file://{arkiv.rot}", str(clone / "a"))
    monkeypatch.chdir(clone / "a")
    assert not any(f["sikker"] for f in opphav("arkivet").values())


def test_gone_and_unreadable_records_are_told_where_to_look(arkiv):
    (arkiv.register / ARKIVET).unlink()
    arkiv.sjekk_inn("2026-02-01", "Sletter")
    svar = kjor("blame", "arkivet")
    assert (svar.kode, "er slettet" in svar.feil) == (2, True)
    arkiv.bytt("enheter/sdi.yaml", "type: seksjon", 'type: "seksjon')
    svar = kjor("blame", "sdi")
    assert (svar.kode, "kan ikke leses" in svar.feil) == (2, True)


def test_what_git_has_lost_is_not_said_to_be_uncommitted(arkiv):
    arkiv.bytt(ARKIVET, "tilstand: ide", "tilstand: planlagt")
    arkiv.sjekk_inn("2026-02-01", "Planlegger")
    oid = arkiv.git("rev-parse", f"HEAD:registry/{ARKIVET}")
    (arkiv.rot / ".git/objects" / oid[:2] / oid[2:]).unlink()
    svar = kjor("blame", "arkivet")
    assert (svar.kode, svar.ut) == (2, "")
    assert "Git svarte ikke som ventet" in svar.feil
    assert "git fsck" in svar.feil


@pytest.mark.parametrize("verb", ["blame", "show"])
def test_a_long_name_keeps_within_the_width(arkiv, verb):
    arkiv.bytt(ARKIVET, "navn: Arkivet", f"navn: {'Et navn med mange ord ' * 4}")
    arkiv.sjekk_inn("2026-02-01", "Langt navn")
    lines = kjor(verb, "arkivet").ut.splitlines()
    assert lines[:2] == [
        "systemer/arkivet",
        "  Et navn med mange ord Et navn med mange ord Et navn med mange ord Et navn med",
    ]
    assert max(len(line) for line in lines) <= 80
